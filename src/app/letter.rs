//! A document: read, cut into segments, and put together again with other segments in their place.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use crate::error::{Error, Problem, Result};
use crate::formats::Format;
use crate::formats::bilingual::{BilingualFile, BilingualPair, Filling};
use crate::formats::document::{Document, ReadOptions, Written};
use crate::segment::{CodeKind, Method, Piece, PlacedCode, Segmentation, Segmenter};
use crate::text::language::Language;
use crate::text::recognise::recognise;
use crate::unit::{CodeSide, InlineCode, Segment, attribute};

/// A document in one language, cut into segments.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Its name: that of the file without language and ending.
    pub name: String,
    /// The ending of its file, without the dot; empty if it has none.
    pub ending: String,
    /// Its language.
    pub language: Language,
    /// How it was cut.
    pub method: Method,
    file: LetterFile,
    paragraphs: Vec<Paragraph>,
}

/// The file that a letter came in.
#[derive(Clone, Debug)]
enum LetterFile {
    /// A text in one language.
    Document(Document),
    /// Segments beside their translations, cut by whoever made it.
    Bilingual(BilingualFile),
}

/// A paragraph and its segments.
#[derive(Clone, Debug)]
struct Paragraph {
    content: Segment,
    segments: Vec<Segment>,
    /// Where the segments stand in the text of the paragraph.
    places: Vec<Range<usize>>,
}

/// A segment of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LetterSegment<'a> {
    /// The text with its codes.
    pub content: &'a Segment,
    /// The number of its paragraph, from 0.
    pub paragraph: usize,
    /// What its file says of its translation, if it holds translations.
    pub pair: Option<&'a BilingualPair>,
}

/// How a document is to be taken apart.
#[derive(Clone, Debug)]
pub enum Cutting {
    /// Rules cut its paragraphs. In plain text, a line is a paragraph.
    Rules(Segmentation),
    /// A line is a segment already; an empty line ends a paragraph.
    Lines,
}

