//! Parts that follow what stands before them: how many pages a livret takes, and what never stands alone.

use crate::printed::Printed;
use crate::project::{CANDIDAT, FICHE, Project, REFERENTIEL};

const CULTURE: &str = "content/referentiels/jardin-partage/2026/blocs/1-culture.md";
const VIERGE: &str = "referentiels/jardin-partage/2026/livret-vierge";
const COMMENTAIRES: &str = "Commentaires des évaluateurs";
const SIGNATURES: &str = "Signature des deux évaluateurs";

/// The pages with some words, by number.
fn with<'a>(pdf: &'a Printed, words: &str) -> Vec<(usize, &'a str)> {
    let pages = pdf.pages.iter().enumerate();
    pages.filter(|(_, page)| page.contains(words)).map(|(i, page)| (i + 1, page.as_str())).collect()
}

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
    let mut texts = 0;
    for (criteres, paragraphs) in [(0, 3), (6, 1), (11, 8), (16, 30)] {
        project.change(CULTURE, |text| {
            let more: String =
                (0..criteres).map(|n| format!("- Le critère ajouté {criteres}.{n} est tenu\n")).collect();
            format!("{}\n{more}", text.split("- Le critère ajouté").next().unwrap().trim_end()) + "\n"
        });
        project.change(FICHE, |text| {
            let (front, _) = text.split_once("\n---\n").unwrap();
            let comment: String = (1..=paragraphs)
                .map(|n| format!("Remarque {n} de {paragraphs} sur les cultures du printemps.\n\n"))
                .collect();
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
                let followed = page.contains(SIGNATURES) || page.contains("Remarque 1 ");
                assert!(followed, "page {number}: a title without text: {page}");
            }
            texts += pdf.text().matches(&format!(" de {paragraphs} sur")).count();
        }
    }
    assert_eq!(texts, 3 + 1 + 8 + 30, "each remark is printed once");
}
