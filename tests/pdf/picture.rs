//! A printed page as a copying machine sees it: grey pixels, 100 to the inch, and where its words stand.

use std::path::Path;
use std::process::Command;

const DPI: f64 = 100.0;
const MM: f64 = DPI / 25.4;

pub struct Picture {
    width: usize,
    height: usize,
    grey: Vec<u8>,
    words: Vec<Word>,
}

/// A word and its box, in pixels from the page's upper left corner.
pub struct Word {
    pub text: String,
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Picture {
    pub fn of(pdf: &Path, page: usize) -> Self {
        let page = page.to_string();
        let run = |program: &str, before: &[&str], after: &[&str]| {
            let mut command = Command::new(program);
            command.args(before).args(["-f", &page, "-l", &page]).arg(pdf).args(after).output().unwrap().stdout
        };
        let pgm = run("pdftoppm", &["-r", "100", "-gray"], &[]);
        let header: Vec<&str> =
            pgm.splitn(4, |b| b.is_ascii_whitespace()).take(3).map(|b| std::str::from_utf8(b).unwrap()).collect();
        let [width, height] = [1, 2].map(|i: usize| header[i].parse::<usize>().unwrap());
        let grey = pgm[pgm.len() - width * height..].to_vec();
        let words = String::from_utf8(run("pdftotext", &["-bbox"], &["-"])).unwrap();
        Self { width, height, grey, words: words.lines().filter_map(word).collect() }
    }

    /// The places of a word, in the order of the text.
    pub fn words(&self, text: &str) -> Vec<&Word> {
        self.words.iter().filter(|word| word.text == text).collect()
    }

    pub fn all_words(&self) -> &[Word] {
        &self.words
    }

    /// Where dark lines cross a vertical, in millimetres from the page's upper edge.
    pub fn rules(&self, x: f64, top: f64, bottom: f64) -> Vec<f64> {
        let dark = |y: usize| self.is_dark((x * MM) as usize, y);
        let begins = ((top * MM) as usize..(bottom * MM) as usize).filter(|y| dark(*y) && !dark(y - 1));
        begins.map(|y| y as f64 / MM).collect()
    }

    /// Whether a copy in black and white keeps a pixel.
    fn is_dark(&self, x: usize, y: usize) -> bool {
        self.grey[y * self.width + x] < 128
    }

    /// Width and height of the white place around a point, in millimetres, up to the next dark pixels beside it.
    pub fn room(&self, x: f64, y: f64) -> (f64, f64) {
        let (x, y) = (x as usize, y as usize);
        let across = |xs: &mut dyn Iterator<Item = usize>| xs.take_while(|x| !self.is_dark(*x, y)).count();
        let along = |ys: &mut dyn Iterator<Item = usize>| ys.take_while(|y| !self.is_dark(x, *y)).count();
        let width = across(&mut (0..x).rev()) + across(&mut (x..self.width));
        let height = along(&mut (0..y).rev()) + along(&mut (y..self.height));
        (width as f64 / MM, height as f64 / MM)
    }

    /// How many dark pixels a copy in black and white keeps of a part of the page, in millimetres from its corner.
    pub fn dark(&self, left: f64, top: f64, right: f64, bottom: f64) -> usize {
        let range = |from: f64, to: f64, most: usize| (from * MM) as usize..((to * MM) as usize).min(most);
        range(top, bottom, self.height)
            .flat_map(|y| range(left, right, self.width).map(move |x| (x, y)))
            .filter(|(x, y)| self.is_dark(*x, *y))
            .count()
    }
}

pub fn mm(millimetres: f64) -> f64 {
    millimetres * MM
}

/// A line of `pdftotext -bbox`; points are 72 to the inch.
fn word(line: &str) -> Option<Word> {
    let (attributes, text) = line.trim().strip_prefix("<word ")?.split_once('>')?;
    let mut sides = attributes.split('"').skip(1).step_by(2).map(|n| n.parse::<f64>().unwrap() * DPI / 72.0);
    let mut side = || sides.next().unwrap();
    let (left, top, right, bottom) = (side(), side(), side(), side());
    Some(Word { text: text.strip_suffix("</word>")?.to_owned(), left, top, right, bottom })
}
