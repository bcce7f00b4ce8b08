//! `livret bundle`: the documents of a session's candidats, built if they have to be, in one PDF, a list to tick off
//! before them.

use super::build::{self, Built, Planned};
use super::{Ended, Outcome, ended, impossible, outcome, report, shown};
use crate::cli::build::BuildArgs;
use crate::cli::bundle::BundleArgs;
use crate::documents::build::select::Only;
use crate::documents::build::{job, printing};
use crate::documents::bundle::{self, PageRange, Part, Unmade, places, unfit};
use crate::documents::finish::{Finished, Metadata};
use crate::documents::plan::{self, Document, Sujet};
use crate::documents::print::{Engine, PrintError};
use crate::documents::record::PdfEntry;
use crate::documents::render::Renderer;
use crate::documents::render::context::bordereau::Places;
use crate::documents::render::sommaire::Numbers;
use crate::documents::verify;
use crate::documents::write::unwritten;
use crate::ground::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::fingerprint::Fingerprint;
use crate::ground::fold;
use crate::ground::paths::{dossier_candidat, dossier_session};
use crate::ground::terminal::Terminal;
use crate::ground::text::count;
use crate::ground::typographie::typographier;
use crate::judge::project::Project;
use crate::model::theme::{Portee, TypeDocument};

/// A candidat by index, and the document that is printed and recorded.
type Source<'a> = (usize, &'a PdfEntry);

/// What to bundle.
struct Wanted {
    /// As the project names it.
    session: String,
    sujet: Sujet,
    kind: TypeDocument,
    /// What the theme calls these documents together.
    ensemble: String,
    /// The candidats by index, in order of name.
    candidats: Vec<usize>,
}

/// All that is known when the documents are built.
struct Bundler<'a> {
    args: &'a BundleArgs,
    wanted: &'a Wanted,
    built: &'a Built<'a>,
    /// The documents that go into the bundle.
    sources: Vec<Source<'a>>,
}

pub fn run(args: &BundleArgs, terminal: &mut Terminal) -> Outcome {
    let done = bundle(args, terminal);
    outcome(done, terminal)
}

fn bundle(args: &BundleArgs, terminal: &mut Terminal) -> Result<Outcome, Ended> {
    let mut build = BuildArgs::of(args.folders.clone(), args.chrome.clone());
    let planned = build::read(&build, terminal)?;
    let wanted = wanted(args, &planned, terminal)?;
    let folder = dossier_candidat(&wanted.session, "*");
    let parts: Vec<&str> = folder.split('/').chain([wanted.kind.fichier.as_str()]).collect();
    build.wanted = Only::path(&parts);
    let bundled = |built: Built, terminal: &mut Terminal| {
        let done = sources(&wanted, &built)
            .and_then(|sources| Bundler { args, wanted: &wanted, built: &built, sources }.bundle(terminal));
        ended(done, built.sources, terminal)
    };
    build::build(&build, planned, terminal, bundled).map(|(outcome, _)| outcome)
}

