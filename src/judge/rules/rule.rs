//! What a rule is: what contradicts it, and what is missing without it. Which rules there are is left to
//! [`crate::judge::rules`], what follows from them to [`crate::judge::check`].

use crate::ground::diagnostic::Diagnostics;
use crate::model::candidat::{Candidat, Evaluation, Presentee};
use crate::model::forme::ENSEMBLE;
use crate::model::referentiel::{Bloc, Referentiel};

/// A rule, held against what was written: of a bloc, or of a whole livret.
#[derive(Debug)]
pub(crate) struct Rule<Asked, Written> {
    /// Its key under `regles` if it has one, and the end of the theme's key `manque_…`.
    pub code: &'static str,
    /// Reports what contradicts it.
    pub contradictions: Option<fn(&Asked, &Written, &mut Diagnostics)>,
    /// What is missing without it.
    pub manque: Option<fn(&Asked, &Written) -> Option<Manque>>,
}

pub(crate) type OfBloc = Rule<Bloc, Evaluation>;
pub(crate) type OfLivret = Rule<Referentiel, Candidat>;

impl<Asked, Written> Rule<Asked, Written> {
    /// One that nothing contradicts.
    pub(crate) const fn wanting(code: &'static str, manque: fn(&Asked, &Written) -> Option<Manque>) -> Self {
        Self { code, contradictions: None, manque: Some(manque) }
    }

    pub(crate) fn contradictions(&self, asked: &Asked, written: &Written, diagnostics: &mut Diagnostics) {
        if let Some(contradictions) = self.contradictions {
            contradictions(asked, written, diagnostics);
        }
    }

    /// What is missing, of the bloc with this number if it is one's.
    pub(crate) fn manque(&self, asked: &Asked, written: &Written, bloc: Option<u32>) -> Option<Manque> {
        Some(Manque { bloc, code: self.code, ..self.manque?(asked, written)? })
    }
}

/// Something that is missing before the livret can be signed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Manque {
    /// The bloc's number; `None` for the whole livret.
    pub bloc: Option<u32>,
    /// Whether it is missing on the sheet of the whole.
    pub ensemble: bool,
    /// What is printed for the number.
    pub numero_imprime: Option<String>,
    /// The situation on whose sheet it is missing, if the bloc has some.
    pub situation: Option<Presentee>,
    /// The end of the theme's key for it, `manque_…`.
    pub code: &'static str,
    /// How many, out of how many, and which, where that says something.
    pub n: usize,
    pub total: usize,
    pub noms: Vec<String>,
    /// For the terminal, after « il manque »; documents have the theme's wording.
    pub phrase: String,
    /// The same in a word or two, in a list of what many candidats lack. Where only some are missing they are counted
    /// by what is there; one or two are named.
    pub bref: String,
}

impl Manque {
    /// The sheet that it is missing on, « bloc 1 » or « bloc 1 / scolaire »; nothing for the whole livret.
    pub(crate) fn sheet(&self) -> String {
        let Some(numero) = self.bloc else { return String::new() };
        if self.ensemble {
            return ENSEMBLE.to_owned();
        }
        let situation = self.situation.as_ref().map(|situation| format!(" / {}", situation.id));
        format!("bloc {numero}{}", situation.unwrap_or_default())
    }

    /// One thing, if it is missing.
    pub(crate) fn of(missing: bool, phrase: &str, bref: &str) -> Option<Self> {
        missing.then(|| Self { n: 1, total: 1, phrase: phrase.to_owned(), bref: bref.to_owned(), ..Self::default() })
    }
}
