//! Shards together are one run, byte for byte; so are builds with other numbers of workers.

use super::Sample;

#[test]
fn eight_shards_are_one_run() {
    let Some(sample) = Sample::new() else { return };
    sample.build(&["--output", "whole", "--jobs", "1"]);
    let whole = sample.documents("whole");
    let mut together = std::collections::BTreeMap::new();
    for shard in 1..=8 {
        let output = format!("part-{shard}");
        sample.build(&["--output", &output, "--shard", &format!("{shard}/8"), "--jobs", "4"]);
        for (path, bytes) in sample.documents(&output) {
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
