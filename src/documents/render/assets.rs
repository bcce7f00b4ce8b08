//! Where pages find their styles, fonts and pictures. Pages hold a token for each, put there by the `asset`
//! function of templates or by a picture in Markdown; when a page is finished, its tokens become relative URLs
//! (on a screen) or `data:` URIs (for the printer, which then needs no file and no network).
//! A token cannot be forged: sources with control characters are refused when read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{AsciiSet, utf8_percent_encode};

use crate::documents::print::{Font, lift_sheet};
use crate::ground::fingerprint::Fingerprint;
use crate::ground::html::tags;
use crate::ground::text::escaped;

/// The folder of all assets in the output.
pub(crate) const FOLDER: &str = "assets";

const MARK: char = '\u{1}';

/// What must be escaped in the path of a URL.
const PATH: AsciiSet = escaped(b" \"#%<>?`{}&'");

/// The mark that stands for an asset until the page is finished.
pub(crate) fn token(path: &str) -> String {
    format!("{MARK}{path}{MARK}")
}

/// A relative URL for a path of the output.
pub(crate) fn url(path: &str) -> String {
    utf8_percent_encode(path, &PATH).to_string()
}

/// All assets by their path below [`FOLDER`], and their `data:` URIs once asked for.
#[derive(Debug)]
pub(crate) struct Assets {
    files: BTreeMap<String, Vec<u8>>,
    fingerprints: BTreeMap<String, Fingerprint>,
    /// What each style sheet refers to.
    inner: BTreeMap<String, BTreeSet<String>>,
    inlined: Mutex<BTreeMap<String, Arc<str>>>,
    /// The style sheets that pages link to, with what they refer to inlined, once asked for, and their fonts apart.
    sheets: Mutex<BTreeMap<String, Arc<Sheet>>>,
}

type Sheet = (String, Vec<Arc<Font>>);

impl Assets {
    pub(crate) fn new(files: BTreeMap<String, Vec<u8>>) -> Self {
        let fingerprints = files.iter().map(|(path, bytes)| (path.clone(), Fingerprint::of(bytes))).collect();
        let mut assets =
            Self { files, fingerprints, inner: BTreeMap::new(), inlined: Mutex::default(), sheets: Mutex::default() };
        let mut found = BTreeMap::new();
        for (path, css) in assets.files.iter().filter(|(path, _)| path.ends_with(".css")) {
            let mut inner = BTreeSet::new();
            assets.rewrite_css(&String::from_utf8_lossy(css), path, |path, _| {
                inner.insert(path.to_owned());
            });
            found.insert(path.clone(), inner);
        }
        assets.inner = found;
        assets
    }

    pub(crate) fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The fingerprint of one asset.
    pub(crate) fn fingerprint(&self, path: &str) -> Option<&Fingerprint> {
        self.fingerprints.get(path)
    }

    pub(crate) fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// Replaces tokens by URLs relative to a page that is `racine` (`../../`) away from the output folder.
    pub(crate) fn link(&self, html: &str, racine: &str) -> String {
        replace(html, |path, out| {
            let _ = write!(out, "{racine}{FOLDER}/{}", url(path));
        })
    }

    /// The assets that a page refers to, those of its style sheets included.
    pub(crate) fn used(&self, html: &str) -> BTreeSet<String> {
        let mut used = BTreeSet::new();
        for path in html.split(MARK).skip(1).step_by(2) {
            used.insert(path.to_owned());
            used.extend(self.inner.get(path).into_iter().flatten().cloned());
        }
        used
    }

    /// Replaces tokens by what they stand for: a linked style sheet by a `style` element, all else by a `data:` URI.
    /// Returns the page and the fonts of its sheets.
    pub(crate) fn inline(&self, html: &str) -> Sheet {
        let (mut out, mut fonts, mut kept) = (String::with_capacity(html.len()), Vec::new(), 0);
        for tag in tags(html).filter(|tag| tag.opens("link")) {
            let sheet = tag.attribute("rel").filter(|rel| rel.value == "stylesheet").and(tag.attribute("href"));
            let path = sheet.and_then(|sheet| sheet.value.strip_prefix(MARK)?.strip_suffix(MARK));
            if let Some(sheet) = path.and_then(|path| self.sheet(path)) {
                let media = tag.attribute("media").map(|m| format!(" media=\"{}\"", m.value)).unwrap_or_default();
                let _ = write!(out, "{}<style{media}>{}</style>", &html[kept..tag.start], sheet.0);
                fonts.extend(sheet.1.iter().cloned());
                kept = tag.end;
            }
        }
        out.push_str(&html[kept..]);
        (replace(&out, |path, out| out.push_str(&self.data_uri(path))), fonts)
    }

    fn sheet(&self, path: &str) -> Option<Arc<Sheet>> {
        let mut sheets = self.sheets.lock().expect("no panic while held");
        if !sheets.contains_key(path) {
            let css = self.inline_css(&String::from_utf8_lossy(self.files.get(path)?), path);
            sheets.insert(path.to_owned(), Arc::new(lift_sheet(&css)));
        }
        sheets.get(path).cloned()
    }

