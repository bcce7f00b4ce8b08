//! A tab that prints one document after the other, each as if it were the first.
//!
//! Every document is written into the same window, which costs a fraction of a navigation. What
//! would last longer than its document is either set anew (fonts, adopted style sheets), cannot
//! arise (scripts are disabled), or costs the tab its place: a content security policy stays with
//! the window, so a tab only prints documents that have the same one.

use std::{collections::HashSet, time::Instant};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use headless_chrome::protocol::cdp::{
    Browser::BrowserContextID,
    Emulation::{SetEmulatedMedia, SetScriptExecutionDisabled},
    Target::DisposeBrowserContext,
};

use super::{
    call::{Fault, Link},
    error::{PrintError, Step},
    fonts,
    job::{PrintJob, Printed},
    page,
};
use crate::ground::html::tags;

/// After so many documents a tab is worn out: it keeps some memory of each.
const LIFE: usize = 250;

pub(super) struct Tab {
    link: Link,
    /// The keys of the fonts that it holds.
    fonts: HashSet<String>,
    policy: Option<String>,
    printed: usize,
}

impl Tab {
    /// Takes over a page.
    pub(super) fn new(link: Link) -> Self {
        Self { link, fonts: HashSet::new(), policy: None, printed: 0 }
    }

    /// The first thing that a page is told: layout scripts measure what will be printed.
    pub(super) fn media() -> SetEmulatedMedia {
        SetEmulatedMedia { media: Some("print".to_owned()), features: None }
    }

    /// The second: nothing in a document runs.
    pub(super) fn inert() -> SetScriptExecutionDisabled {
        SetScriptExecutionDisabled { value: true }
    }

    /// Whether this document may be printed here.
    pub(super) fn suits(&self, job: &PrintJob) -> bool {
        self.printed < LIFE && (self.printed == 0 || self.policy.as_deref() == policy(&job.html))
    }

    /// Closes it together with the context that it was made in.
    pub(super) fn dispose(&mut self, context: BrowserContextID, until: Instant) {
        self.link.attach(None);
        let _ = self.link.call(DisposeBrowserContext { browser_context_id: context }, until);
        self.link.close();
    }

    /// Loads and prints. After any error the tab is of no more use.
    pub(super) fn print(&mut self, job: &PrintJob, until: Instant) -> Result<Printed, (Step, Failure)> {
        let (html, fonts) = fonts::lift(&job.html);
        let fresh: Vec<_> = fonts.iter().filter(|font| !self.fonts.contains(&font.key)).collect();
        let load = page::load(&html, &fonts, &fresh, job.script.as_deref());
        self.policy = policy(&job.html).map(str::to_owned);
        self.printed += 1;
        let result = self.link.call(load, until).map_err(|fault| (Step::Load, Failure::Fault(fault)))?;
        let remarks = page::outcome(result).map_err(|error| (Step::Load, Failure::Error(error)))?;
        self.fonts.extend(fonts.into_iter().map(|font| font.key));
        let failed = |fault| (Step::Print, Failure::Fault(fault));
        let data = self.link.call(page::print(), until).map_err(failed)?.data;
        let pdf = BASE64_STANDARD.decode(data).map_err(|error| failed(Fault::Lost(error.to_string())))?;
        if pdf.starts_with(b"%PDF-") {
            Ok(Printed { pdf, remarks })
        } else {
            Err(failed(Fault::Lost("réponse sans PDF".to_owned())))
        }
    }
}

/// Why a tab did not print: the connection's fault, or the document's.
#[derive(Debug)]
pub(super) enum Failure {
    Fault(Fault),
    Error(PrintError),
}

/// The document's policy, as it is written.
fn policy(html: &str) -> Option<&str> {
    let mut head = tags(html).take_while(|tag| !tag.opens("body"));
    head.find(|tag| tag.is_policy()).map(|tag| tag.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_is_that_of_the_head() {
        let meta = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">";
        assert_eq!(policy(&format!("<head>{meta}<body>")), Some(meta));
        assert_eq!(policy("<head><body>Content-Security-Policy"), None);
    }
}
