//! One result as it is written, on the scale of its bloc: a level, a mark, a tick.

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::Spanned;
use crate::model::forme::{Echelle, Note, Valeur};
use crate::sources::parse::echelle::{francais, nombre};
use crate::sources::parse::yaml::fields::is_oui;

/// What is meant by a written result. `None`, with a diagnostic, if the scale does not have it.
pub(crate) fn valeur(written: &Spanned<String>, echelle: &Echelle, diagnostics: &mut Diagnostics) -> Option<Valeur> {
    let found = match echelle {
        Echelle::Niveaux(_) => {
            echelle.niveau(&written.value).map(Valeur::Niveau).ok_or_else(|| Box::new(niveau(written, echelle)))
        }
        Echelle::Note(scale) => note(written, scale, echelle),
        Echelle::Coche => coche(written),
    };
    found.map_err(|diagnostic| diagnostics.push(*diagnostic)).ok()
}

fn niveau(written: &Spanned<String>, echelle: &Echelle) -> Diagnostic {
    let message = format!("« {} » n'est pas un niveau de l'échelle", written.value);
    let diagnostic = Diagnostic::new(Code::NiveauInconnu, written.span, message).label("niveau inconnu");
    diagnostic.suggest(&written.value, echelle.niveaux().iter().map(|n| n.id.as_str()))
}

fn note(written: &Spanned<String>, note: &Note, echelle: &Echelle) -> Result<Valeur, Box<Diagnostic>> {
    let wrong = |message: String, help: String| {
        Box::new(Diagnostic::new(Code::NoteImpossible, written.span, message).label("note impossible").help(help))
    };
    // What is printed after a mark may be written after it.
    let bare = note.unite.as_deref().and_then(|unite| written.value.trim().strip_suffix(unite));
    let Some(nombre) = nombre(bare.unwrap_or(&written.value)) else {
        return echelle.niveau(&written.value).map(Valeur::Niveau).ok_or_else(|| {
            let ids: Vec<&str> = note.autres.iter().map(|n| n.id.as_str()).collect();
            let others = if ids.is_empty() { String::new() } else { format!(" ; ou : {}", ids.join(", ")) };
            let help = format!("écrivez une note de 0 à {}{others}", francais(note.max));
            wrong(format!("« {} » n'est pas une note", written.value), help)
        });
    };
    if nombre > note.max {
        let message = format!("{} dépasse la note maximale, {}", francais(nombre), francais(note.max));
        return Err(wrong(message, format!("écrivez une note de 0 à {}", francais(note.max))));
    }
    if !(nombre % note.pas).is_zero() {
        let message = format!("{} n'est pas un multiple de {}", francais(nombre), francais(note.pas));
        return Err(wrong(message, format!("les notes vont de {0} en {0}", francais(note.pas))));
    }
    Ok(Valeur::Note(nombre))
}

fn coche(written: &Spanned<String>) -> Result<Valeur, Box<Diagnostic>> {
    is_oui(&written.value).map(Valeur::Coche).ok_or_else(|| {
        let message = format!("« {} » n'est ni oui ni non", written.value);
        let diagnostic = Diagnostic::new(Code::NiveauInconnu, written.span, message).label("oui ou non");
        Box::new(diagnostic.help("oui coche la case, non la laisse vide"))
    })
}
