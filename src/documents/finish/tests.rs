//! Finishing, on a small PDF in the manner of Chrome.

use lopdf::{Document, Object, Stream, dictionary};

use super::*;

/// One page with a running header outside the structure, a paragraph and a list item, whose header
/// cell has the number that Chrome gave it.
fn printed(node: u32, date: &str) -> Vec<u8> {
    let mut document = Document::with_version("1.4");
    let pages = document.new_object_id();
    let characters = document.add_object(Stream::new(dictionary! {}, b"1 beginbfchar <42> <0042> endbfchar".to_vec()));
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "ABCDEF+Carlito", "ToUnicode" => characters,
    });
    let content =
        "BT /F1 9 Tf 10 780 Td (COMMISSION) Tj ET\n/P <</MCID 0>> BDC BT /F1 12 Tf 10 700 Td (Bonjour) Tj ET EMC";
    let content = document.add_object(Stream::new(dictionary! {}, content.into()));
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content, "StructParents" => 0,
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
    });
    document.set_object(
        pages,
        dictionary! {
            "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1,
            "MediaBox" => vec![0.into(), 0.into(), Object::Real(841.92), Object::Real(594.96)],
        },
    );
    let [root, list, item, table, row] = std::array::from_fn(|_| document.new_object_id());
    let id = Object::string_literal(format!("node{node:08}"));
    let mut element =
        |role: &str, parent| document.add_object(dictionary! { "Type" => "StructElem", "S" => role, "P" => parent });
    let (label, text) = (element("Lbl", item), element("P", item));
    document.set_object(
        item,
        dictionary! { "Type" => "StructElem", "S" => "LI", "P" => list, "K" => vec![label.into(), text.into()] },
    );
    let header =
        document.add_object(dictionary! { "Type" => "StructElem", "S" => "TH", "ID" => id.clone(), "P" => row });
    for (element, role, parent, kid) in
        [(list, "L", root, item), (table, "Table", root, row), (row, "TR", table, header)]
    {
        let element_of = dictionary! { "Type" => "StructElem", "S" => role, "P" => parent, "K" => vec![kid.into()] };
        document.set_object(element, element_of);
    }
    let names = dictionary! { "Names" => vec![id.clone(), header.into()], "Limits" => vec![id.clone(), id] };
    document.set_object(
        root,
        dictionary! { "Type" => "StructTreeRoot", "K" => vec![list.into(), table.into()], "IDTree" => names },
    );
    let catalog = dictionary! { "Type" => "Catalog", "Pages" => pages, "StructTreeRoot" => root, "Lang" => Object::string_literal("en") };
    let catalog = document.add_object(catalog);
    let info = document.add_object(
        dictionary! { "CreationDate" => Object::string_literal(date), "Producer" => Object::string_literal("Skia") },
    );
    document.trailer.set("Root", catalog);
    document.trailer.set("Info", info);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn metadata() -> Metadata {
    Metadata { title: "Livret d’évaluation".to_owned(), author: "CPNEFP".to_owned(), ..Metadata::default() }
}

fn finished() -> Document {
    load(&finish(&printed(7, "D:2026"), &metadata()).unwrap().bytes).unwrap()
}

fn role<'a>(document: &'a Document, name: &str) -> &'a lopdf::Dictionary {
    let has = |element: &&lopdf::Dictionary| {
        element.get(b"S").and_then(Object::as_name).is_ok_and(|role| role == name.as_bytes())
    };
    document.objects.values().filter_map(|object| object.as_dict().ok()).find(has).unwrap()
}

#[test]
fn facts_are_those_of_the_file() {
    let facts = inspect(&printed(7, "D:2026")).unwrap();
    assert_eq!(facts.pages.len(), 1);
    assert!(facts.pages[0].is(841.89, 595.28) && !facts.pages[0].is(595.28, 841.89));
    assert_eq!(facts.fonts, [EmbeddedFont { name: "Carlito".to_owned(), embedded: false }]);
    assert_eq!((facts.title, facts.tagged), (None, true));
    let finished = finish(&printed(7, "D:2026"), &metadata()).unwrap();
    assert_eq!(inspect(&finished.bytes).unwrap().title.as_deref(), Some("Livret d’évaluation"));
}

#[test]
fn the_document_says_what_it_is() {
    let document = finished();
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").and_then(Object::as_str).unwrap(), b"fr");
    let info = document.trailer.get_deref(b"Info", &document).and_then(Object::as_dict).unwrap();
    assert!(info.get(b"CreationDate").is_err());
    let xmp = catalog.get_deref(b"Metadata", &document).and_then(Object::as_stream).unwrap();
    let xmp = String::from_utf8(xmp.content.clone()).unwrap();
    assert!(xmp.contains("Livret d’évaluation"), "{xmp}");
    for claim in ["<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<"] {
        assert!(xmp.contains(claim), "{xmp}");
    }
    let intents = catalog.get(b"OutputIntents").and_then(Object::as_array).unwrap();
    let intent = document.dereference(&intents[0]).unwrap().1.as_dict().unwrap();
    let profile = intent.get_deref(b"DestOutputProfile", &document).and_then(Object::as_stream).unwrap();
    assert_eq!(&profile.get_plain_content().unwrap()[36..40], b"acsp");
}

