//! Joins what the candidats' files say to the référentiel that they name: blocs, compétences, levels, parcours.
//! Whether an evaluation is complete or sound is left to [`crate::judge::check`].

mod blocs;
mod decisions;
mod evaluateurs;
mod named;
mod resultats;
mod situations;
pub(crate) mod valeur;

use std::collections::BTreeMap;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold;
use crate::ground::source::{Span, Spanned};
use crate::model::candidat::{BlocPresente, Candidat, Evaluation, Presentee};
use crate::model::forme::Echelle;
use crate::model::projet::Defauts;
use crate::model::referentiel::{Bloc, Champs, Referentiel};
use crate::sources::parse::candidat::{Commentaire, Fiche, FicheChamp, FicheEvaluation};
use blocs::{presented, presented_bloc};
use named::Named;

/// Links one candidat. `None` if its référentiel or its parcours is not known; what else is not known is reported
/// and left out.
pub(crate) fn candidat(
    fiche: Fiche,
    referentiels: &Referentiels,
    defauts: Option<&Defauts>,
    diagnostics: &mut Diagnostics,
) -> Option<Candidat> {
    let index = referentiels.find(&fiche, defauts, diagnostics)?;
    let referentiel = &referentiels.all[index];
    let parcours = parcours(&fiche, referentiel, defauts, diagnostics)?;
    let presented = presented(&fiche, referentiel, parcours, diagnostics);

    let mut evaluations: BTreeMap<usize, FicheEvaluation> = BTreeMap::new();
    let mut named = Named::default();
    for evaluation in fiche.evaluations {
        let Some(bloc) = presented_bloc(&evaluation.nom, &presented, referentiel, diagnostics) else { continue };
        if named.is_first(bloc, &evaluation.nom, "le même bloc", diagnostics) {
            evaluations.insert(bloc, evaluation);
        }
    }
    let mut sheets = Vec::new();
    for bloc in presented.iter().copied() {
        let own = situations::sheets(evaluations.remove(&bloc), &referentiel.blocs[bloc], diagnostics);
        sheets.extend(own.into_iter().map(|(situation, evaluation)| (bloc, situation, evaluation)));
    }
    let mut commentaires: BTreeMap<usize, Commentaire> = BTreeMap::new();
    let mut named = Named::default();
    for commentaire in fiche.commentaires {
        let name = &commentaire.bloc;
        let (of_bloc, of_situation) = situations::named_part(name, referentiel);
        let Some(bloc) = presented_bloc(&of_bloc, &presented, referentiel, diagnostics) else { continue };
        titres_en_gras(&commentaire.lignes, bloc, referentiel, diagnostics);
        let first = sheets.iter().position(|(of, ..)| *of == bloc).unwrap_or_default();
        let own: Vec<&Presentee> =
            sheets.iter().filter(|(of, ..)| *of == bloc).filter_map(|(_, s, _)| s.as_ref()).collect();
        let at = situations::at(of_situation.as_deref(), name, &own, &referentiel.blocs[bloc], diagnostics);
        let Some(sheet) = at.map(|at| first + at) else { continue };
        if let Some(first) = named.before(sheet, name) {
            let bloc = &referentiel.blocs[bloc].id;
            let situation = sheets[sheet].1.as_ref().map(|situation| &situation.id);
            let message = situation.map_or_else(
                || format!("le bloc « {bloc} » est commenté deux fois"),
                |id| format!("la situation « {id} » du bloc « {bloc} » est commentée deux fois"),
            );
            let diagnostic = Diagnostic::new(Code::CommentaireEnDouble, name.span, message);
            let diagnostic = diagnostic.related(first.span, "première fois");
            diagnostics.push(diagnostic.help("réunissez les deux commentaires"));
        } else if !commentaire.contenu.is_empty() {
            commentaires.insert(sheet, commentaire);
        }
    }
    let mut blocs = Vec::new();
    for (sheet, (bloc, situation, written)) in sheets.into_iter().enumerate() {
        let written = (written, commentaires.remove(&sheet));
        let of = &referentiel.blocs[bloc];
        let echelle = of.echelle(situation.as_ref().map(|situation| situation.id.as_str()));
        let evaluation = evaluation(written, (of, echelle), referentiel, fiche.span, diagnostics);
        blocs.push(BlocPresente { bloc, situation, evaluation });
    }
    let evaluateurs = evaluateurs::evaluateurs(fiche.evaluateurs, &referentiel.roles, diagnostics);
    let Champs { candidat, evaluation } = &referentiel.champs;
    let champs = champs(fiche.champs, candidat, (evaluation, D_UNE_EVALUATION), diagnostics);
    let prealables = decisions::prealables(fiche.prealables, referentiel, diagnostics);
    let decisions = decisions::decisions(fiche.decisions, &presented, referentiel, diagnostics);
    Some(Candidat {
        id: fiche.id,
        session: fiche.session,
        nom: fiche.nom,
        prenom: fiche.prenom,
        civilite: fiche.civilite,
        entreprise: fiche.entreprise,
        referentiel: index,
        parcours,
        evaluateurs,
        champs,
        prealables,
        decisions,
        blocs,
        span: fiche.span,
    })
}

