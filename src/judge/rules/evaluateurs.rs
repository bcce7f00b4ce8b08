//! As many évaluateurs as the référentiel asks for are named.

use super::rule::{Manque, OfLivret};

pub(crate) static RULE: OfLivret = OfLivret::wanting("evaluateurs", |_, candidat| {
    let total = candidat.evaluateurs.len();
    let named = candidat.evaluateurs.iter().flatten().count();
    let n = total - named;
    let (phrase, bref) = match n {
        0 => return None,
        _ if named == 0 => ("les évaluateurs".to_owned(), "évaluateurs".to_owned()),
        1 => ("un évaluateur".to_owned(), format!("évaluateurs {named}/{total}")),
        _ => (format!("{n} évaluateurs sur {total}"), format!("évaluateurs {named}/{total}")),
    };
    Some(Manque { n, total, phrase, bref, ..Manque::default() })
});
