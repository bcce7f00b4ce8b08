//! The preview: the output folder, served to browsers of this machine and to nobody else. What is served knows how
//! to follow changes (`inject`); what lies on the disk is never touched. What there is to follow is told by whoever
//! builds, through the [`Board`].

mod apercu;
mod board;
mod events;
mod http;
mod inject;
mod path;
mod pdf;
mod policy;
pub(crate) mod problem;

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

pub(crate) use board::{Board, Page, Pdf, Stand};

/// How many ports are tried when the first is in use.
const TRIES: u16 = 50;

/// Listens on the loopback interface: on this port, or on the next that is free. 0 is any.
///
/// # Errors
/// If none of them can be had.
pub(crate) fn listen(port: u16) -> io::Result<TcpListener> {
    let mut wanted = port;
    loop {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, wanted)) {
            Err(error) if error.kind() == ErrorKind::AddrInUse && wanted - port < TRIES && wanted < u16::MAX => {
                wanted += 1;
            }
            result => return result,
        }
    }
}

/// Serves the output folder on a thread of its own, as long as the program runs.
///
/// # Errors
/// If the system gives no thread, or does not take the listener.
pub(crate) fn start(listener: TcpListener, output: PathBuf, board: Arc<Board>) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let port = listener.local_addr()?.port();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let listener = {
        let _entered = runtime.enter();
        tokio::net::TcpListener::from_std(listener)?
    };
    let router = http::router(output, port, board);
    std::thread::Builder::new().name("serve".to_owned()).spawn(move || {
        // Ends only with the program: faults of single connections stay theirs.
        runtime.block_on(http::serve(listener, router));
    })?;
    Ok(())
}
