//! What would change in a file, as a unified diff in which blanks can be seen.

use similar::Algorithm;
use similar::udiff::unified_diff;

/// The lines that differ, one around them on each side. Blanks that look like nothing are shown: `·` at the end of
/// a line, `⍽` for a space that does not break, `¶` for a Windows line end.
pub(crate) fn diff(before: &str, after: &str) -> String {
    let (before, after) = (visible(before), visible(after));
    // A function of plain texts: the generic ones would be compiled here, in fifty forms.
    unified_diff(Algorithm::Myers, &before, &after, 1, None)
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
