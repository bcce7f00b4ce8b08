//! Pictures of points, decoded to their last row. What a decoder cannot read though it may be sound (a kind of JPEG that
//! is hardly used) is left for the browser to say.

use std::io::{Cursor, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind};

use gif::DecodingError as Gif;
use image_webp::{DecodingError as WebP, WebPDecoder};
use png::DecodingError as Png;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors as Jpeg;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::flaw::Flaw;
use crate::ground::diagnostic::Code;

/// The most points that are decoded: an A3 sheet scanned at 600 dpi has 70 million.
const MOST: u64 = 100_000_000;

const CUT: &str = "il en manque la fin";
const BROKEN: &str = "ses données sont fausses";
const EMPTY: &str = "sa largeur ou sa hauteur est nulle";

/// What is wrong with them. Browsers look at the first bytes, and not at the name.
pub(crate) fn flaw(bytes: &[u8]) -> Option<Flaw> {
    let decode: fn(&[u8]) -> Result<(), Flaw> = match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => png,
        [0xFF, 0xD8, 0xFF, ..] => jpeg,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => gif,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp,
        _ => return Some(Flaw::none("ce qu'il contient n'en est pas une, quel que soit son nom")),
    };
    // Whatever a decoder makes of damaged bytes, it is a message about the picture.
    catch_unwind(AssertUnwindSafe(|| decode(bytes))).unwrap_or_else(|_| Err(Flaw::damaged(BROKEN))).err()
}

/// Whether it has points, and not too many of them.
fn size(width: u64, height: u64) -> Result<(), Flaw> {
    if width == 0 || height == 0 {
        return Err(Flaw::damaged(EMPTY));
    }
    if width.saturating_mul(height) > MOST {
        return Err(too_large(&format!("{width} × {height}")));
    }
    Ok(())
}

fn too_large(size: &str) -> Flaw {
    Flaw::new(Code::ImageTropGrande, format!("est une image trop grande : {size} points"))
}

fn io(error: &std::io::Error) -> Flaw {
    Flaw::damaged(if error.kind() == ErrorKind::UnexpectedEof { CUT } else { BROKEN })
}

fn png(bytes: &[u8]) -> Result<(), Flaw> {
    let wrong = |error| if let Png::IoError(error) = error { io(&error) } else { Flaw::damaged(BROKEN) };
    // The decoder refuses this size with other words.
    if let Some([a, b, c, d, e, f, g, h]) = bytes.get(16..24) {
        size(u32::from_be_bytes([*a, *b, *c, *d]).into(), u32::from_be_bytes([*e, *f, *g, *h]).into())?;
    }
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().map_err(wrong)?;
    while reader.next_row().map_err(wrong)?.is_some() {}
    reader.finish().map_err(wrong)
}

fn jpeg(bytes: &[u8]) -> Result<(), Flaw> {
    if !has_end(bytes) {
        return Err(Flaw::damaged(CUT));
    }
    // A decoder that is not strict makes grey of what is missing.
    let options = DecoderOptions::default().set_strict_mode(true).set_max_width(usize::MAX).set_max_height(usize::MAX);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let wrong = |error: Jpeg| match error {
        Jpeg::Unsupported(_) => None,
        // Harmless, and seen in photographs.
        Jpeg::FormatStatic(text) if text.contains("Extra bytes") => None,
        Jpeg::ZeroError => Some(Flaw::damaged(EMPTY)),
        Jpeg::ExhaustedData | Jpeg::IoErrors(_) => Some(Flaw::damaged(CUT)),
        _ => Some(Flaw::damaged(BROKEN)),
    };
    if let Err(error) = decoder.decode_headers() {
        return wrong(error).map_or(Ok(()), Err);
    }
    let (width, height) = decoder.dimensions().unwrap_or_default();
    size(width as u64, height as u64)?;
    decoder.decode().err().and_then(wrong).map_or(Ok(()), Err)
}

/// Whether the segments of a JPEG lead to the mark of its end.
fn has_end(bytes: &[u8]) -> bool {
    let mut at = 2;
    // Between segments, and in the data of the picture: up to a mark that is one of neither data nor restart.
    let is_mark = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0x01 | 0xD0..=0xD7 | 0xFF);
    while let Some(next) = bytes.get(at..).and_then(|rest| rest.windows(2).position(is_mark)) {
        let mark = at + next;
        if bytes[mark + 1] == 0xD9 {
            return true;
        }
        let Some([high, low]) = bytes.get(mark + 2..mark + 4) else { return false };
        at = mark + 2 + usize::from(u16::from_be_bytes([*high, *low]));
    }
    false
}

fn gif(bytes: &[u8]) -> Result<(), Flaw> {
    let wrong = |error| match error {
        Gif::Io(error) => io(&error),
        Gif::UnexpectedEof => Flaw::damaged(CUT),
        Gif::MemoryLimit | Gif::OutOfMemory => too_large("plus de 10000 × 10000"),
        _ => Flaw::damaged(BROKEN),
    };
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::Indexed);
    options.set_memory_limit(gif::MemoryLimit::Bytes(MOST.try_into().expect("not zero")));
    let mut decoder = options.read_info(Cursor::new(bytes)).map_err(wrong)?;
    size(decoder.width().into(), decoder.height().into())?;
    // The first frame is what is printed; some files end right after it, without the sign of their end.
    decoder.read_next_frame().map_err(wrong)?.ok_or_else(|| Flaw::damaged(CUT)).map(drop)
}

fn webp(bytes: &[u8]) -> Result<(), Flaw> {
    let wrong = |error| if let WebP::IoError(error) = error { io(&error) } else { Flaw::damaged(BROKEN) };
    let said = bytes.get(4..8).and_then(|said| said.try_into().ok()).map_or(0, u32::from_le_bytes);
    if said as usize + 8 > bytes.len() {
        return Err(Flaw::damaged(CUT));
    }
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(wrong)?;
    let (width, height) = decoder.dimensions();
    size(width.into(), height.into())?;
    decoder.set_memory_limit(4 * usize::try_from(MOST).unwrap_or(usize::MAX));
    let mut points = vec![0; decoder.output_buffer_size().unwrap_or_default()];
    decoder.read_image(&mut points).map_err(wrong)
}
