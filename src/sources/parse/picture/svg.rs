//! Whether an SVG is well-formed and whole by itself. As a picture it may load nothing and run nothing: browsers leave
//! out, without a word, what it refers to in other files.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use super::flaw::Flaw;
use super::raster;
use crate::ground::diagnostic::Code;

const SVG: &str = "http://www.w3.org/2000/svg";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

const CUT: &str = "ce SVG est incomplet ou mal écrit";
const OTHER: &str = "il lui manque <svg xmlns=\"http://www.w3.org/2000/svg\">";

/// What is wrong with it; of what it refers to, all in one.
pub(crate) fn flaws(text: &str) -> Vec<Flaw> {
    let mut reading = Reading { text, from: 0, doctype: false, outside: Vec::new(), found: Vec::new() };
    if let Err(flaw) = reading.read() {
        // What the rest of it would say is not known.
        return vec![flaw];
    }
    let Reading { mut found, outside, .. } = reading;
    found.extend(outside.into_iter().reduce(|mut first, next| {
        first.more.push(format!("{} (ligne {})", next.reason, next.at.map_or(0, |(line, _)| line)));
        first
    }));
    found
}

struct Reading<'a> {
    text: &'a str,
    /// Where the event that is looked at begins.
    from: usize,
    doctype: bool,
    outside: Vec<Flaw>,
    found: Vec<Flaw>,
}

