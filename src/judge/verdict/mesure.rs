//! Values: sums and means of what counts, exact until they are rounded once. Source of the rules: what each `calcul` means
//! is told in the guide, « Ce que valent les résultats ».

use rust_decimal::Decimal;

use crate::model::calcul::{Arrondi, Calcul, Sens};
pub(crate) use crate::model::candidat::Mesure;

/// What a thing is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantite {
    /// It has no value: nobody asks for one, or its scale gives none.
    Aucune,
    /// Nothing in it counts.
    Vide,
    /// It cannot be told: something is not decided yet.
    Indeterminee,
    Connue(Mesure),
}

impl Quantite {
    pub(crate) fn connue(self) -> Option<Mesure> {
        if let Self::Connue(mesure) = self { Some(mesure) } else { None }
    }
}

/// One of the values that another one is made of.
pub(crate) struct Terme {
    pub poids: Decimal,
    pub valeur: Quantite,
    /// Whether it counts at all.
    pub compte: bool,
    /// Whether its highest value is lower than it would be, for something was left out.
    pub partiel: bool,
}

/// A value, and whether something that its sum would hold was left out.
pub(crate) fn calculer(
    calcul: Calcul,
    arrondi: Option<Arrondi>,
    termes: impl Iterator<Item = Terme> + Clone,
) -> (Quantite, bool) {
    let counts = |terme: &Terme| terme.compte && terme.valeur != Quantite::Vide;
    let partiel = calcul == Calcul::Somme && termes.clone().any(|terme| terme.partiel || !counts(&terme));
    let mut counted = termes.filter(counts).peekable();
    if counted.peek().is_none() {
        return (Quantite::Vide, partiel);
    }
    let known: Option<Vec<(Decimal, Mesure)>> =
        counted.map(|terme| Some((terme.poids, terme.valeur.connue()?))).collect();
    let mesure = known.and_then(|known| mesure(calcul, arrondi, &known));
    (mesure.map_or(Quantite::Indeterminee, Quantite::Connue), partiel)
}

/// `None` if values of different highest ones have no mean, or numbers are too large to stay exact.
fn mesure(calcul: Calcul, arrondi: Option<Arrondi>, known: &[(Decimal, Mesure)]) -> Option<Mesure> {
    let sum = |of: fn(&Mesure) -> Decimal| {
        known.iter().try_fold(Decimal::ZERO, |sum, (poids, m)| sum.checked_add(poids.checked_mul(of(m))?))
    };
    let (valeurs, maxima) = (sum(|m| m.valeur)?, sum(|m| m.max)?);
    let pour_cent = known.iter().all(|(_, m)| m.pour_cent);
    match calcul {
        Calcul::Somme => {
            Some(Mesure { valeur: arrondir(valeurs, Decimal::ONE, arrondi)?, max: maxima, pour_cent: false })
        }
        Calcul::Moyenne => {
            let max = known.first()?.1.max;
            let poids = sum(|_| Decimal::ONE)?;
            let same = known.iter().all(|(_, m)| m.max == max);
            Some(Mesure { valeur: same.then(|| arrondir(valeurs, poids, arrondi))??, max, pour_cent })
        }
        Calcul::Sur(max) => {
            let valeur = arrondir(valeurs.checked_mul(max)?, maxima, arrondi)?;
            Some(Mesure { valeur, max, pour_cent: max == Decimal::ONE_HUNDRED })
        }
    }
}

/// A quotient, rounded once from what it exactly is.
fn arrondir(numerateur: Decimal, diviseur: Decimal, arrondi: Option<Arrondi>) -> Option<Decimal> {
    let Some(Arrondi { pas, sens }) = arrondi else { return numerateur.checked_div(diviseur) };
    let unit = diviseur.checked_mul(pas)?;
    // The division may be off by its last digit; the products are not.
    let mut times = numerateur.checked_div(unit)?.floor();
    while times.checked_add(Decimal::ONE)?.checked_mul(unit)? <= numerateur {
        times += Decimal::ONE;
    }
    while times.checked_mul(unit)? > numerateur {
        times -= Decimal::ONE;
    }
    let rest = numerateur.checked_sub(times.checked_mul(unit)?)?;
    let up = match sens {
        Sens::Proche => rest.checked_add(rest)? >= unit,
        Sens::Inferieur => false,
        Sens::Superieur => !rest.is_zero(),
    };
    (if up { times.checked_add(Decimal::ONE)? } else { times }).checked_mul(pas)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn arrondi(pas: &str, sens: Sens) -> Option<Arrondi> {
        Some(Arrondi { pas: d(pas), sens })
    }

    #[test]
    fn a_quotient_is_rounded_once_from_what_it_is() {
        let cases = [
            ("29.9", "3", "0.01", Sens::Proche, "9.97"),
            ("47.98", "4", "0.01", Sens::Proche, "12"),
            ("47.98", "4", "0.01", Sens::Inferieur, "11.99"),
            ("47.99", "4", "0.01", Sens::Proche, "12"),
            ("10", "3", "0.01", Sens::Superieur, "3.34"),
            ("10", "3", "0.5", Sens::Proche, "3.5"),
            ("1", "8", "0.25", Sens::Proche, "0.25"),
            ("1", "8", "0.25", Sens::Inferieur, "0"),
            ("2", "3", "0.1", Sens::Proche, "0.7"),
            // A third of a third is no whole number of hundredths, and three thirds are one.
            ("3", "3", "0.01", Sens::Superieur, "1"),
            ("19", "19", "0.3", Sens::Inferieur, "0.9"),
        ];
        for (num, den, pas, sens, expected) in cases {
            assert_eq!(arrondir(d(num), d(den), arrondi(pas, sens)), Some(d(expected)), "{num}/{den} {pas} {sens:?}");
        }
    }

    #[test]
    fn what_is_too_large_to_stay_exact_is_not_told() {
        let huge = Mesure { valeur: Decimal::MAX, max: Decimal::MAX, pour_cent: false };
        let terme = || Terme { poids: d("2"), valeur: Quantite::Connue(huge), compte: true, partiel: false };
        let all = [0, 1].into_iter().map(|_| terme());
        assert_eq!(calculer(Calcul::Somme, None, all).0, Quantite::Indeterminee);
    }
}
