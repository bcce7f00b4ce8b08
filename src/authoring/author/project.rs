//! A new project: the example in `starter/` and the theme `officiel`, both inside the program. What every new project
//! shall hold besides is added in [`sources`].

use include_dir::{Dir, include_dir};

use super::NewSource;
use crate::authoring::editor;
use crate::ground::paths::THEMES;

static STARTER: Dir = include_dir!("$CARGO_MANIFEST_DIR/starter");
static THEME: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes/officiel");
const THEME_NAME: &str = "officiel";

/// Every file of a new project, editor settings included. What is made of the project itself (schemas) comes after.
pub(crate) fn sources() -> Vec<NewSource> {
    let mut all = embedded(&STARTER, "");
    all.extend(embedded(&THEME, &format!("{THEMES}/{THEME_NAME}/")));
    all.extend(editor::vscode().into_iter().map(|(path, text)| NewSource::new(path, text)));
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

fn embedded(dir: &Dir, prefix: &str) -> Vec<NewSource> {
    let mut all: Vec<NewSource> = dir.files().map(|f| NewSource::new(target(f.path(), prefix), f.contents())).collect();
    all.extend(dir.dirs().flat_map(|dir| embedded(dir, prefix)));
    all
}

/// `gitignore` has its point only in the new project: with it, git would apply it to the example itself.
fn target(path: &std::path::Path, prefix: &str) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    match parts.join("/").as_str() {
        "gitignore" if prefix.is_empty() => ".gitignore".to_owned(),
        path => format!("{prefix}{path}"),
    }
}
