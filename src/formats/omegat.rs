//! A project of OmegaT: what its file says of its languages and of where its memories lie.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use super::xml::{Node, XmlReader};
use crate::error::{Error, Result};
use crate::text::language::Language;

/// The file that makes a folder a project.
const FILE: &str = "omegat.project";

/// What an element says if it asks for the usual folder.
const USUAL: &str = "__DEFAULT__";

/// A project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OmegatProject {
    /// The language of its documents.
    pub source: Language,
    /// The language that they are translated into.
    pub target: Language,
    /// Where its memories lie.
    pub memories: PathBuf,
}

impl OmegatProject {
    /// Reads the project in a folder.
    ///
    /// # Errors
    /// If there is none, or its file does not say its languages.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE);
        if !path.is_file() {
            let error = Error::request(format!("there is no {FILE} in this folder")).at(folder);
            return Err(error.hint("name the folder of a project that OmegaT has made"));
        }
        let file = File::open(&path).map_err(|error| Error::io(&path, "read", &error))?;
        let said = read(BufReader::new(file)).map_err(|error| error.at(&path))?;
        let language = |wanted: &str| {
            let tag = value(&said, wanted);
            tag.map(Language::from_file).ok_or_else(|| {
                Error::input(format!("there is no <{wanted}> in this project")).at(&path)
            })
        };
        Ok(OmegatProject {
            source: language("source_lang")?,
            target: language("target_lang")?,
            memories: match value(&said, "tm_dir") {
                Some(own) if own != USUAL => folder.join(own),
                _ => folder.join("tm"),
            },
        })
    }
}

/// The elements that hold text, with it.
fn read(input: impl std::io::Read) -> Result<Vec<(String, String)>> {
    let mut xml = XmlReader::with_encoding(input, None)?;
    let mut said: Vec<(String, String)> = Vec::new();
    let mut open = Vec::new();
    loop {
        match xml.next()? {
            Node::Open { name, .. } => open.push(name),
            Node::Close { .. } => {
                open.pop();
            }
            Node::Text(text) => {
                if let Some(name) = open.last() {
                    match said.last_mut() {
                        Some((known, value)) if known == name => value.push_str(&text),
                        _ => said.push((name.clone(), text)),
                    }
                }
            }
            Node::End => return Ok(said),
        }
    }
}

/// What an element holds, if that is anything.
fn value<'s>(said: &'s [(String, String)], wanted: &str) -> Option<&'s str> {
    let found = said.iter().find(|(name, _)| name == wanted);
    found
        .map(|(_, value)| value.trim())
        .filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_says_its_languages_and_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        assert!(OmegatProject::read(folder.path()).is_err());
        let write = |tm: &str| {
            let text = format!(
                "<?xml version=\"1.0\"?>\n<omegat><project version=\"1.0\"><tm_dir>{tm}</tm_dir>\
                 <source_lang>EN-GB</source_lang><target_lang>fa</target_lang></project></omegat>"
            );
            std::fs::write(folder.path().join(FILE), text).unwrap();
            OmegatProject::read(folder.path()).unwrap()
        };
        let project = write(USUAL);
        assert_eq!(
            (project.source.tag(), project.target.tag()),
            ("en-GB", "fa")
        );
        assert_eq!(project.memories, folder.path().join("tm"));
        assert_eq!(write("shared").memories, folder.path().join("shared"));
    }
}
