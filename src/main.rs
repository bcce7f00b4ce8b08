//! The program: command line, command, exit status.

use std::process::ExitCode;

use livret::cli::{self, Config};
use livret::commands::{
    Outcome, build, bundle, check, doctor, explain, fmt, import, init, lsp, new, schema, shell, watch,
};
use livret::terminal::{self, Terminal};

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
    terminal.set_format(config.format());
    let outcome = match config {
        Config::Explain { codes } => explain::run(&codes, &terminal),
        Config::Check(config) => {
            let _ = ctrlc::set_handler(build::interrupt);
            check::run(&config, &terminal)
        }
        Config::Watch(config) => {
            let _ = ctrlc::set_handler(build::interrupt);
            watch::run(&config, &terminal)
        }
        Config::Fmt(config) => fmt::run(&config, &terminal),
        Config::Build(config) => {
            // Without a handler Chrome would outlive us; if there cannot be one, the process group still ends it.
            let _ = ctrlc::set_handler(build::interrupt);
            build::run(&config, &mut terminal)
        }
        Config::Bundle(config) => {
            let _ = ctrlc::set_handler(build::interrupt);
            bundle::run(*config, &mut terminal)
        }
        Config::Init(args) => init::run(&args, &terminal),
        Config::New(args) => {
            let _ = ctrlc::set_handler(terminal::ask::interrupt);
            new::run(args, &terminal)
        }
        Config::Import(args) => {
            let _ = ctrlc::set_handler(terminal::ask::interrupt);
            import::run(&args, &terminal)
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
    terminal.close();
    ExitCode::from(outcome.code())
}
