//! The form of an evaluation, in a référentiel's or a bloc's front matter: the levels of titles, the columns, what has a
//! result, the scale, the situations. A bloc's own keys override the référentiel's one by one.

use super::calculs::poids_de;
use super::echelle::echelle;
use super::names::Names;
use super::yaml::fields::{Fields, entries, number, text, texts, word};
use super::yaml::{Kind, Node};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold;
use crate::ground::source::{Span, Spanned};
use crate::model::calcul::PoidsEcrit;
use crate::model::forme::{
    CRITERES, Cases, Colonne, ENSEMBLE, Echelle, Ecrit, Etage, Forme, OFFICIELLE, Rang, Role, Signataire, Situation,
    Situations,
};
use crate::sources::keys;

/// Words that mean something wherever an id of the user's own may stand.
const RESERVES: [&str; 5] = ["ensemble", "candidat", "cachet", "bloc", "critere"];

/// `base` with what `fields` say otherwise. A référentiel has no `base`, and columns and codes of its own. The second is
/// whether titles can be read by it.
pub(crate) fn forme(fields: &mut Fields, base: Option<&Forme>, d: &mut Diagnostics) -> (Forme, bool) {
    let errors = d.errors();
    let structure = fields.take("structure", structure, d).or(base.map(|b| b.structure.clone()));
    let structure = structure.unwrap_or_else(officielle);
    let (codes, colonnes) = match base {
        Some(base) => (base.codes.clone(), base.colonnes.clone()),
        None => {
            let codes = fields.take("codes", texts, d).unwrap_or_default();
            let written = fields.take("colonnes", colonnes, d);
            let of_level = |(id, _): &&Named| structure.iter().any(|rang| fold::same(&rang.id, &id.value));
            if let Some((id, _)) = written.iter().flatten().find(of_level) {
                let message = format!("« {} » est un niveau de titres et une colonne", id.value);
                d.push(mal_formee(id.span, message).help("donnez à la colonne un autre identifiant"));
            }
            let colonne = |(id, titre): Named| Colonne { id: id.value, titre: Some(titre.value) };
            let usual = || vec![Colonne { id: CRITERES.to_owned(), titre: None }];
            let colonnes = written.map_or_else(usual, |all| all.into_iter().map(colonne).collect());
            (codes.into_iter().map(|code| code.value).collect(), colonnes)
        }
    };
    let own = fields.take("resultat_par", text, d);
    let written = own.clone().or_else(|| base.and_then(|base| base.ecrit.resultat_par.clone()));
    // What a référentiel says of a level that a bloc does not have is said of others.
    let mut unsaid = Diagnostics::default();
    let told = if own.is_some() { &mut *d } else { &mut unsaid };
    let whole = base.is_none_or(|base| base.resultat_par == Etage::Ensemble);
    let etage = written.as_ref().and_then(|written| etage(written, &structure, whole, told));
    let resultat_par = etage.unwrap_or(Etage::Rang(structure.len() - 1));
    let sound = d.errors() == errors;
    let own_scale = fields.take("echelle", echelle, d);
    let echelle = own_scale.or(base.map(|b| b.echelle.clone())).unwrap_or(Echelle::Niveaux(Vec::new()));
    let cases = fields.word("cases", d).map(|word| if word == "liste" { Cases::Liste } else { Cases::Colonnes });
    let ecrit = Ecrit { resultat_par: written, cases: cases.or(base.and_then(|base| base.ecrit.cases)) };
    let usual = if resultat_par == Etage::Critere { Cases::Colonnes } else { Cases::Liste };
    // Where nothing in a bloc has a result, no column needs a heading.
    let cases = if resultat_par == Etage::Ensemble { Cases::Liste } else { ecrit.cases.unwrap_or(usual) };
    let forme = Forme { structure, colonnes, codes, resultat_par, echelle, cases, ecrit };
    // Of a référentiel's scale it is asked by the blocs that use it.
    if base.is_some() {
        sans_code(&forme, &forme.echelle, d);
    }
    (forme, sound)
}

/// The most letters that a name may have to stand at the head of a narrow column.
const SHORT: usize = 4;

/// Reports levels that have nothing for the head of their column.
pub(crate) fn sans_code(forme: &Forme, echelle: &Echelle, d: &mut Diagnostics) {
    let (Cases::Colonnes, Echelle::Niveaux(niveaux)) = (forme.cases, echelle) else { return };
    for niveau in niveaux.iter().filter(|n| n.case && n.code == n.nom && n.nom.chars().count() > SHORT) {
        let message = format!("le niveau « {} » n'a pas de code : il en faut un en tête de colonne", niveau.nom);
        let diagnostic = Diagnostic::new(Code::NiveauSansCode, niveau.span, message).label("sans code");
        d.push(diagnostic.help("ajoutez « code: … », une à quatre lettres ; ou écrivez « cases: liste »"));
    }
}

