//! Ctrl-C and TERM end the program: at once where nothing is lost by that, in a moment where something is being
//! finished. What is asked on the terminal and what Chromes do is left to [`crate::ground::terminal`] and [`mod@crate::documents::print`].

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The exit status of a program that was stopped.
pub(crate) const STATUS: i32 = 130;
/// How long it may take to finish something.
const GRACE: Duration = Duration::from_secs(4);

/// How many things are being finished.
static FINISHING: AtomicUsize = AtomicUsize::new(0);
static ASKED: AtomicUsize = AtomicUsize::new(0);

/// As long as it lives, something is being finished.
pub(crate) struct Finishing(());

/// Begins something that is not to be cut short.
pub(crate) fn finishing() -> Finishing {
    FINISHING.fetch_add(1, Ordering::SeqCst);
    Finishing(())
}

/// From now on the command ends by itself when it is interrupted.
pub(crate) fn ends_by_itself() {
    std::mem::forget(finishing());
}

impl Drop for Finishing {
    fn drop(&mut self) {
        FINISHING.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Ends the program: now, or when nothing is being finished any more, and in a few seconds whatever it does. Asked
/// again, it does not wait.
pub fn end() {
    if ASKED.fetch_add(1, Ordering::SeqCst) > 0 {
        std::process::exit(STATUS);
    }
    std::thread::spawn(|| {
        let until = Instant::now() + GRACE;
        while FINISHING.load(Ordering::SeqCst) > 0 && Instant::now() < until {
            sleep(Duration::from_millis(5));
        }
        eprintln!("Interrompu.");
        std::process::exit(STATUS);
    });
}
