//! What may be written in `livret.yaml`, `theme.yaml` and the headers of référentiels, blocs and candidats: plain
//! types that are only ever turned into schemas. Their doc comments are what editors show. The readers in
//! [`crate::sources::parse`] take keys one by one, to tell all mistakes at once; a test holds both together, key by key.
//!
//! A title is what the reader calls the group of keys.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::values::{AuMoinsDeux, AuMoinsUn, Avis, DeUnANeuf, Jour, Nombre, OuiNon, Texte, UnOuPlusieurs};

/// Le projet : qui certifie, avec quelle présentation.
#[derive(JsonSchema)]
#[schemars(title = "livret.yaml", deny_unknown_fields)]
pub struct Livret {
    /// L'organisme qui certifie.
    pub organisme: Organisme,
    /// La présentation : le nom d'un dossier de themes/ (d'ordinaire : officiel).
    pub theme: Option<Texte>,
    /// Ce que les fiches des candidats peuvent ne pas répéter.
    pub defauts: Option<Defauts>,
    /// Les avertissements que le projet ne veut plus voir.
    pub avertissements: Option<Avertissements>,
}

/// Les avertissements que le projet ne veut plus voir.
#[derive(JsonSchema)]
#[schemars(title = "avertissements", deny_unknown_fields)]
pub struct Avertissements {
    /// Leurs codes, en A : [A303, A404]. « livret explain » les explique.
    pub permis: Option<UnOuPlusieurs<Texte>>,
}

/// L'organisme qui certifie.
#[derive(JsonSchema)]
#[schemars(title = "organisme", deny_unknown_fields)]
pub struct Organisme {
    /// Son nom en entier.
    pub nom: Texte,
    /// Son nom abrégé.
    pub sigle: Option<Texte>,
    /// L'en-tête imprimé en haut de chaque page (d'ordinaire : le nom).
    pub entete: Option<Texte>,
    /// Le logo de la couverture : le chemin d'une image, à partir du dossier du projet.
    pub logo: Option<Texte>,
}

/// Ce que les fiches des candidats peuvent ne pas répéter.
#[derive(JsonSchema)]
#[schemars(title = "defauts", deny_unknown_fields)]
pub struct Defauts {
    /// Le référentiel des fiches qui n'en nomment pas : identifiant/version.
    pub referentiel: Option<Texte>,
    /// Le parcours des fiches qui n'en nomment pas.
    pub parcours: Option<Texte>,
}

/// Un thème : les mots et les documents d'une présentation.
#[derive(JsonSchema)]
#[schemars(title = "theme.yaml", deny_unknown_fields)]
pub struct Theme {
    /// Les mots des documents qui ne viennent pas du référentiel. Gardez ce qui est entre accolades.
    pub libelles: BTreeMap<String, Texte>,
    /// Les documents que le thème produit.
    pub documents: AuMoinsUn<Document>,
    /// Les polices où prendre les signes que la police des styles n'a pas.
    pub polices: Option<Polices>,
    /// Un script du thème, lancé dans la page avant l'impression.
    pub mise_en_page: Option<Texte>,
}

/// Des polices pour les signes que celle des styles n'a pas.
#[derive(JsonSchema)]
#[schemars(title = "polices", deny_unknown_fields)]
pub struct Polices {
    /// Le nom que les styles donnent à la police du thème (font-family).
    pub famille: Texte,
    /// Des fichiers du thème ; un signe est pris dans le premier qui l'a.
    pub secours: AuMoinsUn<Texte>,
}

