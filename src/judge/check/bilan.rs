//! The state of a livret, derived from its evaluation and never typed: what is missing, where évaluateurs
//! disagree, whether it can be signed.

use crate::ground::diagnostic::{Code, Diagnostic};
use crate::ground::source::Span;
use crate::judge::rules::rule::{Manque, OfBloc};
use crate::judge::rules::{self, consensus, textes};
use crate::judge::verdict::Verdicts;
use crate::model::candidat::{BlocPresente, Candidat};
use crate::model::referentiel::{Bloc, Referentiel};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Etat {
    /// Nothing is evaluated or decided: to be filled by hand.
    Vierge,
    EnCours,
    /// Two évaluateurs gave different results where they must agree.
    Desaccord,
    /// Ready to sign.
    Pret,
}

impl Etat {
    pub(crate) const ALL: [Etat; 4] = [Etat::Pret, Etat::EnCours, Etat::Desaccord, Etat::Vierge];

    /// The name used by themes.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Etat::Vierge => "vierge",
            Etat::EnCours => "en-cours",
            Etat::Desaccord => "desaccord",
            Etat::Pret => "pret",
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Bilan {
    pub etat: Etat,
    /// What is missing for the whole livret.
    pub manques: Vec<Manque>,
    /// In the order of the blocs presented.
    pub blocs: Vec<BilanBloc>,
    /// What the results come to.
    pub verdicts: Verdicts,
}

#[derive(Debug, Clone)]
pub(crate) struct BilanBloc {
    pub etat: Etat,
    pub manques: Vec<Manque>,
    /// How many of the bloc's compétences have a result that stands: given by all évaluateurs, who agree where they must.
    pub resultats: usize,
}

impl Bilan {
    /// Everything missing, in order; nothing for a blank livret, which is there to be filled by hand.
    pub(crate) fn tous(&self) -> impl Iterator<Item = &Manque> {
        let shown = |m: &&Manque| self.etat != Etat::Vierge || m.code == textes::RULE.code;
        self.manques.iter().chain(self.blocs.iter().flat_map(|b| &b.manques)).filter(shown)
    }

    /// All that is missing in one line, « bloc 1 dates, lieu ; bloc 2 résultats 2/3 ». `None` if nothing is.
    pub(crate) fn resume(&self, candidat: &Candidat) -> Option<String> {
        let part = |(manques, _): (&[Manque], Span)| {
            let sheet = manques[0].sheet();
            let bloc = if sheet.is_empty() { sheet } else { sheet + " " };
            bloc + &manques.iter().map(|m| m.bref.as_str()).collect::<Vec<_>>().join(", ")
        };
        let parts: Vec<String> = self.notes(candidat).into_iter().map(part).collect();
        (!parts.is_empty()).then(|| parts.join(" ; "))
    }

    /// What the results come to, line by line; nothing of a blank livret.
    pub(crate) fn lignes(&self, referentiel: &Referentiel) -> Vec<String> {
        if self.etat == Etat::Vierge { Vec::new() } else { self.verdicts.lignes(referentiel) }
    }

    /// What the results come to, in one note; nothing where no rule says it, or nothing is evaluated yet.
    pub(crate) fn verdict(&self, candidat: &Candidat, referentiel: &Referentiel) -> Option<Diagnostic> {
        let lines = self.lignes(referentiel);
        let (first, rest) = lines.split_first()?;
        let message = format!("{} : {first}", candidat.nom_complet());
        let note = Diagnostic::new(Code::Verdict, candidat.span, message);
        Some(rest.iter().fold(note, |note, line| note.fact(line.clone())))
    }

    /// What is missing, in one list for the livret and one for each bloc, with the place where it would be written.
    pub(crate) fn notes(&self, candidat: &Candidat) -> Vec<(&[Manque], Span)> {
        if self.etat == Etat::Vierge {
            return Vec::new();
        }
        let own = [(self.manques.as_slice(), candidat.span)];
        let blocs = self.blocs.iter().zip(&candidat.blocs);
        let blocs = blocs.map(|(bilan, bloc)| (bilan.manques.as_slice(), bloc.evaluation.span));
        own.into_iter().chain(blocs).filter(|(manques, _)| !manques.is_empty()).collect()
    }
}

/// Derives the state of a candidat's livret.
pub(crate) fn bilan(candidat: &Candidat, verdicts: Verdicts, referentiel: &Referentiel) -> Bilan {
    let blank = candidat.blocs.iter().all(|b| b.evaluation.is_blank()) && candidat.decisions.is_empty();
    let of = |b: &BlocPresente| match verdicts.ferme(b.bloc).is_some() {
        // Nothing can be evaluated there, and nothing is missing.
        true => BilanBloc { etat: Etat::Pret, manques: Vec::new(), resultats: 0 },
        false => bilan_bloc(b, &referentiel.blocs[b.bloc], blank),
    };
    let blocs: Vec<BilanBloc> = candidat.blocs.iter().map(of).collect();
    let manques: Vec<Manque> =
        rules::LIVRET.iter().filter_map(|rule| rule.manque(referentiel, candidat, None)).collect();
    let etat = if blank {
        Etat::Vierge
    } else if blocs.iter().any(|b| b.etat == Etat::Desaccord) {
        Etat::Desaccord
    } else if manques.is_empty() && blocs.iter().all(|b| b.etat == Etat::Pret) {
        Etat::Pret
    } else {
        Etat::EnCours
    };
    Bilan { etat, manques, blocs, verdicts }
}

fn bilan_bloc(presented: &BlocPresente, bloc: &Bloc, livret_vierge: bool) -> BilanBloc {
    let evaluation = &presented.evaluation;
    // Where nothing has a result, nothing may have to be written.
    let blank = evaluation.is_blank() && (livret_vierge || !bloc.sans_resultat());
    let rules: &[&OfBloc] = if blank { &rules::VIERGE } else { &rules::BLOC };
    let manques = rules.iter().filter_map(|rule| rule.manque(bloc, evaluation, Some(bloc.numero)));
    let manques: Vec<Manque> = manques
        .map(|manque| Manque {
            ensemble: bloc.ensemble,
            numero_imprime: (!bloc.ensemble).then(|| bloc.numero_imprime()),
            situation: presented.situation.clone(),
            ..manque
        })
        .collect();
    let items = bloc.items();
    let given = items.iter().filter_map(|item| evaluation.resultat(item));
    let stand = given.filter(|r| r.complet() && !consensus::desaccord(bloc, r));
    let etat = if blank {
        Etat::Vierge
    } else if manques.iter().any(|m| m.code == consensus::RULE.code) {
        Etat::Desaccord
    } else if manques.is_empty() {
        Etat::Pret
    } else {
        Etat::EnCours
    };
    BilanBloc { etat, manques, resultats: stand.count() }
}
