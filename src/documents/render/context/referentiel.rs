//! A référentiel as templates see it. Its texts are the same in all documents, so they are typeset once for all.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{TeraResult, Value};

use super::critere::{ContexteCritere, contexte_critere};
use super::grille::{self, ContexteGrille};
use crate::documents::render::assets::url;
use crate::documents::render::prose::html;
use crate::ground::paths::dossier_referentiel;
use crate::ground::typographie::{en_lettres, typographier};
use crate::judge::verdict::regle::{self, ReglesDeBloc};
use crate::model::candidat::Presentee;
use crate::model::forme::{Echelle, Etage};
use crate::model::noeud::Noeud;
use crate::model::prose::{Partie, Prose};
use crate::model::referentiel::{Bloc, Referentiel, Section};

/// The texts of a référentiel, typeset.
pub(crate) struct Textes {
    /// For candidats of each parcours, and for nobody in particular at last.
    referentiel: Vec<Value>,
    pub blocs: Vec<TextesBloc>,
    /// The grilles, as [`grille_de`] names them.
    pub grilles: Value,
    /// Who has boxes of their own: the names of roles, and nobody's for what came of all.
    pub groupes: Vec<Option<String>>,
    /// The names of roles, in order.
    pub roles: Vec<Option<String>>,
}

pub(crate) struct TextesBloc {
    pub titre: String,
    pub numero: String,
    /// Under their headings: before the grille, and after it.
    pub sections: Value,
    pub fin: Value,
    /// The two levels of the official livret, for themes that know no others; empty for those that do.
    pub activites: Vec<TextesActivite>,
    pub has_grille: bool,
    /// Whether a rule says what its results come to.
    pub juge: bool,
    /// The levels of its scale, and of those that situations have of their own.
    niveaux: Niveaux,
    situations: BTreeMap<String, Niveaux>,
}

/// The names of the levels of a scale, and their codes.
pub(crate) type Niveaux = Vec<[String; 2]>;

impl TextesBloc {
    pub(crate) fn niveaux(&self, situation: Option<&Presentee>) -> &Niveaux {
        situation.and_then(|situation| self.situations.get(&situation.id)).unwrap_or(&self.niveaux)
    }
}

/// The name of a bloc's grille among the others: its id, with that of a situation whose scale is another.
pub(crate) fn grille_de(bloc: &Bloc, situation: Option<&str>) -> String {
    let own = situation.filter(|situation| bloc.situations.echelles().any(|(id, _)| id == *situation));
    own.map_or_else(|| bloc.id.clone(), |situation| format!("{}/{situation}", bloc.id))
}

pub(crate) struct TextesActivite {
    pub titre: String,
    pub competences: Vec<TextesCompetence>,
}

pub(crate) struct TextesCompetence {
    pub titre: String,
    pub criteres: Vec<ContexteCritere>,
}

#[derive(Debug, Serialize)]
struct ContexteSection {
    titre: String,
    prose: ContexteProse,
}

impl Textes {
    /// Typesets a référentiel, with its `activites` if templates ask for these.
    ///
    /// # Errors
    /// Those of templates' values; plain data has none.
    pub(crate) fn of(r: &Referentiel, activites: bool) -> TeraResult<Self> {
        let parcours = r.parcours.iter().map(|p| Some(p.id.value.as_str())).chain([None]);
        let mut grilles: BTreeMap<String, ContexteGrille> = BTreeMap::new();
        for bloc in &r.blocs {
            let own = bloc.situations.echelles().map(|(id, echelle)| (grille_de(bloc, Some(id)), echelle));
            let all = own.chain([(bloc.id.clone(), &bloc.forme.echelle)]);
            grilles.extend(all.filter_map(|(key, echelle)| Some((key, grille::grille(bloc, echelle, r)?))));
        }
        Ok(Self {
            referentiel: parcours
                .map(|p| Value::try_from_serializable(&referentiel(r, p)))
                .collect::<TeraResult<_>>()?,
            blocs: r.blocs.iter().map(|bloc| textes_bloc(bloc, r, activites)).collect::<TeraResult<_>>()?,
            grilles: Value::try_from_serializable(&grilles)?,
            groupes: grille::groupes(r),
            roles: r.roles.iter().map(|role| role.nom.as_deref().map(typographier)).collect(),
        })
    }

    /// The référentiel for a candidat of a parcours, or for nobody in particular.
    pub(crate) fn referentiel(&self, parcours: Option<usize>) -> Value {
        self.referentiel[parcours.unwrap_or(self.referentiel.len() - 1)].clone()
    }
}

