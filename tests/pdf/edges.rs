//! The page at its edges: what is printed when names, numbers of évaluateurs, texts and pictures are not as expected.
//! Sizes are those that the theme promises, measured on the printed page.

use std::fs;

use super::picture::{Picture, mm};
use super::printed::sample;
use super::project::{CANDIDAT, FICHE, Project, REFERENTIEL};

#[test]
fn two_evaluateurs_have_room_to_sign_for_each_bloc() {
    let Some(sample) = sample() else { return };
    let page = Picture::of(&sample.path("candidats/2026-06/martin-claire/fiche-synthese"), 1);
    let [first, second] = page.words("Signature")[..] else { panic!("two places to sign") };
    let blocs = page.words("BLOC");
    assert_eq!(blocs.len(), 3);
    for bloc in blocs {
        for header in [first, second] {
            let (width, height) = page.room(header.left + mm(10.0), bloc.bottom + mm(8.0));
            assert!(width >= 60.0 && height >= 25.0, "{width:.1} × {height:.1} mm");
        }
    }
}

#[test]
fn as_many_evaluateurs_as_there_can_be_have_room_to_sign() {
    let Some(project) = Project::new() else { return };
    for evaluateurs in [3, 4, 9] {
        let said = format!("evaluateurs: {evaluateurs}\n");
        project.change(REFERENTIEL, |text| {
            let rest = |line: &str| if line.starts_with("evaluateurs:") { said.clone() } else { format!("{line}\n") };
            text.lines().map(rest).collect::<String>() + "\n"
        });
        project.build();
        // A blank one: no mark behind it.
        let page = Picture::of(&project.path("referentiels/jardin-partage/2026/livret-vierge"), 5);
        for label in page.words("Signature") {
            // In columns the places are below the table's head, in rows each label stands in its own.
            let below = if evaluateurs < 4 { page.words("BLOC")[0] } else { label };
            let (width, height) = page.room(label.left + mm(3.0), below.bottom + mm(6.0));
            assert!(width >= 39.5, "{evaluateurs}: {width:.1} mm wide");
            assert!(height >= if evaluateurs < 4 { 20.0 } else { 15.0 }, "{evaluateurs}: {height:.1} mm high");
        }
    }
}

#[test]
fn a_long_name_stays_in_its_corner_of_the_foot() {
    let Some(project) = Project::new() else { return };
    project.change(FICHE, |text| {
        text.replacen("nom: Roussel", "nom: Rakotoarimanana-Andrianampoinimerina de la Tour du Pin de Chambly", 1)
            .replacen("prenom: Camille", "prenom: Marie-Antoinette Joséphine Bernadette", 1)
            .replacen("semis: acquis", "# semis: acquis", 1)
    });
    project.build();
    let page = Picture::of(&project.path(&format!("{CANDIDAT}/livret")), 4);
    let foot =
        |word: &str| page.words(word).into_iter().find(|w| w.top > mm(190.0)).unwrap_or_else(|| panic!("{word}"));
    let (middle, name) = (foot("PROVISOIRE"), foot("Marie-Antoinette"));
    assert!(name.bottom < mm(205.0) && (middle.top - name.top).abs() < mm(2.0));
    for word in ["Joséphine", "Bernadette", "partagé,"] {
        assert!(foot(word).right < middle.left && foot(word).bottom < mm(207.0), "{word}");
    }
}

#[test]
fn provisoire_is_there_on_every_copy_in_black_and_white() {
    let Some(sample) = sample() else { return };
    let path = sample.path("candidats/2026-06/goncalves-theo/livret");
    let pages = sample.pdf("candidats/2026-06/goncalves-theo/livret").pages.len();
    for number in 1..=pages {
        let page = Picture::of(&path, number);
        let foot = page.words("PROVISOIRE").into_iter().find(|word| word.top > mm(188.0));
        assert!(foot.is_some(), "page {number}: the word in the foot");
    }
    // The blank page with the least on it: only the outline of the mark is dark in its middle.
    let blank = Picture::of(&path, 8);
    assert!(blank.dark(60.0, 80.0, 240.0, 180.0) > 800, "{}", blank.dark(60.0, 80.0, 240.0, 180.0));
}

