//! The keys of a référentiel's header and of its blocs'.

use super::projet::LIBELLES;
use super::shape::Shape::{Choice, List, Map, Number, Or, OuiNon, Own, Text, Word};
use super::shape::{ANY, Group, Key, Shape, group, may, must};

pub static REFERENTIEL: Group = group(
    "l'en-tête du référentiel",
    "L'en-tête d'un référentiel : ce qui est certifié, et comment on l'évalue.",
    &[
        must("titre", Text).doc("Le nom de la certification."),
        may("titre_court", Text)
            .doc("Ce nom là où la place manque : au pied des pages, dans l'index ; sans elle, le titre."),
        must("certification", Text)
            .doc("La sorte de certification, imprimée devant le titre : CQP, titre à finalité professionnelle…"),
        may("rncp", Text).doc("Le numéro au répertoire national des certifications professionnelles."),
        must("evaluateurs", Or(&Number(1, 9), &List(1, &Or(&Text, &Map(&ROLE))))).doc(
            "Combien d'évaluateurs signent, de 1 à 9 ; ou la liste de leurs rôles, dont chacun donne alors son avis.",
        ),
        may("signatures", List(1, &Word))
            .doc("Qui signe chaque bloc : des rôles, candidat, cachet (d'ordinaire : les évaluateurs)."),
        may("champs", Map(&CHAMPS)).doc("Ce qui est demandé de plus à la fiche d'un candidat, et imprimé."),
        STRUCTURE,
        may("codes", List(1, &Word))
            .doc("Ce par quoi commencent les titres qui portent leur code : OB, pour « OB 1.2 Choisir »."),
        may("colonnes", Own(&Text))
            .doc("Les colonnes de textes : leur identifiant et leur titre (d'ordinaire : criteres)."),
        may("resultat_par", Word).doc(
            "Ce qui reçoit un résultat : un niveau de titres, critere, bloc ou \
             ensemble (d'ordinaire : le dernier niveau).",
        ),
        must("echelle", ECHELLE).doc(
            "Les niveaux, au moins deux, dans l'ordre de leurs cases ; ou \
             une note, { note: 20, pas: 0.5 } ; ou coche.",
        ),
        CASES,
        SITUATIONS,
        must("parcours", List(1, &Map(&PARCOURS))).doc("Les voies vers la certification, au moins une."),
        may("grille", GRILLE)
            .doc("Où commence la grille de chaque bloc (d'ordinaire : page) ; un bloc peut dire autre chose."),
        may("commentaires", COMMENTAIRES)
            .doc("Où commencent les commentaires et les signatures de chaque bloc (d'ordinaire : page)."),
        may("prealables", List(0, &Map(&PREALABLE)))
            .doc("Ce qui doit être acquis ou remis avant un bloc, ou avant l'ensemble."),
        may("regles", Map(&REGLES))
            .doc("Ce qui rend un livret complet et sans contradiction ; chaque bloc peut le préciser."),
        may("libelles", LIBELLES).doc("Des mots du thème à remplacer pour ce référentiel."),
    ],
);

const STRUCTURE: Key = may("structure", Own(&Text)).doc(
    "Les niveaux de titres de la grille, de un à quatre, chacun avec le titre de sa \
     colonne, ou bandeau (d'ordinaire : activite, competence).",
);

const RESULTAT_PAR: Key = may("resultat_par", Word)
    .doc("Ce qui reçoit un résultat : un niveau de titres, critere ou bloc (d'ordinaire : le dernier niveau).");

const ECHELLE: Shape = Or(&Choice(&[("coche", "Une case, cochée ou non.")]), &Or(&List(2, &Map(&NIVEAU)), &Map(&NOTE)));

const CASES: Key = may(
    "cases",
    Choice(&[
        ("liste", "Les cases l'une sous l'autre, chacune avec son nom."),
        ("colonnes", "Une colonne étroite pour chaque niveau, avec son code en tête."),
    ]),
)
.doc("Comment sont placées les cases (d'ordinaire : liste, et colonnes pour des résultats par critère).");

const SITUATIONS: Key =
    may("situations", Or(&Choice(&[("libres", "Autant que la fiche du candidat en a.")]), &DECLAREES))
        .doc("Les situations (stages, périodes) où chaque bloc est évalué, chacune sur sa feuille.");

static DECLAREES: Shape = List(1, &Map(&SITUATION));

pub(crate) static SITUATION: Group = group(
    "une situation",
    "Une situation où un bloc est évalué.",
    &[
        must("id", Word).doc("Ce qu'écrivent les fiches des candidats."),
        must("nom", Text).doc("Ce qui est imprimé."),
        may("echelle", ECHELLE).doc("Son échelle (d'ordinaire : celle du bloc)."),
        POIDS,
    ],
);

const POIDS: Key = may("poids", Word).doc("Ce qu'il pèse dans les calculs : 2, ou 40 % (d'ordinaire : 1).");

