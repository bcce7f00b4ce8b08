//! The state of a livret, derived from its evaluation and never typed: what is missing, where évaluateurs
//! disagree, whether it can be signed.

use crate::ground::source::Span;
use crate::model::candidat::{Avis, BlocPresente, Candidat};
use crate::model::referentiel::{Bloc, Referentiel};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Etat {
    /// Nothing is evaluated: to be filled by hand.
    Vierge,
    EnCours,
    /// Two évaluateurs gave different results where they must agree.
    Desaccord,
    /// Ready to sign.
    Pret,
}

impl Etat {
    pub const ALL: [Etat; 4] = [Etat::Pret, Etat::EnCours, Etat::Desaccord, Etat::Vierge];

    /// The name used by themes.
    pub fn code(self) -> &'static str {
        match self {
            Etat::Vierge => "vierge",
            Etat::EnCours => "en-cours",
            Etat::Desaccord => "desaccord",
            Etat::Pret => "pret",
        }
    }
}

/// Something that is missing before the livret can be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manque {
    /// The bloc's number; `None` for the whole livret.
    pub bloc: Option<u32>,
    pub kind: ManqueKind,
    /// How many, out of how many, and which, where that says something.
    pub n: usize,
    pub total: usize,
    pub noms: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ManqueKind {
    Evaluateurs,
    /// Nothing of the bloc is evaluated.
    Evaluation,
    Resultats,
    Consensus,
    ActivitesExercees,
    Dates,
    Lieu,
    Entretiens,
    Duree,
    Commentaires,
    /// Texts of the référentiel that nobody has written yet.
    Textes,
}

impl ManqueKind {
    pub const ALL: [Self; 11] = [
        Self::Evaluateurs,
        Self::Evaluation,
        Self::Resultats,
        Self::Consensus,
        Self::ActivitesExercees,
        Self::Dates,
        Self::Lieu,
        Self::Entretiens,
        Self::Duree,
        Self::Commentaires,
        Self::Textes,
    ];

    /// The end of the theme's key for it, `manque_…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Evaluateurs => "evaluateurs",
            Self::Evaluation => "evaluation",
            Self::Resultats => "resultats",
            Self::Consensus => "consensus",
            Self::ActivitesExercees => "activites_exercees",
            Self::Dates => "dates",
            Self::Lieu => "lieu",
            Self::Entretiens => "entretiens",
            Self::Duree => "duree",
            Self::Commentaires => "commentaires",
            Self::Textes => "textes",
        }
    }
}

impl Manque {
    /// For the terminal, after « il manque »; documents have the theme's wording.
    pub fn phrase(&self) -> String {
        let noms = self.noms.join(", ");
        match self.kind {
            ManqueKind::Evaluateurs if self.n == self.total => "les évaluateurs".to_owned(),
            ManqueKind::Evaluateurs if self.n == 1 => "un évaluateur".to_owned(),
            ManqueKind::Evaluateurs => format!("{} évaluateurs sur {}", self.n, self.total),
            ManqueKind::Evaluation => "toute l'évaluation".to_owned(),
            ManqueKind::Resultats if self.n == 1 => format!("1 résultat sur {} ({noms})", self.total),
            ManqueKind::Resultats => format!("{} résultats sur {} ({noms})", self.n, self.total),
            ManqueKind::Consensus => format!("l'accord des évaluateurs ({noms})"),
            ManqueKind::ActivitesExercees => {
                "la réponse « activités exercées ou formation suivie » (activites_exercees)".to_owned()
            }
            ManqueKind::Dates => "les dates".to_owned(),
            ManqueKind::Lieu => "le lieu".to_owned(),
            ManqueKind::Entretiens => "le nombre d'entretiens".to_owned(),
            ManqueKind::Duree => "la durée".to_owned(),
            ManqueKind::Commentaires => "les commentaires (obligatoires)".to_owned(),
            ManqueKind::Textes => "des textes du référentiel".to_owned(),
        }
    }
}

