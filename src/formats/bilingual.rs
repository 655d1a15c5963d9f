//! A file that holds segments beside their translations: XLIFF, PO, pairs in a table.
//!
//! It is a document to be filled in, and it is a source of pairs. Readers make a [`BilingualFile`] of bytes; filling it changes the
//! translations and what is said of them, and nothing else in the file.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::{Format, pairs, po, xliff};
use crate::error::{Error, Problem, Result};
use crate::text::language::Language;
use crate::unit::{Annotation, Segment, TranslationUnit, Variant};

/// Segments with their translations, and the file around them.
#[derive(Clone, Debug)]
pub struct BilingualFile {
    /// What sort of file it is.
    pub format: Format,
    /// The language of the segments, if the file says it.
    pub source: Option<Language>,
    /// The language of the translations, if the file says it.
    pub target: Option<Language>,
    /// The segments, in order. What is not to be translated is not among them.
    pub pairs: Vec<BilingualPair>,
    /// What was odd and passed over.
    pub problems: Vec<Problem>,
    skeleton: Arc<dyn BilingualSkeleton>,
}

/// A segment with its translation, if it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BilingualPair {
    /// What is to be translated.
    pub source: Segment,
    /// The translation; never empty.
    pub target: Option<Segment>,
    /// How far it has come.
    pub status: Status,
    /// What tells it from another segment of the same text: its context in PO, the key of its resource in XLIFF.
    pub context: Option<String>,
    /// Notes for the translator, in order.
    pub notes: Vec<String>,
    /// Whether it stands apart from the segment before it, in another paragraph.
    pub stands_apart: bool,
    /// Its line in the file, from 1.
    pub line: u64,
}

/// How far a translation has come, as its file says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// There is none.
    Untranslated,
    /// There is one that somebody has to look at: fuzzy, for review, machine's.
    Draft,
    /// It is a translation, or the file says nothing against it.
    Translated,
    /// Somebody has approved of it.
    Approved,
}

/// What a segment is filled with.
#[derive(Clone, Debug)]
pub struct Filling {
    /// What is proposed as its translation, and whether it is vouched for; `None` leaves the segment as it is.
    pub target: Option<(Segment, super::xliff::XliffState)>,
    /// What the memory has that is like it, the best first.
    pub alternatives: Vec<Alternative>,
    /// What a translator should know.
    pub note: Option<String>,
}

/// A match.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// The score, in percent.
    pub score: u8,
    /// Where it is from.
    pub origin: String,
    /// The stored segment.
    pub source: Segment,
    /// Its translation.
    pub target: Segment,
}

/// What is left of a bilingual file without its translations.
pub(super) trait BilingualSkeleton: fmt::Debug + Send + Sync {
    /// The file with segments filled in: for each pair what it is filled with, which has a target with text, or nothing if it is to stay
    /// byte for byte as it was.
    fn write(&self, fillings: &[Option<&Filling>], language: &Language) -> Result<Vec<u8>>;
}

impl BilingualFile {
    pub(super) fn new(
        format: Format,
        pairs: Vec<BilingualPair>,
        skeleton: impl BilingualSkeleton + 'static,
    ) -> Self {
        BilingualFile {
            format,
            source: None,
            target: None,
            pairs,
            problems: Vec::new(),
            skeleton: Arc::new(skeleton),
        }
    }

    /// Reads a file. Its name tells what its content leaves open.
    ///
    /// # Errors
    /// If it holds no segments beside translations, or cannot be read as what it is; the error names the line.
    pub fn from_bytes(bytes: &[u8], path: &Path) -> Result<Self> {
        let read = || BilingualFile::of_format(Format::of(bytes, path)?, bytes);
        read().map_err(|error| error.at(path))
    }

    /// Reads a file of a format, whatever it looks like.
    ///
    /// # Errors
    /// As for [`BilingualFile::from_bytes`].
    pub fn of_format(format: Format, bytes: &[u8]) -> Result<Self> {
        match format {
            Format::Xliff => xliff::read(bytes),
            Format::Po => po::read(bytes),
            Format::Pairs => pairs::read(bytes),
            other => Err(Error::request(format!(
                "this is {}; a file with translations beside its texts is wanted",
                other.name()
            ))
            .hint("XLIFF, PO, or pairs with a tab between")),
        }
    }

    /// The file with segments filled in, one filling for each pair. A translation that is there and no draft stays as it is.
    ///
    /// # Errors
    /// If the file is to be in another language, or the format cannot hold it.
    pub fn fill(&self, fillings: &[Filling], language: &Language) -> Result<Vec<u8>> {
        if let Some(wanted) = &self.target
            && wanted.primary() != language.primary()
        {
            let message =
                format!("the file is to be in {wanted}, and the translations are in {language}");
            return Err(Error::request(message));
        }
        let open = fillings.iter().zip(&self.pairs).map(|(filling, pair)| {
            let (target, _) = filling.target.as_ref()?;
            let fills = pair.status < Status::Translated && !target.text.trim().is_empty();
            fills.then_some(filling)
        });
        self.skeleton.write(&open.collect::<Vec<_>>(), language)
    }

    /// The pairs that are translations, as units, with their neighbours as context. Drafts and what is not translated are none.
    pub fn units(&self, source: &Language, target: &Language) -> Vec<TranslationUnit> {
        let around = |at: Option<usize>| at.and_then(|at| self.pairs.get(at));
        let translated = self.pairs.iter().enumerate();
        let translated = translated.filter(|(_, pair)| pair.status >= Status::Translated);
        let units = translated.filter_map(|(index, pair)| {
            let variant = |language: &Language, segment: &Segment| Variant {
                segment: segment.clone(),
                ..Variant::plain(language.clone(), "")
            };
            let mut unit = TranslationUnit {
                variants: vec![
                    Variant {
                        previous: around(index.checked_sub(1)).map(|pair| pair.source.text.clone()),
                        next: around(index.checked_add(1)).map(|pair| pair.source.text.clone()),
                        ..variant(source, &pair.source)
                    },
                    variant(target, pair.target.as_ref()?),
                ],
                ..TranslationUnit::default()
            };
            unit.annotations = pair
                .notes
                .iter()
                .map(|text| Annotation::Note {
                    attributes: Vec::new(),
                    text: text.clone(),
                })
                .chain(pair.context.iter().map(|context| Annotation::Property {
                    attributes: vec![("type".to_owned(), "x-context".to_owned())],
                    text: context.clone(),
                }))
                .collect();
            Some(unit)
        });
        units.collect()
    }
}
