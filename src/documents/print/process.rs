//! Chrome's processes: started as one group, ended as one group, whatever happens.
//!
//! On Unix, Chrome also holds the far end of a pipe of ours (`--remote-debugging-pipe`, otherwise
//! unused) and ends by itself when that closes: a kill -9 of this program leaves no process behind.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};
use std::{io, thread};

use process_wrap::std::{ChildWrapper, CommandWrap};

use super::error::PrintError;
use super::profile::{DATA, Profile, STDERR, TEMPORARY};
use crate::ground::reason::disk_reason;

/// Chrome listens within 0.3 s on an idle machine; this is for one that is on its knees.
const START: Duration = Duration::from_secs(20);
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

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A Chrome of ours, with all its processes and its profile.
#[derive(Debug)]
pub(super) struct Process {
    running: Mutex<Option<(Box<dyn ChildWrapper>, Profile)>>,
}

impl Process {
    /// Starts Chrome and waits until it listens. Returns the address of its DevTools' socket.
    pub(super) fn start(executable: &Path, sandbox: bool) -> Result<(Arc<Self>, String), PrintError> {
        let failed =
            |error: &io::Error| PrintError::CannotStart { path: executable.to_owned(), detail: error.to_string() };
        if stopped() {
            return Err(PrintError::Cancelled);
        }
        let profile = Profile::create()
            .map_err(|error| PrintError::NoFolder { folder: std::env::temp_dir(), detail: disk_reason(&error) })?;
        let child = spawn(executable, sandbox, &profile).map_err(|error| failed(&error))?;
        let data = profile.path.join(DATA);
        let process = Arc::new(Self { running: Mutex::new(Some((child, profile))) });
        let mut running = lock(&RUNNING);
        running.retain(|other| other.strong_count() > 0);
        running.push(Arc::downgrade(&process));
        drop(running);
        match process.listening(&data) {
            Ok(address) => Ok((process, address)),
            Err(detail) => {
                process.kill();
                Err(if stopped() {
                    PrintError::Cancelled
                } else {
                    PrintError::CannotStart { path: executable.to_owned(), detail }
                })
            }
        }
    }

    fn listening(&self, data: &Path) -> Result<String, String> {
        let (file, deadline) = (data.join("DevToolsActivePort"), Instant::now() + START);
        loop {
            if let Ok(text) = fs::read_to_string(&file)
                && let Some((port, path)) = text.split_once('\n')
                && path.starts_with("/devtools/browser/")
            {
                return Ok(format!("ws://127.0.0.1:{port}{}", path.trim_end()));
            }
            let mut running = lock(&self.running);
            let Some((child, profile)) = running.as_mut() else { return Err(String::new()) };
            let ended = !matches!(child.try_wait(), Ok(None));
            if ended || stopped() || Instant::now() > deadline {
                return Err(last_words(&profile.path.join(STDERR)));
            }
            drop(running);
            thread::sleep(Duration::from_millis(5));
        }
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
        .arg(r#"exec "$0" "$@" --remote-debugging-pipe 3<&0 4>&1 </dev/null >/dev/null"#)
        .arg(executable)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    command
}

#[cfg(not(unix))]
fn command(executable: &Path) -> Command {
    let mut command = Command::new(executable);
    command.stdin(Stdio::null()).stdout(Stdio::null());
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

const FLAGS: [&str; 26] = [
    "--headless",
    // Nothing is kept, so nothing of it needs a place on the disk.
    "--incognito",
    "--remote-debugging-port=0",
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

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_chrome_fails_at_once_with_its_last_words() {
        let begun = Instant::now();
        let error = Process::start(Path::new("/bin/ls"), true).unwrap_err();
        let PrintError::CannotStart { detail, .. } = error else { panic!("{error:?}") };
        assert!(detail.contains("ls"), "{detail}");
        assert!(begun.elapsed() < START / 2);
    }
}
