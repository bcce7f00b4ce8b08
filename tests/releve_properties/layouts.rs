//! Fiches as people lay them out: keys without values, braces on one line or several, remarks, quotes.

pub const LAYOUTS: [&str; 18] = [
    "---\nnom: Un\nprenom: A\nreferentiel: aide-cuisine/2026\nparcours: complet\nevaluations:\n  # à faire\n  hygiene:\n    situations:\n      scolaire:\n        resultats:  # en attente\n          c1: [3, ~, 2]\n          c2:\n          c3: { 2: \"1\" }\n---\n## hygiene / scolaire\n\nBien.\n",
    "---\nnom: Deux\nprenom: B\nreferentiel: aide-cuisine/2026\nparcours: complet\nevaluations:\n---\n",
    "---\nnom: Trois\nprenom: C\nreferentiel: aide-cuisine/2026\nparcours: complet\nevaluations: {}\n---\n",
    "---\nnom: Quatre\nprenom: D\nreferentiel: aide-cuisine/2026\nparcours: complet\nevaluations: ~\n# fin\n---\n",
    "---\n{ nom: Cinq, prenom: E, referentiel: aide-cuisine/2026, parcours: complet, evaluations: { projet: { situations: [{ nom: Port, resultat: oui }] } } }\n---\n",
    "---\nnom: Six\nprenom: F\nreferentiel: aide-cuisine/2026\nparcours: complet\nevaluations:\n  projet:\n    situations:\n    - nom: Port\n      lieu: Lorient\n    - resultat: non # vu\n  hygiene: { situations: { scolaire: { resultats: { c1: { 1: na }, }, }, sante: } }\n---\n",
    "---\nnom: Sept\nprenom: G\nreferentiel: aide-cuisine/2026\nparcours: complet\nevaluations:\n  projet:\n    situations:\n      quai: { resultat: oui }\n      port:\n        lieu: Lorient\n  service:\n    situations:\n      sante:\n        resultats:\n          c7:\n            - m\n            - a\n            - ne\n          c8:\n            # lettre par lettre\n            1: m\n            3: a\n---\n",
    "---\nnom: Huit\nprenom: H\nreferentiel: animation-nature/2026\nparcours: complet\nevaluations:\n  sorties:\n    resultats:\n      # OB 1.1 : revu\n      ob1-2: { tuteur: plus, formateur: moins } # écart\n      'OB.2.4': '-'\n      \"OB 3.1\": { Formateur: \"+\" }\n\n      OB 3.2:\n        # deux avis\n        tuteur: plus\n        formateur:\n---\n",
    "---\nnom: Neuf\nprenom: I\nreferentiel: animation-nature/2026\nparcours: partiel\nblocs: [sorties, entree]\nevaluations:\n  entree:\n    resultats: { entretien: { tuteur: [oui, non, oui], formateur: { 2: non } }, pieces: [oui, ~] }\n---\n",
    "---\nnom: Dix\nprenom: J\nreferentiel: animation-nature/2026\nparcours: complet\nevaluations:\n  secours:\n    dates: 2026-11-12\n    evaluateurs:\n      - Hugo Sarr\n      - { nom: \"Le Bihan, Gwenn\" }\n  entree: { resultats: { entretien: {} } }\n---\n## secours\n\nBien.\n",
    "---\nnom: Onze\nprenom: K\nreferentiel: animation-nature/2026\nparcours: complet\nevaluations: {\n  sorties: {\n    resultats: {\n      OB 1.1: plus, # sûr\n      OB 1.2: { tuteur: plus,\n                formateur: moins },\n    },\n  },\n}\n---\n",
    "---\nnom: Douze\nprenom: L\nreferentiel: maintenance-cycles/2026\nparcours: complet\nevaluations:\n  diagnostic:\n    resultats:\n      demande: \"12,5\"\n      bruit: { tuteur: 12, examinateur: absent }\n      usure: {\n        tuteur: 9.5\n      }\n---\n",
    "---\nnom: Treize\nprenom: M\nreferentiel: maintenance-cycles/2026\nparcours: isole\nblocs: [vente]\nevaluations:\n  vente: ~\n---\n",
    "---\nnom: Quatorze\nprenom: N\nreferentiel: maintenance-cycles/2026\nparcours: complet\n# rien encore\n---\n",
    "---\n  nom: Quinze\n  prenom: O\n  referentiel: maintenance-cycles/2026\n  parcours: complet\n  evaluations:\n      vente:\n          lieu: |\n            Quimper,\n            rue du Port\n      # électrique plus tard\n      reparation:\n          dates: 2026-11-04\n---\n",
    "---\nnom: Seize\nprenom: P\nreferentiel: maintenance-cycles/2026\nparcours: complet\nevaluations: { vente: { lieu: Brest, resultats }, reparation: { resultats: }, diagnostic }\n---\n",
    "---\nnom: Dix-sept\nprenom: Q\nreferentiel: aide-cuisine/2026\nparcours: complet\nevaluations:\n  hygiene:\n    situations:\n      sante:\n        resultats:\n          c1: { chef: [3, 2, 1] }\n          c2: { Responsable de cuisine: { 1: 3 } }\n          c3: { chef: }\n  projet:\n    situations: [{ resultat: { chef: oui } }]\n---\n",
    "---\nnom: Dix-huit\nprenom: R\nreferentiel: charge-accueil/2024\nparcours: complet\nevaluations:\n  accueil:\n    resultats:\n      relation: A\n      informations: { evaluateur_1: A, evaluateur_2: NA } # à revoir\n      conflits: { evaluateur_2: A }\n---\n",
];
