//! What sort of file this is, by what is in it. Its name decides only where content cannot: between plain text and Markdown.

use std::path::Path;

use super::package::Package;
use crate::error::{Error, Result};

/// The sorts of files that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, a line a paragraph.
    Plain,
    /// Markdown (CommonMark, with tables, footnotes and front matter).
    Markdown,
    /// HTML.
    Html,
    /// Office Open XML text, as Word writes it (ECMA-376).
    Docx,
    /// OpenDocument text, as LibreOffice writes it (ISO 26300).
    Odt,
    /// Subtitles (`SubRip`).
    Srt,
    /// XLIFF 1.0 to 2.2, also as Trados and memoQ write it.
    Xliff,
    /// Messages of GNU gettext.
    Po,
    /// TMX.
    Tmx,
    /// Pairs in a table, a line each, with a tab between.
    Pairs,
}

impl Format {
    /// The sort that a name asks for (`docx`, `md`, `xliff` …).
    ///
    /// # Errors
    /// If there is none of that name; the error says which there are.
    pub fn named(name: &str) -> Result<Self> {
        let of_ending = Format::of_ending(name);
        of_ending.ok_or_else(|| Error::request(format!("“{name}” is no format; those are txt, md, html, docx, odt, srt, xliff, po, tmx, tsv")))
    }

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Plain => "plain text",
            Format::Markdown => "Markdown",
            Format::Html => "HTML",
            Format::Docx => "docx",
            Format::Odt => "odt",
            Format::Srt => "srt",
            Format::Xliff => "XLIFF",
            Format::Po => "PO",
            Format::Tmx => "TMX",
            Format::Pairs => "tab-separated pairs",
        }
    }

    /// Whether a file of this sort holds segments beside their translations.
    pub fn is_bilingual(self) -> bool {
        matches!(
            self,
            Format::Xliff | Format::Po | Format::Tmx | Format::Pairs
        )
    }

    /// The ending of its files, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Plain => "txt",
            Format::Markdown => "md",
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Odt => "odt",
            Format::Srt => "srt",
            Format::Xliff => "xlf",
            Format::Po => "po",
            Format::Tmx => "tmx",
            Format::Pairs => "tsv",
        }
    }

    /// The sort of file that an ending stands for.
    pub fn of_ending(ending: &str) -> Option<Self> {
        Some(match ending.to_ascii_lowercase().as_str() {
            "txt" | "text" => Format::Plain,
            "md" | "markdown" | "mdown" | "mkd" => Format::Markdown,
            "html" | "htm" | "xhtml" => Format::Html,
            "docx" | "docm" | "dotx" => Format::Docx,
            "odt" | "ott" => Format::Odt,
            "srt" => Format::Srt,
            "xlf" | "xliff" | "sdlxliff" | "mqxliff" | "mxliff" | "txlf" => Format::Xliff,
            "po" | "pot" => Format::Po,
            "tmx" => Format::Tmx,
            "tsv" | "tab" => Format::Pairs,
            _ => return None,
        })
    }

    /// The sort of a file by its bytes and, where they leave it open, its name.
    ///
    /// # Errors
    /// If it is something that is known and not read: a PDF, a picture, a spreadsheet, an old Word file.
    pub fn of(bytes: &[u8], path: &Path) -> Result<Self> {
        if let Some(what) = known_stranger(bytes) {
            let error = Error::input(format!("this is {what}, which is not read"));
            return Err(match what {
                "a PDF" => error.hint("take the document that the PDF was made of"),
                RTF | OLD_OFFICE => error.hint("LibreOffice saves it as docx or odt"),
                _ => error,
            });
        }
        if Package::is_package(bytes) {
            return of_package(bytes);
        }
        let head = head_of(bytes);
        let name = path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let by_name = Format::of_ending(&name);
        if let Some(root) = root_element(&head) {
            match root.as_str() {
                "xliff" => return Ok(Format::Xliff),
                "tmx" => return Ok(Format::Tmx),
                "html" => return Ok(Format::Html),
                "document" if head.contains("opendocument") => {
                    return Err(Error::input(
                        "this is a flat OpenDocument file, which is not read",
                    )
                    .hint("LibreOffice saves it as odt"));
                }
                // Fragments of a page begin anyhow; nothing else is told by a tag alone.
                _ if by_name.is_none() && is_html_element(&root) => return Ok(Format::Html),
                _ => {}
            }
        }
        if is_po(&head) {
            return Ok(Format::Po);
        }
        if is_srt(&head) {
            return Ok(Format::Srt);
        }
        match by_name {
            Some(format @ (Format::Docx | Format::Odt)) => {
                let message = format!("this is no {}: it is no ZIP archive", format.name());
                Err(Error::input(message))
            }
            Some(format @ (Format::Tmx | Format::Xliff | Format::Po)) => Ok(format),
            Some(format) => Ok(format),
            None => Ok(Format::Plain),
        }
    }
}

const RTF: &str = "an RTF file";
const OLD_OFFICE: &str = "an old Office file, or one with a password";

/// What is recognised so that it can be refused by name.
fn known_stranger(bytes: &[u8]) -> Option<&'static str> {
    let starts = |mark: &[u8]| bytes.starts_with(mark);
    if starts(b"%PDF-") {
        Some("a PDF")
    } else if starts(b"{\\rtf") {
        Some(RTF)
    } else if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        // Old Office files and encrypted new ones are both stored so.
        Some(OLD_OFFICE)
    } else if starts(b"\x89PNG") || starts(b"\xFF\xD8\xFF") || starts(b"GIF8") {
        Some("a picture")
    } else if starts(b"SQLite format 3\0") {
        Some("an SQLite database")
    } else if starts(b"\x1F\x8B") {
        Some("packed with gzip")
    } else {
        None
    }
}

