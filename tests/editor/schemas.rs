use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex};

use boon::{Compiler, Draft, SchemaIndex};
use livret::authoring::schema::{Kind, project};
use livret::ground::diagnostic::Diagnostics;
use livret::ground::source::Sources;
use livret::judge::project::Project;
use rayon::prelude::*;
use serde_json::{Map, Value, json};
use walkdir::WalkDir;

use crate::support;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The YAML of a file, as an editor sees it: typed. `None` if it does not parse.
fn yaml(kind: Kind, text: &str) -> Option<Value> {
    let yaml = if kind.is_whole() {
        text
    } else {
        let rest = text.strip_prefix("---\n")?;
        &rest[..rest.find("\n---").map_or(rest.len(), |at| at + 1)]
    };
    let mut options = serde_yaml::Options::default();
    options.strict_booleans = true;
    serde_yaml::from_str_with_options::<Option<Value>>(yaml, options).ok().map(|value| value.unwrap_or(Value::Null))
}

fn read(root: &Path) -> (Option<Project>, usize) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let project = Project::read(root, &mut sources, &mut diagnostics);
    (project, diagnostics.errors())
}

/// The schemas of a project, ready to judge.
struct Schemas {
    compiled: boon::Schemas,
    kinds: BTreeMap<Kind, SchemaIndex>,
}

impl Schemas {
    /// Compiling takes long, and most golden projects have the same.
    fn of(project: Option<&Project>) -> Arc<Self> {
        static KNOWN: Mutex<BTreeMap<String, Arc<Schemas>>> = Mutex::new(BTreeMap::new());
        let schema = |kind: Kind| project.map_or_else(|| kind.schema(), |project| project::schema(kind, project));
        let schemas = Kind::ALL.map(|kind| (kind, schema(kind)));
        let text = schemas.iter().map(|(_, schema)| schema.to_string()).collect();
        let known = KNOWN.lock().unwrap().get(&text).cloned();
        known.unwrap_or_else(|| {
            let compiled = Arc::new(Self::compile(schemas));
            KNOWN.lock().unwrap().insert(text, Arc::clone(&compiled));
            compiled
        })
    }

    fn compile(schemas: impl IntoIterator<Item = (Kind, Value)>) -> Self {
        let (mut compiler, mut compiled) = (Compiler::new(), boon::Schemas::new());
        compiler.set_default_draft(Draft::V7);
        let compile = |(kind, mut schema): (Kind, Value)| {
            let name = format!("{}.json", kind.name());
            let mut definitions = Map::new();
            share(&mut schema, &mut definitions);
            schema["definitions"] = definitions.into();
            compiler.add_resource(&name, schema).unwrap();
            (kind, compiler.compile(&name, &mut compiled).expect("a schema is one"))
        };
        let kinds = schemas.into_iter().map(compile).collect();
        Self { compiled, kinds }
    }

    /// What is wrong with a file.
    fn faults(&self, kind: Kind, text: &str) -> Vec<String> {
        match yaml(kind, text) {
            None => vec!["no YAML".to_owned()],
            Some(value) => {
                let judged = self.compiled.validate(&value, self.kinds[&kind]);
                judged.err().map(|error| format!("{error:#}")).into_iter().collect()
            }
        }
    }
}

/// Moves what has a pattern into definitions, each once: compiling patterns takes long, and most are the same few.
fn share(schema: &mut Value, definitions: &mut Map<String, Value>) {
    match schema {
        Value::Object(object) if object.get("pattern").is_some_and(Value::is_string) => {
            let known = definitions.values().position(|known| known == schema).unwrap_or(definitions.len());
            let reference = json!({ "$ref": format!("#/definitions/{known}") });
            definitions.entry(known.to_string()).or_insert(std::mem::replace(schema, reference));
        }
        Value::Object(object) => object.values_mut().for_each(|inner| share(inner, definitions)),
        Value::Array(list) => list.iter_mut().for_each(|inner| share(inner, definitions)),
        _ => {}
    }
}

