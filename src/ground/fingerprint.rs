//! What a document depends on, as a hash: two builds whose fingerprints agree write the same bytes. Known by
//! content, never by time stamps.

use std::fmt;
use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

/// A hash, written in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fingerprint(String);

impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl Fingerprint {
    /// The fingerprint of some bytes alone.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self(blake3::hash(bytes).to_hex().to_string())
    }

    /// The fingerprint of all that can be read, without holding it.
    pub(crate) fn of_all(bytes: impl Read) -> io::Result<Self> {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(bytes)?;
        Ok(Self(hasher.finalize().to_hex().to_string()))
    }

    /// A fingerprint as it is written; `None` if this is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let sound = text.len() == 2 * blake3::OUT_LEN && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        sound.then(|| Self(text.to_owned()))
    }

    /// A number that is the same on every machine, for sharing documents out.
    pub(crate) fn number(&self) -> u64 {
        u64::from_str_radix(&self.0[..15], 16).unwrap_or_default()
    }
}

/// What is written through it is fingerprinted on its way.
pub(crate) struct Through<W> {
    out: W,
    hasher: blake3::Hasher,
    length: u64,
}

impl<W: Write> Through<W> {
    pub(crate) fn new(out: W) -> Self {
        Self { out, hasher: blake3::Hasher::new(), length: 0 }
    }

    /// The fingerprint of all that was written, and how much it was.
    pub(crate) fn seen(&self) -> (Fingerprint, u64) {
        (Fingerprint(self.hasher.finalize().to_hex().to_string()), self.length)
    }
}

impl<W: Write> Write for Through<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A fingerprint of several parts. Their order and their borders count.
#[derive(Default)]
pub(crate) struct Parts(blake3::Hasher);

impl Parts {
    pub(crate) fn add(&mut self, part: impl AsRef<[u8]>) -> &mut Self {
        let part = part.as_ref();
        self.0.update(&(part.len() as u64).to_le_bytes());
        self.0.update(part);
        self
    }

    /// A part that may be absent, which is not the same as an empty one.
    pub(crate) fn maybe(&mut self, part: Option<impl AsRef<[u8]>>) -> &mut Self {
        self.add([u8::from(part.is_some())]);
        if let Some(part) = part {
            self.add(part);
        }
        self
    }

    pub(crate) fn fingerprint(&self) -> Fingerprint {
        Fingerprint(self.0.finalize().to_hex().to_string())
    }
}

impl AsRef<[u8]> for Fingerprint {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_between_parts_count() {
        let of = |parts: &[&str]| parts.iter().fold(&mut Parts::default(), |p, part| p.add(part)).fingerprint();
        assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["ab"]), of(&["ab", ""]));
        let maybe = |part: Option<&str>| Parts::default().maybe(part).fingerprint();
        assert_ne!(maybe(None), maybe(Some("")));
    }
}