impl Manque {
    /// The same in a word or two, in a list of what many candidats lack. Where only some are missing they are counted
    /// by what is there; one or two are named.
    fn bref(&self) -> String {
        let there = format!("{}/{}", self.total - self.n, self.total);
        match self.kind {
            ManqueKind::Evaluateurs if self.n == self.total => "évaluateurs".to_owned(),
            ManqueKind::Evaluateurs => format!("évaluateurs {there}"),
            ManqueKind::Evaluation => "toute l'évaluation".to_owned(),
            ManqueKind::Resultats if self.n <= 2 && self.n < self.total => {
                format!("résultats {there} (manque {})", self.noms.join(", "))
            }
            ManqueKind::Resultats => format!("résultats {there}"),
            ManqueKind::Consensus => format!("accord sur {}", self.noms.join(", ")),
            ManqueKind::ActivitesExercees => "activités exercées".to_owned(),
            ManqueKind::Dates => "dates".to_owned(),
            ManqueKind::Lieu => "lieu".to_owned(),
            ManqueKind::Entretiens => "entretiens".to_owned(),
            ManqueKind::Duree => "durée".to_owned(),
            ManqueKind::Commentaires => "commentaires".to_owned(),
            ManqueKind::Textes => "textes du référentiel".to_owned(),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Bilan {
    pub etat: Etat,
    /// What is missing for the whole livret.
    pub manques: Vec<Manque>,
    /// In the order of the blocs presented.
    pub blocs: Vec<BilanBloc>,
}

#[derive(Debug, Clone)]
pub struct BilanBloc {
    pub etat: Etat,
    pub manques: Vec<Manque>,
    /// How many of the bloc's compétences have a result that stands: given by all évaluateurs, who agree where they must.
    pub resultats: usize,
}

impl Bilan {
    /// Everything missing, in order; nothing for a blank livret, which is there to be filled by hand.
    pub fn tous(&self) -> impl Iterator<Item = &Manque> {
        let shown = |m: &&Manque| self.etat != Etat::Vierge || m.kind == ManqueKind::Textes;
        self.manques.iter().chain(self.blocs.iter().flat_map(|b| &b.manques)).filter(shown)
    }

    /// All that is missing in one line, « bloc 1 dates, lieu ; bloc 2 résultats 2/3 ». `None` if nothing is.
    pub fn resume(&self, candidat: &Candidat) -> Option<String> {
        let part = |(manques, _): &(&[Manque], Span)| {
            let bloc = manques[0].bloc.map(|numero| format!("bloc {numero} ")).unwrap_or_default();
            bloc + &manques.iter().map(Manque::bref).collect::<Vec<_>>().join(", ")
        };
        let parts: Vec<String> = self.notes(candidat).iter().map(part).collect();
        (!parts.is_empty()).then(|| parts.join(" ; "))
    }

    /// What is missing, in one list for the livret and one for each bloc, with the place where it would be written.
    pub fn notes(&self, candidat: &Candidat) -> Vec<(&[Manque], Span)> {
        if self.etat == Etat::Vierge {
            return Vec::new();
        }
        let own = [(self.manques.as_slice(), candidat.span)];
        let blocs = self
            .blocs
            .iter()
            .zip(&candidat.blocs)
            .map(|(bilan, bloc)| (bilan.manques.as_slice(), bloc.evaluation.span));
        own.into_iter().chain(blocs).filter(|(manques, _)| !manques.is_empty()).collect()
    }
}

/// Derives the state of a candidat's livret.
pub fn bilan(candidat: &Candidat, referentiel: &Referentiel) -> Bilan {
    let blank = candidat.blocs.iter().all(|b| b.evaluation.is_blank());
    let blocs: Vec<BilanBloc> = candidat.blocs.iter().map(|b| bilan_bloc(b, &referentiel.blocs[b.bloc])).collect();
    let named = candidat.evaluateurs.iter().flatten().count();
    let total = candidat.evaluateurs.len();
    let mut manques = Vec::new();
    if named < total {
        manques.push(Manque { bloc: None, kind: ManqueKind::Evaluateurs, n: total - named, total, noms: Vec::new() });
    }
    manques.extend(textes(referentiel));
    let etat = if blank {
        Etat::Vierge
    } else if blocs.iter().any(|b| b.etat == Etat::Desaccord) {
        Etat::Desaccord
    } else if manques.is_empty() && blocs.iter().all(|b| b.etat == Etat::Pret) {
        Etat::Pret
    } else {
        Etat::EnCours
    };
    Bilan { etat, manques, blocs }
}

/// The texts of a référentiel that nobody has written yet.
pub fn textes(referentiel: &Referentiel) -> Option<Manque> {
    let n = referentiel.a_remplacer.len();
    (n > 0).then(|| Manque { bloc: None, kind: ManqueKind::Textes, n, total: n, noms: Vec::new() })
}

fn bilan_bloc(presented: &BlocPresente, bloc: &Bloc) -> BilanBloc {
    let (evaluation, regles) = (&presented.evaluation, &bloc.regles);
    let total = bloc.competences().count();
    let mut manques = Vec::new();
    let mut missing = |kind, n, total, noms| {
        manques.push(Manque { bloc: Some(bloc.numero), kind, n, total, noms });
    };
    if evaluation.is_blank() {
        missing(ManqueKind::Evaluation, total, total, Vec::new());
        return BilanBloc { etat: Etat::Vierge, manques, resultats: 0 };
    }
    let mut absent = Vec::new();
    let mut desaccords = Vec::new();
    for competence in bloc.competences() {
        match evaluation.resultat(competence) {
            Some(r) if regles.consensus && r.desaccord() => desaccords.push(competence.id().to_owned()),
            Some(r) if r.complet() => {}
            _ => absent.push(competence.id().to_owned()),
        }
    }
    let resultats = total - absent.len() - desaccords.len();
    if !absent.is_empty() {
        missing(ManqueKind::Resultats, absent.len(), total, absent);
    }
    let disagree = !desaccords.is_empty();
    if disagree {
        missing(ManqueKind::Consensus, desaccords.len(), total, desaccords);
    }
    let wanted = [
        (regles.activites_exercees && evaluation.activites_exercees.is_none(), ManqueKind::ActivitesExercees),
        (evaluation.dates.is_none(), ManqueKind::Dates),
        (evaluation.lieu.is_none(), ManqueKind::Lieu),
        (regles.entretiens.is_some() && evaluation.entretiens.is_none(), ManqueKind::Entretiens),
        (evaluation.duree.is_none(), ManqueKind::Duree),
        (regles.commentaires_obligatoires && !evaluation.commente, ManqueKind::Commentaires),
    ];
    for (_, kind) in wanted.into_iter().filter(|(missing, _)| *missing) {
        missing(kind, 1, 1, Vec::new());
    }
    let etat = if disagree {
        Etat::Desaccord
    } else if manques.is_empty() {
        Etat::Pret
    } else {
        Etat::EnCours
    };
    BilanBloc { etat, manques, resultats }
}

/// Each évaluateur's level, for results without a common one.
pub fn avis_separes(avis: &Avis) -> Vec<(usize, usize)> {
    match avis {
        Avis::Commun(_) => Vec::new(),
        Avis::Separes(avis) => avis.iter().enumerate().filter_map(|(i, niveau)| niveau.map(|n| (i + 1, n))).collect(),
    }
}
