//! What git or an editor would spoil: bytes that are not UTF-8, control characters, odd names of files. As in the
//! golden projects, the real binary runs on them. `SNAPSHOTS=overwrite` writes what came as what is expected.

use std::fs;
use std::path::Path;

use snapbox::{assert_data_eq, prelude::*, str};

use crate::support::{self, livret};

const CANDIDATS: &str = "content/candidats/2026-06";
const BLANK: &[u8] = b"---\nnom: Martin\nprenom: Claire\n---\n";

/// The base project with some files more.
fn project(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    support::copy(Path::new(support::BASE), folder.path());
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// What `check` says of the base project with some files more.
fn check(files: &[(&str, &[u8])]) -> String {
    let run = livret(project(files).path(), &["check"]);
    format!("{}{}{}\n", run.stderr, run.stdout, run.status)
}

fn candidat(name: &str) -> String {
    format!("{CANDIDATS}/{name}.md")
}

#[test]
fn other_encodings_are_named_with_the_first_character_that_cannot_be_read() {
    let utf16: Vec<u8> = "\u{FEFF}nom: Zoé\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let files: &[(&str, &[u8])] = &[
        (&candidat("latin1"), b"---\r\nnom: Lef\xE8vre\r\nprenom: Zo\xE9\r\n---\r\n"),
        (&candidat("utf16"), &utf16),
        ("content/referentiels/essai/2025/note-aux-evaluateurs.md", b"\xE9"),
    ];
    assert_data_eq!(
        check(files),
        str![[r#"
erreur[E005] : ce fichier n'est pas enregistré en UTF-8
 --> content/candidats/2026-06/latin1.md:2:9
  |
2 | nom: Lefèvre
  |         ^ premier caractère illisible
  |
  = aide : enregistrez-le de nouveau avec l'encodage UTF-8 (Bloc-notes : Enregistrer sous, Encodage : UTF-8)

erreur[E005] : ce fichier n'est pas enregistré en UTF-8
 --> content/candidats/2026-06/utf16.md:1:1
  |
1 | nom: Zoé
  | ^ premier caractère illisible
  |
  = aide : enregistrez-le de nouveau avec l'encodage UTF-8 (Bloc-notes : Enregistrer sous, Encodage : UTF-8)

erreur[E005] : ce fichier n'est pas enregistré en UTF-8
 --> content/referentiels/essai/2025/note-aux-evaluateurs.md:1:1
  |
1 | é
  | ^ premier caractère illisible
  |
  = aide : enregistrez-le de nouveau avec l'encodage UTF-8 (Bloc-notes : Enregistrer sous, Encodage : UTF-8)

3 candidats vérifiés, 3 erreurs, 0 avertissement, 0 livret ou bloc à compléter
1

"#]]
        .raw()
    );
}

#[test]
fn a_bloc_or_a_theme_that_cannot_be_read_is_said_once() {
    let files: &[(&str, &[u8])] = &[
        ("content/referentiels/essai/2025/blocs/2-suivi.md", b"---\ntitre: \xC9couter\n---\n"),
        ("content/referentiels/autre/1/referentiel.md", b"\xC9"),
        ("themes/mini/theme.yaml", b"# \x93th\xE8me\x94"),
    ];
    assert_data_eq!(
        check(files),
        str![[r#"
erreur[E005] : ce fichier n'est pas enregistré en UTF-8
 --> content/referentiels/autre/1/referentiel.md:1:1
  |
1 | É
  | ^ premier caractère illisible
  |
  = aide : enregistrez-le de nouveau avec l'encodage UTF-8 (Bloc-notes : Enregistrer sous, Encodage : UTF-8)

erreur[E005] : ce fichier n'est pas enregistré en UTF-8
 --> content/referentiels/essai/2025/blocs/2-suivi.md:2:8
  |
2 | titre: Écouter
  |        ^ premier caractère illisible
  |
  = aide : enregistrez-le de nouveau avec l'encodage UTF-8 (Bloc-notes : Enregistrer sous, Encodage : UTF-8)

erreur[E005] : ce fichier n'est pas enregistré en UTF-8
 --> themes/mini/theme.yaml:1:3
  |
1 | # �thème�
  |   ^ premier caractère illisible
  |
  = aide : enregistrez-le de nouveau avec l'encodage UTF-8 (Bloc-notes : Enregistrer sous, Encodage : UTF-8)

0 candidat vérifié, 3 erreurs, 0 avertissement, 0 livret ou bloc à compléter
1

"#]]
        .raw()
    );
}

#[test]
fn marks_and_windows_line_ends_do_not_matter() {
    let sound = b"\xEF\xBB\xBF---\r\nnom: Martin\r\nprenom: Claire\r\nentreprize: x\r\n---\r\n";
    assert_data_eq!(
        check(&[(&candidat("martin"), sound)]),
        str![[r#"
erreur[E130] : la clé « entreprize » est inconnue dans la fiche du candidat
 --> content/candidats/2026-06/martin.md:4:1
  |
4 | entreprize: x
  | ^^^^^^^^^^ clé inconnue
  |
  = aide : vouliez-vous dire « entreprise » ?

2 candidats vérifiés, 1 erreur, 0 avertissement, 0 livret ou bloc à compléter
1

"#]]
        .raw()
    );
}

#[test]
fn control_characters_are_refused_and_never_reach_the_terminal() {
    let files: &[(&str, &[u8])] = &[
        (&candidat("echappement"), b"---\nnom: Mar\x1B[31mtin\nprenom: Claire\n---\n"),
        (
            &candidat("saut-de-page"),
            b"---\nnom: Martin\nprenom: Claire\n---\n## accueil\n\nBien.\x0CTr\xC3\xA8s bien.\n",
        ),
        (&candidat("zero"), b"---\nnom: \0\x01\nprenom: Claire\n---\n"),
        ("themes/mini/mini.css", b"body { color: red }\x01"),
    ];
    let said = check(files);
    assert!(!said.contains(|c: char| c.is_control() && c != '\n'), "{said:?}");
    assert_data_eq!(
        said,
        str![[r#"
erreur[E006] : un caractère invisible (de commande) se trouve dans le texte
 --> content/candidats/2026-06/echappement.md:2:9
  |
2 | nom: Mar�[31mtin
  |         ^ ici
  |
  = aide : effacez-le ; il vient souvent d'un copier-coller depuis un PDF

erreur[E006] : un caractère invisible (de commande) se trouve dans le texte
 --> content/candidats/2026-06/saut-de-page.md:7:6
  |
7 | Bien.�Très bien.
  |      ^ ici
  |
  = aide : effacez-le ; il vient souvent d'un copier-coller depuis un PDF

erreur[E006] : un caractère invisible (de commande) se trouve dans le texte
 --> content/candidats/2026-06/zero.md:2:6
  |
2 | nom: ��
  |      ^ ici
  |
  = aide : effacez-le ; il vient souvent d'un copier-coller depuis un PDF

erreur[E006] : un caractère invisible (de commande) se trouve dans le texte
 --> themes/mini/mini.css:1:20
  |
1 | body { color: red }�
  |                    ^ ici
  |
  = aide : effacez-le ; il vient souvent d'un copier-coller depuis un PDF

0 candidat vérifié, 4 erreurs, 0 avertissement, 0 livret ou bloc à compléter
1

"#]]
        .raw()
    );
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_would_leave_the_output_or_that_windows_refuses() {
    let names = ["a\\b", "..\\x", "NUL", "com1", "a:b", "fin.", " debut", "a\u{1B}[31mb", "quoi?"];
    let paths: Vec<String> = names.iter().map(|name| candidat(name)).collect();
    let files: Vec<(&str, &[u8])> = paths.iter().map(|path| (path.as_str(), BLANK)).collect();
    let said = check(&files);
    assert!(!said.contains(|c: char| c.is_control() && c != '\n'), "{said:?}");
    assert_data_eq!(
        said,
        str![[r#"
erreur[E008] : «  debut » ne peut pas nommer un dossier : il commence ou finit par une espace ou un point
--> content/candidats/2026-06/ debut.md
 = aide : renommez-le avec des lettres, des chiffres et des tirets

erreur[E008] : « NUL » ne peut pas nommer un dossier : Windows réserve ce nom
--> content/candidats/2026-06/NUL.md
 = aide : renommez-le avec des lettres, des chiffres et des tirets

erreur[E008] : « a␛[31mb » ne peut pas nommer un dossier : il contient un signe que Windows refuse dans un nom de fichier
--> content/candidats/2026-06/a�[31mb.md
 = aide : renommez-le avec des lettres, des chiffres et des tirets

erreur[E008] : « a:b » ne peut pas nommer un dossier : il contient un signe que Windows refuse dans un nom de fichier
--> content/candidats/2026-06/a:b.md
 = aide : renommez-le avec des lettres, des chiffres et des tirets

erreur[E008] : « a\b » ne peut pas nommer un dossier : il contient une barre oblique, et sortirait de son dossier
--> content/candidats/2026-06/a\b.md
 = aide : renommez-le avec des lettres, des chiffres et des tirets

erreur[E008] : « com1 » ne peut pas nommer un dossier : Windows réserve ce nom
--> content/candidats/2026-06/com1.md
 = aide : renommez-le avec des lettres, des chiffres et des tirets

erreur[E008] : « fin. » ne peut pas nommer un dossier : il commence ou finit par une espace ou un point
--> content/candidats/2026-06/fin..md
 = aide : renommez-le avec des lettres, des chiffres et des tirets

erreur[E008] : « quoi? » ne peut pas nommer un dossier : il contient un signe que Windows refuse dans un nom de fichier
--> content/candidats/2026-06/quoi?.md
 = aide : renommez-le avec des lettres, des chiffres et des tirets

9 candidats vérifiés, 8 erreurs, 0 avertissement, 0 livret ou bloc à compléter
1

"#]]
        .raw()
    );
}

#[cfg(target_os = "linux")]
#[test]
fn hidden_files_are_no_candidats() {
    assert_data_eq!(
        check(&[(&candidat("."), BLANK), (&candidat(".brouillon"), b"\xFF")]),
        str![[r#"
1 candidat vérifié, 0 erreur, 0 avertissement, 0 livret ou bloc à compléter
0

"#]]
        .raw()
    );
}

#[cfg(target_os = "linux")]
#[test]
fn two_candidats_for_one_folder_are_refused_on_every_system() {
    let files: &[(&str, &[u8])] = &[
        (&candidat("Martin-Claire"), BLANK),
        (&candidat("martin-claire"), BLANK),
        (&candidat("\u{E9}lodie"), BLANK),
        (&candidat("e\u{301}lodie"), BLANK),
    ];
    assert_data_eq!(
        check(files),
        str![[r#"
avertissement[A406] : Claire Martin a déjà une fiche dans la session 2026-06
 --> content/candidats/2026-06/élodie.md:2:1
  |
2 | nom: Martin
  | ^^^ la même personne
  |
 ::: content/candidats/2026-06/Martin-Claire.md:2:1
  |
2 | nom: Martin
  | --- déjà ici
  |
  = aide : corrigez le nom, ou supprimez l'une des deux fiches ; deux homonymes : gardez-les

erreur[E009] : ce candidat s'écrirait dans le même dossier que content/candidats/2026-06/Martin-Claire.md
--> content/candidats/2026-06/martin-claire.md
 = aide : renommez l'un des deux : seules la casse ou la composition des accents les distinguent

erreur[E009] : ce candidat s'écrirait dans le même dossier que content/candidats/2026-06/élodie.md
--> content/candidats/2026-06/élodie.md
 = aide : renommez l'un des deux : seules la casse ou la composition des accents les distinguent

5 candidats vérifiés, 2 erreurs, 1 avertissement, 0 livret ou bloc à compléter
1

"#]]
        .raw()
    );
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8_are_refused_one_by_one() {
    use std::os::unix::ffi::OsStrExt;
    let folder = project(&[]);
    for name in [&b"mart\xEFn.md"[..], b"mart\xEEn.md", b"2026-\xFF"] {
        let path = folder.path().join(CANDIDATS).join(std::ffi::OsStr::from_bytes(name));
        fs::write(path, BLANK).unwrap();
    }
    let run = livret(folder.path(), &["build", "--no-pdf"]);
    assert_data_eq!(
        format!("{}{}", run.stderr, run.status),
        str![[r#"
erreur[E008] : ce nom n'est pas écrit en UTF-8
--> content/candidats/2026-06/2026-\xFF
 = aide : renommez-le : il vient sans doute d'une vieille archive, ses accents sont perdus

erreur[E008] : ce nom n'est pas écrit en UTF-8
--> content/candidats/2026-06/mart\xEEn.md
 = aide : renommez-le : il vient sans doute d'une vieille archive, ses accents sont perdus

erreur[E008] : ce nom n'est pas écrit en UTF-8
--> content/candidats/2026-06/mart\xEFn.md
 = aide : renommez-le : il vient sans doute d'une vieille archive, ses accents sont perdus

1
"#]]
        .raw()
    );
    assert_eq!(fs::read_dir(folder.path().join("output/candidats/2026-06")).unwrap().count(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn decomposed_names_are_those_that_they_look_like() {
    let folder = project(&[(&candidat("he\u{301}le\u{300}ne"), BLANK)]);
    let run = livret(folder.path(), &["build", "--no-pdf", "--only", "h\u{E9}l\u{E8}ne"]);
    assert_eq!(run.status, "0", "{}", run.stderr);
    assert!(folder.path().join("output/candidats/2026-06/h\u{E9}l\u{E8}ne/livret.html").exists());
}

#[cfg(unix)]
#[test]
fn links_out_of_the_project_are_not_followed() {
    let (folder, elsewhere) = (project(&[]), tempfile::tempdir().unwrap());
    fs::write(elsewhere.path().join("secret.md"), BLANK).unwrap();
    let link = |to: &Path, name: &str| {
        std::os::unix::fs::symlink(to, folder.path().join(CANDIDATS).join(name)).unwrap();
    };
    link(&elsewhere.path().join("secret.md"), "dehors.md");
    link(elsewhere.path(), "dossier");
    link(&folder.path().join(CANDIDATS), "rond");
    link(Path::new("nulle-part.md"), "perdu.md");
    let run = livret(folder.path(), &["check"]);
    assert_data_eq!(
        format!("{}{}", run.stderr, run.stdout),
        str![[r#"
erreur[E004] : ce raccourci mène hors du projet
--> content/candidats/2026-06/dehors.md
 = aide : copiez dans le projet ce qu'il désigne

erreur[E004] : ce raccourci mène hors du projet
--> content/candidats/2026-06/dossier
 = aide : copiez dans le projet ce qu'il désigne

erreur[E002] : ce raccourci ne peut pas être suivi : ce qu'il désigne n'existe pas
--> content/candidats/2026-06/perdu.md
 = aide : supprimez-le, ou mettez à sa place ce qu'il devait désigner

erreur[E003] : ce raccourci ne peut pas être suivi : il tourne en rond
--> content/candidats/2026-06/rond
 = aide : supprimez-le, ou mettez à sa place ce qu'il devait désigner

3 candidats vérifiés, 4 erreurs, 0 avertissement, 0 livret ou bloc à compléter

"#]]
        .raw()
    );
}

#[cfg(unix)]
#[test]
fn an_output_that_may_not_be_written_is_impossible() {
    use std::os::unix::fs::PermissionsExt;
    let folder = project(&[]);
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(closed.join("x"), "").is_ok() {
        return; // The administrator writes everywhere.
    }
    let run = livret(folder.path(), &["build", "--no-pdf", "--output", "closed"]);
    assert_eq!(run.status, "2");
    assert!(run.stderr.contains("vous n'en avez pas le droit"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn nothing_from_outside_of_the_project_is_taken_for_its_logo_its_theme_or_itself() {
    use std::os::unix::fs::symlink;
    let elsewhere = tempfile::tempdir().unwrap();
    support::copy(Path::new(support::BASE), elsewhere.path());
    fs::write(elsewhere.path().join("secret.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").unwrap();
    for (inner, outer) in [
        ("logo.svg", "secret.svg"),
        ("images", ""),
        ("livret.yaml", "livret.yaml"),
        ("themes", "themes"),
        ("themes/mini/mini.css", "themes/mini/mini.css"),
        ("content", "content"),
    ] {
        let folder = project(&[]);
        let logo = if inner == "images" { "images/secret.svg" } else { "logo.svg" };
        let config = fs::read_to_string(folder.path().join("livret.yaml")).unwrap();
        let config = config.replace("logo.svg", logo);
        fs::write(folder.path().join("livret.yaml"), config).unwrap();
        assert_eq!(livret(folder.path(), &["check"]).status, if inner == "images" { "1" } else { "0" });
        let link = folder.path().join(inner);
        let _ = if link.is_dir() { fs::remove_dir_all(&link) } else { fs::remove_file(&link) };
        symlink(elsewhere.path().join(outer), &link).unwrap();
        let run = livret(folder.path(), &["build", "--no-pdf"]);
        assert!(
            run.status == "1" && run.stderr.contains("[E004] : ce raccourci mène hors du projet"),
            "{inner}: {}",
            run.stderr
        );
        let logo = folder.path().join("output/assets/projet");
        assert!(inner == "content" || !logo.exists(), "{inner}");
    }
}

#[test]
fn a_logo_and_a_picture_are_pictures_or_are_refused() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>";
    let config = fs::read_to_string(Path::new(support::BASE).join("livret.yaml")).unwrap();
    for (name, bytes, said) in [
        ("logo.svg", svg, None),
        ("logo.svg", "<svg", Some("« logo.svg » n'est pas une image : ce SVG est incomplet ou mal écrit")),
        ("logo.png", "root:x:0:0", Some("« logo.png » n'est pas une image : ce qu'il contient")),
        ("logo.png", "", Some("« logo.png » n'est pas une image : le fichier est vide")),
        ("livret.yaml", "", Some("« livret.yaml » n'est pas une image")),
        ("content/candidats/2026-06/bernard-paul.md", "", Some("bernard-paul.md » n'est pas une image")),
        ("content", "", Some("ce fichier ne peut pas être lu : c'est un dossier")),
    ] {
        let config = config.replace("logo.svg", name);
        let folder = project(&[("livret.yaml", config.as_bytes())]);
        if name.starts_with("logo") {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        let run = livret(folder.path(), &["check"]);
        let found = said.is_none_or(|said| run.stderr.contains(said));
        assert!(found && (run.status == "0") == said.is_none(), "{name}: {}", run.stderr);
    }
    let text = b"---\nnom: Martin\nprenom: Claire\n---\n\n## accueil\n\nBien.\n\n![Plan](plan.png)\n";
    let said = check(&[(&candidat("martin"), text), ("content/candidats/2026-06/plan.png", b"x")]);
    assert!(said.contains("martin.md:10:1") && said.contains("« plan.png » n'est pas une image"), "{said}");
}

#[test]
fn a_file_that_nobody_writes_is_refused_by_its_size() {
    let long = "Un paragraphe.\n".repeat(1_500_000);
    let said = check(&[
        (&candidat("long"), format!("---\nnom: Martin\nprenom: Claire\n---\n## accueil\n{long}").as_bytes()),
        ("themes/mini/mini.css", long.as_bytes()),
    ]);
    for path in ["content/candidats/2026-06/long.md", "themes/mini/mini.css"] {
        assert!(said.contains(&format!("il est trop grand (22 Mo ; 20 Mo au plus)\n--> {path}")), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_waited_for_nowhere() {
    use std::os::unix::fs::symlink;
    let fifo = |path: &Path| assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    for (place, arguments) in [
        ("livret.yaml", &["check"][..]),
        ("logo.svg", &["check"]),
        ("content/candidats/2026-06/x.md", &["check"]),
        ("content/candidats/2026-06/x.md", &["fmt", "--check"]),
        ("themes/mini/mini.css", &["check"]),
        ("output/index.html", &["build", "--no-pdf"]),
        ("output/.livret.lock", &["build", "--no-pdf"]),
        ("output/.livret.json", &["build", "--no-pdf"]),
        ("output/.livret.journal", &["build", "--no-pdf"]),
        ("output/candidats/2026-06/x/livret.html", &["build", "--no-pdf"]),
        ("liste.csv", &["import", "liste.csv"]),
        ("autre", &["check", "-C", "autre"]),
        ("autre", &["build", "--no-pdf", "--output", "autre"]),
        (".livret/schemas/candidat.schema.json", &["schema"]),
    ] {
        for device in [false, true] {
            let folder = project(&[]);
            let path = folder.path().join(place);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let _ = fs::remove_file(&path);
            if device {
                symlink("/dev/zero", &path).unwrap();
            } else {
                fifo(&path);
            }
            let seconds = std::time::Instant::now();
            let run = livret(folder.path(), arguments);
            assert!(seconds.elapsed().as_secs() < 20, "{place}");
            let said = !run.stderr.is_empty() && !run.stderr.contains("os error");
            assert!(said, "{place} {device}: {}{}", run.stdout, run.stderr);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_itself_is_named_as_what_it_is() {
    let folder = project(&[]);
    std::os::unix::fs::symlink("a.md", folder.path().join(CANDIDATS).join("a.md")).unwrap();
    let run = livret(folder.path(), &["check"]);
    assert_data_eq!(
        run.stderr,
        str![[r#"
erreur[E002] : ce raccourci ne peut pas être suivi : il tourne en rond
--> content/candidats/2026-06/a.md
 = aide : supprimez-le, ou mettez à sa place ce qu'il devait désigner


"#]]
        .raw()
    );
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_to_the_standard_output_is_not_done() {
    use std::process::{Command, Stdio};
    let folder =
        project(&[("liste.csv", "nom;prénom;référentiel;session\nMartin;Claire;essai/2025;2026-06\n".as_bytes())]);
    let text = fs::read(folder.path().join(CANDIDATS).join("bernard-paul.md")).unwrap();
    for arguments in [
        &["check"][..],
        &["check", "--format", "json"],
        &["check", "--format", "sarif"],
        &["build", "--no-pdf"],
        &["fmt", "--check"],
        &["fmt", "-", "--nom", "content/candidats/2026-06/bernard-paul.md"],
        &["schema"],
        &["man"],
        &["completions", "bash"],
        &["explain"],
        &["explain", "E001"],
        &["import", "liste.csv"],
        &["init", "autre"],
        &["new", "candidat", "2026-06", "--nom", "Petit", "--prenom", "Anne"],
        &["--help"],
        &["--version"],
    ] {
        for full in ["stdout", "closed"] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_livret"));
            command.args(arguments).current_dir(folder.path()).stdin(Stdio::piped()).stderr(Stdio::piped());
            let mut child = if full == "stdout" {
                command.stdout(fs::File::options().write(true).open("/dev/full").unwrap()).spawn().unwrap()
            } else {
                let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
                drop(child.stdout.take());
                child
            };
            let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), &text);
            let ended = child.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&ended.stderr);
            let told = said.contains("la sortie standard ne peut pas être écrite : le disque est plein");
            assert_eq!(told, full == "stdout", "{arguments:?}: {said}");
            assert!(full == "closed" || ended.status.code() == Some(2), "{arguments:?}: {said}");
        }
        let _ = fs::remove_dir_all(folder.path().join("autre"));
        let _ = fs::remove_file(folder.path().join(CANDIDATS).join("petit-anne.md"));
    }
}

/// Ctrl-C while a very long text is read: nothing is being finished, so nothing is waited for.
#[cfg(unix)]
#[test]
fn ctrl_c_ends_every_command_at_once() {
    use std::process::{Command, Stdio};
    let mut text = fs::read_to_string(Path::new(support::BASE).join(CANDIDATS).join("bernard-paul.md")).unwrap();
    text += &format!("\n{}\n", "mot ".repeat(4_500_000));
    let folder =
        project(&[(&candidat("bernard-paul"), text.as_bytes()), ("liste.csv", b"nom;prenom\nMartin;Claire\n")]);
    for (arguments, signal) in [
        (&["check"][..], "INT"),
        (&["check"], "TERM"),
        (&["build", "--no-pdf"], "INT"),
        (&["fmt", "--check"], "INT"),
        (&["schema"], "INT"),
        (&["import", "liste.csv"], "INT"),
        (&["new", "candidat", "2026-06", "--nom", "Petit", "--prenom", "Anne"], "TERM"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_livret"));
        let command = command.args(arguments).current_dir(folder.path());
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(200));
        let asked = std::time::Instant::now();
        assert!(Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap().success());
        let status = child.wait().unwrap();
        assert!(asked.elapsed().as_secs() < 3, "{arguments:?}: {:?}", asked.elapsed());
        // A machine that is fast enough was done before.
        assert!(matches!(status.code(), Some(130 | 0 | 1)), "{arguments:?}: {status}");
    }
    let hidden = walkdir::WalkDir::new(folder.path()).into_iter().flatten();
    assert_eq!(hidden.filter(|entry| entry.file_name().to_string_lossy().ends_with(".tmp")).count(), 0);
}
