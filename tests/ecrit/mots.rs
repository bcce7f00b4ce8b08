//! The words of a text, and those that a page shows: what is compared with one another.

use unicode_normalization::UnicodeNormalization;

/// Signs that say something by themselves. Others (points, quotes, dashes) are told apart by nobody who reads.
const SIGNES: &str = "#&<>=+%€°@/\\~$£`";

/// Signs that print nothing: word processors leave them.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Runs of letters and figures, and signs.
pub fn mots(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let is_mark = |c: char| matches!(c, '\u{300}'..='\u{36F}');
    // What is left of accents then belongs to no letter.
    for c in text.nfc().filter(|c| !is_invisible(*c) && !is_mark(*c)) {
        if c.is_alphanumeric() {
            word.push(c);
            continue;
        }
        words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        if SIGNES.contains(c) {
            words.push(c.to_string());
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

/// The same where stars between letters print words in another style, and do not part them.
pub fn mots_joints(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().filter(|c| !is_invisible(*c)).collect();
    let mut out = String::new();
    for (i, &c) in letters.iter().enumerate() {
        let before = letters[..i].iter().rev().find(|c| **c != '*');
        let after = letters[i..].iter().find(|c| **c != '*');
        let inside = [before, after].iter().all(|c| c.is_some_and(|c| c.is_alphabetic()));
        if c != '*' || !inside {
            out.push(c);
        }
    }
    mots(&out)
}

/// The words that a page shows, pictures' texts and numbers of lists included. What a template marks by `data-ici` is
/// a word of its own, that no text holds: « [name] ».
pub fn montres(html: &str) -> Vec<String> {
    let mut shown = Shown::default();
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        shown.text.push_str(&decoded(text));
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        shown.tag(tag);
        rest = after;
    }
    shown.text.push_str(&decoded(rest));
    shown.flush();
    shown.words
}

#[derive(Default)]
struct Shown {
    words: Vec<String>,
    text: String,
    /// The next number of each open list, none of one without numbers.
    lists: Vec<Option<usize>>,
}

impl Shown {
    fn flush(&mut self) {
        self.words.extend(mots(&std::mem::take(&mut self.text)));
    }

    fn tag(&mut self, tag: &str) {
        let name = tag.split_whitespace().next().unwrap_or_default().trim_end_matches('/');
        if !["em", "/em", "strong", "/strong", "a", "/a", "span", "/span", "code", "/code", "sup", "/sup"]
            .contains(&name)
        {
            self.flush();
        }
        match name {
            "ol" => self.lists.push(Some(attribute(tag, "start").map_or(1, |n| n.parse().expect("a number")))),
            "ul" => self.lists.push(None),
            "/ol" | "/ul" => drop(self.lists.pop()),
            "li" => {
                if let Some(Some(n)) = self.lists.last_mut() {
                    self.words.push(n.to_string());
                    *n += 1;
                }
            }
            "img" => self.words.extend(mots(&attribute(tag, "alt").unwrap_or_default())),
            _ => {}
        }
        self.words.extend(attribute(tag, "data-ici").map(|place| format!("[{place}]")));
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    Some(decoded(value.split_once('"')?.0))
}

/// Without the entities that our own pages have.
fn decoded(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let (name, after) = after.split_once(';').expect("an entity");
        text.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#x27" | "#39" => '\'',
            "#x2F" => '/',
            "#8239" | "nbsp" => ' ',
            other => panic!("&{other};"),
        });
        rest = after;
    }
    text + rest
}
