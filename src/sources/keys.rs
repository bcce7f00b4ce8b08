//! The one declaration of every key that can be written: its name, whether it must be there, what kind of value it has
//! and what it says, in the order of the guide. From here come what readers ask for and what is unknown to them
//! ([`super::parse::yaml::fields`]), the schemas, hover and completion of editors, the order of `fmt`, the tables of the
//! guide. What a value means is left to the readers.

/// Keys that stand together.
#[derive(Debug)]
pub struct Group {
    /// What messages call it.
    pub what: &'static str,
    pub doc: &'static str,
    pub keys: &'static [Key],
}

/// A key of a group.
#[derive(Debug)]
pub struct Key {
    pub name: &'static str,
    pub required: bool,
    pub shape: Shape,
    /// A sentence in French, in Markdown.
    pub doc: &'static str,
}

/// What kind of value a key has.
#[derive(Debug)]
pub enum Shape {
    /// Words that are printed, and typographied then.
    Text,
    /// Read as it stands: an id, a path, a word with a meaning.
    Word,
    /// One of these words, each with what it means.
    Choice(&'static [(&'static str, &'static str)]),
    Day,
    /// A whole number within these limits.
    Number(u32, u32),
    OuiNon,
    /// At least so many of these; where none must be, or one, that one may stand alone.
    List(usize, &'static Shape),
    /// Keys that are known.
    Map(&'static Group),
    /// Keys of the user's own, all with the same kind of value.
    Own(&'static Shape),
    /// One value, or keys.
    Either(&'static Shape, &'static Group),
    /// A result that all évaluateurs gave, or one for each of them, critère by critère where they are evaluated; or
    /// nothing yet.
    Avis,
    /// One value, or of another kind.
    Or(&'static Shape, &'static Shape),
    /// This, or nothing yet.
    OrNothing(&'static Shape),
}

use Shape::{Avis, Choice, Day, Either, List, Map, Number, Or, OrNothing, OuiNon, Own, Text, Word};

impl Group {
    /// The key of this name.
    pub(crate) fn key(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    pub fn names(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.keys.iter().map(|key| key.name)
    }
}

impl Shape {
    /// The known keys that a value of this kind holds; none if its keys are the user's own.
    pub fn group(&self) -> Option<&'static Group> {
        match self {
            Map(group) | Either(_, group) => Some(group),
            List(_, inner) | Own(inner) | OrNothing(inner) | Or(_, inner) => inner.group(),
            Avis => Some(&AVIS),
            Text | Word | Choice(_) | Day | Number(..) | OuiNon => None,
        }
    }

    /// What it is for one value: `keys` tells whether that has keys.
    pub(crate) fn of(&self, keys: bool) -> &Self {
        match self {
            OrNothing(inner) | Or(_, inner) => inner.of(keys),
            Either(one, _) if !keys => one,
            Avis if keys => &EACH,
            Avis => &Word,
            other => other,
        }
    }
}

const fn group(what: &'static str, doc: &'static str, keys: &'static [Key]) -> Group {
    Group { what, doc, keys }
}

/// A key that must be there.
const fn must(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, required: true, shape, doc }
}

/// A key that may be left out.
const fn may(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, required: false, shape, doc }
}

const ANY: Shape = Number(0, u32::MAX);

pub static PROJET: Group = group(
    "livret.yaml",
    "Le projet : qui certifie, avec quelle présentation.",
    &[
        must("organisme", Map(&ORGANISME), "L'organisme qui certifie."),
        may("theme", Word, "La présentation : le nom d'un dossier de themes/ (d'ordinaire : officiel)."),
        may("defauts", Map(&DEFAUTS), "Ce que les fiches des candidats peuvent ne pas répéter."),
        may("avertissements", Map(&AVERTISSEMENTS), "Les avertissements que le projet ne veut plus voir."),
    ],
);

pub(crate) static ORGANISME: Group = group(
    "organisme",
    "L'organisme qui certifie.",
    &[
        must("nom", Text, "Son nom en entier."),
        may("sigle", Text, "Son nom abrégé."),
        may("entete", Text, "L'en-tête imprimé en haut de chaque page (d'ordinaire : le nom)."),
        may("logo", Word, "Le logo de la couverture : le chemin d'une image, à partir du dossier du projet."),
    ],
);

pub(crate) static DEFAUTS: Group = group(
    "defauts",
    "Ce que les fiches des candidats peuvent ne pas répéter.",
    &[
        may("referentiel", Word, "Le référentiel des fiches qui n'en nomment pas : identifiant/version."),
        may("parcours", Word, "Le parcours des fiches qui n'en nomment pas."),
    ],
);

pub(crate) static AVERTISSEMENTS: Group = group(
    "avertissements",
    "Les avertissements que le projet ne veut plus voir.",
    &[may("permis", List(0, &Word), "Leurs codes, en A : [A303, A404]. « livret explain » les explique.")],
);

pub static THEME: Group = group(
    "theme.yaml",
    "Un thème : les mots et les documents d'une présentation.",
    &[
        must(
            "libelles",
            Own(&Text),
            "Les mots des documents qui ne viennent pas du référentiel. Gardez ce qui est entre accolades.",
        ),
        must("documents", List(1, &Map(&DOCUMENT)), "Les documents que le thème produit."),
        may("polices", Map(&POLICES), "Les polices où prendre les signes que la police des styles n'a pas."),
        may("mise_en_page", Word, "Un script du thème, lancé dans la page avant l'impression."),
    ],
);

pub(crate) static POLICES: Group = group(
    "polices",
    "Des polices pour les signes que celle des styles n'a pas.",
    &[
        must("famille", Word, "Le nom que les styles donnent à la police du thème (font-family)."),
        must("secours", List(1, &Word), "Des fichiers du thème ; un signe est pris dans le premier qui l'a."),
    ],
);

pub(crate) static DOCUMENT: Group = group(
    "un document du thème",
    "Un document que le thème produit.",
    &[
        must("id", Word, "Son identifiant."),
        must(
            "portee",
            Choice(&[
                ("projet", "Un pour tout le projet."),
                ("referentiel", "Un par référentiel."),
                ("candidat", "Un par candidat."),
                ("session", "Un par session, devant les documents que « livret bundle » réunit."),
            ]),
            "Pour quoi il y en a un.",
        ),
        must("gabarit", Word, "Le gabarit : un fichier .html du thème."),
        may("fichier", Word, "Le nom du fichier produit, sans extension (d'ordinaire : l'identifiant)."),
        may("pdf", OuiNon, "S'il est aussi imprimé en PDF (d'ordinaire : non)."),
        may(
            "resultats",
            OuiNon,
            "S'il montre les résultats du candidat : il est alors refusé si une de leurs cases y manque (d'ordinaire : non).",
        ),
        may(
            "titre",
            Text,
            "Son titre ; {candidat}, {certification}, {referentiel}, {version}, {session} et {document} y sont remplis.",
        ),
    ],
);

pub static REFERENTIEL: Group = group(
    "l'en-tête du référentiel",
    "L'en-tête d'un référentiel : ce qui est certifié, et comment on l'évalue.",
    &[
        must("titre", Text, "Le nom de la certification."),
        may(
            "titre_court",
            Text,
            "Ce nom là où la place manque : au pied des pages, dans l'index ; sans elle, le titre.",
        ),
        must(
            "certification",
            Text,
            "La sorte de certification, imprimée devant le titre : CQP, titre à finalité professionnelle…",
        ),
        may("rncp", Text, "Le numéro au répertoire national des certifications professionnelles."),
        must(
            "evaluateurs",
            Or(&Number(1, 9), &List(1, &Either(&Text, &ROLE))),
            "Combien d'évaluateurs signent, de 1 à 9 ; ou la liste de leurs rôles, dont chacun donne alors son avis.",
        ),
        may(
            "signatures",
            List(1, &Word),
            "Qui signe chaque bloc : des rôles, candidat, cachet (d'ordinaire : les évaluateurs).",
        ),
        may("champs", Map(&CHAMPS), "Ce qui est demandé de plus à la fiche d'un candidat, et imprimé."),
        STRUCTURE,
        may(
            "codes",
            List(1, &Word),
            "Ce par quoi commencent les titres qui portent leur code : OB, pour « OB 1.2 Choisir ».",
        ),
        may(
            "colonnes",
            Own(&Text),
            "Les colonnes de textes : leur identifiant et leur titre (d'ordinaire : criteres).",
        ),
        RESULTAT_PAR,
        must(
            "echelle",
            ECHELLE,
            "Les niveaux, au moins deux, dans l'ordre de leurs cases ; ou une note, { note: 20, pas: 0.5 } ; ou coche.",
        ),
        CASES,
        SITUATIONS,
        must("parcours", List(1, &Map(&PARCOURS)), "Les voies vers la certification, au moins une."),
        may(
            "grille",
            GRILLE,
            "Où commence la grille de chaque bloc (d'ordinaire : page) ; un bloc peut dire autre chose.",
        ),
        may(
            "commentaires",
            COMMENTAIRES,
            "Où commencent les commentaires et les signatures de chaque bloc (d'ordinaire : page).",
        ),
        may(
            "regles",
            Map(&REGLES),
            "Ce qui rend un livret complet et sans contradiction ; chaque bloc peut le préciser.",
        ),
        may("libelles", Own(&Text), "Des mots du thème à remplacer pour ce référentiel."),
    ],
);

const STRUCTURE: Key = may(
    "structure",
    Own(&Text),
    "Les niveaux de titres de la grille, de un à quatre, chacun avec le titre de sa colonne, ou bandeau (d'ordinaire : activite, competence).",
);

const RESULTAT_PAR: Key = may(
    "resultat_par",
    Word,
    "Ce qui reçoit un résultat : un niveau de titres, critere ou bloc (d'ordinaire : le dernier niveau).",
);

const ECHELLE: Shape = Or(&Choice(&[("coche", "Une case, cochée ou non.")]), &Either(&List(2, &Map(&NIVEAU)), &NOTE));

const CASES: Key = may(
    "cases",
    Choice(&[
        ("liste", "Les cases l'une sous l'autre, chacune avec son nom."),
        ("colonnes", "Une colonne étroite pour chaque niveau, avec son code en tête."),
    ]),
    "Comment sont placées les cases (d'ordinaire : liste, et colonnes pour des résultats par critère).",
);

const SITUATIONS: Key = may(
    "situations",
    Or(&Choice(&[("libres", "Autant que la fiche du candidat en a.")]), &DECLAREES),
    "Les situations (stages, périodes) où chaque bloc est évalué, chacune sur sa feuille.",
);

static DECLAREES: Shape = List(1, &Map(&SITUATION));

pub(crate) static SITUATION: Group = group(
    "une situation",
    "Une situation où un bloc est évalué.",
    &[must("id", Word, "Ce qu'écrivent les fiches des candidats."), must("nom", Text, "Ce qui est imprimé.")],
);

pub(crate) static ROLE: Group = group(
    "un rôle",
    "Le rôle d'un évaluateur.",
    &[
        may("id", Word, "Ce qu'écrivent les fiches des candidats (d'ordinaire : le nom, sans accents)."),
        must("nom", Text, "Ce qui est imprimé."),
        may(
            "nombre",
            Either(&Number(1, 9), &NOMBRE),
            "Combien de personnes le tiennent : un nombre, ou { min: 1, max: 2 } (d'ordinaire : une).",
        ),
    ],
);

pub(crate) static NOMBRE: Group = group(
    "nombre",
    "Le moins et le plus de personnes.",
    &[must("min", Number(1, 9), "Le moins."), must("max", Number(1, 9), "Le plus.")],
);

pub(crate) static CHAMPS: Group = group(
    "champs",
    "Ce qui est demandé de plus, chacun avec son nom imprimé.",
    &[
        may("candidat", Own(&Text), "Du candidat : { centre: Centre de formation }."),
        may("evaluation", Own(&Text), "De chaque évaluation."),
    ],
);

pub(crate) static NOTE: Group = group(
    "une note",
    "Une note au lieu de niveaux.",
    &[
        must("note", Word, "La note la plus haute : 20."),
        may("pas", Word, "De combien en combien elle va (d'ordinaire : 0.01)."),
        may("unite", Word, "Ce qui suit la note au lieu de la plus haute : \"%\"."),
        may("autres", List(1, &Map(&NIVEAU)), "Ce qui peut être écrit au lieu d'une note : absent, non évaluable…"),
    ],
);

/// Candidats may write a niveau's code, and its nom where it has none: neither is touched.
pub(crate) static NIVEAU: Group = group(
    "un niveau de l'échelle",
    "Un niveau de l'échelle.",
    &[
        must("id", Word, "Ce qu'écrivent les fiches des candidats."),
        may("code", Word, "Une abréviation, que les fiches peuvent écrire aussi."),
        must("nom", Word, "Ce qui est imprimé près de la case."),
        may("definition", Text, "Ce que le niveau veut dire, imprimé dans le mode d'emploi."),
        may(
            "commentaire",
            Choice(&[
                ("attendu", "Sans un mot de commentaire, « livret check » le signale."),
                ("facultatif", "Un commentaire n'est pas attendu."),
            ]),
            "Si un résultat de ce niveau demande un mot de commentaire (d'ordinaire : tous, sauf le premier).",
        ),
        may("acquis", OuiNon, "oui : ce niveau vaut acquis ; les autres appellent alors un commentaire."),
        may("case", OuiNon, "non : il n'a pas de case, son nom est écrit à leur place."),
    ],
);

pub(crate) static PARCOURS: Group = group(
    "un parcours",
    "Une voie vers la certification.",
    &[
        must("id", Word, "Ce qu'écrivent les fiches des candidats."),
        must("nom", Text, "Ce qui est imprimé."),
        must(
            "blocs",
            Choice(&[
                ("tous", "Le candidat les présente tous."),
                ("choisis", "Sa fiche dit lesquels, par la clé « blocs »."),
            ]),
            "Quels blocs le candidat présente.",
        ),
        may("passage", Word, "L'identifiant du titre du mode d'emploi qui vaut pour ce parcours."),
    ],
);

pub(crate) static REGLES: Group = group(
    "regles",
    "Ce qui rend une évaluation complète et sans contradiction. Ce qui n'est pas écrit n'est pas demandé.",
    &[
        may(
            "evaluateurs_distincts",
            OuiNon,
            "oui : deux évaluateurs ne peuvent pas être la même personne, ni le candidat.",
        ),
        may("consensus", OuiNon, "oui : tous les évaluateurs doivent donner le même résultat."),
        may(
            "activites_exercees",
            OuiNon,
            "oui : il faut répondre à la question « activités exercées ou formation suivie ».",
        ),
        may("entretiens", Either(&ANY, &ENTRETIENS), "Combien d'entretiens : un nombre, ou { min: 3, max: 5 }."),
        may("duree_max_jours", ANY, "Combien de jours au plus, du premier au dernier, tous deux comptés."),
        may(
            "commentaires",
            Choice(&[
                ("obligatoires", "Sans commentaire, le bloc reste à compléter."),
                ("facultatifs", "Le bloc peut être prêt sans commentaire."),
            ]),
            "S'il faut un commentaire pour que le bloc soit prêt.",
        ),
    ],
);

pub(crate) static ENTRETIENS: Group = group(
    "entretiens",
    "Le moins et le plus d'entretiens.",
    &[must("min", ANY, "Le moins."), must("max", ANY, "Le plus.")],
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
        must("titre", Text, "Le titre du bloc, partout le même."),
        may("code", Text, "Ce qui est imprimé au lieu de son numéro."),
        STRUCTURE,
        RESULTAT_PAR,
        may("echelle", ECHELLE, "Son échelle (d'ordinaire : celle du référentiel)."),
        CASES,
        SITUATIONS,
        may("grille", GRILLE, "Où commence la grille (d'ordinaire : comme le dit le référentiel, sinon page)."),
        may(
            "commentaires",
            COMMENTAIRES,
            "Où commencent les commentaires et les signatures (d'ordinaire : comme le dit le référentiel, sinon page).",
        ),
        may("regles", Map(&REGLES), "Ce que ce bloc demande de plus ou d'autre que le référentiel."),
    ],
);

pub static CANDIDAT: Group = group(
    "la fiche du candidat",
    "La fiche d'un candidat : qui il est, ce qu'il présente, ce que les évaluateurs ont trouvé.",
    &[
        must("nom", Text, "Le nom de famille."),
        must("prenom", Text, "Le prénom."),
        may("entreprise", Text, "L'entreprise, imprimée sur la couverture et la page d'identité."),
        may(
            "referentiel",
            Word,
            "Le référentiel et sa version : identifiant/version ; peut manquer si livret.yaml a un défaut.",
        ),
        may("parcours", Word, "L'identifiant d'un parcours du référentiel ; peut manquer si livret.yaml a un défaut."),
        may("blocs", List(0, &Word), "Les blocs présentés, seulement pour un parcours dont les blocs sont choisis."),
        may(
            "evaluateurs",
            List(0, &PERSONNE),
            "Ceux qui signent, dans l'ordre : leur nom, ou leur nom, leur fonction et leur rôle.",
        ),
        may("champs", Own(&Text), "Ce que le référentiel demande de plus du candidat."),
        may("evaluations", Own(&OrNothing(&Map(&EVALUATION))), "L'évaluation de chaque bloc, sous son identifiant."),
    ],
);

static PERSONNE: Shape = OrNothing(&Either(&Text, &EVALUATEUR));

pub(crate) static EVALUATEUR: Group = group(
    "un évaluateur",
    "Un évaluateur.",
    &[
        may("role", Word, "Son rôle, si le référentiel en nomme."),
        may("nom", Text, "Son prénom et son nom. Sans nom, l'évaluateur n'est pas encore connu."),
        may("fonction", Text, "Sa fonction."),
    ],
);

pub(crate) static EVALUATION: Group = group(
    "l'évaluation d'un bloc",
    "L'évaluation d'un bloc. Tout est facultatif : écrivez ce que vous savez.",
    &[
        EXERCEES,
        EVALUEE,
        LIEU,
        TENUS,
        DUREE,
        CHAMPS_EVALUES,
        EVALUATEURS,
        RESULTAT,
        RESULTATS,
        may(
            "situations",
            Or(&List(0, &Map(&EN_SITUATION)), &Own(&OrNothing(&Map(&EN_SITUATION)))),
            "L'évaluation de chaque situation, sous son identifiant ; une liste, si elles sont libres.",
        ),
    ],
);

pub(crate) static EN_SITUATION: Group = group(
    "l'évaluation d'une situation",
    "L'évaluation d'un bloc dans une situation. Tout est facultatif.",
    &[
        may("nom", Text, "Ce qu'est cette situation, si le référentiel les laisse libres."),
        EXERCEES,
        EVALUEE,
        LIEU,
        TENUS,
        DUREE,
        CHAMPS_EVALUES,
        EVALUATEURS,
        RESULTAT,
        RESULTATS,
    ],
);

const EXERCEES: Key =
    may("activites_exercees", OuiNon, "oui ou non : le candidat a-t-il exercé les activités, ou suivi une formation ?");

const EVALUEE: Key = may(
    "dates",
    Either(&Day, &DATES),
    "{ du: 2026-09-07, au: 2026-09-11 }, ou une seule date pour un seul jour ; année-mois-jour, ou jour/mois/année, l'année sur quatre chiffres.",
);

const LIEU: Key = may("lieu", Text, "Où l'évaluation a eu lieu.");

const TENUS: Key = may("entretiens", ANY, "Combien d'entretiens ont eu lieu.");

const DUREE: Key = may("duree", Text, "La durée, par exemple 2 h 30.");

const CHAMPS_EVALUES: Key = may("champs", Own(&Text), "Ce que le référentiel demande de plus de chaque évaluation.");

const EVALUATEURS: Key =
    may("evaluateurs", List(0, &PERSONNE), "Ceux qui signent cette évaluation seule, si ce sont d'autres.");

const RESULTAT: Key = may("resultat", Avis, "Le résultat du bloc, s'il n'en a qu'un.");

const RESULTATS: Key = may(
    "resultats",
    Own(&Avis),
    "Le résultat de chaque compétence, sous l'identifiant de celle-ci : un niveau, une note, oui ou non.",
);

pub(crate) static DATES: Group = group(
    "dates",
    "Du premier au dernier jour.",
    &[must("du", Day, "Le premier jour : 2026-09-07."), must("au", Day, "Le dernier jour : 2026-09-11.")],
);

/// As many as a référentiel may ask for.
pub static AVIS: Group = group(
    "l'avis de chaque évaluateur",
    "L'avis de chaque évaluateur, dans l'ordre de la liste des évaluateurs.",
    &[
        avis("evaluateur_1"),
        avis("evaluateur_2"),
        avis("evaluateur_3"),
        avis("evaluateur_4"),
        avis("evaluateur_5"),
        avis("evaluateur_6"),
        avis("evaluateur_7"),
        avis("evaluateur_8"),
        avis("evaluateur_9"),
    ],
);

static EACH: Shape = Map(&AVIS);

const fn avis(name: &'static str) -> Key {
    may(name, Word, "Le niveau que cet évaluateur a donné.")
}
