use super::*;
use crate::ground::diagnostic::Code;

const JPEG: &[u8] = include_bytes!("../../../../tests/images/simple.jpg");
const PROGRESSIVE: &[u8] = include_bytes!("../../../../tests/images/progressive.jpg");
const CMYK: &[u8] = include_bytes!("../../../../tests/images/cmyk.jpg");
const PNG: &[u8] = include_bytes!("../../../../tests/images/seize-bits.png");
const GIF: &[u8] = include_bytes!("../../../../tests/images/simple.gif");
const WEBP: &[u8] = include_bytes!("../../../../tests/images/simple.webp");
const ALL: [&[u8]; 6] = [JPEG, PROGRESSIVE, CMYK, PNG, GIF, WEBP];

fn code(bytes: &[u8]) -> Option<Code> {
    flaws("a.PNG", bytes).first().map(|flaw| flaw.code)
}

fn svg(text: &str) -> Vec<Flaw> {
    flaws("a.svg", text.as_bytes())
}

/// What stands in an SVG that is sound otherwise.
fn inner(text: &str) -> Vec<Flaw> {
    svg(&format!(
        "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
         xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">\n{text}\n</svg>\n"
    ))
}

#[test]
fn pictures_are_known_by_what_is_in_them() {
    for sound in ALL {
        assert_eq!(flaws("a.png", sound), []);
    }
    for none in [&b""[..], b"root:x:0:0", b"RIFF....WAVE", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"] {
        assert_eq!(code(none), Some(Code::PasUneImage));
    }
}

#[test]
fn a_picture_that_was_cut_anywhere_is_damaged() {
    for whole in ALL {
        for end in (12..whole.len() - 2).step_by(7) {
            // A GIF may lack the sign of its end.
            if whole != GIF || end + 8 < whole.len() {
                assert_eq!(code(&whole[..end]), Some(Code::ImageAbimee), "{end} of {}", whole.len());
            }
        }
        let longer = [whole, &[0xFF; 99]].concat();
        assert_eq!(code(&longer), None, "what follows the end is nobody's");
    }
}

#[test]
fn a_picture_of_wrong_data_is_damaged() {
    let mut png = PNG.to_vec();
    let data = png.windows(4).position(|name| name == b"IDAT").unwrap() + 20;
    png[data] ^= 1;
    assert_eq!(code(&png), Some(Code::ImageAbimee), "its checksum");
    // Without one of the tables that its data are read with.
    let mut jpeg = JPEG.to_vec();
    let table = jpeg.windows(2).position(|mark| mark == b"\xFF\xC4").unwrap();
    jpeg[table + 1] = 0xE5;
    assert_eq!(code(&jpeg), Some(Code::ImageAbimee));
}

#[test]
fn sizes_that_no_page_needs_cost_no_memory() {
    let sized = |width: u32, height: u32| {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_depth(png::BitDepth::One);
        encoder.write_header().unwrap();
        bytes
    };
    assert_eq!(code(&sized(60_000, 60_000)), Some(Code::ImageTropGrande));
    let mut none = sized(9, 9);
    none[16..20].fill(0);
    assert_eq!(code(&none), Some(Code::ImageAbimee));
    let mut gif = GIF.to_vec();
    gif[6..10].fill(0xFF);
    assert_eq!(code(&gif), Some(Code::ImageTropGrande));
}

#[test]
fn svgs_are_well_formed() {
    let whole =
        "<?xml version=\"1.0\"?>\n<!-- x --><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><g/></svg>\n";
    for sound in [
        whole,
        &format!("\u{FEFF}{whole}"),
        "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\" width=\"20mm\" height=\"1e1\"/>",
        "<!DOCTYPE svg [<!ENTITY n \"http://www.w3.org/2000/svg\">]><svg xmlns=\"&n;\" viewBox=\"0,0,9,9\"><a>&n;</a></svg>",
        "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100%\" viewBox=\"0 0 9 9\"/>",
    ] {
        assert_eq!(svg(sound), [], "{sound}");
    }
    for (code, wrong) in [
        (Code::PasUneImage, "<svg"),
        (Code::ImageAbimee, &whole[..whole.len() - 8]),
        (Code::PasUneImage, "x"),
        (Code::PasUneImage, "<svg/>"),
        (Code::PasUneImage, "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>"),
        (Code::ImageAbimee, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\" height=\"9\"/>"),
        (Code::ImageAbimee, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 0\"/>"),
        (
            Code::ImageAbimee,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><use xlink:href=\"#a\"/></svg>",
        ),
        (Code::SvgSansTaille, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100%\" height=\"100%\"/>"),
    ] {
        assert_eq!(svg(wrong).first().map(|flaw| flaw.code), Some(code), "{wrong}");
    }
    let flaw = inner("<text>\n&nbsp;</text>").remove(0);
    assert!(flaw.reason.contains("&nbsp;") && flaw.at.unwrap().0 == 4, "{}", flaw.reason);
}

