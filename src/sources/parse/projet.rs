//! `livret.yaml`.

use super::yaml::fields::{Fields, text, texts};
use super::yaml::{self, Node};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics, RETIRED};
use crate::ground::source::{SourceId, Sources, Span, Spanned};
use crate::model::projet::{Defauts, Organisme, Projet};
use crate::sources::keys;

/// The theme of a project that names none.
const DEFAULT_THEME: &str = "officiel";

/// Reads `livret.yaml`; `None`, with diagnostics, if it does not say who certifies.
pub fn projet(sources: &Sources, id: SourceId, d: &mut Diagnostics) -> Option<Projet> {
    let node = yaml::parse(sources, id, 0..sources.text(id).len(), d)?;
    let mut fields = Fields::of(&node, &keys::PROJET, d)?;
    let organisme = fields.take("organisme", organisme, d);
    let theme = fields.take("theme", text, d);
    let theme = theme.unwrap_or_else(|| Spanned::new(DEFAULT_THEME.to_owned(), Span::new(id, 0..0)));
    let defauts = fields.take("defauts", defauts, d).unwrap_or_default();
    fields.take("avertissements", avertissements, d);
    fields.finish(d);
    Some(Projet { organisme: organisme?, theme, defauts })
}

/// `permis`: the codes that the project wants left unsaid, which they are from here on.
fn avertissements(node: &Node, _: &str, d: &mut Diagnostics) -> Option<()> {
    let permis = Fields::read(node, &keys::AVERTISSEMENTS, d, |fields, d| fields.take("permis", texts, d));
    for written in permis.unwrap_or_default() {
        match Code::parse(&written.value) {
            Some(code) if code.can_be_allowed() => d.allow(code),
            Some(code) => {
                let message = format!("{code} ne peut pas être permis : {}", code.title().to_lowercase());
                let help = "retirez-le de cette liste : seuls les codes en A peuvent y être";
                let diagnostic = Diagnostic::new(Code::CodeNonPermis, written.span, message).help(help);
                d.push(diagnostic.label("n'est pas un avertissement"));
            }
            None if RETIRED.contains(&written.value.trim().to_uppercase().as_str()) => {}
            None => {
                let known = Code::ALL.iter().filter(|code| code.can_be_allowed()).map(|code| code.as_str());
                let message = format!("le code « {} » n'existe pas", written.value);
                let diagnostic = Diagnostic::new(Code::CodeInconnu, written.span, message).label("code inconnu");
                d.push(diagnostic.suggest(&written.value.to_uppercase(), known));
            }
        }
    }
    Some(())
}

fn organisme(node: &Node, _: &str, d: &mut Diagnostics) -> Option<Organisme> {
    Fields::read(node, &keys::ORGANISME, d, |fields, d| {
        let [nom, sigle, entete] = ["nom", "sigle", "entete"].map(|name| fields.text(name, d));
        let logo = fields.take("logo", text, d);
        let nom = nom?;
        Some(Organisme { entete: entete.unwrap_or_else(|| nom.clone()), nom, sigle, logo })
    })
}

fn defauts(node: &Node, _: &str, d: &mut Diagnostics) -> Option<Defauts> {
    Fields::read(node, &keys::DEFAUTS, d, |fields, d| {
        let [referentiel, parcours] = ["referentiel", "parcours"].map(|name| fields.take(name, text, d));
        Some(Defauts { referentiel, parcours })
    })
}
