//! The codes of all messages: what a code means, its severity and its printed form, stable for ever: a code that is
//! no longer used is never given to another meaning. The words of each are one Markdown file below `codes/`: a title,
//! an explanation, an example. `livret explain`, `docs/messages.md` and SARIF's rules all come from there.
//!
//! E are errors, A what can be allowed in `livret.yaml`, N what is not finished. Of the three digits the first tells
//! what it is about: 0 files, 1 YAML and its values, 2 Markdown, 3 référentiels, 4 candidats, 5 rules, 6 themes,
//! 7 printing, 8 the output.

use std::fmt;

use serde::{Serialize, Serializer};

use super::severity::Severity;

macro_rules! codes {
    ($($severity:ident { $($name:ident = $printed:literal,)* })*) => {
        /// What a diagnostic means.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($($name,)*)*
        }

        impl Code {
            /// All codes, in the order of their printed forms within a severity.
            pub const ALL: &[Code] = &[$($(Code::$name,)*)*];

            /// The printed form: `E130`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($(Code::$name => $printed,)*)*
                }
            }

            pub fn severity(self) -> Severity {
                match self {
                    $($(Code::$name => Severity::$severity,)*)*
                }
            }

            /// Its file: a title, an explanation and an example, in French.
            pub(crate) fn markdown(self) -> &'static str {
                match self {
                    $($(Code::$name => include_str!(concat!("codes/", $printed, ".md")),)*)*
                }
            }
        }
    };
}

/// Warnings that are given no more: their codes stay reserved, and a project may still allow them.
pub(crate) const RETIRED: [&str; 2] = ["A304", "A710"];

codes! {
    Error {
        ProjetAbsent = "E001",
        FichierIllisible = "E002",
        DossierIllisible = "E003",
        RaccourciHorsDuProjet = "E004",
        PasEnUtf8 = "E005",
        CaractereInvisible = "E006",
        FichierVide = "E007",
        NomImpossible = "E008",
        MemeDossier = "E009",
        SourceChangee = "E011",
        MiseEnFormeInfidele = "E012",
        SourceNonEcrite = "E013",
        DossiersConfondus = "E014",

        EnTeteNonReferme = "E101",
        EnTeteAbsent = "E102",
        YamlTabulation = "E110",
        YamlDeuxPoints = "E111",
        YamlTexteApresGuillemet = "E112",
        YamlBarreOblique = "E113",
        YamlTexteLong = "E114",
        YamlGuillemetOuvert = "E115",
        YamlAccoladeOuverte = "E116",
        YamlRenvoiInconnu = "E117",
        YamlSigneReserve = "E118",
        YamlTropGrand = "E119",
        YamlLigneMalFormee = "E120",
        YamlFusion = "E121",
        YamlDeuxDocuments = "E122",
        YamlIllisible = "E123",
        EspaceInsecable = "E124",
        EnTeteRefermeTropTot = "E125",
        CleInconnue = "E130",
        CleAbsente = "E131",
        CleEnDouble = "E132",
        CleSansValeur = "E133",
        MauvaiseSorte = "E134",
        PasUnNombre = "E135",
        NombreHorsLimites = "E136",
        DateImpossible = "E137",
        ValeurInconnue = "E138",
        TiretSansEspace = "E139",
        CodeInconnu = "E140",
        CodeNonPermis = "E141",

        TitreMalPlace = "E201",
        NiveauSaute = "E202",
        TitreEnDouble = "E203",
        IndicationInconnue = "E204",
        ConsigneInconnue = "E205",
        InclusionIntrouvable = "E206",
        InclusionEnRond = "E207",
        InclusionsTropNombreuses = "E208",
        ImageIntrouvable = "E210",
        ImageHorsDuContenu = "E211",
        PasUneImage = "E212",
        TitreManque = "E213",
        TitreSouligne = "E214",
        MotsPerdus = "E215",
        CellulesDeTrop = "E216",
        ImageAbimee = "E217",
        ImageTropGrande = "E218",
        SvgQuiRenvoieAilleurs = "E219",

        ReferentielSansFichier = "E301",
        ReferentielSansBloc = "E302",
        BlocMalNomme = "E303",
        BlocEnDouble = "E304",
        TexteAvantTitre = "E305",
        BlocSansCompetence = "E306",
        TexteHorsCompetence = "E307",
        CompetenceSansActivite = "E308",
        ActiviteSansCompetence = "E309",
        CompetenceSansIdentifiant = "E310",
        CompetenceEnDouble = "E311",
        NiveauEnDouble = "E312",
        EchelleTropCourte = "E313",
        ParcoursEnDouble = "E314",
        ReferentielSansParcours = "E315",
        ParcoursNonDefini = "E316",
        PassageInconnu = "E317",
        BornesInversees = "E318",
        StructureMalFormee = "E319",
        MotReserve = "E320",
        ColonneInconnue = "E321",
        CelluleEnDouble = "E322",
        IdemSansCellule = "E323",
        SansCritereEvalue = "E324",
        NiveauSansCode = "E325",
        NoteMalFormee = "E326",
        RegleMalEcrite = "E327",
        PoidsImpossible = "E328",
        EtageInconnu = "E329",
        CalculImpossible = "E330",
        PrealableMalEcrit = "E331",

        ReferentielInconnu = "E401",
        VersionInconnue = "E402",
        ParcoursInconnu = "E403",
        BlocsNonChoisis = "E404",
        BlocsDeTrop = "E405",
        BlocInconnu = "E406",
        BlocNonPresente = "E407",
        CompetenceInconnue = "E408",
        NiveauInconnu = "E409",
        EvaluateurInconnu = "E410",
        EvaluateursTropNombreux = "E411",
        CommentaireSansBloc = "E412",
        CommentaireEnDouble = "E413",
        TitreDeCommentaire = "E414",
        NomEnDouble = "E415",
        NoteImpossible = "E416",
        CriteresEnNombre = "E417",
        SituationInconnue = "E418",
        ChampInconnu = "E419",
        RoleAbsent = "E420",
        DecisionImpossible = "E421",
        PrealableInconnu = "E422",
        BlocFerme = "E423",

        EvaluateurEnDouble = "E501",
        EvaluateurEstCandidat = "E502",
        DatesInversees = "E503",
        EvaluationTropLongue = "E504",
        NombreDEntretiens = "E505",

        ThemeInconnu = "E601",
        ScriptAbsent = "E602",
        GabaritAbsent = "E603",
        ThemeSansDocument = "E604",
        DocumentsConfondus = "E605",
        GabaritMalEcrit = "E606",
        GabaritQuiEchoue = "E607",
        ThemeInutilisable = "E608",
        SigneSansPolice = "E620",
        PoliceInutilisable = "E621",

        ChromeAbsent = "E701",
        ChromeNonExecutable = "E702",
        ChromeTropAncien = "E703",
        ChromeNeDemarrePas = "E704",
        ChromeDistantMuet = "E705",
        Interrompu = "E706",
        DelaiDepasse = "E710",
        PageNonImprimable = "E711",
        ScriptQuiEchoue = "E712",
        ChromeRefuse = "E713",
        OngletArrete = "E714",
        ConnexionPerdue = "E715",
        PdfInutilisable = "E716",
        SommaireInstable = "E717",
        CasesFausses = "E718",
        PdfNonConforme = "E719",
        PageReduite = "E722",
        CasesAbsentes = "E723",
        PdfNonArchivable = "E724",

        FichierNonEcrit = "E801",
        SortieDansLesSources = "E802",
        SortieOccupee = "E803",
        SortieInterdite = "E804",
        RienNeCorrespond = "E805",
        SessionInconnue = "E811",
        DocumentInconnu = "E812",
        SessionIncomplete = "E813",
        DocumentNonReuni = "E814",
        SortieChangee = "E815",
        DossierTemporaire = "E816",
        RienAMontrer = "E820",
        SansNavigateur = "E821",
        PlusieursPossibles = "E822",
    }
    Warning {
        FichierNonLu = "A001",
        FichierMalPlace = "A002",
        ProjetSansReferentiel = "A003",
    }
    Advice {
        RemarqueCollee = "A101",

        ApostrophesMelees = "A201",
        PucesMelees = "A202",
        PucesDeTraitementDeTexte = "A203",
        GuillemetsDansLEnTete = "A204",
    }
    Warning {
        HtmlImprime = "A205",
        LienSansAdresse = "A206",
        NoteDeBasDePage = "A207",
        TableauMalForme = "A208",
        SvgSansTaille = "A209",
        SectionSansTexte = "A301",
    }
    Advice {
        CompetenceSansCritere = "A302",
        CompetenceRepetee = "A303",
        CritereRepete = "A305",
        TitreDeBlocDifferent = "A306",
    }
    Warning {
        LibelleInconnu = "A307",
        TexteARemplacer = "A308",
        TitreSansResultat = "A309",
    }
    Advice {
        CommentairesIdentiques = "A401",
        NiveauSansCommentaire = "A402",
        AutreCandidatNomme = "A403",
        JourChome = "A404",
        PropreEvaluateur = "A405",
    }
    Warning {
        PersonneEnDouble = "A406",
    }
    Advice {
        DecisionSansEffet = "A407",
    }
    Warning {
        SansBacASable = "A701",
        SignatureTropPetite = "A711",
        RegistreAbime = "A801",
        FichierSansFiche = "A802",
        DocumentsARetirer = "A803",
    }
    Note {
        ACompleter = "N501",
    }
    Verdict {
        Verdict = "N502",
    }
}

