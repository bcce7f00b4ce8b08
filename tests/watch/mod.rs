//! `livret watch` as it is used: the real binary, files changed under it, the preview asked over HTTP and looked at
//! with a real Chrome. Everything is waited for, nothing is timed.
//! Without Chrome the tests that need one say so and are skipped, unless LIVRET_TEST_CHROME=required.

mod browser;
mod bursts;
mod check;
mod disk;
mod http;
mod index;
mod mistakes;
mod pages;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use std::{fs, thread};

use tempfile::TempDir;

use crate::support;

/// Far longer than anything takes on a machine that is not stuck.
const PATIENCE: Duration = Duration::from_secs(60);

const CANDIDAT: &str = "content/candidats/2026-06/bernard-paul.md";
const LIVRET: &str = "candidats/2026-06/bernard-paul/livret.html";

/// A project that is watched, until dropped.
pub struct Watched {
    folder: TempDir,
    child: Child,
    said: Arc<Mutex<String>>,
    pub port: u16,
}

impl Watched {
    /// Watches a copy of the small project. Returns when its first build is there.
    pub fn start(arguments: &[&str]) -> Self {
        Self::start_with(arguments, |_| {})
    }

    /// The same with a project that `prepare` changed.
    pub fn start_with(arguments: &[&str], prepare: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        support::copy(Path::new(support::BASE), folder.path());
        prepare(folder.path());
        let watched = Self::spawn(folder, &[&["watch", "--port", "0"], arguments].concat());
        watched.until("the first build", || watched.output(LIVRET).exists());
        watched
    }

    /// Starts it, and waits until a preview tells its address.
    pub fn spawn(folder: TempDir, arguments: &[&str]) -> Self {
        let mut watched = Self::spawn_silent(folder, arguments);
        if arguments[0] == "watch" {
            watched.until("the address", || watched.said().contains("(Ctrl-C"));
            let said = watched.said();
            let (_, after) = said.split_once("http://127.0.0.1:").unwrap();
            watched.port = after.split('/').next().unwrap().parse().unwrap();
        }
        watched
    }

    /// Starts it.
    pub fn spawn_silent(folder: TempDir, arguments: &[&str]) -> Self {
        Self::launch(folder, Command::new(env!("CARGO_BIN_EXE_livret")).args(arguments))
    }

    /// Starts it by another program's help.
    pub fn launch(folder: TempDir, command: &mut Command) -> Self {
        let mut child = command
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let streams: [Box<dyn std::io::Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let said = Arc::clone(&said);
            thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    said.lock().unwrap().push_str(&format!("{line}\n"));
                }
            });
        }
        Self { folder, child, said, port: 0 }
    }

    /// What it said so far, on both streams.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn output(&self, path: &str) -> PathBuf {
        self.path("output").join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_default()
    }

    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} holds no « {from} »");
        fs::write(self.path(path), text.replacen(from, to, 1)).unwrap();
    }

    /// Waits until something is so.
    pub fn until(&self, what: &str, so: impl Fn() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !so() {
            assert!(Instant::now() < deadline, "waited in vain for {what}; it said:\n{}", self.said());
            thread::sleep(Duration::from_millis(15));
        }
    }

    /// Waits until a page of the output holds a text.
    pub fn shows(&self, path: &str, text: &str) {
        self.until(&format!("« {text} » in {path}"), || self.read(&format!("output/{path}")).contains(text));
    }

    /// The state that an open page is told, as soon as it is as wanted. The connection is kept open meanwhile.
    pub fn told(&self, page: &str, what: &str, so: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        let mut stream = self.connect();
        let host = format!("127.0.0.1:{}", self.port);
        write!(stream, "GET /.livret/evenements?page=/{page} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut last = String::new();
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let Some(data) = line.strip_prefix("data: ") else { continue };
            let state = serde_json::from_str(data).unwrap();
            if so(&state) {
                return state;
            }
            last = data.to_owned();
        }
        panic!("the page was never told {what}, last {last}; it said:\n{}", self.said());
    }

    fn connect(&self) -> TcpStream {
        TcpStream::connect(("127.0.0.1", self.port)).unwrap()
    }

    /// A request as it stands, without any client's good manners. Status and answer.
    pub fn ask(&self, method: &str, path: &str, host: &str) -> (u16, String) {
        let mut stream = self.connect();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
        (status.unwrap_or_else(|| panic!("no answer: {answer}")), answer)
    }

    pub fn get(&self, path: &str) -> (u16, String) {
        self.ask("GET", path, &format!("127.0.0.1:{}", self.port))
    }

    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits until it ended. Its status.
    pub fn ended(&mut self) -> Option<i32> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(Instant::now() < deadline, "it does not end");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
