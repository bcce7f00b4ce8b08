//! Whether what a référentiel says of values and verdicts can be calculated and reached: levels that exist, values where
//! they are asked for, roundings where something is divided, thresholds below the maximum, outcomes that can come.

use rust_decimal::Decimal;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold;
use crate::ground::source::{Span, Spanned};
use crate::judge::verdict::avis::maximum;
use crate::judge::verdict::places::{self, Niveau, Place};
use crate::model::calcul::{Arrondi, Calcul, Combien, Issue, Joints, Validation};
use crate::model::forme::{ENSEMBLE, Echelle, Etage};
use crate::model::referentiel::{Bloc, Referentiel};
use crate::sources::parse::echelle::francais;

/// The level of critères, which is there where these have results.
const CRITERE: &str = "critere";

/// Reports rules that cannot be calculated.
pub(super) fn calculs(referentiel: &Referentiel, d: &mut Diagnostics) {
    etages(referentiel, d);
    let mut report = Report { referentiel, told: Vec::new(), d };
    for bloc in &referentiel.blocs {
        let (niveaux, _) = places::bloc(bloc, referentiel);
        report.avis(bloc);
        niveaux.iter().for_each(|niveau| report.niveau(niveau, Some(bloc)));
    }
    if let Some(ensemble) = places::ensemble(referentiel) {
        report.niveau(&ensemble, None);
        report.sans_bloc(&ensemble);
    }
}

/// Reports names of levels that no bloc has.
fn etages(referentiel: &Referentiel, d: &mut Diagnostics) {
    let names = |bloc: &Bloc| {
        if bloc.forme.resultat_par == Etage::Ensemble {
            return Vec::new();
        }
        let critere = (bloc.forme.resultat_par == Etage::Critere).then_some(CRITERE);
        let rangs: Vec<String> = bloc.forme.structure.iter().map(|rang| rang.id.clone()).collect();
        rangs.into_iter().chain(critere.map(str::to_owned)).chain(["bloc".to_owned()]).collect()
    };
    let report = |written: &Spanned<String>, known: &[String], d: &mut Diagnostics| {
        if !known.iter().any(|name| fold::same(name, &written.value)) {
            let inside = referentiel.forme.structure.iter().map(|rang| rang.id.as_str()).chain(["bloc", CRITERE]);
            let idle = referentiel.feuille_d_ensemble().is_some() && fold::find(&written.value, inside).is_some();
            let message = match idle {
                true => format!("« {} » n'a pas de résultat ici : seul l'ensemble en a un", written.value),
                false => format!("« {} » n'est pas un niveau", written.value),
            };
            let diagnostic = Diagnostic::new(Code::EtageInconnu, written.span, message);
            let diagnostic = diagnostic.label(if idle { "sans résultat" } else { "niveau inconnu" });
            d.push(match fold::key(&written.value).as_str() {
                // Known elsewhere.
                ENSEMBLE => diagnostic.help("la règle de l'ensemble s'écrit dans referentiel.md"),
                _ if idle => diagnostic.help("écrivez la règle de l'ensemble, dans referentiel.md : { ensemble: … }"),
                CRITERE => diagnostic.help("ce niveau demande « resultat_par: critere »"),
                _ => diagnostic.suggest(&written.value, known.iter().map(String::as_str)),
            });
        }
    };
    let mut all: Vec<String> = referentiel.blocs.iter().flat_map(names).chain([ENSEMBLE.to_owned()]).collect();
    all.sort();
    all.dedup();
    let common: Vec<Span> = referentiel.regles.calculs.etages().map(|etage| etage.span).collect();
    referentiel.regles.calculs.etages().for_each(|etage| report(etage, &all, d));
    for bloc in &referentiel.blocs {
        let own: Vec<String> = names(bloc);
        let written = bloc.regles.calculs.etages().filter(|etage| !common.contains(&etage.span));
        written.for_each(|etage| report(etage, &own, d));
    }
}

struct Report<'a, 'd> {
    referentiel: &'a Referentiel,
    /// What was said once of a rule is not said again for each thing that it is for.
    told: Vec<(Span, &'static str)>,
    d: &'d mut Diagnostics,
}

impl Report<'_, '_> {
    fn say(&mut self, span: Span, what: &'static str, message: impl Into<String>, help: &str) {
        self.tell(span, what, Diagnostic::new(Code::CalculImpossible, span, message).help(help));
    }

