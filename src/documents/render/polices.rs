//! The signs of a printed document and the fonts of the theme that have them. A sign that the theme's own fonts lack is
//! taken from the first of its further fonts (`polices:` in theme.yaml) that has it, and only a document that needs
//! such a font carries it. A sign that none has would be printed as an empty box, or by a font of the machine that
//! builds: it is a mistake. Where the sign was written is found by [`super::Renderer`].

use std::collections::BTreeSet;

use skrifa::raw::collections::IntSet;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::assets::token;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::html::tags;
use crate::ground::police::police;
use crate::ground::typographie::sans_encre;
use crate::model::theme::Theme;

/// The styles that a page may ask for: a further font has one drawing for all.
const STYLES: [&str; 4] = [
    "font-weight:400;font-style:normal",
    "font-weight:700;font-style:normal",
    "font-weight:400;font-style:italic",
    "font-weight:700;font-style:italic",
];

/// How fonts are called.
const EXTENSIONS: [&str; 4] = [".woff2", ".woff", ".ttf", ".otf"];

/// What the fonts of a theme can draw.
#[derive(Debug)]
pub(crate) struct Polices {
    /// The signs of the theme's own fonts; none if it has no font, and leaves it to the machine.
    own: Option<IntSet<u32>>,
    further: Vec<Further>,
    /// What PDFs call all of these.
    noms: BTreeSet<String>,
}

/// A font for what the theme's own lack.
#[derive(Debug)]
struct Further {
    /// Only what no font before it has.
    signs: IntSet<u32>,
    /// Its `@font-face` rules, the file a token.
    rules: String,
}

impl Polices {
    /// `None`, with diagnostics, if a file that is called like a font is none.
    pub(crate) fn of(theme: &Theme, diagnostics: &mut Diagnostics) -> Option<Self> {
        let errors_before = diagnostics.errors();
        let read = |path: &str| theme.assets.get(path).and_then(|bytes| police(bytes));
        let further: Vec<&str> =
            theme.polices.iter().flat_map(|p| &p.secours).map(|path| path.value.as_str()).collect();
        let mut own = Vec::new();
        for path in theme.assets.keys().filter(|path| !further.contains(&path.as_str())) {
            if let Some(police) = read(path) {
                own.push(police);
            } else if EXTENSIONS.iter().any(|extension| path.to_lowercase().ends_with(extension)) {
                let file = format!("themes/{}/{path}", theme.nom);
                let diagnostic = Diagnostic::in_file(Code::PoliceInutilisable, file, "ce fichier n'est pas une police");
                diagnostics.push(diagnostic.help("remplacez-le par la police d'origine, ou supprimez-le"));
            }
        }
        let mut noms: BTreeSet<String> = own.iter().map(|police| police.nom.clone()).collect();
        let own = (!own.is_empty()).then(|| own.into_iter().flat_map(|police| police.signes).collect::<IntSet<u32>>());
        let mut known = own.clone().unwrap_or_default();
        let famille = theme.polices.as_ref().map(|polices| polices.famille.as_str()).unwrap_or_default();
        let further = further.into_iter().filter_map(|path| {
            let police = read(path)?;
            noms.insert(police.nom);
            let signs: IntSet<u32> = police.signes.into_iter().filter(|sign| !known.contains(*sign)).collect();
            known.union(&signs);
            let (file, range) = (token(&format!("{}/{path}", theme.nom)), range(&signs));
            let rule = |style| {
                format!("@font-face{{font-family:\"{famille}\";{style};src:url({file});unicode-range:{range}}}")
            };
            Some(Further { rules: STYLES.map(rule).concat(), signs })
        });
        let further = further.collect();
        (diagnostics.errors() == errors_before).then_some(Self { own, further, noms })
    }

