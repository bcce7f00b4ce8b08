//! Markdown events as safe, typographied HTML. Raw HTML is shown as text; a link leads to the web or by mail and
//! nowhere else; a picture must be a file of the project. Nothing that a candidat's file says becomes markup.

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd, html};

use super::Located;
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Diagnostic, Diagnostics};
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

const PICTURES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "svg"];

/// The HTML of some events.
pub fn html<'a>(
    events: impl IntoIterator<Item = Located<'a>>,
    source: SourceId,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> String {
    let mut links: Vec<bool> = Vec::new();
    let mut safe = Vec::new();
    for (event, at) in events {
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
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let span = Span::new(source, at);
                let dest_url = picture(&dest_url, span, context, diagnostics).into();
                Event::Start(Tag::Image { link_type, dest_url, title, id })
            }
            other => other,
        };
        safe.push(event);
    }
    let mut out = String::new();
    html::push_html(&mut out, safe.into_iter());
    out.trim_end().to_owned()
}

fn is_safe(url: &CowStr) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| url.starts_with(scheme))
}

/// The asset token of a picture; a diagnostic if there is no such file.
fn picture(url: &str, span: Span, context: &Context, diagnostics: &mut Diagnostics) -> String {
    let path = resolve(&context.sources.get(span.source).path, url);
    let known = |p: &String| context.binaries.contains_key(p) || (p.ends_with(".svg") && context.texts.contains_key(p));
    let is_picture = path
        .as_ref()
        .is_some_and(|p| p.rsplit_once('.').is_some_and(|(_, e)| PICTURES.contains(&e.to_lowercase().as_str())));
    match path {
        Some(path) if is_picture && known(&path) => {
            token(&format!("{CONTENT_ASSETS}{}", path.strip_prefix("content/").unwrap_or(&path)))
        }
        path => {
            let names = context.binaries.keys().map(String::as_str);
            let near = path.as_deref().and_then(|p| nearest(p, names));
            let help = match near {
                Some(near) => format!("vouliez-vous dire « {near} » ?"),
                None => format!(
                    "posez l'image dans content/ (formats : {}) et donnez son chemin à partir de ce fichier",
                    PICTURES.join(", ")
                ),
            };
            diagnostics.push(
                Diagnostic::error(span, format!("l'image « {url} » n'existe pas"))
                    .label("image introuvable")
                    .help(help),
            );
            String::new()
        }
    }
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
    use super::resolve;

    #[test]
    fn paths_stay_inside_content() {
        let from = "content/referentiels/a/1/blocs/1-x.md";
        assert_eq!(resolve(from, "../img/a.png").as_deref(), Some("content/referentiels/a/1/img/a.png"));
        for out in ["../../../../../livret.yaml", "/etc/passwd", "..\\x", "C:x", "file:///x"] {
            assert_eq!(resolve(from, out), None, "{out}");
        }
    }
}
