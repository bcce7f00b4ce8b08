//! Which line ends a front matter, or was meant to. People type three dashes as a long one, as four, as dots; or
//! forget them, and a rule of the text far below seems to end the header.

use std::ops::Range;

use crate::ground::source::lines_at;
use crate::sources::keys::Group;
use crate::sources::parse::yaml::signs::is_gap;

/// Where a front matter ends: lines without their ends.
pub(crate) enum Closing {
    Line(Range<usize>),
    /// A line that was meant for `---`.
    Near(Range<usize>),
    /// Nowhere before this title.
    BeforeTitle(Range<usize>),
    /// With the first line that looks like running text.
    Nowhere(Option<Range<usize>>),
}

/// Looks for the end of a front matter that starts at a byte.
pub(crate) fn closing(text: &str, start: usize) -> Closing {
    let mut near = None;
    let mut title = None;
    // Lines that are no keys: running text, since the near miss, since the title, at all.
    let (mut words, mut after_near, mut after_title) = (None, false, true);
    let mut end = None;
    for (at, line) in lines_at(&text[start..]) {
        let line = line.trim_end_matches('\n');
        let place = start + at..start + at + line.len();
        if line.trim_end() == "---" || line.trim_matches(is_gap) == "---" && !line.starts_with(' ') {
            end = Some(place);
            break;
        }
        let is_title = line.starts_with("##") && line.trim_end().trim_start_matches('#').starts_with(' ');
        if title.is_none() && near.is_none() && is_near(line) {
            near = Some(place);
        } else if title.is_none() && is_title {
            title = Some(place);
        } else if !line.trim().is_empty() {
            if title.is_some() {
                // « ## Candidat » above keys is a remark.
                after_title = !is_header_line(line, true);
            }
            if !is_header_line(line, false) || is_title {
                after_near |= near.is_some();
                words = words.or(Some(place));
            }
        }
    }
    let text_follows = after_near || title.is_some();
    match (end, near, title) {
        (None, Some(near), _) => Closing::Near(near),
        (Some(_), Some(near), _) if text_follows => Closing::Near(near),
        (_, _, Some(title)) if after_title => Closing::BeforeTitle(title),
        (Some(end), ..) => Closing::Line(end),
        (None, None, _) => Closing::Nowhere(words),
    }
}

/// Whether a line was meant for `---`.
pub(crate) fn is_near(line: &str) -> bool {
    let signs = line.trim_matches(is_gap);
    let first = signs.chars().next();
    let all = |known: &[char]| signs.chars().all(|c| known.contains(&c) || is_gap(c));
    match first {
        Some('–' | '—' | '−' | '―') => all(&['-', '–', '—', '−', '―']),
        // Three dashes with a slip of the finger among them are meant as well.
        Some('-') => {
            let dashes = signs.matches(['-', '–', '—', '−']).count();
            dashes > 1
                && (all(&['-', '–', '—', '−']) || signs.chars().count() <= dashes + 2 && !signs.starts_with("- "))
        }
        Some(sign @ ('_' | '=' | '~' | '*' | '.' | '…')) => (signs.len() > 1) && all(&[sign]),
        _ => false,
    }
}

/// Whether a line can be one of a front matter: a key, what is set off below one, an item, a remark.
fn is_header_line(line: &str, strict: bool) -> bool {
    if line.starts_with([' ', '\t', '}', ']', '#']) || line.starts_with("- ") || line.trim_end() == "-" {
        return true;
    }
    let Some((name, rest)) = line.split_once(':') else { return false };
    // « Remarque : » is running text rather than a key.
    let name = if strict { name } else { name.trim_end() };
    !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '"'))
        && (rest.is_empty() || rest.starts_with(is_gap))
}

/// The key that a text begins with at a byte, if it can only be one: the front matter was closed before it.
pub(crate) fn key_after(text: &str, front: &str, body: usize, group: &'static Group) -> Option<Range<usize>> {
    let (at, line) = lines_at(&text[body..]).find(|(_, line)| !line.trim().is_empty())?;
    let words = line.trim_start_matches(|c| is_gap(c) || matches!(c, '-' | '{'));
    let colon = words.find(':')?;
    let (name, rest) = (words[..colon].trim_end(), words[colon + 1..].trim_end());
    // « certification : » begins a French sentence as well, if more follows.
    let glued = name.len() == colon && (rest.is_empty() || rest.starts_with(' '));
    if name.is_empty() || name.contains(char::is_whitespace) || !(glued || rest.is_empty()) {
        return None;
    }
    let below = line.starts_with(' ') && front.trim_end().ends_with(':');
    let start = body + at + (line.len() - words.len());
    (is_known(group, name) || below).then(|| start..start + name.len())
}

/// Whether a key of this name can stand anywhere below these.
fn is_known(group: &'static Group, name: &str) -> bool {
    group.keys.iter().any(|key| key.name == name || key.shape.group().is_some_and(|group| is_known(group, name)))
}