impl Code {
    /// The code of this printed form, in any case.
    pub(crate) fn parse(printed: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(printed.trim()))
    }

    /// Whether a project may leave it unsaid.
    pub(crate) fn can_be_allowed(self) -> bool {
        matches!(self.severity(), Severity::Warning | Severity::Advice)
    }

    /// One sentence without a final point.
    pub fn title(self) -> &'static str {
        let first = self.markdown().lines().next().unwrap_or_default();
        first.trim_start_matches("# ")
    }

    /// Explanation and example, as Markdown.
    pub fn explanation(self) -> &'static str {
        self.markdown().split_once('\n').map_or("", |(_, rest)| rest.trim())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_unique_says_its_severity_and_has_its_words() {
        let printed: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(printed.len(), Code::ALL.len());
        assert!(RETIRED.iter().all(|code| !printed.contains(code)), "a code was given away again");
        for code in Code::ALL {
            let letter = match code.severity() {
                Severity::Error => 'E',
                Severity::Warning | Severity::Advice => 'A',
                Severity::Note | Severity::Verdict => 'N',
            };
            assert!(code.as_str().starts_with(letter), "{code}");
            assert!(code.markdown().starts_with("# ") && !code.title().ends_with('.'), "{code}: {}", code.title());
            let text = code.explanation();
            assert!(text.contains("\nFaux :\n") && text.contains("\nJuste :\n"), "{code} has no example");
            assert_eq!(Code::parse(&code.as_str().to_lowercase()), Some(*code));
        }
    }

    #[test]
    fn every_file_of_words_belongs_to_a_code() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/ground/diagnostic/codes");
        for entry in std::fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(Code::parse(name.trim_end_matches(".md")).is_some(), "{name} belongs to no code");
        }
    }
}
