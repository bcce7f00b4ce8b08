//! Calls and answers as CBOR, which Chrome reads and writes several times faster than JSON: of a PDF it need not make
//! text. Its form has rules of its own: each map and each list is in an envelope that says how long it is, in 32 bits, and
//! has an end instead of a length; bytes have a tag, and those without one are a text in UTF-16.

use minicbor::data::{IanaTag, Type};
use minicbor::decode::Error;
use minicbor::{Decoder, Encoder};
use serde_json::{Map, Value, json};

/// What an envelope begins with: its tag, and that a length of 32 bits follows.
const ENVELOPE: [u8; 3] = [0xd8, 24, 0x5a];
/// The length of an envelope's head.
pub(super) const HEAD: usize = 7;
const MAP: u8 = 0xbf;
const LIST: u8 = 0x9f;
const END: u8 = 0xff;

/// How long what follows this head is; `None` if it is none.
pub(super) fn length(head: [u8; HEAD]) -> Option<usize> {
    let [a, b, c, length @ ..] = head;
    ([a, b, c] == ENVELOPE).then(|| u32::from_be_bytes(length)).and_then(|length| usize::try_from(length).ok())
}

pub(super) fn encode(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    put(value, &mut out);
    out
}

fn put(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Object(map) => enveloped(MAP, out, |out| {
            for (key, value) in map {
                put_text(key, out);
                put(value, out);
            }
        }),
        Value::Array(list) => enveloped(LIST, out, |out| list.iter().for_each(|value| put(value, out))),
        Value::String(text) => put_text(text, out),
        simple => {
            let mut encoder = Encoder::new(out);
            let _ = match simple {
                Value::Bool(bool) => encoder.bool(*bool),
                Value::Number(number) => match number.as_i64() {
                    Some(whole) => encoder.i64(whole),
                    None => encoder.f64(number.as_f64().unwrap_or_default()),
                },
                _ => encoder.null(),
            };
        }
    }
}

fn put_text(text: &str, out: &mut Vec<u8>) {
    // Nothing is refused by memory.
    let _ = Encoder::new(out).str(text);
}

fn enveloped(kind: u8, out: &mut Vec<u8>, fill: impl FnOnce(&mut Vec<u8>)) {
    out.extend(ENVELOPE);
    let at = out.len();
    out.extend([0; 4]);
    out.push(kind);
    fill(out);
    out.push(END);
    let length = u32::try_from(out.len() - at - 4).unwrap_or(u32::MAX);
    out[at..at + 4].copy_from_slice(&length.to_be_bytes());
}

/// An answer, and the bytes in it, for which JSON has no place: a PDF, or none.
pub(super) type Answer = (Value, Vec<u8>);

/// What an envelope holds.
///
/// # Errors
/// If it is not CBOR of this kind.
pub(super) fn decode(bytes: &[u8]) -> Result<Answer, Error> {
    let mut found = Vec::new();
    Ok((take(&mut Decoder::new(bytes), &mut found)?, found))
}

fn take(from: &mut Decoder, found: &mut Vec<u8>) -> Result<Value, Error> {
    Ok(match from.datatype()? {
        Type::Tag => match from.tag()?.try_into() {
            Ok(IanaTag::Cbor) => take(&mut Decoder::new(from.bytes()?), found)?,
            Ok(IanaTag::ToBase64) => {
                *found = from.bytes()?.to_vec();
                Value::Null
            }
            _ => return Err(Error::message("autre balise")),
        },
        Type::Map | Type::MapIndef => {
            let mut map = Map::new();
            let mut left = from.map()?;
            while more(from, &mut left)? {
                map.insert(from.str()?.to_owned(), take(from, found)?);
            }
            map.into()
        }
        Type::Array | Type::ArrayIndef => {
            let mut list = Vec::new();
            let mut left = from.array()?;
            while more(from, &mut left)? {
                list.push(take(from, found)?);
            }
            list.into()
        }
        Type::String => from.str()?.into(),
        Type::Bytes => {
            let units: Vec<u16> =
                from.bytes()?.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
            String::from_utf16_lossy(&units).into()
        }
        Type::Bool => from.bool()?.into(),
        Type::F16 | Type::F32 | Type::F64 => json!(from.f64()?),
        Type::Null => {
            from.null()?;
            Value::Null
        }
        _ => from.i64()?.into(),
    })
}

/// Whether a map or a list, of which so much is `left` if that was said, goes on; its end is passed.
fn more(from: &mut Decoder, left: &mut Option<u64>) -> Result<bool, Error> {
    match left {
        Some(0) => Ok(false),
        Some(left) => {
            *left -= 1;
            Ok(true)
        }
        None if from.datatype()? == Type::Break => {
            from.set_position(from.position() + 1);
            Ok(false)
        }
        None => Ok(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let value = json!({
            "id": 7, "method": "Page.printToPDF", "empty": {}, "list": [1, -2, 70_000, 0.5, true, null, "« é »", {"a": []}],
        });
        let bytes = encode(&value);
        let head: [u8; HEAD] = bytes[..HEAD].try_into().unwrap();
        assert_eq!(length(head), Some(bytes.len() - HEAD));
        assert_eq!(decode(&bytes).unwrap().0, value);
        assert_eq!(decode(&bytes[HEAD..]).unwrap().0, value, "without its envelope, as it is read from the pipe");
    }

    #[test]
    fn bytes_are_apart_and_texts_may_be_utf_16() {
        assert_eq!(decode(&[0xd6, 0x43, 1, 2, 3]).unwrap(), (Value::Null, vec![1, 2, 3]));
        assert_eq!(decode(&[0x44, 0xe9, 0, 0x13, 0x20]).unwrap(), (json!("é–"), vec![]));
    }

    #[test]
    fn what_is_cut_or_unknown_is_an_error() {
        let bytes = encode(&json!({"a": ["b", {"c": 1}]}));
        for end in HEAD + 1..bytes.len() {
            assert!(decode(&bytes[HEAD..end]).is_err(), "{end}");
        }
        assert!(decode(&[0xc1, 0]).is_err());
        assert!(decode(&[0xff]).is_err());
        assert_eq!(length([0x7b, 0x22, 0x69, 0x64, 0x22, 0x3a, 0x31]), None);
    }
}