/// Un document que le thème produit.
#[derive(JsonSchema)]
#[schemars(title = "un document du thème", deny_unknown_fields)]
pub struct Document {
    /// Son identifiant.
    pub id: Texte,
    /// Pour quoi il y en a un.
    pub portee: Portee,
    /// Le gabarit : un fichier .html du thème.
    pub gabarit: Texte,
    /// Le nom du fichier produit, sans extension (d'ordinaire : l'identifiant).
    pub fichier: Option<Texte>,
    /// S'il est aussi imprimé en PDF (d'ordinaire : non).
    pub pdf: Option<OuiNon>,
    /// Son titre ; {candidat}, {certification}, {referentiel}, {version}, {session} et {document} y sont remplis.
    pub titre: Option<Texte>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase", inline)]
pub enum Portee {
    /// Un pour tout le projet.
    Projet,
    /// Un par référentiel.
    Referentiel,
    /// Un par candidat.
    Candidat,
    /// Un par session, devant les documents que « livret bundle » réunit.
    Session,
}

/// L'en-tête d'un référentiel : ce qui est certifié, et comment on l'évalue.
#[derive(JsonSchema)]
#[schemars(title = "l'en-tête du référentiel", deny_unknown_fields)]
pub struct Referentiel {
    /// Le nom de la certification.
    pub titre: Texte,
    /// Le nom de la certification là où la place manque : au pied des pages, dans les listes.
    pub titre_court: Option<Texte>,
    /// La sorte de certification, imprimée devant le titre : CQP, titre à finalité professionnelle…
    pub certification: Texte,
    /// Le numéro au répertoire national des certifications professionnelles.
    pub rncp: Option<Texte>,
    /// Combien d'évaluateurs signent, de 1 à 9.
    pub evaluateurs: DeUnANeuf,
    /// Les niveaux, au moins deux, dans l'ordre de leurs cases.
    pub echelle: AuMoinsDeux<Niveau>,
    /// Les voies vers la certification, au moins une.
    pub parcours: AuMoinsUn<Parcours>,
    /// Où commence la grille de chaque bloc (d'ordinaire : page) ; un bloc peut dire autre chose.
    pub grille: Option<Grille>,
    /// Où commencent les commentaires et les signatures de chaque bloc (d'ordinaire : page).
    pub commentaires: Option<OuCommentaires>,
    /// Des mots du thème à remplacer pour ce référentiel.
    pub libelles: Option<BTreeMap<String, Texte>>,
    /// Ce qui rend un livret complet et sans contradiction ; chaque bloc peut le préciser.
    pub regles: Option<Regles>,
}

/// Un niveau de l'échelle.
#[derive(JsonSchema)]
#[schemars(title = "un niveau de l'échelle", deny_unknown_fields)]
pub struct Niveau {
    /// Ce qu'écrivent les fiches des candidats.
    pub id: Texte,
    /// Ce qui est imprimé près de la case.
    pub nom: Texte,
    /// Une abréviation, que les fiches peuvent écrire aussi.
    pub code: Option<Texte>,
    /// Ce que le niveau veut dire, imprimé dans le mode d'emploi.
    pub definition: Option<Texte>,
    /// Si un résultat de ce niveau demande un mot de commentaire (d'ordinaire : tous, sauf le premier).
    pub commentaire: Option<CommentaireAttendu>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase", inline)]
pub enum CommentaireAttendu {
    /// Sans un mot de commentaire, « livret check » le signale.
    Attendu,
    /// Un commentaire n'est pas attendu.
    Facultatif,
}

/// Une voie vers la certification.
#[derive(JsonSchema)]
#[schemars(title = "un parcours", deny_unknown_fields)]
pub struct Parcours {
    /// Ce qu'écrivent les fiches des candidats.
    pub id: Texte,
    /// Ce qui est imprimé.
    pub nom: Texte,
    /// Quels blocs le candidat présente.
    pub blocs: QuelsBlocs,
    /// L'identifiant du titre du mode d'emploi qui vaut pour ce parcours.
    pub passage: Option<Texte>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase", inline)]
pub enum QuelsBlocs {
    /// Le candidat les présente tous.
    Tous,
    /// Sa fiche dit lesquels, par la clé « blocs ».
    Choisis,
}

/// Ce qui rend une évaluation complète et sans contradiction. Ce qui n'est pas écrit n'est pas demandé.
#[derive(JsonSchema)]
#[schemars(title = "regles", deny_unknown_fields)]
pub struct Regles {
    /// oui : deux évaluateurs ne peuvent pas être la même personne, ni le candidat.
    pub evaluateurs_distincts: Option<OuiNon>,
    /// oui : tous les évaluateurs doivent donner le même résultat.
    pub consensus: Option<OuiNon>,
    /// oui : il faut répondre à la question « activités exercées ou formation suivie ».
    pub activites_exercees: Option<OuiNon>,
    /// Combien d'entretiens : un nombre, ou { min: 3, max: 5 }.
    pub entretiens: Option<EntretiensDemandes>,
    /// Combien de jours au plus, du premier au dernier, tous deux comptés.
    pub duree_max_jours: Option<Nombre>,
    /// S'il faut un commentaire pour que le bloc soit prêt.
    pub commentaires: Option<Commentaires>,
}

#[derive(JsonSchema)]
#[schemars(untagged, inline)]
pub enum EntretiensDemandes {
    Exactement(Nombre),
    Entre(Limites),
}

/// Le moins et le plus d'entretiens.
#[derive(JsonSchema)]
#[schemars(title = "entretiens", deny_unknown_fields)]
pub struct Limites {
    /// Le moins.
    pub min: Nombre,
    /// Le plus.
    pub max: Nombre,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase", inline)]
pub enum Commentaires {
    /// Sans commentaire, le bloc reste à compléter.
    Obligatoires,
    /// Le bloc peut être prêt sans commentaire.
    Facultatifs,
}

/// L'en-tête d'un bloc de compétences.
#[derive(JsonSchema)]
#[schemars(title = "l'en-tête du bloc", deny_unknown_fields)]
pub struct Bloc {
    /// Le titre du bloc, partout le même.
    pub titre: Texte,
    /// Où commence la grille (d'ordinaire : comme le dit le référentiel, sinon page).
    pub grille: Option<Grille>,
    /// Où commencent les commentaires et les signatures (d'ordinaire : comme le dit le référentiel, sinon page).
    pub commentaires: Option<OuCommentaires>,
    /// Ce que ce bloc demande de plus ou d'autre que le référentiel.
    pub regles: Option<Regles>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase", inline)]
pub enum Grille {
    /// La grille commence une page.
    Page,
    /// La grille suit les modalités.
    Suite,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase", inline)]
pub enum OuCommentaires {
    /// Les commentaires et les signatures commencent une page.
    Page,
    /// Ils suivent la grille, s'il y a la place.
    Suite,
}

/// La fiche d'un candidat : qui il est, ce qu'il présente, ce que les évaluateurs ont trouvé.
#[derive(JsonSchema)]
#[schemars(title = "la fiche du candidat", deny_unknown_fields)]
pub struct Candidat {
    /// Le nom de famille.
    pub nom: Texte,
    /// Le prénom.
    pub prenom: Texte,
    /// L'entreprise, imprimée sur la couverture et la page d'identité.
    pub entreprise: Option<Texte>,
    /// Le référentiel et sa version : identifiant/version. Peut manquer si livret.yaml a un défaut.
    pub referentiel: Option<Texte>,
    /// L'identifiant d'un parcours du référentiel. Peut manquer si livret.yaml a un défaut.
    pub parcours: Option<Texte>,
    /// Les blocs présentés, seulement pour un parcours dont les blocs sont choisis.
    pub blocs: Option<UnOuPlusieurs<Texte>>,
    /// Ceux qui signent, dans l'ordre.
    pub evaluateurs: Option<UnOuPlusieurs<Option<Evaluateur>>>,
    /// L'évaluation de chaque bloc, sous son identifiant.
    pub evaluations: Option<BTreeMap<String, Option<Evaluation>>>,
}

#[derive(JsonSchema)]
#[schemars(untagged, inline)]
pub enum Evaluateur {
    Nom(Texte),
    Personne(Personne),
}

/// Un évaluateur.
#[derive(JsonSchema)]
#[schemars(title = "un évaluateur", deny_unknown_fields)]
pub struct Personne {
    /// Son prénom et son nom. Sans nom, l'évaluateur n'est pas encore connu.
    pub nom: Option<Texte>,
    /// Sa fonction.
    pub fonction: Option<Texte>,
}

/// L'évaluation d'un bloc. Tout est facultatif : écrivez ce que vous savez.
#[derive(JsonSchema)]
#[schemars(title = "l'évaluation d'un bloc", deny_unknown_fields)]
pub struct Evaluation {
    /// oui ou non : le candidat a-t-il exercé les activités, ou suivi une formation ?
    pub activites_exercees: Option<OuiNon>,
    /// { du: 2026-09-07, au: 2026-09-11 }, ou une seule date pour un seul jour.
    pub dates: Option<Dates>,
    /// Où l'évaluation a eu lieu.
    pub lieu: Option<Texte>,
    /// Combien d'entretiens ont eu lieu.
    pub entretiens: Option<Nombre>,
    /// La durée, par exemple 2 h 30.
    pub duree: Option<Texte>,
    /// Le niveau de chaque compétence, sous son identifiant.
    pub resultats: Option<BTreeMap<String, Avis>>,
}

#[derive(JsonSchema)]
#[schemars(untagged, inline)]
pub enum Dates {
    Jour(Jour),
    Periode(Periode),
}

/// Du premier au dernier jour.
#[derive(JsonSchema)]
#[schemars(title = "dates", deny_unknown_fields)]
pub struct Periode {
    /// Le premier jour : 2026-09-07.
    pub du: Jour,
    /// Le dernier jour : 2026-09-11.
    pub au: Jour,
}
