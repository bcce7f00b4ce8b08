//! A référentiel's folder, `content/referentiels/<id>/<version>/`: what is certified, its texts, its blocs.

use std::collections::BTreeMap;

use super::filler::filler;
use super::markdown::blocks;
use super::markdown::files::Context;
use super::markdown::prose::{ParcoursRef, prose};
use super::names::Names;
use super::yaml::fields::{Fields, list, text, texts};
use super::yaml::{self, Node};
use super::{bloc, ensemble, forme, front_matter, prealables, regles, theme};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold;
use crate::ground::source::Span;
use crate::model::prose::Prose;
use crate::model::referentiel::{Bloc, Champs, Parcours, Referentiel, Regles, Suites};
use crate::sources::keys;
use crate::sources::layout::ReferentielFiles;

/// Reads a référentiel. `None` if anything in it is wrong: a livret printed from half a référentiel helps nobody.
pub fn referentiel(files: &ReferentielFiles, context: &Context, d: &mut Diagnostics) -> Option<Referentiel> {
    let errors_before = d.errors();
    let main = context.texts[&files.principal];
    let (front, body) = front_matter::split_required(context.sources, main, &keys::REFERENTIEL, d)?;
    // One page shows all three texts: their headings' ids must differ.
    let mut ids = BTreeMap::new();
    let (objet, mut named) = prose(blocks(context, main, body, d), context, &mut ids, d);
    let mut read = |path: &Option<String>| {
        let id = context.texts[path.as_ref()?];
        let body = front_matter::split(context.sources, id, d)?.body;
        let (text, parcours) = prose(blocks(context, id, body, d), context, &mut ids, d);
        named.extend(parcours);
        Some(text)
    };
    let note = read(&files.note).unwrap_or_default();
    let mode_emploi = read(&files.mode_emploi).unwrap_or_default();

    let node = yaml::parse(context.sources, main, front, d)?;
    let mut fields = Fields::of(&node, &keys::REFERENTIEL, d)?;
    let titre = fields.take("titre", text, d);
    let titre_court = fields.text("titre_court", d);
    let certification = fields.take("certification", text, d);
    let rncp = fields.text("rncp", d);
    let roles = fields.take("evaluateurs", forme::roles, d);
    let signatures = fields.take("signatures", texts, d);
    let champs = fields.take("champs", champs, d).unwrap_or_default();
    let (forme, sound) = forme::forme(&mut fields, None, d);
    let situations = fields.take("situations", forme::situations, d).unwrap_or_default();
    let parcours = fields.take("parcours", parcours, d);
    let suites = bloc::suites(&mut fields, Suites::default(), d);
    let prealables = fields.take("prealables", prealables::prealables, d).unwrap_or_default();
    let base = regles::regles(fields.node("regles"), &Regles::default(), d);
    let libelles = fields.take("libelles", theme::libelles, d).unwrap_or_default();
    fields.finish(d);

    let signatures = roles.as_ref().map(|roles| forme::signatures(signatures, roles, d)).unwrap_or_default();
    let defaults = bloc::Defaults { regles: &base, suites, forme: sound.then_some(&forme), situations: &situations };
    let mut blocs: Vec<Bloc> = files.blocs.iter().filter_map(|file| bloc::bloc(file, &defaults, context, d)).collect();
    let prealables = prealables::linked(prealables, &blocs, d);
    ensemble::ajouter(&mut blocs, &forme, &base, d);
    doubles(&blocs, d);
    if let Some(parcours) = &parcours {
        check_parcours(parcours, &named, &mode_emploi, d);
    }
    if d.errors() > errors_before || !files.sound {
        return None;
    }
    Some(Referentiel {
        id: files.id.clone(),
        version: files.version.clone(),
        titre: titre?.value,
        titre_court,
        certification: certification?.value,
        rncp,
        roles: roles?,
        signatures,
        champs,
        forme,
        regles: base,
        prealables,
        parcours: parcours?,
        libelles,
        objet,
        note,
        mode_emploi,
        blocs,
        a_remplacer: a_remplacer(files, context),
    })
}

/// What `livret new` wrote, and nobody has replaced.
fn a_remplacer(files: &ReferentielFiles, context: &Context) -> Vec<Span> {
    let named = [Some(&files.principal), files.note.as_ref(), files.mode_emploi.as_ref()];
    let all = named.into_iter().flatten().chain(files.blocs.iter().map(|bloc| &bloc.path));
    all.filter_map(|path| context.texts.get(path))
        .flat_map(|id| filler(context.sources.text(*id)).into_iter().map(|at| Span::new(*id, at)))
        .collect()
}