#[test]
fn the_running_header_is_an_artifact_and_the_text_is_not() {
    let document = finished();
    let content = document.get_page_content(document.page_iter().next().unwrap());
    let content = String::from_utf8(content).unwrap();
    assert!(content.starts_with("/Artifact BMC\nBT"), "{content}");
    assert_eq!(content.matches("Artifact").count(), 1);
}

#[test]
fn list_items_get_a_body() {
    let document = finished();
    let (item, body) = (role(&document, "LI"), role(&document, "LBody"));
    assert_eq!(item.get(b"K").and_then(Object::as_array).unwrap().len(), 2);
    assert_eq!(body.get(b"K").and_then(Object::as_array).unwrap().len(), 1);
    assert_eq!(role(&document, "P").get_deref(b"P", &document).and_then(Object::as_dict).unwrap(), body);
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let of = |node, date, metadata: &Metadata| finish(&printed(node, date), metadata).unwrap().bytes;
    let one = of(7, "D:2026", &metadata());
    assert!(one == of(4711, "D:1999", &metadata()));
    let dated = Metadata { date: Some(0), ..metadata() };
    let other = of(7, "D:2026", &dated);
    assert!(one != other);
    let id = |bytes: &[u8]| load(bytes).unwrap().trailer.get(b"ID").unwrap().clone();
    assert_ne!(id(&one), id(&other));
}

#[test]
fn what_is_no_pdf_is_an_error() {
    let sound = printed(7, "D:2026");
    let endless = String::from_utf8_lossy(&sound).replace("/Type/Pages", "/Type/Pages/Parent 1 0 R");
    let mut hostile: Vec<Vec<u8>> = vec![vec![], b"%PDF-1.4".to_vec(), b"<html>".to_vec(), vec![0xff; 4096]];
    hostile.push(endless.into_bytes());
    hostile.extend((0..sound.len()).step_by(37).map(|end| sound[..end].to_vec()));
    hostile.extend((0..sound.len()).step_by(11).map(|at| {
        let mut bytes = sound.clone();
        bytes[at] ^= 0x55;
        bytes
    }));
    for bytes in hostile {
        // An error or a document, but never a panic.
        if let Err(error) = finish(&bytes, &metadata()) {
            assert!(error.diagnostic("livret.pdf").help.is_some_and(|help| help.contains("--chrome")));
        }
    }
}

#[test]
fn what_is_in_the_way_of_the_claim_is_said_with_its_page() {
    let reasons = |change: &dyn Fn(&mut Document)| {
        let mut document = load(&printed(7, "D:2026")).unwrap();
        change(&mut document);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        let finished = finish(&bytes, &metadata()).unwrap();
        assert_eq!(claims_standards(&load(&finished.bytes).unwrap()), finished.unclaimed.is_empty());
        finished.unclaimed
    };
    assert_eq!(reasons(&|_| ()), Vec::<String>::new());
    let bare = reasons(&|document| drop(document.catalog_mut().unwrap().remove(b"StructTreeRoot")));
    assert_eq!(bare, ["il n'a pas de structure (PDF/UA-1, 7.1)"]);
    let drawn = reasons(&|document| {
        let page = document.page_iter().next().unwrap();
        let content = document.get_page_contents(page)[0];
        let lost = Stream::new(dictionary! {}, b"/Unknown Do".to_vec());
        document.set_object(content, lost);
    });
    assert_eq!(drawn, ["page 1 : un dessin y est hors de la structure (PDF/UA-1, 7.1)"]);
    let elements = reasons(&|document| {
        let page = document.page_iter().next().unwrap();
        let cells = |document: &mut Document, n| {
            let cell = |document: &mut Document| document.add_object(dictionary! { "S" => "TD", "Pg" => page }).into();
            (0..n).map(|_| cell(document)).collect::<Vec<Object>>()
        };
        let rows = [2, 1].map(|n| {
            let cells = cells(document, n);
            document.add_object(dictionary! { "S" => "TR", "K" => cells }).into()
        });
        document.add_object(dictionary! { "S" => "Table", "K" => rows.to_vec() });
        document.add_object(dictionary! { "S" => "Figure", "Pg" => page });
        document.add_object(dictionary! { "S" => "Figure", "Pg" => page, "Alt" => "un plan" });
    });
    assert_eq!(elements.len(), 2, "{elements:?}");
    assert!(elements[0].starts_with("page 1 : les rangées") && elements[1].starts_with("page 1 : une image"));
    let in_tree = |element: lopdf::Dictionary| {
        reasons(&|document| {
            let id = document.add_object(element.clone());
            let root = document.catalog().unwrap().get(b"StructTreeRoot").and_then(Object::as_reference).unwrap();
            let root = document.get_dictionary_mut(root).unwrap();
            root.get_mut(b"K").and_then(Object::as_array_mut).unwrap().push(id.into());
        })
    };
    assert_eq!(in_tree(dictionary! { "S" => "H1" }), Vec::<String>::new());
    for (element, rule) in [
        (dictionary! { "S" => "H2" }, "7.4.2"),
        (dictionary! { "S" => "LI" }, "7.2"),
        (dictionary! { "S" => "P", "Lang" => Object::string_literal("?") }, "7.2"),
    ] {
        assert!(in_tree(element)[0].contains(rule), "{rule}");
    }
    let link = reasons(&|document| {
        let page = document.page_iter().next().unwrap();
        let link = document.add_object(dictionary! { "Type" => "Annot", "Subtype" => "Link" });
        document.get_dictionary_mut(page).unwrap().set("Annots", vec![link.into()]);
    });
    assert_eq!(link, ["page 1 : un lien n'est pas dans la structure : rien n'y est à lire (PDF/UA-1, 7.18.5)"]);
    let picture = |key: &'static str, name: &'static str| {
        reasons(&|document| {
            document.add_object(Stream::new(dictionary! { key => name }, Vec::new()));
        })
    };
    assert!(picture("ColorSpace", "DeviceCMYK")[0].contains("CMJN"));
    assert!(picture("Filter", "JPXDecode")[0].contains("JPEG 2000"));
}

