//! The référentiels of the vectors: marks joined by weights with a gate, ticks by critère in situations, opinions of
//! several roles, and what borders need.

/// A référentiel: its id and version, the lines of its header, its blocs with their texts.
struct Referentiel {
    chemin: &'static str,
    entete: &'static str,
    blocs: &'static [(&'static str, &'static str)],
}

const DIAGNOSTIC: (&str, &str) =
    ("1-diagnostic", "titre: Diagnostiquer\n---\n## Bruit {#bruit}\n- a\n## Usure {#usure poids=2}\n- a\n");
const REPARATION: (&str, &str) = (
    "2-reparation",
    "titre: Réparer\npoids: 2\nregles: { validation: { bloc: { seuil: 11 } } }\n---\n## Transmission {#transmission poids=2}\n- a\n## Freins {#freins eliminatoire=8}\n- a\n",
);
const VENTE: (&str, &str) =
    ("3-vente", "titre: Vendre\n---\n## Besoin {#besoin}\n- a\n## Encaisser {#encaisser}\n- a\n");
const CYCLES: &str = "evaluateurs: [{ nom: Tuteur, poids: 40 % }, { nom: Examinateur, poids: 60 % }]
structure: { competence: Compétences }
echelle: { note: 20, pas: 0.5, autres: [{ id: absent, nom: Absent, valeur: 0 }, { id: ne, nom: Non évaluable, compte: non }] }
prealables: [{ bloc: diagnostic, pour: [reparation] }]
";

