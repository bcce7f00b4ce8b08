//! What templates can call beyond Tera's own: `asset(path=…)`, `| cesure`, `| francais`, `| css`.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{Arc, PoisonError, RwLock};

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::assets::{Assets, token};
use super::francais;
use crate::ground::diagnostic::nearest::suggestion;
use crate::ground::typographie::couper;

/// Makes the functions and filters known.
pub(crate) fn register(tera: &mut Tera, theme: &str, assets: Arc<Assets>) {
    let prefix = format!("{theme}/");
    tera.register_function("asset", move |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let path: String = kwargs.must_get("path")?;
        let full = format!("{prefix}{path}");
        if assets.contains(&full) {
            return Ok(Value::safe_string(&token(&full)));
        }
        let known = assets.files().keys().filter_map(|k| k.strip_prefix(&prefix));
        Err(tera::Error::message(format!(
            "le fichier « {path} » n'existe pas dans le thème ; {}",
            suggestion(&path, known)
        )))
    });
    let cesure = Memo::new(|text| Value::from(couper(text)));
    tera.register_filter("cesure", move |text: &str, _: Kwargs, _: &State| cesure.of(text));
    let francais = Memo::new(|text| Value::safe_string(&francais::html(text)));
    tera.register_filter("francais", move |text: &str, _: Kwargs, _: &State| francais.of(text));
    tera.register_filter("css", |text: &str, _: Kwargs, _: &State| Value::safe_string(&css_string(text)));
}

/// What a filter makes of a text, remembered: those of a référentiel are in the documents of all its candidats.
struct Memo {
    make: fn(&str) -> Value,
    made: RwLock<HashMap<String, Value>>,
}

impl Memo {
    /// More texts than référentiels have; others are made each time.
    const MOST: usize = 10_000;

    fn new(make: fn(&str) -> Value) -> Self {
        Self { make, made: RwLock::default() }
    }

    fn of(&self, text: &str) -> Value {
        // What a thread that panicked left is whole: one entry more or less.
        if let Some(value) = self.made.read().unwrap_or_else(PoisonError::into_inner).get(text) {
            return value.clone();
        }
        let value = (self.make)(text);
        let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
        if made.len() < Self::MOST {
            made.insert(text.to_owned(), value.clone());
        }
        value
    }
}

/// A CSS string literal that holds any text: all but letters, digits and plain spaces is escaped, so that nothing
/// can end the string, the rule or the `style` element. The space after an escape belongs to it.
fn css_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if c.is_alphanumeric() || c == ' ' {
            out.push(c);
        } else {
            let _ = write!(out, "\\{:x} ", u32::from(c));
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_ends_a_css_string() {
        assert_eq!(super::css_string("Zoé \"}</style>"), "\"Zoé \\22 \\7d \\3c \\2f style\\3e \"");
    }
}
