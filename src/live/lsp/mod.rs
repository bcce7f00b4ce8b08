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
use lsp_types::notification::{self as notes, Notification as _};
use lsp_types::request::{self as requests, Request as _};
use lsp_types::{
    CodeActionParams, CodeActionResponse, CompletionOptions, DidChangeTextDocumentParams, HoverProviderCapability,
    InitializeParams, OneOf, PublishDiagnosticsParams, ServerCapabilities, TextDocumentPositionParams,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions, Uri,
};
use serde_json::Value;

use self::project::Open;
use self::question::Question;
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
                    let answer = match (request.method == requests::Initialize::METHOD, started) {
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
        let result = serde_json::json!({
            "capabilities": capabilities(),
            "serverInfo": { "name": "livret", "version": env!("CARGO_PKG_VERSION") },
        });
        if let Ok(params) = serde_json::from_value::<InitializeParams>(request.params) {
            self.open_folders(params);
        }
        Response::new_ok(request.id, result)
    }

    /// The projects of the folders that the editor has open.
    #[allow(deprecated)] // Older editors name one root only.
    fn open_folders(&mut self, params: InitializeParams) {
        let folders = params.workspace_folders.into_iter().flatten().map(|folder| folder.uri);
        for path in folders.chain(params.root_uri).filter_map(|uri| text::path(uri.as_str())) {
            self.project(&path.join(PROJECT_FILE));
        }
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
    fn note(&mut self, note: Notification) {
        match note.method.as_str() {
            notes::DidOpenTextDocument::METHOD => {
                if let Some(params) = read::<notes::DidOpenTextDocument>(note) {
                    self.show(&params.text_document.uri, &params.text_document.text);
                }
            }
            notes::DidChangeTextDocument::METHOD => {
                if let Some(DidChangeTextDocumentParams { text_document, content_changes }) =
                    read::<notes::DidChangeTextDocument>(note)
                    && let Some(change) = content_changes.last().filter(|change| change.range.is_none())
                {
                    self.show(&text_document.uri, &change.text);
                }
            }
            notes::DidCloseTextDocument::METHOD => {
                if let Some(params) = read::<notes::DidCloseTextDocument>(note)
                    && let Some(file) = text::path(params.text_document.uri.as_str())
                    && let Some(project) = self.project(&file)
                    && let Some(path) = project.inner(&file)
                {
                    project.close(&path);
                }
            }
            // Another file may have changed too.
            notes::DidSaveTextDocument::METHOD | notes::DidChangeWatchedFiles::METHOD => {
                self.projects.values_mut().for_each(|project| project.stale = true);
            }
            _ => {}
        }
    }

    fn show(&mut self, uri: &Uri, text: &str) {
        if let Some(file) = text::path(uri.as_str())
            && let Some(project) = self.project(&file)
            && let Some(path) = project.inner(&file)
        {
            project.show(path, uri.as_str().to_owned(), text);
        }
    }

    fn answer(&mut self, request: Request, connection: &Connection) -> Response {
        if request.method == requests::CodeActionRequest::METHOD {
            return match serde_json::from_value::<CodeActionParams>(request.params) {
                Ok(params) => Response::new_ok(request.id, self.fixes(params)),
                Err(error) => Response::new_err(request.id, ErrorCode::InvalidParams as i32, error.to_string()),
            };
        }
        let answer = match request.method.as_str() {
            requests::Completion::METHOD => answers::completion,
            requests::HoverRequest::METHOD => answers::hover,
            requests::GotoDefinition::METHOD => answers::definition,
            other => {
                let message = format!("« {other} » n'est pas prévu");
                return Response::new_err(request.id, ErrorCode::MethodNotFound as i32, message);
            }
        };
        // These three ask about a place; what else they say does not matter here.
        match serde_json::from_value::<TextDocumentPositionParams>(request.params) {
            Ok(params) => Response::new_ok(request.id, self.ask(&params, answer, connection)),
            Err(error) => Response::new_err(request.id, ErrorCode::InvalidParams as i32, error.to_string()),
        }
    }

    /// What can be changed at a place by itself.
    fn fixes(&mut self, params: CodeActionParams) -> Option<CodeActionResponse> {
        let file = text::path(params.text_document.uri.as_str())?;
        let project = self.project(&file)?;
        let path = project.inner(&file)?;
        Some(fixes::actions(params, project.overlay().get(&path)?))
    }

    fn ask(&mut self, params: &TextDocumentPositionParams, answer: Answer, connection: &Connection) -> Option<Value> {
        let file = text::path(params.text_document.uri.as_str())?;
        let project = self.project(&file)?;
        if !project.read {
            publish(project.refresh(), connection);
        }
        let path = project.inner(&file)?;
        let shown = project.overlay().get(&path)?;
        let question = Question::new(&project.known, Kind::of(&path)?, shown, text::offset(shown, params.position));
        answer(&question, project, shown)
    }
}

/// Answers a question about a text of a project.
type Answer = fn(&Question, &Open, &str) -> Option<Value>;

fn publish(all: Vec<PublishDiagnosticsParams>, connection: &Connection) {
    for params in all {
        let note = Notification::new(notes::PublishDiagnostics::METHOD.to_owned(), params);
        // If the editor is gone, the next reading says so.
        let _ = connection.sender.send(Message::Notification(note));
    }
}

fn read<N: notes::Notification>(note: Notification) -> Option<N::Params> {
    serde_json::from_value(note.params).ok()
}

fn capabilities() -> ServerCapabilities {
    let trigger = [":", " ", "[", "{", ","].map(str::to_owned).to_vec();
    ServerCapabilities {
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::FULL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(trigger),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(fixes::capability()),
        ..ServerCapabilities::default()
    }
}