/// The files of a project that hold YAML.
fn files(root: &Path) -> Vec<(Kind, PathBuf)> {
    let inner = |path: &Path| path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    ["livret.yaml", "themes", "content"]
        .iter()
        .flat_map(|part| WalkDir::new(root.join(part)).into_iter().flatten())
        .filter_map(|entry| Some((Kind::of(&inner(entry.path()))?, entry.into_path())))
        .collect()
}

/// Every file of a sound project is what the schemas say. Returns how many there are.
fn all_valid(root: &Path, name: &str) -> usize {
    valid(root, name).unwrap_or_else(|| panic!("{name} is not sound"))
}

/// The same; `None` if the project is not sound.
fn valid(root: &Path, name: &str) -> Option<usize> {
    let (Some(project), 0) = read(root) else { return None };
    static GENERAL: LazyLock<Arc<Schemas>> = LazyLock::new(|| Schemas::of(None));
    let own = Schemas::of(Some(&project));
    let files = files(root);
    for (kind, path) in &files {
        let text = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
        for schemas in [&*GENERAL, &own] {
            let faults = schemas.faults(*kind, text);
            assert!(faults.is_empty(), "{name}: {}: {faults:?}", path.display());
        }
    }
    Some(files.len())
}

#[test]
fn what_is_sound_is_valid() {
    assert!(all_valid(Path::new(ROOT), "the sample") >= 11);
    assert!(all_valid(Path::new(support::BASE), "the base") >= 6);
    let other = Path::new(ROOT).join("tests/autre-branche");
    let folder = tempfile::tempdir().unwrap();
    support::copy(&other, folder.path());
    if !folder.path().join("themes").exists() {
        support::copy(&Path::new(ROOT).join("themes"), &folder.path().join("themes"));
    }
    assert!(all_valid(folder.path(), "autre-branche") >= 4);
}

/// Cases that our reader takes and other readers of YAML do not: no-break spaces that end a line, several byte order
/// marks, numbers beyond all bounds.
const OURS_ALONE: [&str; 2] = ["espace-insecable-sans-effet", "valeurs-telles-que-saisies"];

#[test]
fn golden_cases_without_errors_are_valid() {
    let cases: Vec<(String, PathBuf)> = support::cases().into_iter().collect();
    let ours_alone = |name: &String| OURS_ALONE.contains(&name.as_str());
    let sound = cases.par_iter().filter(|(name, case)| !ours_alone(name) && is_valid(name, case)).count();
    assert!(sound > 40, "{sound} sound cases");
}

/// Whether a case is sound; then all of its files must be valid.
fn is_valid(name: &str, case: &Path) -> bool {
    let folder = tempfile::tempdir().unwrap();
    support::copy(Path::new(support::BASE), folder.path());
    let cmd = fs::read_to_string(case.join("cmd")).unwrap_or_default();
    for path in cmd.lines().filter_map(|line| line.strip_prefix("sans: ")).map(|path| folder.path().join(path)) {
        if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
    }
    for part in ["content", "themes", "livret.yaml", "logo.svg"] {
        if case.join(part).exists() {
            support::copy(&case.join(part), &folder.path().join(part));
        }
    }
    valid(folder.path(), name).is_some()
}

