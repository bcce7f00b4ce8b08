//! An interrupted print: it ends at once and leaves nothing behind. Alone in its process, which prints no more.
#![cfg(target_os = "linux")]

mod chrome;

use std::{
    ops::ControlFlow,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use livret::documents::print::{Engine, PrintError, PrintJob, PrintOptions, kill_all, print_all};

use self::chrome::{descendants, engine, profiles};

#[test]
fn an_interrupted_print_ends_at_once_and_leaves_nothing() {
    let before = profiles();
    let Some(engine) = engine() else { return };
    let (stop, mut printed, mut cancelled) = (AtomicBool::new(false), 0, 0);
    let html = format!("<!doctype html><title>Essai</title>{}", "<p>texte</p>".repeat(2000));
    let job = PrintJob { html, ..PrintJob::default() };
    let interrupted = thread::scope(|scope| {
        let interrupt = scope.spawn(|| {
            thread::sleep(Duration::from_secs(3));
            stop.store(true, Ordering::SeqCst);
            kill_all();
            Instant::now()
        });
        let work = |printer: &mut livret::documents::print::ChromePrinter<'_>, _: &usize| match printer.print(&job) {
            Err(error) if error.is_fatal() => ControlFlow::Break(Err(error)),
            result => ControlFlow::Continue(result),
        };
        print_all(
            0..10_000,
            engine.workers(),
            &stop,
            || engine.printer(),
            work,
            |_, result| match result {
                Ok(_) => printed += 1,
                Err(error) => {
                    assert_eq!(error, PrintError::Cancelled);
                    cancelled += 1;
                }
            },
        );
        interrupt.join().unwrap()
    });
    assert!(interrupted.elapsed() < Duration::from_secs(2), "{:?}", interrupted.elapsed());
    assert!(printed > 0 && cancelled <= engine.workers().get(), "{printed} {cancelled}");
    assert_eq!(descendants(), []);
    assert_eq!(profiles(), before);
    assert_eq!(Engine::start(PrintOptions::default()).err(), Some(PrintError::Cancelled));
}
