//! Markdown events as safe, typographied HTML. Raw HTML is shown as text; a link leads to the web or by mail and
//! nowhere else; a picture must be a file of the project. Nothing that a candidat's file says becomes markup.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{CowStr, Event, Tag, TagEnd, html};

use super::Located;
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::parse::picture;
use crate::render::assets::token;
use crate::source::{SourceId, Sources, Span};
use crate::typographie::typographier;

/// What Markdown may refer to: the files below `content/`, by their path from the project's root.
pub struct Context<'a> {
    pub sources: &'a Sources,
    pub texts: &'a BTreeMap<String, SourceId>,
    pub binaries: &'a BTreeMap<String, Vec<u8>>,
}

/// Where pictures of the content stand among the assets of the output.
pub const CONTENT_ASSETS: &str = "contenu/";

/// The HTML of some events.
pub fn html<'a>(
    events: impl IntoIterator<Item = Located<'a>>,
    source: SourceId,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> String {
    let mut links: Vec<bool> = Vec::new();
    let mut safe = Vec::new();
    let mut events = events.into_iter();
    while let Some((event, at)) = events.next() {
        let event = match event {
            Event::Text(text) => Event::Text(typographier(&text).into()),
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(typographier(&text).into()),
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            Event::Start(Tag::Link { ref dest_url, .. }) => {
                links.push(is_safe(dest_url));
                if !is_safe(dest_url) {
                    continue;
                }
                event
            }
            Event::End(TagEnd::Link) if !links.pop().unwrap_or(true) => continue,
            Event::Start(Tag::Image { dest_url, .. }) => {
                let token = shown(&dest_url, Span::new(source, at), context, diagnostics);
                Event::InlineHtml(image(&token, &alternative(&mut events)).into())
            }
            other => other,
        };
        safe.push(event);
    }
    let mut out = String::new();
    html::push_html(&mut out, safe.into_iter());
    out.trim_end().to_owned()
}

/// The text that stands for a picture: everything up to its end.
fn alternative<'a>(events: &mut impl Iterator<Item = Located<'a>>) -> String {
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Text(t) | Event::Code(t) | Event::Html(t) | Event::InlineHtml(t) => text.push_str(&t),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::End(TagEnd::Image) => break,
            _ => {}
        }
    }
    text
}

/// A picture's element. Not left to the Markdown writer, which would percent-encode the token.
fn image(token: &str, alternative: &str) -> String {
    let mut alt = Vec::new();
    // Writing to memory does not fail.
    let _ = tera::escape_html(&typographier(alternative), &mut alt);
    format!("<img src=\"{token}\" alt=\"{}\">", String::from_utf8_lossy(&alt))
}

fn is_safe(url: &CowStr) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| url.starts_with(scheme))
}

/// The asset token of a picture; a diagnostic if there is no such file.
fn shown(url: &str, span: Span, context: &Context, diagnostics: &mut Diagnostics) -> String {
    let from = &context.sources.get(span.source).path;
    let known = |p: &String| context.binaries.contains_key(p) || (p.ends_with(".svg") && context.texts.contains_key(p));
    // Editors write « plan%20du%20site.png » for « plan du site.png ».
    let decoded = percent_decode_str(url).decode_utf8_lossy();
    let found = [url, &*decoded].iter().filter_map(|u| resolve(from, u)).find(|p| picture::is_named(p) && known(p));
    if let Some(path) = found {
        let text = context.texts.get(&path).map(|id| context.sources.text(*id).as_bytes());
        let bytes = context.binaries.get(&path).map(Vec::as_slice).or(text).unwrap_or_default();
        if let Some(flaw) = picture::flaw(&path, bytes) {
            diagnostics.push(not_a_picture(url, flaw, span));
        }
        return token(&format!("{CONTENT_ASSETS}{}", path.strip_prefix("content/").unwrap_or(&path)));
    }
    let (code, message, label) = match resolve(from, url) {
        None => (Code::ImageHorsDuContenu, format!("l'image « {url} » n'est pas dans content/"), "hors de content/"),
        Some(path) if !picture::is_named(&path) => {
            (Code::PasUneImage, format!("« {url} » n'est pas une image"), "format inconnu")
        }
        Some(_) => (Code::ImageIntrouvable, format!("l'image « {url} » n'existe pas"), "image introuvable"),
    };
    let pictures = context.binaries.keys().chain(context.texts.keys()).filter(|p| picture::is_named(p));
    let relatives: Vec<String> = pictures.map(|p| relative(from, p)).collect();
    let diagnostic = Diagnostic::new(code, span, message).label(label);
    diagnostics.push(match nearest(&decoded, relatives.iter().map(String::as_str)) {
        Some(near) => {
            // A path with spaces would have to be written otherwise.
            let at = context.sources.part(span, url).filter(|_| !near.contains(' '));
            diagnostic.help(format!("vouliez-vous dire « {near} » ?")).correct_if(at, near)
        }
        None => diagnostic.help(format!(
            "posez l'image dans content/ (formats : {}) et donnez son chemin à partir de ce fichier",
            picture::FORMATS.join(", ")
        )),
    });
    String::new()
}

/// A file that has the name of a picture, and is none.
pub fn not_a_picture(path: &str, flaw: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::PasUneImage, span, format!("« {path} » n'est pas une image : {flaw}"))
        .label("pas une image")
        .help("ouvrez le fichier dans un navigateur pour le voir, puis enregistrez l'image de nouveau")
}

/// The way from one file to another, both from the root.
pub fn relative(from: &str, to: &str) -> String {
    let mut folder: Vec<&str> = from.split('/').collect();
    folder.pop();
    let to: Vec<&str> = to.split('/').collect();
    let common = folder.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    "../".repeat(folder.len() - common) + &to[common..].join("/")
}

/// A path relative to the file that names it, as a path from the root; `None` if it leaves `content/`.
pub fn resolve(from: &str, to: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if to.starts_with('/') || to.contains(['\\', ':']) {
        return None;
    }
    for part in to.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (parts.first() == Some(&"content")).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{relative, resolve};

    #[test]
    fn paths_stay_inside_content() {
        let from = "content/referentiels/a/1/blocs/1-x.md";
        assert_eq!(resolve(from, "../img/a.png").as_deref(), Some("content/referentiels/a/1/img/a.png"));
        assert_eq!(relative(from, "content/referentiels/a/1/img/a.png"), "../img/a.png");
        assert_eq!(relative("content/a.md", "content/b.png"), "b.png");
        for out in ["../../../../../livret.yaml", "/etc/passwd", "..\\x", "C:x", "file:///x"] {
            assert_eq!(resolve(from, out), None, "{out}");
        }
    }
}