fn officielle() -> Vec<Rang> {
    OFFICIELLE.iter().map(|id| Rang { id: (*id).to_owned(), bandeau: false, titre: None }).collect()
}

/// An id of the user's own with its words.
type Named = (Spanned<String>, Spanned<String>);

/// Ids of the user's own, each with its words, in order.
fn named(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Vec<Named>> {
    let mut all: Vec<Named> = Vec::new();
    let mut names = Names::default();
    for (key, value) in entries(node, field, d)? {
        reserve(key, d);
        names.push(vec![key.clone()], Code::NomEnDouble, "deux entrées ont l'identifiant", d);
        all.extend(text(value, &key.value, d).map(|words| (key.clone(), words)));
    }
    Some(all)
}

/// Reports an id that is a word of the program's.
fn reserve(id: &Spanned<String>, d: &mut Diagnostics) {
    if RESERVES.iter().any(|reserve| fold::same(reserve, &id.value)) {
        let message = format!("« {} » est un mot réservé : choisissez un autre identifiant", id.value);
        d.push(Diagnostic::new(Code::MotReserve, id.span, message).label("mot réservé"));
    }
}

fn mal_formee(place: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::StructureMalFormee, place, message)
}

fn hors_limites(place: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::NombreHorsLimites, place, message).label("hors limites")
}

