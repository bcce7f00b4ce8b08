//! When a fiche is deleted, all that was made of it goes, however it was made. What may not be removed is named.

use std::fs;
use std::path::{Path, PathBuf};

use super::Sample;

const FICHE: &str = "content/candidats/2026-06/martin-claire.md";
const FOLDER: &str = "candidats/2026-06/martin-claire";

/// What is left of Claire Martin: files whose path or text names her.
fn traces(output: &Path) -> Vec<PathBuf> {
    let names = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        text.contains("Martin") || text.contains("martin-claire")
    };
    let files = walkdir::WalkDir::new(output).into_iter().flatten().map(|entry| entry.into_path());
    let named =
        |path: &PathBuf| path.to_string_lossy().contains("martin-claire") || fs::read(path).is_ok_and(|b| names(&b));
    files.filter(named).collect()
}

/// The sample with a picture that only her fiche shows.
fn sample() -> Option<Sample> {
    let sample = Sample::new()?;
    fs::copy(sample.path().join("logo.svg"), sample.path().join("content/candidats/2026-06/dessin.svg")).unwrap();
    sample.edit(FICHE, "## accueil\n", "## accueil\n\n![Dessin](dessin.svg)\n");
    Some(sample)
}

fn delete(sample: &Sample) {
    fs::remove_file(sample.path().join(FICHE)).unwrap();
}

#[test]
fn nothing_of_a_deleted_fiche_is_left_after_any_way_of_building() {
    let Some(sample) = sample() else { return };
    let only = ["--only", "martin*"];
    // What was built before, and how the build after the deletion goes.
    let ways: &[(&[&[&str]], &[&str])] = &[
        (&[&["build", "--no-pdf"]], &["build", "--no-pdf"]),
        (&[&["build", only[0], only[1]], &["build", "--force", "--no-pdf"]], &["build", "--no-pdf"]),
        (&[&["build", "--no-pdf"]], &["build", "--no-pdf", "--only", "lecoeur*"]),
        (
            &[&["build", "--no-pdf", "--shard", "1/2"], &["build", "--no-pdf", "--shard", "2/2"]],
            &["build", "--no-pdf", "--shard", "1/2"],
        ),
        (
            &[&["build", "--no-pdf", "--shard", "1/2"], &["build", "--no-pdf", "--shard", "2/2"]],
            &["build", "--no-pdf", "--shard", "2/2"],
        ),
        (
            &[&["build", only[0], only[1], "--output", "ailleurs/sortie"]],
            &["build", "--no-pdf", "--output", "ailleurs/sortie"],
        ),
        (&[&["bundle", "2026-06", "--document", "fiche-synthese"]], &["build", "--no-pdf", "--force"]),
    ];
    let fiche = fs::read(sample.path().join(FICHE)).unwrap();
    for (before, after) in ways {
        let output = if before[0].contains(&"--output") { "ailleurs/sortie" } else { "output" };
        let output = sample.path().join(output);
        let _ = fs::remove_dir_all(&output);
        fs::write(sample.path().join(FICHE), &fiche).unwrap();
        for command in *before {
            let run = sample.run(command);
            assert_eq!(run.status, Some(0), "{before:?}: {}{}", run.stdout, run.stderr);
        }
        assert!(output.join(FOLDER).exists(), "{before:?}");
        delete(&sample);
        let check = sample.run(&["check"]);
        assert_eq!(check.stderr.contains("A803"), output.ends_with("output"), "{before:?}: {}", check.stderr);
        let run = sample.run(after);
        assert_eq!(run.status, Some(0), "{before:?}: {}", run.stderr);
        assert_eq!(traces(&output), Vec::<PathBuf>::new(), "{before:?}, then {after:?}");
        assert!(!output.join("assets/contenu/candidats/2026-06/dessin.svg").exists(), "{before:?}");
        assert!(!run.stderr.contains("A80"), "{before:?}: {}", run.stderr);
    }
}

#[test]
fn what_a_killed_build_or_a_damaged_record_leaves_goes_too() {
    let Some(sample) = sample() else { return };
    let output = sample.path().join("output");
    let fiche = fs::read(sample.path().join(FICHE)).unwrap();
    for damage in [None, Some(&b"{\"format\":1,"[..])] {
        let _ = fs::remove_dir_all(&output);
        fs::write(sample.path().join(FICHE), &fiche).unwrap();
        let built = sample.run(&["build", "--only", "martin*"]);
        assert_eq!(built.status, Some(0), "{}", built.stderr);
        // A build that is killed before its first record leaves none, and a journal that is whole but for its last line.
        match damage {
            None => fs::remove_file(output.join(".livret.json")).unwrap(),
            Some(bytes) => fs::write(output.join(".livret.json"), bytes).unwrap(),
        }
        let journal = output.join(".livret.journal");
        fs::write(&journal, fs::read_to_string(&journal).unwrap() + "\n0123").unwrap();
        fs::create_dir_all(output.join(FOLDER).join("vide")).unwrap();
        fs::write(output.join(FOLDER).join("vide/.livret-x1.tmp"), "Martin").unwrap();
        delete(&sample);
        let run = sample.run(&["build", "--no-pdf"]);
        assert_eq!(run.status, Some(0), "{}", run.stderr);
        assert_eq!(traces(&output), Vec::<PathBuf>::new(), "{damage:?}: {}", run.stderr);
    }
}

