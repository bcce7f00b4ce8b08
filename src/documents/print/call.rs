//! Calls of the DevTools protocol, each with a deadline of its own: over the pipe to a Chrome of ours, or over a WebSocket.
//!
//! The library's own connection holds a lock while it reads: a call takes a tenth of a second there. Each of ours
//! belongs to one worker, which waits until its answer is there, and hears of a crashed tab meanwhile.

use std::fmt;
use std::io;
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::Instant;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::Serialize;
use serde_json::{Value, json};
use tungstenite::http::Uri;
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Error, HandshakeError, Message, WebSocket};

use super::cbor::Answer;
use super::fault::{Fault, has_crashed, left};
use super::pipe::Pipe;

/// Where a Chrome is reached.
pub(super) enum Door {
    Pipe(Arc<Pipe>),
    /// The address of its socket, `ws://machine:port/…`.
    Address(String),
}

/// A connection, and the session on it that calls go to.
pub(super) struct Link {
    way: Way,
    session: Option<String>,
}

enum Way {
    Pipe(Arc<Pipe>),
    Socket(Box<Socket>),
}

/// A WebSocket, which belongs to one worker.
struct Socket {
    socket: WebSocket<TcpStream>,
    calls: u32,
}

/// What to say of a name that no machine has.
pub(super) const UNKNOWN: &str = "machine inconnue";

impl Link {
    /// Connects to a Chrome.
    pub(super) fn open(door: &Door, until: Instant) -> Result<Self, Fault> {
        let way = match door {
            Door::Pipe(pipe) => Way::Pipe(Arc::clone(pipe)),
            Door::Address(address) => Way::Socket(Box::new(Socket::connect(address, until)?)),
        };
        Ok(Self { way, session: None })
    }

    /// Sends further calls to an attached target, or to the one that the connection was made with.
    pub(super) fn attach(&mut self, session: Option<String>) {
        self.session = session;
    }

    /// Calls a method and waits for its result until the deadline. After a fault the connection is of no more use.
    pub(super) fn call(&mut self, method: &str, params: impl Serialize, until: Instant) -> Result<Value, Fault> {
        self.result(method, params, until).map(|(result, _)| result)
    }

    fn result(&mut self, method: &str, params: impl Serialize, until: Instant) -> Result<Answer, Fault> {
        let mut call = json!({ "method": method });
        call["params"] = json!(params);
        if let Some(session) = &self.session {
            call["sessionId"] = json!(session);
        }
        let (mut answer, bytes) = match &mut self.way {
            Way::Pipe(pipe) => pipe.ask(call, until)?,
            Way::Socket(socket) => (socket.ask(call, until)?, Vec::new()),
        };
        if has_crashed(&answer) {
            return Err(Fault::Crashed);
        }
        if let Some(message) = answer["error"]["message"].as_str() {
            return Err(refused(message));
        }
        match answer["result"].take() {
            Value::Null => Err(Fault::Lost("réponse sans résultat".to_owned())),
            result => Ok((result, bytes)),
        }
    }

    /// Calls a method whose result says one thing.
    pub(super) fn ask(
        &mut self,
        method: &str,
        params: impl Serialize,
        name: &str,
        until: Instant,
    ) -> Result<String, Fault> {
        text(self.call(method, params, until)?, name)
    }

    /// Calls a method whose result has bytes: as they are from a pipe, as base64 from a socket.
    pub(super) fn bytes(
        &mut self,
        method: &str,
        params: impl Serialize,
        name: &str,
        until: Instant,
    ) -> Result<Vec<u8>, Fault> {
        match self.result(method, params, until)? {
            (result, bytes) if bytes.is_empty() => {
                BASE64_STANDARD.decode(text(result, name)?).map_err(|error| Fault::Lost(error.to_string()))
            }
            (_, bytes) => Ok(bytes),
        }
    }

    /// Ends the connection politely. Only needed where the browser lives on.
    pub(super) fn close(&mut self) {
        if let Way::Socket(way) = &mut self.way {
            let _ = way.socket.close(None).and_then(|()| way.socket.flush());
        }
    }
}

impl Socket {
    fn connect(address: &str, until: Instant) -> Result<Self, Fault> {
        let lost = |error: &dyn fmt::Display| Fault::Lost(error.to_string());
        let uri: Uri = address.parse().map_err(|error| lost(&error))?;
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        let mut found = (host, uri.port_u16().unwrap_or(80)).to_socket_addrs().map_err(|_| lost(&UNKNOWN))?;
        let machine = found.next().ok_or_else(|| lost(&UNKNOWN))?;
        let stream = TcpStream::connect_timeout(&machine, left(until)).map_err(|error| io_fault(&error))?;
        let set = stream.set_nodelay(true).and_then(|()| limit(&stream, until));
        set.map_err(|error| io_fault(&error))?;
        let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        match tungstenite::client::client_with_config(uri, stream, Some(config)) {
            Ok((socket, _)) => Ok(Self { socket, calls: 0 }),
            Err(HandshakeError::Interrupted(_)) => Err(Fault::Late),
            Err(HandshakeError::Failure(error)) => Err(fault(error)),
        }
    }

    /// Sends a call and reads until its answer is there, or news of a crash.
    fn ask(&mut self, mut call: Value, until: Instant) -> Result<Value, Fault> {
        self.calls += 1;
        call["id"] = json!(self.calls);
        limit(self.socket.get_ref(), until).map_err(|error| io_fault(&error))?;
        self.socket.send(Message::text(call.to_string())).map_err(fault)?;
        loop {
            limit(self.socket.get_ref(), until).map_err(|error| io_fault(&error))?;
            let Message::Text(text) = self.socket.read().map_err(fault)? else { continue };
            let message: Value = serde_json::from_str(&text).map_err(|error| Fault::Lost(error.to_string()))?;
            if message["id"] == self.calls || has_crashed(&message) {
                return Ok(message);
            }
        }
    }
}

/// What a result says under a name.
fn text(mut result: Value, name: &str) -> Result<String, Fault> {
    match result.get_mut(name).map(Value::take) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(Fault::Lost(format!("réponse sans « {name} »"))),
    }
}

/// Bounds the next read and write.
fn limit(stream: &TcpStream, until: Instant) -> io::Result<()> {
    stream.set_read_timeout(Some(left(until)))?;
    stream.set_write_timeout(Some(left(until)))
}

fn fault(error: Error) -> Fault {
    match error {
        Error::Io(error) => io_fault(&error),
        Error::Http(answer) => Fault::Lost(format!("la réponse est {} et non une connexion", answer.status().as_u16())),
        error => Fault::Lost(error.to_string()),
    }
}

pub(super) fn io_fault(error: &io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Fault::Late,
        io::ErrorKind::ConnectionRefused => Fault::Lost("connexion refusée".to_owned()),
        io::ErrorKind::InvalidData => Fault::Lost("ce qui répond n'est pas Chrome".to_owned()),
        _ => Fault::Lost(error.to_string()),
    }
}

fn refused(message: &str) -> Fault {
    if message.contains("crashed") {
        Fault::Crashed
    } else if message.contains("closed") {
        Fault::Lost(message.to_owned())
    } else {
        Fault::Refused(message.to_owned())
    }
}
