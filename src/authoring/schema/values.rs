//! What [`crate::sources::keys`] declares, as schemas of the values that the readers accept. Never stricter than those
//! readers: an editor must not mark what `livret check` takes.

use serde_json::{Map, Value, json};
use unicode_normalization::UnicodeNormalization;

use crate::ground::fold;
use crate::sources::keys::{Group, Key, Shape};

/// The schema of a kind of value.
pub(crate) fn shape(shape: &Shape) -> Value {
    match shape {
        Shape::Text | Shape::Word => texte(),
        Shape::Choice(words) => {
            let word = |(word, doc): &(&str, &str)| json!({ "type": "string", "const": word, "description": doc });
            json!({ "oneOf": words.iter().map(word).collect::<Vec<_>>() })
        }
        Shape::Day => json!({
            "type": "string",
            // Whether the calendar has it is left to the reader.
            "pattern": "^\\s*[+-]?[0-9]{1,6}-[0-9]{1,2}-[0-9]{1,2}\\s*$|^\\s*[0-9]{1,2}/[0-9]{1,2}/[+-]?[0-9]{1,6}\\s*$",
        }),
        Shape::Number(from, to) => {
            let one_digit = (1..=9).contains(from) && *to < 10;
            let digits = if one_digit { format!("0*[{from}-{to}]") } else { "[0-9]+".to_owned() };
            json!({ "type": ["integer", "string"], "minimum": from, "maximum": to, "pattern": format!("^\\+?{digits}$") })
        }
        Shape::OuiNon => json!({ "anyOf": [
            { "enum": ["oui", "non"] },
            { "type": "string", "pattern": any_case(["oui", "true", "vrai", "non", "false", "faux"]) },
            other_than(&["string", "number", "array", "object", "null"]),
        ] }),
        Shape::List(least, inner) => {
            let item = self::shape(inner);
            let mut list = json!({ "type": "array", "items": item });
            if *least > 0 {
                list["minItems"] = (*least).into();
            }
            if *least > 1 { list } else { json!({ "anyOf": [list, item] }) }
        }
        Shape::Map(keys) => group(keys),
        Shape::Own(inner) => json!({ "type": "object", "additionalProperties": self::shape(inner) }),
        Shape::Avis => any_avis(),
        // A list that one value might be meant instead of is written as one.
        Shape::Or(one @ Shape::Number(..), Shape::List(least, inner)) => json!({ "anyOf": [
            self::shape(one),
            { "type": "array", "items": self::shape(inner), "minItems": least },
        ] }),
        Shape::Or(one, other) => json!({ "anyOf": [self::shape(one), self::shape(other)] }),
        Shape::OrNothing(inner) => or_nothing(&self::shape(inner)),
    }
}