/// The référentiels that were read, and the paths of those that could not be: a candidat of one of these is not
/// at fault.
pub(crate) struct Referentiels<'a> {
    pub all: &'a [Referentiel],
    pub broken: &'a [String],
}

impl Referentiels<'_> {
    fn find(&self, fiche: &Fiche, defauts: Option<&Defauts>, diagnostics: &mut Diagnostics) -> Option<usize> {
        let Some(name) = fiche.referentiel.as_ref().or(defauts.and_then(|d| d.referentiel.as_ref())) else {
            // Without livret.yaml nobody knows what the file may leave out.
            defauts?;
            let help = "ajoutez une ligne « referentiel: identifiant/version », ou un défaut dans livret.yaml";
            return diagnostics.refuse(cle_absente("referentiel", fiche).help(help));
        };
        // A default that is none has been reported once for all.
        let said = fiche.referentiel.is_none() && !self.all.is_empty();
        let mut unsaid = Diagnostics::default();
        self.named(name, if said { &mut unsaid } else { diagnostics })
    }

    /// The référentiel of a fiche, where it is one that could not be read.
    pub(crate) fn en_erreur(&self, fiche: &Fiche, defauts: Option<&Defauts>) -> Option<String> {
        let name = fiche.referentiel.as_ref().or(defauts.and_then(|d| d.referentiel.as_ref()))?;
        let found = self.named(name, &mut Diagnostics::default()).is_some();
        let broken = fold::find(&name.value, self.broken.iter().map(String::as_str)).filter(|_| !found)?;
        Some(self.broken[broken].clone())
    }

    /// Reports a default that is none, be there a fiche that leaves it out or not.
    pub(crate) fn defaut(&self, defauts: &Defauts, diagnostics: &mut Diagnostics) {
        if let Some(name) = defauts.referentiel.as_ref().filter(|_| !self.all.is_empty()) {
            self.named(name, diagnostics);
        }
    }

    fn named(&self, name: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<usize> {
        let chemins: Vec<String> = self.all.iter().map(Referentiel::chemin).collect();
        let of = |paths: &[String]| fold::find(&name.value, paths.iter().map(String::as_str));
        // The exact name of a broken one comes before another spelling of a sound one.
        if !self.broken.contains(&name.value)
            && let Some(index) = of(&chemins)
        {
            return Some(index);
        }
        if of(self.broken).is_some() {
            return None;
        }
        let id = name.value.split('/').next().unwrap_or_default();
        let versions: Vec<&str> =
            self.all.iter().filter(|r| fold::same(&r.id, id)).map(|r| r.version.as_str()).collect();
        let diagnostic = match versions.last() {
            None => {
                let known = chemins.iter().chain(self.broken).map(String::as_str);
                let message = format!("le référentiel « {} » n'existe pas", name.value);
                Diagnostic::new(Code::ReferentielInconnu, name.span, message).suggest(&name.value, known)
            }
            Some(last) => {
                let message = format!("le référentiel « {id} » n'a pas cette version");
                Diagnostic::new(Code::VersionInconnue, name.span, message)
                    .help(format!("versions connues : {} ; écrivez {id}/{last}", versions.join(", ")))
                    .correct(format!("{id}/{last}"))
            }
        };
        diagnostics.refuse(diagnostic.label("inconnu"))
    }
}

fn parcours(
    fiche: &Fiche,
    referentiel: &Referentiel,
    defauts: Option<&Defauts>,
    diagnostics: &mut Diagnostics,
) -> Option<usize> {
    let ids = referentiel.parcours.iter().map(|p| p.id.value.as_str());
    let Some(name) = fiche.parcours.as_ref().or(defauts.and_then(|d| d.parcours.as_ref())) else {
        if referentiel.parcours.len() == 1 {
            return Some(0);
        }
        defauts?;
        let known = format!("possibles : {}", ids.collect::<Vec<_>>().join(", "));
        return diagnostics.refuse(cle_absente("parcours", fiche).help(known));
    };
    referentiel.parcours(&name.value).or_else(|| {
        let message = format!("le parcours « {} » n'existe pas dans {}", name.value, referentiel.chemin());
        let diagnostic = Diagnostic::new(Code::ParcoursInconnu, name.span, message).label("parcours inconnu");
        diagnostics.refuse(diagnostic.suggest(&name.value, ids))
    })
}