/// Reports ids that two things have which are evaluated.
fn doubles(blocs: &[Bloc], d: &mut Diagnostics) {
    let mut seen: BTreeMap<String, (&Bloc, String, Span)> = BTreeMap::new();
    let evaluated = |bloc: &'_ Bloc| -> Vec<(String, Span)> {
        let own = bloc.est_evalue_entier().then(|| (bloc.id.clone(), bloc.titre_span));
        own.into_iter().chain(bloc.competences().map(|c| (c.id().to_owned(), c.id_span()))).collect()
    };
    for (bloc, (id, span)) in blocs.iter().flat_map(|bloc| evaluated(bloc).into_iter().map(move |e| (bloc, e))) {
        let key = bloc.forme.code(&id).unwrap_or_else(|| fold::key(&id));
        if let Some((other, before, first)) = seen.insert(key, (bloc, id.clone(), span)) {
            // Two files of one bloc have been reported as such.
            if !std::ptr::eq(other, bloc) && (other.numero == bloc.numero || fold::same(&other.id, &bloc.id)) {
                continue;
            }
            let message = match before == id {
                true => format!("deux compétences ont l'identifiant « {id} »"),
                false => format!("« {before} » et « {id} » sont le même identifiant"),
            };
            let help = "donnez à l'une un autre identifiant, et aux résultats des candidats qui s'y réfèrent";
            d.push(Diagnostic::new(Code::CompetenceEnDouble, span, message).repeats(first).help(help));
        }
    }
}

fn champs(node: &Node, _: &str, d: &mut Diagnostics) -> Option<Champs> {
    Fields::read(node, &keys::CHAMPS, d, |fields, d| {
        let mut of = |name| fields.take(name, forme::champs, d).unwrap_or_default();
        Some(Champs { candidat: of("candidat"), evaluation: of("evaluation") })
    })
}

fn parcours(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Vec<Parcours>> {
    let errors_before = d.errors();
    let mut names = Names::default();
    let all = Fields::read_each(node, &keys::PARCOURS, d, |fields, d| {
        let id = fields.take("id", text, d);
        let nom = fields.take("nom", text, d);
        let tous_les_blocs = fields.word("blocs", d).map(|word| word == "tous");
        let passage = fields.take("passage", text, d);
        let (id, nom, tous_les_blocs) = (id?, nom?, tous_les_blocs?);
        names.push(vec![id.clone(), nom.clone()], Code::ParcoursEnDouble, "deux parcours portent le nom", d);
        Some(Parcours { id, nom: nom.value, tous_les_blocs, passage })
    });
    if list(node).is_empty() {
        let message = format!("« {field} » doit avoir au moins un parcours");
        let help = "écrivez un parcours par ligne : - { id: complet, nom: Ensemble des blocs, blocs: tous }";
        return d.refuse(Diagnostic::new(Code::ReferentielSansParcours, node.span, message).help(help));
    }
    // What names a parcours that could not be read is right.
    (d.errors() == errors_before).then_some(all)
}

/// Headings name known parcours, and parcours name known passages.
fn check_parcours(parcours: &[Parcours], named: &[ParcoursRef], mode_emploi: &Prose, d: &mut Diagnostics) {
    let ids = parcours.iter().map(|p| p.id.value.as_str());
    for (name, span) in named.iter().filter(|(name, _)| fold::find(name, ids.clone()).is_none()) {
        let message = format!("le parcours « {name} » n'est pas défini");
        let diagnostic = Diagnostic::new(Code::ParcoursNonDefini, *span, message).label("parcours inconnu");
        d.push(diagnostic.suggest(name, ids.clone()));
    }
    let titres = mode_emploi.titres.iter().map(|t| t.id.as_str());
    for passage in parcours.iter().filter_map(|p| p.passage.as_ref()) {
        if !titres.clone().any(|id| id == passage.value) {
            let message = format!("aucun titre du mode d'emploi n'a l'identifiant « {} »", passage.value);
            let diagnostic = Diagnostic::new(Code::PassageInconnu, passage.span, message).label("passage inconnu");
            d.push(if mode_emploi.titres.is_empty() {
                diagnostic.help(format!("donnez-le à un titre de mode-d-emploi.md : ## … {{#{}}}", passage.value))
            } else {
                diagnostic.suggest(&passage.value, titres.clone())
            });
        }
    }
}