#[test]
fn an_absent_part_takes_no_page() {
    let Some(project) = Project::new() else { return };
    project.change(REFERENTIEL, |text| text.replace(", passage: jury", "").replace(", passage: commission", ""));
    for text in ["note-aux-evaluateurs.md", "mode-d-emploi.md"] {
        fs::remove_file(project.folder().join("content/referentiels/jardin-partage/2026").join(text)).unwrap();
    }
    project.build();
    let pdf = project.pdf(&format!("{CANDIDAT}/livret"));
    for (i, page) in pdf.pages.iter().enumerate() {
        assert!(page.split_whitespace().count() > 25, "page {} is empty: {page}", i + 1);
    }
}

#[test]
fn a_grille_follows_modalites_longer_than_a_page() {
    let Some(project) = Project::new() else { return };
    project.change("content/referentiels/jardin-partage/2026/blocs/1-culture.md", |text| {
        let steps: String =
            (1..=17).map(|n| format!("Étape {n} : les évaluateurs observent une séance de travail.\n\n")).collect();
        let (front, body) = text.split_once("\n---\n").unwrap();
        let front = if front.contains("grille:") { front.to_owned() } else { format!("{front}\ngrille: suite") };
        let (title, rest) = body.split_once("\n\n").unwrap();
        format!("{front}\n---\n{title}\n\n{steps}{rest}")
    });
    project.build();
    let pdf = project.pdf(&format!("{CANDIDAT}/livret"));
    let page = pdf.pages.iter().find(|page| page.contains("Étape 17")).unwrap();
    assert!(page.contains("Activités"), "the grille is not below: {page}");
}

#[test]
fn pictures_fit_their_place_whatever_their_size_and_extension() {
    let Some(project) = Project::new() else { return };
    let folder = project.folder().join("content/referentiels/jardin-partage/2026");
    let svg = |w: u32, h: u32| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\"><path d=\"M2 2H{}V{}H2z\" fill=\"none\" stroke=\"#000\" stroke-width=\"4\"/></svg>",
            w - 2,
            h - 2
        )
    };
    fs::write(folder.join("LARGE.SVG"), svg(3000, 300)).unwrap();
    fs::write(folder.join("haut.svg"), svg(400, 4000)).unwrap();
    project.change("content/referentiels/jardin-partage/2026/note-aux-evaluateurs.md", |text| {
        text + "\n## Le plan\n\n![Le plan](LARGE.SVG)\n\n## La tour\n\n![La tour](haut.svg)\n"
    });
    project.build();
    let pdf = project.pdf("referentiels/jardin-partage/2026/livret-vierge");
    let at = pdf.pages.iter().rposition(|page| page.contains("La tour")).unwrap();
    let page = Picture::of(&project.path("referentiels/jardin-partage/2026/livret-vierge"), at + 1);
    let title = page.words("tour").into_iter().next_back().unwrap();
    // The picture's frame begins right below its title, and is as high as the page allows.
    let (_, height) = page.room(mm(23.0), title.bottom + mm(30.0));
    assert!((110.0..165.0).contains(&height), "{height:.1} mm high");
}