impl Letter {
    /// Reads a file. The language is the one given, else the one its name says (`letter.fa.txt`), else what the file itself says, else the one
    /// its text shows.
    ///
    /// # Errors
    /// If the file cannot be read, is of no format that is known, holds no text, or its language cannot be told.
    pub fn read(
        path: &Path,
        language: Option<&Language>,
        cutting: &Cutting,
        options: &ReadOptions,
    ) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|error| Error::io(path, "read", &error))?;
        Letter::from_bytes(bytes, path, language, cutting, options)
    }

    /// Takes the bytes of a file apart that is known by a path, whether it was read from there or not.
    ///
    /// # Errors
    /// As for [`Letter::read`].
    pub fn from_bytes(
        bytes: Vec<u8>,
        path: &Path,
        language: Option<&Language>,
        cutting: &Cutting,
        options: &ReadOptions,
    ) -> Result<Self> {
        let read = || {
            let format = match options.format {
                Some(format) => format,
                None => Format::of(&bytes, path)?,
            };
            if format.is_bilingual() {
                let file = BilingualFile::of_format(format, &bytes)?;
                return Letter::of_pairs(path, file, language);
            }
            let options = ReadOptions {
                format: Some(format),
                ..options.clone()
            };
            let document = Document::from_bytes(bytes, path, &options)?;
            Letter::of_document(path, document, language, cutting)
        };
        read().map_err(|error| error.at(path))
    }

    fn of_document(
        path: &Path,
        mut document: Document,
        language: Option<&Language>,
        cutting: &Cutting,
    ) -> Result<Self> {
        if document.blocks.is_empty() {
            return Err(Error::input("there is no text in this file"));
        }
        let texts = document.blocks.iter().map(|block| &block.content.text);
        let said = document.language.as_ref();
        let (name, language, ending) = about(path, language, said, texts)?;
        if Format::of_ending(&ending).is_some_and(|named| named != document.format) {
            document.problems.push(Problem {
                line: None,
                message: format!("this is {}, whatever its name says", document.format.name()),
                is_note: true,
            });
        }
        let blocks = document.blocks.iter();
        let (method, paragraphs) = match cutting {
            Cutting::Rules(segmentation) => {
                let segmenter = Segmenter::with(&language, segmentation)?;
                let cut = blocks.map(|block| Paragraph::cut(&block.content, &segmenter));
                (segmenter.method(), cut.collect())
            }
            Cutting::Lines => {
                let mut paragraphs: Vec<Paragraph> = Vec::new();
                for block in blocks {
                    match paragraphs.last_mut() {
                        Some(paragraph) if !block.stands_apart => {
                            paragraph.push_line(&block.content);
                        }
                        _ => paragraphs.push(Paragraph::whole(&block.content)),
                    }
                }
                (Method::Line, paragraphs)
            }
        };
        Ok(Letter {
            name,
            ending,
            language,
            method,
            file: LetterFile::Document(document),
            paragraphs,
        })
    }

    fn of_pairs(path: &Path, file: BilingualFile, language: Option<&Language>) -> Result<Self> {
        if file.pairs.is_empty() {
            return Err(Error::input("there is nothing to translate in this file"));
        }
        let texts = file.pairs.iter().map(|pair| &pair.source.text);
        // What the file says of itself is meant; its name says the target as often as the source.
        let language = language.or(file.source.as_ref()).cloned();
        let (name, language, ending) = about(path, language.as_ref(), None, texts)?;
        let sources = file.pairs.iter().map(|pair| &pair.source);
        Ok(Letter {
            name,
            ending,
            language,
            method: Method::Line,
            paragraphs: sources.map(Paragraph::whole).collect(),
            file: LetterFile::Bilingual(file),
        })
    }

    /// What sort of file it came in.
    pub fn format(&self) -> Format {
        match &self.file {
            LetterFile::Document(document) => document.format,
            LetterFile::Bilingual(file) => file.format,
        }
    }

    /// The language that its file is to be translated into, if it says so.
    pub fn target(&self) -> Option<&Language> {
        match &self.file {
            LetterFile::Document(_) => None,
            LetterFile::Bilingual(file) => file.target.as_ref(),
        }
    }

    /// What was odd in its file and was passed over.
    pub fn problems(&self) -> &[Problem] {
        match &self.file {
            LetterFile::Document(document) => &document.problems,
            LetterFile::Bilingual(file) => &file.problems,
        }
    }

    /// Of a page, for each paragraph the landmarks that it stands in (`header/nav`; empty if in none).
    pub fn regions(&self) -> &[String] {
        match &self.file {
            LetterFile::Document(document) => &document.regions,
            LetterFile::Bilingual(_) => &[],
        }
    }

    /// Leaves out the paragraphs that have one of some texts. The letter can then be read, but not be written any more.
    pub fn leave_out(&mut self, texts: &[String]) {
        self.paragraphs
            .retain(|paragraph| !texts.contains(&paragraph.content.text));
    }

    /// The segments, in order.
    pub fn segments(&self) -> Vec<LetterSegment<'_>> {
        let pairs = match &self.file {
            LetterFile::Document(_) => &[][..],
            LetterFile::Bilingual(file) => &file.pairs,
        };
        let paragraphs = self.paragraphs.iter().enumerate();
        paragraphs
            .flat_map(|(number, paragraph)| {
                paragraph.segments.iter().map(move |content| LetterSegment {
                    content,
                    paragraph: number,
                    pair: pairs.get(number),
                })
            })
            .collect()
    }

    /// The paragraphs, in order, each as the texts of its segments.
    pub fn paragraphs_of_segments(&self) -> impl Iterator<Item = impl Iterator<Item = &str>> {
        let paragraphs = self.paragraphs.iter();
        paragraphs.map(|paragraph| paragraph.segments.iter().map(|segment| segment.text.trim()))
    }

    /// The texts of the paragraphs, in order.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.paragraphs
            .iter()
            .map(|paragraph| paragraph.content.text.as_str())
    }

    /// The letter's file with other texts in the place of its segments, in order, and everything between them as it was; for a document
    /// whose paragraphs were cut by rules ([`Cutting::Rules`]). `None` if its file holds translations, which are filled in
    /// ([`Letter::filled`]).
    ///
    /// # Errors
    /// If the format cannot hold it.
    pub fn with_segments(&self, texts: &[Segment], language: &Language) -> Result<Option<Written>> {
        let LetterFile::Document(document) = &self.file else {
            return Ok(None);
        };
        let mut texts = texts.iter();
        let blocks: Vec<Segment> = self
            .paragraphs
            .iter()
            .map(|paragraph| paragraph.with_segments(texts.by_ref()))
            .collect();
        document.write(&blocks, language).map(Some)
    }

    /// The letter's file with translations filled in, one filling for each segment; `None` if it holds none.
    ///
    /// # Errors
    /// If the format cannot hold it.
    pub fn filled(&self, fillings: &[Filling], language: &Language) -> Result<Option<Written>> {
        match &self.file {
            LetterFile::Document(_) => Ok(None),
            LetterFile::Bilingual(file) => Ok(Some(Written {
                bytes: file.fill(fillings, language)?,
                problems: Vec::new(),
            })),
        }
    }
}

