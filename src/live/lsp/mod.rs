//! `livret lsp`: what an editor asks of a language server, answered over the standard input and output. Diagnostics
//! are those of [`Project::read_again`](crate::judge::project::Project::read_again), proposals and meanings those of
//! [`crate::authoring::schema`]: nothing here knows a key.

mod answers;
mod cursor;
mod fixes;
mod known;
mod project;
mod question;
mod stdio;
mod text;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use self::project::Open;
use self::question::Question;
use self::text::{Document, Position};
use crate::authoring::schema::Kind;
use crate::ground::paths::PROJECT_FILE;
use crate::ground::reason::disk_reason;
use crate::sources::load;

/// How long nothing must be typed before the project is read anew.
const QUIET: Duration = Duration::from_millis(150);

/// Serves until the editor goes. Returns whether it said goodbye first.
///
/// # Errors
/// If what comes is not the protocol, or the answers cannot be written.
pub(crate) fn serve() -> Result<bool, String> {
    let (connection, end, writer) = stdio::connect();
    let polite = Server::default().run(&connection);
    drop(connection);
    // A reader that still waits is left to it: the program ends here.
    let read = end.try_recv().unwrap_or(Ok(()));
    read.map_err(|error| format!("ce qui arrive n'est pas le protocole des éditeurs (LSP) : {error}"))?;
    match writer.join() {
        Ok(Err(error)) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("la sortie standard ne peut pas être écrite : {}", disk_reason(&error)))
        }
        _ => Ok(polite),
    }
}

/// The projects whose files the editor shows, by root.
#[derive(Default)]
struct Server {
    projects: BTreeMap<PathBuf, Open>,
}

impl Server {
    /// Returns whether the editor said goodbye before it went.
    fn run(&mut self, connection: &Connection) -> bool {
        let mut started = false;
        loop {
            let stale = self.projects.values().any(|project| project.stale);
            let message = match stale {
                true => connection.receiver.recv_timeout(QUIET).map_err(|error| error.is_timeout()),
                false => connection.receiver.recv().map_err(|_| false),
            };
            match message {
                Ok(Message::Request(request)) => {
                    if connection.handle_shutdown(&request).unwrap_or(true) {
                        return true;
                    }
                    let answer = match (request.method == "initialize", started) {
                        (true, _) => {
                            started = true;
                            self.initialize(request)
                        }
                        (false, true) => self.answer(request, connection),
                        (false, false) => {
                            let message = "« initialize » vient d'abord".to_owned();
                            Response::new_err(request.id, ErrorCode::ServerNotInitialized as i32, message)
                        }
                    };
                    if connection.sender.send(Message::Response(answer)).is_err() {
                        return false;
                    }
                }
                Ok(Message::Notification(notification)) => self.note(notification),
                Ok(Message::Response(_)) => {}
                Err(true) => self.refresh(connection),
                Err(false) => return false,
            }
        }
    }

    fn initialize(&mut self, request: Request) -> Response {
        // The projects of the folders that the editor has open. Older ones name one root only.
        let folders = request.params["workspaceFolders"].as_array().into_iter().flatten().map(|folder| &folder["uri"]);
        for path in folders.chain([&request.params["rootUri"]]).filter_map(|uri| text::path(uri.as_str()?)) {
            self.project(&path.join(PROJECT_FILE));
        }
        let server = json!({ "name": "livret", "version": env!("CARGO_PKG_VERSION") });
        Response::new_ok(request.id, json!({ "capabilities": capabilities(), "serverInfo": server }))
    }

    /// The project that a file belongs to.
    fn project(&mut self, file: &Path) -> Option<&mut Open> {
        let root = load::project_root(file)?;
        Some(self.projects.entry(root.clone()).or_insert_with(|| Open::new(root)))
    }

    fn refresh(&mut self, connection: &Connection) {
        for project in self.projects.values_mut().filter(|project| project.stale) {
            publish(project.refresh(), connection);
        }
    }

