//! A running Chrome, ours or a remote one, and how a tab is opened in it.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use headless_chrome::protocol::cdp::{
    Browser::{BrowserContextID, GetVersion},
    Target::{AttachToTarget, CreateBrowserContext, CreateTarget},
};

use super::{
    call::{Fault, Link, io_fault},
    error::{OLDEST_CHROME, PrintError},
    http,
    process::Process,
    tab::Tab,
};

/// A port where nothing listens: the proxy of tabs in a remote Chrome, so that no request leaves.
const NOWHERE: &str = "127.0.0.1:9";
const QUICK: Duration = Duration::from_secs(10);
const SHORT: Duration = Duration::from_secs(2);

/// A running Chrome.
pub(super) struct Chrome {
    kind: Kind,
    /// Its version, like « HeadlessChrome/156.0.8078.79 ».
    pub(super) version: String,
    retired: AtomicBool,
}

enum Kind {
    Own { process: Arc<Process>, port: u16 },
    Remote { address: String },
}

/// A tab, and how to close it.
pub(super) struct OpenTab {
    pub(super) tab: Tab,
    place: Place,
}

enum Place {
    Own {
        port: u16,
        id: String,
    },
    /// In a remote Chrome: the context that it was made with, which the connection belongs to.
    Remote {
        context: BrowserContextID,
    },
}

impl Chrome {
    /// Starts one of our own.
    pub(super) fn start(executable: &Path, sandbox: bool) -> Result<Self, PrintError> {
        let (process, port) = Process::start(executable, sandbox)?;
        let failed = |detail: String| PrintError::CannotStart { path: executable.to_owned(), detail };
        let answer = http::request(port, "GET", "/json/version", QUICK).map_err(|error| failed(error.to_string()))?;
        let version = answer["Browser"].as_str().unwrap_or_default().to_owned();
        check(&version)?;
        Ok(Self { kind: Kind::Own { process, port }, version, retired: AtomicBool::new(false) })
    }

    /// Checks that a remote one answers.
    pub(super) fn remote(address: &str) -> Result<Self, PrintError> {
        let unreachable = |detail: String| PrintError::Unreachable { address: address.to_owned(), detail };
        if !address.starts_with("ws://") {
            return Err(unreachable("l'adresse doit commencer par ws://".to_owned()));
        }
        let whole = http::complete(address, QUICK).map_err(|error| unreachable(io_fault(&error).to_string()))?;
        let address = whole.as_str();
        let until = Instant::now() + QUICK;
        let answer = Link::connect(address, until).and_then(|mut link| {
            let answer = link.call(GetVersion(None), until)?;
            link.close();
            Ok(answer)
        });
        let version = answer.map_err(|fault| unreachable(fault.to_string()))?.product;
        check(&version)?;
        let kind = Kind::Remote { address: address.to_owned() };
        Ok(Self { kind, version, retired: AtomicBool::new(false) })
    }

    /// Opens a tab to print in.
    pub(super) fn open_tab(&self, until: Instant) -> Result<OpenTab, Fault> {
        let (mut link, place) = match &self.kind {
            Kind::Own { port, .. } => {
                let left = until.saturating_duration_since(Instant::now());
                let lost = |error: std::io::Error| Fault::Lost(error.to_string());
                let answer = http::request(*port, "PUT", "/json/new?about:blank", left).map_err(lost)?;
                let id = answer["id"].as_str().unwrap_or_default().to_owned();
                let link = Link::connect(&format!("ws://127.0.0.1:{port}/devtools/page/{id}"), until)?;
                (link, Place::Own { port: *port, id })
            }
            Kind::Remote { address } => {
                let context = CreateBrowserContext {
                    // Closes the tab even if we are killed.
                    dispose_on_detach: Some(true),
                    proxy_server: Some(NOWHERE.to_owned()),
                    proxy_bypass_list: Some("<-loopback>".to_owned()),
                    origins_with_universal_network_access: None,
                };
                let mut link = Link::connect(address, until)?;
                let context = link.call(context, until)?.browser_context_id;
                let target = link.call(blank(context.clone()), until)?.target_id;
                let attach = AttachToTarget { target_id: target, flatten: Some(true) };
                let session = link.call(attach, until)?.session_id;
                link.attach(Some(session));
                (link, Place::Remote { context })
            }
        };
        link.call(Tab::media(), until)?;
        link.call(Tab::inert(), until)?;
        Ok(OpenTab { tab: Tab::new(link), place })
    }

    /// Ends it, if it is ours, because it can no longer be trusted. Tells whether this is news.
    pub(super) fn retire(&self) -> bool {
        let news = !self.retired.swap(true, Ordering::SeqCst);
        if let Kind::Own { process, .. } = &self.kind {
            process.kill();
        }
        news
    }

    pub(super) fn is_retired(&self) -> bool {
        self.retired.load(Ordering::SeqCst)
    }
}

impl Drop for OpenTab {
    /// Closes the tab: the browser may live on.
    fn drop(&mut self) {
        match &self.place {
            Place::Own { port, id } => {
                // Its answer is no JSON, and there is none if the browser is gone.
                let _ = http::request(*port, "PUT", &format!("/json/close/{id}"), SHORT);
            }
            Place::Remote { context } => self.tab.dispose(context.clone(), Instant::now() + SHORT),
        }
    }
}

fn blank(context: BrowserContextID) -> CreateTarget {
    CreateTarget {
        url: "about:blank".to_owned(),
        left: None,
        top: None,
        width: None,
        height: None,
        window_state: None,
        browser_context_id: Some(context),
        enable_begin_frame_control: None,
        new_window: None,
        background: None,
        for_tab: None,
        hidden: None,
    }
}

/// Refuses a version that is too old. One that cannot be read gets its chance.
fn check(version: &str) -> Result<(), PrintError> {
    let major = version.split_once('/').and_then(|(_, number)| number.split('.').next()?.parse::<u32>().ok());
    match major {
        Some(major) if major < OLDEST_CHROME => Err(PrintError::TooOld { version: version.to_owned() }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_versions_are_refused() {
        assert!(check("HeadlessChrome/156.0.8078.79").is_ok());
        assert!(check("Edg/131.0.1").is_ok());
        assert_eq!(check("Chrome/130.0.1"), Err(PrintError::TooOld { version: "Chrome/130.0.1".into() }));
    }
}