/// The printed page with other contents, and a form that it knows as X1, with these resources beside itself.
fn with_form(contents: &[&str], form: &str, resources: Option<lopdf::Dictionary>) -> Document {
    let mut document = load(&printed(7, "D:2026")).unwrap();
    let page = document.page_iter().next().unwrap();
    let table = b"1 beginbfrange <0001> <00AD> <0001> endbfrange".to_vec();
    let table = document.add_object(Stream::new(dictionary! {}, table));
    let wide = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "ABCDEF+Carlito", "ToUnicode" => table,
        "DescendantFonts" => Vec::<Object>::new(),
    });
    let id = document.new_object_id();
    let fonts = dictionary! { "F1" => wide };
    let mut drawn = Stream::new(dictionary! { "Subtype" => "Form" }, form.as_bytes().to_vec());
    if let Some(mut own) = resources {
        own.set("Font", fonts.clone());
        own.set("XObject", dictionary! { "X1" => id, "X2" => id });
        drawn.dict.set("Resources", own);
    }
    document.set_object(id, drawn);
    let contents = contents.iter().map(|content| Stream::new(dictionary! {}, content.as_bytes().to_vec()));
    let contents: Vec<Object> = contents.map(|content| document.add_object(content).into()).collect();
    let page = document.get_dictionary_mut(page).unwrap();
    page.set("Contents", contents);
    page.set("Resources", dictionary! { "Font" => fonts, "XObject" => dictionary! { "X1" => id } });
    document
}

/// What is drawn by a finished document, all its streams.
fn drawn(mut document: Document) -> (String, Vec<String>) {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    let finished = finish(&bytes, &metadata()).unwrap();
    let document = load(&finished.bytes).unwrap();
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    let streams = streams.filter_map(|stream| String::from_utf8(stream.get_plain_content().ok()?).ok());
    (streams.collect(), finished.unclaimed)
}

/// « motif », cut after « mo ».
const CUT: &str = "BT /F1 9 Tf <006D006F> Tj /Span<</ActualText <FEFF00AD> >> BDC <0002> Tj EMC ET \
                   BT <002D> Tj ET BT <007400690066> Tj ET";

#[test]
fn a_form_that_is_in_itself_is_looked_at_once() {
    let form = format!("/P <</MCID 1>> BDC {CUT} EMC /X1 Do");
    let (text, why) = drawn(with_form(&["/X1 Do"], &form, Some(lopdf::Dictionary::new())));
    assert_eq!(text.matches("ActualText (motif)").count(), 1, "{text}");
    assert_eq!(why, ["page 1 : un dessin y est hors de la structure (PDF/UA-1, 7.1)"]);
    let (_, why) = drawn(with_form(&["/X1 Do"], "0 0 9 9 re f", Some(lopdf::Dictionary::new())));
    assert_eq!(why, Vec::<String>::new());
}

#[test]
fn a_word_is_whole_in_each_stream_of_a_page_and_in_a_form_with_its_resources() {
    let (text, _) = drawn(with_form(&[CUT, CUT], "", None));
    assert_eq!(text.matches("ActualText (motif)").count(), 2, "{text}");
    let (text, why) = drawn(with_form(&["/X1 Do"], CUT, None));
    assert_eq!((text.matches("ActualText (motif)").count(), why), (1, Vec::new()), "{text}");
}