    fn tell(&mut self, span: Span, what: &'static str, diagnostic: Diagnostic) {
        if !self.told.contains(&(span, what)) {
            self.told.push((span, what));
            self.d.push(diagnostic);
        }
    }

    /// Means of opinions need values, and a rounding.
    fn avis(&mut self, bloc: &Bloc) {
        let Some(avis) = &bloc.regles.calculs.avis else { return };
        if self.referentiel.roles.len() < 2 {
            let message = "un seul rôle évalue : il n'y a rien à joindre";
            return self.say(avis.span, "seul", message, "supprimez « avis »");
        }
        if avis.value != Joints::Moyenne {
            return;
        }
        for echelle in bloc.echelles() {
            let why = "une moyenne demande des notes";
            if matches!(echelle, Echelle::Coche) {
                let help = "écrivez dans ce bloc « avis: comptes » sous « regles », ou une autre échelle";
                self.say(avis.span, "coche", format!("{why}, et le bloc « {} » a des cases à cocher", bloc.id), help);
            }
            if let Some(niveau) = echelle.niveaux().iter().find(|n| n.compte && n.valeur.is_none()) {
                let help = "ajoutez à ce niveau « valeur: … », ou « compte: non »";
                self.say(
                    niveau.span,
                    "avis",
                    format!("{why}, et le niveau « {} » n'a pas de valeur", niveau.nom),
                    help,
                );
            }
        }
        if bloc.regles.oui("consensus") {
            let message = "« consensus: oui » demande des avis égaux, et une moyenne n'en joint que de différents";
            self.say(avis.span, "consensus", message, "gardez « consensus », ou « avis »");
        }
        let Some(arrondi) = bloc.arrondi(bloc.forme.resultat_par) else {
            let message = "l'arrondi n'est pas dit, et la moyenne des avis divise";
            return self.say(avis.span, "arrondi", message, "ajoutez par exemple « arrondi: 0.01 »");
        };
        bloc.echelles().filter_map(maximum).for_each(|max| self.pas(arrondi, max, avis.span));
    }

    /// Of a whole in which no bloc counts nothing can be said.
    fn sans_bloc(&mut self, ensemble: &Niveau) {
        let calculs = &self.referentiel.regles.calculs;
        let written = calculs.validation.etage(ENSEMBLE).or(calculs.calcul.etage(ENSEMBLE));
        if let (Some(written), false) = (written, self.referentiel.blocs.iter().any(|bloc| bloc.compte))
            && ensemble.places.is_empty()
        {
            let message = "aucun bloc ne compte dans l'ensemble";
            let help = "supprimez cette règle, ou « compte: non » des blocs qui comptent";
            self.say(written.span, "sans bloc", message, help);
        }
    }

    fn niveau(&mut self, niveau: &Niveau, bloc: Option<&Bloc>) {
        let nom = match (bloc, niveau.etage) {
            (Some(bloc), Some(etage)) => etage.nom(&bloc.forme.structure).to_owned(),
            _ => ENSEMBLE.to_owned(),
        };
        let calculs = bloc.map_or(&self.referentiel.regles.calculs, |bloc| &bloc.regles.calculs);
        let seuil = niveau.regle.validation.and_then(|v| v.issues.iter().find_map(|issue| issue.seuil.as_ref()));
        // Where a value is asked for.
        let written = calculs.calcul.get(&nom).map(|calcul| calcul.span);
        let at = written.or(seuil.map(|seuil| seuil.span)).or(niveau.regle.validation.map(|v| v.span));
        let (Some(at), false) = (at, niveau.places.is_empty()) else { return };
        if let Some(calcul) = niveau.regle.calcul {
            self.calcul(niveau, calcul, (at, written.is_some()), bloc);
        }
        if let Some(validation) = niveau.regle.validation {
            self.validation(niveau, validation, bloc, &nom);
        }
    }

