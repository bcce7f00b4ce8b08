//! Bundling, on small PDFs in the manner of finished ones.

use lopdf::{Document, Object, Stream, dictionary};

use super::*;
use crate::documents::finish::{self, Metadata, visit};
use crate::ground::diagnostic::{Diagnostic, Place};

/// A document of so many pages, with a heading, a link to it and a row header: all named as in every other one.
fn small(pages: usize) -> Document {
    let mut document = Document::with_version("1.7");
    let [tree, root, top, catalog] = std::array::from_fn(|_| document.new_object_id());
    let file = document.add_object(Stream::new(dictionary! { "Length1" => 3 }, b"abc".to_vec()));
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Carlito", "FontFile" => file };
    let font = document.add_object(font);
    let header = dictionary! { "Type" => "StructElem", "S" => "TH", "P" => top, "ID" => Object::string_literal("n1") };
    let header = document.add_object(header);
    let cell = dictionary! { "O" => "Table", "Headers" => vec![Object::string_literal("n1")] };
    let cell = document.add_object(dictionary! { "Type" => "StructElem", "S" => "TD", "P" => top, "A" => cell });
    let mut kids: Vec<Object> = Vec::new();
    let mut keys: Vec<Object> = Vec::new();
    for n in 0..pages {
        let content = document.add_object(Stream::new(dictionary! {}, format!("% {n}").into_bytes()));
        let link = dictionary! { "Type" => "Annot", "Subtype" => "Link", "Dest" => "note", "StructParent" => (2 * n + 1) as i64 };
        let link = document.add_object(link);
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content, "StructParents" => (2 * n) as i64,
            "Annots" => vec![link.into()], "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        });
        kids.push(page.into());
        keys.extend([((2 * n) as i64).into(), vec![header.into()].into(), ((2 * n + 1) as i64).into(), cell.into()]);
    }
    let first = kids[0].clone();
    let count = pages as i64;
    let sides: Vec<Object> = [0, 0, 842, 595].map(Object::from).to_vec();
    let node = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count, "MediaBox" => sides };
    document.set_object(tree, node);
    document.set_object(
        top,
        dictionary! { "Type" => "StructElem", "S" => "Document", "P" => root, "K" => vec![header.into(), cell.into()] },
    );
    let names = dictionary! { "Names" => vec![Object::string_literal("n1"), header.into()] };
    let names = document.add_object(names);
    let structure = dictionary! {
        "Type" => "StructTreeRoot", "K" => top, "ParentTree" => dictionary! { "Nums" => keys },
        "ParentTreeNextKey" => 2 * count, "IDTree" => dictionary! { "Kids" => vec![names.into()] },
        "RoleMap" => dictionary! { "Strong" => "Span" },
    };
    document.set_object(root, structure);
    let [outline, heading] = std::array::from_fn(|_| document.new_object_id());
    let place: Vec<Object> = vec![first, "XYZ".into(), 0.into(), 595.into(), 0.into()];
    let entry =
        dictionary! { "Title" => Object::string_literal("I. Note"), "Parent" => outline, "Dest" => place.clone() };
    document.set_object(heading, entry);
    document.set_object(outline, dictionary! { "First" => heading, "Last" => heading, "Count" => 1 });
    document.set_object(
        catalog,
        dictionary! {
            "Type" => "Catalog", "Pages" => tree, "StructTreeRoot" => root, "Outlines" => outline,
            "Dests" => dictionary! { "note" => place },
        },
    );
    document.trailer.set("Root", catalog);
    document
}

fn finished(mut document: Document) -> Vec<u8> {
    let trailer = finish::seal(&mut document, &metadata()).unwrap();
    let mut written = finish::Written::new(Vec::new());
    written.put_all(document);
    written.close(trailer).unwrap()
}

fn metadata() -> Metadata {
    Metadata { title: "Livrets".to_owned(), ..Metadata::default() }
}

