//! A running Chrome, ours or a remote one, and how a tab is opened in it.

use headless_chrome::protocol::cdp::Browser::GetVersion;
use headless_chrome::protocol::cdp::Emulation::SetScriptExecutionDisabled;
use headless_chrome::protocol::cdp::Target::AttachToTarget;
use headless_chrome::protocol::cdp::types::Method;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use super::call::{Door, Link, io_fault};
use super::error::{OLDEST_CHROME, PrintError};
use super::fault::Fault;
use super::http;
use super::process::{Process, START};
use super::tab::Tab;

/// A port where nothing listens: the proxy of tabs, so that no request leaves.
const NOWHERE: &str = "127.0.0.1:9";
const QUICK: Duration = Duration::from_secs(10);

/// A running Chrome.
pub(super) struct Chrome {
    /// `None` for a remote one.
    process: Option<Arc<Process>>,
    door: Door,
    /// Its version, like « HeadlessChrome/156.0.8078.79 ».
    pub(super) version: String,
    retired: AtomicBool,
}

impl Chrome {
    /// Starts one of our own.
    pub(super) fn start(executable: &Path, sandbox: bool) -> Result<Self, PrintError> {
        let (process, door) = Process::start(executable, sandbox)?;
        let version = version(&door, START).map_err(|fault| process.failed(executable, &fault))?;
        Self::new(Some(process), door, version)
    }

    /// Checks that a remote one answers.
    pub(super) fn remote(address: &str) -> Result<Self, PrintError> {
        let unreachable = |detail: String| PrintError::Unreachable { address: address.to_owned(), detail };
        if !address.starts_with("ws://") {
            return Err(unreachable("l'adresse doit commencer par ws://".to_owned()));
        }
        let address = http::complete(address, QUICK).map_err(|error| unreachable(io_fault(&error).to_string()))?;
        let door = Door::Address(address);
        let version = version(&door, QUICK).map_err(|fault| unreachable(fault.to_string()))?;
        Self::new(None, door, version)
    }

    /// Refuses a version that is too old. One that cannot be read gets its chance.
    fn new(process: Option<Arc<Process>>, door: Door, version: String) -> Result<Self, PrintError> {
        check(&version)?;
        Ok(Self { process, door, version, retired: AtomicBool::new(false) })
    }

    /// Opens a tab to print in.
    pub(super) fn open_tab(&self, until: Instant) -> Result<Tab, Fault> {
        let context = json!({
            // Closes the tab even if we are killed.
            "disposeOnDetach": true,
            "proxyServer": NOWHERE,
            "proxyBypassList": "<-loopback>",
        });
        let mut link = Link::open(&self.door, until)?;
        let context = link.ask("Target.createBrowserContext", context, "browserContextId", until)?;
        let target = blank(&mut link, &context, until)?;
        let attach = AttachToTarget { target_id: target, flatten: Some(true) };
        let session = link.ask(AttachToTarget::NAME, attach, "sessionId", until)?;
        link.attach(Some(session));
        // Layout scripts measure what will be printed; nothing in a document runs.
        link.call("Emulation.setEmulatedMedia", json!({ "media": "print" }), until)?;
        link.call(SetScriptExecutionDisabled::NAME, SetScriptExecutionDisabled { value: true }, until)?;
        Ok(Tab::new(link, context))
    }

    /// Ends it, if it is ours, because it can no longer be trusted. Tells whether this is news.
    pub(super) fn retire(&self) -> bool {
        let news = !self.retired.swap(true, Ordering::SeqCst);
        if let Some(process) = &self.process {
            process.kill();
        }
        news
    }

    pub(super) fn is_retired(&self) -> bool {
        self.retired.load(Ordering::SeqCst)
    }
}

/// Opens an empty page. Where Chrome can (its headless shell), frames are drawn only when they are asked for, and nobody
/// asks: a screen that no one sees would cost a third of the time.
fn blank(link: &mut Link, context: &str, until: Instant) -> Result<String, Fault> {
    let mut page = json!({ "url": "about:blank", "browserContextId": context, "enableBeginFrameControl": true });
    match link.ask("Target.createTarget", &page, "targetId", until) {
        Err(Fault::Refused(_)) => {
            page["enableBeginFrameControl"] = false.into();
            link.ask("Target.createTarget", &page, "targetId", until)
        }
        answer => answer,
    }
}

/// What a Chrome says that it is.
fn version(door: &Door, limit: Duration) -> Result<String, Fault> {
    let until = Instant::now() + limit;
    let mut link = Link::open(door, until)?;
    let version = link.ask(GetVersion::NAME, json!({}), "product", until)?;
    link.close();
    Ok(version)
}

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

    #[cfg(unix)]
    #[test]
    fn what_is_no_chrome_fails_at_once_with_its_last_words() {
        let begun = Instant::now();
        let Err(PrintError::CannotStart { detail, .. }) = Chrome::start(Path::new("/bin/ls"), true) else { panic!() };
        assert!(detail.contains("ls"), "{detail}");
        assert!(begun.elapsed() < START / 2);
    }
}
