//! `livret doctor`: whether this machine can print this project. Each finding is a line, with what to do.

mod chrome;
mod finding;
mod machine;
mod project;

use super::Outcome;
use crate::cli::doctor::DoctorArgs;
use crate::ground::terminal::Terminal;
use crate::ground::text::count;
use finding::{Finding, State};

pub fn run(args: &DoctorArgs, terminal: &Terminal) -> Outcome {
    let mut states = Vec::new();
    let mut tell = |findings: Vec<Finding>| {
        for finding in findings {
            show(&finding, terminal);
            states.push(finding.state);
        }
    };
    tell(vec![machine::program()]);
    let examined = project::examine(args.folders.directory());
    tell(examined.findings);
    tell(chrome::examine(args.print(), &examined.fonts, terminal));
    tell(machine::output(&args.folders.output(), examined.documents));
    tell(machine::temporary());
    tell(machine::locale().into_iter().collect());
    let all = count(states.len(), "point(s) examiné(s)");
    let troubles = states.iter().filter(|state| **state != State::Fine).count();
    let worst = states.into_iter().max().unwrap_or(State::Fine);
    terminal.line(&match worst {
        State::Fine => format!("\n{all} : tout va bien"),
        State::Look => format!("\n{all}, dont {troubles} à voir ; rien n'empêche d'imprimer"),
        _ => format!("\n{all}, dont {troubles} à voir ou qui ne vont pas"),
    });
    match worst {
        State::Fine | State::Look => Outcome::Done,
        State::Mistakes => Outcome::Mistakes,
        State::Broken => Outcome::Impossible,
    }
}

fn show(finding: &Finding, terminal: &Terminal) {
    let state = match finding.state {
        State::Fine => "ok",
        State::Look => "à voir",
        State::Mistakes | State::Broken => "ne va pas",
    };
    terminal.line(&format!("{state:<10} {:<12} {}", finding.what, indented(&finding.text)));
    if let Some(advice) = &finding.advice {
        terminal.line(&format!("{:<23} → {}", "", indented(advice)));
    }
}

/// Further lines stand under the first.
fn indented(text: &str) -> String {
    text.trim_end().replace('\n', &format!("\n{:<25} ", ""))
}
