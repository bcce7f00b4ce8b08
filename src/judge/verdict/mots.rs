//! The words of verdicts and their reasons: those of the terminal and of exports. Documents have the theme's, under the same
//! keys.

/// A word: its key, and what it is where a theme has none.
pub(super) type Mot = (&'static str, &'static str);

/// The words that a theme has; `None` leaves those of the program.
pub(crate) type Mots<'w> = &'w dyn Fn(&str) -> Option<String>;

pub(super) fn dire((key, usual): Mot, mots: Mots) -> String {
    mots(key).unwrap_or_else(|| usual.to_owned())
}

macro_rules! mots {
    ($($name:ident = $key:literal, $usual:literal;)*) => {
        $(pub(super) const $name: Mot = ($key, $usual);)*

        /// The keys of all of them.
        pub(crate) const CLES: &[&str] = &[$($key),*];
    };
}

mots! {
    SEUIL_TENU = "raison_seuil_tenu", "{valeur} ≥ {seuil}";
    SEUIL_MANQUE = "raison_seuil_manque", "{valeur} < {seuil}";
    SEUIL_INDECIS = "raison_seuil_indecis", "{valeur}, il faut {seuil}";
    SEUIL_OUVERT = "raison_seuil_ouvert", "il faut {seuil} ; à trancher : {noms}";
    SANS_VALEUR = "raison_sans_valeur", "rien à compter, il faut {seuil}";
    COMPETENCES = "raison_competences", "{n} compétences acquises sur {total}, il en faut {combien}";
    COMPETENCE = "raison_competence", "{n} compétence acquise sur {total}, il en faut {combien}";
    BLOCS = "raison_blocs", "{n} blocs acquis sur {total}, il en faut {combien}";
    BLOC = "raison_bloc", "{n} bloc acquis sur {total}, il en faut {combien}";
    A_TRANCHER = "raison_a_trancher", "à trancher : {noms}";
    NON_ACQUIS = "raison_non_acquis", "non acquis";
    ACQUIS = "raison_acquis", "acquis";
    RESULTAT_ACQUIS = "raison_resultat_acquis", "résultat acquis";
    RESULTAT_NON_ACQUIS = "raison_resultat_non_acquis", "résultat non acquis";
    ELIMINATOIRE = "raison_eliminatoire", "{raison} (éliminatoire)";
    PIECE_MANQUE = "raison_piece_attendue", "{nom} : non fournie";
    PIECE_REFUSEE = "raison_piece_refusee", "{nom} : refusée";
    IMPREVU = "raison_imprevue", "cas que la règle ne prévoit pas";
    SUJET_BLOC = "raison_sujet_bloc", "bloc {n}";
    VERDICT_ACQUIS = "verdict_acquis", "acquis";
    VERDICT_NON_ACQUIS = "verdict_non_acquis", "non acquis";
    VERDICT_EN_COURS = "verdict_en_cours", "en cours";
    VERDICT_A_TRANCHER = "verdict_a_trancher", "à trancher par le jury";
    VERDICT_FERME = "verdict_non_accessible", "non accessible";
}
