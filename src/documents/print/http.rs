//! The one HTTP request that Chrome's DevTools are asked: where the socket of a remote Chrome is.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::time::Duration;

use serde_json::Value;

use super::call::UNKNOWN;

/// More than the answer has.
const LIMIT: u64 = 1 << 20;

/// The whole address of a remote Chrome's socket. Its end is another at each start of that Chrome: an address that
/// has a host and a port only, `ws://127.0.0.1:9222`, is completed by asking.
pub(super) fn complete(address: &str, timeout: Duration) -> io::Result<String> {
    let host = address.trim_start_matches("ws://").trim_end_matches('/');
    if host.contains('/') {
        return Ok(address.to_owned());
    }
    let wrong = || io::Error::new(io::ErrorKind::InvalidInput, "l'adresse n'a pas la forme ws://machine:port");
    let mut machines = host.to_socket_addrs().map_err(|error| match error.kind() {
        io::ErrorKind::InvalidInput => wrong(),
        _ => io::Error::other(UNKNOWN),
    })?;
    let found = machines.next().ok_or_else(wrong)?;
    let version = version(found, timeout)?;
    let told = version["webSocketDebuggerUrl"].as_str().unwrap_or_default();
    let path = told.find("/devtools/").map(|at| &told[at..]).ok_or_else(wrong)?;
    Ok(format!("ws://{found}{path}"))
}

fn version(address: SocketAddr, timeout: Duration) -> io::Result<Value> {
    let mut stream = TcpStream::connect_timeout(&address, timeout)?;
    stream.set_read_timeout(Some(timeout))?;
    stream.set_write_timeout(Some(timeout))?;
    write!(stream, "GET /json/version HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    read_answer(&mut BufReader::new(stream.take(LIMIT)))
}

fn read_answer(answer: &mut impl BufRead) -> io::Result<Value> {
    let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let mut line = String::new();
    answer.read_line(&mut line)?;
    if line.split_whitespace().nth(1) != Some("200") {
        return Err(wrong(line.trim()));
    }
    let mut length = None;
    loop {
        line.clear();
        answer.read_line(&mut line)?;
        let Some((name, value)) = line.split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse::<usize>().ok();
        }
    }
    let length = length.filter(|length| *length as u64 <= LIMIT).ok_or_else(|| wrong("no length"))?;
    let mut body = vec![0; length];
    answer.read_exact(&mut body)?;
    serde_json::from_slice(&body).map_err(io::Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> io::Result<Value> {
        read_answer(&mut text.as_bytes())
    }

    #[test]
    fn reads_an_answer_and_refuses_what_is_none() {
        let body = read("HTTP/1.1 200 OK\r\nContent-Length:10\r\n\r\n{\"id\":\"A\"}rest").unwrap();
        assert_eq!(body["id"], "A");
        assert!(read("").is_err());
        assert!(read("HTTP/1.1 500 No\r\n\r\n").is_err());
        assert!(read("HTTP/1.1 200 OK\r\n\r\n{}").is_err());
        assert!(read("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{}").is_err());
        assert!(read("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}").is_err());
    }
}
