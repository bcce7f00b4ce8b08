use std::fs;
use std::process::Command;

use crate::support::livret;

#[test]
fn every_shell_gets_a_script_that_knows_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let help = livret(folder.path(), &["--help"]).stdout;
    let commands: Vec<&str> = help
        .split("Commandes:\n")
        .nth(1)
        .unwrap()
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(commands.contains(&"build") && commands.contains(&"doctor"), "{commands:?}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = livret(folder.path(), &["completions", shell]);
        assert_eq!((run.status.as_str(), run.stderr.as_str()), ("0", ""), "{shell}");
        for word in commands.iter().chain(&["--no-pdf", "livret"]) {
            assert!(run.stdout.contains(word.trim_start_matches('-')), "{shell}: {word}");
        }
    }
    let run = livret(folder.path(), &["completions", "tcsh"]);
    assert_eq!(run.status, "2");
    assert!(run.stderr.contains("par exemple bash, zsh, fish, powershell ou elvish"), "{}", run.stderr);
}

#[test]
fn bash_completes_a_command() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("livret.bash");
    fs::write(&script, livret(folder.path(), &["completions", "bash"]).stdout).unwrap();
    let ask = "source \"$1\"; COMP_WORDS=(livret bu); COMP_CWORD=1; _livret livret bu livret; echo \"${COMPREPLY[@]}\"";
    let Ok(output) = Command::new("bash").args(["-c", ask, "bash"]).arg(&script).output() else { return };
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "build bundle", "{output:?}");
}

#[test]
fn the_manual_is_shown_or_written() {
    let folder = tempfile::tempdir().unwrap();
    let page = livret(folder.path(), &["man"]).stdout;
    for part in [".TH livret 1", ".SH NOM", ".SH COMMANDES", ".SH REMARQUE", "livret\\-build(1)"] {
        assert!(page.contains(part), "no « {part} » in\n{page}");
    }
    let build = livret(folder.path(), &["man", "build"]).stdout;
    assert!(build.contains("\\-\\-no\\-pdf") && !build.contains(".SH NAME"), "{build}");
    let run = livret(folder.path(), &["man", "biuld"]);
    assert_eq!(run.status, "2");
    assert!(run.stderr.contains("la commande « biuld » n'existe pas"), "{}", run.stderr);

    for _ in 0..2 {
        let run = livret(folder.path(), &["man", "--dir", "pages"]);
        assert_eq!((run.status.as_str(), run.stderr.as_str()), ("0", ""));
    }
    assert_eq!(fs::read_to_string(folder.path().join("pages/livret.1")).unwrap(), page);
    assert_eq!(fs::read_to_string(folder.path().join("pages/livret-build.1")).unwrap(), build);
    fs::write(folder.path().join("pages/livret.1"), "theirs").unwrap();
    let run = livret(folder.path(), &["man", "--dir", "pages"]);
    assert_eq!(run.status, "2");
    assert!(run.stderr.contains("n'est pas de livret, et reste tel quel"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(folder.path().join("pages/livret.1")).unwrap(), "theirs");
}
