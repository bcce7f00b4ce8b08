//! Requests and answers: who may ask, for what, and with which headers it is answered.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;
use tokio::task::spawn_blocking;

use super::apercu::SCRIPT;
use super::board::Board;
use super::inject::{self, Followed};
use super::path::{self, Found, Refused};
use super::{events, pdf};
use crate::documents::render::assets;
use crate::ground::fingerprint::Fingerprint;
use crate::sources::load;

/// What all requests need.
struct Site {
    output: PathBuf,
    /// The names under which a browser of this machine knows us. Any other one is a foreign page's trick.
    hosts: [String; 2],
    board: Arc<Board>,
}

pub(crate) fn router(output: PathBuf, port: u16, board: Arc<Board>) -> Router {
    let hosts = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    Router::new().fallback(answer).with_state(Arc::new(Site { output, hosts, board }))
}

pub(crate) async fn serve(listener: TcpListener, router: Router) {
    // Small answers must not wait for one another.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let _ = axum::serve(listener, router).await;
}

async fn answer(State(site): State<Arc<Site>>, request: Request) -> Response {
    let mut response = match site.host(request.headers()) {
        None => text(StatusCode::FORBIDDEN, "Cet aperçu n’est servi qu’à cette machine."),
        Some(_) if !matches!(*request.method(), Method::GET | Method::HEAD) => {
            text(StatusCode::METHOD_NOT_ALLOWED, "Cet aperçu se lit, et ne se modifie pas.")
        }
        Some(host) => site.clone().get(host, request).await,
    };
    // No other site embeds, reads or guesses anything of it.
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

impl Site {
    /// The name by which we are asked, if it is one of ours.
    fn host(&self, headers: &HeaderMap) -> Option<String> {
        let host = headers.get(header::HOST)?.to_str().ok()?;
        self.hosts.iter().find(|own| own.eq_ignore_ascii_case(host)).cloned()
    }

    async fn get(self: Arc<Self>, host: String, request: Request) -> Response {
        let (uri, known) = (request.uri().clone(), request.headers().get(header::IF_NONE_MATCH).cloned());
        let Ok(path) = path::decode(uri.path()) else { return refused() };
        if path == ".livret/apercu.js" {
            return with_type("text/javascript; charset=utf-8", SCRIPT.into());
        }
        if path == ".livret/evenements" {
            let page = uri.query().and_then(|query| query.strip_prefix("page=")).unwrap_or("/");
            let Ok(page) = path::decode(page) else { return refused() };
            return events::follow(Arc::clone(&self.board), page);
        }
        // The disk, and pages of PDFs, take time that open connections should not wait for.
        let url = uri.path().to_owned();
        let answered = spawn_blocking(move || match path.strip_prefix(".livret/pages/") {
            Some(page) => self.printed(page),
            None => self.file(&path, &url, &host, known.as_ref()),
        });
        answered
            .await
            .unwrap_or_else(|_| text(StatusCode::INTERNAL_SERVER_ERROR, "Cette page ne peut pas être montrée."))
    }

    /// A file of the output.
    fn file(&self, path: &str, url: &str, host: &str, known: Option<&HeaderValue>) -> Response {
        // Asked before the file is read: a page may be newer than the version that it is said to have, never older.
        let (version, assets) = self.board.version(path);
        let followed = Followed { page: path, version: version.as_deref(), assets: &assets };
        let bytes = match path::resolve(&self.output, path) {
            Ok(Found::File(file)) => load::read(&file, u64::MAX).ok(),
            Ok(Found::Folder) => return (StatusCode::FOUND, [(header::LOCATION, format!("{url}/"))]).into_response(),
            Err(Refused::Outside) => return refused(),
            Err(Refused::Missing) => None,
        };
        let Some(bytes) = bytes else {
            let page = with_type("text/html; charset=utf-8", inject::missing(&followed).into());
            return (StatusCode::NOT_FOUND, page).into_response();
        };
        let bytes = if path.ends_with(".html") {
            let html = String::from_utf8_lossy(&bytes);
            inject::page(&html, &followed, &format!("http://{host}")).into_bytes()
        } else {
            bytes
        };
        let tag = format!("\"{}\"", Fingerprint::of(&bytes));
        if known.is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
            return StatusCode::NOT_MODIFIED.into_response();
        }
        let mut response = with_type(mime(path), bytes.into());
        response.headers_mut().extend(HeaderValue::try_from(tag).map(|tag| (header::ETAG, tag)));
        response
    }

    /// One page of a PDF, as a picture: `…/livret.pdf/3.svg`.
    fn printed(&self, path: &str) -> Response {
        let missing = || text(StatusCode::NOT_FOUND, "Cette page n’existe pas.");
        let parts = path.rsplit_once('/').and_then(|(file, page)| {
            Some((file, page.strip_suffix(".svg")?.parse::<usize>().ok()?)).filter(|(file, _)| file.ends_with(".pdf"))
        });
        let Some((file, number)) = parts else { return missing() };
        let bytes = match path::resolve(&self.output, file) {
            Ok(Found::File(file)) => load::read(&file, u64::MAX).ok(),
            Err(Refused::Outside) => return refused(),
            _ => None,
        };
        let svg = bytes.and_then(|bytes| pdf::page(bytes, number));
        svg.map_or_else(missing, |svg| with_type("image/svg+xml", svg.into()))
    }
}

fn with_type(kind: &'static str, body: Body) -> Response {
    // Always asked for anew, but not sent again if it is the same.
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], body).into_response()
}

fn text(status: StatusCode, message: &'static str) -> Response {
    (status, with_type("text/plain; charset=utf-8", message.into())).into_response()
}

fn refused() -> Response {
    text(StatusCode::FORBIDDEN, "Ce chemin ne mène pas dans le dossier de sortie.")
}

fn mime(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        "pdf" => "application/pdf",
        _ => assets::mime(path),
    }
}
