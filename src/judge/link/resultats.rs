//! Links results to what is evaluated in their bloc, to the roles that gave them, and to the scale.

use std::collections::BTreeMap;

use super::named::Named;
use super::valeur::valeur;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::{Span, Spanned};
use crate::model::candidat::{Avis, Resultat};
use crate::model::forme::{Echelle, Etage, Role, Valeur};
use crate::model::noeud::{Noeud, is_numero};
use crate::model::referentiel::{Bloc, Referentiel};
use crate::sources::parse::candidat::{FicheEvaluation, FicheResultat};

/// The results of one evaluation of a bloc, by the keys of what is evaluated.
pub(crate) fn resultats(
    fiche: &mut FicheEvaluation,
    (bloc, echelle): (&Bloc, &Echelle),
    referentiel: &Referentiel,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Resultat> {
    let mut reader = Reader { echelle, referentiel, diagnostics, all: BTreeMap::new() };
    let whole = fiche.resultat.take();
    if bloc.sans_resultat() {
        let first = fiche.resultats.first().map(|(name, _)| name.span).or(whole.map(|whole| whole.span()));
        if let Some(span) = first {
            let message = format!("le bloc « {} » n'a pas de résultat : seul l'ensemble en a un", bloc.id);
            let help = "écrivez sous « evaluations: » la clé « ensemble: », et sous elle « resultat: … »";
            reader.misplaced(span, &message, help);
        }
        return reader.all;
    }
    if bloc.est_evalue_entier() {
        if let Some((name, _)) = fiche.resultats.first() {
            reader.misplaced(
                name.span,
                if bloc.ensemble { "l'ensemble a un seul résultat" } else { "ce bloc a un seul résultat" },
                "écrivez « resultat: … » au lieu de « resultats »",
            );
        }
        if let Some(whole) = whole {
            reader.one(bloc.id.clone(), whole);
        }
        return reader.all;
    }
    if let Some(whole) = whole {
        let help = "écrivez « resultats: », et sous leurs identifiants les résultats";
        reader.misplaced(whole.span(), "ce bloc n'a pas un seul résultat", help);
    }
    let competences: Vec<&str> = bloc.competences().map(Noeud::id).collect();
    let mut named = Named::default();
    for (name, fiche) in std::mem::take(&mut fiche.resultats) {
        let par_critere = bloc.forme.resultat_par == Etage::Critere;
        if let Some(noeud) = bloc.competence(&name.value) {
            named.is_first(noeud.id(), &name, "la même compétence", reader.diagnostics);
            match par_critere {
                true => reader.criteres(noeud, &name, fiche),
                false => reader.one(noeud.id().to_owned(), fiche),
            }
            continue;
        }
        reader.diagnostics.push(unknown_competence(&name, &competences, referentiel));
        if !par_critere {
            // What it says is looked up all the same.
            reader.one(String::new(), fiche);
            reader.all.remove("");
        }
    }
    reader.all
}

struct Reader<'a, 'd> {
    echelle: &'a Echelle,
    referentiel: &'a Referentiel,
    diagnostics: &'d mut Diagnostics,
    all: BTreeMap<String, Resultat>,
}

impl Reader<'_, '_> {
    fn misplaced(&mut self, span: Span, message: &str, help: &str) {
        self.diagnostics.push(Diagnostic::new(Code::CriteresEnNombre, span, message).help(help));
    }

    /// Reports two numbers of a list that may be the halves of a mark.
    fn is_cut(&mut self, fiche: &FicheResultat) -> bool {
        let FicheResultat::Liste(_, _, Some(halves)) = fiche else { return false };
        let noted = matches!(self.echelle, Echelle::Note(_));
        if noted {
            let message = "ces deux nombres n'en font-ils qu'un, que sa virgule coupe ?";
            let diagnostic = Diagnostic::new(Code::NoteImpossible, *halves, message);
            self.diagnostics.push(diagnostic.help("écrivez [12.5] pour une note, [12, 5] avec une espace pour deux"));
        }
        noted
    }

    fn valeur(&mut self, written: &Spanned<String>) -> Option<Valeur> {
        valeur(written, self.echelle, self.diagnostics)
    }

    /// The result of one thing: everybody's, or each role's.
    fn one(&mut self, cle: String, fiche: FicheResultat) {
        let span = fiche.span();
        let avis = match fiche {
            FicheResultat::Valeur(written) => self.valeur(&written).map(Avis::Commun),
            FicheResultat::Rien(_) => None,
            fiche if self.is_cut(&fiche) => None,
            FicheResultat::Liste(_, span, _) => {
                let message = "plusieurs résultats, pour ce qui n'en a qu'un";
                self.misplaced(span, message, "écrivez un seul résultat, ou celui de chaque rôle : { rôle: résultat }");
                None
            }
            FicheResultat::Par(all, _) => {
                let mut given = vec![None; self.referentiel.roles.len()];
                let mut named = Named::default();
                for (role, fiche) in all {
                    let role = self.role(&role, &mut named);
                    let valeur = match fiche {
                        FicheResultat::Valeur(written) => self.valeur(&written),
                        FicheResultat::Rien(_) => None,
                        other => {
                            let message = "plusieurs résultats, pour ce qui n'en a qu'un";
                            self.misplaced(other.span(), message, "écrivez un seul résultat par rôle");
                            None
                        }
                    };
                    if let Some(role) = role {
                        given[role] = valeur;
                    }
                }
                given.iter().any(Option::is_some).then_some(Avis::Separes(given))
            }
        };
        self.all.extend(avis.map(|avis| (cle, Resultat { avis, span })));
    }

    /// The results of a compétence's critères: everybody's, or each role's.
    fn criteres(&mut self, noeud: &Noeud, name: &Spanned<String>, fiche: FicheResultat) {
        let n = noeud.items();
        let by_role = |all: &[(Spanned<String>, FicheResultat)]| all.iter().any(|(key, _)| !is_numero(&key.value));
        let span = fiche.span();
        match fiche {
            FicheResultat::Par(all, _) if by_role(&all) => {
                let mut given = vec![vec![None; self.referentiel.roles.len()]; n];
                let mut named = Named::default();
                for (role, fiche) in all {
                    let role = self.role(&role, &mut named);
                    for (critere, valeur) in self.per_critere(n, name, fiche) {
                        if let Some(role) = role {
                            given[critere][role] = Some(valeur);
                        }
                    }
                }
                for (critere, avis) in given.into_iter().enumerate() {
                    if avis.iter().any(Option::is_some) {
                        let resultat = Resultat { avis: Avis::Separes(avis), span };
                        self.all.insert(noeud.cle(critere + 1), resultat);
                    }
                }
            }
            fiche => {
                for (critere, valeur) in self.per_critere(n, name, fiche) {
                    let resultat = Resultat { avis: Avis::Commun(valeur), span };
                    self.all.insert(noeud.cle(critere + 1), resultat);
                }
            }
        }
    }

    /// Results by the position of their critère: a list of all, or some by number.
    fn per_critere(&mut self, n: usize, name: &Spanned<String>, fiche: FicheResultat) -> Vec<(usize, Valeur)> {
        let wrong = |span: Span, message: String| {
            let example = vec!["…"; n].join(", ");
            Diagnostic::new(Code::CriteresEnNombre, span, message)
                .related(name.span, "cette compétence")
                .help(format!("écrivez un résultat par critère, [{example}], ou quelques-uns par numéro, {{ 1: … }}"))
        };
        match fiche {
            FicheResultat::Valeur(written) => {
                let message = format!("« {} » est évaluée critère par critère", name.value);
                self.diagnostics.push(wrong(written.span, message));
                Vec::new()
            }
            FicheResultat::Rien(_) => Vec::new(),
            fiche if self.is_cut(&fiche) => Vec::new(),
            FicheResultat::Liste(all, span, _) => {
                if all.len() != n {
                    let s = if n > 1 { "s" } else { "" };
                    let verb = if all.len() > 1 { "résultats sont écrits" } else { "résultat est écrit" };
                    let message = format!("« {} » a {n} critère{s}, {} {verb}", name.value, all.len());
                    self.diagnostics.push(wrong(span, message));
                    return Vec::new();
                }
                let given = all.iter().enumerate();
                given.filter_map(|(at, written)| Some((at, self.valeur(written.as_ref()?)?))).collect()
            }
            FicheResultat::Par(all, _) => {
                let mut given = Vec::new();
                let mut named = Named::default();
                for (key, fiche) in all {
                    let number = key.value.parse::<usize>().ok().filter(|number| (1..=n).contains(number));
                    let Some(number) = number else {
                        let message = format!("« {} » n'a pas de critère {}", name.value, key.value);
                        self.diagnostics.push(wrong(key.span, message));
                        continue;
                    };
                    named.is_first(number, &key, "le même critère", self.diagnostics);
                    match fiche {
                        FicheResultat::Rien(_) => {}
                        FicheResultat::Valeur(written) => given.extend(self.valeur(&written).map(|v| (number - 1, v))),
                        other => {
                            let message = "plusieurs résultats, pour un critère".to_owned();
                            self.diagnostics.push(wrong(other.span(), message));
                        }
                    }
                }
                given
            }
        }
    }

    /// A role, which one result names once.
    fn role(&mut self, written: &Spanned<String>, named: &mut Named<usize>) -> Option<usize> {
        let role = self.find_role(written)?;
        named.is_first(role, written, "le même rôle", self.diagnostics);
        Some(role)
    }

    fn find_role(&mut self, written: &Spanned<String>) -> Option<usize> {
        let roles = &self.referentiel.roles;
        Role::of_avis(&written.value, roles).or_else(|| {
            let named = roles.iter().any(|role| role.nom.is_some());
            let unknown = if named { unknown_role(written, roles) } else { unknown_evaluateur(written, roles.len()) };
            self.diagnostics.refuse(unknown)
        })
    }
}

pub(super) fn unknown_role(written: &Spanned<String>, roles: &[Role]) -> Diagnostic {
    let message = format!("« {} » n'est pas un rôle", written.value);
    let diagnostic = Diagnostic::new(Code::EvaluateurInconnu, written.span, message).label("rôle inconnu");
    diagnostic.suggest(&written.value, roles.iter().map(|role| role.id.as_str()))
}

fn unknown_evaluateur(written: &Spanned<String>, known: usize) -> Diagnostic {
    let number = written.value.strip_prefix("evaluateur_");
    let plain = number.filter(|n| !n.starts_with('0') && n.bytes().all(|b| b.is_ascii_digit()));
    let (message, help) = match plain.and_then(|n| n.parse::<usize>().ok()) {
        Some(number) => (format!("il n'y a pas d'évaluateur {number}"), format!("le référentiel en demande {known}")),
        None => (
            format!("« {} » n'est pas un évaluateur", written.value),
            "écrivez evaluateur_1, evaluateur_2…, dans l'ordre de la liste des évaluateurs".to_owned(),
        ),
    };
    Diagnostic::new(Code::EvaluateurInconnu, written.span, message).label("évaluateur inconnu").help(help)
}

fn unknown_competence(name: &Spanned<String>, here: &[&str], referentiel: &Referentiel) -> Diagnostic {
    let elsewhere = referentiel.blocs.iter().find(|b| b.competence(&name.value).is_some());
    let message = format!("la compétence « {} » n'existe pas dans ce bloc", name.value);
    let diagnostic = Diagnostic::new(Code::CompetenceInconnue, name.span, message).label("compétence inconnue");
    match elsewhere {
        Some(other) => diagnostic.help(format!("elle est dans le bloc « {} »", other.id)),
        None => diagnostic.suggest(&name.value, here.iter().copied()),
    }
}
