//! What the page promises to the millimetre, and that words stay in their place: in the margins, in the column of results.

use std::fs;

use super::picture::{Picture, Word, mm};
use super::printed::{Printed, sample};
use super::project::{CANDIDAT, FICHE, Project, REFERENTIEL, livret};

#[test]
fn ruled_lines_are_8_mm_apart_and_boxes_4_mm_wide() {
    let Some(sample) = sample() else { return };
    let path = sample.path("referentiels/charge-accueil/2024/livret-vierge");
    // Comments and signatures of the first bloc: five lines, then a frame.
    let page = Picture::of(&path, 13);
    let lines = page.rules(110.0, 35.0, 90.0);
    assert!(lines.len() >= 5, "{lines:?}");
    for pair in lines[..5].windows(2) {
        assert!((pair[1] - pair[0] - 8.0).abs() < 0.3, "{lines:?}");
    }
    // The box of each level: inside of its outline of 0.3 mm.
    let page = Picture::of(&path, 10);
    let levels: Vec<&Word> = page.words("ACQUIS");
    assert!(levels.len() >= 4);
    for level in levels {
        let (width, height) = page.room(level.right + mm(1.6 + 2.0), (level.top + level.bottom) / 2.0);
        assert!((width - 3.7).abs() < 0.4 && (height - 3.7).abs() < 0.4, "{width:.2} × {height:.2} mm");
    }
}

#[test]
fn texts_of_the_margins_stay_in_them_and_beside_one_another() {
    let Some(project) = Project::new() else { return };
    project.change("livret.yaml", |text| {
        let header = "COMMISSIONPARITAIRENATIONALE".repeat(12) + &" DE L'EMPLOI ET DE LA FORMATION ".repeat(16);
        text.replace("entete: COMMISSION PARITAIRE DE LA BRANCHE EXEMPLE", &format!("entete: \"{header}\""))
    });
    project.change(REFERENTIEL, |text| {
        let title = "Responsable de MAINTENANCE des WAGONS de marchandises à grand volume ".repeat(5);
        text.replace("titre: Animateur de jardin partagé", &format!("titre: {title}")).replace(
            "\nregles:",
            "\nlibelles:\n  bloc: BLOC DE COMPÉTENCES PROFESSIONNELLES\n  provisoire: PROVISOIRE, NE PAS SIGNER\n  \
             manque_dates: LES DATES DE TOUTES LES SÉANCES DE TRAVAIL QUI ONT ÉTÉ OBSERVÉES PAR LES ÉVALUATEURS\n\nregles:",
        )
    });
    project.change(FICHE, |text| {
        text.replace("nom: Roussel", "nom: RAKOTOARIMANANAANDRIANAMPOINIMERINAWAGRAMWOERTHMWMWMWMWMWMWM DE CHAMBLY")
            .replace("prenom: Camille", "prenom: MARIE-ANTOINETTE JOSÉPHINE")
            .replace("dates: {", "# dates: {")
            .replace("plan: acquis", "# plan: acquis")
    });
    project.build();
    let path = project.path(&format!("{CANDIDAT}/livret"));
    let pages = Printed::read(&path).pages;
    for number in [1, 2, 8] {
        let page = Picture::of(&path, number);
        // Letters of the mark are as tall as a margin.
        let small = |word: &&Word| word.bottom - word.top < mm(8.0);
        let foot: Vec<&Word> = page.all_words().iter().filter(small).filter(|word| word.top > mm(192.0)).collect();
        assert!(foot.len() > 10);
        for word in &foot {
            assert!(
                word.bottom < mm(209.0) && word.left > mm(19.5) && word.right < mm(277.5),
                "{number}: {}",
                word.text
            );
            let crossing = [92.0, 205.0].iter().any(|edge| word.left < mm(*edge) && word.right > mm(*edge + 0.5));
            assert!(!crossing, "{number}: « {} » stands over another's place", word.text);
        }
        let head: Vec<&Word> = page.all_words().iter().filter(small).filter(|word| word.bottom < mm(18.0)).collect();
        assert_eq!(head.is_empty(), number == 1, "the cover has no header");
        assert!(head.iter().all(|word| word.top > mm(1.0) && word.left > mm(19.5) && word.right < mm(277.5)));
        let text = &pages[number - 1];
        for said in
            ["MARIE-ANTOINETTE JOSÉPHINE", "version 2026", "PROVISOIRE, NE PAS SIGNER", &format!("page {number} /")]
        {
            assert!(text.contains(said), "{number}, {said}: {text}");
        }
        assert!(text.contains('…') && page.dark(0.0, 0.0, 6.0, 210.0) == 0, "{number}: the mark stays on the page");
        assert_eq!(page.dark(291.0, 0.0, 297.0, 210.0), 0, "{number}: the mark stays on the page");
    }
}

