//! The files that make an editor help: schemas, and the settings that use them. Plain pairs of paths from the
//! project's root and contents; writing them is left to the caller.

use serde_json::{Value, json};

use crate::authoring::schema::{Kind, project};
use crate::judge::project::Project;

/// Where a project's schemas are.
pub(crate) const SCHEMAS: &str = ".livret/schemas";

/// What tells our schemas from somebody else's.
pub(crate) const MARK: &str = "Écrit par « livret schema » : ne le modifiez pas, il sera récrit.";

/// The schemas, with what this project knows if it could be read.
pub(crate) fn schemas(known: Option<&Project>) -> Vec<(String, String)> {
    let file = |kind: Kind| {
        let mut schema = known.map_or_else(|| kind.schema(), |known| project::schema(kind, known));
        schema["$comment"] = MARK.into();
        (format!("{SCHEMAS}/{}.schema.json", kind.name()), schema.to_string() + "\n")
    };
    Kind::ALL.into_iter().map(file).collect()
}

/// The settings of VS Code for a project: which extension helps, and how it finds `livret lsp`. The schemas are for
/// editors without it: both together would say all twice.
pub(crate) fn vscode() -> Vec<(String, String)> {
    // Completion does not come by itself in Markdown. It should propose neither words of the text nor Markdown's
    // snippets, which Enter would take in the middle of a sentence. The front matter counts as YAML.
    let text = json!({
        "editor.quickSuggestions": { "other": "on", "comments": "off", "strings": "on" },
        "editor.wordBasedSuggestions": "off",
        "editor.suggest.showSnippets": false,
        "editor.insertSpaces": true,
        "editor.tabSize": 2,
        "editor.wordWrap": "on",
    });
    let settings = json!({
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.readonlyInclude": { "output/**": true, (format!("{SCHEMAS}/**")): true },
        "search.exclude": { "output/**": true },
        "[markdown]": text,
        "[yaml]": { "editor.insertSpaces": true, "editor.tabSize": 2, "editor.wordBasedSuggestions": "off" },
        "glspc.server.command": "livret",
        "glspc.server.commandArguments": ["lsp"],
        "glspc.server.languageId": ["markdown", "yaml"],
    });
    let extensions = json!({ "recommendations": ["zsol.vscode-glspc"] });
    vec![
        (".vscode/settings.json".to_owned(), pretty(&settings)),
        (".vscode/extensions.json".to_owned(), pretty(&extensions)),
    ]
}

fn pretty(value: &Value) -> String {
    // A tree of our own always has a text.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