impl Paragraph {
    fn cut(content: &Segment, segmenter: &Segmenter) -> Self {
        let placed: Vec<PlacedCode> = content.codes.iter().map(placed).collect();
        let pieces = segmenter.cut_with_codes(&content.text, &placed);
        Paragraph {
            segments: pieces
                .iter()
                .map(|piece| piece_of(content, piece))
                .collect(),
            places: pieces.into_iter().map(|piece| piece.text).collect(),
            content: content.clone(),
        }
    }

    fn whole(content: &Segment) -> Self {
        Paragraph {
            content: content.clone(),
            segments: vec![content.clone()],
            places: std::iter::once(0..content.text.len()).collect(),
        }
    }

    fn push_line(&mut self, line: &Segment) {
        self.content.text.push('\n');
        let start = self.content.text.len();
        self.content.text.push_str(&line.text);
        self.places.push(start..self.content.text.len());
        self.segments.push(line.clone());
    }

    /// The paragraph with other texts in the place of its segments; where there are too few, they stay.
    fn with_segments<'a>(&self, mut texts: impl Iterator<Item = &'a Segment>) -> Segment {
        let mut new = Segment::default();
        let mut end = 0;
        for (place, old) in self.places.iter().zip(&self.segments) {
            new.text
                .push_str(self.content.text.get(end..place.start).unwrap_or_default());
            new.push(texts.next().unwrap_or(old));
            end = place.end;
        }
        new.text
            .push_str(self.content.text.get(end..).unwrap_or_default());
        new
    }
}

fn placed(code: &InlineCode) -> PlacedCode {
    PlacedCode {
        at: code.at,
        kind: match code.side() {
            CodeSide::Opening => CodeKind::Opening,
            CodeSide::Closing => CodeKind::Closing,
            CodeSide::Alone => CodeKind::Alone,
        },
    }
}

/// The text and codes of a piece. A code whose partner is in another piece is isolated (`it`), as TMX and XLIFF want it.
fn piece_of(content: &Segment, piece: &Piece) -> Segment {
    let own = content.codes.get(piece.codes.clone()).unwrap_or_default();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for number in own
        .iter()
        .filter_map(|code| attribute(&code.attributes, "i"))
    {
        *counts.entry(number).or_default() += 1;
    }
    let codes = own.iter().map(|code| {
        let number = attribute(&code.attributes, "i");
        let is_alone = number.is_some_and(|number| counts.get(number) == Some(&1));
        let mut code = match number {
            Some(number) if is_alone => isolated(code, number),
            _ => code.clone(),
        };
        code.at -= piece.text.start;
        code
    });
    Segment {
        text: content
            .text
            .get(piece.text.clone())
            .unwrap_or_default()
            .to_owned(),
        codes: codes.collect(),
    }
}

