//! The colours of a PDF that is kept: what its red, green and blue are, as an ICC profile of sRGB. The figures are those
//! of the standard (IEC 61966-2-1), seen under D50 as such profiles want it; the few hundred bytes are written here, so
//! that they are nobody else's and the same on every day.

use std::sync::LazyLock;

use lopdf::{Document, Object, Stream, dictionary};

use super::error::FinishError;
use super::metadata::text;

/// What the profile is called, there and in the PDF.
const NAME: &str = "sRGB IEC61966-2.1";
const RED: [f64; 3] = [0.436_065_67, 0.222_488_40, 0.013_916_02];
const GREEN: [f64; 3] = [0.385_147_09, 0.716_873_17, 0.097_076_42];
const BLUE: [f64; 3] = [0.143_066_41, 0.060_607_91, 0.714_096_07];
const D50: [f64; 3] = [0.964_202_88, 1.0, 0.824_905_40];
/// From the white of screens, D65, to D50.
const ADAPTATION: [[f64; 3]; 3] = [
    [1.047_882_08, 0.022_918_70, -0.050_216_67],
    [0.029_586_79, 0.990_478_52, -0.017_074_58],
    [-0.009_246_83, 0.015_075_68, 0.751_678_47],
];
/// A power, and a straight line near black.
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45];
const HEADER: usize = 128;

/// The profile as it stands in each document.
static PROFILE: LazyLock<Stream> = LazyLock::new(|| {
    let mut profile = Stream::new(dictionary! { "N" => 3, "Alternate" => "DeviceRGB" }, profile());
    // Where that fails it stays as it is.
    let _ = profile.compress();
    profile
});

/// Says what the colours of the document are.
pub(super) fn declare(document: &mut Document) -> Result<(), FinishError> {
    let profile = document.add_object(PROFILE.clone());
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => text(NAME),
        "RegistryName" => text("http://www.color.org"),
        "Info" => text(NAME),
        "DestOutputProfile" => profile,
    };
    let intent = document.add_object(intent);
    document.catalog_mut()?.set("OutputIntents", vec![Object::from(intent)]);
    Ok(())
}

/// The profile: a header, a table of what is in it and where, and that.
fn profile() -> Vec<u8> {
    let curve = [&b"para\0\0\0\0\0\x03\0\0"[..], &fixed(&CURVE)].concat();
    let xyz = |values: &[f64]| [&b"XYZ \0\0\0\0"[..], &fixed(values)].concat();
    let adaptation = [&b"sf32\0\0\0\0"[..], &fixed(ADAPTATION.as_flattened())].concat();
    let parts: [(&[&[u8; 4]], Vec<u8>); 8] = [
        (&[b"desc"], words(NAME)),
        (&[b"cprt"], words("No copyright, use freely")),
        (&[b"wtpt"], xyz(&D50)),
        (&[b"chad"], adaptation),
        (&[b"rXYZ"], xyz(&RED)),
        (&[b"gXYZ"], xyz(&GREEN)),
        (&[b"bXYZ"], xyz(&BLUE)),
        (&[b"rTRC", b"gTRC", b"bTRC"], curve),
    ];
    let count = parts.iter().map(|(names, _)| names.len()).sum::<usize>();
    let (mut table, mut content) = (number(count).to_vec(), Vec::new());
    for (names, bytes) in parts {
        let start = HEADER + 4 + 12 * count + content.len();
        for name in names {
            table.extend([**name, number(start), number(bytes.len())].concat());
        }
        content.extend(&bytes);
        // Each part begins at a multiple of four.
        content.resize(content.len().next_multiple_of(4), 0);
    }
    let mut header = vec![0; HEADER];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &number(HEADER + table.len() + content.len()));
    // The version of the profiles that PDF 1.7 knows, 4.2; a screen's, from RGB to XYZ.
    put(8, &[4, 0x20]);
    put(12, b"mntrRGB XYZ ");
    // A day, which must be one: that of the standard.
    put(24, &[1999_u16, 10, 18].map(u16::to_be_bytes).concat());
    put(36, b"acsp");
    put(68, &fixed(&D50));
    [header, table, content].concat()
}

fn words(text: &str) -> Vec<u8> {
    let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    [&b"mluc\0\0\0\0"[..], &number(1), &number(12), b"enUS", &number(letters.len()), &number(28), &letters].concat()
}

/// Numbers with sixteen bits before and after the point.
#[allow(clippy::cast_possible_truncation)]
fn fixed(values: &[f64]) -> Vec<u8> {
    values.iter().flat_map(|value| ((value * 65_536.0).round() as i32).to_be_bytes()).collect()
}

fn number(value: usize) -> [u8; 4] {
    u32::try_from(value).unwrap_or(u32::MAX).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_the_profile_stand_where_its_table_says() {
        let profile = profile();
        let at = |at: usize| u32::from_be_bytes(profile[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!((at(0), at(HEADER)), (profile.len(), 10));
        assert!(profile.len() < 1024, "{}", profile.len());
        for entry in (0..10).map(|n| HEADER + 4 + 12 * n) {
            let (start, length) = (at(entry + 4), at(entry + 8));
            assert!(start % 4 == 0 && start + length <= profile.len(), "{entry}");
            let kind = &profile[start..start + 4];
            assert!([&b"mluc"[..], b"XYZ ", b"sf32", b"para"].contains(&kind), "{kind:?}");
        }
    }

    #[test]
    fn white_is_the_sum_of_the_three() {
        for (n, white) in D50.iter().enumerate() {
            assert!((RED[n] + GREEN[n] + BLUE[n] - white).abs() < 2e-4);
        }
    }
}
