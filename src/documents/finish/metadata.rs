//! Who made the document, what it is called, in which language: in the Info dictionary, which all
//! viewers read, and in XMP, which accessibility asks for.

use jiff::Timestamp;
use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};

use super::error::FinishError;
use crate::ground::fingerprint::{Fingerprint, Parts};

const CREATOR: &str = "livret";
const LANGUAGE: &str = "fr";
/// PDF/UA-1 and PDF/A-2a: fit for screen readers, and to be kept.
const CLAIM: &str =
    "<pdfuaid:part>1</pdfuaid:part>\n<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n";
/// PDF/A knows all that is written here but what PDF/UA is called by, which must be explained.
const EXPLAINED: &str = "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\
     <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
     <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
     <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
     <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\
     <pdfaProperty:name>part</pdfaProperty:name>\
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
     <pdfaProperty:category>internal</pdfaProperty:category>\
     <pdfaProperty:description>The part of ISO 14289 that is followed</pdfaProperty:description>\
     </rdf:li></rdf:Seq></pdfaSchema:property>\
     </rdf:li></rdf:Bag></pdfaExtension:schemas>\n";
const PRODUCER: &str = concat!("livret ", env!("CARGO_PKG_VERSION"));

/// What a PDF says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    pub title: String,
    pub author: String,
    pub subject: Option<String>,
    pub keywords: Option<String>,
    /// Seconds since 1970, as in `SOURCE_DATE_EPOCH`. Without it the PDF has no date.
    pub date: Option<i64>,
}

impl Metadata {
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        let Self { title, author, subject, keywords, date } = self;
        let mut parts = Parts::default();
        parts.add(title).add(author).maybe(subject.as_ref()).maybe(keywords.as_ref());
        parts.maybe(date.map(i64::to_le_bytes)).fingerprint()
    }

    /// Puts itself into the document. `claims` is whether it may say that it follows the standards.
    pub(super) fn write(&self, document: &mut Document, claims: bool) -> Result<(), FinishError> {
        let info = document.add_object(self.info());
        document.trailer.set("Info", info);
        let xmp = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
        let xmp = Stream::new(xmp, self.xmp(claims).into_bytes()).with_compression(false);
        let xmp = document.add_object(xmp);
        let catalog = document.catalog_mut()?;
        catalog.set("Metadata", xmp);
        catalog.set("Lang", text(LANGUAGE));
        let mut viewer = catalog.get(b"ViewerPreferences").and_then(Object::as_dict).cloned().unwrap_or_default();
        viewer.set("DisplayDocTitle", true);
        // Boxes and places for signatures keep their size.
        viewer.set("PrintScaling", "None");
        catalog.set("ViewerPreferences", viewer);
        Ok(())
    }

    fn info(&self) -> Dictionary {
        let mut info = dictionary! {
            "Title" => text(&self.title),
            "Author" => text(&self.author),
            "Creator" => text(CREATOR),
            "Producer" => text(PRODUCER),
        };
        for (key, value) in [("Subject", &self.subject), ("Keywords", &self.keywords)] {
            if let Some(value) = value {
                info.set(key, text(value));
            }
        }
        if let Some(date) = self.date.and_then(|date| moment(date, "D:%Y%m%d%H%M%SZ")) {
            info.set("CreationDate", text(&date));
            info.set("ModDate", text(&date));
        }
        info
    }

    fn xmp(&self, claims: bool) -> String {
        let (title, author) = (xml(&self.title), xml(&self.author));
        let subject = self.subject.as_ref().map(|subject| {
            let subject = xml(subject);
            format!("<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{subject}</rdf:li></rdf:Alt></dc:description>\n")
        });
        let keywords = self.keywords.as_ref().map(|words| format!("<pdf:Keywords>{}</pdf:Keywords>\n", xml(words)));
        let date = self.date.and_then(|date| moment(date, "%Y-%m-%dT%H:%M:%SZ"));
        let date = date
            .map(|date| format!("<xmp:CreateDate>{date}</xmp:CreateDate>\n<xmp:ModifyDate>{date}</xmp:ModifyDate>\n"));
        let claim = claims.then(|| format!("{CLAIM}{EXPLAINED}"));
        let more: String = [subject, keywords, date, claim].into_iter().flatten().collect();
        format!(
            "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
             <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
             <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
             <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" \
             xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\" \
             xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
             xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n\
             <dc:format>application/pdf</dc:format>\n\
             <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
             <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n\
             <dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>\n\
             <xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>\n\
             <pdf:Producer>{PRODUCER}</pdf:Producer>\n\
             {more}\
             </rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>"
        )
    }
}

/// Whether a finished PDF says that it follows the standards.
pub(crate) fn claims(document: &Document) -> bool {
    let metadata = document.catalog().and_then(|catalog| catalog.get_deref(b"Metadata", document));
    let xmp = metadata.and_then(Object::as_stream).and_then(Stream::get_plain_content).unwrap_or_default();
    xmp.windows(CLAIM.len()).any(|text| text == CLAIM.as_bytes())
}

/// A text string: bytes where ASCII is enough, UTF-16 otherwise.
pub(crate) fn text(value: &str) -> Object {
    if value.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Object::String(value.as_bytes().to_vec(), StringFormat::Literal);
    }
    let units = std::iter::once(0xfeff).chain(value.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

fn xml(value: &str) -> String {
    // XML has no way to write these.
    let unwritten =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    let text = value.replace(unwritten, " ").replace('&', "&amp;");
    text.replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A moment in UTC, written like this; none that is beyond the calendar.
fn moment(seconds: i64, format: &str) -> Option<String> {
    Some(Timestamp::from_second(seconds).ok()?.strftime(format).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_those_of_the_calendar() {
        let written = |seconds| moment(seconds, "%Y-%m-%dT%H:%M:%SZ").unwrap();
        assert_eq!(written(0), "1970-01-01T00:00:00Z");
        assert_eq!(written(951_868_799), "2000-02-29T23:59:59Z");
        assert_eq!(written(1_772_409_600), "2026-03-02T00:00:00Z");
        assert_eq!(written(-1), "1969-12-31T23:59:59Z");
        assert_eq!(moment(i64::MAX, "%Y"), None);
    }

    #[test]
    fn text_is_utf_16_only_where_it_must() {
        assert_eq!(text("a (b)"), Object::string_literal("a (b)"));
        assert_eq!(text("é"), Object::String(vec![0xfe, 0xff, 0, 0xe9], StringFormat::Hexadecimal));
    }

    #[test]
    fn markup_and_controls_do_no_harm_in_xmp() {
        let metadata = Metadata { title: "<a> & \u{1}é".to_owned(), ..Metadata::default() };
        assert!(metadata.xmp(false).contains("&lt;a&gt; &amp;  é"));
        assert!(!metadata.xmp(false).contains("part>1"));
    }

    #[test]
    fn every_word_of_it_counts() {
        let changes: [fn(&mut Metadata); 6] = [
            |_| (),
            |m| m.title.push('a'),
            |m| m.author.push('a'),
            |m| m.subject = Some(String::new()),
            |m| m.keywords = Some(String::new()),
            |m| m.date = Some(0),
        ];
        let fingerprints = changes.map(|change| {
            let mut metadata = Metadata::default();
            change(&mut metadata);
            metadata.fingerprint()
        });
        assert_eq!(std::collections::BTreeSet::from(fingerprints).len(), changes.len());
    }
}
