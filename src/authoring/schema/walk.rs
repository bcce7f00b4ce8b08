//! What a schema says of one place: which keys and words are possible there, and what they mean. The `if` of a
//! schema is not weighed here: the caller adds the `then` that holds.

use serde_json::Value;

/// One step from the top of a YAML text to a place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    Key(String),
    Item(usize),
}

/// The schemas that hold at the end of a path, and those that they are combined of.
pub(crate) fn at<'a>(roots: &[&'a Value], path: &[Step]) -> Vec<&'a Value> {
    expanded(&named(roots, path))
}

/// The schemas that stand at the end of a path.
fn named<'a>(roots: &[&'a Value], path: &[Step]) -> Vec<&'a Value> {
    let mut here = roots.to_vec();
    for step in path {
        here = expanded(&here).into_iter().filter_map(|schema| below(schema, step)).collect();
    }
    here
}

/// Schemas and what they are combined of.
fn expanded<'a>(schemas: &[&'a Value]) -> Vec<&'a Value> {
    let mut all = Vec::new();
    for schema in schemas {
        all.push(*schema);
        for combined in ["allOf", "anyOf", "oneOf"] {
            let parts: Vec<&Value> = schema[combined].as_array().into_iter().flatten().collect();
            all.extend(expanded(&parts));
        }
    }
    all
}

fn below<'a>(schema: &'a Value, step: &Step) -> Option<&'a Value> {
    match step {
        Step::Item(_) => schema.get("items"),
        Step::Key(key) => {
            schema["properties"].get(key).or_else(|| schema.get("additionalProperties").filter(|more| more.is_object()))
        }
    }
}

/// The keys that may stand in a group, in the order in which they are described.
pub(crate) fn keys(schemas: &[&Value]) -> Vec<String> {
    let groups = schemas.iter().filter_map(|schema| schema["properties"].as_object());
    distinct(groups.flatten().map(|(key, _)| key.clone()))
}

/// The first of each that are the same.
fn distinct<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.fold(Vec::new(), |mut seen, one| {
        if !seen.contains(&one) {
            seen.push(one);
        }
        seen
    })
}

/// The words that a value may be, each with what it means.
pub(crate) fn words(schemas: &[&Value]) -> Vec<(String, String)> {
    let mut words: Vec<(String, String)> = Vec::new();
    let mut add = |value: &Value, text: &Value| {
        let word = match value {
            Value::String(word) => word.clone(),
            Value::Number(number) => number.to_string(),
            _ => return,
        };
        if !words.iter().any(|(known, _)| *known == word) {
            words.push((word, text.as_str().unwrap_or_default().to_owned()));
        }
    };
    for schema in schemas {
        if let Some(values) = schema["enum"].as_array() {
            values.iter().enumerate().for_each(|(i, value)| add(value, &schema["enumDescriptions"][i]));
        }
        add(&schema["const"], &schema["description"]);
    }
    words
}

/// What is said of a place itself, the most particular first.
pub(crate) fn descriptions<'a>(roots: &[&'a Value], path: &[Step]) -> Vec<&'a str> {
    distinct(named(roots, path).into_iter().rev().filter_map(|schema| schema["description"].as_str()))
}

/// Whether a place holds keys of its own, or items, and no word.
pub(crate) fn is_group(schemas: &[&Value]) -> bool {
    let takes = |name: &str| {
        schemas
            .iter()
            .any(|s| s["type"] == name || s["type"].as_array().is_some_and(|all| all.iter().any(|t| t == name)))
    };
    let scalar = ["string", "number", "integer"].into_iter().any(takes) || !words(schemas).is_empty();
    !scalar && (takes("object") || takes("array"))
}
