//! Parts that follow what stands before them: how many pages a livret takes, and what never stands alone.

use super::printed::Printed;
use super::project::{CANDIDAT, FICHE, Project, REFERENTIEL};

const CULTURE: &str = "content/referentiels/jardin-partage/2026/blocs/1-culture.md";
const VIERGE: &str = "referentiels/jardin-partage/2026/livret-vierge";
const COMMENTAIRES: &str = "Commentaires des évaluateurs";
const SIGNATURES: &str = "Signature des deux évaluateurs";

/// The pages with some words, by number.
fn with<'a>(pdf: &'a Printed, words: &str) -> Vec<(usize, &'a str)> {
    let pages = pdf.pages.iter().enumerate();
    pages.filter(|(_, page)| page.contains(words)).map(|(i, page)| (i + 1, page.as_str())).collect()
}

/// So many paragraphs or items.
type Text<'a> = dyn Fn(usize) -> String + 'a;

#[test]
fn comments_and_signatures_follow_a_short_grille() {
    let Some(project) = Project::new() else { return };
    project.build();
    let short = project.pdf(VIERGE);
    let [culture, animation] = with(&short, SIGNATURES)[..] else { panic!("two blocs to sign") };
    assert!(animation.1.contains("BLOC 2") && animation.1.contains("Régler un différend"), "{}", animation.1);
    assert!(culture.1.contains(COMMENTAIRES) && animation.1.contains(COMMENTAIRES));

    // A bloc's own key wins.
    project.change(CULTURE, |text| text.replacen("regles:", "commentaires: page\nregles:", 1));
    project.build();
    let own = project.pdf(VIERGE);
    let [culture, animation] = with(&own, SIGNATURES)[..] else { panic!("two blocs to sign") };
    assert!(culture.1.starts_with(COMMENTAIRES) || !culture.1.contains("Activités"), "{}", culture.1);
    assert!(animation.1.contains("Régler un différend"), "{}", animation.1);

    // The official form.
    project.change(REFERENTIEL, |text| text.replace("grille: suite\ncommentaires: suite\n", ""));
    project.build();
    let official = project.pdf(VIERGE);
    assert!(official.pages.len() >= short.pages.len() + 3, "{} and {}", official.pages.len(), short.pages.len());
    for (number, page) in with(&official, SIGNATURES) {
        assert!(!page.contains("Activités"), "page {number}: {page}");
    }
}

#[test]
fn neither_a_title_nor_signatures_stand_alone_whatever_the_length_of_comments_and_grille() {
    let Some(project) = Project::new() else { return };
    let paragraphs = |n: usize| format!("Remarque{n}x sur les cultures du printemps.\n\n");
    let one = |n: usize| format!("Remarque{n}x sur *les* cultures du printemps.\n");
    let numbered = |n: usize| format!("{n}. Remarque{n}x sur les cultures du printemps.\n");
    let cases: [(usize, usize, &Text, bool); 5] = [
        (6, 1, &paragraphs, false),
        (11, 30, &paragraphs, false),
        (16, 80, &one, false),
        (13, 26, &numbered, false),
        (4, 120, &one, true),
    ];
    for (criteres, remarks, remark, official) in cases {
        if official {
            project.change(REFERENTIEL, |text| text.replace("commentaires: suite\n", ""));
        }
        project.change(CULTURE, |text| {
            let more: String =
                (0..criteres).map(|n| format!("- Le critère ajouté {criteres}.{n} est tenu\n")).collect();
            format!("{}\n{more}", text.split("- Le critère ajouté").next().unwrap().trim_end()) + "\n"
        });
        project.change(FICHE, |text| {
            let (front, _) = text.split_once("\n---\n").unwrap();
            let comment: String = (1..=remarks).map(remark).collect();
            format!("{front}\n---\n## culture\n\n{comment}")
        });
        project.build();
        for pdf in [project.pdf(VIERGE), project.pdf(&format!("{CANDIDAT}/livret"))] {
            let signed = with(&pdf, SIGNATURES);
            for (number, page) in &signed {
                let alone = !page.contains(COMMENTAIRES) && !page.contains("Remarque");
                assert!(!alone, "page {number}: signatures without text or title: {page}");
            }
            for (number, page) in with(&pdf, COMMENTAIRES) {
                let followed = page.contains(SIGNATURES) || page.contains("Remarque1x");
                assert!(followed, "page {number}: a title without text: {page}");
            }
        }
        let text = project.pdf(&format!("{CANDIDAT}/livret")).text();
        for n in 1..=remarks {
            assert_eq!(text.matches(&format!("Remarque{n}x")).count(), 1, "remark {n} is printed once");
        }
        assert!(!text.contains("26. ") || text.contains("26. Remarque26x"), "a list goes on with its numbers");
    }
}

/// A title at every height of the foot of a page, before each kind of text.
#[test]
fn a_title_stands_on_the_page_of_its_text_wherever_it_comes() {
    let Some(project) = Project::new() else { return };
    let kinds: [fn(&str) -> String; 6] = [
        |name| format!("## Titre {name}\n\nCorps {name} de deux lignes, {}\n", "qui dit encore une chose, ".repeat(8)),
        |name| format!("## Titre {name}\n\n- Corps {name}\n- puis un autre point\n"),
        |name| format!("## Titre {name}\n\n| Qui | Quoi |\n|---|---|\n| Corps {name} | a |\n| b | c |\n"),
        |name| format!("## Titre {name}\n\n### Sous-titre {name}\n\n1. Corps {name}\n2. suite\n"),
        |name| format!("## Titre {name} {{parcours=complet}}\n\nCorps {name}.\n"),
        |name| format!("## Titre {name}\n\nCe qui suit l'annonce :\n\n- Corps {name}\n- fin\n"),
    ];
    let mut text = String::new();
    let mut names = Vec::new();
    for (k, kind) in kinds.iter().enumerate() {
        for lines in 14..=20 {
            let name = format!("T{k}x{lines}x");
            text += &format!("# Partie {name} {{.page}}\n\n{}", "Une ligne de texte.\n\n".repeat(lines));
            text += &format!("{}\n", kind(&name));
            names.push(name);
        }
    }
    project.change("content/referentiels/jardin-partage/2026/mode-d-emploi.md", |before| before + "\n" + &text);
    // A bloc of a title alone, and one with many lines above its grille.
    project.change(CULTURE, |bloc| {
        let (front, body) = bloc.split_once("\n---\n").unwrap();
        format!("{front}\ngrille: page\n---\n## Préparation{}", body.split_once("## Préparation").unwrap().1)
    });
    project.build();
    let pdf = project.pdf(VIERGE);
    for name in names {
        let [(number, page)] = with(&pdf, &format!("Corps {name}"))[..] else { panic!("{name} is printed once") };
        assert!(page.contains(&format!("Titre {name}")), "page {number}: {page}");
    }
    let blocs = with(&pdf, "Conduire les cultures");
    let (number, page) = blocs.last().unwrap();
    assert!(page.contains("Établir un plan de culture"), "page {number}: {page}");
}
