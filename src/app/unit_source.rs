//! A file of translation units, opened: whatever it is packed in, and whatever format its units are in.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::error::{Error, Problem, Result};
use crate::formats::Format;
use crate::formats::bilingual::BilingualFile;
use crate::formats::input::{Unpacked, unpacked};
use crate::formats::tmx::TmxReader;
use crate::text::language::Language;
use crate::unit::{Header, TranslationUnit};

/// How much of a file is looked at to find out what it is.
const HEAD: u64 = 8192;

/// The endings of what is read out of an archive.
const ENDINGS: &[&str] = &[
    ".tmx",
    ".xlf",
    ".xliff",
    ".sdlxliff",
    ".mqxliff",
    ".po",
    ".tsv",
];

/// What somebody knows of a file of units better than the file does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitHints {
    /// The encoding of TMX.
    pub encoding: Option<String>,
    /// The language of the sources of pairs, if the file does not say it.
    pub source: Option<Language>,
    /// The language of their translations, if the file does not say it.
    pub target: Option<Language>,
}

/// What yields units, one format each.
pub enum UnitSource {
    /// TMX.
    Tmx(Box<TmxReader<BufReader<Box<dyn Read>>>>),
    /// XLIFF, PO, pairs in a table: what is translated in them.
    Bilingual {
        /// Nothing, because these formats say nothing of all units.
        header: Header,
        /// The units.
        units: std::vec::IntoIter<TranslationUnit>,
        /// What was odd.
        problems: Vec<Problem>,
    },
}

impl UnitSource {
    fn new(mut input: Box<dyn Read>, path: &Path, hints: &UnitHints) -> Result<Self> {
        let said = |error: io::Error| Error::io(path, "read", &error);
        let mut head = Vec::new();
        (&mut input)
            .take(HEAD)
            .read_to_end(&mut head)
            .map_err(said)?;
        let format = Format::of(&head, path)?;
        let mut whole = Cursor::new(head).chain(input);
        match format {
            Format::Xliff | Format::Po | Format::Pairs => {
                let mut bytes = Vec::new();
                whole.read_to_end(&mut bytes).map_err(said)?;
                UnitSource::of_pairs(BilingualFile::of_format(format, &bytes)?, hints)
            }
            Format::Docx | Format::Odt | Format::Html | Format::Markdown | Format::Srt => {
                let message = format!("this is {}, which holds no units", format.name());
                Err(Error::input(message).hint("TMX, XLIFF, PO and tab-separated pairs do"))
            }
            Format::Tmx | Format::Plain => {
                let whole: Box<dyn Read> = Box::new(whole);
                let encoding = hints.encoding.as_deref();
                let reader = TmxReader::with_encoding(BufReader::new(whole), encoding)?;
                Ok(UnitSource::Tmx(Box::new(reader)))
            }
        }
    }

    fn of_pairs(file: BilingualFile, hints: &UnitHints) -> Result<Self> {
        let source = file.source.as_ref().or(hints.source.as_ref());
        let target = file.target.as_ref().or(hints.target.as_ref());
        let (Some(source), Some(target)) = (source, target) else {
            return Err(
                Error::request("this file does not say which languages its pairs are in")
                    .hint("say it with --from and --to"),
            );
        };
        source.differs_from(target)?;
        Ok(UnitSource::Bilingual {
            header: Header::default(),
            units: file.units(source, target).into_iter(),
            problems: file.problems,
        })
    }

    /// What the source says of all its units.
    pub fn header(&self) -> &Header {
        match self {
            UnitSource::Tmx(reader) => reader.header(),
            UnitSource::Bilingual { header, .. } => header,
        }
    }

    /// The next unit; `None` at the end.
    ///
    /// # Errors
    /// If the source cannot be read to its end.
    pub fn next_unit(&mut self) -> Result<Option<TranslationUnit>> {
        match self {
            UnitSource::Tmx(reader) => reader.next_unit(),
            UnitSource::Bilingual { units, .. } => Ok(units.next()),
        }
    }

    /// What was odd so far.
    pub fn problems(&self) -> &[Problem] {
        match self {
            UnitSource::Tmx(reader) => reader.problems(),
            UnitSource::Bilingual { problems, .. } => problems,
        }
    }
}

/// A file that is being read: one source, or several if it is an archive.
pub struct UnitFile {
    /// Its path.
    pub path: PathBuf,
    /// What it holds.
    pub parts: Vec<UnitPart>,
}

/// A source in a file.
pub struct UnitPart {
    /// The path of the file, and behind it the name in the archive, if it is one.
    pub path: PathBuf,
    /// The name by which an import of it is remembered.
    pub name: String,
    /// The units.
    pub source: UnitSource,
    seen: Rc<Cell<u64>>,
    length: u64,
}

impl UnitFile {
    /// Opens a file as far as the headers of what it holds, once, so that it can be a pipe. An encoding that is given is taken unless the
    /// file shows another by its first bytes, and languages where it does not say its own.
    ///
    /// # Errors
    /// If it cannot be read, or is no file of units.
    pub fn open(path: &Path, hints: &UnitHints) -> Result<Self> {
        let said = |error: io::Error| Error::io(path, "read", &error);
        let input = File::open(path).map_err(said)?;
        let about = input.metadata().map_err(said)?;
        if about.is_dir() {
            return Err(Error::input("this is a folder; a file is wanted").at(path));
        }
        let seen = Rc::new(Cell::new(0));
        let counted = Counted {
            input,
            seen: Rc::clone(&seen),
        };
        let members = unpacked(counted, ENDINGS).map_err(|error| error.at(path))?;
        let file = path.file_name().unwrap_or(path.as_os_str());
        let file = file.to_string_lossy();
        let are_several = members.len() > 1;
        let part = |member: Unpacked| {
            let (path, name) = match &member.name {
                Some(own) if are_several => (path.join(own), format!("{file}/{own}")),
                Some(own) => (path.join(own), file.to_string()),
                None => (path.to_path_buf(), file.to_string()),
            };
            let source = UnitSource::new(member.input, &path, hints);
            Ok(UnitPart {
                source: source.map_err(|error| error.at(&path))?,
                path,
                name,
                seen: Rc::clone(&seen),
                length: about.len(),
            })
        };
        Ok(UnitFile {
            path: path.to_path_buf(),
            parts: members.into_iter().map(part).collect::<Result<_>>()?,
        })
    }

    /// What was odd in the file so far. In an archive of several each is named.
    pub fn problems(&self) -> Vec<Problem> {
        let are_several = self.parts.len() > 1;
        let of_part = |part: &UnitPart| {
            let name = part.name.clone();
            let problems = part.source.problems().to_vec().into_iter();
            problems.map(move |problem| match are_several {
                true => Problem {
                    message: format!("in {name}: {}", problem.message),
                    ..problem
                },
                false => problem,
            })
        };
        self.parts.iter().flat_map(of_part).collect()
    }
}

impl UnitPart {
    /// The next unit; `None` at the end.
    ///
    /// # Errors
    /// If the source cannot be read to its end; the error names the file.
    pub fn next_unit(&mut self) -> Result<Option<TranslationUnit>> {
        let unit = self.source.next_unit();
        unit.map_err(|error| error.at(&self.path))
    }

    /// How many bytes of the file were read, and how many there are.
    pub fn stand(&self) -> (u64, u64) {
        (self.seen.get(), self.length)
    }
}

/// Counts the bytes that go through.
struct Counted<R> {
    input: R,
    seen: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(out)?;
        self.seen.set(self.seen.get() + count as u64);
        Ok(count)
    }
}
