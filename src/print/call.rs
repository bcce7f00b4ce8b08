//! One call of the DevTools protocol with a deadline of its own.
//!
//! headless_chrome knows one timeout per connection, blocks the thread that calls, and does not
//! report crashed tabs: so each call runs on a thread of its own, and whoever waits for it also
//! hears of the crash.

use std::{
    fmt,
    sync::{
        Arc, Mutex,
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::Error;
use headless_chrome::{
    browser::transport::{MethodDestination, SessionId, Transport},
    protocol::cdp::types::{Event, Method},
    types::RemoteError,
};
use serde::Serialize;

use super::process::lock;

/// Why a call brought no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// No answer in time.
    Late,
    /// The tab crashed.
    Crashed,
    /// The connection broke.
    Lost(String),
    /// Chrome answered with an error.
    Refused(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Late => out.write_str("pas de réponse"),
            Self::Crashed => out.write_str("onglet arrêté"),
            Self::Lost(detail) | Self::Refused(detail) => out.write_str(detail),
        }
    }
}

type Crash = Arc<Mutex<Option<Box<dyn FnOnce() + Send>>>>;

/// A connection, and the session on it that calls go to.
pub(super) struct Link {
    transport: Arc<Transport>,
    session: Option<String>,
    /// What to do when the tab crashes: tell whoever waits for an answer.
    crash: Crash,
}

impl Link {
    /// Connects to a DevTools socket and makes a first call, which spares it the wait that every later
    /// one has for the library's socket. `idle` bounds every wait of the library's own threads.
    pub(super) fn connect<C>(
        address: &str,
        idle: Duration,
        first: C,
        until: Instant,
    ) -> Result<(Self, C::ReturnObject), Fault>
    where
        C: Method + Serialize + Send + 'static,
        C::ReturnObject: Send + 'static,
    {
        let address = address.parse().map_err(|error| Fault::Lost(format!("{error}")))?;
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            let connected = Transport::new(address, None, idle, None).and_then(|transport| {
                let answer = transport.call_method_on_browser(first)?;
                Ok((transport, answer))
            });
            // Nobody listens any more after a timeout.
            let _ = sender.send(connected.map_err(fault));
        });
        let (transport, answer) = wait(&receiver, until)?;
        let link = Self { transport: Arc::new(transport), session: None, crash: Crash::default() };
        link.listen();
        Ok((link, answer))
    }

    /// The same connection, with calls going to an attached target.
    pub(super) fn session(&self, id: String) -> Self {
        let link = Self { transport: Arc::clone(&self.transport), session: Some(id), crash: Crash::default() };
        link.listen();
        link
    }

    /// Calls a method and waits for its result until the deadline.
    pub(super) fn call<C>(&self, method: C, until: Instant) -> Result<C::ReturnObject, Fault>
    where
        C: Method + Serialize + Send + 'static,
        C::ReturnObject: Send + 'static,
    {
        let (transport, session) = (Arc::clone(&self.transport), self.session.clone());
        let (sender, receiver) = mpsc::channel();
        let crashed = sender.clone();
        *lock(&self.crash) = Some(Box::new(move || drop(crashed.send(Err(Fault::Crashed)))));
        thread::spawn(move || {
            let destination =
                session.map_or(MethodDestination::Browser, |id| MethodDestination::Target(SessionId::from(id)));
            // Nobody listens any more after a crash or a timeout.
            let _ = sender.send(transport.call_method(method, destination).map_err(fault));
        });
        let result = wait(&receiver, until);
        *lock(&self.crash) = None;
        result
    }

    /// Passes crashes on. Its thread ends with the connection.
    fn listen(&self) {
        let events = match &self.session {
            None => self.transport.listen_to_browser_events(),
            Some(id) => self.transport.listen_to_target_events(id.clone().into()),
        };
        let crash = Arc::clone(&self.crash);
        thread::spawn(move || {
            for event in events {
                if matches!(event, Event::InspectorTargetCrashed(_))
                    && let Some(tell) = lock(&crash).take()
                {
                    tell();
                }
            }
        });
    }

    /// Ends the connection politely. Only needed where the browser lives on.
    pub(super) fn close(&self) {
        self.transport.shutdown();
    }
}

fn wait<T>(receiver: &mpsc::Receiver<Result<T, Fault>>, until: Instant) -> Result<T, Fault> {
    match receiver.recv_timeout(until.saturating_duration_since(Instant::now())) {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => Err(Fault::Late),
        Err(RecvTimeoutError::Disconnected) => Err(Fault::Lost("appel interrompu".to_owned())),
    }
}

fn fault(error: Error) -> Fault {
    match error.downcast::<RemoteError>() {
        Ok(error) if error.message.contains("crashed") => Fault::Crashed,
        Ok(error) if error.message.contains("closed") => Fault::Lost(error.message),
        Ok(error) => Fault::Refused(error.message),
        Err(error) if error.is::<headless_chrome::util::Timeout>() => Fault::Late,
        Err(error) => Fault::Lost(error.to_string()),
    }
}
