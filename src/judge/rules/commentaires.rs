//! A bloc has comments.

use super::rule::{Manque, OfBloc};

pub static RULE: OfBloc = OfBloc {
    code: "commentaires",
    contradictions: None,
    manque: Some(|bloc, evaluation| {
        let missing = bloc.regles.commentaires_obligatoires && !evaluation.commente;
        Manque::of(missing, "les commentaires (obligatoires)", "commentaires")
    }),
};