/// The schema of keys that stand together.
pub(crate) fn group(group: &Group) -> Value {
    let key = |key: &Key| {
        let value = shape(&key.shape);
        let mut value = if key.required { value } else { or_nothing(&value) };
        value["description"] = key.doc.into();
        (key.name.to_owned(), value)
    };
    let required: Vec<&str> = group.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = json!({
        "title": group.what,
        "description": group.doc,
        "type": "object",
        "properties": group.keys.iter().map(key).collect::<Map<_, _>>(),
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    schema
}

/// A text that is not blank. Editors propose « true » and « false » for a boolean: it is taken, not named.
pub(crate) fn texte() -> Value {
    json!({ "anyOf": [
        { "type": ["string", "number"], "pattern": "\\S" },
        other_than(&["string", "number", "array", "object", "null"]),
    ] })
}

fn other_than(types: &[&str]) -> Value {
    json!({ "not": { "type": types } })
}

/// The result of one compétence: `niveau` for all évaluateurs, or each one's own. Empty is « not yet ».
pub(crate) fn avis(niveau: &Value) -> Value {
    let own = avis_of_one(niveau);
    json!({ "anyOf": [
        niveau,
        {
            "type": "object",
            "description": "L'avis de chaque évaluateur, dans l'ordre de la liste des évaluateurs.",
            "properties": { "evaluateur_1": own, "evaluateur_2": own },
            "patternProperties": { "^evaluateur_[1-9][0-9]*$": own },
            "additionalProperties": false,
        },
        { "type": "null" },
    ] })
}

/// A result, of which no référentiel says the form: one for all, a list of them, or some under keys.
fn any_avis() -> Value {
    let one = or_nothing(&texte());
    let some =
        json!({ "anyOf": [one, { "type": "array", "items": one }, { "type": "object", "additionalProperties": one }] });
    let mut all = avis(&texte());
    all["anyOf"][1]["patternProperties"] = json!({});
    all["anyOf"][1]["additionalProperties"] = some;
    all["anyOf"][2] = json!({ "type": "array", "items": one });
    all["anyOf"].as_array_mut().into_iter().for_each(|kinds| kinds.push(json!({ "type": "null" })));
    all
}

/// The level that one évaluateur gave, or nothing yet.
pub(crate) fn avis_of_one(niveau: &Value) -> Value {
    json!({ "description": "Le niveau que cet évaluateur a donné.", "anyOf": [niveau, { "type": "null" }] })
}

/// The same, or nothing written.
pub(crate) fn or_nothing(schema: &Value) -> Value {
    let types = match &schema["type"] {
        Value::Array(types) => types.clone(),
        Value::Null => return json!({ "anyOf": [schema, { "type": "null" }] }),
        one => vec![one.clone()],
    };
    let mut schema = schema.clone();
    schema["type"] = types.into_iter().chain(["null".into()]).collect();
    schema
}

/// Exactly one of these words, whatever their case.
pub(crate) fn any_case<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| word.chars().map(either_case).collect()).collect();
    format!("^(?:{})$", words.join("|"))
}

fn either_case(c: char) -> String {
    let (lower, upper) = (c.to_lowercase().to_string(), c.to_uppercase().to_string());
    if lower == upper { escaped(c) } else { format!("(?:{lower}|{upper})") }
}

/// A character that stands for itself in a pattern.
fn escaped(c: char) -> String {
    if c.is_ascii_punctuation() && !matches!(c, '"' | '-' | '_' | '/' | ' ' | '\'') {
        format!("\\{c}")
    } else {
        c.to_string()
    }
}

/// Every spelling that [`fold::key`] makes the same, and a few more: accents may stand on any letter.
pub(crate) fn any_spelling<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(spelling).collect();
    format!("^{GAP}*(?:{})$", words.join("|"))
}

/// What may stand between words, and unseen within one.
const GAP: &str =
    "[\\s_'’ʼ.…,;:«»\"“”\\-\u{2010}-\u{2015}\u{2212}\u{FE58}\u{FE63}\u{FF0D}\u{AD}\u{200B}-\u{200F}\u{2060}\u{FEFF}]";
const MARKS: &str = "[\u{300}-\u{36F}\u{AD}\u{200B}-\u{200F}\u{2060}\u{FE00}-\u{FE0F}\u{FEFF}]*";

fn spelling(word: &str) -> String {
    let key = fold::key(word);
    let mut pattern = String::new();
    let mut before = None;
    for c in key.chars() {
        pattern += &match c {
            '-' => format!("{GAP}+"),
            'a'..='z' => {
                // « œ » is two letters.
                let pair = before.is_some_and(|b| ["oe", "ae", "ss", "th", "fi", "fl"].contains(&&*format!("{b}{c}")));
                let one = format!(
                    "[{c}{}\u{AA}\u{BA}\u{C0}-\u{24F}\u{1E00}-\u{1EFF}\u{FB01}\u{FB02}]",
                    c.to_ascii_uppercase()
                );
                format!("{one}{}{MARKS}", if pair { "?" } else { "" })
            }
            _ if c.is_ascii() => escaped(c) + MARKS,
            _ => {
                let cases = [c.to_lowercase().to_string(), c.to_uppercase().to_string()];
                let all = cases.iter().flat_map(|c| [c.nfc().collect::<String>(), c.nfd().collect()]);
                format!("(?:{}){MARKS}", all.collect::<Vec<_>>().join("|"))
            }
        };
        before = Some(c);
    }
    format!("{pattern}{GAP}*")
}
