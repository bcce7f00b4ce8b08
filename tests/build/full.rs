//! A disk that is full, a folder that may not be written: said, the last good files stay, nothing is half-written.
#![cfg(target_os = "linux")]

use std::fs;
use std::process::Command;

use super::Sample;

/// A small disk of its own, if this user may mount one.
struct Disk<'a>(&'a std::path::Path);

impl<'a> Disk<'a> {
    fn mount(folder: &'a std::path::Path, size: &str) -> Option<Self> {
        fs::create_dir_all(folder).unwrap();
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(folder).output();
        if mount.is_ok_and(|output| output.status.success()) {
            return Some(Self(folder));
        }
        eprintln!("skipped: this user may mount no disk");
        None
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

#[test]
fn on_a_full_disk_what_fits_is_whole_and_the_rest_is_said() {
    let Some(sample) = Sample::new() else { return };
    sample.build(&["--output", "reference"]);
    let reference = sample.documents("reference");
    let folder = sample.path().join("output");
    let Some(_disk) = Disk::mount(&folder, "2m") else { return };
    let run = sample.run(&["build"]);
    assert_eq!(run.status, Some(1), "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("la place sur le disque"), "{}", run.stderr);
    let there = sample.documents("output");
    assert!(!there.is_empty() && there.len() < reference.len(), "{} documents", there.len());
    for (path, bytes) in there {
        assert!(reference[&path] == bytes, "{path} is not whole");
    }
}

#[test]
fn a_pdf_that_may_not_be_replaced_stays_and_the_rest_goes_on() {
    let Some(sample) = Sample::new() else { return };
    let only = ["build", "--only", "martin*"];
    assert_eq!(sample.run(&only).status, Some(0));
    // A folder in the place of a file cannot be replaced, not even by root.
    let livret = sample.path().join("output/candidats/2026-06/martin-claire/livret.pdf");
    fs::remove_file(&livret).unwrap();
    fs::create_dir(&livret).unwrap();
    sample.edit("content/candidats/2026-06/martin-claire.md", "lieu: ", "lieu: Nouvelle ");
    let run = sample.run(&only);
    assert_eq!(run.status, Some(1), "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("martin-claire/livret.pdf"), "{}", run.stderr);
    assert!(run.stdout.contains("martin-claire/fiche-synthese.pdf"), "the rest goes on: {}", run.stdout);
    assert!(livret.is_dir());
}

#[test]
fn a_temporary_folder_that_is_not_there_is_the_cause_and_not_chrome() {
    let Some(sample) = Sample::new() else { return };
    let run = sample.command(&["build"]).env("TMPDIR", "/nulle-part").output().unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(2), "{said}");
    assert!(said.contains("E816") && said.contains("« /nulle-part »") && said.contains("il n'existe pas"), "{said}");
}
