//! Lists that are damaged or made to harm: a plain message, no panic, no memory, nothing written.

use std::io::{Cursor, Read, Write as _};
use std::time::{Duration, Instant};

use livret::authoring::import;
use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::Place;

/// Far more than any of these inputs needs, even in a debug build on a busy machine.
const LONG: Duration = Duration::from_secs(60);

fn sound() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["Nom", "Prénom"]).unwrap();
    sheet.write_row(1, 0, ["Roux", "Léa"]).unwrap();
    book.save_to_buffer().unwrap()
}

/// A sound workbook, one of whose parts is changed.
fn with(part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(sound())).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().to_string();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        if name == part {
            text = change(text);
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

const SHEET: &str = "xl/worksheets/sheet1.xml";
#[test]
fn errors_that_the_library_does_not_know_are_told() {
    let book =
        with(SHEET, |text| text.replace("<c r=\"A2\" t=\"s\"><v>2</v></c>", "<c r=\"A2\" t=\"e\"><v>#SPILL!</v></c>"));
    assert_eq!(refused(&book).as_deref(), Some("une cellule contient une erreur d'Excel (#SPILL!), après B1"));
}

#[test]
fn a_formula_that_was_never_computed_is_no_empty_cell() {
    let place = Place::base();
    // The second one was computed, and gives an empty text.
    let formulas = "<c r=\"A2\"><f>UPPER(\"roux\")</f></c>";
    let empty = "<c r=\"C2\" t=\"str\"><f>IF(A9=\"\",\"\",A9)</f><v></v></c></row></sheetData>";
    let book = with(SHEET, |text| {
        let text = text.replace("<c r=\"A2\" t=\"s\"><v>2</v></c>", formulas);
        text.replace("</row></sheetData>", empty).replace("ref=\"A1:B2\"", "ref=\"A1:C2\"")
    });
    place.write("liste.xlsx", book);
    let run = place.run(&["import", "liste.xlsx", "--oui", "--session", "2026-09"]);
    assert!(run.stderr.contains("A2 : cette cellule contient une formule sans valeur"), "{}{}", run.stdout, run.stderr);
    assert!(!run.stderr.contains("C2") && !run.stdout.contains("C sans titre"), "{}{}", run.stdout, run.stderr);
}

const STRINGS: &str = "xl/sharedStrings.xml";

/// Reads and chooses, in bounded time; the message if it is refused.
fn refused(bytes: &[u8]) -> Option<String> {
    let started = Instant::now();
    let read = import::read(bytes).and_then(|tables| import::choose(tables, None));
    assert!(started.elapsed() < LONG);
    read.err().map(|error| error.message)
}

#[test]
fn a_sound_workbook_is_read() {
    assert_eq!(refused(&sound()), None);
    assert_eq!(refused(&with(SHEET, |text| text)), None);
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let bomb = with(SHEET, |text| text.replace("<sheetData>", &format!("<sheetData>{}", " ".repeat(101 << 20))));
    assert!(bomb.len() < 2 << 20, "{}", bomb.len());
    assert!(refused(&bomb).unwrap().contains("démesuré"));
    // Memory would be set aside for as many texts as are promised.
    let promise = with(STRINGS, |text| text.replace("uniqueCount=\"4\"", "uniqueCount=\"99999999999999\""));
    assert!(refused(&promise).unwrap().contains("endommagé"));
}

#[test]
fn huge_dimensions_cost_nothing() {
    let far = with(SHEET, |text| {
        let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
        text.replace("ref=\"A1:B2\"", "ref=\"A1:XFD1048576\"").replace("</sheetData>", far)
    });
    assert_eq!(refused(&far), None);
    let reversed = with(SHEET, |text| text.replace("ref=\"A1:B2\"", "ref=\"XFD9999:A1\""));
    let _ = refused(&reversed);
    let rows: String = (3..60_000).map(|i| format!("<row r=\"{i}\"><c r=\"A{i}\"><v>1</v></c></row>")).collect();
    let many = with(SHEET, |text| text.replace("</sheetData>", &format!("{rows}</sheetData>")));
    assert!(refused(&many).unwrap().contains("lignes"));
}

#[test]
fn other_archives_are_named() {
    let archive = |names: &[&str]| {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            out.start_file(*name, SimpleFileOptions::default()).unwrap();
        }
        out.finish().unwrap().into_inner()
    };
    assert!(refused(&archive(&["mimetype", "content.xml"])).unwrap().contains(".ods"));
    assert!(refused(&archive(&["word/document.xml"])).unwrap().contains("Word"));
    assert!(refused(&archive(&["xl/workbook.bin"])).unwrap().contains(".xlsb"));
    assert!(refused(&archive(&["photo.jpg"])).unwrap().contains("n'est pas un classeur"));
    assert!(refused(&archive(&["xl/workbook.xml"])).is_some());
}