    /// The first font of a PDF that is not the theme's, if the theme has fonts.
    pub(crate) fn foreign<'a>(&self, fonts: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        self.own.as_ref()?;
        fonts.into_iter().find(|nom| !self.noms.contains(*nom))
    }

    /// The page with the fonts that it needs beyond the theme's own.
    ///
    /// # Errors
    /// The signs that no font of the theme has, in the order of their codes.
    pub(crate) fn complete(&self, html: String) -> Result<String, Vec<char>> {
        let Some(own) = &self.own else { return Ok(html) };
        let foreign = |c: &char| !own.contains(u32::from(*c)) && !is_invisible(*c);
        let mut lacking: BTreeSet<char> = not_ascii(&html).filter(foreign).collect();
        if !lacking.is_empty() && !is_nfc(&html) {
            // An accent apart from its letter is drawn with it.
            lacking = html.nfc().filter(|c| !c.is_ascii()).filter(foreign).collect();
        }
        if lacking.is_empty() {
            return Ok(html);
        }
        let has = |further: &&Further| lacking.iter().any(|c| further.signs.contains(u32::from(*c)));
        let needed: Vec<&Further> = self.further.iter().filter(has).collect();
        let drawn = |c: &char| needed.iter().any(|further| further.signs.contains(u32::from(*c)));
        let absent: Vec<char> = lacking.iter().copied().filter(|c| !drawn(c)).collect();
        if !absent.is_empty() {
            return Err(absent);
        }
        let rules: String = needed.iter().map(|further| further.rules.as_str()).collect();
        let head = tags(&html).find(|tag| tag.closes("head")).map(|tag| tag.start);
        Ok(head.map(|at| format!("{}<style>{rules}</style>\n{}", &html[..at], &html[at..])).unwrap_or(html))
    }
}

/// The signs of a page beyond ASCII, which is most of it and passed over as bytes.
fn not_ascii(html: &str) -> impl Iterator<Item = char> {
    let mut rest = html;
    std::iter::from_fn(move || {
        rest = &rest[rest.bytes().take_while(u8::is_ascii).count()..];
        let mut chars = rest.chars();
        let next = chars.next();
        rest = chars.as_str();
        next
    })
}

/// What leaves nothing on the paper and needs no drawing. The blank of Braille has one in its font.
fn is_invisible(c: char) -> bool {
    sans_encre(c) && c != '\u{2800}'
}

/// As CSS writes a set of signs: « U+2190-2199,U+2713 ».
fn range(signs: &IntSet<u32>) -> String {
    let written = signs.iter_ranges().map(|run| match run.start() == run.end() {
        true => format!("U+{:X}", run.start()),
        false => format!("U+{:X}-{:X}", run.start(), run.end()),
    });
    written.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_carries_only_the_fonts_that_it_needs() {
        let set = |text: &str| text.chars().map(u32::from).collect::<IntSet<u32>>();
        let polices = Polices {
            own: Some(set("é")),
            further: vec![
                Further { signs: set("✓"), rules: "@1".to_owned() },
                Further { signs: set("あ"), rules: "@2".to_owned() },
            ],
            noms: BTreeSet::from(["Carlito".to_owned()]),
        };
        let complete = |body: &str| polices.complete(format!("<head></head>{body}"));
        // An accent of its own, spaces, what is invisible.
        assert_eq!(complete("e\u{301}\u{202F}\u{200D}\u{1}").unwrap(), "<head></head>e\u{301}\u{202F}\u{200D}\u{1}");
        assert_eq!(complete("✓").unwrap(), "<head><style>@1</style>\n</head>✓");
        assert_eq!(complete("あ✓").unwrap(), "<head><style>@1@2</style>\n</head>あ✓");
        assert_eq!(complete("あ🌻✓🌻"), Err(vec!['🌻']));
        assert_eq!(polices.foreign(["Carlito", "DejaVuSans"]), Some("DejaVuSans"));
        assert_eq!(range(&set("abc←→")), "U+61-63,U+2190,U+2192");
    }
}
