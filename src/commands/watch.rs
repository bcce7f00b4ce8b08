//! `livret watch`: builds, serves what is built, and builds again what a change touches, until Ctrl-C. Mistakes, disks
//! and Chromes may come and go meanwhile.

mod desk;
mod printing;
mod rebuild;
mod said;
mod snapshot;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::{Ended, Outcome, impossible, no_project, outcome, refused};
use crate::cli::watch::WatchArgs;
use crate::documents::build::output;
use crate::documents::print::stopped;
use crate::ground::browser;
use crate::ground::paths::PROJECT_FILE;
use crate::ground::reason::disk_reason;
use crate::ground::source::Sources;
use crate::ground::stop;
use crate::ground::terminal::Terminal;
use crate::live::serve::{self, Board};
use crate::live::watch::Watch;
use crate::sources::load;
use desk::Desk;
use printing::Printing;
use rebuild::Workshop;

/// How often a disk that refused to be written is tried again.
const RETRY: Duration = Duration::from_secs(3);

pub fn run(args: &WatchArgs, terminal: &Terminal) -> Outcome {
    outcome(watch(args, terminal), terminal)
}

fn watch(args: &WatchArgs, terminal: &Terminal) -> Result<Outcome, Ended> {
    // A wrong folder is said at once; later on it may come and go.
    let directory = args.folders.directory();
    if !load::exists(directory, PROJECT_FILE) {
        return Ok(no_project(directory, terminal));
    }
    let output = output::open(directory, &args.folders.output()).map_err(impossible)?;
    let board = Arc::new(Board::default());
    let record = output::previous(&output, &Sources::default(), terminal);
    board.set_pages(rebuild::earlier(&record));
    let port = preview(args, &board, terminal).map_err(|error| {
        let reason = disk_reason(&error);
        refused(format!("l'aperçu ne peut pas être servi : {reason} ; choisissez un autre port avec --port"), "")
    })?;
    stop::ends_by_itself();
    let address = format!("http://127.0.0.1:{port}/");
    terminal.line(&format!("Aperçu : {address} (Ctrl-C pour arrêter)"));
    let desk = Desk { args, terminal, board, output: Mutex::new(Arc::new(output)), record: Mutex::new(record) };
    let print = args.print();
    let printing = print.as_ref().map(|options| Printing::new(&desk, options));
    std::thread::scope(|scope| {
        if let Some(printing) = &printing {
            for worker in 0..printing.workers() {
                scope.spawn(move || printing.work(worker));
            }
        }
        let _close = printing.as_ref().map(Printing::closing);
        follow(&desk, printing.as_ref(), &address);
    });
    desk.save();
    terminal.line("Aperçu arrêté.");
    Ok(Outcome::Done)
}

/// Serves the output folder. Returns the port.
fn preview(args: &WatchArgs, board: &Arc<Board>, terminal: &Terminal) -> std::io::Result<u16> {
    let listener = serve::listen(args.port)?;
    let port = listener.local_addr()?.port();
    if port != args.port && args.port != 0 {
        terminal.line(&format!("Le port {} est pris : l'aperçu est au port {port}.", args.port));
    }
    serve::start(listener, args.folders.output(), Arc::clone(board))?;
    Ok(port)
}

/// Builds, and builds again, until Ctrl-C.
fn follow(desk: &Desk, printing: Option<&Printing>, address: &str) {
    let folders = &desk.args.folders;
    let mut watch = Watch::start(folders.directory(), Some(&folders.output()), desk.args.poll, desk.terminal);
    let mut workshop = Workshop::new(desk, printing);
    workshop.rebuild(&mut watch);
    if desk.args.open
        && let Err(error) = browser::open(address)
    {
        desk.terminal.error(&format!(
            "avertissement : le navigateur ne peut pas être ouvert ({error}) ; ouvrez-le vous-même à l'adresse {address}\n"
        ));
    }
    let mut tried = Instant::now();
    while !stopped() {
        let changed = watch.wait();
        if stopped() {
            return;
        }
        let logo = workshop.logo().map(PathBuf::from);
        watch.renew(logo.as_deref(), desk.terminal);
        let lost = desk.renew_output();
        let again = workshop.is_unwritten() && tried.elapsed() > RETRY;
        if lost {
            workshop.distrust();
        }
        if changed || lost || again {
            workshop.rebuild(&mut watch);
            tried = Instant::now();
        }
    }
}
