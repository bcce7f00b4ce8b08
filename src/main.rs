//! The program: command line, command, exit status.

use std::process::ExitCode;

use livret::cli::{self, Config};
use livret::commands::{
    Outcome, build, bundle, check, doctor, explain, export, fmt, import, init, lsp, new, open, schema, shell, watch,
};
use livret::documents::print;
use livret::ground::stop;
use livret::ground::terminal::{Terminal, ask};

fn main() -> ExitCode {
    let mut terminal = Terminal::open();
    let config = match cli::parse(std::env::args_os()) {
        Ok(config) => config,
        Err(stop) if stop.is_error => {
            terminal.error(&format!("{}\n", stop.text));
            return ExitCode::from(Outcome::Impossible.code());
        }
        Err(stop) => {
            terminal.line(stop.text.trim_end());
            return ExitCode::from(closed(Outcome::Done, &terminal).code());
        }
    };
    terminal.set_format(config.format());
    // Without it Chrome would outlive us; if there cannot be one, the process group still ends it.
    let _ = ctrlc::set_handler(interrupted);
    let outcome = match config {
        Config::Explain { codes } => explain::run(&codes, &terminal),
        Config::Check(args) => check::run(&args, &terminal),
        Config::Watch(args) => watch::run(&args, &terminal),
        Config::Open(args) => open::run(&args, &terminal),
        Config::Fmt(config) => fmt::run(&config, &terminal),
        Config::Build(config) => build::run(&config, &mut terminal),
        Config::Bundle(config) => bundle::run(*config, &mut terminal),
        Config::Init(args) => init::run(&args, &terminal),
        Config::New(args) => new::run(args, &terminal),
        Config::Import(args) => import::run(&args, &terminal),
        Config::Export(args) => export::run(&args, &terminal),
        Config::Schema(args) => schema::run(&args, &terminal),
        Config::Lsp => lsp::run(&terminal),
        Config::Doctor(args) => doctor::run(&args, &terminal),
        Config::Completions(script) => shell::completions(&script, &terminal),
        Config::Man(config) => shell::man(&config, &terminal),
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
