//! How the lines of a file end, which reading takes away: all of them are written as most of them were.

/// A text whose lines end with `\n`, for a file that was written as `before`.
pub(crate) fn as_in(before: &str, text: &str) -> String {
    let windows = before.matches("\r\n").count() * 2 > before.matches('\n').count();
    if windows { text.replace('\n', "\r\n") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_lines_decide() {
        assert_eq!(as_in("a\r\nb\r\nc\n", "a\nb\n"), "a\r\nb\r\n");
        assert_eq!(as_in("a\r\nb\n", "a\nb\n"), "a\nb\n");
        assert_eq!(as_in("a\r", "a\nb\n"), "a\nb\n");
    }
}
