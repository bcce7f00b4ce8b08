//! Who gets what from the preview.

use std::fs;
use std::net::TcpListener;

use super::{LIVRET, Watched};

#[test]
fn only_this_machine_only_the_output_only_reading() {
    let watched = Watched::start_with(&["--no-pdf"], |path| fs::write(path.join("secret.html"), "secret").unwrap());
    let port = watched.port;
    for host in [format!("127.0.0.1:{port}"), format!("localhost:{port}"), format!("LOCALHOST:{port}")] {
        assert_eq!(watched.ask("GET", "/", &host).0, 200, "{host}");
    }
    // A page elsewhere whose name leads to this machine.
    for host in [
        "evil.example",
        &format!("evil.example:{port}"),
        "127.0.0.1",
        "127.0.0.1:1",
        &format!("127.0.0.1:{port}.evil.example"),
        "",
    ] {
        for path in ["/", "/.livret/apercu.js", "/.livret/evenements?page=/index.html"] {
            assert_eq!(watched.ask("GET", path, host).0, 403, "{host} {path}");
        }
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        assert_eq!(watched.ask(method, "/", &format!("127.0.0.1:{port}")).0, 405, "{method}");
    }
    assert!(!watched.ask("HEAD", "/", &format!("127.0.0.1:{port}")).1.contains("<html"));
    for path in [
        "/../secret.html",
        "/%2e%2e/secret.html",
        "/%2E%2E%2Fsecret.html",
        "/..%2fsecret.html",
        "/candidats/../../secret.html",
        "/..%5csecret.html",
        "/assets/..%2f..%2fsecret.html",
        "/.livret/pages/..%2f..%2fx.pdf/1.svg",
    ] {
        let (status, answer) = watched.get(path);
        assert!(status == 403 && !answer.contains("secret"), "{path}: {answer}");
    }
    for path in [
        "/%252e%252e/secret.html",
        "//etc/passwd",
        "/.livret.json",
        "/.livret.lock",
        "/secret.html",
        "/.livret/pages/x.pdf/1.svg",
    ] {
        assert_eq!(watched.get(path).0, 404, "{path}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(watched.path("secret.html"), watched.output("lien.html")).unwrap();
        std::os::unix::fs::symlink(watched.path("content"), watched.output("dossier")).unwrap();
        assert_eq!(watched.get("/lien.html").0, 403);
        assert_eq!(watched.get("/dossier/candidats/2026-06/bernard-paul.md").0, 403);
    }
    let (status, answer) = watched.get("/candidats/2026-06/nouveau/livret.html");
    assert!(status == 404 && answer.contains("/.livret/apercu.js"), "a page that may come is waited for: {answer}");
    assert_eq!(watched.get("/candidats").0, 302);
}

#[test]
fn what_is_served_is_the_page_and_the_script() {
    let watched = Watched::start(&["--no-pdf"]);
    let (_, answer) = watched.get(&format!("/{LIVRET}"));
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    for header in ["x-content-type-options: nosniff", "x-frame-options: SAMEORIGIN", "cache-control: no-cache"] {
        assert!(head.to_lowercase().contains(&header.to_lowercase()), "{head}");
    }
    let script = body.lines().find(|line| line.contains("/.livret/apercu.js")).unwrap();
    let disk = watched.read(&format!("output/{LIVRET}"));
    assert_eq!(body.replacen(&format!("{script}\n"), "", 1), disk);
    assert!(!disk.contains("apercu"));
}

#[test]
fn the_next_port_is_taken_and_said() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let folder = tempfile::tempdir().unwrap();
    crate::support::copy(std::path::Path::new(crate::support::BASE), folder.path());
    let watched = Watched::spawn(folder, &["watch", "--no-pdf", "--port", &port.to_string()]);
    assert!(watched.said().contains(&format!("Le port {port} est pris")), "{}", watched.said());
    assert!(watched.port > port);
    watched.until("the index", || watched.get("/").0 == 200);
}

#[test]
fn a_folder_that_is_no_project_and_an_output_in_use_are_refused() {
    let empty = tempfile::tempdir().unwrap();
    let path = empty.path().to_path_buf();
    let mut refused = Watched::spawn_silent(empty, &["watch", "--port", "0"]);
    assert_eq!(refused.ended(), Some(1));
    assert!(refused.said().contains("ce dossier n'est pas un projet"), "{}", refused.said());
    assert_eq!(fs::read_dir(path).unwrap().count(), 0, "nothing is written");

    let watched = Watched::start(&["--no-pdf"]);
    let run = crate::support::livret(&watched.path(""), &["watch", "--port", "0", "--no-pdf"]);
    assert_eq!(run.status, "2");
    assert!(run.stderr.contains("une autre commande livret écrit déjà"), "{}", run.stderr);
}