/// A bundle of these PDFs: a list of one page, then livrets.
fn bundle(livrets: &[(&str, Vec<u8>, usize)], duplex: bool) -> Result<Vec<u8>, Box<Diagnostic>> {
    let places = places([1].into_iter().chain(livrets.iter().map(|l| l.2)), duplex);
    let list = Part { name: "liste".to_owned(), pdf: finished(small(1)), title: None, place: places[0] };
    let parts = livrets.iter().zip(&places[1..]).map(|((title, pdf, _), place)| Part {
        name: format!("{title}.pdf"),
        pdf: pdf.clone(),
        title: Some((*title).to_owned()),
        place: *place,
    });
    merge([list].into_iter().chain(parts).map(Ok), duplex, &metadata(), Vec::new()).map_err(|unmade| match unmade {
        Unmade::Unfit(diagnostic) => diagnostic,
        Unmade::Disk(error) => panic!("{error}"),
    })
}

fn two(duplex: bool) -> Document {
    let livrets = [("Anne", finished(small(2)), 2), ("Zoé", finished(small(3)), 3)];
    Document::load_mem(&bundle(&livrets, duplex).unwrap()).unwrap()
}

fn titles(document: &Document) -> Vec<(String, Object)> {
    let outline = document.catalog().unwrap().get_deref(b"Outlines", document).unwrap().as_dict().unwrap();
    let (mut found, mut next) = (Vec::new(), outline.get_deref(b"First", document).ok());
    while let Some(entry) = next.map(|entry| entry.as_dict().unwrap()) {
        let title = lopdf::decode_text_string(entry.get(b"Title").unwrap()).unwrap();
        found.push((title, entry.get(b"Dest").unwrap().as_array().unwrap()[0].clone()));
        next = entry.get_deref(b"Next", document).ok();
    }
    found
}

#[test]
fn on_both_sides_every_document_starts_on_a_front_side() {
    let starts = |duplex| places([1, 22, 13, 1], duplex).iter().map(|p| (p.first, p.last())).collect::<Vec<_>>();
    assert_eq!(starts(false), [(1, 1), (2, 23), (24, 36), (37, 37)]);
    assert_eq!(starts(true), [(1, 1), (3, 24), (25, 37), (39, 39)]);
}

#[test]
fn pages_stand_where_they_were_meant_to_and_blank_ones_between() {
    for (duplex, pages, starts) in [(false, 6, [1, 2, 4]), (true, 7, [1, 3, 5])] {
        let document = two(duplex);
        let all: Vec<_> = document.page_iter().collect();
        assert_eq!(all.len(), pages);
        let titles = titles(&document);
        assert_eq!(titles.iter().map(|t| t.0.as_str()).collect::<Vec<_>>(), ["I. Note", "Anne", "Zoé"]);
        for ((_, page), start) in titles.iter().zip(starts) {
            assert_eq!(*page, Object::Reference(all[start - 1]));
        }
        let blank = |page| !document.get_dictionary(page).unwrap().has(b"Contents");
        assert_eq!(all.iter().filter(|page| blank(**page)).count(), usize::from(duplex));
        assert!(all.iter().all(|page| finish::page_size(&document, *page).unwrap().is(842.0, 595.0)));
    }
}

#[test]
fn links_lead_into_their_own_document() {
    let document = two(true);
    let all: Vec<_> = document.page_iter().collect();
    let names = document.catalog().unwrap().get(b"Dests").unwrap().as_dict().unwrap();
    for (page, start) in [(1, 1), (3, 3), (4, 3), (5, 5), (7, 5)] {
        let page = document.get_dictionary(all[page - 1]).unwrap();
        let link = page.get(b"Annots").unwrap().as_array().unwrap()[0].as_reference().unwrap();
        let name = document.get_dictionary(link).unwrap().get(b"Dest").unwrap().as_name().unwrap();
        let place = names.get(name).unwrap().as_array().unwrap();
        assert_eq!(place[0], Object::Reference(all[start - 1]));
    }
}

