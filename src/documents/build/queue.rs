//! What is to be printed, in the order in which it is known: first what changed, then what the disk turns out to lack.
//! Reading all PDFs of a project takes as long as printing one.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;

use rayon::iter::Either;
use rayon::prelude::*;

use super::job::Job;
use crate::documents::plan::Document;
use crate::documents::record::Record;
use crate::documents::write::Output;
use crate::ground::fingerprint::Fingerprint;
use crate::judge::project::Project;

/// The documents of a build that have a PDF.
pub(crate) struct Queue {
    changed: Vec<Job>,
    /// Those that the record knows to be printed, and as what: still to be looked at.
    recorded: Vec<(Job, Fingerprint)>,
    /// How many of these are not there, as far as was looked.
    missing: AtomicUsize,
}

impl Queue {
    /// Sorts documents by the record, which `force` does not trust. `chrome` is the version that would print: where
    /// it is not known, what is printed already is left as it is.
    pub(crate) fn new(
        documents: &[&Document],
        project: &Project,
        record: &Record,
        chrome: Option<&str>,
        force: bool,
    ) -> Self {
        let (changed, recorded) = documents
            .par_iter()
            .filter_map(|document| {
                let entry = record.documents.get(&document.html())?;
                let job = Job::of(document, entry, project)?;
                let made = entry.pdf.as_ref().filter(|pdf| !force && job.made(pdf, chrome));
                Some((job, made))
            })
            .partition_map(|(job, made)| match made {
                Some(pdf) => Either::Right((job, pdf.bytes.clone())),
                None => Either::Left(job),
            });
        Self { changed, recorded, missing: AtomicUsize::default() }
    }

    /// How many are to be printed, as far as is known.
    pub(crate) fn count(&self) -> usize {
        self.changed.len() + self.missing.load(Ordering::SeqCst)
    }

    /// How many are there as they should be, once all were looked at.
    pub(crate) fn unchanged(&self) -> usize {
        self.recorded.len() - self.missing.load(Ordering::SeqCst)
    }

    /// What is to be printed, to the end of `jobs`. Whoever takes them may leave off.
    pub(crate) fn send(&self, output: &Output, jobs: Sender<Job>) {
        for job in &self.changed {
            if jobs.send(job.clone()).is_err() {
                return;
            }
        }
        self.recorded.par_iter().for_each_with(jobs, |jobs, (job, bytes)| {
            if !output.holds(&job.path, bytes) {
                self.missing.fetch_add(1, Ordering::SeqCst);
                let _ = jobs.send(job.clone());
            }
        });
    }
}
