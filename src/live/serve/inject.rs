//! What a page gets on its way to the browser: the script that follows changes, and a policy that lets it run.

use super::policy;
use crate::ground::html::{Tag, tags};

/// What the script is told of its page.
pub(crate) struct Followed<'a> {
    /// From the output folder.
    pub page: &'a str,
    /// `None` if it is not built (yet).
    pub version: Option<&'a str>,
    pub assets: &'a str,
}

/// A page as it is served from `origin`.
pub(crate) fn page(html: &str, followed: &Followed, origin: &str) -> String {
    let head = tags(html).find(|tag| tag.closes("head") || tag.opens("body")).map_or(html.len(), |tag| tag.start);
    let (mut out, mut kept) = (String::with_capacity(html.len() + 1024), 0);
    for policy in tags(&html[..head]).filter(Tag::is_policy).filter_map(|tag| tag.attribute("content")) {
        out.push_str(&html[kept..policy.start]);
        kept = policy.start;
        // What stands between no quotes is one word, and allows nothing that could be widened.
        if out.ends_with(['"', '\'']) {
            // Single quotes would end the value if it stands between such.
            let quote = if out.ends_with('\'') { "&#39;" } else { "'" };
            out.push_str(&escape(&policy::allow(&policy.text(), origin)).replace('\'', quote));
            kept += policy.value.len();
        }
    }
    out + &html[kept..head] + &script(followed) + &html[head..]
}

/// What is shown where there is no page: it appears by itself as soon as there is one.
pub(crate) fn missing(followed: &Followed) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n<title>Page introuvable</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <style>body {{ font: 1.1rem/1.5 sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem; }}</style>\n\
         {}</head>\n<body>\n<h1>Cette page n’existe pas</h1>\n\
         <p>Elle n’est pas encore faite, ou elle ne l’est plus. Si elle le devient, elle apparaît ici d’elle-même.</p>\n\
         <p><a href=\"/\">Voir tous les documents</a></p>\n</body>\n</html>\n",
        script(followed)
    )
}

fn script(Followed { page, version, assets }: &Followed) -> String {
    let version = version.map(|v| format!(" data-version=\"{}\"", escape(v))).unwrap_or_default();
    format!(
        "<script src=\"/.livret/apercu.js\" data-page=\"{}\"{version} data-ressources=\"{}\" defer></script>\n",
        escape(page),
        escape(assets)
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOLLOWED: Followed = Followed { page: "a/\"é\".html", version: Some("1"), assets: "2" };

    #[test]
    fn the_script_stands_in_the_head_and_the_rest_is_untouched() {
        let html = "<!DOCTYPE html><HEAD><meta charset=\"utf-8\"><title>a</title></HEAD><body>é </head> <meta></body>";
        let served = page(html, &FOLLOWED, "http://h:1");
        let script = "<script src=\"/.livret/apercu.js\" data-page=\"a/&quot;é&quot;.html\" data-version=\"1\" \
                      data-ressources=\"2\" defer></script>\n";
        assert_eq!(served, html.replacen("</HEAD>", &format!("{script}</HEAD>"), 1));
        assert!(page("<p>only text", &FOLLOWED, "http://h:1").ends_with(script));
    }

    #[test]
    fn policies_are_widened_however_they_are_written() {
        for meta in [
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">",
            "<META CONTENT='default-src &#39;none&#39;' HTTP-EQUIV='content-security-policy'>",
        ] {
            let served = page(&format!("<head>{meta}</head><body>"), &FOLLOWED, "http://h:1");
            assert!(served.contains("script-src http://h:1/.livret/apercu.js; connect-src "), "{served}");
        }
        let other = "<head><meta name=\"a\" content=\"Content-Security > Policy\"></head><body>";
        assert!(page(other, &FOLLOWED, "http://h:1").starts_with(&other[..40]));
    }
}
