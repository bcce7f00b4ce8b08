//! What must be met first, in a référentiel's front matter: blocs by their names, which are looked up when all are read,
//! and papers. Circles and blocs that nobody judges are left to `judge::check`.

use super::names::Names;
use super::yaml::fields::{Fields, text, texts};
use super::yaml::{Kind, Node};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold;
use crate::ground::source::{Span, Spanned};
use crate::model::calcul::{Exige, Pour, Prealable};
use crate::model::referentiel::Bloc;
use crate::sources::keys;

/// A préalable whose blocs are not looked up yet.
pub(crate) struct Written {
    bloc: Option<Spanned<String>>,
    papier: Option<(String, String)>,
    pour: Spanned<Vec<Spanned<String>>>,
    span: Span,
}

pub(crate) fn prealables(node: &Node, _: &str, d: &mut Diagnostics) -> Option<Vec<Written>> {
    let mut names = Names::default();
    Some(Fields::read_each(node, &keys::PREALABLE, d, |fields, d| {
        let span = fields.span();
        let bloc = fields.take("bloc", text, d);
        let id = fields.take("id", text, d);
        let nom = fields.take("nom", text, d);
        let pour = fields.node("pour").and_then(|node| {
            // One word is no list of one only.
            let all =
                if let Kind::Text(_) = node.kind { vec![text(node, "pour", d)?] } else { texts(node, "pour", d)? };
            Some(Spanned::new(all, node.span))
        });
        let pour = pour?;
        if pour.value.is_empty() {
            let message = "« pour » ne nomme aucun bloc";
            let help = "écrivez tous, ensemble, ou une liste de blocs : pour: [accueil]";
            return d.refuse(Diagnostic::new(Code::PrealableMalEcrit, pour.span, message).help(help));
        }
        let papier = id.clone().zip(nom.clone());
        if bloc.is_some() == papier.is_some() || (bloc.is_some() && (id.is_some() || nom.is_some())) {
            let message = "un préalable est un bloc, ou une pièce qui a un identifiant et un nom";
            let help = "écrivez { bloc: …, pour: … }, ou { id: …, nom: …, pour: … }";
            return d.refuse(Diagnostic::new(Code::PrealableMalEcrit, span, message).help(help));
        }
        if let Some(id) = id {
            names.push(vec![id], Code::NomEnDouble, "deux préalables portent le nom", d);
        }
        let papier = papier.map(|(id, nom)| (id.value, nom.value));
        Some(Written { bloc, papier, pour, span })
    }))
}

/// The same with the blocs of the référentiel.
pub(crate) fn linked(written: Vec<Written>, blocs: &[Bloc], d: &mut Diagnostics) -> Vec<Prealable> {
    // `words` are those that may stand there instead of a bloc.
    let mut find = |name: &Spanned<String>, words: &[&'static str]| {
        let ids = blocs.iter().map(|bloc| bloc.id.as_str());
        fold::find(&name.value, ids.clone()).or_else(|| {
            let message = format!("« prealables » nomme le bloc « {} », qui n'existe pas", name.value);
            let diagnostic = Diagnostic::new(Code::PrealableMalEcrit, name.span, message).label("bloc inconnu");
            d.refuse(diagnostic.suggest(&name.value, words.iter().copied().chain(ids)))
        })
    };
    let mut link = |Written { bloc, papier, pour, span }| {
        let exige = match (bloc, papier) {
            (Some(bloc), _) => find(&bloc, &[]).map(Exige::Bloc),
            (None, Some((id, nom))) => Some(Exige::Papier { id, nom }),
            (None, None) => None,
        };
        let pour = match pour.value.as_slice() {
            [one] if one.value == "tous" => Some(Pour::Tous),
            [one] if one.value == "ensemble" => Some(Pour::Ensemble),
            named => {
                let words: &[&str] = if named.len() == 1 { &["tous", "ensemble"] } else { &[] };
                let found: Vec<usize> = named.iter().filter_map(|name| find(name, words)).collect();
                (found.len() == named.len()).then_some(Pour::Blocs(found))
            }
        };
        Some(Prealable { exige: exige?, pour: pour?, span })
    };
    written.into_iter().filter_map(&mut link).collect()
}