#[cfg(unix)]
#[test]
fn a_build_that_is_really_killed_leaves_nothing_unknown() {
    let Some(sample) = sample() else { return };
    let fiche = fs::read(sample.path().join(FICHE)).unwrap();
    let moments: &[u64] = if super::long() { &[50, 150, 300, 450, 600, 900, 1200, 2000, 3000] } else { &[300, 900] };
    for moment in moments {
        let _ = fs::remove_dir_all(sample.path().join("output"));
        fs::write(sample.path().join(FICHE), &fiche).unwrap();
        let mut child = sample.command(&["build"]).stdout(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(*moment));
        child.kill().unwrap();
        child.wait().unwrap();
        delete(&sample);
        let run = sample.run(&["build", "--no-pdf"]);
        assert_eq!(run.status, Some(0), "{}", run.stderr);
        assert_eq!(traces(&sample.path().join("output")), Vec::<PathBuf>::new(), "{moment}: {}", run.stderr);
    }
}

#[test]
fn what_is_not_surely_ours_stays_and_is_named() {
    let Some(sample) = sample() else { return };
    assert_eq!(sample.run(&["build", "--no-pdf"]).status, Some(0));
    let output = sample.path().join("output");
    // Without journal and record nothing is known to be ours; one file was changed, one is a person's own.
    fs::write(output.join(FOLDER).join("livret.html"), "changé").unwrap();
    fs::write(output.join(FOLDER).join("notes.txt"), "à moi").unwrap();
    fs::create_dir_all(output.join("sessions/2026-06")).unwrap();
    fs::write(output.join("sessions/2026-06/livret.pdf"), "autre").unwrap();
    delete(&sample);
    for command in [["build", "--no-pdf"], ["check", "--format=human"]] {
        let run = sample.run(&command);
        assert_eq!(run.status, Some(0), "{}", run.stderr);
        for named in ["A802", "martin-claire/livret.html", "martin-claire/notes.txt", "sessions/2026-06/livret.pdf"] {
            assert!(run.stderr.contains(named), "{command:?} does not say {named}: {}", run.stderr);
        }
        assert!(!run.stderr.contains("fiche-synthese.html"), "{}", run.stderr);
    }
    assert!(!output.join(FOLDER).join("fiche-synthese.html").exists(), "ours is gone");
    for file in [".livret.json", ".livret.journal"] {
        fs::remove_file(output.join(file)).unwrap();
    }
    let lecoeur = "content/candidats/2026-06/lecoeur-noelle.md";
    fs::remove_file(sample.path().join(lecoeur)).unwrap();
    let run = sample.run(&["build", "--no-pdf"]);
    assert!(run.stderr.contains("lecoeur-noelle/livret.html"), "nobody knows whose it is: {}", run.stderr);
}

#[test]
fn a_fiche_that_is_there_in_any_form_keeps_its_documents() {
    let Some(sample) = sample() else { return };
    assert_eq!(sample.run(&["build", "--no-pdf"]).status, Some(0));
    let at = |path: &str| sample.path().join(path);
    let fiche = fs::read(at(FICHE)).unwrap();
    let forms: &[(&str, &[u8])] = &[
        (FICHE, b"---\nnomm: x\n---\n"),
        (FICHE, b"---\nnom: Ren\xE9\n---\n"),
        (FICHE, b""),
        ("content/candidats/martin-claire.md", &fiche),
        ("content/candidats/2026/06/martin-claire.md", &fiche),
        ("content/Candidats/2026-06/martin-claire.md", &fiche),
        ("content/candidats/2026-06/Martin-Claire.MD", &fiche),
        ("content/candidats/2026-06/martin-claire.txt", &fiche),
    ];
    for (path, text) in forms {
        delete(&sample);
        fs::create_dir_all(at(path).parent().unwrap()).unwrap();
        fs::write(at(path), text).unwrap();
        let run = sample.run(&["build", "--no-pdf"]);
        assert!(at("output").join(FOLDER).join("livret.html").exists(), "{path}: {}{}", run.stdout, run.stderr);
        assert!(!run.stderr.contains("A80"), "{path}: {}", run.stderr);
        fs::remove_file(at(path)).unwrap();
        fs::write(at(FICHE), &fiche).unwrap();
    }
    // A picture or a text of that name is no fiche.
    delete(&sample);
    fs::create_dir_all(at("content/textes")).unwrap();
    fs::write(at("content/textes/martin-claire.md"), "Un texte.\n").unwrap();
    assert_eq!(sample.run(&["build", "--no-pdf"]).status, Some(0));
    assert!(!at("output").join(FOLDER).exists());
}

#[test]
fn an_output_that_goes_meanwhile_is_not_called_done() {
    let Some(sample) = sample() else { return };
    let gone: &[&str] = if super::long() { &["output", "output/index.html"] } else { &["output"] };
    for gone in gone {
        let mut child = sample
            .command(&["build", "--force"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let first = sample.path().join("output/referentiels/charge-accueil/2024/livret-vierge.pdf");
        let _ = fs::remove_file(&first);
        while !first.exists() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        let gone = sample.path().join(gone);
        let _ = if gone.is_dir() { fs::remove_dir_all(&gone) } else { fs::remove_file(&gone) };
        let ended = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(1), "{said}");
        assert!(said.contains("E815") && said.contains("index.html"), "{said}");
    }
}
