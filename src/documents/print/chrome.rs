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

/// A port where nothing listens: the proxy of tabs, so that no request leaves.
const NOWHERE: &str = "127.0.0.1:9";
const QUICK: Duration = Duration::from_secs(10);
const SHORT: Duration = Duration::from_secs(2);

/// A running Chrome.
pub(super) struct Chrome {
    /// `None` for a remote one.
    process: Option<Arc<Process>>,
    /// The address of its socket.
    address: String,
    /// Its version, like « HeadlessChrome/156.0.8078.79 ».
    pub(super) version: String,
    retired: AtomicBool,
}

/// A tab, and the context that it was made with, which the connection belongs to.
pub(super) struct OpenTab {
    pub(super) tab: Tab,
    context: BrowserContextID,
}

impl Chrome {
    /// Starts one of our own.
    pub(super) fn start(executable: &Path, sandbox: bool) -> Result<Self, PrintError> {
        let (process, address) = Process::start(executable, sandbox)?;
        let failed = |fault: Fault| PrintError::CannotStart { path: executable.to_owned(), detail: fault.to_string() };
        let version = version(&address).map_err(failed)?;
        Self::new(Some(process), address, version)
    }

    /// Checks that a remote one answers.
    pub(super) fn remote(address: &str) -> Result<Self, PrintError> {
        let unreachable = |detail: String| PrintError::Unreachable { address: address.to_owned(), detail };
        if !address.starts_with("ws://") {
            return Err(unreachable("l'adresse doit commencer par ws://".to_owned()));
        }
        let address = http::complete(address, QUICK).map_err(|error| unreachable(io_fault(&error).to_string()))?;
        let version = version(&address).map_err(|fault| unreachable(fault.to_string()))?;
        Self::new(None, address, version)
    }

    /// Refuses a version that is too old. One that cannot be read gets its chance.
    fn new(process: Option<Arc<Process>>, address: String, version: String) -> Result<Self, PrintError> {
        check(&version)?;
        Ok(Self { process, address, version, retired: AtomicBool::new(false) })
    }

    /// Opens a tab to print in.
    pub(super) fn open_tab(&self, until: Instant) -> Result<OpenTab, Fault> {
        let context = CreateBrowserContext {
            // Closes the tab even if we are killed.
            dispose_on_detach: Some(true),
            proxy_server: Some(NOWHERE.to_owned()),
            proxy_bypass_list: Some("<-loopback>".to_owned()),
            origins_with_universal_network_access: None,
        };
        let mut link = Link::connect(&self.address, until)?;
        let context = link.call(context, until)?.browser_context_id;
        let target = link.call(blank(context.clone()), until)?.target_id;
        let attach = AttachToTarget { target_id: target, flatten: Some(true) };
        let session = link.call(attach, until)?.session_id;
        link.attach(Some(session));
        link.call(Tab::media(), until)?;
        link.call(Tab::inert(), until)?;
        Ok(OpenTab { tab: Tab::new(link), context })
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

impl Drop for OpenTab {
    /// Closes the tab: the browser may live on.
    fn drop(&mut self) {
        self.tab.dispose(self.context.clone(), Instant::now() + SHORT);
    }
}

/// What a Chrome at this address says that it is.
fn version(address: &str) -> Result<String, Fault> {
    let until = Instant::now() + QUICK;
    let mut link = Link::connect(address, until)?;
    let answer = link.call(GetVersion(None), until)?;
    link.close();
    Ok(answer.product)
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
