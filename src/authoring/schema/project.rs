//! What the schemas of one project know beyond [`super::Kind::schema`]: its référentiels, with their parcours, blocs,
//! compétences and levels. A candidat's file is held against the référentiel that it names.

use serde_json::{Map, Value, json};

use super::Kind;
use super::values::{any_spelling, avis, avis_of_one, or_nothing, shape, texte};
use crate::ground::fold;
use crate::judge::project::Project;
use crate::model::calcul::Exige;
use crate::model::forme::{ENSEMBLE, Echelle, Etage, Niveau, Rang, Situation};
use crate::model::noeud::Noeud;
use crate::model::projet::Defauts;
use crate::model::referentiel::{Bloc, Referentiel};
use crate::sources::keys::{MOTS, Shape};

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
                .map(|(key, word)| (key.clone(), mots(&format!("Dans le thème : {}", word.value.neutre))))
                .collect();
        }
        Kind::Theme | Kind::Bloc => {}
    }
    schema
}

fn mots(description: &str) -> Value {
    let mut mots = shape(&MOTS);
    mots["description"] = description.into();
    mots
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
    let mut parcours = named(referentiel.parcours.iter().map(|p| (p.id.value.clone(), p.nom.clone())));
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
    let bloc = named(referentiel.a_choisir().map(|b| (b.id.clone(), b.titre.clone())));
    let evalue = named(blocs.iter().map(|b| (b.id.clone(), b.titre.clone())));
    let evaluations: Map<String, Value> = blocs.iter().map(|b| (b.id.clone(), of_bloc(b, referentiel))).collect();
    schema["properties"] = json!({
        "parcours": parcours,
        "blocs": { "anyOf": [{ "type": "array", "items": bloc }, bloc, { "type": "null" }] },
        "evaluateurs": { "anyOf": [
            { "type": "array", "maxItems": referentiel.places() },
            { "not": { "type": "array" } },
        ] },
        "evaluations": { "properties": evaluations, "propertyNames": evalue },
        "prealables": { "properties": papiers(referentiel) },
        "decisions": decisions(referentiel),
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

/// The papers that are asked for.
fn papiers(referentiel: &Referentiel) -> Map<String, Value> {
    let said = json!({ "enum": ["oui", "non", true, false] });
    let day = json!({ "anyOf": [said, shape(&Shape::Day), { "type": "null" }] });
    let named = referentiel.prealables.iter().filter_map(|p| match &p.exige {
        Exige::Papier { id, nom } => Some((id, nom)),
        Exige::Bloc(_) => None,
    });
    named.map(|(id, nom)| (id.clone(), json!({ "description": nom, "anyOf": day["anyOf"] }))).collect()
}

/// What can be decided about: the whole, blocs, and what is evaluated in them.
fn decisions(referentiel: &Referentiel) -> Value {
    let blocs = referentiel.a_choisir().map(|bloc| (bloc.id.clone(), bloc.titre.clone()));
    let whole = [(ENSEMBLE.to_owned(), "L'ensemble de la certification.".to_owned())];
    let items = referentiel.blocs.iter().flat_map(|bloc| {
        let of = bloc.items().into_iter().filter_map(|item| Some((item.cle.clone(), item.noeud?.titre.clone())));
        of.map(|(cle, titre)| (format!("{}/{cle}", bloc.id), titre)).collect::<Vec<_>>()
    });
    let sur = json!({ "anyOf": [words(blocs.chain(whole).chain(items)), { "type": "string" }] });
    let one = json!({ "properties": { "sur": sur } });
    json!({ "items": one, "properties": one["properties"] })
}

fn of_bloc(bloc: &Bloc, referentiel: &Referentiel) -> Value {
    let mut own = results(bloc, &bloc.forme.echelle, referentiel);
    let of = |s: &Situation| results(bloc, bloc.echelle(Some(&s.id.value)), referentiel);
    let one = |s: &Situation| (s.id.value.clone(), json!({ "description": s.nom, "properties": of(s) }));
    let situations: Map<String, Value> = bloc.situations.declarees().iter().map(one).collect();
    own["situations"] = json!({ "properties": situations, "items": { "properties": own.clone() } });
    let nom = if bloc.ensemble { bloc.titre.clone() } else { format!("Bloc {} : {}", bloc.numero, bloc.titre) };
    json!({ "description": nom, "properties": own })
}

/// The results of a bloc on a scale.
fn results(bloc: &Bloc, echelle: &Echelle, referentiel: &Referentiel) -> Value {
    let valeur = valeur(echelle);
    let spelled = any_spelling(bloc.competences().map(Noeud::id));
    let mut resultats = Map::new();
    for (competence, description) in described(&bloc.noeuds, "", &bloc.forme.structure) {
        let mut resultat = resultat(&valeur, competence, bloc, referentiel);
        resultat["description"] = description.into();
        resultats.insert(competence.id().to_owned(), resultat);
    }
    // A code is written in too many ways for a pattern.
    let names = if bloc.forme.codes.is_empty() { json!({ "pattern": spelled }) } else { json!({}) };
    let mut own = json!({ "resultats": { "properties": resultats, "propertyNames": names } });
    if bloc.est_evalue_entier() {
        own["resultat"] = of_roles(avis(&valeur), &avis_of_one(&valeur), referentiel);
    }
    own
}

/// What may be written under a compétence.
fn resultat(valeur: &Value, competence: &Noeud, bloc: &Bloc, referentiel: &Referentiel) -> Value {
    if bloc.forme.resultat_par != Etage::Critere {
        return of_roles(avis(valeur), &avis_of_one(valeur), referentiel);
    }
    let n = competence.items();
    let one = avis_of_one(valeur);
    let numbered: Map<String, Value> = (1..=n).map(|i| (i.to_string(), one.clone())).collect();
    let all = json!({ "anyOf": [
        { "type": "array", "items": one, "minItems": n, "maxItems": n },
        { "type": "object", "properties": numbered },
        { "type": "null" },
    ] });
    let mut both = all.clone();
    for role in &referentiel.roles {
        both["anyOf"][1]["properties"][&role.id] = all.clone();
    }
    both
}

/// A result with those of each role.
fn of_roles(mut resultat: Value, one: &Value, referentiel: &Referentiel) -> Value {
    resultat["anyOf"][1]["properties"] = referentiel.roles.iter().map(|role| (role.id.clone(), one.clone())).collect();
    resultat["anyOf"][1]["patternProperties"] = json!({});
    if referentiel.roles.iter().any(|role| role.nom.is_some()) {
        // Roles are found however they are spelled.
        resultat["anyOf"][1]["additionalProperties"] = one.clone();
    }
    resultat
}

/// What is evaluated, each described by its title and those that it stands under, which `above` has.
fn described<'n>(noeuds: &'n [Noeud], above: &str, rangs: &[Rang]) -> Vec<(&'n Noeud, String)> {
    let mut all = Vec::new();
    let Some((rang, inner)) = rangs.split_first() else { return all };
    for noeud in noeuds {
        all.extend(noeud.id.is_some().then(|| (noeud, format!("{}{above}", noeud.titre))));
        let kind = rang.titre.as_deref().unwrap_or("Activité");
        all.extend(described(&noeud.enfants, &format!("{above}\n\n{kind} : {}", noeud.titre), inner));
    }
    all
}

/// One result on a scale.
fn valeur(echelle: &Echelle) -> Value {
    match echelle {
        Echelle::Niveaux(niveaux) => niveau(niveaux),
        Echelle::Note(note) => {
            let number = json!({ "type": ["number", "string"], "minimum": 0, "description": "Une note." });
            if note.autres.is_empty() { number } else { json!({ "anyOf": [number, niveau(&note.autres)] }) }
        }
        Echelle::Coche => shape(&Shape::OuiNon),
    }
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

/// One of these names, each with what it means, however it is spelled.
fn named(names: impl Iterator<Item = (String, String)> + Clone) -> Value {
    let all: Vec<String> = names.clone().map(|(name, _)| name).collect();
    let spelled = any_spelling(all.iter().map(String::as_str));
    json!({ "anyOf": [words(names), { "type": "string", "pattern": spelled }] })
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
