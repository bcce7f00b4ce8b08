//! What the schemas of one project know beyond [`super::Kind::schema`]: its référentiels, with their parcours, blocs,
//! compétences and levels. A candidat's file is held against the référentiel that it names.

use serde_json::{Map, Value, json};

use super::Kind;
use super::values::{any_spelling, avis, avis_of_one, or_nothing, texte};
use crate::ground::fold;
use crate::judge::project::Project;
use crate::model::projet::Defauts;
use crate::model::referentiel::{Bloc, Niveau, Noeud, Referentiel};

/// The schema of one kind of file in this project.
pub fn schema(kind: Kind, project: &Project) -> Value {
    let mut schema = kind.schema();
    match kind {
        Kind::Candidat => candidat(&mut schema, project),
        Kind::Livret => livret(&mut schema, project),
        Kind::Referentiel => {
            let words = &project.theme.libelles;
            schema["properties"]["libelles"]["properties"] = words
                .iter()
                .map(|(key, word)| (key.clone(), or_text(&format!("Dans le thème : {}", word.value))))
                .collect();
        }
        Kind::Theme | Kind::Bloc => {}
    }
    schema
}

fn or_text(description: &str) -> Value {
    let mut texte = texte();
    texte["description"] = description.into();
    texte
}

/// Proposes what there is; what does not exist yet may be written all the same.
fn livret(schema: &mut Value, project: &Project) {
    let defauts = &mut schema["properties"]["defauts"]["properties"];
    let any = or_nothing(&texte());
    let chemins = project.referentiels.iter().map(|r| (r.chemin(), r.titre.clone()));
    add(&mut defauts["referentiel"], json!({ "anyOf": [words(chemins), any] }));
    let parcours = project.referentiels.iter().flat_map(|r| &r.parcours);
    let parcours = parcours.map(|p| (p.id.value.clone(), p.nom.clone()));
    add(&mut defauts["parcours"], json!({ "anyOf": [words(parcours), any] }));
}

fn candidat(schema: &mut Value, project: &Project) {
    let defauts = &project.projet.defauts;
    let default = defauts.referentiel.as_ref().map(|r| r.value.as_str());
    let sound = project.referentiels.iter().map(|r| (r.chemin(), r.titre.clone()));
    let broken =
        project.referentiels_en_erreur.iter().map(|c| (c.clone(), "Ce référentiel contient des erreurs.".to_owned()));
    let mut known = words(sound.chain(broken));
    if default.is_some() {
        known = or_nothing(&known);
    } else {
        add(schema, json!({ "required": ["referentiel"] }));
    }
    add(&mut schema["properties"]["referentiel"], known);
    let own: Vec<Value> = project
        .referentiels
        .iter()
        .map(|r| {
            let chemin = r.chemin();
            let named = if default == Some(&chemin) {
                json!({ "properties": { "referentiel": { "enum": [chemin, null] } } })
            } else {
                json!({ "properties": { "referentiel": { "const": chemin } }, "required": ["referentiel"] })
            };
            json!({ "if": named, "then": of_referentiel(r, defauts) })
        })
        .collect();
    // An empty list of conditions is no schema.
    if !own.is_empty() {
        schema["allOf"] = own.into();
    }
}