    /// A message about an asset that stands for itself: by its file, instead of by its first bytes.
    pub(crate) fn named(&self, message: &str) -> String {
        let uri = message.find("data:").map(|at| &message[at..]);
        let Some(uri) = uri.and_then(|uri| uri.split(['…', ' ']).next()) else { return message.to_owned() };
        let inlined = self.inlined.lock().expect("no panic while held");
        let path = inlined.iter().find(|(_, whole)| whole.starts_with(uri)).map(|(path, _)| path);
        match path {
            Some(path) => message.replacen(uri, path, 1).replacen('…', "", 1),
            None => message.replacen(uri, &uri.chars().take(60).collect::<String>(), 1),
        }
    }

    fn data_uri(&self, path: &str) -> Arc<str> {
        if let Some(known) = self.inlined.lock().expect("no panic while held").get(path) {
            return known.clone();
        }
        let uri: Arc<str> = match self.files.get(path) {
            Some(bytes) if path.ends_with(".css") => {
                let css = self.inline_css(&String::from_utf8_lossy(bytes), path);
                encode("text/css", css.as_bytes()).into()
            }
            Some(bytes) => encode(mime(path), bytes).into(),
            None => "".into(),
        };
        self.inlined.lock().expect("no panic while held").insert(path.to_owned(), uri.clone());
        uri
    }

    /// A style sheet with what it refers to as `data:` URIs.
    fn inline_css(&self, css: &str, path: &str) -> String {
        self.rewrite_css(css, path, |inner, out| out.push_str(&self.data_uri(inner)))
    }

    /// Hands each known `url(…)` of a style sheet, which is relative to it, to `with`.
    fn rewrite_css(&self, css: &str, path: &str, mut with: impl FnMut(&str, &mut String)) -> String {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut out = String::with_capacity(css.len());
        let mut rest = css;
        while let Some(at) = rest.find("url(") {
            let (before, after) = rest.split_at(at + 4);
            out.push_str(before);
            let end = after.find(')').unwrap_or(after.len());
            let target = after[..end].trim().trim_matches(['"', '\'']);
            let resolved = normalize(&format!("{folder}/{target}"));
            if self.contains(&resolved) {
                with(&resolved, &mut out);
            } else {
                out.push_str(&after[..end]);
            }
            rest = &after[end..];
        }
        out + rest
    }
}

fn normalize(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn replace(html: &str, mut with: impl FnMut(&str, &mut String)) -> String {
    let mut out = String::with_capacity(html.len());
    let mut pieces = html.split(MARK);
    out.push_str(pieces.next().unwrap_or_default());
    while let (Some(path), Some(text)) = (pieces.next(), pieces.next()) {
        with(path, &mut out);
        out.push_str(text);
    }
    out
}

fn encode(mime: &str, bytes: &[u8]) -> String {
    format!("data:{mime};base64,{}", STANDARD.encode(bytes))
}

/// The kind of a picture, a font or a script, by its name.
pub(crate) fn mime(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default().as_str() {
        "svg" => "image/svg+xml",
        "js" => "text/javascript",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_the_file_and_not_its_bytes() {
        let assets = Assets::new(BTreeMap::from([("projet/a.png".to_owned(), vec![7; 999])]));
        let uri = assets.data_uri("projet/a.png");
        assert_eq!(assets.named(&format!("« {}… » manque", &uri[..90])), "« projet/a.png » manque");
        assert_eq!(assets.named(&format!("« {uri} » manque")), "« projet/a.png » manque");
        assert_eq!(assets.named("« data:image/png;base64,AAAA… » manque"), "« data:image/png;base64,AAAA… » manque");
        assert_eq!(assets.named("manque"), "manque");
    }

    #[test]
    fn tokens_become_links_or_data() {
        let files = BTreeMap::from([
            ("t/css/a.css".to_owned(), "x{src:url('../f/é a.woff2')} y{src:url(none.png)}".into()),
            ("t/f/é a.woff2".to_owned(), vec![1, 2, 3]),
        ]);
        let assets = Assets::new(files);
        let page = format!("<link href=\"{}\">\"{}\"", token("t/css/a.css"), token("t/f/é a.woff2"));
        assert_eq!(
            assets.link(&page, "../"),
            "<link href=\"../assets/t/css/a.css\">\"../assets/t/f/%C3%A9%20a.woff2\""
        );
        let css = "x{src:url(data:font/woff2;base64,AQID)} y{src:url(none.png)}";
        let (inlined, _) = assets.inline(&page);
        assert!(inlined.contains(&STANDARD.encode(css)), "{inlined}");
        let sheet = format!("<link rel=\"stylesheet\" media=\"print\" href=\"{}\">x", token("t/css/a.css"));
        assert_eq!(assets.inline(&sheet), (format!("<style media=\"print\">{css}</style>x"), vec![]));
        assert_eq!(assets.used(&sheet).len(), 2, "the sheet and its font");
        assert!(inlined.ends_with("\"data:font/woff2;base64,AQID\""));
    }

    #[test]
    fn the_fonts_of_a_linked_sheet_go_beside_the_page() {
        let css = "a{} @font-face { font-family: \"F\"; src: url(f.woff2) } b{}";
        let files = BTreeMap::from([("f.css".to_owned(), css.into()), ("f.woff2".to_owned(), vec![1, 2, 3])]);
        let page = format!("<link rel=\"stylesheet\" href=\"{}\">x", token("f.css"));
        let assets = Assets::new(files);
        let (inlined, fonts) = assets.inline(&page);
        assert_eq!(inlined, "<style>a{}  b{}</style>x");
        assert_eq!(fonts.len(), 1);
        assert!(Arc::ptr_eq(&fonts[0], &assets.inline(&page).1[0]), "read once for all pages");
    }
}
