//! SARIF 2.1.0 (OASIS), as code hosts and editors read it. The rules are the codes that occur, with their words.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, utf8_percent_encode};
use serde_json::{Value, json};

use crate::ground::diagnostic::record::{Record, RecordPlace, Region};
use crate::ground::diagnostic::{Code, Severity};
use crate::ground::text::escaped;

/// What may not stand in a relative URI as it is.
const NOT_IN_URI: AsciiSet = escaped(b" \"#%:<>?[\\]^`{|}");

/// One run with all records.
pub(crate) fn document(records: &[Record]) -> Value {
    let mut codes: Vec<Code> = records.iter().map(|record| record.code).collect();
    codes.sort_unstable_by_key(|code| code.as_str());
    codes.dedup();
    let indices: BTreeMap<Code, usize> = codes.iter().enumerate().map(|(index, code)| (*code, index)).collect();
    let rules: Vec<Value> = codes.into_iter().map(rule).collect();
    let results: Vec<Value> = records.iter().map(|record| result(record, indices[&record.code])).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "livret",
                "version": env!("CARGO_PKG_VERSION"),
                "language": "fr",
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.as_str(),
        "name": format!("{code:?}"),
        "shortDescription": { "text": code.title() },
        "fullDescription": { "text": code.title() },
        "help": { "text": code.explanation(), "markdown": code.explanation() },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

fn result(record: &Record, rule: usize) -> Value {
    let mut result = json!({
        "ruleId": record.code,
        "ruleIndex": rule,
        "level": level(record.severity),
        "message": { "text": message(record) },
    });
    if let Some(place) = &record.place {
        result["locations"] = json!([{ "physicalLocation": location(place) }]);
    }
    if !record.related.is_empty() {
        let related = record.related.iter().enumerate().map(|(id, related)| {
            json!({
                "id": id + 1,
                "physicalLocation": location(&related.place),
                "message": { "text": related.label },
            })
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(correction) = &record.correction {
        let deleted = correction.place.region.map(region);
        result["fixes"] = json!([{
            "description": { "text": format!("écrire « {} »", correction.text.trim()) },
            "artifactChanges": [{
                "artifactLocation": artifact(&correction.place),
                "replacements": [{ "deletedRegion": deleted, "insertedContent": { "text": correction.text } }],
            }],
        }]);
    }
    result
}

/// SARIF has no place of its own for facts and advice.
fn message(record: &Record) -> String {
    let more = record.notes.iter().chain(&record.help).map(String::as_str);
    [record.message.as_str()].into_iter().chain(more).collect::<Vec<_>>().join("\n")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice | Severity::Note | Severity::Verdict => "note",
    }
}

fn location(place: &RecordPlace) -> Value {
    let mut location = json!({ "artifactLocation": artifact(place) });
    if let Some(place) = place.region {
        location["region"] = region(place);
    }
    location
}

fn artifact(place: &RecordPlace) -> Value {
    json!({ "uri": utf8_percent_encode(&place.file, &NOT_IN_URI).to_string() })
}

fn region(region: Region) -> Value {
    json!({
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end.line,
        "endColumn": region.end.column,
    })
}
