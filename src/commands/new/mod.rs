//! `livret new`: a référentiel, a bloc, the file of a candidat. What the command line does not say is asked on a
//! terminal; without one, everything that is missing is named at once.

mod asker;
mod bloc;
mod candidat;
mod referentiel;

use super::{Outcome, outcome};
use crate::cli::new::{New, NewArgs};
use crate::ground::terminal::Terminal;

pub fn run(args: NewArgs, terminal: &Terminal) -> Outcome {
    let done = match args.what {
        New::Referentiel(args) => referentiel::run(args, terminal),
        New::Bloc(args) => bloc::run(args, terminal),
        New::Candidat(args) => candidat::run(args, terminal),
    };
    let said = |lines: String| {
        terminal.line(&lines);
        Outcome::Done
    };
    outcome(done.map(said), terminal)
}