impl Reading<'_> {
    fn read(&mut self) -> Result<(), Flaw> {
        let mut reader = NsReader::from_str(self.text);
        // Of the elements that are open, whether they are styles.
        let (mut open, mut seen) = (Vec::new(), false);
        loop {
            self.from = usize::try_from(reader.buffer_position()).unwrap_or(self.text.len());
            let (namespace, event) = match reader.read_resolved_event() {
                Ok((namespace, event)) => (own(&namespace), event),
                Err(_) if seen => return Err(self.broken(CUT)),
                Err(_) => return Err(Flaw::none(CUT)),
            };
            if let Event::Start(element) | Event::Empty(element) = &event {
                let name = element.local_name();
                if !seen && (namespace != Some(SVG) || name.as_ref() != "svg") {
                    return Err(Flaw::none(OTHER));
                }
                let resolver = reader.resolver();
                for attribute in element.attributes() {
                    let Ok(attribute) = attribute else { return Err(self.broken(CUT)) };
                    if let (ResolveResult::Unknown(prefix), _) = resolver.resolve_attribute(attribute.key) {
                        return Err(self.broken(&format!("le préfixe « {prefix}: » n'y est pas déclaré")));
                    }
                }
                if !seen {
                    self.size(element)?;
                    seen = true;
                }
                if let Some(namespace) = namespace {
                    self.element(namespace, name.as_ref(), element)?;
                }
            }
            match event {
                Event::Start(element) => open.push(element.local_name().as_ref() == "style"),
                Event::End(_) => drop(open.pop()),
                Event::Text(text) if open.contains(&true) => self.css(&text),
                Event::CData(text) if open.contains(&true) => self.css(&text),
                Event::PI(instruction) if instruction.starts_with("xml-stylesheet") => {
                    let (_, address) = instruction.split_once("href=").unwrap_or_default();
                    self.address(address.get(1..).and_then(|rest| rest.split(['"', '\'']).next()).unwrap_or_default())?;
                }
                Event::DocType(doctype) => {
                    self.doctype = true;
                    self.entities(&doctype);
                }
                Event::GeneralRef(name) if !(self.doctype || name.is_char_ref() || is_known(&name)) => {
                    return Err(self.broken(&format!("« &{}; » n'y veut rien dire", &*name)));
                }
                Event::Eof if !seen => return Err(Flaw::none(OTHER)),
                Event::Eof if !open.is_empty() => return Err(self.broken(CUT)),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn broken(&self, reason: &str) -> Flaw {
        let at = self.place("");
        Flaw { at: Some(at.clone()), ..Flaw::damaged(&format!("{reason} (ligne {})", at.0)) }
    }

    /// The first place of some words in what is looked at now, or its beginning.
    fn place(&self, words: &str) -> (usize, std::ops::Range<usize>) {
        let rest = &self.text[self.from..];
        let at = self.from + rest.find(words).unwrap_or_else(|| rest.len() - rest.trim_start().len());
        let line = 1 + self.text[..at].matches('\n').count();
        (line, at..at + words.len())
    }

    /// Without a size a browser shows a window of 300 × 150 points on the drawing.
    fn size(&mut self, root: &BytesStart) -> Result<(), Flaw> {
        let value = |name: &str| {
            let mut all = root.attributes().flatten();
            all.find(|attribute| attribute.key.as_ref() == name).map(|attribute| attribute.value.trim().to_owned())
        };
        let number = |text: String| {
            let end = text.find(|c: char| !c.is_ascii_digit() && !"+-.eE".contains(c)).unwrap_or(text.len());
            let number = text[..end].trim_end_matches(['e', 'E']).parse::<f64>().ok();
            number.filter(|_| !text.ends_with('%'))
        };
        let (width, height) = (value("width").and_then(number), value("height").and_then(number));
        let view: Option<Vec<f64>> = value("viewBox").map(|text| {
            text.split([',', ' ', '\t', '\n', '\r']).filter(|n| !n.is_empty()).filter_map(|n| n.parse().ok()).collect()
        });
        let empty = |side: &f64| *side <= 0.0;
        if width.iter().chain(&height).chain(view.iter().flatten().skip(2)).any(empty) {
            return Err(self.broken("sa largeur ou sa hauteur est nulle"));
        }
        let styled = value("style").is_some_and(|style| style.contains("width"));
        if !(styled || width.is_some() && height.is_some() || view.is_some_and(|view| view.len() == 4)) {
            let reason = "est un SVG qui ne dit pas sa taille : ce qui dépasse de 300 × 150 points est coupé";
            let flaw = Flaw::new(Code::SvgSansTaille, reason.to_owned());
            self.found.push(Flaw { at: Some(self.place("<svg")), ..flaw });
        }
        Ok(())
    }

    fn element(&mut self, namespace: &str, name: &str, element: &BytesStart) -> Result<(), Flaw> {
        if name == "script" {
            self.needs("un programme (<script>)", "<");
            return Ok(());
        }
        for attribute in element.attributes().flatten() {
            let value = match unescape(&attribute.value) {
                Ok(value) => value,
                Err(_) if self.doctype => attribute.value.clone(),
                Err(_) => return Err(self.broken(CUT)),
            };
            match attribute.key.local_name().as_ref() {
                // A link is followed by people only.
                "href" if name != "a" => self.address(&value)?,
                "src" | "poster" | "data" if namespace == XHTML => self.address(&value)?,
                "srcset" if namespace == XHTML => {
                    let mut candidates = value.split(", ").filter_map(|one| one.split_whitespace().next());
                    candidates.try_for_each(|address| self.address(address))?;
                }
                _ => self.css(&value),
            }
        }
        Ok(())
    }

    fn css(&mut self, text: &str) {
        let mut css = String::new();
        for (i, part) in text.split("/*").enumerate() {
            css.push_str(if i == 0 { part } else { part.split_once("*/").map_or("", |(_, rest)| rest) });
        }
        let lower = css.to_ascii_lowercase();
        for (at, _) in lower.match_indices("url(") {
            let statement = lower[..at].rsplit([';', '{', '}']).next().unwrap_or_default();
            let inside = css[at + 4..].split(')').next().unwrap_or_default();
            // A namespace is a name that looks like an address.
            if !statement.trim_start().starts_with("@namespace") {
                self.loads(inside.trim().trim_matches(['"', '\'']));
            }
        }
        for (at, word) in lower.match_indices("@import") {
            let rest = css[at + word.len()..].trim_start();
            if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                self.loads(rest[1..].split(quote).next().unwrap_or_default());
            }
        }
    }

    /// Something that the drawing shows: at an address, or in its own text.
    fn address(&mut self, address: &str) -> Result<(), Flaw> {
        let address = address.trim();
        let data = address.strip_prefix("data:image/").and_then(|rest| rest.split_once(";base64,"));
        if let Some((_, data)) = data.filter(|(kind, _)| !kind.starts_with("svg")) {
            let data: Vec<u8> = data.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
            // Browsers do not ask for what fills the last bytes up.
            let lax = GeneralPurposeConfig::new()
                .with_decode_padding_mode(DecodePaddingMode::Indifferent)
                .with_decode_allow_trailing_bits(true);
            let picture = GeneralPurpose::new(&STANDARD, lax).decode(data).ok();
            if let Some(flaw) = picture.and_then(|bytes| raster::flaw(&bytes)) {
                let place = self.place("data:image/");
                return Err(Flaw {
                    reason: format!("contient une image (ligne {}) qui {}", place.0, flaw.reason),
                    at: Some(place),
                    ..flaw
                });
            }
        }
        self.loads(address);
        Ok(())
    }

    fn loads(&mut self, address: &str) {
        if !address.is_empty() && !address.starts_with('#') && !address.starts_with("data:") {
            let shown: String = address.chars().take(80).collect();
            self.needs(&format!("« {shown} »"), address);
        }
    }

    fn needs(&mut self, what: &str, words: &str) {
        let flaw = Flaw::new(Code::SvgQuiRenvoieAilleurs, what.to_owned());
        self.outside.push(Flaw { at: Some(self.place(words)), ..flaw });
    }

    /// Entities whose text is in another file.
    fn entities(&mut self, doctype: &str) {
        for entity in doctype.split("<!ENTITY").skip(1) {
            let mut words = entity.split_whitespace().skip_while(|word| *word == "%").skip(1);
            if words.next().is_some_and(|word| matches!(word, "SYSTEM" | "PUBLIC")) {
                let address = entity.split('>').next().unwrap_or_default().split(['"', '\'']).rev().nth(1);
                self.needs(&format!("« {} »", address.unwrap_or_default()), address.unwrap_or_default());
            }
        }
    }
}

/// SVG and HTML; some programs name SVG by an entity. What is of neither is no part of the drawing.
fn own(namespace: &ResolveResult) -> Option<&'static str> {
    match namespace {
        ResolveResult::Bound(Namespace(name)) if *name == SVG || name.starts_with('&') => Some(SVG),
        ResolveResult::Bound(Namespace(name)) if *name == XHTML => Some(XHTML),
        _ => None,
    }
}

fn is_known(entity: &str) -> bool {
    matches!(entity, "amp" | "lt" | "gt" | "quot" | "apos")
}
