//! The pages of a printed PDF as pictures, so that a preview shows exactly what comes out of the printer in any
//! browser, wherever it was scrolled, whether or not that browser opens PDFs itself.

use hayro_svg::hayro_interpret::InterpreterSettings;
use hayro_svg::hayro_syntax::Pdf;
use hayro_svg::{RenderCache, SvgRenderSettings, convert};

/// One page, counted from 1, as SVG. `None` if there is no such page, or no PDF.
pub(crate) fn page(bytes: Vec<u8>, number: usize) -> Option<String> {
    let pdf = Pdf::new(bytes).ok()?;
    let page = pdf.pages().get(number.checked_sub(1)?)?;
    let white = SvgRenderSettings { bg_color: [255; 4] };
    Some(convert(page, &RenderCache::new(), &InterpreterSettings::default(), &white))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pdf_has_no_pages() {
        assert!(page(b"<html>".to_vec(), 1).is_none());
        assert!(page(Vec::new(), 0).is_none());
    }
}
