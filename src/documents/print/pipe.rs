//! The pipe to a Chrome of ours, which all its tabs share: one thread writes what they ask, one reads and hands each answer
//! to who waits for it. Nobody else can reach that Chrome: it listens nowhere.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::process::{ChildStdin, ChildStdout};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

use serde_json::{Value, json};

use super::cbor::{self, Answer};
use super::fault::{Fault, has_crashed, left};
use crate::ground::lock::lock;

/// What to say of a Chrome that is not there any more.
const CLOSED: &str = "connexion fermée";

pub(super) struct Pipe {
    calls: AtomicU32,
    write: Sender<Vec<u8>>,
    /// `None` when the other end is closed.
    waiting: Arc<Mutex<Option<Waiting>>>,
}

/// Who waits for the answer to a call, and hears what else is told of its session.
#[derive(Default)]
struct Waiting {
    calls: HashMap<u32, Sender<Answer>>,
    sessions: HashMap<String, Sender<Answer>>,
}

impl Waiting {
    fn of(&self, message: &Value) -> Option<&Sender<Answer>> {
        match message["id"].as_u64() {
            Some(call) => self.calls.get(&u32::try_from(call).ok()?),
            None => self.sessions.get(message["sessionId"].as_str()?),
        }
    }
}

impl Pipe {
    /// Reads and writes until the other end is closed.
    pub(super) fn open(mut into: ChildStdin, mut from: ChildStdout) -> Self {
        let waiting = Arc::new(Mutex::new(Some(Waiting::default())));
        let (write, written) = mpsc::channel::<Vec<u8>>();
        // A Chrome that hangs reads nothing: whoever calls waits for the answer alone.
        thread::spawn(move || written.iter().try_for_each(|message| into.write_all(&message)));
        let known = Arc::clone(&waiting);
        thread::spawn(move || {
            while let Some(message) = read(&mut from) {
                if let Some(sender) = lock(&known).as_ref().and_then(|waiting| waiting.of(&message.0)) {
                    // Who gave up waiting is gone.
                    let _ = sender.send(message);
                }
            }
            // Nobody waits in vain.
            *lock(&known) = None;
        });
        Self { calls: AtomicU32::new(0), write, waiting }
    }

    /// Sends a call and returns its answer, or the news that its tab is gone.
    pub(super) fn ask(&self, mut call: Value, until: Instant) -> Result<Answer, Fault> {
        let lost = || Fault::Lost(CLOSED.to_owned());
        let id = self.calls.fetch_add(1, Ordering::Relaxed) + 1;
        call["id"] = json!(id);
        let session = call["sessionId"].as_str().map(str::to_owned);
        let (sender, answers) = mpsc::channel();
        {
            let mut waiting = lock(&self.waiting);
            let Waiting { calls, sessions } = waiting.as_mut().ok_or_else(lost)?;
            sessions.extend(session.clone().map(|session| (session, sender.clone())));
            calls.insert(id, sender);
        }
        self.write.send(cbor::encode(&call)).map_err(|_| lost())?;
        let answer = loop {
            match answers.recv_timeout(left(until)) {
                Ok(message) if message.0["id"] == id || has_crashed(&message.0) => break Ok(message),
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => break Err(Fault::Late),
                Err(RecvTimeoutError::Disconnected) => break Err(lost()),
            }
        };
        if let Some(Waiting { calls, sessions }) = lock(&self.waiting).as_mut() {
            calls.remove(&id);
            session.map(|session| sessions.remove(&session));
        }
        answer
    }
}

/// The next message; `None` at the end, or where something else is written.
fn read(from: &mut ChildStdout) -> Option<Answer> {
    let mut head = [0; cbor::HEAD];
    from.read_exact(&mut head).ok()?;
    let mut message = vec![0; cbor::length(head)?];
    from.read_exact(&mut message).ok()?;
    cbor::decode(&message).ok()
}