#[test]
fn svgs_that_need_another_file_are_named_with_it_and_its_line() {
    for (address, text) in [
        ("plan.png", "<image href=\"plan.png\"/>"),
        ("http://a/b.png?x&y", "<image xlink:href=\"http://a/b.png?x&amp;y\"/>"),
        ("b.svg#s", "<use href=\"b.svg#s\"/>"),
        ("g.svg#g", "<g style=\"fill:url('g.svg#g')\"/>"),
        ("g.svg#g", "<g filter=\"url( g.svg#g )\"/>"),
        ("a.css", "<style>@import 'a.css';</style>"),
        ("https://f/css2?family=X", "<style><![CDATA[ @import url(https://f/css2?family=X); ]]></style>"),
        ("x.woff2", "<style>@font-face { src: url(\"x.woff2\") }</style>"),
        ("<script>", "<script>draw()</script>"),
        ("a.png", "<foreignObject><img xmlns=\"http://www.w3.org/1999/xhtml\" src=\"a.png\"/></foreignObject>"),
        ("a.png", "<feImage href=\"a.png\"/>"),
    ] {
        let [flaw] = &inner(text)[..] else { panic!("{text}: {:?}", inner(text)) };
        assert_eq!(flaw.code, Code::SvgQuiRenvoieAilleurs, "{text}");
        let message = flaw.message("a.svg");
        assert!(message.contains(address) && message.contains("(ligne 3)"), "{text}: {message}");
    }
    let two = inner("<image href=\"a.png\"/>\n<image href=\"b.png\"/>").remove(0);
    assert_eq!(two.more, ["« b.png » (ligne 4)"]);
    let entity = "<!DOCTYPE svg [<!ENTITY a SYSTEM \"a.txt\">]><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">&a;</svg>";
    assert!(svg(entity)[0].reason.contains("a.txt"));
    let sheet = "<?xml-stylesheet href=\"a.css\"?><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>";
    assert!(svg(sheet)[0].reason.contains("a.css"));
}

#[test]
fn svgs_that_hold_all_they_need_are_pictures() {
    for text in [
        "<defs><g id=\"a\"/></defs><use href=\"#a\"/><use xlink:href=\"#a\"/>",
        "<a href=\"https://example.org\"><rect/></a>",
        "<g style=\"fill:url(&quot;#a&quot;)\" clip-path=\"url(#b)\"/>",
        "<style>@namespace svg url(http://www.w3.org/2000/svg); /* url(x.png) */ g { mask: url(#m) }</style>",
        "<image href=\"data:image/svg+xml,%3Csvg/%3E\"/>",
        "<metadata><r:a xmlns:r=\"http://r\" r:href=\"x.png\" r:resource=\"http://y\"/></metadata>",
        "<animate attributeName=\"x\" to=\"3\"/><text>url(x.png) &amp; &#233;</text>",
    ] {
        assert_eq!(inner(text), [], "{text}");
    }
    let data = |bytes| {
        use base64::Engine as _;
        let data = base64::engine::general_purpose::STANDARD_NO_PAD.encode(bytes);
        inner(&format!("<image\n href=\"data:image/png;base64,{data}\"/>"))
    };
    assert_eq!(data(PNG), []);
    let flaw = data(&PNG[..200]).remove(0);
    assert_eq!((flaw.code, flaw.at.unwrap().0), (Code::ImageAbimee, 4), "a picture in it that was cut");
}

#[test]
fn a_picture_is_looked_at_once_for_all_that_name_it() {
    let mut pictures = Pictures::default();
    let first = pictures.flaws("a.png", &PNG[..99]);
    assert!(Arc::ptr_eq(&first, &pictures.flaws("a.png", PNG)), "as long as files are not read again");
    pictures.read_again();
    assert!(Arc::ptr_eq(&first, &pictures.flaws("b.png", &PNG[..99])), "whatever its name");
    assert_eq!(*pictures.flaws("a.png", PNG), []);
}
