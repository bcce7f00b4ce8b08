//! Names of other candidats in comments, as they remain when a comment is copied. Names are also words, places and
//! other people: what may be one of these is left alone.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use rayon::prelude::*;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold::letters;
use crate::ground::personnes::CIVILITES;
use crate::ground::source::{Sources, place_of};
use crate::model::candidat::Candidat;

/// A word of a text, with its place in it.
struct Mot<'t> {
    /// As it is compared. Most words are written so.
    plain: Cow<'t, str>,
    at: Range<usize>,
    capital: bool,
    /// Whether its capital is owed to its place.
    first: bool,
}

impl Mot<'_> {
    fn is_among(&self, words: &[String]) -> bool {
        words.iter().any(|word| *word == self.plain)
    }
}

/// A family name or a first name, and whose.
struct Nom {
    words: Vec<String>,
    candidat: usize,
    family: bool,
}

/// The names of a session's candidats, by their first word.
type Session = HashMap<String, Vec<Nom>>;

/// All names of the candidats.
pub(crate) struct Noms {
    by_session: HashMap<String, Session>,
    /// Words that are written in small letters somewhere.
    common: HashSet<String>,
}

impl Noms {
    /// `textes` tell which names are words too.
    pub(crate) fn new(candidats: &[&Candidat], textes: &[&str]) -> Self {
        let mut by_session: HashMap<String, Session> = HashMap::new();
        for (candidat, c) in candidats.iter().enumerate() {
            let session = by_session.entry(c.session.clone()).or_default();
            for (name, family) in [(&c.nom, true), (&c.prenom, false)] {
                let words = plain(name);
                if let Some(first) = words.first().cloned() {
                    session.entry(first).or_default().push(Nom { words, candidat, family });
                }
            }
        }
        let names = by_session.values().flat_map(HashMap::values).flatten();
        let names: HashSet<&str> = names.flat_map(|nom| &nom.words).map(String::as_str).collect();
        let small = textes.par_iter().flat_map_iter(|text| mots(text)).filter(|mot| !mot.capital);
        let common = small.filter(|mot| names.contains(&*mot.plain)).map(|mot| mot.plain.into_owned()).collect();
        Self { by_session, common }
    }

    /// Reports each candidat that the comments of another one name, once a comment.
    pub(crate) fn check(&self, candidats: &[&Candidat], sources: &Sources, diagnostics: &mut Diagnostics) {
        let own = (0..candidats.len()).into_par_iter();
        diagnostics.extend(own.flat_map_iter(|i| self.candidat(i, candidats, sources)).collect::<Vec<_>>());
    }

    fn candidat(&self, own: usize, candidats: &[&Candidat], sources: &Sources) -> Vec<Diagnostic> {
        let candidat = &candidats[own];
        let Some(session) = self.by_session.get(&candidat.session) else { return Vec::new() };
        let (known, prenom) = (connus(candidat), plain(&candidat.prenom));
        let mut found = Vec::new();
        for span in candidat.commentaires() {
            let mots = mots(&sources.text(span.source)[span.range()]);
            let named = mots.iter().any(|mot| mot.capital && mot.is_among(&prenom));
            let mut said = HashSet::new();
            for at in 0..mots.len() {
                let Some(nom) = self.at(at, &mots, session, candidats) else { continue };
                let last = &mots[at + nom.words.len() - 1];
                // By the first name alone only where the candidat's own is not there.
                let sure = nom.family || !named;
                if nom.candidat == own || known.contains(&*last.plain) || !sure || !said.insert(nom.candidat) {
                    continue;
                }
                let other = &candidats[nom.candidat];
                let (whose, named) = (candidat.nom_complet(), other.nom_complet());
                let message = format!("ce commentaire sur {whose} nomme un autre candidat, {named}");
                let place = span.within(mots[at].at.start..last.at.end);
                let help = "si le commentaire vient d'une autre fiche, récrivez-le ; sinon il n'y a rien à faire";
                let diagnostic = Diagnostic::new(Code::AutreCandidatNomme, place, message).label("de qui s'agit-il ?");
                found.push(diagnostic.related(other.span, "cet autre candidat").help(help));
            }
        }
        found
    }

    /// The name that starts at a word, if it is one there and not a word, a place or somebody else.
    fn at<'n>(&self, at: usize, mots: &[Mot], session: &'n Session, candidats: &[&Candidat]) -> Option<&'n Nom> {
        let names = session.get(&*mots[at].plain)?;
        names.iter().find(|nom| {
            let Some(words @ [.., last]) = mots.get(at..at + nom.words.len()) else { return false };
            let same = words.iter().zip(&nom.words).all(|(mot, word)| mot.plain == *word);
            if !same || !last.capital || (last.first && self.common.contains(&*last.plain)) {
                return false;
            }
            let c = &candidats[nom.candidat];
            if nom.family {
                // « Jean Martin » is not Claire Martin.
                let before = at.checked_sub(1).map(|i| &mots[i]).filter(|mot| mot.capital && !mot.first);
                before.is_none_or(|mot| CIVILITES.contains(&&*mot.plain) || mot.is_among(&plain(&c.prenom)))
            } else {
                let after = mots.get(at + nom.words.len()).filter(|mot| mot.capital && !mot.first);
                after.is_none_or(|mot| mot.is_among(&plain(&c.nom)))
            }
        })
    }
}

/// The words of a candidat's own name, and of the people and places of the file.
fn connus(candidat: &Candidat) -> HashSet<String> {
    let people = candidat.evaluateurs().flatten().map(|e| e.nom.value.as_str());
    let places = candidat.blocs.iter().filter_map(|b| b.evaluation.lieu.as_deref());
    let own = [candidat.nom.as_str(), candidat.prenom.as_str()];
    let all = own.into_iter().chain(candidat.entreprise.as_deref()).chain(people).chain(places);
    all.flat_map(plain).collect()
}

/// The words of a name, as they are compared.
fn plain(name: &str) -> Vec<String> {
    mots(name).into_iter().map(|mot| mot.plain.into_owned()).collect()
}

/// The words of a text. A hyphen joins, an apostrophe parts.
fn mots(text: &str) -> Vec<Mot<'_>> {
    let mut mots: Vec<Mot> = Vec::new();
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '-').map(|word| word.trim_matches('-'));
    for word in words.filter(|word| !word.is_empty()) {
        let at = place_of(word, text);
        let between = &text[mots.last().map_or(0, |last| last.at.end)..at.start];
        let stops = between != " " && (between.contains(['.', '!', '?', '…', ':']) || between.contains("\n\n"));
        let (capital, first) = (word.starts_with(char::is_uppercase), mots.is_empty() || stops);
        mots.push(Mot { plain: letters(word), at, capital, first });
    }
    mots
}
