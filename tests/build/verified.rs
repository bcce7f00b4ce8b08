//! A PDF that is not what was meant is not written.

use std::path::Path;

use super::Sample;

#[test]
fn a_theme_that_ticks_the_wrong_box_prints_nothing() {
    let Some(sample) = Sample::new() else { return };
    sample.edit("themes/officiel/composants/grille.html", "cesure} cochee={c.cochee}", "cesure} cochee={not c.cochee}");
    let run = sample.run(&["build", "--only", "martin*"]);
    assert_eq!(run.status, Some(1), "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("martin-claire/livret.html") && run.stderr.contains("erreur[E718]"), "{}", run.stderr);
    let folder = sample.path().join("output/candidats/2026-06/martin-claire");
    assert!(!folder.join("livret.pdf").exists());
    assert!(folder.join("fiche-synthese.pdf").exists(), "the rest goes on");
}

#[test]
fn a_layout_script_that_moves_a_tick_prints_nothing() {
    let Some(sample) = Sample::new() else { return };
    let script = "for (const c of document.querySelectorAll('.case')) c.setAttribute('aria-label', 'non coché');\n";
    let first = "const problemes = [];";
    sample.edit("themes/officiel/mise-en-page.js", first, &format!("{first}\n{script}"));
    let run = sample.run(&["build", "--only", "martin*"]);
    assert_eq!(run.status, Some(1), "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("erreur[E719]"), "{}", run.stderr);
    assert!(!sample.path().join("output/candidats/2026-06/martin-claire/livret.pdf").exists());
}

#[test]
fn a_layout_script_or_a_style_that_changes_a_mark_prints_nothing() {
    let Some(sample) = Sample::new() else { return };
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    std::fs::remove_dir_all(sample.path().join("content")).unwrap();
    crate::support::copy(&examples, sample.path());
    sample.build(&["--only", "besson*"]);
    let livret = sample.path().join("output/candidats/2026-11/besson-ali/livret.pdf");
    let refused = |what: &str| {
        std::fs::remove_file(&livret).unwrap_or_default();
        let run = sample.run(&["build", "--only", "besson*"]);
        assert_eq!(run.status, Some(1), "{what}: {}{}", run.stdout, run.stderr);
        assert!(run.stderr.contains("erreur[E719] : la note de « "), "{what}: {}", run.stderr);
        assert!(!livret.exists(), "{what}");
    };
    let style = sample.path().join("themes/officiel/css/impression.css");
    let sound = std::fs::read_to_string(&style).unwrap();
    for wrong in [".note-place { visibility: hidden; }", ".note-place::before { content: \"1\"; }"] {
        std::fs::write(&style, format!("{sound}\n{wrong}\n")).unwrap();
        refused(wrong);
    }
    std::fs::write(&style, sound).unwrap();
    let script = "for (const note of document.querySelectorAll('[data-note]')) note.textContent = '20';\n";
    let first = "const problemes = [];";
    sample.edit("themes/officiel/mise-en-page.js", first, &format!("{first}\n{script}"));
    refused(script);
}

#[test]
fn a_page_that_chrome_would_shrink_is_not_printed() {
    let Some(sample) = Sample::new() else { return };
    // Without its layout script, which names what stands out of its place, a theme like any other.
    sample.edit("themes/officiel/theme.yaml", "mise_en_page: mise-en-page.js", "# mise_en_page: mise-en-page.js");
    let style = sample.path().join("themes/officiel/css/impression.css");
    let sound = std::fs::read_to_string(&style).unwrap();
    for wide in ["width: 300mm;", "position: absolute; left: 200mm; width: 100mm;"] {
        std::fs::write(&style, format!("{sound}\n.reperes {{ {wide} }}\n")).unwrap();
        let run = sample.run(&["build", "--only", "martin*"]);
        assert_eq!(run.status, Some(1), "{wide}: {}{}", run.stdout, run.stderr);
        assert!(run.stderr.contains("erreur[E722]"), "{wide}: {}", run.stderr);
        let folder = sample.path().join("output/candidats/2026-06/martin-claire");
        assert!(!folder.join("fiche-synthese.pdf").exists(), "{wide}");
        assert!(folder.join("livret.pdf").exists(), "{wide}: the livret has no such list");
    }
}

#[test]
fn what_stands_out_of_its_place_is_named_whatever_it_is() {
    let Some(sample) = Sample::new() else { return };
    let style = sample.path().join("themes/officiel/css/impression.css");
    let sound = std::fs::read_to_string(&style).unwrap();
    let wrong = "h1 { position: relative; left: -30mm; } .reperes dd { min-height: 0; height: 2mm; } \
        .reperes dt { position: relative; top: -9mm; } .fiche .conditions p { white-space: pre; letter-spacing: 9mm; } \
        .fiche .case { position: absolute; left: 255mm; }";
    std::fs::write(&style, format!("{sound}\n{wrong}\n")).unwrap();
    let run = sample.run(&["build", "--only", "martin*"]);
    assert!(run.stderr.contains("erreur[E711]"), "{}{}", run.stdout, run.stderr);
    for said in [
        "« Fiche de synthèse des modalités d’évaluation du candidat (à … » dépasse de sa place, à gauche",
        "« Claire Martin » dépasse de sa place, en bas",
        "« Nom et prénom du candidat : » dépasse de sa place, en haut",
        "« 4 entretiens » dépasse de sa place, à droite",
        "La case « OUI » dépasse de sa place, à droite",
    ] {
        assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
    }
}

#[test]
fn a_sommaire_whose_numbers_never_settle_prints_nothing() {
    let Some(sample) = Sample::new() else { return };
    // Whatever number a heading has, it is moved beyond that page.
    let script = "const n = Number(document.querySelector('[data-page-de]')?.textContent);\n\
        for (let i = 0; i <= n; i++) { const p = document.createElement('div'); p.textContent = 'x';\n\
        p.style.breakAfter = 'page'; document.body.prepend(p); }\n";
    let first = "const problemes = [];";
    sample.edit("themes/officiel/mise-en-page.js", first, &format!("{first}\n{script}"));
    let run = sample.run(&["build", "--only", "2026-06/martin*"]);
    assert_eq!(run.status, Some(1), "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("erreur[E717]") && run.stderr.contains("martin-claire/livret.pdf"), "{}", run.stderr);
    assert!(!sample.path().join("output/candidats/2026-06/martin-claire/livret.pdf").exists());
}

#[test]
fn nothing_in_a_candidat_s_file_runs_or_reaches_beyond_its_page() {
    let Some(sample) = Sample::new() else { return };
    let canary = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    canary.set_nonblocking(true).unwrap();
    let address = format!("http://{}", canary.local_addr().unwrap());
    let hostile = format!(
        "## accueil\n\n<script>fetch('{address}/s')</script> <img src=\"{address}/i\"> \
         <iframe src=\"file:///etc/passwd\"></iframe> <style>@import url({address}/c);</style> \
         <meta http-equiv=refresh content=\"0;url={address}\"> [clic](javascript:alert(1)) {{{{ 7 * 7 }}}}\n\n"
    );
    sample.edit("content/candidats/2026-06/martin-claire.md", "## accueil\n", &hostile);
    sample.edit("content/candidats/2026-06/martin-claire.md", "nom: Martin", "nom: \"M</title><script>x</script>\"");
    sample.build(&["--only", "martin*"]);
    assert!(canary.accept().is_err(), "something called the canary");
    let html = &sample.documents("output")["candidats/2026-06/martin-claire/livret.html"];
    let html = String::from_utf8_lossy(html);
    for dangerous in ["<script", "<iframe", "<img src=\"http", "href=\"javascript"] {
        assert!(!html.contains(dangerous), "{dangerous}");
    }
    assert!(html.contains("{{ 7 * 7 }}") && html.contains("&lt;script&gt;"));
}

#[test]
fn a_picture_that_is_called_like_a_box_neither_is_one_nor_hides_one() {
    let Some(sample) = Sample::new() else { return };
    let referentiel = "content/referentiels/charge-accueil/2024";
    for (path, at, folder) in [
        ("content/candidats/2026-06/martin-claire.md", "## accueil\n", "content/candidats/2026-06"),
        (&format!("{referentiel}/note-aux-evaluateurs.md"), "{#note-aux-evaluateurs}\n", referentiel),
        (&format!("{referentiel}/blocs/1-accueil.md"), "{#orientation}\n", &format!("{referentiel}/blocs")),
    ] {
        std::fs::copy(sample.path().join("logo.svg"), sample.path().join(folder).join("case.svg")).unwrap();
        sample.edit(path, at, &format!("{at}\n![coché](case.svg) et ![non coché](case.svg)\n"));
    }
    // Words of a theme with signs that HTML writes otherwise.
    sample.edit("themes/officiel/theme.yaml", "  non_coche: non coché", "  non_coche: \"pas d'accord & <vide>\"");
    assert_eq!(sample.build(&["--only", "2026-06/martin*"]).len(), 2);
    let livret = std::fs::read(sample.path().join("output/candidats/2026-06/martin-claire/livret.pdf")).unwrap();
    let facts = livret::documents::finish::inspect(&livret).unwrap();
    assert_eq!(facts.boxes, Vec::<String>::new(), "no mark of a box is left");

    // A picture, for a box that is not there.
    let script = "const un = document.querySelector('[data-coche=oui]'), dessin = new Image();\n\
        dessin.alt = un.getAttribute('aria-label'); dessin.width = 12;\n\
        dessin.src = document.images[0]?.src ?? ''; await dessin.decode().catch(() => 0); un.replaceWith(dessin);\n";
    let first = "const problemes = [];";
    sample.edit("themes/officiel/mise-en-page.js", first, &format!("{first}\n{script}"));
    let run = sample.run(&["build", "--only", "2026-06/martin*"]);
    assert!(run.status == Some(1) && run.stderr.contains("erreur[E719]"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn room_to_sign_that_a_pdf_does_not_keep_is_said_in_every_build() {
    let Some(sample) = Sample::new() else { return };
    let only = ["--only", "2026-06/martin*"];
    sample.edit(
        "themes/officiel/css/fiche.css",
        ".fiche tbody tr { height: 26mm; }",
        ".fiche tbody tr { height: 3mm; }",
    );
    for again in [false, true] {
        let run = sample.run(&["build", only[0], only[1]]);
        assert_eq!((run.status, run.printed().is_empty()), (Some(0), again), "{}", run.stdout);
        assert!(run.stderr.contains("avertissement[A711]") && run.stderr.contains("mm, au lieu de 60 × 25"));
    }
    // A710 is given no more; who allowed it may still do so.
    sample.edit("livret.yaml", "\norganisme:", "\navertissements: { permis: [A710, A711] }\norganisme:");
    let run = sample.run(&["build", only[0], only[1]]);
    assert!(run.status == Some(0) && !run.stderr.contains("A71"), "{}", run.stderr);
}

#[test]
fn what_could_not_be_archived_is_refused_with_its_page_and_rule() {
    let Some(sample) = Sample::new() else { return };
    let only = ["--only", "2026-06/martin*"];
    std::fs::copy(sample.path().join("logo.svg"), sample.path().join("themes/officiel/fonts/decor.svg")).unwrap();
    // A document of the theme's own, in which a background decorates and text shines through: no reason to refuse it.
    let own = "documents:\n  - { id: attestation, portee: candidat, gabarit: attestation.html, pdf: oui }";
    sample.edit("themes/officiel/theme.yaml", "documents:\n", &format!("{own}\n"));
    let page = |what: &str| {
        let page = format!(
            "<!doctype html><html lang=fr><title>Attestation</title>\
             <link rel=\"stylesheet\" href=\"{{{{ asset(path=\"css/polices.css\") }}}}\">\
             <body style=\"font-family: Carlito\">{what}"
        );
        std::fs::write(sample.path().join("themes/officiel/attestation.html"), page).unwrap();
        sample.run(&["build", only[0], only[1]])
    };
    let sound = "<h1>Attestation</h1><div style=\"background: url({{ asset(path=\"fonts/decor.svg\") }})\">.</div>\
        <p style=\"opacity: .5\">un <b>mot</b></p><p id=\"LONG\">a <a href=\"#LONG\">là</a></p>";
    let run = page(&sound.replace("LONG", &"long".repeat(40)));
    assert!(run.status == Some(0) && !run.stderr.contains("E724"), "{}", run.stderr);
    let path = sample.path().join("output/candidats/2026-06/martin-claire/attestation.pdf");
    let pdf = std::fs::read(&path).unwrap();
    assert!(super::bundle::has_true_size(&pdf) && pdf.windows(16).any(|text| text == b"<pdfuaid:part>1<"));
    for (what, reason) in [
        ("<img src=\"{{ asset(path=\"fonts/decor.svg\") }}\" width=9>", "alt (PDF/UA-1, 7.3)"),
        ("<h1>a</h1><h3>b</h3>", "un titre de niveau 3 vient après un titre de niveau 1"),
        ("<ul><p>a</p></ul>", "une liste a autre chose que des points (PDF/UA-1, 7.2)"),
        ("a <a aria-hidden=true href=\"https://exemple.fr\">b</a>", "un lien n'est pas dans la structure"),
    ] {
        let run = page(what);
        assert!(run.status == Some(1) && run.stderr.contains("erreur[E724]"), "{what}: {}", run.stderr);
        assert!(run.stderr.contains("page 1 : ") && run.stderr.contains(reason), "{what}: {}", run.stderr);
        assert!(std::fs::read(&path).is_ok_and(|kept| kept == pdf), "the last good one stays");
    }
}