fn of_package(bytes: &[u8]) -> Result<Format> {
    let package = Package::new(bytes.to_vec())?;
    let mime = package.read("mimetype")?.unwrap_or_default();
    let mime = String::from_utf8_lossy(&mime);
    let names = package.names();
    let below = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    match mime.trim() {
        "application/vnd.oasis.opendocument.text"
        | "application/vnd.oasis.opendocument.text-template" => {
            return Ok(Format::Odt);
        }
        "" => {}
        other => return Err(Error::input(format!("this is {other}, which is not read"))),
    }
    if package.has("[Content_Types].xml") {
        for (folder, what) in [("xl/", "a spreadsheet"), ("ppt/", "a presentation")] {
            if below(folder) && !below("word/") {
                return Err(Error::input(format!("this is {what}, which is not read")));
            }
        }
        return Ok(Format::Docx);
    }
    if package.has("content.xml") {
        return Ok(Format::Odt);
    }
    if below("word/") {
        return Err(Error::input(
            "this is no docx: it has no [Content_Types].xml",
        ));
    }
    let holds = |format| {
        names.iter().any(|name| {
            Path::new(name)
                .extension()
                .is_some_and(|ending| Format::of_ending(&ending.to_string_lossy()) == Some(format))
        })
    };
    if holds(Format::Tmx) {
        return Ok(Format::Tmx);
    }
    Err(Error::input(
        "this is a ZIP archive without a document that is known",
    ))
}

/// The start of a file as characters, whatever its encoding: zero bytes are passed over, so that UTF-16 can be looked at too.
fn head_of(bytes: &[u8]) -> String {
    let head: Vec<u8> = bytes
        .iter()
        .take(8192)
        .copied()
        .filter(|byte| *byte != 0)
        .collect();
    let text = String::from_utf8_lossy(&head);
    text.trim_start_matches(|letter: char| {
        letter.is_whitespace() || letter == '\u{FEFF}' || letter == '\u{FFFD}'
    })
    .to_owned()
}

/// The name of the first element, without prefix and in lower case, if the text starts as XML or HTML does.
fn root_element(head: &str) -> Option<String> {
    let mut rest = head;
    loop {
        rest = rest.trim_start().strip_prefix('<')?;
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->")?.1;
        } else if let Some(instruction) = rest.strip_prefix('?') {
            rest = instruction.split_once("?>")?.1;
        } else if let Some(doctype) = rest.strip_prefix('!') {
            let kind = doctype.get(..7)?;
            let name: String = doctype
                .get(7..)?
                .trim_start()
                .chars()
                .take_while(|letter| letter.is_alphanumeric())
                .collect();
            return kind
                .eq_ignore_ascii_case("doctype")
                .then(|| name.to_ascii_lowercase());
        } else {
            let name: String = rest
                .chars()
                .take_while(|letter| letter.is_alphanumeric() || matches!(letter, ':' | '-' | '_'))
                .collect();
            let local = name.rsplit(':').next()?;
            return (!local.is_empty()).then(|| local.to_ascii_lowercase());
        }
    }
}

fn is_html_element(name: &str) -> bool {
    matches!(
        name,
        "head"
            | "body"
            | "div"
            | "p"
            | "h1"
            | "h2"
            | "article"
            | "section"
            | "table"
            | "ul"
            | "ol"
            | "main"
            | "meta"
            | "title"
    )
}

fn is_po(head: &str) -> bool {
    let mut lines = head
        .lines()
        .map(str::trim_start)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let starts = lines.next().is_some_and(|line| {
        ["msgid \"", "msgctxt \"", "domain \""]
            .iter()
            .any(|start| line.starts_with(start))
    });
    starts && head.contains("msgstr")
}

fn is_srt(head: &str) -> bool {
    let mut lines = head.lines().map(str::trim);
    let number = lines.next().is_some_and(|line| line.parse::<u32>().is_ok());
    let times = lines.next().unwrap_or_default();
    number && times.contains(" --> ") && times.starts_with(|letter: char| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_and_then_the_name() {
        for (bytes, name, wanted) in [
            (
                &b"<?xml version='1.0'?><!-- x --><xliff version='1.2'>"[..],
                "a.txt",
                Format::Xliff,
            ),
            (b"\xFF\xFE<\0t\0m\0x\0", "a.xml", Format::Tmx),
            (b"<!DOCTYPE html><p>", "a", Format::Html),
            (b"# x\nmsgid \"\"\nmsgstr \"\"\n", "a.txt", Format::Po),
            (
                b"1\r\n00:00:01,000 --> 00:00:02,000\r\n",
                "a.txt",
                Format::Srt,
            ),
            (b"# Heading", "a.md", Format::Markdown),
            (b"# Heading", "a.txt", Format::Plain),
            (b"< 5", "a.fa", Format::Plain),
            (b"", "a", Format::Plain),
        ] {
            assert_eq!(
                Format::of(bytes, Path::new(name)).unwrap(),
                wanted,
                "{name}"
            );
        }
    }

    #[test]
    fn what_is_known_and_not_read_is_refused_by_name() {
        for (bytes, name, word) in [
            (&b"%PDF-1.7"[..], "letter.docx", "PDF"),
            (b"{\\rtf1", "letter.doc", "RTF"),
            (
                b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
                "letter.docx",
                "password",
            ),
            (b"hello", "letter.docx", "ZIP"),
            (b"PK\x03\x04junk", "letter.docx", "damaged"),
        ] {
            let error = Format::of(bytes, Path::new(name)).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
    }
}
