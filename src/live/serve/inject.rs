//! What a page gets on its way to the browser: the script that follows changes, and a policy that lets it run.

use super::policy;

/// What the script is told of its page.
pub struct Followed<'a> {
    /// From the output folder.
    pub page: &'a str,
    /// `None` if it is not built (yet).
    pub version: Option<&'a str>,
    pub assets: &'a str,
}

/// A page as it is served from `origin`.
pub fn page(html: &str, followed: &Followed, origin: &str) -> String {
    let head = find(html, "<body").or_else(|| find(html, "</head")).unwrap_or(html.len());
    let mut out = allow(&html[..head], origin);
    let script = script(followed);
    match find(&out, "</head") {
        Some(at) => out.insert_str(at, &script),
        None => out.push_str(&script),
    }
    out.push_str(&html[head..]);
    out
}

/// What is shown where there is no page: it appears by itself as soon as there is one.
pub fn missing(followed: &Followed) -> String {
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

/// Rewrites the policies in a head.
fn allow(head: &str, origin: &str) -> String {
    let mut out = String::with_capacity(head.len() + 256);
    let mut rest = head;
    while let Some(at) = find(rest, "<meta") {
        let end = tag_end(&rest[at..]).map_or(rest.len(), |length| at + length);
        let tag = &rest[at..end];
        out.push_str(&rest[..at]);
        match find(tag, "content-security-policy").and_then(|_| content(tag)) {
            Some((start, length)) => {
                let policy =
                    tag[start..start + length].replace("&#39;", "'").replace("&#x27;", "'").replace("&apos;", "'");
                out.push_str(&tag[..start]);
                // Single quotes would end the value if it stands between such.
                let quote = if tag[..start].ends_with('\'') { "&#39;" } else { "'" };
                out.push_str(&policy::allow(&policy, origin).replace('\'', quote));
                out.push_str(&tag[start + length..]);
            }
            None => out.push_str(tag),
        }
        rest = &rest[end..];
    }
    out + rest
}

/// The length of a tag, whose values may hold `>`.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// Where the value of the attribute `content` stands: start and length.
fn content(tag: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(at) = find(&tag[from..], "content") {
        let after = from + at + "content".len();
        let value = tag[after..].trim_start();
        if let Some(value) = value.strip_prefix('=').map(str::trim_start)
            && let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\''))
        {
            let start = tag.len() - value.len() + 1;
            return Some((start, tag[start..].find(quote)?));
        }
        from = after;
    }
    None
}

/// Where an ASCII word stands, whatever its case.
fn find(text: &str, word: &str) -> Option<usize> {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    text.windows(word.len()).position(|window| window.eq_ignore_ascii_case(word))
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