/// What a candidat's file may say if it is one of this référentiel: to be added to [`Kind::Candidat`]'s schema.
pub(crate) fn of_referentiel(referentiel: &Referentiel, defauts: &Defauts) -> Value {
    let ids = referentiel.parcours.iter().map(|p| (p.id.value.clone(), p.nom.clone()));
    let spelled = any_spelling(referentiel.parcours.iter().map(|p| p.id.value.as_str()));
    let mut parcours = json!({ "anyOf": [words(ids), { "type": "string", "pattern": spelled }] });
    let default = match (&defauts.parcours, referentiel.parcours.as_slice()) {
        (Some(default), all) => referentiel.parcours(&default.value).map(|p| &all[p]),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    let mut schema = json!({});
    if default.is_some() {
        parcours = or_nothing(&parcours);
    } else {
        add(&mut schema, json!({ "required": ["parcours"] }));
    }
    let blocs = &referentiel.blocs;
    let known = words(blocs.iter().map(|b| (b.id.clone(), b.titre.clone())));
    let spelled = any_spelling(blocs.iter().map(|b| b.id.as_str()));
    let bloc = json!({ "anyOf": [known, { "type": "string", "pattern": spelled }] });
    let evaluations: Map<String, Value> = blocs.iter().map(|b| (b.id.clone(), of_bloc(b, referentiel))).collect();
    schema["properties"] = json!({
        "parcours": parcours,
        "blocs": { "anyOf": [{ "type": "array", "items": bloc }, bloc, { "type": "null" }] },
        "evaluateurs": { "anyOf": [
            { "type": "array", "maxItems": referentiel.nb_evaluateurs },
            { "not": { "type": "array" } },
        ] },
        "evaluations": { "properties": evaluations, "propertyNames": bloc },
    });
    schema["allOf"] = referentiel
        .parcours
        .iter()
        .map(|p| {
            let id = forms(&p.id.value);
            let named = if default.is_some_and(|d| d.id.value == p.id.value) {
                let or_nothing: Vec<Value> = id.into_iter().chain([Value::Null]).collect();
                json!({ "properties": { "parcours": { "enum": or_nothing } } })
            } else {
                json!({ "properties": { "parcours": { "enum": id } }, "required": ["parcours"] })
            };
            let then = if p.tous_les_blocs {
                json!({ "properties": { "blocs": { "type": ["array", "null"], "maxItems": 0 } } })
            } else {
                json!({ "properties": { "blocs": { "not": { "type": "null" }, "minItems": 1 } }, "required": ["blocs"] })
            };
            json!({ "if": named, "then": then })
        })
        .collect();
    schema
}

fn of_bloc(bloc: &Bloc, referentiel: &Referentiel) -> Value {
    let niveau = niveau(&referentiel.echelle);
    let spelled = any_spelling(bloc.competences().map(Noeud::id));
    let resultats: Map<String, Value> = bloc
        .noeuds
        .iter()
        .flat_map(|a| a.enfants.iter().map(move |c| (a, c)))
        .map(|(activite, competence)| {
            let mut resultat = avis(&niveau);
            resultat["anyOf"][1]["properties"] =
                (1..=referentiel.nb_evaluateurs).map(|n| (format!("evaluateur_{n}"), avis_of_one(&niveau))).collect();
            resultat["anyOf"][1]["patternProperties"] = json!({});
            resultat["description"] = described(activite, competence).into();
            (competence.id().to_owned(), resultat)
        })
        .collect();
    json!({
        "description": format!("Bloc {} : {}", bloc.numero, bloc.titre),
        "properties": { "resultats": { "properties": resultats, "propertyNames": { "pattern": spelled } } },
    })
}

fn described(activite: &Noeud, competence: &Noeud) -> String {
    format!("{}\n\nActivité : {}", competence.titre, activite.titre)
}

/// A level by its id or its code, however it is spelled; the ids are proposed first.
fn niveau(echelle: &[Niveau]) -> Value {
    let describe =
        |n: &Niveau| if n.definition.is_empty() { n.nom.clone() } else { format!("{} : {}", n.nom, n.definition) };
    let ids = echelle.iter().map(|n| (n.id.clone(), describe(n)));
    let codes = echelle
        .iter()
        .filter(|n| !echelle.iter().any(|other| fold::same(&other.id, &n.code)))
        .map(|n| (n.code.clone(), describe(n)));
    let spelled = any_spelling(echelle.iter().flat_map(|n| [n.id.as_str(), n.code.as_str()]));
    json!({ "anyOf": [words(ids.chain(codes)), { "type": "string", "pattern": spelled }] })
}

/// One of these words, each with what it means.
fn words(words: impl IntoIterator<Item = (String, String)>) -> Value {
    let (mut values, mut texts) = (Vec::new(), Vec::new());
    for (word, text) in words {
        for form in forms(&word) {
            if !values.contains(&form) {
                values.push(form);
                texts.push(text.clone());
            }
        }
    }
    if values.is_empty() {
        // An empty `enum` is no schema.
        return json!({ "not": {} });
    }
    json!({ "enum": values, "enumDescriptions": texts, "markdownEnumDescriptions": texts })
}

/// A word as YAML may take it: `1` is a number to editors, and a text to us.
fn forms(word: &str) -> Vec<Value> {
    let other = match word.parse::<i64>() {
        Ok(number) => Some(Value::from(number)),
        Err(_) => word.parse::<f64>().ok().filter(|n| n.is_finite()).map(Value::from),
    };
    let other = other.or_else(|| word.to_lowercase().parse::<bool>().ok().map(Value::from));
    std::iter::once(Value::from(word)).chain(other).collect()
}

/// Adds keys to a schema; what it requires already stays required.
fn add(schema: &mut Value, more: Value) {
    let (Value::Object(schema), Value::Object(more)) = (schema, more) else { return };
    for (key, value) in more {
        match (schema.get_mut(&key), value) {
            (Some(Value::Array(old)), Value::Array(new)) if key == "required" => old.extend(new),
            (_, value) => drop(schema.insert(key, value)),
        }
    }
}