/// A name of a level, by its number.
type Naming<'a> = dyn Fn(usize) -> String + 'a;
type Name = fn(usize) -> String;

#[test]
fn levels_and_opinions_stand_in_their_column_whatever_their_names_and_numbers() {
    let Some(project) = Project::new() else { return };
    let long: Name = |n| format!("Maîtrise n° {n}, satisfaisante avec un accompagnement ponctuel");
    let words = ["PROFESSIONNALISATION", "INTERDÉPARTEMENTALEMENT", "INCOMPRÉHENSIBLEMENT", "HYPERRESPONSABILISATION"];
    let word: Name = |n| format!("Électroencéphalographistement{n}");
    let code: Name = |n| ["A", "B", "C", "D"][n].to_owned();
    let matrix: [(&str, usize, usize, &Naming); 4] = [
        ("codes", 2, 2, &code),
        ("mots", 3, 3, &word),
        ("majuscules", 4, 4, &|n| words[n].to_owned()),
        ("longs", 6, 9, &long),
    ];
    for (id, levels, evaluateurs, name) in matrix {
        add(&project, id, levels, evaluateurs, name);
    }
    livret(project.folder(), &["build", "--only", "matrice-*"]);
    for (id, levels, evaluateurs, name) in matrix {
        let path = project.path(&format!("candidats/2026-09/matrice-{id}/livret"));
        let pdf = Printed::read(&path);
        let mut column = String::new();
        for number in (1..=pdf.pages.len()).filter(|page| pdf.pages[page - 1].contains("Critères d’évaluation")) {
            let page = Picture::of(&path, number);
            let left = page.words("Résultat")[0].left - mm(2.2);
            for word in
                page.all_words().iter().filter(|w| w.bottom - w.top < mm(8.0) && w.top < mm(192.0) && w.top > mm(20.0))
            {
                let inside = word.left > left + mm(1.5) && word.right < mm(277.0 - 1.5);
                assert!(inside || word.right < left - mm(1.0), "{id}, page {number}: « {} »", word.text);
                if inside {
                    column += &word.text;
                    column.push(' ');
                }
            }
        }
        // Every name is whole: by its box in each of five rows, and as an opinion. A long word is cut at a hyphen.
        let column = column.replace("- ", "").replace('\u{ad}', "").replace(['\u{a0}', '\u{202f}'], " ");
        for n in 0..levels {
            let opinions = (0..evaluateurs).filter(|e| e % levels == n).count();
            let found = column.matches(&name(n)).count();
            assert!(found >= 5 + opinions, "{id}: « {} » {found} times: {column}", name(n));
        }
        for n in 1..=evaluateurs {
            assert!(column.contains(&format!("évaluateur {n} : {}", name((n - 1) % levels))), "{id}: {n}: {column}");
        }
    }
}

/// A référentiel with such a scale, and a candidat on whose first compétence nobody agrees.
fn add(project: &Project, id: &str, levels: usize, evaluateurs: usize, name: &dyn Fn(usize) -> String) {
    let content = project.folder().join("content");
    let (from, to) =
        (content.join("referentiels/jardin-partage/2026"), content.join(format!("referentiels/{id}/2026")));
    for entry in walkdir::WalkDir::new(&from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(&from).unwrap());
        if entry.path().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
    let referentiel = fs::read_to_string(from.join("referentiel.md")).unwrap();
    let (before, rest) = referentiel.split_once("echelle:\n").unwrap();
    let (_, after) = rest.split_once("\n\n").unwrap();
    let scale: String = (0..levels).map(|n| format!("  - {{ id: n{n}, nom: \"{}\" }}\n", name(n))).collect();
    let referentiel = format!("{before}echelle:\n{scale}\n{after}");
    fs::write(to.join("referentiel.md"), referentiel.replace("evaluateurs: 2", &format!("evaluateurs: {evaluateurs}")))
        .unwrap();
    let people: String = (1..=evaluateurs).map(|n| format!("  - {{ nom: \"Anne {}\" }}\n", "A".repeat(n))).collect();
    let opinions: Vec<String> = (1..=evaluateurs).map(|n| format!("evaluateur_{n}: n{}", (n - 1) % levels)).collect();
    let fiche = format!(
        "---\nnom: {id}\nprenom: Camille\nreferentiel: {id}/2026\nparcours: complet\nevaluateurs:\n{people}evaluations:\n  \
         culture:\n    resultats:\n      plan: {{ {} }}\n      semis: n0\n---\n",
        opinions.join(", ")
    );
    fs::write(content.join(format!("candidats/2026-09/matrice-{id}.md")), fiche).unwrap();
}
