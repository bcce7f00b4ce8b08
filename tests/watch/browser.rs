//! A Chrome that looks at a preview, as a secretary's would.

use std::cell::RefCell;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use headless_chrome::protocol::cdp::Page;
use headless_chrome::{Browser, LaunchOptions, Tab};
use livret::documents::print::{Engine, PrintError, PrintOptions};
use serde_json::Value;

/// Far longer than anything takes on a machine that is not stuck.
const PATIENCE: Duration = Duration::from_secs(60);
/// A call that falls into a navigation is never answered: then a new connection is made.
const ANSWER: Duration = Duration::from_secs(10);

/// A browser with one page open.
pub struct Reader {
    browser: Browser,
    /// The page, and the connection to it where it is not the browser's own.
    tab: RefCell<(Arc<Tab>, Option<Browser>)>,
}

impl Reader {
    /// Opens a page of the preview; `None` where there is no Chrome.
    pub fn open(port: u16, page: &str) -> Option<Self> {
        let path = match Engine::start(PrintOptions::default()) {
            Ok(engine) => engine.executable()?.to_path_buf(),
            Err(PrintError::NotFound) if !std::env::var("LIVRET_TEST_CHROME").is_ok_and(|v| v == "required") => {
                eprintln!("skipped: there is no Chrome on this machine");
                return None;
            }
            Err(error) => panic!("{error}"),
        };
        let options = LaunchOptions::default_builder()
            .path(Some(path))
            .sandbox(false)
            .window_size(Some((1200, 800)))
            .idle_browser_timeout(ANSWER)
            .build()
            .unwrap();
        let browser = Browser::new(options).unwrap();
        let tab = browser.new_tab().unwrap();
        let url = format!("http://127.0.0.1:{}/{page}", port);
        tab.call_method(Page::Navigate {
            url,
            referrer: None,
            transition_Type: None,
            frame_id: None,
            referrer_policy: None,
        })
        .unwrap();
        let reader = Self { browser, tab: RefCell::new((tab, None)) };
        reader.until("the preview's bar", &format!("{BAR}?.querySelector('[role=status]').textContent"), |text| {
            text.as_str().is_some_and(|text| !text.is_empty())
        });
        Some(reader)
    }

    /// What an expression gives in the page.
    pub fn value(&self, expression: &str) -> Value {
        let expression = format!("JSON.stringify({expression} ?? null)");
        let tab = Arc::clone(&self.tab.borrow().0);
        let Ok(object) = tab.evaluate(&expression, true) else {
            self.connect();
            return Value::Null;
        };
        object.value.and_then(|text| serde_json::from_str(text.as_str()?).ok()).unwrap_or(Value::Null)
    }

    fn connect(&self) {
        let browser = Browser::connect_with_timeout(self.browser.get_ws_url(), ANSWER).unwrap();
        browser.register_missing_tabs();
        let tabs = browser.get_tabs().lock().unwrap().clone();
        if let Some(tab) = tabs.into_iter().find(|tab| tab.get_url().starts_with("http")) {
            *self.tab.borrow_mut() = (tab, Some(browser));
        }
    }

    /// Waits until an expression gives what is wanted, and returns it.
    pub fn until(&self, what: &str, expression: &str, so: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let value = self.value(expression);
            if so(&value) {
                return value;
            }
            assert!(Instant::now() < deadline, "waited in vain for {what}; last: {value}");
            thread::sleep(Duration::from_millis(30));
        }
    }

    /// Waits until the page shows a text.
    pub fn shows(&self, text: &str) {
        self.until(&format!("« {text} »"), "document.body.innerText", |shown| {
            shown.as_str().is_some_and(|shown| shown.contains(text))
        });
    }

    /// What the preview says of mistakes; empty if nothing is shown.
    pub fn mistakes(&self, what: &str, so: impl Fn(&str) -> bool) -> String {
        let expression = format!(
            "(() => {{ const list = {BAR}.querySelector('.problemes'); return list.hidden ? '' : list.innerText; }})()"
        );
        let shown = self.until(what, &expression, |text| text.as_str().is_some_and(&so));
        shown.as_str().unwrap_or_default().to_owned()
    }

    pub fn screenshot(&self, to: &str) {
        let png =
            self.tab.borrow().0.capture_screenshot(Page::CaptureScreenshotFormatOption::Png, None, None, true).unwrap();
        std::fs::write(to, png).unwrap();
    }
}

/// The preview's own part of the page.
pub const BAR: &str = "document.querySelector('livret-apercu')?.shadowRoot";