/// Checks what was asked for against the project, and names the session as the project does.
fn wanted(args: &BundleArgs, planned: &Planned, terminal: &Terminal) -> Result<Wanted, Ended> {
    let project = &planned.project;
    let sessions: Vec<&str> = project.sessions().into_iter().collect();
    let at = fold::find(&args.session, sessions.iter().copied());
    let kinds: Vec<&TypeDocument> =
        project.theme.documents.iter().filter(|t| t.portee == Portee::Candidat && t.pdf).collect();
    let known = || kinds.iter().map(|t| t.id.value.as_str());
    let kind = match &args.document {
        None => kinds.first().ok_or_else(|| {
            let message = "aucun document de candidat n'est imprimé par ce thème";
            Diagnostic::general(Code::DocumentInconnu, message)
        }),
        Some(id) => fold::find(id, known()).map(|at| &kinds[at]).ok_or_else(|| {
            let message = format!("« {id} » n'est pas un document imprimé pour chaque candidat");
            Diagnostic::general(Code::DocumentInconnu, message).suggest(id, known())
        }),
    }?;
    let Some(at) = at else {
        let message = format!("la session « {} » n'a aucun candidat", args.session);
        let diagnostic = Diagnostic::general(Code::SessionInconnue, message);
        return Err(diagnostic.suggest(&args.session, sessions.iter().rev().copied()).into());
    };
    let session = sessions[at];
    let broken: Vec<String> =
        project.candidats_en_erreur.iter().filter(|c| c.session == session).map(|c| c.path.clone()).collect();
    if !broken.is_empty() {
        report(&planned.diagnostics, Severity::Error, &planned.sources, terminal);
        return Err(incomplete(session, &broken).help("corrigez les erreurs de ces fiches").into());
    }
    let mut candidats: Vec<usize> =
        (0..project.dossiers.len()).filter(|i| project.candidat(*i).session == session).collect();
    candidats.sort_by_cached_key(|i| {
        let c = project.candidat(*i);
        [&c.nom, &c.prenom, &c.id].map(|name| fold::order(name))
    });
    let words = &project.theme.libelles;
    let word = |prefix: &str| words.get(&format!("{prefix}_{}", kind.id.value.replace('-', "_")));
    let ensemble = word("ensemble").or(word("document")).map_or(&kind.id.value, |word| &word.value.neutre).clone();
    let (session, sujet) = (session.to_owned(), Sujet::Session(at));
    Ok(Wanted { session, sujet, kind: (*kind).clone(), ensemble, candidats })
}

/// Renders the list of a session, as `check` does with every document.
///
/// # Errors
/// What is wrong in the template.
pub(crate) fn try_list(project: &Project, renderer: &Renderer) -> Result<(), Box<Diagnostic>> {
    let Some(candidat) = project.candidats().next() else { return Ok(()) };
    let Some(document) = plan::bordereau(project, &candidat.session, "") else { return Ok(()) };
    let candidats = vec![(0, PageRange { first: 1, pages: 1 })];
    let places = Places { session: &candidat.session, ensemble: "", duplex: true, candidats };
    verify::rendered(&renderer.clone().placing(&places), &document).map(drop)
}

