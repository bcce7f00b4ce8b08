//! A language server's other side: an editor that has the base project open.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support;

pub const LONG: Duration = Duration::from_secs(30);
pub const CANDIDAT: &str = "content/candidats/2026-06/bernard-paul.md";
pub const BLOC: &str = "content/referentiels/essai/2025/blocs/1-accueil.md";

/// An editor with the base project.
pub struct Editor {
    folder: TempDir,
    pub server: Child,
    pub input: Option<ChildStdin>,
    pub output: Receiver<Value>,
    /// The last that was said of each file.
    pub said: std::collections::BTreeMap<String, Vec<Value>>,
    last_id: u64,
}

impl Editor {
    pub fn new() -> Self {
        let mut editor = Self::silent();
        let uri = editor.uri("");
        let answer = editor.ask("initialize", json!({ "processId": null, "rootUri": uri, "capabilities": {} }));
        assert_eq!(answer["result"]["capabilities"]["textDocumentSync"]["change"], 1, "{answer}");
        editor.tell("initialized", json!({}));
        editor
    }

    /// The same, not greeted yet.
    pub fn silent() -> Self {
        let folder = tempfile::tempdir().unwrap();
        support::copy(Path::new(support::BASE), folder.path());
        let mut server = Command::new(env!("CARGO_BIN_EXE_livret"))
            .args(["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let (sender, output) = channel();
        let mut reader = BufReader::new(server.stdout.take().unwrap());
        std::thread::spawn(move || {
            loop {
                let mut length = 0;
                loop {
                    let mut line = String::new();
                    if reader.read_line(&mut line).unwrap_or(0) == 0 {
                        return;
                    }
                    match line.trim().strip_prefix("Content-Length: ") {
                        Some(number) => length = number.parse().unwrap(),
                        None if line.trim().is_empty() => break,
                        None => {}
                    }
                }
                let mut body = vec![0; length];
                reader.read_exact(&mut body).unwrap();
                if sender.send(serde_json::from_slice(&body).unwrap()).is_err() {
                    return;
                }
            }
        });
        let input = server.stdin.take();
        Self { folder, server, input, output, said: Default::default(), last_id: 0 }
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(path)
    }

    pub fn uri(&self, path: &str) -> String {
        format!("file://{}", self.path(path).display())
    }

    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input.as_mut().unwrap(), "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.output.recv_timeout(LONG).unwrap_or_else(|_| panic!("no answer to {method}"));
            if message["id"] == id {
                return message;
            }
            self.note(message);
        }
    }

    pub fn note(&mut self, message: Value) {
        assert_eq!(message["method"], "textDocument/publishDiagnostics", "{message}");
        let uri = message["params"]["uri"].as_str().unwrap().to_owned();
        self.said.insert(uri, message["params"]["diagnostics"].as_array().unwrap().clone());
    }

    /// Waits until what is said of a file is as wanted.
    pub fn wait(&mut self, path: &str, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let (uri, until) = (self.uri(path), Instant::now() + LONG);
        loop {
            if let Some(said) = self.said.get(&uri).filter(|said| wanted(said)) {
                return said.clone();
            }
            let left = until.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(message) => self.note(message),
                Err(_) => panic!("of {path} is said: {:?}", self.said.get(&uri)),
            }
        }
    }

    pub fn open(&mut self, path: &str, text: &str) {
        let uri = self.uri(path);
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub fn change(&mut self, path: &str, text: &str) {
        let uri = self.uri(path);
        let changes = json!([{ "text": text }]);
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": changes }),
        );
    }

    /// Asks about the place of « | » in a text, after typing it.
    pub fn at(&mut self, method: &str, path: &str, marked: &str) -> Value {
        let before = marked.split_once('|').expect("a mark").0;
        self.change(path, &marked.replacen('|', "", 1));
        let line = before.matches('\n').count();
        let character = before.rsplit('\n').next().unwrap().encode_utf16().count();
        let uri = self.uri(path);
        let place = json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } });
        let answer = self.ask(method, place);
        assert!(answer["error"].is_null(), "{answer}");
        answer["result"].clone()
    }

    pub fn labels(&mut self, path: &str, marked: &str) -> Vec<String> {
        let answer = self.at("textDocument/completion", path, marked);
        let items = answer.as_array().cloned().unwrap_or_default();
        items.iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect()
    }

    pub fn hover(&mut self, path: &str, marked: &str) -> String {
        let answer = self.at("textDocument/hover", path, marked);
        answer["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }

    /// Takes leave; the exit status.
    pub fn leave(mut self) -> Option<i32> {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.server.wait().unwrap().code()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