#[test]
fn a_sign_that_the_theme_s_font_lacks_is_taken_from_its_font_of_symbols() {
    let Some(project) = Project::new() else { return };
    project.change(FICHE, |text| text + "\nLa case ☑ est **cochée ✓** : porte‑greffe ⇒ non.\n");
    project.build();
    let fonts = |pdf: &str| {
        let facts =
            livret::documents::finish::inspect(&fs::read(project.path(&format!("{CANDIDAT}/{pdf}"))).unwrap()).unwrap();
        facts.fonts.into_iter().map(|font| font.name).filter(|name| name.starts_with("LivretSymboles")).count()
    };
    assert!(fonts("livret") > 0);
    assert_eq!(fonts("fiche-synthese"), 0, "it has no such sign");
    let text = project.pdf(&format!("{CANDIDAT}/livret")).text();
    assert!(text.contains("La case ☑ est cochée ✓") && text.contains("⇒ non"), "{text}");
}

#[test]
fn a_picture_as_high_as_a_page_takes_along_what_announces_it_and_is_never_cut() {
    let Some(project) = Project::new() else { return };
    let content = project.folder().join("content");
    let tower = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"400\" height=\"2000\" viewBox=\"0 0 400 2000\"><path d=\"M0 0H400V2000H0z\"/></svg>";
    for folder in ["referentiels/jardin-partage/2026", "referentiels/jardin-partage/2026/blocs", "candidats/2026-09"] {
        fs::write(content.join(folder).join("tour.svg"), tower).unwrap();
    }
    // Photographs, screenshots: whatever is in them, in whichever case their names are written.
    fs::copy("tests/images/cmyk.jpg", content.join("candidats/2026-09/Photo du site.JPEG")).unwrap();
    let long = "Le plan montre où sont les parcelles, les allées et le compost, et par où l'eau arrive. ".repeat(4);
    project.change("content/referentiels/jardin-partage/2026/note-aux-evaluateurs.md", |text| {
        format!(
            "{text}\n## Titre A\n\n### Sous-titre A\n\n{long}Le voici :\n\n![Tour](tour.svg)\n\n\
             ## Titre B\n\n### Sous-titre B\n\n- ![Tour](tour.svg)\n- suite\n\n\
             ## Titre C\n\n### Sous-titre C\n\n| {long} | vue |\n|---|---|\n| une | ![Tour](tour.svg) |\n| deux | ![Tour](tour.svg) |\n"
        )
    });
    project.change("content/referentiels/jardin-partage/2026/mode-d-emploi.md", |text| {
        text + "\n### 2. Titre D {#d}\n\n![Tour](tour.svg)\n"
    });
    project.change("content/referentiels/jardin-partage/2026/blocs/1-culture.md", |text| {
        text.replacen("une semaine au plus.", "une semaine au plus.\n\n**Titre E**\n\n![Tour](tour.svg)", 1).replacen(
            "- L'arrosage est régulier",
            "- Titre F\n- ![Tour](tour.svg)",
            1,
        )
    });
    project.change(FICHE, |text| text + "\n**Titre G**\n\n![Tour](tour.svg) et ![ici](Photo%20du%20site.JPEG)\n");
    project.build();
    let (path, pdf) = (project.path(&format!("{CANDIDAT}/livret")), project.pdf(&format!("{CANDIDAT}/livret")));
    for (title, least) in [("A", 90), ("B", 110), ("C", 80), ("D", 130), ("E", 110), ("F", 50), ("G", 110)] {
        let at = pdf.pages.iter().rposition(|page| page.contains(&format!("Titre {title}"))).unwrap();
        let page = Picture::of(&path, at + 1);
        // The picture is what is dark without a gap over most millimetres; text is not.
        let is_dark = |y: usize| page.dark(20.0, y as f64, 277.0, (y + 1) as f64) > 150;
        let (mut first, mut last, mut y) = (0, 0, 20);
        while y < 206 {
            let end = (y..206).find(|y| !is_dark(*y)).unwrap_or(206);
            if end - y > last - first {
                (first, last) = (y, end);
            }
            y = end + 1;
        }
        assert!(last - first >= least && last < 195, "{title}: from {first} to {last} mm");
        let title = page.words("Titre").into_iter().next_back().unwrap();
        assert!(title.bottom < mm(first as f64 + 1.0), "the title is above");
    }
}
