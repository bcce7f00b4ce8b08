//! The boxes of a PDF, read from its tag tree, against the candidats' sources.

use livret::model::forme::Valeur;
use std::path::Path;

use lopdf::{Dictionary, Object};

use livret::ground::diagnostic::Diagnostics;
use livret::ground::source::Sources;
use livret::judge::project::Project;

use super::printed::{Printed, Sample};

/// Compares every box of every candidat's documents.
pub fn compare(sample: &Sample) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = Project::read(root, &mut sources, &mut diagnostics).unwrap();
    assert_eq!(project.dossiers.len(), 5);
    let mut results = 0;
    for candidat in project.candidats() {
        let referentiel = &project.referentiels[candidat.referentiel];
        let exerce = candidat.blocs.iter().flat_map(|b| {
            let answer = b.evaluation.activites_exercees;
            [answer == Some(true), answer == Some(false)]
        });
        let fiche: Vec<bool> = exerce.collect();
        let applies = referentiel.parcours[candidat.parcours].id.value.as_str();
        let passages = ["complet", "isole"].map(|parcours| parcours == applies);
        let competences = candidat.blocs.iter().flat_map(|presented| {
            let bloc = &referentiel.blocs[presented.bloc];
            bloc.items().into_iter().map(|item| presented.evaluation.resultat(&item)).collect::<Vec<_>>()
        });
        let niveaux = competences.flat_map(|resultat| {
            let valeur = resultat.and_then(livret::model::candidat::Resultat::valeur);
            (0..referentiel.forme.echelle.niveaux().len()).map(move |i| valeur == Some(Valeur::Niveau(i)))
        });
        let niveaux: Vec<bool> = niveaux.collect();
        results += niveaux.iter().filter(|ticked| **ticked).count();
        let folder = format!("candidats/{}/{}", candidat.session, candidat.id);
        let livret: Vec<bool> = fiche.iter().chain(&passages).chain(&niveaux).copied().collect();
        assert_eq!(boxes(&sample.pdf(&format!("{folder}/livret"))), livret, "{folder}/livret");
        assert_eq!(boxes(&sample.pdf(&format!("{folder}/fiche-synthese"))), fiche, "{folder}/fiche-synthese");
    }
    assert_eq!(results, 15 + 15 + 5 + 8, "the samples hold as many results");
    let blank = boxes(&sample.pdf("referentiels/charge-accueil/2024/livret-vierge"));
    assert_eq!(blank, vec![false; 6 + 2 + 30], "livret-vierge");
}

/// Whether each box is ticked, in reading order.
pub fn boxes(pdf: &Printed) -> Vec<bool> {
    let root = pdf.document.catalog().unwrap().get_deref(b"StructTreeRoot", &pdf.document).unwrap();
    let mut found = Vec::new();
    walk(pdf, root.as_dict().unwrap(), &mut found);
    found
}

fn walk(pdf: &Printed, element: &Dictionary, found: &mut Vec<bool>) {
    if let Ok(alt) = element.get_deref(b"Alt", &pdf.document) {
        match lopdf::decode_text_string(alt).unwrap().as_str() {
            "coché" => found.push(true),
            "non coché" => found.push(false),
            _ => {}
        }
    }
    let Ok(kids) = element.get_deref(b"K", &pdf.document) else { return };
    let kids = match kids {
        Object::Array(kids) => kids.as_slice(),
        one => std::slice::from_ref(one),
    };
    for kid in kids {
        let kid = match kid {
            Object::Reference(id) => pdf.document.get_object(*id).unwrap(),
            other => other,
        };
        if let Object::Dictionary(kid) = kid {
            walk(pdf, kid, found);
        }
    }
}
