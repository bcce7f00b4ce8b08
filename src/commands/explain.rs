//! `livret explain`: what a code means, and an example of it.

use super::Outcome;
use crate::ground::diagnostic::Code;
use crate::ground::diagnostic::nearest::nearest;
use crate::ground::terminal::Terminal;

/// Explains each code, or lists all of them if none is given.
pub fn run(codes: &[String], terminal: &Terminal) -> Outcome {
    if codes.is_empty() {
        for code in Code::ALL {
            terminal.line(&format!("{code}  {}", code.title()));
        }
        return Outcome::Done;
    }
    let mut outcome = Outcome::Done;
    for (i, written) in codes.iter().enumerate() {
        match Code::parse(written) {
            Some(code) => {
                let before = if i == 0 { "" } else { "\n" };
                terminal.line(&format!("{before}{code} : {}\n\n{}", code.title(), plain(code.explanation())));
            }
            None => {
                terminal.error(&unknown(written));
                outcome = Outcome::Impossible;
            }
        }
    }
    outcome
}

fn unknown(written: &str) -> String {
    let wanted = written.to_uppercase();
    let near = match nearest(&wanted, Code::ALL.iter().map(|code| code.as_str())) {
        Some(near) => format!("vouliez-vous dire « {near} » ?"),
        None => "« livret explain » les donne tous".to_owned(),
    };
    format!("erreur : le code « {written} » n'existe pas ; {near}\n")
}

/// Markdown for a terminal: what stands in fences is set off by blanks instead.
fn plain(markdown: &str) -> String {
    let (mut out, mut code) = (String::new(), false);
    for line in markdown.lines() {
        if line.starts_with("```") {
            code = !code;
        } else {
            let indent = if code && !line.is_empty() { "    " } else { "" };
            out.push_str(&format!("{indent}{line}\n"));
        }
    }
    out.trim_end().to_owned()
}
