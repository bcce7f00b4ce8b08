//! The keys of livret.yaml and of theme.yaml.

use super::shape::Shape::{Choice, List, Map, Or, OuiNon, Own, Text, Word};
use super::shape::{Group, Shape, group, may, must};

pub static PROJET: Group = group(
    "livret.yaml",
    "Le projet : qui certifie, avec quelle présentation.",
    &[
        must("organisme", Map(&ORGANISME)).doc("L'organisme qui certifie."),
        may("theme", Word).doc("La présentation : le nom d'un dossier de themes/ (d'ordinaire : officiel)."),
        may("defauts", Map(&DEFAUTS)).doc("Ce que les fiches des candidats peuvent ne pas répéter."),
        may("avertissements", Map(&AVERTISSEMENTS)).doc("Les avertissements que le projet ne veut plus voir."),
    ],
);

pub(crate) static ORGANISME: Group = group(
    "organisme",
    "L'organisme qui certifie.",
    &[
        must("nom", Text).doc("Son nom en entier."),
        may("sigle", Text).doc("Son nom abrégé."),
        may("entete", Text).doc("L'en-tête imprimé en haut de chaque page (d'ordinaire : le nom)."),
        may("logo", Word).doc("Le logo de la couverture : le chemin d'une image, à partir du dossier du projet."),
    ],
);

pub(crate) static DEFAUTS: Group = group(
    "defauts",
    "Ce que les fiches des candidats peuvent ne pas répéter.",
    &[
        may("referentiel", Word).doc("Le référentiel des fiches qui n'en nomment pas : identifiant/version."),
        may("parcours", Word).doc("Le parcours des fiches qui n'en nomment pas."),
    ],
);

pub(crate) static AVERTISSEMENTS: Group = group(
    "avertissements",
    "Les avertissements que le projet ne veut plus voir.",
    &[may("permis", List(0, &Word)).doc("Leurs codes, en A : [A303, A404]. « livret explain » les explique.")],
);

/// Words of documents, under their keys.
pub(super) const LIBELLES: Shape = Own(&MOTS);

pub(crate) static MOTS: Shape = Or(&Text, &Map(&LIBELLE));

pub(crate) static LIBELLE: Group = group(
    "un libellé qui s'accorde",
    "Un libellé qui s'accorde avec le candidat dont il parle.",
    &[
        must("m", Text).doc("D'un candidat dont la fiche dit « civilite: M. »."),
        must("f", Text).doc("D'une candidate dont la fiche dit « civilite: Mme »."),
        must("x", Text).doc("Quand la fiche ne dit rien, et dans les livrets vierges."),
    ],
);

pub static THEME: Group = group(
    "theme.yaml",
    "Un thème : les mots et les documents d'une présentation.",
    &[
        must("libelles", LIBELLES)
            .doc("Les mots des documents qui ne viennent pas du référentiel. Gardez ce qui est entre accolades."),
        must("documents", List(1, &Map(&DOCUMENT))).doc("Les documents que le thème produit."),
        may("polices", Map(&POLICES)).doc("Les polices où prendre les signes que la police des styles n'a pas."),
        may("mise_en_page", Word).doc("Un script du thème, lancé dans la page avant l'impression."),
    ],
);

pub(crate) static POLICES: Group = group(
    "polices",
    "Des polices pour les signes que celle des styles n'a pas.",
    &[
        must("famille", Word).doc("Le nom que les styles donnent à la police du thème (font-family)."),
        must("secours", List(1, &Word)).doc("Des fichiers du thème ; un signe est pris dans le premier qui l'a."),
    ],
);

pub(crate) static DOCUMENT: Group = group(
    "un document du thème",
    "Un document que le thème produit.",
    &[
        must("id", Word).doc("Son identifiant."),
        must(
            "portee",
            Choice(&[
                ("projet", "Un pour tout le projet."),
                ("referentiel", "Un par référentiel."),
                ("candidat", "Un par candidat."),
                ("session", "Un par session, devant les documents que « livret bundle » réunit."),
            ]),
        )
        .doc("Pour quoi il y en a un."),
        must("gabarit", Word).doc("Le gabarit : un fichier .html du thème."),
        may("fichier", Word).doc("Le nom du fichier produit, sans extension (d'ordinaire : l'identifiant)."),
        may("pdf", OuiNon).doc("S'il est aussi imprimé en PDF (d'ordinaire : non)."),
        may("resultats", OuiNon).doc(
            "S'il montre les résultats du candidat : il est alors refusé si une \
             de leurs cases y manque (d'ordinaire : non).",
        ),
        may("titre", Text).doc(
            "Son titre ; {candidat}, {certification}, {referentiel}, \
             {version}, {session} et {document} y sont remplis.",
        ),
    ],
);
