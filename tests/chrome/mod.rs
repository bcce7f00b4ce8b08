//! What tests with a real Chrome share.
#![allow(dead_code)] // Not every test uses all of it.

use std::{fs, process};

use livret::documents::print::{Engine, PrintError, PrintOptions};

/// An engine, or nothing on a machine without Chrome.
pub fn engine() -> Option<Engine> {
    engine_with(PrintOptions::default())
}

/// The same with options.
pub fn engine_with(options: PrintOptions) -> Option<Engine> {
    match Engine::start(options) {
        Ok(engine) => Some(engine),
        Err(PrintError::NotFound) => {
            eprintln!("skipped: there is no Chrome on this machine");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

/// The command lines of our living descendants, by pid.
#[cfg(target_os = "linux")]
pub fn descendants() -> Vec<(u32, String)> {
    descendants_of(process::id())
}

/// The command lines of the living descendants of a process, by pid.
#[cfg(target_os = "linux")]
pub fn descendants_of(process: u32) -> Vec<(u32, String)> {
    let mut all = Vec::new();
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>() else { continue };
        let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else { continue };
        let Some((_, rest)) = stat.rsplit_once(')') else { continue };
        let mut fields = rest.split_whitespace();
        let (Some(state), Some(parent)) = (fields.next(), fields.next()) else { continue };
        if state != "Z" {
            let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
            all.push((pid, parent.parse::<u32>().unwrap(), String::from_utf8_lossy(&line).replace('\0', " ")));
        }
    }
    let (mut found, mut parents) = (Vec::new(), vec![process]);
    while let Some(parent) = parents.pop() {
        for (pid, _, line) in all.iter().filter(|(_, of, _)| *of == parent) {
            parents.push(*pid);
            found.push((*pid, line.clone()));
        }
    }
    found
}

/// How many profiles there are.
pub fn profiles() -> usize {
    let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().starts_with("livret-chrome-");
    fs::read_dir(std::env::temp_dir()).unwrap().flatten().map(name).filter(|is| *is).count()
}
