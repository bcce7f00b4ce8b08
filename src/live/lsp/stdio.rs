//! Messages over the standard input and output. Unlike lsp-server's own reading, what is no message is answered as
//! such and passed over, and no length is believed before the bytes are there.

use std::io::{self, BufRead, Read as _, Write as _};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use lsp_server::{Connection, ErrorCode, Message};
use serde_json::{Value, json};

/// No message is longer: a source may have 20 MB, and signs can be written in six letters.
const MOST: u64 = 128 << 20;
/// No line of a header is.
const LINE: u64 = 8 << 10;
/// How many messages wait to be looked at, before no more are read.
const WAITING: usize = 64;

/// How reading ended, if it did.
pub(crate) type End = mpsc::Receiver<Result<(), String>>;

/// A connection over the standard input and output, how its reading ends, and its writer, which ends with it.
pub(crate) fn connect() -> (Connection, End, thread::JoinHandle<io::Result<()>>) {
    let (server, client) = Connection::memory();
    let Connection { sender, receiver } = client;
    let writer = thread::spawn(move || {
        let mut answers = receiver.into_iter();
        answers.try_for_each(|message| message.write(&mut io::stdout().lock()))
    });
    let (ended, end) = mpsc::channel();
    thread::spawn(move || {
        let pass = |message: Message| {
            let last = matches!(&message, Message::Notification(note) if note.method == "exit");
            while sender.len() >= WAITING {
                thread::sleep(Duration::from_millis(5));
            }
            sender.send(message).is_ok() && !last
        };
        // Nobody waits for it who is not there any more.
        let _ = ended.send(read(&mut io::stdin().lock(), pass, |refusal| say(&refusal)));
        drop(sender);
    });
    (server, end, writer)
}

/// Reads messages until the end, or until one is not taken. What is none is refused.
fn read(
    input: &mut impl BufRead,
    mut pass: impl FnMut(Message) -> bool,
    mut refuse: impl FnMut(Value),
) -> Result<(), String> {
    loop {
        let length = match header(input).map_err(|error| error.to_string())? {
            Header::End => return Ok(()),
            Header::None => {
                refuse(refusal(Value::Null, ErrorCode::ParseError, "il manque la ligne Content-Length"));
                continue;
            }
            Header::Length(length) if length <= MOST => length,
            // Where the next one begins is not known then.
            Header::Length(length) => {
                let message = format!("un message de {length} octets est trop long ({} Mo au plus)", MOST >> 20);
                refuse(refusal(Value::Null, ErrorCode::ParseError, &message));
                return Err(message);
            }
        };
        let mut bytes = Vec::new();
        input.take(length).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        if (bytes.len() as u64) < length {
            return Ok(());
        }
        match parse(&bytes) {
            Ok(message) => {
                if !pass(message) {
                    return Ok(());
                }
            }
            Err(answer) => refuse(answer),
        }
    }
}

enum Header {
    Length(u64),
    /// Lines that say no length.
    None,
    End,
}

fn header(input: &mut impl BufRead) -> io::Result<Header> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.take(LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(Header::End);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            return Ok(length.map_or(Header::None, Header::Length));
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("Content-Length")
        {
            // More digits than fit are too many bytes as well.
            let digits = value.trim().chars().all(|c| c.is_ascii_digit()).then_some(u64::MAX);
            length = value.trim().parse().ok().or(digits);
        }
    }
}

/// The message that some bytes are, or the answer to what is none.
fn parse(bytes: &[u8]) -> Result<Message, Value> {
    let text = String::from_utf8_lossy(bytes);
    let read = serde_json::from_str(&text).or_else(|_| serde_json::from_str(&with_whole_signs(&text)));
    let value: Value = read.map_err(|_| refusal(Value::Null, ErrorCode::ParseError, "ce message n'est pas du JSON"))?;
    let id = value.get("id").filter(|id| id.is_string() || id.is_number()).cloned().unwrap_or_default();
    serde_json::from_value(value).map_err(|_| {
        refusal(id, ErrorCode::InvalidRequest, "ce message n'est ni une demande, ni une réponse, ni une annonce")
    })
}

fn refusal(id: Value, code: ErrorCode, message: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code as i32, "message": message } })
}

fn say(answer: &Value) {
    let text = answer.to_string();
    // If the editor is gone, the next reading says so.
    let _ =
        write!(io::stdout().lock(), "Content-Length: {}\r\n\r\n{text}", text.len()).and_then(|()| io::stdout().flush());
}

/// JSON in which each half of a sign that stands alone (`\ud800`, as JavaScript writes it) is the sign of what cannot be
/// shown: as long for an editor, and readable.
fn with_whole_signs(json: &str) -> String {
    let unit = |at: usize| {
        let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok()
    };
    let mut out = String::with_capacity(json.len());
    let mut at = 0;
    while let Some(found) = json[at..].find('\\') {
        out.push_str(&json[at..at + found]);
        at += found;
        let next = unit(at + 6).is_some_and(|unit| (0xDC00..0xE000).contains(&unit));
        let (written, length) = match unit(at) {
            Some(0xD800..0xDC00) if next => (&json[at..at + 12], 12),
            Some(0xD800..0xE000) => ("\\ufffd", 6),
            _ => {
                let escaped = json[at + 1..].chars().next().map_or(0, char::len_utf8);
                (&json[at..at + 1 + escaped], 1 + escaped)
            }
        };
        out.push_str(written);
        at += length;
    }
    out + &json[at..]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The methods that are passed on, the codes of refusals, and how it ended.
    fn through(input: &str) -> (Vec<String>, Vec<i64>, bool) {
        let (mut methods, mut codes) = (Vec::new(), Vec::new());
        let pass = |message| {
            methods.push(if let Message::Notification(note) = message { note.method } else { "?".to_owned() });
            true
        };
        let end = read(&mut input.as_bytes(), pass, |answer| codes.push(answer["error"]["code"].as_i64().unwrap()));
        (methods, codes, end.is_ok())
    }

    fn framed(text: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{text}", text.len())
    }

    #[test]
    fn what_is_no_message_is_refused_and_the_next_is_read() {
        let good = framed(r#"{"jsonrpc":"2.0","method":"a","params":{"text":"\ud800 \ud83d\ude00 \\ud800"}}"#);
        for (bad, code) in [
            (framed("{"), -32700),
            (framed("\u{0}"), -32700),
            (framed(&"[".repeat(10_000)), -32700),
            (framed("[]"), -32600),
            (framed("{\"id\":1}"), -32600),
            ("bonjour\r\n\r\n".to_owned(), -32700),
            ("Content-Length: -1\r\n\r\n".to_owned(), -32700),
            ("x".repeat(100_000) + "\r\n\r\n", -32700),
        ] {
            assert_eq!(through(&(bad.clone() + &good)), (vec!["a".to_owned()], vec![code], true), "{bad:.40}");
        }
        for long in ["9000000000000000000", "99999999999999999999999999", "200000000"] {
            assert_eq!(through(&format!("Content-Length: {long}\r\n\r\n{{}}")), (vec![], vec![-32700], false));
        }
        assert_eq!(through("Content-Length: 9\r\n\r\n{}"), (vec![], vec![], true));
    }

    #[test]
    fn halves_of_signs_are_replaced_and_nothing_else() {
        let text = r#""\ud800 \udc00\ud83d\ude00 \\ud800 \" é\u00e9 \ud83dx""#;
        assert_eq!(with_whole_signs(text), r#""\ufffd \ufffd\ud83d\ude00 \\ud800 \" é\u00e9 \ufffdx""#);
        assert_eq!(with_whole_signs("a\\"), "a\\");
    }
}