fn textes_bloc(b: &Bloc, r: &Referentiel, activites: bool) -> TeraResult<TextesBloc> {
    let section = |s: &Section| ContexteSection { titre: typographier(&s.titre), prose: prose(&s.prose, None) };
    let sections = |all: &[Section]| Value::try_from_serializable(&all.iter().map(section).collect::<Vec<_>>());
    let activites = activites && b.forme.is_officielle() && b.forme.resultat_par == Etage::Rang(1);
    Ok(TextesBloc {
        titre: typographier(&b.titre),
        numero: typographier(&b.numero_imprime()),
        sections: sections(&b.sections)?,
        fin: sections(&b.fin)?,
        has_grille: !b.noeuds.is_empty(),
        juge: !ReglesDeBloc::of(b, r).is_empty() || (b.compte && regle::ensemble(r).is_some()),
        niveaux: niveaux(&b.forme.echelle),
        situations: b.situations.echelles().map(|(id, echelle)| (id.to_owned(), niveaux(echelle))).collect(),
        activites: b
            .noeuds
            .iter()
            .filter(|_| activites)
            .map(|a| TextesActivite {
                titre: typographier(&a.titre),
                competences: a.enfants.iter().map(textes_competence).collect(),
            })
            .collect(),
    })
}

fn niveaux(echelle: &Echelle) -> Niveaux {
    echelle.niveaux().iter().map(|n| [&n.nom, &n.code].map(|t| typographier(t))).collect()
}

fn textes_competence(c: &Noeud) -> TextesCompetence {
    TextesCompetence { titre: typographier(&c.titre), criteres: c.criteres().iter().map(contexte_critere).collect() }
}

#[derive(Debug, Serialize)]
struct ContexteReferentiel {
    id: String,
    version: String,
    titre: String,
    titre_court: String,
    certification: String,
    rncp: Option<String>,
    /// From the output folder.
    url: String,
    objet: ContexteProse,
    note: ContexteProse,
    mode_emploi: ContexteProse,
    echelle: Vec<ContexteNiveau>,
    nb_evaluateurs: usize,
    nb_evaluateurs_lettres: String,
}

#[derive(Debug, Serialize)]
struct ContexteNiveau {
    id: String,
    code: String,
    nom: String,
    definition: String,
}

#[derive(Debug, Clone, Serialize)]
struct ContexteProse {
    titres: Vec<ContexteTitre>,
    parties: Vec<ContextePartie>,
}

#[derive(Debug, Clone, Serialize)]
struct ContexteTitre {
    niveau: u8,
    id: String,
    titre: String,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum ContextePartie {
    Html {
        html: String,
    },
    Echelle,
    Passage {
        id: String,
        niveau: u8,
        titre: String,
        parcours: String,
        applicable: bool,
        page: bool,
        parties: Vec<ContextePartie>,
    },
}

fn referentiel(r: &Referentiel, parcours: Option<&str>) -> ContexteReferentiel {
    ContexteReferentiel {
        id: r.id.clone(),
        version: r.version.clone(),
        titre: typographier(&r.titre),
        titre_court: typographier(r.titre_court()),
        certification: typographier(&r.certification),
        rncp: r.rncp.clone(),
        url: url(&format!("{}/index.html", dossier_referentiel(&r.chemin()))),
        objet: prose(&r.objet, parcours),
        note: prose(&r.note, parcours),
        mode_emploi: prose(&r.mode_emploi, parcours),
        echelle: r
            .forme
            .echelle
            .niveaux()
            .iter()
            .map(|n| ContexteNiveau {
                id: n.id.clone(),
                code: n.code.clone(),
                nom: typographier(&n.nom),
                definition: typographier(&n.definition),
            })
            .collect(),
        nb_evaluateurs: r.roles.len(),
        nb_evaluateurs_lettres: en_lettres(r.roles.len()),
    }
}

/// Running text; passages of `parcours` are marked as applicable.
fn prose(prose: &Prose, parcours: Option<&str>) -> ContexteProse {
    ContexteProse {
        titres: prose
            .titres
            .iter()
            .map(|t| ContexteTitre { niveau: t.niveau, id: t.id.clone(), titre: typographier(&t.titre) })
            .collect(),
        parties: parties(&prose.parties, parcours),
    }
}

fn parties(all: &[Partie], parcours: Option<&str>) -> Vec<ContextePartie> {
    all.iter()
        .map(|partie| match partie {
            Partie::Texte(elements) => ContextePartie::Html { html: html(elements) },
            Partie::Echelle => ContextePartie::Echelle,
            Partie::Passage(p) => ContextePartie::Passage {
                id: p.id.clone(),
                niveau: p.niveau,
                titre: typographier(&p.titre),
                parcours: p.parcours.clone(),
                applicable: parcours.is_some_and(|own| crate::ground::fold::same(own, &p.parcours)),
                page: p.page,
                parties: parties(&p.parties, parcours),
            },
        })
        .collect()
}
