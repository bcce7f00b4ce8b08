//! An engine that starts while the program still reads and renders: Chrome takes longer to get ready than most
//! changes take to be found.

use std::thread::{self, JoinHandle};

use super::{engine::Engine, error::PrintError, job::PrintOptions};

/// An engine on its way. Dropped, it is waited for and ended.
pub(crate) struct Starting(Option<JoinHandle<Result<Engine, PrintError>>>);

impl Starting {
    /// Starts an engine, with tabs for so many documents.
    pub(crate) fn new(options: PrintOptions, documents: usize) -> Self {
        Self(Some(thread::spawn(move || {
            let engine = Engine::start(options)?;
            let tabs = documents.min(engine.workers().get());
            thread::scope(|scope| {
                for _ in 0..tabs {
                    scope.spawn(|| engine.open_ahead());
                }
            });
            Ok(engine)
        })))
    }

    /// Waits until it is there.
    ///
    /// # Errors
    /// Those of [`Engine::start`].
    pub(crate) fn ready(mut self) -> Result<Engine, PrintError> {
        let started = self.0.take().and_then(|thread| thread.join().ok());
        started.unwrap_or_else(|| Err(PrintError::Cancelled))
    }
}

impl Drop for Starting {
    /// No Chrome outlives what it was started for.
    fn drop(&mut self) {
        if let Some(thread) = self.0.take() {
            drop(thread.join());
        }
    }
}
