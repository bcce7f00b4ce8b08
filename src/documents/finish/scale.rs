//! Whether Chrome printed at full size. What is wider than its page makes Chrome shrink the whole document, in silence:
//! boxes, ruled lines and places to sign would no longer be what the theme promises.

use lopdf::Document;

use super::contents::Contents;

/// A pixel of CSS in points.
const PIXEL: f32 = 0.75;

/// What Chrome shrank a document to, 1 if it did not. All its pages have the same scale; margin boxes are never shrunk,
/// so a page with nothing else on it does not tell.
pub(super) fn of(document: &Document, contents: &Contents) -> f32 {
    let content = |page| contents.joined(&document.get_page_contents(page));
    let pages = document.page_iter().filter_map(|page| of_page(&content(page)));
    pages.fold(1.0, f32::min)
}

/// Chrome sets two matrices before it draws: its device's, and that of the page's contents.
fn of_page(content: &[u8]) -> Option<f32> {
    let mut words = content.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let mut matrix = || {
        let mut operands = Vec::new();
        for word in words.by_ref() {
            match word {
                b"cm" => break,
                b"BT" | b"Do" => return None,
                _ => operands.push(word),
            }
        }
        let number =
            |back: usize| std::str::from_utf8(operands.get(operands.len().checked_sub(back)?)?).ok()?.parse().ok();
        let [a, b, c, d]: [f32; 4] = [number(6)?, number(5)?, number(4)?, number(3)?];
        (b == 0.0 && c == 0.0 && (a.abs() - d.abs()).abs() < 1e-3).then_some(a)
    };
    let (device, page) = (matrix()?, matrix()?);
    let scale = device * page / PIXEL;
    // Chrome rounds its numbers, and shrinks to half at most: a page that is one group, half transparent as a whole, has
    // its own matrix inside of that.
    (0.45..0.998).contains(&scale).then_some(scale)
}

#[cfg(test)]
mod tests {
    use super::of_page;

    #[test]
    fn a_page_that_was_shrunk_is_told_from_others() {
        let page = |scale: &str| {
            format!(
                ".23999999 0 0 -.23999999 0 594.96 cm\nq\n237 237 3035 2007 re\nW* n\nq\n{scale} 0 0 {scale} 237 237 cm\nBT\n"
            )
        };
        assert_eq!(of_page(page("3.125").as_bytes()), None);
        assert_eq!(of_page(page("1").as_bytes()), None);
        assert!((of_page(page("2.6601713").as_bytes()).unwrap() - 0.851).abs() < 0.001);
        for other in ["", "q BT ET Q", "1 0 0 1 5 5 cm BT", "0 1 -1 0 0 0 cm 2 0 0 2 0 0 cm", "cm cm", "a b c d e f cm"]
        {
            assert_eq!(of_page(other.as_bytes()), None, "{other}");
        }
    }
}