#[test]
fn the_files_of_the_guide_are_valid() {
    let guide = fs::read_to_string(Path::new(ROOT).join("docs/guide.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    support::copy(&Path::new(ROOT).join("themes"), &folder.path().join("themes"));
    fs::copy(Path::new(ROOT).join("logo.svg"), folder.path().join("logo.svg")).unwrap();
    for part in guide.split("<!-- fichier: ").skip(1) {
        let (path, rest) = part.split_once(" -->").unwrap();
        let text = rest.split_once("```").unwrap().1.split_once('\n').unwrap().1.split_once("\n```").unwrap().0;
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("{text}\n")).unwrap();
    }
    assert!(all_valid(folder.path(), "the guide") >= 8);
}

#[test]
fn what_is_wrong_is_not_valid() {
    let (project, _) = read(Path::new(support::BASE));
    let schemas = Schemas::of(project.as_ref());
    let cases = [
        "bloc-inconnu",
        "cle-avec-accent",
        "cle-inconnue",
        "cle-inconnue-d-une-evaluation",
        "cle-inconnue-du-referentiel",
        "cle-inconnue-du-theme",
        "cle-inconnue-partout",
        "cle-obligatoire-absente",
        "cle-obligatoire-absente-partout",
        "cle-sans-valeur",
        "competence-d-un-autre-bloc",
        "competence-inconnue",
        "echelle-d-un-seul-niveau",
        "niveau-inconnu",
        "nombre-d-evaluateurs-hors-limites",
        "parcours-complet-avec-blocs",
        "parcours-inconnu",
        "parcours-isole-blocs-vides",
        "parcours-isole-sans-blocs",
        "referentiel-inconnu",
        "referentiel-sans-version",
        "regle-evaluateur-inconnu",
        "regle-evaluateurs-trop-nombreux",
    ];
    let mut missed = Vec::new();
    for name in cases {
        let case = Path::new(ROOT).join("tests/golden").join(name);
        let refused = files(&case)
            .into_iter()
            .any(|(kind, path)| !schemas.faults(kind, &fs::read_to_string(path).unwrap()).is_empty());
        if !refused {
            missed.push(name);
        }
    }
    assert!(missed.is_empty(), "taken: {missed:?}");
}

const CANDIDAT: &str = "content/candidats/2026-06/bernard-paul.md";
const BLOC: &str = "content/referentiels/essai/2025/blocs/1-accueil.md";
const REFERENTIEL: &str = "content/referentiels/essai/2025/referentiel.md";

/// Places where any value is tried: a file, what is replaced there, and by what.
const PLACES: &[(&str, &str, &str)] = &[
    (CANDIDAT, "nom: Bernard", "nom: ?"),
    (CANDIDAT, "prenom: Paul", "prenom: Paul\nentreprise: ?"),
    (CANDIDAT, "prenom: Paul", "prenom: Paul\nreferentiel: ?"),
    (CANDIDAT, "prenom: Paul", "prenom: Paul\nparcours: ?"),
    (CANDIDAT, "prenom: Paul", "prenom: Paul\nblocs: ?"),
    (CANDIDAT, "prenom: Paul", "prenom: Paul\nparcours: isole\nblocs: ?"),
    (CANDIDAT, "nom: Anne Le Goff", "nom: ?"),
    (CANDIDAT, "fonction: Formateur", "fonction: ?"),
    (CANDIDAT, "  - { nom: Anne Le Goff, fonction: Responsable d'agence }", "  - ?"),
    (CANDIDAT, "activites_exercees: oui", "activites_exercees: ?"),
    (CANDIDAT, "dates: { du: 2026-03-02, au: 2026-03-06 }", "dates: ?"),
    (CANDIDAT, "du: 2026-03-02", "du: ?"),
    (CANDIDAT, "lieu: Brest", "lieu: ?"),
    (CANDIDAT, "entretiens: 4", "entretiens: ?"),
    (CANDIDAT, "duree: 2 h", "duree: ?"),
    (CANDIDAT, "relation: acquis", "relation: ?"),
    (CANDIDAT, "evaluateur_2: A", "evaluateur_2: ?"),
    (CANDIDAT, "priorites: { evaluateur_1: acquis, evaluateur_2: A }", "priorites: { ?: acquis }"),
    (CANDIDAT, "  suivi:\n", "  ?:\n"),
    (BLOC, "titre: ", "grille: ?\ntitre: "),
    (REFERENTIEL, "evaluateurs: 2", "evaluateurs: ?"),
    (REFERENTIEL, "certification: CQP", "certification: ?"),
    (REFERENTIEL, "certification: CQP", "certification: CQP\nlibelles: ?"),
    (REFERENTIEL, "code: NA", "code: ?"),
    (REFERENTIEL, "blocs: choisis", "blocs: ?"),
    (REFERENTIEL, "consensus: oui", "consensus: ?"),
    (REFERENTIEL, "consensus: oui", "entretiens: ?"),
    (REFERENTIEL, "consensus: oui", "entretiens: { min: 1, max: ? }"),
    (REFERENTIEL, "consensus: oui", "duree_max_jours: ?"),
    (REFERENTIEL, "consensus: oui", "commentaires: ?"),
    ("livret.yaml", "  nom: Commission d'essai", "  nom: ?"),
    ("livret.yaml", "  parcours: complet", "  parcours: ?"),
    ("themes/mini/theme.yaml", "documents:", "mise_en_page: ?\ndocuments:"),
];

const VALUES: &[&str] = &[
    "texte",
    "12",
    "+4",
    "007",
    "-1",
    "3.5",
    "oui",
    "Non",
    "VRAI",
    "true",
    "False",
    "faux",
    "yes",
    "~",
    "null",
    "\"\"",
    "\" \"",
    "2026-03-02",
    "2/3/2026",
    "2026-13-45",
    "02.03.2026",
    "[]",
    "[a, b]",
    "{}",
    "{ a: b }",
    "[accueil]",
    "accueil",
    "Accueil",
    "[SUIVI, accueil]",
    "suivi",
    "acquis",
    "ACQUIS",
    "Non Acquis",
    "a",
    "na",
    "complet",
    "Complet",
    "isole",
    "essai/2025",
    "essai/2026",
    "tous",
    "choisis",
    "page",
    "suite",
    "obligatoires",
    "facultatifs",
    "projet",
    "evaluateur_1",
    "evaluateur_3",
    "{ du: 2026-03-02, au: 2026-03-03 }",
    "{ du: 2026-03-02 }",
    "{ min: 3, max: 5 }",
    "{ nom: Léa Durand, fonction: 3 }",
    "{ evaluateur_1: A, evaluateur_2: acquis }",
    "{ evaluateur_9: A }",
    "[acquis]",
    "4294967296",
];

/// What only the whole can tell: a day that the calendar does not have, the limits of the rules, a file that is not
/// there, the word « null », a bloc that is evaluated and not presented, a name that starts like an item of a list. A default is only
/// held against the candidats that follow it.
fn beyond(file: &str, to: &str, value: &str) -> bool {
    value == "2026-13-45"
        // The word « null », which a schema cannot tell from nothing.
        || value == "null"
        || (to == "entretiens: ?" && ["12", "007"].contains(&value))
        || to.starts_with("mise_en_page")
        || to.contains("parcours: isole")
        || (file == "livret.yaml" && to == "  parcours: ?")
        || (to == "  - ?" && value == "-1")
        // A level's code that is the id, the code or the name of another one.
        || (to.contains("code: ?") && ["acquis", "ACQUIS", "a"].contains(&value))
        // Roles, of which the evaluations of the candidat name none.
        || (to == "evaluateurs: ?" && value.starts_with('['))
        // A bloc by another spelling of its id: what stands below it is not held against it.
        || (to == "  ?:\n" && value == "Accueil")
}

#[test]
fn schemas_and_readers_agree_on_every_value() {
    let (project, _) = read(Path::new(support::BASE));
    let schemas = Schemas::of(project.as_ref());
    let found: Vec<(usize, Vec<String>, Vec<String>)> =
        PLACES.par_iter().map(|place| compare(place, &schemas)).collect();
    let tried: usize = found.iter().map(|(tried, ..)| tried).sum();
    let stricter: Vec<&str> = found.iter().flat_map(|(_, stricter, _)| stricter).map(String::as_str).collect();
    let laxer: Vec<&str> = found.iter().flat_map(|(.., laxer)| laxer).map(String::as_str).collect();
    assert!(tried > 1500, "{tried}");
    assert!(stricter.is_empty(), "refused by schemas, taken by readers:\n{}", stricter.join("\n"));
    assert!(laxer.is_empty(), "taken by schemas, refused by readers:\n{}", laxer.join("\n"));
}

/// Tries every value in one place: how many, where schemas are stricter than readers, where they are laxer.
fn compare((file, from, to): &(&str, &str, &str), schemas: &Schemas) -> (usize, Vec<String>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    support::copy(Path::new(support::BASE), folder.path());
    let (path, kind) = (folder.path().join(file), Kind::of(file).unwrap());
    let sound = fs::read_to_string(&path).unwrap();
    assert!(sound.contains(from), "{file} has no « {from} »");
    let (mut tried, mut stricter, mut laxer) = (0, Vec::new(), Vec::new());
    for value in VALUES {
        let text = sound.replacen(from, &to.replace('?', value), 1);
        if yaml(kind, &text).is_none() {
            continue;
        }
        tried += 1;
        fs::write(&path, &text).unwrap();
        let (_, errors) = read(folder.path());
        let faults = schemas.faults(kind, &text);
        if !faults.is_empty() && errors == 0 {
            stricter.push(format!("{file}: {}: {faults:?}", to.replace('?', value)));
        }
        if faults.is_empty() && errors > 0 && !beyond(file, to, value) {
            laxer.push(format!("{file}: {}", to.replace('?', value)));
        }
    }
    (tried, stricter, laxer)
}

#[test]
fn the_command_writes_schemas_and_a_build_keeps_them_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    support::copy(Path::new(support::BASE), folder.path());
    let candidat = folder.path().join(".livret/schemas/candidat.schema.json");
    support::livret(folder.path(), &["build", "--no-pdf"]);
    assert!(!candidat.exists(), "a build writes no schema that nobody asked for");

    let run = support::livret(folder.path(), &["schema", "--vscode"]);
    assert_eq!((run.status.as_str(), run.stderr.as_str()), ("0", ""), "{}", run.stdout);
    assert!(run.stdout.contains("5 schémas dans .livret/schemas/"), "{}", run.stdout);
    assert!(fs::read_to_string(&candidat).unwrap().contains("\"relation\""));
    for file in ["settings", "extensions"] {
        let text = fs::read_to_string(folder.path().join(format!(".vscode/{file}.json"))).unwrap();
        serde_json::from_str::<Value>(&text).unwrap();
    }

    let bloc = folder.path().join(BLOC);
    fs::write(&bloc, fs::read_to_string(&bloc).unwrap().replace("{#relation}", "{#contact}")).unwrap();
    let sheet = folder.path().join(CANDIDAT);
    fs::write(&sheet, fs::read_to_string(&sheet).unwrap().replace("relation:", "contact:")).unwrap();
    support::livret(folder.path(), &["check"]);
    assert!(fs::read_to_string(&candidat).unwrap().contains("\"relation\""), "check writes nothing");
    support::livret(folder.path(), &["build", "--no-pdf"]);
    let text = fs::read_to_string(&candidat).unwrap();
    assert!(text.contains("\"contact\"") && !text.contains("\"relation\""));
}

