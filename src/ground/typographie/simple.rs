//! The way back: French as one types it, from which [`super::typographier`] sets the same again. And the spaces
//! that were forgotten, for texts that are one's own.

/// Straight apostrophes and ordinary spaces where [`super::typographier`] sets the curly and the narrow ones: what
/// is printed stays the same. No-break spaces elsewhere were put there on purpose, and stay. `outside` is what stands
/// before the text on its line.
pub(crate) fn simplifier(text: &str, outside: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next();
        // An ordinary space at the start of a line or beside another one would be lost; within « <a : > » it would
        // make a tag.
        let safe = || {
            before.or(outside.chars().next_back()).is_some_and(|b| !b.is_whitespace())
                && !contains(outside, &out, &["<"])
        };
        out.push(match c {
            '\u{2019}' if before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphabetic) => '\'',
            '\u{A0}' | '\u{202F}' if set_by_us(before, next) && safe() => ' ',
            other => other,
        });
        before = Some(c);
    }
    out
}

/// Whether a space here becomes a narrow one when it is printed.
fn set_by_us(before: Option<char>, next: Option<char>) -> bool {
    let after_guillemet = before == Some('«') && next.is_some_and(|n| !n.is_whitespace());
    after_guillemet || matches!(next, Some(':' | ';' | '?' | '!' | '»' | '%' | '€'))
}

/// Adds the space that is missing before « : ; ? ! » at the end of a word, and inside guillemets. Times (12:30),
/// addresses and whatever does not look like the end of a French word stay as they are. `outside` and `after` are what
/// stands before the text on its line, and after it.
pub(crate) fn espacer(text: &str, outside: &str, after: Option<char>) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut previous = outside.chars().next_back();
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next().or(after);
        let missing = match c {
            '?' | '!' | ':' | ';' => {
                previous.is_some_and(ends_a_word)
                    && next.is_none_or(|n| follows_a_sign(c, n))
                    && !contains(outside, &out, TECHNICAL)
            }
            '»' => previous.is_some_and(|p| ends_a_word(p) || matches!(p, '.' | '!' | '?')),
            _ => false,
        };
        if missing {
            out.push(' ');
        }
        out.push(c);
        if c == '«' && next.is_some_and(char::is_alphanumeric) {
            out.push(' ');
        }
        previous = Some(c);
    }
    out
}

fn ends_a_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ')' | '»' | '…' | '%' | '€')
}

/// What stands after a sign that ends a word; « :) » is none.
fn follows_a_sign(sign: char, next: char) -> bool {
    next.is_whitespace()
        || matches!(next, '*' | '_' | '"')
        || matches!(sign, '?' | '!') && matches!(next, '?' | '!' | ')' | '»' | '.' | '…' | ',')
}

/// What words have that are addresses, paths, entities or tags.
const TECHNICAL: &[&str] = &["://", "@", "www.", "&", "\\", "`", "[", "]", "=", "<", ">"];

/// Whether the word that a text ends with, begun `outside` of it perhaps, contains one of some signs.
fn contains(outside: &str, text: &str, signs: &[&str]) -> bool {
    let (word, begun) = match text.rfind(char::is_whitespace) {
        Some(at) => (&text[at..], ""),
        None => (text, outside.rsplit(char::is_whitespace).next().unwrap_or_default()),
    };
    signs.iter().any(|sign| word.contains(sign) || begun.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::super::typographier;
    use super::*;

    #[test]
    fn what_the_program_sets_is_typed_simply_and_printed_the_same() {
        let set =
            "L’échelle «\u{A0}acquis\u{202F}»\u{A0}: d’accord\u{202F}? 5\u{202F}% de 10\u{A0}000, l’«\u{A0}x\u{A0}»";
        let simple = simplifier(set, "");
        assert_eq!(simple, "L'échelle « acquis » : d'accord ? 5 % de 10\u{A0}000, l’« x »");
        assert_eq!(typographier(&simple), typographier(set));
        assert_eq!(simplifier("\u{A0}: x\u{A0}", ""), "\u{A0}: x\u{A0}");
        assert_eq!(simplifier("\u{A0}: x\u{A0}", "*"), " : x\u{A0}");
    }

    #[test]
    fn missing_spaces_are_added_at_the_end_of_words_only() {
        for (text, expected) in [
            ("Bravo! Vraiment? Oui: très bien; merci.", "Bravo ! Vraiment ? Oui : très bien ; merci."),
            ("Quoi?! (Non!)", "Quoi ?! (Non !)"),
            ("«Bien» et « bien »", "« Bien » et « bien »"),
            ("à 12:30, 3:2, https://a.fr/?b=1; c@d.fr: x", "à 12:30, 3:2, https://a.fr/?b=1; c@d.fr: x"),
            ("a:b c;d :) bien:) C:\\x &eacute; etc.", "a:b c;d :) bien:) C:\\x &eacute; etc."),
        ] {
            assert_eq!(espacer(text, "", None), expected);
            assert_eq!(espacer(expected, "", None), expected);
        }
        assert_eq!(espacer("!", "Bravo", Some('*')), " !");
        assert_eq!(espacer("Bravo!", "", Some('[')), "Bravo!");
    }
}
