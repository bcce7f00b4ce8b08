//! What git or an editor would spoil: bytes that are not UTF-8, control characters, odd names of files. As in the
//! golden projects, the real binary runs on them. `SNAPSHOTS=overwrite` writes what came as what is expected.

mod support;

use std::fs;
use std::path::Path;

use snapbox::{assert_data_eq, prelude::*, str};
use support::livret;

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

1 candidat vérifié, 3 erreurs, 0 avertissement, 0 livret ou bloc à compléter
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
fn a_name_that_is_not_text_is_no_panic() {
    use std::os::unix::ffi::OsStrExt;
    let folder = project(&[]);
    let name = std::ffi::OsStr::from_bytes(b"mart\xEFn.md");
    fs::write(folder.path().join(CANDIDATS).join(name), BLANK).unwrap();
    assert_eq!(livret(folder.path(), &["check"]).status, "0");
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

erreur[E003] : ce dossier ne peut pas être lu : il n'existe pas
--> content/candidats/2026-06/perdu.md

erreur[E003] : ce dossier ne peut pas être lu : un raccourci tourne en rond
--> content/candidats/2026-06/rond

1 candidat vérifié, 4 erreurs, 0 avertissement, 0 livret ou bloc à compléter

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
