//! What people call things of a project, found whatever the spelling: sessions, référentiels, parcours, blocs.

use super::refusal::Refusal;
use crate::ground::diagnostic::nearest::suggestion;
use crate::ground::fold::{same_words, slug};
use crate::judge::project::Project;
use crate::model::referentiel::{Bloc, Parcours, Referentiel};

/// A session of the project that differs in spelling only.
pub(crate) fn known_session(session: &str, project: &Project) -> Option<String> {
    project.sessions().into_iter().find(|known| same_words(known, session)).map(Into::into)
}

/// Every référentiel as `id/version`, those with mistakes last.
pub(crate) fn chemins(project: &Project) -> Vec<String> {
    project.referentiels.iter().map(Referentiel::chemin).chain(project.referentiels_en_erreur.iter().cloned()).collect()
}

/// A référentiel by path, id, title or certification and title. Without a name: the only one.
///
/// # Errors
/// What is wrong, and what to do.
pub(crate) fn find_referentiel<'a>(
    wanted: Option<&str>,
    version: Option<&str>,
    project: &'a Project,
) -> Result<&'a Referentiel, Refusal> {
    let all = &project.referentiels;
    let chemins = chemins(project);
    let known = || chemins.iter().map(String::as_str);
    let Some(wanted) = wanted else {
        let help = || format!("donnez-le : colonne « Référentiel », ou --referentiel ; {}", suggestion("", known()));
        let only = if let [only] = all.as_slice() { Some(only) } else { None };
        return only.ok_or_else(|| Refusal::new("le référentiel manque", help()));
    };
    let broken =
        |chemin: &String| same_words(chemin, wanted) || version.is_some_and(|v| *chemin == format!("{wanted}/{v}"));
    let names =
        |r: &Referentiel| [r.chemin(), r.id.clone(), r.titre.clone(), format!("{} {}", r.certification, r.titre)];
    let with_version = |r: &Referentiel| names(r).map(|name| format!("{name} {}", r.version));
    let same = |name: &String| same_words(name, wanted);
    let mut found: Vec<&Referentiel> =
        all.iter().filter(|r| names(r).iter().any(same) || with_version(r).iter().any(same)).collect();
    if let Some(version) = version {
        found.retain(|r| same_words(&r.version, version));
    }
    match found.as_slice() {
        [only] => Ok(only),
        [] if project.referentiels_en_erreur.iter().any(broken) => Err(Refusal::new(
            format!("le référentiel « {wanted} » contient des erreurs"),
            "corrigez-le d'abord : livret check les montre",
        )),
        [] => {
            let shown = version.map_or(wanted.to_owned(), |v| format!("{wanted}, version {v}"));
            Err(Refusal::new(format!("le référentiel « {shown} » n'existe pas"), suggestion(wanted, known())))
        }
        several => {
            let paths: Vec<String> = several.iter().map(|r| r.chemin()).collect();
            Err(Refusal::new(
                format!("le référentiel « {wanted} » a plusieurs versions"),
                format!("écrivez l'une d'elles : {}", paths.join(", ")),
            ))
        }
    }
}

/// A bloc by number, id or title: « 2 », « Bloc 2 », « accueil », « Bloc 1 : Accueil ».
///
/// # Errors
/// If there is none.
pub(crate) fn find_bloc<'a>(written: &str, referentiel: &'a Referentiel) -> Result<&'a Bloc, Refusal> {
    let name = slug(written);
    let number = name.strip_prefix("bloc-").unwrap_or(&name);
    let number = number.strip_prefix("bc").or(number.strip_prefix('b')).unwrap_or(number);
    let found = referentiel.a_choisir().filter(|_| !name.is_empty()).find(|b| {
        slug(&b.id) == name
            || slug(&b.titre) == name
            || number.parse() == Ok(b.numero)
            || name == format!("bloc-{}-{}", b.numero, slug(&b.titre))
    });
    let unknown = || format!("le bloc « {written} » n'existe pas dans {}", referentiel.chemin());
    let ids = referentiel.a_choisir().map(|b| b.id.as_str());
    found.ok_or_else(|| Refusal::new(unknown(), suggestion(written, ids)))
}

/// A parcours by id or name.
///
/// # Errors
/// If there is none.
pub(crate) fn find_parcours<'a>(written: &str, referentiel: &'a Referentiel) -> Result<&'a Parcours, Refusal> {
    let mut all = referentiel.parcours.iter();
    let found = all.find(|p| same_words(&p.id.value, written) || same_words(&p.nom, written));
    let unknown = || format!("le parcours « {written} » n'existe pas dans {}", referentiel.chemin());
    let ids = referentiel.parcours.iter().map(|p| p.id.value.as_str());
    found.ok_or_else(|| Refusal::new(unknown(), suggestion(written, ids)))
}