    fn calcul(&mut self, niveau: &Niveau, calcul: Calcul, (at, written): (Span, bool), bloc: Option<&Bloc>) {
        let of_results = niveau.places.iter().any(|place| place.note.is_some());
        for echelle in bloc.filter(|_| of_results).into_iter().flat_map(Bloc::echelles) {
            let mut niveaux = echelle.niveaux().iter();
            let valued = matches!(echelle, Echelle::Note(_)) || niveaux.clone().any(|n| n.valeur.is_some());
            if let Some(niveau) = niveaux.find(|n| valued && n.compte && n.valeur.is_none()) {
                let message = format!("le niveau « {} » n'a pas de valeur, les autres en ont", niveau.nom);
                let help = "ajoutez « valeur: … », ou « compte: non » s'il sort des calculs";
                // It may have been told of the mean of opinions.
                let what = if self.told.contains(&(niveau.span, "avis")) { "avis" } else { "valeur" };
                self.say(niveau.span, what, message, help);
            }
        }
        let maxima: Vec<Option<Decimal>> = niveau.places.iter().map(|place| place.max).collect();
        if maxima.iter().any(Option::is_none) {
            let message = match bloc {
                Some(bloc) => format!("il faut une note ici, et l'échelle du bloc « {} » n'en donne pas", bloc.id),
                // It follows from what was said of a bloc.
                None if self.told.iter().any(|(_, what)| *what == "sans valeur") => return,
                None => "il faut une note ici, et un bloc n'en donne pas".to_owned(),
            };
            let help = match written {
                true => "ajoutez « valeur » à chaque niveau de l'échelle, ou supprimez ce « calcul »",
                false => "ajoutez « valeur » à chaque niveau de l'échelle, ou écrivez « acquis » au lieu de « seuil »",
            };
            return self.say(at, "sans valeur", message, help);
        }
        if maxima.iter().flatten().all(Decimal::is_zero) {
            let message = "il faut une note ici, et tout ce qui est au-dessous vaut zéro";
            return self.say(at, "zéro", message, "donnez aux niveaux de l'échelle des valeurs plus grandes");
        }
        if let (Calcul::Moyenne, Some(Some(first))) = (calcul, maxima.first())
            && let Some(other) = maxima.iter().flatten().find(|max| *max != first)
        {
            let message = format!("ces notes n'ont pas le même maximum ({} et {})", francais(*first), francais(*other));
            self.say(at, "maxima", message, "écrivez pour ce niveau « somme », ou « sur 20 », sous « calcul »");
        }
        if let (Some(arrondi), Some(max)) = (niveau.regle.arrondi, niveau.max()) {
            self.pas(arrondi, max, at);
        }
        let divides = match calcul {
            Calcul::Somme => false,
            Calcul::Moyenne => niveau.places.len() > 1,
            Calcul::Sur(_) => true,
        };
        if divides && niveau.regle.arrondi.is_none() {
            let said =
                if let Calcul::Sur(max) = calcul { format!("sur {}", francais(max)) } else { "moyenne".to_owned() };
            let message = format!("l'arrondi n'est pas dit, et « {said} » divise");
            self.say(at, "arrondi", message, "ajoutez sous « regles » par exemple « arrondi: 0.01 »");
        }
    }

    /// What is rounded must come to the highest value, and not over it.
    fn pas(&mut self, arrondi: Arrondi, max: Decimal, at: Span) {
        if !(max % arrondi.pas).is_zero() {
            let (pas, max) = (francais(arrondi.pas), francais(max));
            let message = format!("arrondie de {pas} en {pas}, la valeur calculée ici n'arrive pas à {max}");
            self.say(at, "pas", message, "écrivez un autre « arrondi » pour ce niveau, par exemple 0.01");
        }
    }

    fn validation(&mut self, niveau: &Niveau, validation: &Validation, bloc: Option<&Bloc>, nom: &str) {
        // Of different maxima none is the highest value.
        let max = niveau.max().filter(|max| {
            niveau.regle.calcul != Some(Calcul::Moyenne) || niveau.places.iter().all(|place| place.max == Some(*max))
        });
        for issue in &validation.issues {
            if let (Some(seuil), Some(max)) = (&issue.seuil, max)
                && seuil.value > max
            {
                let message =
                    format!("le seuil ({}) dépasse la note maximale ({})", francais(seuil.value), francais(max));
                self.say(seuil.span, "trop haut", message, "corrigez le seuil : personne ne l'atteindrait");
            }
            if let Some(acquis) = &issue.acquis {
                self.acquis(acquis, &niveau.places, bloc, nom);
            }
        }
        if !validation.liste && validation.issues[0].is_sinon() {
            let message = "cette règle ne dit pas ce qu'il faut";
            self.say(validation.issues[0].span, "vide", message, "ajoutez « seuil: … » ou « acquis: … »");
        }
        if validation.issues.iter().all(|issue| !issue.favorable) {
            let message = "aucune issue n'est favorable : rien ne serait jamais acquis";
            let help = "ôtez « favorable: non » de celles qui valent acquis";
            self.say(validation.issues[0].span, "défavorable", message, help);
        }
        self.cachees(validation);
    }

