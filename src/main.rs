//! The program: command line, command, exit status.

use std::process::ExitCode;

use livret::cli::{self, Command};
use livret::commands::{
    Outcome, build, bundle, check, doctor, explain, export, fmt, import, init, lsp, new, open, schema, shell, watch,
};
use livret::documents::print;
use livret::ground::stop;
use livret::ground::terminal::{Terminal, ask};

fn main() -> ExitCode {
    let mut terminal = Terminal::open();
    let command = match cli::parse(std::env::args_os()) {
        Ok(command) => command,
        Err(stop) if stop.is_error => {
            terminal.error(&format!("{}\n", stop.text));
            return ExitCode::from(Outcome::Impossible.code());
        }
        Err(stop) => {
            terminal.line(stop.text.trim_end());
            return ExitCode::from(closed(Outcome::Done, &terminal).code());
        }
    };
    terminal.set_format(command.format());
    // Without it Chrome would outlive us; if there cannot be one, the process group still ends it.
    let _ = ctrlc::set_handler(interrupted);
    let outcome = match command {
        Command::Explain { codes } => explain::run(&codes, &terminal),
        Command::Check(args) => check::run(&args, &terminal),
        Command::Watch(args) => watch::run(&args, &terminal),
        Command::Open(args) => open::run(&args, &terminal),
        Command::Fmt(args) => fmt::run(&args, &terminal),
        Command::Build(args) => build::run(&args, &mut terminal),
        Command::Bundle(args) => bundle::run(&args, &mut terminal),
        Command::Init(args) => init::run(&args, &terminal),
        Command::New(args) => new::run(args, &terminal),
        Command::Import(args) => import::run(&args, &terminal),
        Command::Export(args) => export::run(&args, &terminal),
        Command::Schema(args) => schema::run(&args, &terminal),
        Command::Lsp { .. } => lsp::run(&terminal),
        Command::Doctor(args) => doctor::run(&args, &terminal),
        Command::Completions(args) => shell::completions(&args, &terminal),
        Command::Man(args) => shell::man(&args, &terminal),
    };
    ExitCode::from(closed(outcome, &terminal).code())
}

/// Ctrl-C and TERM.
fn interrupted() {
    ask::interrupt();
    print::kill_all();
    stop::end();
}

/// What could not be said is not done.
fn closed(outcome: Outcome, terminal: &Terminal) -> Outcome {
    if terminal.close() { outcome } else { Outcome::Impossible }
}
