//! How the lines of a file end, which reading takes away: all of them are written as most of them were.

/// The bytes of a text whose lines end with `\n`, for a file that had these bytes.
pub(crate) fn as_in(before: &[u8], text: &str) -> Vec<u8> {
    let windows = before.windows(2).filter(|pair| pair == b"\r\n").count();
    let all = before.iter().filter(|byte| **byte == b'\n').count();
    if windows * 2 > all { text.replace('\n', "\r\n").into_bytes() } else { text.as_bytes().to_vec() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_lines_decide() {
        assert_eq!(as_in(b"a\r\nb\r\nc\n", "a\nb\n"), b"a\r\nb\r\n");
        assert_eq!(as_in(b"a\r\nb\n", "a\nb\n"), b"a\nb\n");
        assert_eq!(as_in(b"a\rb", "a\nb\n"), b"a\nb\n");
    }
}