fn structure(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Vec<Rang>> {
    let all = named(node, field, d)?;
    if !(1..=4).contains(&all.len()) {
        let message = format!("« {field} » nomme de un à quatre niveaux de titres");
        let help = "écrivez par exemple { domaine: Domaines, objectif: Objectifs }, du plus grand au plus petit";
        return d.refuse(mal_formee(node.span, message).label(format!("{} ici", all.len())).help(help));
    }
    let rang = |(id, titre): Named| {
        let bandeau = titre.value == "bandeau";
        Rang { id: id.value, bandeau, titre: (!bandeau).then_some(titre.value) }
    };
    let rangs: Vec<Rang> = all.into_iter().map(rang).collect();
    if rangs.windows(2).any(|pair| pair[1].bandeau && !pair[0].bandeau) {
        let diagnostic = mal_formee(node.span, "un bandeau traverse tout le tableau".to_owned());
        let help = "les niveaux au-dessus d'un bandeau sont des bandeaux aussi";
        return d.refuse(diagnostic.label("sous un niveau qui a une colonne").help(help));
    }
    Some(rangs)
}

fn colonnes(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Vec<Named>> {
    let all = named(node, field, d)?;
    if all.is_empty() {
        let message = format!("« {field} » nomme au moins une colonne de textes");
        let help = "écrivez par exemple { criteres: Critères }, ou supprimez la ligne";
        return d.refuse(mal_formee(node.span, message).help(help));
    }
    Some(all)
}

/// `whole` tells whether the whole may be what has a result: a référentiel decides that.
fn etage(written: &Spanned<String>, structure: &[Rang], whole: bool, d: &mut Diagnostics) -> Option<Etage> {
    let rangs = structure.iter().map(|rang| rang.id.as_str());
    let autres = [("critere", Etage::Critere), ("bloc", Etage::Bloc), (ENSEMBLE, Etage::Ensemble)];
    let autre = || autres.iter().find(|(word, _)| fold::same(word, &written.value)).map(|(_, etage)| *etage);
    match fold::find(&written.value, rangs.clone()).map(Etage::Rang).or_else(autre) {
        Some(Etage::Ensemble) if !whole => {
            let message = "un bloc ne peut pas dire que seul l'ensemble a un résultat";
            let help =
                "écrivez « resultat_par: ensemble » dans referentiel.md ; ici, écrivez bloc, ou supprimez la ligne";
            let diagnostic = Diagnostic::new(Code::ValeurInconnue, written.span, message).help(help);
            d.refuse(diagnostic.label("pour toute la certification"))
        }
        Some(etage) => Some(etage),
        None => {
            let words = autres.iter().filter(|(_, etage)| whole || *etage != Etage::Ensemble).map(|(word, _)| *word);
            let message = format!("« resultat_par » ne peut pas être « {} »", written.value);
            let diagnostic = Diagnostic::new(Code::ValeurInconnue, written.span, message).label("valeur inconnue");
            d.refuse(diagnostic.suggest(&written.value, rangs.chain(words)))
        }
    }
}

/// The situations of a référentiel's or a bloc's blocs.
pub(crate) fn situations(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Situations> {
    if matches!(node.kind, Kind::Text(_)) {
        return word(node, field, &["libres"], d).map(|_| Situations::Libres);
    }
    let mut names = Names::default();
    Some(Situations::Declarees(Fields::read_each(node, &keys::SITUATION, d, |fields, d| {
        let id = fields.take("id", text, d);
        let nom = fields.take("nom", text, d);
        let echelle = fields.take("echelle", echelle, d);
        let poids = fields.take("poids", poids_de, d);
        let (id, nom) = (id?, nom?);
        reserve(&id, d);
        names.push(vec![id.clone(), nom.clone()], Code::NomEnDouble, "deux situations portent le nom", d);
        Some(Situation { id, nom: nom.value, echelle, poids })
    })))
}

/// Who evaluates: a number of people, or their roles.
pub(crate) fn roles(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Vec<Role>> {
    let Kind::List(items) = &node.kind else {
        let n = number(node, field, d)?;
        if (1..=9).contains(&n.value) {
            let role = |n| Role { id: format!("evaluateur_{n}"), nom: None, nombre: (1, 1), poids: None };
            return Some((1..=n.value).map(role).collect());
        }
        let message = format!("« {field} » doit être un nombre de 1 à 9");
        return d.refuse(hors_limites(n.span, message));
    };
    let mut names = Names::default();
    let mut read = |item| {
        let ((id, nom), nombre, poids) = role(item, field, d)?;
        reserve(&id, d);
        names.push(vec![id.clone(), nom.clone()], Code::NomEnDouble, "deux rôles portent le nom", d);
        Some(Role { id: id.value, nom: Some(nom.value), nombre, poids })
    };
    let roles: Vec<Role> = items.iter().filter_map(&mut read).collect();
    if !(1..=9).contains(&roles.iter().map(|role| role.nombre.1).sum::<usize>()) {
        let message = format!("« {field} » nomme les rôles de 1 à 9 personnes");
        return d.refuse(hors_limites(node.span, message));
    }
    Some(roles)
}

fn role(node: &Node, field: &str, d: &mut Diagnostics) -> Option<(Named, (usize, usize), PoidsEcrit)> {
    let slug = |nom: &Spanned<String>| Spanned::new(fold::slug(&nom.value), nom.span);
    if !matches!(node.kind, Kind::Map(_)) {
        let nom = text(node, field, d)?;
        return Some(((slug(&nom), nom), (1, 1), None));
    }
    Fields::read(node, &keys::ROLE, d, |fields, d| {
        let id = fields.take("id", text, d);
        let nom = fields.take("nom", text, d);
        let nombre = fields.take("nombre", nombre, d).unwrap_or((1, 1));
        let poids = fields.take("poids", poids_de, d);
        let nom = nom?;
        Some(((id.unwrap_or_else(|| slug(&nom)), nom), nombre, poids))
    })
}

fn nombre(node: &Node, field: &str, d: &mut Diagnostics) -> Option<(usize, usize)> {
    let (min, max) = super::regles::min_max(node, field, &keys::NOMBRE, d)?;
    if (1..=9).contains(&min) && max <= 9 {
        return Some((min as usize, max as usize));
    }
    d.refuse(hors_limites(node.span, format!("« {field} » va de 1 à 9 personnes")))
}

/// Who signs, of these roles; all of them where nothing is written.
pub(crate) fn signatures(
    written: Option<Vec<Spanned<String>>>,
    roles: &[Role],
    d: &mut Diagnostics,
) -> Vec<Signataire> {
    let Some(written) = written else { return (0..roles.len()).map(Signataire::Role).collect() };
    let words = || roles.iter().map(|role| role.id.as_str()).chain(["candidat", "cachet"]);
    let mut names = Names::default();
    let mut read = |word: Spanned<String>| {
        names.push(vec![word.clone()], Code::NomEnDouble, "deux signatures portent le nom", d);
        match fold::find(&word.value, words()) {
            Some(at) if at < roles.len() => Some(Signataire::Role(at)),
            Some(at) => Some(if at == roles.len() { Signataire::Candidat } else { Signataire::Cachet }),
            None => {
                let Spanned { value: word, span } = word;
                let message = format!("« {word} » ne signe pas : ce n'est ni un rôle, ni le candidat, ni un cachet");
                let diagnostic = Diagnostic::new(Code::ValeurInconnue, span, message).label("signataire inconnu");
                d.refuse(diagnostic.suggest(&word, words()))
            }
        }
    };
    written.into_iter().filter_map(&mut read).collect()
}

/// The labels of facts that are asked for, each under its id.
pub(crate) fn champs(node: &Node, field: &str, d: &mut Diagnostics) -> Option<Vec<(String, String)>> {
    Some(named(node, field, d)?.into_iter().map(|(id, nom)| (id.value, nom.value)).collect())
}
