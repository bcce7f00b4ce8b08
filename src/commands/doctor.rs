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
    let mut findings = 0;
    let mut worst = Outcome::Done;
    let mut troubles = 0;
    let mut tell = |finding: Finding| {
        show(&finding, terminal);
        findings += 1;
        let outcome = match finding.state {
            State::Fine => return,
            State::Look => Outcome::Done,
            State::Mistakes => Outcome::Mistakes,
            State::Broken => Outcome::Impossible,
        };
        troubles += 1;
        worst = worst.max(outcome);
    };
    tell(machine::program());
    let examined = project::examine(args.folders.directory());
    examined.findings.into_iter().for_each(&mut tell);
    for finding in chrome::examine(args.print(), &examined.fonts, terminal) {
        tell(finding);
    }
    machine::output(&args.folders.output(), examined.documents).into_iter().for_each(&mut tell);
    machine::temporary().into_iter().for_each(&mut tell);
    machine::locale().into_iter().for_each(&mut tell);
    terminal.line("");
    terminal.line(&match (troubles, worst) {
        (0, _) => format!("{} : tout va bien", count(findings, "point(s) examiné(s)")),
        (n, Outcome::Done) => {
            format!("{}, dont {n} à voir ; rien n'empêche d'imprimer", count(findings, "point(s) examiné(s)"))
        }
        (n, _) => format!("{}, dont {n} à voir ou qui ne vont pas", count(findings, "point(s) examiné(s)")),
    });
    worst
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
