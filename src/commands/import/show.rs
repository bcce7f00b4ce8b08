//! What an import would do, before anything is written: which column is read as what, every row of the list, and what is
//! wrong.

use std::collections::BTreeSet;
use std::path::Path;

use unicode_width::UnicodeWidthStr as _;

use crate::authoring::import::Chosen;
use crate::authoring::import::plan::{Plan, numbers, untitled};
use crate::authoring::import::roles::label;
use crate::authoring::import::row::Problem;
use crate::authoring::import::table::letters;
use crate::ground::paths;
use crate::ground::terminal::Terminal;
use crate::ground::text::count;
use crate::judge::project::Project;

/// Shows a plan.
pub(crate) fn show(file: &Path, list: &Chosen, plan: &Plan, project: &Project, terminal: &Terminal) {
    let sheet = list.table.sheet.as_ref().map(|sheet| format!(", feuille « {sheet} »")).unwrap_or_default();
    terminal.line(&format!("{}{sheet} : {}", file.display(), sum(list, plan)));
    if let Some(read_as) = &list.table.read_as {
        terminal.line(read_as);
    }
    if !list.others.is_empty() {
        terminal.line(&format!("feuilles laissées de côté : {}", list.others.join(", ")));
    }
    let there = plan.there.iter().map(|(row, path)| format!("  ligne {row} : {path}"));
    let sections = [
        ("Colonnes".to_owned(), columns(list, project)),
        (format!("À écrire ({})", plan.write.len()), candidats(plan)),
        (format!("Déjà là, laissés tels quels ({})", plan.there.len()), first(there.collect())),
        (format!("Laissées de côté ({})", count(plan.left.len(), "ligne(s)")), left(plan)),
        ("À noter".to_owned(), listed(&plan.remarks)),
    ];
    for (title, text) in sections.into_iter().filter(|(_, text)| !text.is_empty()) {
        terminal.line(&format!("\n{title} :\n{text}"));
    }
    to_correct(&plan.problems, &count(lines(&plan.problems).len(), "ligne(s)"), terminal);
    terminal.line("");
}

/// Says what is wrong, if anything is; `n` is how much.
pub(super) fn to_correct(problems: &[Problem], n: &str, terminal: &Terminal) {
    if !problems.is_empty() {
        terminal.error(&format!("\nÀ corriger ({n}) :\n{}\n", listed(problems)));
    }
}

/// « 12 lignes : 1 de titres (3), 1 au-dessus (1), 8 à écrire, 2 laissées de côté (7, 9) »: together they are all.
fn sum(list: &Chosen, plan: &Plan) -> String {
    let mut parts = vec![format!("titres à la ligne {}", list.header.row)];
    let mut add = |n: usize, what: &str, rows: &[u32]| match rows {
        _ if n == 0 => {}
        [] => parts.push(count(n, what)),
        _ => parts.push(format!("{} ({})", count(n, what), numbers(rows))),
    };
    let there: Vec<u32> = plan.there.iter().map(|(row, _)| *row).collect();
    let wrong: Vec<u32> = lines(&plan.problems).into_iter().collect();
    let left: Vec<u32> = plan.left.iter().map(|(row, _)| *row).collect();
    add(plan.above.len(), "au-dessus", &plan.above);
    add(plan.write.len(), "à écrire", &[]);
    add(there.len(), "déjà là", &there);
    add(wrong.len(), "à corriger", &wrong);
    add(left.len(), "laissée(s) de côté", &left);
    format!("{} : {}", count(list.table.rows.len(), "ligne(s)"), parts.join(", "))
}