fn cle_absente(cle: &str, fiche: &Fiche) -> Diagnostic {
    let message = format!("il manque la clé « {cle} » dans la fiche du candidat");
    Diagnostic::new(Code::CleAbsente, fiche.span, message)
}

/// A line in bold that is another bloc was meant as a title: what follows would be printed under the wrong bloc.
fn titres_en_gras(lignes: &[Spanned<String>], own: usize, referentiel: &Referentiel, diagnostics: &mut Diagnostics) {
    for ligne in lignes {
        let Some(bloc) = referentiel.bloc(&ligne.value).filter(|bloc| *bloc != own) else { continue };
        let id = &referentiel.blocs[bloc].id;
        let message = format!("le gras ne fait pas un titre du bloc « {id} »");
        let help = format!("écrivez « ## {id} » ; si ce n'est pas un titre, ajoutez un mot à cette ligne");
        let diagnostic = Diagnostic::new(Code::TitreManque, ligne.span, message).help(help);
        diagnostics.push(diagnostic.label("imprimé dans le commentaire qui précède"));
    }
}

fn evaluation(
    (fiche, commentaire): (Option<FicheEvaluation>, Option<Commentaire>),
    bloc: (&Bloc, &Echelle),
    referentiel: &Referentiel,
    fallback: Span,
    diagnostics: &mut Diagnostics,
) -> Evaluation {
    let mut evaluation = Evaluation::blank(fallback);
    if let Some(mut fiche) = fiche {
        if bloc.0.ensemble && fiche.faits.activites_exercees.is_some() {
            let message = "l'ensemble n'a pas d'activités exercées : ce sont celles de chaque bloc";
            let diagnostic = Diagnostic::new(Code::CleInconnue, fiche.nom.span, message);
            diagnostics.push(diagnostic.help("écrivez « activites_exercees » sous le bloc dont elles sont"));
        }
        let resultats = resultats::resultats(&mut fiche, bloc, referentiel, diagnostics);
        let Champs { candidat, evaluation: asked } = &referentiel.champs;
        let champs = champs(fiche.champs, asked, (candidat, DU_CANDIDAT), diagnostics);
        let own = fiche.evaluateurs.map(|own| evaluateurs::evaluateurs(own, &referentiel.roles, diagnostics));
        evaluation = Evaluation { resultats, champs, evaluateurs: own, ..fiche.faits };
    }
    if let Some(commentaire) = commentaire {
        evaluation.texte = commentaire.texte;
        evaluation.commente = commentaire.dit_quelque_chose();
        evaluation.commentaires = commentaire.contenu;
    }
    evaluation
}

const DU_CANDIDAT: &str =
    "il est demandé du candidat : écrivez-le sous la clé « champs » de la fiche, hors des évaluations";

const D_UNE_EVALUATION: &str =
    "il est demandé de chaque évaluation : écrivez-le sous la clé « champs » du bloc ou de la situation";

/// What is written of facts that the référentiel asks for, by their ids; `other` are those that it asks for elsewhere, and
/// where.
fn champs(
    written: Vec<FicheChamp>,
    asked: &[(String, String)],
    other: (&[(String, String)], &str),
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, String> {
    let ids = asked.iter().map(|(id, _)| id.as_str());
    let mut all = BTreeMap::new();
    let mut named = Named::default();
    for (name, texte) in written {
        if let Some(at) = fold::find(&name.value, ids.clone()) {
            named.is_first(at, &name, "le même champ", diagnostics);
            all.insert(asked[at].0.clone(), texte.value);
            continue;
        }
        let message = format!("le champ « {} » n'est pas demandé par le référentiel", name.value);
        let diagnostic = Diagnostic::new(Code::ChampInconnu, name.span, message).label("champ inconnu");
        let elsewhere = fold::find(&name.value, other.0.iter().map(|(id, _)| id.as_str())).is_some();
        diagnostics.push(match elsewhere {
            true => diagnostic.help(other.1),
            false => diagnostic.suggest(&name.value, ids.clone()),
        });
    }
    all
}