pub(crate) static PREALABLE: Group = group(
    "un préalable",
    "Ce qui doit être acquis ou remis d'abord : un bloc, ou une pièce qui a un identifiant et un nom.",
    &[
        may("bloc", Word).doc("Le bloc qui doit être acquis."),
        may("id", Word).doc("L'identifiant d'une pièce, que les fiches des candidats écrivent."),
        may("nom", Text).doc("Le nom de la pièce."),
        must(
            "pour",
            Or(
                &Choice(&[("tous", "Avant tous les autres blocs."), ("ensemble", "Avant que l'ensemble soit acquis.")]),
                &List(1, &Word),
            ),
        )
        .doc("Avant quoi : tous, ensemble, ou une liste de blocs."),
    ],
);

pub(crate) static ROLE: Group = group(
    "un rôle",
    "Le rôle d'un évaluateur.",
    &[
        may("id", Word).doc("Ce qu'écrivent les fiches des candidats (d'ordinaire : le nom, sans accents)."),
        must("nom", Text).doc("Ce qui est imprimé."),
        may("nombre", Or(&Number(1, 9), &Map(&NOMBRE)))
            .doc("Combien de personnes le tiennent : un nombre, ou { min: 1, max: 2 } (d'ordinaire : une)."),
        POIDS,
    ],
);

pub(crate) static NOMBRE: Group = group(
    "nombre",
    "Le moins et le plus de personnes.",
    &[must("min", Number(1, 9)).doc("Le moins."), must("max", Number(1, 9)).doc("Le plus.")],
);

pub(crate) static CHAMPS: Group = group(
    "champs",
    "Ce qui est demandé de plus, chacun avec son nom imprimé.",
    &[
        may("candidat", Own(&Text)).doc("Du candidat : { centre: Centre de formation }."),
        may("evaluation", Own(&Text)).doc("De chaque évaluation."),
    ],
);

pub(crate) static NOTE: Group = group(
    "une note",
    "Une note au lieu de niveaux.",
    &[
        must("note", Word).doc("La note la plus haute : 20."),
        may("pas", Word).doc("De combien en combien elle va (d'ordinaire : 0.01)."),
        may("unite", Word).doc("Ce qui suit la note au lieu de la plus haute : \"%\"."),
        may("autres", List(1, &Map(&NIVEAU))).doc("Ce qui peut être écrit au lieu d'une note : absent, non évaluable…"),
    ],
);

/// Candidats may write a niveau's code, and its nom where it has none: neither is touched.
pub(crate) static NIVEAU: Group = group(
    "un niveau de l'échelle",
    "Un niveau de l'échelle.",
    &[
        must("id", Word).doc("Ce qu'écrivent les fiches des candidats."),
        may("code", Word).doc("Une abréviation, que les fiches peuvent écrire aussi."),
        must("nom", Word).doc("Ce qui est imprimé près de la case."),
        may("definition", Text).doc("Ce que le niveau veut dire, imprimé dans le mode d'emploi."),
        may(
            "commentaire",
            Choice(&[
                ("attendu", "Sans un mot de commentaire, « livret check » le signale."),
                ("facultatif", "Un commentaire n'est pas attendu."),
            ]),
        )
        .doc("Si un résultat de ce niveau demande un mot de commentaire (d'ordinaire : tous, sauf le premier)."),
        may("acquis", OuiNon).doc("oui : ce niveau vaut acquis ; les autres appellent alors un commentaire."),
        may("case", OuiNon).doc("non : il n'a pas de case, son nom est écrit à leur place."),
        may("valeur", Word).doc("Ce qu'il vaut dans un calcul : 2."),
        may("compte", OuiNon).doc("non : ce qui a ce niveau sort de tous les calculs."),
    ],
);

pub(crate) static PARCOURS: Group = group(
    "un parcours",
    "Une voie vers la certification.",
    &[
        must("id", Word).doc("Ce qu'écrivent les fiches des candidats."),
        must("nom", Text).doc("Ce qui est imprimé."),
        must(
            "blocs",
            Choice(&[
                ("tous", "Le candidat les présente tous."),
                ("choisis", "Sa fiche dit lesquels, par la clé « blocs »."),
            ]),
        )
        .doc("Quels blocs le candidat présente."),
        may("passage", Word).doc("L'identifiant du titre du mode d'emploi qui vaut pour ce parcours."),
    ],
);

