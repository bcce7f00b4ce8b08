//! A tab that prints one document after the other, each as if it were the first.
//!
//! Every document is written into the same window, which costs a fraction of a navigation. What
//! would last longer than its document is either set anew (fonts, adopted style sheets), cannot
//! arise (scripts are disabled), or costs the tab its place: a content security policy stays with
//! the window, so a tab only prints documents that have the same one.

use headless_chrome::protocol::cdp::Page::PrintToPDF;
use headless_chrome::protocol::cdp::Target::DisposeBrowserContext;
use headless_chrome::protocol::cdp::types::Method;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::call::Link;
use super::error::{PrintError, Step};
use super::fault::Fault;
use super::job::{PrintJob, Printed};
use super::{fonts, page};
use crate::ground::html::tags;

/// After so many documents a tab is worn out: it keeps some memory of each.
const LIFE: usize = 250;
/// How long it may take to close one.
const SHORT: Duration = Duration::from_secs(2);

pub(super) struct Tab {
    link: Link,
    /// The context that it was made in, which the connection belongs to.
    context: String,
    /// The keys of the fonts that it holds.
    fonts: HashSet<String>,
    policy: Option<String>,
    /// The layout script that it had last.
    script: Option<Arc<str>>,
    printed: usize,
}

impl Tab {
    /// Takes over a page.
    pub(super) fn new(link: Link, context: String) -> Self {
        Self { link, context, fonts: HashSet::new(), policy: None, script: None, printed: 0 }
    }

    /// Whether this document may be printed here.
    pub(super) fn suits(&self, job: &PrintJob) -> bool {
        self.printed < LIFE && (self.printed == 0 || self.policy.as_deref() == policy(&job.html))
    }

    /// Loads and prints. After any error the tab is of no more use.
    pub(super) fn print(&mut self, job: &PrintJob, until: Instant) -> Result<Printed, (Step, Failure)> {
        let (html, own) = fonts::lift(&job.html);
        let fonts = [job.fonts.as_slice(), &own].concat();
        let fresh: Vec<_> = fonts.iter().filter(|font| !self.fonts.contains(&font.key)).collect();
        let has_script = self.script == job.script;
        let load = page::load(&html, &fonts, &fresh, job.script.as_deref(), has_script);
        self.policy = policy(&job.html).map(str::to_owned);
        self.printed += 1;
        let result =
            self.link.call("Runtime.evaluate", load, until).map_err(|fault| (Step::Load, Failure::Fault(fault)))?;
        let [remarks, notes] = page::outcome(&result).map_err(|error| (Step::Load, Failure::Error(error)))?;
        self.script.clone_from(&job.script);
        self.fonts.extend(fonts.iter().map(|font| font.key.clone()));
        let failed = |fault| (Step::Print, Failure::Fault(fault));
        let pdf = self.link.bytes(PrintToPDF::NAME, page::print(), "data", until).map_err(failed)?;
        if pdf.starts_with(b"%PDF-") {
            Ok(Printed { pdf, remarks, notes })
        } else {
            Err(failed(Fault::Lost("réponse sans PDF".to_owned())))
        }
    }
}

impl Drop for Tab {
    /// Closes it together with its context: the browser may live on.
    fn drop(&mut self) {
        self.link.attach(None);
        let context = DisposeBrowserContext { browser_context_id: self.context.clone() };
        let _ = self.link.call(DisposeBrowserContext::NAME, context, Instant::now() + SHORT);
        self.link.close();
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