impl Bundler<'_> {
    /// Makes the bundle, and says so.
    fn bundle(&self, terminal: &Terminal) -> Result<Outcome, Ended> {
        let Self { args, wanted, built, sources } = self;
        let document = plan::bordereau(built.project, &wanted.session, &wanted.ensemble);
        let titre = document.as_ref().map_or(&wanted.ensemble, |document| &document.titre);
        let metadata = job::metadata(titre, wanted.sujet, built.project);
        let list = match &document {
            Some(document) => Some(self.list(document, &metadata, terminal)?),
            None => None,
        };
        let mut places = self.places(list.as_ref().map(|list| list.facts.pages.len())).into_iter();
        let total = places.as_slice().last().map_or(0, |place| place.last());
        let list = document.zip(list).and_then(|(document, list)| {
            Some(Ok(Part { name: document.html(), pdf: list.bytes, title: None, place: places.next()? }))
        });
        let parts = sources.iter().zip(places).map(|(source, place)| part(*source, place, built));
        let suffix = if args.duplex { "-recto-verso" } else { "" };
        let path = format!("{}/{}{suffix}.pdf", dossier_session(&wanted.session), wanted.kind.fichier);
        // It goes as soon as one of them does.
        let dossier = |candidat: &usize| dossier_candidat(&wanted.session, &built.project.candidat(*candidat).id);
        let shows: Vec<String> = wanted.candidats.iter().map(dossier).collect();
        let parts = list.into_iter().chain(parts);
        let written = built
            .output
            .write_through(&path, &shows, |out| bundle::merge(parts, args.duplex, &metadata, out).map(drop));
        written.and_then(|_| Ok(built.output.settle()?)).map_err(|unmade| -> Ended {
            match unmade {
                Unmade::Unfit(diagnostic) => diagnostic.into(),
                Unmade::Disk(error) => unwritten(&path, &error).into(),
            }
        })?;
        let shown = shown(&args.folders.output().join(&path));
        let (candidats, pages) = (count(sources.len(), "candidat(s)"), count(total, "page(s)"));
        terminal.line(&format!("{shown} : {candidats}, {pages}"));
        Ok(Outcome::Done)
    }

    /// Where the documents stand, behind a list of so many pages.
    fn places(&self, list: Option<usize>) -> Vec<PageRange> {
        places(list.into_iter().chain(self.sources.iter().map(|(_, pdf)| pdf.pages)), self.args.duplex)
    }

    /// Prints the list before the documents, which tells where they stand.
    fn list(&self, document: &Document, metadata: &Metadata, terminal: &Terminal) -> Result<Finished, Ended> {
        let Self { args, wanted, built, sources } = self;
        let name = document.html();
        let unprintable = |error: PrintError| impossible(Box::new(error.diagnostic(None)));
        let engine = Engine::start(args.chrome.options()).map_err(unprintable)?;
        for warning in engine.warnings().iter().filter(|_| !built.printed) {
            terminal.show(&[warning], built.sources);
        }
        let page = |own| {
            let places = self.places(Some(own)).into_iter().skip(1);
            let candidats = sources.iter().map(|(candidat, _)| *candidat).zip(places).collect();
            let (session, ensemble) = (&wanted.session, &wanted.ensemble);
            let places = Places { session, ensemble, duplex: args.duplex, candidats };
            verify::rendered(&built.renderer.clone().placing(&places), document)
        };
        let (mut printer, numbers) = (engine.printer(), Numbers::default());
        let made = printing::make(&mut printer, document, &name, metadata, built.renderer, &numbers, page);
        made.map_err(|failure| {
            let outcome = if failure.is_fatal() { Outcome::Impossible } else { Outcome::Mistakes };
            Ended::Told(outcome, failure.diagnostic(&name))
        })
    }
}

/// The documents that go into the bundle, each with its candidat, all of them built.
fn sources<'b>(wanted: &Wanted, built: &'b Built) -> Result<Vec<Source<'b>>, Ended> {
    let (mut sources, mut missing) = (Vec::new(), Vec::new());
    for &candidat in &wanted.candidats {
        let dossier = dossier_candidat(&wanted.session, &built.project.candidat(candidat).id);
        let html = format!("{dossier}/{}.html", wanted.kind.fichier);
        let pdf = built.record.documents.get(&html).and_then(|entry| entry.pdf.as_ref());
        match pdf.filter(|_| built.ready.contains(&html)) {
            Some(pdf) => sources.push((candidat, pdf)),
            None => missing.push(html.replace(".html", ".pdf")),
        }
    }
    if missing.is_empty() {
        return Ok(sources);
    }
    Err(incomplete(&wanted.session, &missing).help("voyez plus haut pourquoi").into())
}

/// A session of which some files are not to be had.
fn incomplete(session: &str, missing: &[String]) -> Diagnostic {
    let message = format!("la session « {session} » ne peut pas être réunie en entier");
    let diagnostic = Diagnostic::general(Code::SessionIncomplete, message);
    missing.iter().fold(diagnostic, |diagnostic, path| diagnostic.fact(format!("{path} ne peut pas être imprimé")))
}

/// Reads a document, which must be the one that was recorded.
fn part((candidat, entry): Source, place: PageRange, built: &Built) -> Result<Part, Box<Diagnostic>> {
    let pdf = built.output.read(&entry.path).ok_or_else(|| unfit(&entry.path, "fichier introuvable"))?;
    if Fingerprint::of(&pdf) != entry.bytes {
        return Err(unfit(&entry.path, "il a changé depuis son impression"));
    }
    let candidat = built.project.candidat(candidat);
    Ok(Part {
        name: entry.path.clone(),
        pdf,
        title: Some(typographier(&format!("{} {}", candidat.nom, candidat.prenom))),
        place,
    })
}
