//! `livret bundle`: the documents of a session's candidats, built if they have to be, in one PDF, a list to tick off
//! before them.

mod failure;
mod list;

use super::build;
use super::build::Built;
use super::build::Planned;
use super::{Outcome, report, shown};
use crate::cli::BundleConfig;
use crate::documents::build::promises;
use crate::documents::build::select::Only;
use crate::documents::bundle::{self, BundleError, PageRange, Part, places};
use crate::documents::finish::Metadata;
use crate::documents::plan::{self, Document};
use crate::documents::render::Renderer;
use crate::documents::render::context::bordereau::Places;
use crate::documents::write::unwritten;
use crate::ground::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::fingerprint::Fingerprint;
use crate::ground::fold;
use crate::ground::paths::{dossier_candidat, dossier_session};
use crate::ground::source::Sources;
use crate::ground::terminal::Terminal;
use crate::ground::text::count;
use crate::ground::typographie::typographier;
use crate::judge::project::Project;
use crate::model::theme::{Portee, TypeDocument};
use crate::sources::load;
use failure::Failure;
use list::List;

/// What to bundle.
struct Wanted {
    kind: TypeDocument,
    /// What the theme calls these documents together.
    ensemble: String,
    /// The candidats by index, in order of name.
    candidats: Vec<usize>,
}

pub fn run(mut config: BundleConfig, terminal: &mut Terminal) -> Outcome {
    let Some(planned) = build::read(&config.build, terminal) else { return Outcome::Mistakes };
    let sessions: Vec<&str> = planned.project.sessions().into_iter().collect();
    if let Some(known) = fold::find(&config.session, sessions.iter().copied()) {
        config.session = sessions[known].to_owned();
    }
    let wanted = match wanted(&config, &planned, terminal) {
        Ok(wanted) => wanted,
        Err(failure) => return failed(&failure, &planned.sources, terminal),
    };
    let folder = dossier_candidat(&config.session, "*");
    let parts: Vec<&str> = folder.split('/').chain([wanted.kind.fichier.as_str()]).collect();
    config.build.only = Only::path(&parts);
    let bundled = |built: Built, terminal: &mut Terminal| match bundle(&config, &wanted, &built, terminal) {
        Ok(line) => {
            terminal.line(&line);
            Outcome::Done
        }
        Err(failure) => failed(&failure, built.sources, terminal),
    };
    build::build(&config.build, planned, terminal, bundled).outcome
}

fn failed(Failure(outcome, diagnostic): &Failure, sources: &Sources, terminal: &Terminal) -> Outcome {
    terminal.show(&[diagnostic.as_ref()], sources);
    *outcome
}

/// Checks what was asked for against the project.
fn wanted(config: &BundleConfig, planned: &Planned, terminal: &Terminal) -> Result<Wanted, Failure> {
    let (project, session) = (&planned.project, config.session.as_str());
    let kinds: Vec<&TypeDocument> =
        project.theme.documents.iter().filter(|t| t.portee == Portee::Candidat && t.pdf).collect();
    let kind = match &config.document {
        None => kinds.first().ok_or_else(|| {
            let message = "aucun document de candidat n'est imprimé par ce thème";
            Failure::mistake(Diagnostic::general(Code::DocumentInconnu, message))
        }),
        Some(id) => fold::find(id, kinds.iter().map(|t| t.id.value.as_str())).map(|at| &kinds[at]).ok_or_else(|| {
            let message = format!("« {id} » n'est pas un document imprimé pour chaque candidat");
            let known = kinds.iter().map(|t| t.id.value.as_str());
            Failure::mistake(Diagnostic::general(Code::DocumentInconnu, message).suggest(id, known))
        }),
    }?;
    let sessions = project.sessions();
    if !sessions.contains(session) {
        let message = format!("la session « {session} » n'a aucun candidat");
        let diagnostic = Diagnostic::general(Code::SessionInconnue, message);
        return Err(Failure::mistake(diagnostic.suggest(session, sessions.iter().rev().copied())));
    }
    let broken: Vec<&str> =
        project.candidats_en_erreur.iter().filter(|c| c.session == session).map(|c| c.path.as_str()).collect();
    if !broken.is_empty() {
        report(&planned.diagnostics, Severity::Error, &planned.sources, terminal);
        return Err(Failure::mistake(incomplete(session, &broken).help("corrigez les erreurs de ces fiches")));
    }
    let mut candidats: Vec<usize> =
        (0..project.dossiers.len()).filter(|i| project.candidat(*i).session == session).collect();
    candidats.sort_by_cached_key(|i| {
        let c = project.candidat(*i);
        [&c.nom, &c.prenom, &c.id].map(|name| fold::order(name))
    });
    let words = &project.theme.libelles;
    let word = |prefix: &str| words.get(&format!("{prefix}_{}", kind.id.value.replace('-', "_")));
    let ensemble = word("ensemble").or(word("document")).map_or(&kind.id.value, |word| &word.value).clone();
    Ok(Wanted { kind: (*kind).clone(), ensemble, candidats })
}

/// Renders the list of a session, as `check` does with every document.
///
/// # Errors
/// What is wrong in the template.
pub(crate) fn try_list(project: &Project, renderer: &Renderer) -> Result<(), Box<Diagnostic>> {
    let Some(candidat) = project.candidats().next() else { return Ok(()) };
    let Some(document) = plan::bordereau(&project.theme, &candidat.session, "") else { return Ok(()) };
    let candidats = vec![(0, PageRange { first: 1, pages: 1 })];
    let places = Places { session: &candidat.session, ensemble: "", duplex: true, candidats };
    renderer.render_bordereau(&document, &places).map(drop)
}

