//! A document: read, cut into segments, and put together again with other segments in their place.

use std::ops::Range;
use std::path::Path;

use crate::error::{Error, Result};
use crate::formats::plain::PlainText;
use crate::segment::{Method, Segmentation, Segmenter};
use crate::text::language::Language;
use crate::text::recognise::recognise;

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
    text: PlainText,
    paragraphs: Vec<Paragraph>,
}

/// A paragraph and the places of its segments.
#[derive(Clone, Debug)]
struct Paragraph {
    text: String,
    cuts: Vec<Range<usize>>,
}

/// A segment of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LetterSegment<'a> {
    /// The text.
    pub text: &'a str,
    /// The number of its paragraph, from 0.
    pub paragraph: usize,
}

/// How a document is to be taken apart.
#[derive(Clone, Debug)]
pub enum Cutting {
    /// A line is a paragraph; rules cut it.
    Rules(Segmentation),
    /// A line is a segment already; an empty line ends a paragraph.
    Lines,
}

impl Letter {
    /// Reads a file. The language is the one given, else the one its name says (`letter.fa.txt`), else the one its text shows.
    ///
    /// # Errors
    /// If the file cannot be read, is no text, holds no text, or its language cannot be told.
    pub fn read(path: &Path, language: Option<&Language>, cutting: &Cutting) -> Result<Self> {
        let text = PlainText::read(path)?;
        Letter::new(path, text, language, cutting).map_err(|error| error.at(path))
    }

    /// Takes a text apart that is known by a path, whether it was read from there or not.
    ///
    /// # Errors
    /// As for [`Letter::read`].
    pub fn new(
        path: &Path,
        text: PlainText,
        language: Option<&Language>,
        cutting: &Cutting,
    ) -> Result<Self> {
        if text.paragraphs().next().is_none() {
            return Err(Error::input("there is no text in this file"));
        }
        let (name, said, ending) = parts_of_name(path);
        let language = match language.cloned().or(said) {
            Some(language) => language,
            None => {
                let all: Vec<_> = text.paragraphs().collect();
                recognise(&all.join("\n")).ok_or_else(|| {
                    Error::request("the language of this text cannot be told")
                        .hint("say it with an option, or in the name: letter.fa.txt")
                })?
            }
        };
        let mut method = Method::Line;
        let paragraphs = match cutting {
            Cutting::Rules(segmentation) => {
                let segmenter = Segmenter::with(&language, segmentation)?;
                method = segmenter.method();
                let cut = |paragraph: &str| Paragraph {
                    text: paragraph.to_owned(),
                    cuts: segmenter.cut(paragraph),
                };
                text.paragraphs().map(cut).collect()
            }
            Cutting::Lines => text
                .line_groups()
                .into_iter()
                .map(|lines| {
                    let mut paragraph = Paragraph {
                        text: String::new(),
                        cuts: Vec::new(),
                    };
                    for line in lines {
                        if !paragraph.text.is_empty() {
                            paragraph.text.push('\n');
                        }
                        let start = paragraph.text.len();
                        paragraph.text.push_str(line);
                        paragraph.cuts.push(start..paragraph.text.len());
                    }
                    paragraph
                })
                .collect(),
        };
        Ok(Letter {
            name,
            ending,
            language,
            method,
            text,
            paragraphs,
        })
    }

    /// The segments, in order.
    pub fn segments(&self) -> Vec<LetterSegment<'_>> {
        let paragraphs = self.paragraphs_of_segments().enumerate();
        paragraphs
            .flat_map(|(paragraph, texts)| texts.map(move |text| LetterSegment { text, paragraph }))
            .collect()
    }

    /// The paragraphs, in order, each as the texts of its segments.
    pub fn paragraphs_of_segments(&self) -> impl Iterator<Item = impl Iterator<Item = &str>> {
        self.paragraphs.iter().map(|paragraph| {
            let cuts = paragraph.cuts.iter();
            cuts.map(|cut| paragraph.text.get(cut.clone()).unwrap_or_default())
        })
    }

    /// The paragraphs, in order.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.paragraphs
            .iter()
            .map(|paragraph| paragraph.text.as_str())
    }

    /// The letter with other texts in the place of its segments, in order, and everything between them as it was. Meant
    /// for a letter whose lines are paragraphs ([`Cutting::Rules`]).
    pub fn with_segments<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> String {
        let mut texts = texts.into_iter();
        let mut paragraphs = Vec::with_capacity(self.paragraphs.len());
        for paragraph in &self.paragraphs {
            let mut new = String::new();
            let mut end = 0;
            for cut in &paragraph.cuts {
                let old = paragraph.text.get(cut.clone()).unwrap_or_default();
                new.push_str(paragraph.text.get(end..cut.start).unwrap_or_default());
                new.push_str(texts.next().unwrap_or(old));
                end = cut.end;
            }
            new.push_str(paragraph.text.get(end..).unwrap_or_default());
            paragraphs.push(new);
        }
        self.text
            .with_paragraphs(paragraphs.iter().map(String::as_str))
    }
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
        Letter::new(Path::new(name), PlainText::new(text), None, cutting)
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
        let texts: Vec<_> = read.segments().iter().map(|segment| segment.text).collect();
        assert_eq!(texts, ["Faleminderit!", "Erdhi z. Çelëza.", "Mirë."]);
        assert_eq!(read.with_segments(["1", "2", "3"]), "1\n\n2  3\n");
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
