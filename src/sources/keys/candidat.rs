//! The keys of a candidat's file.

use super::shape::Shape::{Avis, Choice, Day, List, Map, Or, OrNothing, OuiNon, Own, Text, Word};
use super::shape::{ANY, Group, Shape, group, may, must};

pub static CANDIDAT: Group = group(
    "la fiche du candidat",
    "La fiche d'un candidat : qui il est, ce qu'il présente, ce que les évaluateurs ont trouvé.",
    &[
        must("nom", Text).doc("Le nom de famille."),
        must("prenom", Text).doc("Le prénom."),
        may("civilite", Choice(&[("Mme", "Une candidate."), ("M.", "Un candidat.")])).doc(
            "La civilité, Mme ou M., imprimée devant le nom ; les mots qui parlent de cette personne s'accordent.",
        ),
        may("entreprise", Text).doc("L'entreprise, imprimée sur la couverture et la page d'identité."),
        may("referentiel", Word)
            .doc("Le référentiel et sa version : identifiant/version ; peut manquer si livret.yaml a un défaut."),
        may("parcours", Word)
            .doc("L'identifiant d'un parcours du référentiel ; peut manquer si livret.yaml a un défaut."),
        may("blocs", List(0, &Word))
            .doc("Les blocs présentés, seulement pour un parcours dont les blocs sont choisis."),
        may("evaluateurs", List(0, &PERSONNE))
            .doc("Ceux qui signent, dans l'ordre : leur nom, ou leur nom, leur fonction et leur rôle."),
        may("champs", Own(&Text)).doc("Ce que le référentiel demande de plus du candidat."),
        may("evaluations", Own(&OrNothing(&Map(&EVALUATION))))
            .doc("L'évaluation de chaque bloc, sous son identifiant."),
        may("prealables", Own(&OrNothing(&Word)))
            .doc("Les pièces que le référentiel demande d'abord : oui, non, ou le jour où elles ont été remises."),
        may("decisions", List(0, &Map(&DECISION)))
            .doc("Ce que des personnes ont décidé : chaque décision remplace ce que l'évaluation donne."),
    ],
);

pub(crate) static DECISION: Group = group(
    "une décision",
    "Une décision : sur quoi, ce qui en résulte, par qui, quand et pourquoi.",
    &[
        must("sur", Word).doc("Un bloc, bloc/compétence, ou ensemble."),
        must("resultat", Word).doc("Un niveau, une note, acquis, non acquis, ou le nom d'une issue."),
        must("par", Text).doc("Qui a décidé : jury, commission…"),
        must("le", Day).doc("Le jour de la décision."),
        must("motif", Text).doc("Pourquoi."),
    ],
);

static PERSONNE: Shape = OrNothing(&Or(&Text, &Map(&EVALUATEUR)));

pub(crate) static EVALUATEUR: Group = group(
    "un évaluateur",
    "Un évaluateur.",
    &[
        may("role", Word).doc("Son rôle, si le référentiel en nomme."),
        may("nom", Text).doc("Son prénom et son nom. Sans nom, l'évaluateur n'est pas encore connu."),
        may("fonction", Text).doc("Sa fonction."),
    ],
);

/// The keys of an evaluation, with those before and after them.
macro_rules! evaluee {
    ($($before:expr)?; $($after:expr)?) => {
        &[
            $($before,)?
            may("activites_exercees", OuiNon)
                .doc("oui ou non : le candidat a-t-il exercé les activités, ou suivi une formation ?"),
            may("dates", Or(&Day, &DU_AU)).doc(
                "{ du: 2026-09-07, au: 2026-09-11 }, ou une seule date pour un seul jour ; \
                 année-mois-jour, ou jour/mois/année, l'année sur quatre chiffres.",
            ),
            may("lieu", Text).doc("Où l'évaluation a eu lieu."),
            may("entretiens", ANY).doc("Combien d'entretiens ont eu lieu."),
            may("duree", Text).doc("La durée, par exemple 2 h 30."),
            may("champs", Own(&Text)).doc("Ce que le référentiel demande de plus de chaque évaluation."),
            may("evaluateurs", List(0, &PERSONNE)).doc("Ceux qui signent cette évaluation seule, si ce sont d'autres."),
            may("resultat", Avis).doc("Le résultat du bloc, s'il n'en a qu'un."),
            may("resultats", Own(&Avis))
                .doc("Le résultat de chaque compétence, sous l'identifiant de celle-ci : un niveau, une note, oui ou non."),
            $($after,)?
        ]
    };
}

pub(crate) static EVALUATION: Group = group(
    "l'évaluation d'un bloc",
    "L'évaluation d'un bloc. Tout est facultatif : écrivez ce que vous savez.",
    evaluee![;
        may("situations", Or(&List(0, &Map(&EN_SITUATION)), &Own(&OrNothing(&Map(&EN_SITUATION)))))
            .doc("L'évaluation de chaque situation, sous son identifiant ; une liste, si elles sont libres.")
    ],
);

pub(crate) static EN_SITUATION: Group = group(
    "l'évaluation d'une situation",
    "L'évaluation d'un bloc dans une situation. Tout est facultatif.",
    evaluee![may("nom", Text).doc("Ce qu'est cette situation, si le référentiel les laisse libres.");],
);

static DU_AU: Shape = Map(&DATES);

pub(crate) static DATES: Group = group(
    "dates",
    "Du premier au dernier jour.",
    &[must("du", Day).doc("Le premier jour : 2026-09-07."), must("au", Day).doc("Le dernier jour : 2026-09-11.")],
);
