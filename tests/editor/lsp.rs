use std::fs;
use std::io::Write as _;

use serde_json::{Value, json};

use super::client::{BLOC, CANDIDAT, Editor, LONG};

#[test]
fn mistakes_are_said_while_typing_and_go_when_they_are_mended() {
    let mut editor = Editor::new();
    let sound = editor.text(CANDIDAT);
    editor.open(CANDIDAT, &sound);
    let wrong = sound.replace("relation: acquis", "relation: aquis");
    editor.change(CANDIDAT, &wrong);
    let said = editor.wait(CANDIDAT, |said| !said.is_empty());
    let line = wrong.lines().position(|line| line.contains("aquis")).unwrap();
    assert_eq!(said[0]["range"]["start"], json!({ "line": line, "character": 16 }), "{said:?}");
    assert_eq!(said[0]["range"]["end"], json!({ "line": line, "character": 21 }));
    assert_eq!((said[0]["severity"].clone(), said[0]["source"].clone()), (json!(1), json!("livret")));
    let message = said[0]["message"].as_str().unwrap();
    assert!(
        message.contains("« aquis » n'est pas un niveau") && message.contains("aide : vouliez-vous dire « acquis » ?")
    );
    editor.change(CANDIDAT, &sound);
    editor.wait(CANDIDAT, <[Value]>::is_empty);
    assert_eq!(editor.text(CANDIDAT), sound, "nothing is written");
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn what_is_meant_is_written_on_request() {
    let mut editor = Editor::new();
    let sound = editor.text(CANDIDAT);
    let wrong = sound.replace("relation: acquis", "relation: aquis");
    editor.open(CANDIDAT, &wrong);
    let said = editor.wait(CANDIDAT, |said| !said.is_empty());
    let uri = editor.uri(CANDIDAT);
    let question =
        json!({ "textDocument": { "uri": uri }, "range": said[0]["range"], "context": { "diagnostics": said } });
    let answer = editor.ask("textDocument/codeAction", question.clone());
    let actions = answer["result"].as_array().unwrap();
    assert_eq!(actions.len(), 1, "{answer}");
    assert_eq!(actions[0]["title"], "Remplacer « aquis » par « acquis »");
    assert_eq!(actions[0]["kind"], "quickfix");
    let edits = actions[0]["edit"]["changes"][&uri].as_array().unwrap();
    assert_eq!(edits.len(), 1);
    assert_eq!((&edits[0]["newText"], &edits[0]["range"]), (&json!("acquis"), &said[0]["range"]));
    let mut saving = question.clone();
    saving["context"]["only"] = json!(["source.fixAll"]);
    assert_eq!(editor.ask("textDocument/codeAction", saving)["result"], json!([]));
    // The text was changed since: nothing is written in the wrong place.
    editor.change(CANDIDAT, &format!("{}{wrong}", "---\n"));
    assert_eq!(editor.ask("textDocument/codeAction", question)["result"], json!([]));
    // Some mistakes have no one way out.
    let question = json!({ "textDocument": { "uri": uri }, "range": said[0]["range"], "context": { "diagnostics": [
        { "range": said[0]["range"], "message": "de quelqu'un d'autre", "data": 3 },
        { "range": said[0]["range"], "message": "sans rien" },
    ] } });
    assert_eq!(editor.ask("textDocument/codeAction", question)["result"], json!([]));
}

#[test]
fn an_unsaved_bloc_counts_for_the_candidats() {
    let mut editor = Editor::new();
    let (bloc, sheet) = (editor.text(BLOC), editor.text(CANDIDAT));
    editor.open(CANDIDAT, &sheet);
    editor.open(BLOC, &bloc.replace("{#relation}", "{#contact}"));
    let said = editor.wait(CANDIDAT, |said| !said.is_empty());
    assert!(said[0]["message"].as_str().unwrap().contains("« relation » n'existe pas dans ce bloc"), "{said:?}");
    let uri = editor.uri(BLOC);
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    editor.wait(CANDIDAT, <[Value]>::is_empty);
}

#[test]
fn what_is_missing_is_said_of_open_files_only() {
    let mut editor = Editor::new();
    let text = editor.text(CANDIDAT).replace("    lieu: Brest\n", "");
    fs::write(editor.path(CANDIDAT), &text).unwrap();
    fs::write(editor.path("content/candidats/2026-06/autre.md"), "---\nnom: A\n---\n").unwrap();
    editor.wait("content/candidats/2026-06/autre.md", |said| !said.is_empty());
    let uri = editor.uri(CANDIDAT);
    assert!(editor.said.get(&uri).is_none_or(Vec::is_empty), "{:?}", editor.said);
    editor.open(CANDIDAT, &text);
    let said = editor.wait(CANDIDAT, |said| !said.is_empty());
    assert_eq!(said[0]["severity"], 3, "{said:?}");
}

#[test]
fn keys_ids_and_levels_are_proposed() {
    let mut editor = Editor::new();
    editor.open(CANDIDAT, "");
    let mut labels = |marked: &str| editor.labels(CANDIDAT, marked);
    assert_eq!(
        labels("---\n|"),
        [
            "nom",
            "prenom",
            "civilite",
            "entreprise",
            "referentiel",
            "parcours",
            "blocs",
            "evaluateurs",
            "champs",
            "evaluations",
            "prealables",
            "decisions"
        ]
    );
    assert_eq!(labels("---\nnom: A\npre|\n---\n")[0], "prenom", "what is there is not proposed again");
    assert_eq!(labels("---\nreferentiel: |\n---\n"), ["essai/2025"]);
    assert_eq!(labels("---\nparcours: c|\n---\n"), ["complet", "isole"]);
    assert_eq!(labels("---\nblocs: [accueil, |]\n---\n"), ["accueil", "suivi"]);
    assert_eq!(labels("---\nblocs:\n  - |\n---\n"), ["accueil", "suivi"]);
    assert_eq!(labels("---\nevaluations:\n  |\n---\n"), ["accueil", "suivi"]);
    assert_eq!(labels("---\nevaluations:\n  accueil:\n    dates: { | }\n---\n"), ["du", "au"]);
    assert_eq!(labels("---\nevaluations:\n  accueil:\n    activites_exercees: |\n---\n"), ["oui", "non"]);
    assert_eq!(labels("---\nevaluations:\n  accueil:\n    resultats:\n      re|\n---\n"), ["relation", "informations"]);
    let levels = "---\nevaluations:\n  accueil:\n    resultats:\n      relation: |\n---\n";
    assert_eq!(labels(levels), ["acquis", "non acquis", "A", "NA"]);
    let own = "---\nevaluations:\n  accueil:\n    resultats:\n      relation: { evaluateur_1: | }\n---\n";
    assert_eq!(labels(own), ["acquis", "non acquis", "A", "NA"]);
    let both = "---\nevaluations:\n  accueil:\n    resultats:\n      relation: { evaluateur_1: A, | }\n---\n";
    assert_eq!(labels(both), ["evaluateur_2"]);
    assert_eq!(labels("---\nevaluateurs:\n  - { nom: Léa, | }\n---\n"), ["role", "fonction"]);
    assert_eq!(labels("---\nnom: A\n---\n## |\n"), ["accueil", "suivi"]);
    assert_eq!(labels("---\nnom: A\n---\n## accueil\n\nDu texte |\n"), [""; 0]);
    assert_eq!(labels("---\nreferentiel: autre/1\nevaluations:\n  |\n---\n"), [""; 0]);
}

#[test]
fn what_is_chosen_stands_where_it_should() {
    let mut editor = Editor::new();
    editor.open(CANDIDAT, "");
    let marked = "---\nevaluations:\n  accueil:\n    resultats: { 'é😀': 1, inf| }\n---\n";
    let answer = editor.at("textDocument/completion", CANDIDAT, marked);
    let item = answer.as_array().unwrap().iter().find(|item| item["label"] == "informations").unwrap();
    assert_eq!(item["textEdit"]["newText"], "informations: ");
    // After « é😀 », whose second sign counts for two.
    let edit = json!({ "start": { "line": 3, "character": 27 }, "end": { "line": 3, "character": 30 } });
    assert_eq!(item["textEdit"]["range"], edit, "{item}");
    let answer = editor.at("textDocument/completion", CANDIDAT, "---\neval|\n---\n");
    assert!(answer.as_array().unwrap().iter().any(|item| item["textEdit"]["newText"] == "evaluations:"), "{answer}");
}

#[test]
fn words_are_explained() {
    let mut editor = Editor::new();
    editor.open(CANDIDAT, "");
    let sheet =
        |result: &str| format!("---\nevaluations:\n  accueil:\n    resultats:\n      {result}\n---\n## accueil\n");
    let text = editor.hover(CANDIDAT, &sheet("relat|ion: acquis"));
    assert!(text.contains("Activité : ") && text.contains("`acquis`"), "{text}");
    let text = editor.hover(CANDIDAT, &sheet("relation: acq|uis"));
    assert_eq!(text, "ACQUIS : réalise les attendus");
    let text = editor.hover(CANDIDAT, &sheet("relation: acquis").replace("  accueil:", "  acc|ueil:"));
    assert!(text.contains("Bloc 1 : "), "{text}");
    let text = editor.hover(CANDIDAT, "---\neva|luateurs: []\n---\n");
    assert!(text.contains("Ceux qui signent, dans l'ordre : leur nom"), "{text}");
    let text = editor.hover(CANDIDAT, "---\nnom: A\n---\n## acc|ueil\n");
    assert!(text.contains("Bloc 1 : "), "{text}");
    assert_eq!(editor.hover(CANDIDAT, "---\nnom: A|nne\n---\n"), "");
    editor.open(BLOC, "");
    let text = editor.hover(BLOC, "---\ntitre: A\ngril|le: page\n---\n");
    assert!(text.contains("`page`") && text.contains("`suite`"), "{text}");
    let text = editor.hover(BLOC, "---\ntitre: A\ngrille: pa|ge\n---\n");
    assert!(text.contains("commence une page"), "{text}");
}

#[test]
fn definitions_are_found() {
    let mut editor = Editor::new();
    let bloc = editor.text(BLOC);
    editor.open(CANDIDAT, "");
    let place = |editor: &mut Editor, marked: &str| {
        let answer = editor.at("textDocument/definition", CANDIDAT, marked);
        (answer["uri"].as_str().unwrap_or_default().to_owned(), answer["range"]["start"]["line"].as_u64())
    };
    let sheet = "---\nreferentiel: essai/2025\nparcours: complet\nblocs: [accueil]\nevaluations:\n  accueil:\n    resultats:\n      relation: acquis\n---\n## accueil\n";
    let line = bloc.lines().position(|line| line.contains("{#relation}")).unwrap() as u64;
    let (bloc, main) = (editor.uri(BLOC), editor.uri("content/referentiels/essai/2025/referentiel.md"));
    for (word, expected) in [
        ("relation", (bloc.clone(), Some(line))),
        ("  accueil:", (bloc.clone(), Some(0))),
        ("[accueil]", (bloc.clone(), Some(0))),
        ("## accueil", (bloc, Some(0))),
        ("essai/2025", (main.clone(), Some(0))),
        ("complet", (main, Some(8))),
        ("evaluations", (String::new(), None)),
    ] {
        let marked = sheet.replacen(word, &format!("{}|{}", &word[..4], &word[4..]), 1);
        assert_eq!(place(&mut editor, &marked), expected, "{word}");
    }
}

#[test]
fn other_files_have_their_own_keys() {
    let mut editor = Editor::new();
    // So that the project is read before its files are broken.
    editor.open(CANDIDAT, "");
    assert_eq!(editor.labels(CANDIDAT, "---\nreferentiel: |"), ["essai/2025"]);
    for (path, marked, expected) in [
        ("livret.yaml", "organisme:\n  nom: X\n|", "theme"),
        ("livret.yaml", "defauts:\n  referentiel: |", "essai/2025"),
        ("themes/mini/theme.yaml", "documents:\n  - id: x\n    portee: |\n", "candidat"),
        ("content/referentiels/essai/2025/referentiel.md", "---\nregles: { | }\n---\n", "consensus"),
        (BLOC, "---\n|\n---\n", "grille"),
    ] {
        editor.open(path, "");
        let labels = editor.labels(path, marked);
        assert!(labels.iter().any(|label| label == expected), "{path}: {labels:?}");
    }
}

#[test]
fn nothing_that_comes_ends_it() {
    let mut editor = Editor::new();
    let uri = editor.uri(CANDIDAT);
    for (method, params) in [
        ("textDocument/didOpen", json!({})),
        ("textDocument/didChange", json!({ "textDocument": { "uri": uri }, "contentChanges": [] })),
        ("textDocument/didChange", json!([1, 2])),
        (
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": "untitled:1", "languageId": "x", "version": 1, "text": "" } }),
        ),
        ("textDocument/didClose", json!({ "textDocument": { "uri": "file:///nowhere/x.md" } })),
        ("$/whatever", Value::Null),
        ("workspace/didChangeWatchedFiles", json!({ "changes": [] })),
    ] {
        editor.tell(method, params);
    }
    let far = json!({ "textDocument": { "uri": uri }, "position": { "line": 4_000_000_000u32, "character": 4_000_000_000u32 } });
    assert!(editor.ask("textDocument/hover", far.clone())["result"].is_null());
    editor.open(CANDIDAT, "---\n- [{ : é\n\t\"");
    for method in ["textDocument/hover", "textDocument/completion", "textDocument/definition"] {
        assert!(editor.ask(method, far.clone())["error"].is_null(), "{method}");
        assert_eq!(editor.ask(method, json!({ "position": "?" }))["error"]["code"], -32602, "{method}");
    }
    assert_eq!(editor.ask("textDocument/rename", json!({}))["error"]["code"], -32601);
    editor.wait(CANDIDAT, |said| !said.is_empty());
    fs::remove_dir_all(editor.path("themes")).unwrap();
    editor.tell("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    editor.wait("livret.yaml", |said| !said.is_empty());
    assert_eq!(editor.labels(CANDIDAT, "---\nreferentiel: |\n---\n"), ["essai/2025"], "what was known stays known");
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn an_editor_that_goes_without_a_word_ends_it() {
    let mut editor = Editor::new();
    drop(editor.input.take());
    assert_eq!(editor.server.wait().unwrap().code(), Some(1));
    let mut silent = Editor::silent();
    drop(silent.input.take());
    assert_eq!(silent.server.wait().unwrap().code(), Some(1));
}

#[test]
fn what_is_no_protocol_is_refused() {
    let mut editor = Editor::silent();
    write!(editor.input.as_mut().unwrap(), "livret?\r\n\r\n").unwrap();
    drop(editor.input.take());
    assert_ne!(editor.server.wait().unwrap().code(), Some(0));
}

#[test]
fn what_is_no_message_is_answered_and_the_next_is_understood() {
    let mut editor = Editor::new();
    let sound = editor.text(CANDIDAT);
    editor.open(CANDIDAT, &sound);
    let uri = editor.uri(CANDIDAT);
    for (body, code) in [("{", -32700), ("[]", -32600), ("\u{0}", -32700), ("{\"jsonrpc\":\"2.0\"}", -32600)] {
        write!(editor.input.as_mut().unwrap(), "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        let answer = loop {
            let message = editor.output.recv_timeout(LONG).unwrap();
            if !message["error"].is_null() {
                break message;
            }
            editor.note(message);
        };
        assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(code), &Value::Null), "{body}");
    }
    // Half of a sign, as JavaScript writes it.
    let text = sound.replace("nom: Bernard", "nomm: Bernard \u{FFFD}");
    let change = json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
        "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [{ "text": text }],
    } });
    let body = change.to_string().replace('\u{FFFD}', "\\ud800");
    write!(editor.input.as_mut().unwrap(), "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    let said = editor.wait(CANDIDAT, |said| said.iter().any(|d| d["message"].to_string().contains("nomm")));
    assert!(!said.is_empty());
    editor.change(CANDIDAT, &"x: 1\n".repeat(5_000_000));
    editor.wait(CANDIDAT, |said| said.iter().any(|d| d["message"].to_string().contains("trop grand")));
    editor.change(CANDIDAT, &sound);
    editor.wait(CANDIDAT, <[Value]>::is_empty);
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn no_length_is_believed() {
    for length in ["9000000000000000000", "99999999999999999999999", "1000000000"] {
        let mut editor = Editor::silent();
        write!(editor.input.as_mut().unwrap(), "Content-Length: {length}\r\n\r\n{{}}").unwrap();
        assert_eq!(editor.output.recv_timeout(LONG).unwrap()["error"]["code"], -32700, "{length}");
        assert_eq!(editor.server.wait().unwrap().code(), Some(2), "{length}");
    }
}

#[test]
fn a_file_outside_any_project_gets_nothing() {
    let mut editor = Editor::new();
    let elsewhere = tempfile::tempdir().unwrap();
    let uri = format!("file://{}/a.md", elsewhere.path().display());
    let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": "---\n" });
    editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
    let place = json!({ "textDocument": { "uri": uri }, "position": { "line": 1, "character": 0 } });
    assert!(editor.ask("textDocument/completion", place)["result"].is_null());
}
