//! A browser with one tab. A call costs a tenth of a second with this library, so scripts do much at once; every wait
//! is for a condition, never for a time.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use headless_chrome::protocol::cdp::{Browser as Whole, Emulation, Input, Page, Runtime};
use headless_chrome::{Browser as Chrome, LaunchOptions, Tab};
use livret::documents::print::{ChromeLocation, executable};
use serde::de::DeserializeOwned;

/// What a script can use: `until` a condition holds, what is `shown`, `set` a field as a hand would.
const HELPERS: &str = "
    const until = async condition => {
        for (const end = Date.now() + 60000; Date.now() < end; await new Promise(r => setTimeout(r, 20)))
            if (await condition()) return;
        throw new Error('never: ' + condition);
    };
    const visible = element => element.checkVisibility();
    const shown = () => [...document.querySelectorAll('.candidats tbody > tr')].filter(tr => !tr.hidden)
        .map(tr => tr.querySelector('th b').textContent);
    const set = (id, value) => {
        const field = document.getElementById(id);
        field.value = value;
        field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    const count = () => document.getElementById('compte').textContent;
    const hash = () => decodeURIComponent(location.hash);
";

pub struct Browser {
    _chrome: Chrome,
    pub tab: Arc<Tab>,
}

impl Browser {
    /// Starts one; `None` where there is no Chrome.
    pub fn new() -> Option<Self> {
        let required = std::env::var("LIVRET_TEST_CHROME").is_ok_and(|v| v == "required");
        let path = match executable(&ChromeLocation::Auto) {
            Ok(path) => path,
            Err(error) if required => panic!("{error}"),
            Err(_) => {
                eprintln!("skipped: there is no Chrome on this machine");
                return None;
            }
        };
        let options = LaunchOptions {
            path: Some(path),
            // Only our own pages are opened, and as root Chrome refuses its sandbox.
            sandbox: false,
            idle_browser_timeout: Duration::from_secs(300),
            window_size: Some((1280, 900)),
            ..LaunchOptions::default()
        };
        let chrome = Chrome::new(options).expect("Chrome starts");
        let tab = chrome.new_tab().expect("a tab opens");
        Some(Self { _chrome: chrome, tab })
    }

    /// Opens a page of the disk, with the end of its address, and waits until it is there.
    pub fn open(&self, page: &Path, hash: &str) {
        let url = format!("file://{}{hash}", page.display());
        // Away first: another hash alone would not load the page again.
        self.go("about:blank");
        self.go(&url);
    }

    fn go(&self, url: &str) {
        let page = url.split('#').next().unwrap();
        self.tab
            .call_method(Page::Navigate {
                url: url.to_owned(),
                referrer: None,
                transition_Type: None,
                frame_id: None,
                referrer_policy: None,
            })
            .unwrap();
        self.wait(&format!(
            "document.readyState === 'complete' && decodeURI(location.href).split('#')[0] === {page:?}"
        ));
    }

    /// Waits until a condition holds on the page that comes.
    fn wait(&self, condition: &str) {
        let started = Instant::now();
        // The page that is left may take the question with it.
        while !self.evaluate(condition).is_ok_and(|there| there == true) {
            assert!(started.elapsed() < Duration::from_secs(120), "never: {condition}");
        }
    }

    /// Loads the page again, as F5 does.
    pub fn reload(&self) {
        self.run::<()>("window.before = true; return null");
        self.tab
            .call_method(Page::Reload { ignore_cache: None, script_to_evaluate_on_load: None, loader_id: None })
            .unwrap();
        self.wait("!window.before && document.readyState === 'complete'");
    }

    /// Runs the body of an async function, with the helpers above, and returns what it returns.
    pub fn run<T: DeserializeOwned>(&self, body: &str) -> T {
        let value = self.evaluate(&format!("(async () => {{ {HELPERS} {body} }})()")).unwrap_or_else(|e| panic!("{e}"));
        serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error}: {value}"))
    }

    fn evaluate(&self, expression: &str) -> Result<serde_json::Value, String> {
        let method = Runtime::Evaluate {
            expression: expression.to_owned(),
            object_group: None,
            include_command_line_api: None,
            silent: None,
            context_id: None,
            return_by_value: Some(true),
            generate_preview: None,
            user_gesture: None,
            await_promise: Some(true),
            throw_on_side_effect: None,
            timeout: None,
            disable_breaks: None,
            repl_mode: None,
            allow_unsafe_eval_blocked_by_csp: Some(true),
            unique_context_id: None,
            serialization_options: None,
        };
        let answer = self.tab.call_method(method).map_err(|error| error.to_string())?;
        match answer.exception_details {
            Some(details) => Err(details.exception.and_then(|e| e.description).unwrap_or(details.text)),
            None => Ok(answer.result.value.unwrap_or_default()),
        }
    }

    /// Presses keys, one after the other: « Tab », « Enter », « a ».
    pub fn press(&self, keys: &[&str]) {
        for key in keys {
            self.tab.press_key(key).unwrap();
        }
    }

    /// Types a text where the focus is, at once.
    pub fn insert(&self, text: &str) {
        self.tab.call_method(Input::InsertText { text: text.to_owned() }).unwrap();
    }

    /// A screen of this width, light or dark.
    pub fn screen(&self, width: u32, scheme: &str) {
        self.screen_of(width, 900, scheme);
    }

    pub fn screen_of(&self, width: u32, height: u32, scheme: &str) {
        let size = Emulation::SetDeviceMetricsOverride {
            width,
            height,
            device_scale_factor: 1.0,
            mobile: width < 500,
            ..serde_json::from_value(
                serde_json::json!({"width": 0, "height": 0, "deviceScaleFactor": 1, "mobile": false}),
            )
            .unwrap()
        };
        self.tab.call_method(size).unwrap();
        let feature = Emulation::MediaFeature { name: "prefers-color-scheme".to_owned(), value: scheme.to_owned() };
        self.tab.call_method(Emulation::SetEmulatedMedia { media: None, features: Some(vec![feature]) }).unwrap();
    }

    /// From now on pages run no script.
    pub fn without_script(&self) {
        self.tab.call_method(Emulation::SetScriptExecutionDisabled { value: true }).unwrap();
    }

    /// The page as « Imprimer » makes it.
    pub fn print(&self) -> Vec<u8> {
        let options =
            headless_chrome::types::PrintToPdfOptions { prefer_css_page_size: Some(true), ..Default::default() };
        self.tab.print_to_pdf(Some(options)).unwrap()
    }
}

impl Drop for Browser {
    /// Politely: a Chrome that is killed may leave processes behind.
    fn drop(&mut self) {
        let _ = self.tab.call_method(Whole::Close(None));
    }
}