    /// What the editor tells us. What cannot be read is passed over, as the protocol wants it.
    fn note(&mut self, Notification { method, params }: Notification) {
        let document = &params["textDocument"];
        match method.as_str() {
            "textDocument/didOpen" => {
                self.show(document, &document["text"]);
            }
            "textDocument/didChange" => {
                let last = params["contentChanges"].as_array().and_then(|changes| changes.last());
                if let Some(change) = last.filter(|change| change["range"].is_null()) {
                    self.show(document, &change["text"]);
                }
            }
            "textDocument/didClose" => {
                if let Some((project, path)) = document["uri"].as_str().and_then(|uri| self.file(uri)) {
                    project.close(&path);
                }
            }
            // Another file may have changed too.
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => {
                self.projects.values_mut().for_each(|project| project.stale = true);
            }
            _ => {}
        }
    }

    fn show(&mut self, document: &Value, text: &Value) -> Option<()> {
        let (uri, text) = (document["uri"].as_str()?, text.as_str()?);
        let (project, path) = self.file(uri)?;
        project.show(path, uri.to_owned(), text);
        Some(())
    }

    /// The project of a file, and its path in there.
    fn file(&mut self, uri: &str) -> Option<(&mut Open, String)> {
        let file = text::path(uri)?;
        let project = self.project(&file)?;
        let path = project.inner(&file)?;
        Some((project, path))
    }

    fn answer(&mut self, Request { id, method, params }: Request, connection: &Connection) -> Response {
        // Most ask about a place; what else they say does not matter here.
        let mut ask = |answer: Answer| Asked::deserialize(&params).map(|asked| self.ask(&asked, answer, connection));
        let answered = match method.as_str() {
            "textDocument/completion" => ask(answers::completion),
            "textDocument/hover" => ask(answers::hover),
            "textDocument/definition" => ask(answers::definition),
            "textDocument/codeAction" => fixes::Asked::deserialize(&params).map(|asked| self.fixes(asked)),
            other => {
                let message = format!("« {other} » n'est pas prévu");
                return Response::new_err(id, ErrorCode::MethodNotFound as i32, message);
            }
        };
        match answered {
            Ok(answer) => Response::new_ok(id, answer),
            Err(error) => Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string()),
        }
    }

    /// What can be changed at a place by itself.
    fn fixes(&mut self, asked: fixes::Asked) -> Option<Value> {
        let (project, path) = self.file(&asked.text_document.uri)?;
        Some(fixes::actions(asked, project.overlay().get(&path)?))
    }

    fn ask(&mut self, asked: &Asked, answer: Answer, connection: &Connection) -> Option<Value> {
        let (project, path) = self.file(&asked.text_document.uri)?;
        if !project.read {
            publish(project.refresh(), connection);
        }
        let shown = project.overlay().get(&path)?;
        let question = Question::new(&project.known, Kind::of(&path)?, shown, text::offset(shown, asked.position));
        answer(&question, project, shown)
    }
}

/// A question about a place.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    text_document: Document,
    position: Position,
}

/// Answers a question about a text of a project.
type Answer = fn(&Question, &Open, &str) -> Option<Value>;

fn publish(all: Vec<Value>, connection: &Connection) {
    for params in all {
        let note = Notification { method: "textDocument/publishDiagnostics".to_owned(), params };
        // If the editor is gone, the next reading says so.
        let _ = connection.sender.send(Message::Notification(note));
    }
}

fn capabilities() -> Value {
    // Whole texts, at each change.
    let full = 1;
    json!({
        "textDocumentSync": { "openClose": true, "change": full, "save": true },
        "hoverProvider": true,
        "completionProvider": { "triggerCharacters": [":", " ", "[", "{", ","] },
        "definitionProvider": true,
        "codeActionProvider": { "codeActionKinds": [fixes::KIND] },
    })
}
