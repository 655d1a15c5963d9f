//! A translated XLIFF back into the document that it was made of.
//!
//! The document is read again and the segments of the file are looked for in it, one behind the other, so that it does not matter by which
//! rules they were cut. A segment that is not in its place ends the work: the document is not the one that was translated.

use std::ops::Range;
use std::path::Path;

use super::pretranslate::marked;
use crate::error::{Error, Result};
use crate::formats::bilingual::{BilingualFile, BilingualPair, Status};
use crate::formats::document::{Document, ReadOptions, Written};
use crate::text::language::Language;
use crate::unit::{InlineCode, Segment};

/// A document with its translation in it.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The document.
    pub written: Written,
    /// The language it is in now.
    pub language: Language,
    /// How many segments are translated.
    pub translated: usize,
    /// How many of them their file still marks as drafts; they stand as `[[review: …]]` in the document unless drafts are taken.
    pub drafts: usize,
    /// How many have no translation; they stand as `[[new: …]]` in the document.
    pub left: usize,
}

/// Puts the translations of a bilingual file into the document that its segments are of. The language is the one given, else the one that
/// the file says. With `takes_drafts`, what the file marks as a draft is taken for a translation, since not every tool says when one is done.
///
/// # Errors
/// If a file cannot be read, the language is not known, or the segments are not those of the document.
pub fn merge(
    document: &Path,
    translated: &Path,
    language: Option<&Language>,
    takes_drafts: bool,
    options: &ReadOptions,
) -> Result<Merged> {
    let bytes = |path: &Path| std::fs::read(path).map_err(|error| Error::io(path, "read", &error));
    let original = Document::from_bytes(bytes(document)?, document, options)
        .map_err(|error| error.at(document))?;
    let file = BilingualFile::from_bytes(&bytes(translated)?, translated)
        .map_err(|error| error.at(translated))?;
    let language = language.or(file.target.as_ref()).ok_or_else(|| {
        Error::request("this file does not say which language it is translated into")
            .at(translated)
            .hint("say it with --to")
    })?;
    if let Some(own) = file
        .target
        .as_ref()
        .filter(|own| own.primary() != language.primary())
    {
        let message = format!(
            "this file is in {}, not in {}",
            own.english_name(),
            language.english_name()
        );
        return Err(Error::request(message).at(translated));
    }
    let blocks = translated_blocks(&original, &file.pairs, takes_drafts, document)
        .map_err(|error| error.at(translated))?;
    let count = |status: fn(Status) -> bool| {
        let pairs = file.pairs.iter().filter(|pair| pair.target.is_some());
        pairs.filter(|pair| status(pair.status)).count()
    };
    let translated = count(|_| true);
    Ok(Merged {
        written: original.write(&blocks, language)?,
        language: language.clone(),
        translated,
        drafts: count(|status| status < Status::Translated),
        left: file.pairs.len() - translated,
    })
}

/// The blocks of a document with the translations of its segments in their places.
fn translated_blocks(
    document: &Document,
    pairs: &[BilingualPair],
    takes_drafts: bool,
    path: &Path,
) -> Result<Vec<Segment>> {
    let mut left = pairs.iter().peekable();
    let mut blocks = Vec::with_capacity(document.blocks.len());
    for block in &document.blocks {
        let text = &block.content.text;
        let mut new = Segment::default();
        let mut codes = block.content.codes.as_slice();
        let mut end = 0;
        while let Some(pair) = left.peek() {
            let Some(place) = next_place(text, end, &pair.source.text) else {
                break;
            };
            new.text
                .push_str(text.get(end..place.start).unwrap_or_default());
            let own = codes.get(..pair.source.codes.len()).unwrap_or(codes);
            codes = codes.get(own.len()..).unwrap_or_default();
            new.push(&translation(pair, own, takes_drafts));
            end = place.end;
            left.next();
        }
        let rest = text.get(end..).unwrap_or_default();
        if !rest.trim().is_empty() {
            let there = format!(
                "{} has “{}” here",
                path.display(),
                beginning(rest.trim_start())
            );
            return Err(match left.peek() {
                Some(pair) => {
                    let here = beginning(&pair.source.text);
                    Error::input(format!("this segment is “{here}”, and {there}"))
                        .on_line(pair.line)
                }
                None => Error::input(format!(
                    "there is no segment for the end of the document: {there}"
                )),
            });
        }
        new.text.push_str(rest);
        blocks.push(new);
    }
    match left.next() {
        None => Ok(blocks),
        Some(pair) => {
            let here = beginning(&pair.source.text);
            let message = format!("this segment is not in {}: “{here}”", path.display());
            Err(Error::input(message).on_line(pair.line))
        }
    }
}

/// Where a segment stands in a text from a place on, with nothing but white space before it.
fn next_place(text: &str, from: usize, segment: &str) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let blank = rest.len() - rest.trim_start().len();
    let segment = segment.trim();
    let found = rest.get(blank..)?.starts_with(segment) && !segment.is_empty();
    found.then(|| from + blank..from + blank + segment.len())
}

/// The translation of a segment with the document's own codes: the file numbers those of each segment by itself.
fn translation(pair: &BilingualPair, own: &[InlineCode], takes_drafts: bool) -> Segment {
    let renamed = |segment: &Segment| {
        let codes = segment.codes.iter().filter_map(|code| {
            let same =
                |source: &InlineCode| source.name().is_some() && source.name() == code.name();
            let index = pair.source.codes.iter().position(same)?;
            let own = own.get(index)?;
            Some(InlineCode {
                at: code.at,
                ..own.clone()
            })
        });
        Segment {
            text: segment.text.clone(),
            codes: codes.collect(),
        }
    };
    match &pair.target {
        Some(target) if takes_drafts || pair.status >= Status::Translated => renamed(target),
        Some(target) => marked("review", &renamed(target)),
        None => marked("new", &renamed(&pair.source)),
    }
}

/// The first words of a text, for a message.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}
