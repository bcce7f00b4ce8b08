//! Chrome's processes: started as one group, ended as one group, whatever happens.
//!
//! On Unix, Chrome is spoken to through a pipe (`--remote-debugging-pipe`) and ends by itself when that closes: a kill -9
//! of this program leaves no process behind. Elsewhere it listens on a port.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};
use std::{io, thread};

use process_wrap::std::{ChildWrapper, CommandWrap};

use super::call::Door;
use super::error::PrintError;
use super::fault::Fault;
use super::pipe::Pipe;
use super::profile::{DATA, Profile, STDERR, TEMPORARY};
use crate::ground::lock::lock;
use crate::ground::reason::disk_reason;

/// Chrome answers within 0.3 s on an idle machine; this is for one that is on its knees.
pub(super) const START: Duration = Duration::from_secs(20);
/// What is kept of Chrome's last words.
const TAIL: usize = 1500;

static RUNNING: Mutex<Vec<Weak<Process>>> = Mutex::new(Vec::new());
pub(crate) static STOPPED: AtomicBool = AtomicBool::new(false);

/// Ends every Chrome this program started, removes their profiles, and lets no other start.
/// To be called when the program is interrupted, from any thread; returns when all are gone.
pub fn kill_all() {
    STOPPED.store(true, Ordering::SeqCst);
    let running: Vec<_> = lock(&RUNNING).iter().filter_map(Weak::upgrade).collect();
    for process in running {
        process.kill();
    }
}

/// Whether [`kill_all`] was called.
pub(crate) fn stopped() -> bool {
    STOPPED.load(Ordering::SeqCst)
}

/// A Chrome of ours, with all its processes and its profile.
#[derive(Debug)]
pub(super) struct Process {
    running: Mutex<Option<(Box<dyn ChildWrapper>, Profile)>>,
}

impl Process {
    /// Starts Chrome. Whether it came up, its first answer tells.
    pub(super) fn start(executable: &Path, sandbox: bool) -> Result<(Arc<Self>, Door), PrintError> {
        if stopped() {
            return Err(PrintError::Cancelled);
        }
        let profile = Profile::create()
            .map_err(|error| PrintError::NoFolder { folder: std::env::temp_dir(), detail: disk_reason(&error) })?;
        let mut child = spawn(executable, sandbox, &profile)
            .map_err(|error| PrintError::CannotStart { path: executable.to_owned(), detail: error.to_string() })?;
        let pipe = child.stdin().take().zip(child.stdout().take()).map(|(into, from)| Pipe::open(into, from));
        let process = Arc::new(Self { running: Mutex::new(Some((child, profile))) });
        let mut running = lock(&RUNNING);
        running.retain(|other| other.strong_count() > 0);
        running.push(Arc::downgrade(&process));
        drop(running);
        let door = match pipe {
            Some(pipe) => Door::Pipe(Arc::new(pipe)),
            None => Door::Address(process.listening().map_err(|fault| process.failed(executable, &fault))?),
        };
        Ok((process, door))
    }

    /// Waits until Chrome listens. Returns the address of its DevTools' socket.
    fn listening(&self) -> Result<String, Fault> {
        let deadline = Instant::now() + START;
        loop {
            let mut running = lock(&self.running);
            let Some((child, profile)) = running.as_mut() else { return Err(Fault::Lost(String::new())) };
            if let Ok(text) = fs::read_to_string(profile.path.join(DATA).join("DevToolsActivePort"))
                && let Some((port, path)) = text.split_once('\n')
                && path.starts_with("/devtools/browser/")
            {
                return Ok(format!("ws://127.0.0.1:{port}{}", path.trim_end()));
            }
            if !matches!(child.try_wait(), Ok(None)) || stopped() || Instant::now() > deadline {
                return Err(Fault::Late);
            }
            drop(running);
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Why it did not come up, by its own last words if it had some. It is ended.
    pub(super) fn failed(&self, executable: &Path, fault: &Fault) -> PrintError {
        let profile = lock(&self.running).as_ref().map(|(_, profile)| profile.path.join(STDERR));
        let detail = profile.map(|stderr| last_words(&stderr)).filter(|words| !words.is_empty());
        self.kill();
        if stopped() {
            return PrintError::Cancelled;
        }
        PrintError::CannotStart { path: executable.to_owned(), detail: detail.unwrap_or_else(|| fault.to_string()) }
    }

    /// Ends all its processes and removes its profile. Nothing happens the second time.
    pub(super) fn kill(&self) {
        if let Some((mut child, profile)) = lock(&self.running).take() {
            // Fails only if there is none left.
            let _ = child.start_kill();
            let _ = child.wait();
            drop(profile);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

#[cfg(unix)]
fn command(executable: &Path) -> Command {
    // Chrome expects the pipe at 3 and 4, where only a shell can put it without unsafe code.
    let mut command = Command::new("/bin/sh");
    command
        .arg("-c")
        .arg(r#"exec "$0" "$@" --remote-debugging-pipe=cbor 3<&0 4>&1 </dev/null >/dev/null"#)
        .arg(executable)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    command
}

#[cfg(not(unix))]
fn command(executable: &Path) -> Command {
    let mut command = Command::new(executable);
    command.stdin(Stdio::null()).stdout(Stdio::null()).arg("--remote-debugging-port=0");
    command
}

fn spawn(executable: &Path, sandbox: bool, profile: &Profile) -> io::Result<Box<dyn ChildWrapper>> {
    let mut command = command(executable);
    command
        .arg(format!("--user-data-dir={}", profile.path.join(DATA).display()))
        .args(FLAGS)
        .args((!sandbox).then_some("--no-sandbox"))
        .arg("about:blank")
        .stderr(File::create(profile.path.join(STDERR))?);
    for name in ["TMPDIR", "TMP", "TEMP"] {
        command.env(name, profile.path.join(TEMPORARY));
    }
    let mut command = CommandWrap::from(command);
    #[cfg(unix)]
    command.wrap(process_wrap::std::ProcessGroup::leader());
    #[cfg(windows)]
    command.wrap(process_wrap::std::JobObject);
    command.spawn()
}

const FLAGS: [&str; 25] = [
    "--headless",
    // Nothing is kept, so nothing of it needs a place on the disk.
    "--incognito",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-default-apps",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--disable-dev-shm-usage",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--mute-audio",
    "--password-store=basic",
    "--use-mock-keychain",
    // The same lines on every machine.
    "--font-render-hinting=none",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--lang=fr-FR",
    // No request leaves: no name is resolved, and the proxy is a port where nothing listens.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
];

fn last_words(file: &Path) -> String {
    let bytes = fs::read(file).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(TAIL)..]);
    text.trim().to_owned()
}