/// A candidat as lists name them.
fn nom(project: &Project, candidat: usize) -> String {
    let c = project.candidat(candidat);
    typographier(&format!("{} {}", c.nom, c.prenom))
}

/// One document of the bundle, built and recorded.
struct Printed {
    candidat: usize,
    path: String,
    bytes: Fingerprint,
    pages: usize,
}

/// Makes the bundle. Returns what to say of it.
fn bundle(config: &BundleConfig, wanted: &Wanted, built: &Built, terminal: &Terminal) -> Result<String, Failure> {
    let sources = sources(config, wanted, built)?;
    let list = plan::bordereau(&built.project.theme, &config.session, &wanted.ensemble);
    let metadata = metadata(list.as_ref(), wanted, built.project);
    let (list, places) = match &list {
        Some(document) => {
            let list = List {
                document,
                session: &config.session,
                ensemble: &wanted.ensemble,
                duplex: config.duplex,
                candidats: sources.iter().map(|source| (source.candidat, source.pages)).collect(),
                metadata: &metadata,
            };
            let (pdf, places) = list.print(built, &config.print, terminal)?;
            let part = Part { name: document.html(), pdf, title: None, place: places[0] };
            (Some(part), places[1..].to_vec())
        }
        None => (None, places(sources.iter().map(|source| source.pages), config.duplex)),
    };
    let total = places.last().map_or(0, |place| place.last());
    let parts = sources.iter().zip(places).map(|(source, place)| part(source, place, built));
    let bundle::Merged { bytes, unclaimed } =
        bundle::merge(list.map(Ok).into_iter().chain(parts), config.duplex, &metadata)
            .map_err(|error| Failure::mistake(error.diagnostic()))?;

    let suffix = if config.duplex { "-recto-verso" } else { "" };
    let path = format!("{}/{}{suffix}.pdf", dossier_session(&config.session), wanted.kind.fichier);
    if !unclaimed.is_empty() && !built.diagnostics.allows(Code::PdfNonAccessible) {
        terminal.show(&[&promises::not_accessible(&path, &unclaimed)], built.sources);
    }
    // It goes as soon as one of them does.
    let dossier = |candidat: &usize| dossier_candidat(&config.session, &built.project.candidat(*candidat).id);
    let shows: Vec<String> = wanted.candidats.iter().map(dossier).collect();
    let written = built.output.write_showing(&path, &bytes, &shows).and_then(|_| built.output.settle());
    written.map_err(|error| Failure::mistake(unwritten(&path, &error)))?;
    let shown = shown(&config.build.output.join(&path));
    Ok(format!("{shown} : {}, {}", count(sources.len(), "candidat(s)"), count(total, "page(s)")))
}

/// The documents that go into the bundle, all of them built.
fn sources(config: &BundleConfig, wanted: &Wanted, built: &Built) -> Result<Vec<Printed>, Failure> {
    let mut missing = Vec::new();
    let mut sources = Vec::new();
    for &candidat in &wanted.candidats {
        let dossier = dossier_candidat(&config.session, &built.project.candidat(candidat).id);
        let html = format!("{dossier}/{}.html", wanted.kind.fichier);
        let pdf = built.record.documents.get(&html).and_then(|entry| entry.pdf.as_ref());
        match pdf.filter(|_| built.ready.contains(&html)) {
            Some(pdf) => {
                sources.push(Printed { candidat, path: pdf.path.clone(), bytes: pdf.bytes.clone(), pages: pdf.pages })
            }
            None => missing.push(html.replace(".html", ".pdf")),
        }
    }
    if missing.is_empty() {
        return Ok(sources);
    }
    let missing: Vec<&str> = missing.iter().map(String::as_str).collect();
    Err(Failure::mistake(incomplete(&config.session, &missing).help("voyez plus haut pourquoi")))
}

/// A session of which some files are not to be had.
fn incomplete(session: &str, missing: &[&str]) -> Diagnostic {
    let message = format!("la session « {session} » ne peut pas être réunie en entier");
    let diagnostic = Diagnostic::general(Code::SessionIncomplete, message);
    missing.iter().fold(diagnostic, |diagnostic, path| diagnostic.fact(format!("{path} ne peut pas être imprimé")))
}

/// Reads a document, which must be the one that was recorded.
fn part(source: &Printed, place: PageRange, built: &Built) -> Result<Part, BundleError> {
    let name = source.path.clone();
    let wrong = |detail: &str| BundleError { name: source.path.clone(), detail: detail.to_owned() };
    let pdf = built.output.read(&source.path).ok_or_else(|| wrong("fichier introuvable"))?;
    if Fingerprint::of(&pdf) != source.bytes {
        return Err(wrong("il a changé depuis son impression"));
    }
    Ok(Part { name, pdf, title: Some(nom(built.project, source.candidat)), place })
}

fn metadata(list: Option<&Document>, wanted: &Wanted, project: &Project) -> Metadata {
    let mut of: Vec<usize> = wanted.candidats.iter().map(|i| project.candidat(*i).referentiel).collect();
    of.sort_unstable();
    of.dedup();
    let of = || of.iter().map(|i| &project.referentiels[*i]);
    let subjects: Vec<String> = of().map(|r| typographier(&format!("{} {}", r.certification, r.titre))).collect();
    let keywords: Vec<String> = of().map(crate::model::referentiel::Referentiel::chemin).collect();
    Metadata {
        title: typographier(list.map_or(&wanted.ensemble, |list| &list.titre)),
        author: typographier(&project.projet.organisme.nom),
        subject: Some(subjects.join(", ")),
        keywords: Some(keywords.join(", ")),
        language: "fr".to_owned(),
        date: load::source_date(),
    }
}
