//! Whether what a référentiel says of values and verdicts can be calculated and reached: levels that exist, values where
//! they are asked for, roundings where something is divided, thresholds below the maximum, outcomes that can come.

use rust_decimal::Decimal;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold;
use crate::ground::source::{Span, Spanned};
use crate::judge::verdict::places::{self, Niveau, Place};
use crate::model::calcul::{Calcul, Combien, Issue, Joints, Validation};
use crate::model::forme::{ENSEMBLE, Echelle, Etage};
use crate::model::referentiel::{Bloc, Referentiel};
use crate::sources::parse::echelle::francais;

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
    }
}

/// Reports names of levels that no bloc has.
fn etages(referentiel: &Referentiel, d: &mut Diagnostics) {
    let names = |bloc: &Bloc| {
        let critere = (bloc.forme.resultat_par == Etage::Critere).then_some("critere");
        let rangs: Vec<String> = bloc.forme.structure.iter().map(|rang| rang.id.clone()).collect();
        rangs.into_iter().chain(critere.map(str::to_owned)).chain(["bloc".to_owned()])
    };
    let report = |written: &Spanned<String>, known: &[String], d: &mut Diagnostics| {
        if !known.iter().any(|name| fold::same(name, &written.value)) {
            let message = format!("« {} » n'est pas un niveau", written.value);
            let diagnostic = Diagnostic::new(Code::EtageInconnu, written.span, message).label("niveau inconnu");
            d.push(diagnostic.suggest(&written.value, known.iter().map(String::as_str)));
        }
    };
    let mut all: Vec<String> = referentiel.blocs.iter().flat_map(names).chain([ENSEMBLE.to_owned()]).collect();
    all.sort();
    all.dedup();
    let common: Vec<Span> = referentiel.regles.calculs.etages().map(|etage| etage.span).collect();
    referentiel.regles.calculs.etages().for_each(|etage| report(etage, &all, d));
    for bloc in &referentiel.blocs {
        let own: Vec<String> = names(bloc).collect();
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
    fn say(&mut self, span: Span, what: &'static str, message: String, help: &str) {
        if !self.told.contains(&(span, what)) {
            self.told.push((span, what));
            self.d.push(Diagnostic::new(Code::CalculImpossible, span, message).help(help));
        }
    }

    /// Means of opinions need values, and a rounding.
    fn avis(&mut self, bloc: &Bloc) {
        let calculs = &bloc.regles.calculs;
        let Some(avis) = &calculs.avis else { return };
        if self.referentiel.roles.len() < 2 {
            return self.say(
                avis.span,
                "seul",
                "un seul rôle évalue : il n'y a rien à joindre".to_owned(),
                "supprimez « avis »",
            );
        }
        if avis.value != Joints::Moyenne {
            return;
        }
        let etage = bloc.forme.resultat_par.nom(&bloc.forme.structure);
        for echelle in bloc.echelles() {
            match echelle {
                Echelle::Coche => self.say(
                    avis.span,
                    "coche",
                    "une moyenne demande des notes, et une case à cocher n'en est pas".to_owned(),
                    "écrivez « avis: comptes », ou une autre échelle",
                ),
                echelle => {
                    if let Some(niveau) = echelle.niveaux().iter().find(|n| n.compte && n.valeur.is_none()) {
                        let message =
                            format!("une moyenne demande des notes, et le niveau « {} » n'a pas de valeur", niveau.nom);
                        let help = "ajoutez à ce niveau « valeur: … », ou « compte: non »";
                        self.say(niveau.span, "avis", message, help);
                    }
                }
            }
        }
        if calculs.arrondi(etage).is_none() {
            let message = "l'arrondi n'est pas dit, et la moyenne des avis divise".to_owned();
            self.say(avis.span, "arrondi", message, "ajoutez par exemple « arrondi: 0.01 »");
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
        let written = calculs.calcul.get(&nom).map(|calcul| calcul.span).or(seuil.map(|seuil| seuil.span));
        let at = written.or(niveau.regle.validation.map(|v| v.span));
        let (Some(at), false) = (at, niveau.places.is_empty()) else { return };
        if let Some(calcul) = niveau.regle.calcul {
            self.calcul(niveau, calcul, at, bloc);
        }
        if let Some(validation) = niveau.regle.validation {
            self.validation(niveau, validation, bloc, &nom);
        }
    }

    fn calcul(&mut self, niveau: &Niveau, calcul: Calcul, at: Span, bloc: Option<&Bloc>) {
        let of_results = niveau.places.iter().any(|place| place.note.is_some());
        for echelle in bloc.filter(|_| of_results).into_iter().flat_map(Bloc::echelles) {
            let mut niveaux = echelle.niveaux().iter();
            let valued = matches!(echelle, Echelle::Note(_)) || niveaux.clone().any(|n| n.valeur.is_some());
            if let Some(niveau) = niveaux.find(|n| valued && n.compte && n.valeur.is_none()) {
                let message = format!("le niveau « {} » n'a pas de valeur, les autres en ont", niveau.nom);
                let help = "ajoutez « valeur: … », ou « compte: non » s'il sort des calculs";
                self.say(niveau.span, "valeur", message, help);
            }
        }
        let maxima: Vec<Option<Decimal>> = niveau.places.iter().map(|place| place.max).collect();
        if maxima.iter().any(Option::is_none) {
            let message = "il faut une note ici, et ce qui est au-dessous n'en donne pas".to_owned();
            let help = "ajoutez « valeur » à chaque niveau de l'échelle, ou écrivez « acquis » au lieu de « seuil »";
            return self.say(at, "sans valeur", message, help);
        }
        if let (Calcul::Moyenne, Some(Some(first))) = (calcul, maxima.first())
            && let Some(other) = maxima.iter().flatten().find(|max| *max != first)
        {
            let message = format!("ces notes n'ont pas le même maximum ({} et {})", francais(*first), francais(*other));
            self.say(at, "maxima", message, "écrivez pour ce niveau « somme », ou « sur 20 », sous « calcul »");
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

    fn validation(&mut self, niveau: &Niveau, validation: &Validation, bloc: Option<&Bloc>, nom: &str) {
        for issue in &validation.issues {
            if let (Some(seuil), Some(max)) = (&issue.seuil, niveau.max())
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
            let message = "cette règle ne dit pas ce qu'il faut".to_owned();
            self.say(validation.issues[0].span, "vide", message, "ajoutez « seuil: … » ou « acquis: … »");
        }
        self.cachees(validation);
    }

    fn acquis(&mut self, acquis: &Spanned<Combien>, places: &[Place], bloc: Option<&Bloc>, nom: &str) {
        if let Some(place) = places.iter().find(|place| !place.acquis) {
            let below = bloc.map(|bloc| bloc.forme.resultat_par.nom(&bloc.forme.structure));
            let (message, help) = match (place.note, below) {
                (Some(false), _) => (
                    "aucun niveau de l'échelle n'est dit acquis".to_owned(),
                    "ajoutez « acquis: oui » à ceux qui le sont".to_owned(),
                ),
                (Some(true), Some(below)) if below != nom => (
                    "rien ne dit quelle note est acquise".to_owned(),
                    format!("ajoutez sous « validation » par exemple « {below}: {{ seuil: 10 }} »"),
                ),
                _ => (
                    format!("« {nom} » compte ce qui est acquis, et rien ne le dit au-dessous"),
                    "ajoutez une « validation » au niveau qui est compté".to_owned(),
                ),
            };
            return self.say(acquis.span, "acquis", message, &help);
        }
        if let Combien::Nombre(n) = acquis.value
            && n as usize > places.len()
        {
            let message = match bloc {
                Some(bloc) => format!("il faut {n} acquis, et le bloc « {} » en a {}", bloc.id, places.len()),
                None => format!("il faut {n} acquis, et l'ensemble en a {}", places.len()),
            };
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
                    "« {nom} » ({}) ne sera jamais atteint : l'entrée d'avant demande {}",
                    francais(own.value),
                    francais(other.value)
                ),
                _ => format!("« {nom} » ne sera jamais atteint : une entrée d'avant vaut toujours à sa place"),
            };
            let help = "écrivez les issues de la meilleure à la dernière ; celle qui vaut sinon est la dernière";
            self.say(issue.span, "cachée", message, help);
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
