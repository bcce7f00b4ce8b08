//! The program holds these folders (`include_dir!`), which alone would not notice files that come or go.

fn main() {
    for folder in ["starter", "themes/officiel"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
