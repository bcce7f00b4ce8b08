//! Copies of a file beside it, by the names that systems and synchronisation give them: « x (1) », « x - Copie »,
//! « x (copie en conflit de …) », « x.sync-conflict-… ».

/// The name that a copy was made from, if it has one of these names. Names are without « .md ».
pub(crate) fn original(name: &str) -> Option<&str> {
    let base = base(name)?.trim_end_matches([' ', '-', '_', '.']);
    (!base.is_empty()).then(|| original(base).unwrap_or(base))
}

fn base(name: &str) -> Option<&str> {
    for before in ["Copie de ", "copie de ", "Copie-de-", "Copy of ", "copy of "] {
        if let Some(rest) = name.strip_prefix(before) {
            return Some(rest);
        }
    }
    let lower = name.to_lowercase();
    // Places in both are the same only where no letter gets longer.
    let lower = if lower.len() == name.len() { lower.as_str() } else { name };
    for mark in [".sync-conflict", "-conflict", "_conflict", ".conflict"] {
        if let Some(at) = lower.find(mark) {
            return name.get(..at);
        }
    }
    if let Some(inner) = lower.strip_suffix(')')
        && let Some((before, inside)) = inner.rsplit_once('(')
        && (inside.parse::<u16>().is_ok_and(|n| n < 1000) || ["cop", "confli"].iter().any(|word| inside.contains(word)))
    {
        return name.get(..before.len());
    }
    let unnumbered = lower.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches([' ', '-', '_']);
    let stripped = ["copie", "copy"].iter().find_map(|word| unnumbered.strip_suffix(word))?;
    stripped.ends_with([' ', '-', '_', '.']).then(|| name.get(..stripped.len())).flatten()
}

#[cfg(test)]
mod tests {
    use super::original;

    #[test]
    fn copies_are_known_by_their_names() {
        for copy in [
            "martin-claire (1)",
            "martin-claire - Copie",
            "martin-claire - Copie (2)",
            "martin-claire - Copy",
            "martin-claire-copie",
            "martin-claire copie 2",
            "martin-claire (copie)",
            "Copie de martin-claire",
            "martin-claire (Copie en conflit de Anne 2026-09-01)",
            "martin-claire (Anne's conflicted copy 2026-09-01)",
            "martin-claire.sync-conflict-20260901-101112-ABCDEFG",
            "martin-claire_conflict-20260901-101112",
        ] {
            assert_eq!(original(copy), Some("martin-claire"), "{copy}");
        }
        for other in ["martin-claire", "martin-claire-2", "2026-06", "copie", "1-photocopie", "procopie", "x (2026)"] {
            assert_eq!(original(other), None, "{other}");
        }
    }
}