    fn acquis(&mut self, acquis: &Spanned<Combien>, places: &[Place], bloc: Option<&Bloc>, nom: &str) {
        if let Some(place) = places.iter().find(|place| !place.acquis) {
            let below = bloc.map(|bloc| bloc.forme.resultat_par.nom(&bloc.forme.structure));
            let of = bloc.map(|bloc| format!(" du bloc « {} »", bloc.id)).unwrap_or_default();
            let whole = below.is_none() && self.referentiel.feuille_d_ensemble().is_some();
            let message = match place.note {
                Some(false) => format!("aucun niveau de l'échelle{of} n'est dit acquis"),
                Some(true) if whole || below.is_some() => "rien ne dit quelle note est acquise".to_owned(),
                _ => format!("« {nom} » compte ce qui est acquis, et rien ne le dit au-dessous"),
            };
            let help = match (place.note, below) {
                (Some(false), _) => "ajoutez « acquis: oui » à ceux qui le sont".to_owned(),
                (Some(true), None) if whole => {
                    "écrivez la note qu'il faut, « seuil: 10 », au lieu de « acquis »".to_owned()
                }
                (Some(true), Some(below)) if below != nom => {
                    format!("ajoutez sous « validation » par exemple « {below}: {{ seuil: 10 }} »")
                }
                (Some(true), Some(_)) => "écrivez « seuil: 10 » au lieu de « acquis »".to_owned(),
                _ => "ajoutez une « validation » au niveau qui est compté".to_owned(),
            };
            return self.say(acquis.span, "acquis", message, &help);
        }
        if let Combien::Nombre(n) = acquis.value
            && n as usize > places.len()
        {
            let whole = bloc.map_or("l'ensemble".to_owned(), |bloc| format!("le bloc « {} »", bloc.id));
            let message = format!("il faut {n} acquis, et {whole} en compte {}", places.len());
            self.say(acquis.span, "trop", message, "corrigez ce nombre : personne ne l'atteindrait");
        }
    }

    /// Outcomes that one before them always hides.
    fn cachees(&mut self, validation: &Validation) {
        for (at, issue) in validation.issues.iter().enumerate() {
            let hides = |before: &&Issue| before.is_sinon() || hides(before, issue);
            let Some(before) = validation.issues[..at].iter().find(hides) else { continue };
            let nom = issue.nom.as_deref().unwrap_or("cette issue");
            let message = match (&issue.seuil, &before.seuil) {
                (Some(own), Some(other)) => format!(
                    "« {nom} » ({}) ne sera jamais atteint : une issue d'avant demande {}",
                    francais(own.value),
                    francais(other.value)
                ),
                _ if before.is_sinon() => {
                    format!("« {nom} » ne sera jamais atteint : une issue d'avant vaut toujours, sans condition")
                }
                _ => format!("« {nom} » ne sera jamais atteint : une issue d'avant demande moins"),
            };
            let help =
                "écrivez les issues de la meilleure à la dernière ; celle qui est sans condition vient en dernier";
            let diagnostic = Diagnostic::new(Code::CalculImpossible, issue.span, message).help(help);
            self.tell(issue.span, "cachée", diagnostic.related(before.span, "celle d'avant"));
        }
    }
}

/// Whether what an outcome asks is asked more mildly by one before it.
fn hides(before: &Issue, issue: &Issue) -> bool {
    let seuil = match (&before.seuil, &issue.seuil) {
        (None, _) => true,
        (Some(before), Some(own)) => own.value >= before.value,
        (Some(_), None) => false,
    };
    let acquis = match (&before.acquis, &issue.acquis) {
        (None, _) => true,
        (Some(before), Some(own)) => match (before.value, own.value) {
            (Combien::Nombre(before), Combien::Nombre(own)) => own >= before,
            (Combien::PourCent(before), Combien::PourCent(own)) => own >= before,
            (_, Combien::Tous) => true,
            _ => false,
        },
        (Some(_), None) => false,
    };
    seuil && acquis
}