#[test]
fn the_structure_is_one_tree_with_every_key_once() {
    let document = two(true);
    let root = document.catalog().unwrap().get_deref(b"StructTreeRoot", &document).unwrap().as_dict().unwrap();
    let keys = visit::tree(&document, root.get(b"ParentTree").unwrap(), b"Nums").unwrap();
    let keys: Vec<i64> = keys.iter().map(|(key, _)| key.as_i64().unwrap()).collect();
    assert_eq!(keys, (0..12).collect::<Vec<_>>());
    let mut used = Vec::new();
    for object in document.objects.values().filter_map(|object| object.as_dict().ok()) {
        used.extend(
            [&b"StructParents"[..], b"StructParent"].iter().filter_map(|key| object.get(key).ok()?.as_i64().ok()),
        );
    }
    used.sort_unstable();
    assert_eq!(used, keys);
    let names = visit::tree(&document, root.get(b"IDTree").unwrap(), b"Names").unwrap();
    assert_eq!(names.len(), 3);
    for (name, element) in names {
        let element = document.get_dictionary(element.as_reference().unwrap()).unwrap();
        assert_eq!(element.get(b"ID").unwrap().as_str().unwrap(), name.as_str().unwrap());
    }
    let top = root.get_deref(b"K", &document).unwrap().as_dict().unwrap();
    assert_eq!(top.get(b"S").unwrap().as_name().unwrap(), b"Document");
    assert_eq!(top.get(b"K").unwrap().as_array().unwrap().len(), 3);
    assert!(root.has(b"RoleMap") && finish::claims_standards(&document));
}

#[test]
fn what_cannot_say_that_it_follows_the_standards_is_not_put_into_a_bundle_that_does() {
    let mut bare = small(1);
    bare.catalog_mut().unwrap().remove(b"StructTreeRoot");
    let mut silent = Vec::new();
    small(1).save_to(&mut silent).unwrap();
    for (pdf, why) in [(finished(bare), "sa structure"), (silent, "PDF/A et PDF/UA")] {
        let error = bundle(&[("Anne", pdf, 1), ("Zoé", finished(small(1)), 1)], false).unwrap_err();
        assert!(error.place == Place::File("Anne.pdf".to_owned()) && error.message.contains(why), "{}", error.message);
    }
}

#[test]
fn what_is_equal_is_kept_once_and_the_bytes_are_always_the_same() {
    let document = two(false);
    let fonts = document.objects.values().filter(|o| o.as_dict().is_ok_and(|d| d.has_type(b"Font"))).count();
    assert_eq!(fonts, 1);
    let make = || bundle(&[("Anne", finished(small(2)), 2)], true).unwrap();
    assert!(make() == make());
}

#[test]
fn what_is_damaged_is_an_error_that_names_it() {
    let sound = finished(small(2));
    let error = bundle(&[("Anne", sound.clone(), 3)], false).unwrap_err();
    assert_eq!(error.place, Place::File("Anne.pdf".to_owned()));
    assert!(error.help.is_some_and(|help| help.contains("--force")));

    let mut plain = Vec::new();
    small(2).save_to(&mut plain).unwrap();
    let mut hostile: Vec<Vec<u8>> = vec![vec![], b"%PDF-1.4".to_vec(), vec![0xff; 4096]];
    for (from, to) in [
        ("/Type/Pages", "/Type/Pages/Parent 1 0 R"),
        ("/StructParents 0", "/StructParents 9223372036854775807"),
        ("/ParentTreeNextKey 4", "/ParentTreeNextKey 9223372036854775807"),
        ("/Nums[0[", "/Nums[-9223372036854775808["),
        ("/Nums[0[", "/Nums[["),
        ("/Count 1", "/Count -9223372036854775808"),
    ] {
        let text = String::from_utf8_lossy(&plain);
        assert!(text.contains(from), "{from}");
        hostile.push(text.replace(from, to).into_bytes());
    }
    for bytes in [&sound, &plain] {
        hostile.extend((0..bytes.len()).step_by(29).map(|end| bytes[..end].to_vec()));
        hostile.extend((0..bytes.len()).step_by(7).map(|at| {
            let mut bytes = bytes.clone();
            bytes[at] ^= 0x55;
            bytes
        }));
    }
    for bytes in hostile {
        // An error or a bundle, but never a panic.
        if let Err(error) = bundle(&[("Anne", bytes, 2)], false) {
            assert!(error.message.starts_with("ce document ne peut pas"));
        }
    }
}
