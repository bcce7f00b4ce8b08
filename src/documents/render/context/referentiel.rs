//! A référentiel as templates see it. Its texts are the same in all documents, so they are typeset once for all.

use std::collections::BTreeMap;

use tera::Value;

use super::critere::critere;
use super::{Field, fields, grille, identite, list};
use crate::documents::render::assets::url;
use crate::documents::render::prose::html;
use crate::ground::fold;
use crate::ground::paths::dossier_referentiel;
use crate::ground::typographie::{en_lettres, typographier};
use crate::judge::verdict::regle::{self, ReglesDeBloc};
use crate::model::candidat::Presentee;
use crate::model::forme::{Echelle, Etage, Niveau};
use crate::model::noeud::Noeud;
use crate::model::prose::{Partie, Prose, Titre};
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
    pub criteres: Value,
}

impl Textes {
    /// Typesets a référentiel, with its `activites` if templates ask for these.
    pub(crate) fn of(r: &Referentiel, activites: bool) -> Self {
        let parcours = r.parcours.iter().map(|p| Some(p.id.value.as_str())).chain([None]);
        let mut grilles: BTreeMap<String, Value> = BTreeMap::new();
        for bloc in &r.blocs {
            let own = bloc.situations.echelles().map(|(id, echelle)| (grille_de(bloc, Some(id)), echelle));
            let all = own.chain([(bloc.id.clone(), &bloc.forme.echelle)]);
            grilles.extend(all.filter_map(|(key, echelle)| Some((key, grille::grille(bloc, echelle, r)?))));
        }
        Self {
            referentiel: parcours.map(|p| referentiel(r, p)).collect(),
            blocs: r.blocs.iter().map(|bloc| textes_bloc(bloc, r, activites)).collect(),
            grilles: grilles.into(),
            groupes: grille::groupes(r),
            roles: r.roles.iter().map(|role| role.nom.as_deref().map(typographier)).collect(),
        }
    }

    /// The référentiel for a candidat of a parcours, or for nobody in particular.
    pub(crate) fn referentiel(&self, parcours: Option<usize>) -> Value {
        self.referentiel[parcours.unwrap_or(self.referentiel.len() - 1)].clone()
    }
}

fn textes_bloc(b: &Bloc, r: &Referentiel, activites: bool) -> TextesBloc {
    let section = |s: &Section| fields([("titre", typographier(&s.titre).into()), ("prose", prose(&s.prose, None))]);
    let activites = activites && b.forme.is_officielle() && b.forme.resultat_par == Etage::Rang(1);
    let activite = |a: &Noeud| TextesActivite {
        titre: typographier(&a.titre),
        competences: a.enfants.iter().map(textes_competence).collect(),
    };
    TextesBloc {
        titre: typographier(&b.titre),
        numero: typographier(&b.numero_imprime()),
        sections: list(b.sections.iter().map(section)),
        fin: list(b.fin.iter().map(section)),
        has_grille: !b.noeuds.is_empty(),
        juge: !ReglesDeBloc::of(b, r).is_empty() || (b.compte && regle::ensemble(r).is_some()),
        niveaux: niveaux(&b.forme.echelle),
        situations: b.situations.echelles().map(|(id, echelle)| (id.to_owned(), niveaux(echelle))).collect(),
        activites: b.noeuds.iter().filter(|_| activites).map(activite).collect(),
    }
}

fn niveaux(echelle: &Echelle) -> Niveaux {
    echelle.niveaux().iter().map(|n| [&n.nom, &n.code].map(|t| typographier(t))).collect()
}

fn textes_competence(c: &Noeud) -> TextesCompetence {
    TextesCompetence { titre: typographier(&c.titre), criteres: list(c.criteres().iter().map(critere)) }
}

fn referentiel(r: &Referentiel, parcours: Option<&str>) -> Value {
    let niveau = |n: &Niveau| {
        fields([
            ("id", n.id.as_str().into()),
            ("code", n.code.as_str().into()),
            ("nom", typographier(&n.nom).into()),
            ("definition", typographier(&n.definition).into()),
        ])
    };
    let more = [
        ("titre_court", typographier(r.titre_court()).into()),
        ("certification", typographier(&r.certification).into()),
        ("rncp", r.rncp.as_deref().into()),
        // From the output folder.
        ("url", url(&format!("{}/index.html", dossier_referentiel(&r.chemin()))).into()),
        ("objet", prose(&r.objet, parcours)),
        ("note", prose(&r.note, parcours)),
        ("mode_emploi", prose(&r.mode_emploi, parcours)),
        ("echelle", list(r.forme.echelle.niveaux().iter().map(niveau))),
        ("nb_evaluateurs", r.roles.len().into()),
        ("nb_evaluateurs_lettres", en_lettres(r.roles.len()).into()),
    ];
    fields(identite(r).into_iter().chain(more))
}

/// Running text; passages of `parcours` are marked as applicable.
fn prose(prose: &Prose, parcours: Option<&str>) -> Value {
    let titre = |t: &Titre| fields(titre(t.niveau, &t.id, &t.titre));
    fields([("titres", list(prose.titres.iter().map(titre))), ("parties", parties(&prose.parties, parcours))])
}

fn titre(niveau: u8, id: &str, titre: &str) -> [Field; 3] {
    [("niveau", niveau.into()), ("id", id.into()), ("titre", typographier(titre).into())]
}

fn parties(all: &[Partie], parcours: Option<&str>) -> Value {
    list(all.iter().map(|partie| match partie {
        Partie::Texte(elements) => fields([("type", "html".into()), ("html", html(elements).into())]),
        Partie::Echelle => fields([("type", "echelle".into())]),
        Partie::Passage(p) => {
            let more = [
                ("type", "passage".into()),
                ("parcours", p.parcours.as_str().into()),
                ("applicable", parcours.is_some_and(|own| fold::same(own, &p.parcours)).into()),
                ("page", p.page.into()),
                ("parties", parties(&p.parties, parcours)),
            ];
            fields(titre(p.niveau, &p.id, &p.titre).into_iter().chain(more))
        }
    }))
}