pub(crate) static REGLES: Group = group(
    "regles",
    "Ce qui rend une évaluation complète et sans contradiction. Ce qui n'est pas écrit n'est pas demandé.",
    &[
        may("evaluateurs_distincts", OuiNon)
            .doc("oui : deux évaluateurs ne peuvent pas être la même personne, ni le candidat."),
        may("consensus", OuiNon).doc("oui : tous les évaluateurs doivent donner le même résultat."),
        may("activites_exercees", OuiNon)
            .doc("oui : il faut répondre à la question « activités exercées ou formation suivie »."),
        may("entretiens", Or(&ANY, &Map(&ENTRETIENS))).doc("Combien d'entretiens : un nombre, ou { min: 3, max: 5 }."),
        may("duree_max_jours", ANY).doc("Combien de jours au plus, du premier au dernier, tous deux comptés."),
        may(
            "commentaires",
            Choice(&[
                ("obligatoires", "Sans commentaire, le bloc reste à compléter."),
                ("facultatifs", "Le bloc peut être prêt sans commentaire."),
            ]),
        )
        .doc("S'il faut un commentaire pour que le bloc soit prêt."),
        may("obligatoires", List(0, &FAITS)).doc(
            "Ce qu'il faut écrire de chaque évaluation : une liste, vide si rien \
             n'est à écrire (d'ordinaire : dates, lieu et duree).",
        ),
        may(
            "avis",
            Choice(&[
                ("moyenne", "Le résultat est leur moyenne, chacun selon son poids."),
                ("comptes", "Chaque avis compte pour un : la règle du niveau dit combien il en faut."),
            ]),
        )
        .doc("Ce que deviennent les avis de plusieurs rôles (d'ordinaire : égaux, ou à trancher par le jury)."),
        may("calcul", Own(&Word)).doc(
            "Comment se calcule la valeur d'un niveau : moyenne (d'ordinaire), somme, sur 20… ; { bloc: sur 100 }.",
        ),
        may("arrondi", Or(&ARRONDI, &Own(&ARRONDI))).doc(
            "À combien les valeurs calculées sont arrondies : 0.01, { pas: 0.01, sens: inferieur }, ou par niveau.",
        ),
        may("validation", Own(&List(1, &Map(&ISSUE)))).doc(
            "Ce qu'il faut à un niveau : { bloc: { seuil: 10 }, ensemble: { acquis: tous } }, ou une liste d'issues.",
        ),
    ],
);

/// Those that say what results come to.
pub(crate) const CALCULS: [&str; 4] = ["avis", "calcul", "arrondi", "validation"];

const ARRONDI: Shape = Or(&Word, &Map(&ARRONDIR));

pub(crate) static ARRONDIR: Group = group(
    "arrondi",
    "Un arrondi.",
    &[
        must("pas", Word).doc("De combien en combien : 0.01."),
        may(
            "sens",
            Choice(&[
                ("proche", "Au plus proche, la moitié vers le haut."),
                ("inferieur", "Toujours vers le bas."),
                ("superieur", "Toujours vers le haut."),
            ]),
        )
        .doc("Vers où (d'ordinaire : proche)."),
    ],
);

pub(crate) static ISSUE: Group = group(
    "une issue",
    "Ce qu'un niveau peut donner, et ce qu'il faut pour cela. Dans une liste, de la meilleure à la dernière.",
    &[
        may("nom", Text).doc("Ce qui est imprimé : favorable, avec félicitations…"),
        may("acquis", Word).doc("Combien de ce qui est au-dessous doit être acquis : tous, 3, 70 %."),
        may("seuil", Word).doc("La valeur à atteindre : 10."),
        may("favorable", OuiNon).doc("non : cette issue ne vaut pas acquis."),
    ],
);

static FAITS: Shape =
    Choice(&[("dates", "Du premier au dernier jour."), ("lieu", "Où l'évaluation a eu lieu."), ("duree", "La durée.")]);

pub(crate) static ENTRETIENS: Group = group(
    "entretiens",
    "Le moins et le plus d'entretiens.",
    &[must("min", ANY).doc("Le moins."), must("max", ANY).doc("Le plus.")],
);

const GRILLE: Shape = Choice(&[("page", "La grille commence une page."), ("suite", "La grille suit les modalités.")]);

const COMMENTAIRES: Shape = Choice(&[
    ("page", "Les commentaires et les signatures commencent une page."),
    ("suite", "Ils suivent la grille, s'il y a la place."),
]);

pub static BLOC: Group = group(
    "l'en-tête du bloc",
    "L'en-tête d'un bloc de compétences.",
    &[
        must("titre", Text).doc("Le titre du bloc, partout le même."),
        may("code", Text).doc("Ce qui est imprimé au lieu de son numéro."),
        POIDS,
        may("compte", OuiNon).doc("non : il ne compte pas dans l'ensemble (fiche d'entrée, bloc facultatif)."),
        may("eliminatoire", Word)
            .doc("oui : sans lui, l'ensemble n'est pas acquis ; ou la valeur qu'il doit atteindre : 8."),
        STRUCTURE,
        RESULTAT_PAR,
        may("echelle", ECHELLE).doc("Son échelle (d'ordinaire : celle du référentiel)."),
        CASES,
        SITUATIONS,
        may("grille", GRILLE).doc("Où commence la grille (d'ordinaire : comme le dit le référentiel, sinon page)."),
        may("commentaires", COMMENTAIRES).doc(
            "Où commencent les commentaires et les signatures (d'ordinaire : \
             comme le dit le référentiel, sinon page).",
        ),
        may("regles", Map(&REGLES)).doc("Ce que ce bloc demande de plus ou d'autre que le référentiel."),
    ],
);