#[test]
fn broken_xml_is_told() {
    for (part, text) in [
        (SHEET, ""),
        (SHEET, "<worksheet><sheetData><row><c"),
        (SHEET, "<worksheet><sheetData><row r=\"x\"><c r=\"1A\"><v>z</v></c></row></sheetData></worksheet>"),
        (
            SHEET,
            "<worksheet><sheetData><row r=\"4294967295\"><c r=\"A99999999999\" t=\"s\"><v>99</v></c></row></sheetData></worksheet>",
        ),
        (STRINGS, "<sst><si>"),
        (STRINGS, "<!DOCTYPE a [<!ENTITY b \"c\">]><sst><si><t>&b;</t></si></sst>"),
        ("xl/workbook.xml", "<workbook>"),
        ("xl/_rels/workbook.xml.rels", "<x/>"),
        ("xl/styles.xml", "<styleSheet><cellXfs>"),
    ] {
        let message = refused(&with(part, |_| text.to_owned()));
        assert!(message.is_some(), "{part}: {text}");
    }
}

/// Marsaglia's xorshift: the same numbers on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).unwrap()
    }
}

#[test]
fn truncated_and_flipped_bytes_never_panic() {
    let book = sound();
    let mut text = "\u{FEFF}Nom;Prénom;Session;Blocs\r\n\"Roux\";Léa;2-mars-26;\"1\n2\"\r\n".repeat(3).into_bytes();
    text.extend(b"\xFF\xE9");
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for sound in [&book, &text] {
        for cut in 0..sound.len() {
            if sound.len() < 500 || cut % 37 == 0 {
                refused(&sound[..cut]);
            }
        }
        for _ in 0..400 {
            let mut bytes = sound.clone();
            for _ in 0..=random.below(4) {
                let at = random.below(bytes.len());
                bytes[at] = u8::try_from(random.below(256)).unwrap();
            }
            refused(&bytes);
        }
    }
    // Inside the archive, where checksums do not protect.
    for part in [SHEET, STRINGS, "xl/styles.xml", "xl/workbook.xml"] {
        for _ in 0..60 {
            let (at, to) = (random.below(4000), random.below(128));
            refused(&with(part, |text| {
                let mut chars: Vec<char> = text.chars().collect();
                let at = at % chars.len();
                chars[at] = char::from(u8::try_from(to).unwrap());
                chars.into_iter().collect()
            }));
        }
    }
}

#[test]
fn whatever_a_row_says_nothing_leaves_the_folder_and_no_raw_mark_reaches_the_terminal() {
    let place = Place::base();
    let before = place.files();
    let nasty = [
        "../../x",
        "a/b",
        "nul",
        "\u{1B}[31m",
        "=CMD()",
        "{{ x }}",
        "---",
        "a\u{0}b",
        "\u{202E}",
        "%2e%2e",
        "é".repeat(300).leak(),
    ];
    let mut list = String::from("Nom;Prénom;Session;Parcours\n");
    for a in nasty {
        for b in nasty {
            list += &format!("\"{a}\";\"{b}\";\"2026-06 {a}\";\n");
        }
    }
    place.write("liste.csv", list.replace('\u{0}', ""));
    let run = place.run(&["import", "liste.csv", "--oui"]);
    let raw = |text: &str| text.contains(|c: char| c.is_control() && c != '\n');
    assert!(!raw(&run.stdout) && !raw(&run.stderr), "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("trop long"), "{}", run.stderr);
    for (path, bytes) in &before {
        assert_eq!(place.files().get(path), Some(bytes), "{path}");
    }
    let made: Vec<String> = place.files().into_keys().filter(|p| !before.contains_key(p) && p != "liste.csv").collect();
    assert!(!made.is_empty() && made.iter().all(|p| p.starts_with("content/candidats/2026-06")), "{made:?}");
    place.checks_clean();
}
