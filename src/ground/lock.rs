//! What threads share.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a thread that panicked left is as good as the last good thing: each change is made whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
