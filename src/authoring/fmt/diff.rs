//! What would change in a file, as a unified diff in which blanks can be seen.

use similar::TextDiff;

/// The lines that differ, one around them on each side. Blanks that look like nothing are shown: `·` at the end of
/// a line, `⍽` for a space that does not break, `¶` for a Windows line end.
pub(crate) fn diff(before: &str, after: &str) -> String {
    let (before, after) = (visible(before), visible(after));
    TextDiff::from_lines(&before, &after).unified_diff().context_radius(1).missing_newline_hint(false).to_string()
}

fn visible(text: &str) -> String {
    let line = |line: &str| {
        let (line, end) = match line.strip_suffix("\r\n") {
            Some(line) => (line, "¶\n"),
            None => line.strip_suffix('\n').map_or((line, "⏎\n"), |line| (line, "\n")),
        };
        let words = line.trim_end_matches([' ', '\t']);
        let shown = words.replace(['\u{A0}', '\u{202F}'], "⍽").replace('\u{FEFF}', "(marque) ");
        shown + &"·".repeat(line.len() - words.len()) + end
    };
    text.split_inclusive('\n').map(line).collect()
}
