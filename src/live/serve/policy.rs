//! A page's Content-Security-Policy, as it is served: what the page itself allows, and the preview's own script, its
//! pictures of pages and its connection. Nothing else is allowed that was not.

/// A policy that lets the preview work on a page served from `origin` (`http://127.0.0.1:4321`).
pub(crate) fn allow(policy: &str, origin: &str) -> String {
    let mut directives: Vec<(String, Vec<String>)> = policy
        .split(';')
        .filter_map(|directive| {
            let mut words = directive.split_whitespace().map(str::to_owned);
            Some((words.next()?, words.collect()))
        })
        .collect();
    let ours = [
        ("script-src", format!("{origin}/.livret/apercu.js")),
        ("connect-src", "'self'".to_owned()),
        ("img-src", format!("{origin}/.livret/pages/")),
    ];
    for (name, source) in ours {
        let find =
            |name: &str, all: &[(String, Vec<String>)]| all.iter().position(|(n, _)| n.eq_ignore_ascii_case(name));
        // Scripts may have a narrower rule, which then decides alone.
        if name == "script-src"
            && let Some(at) = find("script-src-elem", &directives)
        {
            add(&mut directives[at].1, &source);
            continue;
        }
        match (find(name, &directives), find("default-src", &directives)) {
            (Some(at), _) => add(&mut directives[at].1, &source),
            (None, Some(at)) => {
                let mut sources = directives[at].1.clone();
                add(&mut sources, &source);
                directives.push((name.to_owned(), sources));
            }
            // Everything is allowed.
            (None, None) => {}
        }
    }
    let directives: Vec<String> = directives
        .into_iter()
        .map(|(name, sources)| format!("{name} {}", sources.join(" ")).trim_end().to_owned())
        .collect();
    directives.join("; ")
}

fn add(sources: &mut Vec<String>, source: &str) {
    sources.retain(|s| !s.eq_ignore_ascii_case("'none'"));
    if !sources.iter().any(|s| s == source) {
        sources.push(source.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "http://127.0.0.1:1";

    #[test]
    fn only_the_preview_is_added() {
        assert_eq!(
            allow("default-src 'none'; style-src 'self'; img-src 'self' data:", ORIGIN),
            "default-src 'none'; style-src 'self'; img-src 'self' data: http://127.0.0.1:1/.livret/pages/; \
             script-src http://127.0.0.1:1/.livret/apercu.js; connect-src 'self'"
        );
    }

    #[test]
    fn what_a_page_allows_stays_allowed() {
        let policy = allow("Default-Src 'self'; script-src-elem 'sha256-x'; upgrade-insecure-requests", ORIGIN);
        assert!(policy.contains("script-src-elem 'sha256-x' http://127.0.0.1:1/.livret/apercu.js"), "{policy}");
        assert!(policy.contains("connect-src 'self';") && policy.contains("upgrade-insecure-requests;"), "{policy}");
        assert_eq!(allow("", ORIGIN), "");
        assert_eq!(allow("style-src 'self'", ORIGIN), "style-src 'self'");
    }
}