fn isolated(code: &InlineCode, number: &str) -> InlineCode {
    let position = if code.element == "bpt" {
        "begin"
    } else {
        "end"
    };
    let mut attributes = vec![
        ("pos".to_owned(), position.to_owned()),
        ("x".to_owned(), number.to_owned()),
    ];
    let others = code.attributes.iter();
    attributes.extend(others.filter(|(name, _)| name == "type").cloned());
    InlineCode {
        element: "it".to_owned(),
        attributes,
        ..code.clone()
    }
}

/// A document's name, language and ending.
fn about<'a>(
    path: &Path,
    given: Option<&Language>,
    said: Option<&Language>,
    texts: impl Iterator<Item = &'a String>,
) -> Result<(String, Language, String)> {
    let (name, named, ending) = parts_of_name(path);
    let known = given.cloned().or(named).or(said.cloned());
    let language = match known {
        Some(language) => language,
        None => {
            let all: Vec<_> = texts.map(String::as_str).collect();
            recognise(&all.join("\n")).ok_or_else(|| {
                Error::request("the language of this text cannot be told")
                    .hint("say it with an option, or in the name: letter.fa.txt")
            })?
        }
    };
    Ok((name, language, ending))
}

/// What a file's name says: the name of the document, its language, its ending.
fn parts_of_name(path: &Path) -> (String, Option<Language>, String) {
    let text =
        |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, ending) = (text(path.file_stem()), text(path.extension()));
    if let Some((name, tag)) = stem.rsplit_once('.')
        && let Ok(language) = Language::parse(tag)
    {
        return (name.to_owned(), Some(language), ending);
    }
    (stem, None, ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(name: &str, text: &str, cutting: &Cutting) -> Result<Letter> {
        let bytes = text.as_bytes().to_vec();
        Letter::from_bytes(
            bytes,
            Path::new(name),
            None,
            cutting,
            &ReadOptions::default(),
        )
    }

    #[test]
    fn a_letter_is_cut_and_put_together_again() {
        let read = letter(
            "a/thanks.sq.txt",
            "Faleminderit!\n\nErdhi z. Çelëza.  Mirë.\n",
            &Cutting::Rules(Segmentation::default()),
        )
        .unwrap();
        assert_eq!(
            (
                read.name.as_str(),
                read.language.tag(),
                read.ending.as_str()
            ),
            ("thanks", "sq", "txt")
        );
        let texts: Vec<_> = read
            .segments()
            .iter()
            .map(|segment| segment.content.text.as_str())
            .collect();
        assert_eq!(texts, ["Faleminderit!", "Erdhi z. Çelëza.", "Mirë."]);
        let new = ["1", "2", "3"].map(Segment::plain);
        let written = read.with_segments(&new, &read.language).unwrap().unwrap();
        assert_eq!(written.bytes, b"1\n\n2  3\n");
    }

    #[test]
    fn lines_can_be_segments() {
        let read = letter(
            "x.txt",
            "We met.\nIt was good.\n\nThe end.\n",
            &Cutting::Lines,
        )
        .unwrap();
        let paragraphs: Vec<_> = read
            .segments()
            .iter()
            .map(|segment| segment.paragraph)
            .collect();
        assert_eq!(paragraphs, [0, 0, 1]);
        assert_eq!(read.language.tag(), "en");
    }

    #[test]
    fn a_letter_without_text_or_language_is_refused() {
        assert!(letter("x.txt", " \n\n", &Cutting::Rules(Segmentation::default())).is_err());
        assert!(letter("x.txt", "123", &Cutting::Rules(Segmentation::default())).is_err());
        assert!(letter("x.fa.txt", "123", &Cutting::Rules(Segmentation::default())).is_ok());
    }
}
