//! A text that may become a fiche of a project: read, linked and judged as if it stood there, by itself. What a fiche
//! shares with others (folders, pictures) is left to the reading of the whole project.

use super::Project;
use crate::ground::diagnostic::Diagnostics;
use crate::ground::source::{SourceId, Sources};
use crate::judge::check;
use crate::judge::link::{self, Referentiels};
use crate::model::candidat::Candidat;
use crate::sources::layout::CandidatFile;
use crate::sources::parse::candidat::fiche;
use crate::sources::parse::markdown::files::Context;

impl Project {
    /// The candidat that a text makes, if it does, and all that is said of it.
    pub(crate) fn fiche_seule(
        &self,
        (session, id): (&str, &str),
        source: SourceId,
        sources: &Sources,
    ) -> (Option<Candidat>, Diagnostics) {
        let mut diagnostics = Diagnostics::default();
        let path = sources.get(source).path.clone();
        let file = CandidatFile { session: session.to_owned(), id: id.to_owned(), source, path };
        let context = Context {
            sources,
            texts: &Default::default(),
            binaries: &Default::default(),
            pictures: &Default::default(),
        };
        let known = Referentiels { all: &self.referentiels, broken: &self.referentiels_en_erreur };
        let candidat = fiche(&file, &context, &mut diagnostics)
            .and_then(|fiche| link::candidat(fiche, &known, Some(&self.projet.defauts), &mut diagnostics));
        if let Some(candidat) = &candidat {
            check::candidat(candidat, &self.referentiels[candidat.referentiel], &mut diagnostics);
        }
        (candidat, diagnostics)
    }
}
