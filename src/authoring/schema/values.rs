//! The values that the readers of [`crate::sources::parse::yaml::fields`] accept, as schemas. Never stricter than those
//! readers: an editor must not mark what `livret check` takes.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

use crate::ground::fold;

/// A type whose schema stands wherever it is used.
macro_rules! value {
    ($(#[$doc:meta])* $name:ident $(<$T:ident>)?, |$generator:ident| $schema:expr) => {
        $(#[$doc])*
        pub struct $name$(<$T>(std::marker::PhantomData<$T>))?;

        impl$(<$T: JsonSchema>)? JsonSchema for $name$(<$T>)? {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

value!(
    /// A text; what looks like a number to YAML is one to us too.
    Texte,
    |_generator| object(texte())
);

value!(
    /// `oui` or `non`; `true` and `vrai` are taken, but not proposed.
    OuiNon,
    |_generator| json_schema!({ "anyOf": [
        { "enum": ["oui", "non"] },
        { "type": "string", "pattern": any_case(["oui", "true", "vrai", "non", "false", "faux"]) },
        other_than(&["string", "number", "array", "object", "null"]),
    ] })
);

value!(
    /// A whole number.
    Nombre,
    |_generator| json_schema!({ "type": ["integer", "string"], "minimum": 0, "maximum": u32::MAX, "pattern": "^\\+?[0-9]+$" })
);

value!(
    /// From 1 to 9.
    DeUnANeuf,
    |_generator| json_schema!({ "type": ["integer", "string"], "minimum": 1, "maximum": 9, "pattern": "^\\+?0*[1-9]$" })
);

value!(
    /// A day, `2026-03-02` or `02/03/2026`. Whether the calendar has it is left to the reader.
    Jour,
    |_generator| json_schema!({
        "type": "string",
        "pattern": "^\\s*[+-]?[0-9]{1,6}-[0-9]{1,2}-[0-9]{1,2}\\s*$|^\\s*[0-9]{1,2}/[0-9]{1,2}/[+-]?[0-9]{1,6}\\s*$",
    })
);

value!(
    /// A list, or one of its items alone.
    UnOuPlusieurs<T>,
    |generator| {
        let item = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [{ "type": "array", "items": item }, item] })
    }
);

value!(
    /// A list of at least two.
    AuMoinsDeux<T>,
    |generator| {
        let item = generator.subschema_for::<T>();
        json_schema!({ "type": "array", "items": item, "minItems": 2 })
    }
);

value!(
    /// A list of at least one, or that one alone.
    AuMoinsUn<T>,
    |generator| {
        let item = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [{ "type": "array", "items": item, "minItems": 1 }, item] })
    }
);

value!(
    /// One form or another.
    Avis,
    |_generator| object(avis(&texte()))
);

/// A text that is not blank. Editors propose « true » and « false » for a boolean: it is taken, not named.
pub fn texte() -> Value {
    json!({ "anyOf": [
        { "type": ["string", "number"], "pattern": "\\S" },
        other_than(&["string", "number", "array", "object", "null"]),
    ] })
}

fn other_than(types: &[&str]) -> Value {
    json!({ "not": { "type": types } })
}

fn object(schema: Value) -> Schema {
    schema.try_into().unwrap_or_default()
}

/// The result of one compétence: `niveau` for all évaluateurs, or each one's own. Empty is « not yet ».
pub fn avis(niveau: &Value) -> Value {
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

/// The level that one évaluateur gave, or nothing yet.
pub fn avis_of_one(niveau: &Value) -> Value {
    json!({ "description": "Le niveau que cet évaluateur a donné.", "anyOf": [niveau, { "type": "null" }] })
}

/// The same, or nothing written.
pub fn or_nothing(schema: &Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

/// Exactly one of these words, whatever their case.
pub fn any_case<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
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
pub fn any_spelling<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
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