const CUISINE: &str = "evaluateurs: [Chef]
structure: { competence: bandeau }
resultat_par: critere
echelle: [{ id: na, code: \"0\", nom: non acquis, valeur: 0 }, { id: eca, code: \"1\", nom: en cours, valeur: 1 },
  { id: a, code: \"2\", nom: acquis, valeur: 2, acquis: oui }, { id: m, code: \"3\", nom: maîtrisé, valeur: 3, acquis: oui },
  { id: ne, nom: non évaluable, compte: non, case: non }]
situations: [{ id: scolaire, nom: Restaurant scolaire }, { id: sante, nom: Établissement de santé }]
prealables: [{ id: hygiene, nom: Attestation d'hygiène, pour: ensemble }]
regles:
  calcul: { competence: somme, bloc: sur 100 }
  arrondi: { bloc: 0.1 }
  validation:
    bloc: [{ nom: avec félicitations, seuil: 85 }, { nom: favorable, seuil: 60 }, { nom: défavorable, favorable: non }]
    ensemble: { acquis: tous }
";
const STAGES: (&str, &str) =
    ("1-stages", "titre: Stages\n---\n## C2 {#c2}\n- a\n- b\n- c\n- d\n## C4 {#c4}\n- a\n- b\n");

const NATURE: &str = "evaluateurs: [Tuteur, Formateur]
structure: { domaine: Domaines, objectif: Objectifs }
codes: OB
echelle: [{ id: plus, code: \"+\", nom: Acquis, acquis: oui }, { id: moins, code: \"-\", nom: Non acquis }, { id: ne, nom: Non évaluable, compte: non }]
";
const SORTIES: (&str, &str) = (
    "1-sorties",
    "titre: Sorties\ncode: A\n---\n## Préparer\n### OB 1.1 Choisir\n- a\n### OB 1.2 Prévoir\n- a\n### OB 1.3 Lire\n- a\n## Encadrer\n### OB 2.1 Répartir\n- a\n",
);
const DIX: (&str, &str) = (
    "1-dix",
    "titre: Dix\n---\n## T\n### OB 1\n- a\n### OB 2\n- a\n### OB 3\n- a\n### OB 4\n- a\n### OB 5\n- a\n### OB 6\n- a\n### OB 7\n- a\n### OB 8\n- a\n### OB 9\n- a\n### OB 10\n- a\n",
);
const ENTREE: (&str, &str) = (
    "0-entree",
    "titre: Recevabilité\ncompte: non\nresultat_par: critere\nstructure: { domaine: bandeau }\nechelle: coche\nregles: { validation: { bloc: { acquis: tous } } }\n---\n## Entretien {#entretien}\n- a\n- b\n",
);

const SIMPLE: &str = "evaluateurs: 1
structure: { competence: Compétences }
echelle: { note: 20, autres: [{ id: ne, nom: Non évaluable, compte: non }] }
";
const TROIS: (&str, &str) = ("1-un", "titre: Un\n---\n## A {#a}\n- x\n## B {#b}\n- x\n## C {#c}\n- x\n");
const DEUX: (&str, &str) = ("2-deux", "titre: Deux\n---\n## D {#d}\n- x\n## E {#e}\n- x\n");

const ALL: &[Referentiel] = &[
    Referentiel {
        chemin: "cycles/1",
        entete: "regles: { avis: moyenne, arrondi: 0.01, validation: { bloc: { seuil: 10 }, ensemble: { acquis: tous, seuil: 12 } } }",
        blocs: &[DIAGNOSTIC, REPARATION, VENTE],
    },
    Referentiel {
        chemin: "cycles/inferieur",
        entete: "regles: { avis: moyenne, arrondi: { pas: 0.01, sens: inferieur }, validation: { bloc: { seuil: 10 }, ensemble: { acquis: tous, seuil: 12 } } }",
        blocs: &[DIAGNOSTIC, REPARATION, VENTE],
    },
    // The same with everything in another order, and a bloc more that does not count.
    Referentiel {
        chemin: "cycles/autrement",
        entete: "regles: { avis: moyenne, arrondi: 0.01, validation: { bloc: { seuil: 10 }, ensemble: { acquis: tous, seuil: 12 } } }",
        blocs: &[
            ("1-vente", VENTE.1),
            ("2-reparation", REPARATION.1),
            ("3-libre", "titre: Libre\ncompte: non\n---\n## Libre {#libre}\n- a\n"),
            ("4-diagnostic", DIAGNOSTIC.1),
        ],
    },
    Referentiel { chemin: "cuisine/1", entete: "", blocs: &[STAGES] },
    Referentiel {
        chemin: "nature/1",
        entete: "regles: { validation: { bloc: { acquis: 70 % }, ensemble: { acquis: tous } } }",
        blocs: &[SORTIES],
    },
    Referentiel {
        chemin: "nature/consensus",
        entete: "regles: { consensus: oui, validation: { bloc: { acquis: 70 % }, ensemble: { acquis: tous } } }",
        blocs: &[SORTIES],
    },
    Referentiel { chemin: "nature/dix", entete: "regles: { validation: { bloc: { acquis: 70 % } } }", blocs: &[DIX] },
    Referentiel {
        chemin: "nature/comptes",
        entete: "regles: { avis: comptes, validation: { objectif: { acquis: 2 }, bloc: { acquis: tous } } }",
        blocs: &[SORTIES],
    },
    Referentiel {
        chemin: "nature/entree",
        entete: "prealables: [{ bloc: entree, pour: tous }]\nregles: { validation: { bloc: { acquis: 70 % }, ensemble: { acquis: tous } } }",
        blocs: &[ENTREE, SORTIES],
    },
    Referentiel {
        chemin: "simple/moyenne",
        entete: "regles: { arrondi: 0.01, validation: { bloc: { seuil: 10 }, ensemble: { seuil: 10 } } }",
        blocs: &[TROIS, DEUX],
    },
    Referentiel {
        chemin: "simple/somme",
        entete: "regles: { calcul: { bloc: somme }, validation: { bloc: { seuil: 30 } } }",
        blocs: &[TROIS],
    },
    Referentiel {
        chemin: "simple/nombre",
        entete: "regles: { validation: { competence: { seuil: 10 }, bloc: { acquis: 2 }, ensemble: { acquis: tous } } }",
        blocs: &[TROIS, DEUX],
    },
    Referentiel {
        chemin: "simple/mentions",
        entete: "regles:\n  calcul: { bloc: sur 20 }\n  arrondi: 0.5\n  validation:\n    bloc: [{ nom: très bien, seuil: 16 }, { nom: bien, seuil: 14 }, { nom: passable, seuil: 10 }]",
        blocs: &[TROIS],
    },
    Referentiel {
        chemin: "simple/eliminatoire",
        entete: "regles: { arrondi: 0.01, validation: { competence: { seuil: 10 }, bloc: { seuil: 8 }, ensemble: { acquis: tous } } }",
        blocs: &[
            ("1-un", "titre: Un\n---\n## A {#a .eliminatoire}\n- x\n## B {#b}\n- x\n"),
            ("2-deux", "titre: Deux\neliminatoire: 12\n---\n## D {#d}\n- x\n## E {#e}\n- x\n"),
        ],
    },
];

/// Their files, each with its path below the folder of référentiels.
pub fn files() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for Referentiel { chemin, entete, blocs } in ALL {
        let base = match chemin.split('/').next() {
            Some("cycles") => CYCLES,
            Some("cuisine") => CUISINE,
            Some("simple") => SIMPLE,
            _ if chemin.ends_with("comptes") => "",
            _ => NATURE,
        };
        // Three roles where opinions are counted.
        let trois = NATURE.replace("[Tuteur, Formateur]", "[Tuteur, Formateur, Pair]");
        let autrement = CYCLES.replace(
            "[{ nom: Tuteur, poids: 40 % }, { nom: Examinateur, poids: 60 % }]",
            "[{ nom: Examinateur, poids: 60 % }, { nom: Tuteur, poids: 40 % }]",
        );
        let base = if base.is_empty() { trois.as_str() } else { base };
        let base = if chemin.ends_with("autrement") { autrement.as_str() } else { base };
        let text = format!(
            "---\ntitre: Essai\ncertification: CQP\n{base}parcours: [{{ id: tout, nom: Tout, blocs: tous }}, {{ id: isole, nom: Isolé, blocs: choisis }}]\n{entete}\n---\nObjet.\n"
        );
        all.push((format!("{chemin}/referentiel.md"), text));
        for (nom, bloc) in *blocs {
            all.push((format!("{chemin}/blocs/{nom}.md"), format!("---\n{bloc}")));
        }
    }
    all
}