/// What became of each column.
fn columns(list: &Chosen, project: &Project) -> String {
    let header = &list.header;
    let titled = header.titles.iter().map(|(column, title)| {
        let read = header.field(*column).map(|field| field.label());
        let read = read.or_else(|| label(header, *column, &project.referentiels));
        let left =
            || header.left_out(*column).map_or("laissée de côté".into(), |why| format!("laissée de côté ({why})"));
        format!("  {} « {title} » → {}", letters(*column), read.unwrap_or_else(left))
    });
    let untitled = untitled(&list.table, header);
    let untitled =
        untitled.iter().map(|(column, row)| format!("  {column} sans titre → laissée de côté (ligne {row})"));
    titled.chain(untitled).collect::<Vec<_>>().join("\n")
}

/// The rows that are left out, those of one reason together.
fn left(plan: &Plan) -> String {
    let mut reasons: Vec<(&str, Vec<u32>)> = Vec::new();
    for (row, what) in &plan.left {
        match reasons.iter_mut().find(|(known, _)| known == what) {
            Some((_, rows)) => rows.push(*row),
            None => reasons.push((what, vec![*row])),
        }
    }
    let line = |(what, rows): (&str, Vec<u32>)| {
        let s = if rows.len() > 1 { "s" } else { "" };
        let what = what.strip_prefix("masquée(s)").map_or(what.to_owned(), |rest| format!("masquée{s}{rest}"));
        format!("  ligne{s} {} : {what}", numbers(&rows))
    };
    first(reasons.into_iter().map(line).collect())
}

fn first(mut lines: Vec<String>) -> String {
    if lines.len() > 20 {
        lines.truncate(20);
        lines.push("  …".to_owned());
    }
    lines.join("\n")
}

/// The rows that have problems.
fn lines(problems: &[Problem]) -> BTreeSet<u32> {
    problems.iter().map(|problem| problem.row).collect()
}

/// Each way out is said once, after the first of the problems that share it.
fn listed(problems: &[Problem]) -> String {
    let mut told = BTreeSet::new();
    let mut out = Vec::new();
    for problem in problems {
        out.push(format!("  {} : {}", problem.place, problem.message));
        if let Some(help) = problem.help.as_deref().filter(|help| told.insert(help.to_owned())) {
            out.push(format!("     aide : {help}"));
        }
    }
    out.join("\n")
}

/// What would be written, in columns as wide as they have to be; those in which nothing stands are left out.
fn candidats(plan: &Plan) -> String {
    let titles = ["fichier", "candidat", "entreprise", "évaluateurs", "référentiel", "parcours"].map(str::to_owned);
    let mut rows = vec![titles];
    rows.extend(plan.write.iter().map(|sound| {
        let c = &sound.candidat;
        let blocs = if c.blocs.is_empty() { String::new() } else { format!(" ({})", c.blocs.join(", ")) };
        let evaluateurs: Vec<&str> = c.evaluateurs.iter().map(|e| e.nom.as_str()).collect();
        [
            paths::fiche(&sound.session, &sound.id),
            c.nom_complet(),
            c.entreprise.clone().unwrap_or_default(),
            evaluateurs.join(", "),
            c.referentiel.clone(),
            format!("{}{blocs}", c.parcours),
        ]
    }));
    let used: Vec<usize> = (0..6).filter(|i| rows.iter().skip(1).any(|row| !row[*i].is_empty())).collect();
    let width = |i: usize| rows.iter().map(|row| row[i].width()).max().unwrap_or(0);
    let widths: Vec<(usize, usize)> = used.into_iter().map(|i| (i, width(i))).collect();
    let line = |row: &[String; 6]| {
        let cells = widths.iter().map(|(i, width)| row[*i].clone() + &" ".repeat(width - row[*i].width()));
        format!("  {}", cells.collect::<Vec<_>>().join("  ")).trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_out_is_told_once() {
        let problem =
            |row, place: &str| Problem { row, place: place.into(), message: "m".into(), help: Some("h".into()) };
        let all = [problem(2, "B2"), problem(2, "C2"), problem(3, "ligne 3")];
        assert_eq!(listed(&all[1..]), "  C2 : m\n     aide : h\n  ligne 3 : m");
        assert_eq!(lines(&all).len(), 2);
    }
}
