//! A page's Content-Security-Policy, as it is served: what the page itself allows, and the preview's own script, its
//! pictures of pages and its connection. Nothing else is allowed that was not.

/// A policy that lets the preview work on a page served from `origin` (`http://127.0.0.1:4321`).
pub(crate) fn allow(policy: &str, origin: &str) -> String {
    let mut rules: Vec<String> = policy.split(';').map(|rule| rule.trim().to_owned()).collect();
    rules.retain(|rule| !rule.is_empty());
    let ours: [(&[&str], String); 3] = [
        // The narrower rule decides alone.
        (&["script-src-elem", "script-src"], format!("{origin}/.livret/apercu.js")),
        (&["connect-src"], "'self'".to_owned()),
        (&["img-src"], format!("{origin}/.livret/pages/")),
    ];
    for (names, source) in ours {
        let words = |rule: &str| rule.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let find = |name: &&str| rules.iter().position(|rule| words(rule)[0].eq_ignore_ascii_case(name));
        let own = names.iter().find_map(find);
        // What has no rule of its own has that of all; where that is missing too, everything is allowed.
        let Some(at) = own.or_else(|| find(&"default-src")) else { continue };
        let mut widened = words(&rules[at]);
        widened.retain(|word| !word.eq_ignore_ascii_case("'none'") && *word != source);
        widened.push(source);
        if own.is_some() {
            rules[at] = widened.join(" ");
        } else {
            names[names.len() - 1].clone_into(&mut widened[0]);
            rules.push(widened.join(" "));
        }
    }
    rules.join("; ")
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
