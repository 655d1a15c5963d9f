//! What the tests share: running the program, temporary folders, the hand-written beads of the fixture letters.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tarjuman::formats::beads::{self, BeadsEdition, BeadsFile};

/// The languages of the fixture letters, in the order of the files.
pub(crate) const LANGUAGES: [&str; 4] = ["en", "fa", "ar", "sq"];

/// The pairs of them.
pub(crate) const PAIRS: [(usize, usize); 6] = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)];

/// The letters that are left out of the starter memory: the new ones.
pub(crate) const NEW_LETTERS: [&str; 2] = ["autumn-reading-evening", "spring-seed-exchange"];

/// The project's folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A fixture or another file of the project.
pub(crate) fn file(path: &str) -> PathBuf {
    root().join(path)
}

/// The starter memory.
pub(crate) fn letters_tmx() -> String {
    file("memories/letters.tmx").to_str().unwrap().to_owned()
}

/// What a run of the program came to.
#[derive(Debug)]
#[must_use = "compare what it printed, or at least its status"]
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// The output of a run that went well.
    pub(crate) fn ok(self) -> String {
        assert_eq!(self.status, 0, "{self:?}");
        self.out
    }

    /// A run that could not do its work, and said all of this, without having printed a result.
    pub(crate) fn refused(self, said: &[&str]) {
        assert_eq!(self.status, 2, "{self:?}");
        assert_eq!(self.out, "", "{self:?}");
        for part in said {
            assert!(self.err.contains(part), "“{part}” is not in: {}", self.err);
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
    }
}

/// A temporary folder that commands run in.
pub(crate) struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Place {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and returns its path.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// The names of the files in the folder, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tarjuman"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        ran(self.command(arguments).output().unwrap())
    }

    pub(crate) fn run_with(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        // A program that refuses its arguments need not read.
        let _ = child.stdin.take().unwrap().write_all(input);
        ran(child.wait_with_output().unwrap())
    }
}

pub(crate) fn ran(output: std::process::Output) -> Ran {
    Ran {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// An export without the date in its header.
pub(crate) fn undated(tmx: &str) -> String {
    let (before, rest) = tmx.split_once(" creationdate=\"").unwrap();
    let (_, after) = rest.split_once('"').unwrap();
    assert!(before.contains("<header") && !before.contains("<body"));
    format!("{before}{after}")
}

/// A letter with its four editions, in the order of [`LANGUAGES`].
pub(crate) struct GoldLetter {
    pub(crate) name: String,
    pub(crate) file: BeadsFile,
}

/// All fixture letters, by name.
pub(crate) fn letters() -> Vec<GoldLetter> {
    let entries = std::fs::read_dir(file("fixtures/letters")).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "beads"));
    paths.sort();
    let letters = paths.iter().map(|path| GoldLetter {
        name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
        file: beads::read(&std::fs::read_to_string(path).unwrap()).unwrap(),
    });
    letters.collect()
}

/// The text of an edition's own file.
pub(crate) fn text_of(edition: &BeadsEdition) -> String {
    let lines = edition.paragraphs.iter().map(|paragraph| {
        let texts: Vec<_> = paragraph
            .iter()
            .map(|segment| segment.text.as_str())
            .collect();
        texts.join(" ") + "\n"
    });
    lines.collect()
}

/// A bead: the numbers of its segments in each edition.
pub(crate) type Bead = Vec<BTreeSet<usize>>;

/// Beads of the library without their order and confidence.
pub(crate) fn bare(beads: Vec<tarjuman::align::Bead>) -> Vec<Bead> {
    let sides = |bead: tarjuman::align::Bead| {
        bead.segments
            .into_iter()
            .map(|own| own.into_iter().collect())
    };
    beads
        .into_iter()
        .map(|bead| sides(bead).collect())
        .collect()
}

/// What two of the editions see of beads: without a partner each segment stands alone.
pub(crate) fn seen_by(beads: &[Bead], a: usize, b: usize) -> BTreeSet<Bead> {
    let mut seen = BTreeSet::new();
    for bead in beads {
        let (left, right) = (bead[a].clone(), bead[b].clone());
        match (left.is_empty(), right.is_empty()) {
            (true, true) => {}
            (false, false) => {
                seen.insert(vec![left, right]);
            }
            _ => {
                seen.extend(
                    left.into_iter()
                        .map(|one| vec![BTreeSet::from([one]), BTreeSet::new()]),
                );
                seen.extend(
                    right
                        .into_iter()
                        .map(|one| vec![BTreeSet::new(), BTreeSet::from([one])]),
                );
            }
        }
    }
    seen
}

/// How many beads were found, how many of them are right, and how many there are.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    right: usize,
    right_found: usize,
    found: usize,
    there: usize,
}

impl Counts {
    /// Counts as the vecalign scorer does, strictly: precision over all beads that were found, recall over those true beads that
    /// have segments on both sides.
    pub(crate) fn add(&mut self, truth: &BTreeSet<Bead>, found: &BTreeSet<Bead>) {
        let full = |bead: &&Bead| bead.iter().all(|own| !own.is_empty());
        self.found += found.len();
        self.right += found.intersection(truth).count();
        self.right_found += found.intersection(truth).filter(full).count();
        self.there += truth.iter().filter(full).count();
    }

    pub(crate) fn f1(&self) -> f64 {
        let precision = self.right as f64 / self.found as f64;
        let recall = self.right_found as f64 / self.there as f64;
        2.0 * precision * recall / (precision + recall)
    }
}
