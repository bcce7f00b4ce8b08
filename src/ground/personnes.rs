//! Names of persons as they are compared. What follows where two are the same is left to those who ask.

use super::fold::letters;

/// What stands before a family name and is no first name.
pub(crate) const CIVILITES: [&str; 6] = ["m", "mr", "mme", "mlle", "madame", "monsieur"];

/// The words of a name without what people write differently: case, accents, hyphens.
pub(crate) fn name(written: &str) -> Vec<String> {
    letters(written).split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()).map(ToOwned::to_owned).collect()
}

/// The same, without what may stand before it.
pub(crate) fn personne(written: &str) -> Vec<String> {
    let mut words = name(written);
    if words.len() > 1 && CIVILITES.contains(&words[0].as_str()) {
        words.remove(0);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        assert_eq!(name("Marie-Ange  LE BIHAN"), name("marie ange Le Bihan"));
        assert_eq!(name("Hélène"), name("HELENE"));
        assert_ne!(name("李娜"), name("王伟"));
    }
}
