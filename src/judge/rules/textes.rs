//! Every text that `livret new` left to be written in a référentiel is written.

use super::rule::{Manque, OfLivret};
use crate::model::referentiel::Referentiel;

pub(crate) static RULE: OfLivret = OfLivret::wanting("textes", |referentiel, _| a_remplacer(referentiel));

/// The texts of a référentiel that nobody has written yet.
pub(crate) fn a_remplacer(referentiel: &Referentiel) -> Option<Manque> {
    let n = referentiel.a_remplacer.len();
    let manque = Manque::of(n > 0, "des textes du référentiel", "textes du référentiel")?;
    Some(Manque { code: "textes", n, total: n, ..manque })
}