#[test]
fn files_of_others_stay() {
    let folder = tempfile::tempdir().unwrap();
    support::copy(Path::new(support::BASE), folder.path());
    let (schema, settings) =
        (folder.path().join(".livret/schemas/bloc.schema.json"), folder.path().join(".vscode/settings.json"));
    for file in [&schema, &settings] {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, "{\"theirs\": 1}").unwrap();
    }
    let run = support::livret(folder.path(), &["schema", "--vscode"]);
    assert_eq!(run.status, "2");
    assert!(run.stderr.contains("bloc.schema.json : ce fichier n'est pas de « livret schema »"), "{}", run.stderr);
    assert!(run.stdout.contains(".vscode/settings.json : il y en a déjà un"), "{}", run.stdout);
    support::livret(folder.path(), &["build", "--no-pdf"]);
    for file in [schema, settings] {
        assert_eq!(fs::read_to_string(file).unwrap(), "{\"theirs\": 1}");
    }
}

#[test]
fn mistakes_and_no_project_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let run = support::livret(folder.path(), &["schema"]);
    assert_eq!(run.status, "1");
    assert!(run.stderr.contains("ce dossier n'est pas un projet"), "{}", run.stderr);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is written");

    support::copy(Path::new(support::BASE), folder.path());
    fs::write(folder.path().join("livret.yaml"), "organisme: {").unwrap();
    let run = support::livret(folder.path(), &["schema"]);
    assert_eq!(run.status, "1");
    assert!(run.stderr.contains("les schémas ne connaissent pas encore vos référentiels"), "{}", run.stderr);
    assert!(folder.path().join(".livret/schemas/candidat.schema.json").exists());

    support::copy(Path::new(support::BASE), folder.path());
    fs::write(folder.path().join(BLOC), "---\n---\n").unwrap();
    let run = support::livret(folder.path(), &["schema"]);
    assert!(run.stderr.contains("sans essai/2025"), "{}", run.stderr);
}
