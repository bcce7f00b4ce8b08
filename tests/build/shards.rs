//! Shards together are one run, byte for byte, with the commands that the documentation gives; so are builds with
//! other numbers of workers.

use std::path::Path;
use std::process::Command;

use super::Sample;

/// The command that the documentation gives for a shard: in turn those of Kubernetes, of a CI, of GNU parallel.
fn documented_command(sample: &Sample, shard: usize) -> Command {
    let text = include_str!("../../docs/plusieurs-machines.md");
    let starts = ["- livret build", "- livret build", "livret build"];
    let marks = ["JOB_COMPLETION_INDEX", "CI_NODE_INDEX", "{}"];
    let kind = shard % 3;
    let line = text.lines().find(|l| l.contains(starts[kind]) && l.contains(marks[kind])).unwrap();
    let line = &line[line.find("livret build").unwrap()..];
    let line = line.split(" :::").next().unwrap().replace("{}", &shard.to_string());
    let mut command = Command::new("sh");
    let folder = Path::new(env!("CARGO_BIN_EXE_livret")).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    command.args(["-c", &line]).current_dir(sample.path()).env("PATH", path).env_remove("SOURCE_DATE_EPOCH");
    command.env("JOB_COMPLETION_INDEX", (shard - 1).to_string());
    command.env("CI_NODE_INDEX", shard.to_string()).env("CI_NODE_TOTAL", "8");
    command
}

#[test]
fn eight_shards_are_one_run() {
    let Some(sample) = Sample::new() else { return };
    sample.build(&["--output", "whole", "--jobs", "1"]);
    let whole = sample.documents("whole");
    let mut together = std::collections::BTreeMap::new();
    for shard in 1..=8_usize {
        let run = documented_command(&sample, shard).output().unwrap();
        assert!(run.status.success(), "{shard}: {}", String::from_utf8_lossy(&run.stderr));
        for (path, bytes) in sample.documents(&format!("sortie-{shard}")) {
            if let Some(first) = together.insert(path.clone(), bytes.clone()) {
                assert_eq!(path, "index.html", "made twice");
                assert!(first == bytes);
            }
        }
    }
    assert_eq!(together.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
    assert!(together == whole);
}

#[test]
fn a_shard_that_is_none_and_no_jobs_are_refused() {
    let Some(sample) = Sample::new() else { return };
    for wrong in [["--shard", "9/8"], ["--shard", "0/8"], ["--shard", "x"], ["--jobs", "0"]] {
        let run = sample.run(&["build", wrong[0], wrong[1]]);
        assert_eq!(run.status, Some(2), "{wrong:?}");
        assert!(run.stderr.contains("par exemple"), "{}", run.stderr);
    }
}

#[test]
fn the_date_is_the_one_that_is_given_or_none() {
    let Some(sample) = Sample::new() else { return };
    let fiche = ["build", "--only", "candidats/*/martin-claire/fiche-synthese"];
    let path = sample.path().join("output/candidats/2026-06/martin-claire/fiche-synthese.pdf");
    let date = || {
        let pdf = lopdf::Document::load(&path).unwrap();
        let info = pdf.trailer.get_deref(b"Info", &pdf).unwrap().as_dict().unwrap();
        info.get(b"CreationDate").ok().map(|d| lopdf::decode_text_string(d).unwrap())
    };
    assert!(sample.command(&fiche).output().unwrap().status.success());
    assert_eq!(date(), None);
    assert!(sample.command(&fiche).env("SOURCE_DATE_EPOCH", "1780000000").output().unwrap().status.success());
    assert_eq!(date().as_deref(), Some("D:20260528202640Z"));
}
