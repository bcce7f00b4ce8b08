//! Chrome's processes: replaced when they die, gone when we are done, left alone when they are not ours.
//! Linux only: the processes are looked up in /proc.
#![cfg(target_os = "linux")]

mod chrome;

use std::{
    io::{BufRead, BufReader},
    num::NonZeroUsize,
    ops::ControlFlow,
    process::{Command, Stdio},
    sync::{Mutex, atomic::AtomicBool},
    thread,
    time::{Duration, Instant},
};

use livret::documents::print::{ChromeLocation, Engine, PrintError, PrintJob, PrintOptions, print_all};

use self::chrome::{descendants, engine, engine_with, profiles};

/// These tests look at all children of this process: one at a time.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> impl Drop {
    ALONE.lock().unwrap_or_else(|error| error.into_inner())
}

fn job() -> PrintJob {
    let html = format!("<!doctype html><title>Essai</title>{}", "<p>texte</p>".repeat(500));
    PrintJob { html, ..PrintJob::default() }
}

fn kill(pid: &str) {
    assert!(Command::new("kill").args(["-9", "--", pid]).stderr(Stdio::null()).status().is_ok());
}

#[test]
fn nothing_is_left_when_the_engine_is_dropped() {
    let _alone = alone();
    let before = profiles();
    let Some(engine) = engine() else { return };
    assert!(engine.printer().print(&job()).is_ok());
    assert!(!descendants().is_empty() && profiles() == before + 1);
    drop(engine);
    assert_eq!(descendants(), []);
    assert_eq!(profiles(), before);
}

#[test]
fn a_chrome_that_is_killed_is_replaced() {
    let _alone = alone();
    let Some(engine) = engine() else { return };
    let mut printer = engine.printer();
    for _ in 0..3 {
        assert!(printer.print(&job()).is_ok());
        let (leader, _) = descendants()[0];
        kill(&format!("-{leader}"));
        assert!(printer.print(&job()).is_ok());
    }
}

#[test]
fn a_chrome_that_is_frozen_costs_the_deadline_and_is_replaced() {
    let _alone = alone();
    let timeout = Duration::from_secs(2);
    let Some(engine) = engine_with(PrintOptions { timeout, ..PrintOptions::default() }) else { return };
    let mut printer = engine.printer();
    assert!(printer.print(&job()).is_ok());
    let (leader, _) = descendants()[0];
    assert!(Command::new("kill").args(["-STOP", "--", &format!("-{leader}")]).status().is_ok());
    let begun = Instant::now();
    assert!(matches!(printer.print(&job()), Err(PrintError::Timeout { .. })));
    assert!(begun.elapsed() < timeout * 2, "{:?}", begun.elapsed());
    assert!(printer.print(&job()).is_ok());
}

#[test]
fn every_document_is_printed_although_chrome_is_killed_again_and_again() {
    let _alone = alone();
    let Some(engine) = engine() else { return };
    let over = AtomicBool::new(false);
    let mut printed = 0;
    thread::scope(|scope| {
        scope.spawn(|| {
            for turn in 0.. {
                thread::sleep(Duration::from_millis(700 + turn * 137 % 400));
                if over.load(std::sync::atomic::Ordering::SeqCst) {
                    return;
                }
                // In turn the whole browser and one of its renderers.
                let all = descendants();
                match all.iter().find(|(_, line)| line.contains("--type=renderer")) {
                    Some((pid, _)) if turn % 2 == 0 => kill(&pid.to_string()),
                    _ => all.iter().take(1).for_each(|(pid, _)| kill(&format!("-{pid}"))),
                }
            }
        });
        let work = |printer: &mut livret::documents::print::ChromePrinter<'_>, _: &usize| {
            ControlFlow::Continue(printer.print(&job()))
        };
        let three = NonZeroUsize::new(3).unwrap();
        print_all(
            0..60,
            three,
            &AtomicBool::new(false),
            || engine.printer(),
            work,
            |_, result| {
                assert!(result.unwrap().starts_with(b"%PDF"));
                printed += 1;
            },
        );
        over.store(true, std::sync::atomic::Ordering::SeqCst);
    });
    assert_eq!(printed, 60);
}

#[test]
fn a_remote_chrome_is_used_and_left_as_it_was() {
    let _alone = alone();
    let Some(engine) = engine() else { return };
    let executable = engine.executable().unwrap().to_owned();
    drop(engine);
    let profile = tempfile::tempdir().unwrap();
    let mut remote = Command::new(executable)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(remote.stderr.take().unwrap()).lines();
    let address = lines.find_map(|line| Some(line.unwrap().split_once("listening on ")?.1.to_owned())).unwrap();
    // The end of the address is another at each start: host and port are enough.
    let short = address.split("/devtools").next().unwrap().to_owned();
    let whole = Engine::start(PrintOptions { chrome: ChromeLocation::Remote(address), ..PrintOptions::default() });
    assert!(whole.is_ok());
    let chrome = ChromeLocation::Remote(short);
    let engine = Engine::start(PrintOptions { chrome, ..PrintOptions::default() }).unwrap();
    let tabs = || descendants().iter().filter(|(_, line)| line.contains("--type=renderer")).count();
    let before = tabs();
    let mut printer = engine.printer();
    for _ in 0..2 {
        assert!(printer.print(&job()).unwrap().starts_with(b"%PDF"));
    }
    drop(printer);
    drop(engine);
    let begun = Instant::now();
    while tabs() > before && begun.elapsed() < Duration::from_secs(5) {
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(tabs(), before, "a tab was left open");
    assert!(matches!(remote.try_wait(), Ok(None)), "a Chrome that is not ours was ended");
    for (pid, _) in descendants() {
        kill(&pid.to_string());
    }
    let _ = remote.wait();
}

#[test]
fn an_address_without_a_chrome_is_refused_at_once() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = format!("ws://{}", silent.local_addr().unwrap());
    for address in ["ws://127.0.0.1:9/devtools/browser/x", "http://127.0.0.1:9", "wss://127.0.0.1:9", "ws://", &silent]
    {
        let begun = Instant::now();
        let chrome = ChromeLocation::Remote(address.to_owned());
        match Engine::start(PrintOptions { chrome, ..PrintOptions::default() }) {
            Err(error @ PrintError::Unreachable { .. }) => assert!(error.to_string().contains("ws://")),
            other => panic!("{address}: {:?}", other.err()),
        }
        assert!(begun.elapsed() < Duration::from_secs(15));
    }
}
