//! A sheet as text: what French Excel opens with a double click and LibreOffice without a question.

use super::columns::{Cellule, texte};
use super::sheet::{Feuille, QUI};

/// A byte order mark, semicolons, Windows' line ends, a decimal comma.
pub fn csv(feuille: &Feuille) -> Vec<u8> {
    let titres = QUI.iter().copied().chain(feuille.colonnes.iter().map(|c| c.titre.as_str()));
    let derives =
        feuille.lignes.first().map(|l| l.derives.iter().map(|(titre, _)| titre.as_str())).into_iter().flatten();
    let mut out = "\u{FEFF}".to_owned() + &row(titres.chain(derives).map(str::to_owned));
    for ligne in &feuille.lignes {
        let results = ligne.cellules.iter().zip(&feuille.colonnes).map(|(cellule, colonne)| match cellule {
            Cellule::Ouverte(Some(valeur)) => comma(texte(*valeur, colonne.echelle())),
            _ => String::new(),
        });
        // « 1 / 5 » would be a date for Excel.
        let value = |value: &Option<String>| value.as_deref().unwrap_or_default().replace(" / ", "\u{A0}/\u{A0}");
        let derived = ligne.derives.iter().map(|(_, derived)| value(derived));
        out += &row(ligne.qui.iter().cloned().chain(results).chain(derived));
    }
    out.into_bytes()
}

/// « 12,5 » for 12.5: with a point French Excel reads a date.
fn comma(text: String) -> String {
    let number = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if number { text.replace('.', ",") } else { text }
}

fn row(cells: impl Iterator<Item = String>) -> String {
    cells.map(|cell| quoted(&cell)).collect::<Vec<_>>().join(";") + "\r\n"
}

/// Excel runs what begins like a formula: an apostrophe keeps it a text, and is taken away when it comes back.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t']) && cell.chars().count() > 1;
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    let plain = !cell.contains([';', '"', '\n', '\r']) && cell.trim() == cell;
    if plain { cell } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_as_excel_reads_them() {
        assert_eq!(quoted("Le \"Pas\" ; Brest"), "\"Le \"\"Pas\"\" ; Brest\"");
        assert_eq!((quoted("=1+1"), quoted("-"), quoted("+")), ("'=1+1".into(), "-".into(), "+".into()));
        assert_eq!((comma("12.5".into()), comma("C1.2".into())), ("12,5".into(), "C1.2".into()));
    }
}
