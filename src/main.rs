//! The program: command line, command, exit status.

use std::process::ExitCode;

use livret::cli::{self, Config};
use livret::commands::{Outcome, build, bundle, check, doctor, lsp, schema, shell};
use livret::terminal::Terminal;

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
            return ExitCode::SUCCESS;
        }
    };
    let outcome = match config {
        Config::Check { directory } => check::run(&directory, &terminal),
        Config::Build(config) => {
            // Without a handler Chrome would outlive us; if there cannot be one, the process group still ends it.
            let _ = ctrlc::set_handler(build::interrupt);
            build::run(&config, &mut terminal)
        }
        Config::Bundle(config) => {
            let _ = ctrlc::set_handler(build::interrupt);
            bundle::run(*config, &mut terminal)
        }
        Config::Schema(config) => schema::run(&config, &terminal),
        Config::Lsp => lsp::run(&terminal),
        Config::Doctor(config) => {
            let _ = ctrlc::set_handler(build::interrupt);
            doctor::run(&config, &terminal)
        }
        Config::Completions(script) => shell::completions(&script, &terminal),
        Config::Man(config) => shell::man(&config, &terminal),
    };
    ExitCode::from(outcome.code())
}
