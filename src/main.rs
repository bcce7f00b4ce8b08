use livret::{diagnostic::*, plan::plan, project::Project, render::Renderer, source::*};
fn main() {
    let mut s = Sources::default();
    let mut d = Diagnostics::default();
    let root = std::path::PathBuf::from(std::env::args().nth(1).unwrap_or(".".into()));
    let p = Project::read(&root, &mut s, &mut d);
    if let Some(p) = &p {
        let docs = plan(&p.theme, &p.referentiels, &p.candidats, "", &mut d);
        if let Some(r) = Renderer::new(p, &docs, &s, true, &mut d) {
            for doc in &docs {
                match r.render(doc) {
                    Ok(h) => {
                        let path = std::path::Path::new("/tmp/out").join(doc.html());
                        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                        std::fs::write(&path, r.assets().inline(&h)).unwrap();
                        println!("{} {}", doc.html(), h.len());
                    }
                    Err(e) => d.push(*e),
                }
            }
        }
    }
    print!("{}", show::show(&d.sorted(&s), &s, false));
}
