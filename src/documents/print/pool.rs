//! A small pool of workers that share one stream of documents.
//!
//! Documents are made when a worker is free, results are taken one by one on the calling thread:
//! however many there are, only a handful are in memory at once.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, mpsc};
use std::thread;

use crate::ground::lock::lock;

/// Prints every document of `jobs`.
///
/// Each worker makes a printer, then does `work` on one document after the other: whatever it takes
/// from rendering to finishing. `on_done` gets the results on the calling thread, as they arrive and
/// in no fixed order. No document is started after `stop` is set or `work` has answered with
/// `Break`; those that were started are still reported.
pub fn print_all<J, P, T>(
    jobs: impl Iterator<Item = J> + Send,
    workers: NonZeroUsize,
    stop: &AtomicBool,
    make_printer: impl Fn() -> P + Sync,
    work: impl Fn(&mut P, &J) -> ControlFlow<T, T> + Sync,
    mut on_done: impl FnMut(J, T),
) where
    J: Send,
    T: Send,
{
    let (jobs, broken) = (Mutex::new(jobs), AtomicBool::new(false));
    let next = || {
        let stopped = stop.load(Ordering::SeqCst) || broken.load(Ordering::SeqCst);
        if stopped { None } else { lock(&jobs).next() }
    };
    let (sender, results) = mpsc::sync_channel(workers.get());
    thread::scope(|scope| {
        for _ in 0..workers.get() {
            let (sender, next, make_printer, work, broken) = (sender.clone(), &next, &make_printer, &work, &broken);
            scope.spawn(move || {
                let mut printer = None;
                while let Some(job) = next() {
                    let result = match work(printer.get_or_insert_with(make_printer), &job) {
                        ControlFlow::Continue(result) => result,
                        ControlFlow::Break(result) => {
                            broken.store(true, Ordering::SeqCst);
                            result
                        }
                    };
                    if sender.send((job, result)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        for (job, result) in results {
            on_done(job, result);
        }
    });
}

#[cfg(test)]
mod tests {
    use std::{ops::ControlFlow::Continue, sync::atomic::AtomicUsize};

    use super::*;
    use crate::documents::print::{PrintError, Step};

    type Outcome = Result<Vec<u8>, PrintError>;

    /// Prints the name, or fails as it says.
    fn work(name: &str) -> ControlFlow<Outcome, Outcome> {
        match name {
            "crash" => Continue(Err(PrintError::Crashed { step: Step::Print })),
            "fatal" => ControlFlow::Break(Err(PrintError::NotFound)),
            name => Continue(Ok(name.into())),
        }
    }

    fn run(names: &[&str], workers: usize, stop: &AtomicBool) -> Vec<(String, Outcome)> {
        let (mut done, jobs) = (Vec::new(), names.iter().map(ToString::to_string));
        let workers = NonZeroUsize::new(workers).unwrap();
        print_all(jobs, workers, stop, || (), |(), name: &String| work(name), |job, result| done.push((job, result)));
        done
    }

    #[test]
    fn every_document_is_reported_once_with_its_own_result() {
        let names: Vec<String> = (0..100).map(|n| format!("{n:03}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut done = run(&names, 4, &AtomicBool::new(false));
        done.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(done.len(), 100);
        assert!(done.iter().all(|(name, result)| result.as_deref() == Ok(name.as_bytes())));
    }

    #[test]
    fn one_document_in_trouble_does_not_stop_the_others() {
        let done = run(&["a", "crash", "b"], 1, &AtomicBool::new(false));
        assert_eq!(done.len(), 3);
        assert!(done[1].1.is_err() && done[2].1.is_ok());
    }

    #[test]
    fn nothing_is_started_after_a_fatal_error() {
        let done = run(&["a", "fatal", "b", "c"], 1, &AtomicBool::new(false));
        assert_eq!(done.len(), 2);
        assert_eq!(done[1], ("fatal".to_owned(), Err(PrintError::NotFound)));
    }

    #[test]
    fn nothing_is_started_after_the_flag_is_set() {
        assert!(run(&["a", "b"], 2, &AtomicBool::new(true)).is_empty());
    }

    #[test]
    fn documents_are_made_when_they_are_needed() {
        let (made, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let jobs = (0..50).inspect(|_| {
            let ahead = made.fetch_add(1, Ordering::SeqCst) - done.load(Ordering::SeqCst);
            assert!(ahead < 8, "{ahead} documents ahead");
        });
        let two = NonZeroUsize::new(2).unwrap();
        print_all(
            jobs,
            two,
            &AtomicBool::new(false),
            || (),
            |(), _| Continue(()),
            |_, ()| {
                done.fetch_add(1, Ordering::SeqCst);
            },
        );
        assert_eq!(done.into_inner(), 50);
    }

    #[test]
    fn no_document_no_printer() {
        let two = NonZeroUsize::new(2).unwrap();
        let never = || panic!("a printer for nothing");
        print_all(
            std::iter::empty::<()>(),
            two,
            &AtomicBool::new(false),
            never,
            |(): &mut (), ()| Continue(()),
            |(), ()| {},
        );
    }
}
