//! The encoding of a text that says nothing of it: found out, told, and used again when the text is written.
//!
//! A byte order mark decides, then what is asked for, then UTF-8 if the bytes are that. Otherwise they are old: the encoding is guessed by
//! the letters they would make (chardetng), and that it is a guess is said.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::decode::utf8_or_line;
use crate::error::{Error, Problem, Result};

/// How a text was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Charset {
    encoding: &'static Encoding,
    has_mark: bool,
}

/// Bytes as a text, with how it was written and what was guessed.
pub(super) fn read_text(
    bytes: &[u8],
    asked: Option<&str>,
) -> Result<(String, Charset, Option<Problem>)> {
    let asked = match asked {
        Some(label) => Some(named(label)?),
        None => None,
    };
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let charset = Charset {
            encoding,
            has_mark: true,
        };
        let text = charset.decode(bytes.get(mark..).unwrap_or_default())?;
        return Ok((text, charset, None));
    }
    let plain = |encoding| Charset {
        encoding,
        has_mark: false,
    };
    if let Some(encoding) = asked {
        return Ok((plain(encoding).decode(bytes)?, plain(encoding), None));
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        let problem =
            Problem::on_line(1, format!("read as {}, by its zero bytes", encoding.name()));
        return Ok((
            plain(encoding).decode(bytes)?,
            plain(encoding),
            Some(problem),
        ));
    }
    // Zero bytes are legal UTF-8 and yet a sure sign of something that is no text.
    if bytes.contains(&0) {
        return Err(Error::input("this is no text: it has zero bytes in it"));
    }
    let line = match utf8_or_line(bytes) {
        Ok(text) => return Ok((text.to_owned(), plain(UTF_8), None)),
        Err(line) => line,
    };
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let charset = plain(encoding);
    let text = charset.decode(bytes).map_err(|error| error.on_line(line))?;
    if text.chars().any(is_control) {
        return Err(Error::input("these bytes are not UTF-8, nor any text").on_line(line));
    }
    let message = format!(
        "these bytes are not UTF-8; they were read as {}, which is a guess (--encoding says it for sure)",
        encoding.name()
    );
    Ok((text, charset, Some(Problem::on_line(line, message))))
}

/// Bytes that must be a text in UTF-8.
///
/// # Errors
/// If they are not, or are no text at all; the error says the line.
pub fn utf8(bytes: &[u8]) -> Result<&str> {
    if bytes.contains(&0) {
        return Err(Error::input("this is no text: it has zero bytes in it"));
    }
    utf8_or_line(bytes).map_err(|line| Error::input("these bytes are not UTF-8").on_line(line))
}

/// The encoding of a name.
pub(super) fn named(label: &str) -> Result<&'static Encoding> {
    Encoding::for_label_no_replacement(label.as_bytes()).ok_or_else(|| {
        Error::request(format!("the encoding “{label}” is not known"))
            .hint("for instance utf-8, utf-16le, windows-1256, iso-8859-1")
    })
}

/// The encoding that a page declares in its first bytes (`<meta charset=…>`, or the XML declaration), if it is one. UTF-8 that is
/// declared otherwise was converted by somebody who forgot to say so; then nothing is declared.
pub(super) fn declared_in_page(bytes: &[u8]) -> Option<&'static str> {
    let head: String = bytes
        .iter()
        .take(4096)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let declared = ["charset", "encoding"].iter().find_map(|name| {
        let (_, rest) = head.split_once(name)?;
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        let label = rest.trim_start_matches(['"', '\'']);
        let end = label.find(|letter: char| {
            !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | ':'))
        });
        Encoding::for_label_no_replacement(label.get(..end.unwrap_or(label.len()))?.as_bytes())
    })?;
    let is_utf8 = !bytes.is_ascii() && str::from_utf8(bytes).is_ok();
    (!is_utf8 && declared != UTF_8 && declared != UTF_16LE && declared != UTF_16BE)
        .then(|| declared.name())
}

/// UTF-16 without a mark: in text of any of our scripts every second byte repeats, and ASCII blanks and line ends have a zero
/// on one side.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096) & !1)?;
    let blanks = |order: fn([u8; 2]) -> u16| {
        let units = head.chunks_exact(2).filter_map(|pair| pair.try_into().ok());
        units
            .filter(|pair| matches!(order(*pair), 0x20 | 0x0A | 0x0D))
            .count()
    };
    let (little, big) = (blanks(u16::from_le_bytes), blanks(u16::from_be_bytes));
    match (little, big) {
        (0, 0) => None,
        (little, 0) if little * 40 > head.len() / 2 => Some(UTF_16LE),
        (0, big) if big * 40 > head.len() / 2 => Some(UTF_16BE),
        _ => None,
    }
}

fn is_control(letter: char) -> bool {
    matches!(letter, '\0'..='\u{8}' | '\u{E}'..='\u{1A}' | '\u{1C}'..='\u{1F}' | '\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}')
}

impl Charset {
    fn decode(self, bytes: &[u8]) -> Result<String> {
        let decoded = self
            .encoding
            .decode_without_bom_handling_and_without_replacement(bytes);
        let text = decoded
            .ok_or_else(|| Error::input(format!("these bytes are not {}", self.encoding.name())))?;
        match text.contains('\0') {
            true => Err(Error::input(
                "this is no text: it has zero characters in it",
            )),
            false => Ok(text.into_owned()),
        }
    }

    /// Its name on the web.
    pub(super) fn name(self) -> &'static str {
        self.encoding.name()
    }

    /// The text as it was written, or in UTF-8 if the encoding lacks a letter of it; whether it had to be.
    pub(super) fn encode(self, text: &str) -> (Vec<u8>, bool) {
        let units = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            let mark = self.has_mark.then_some(0xFEFF);
            mark.into_iter()
                .chain(text.encode_utf16())
                .flat_map(order)
                .collect()
        };
        if self.encoding == UTF_16LE {
            return (units(u16::to_le_bytes), false);
        }
        if self.encoding == UTF_16BE {
            return (units(u16::to_be_bytes), false);
        }
        if self.encoding != UTF_8 {
            let (bytes, _, lacks) = self.encoding.encode(text);
            if !lacks {
                return (bytes.into_owned(), false);
            }
        }
        let mark = if self.has_mark { "\u{FEFF}" } else { "" };
        ([mark, text].concat().into_bytes(), self.encoding != UTF_8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERSIAN: &str = "دوستان گرامی، از نامهٔ شما سپاسگزاریم.\nبا احترام\n";
    const ARABIC: &str = "السادة الكرام، نشكركم على رسالتكم ونرجو لكم التوفيق.\nمع التحية\n";
    const ALBANIAN: &str = "Të dashur miq, ju falënderojmë për letrën. Çdo të mirë!\n";

    #[test]
    fn texts_come_back_in_their_encoding() {
        for (text, label) in [
            (PERSIAN, "utf-8"),
            (PERSIAN, "utf-16le"),
            (ARABIC, "utf-16be"),
            (ARABIC, "windows-1256"),
            (ALBANIAN, "windows-1252"),
        ] {
            let charset = Charset {
                encoding: named(label).unwrap(),
                has_mark: false,
            };
            let (bytes, replaced) = charset.encode(text);
            assert!(!replaced);
            let (read, found, problem) = read_text(&bytes, None).unwrap();
            assert_eq!((read.as_str(), found), (text, charset), "{label}");
            assert_eq!(problem.is_some(), label != "utf-8", "{label}");
        }
    }

    #[test]
    fn a_letter_that_the_encoding_lacks_makes_it_utf_8() {
        let charset = Charset {
            encoding: named("windows-1252").unwrap(),
            has_mark: false,
        };
        assert_eq!(charset.encode("ی"), ("ی".as_bytes().to_vec(), true));
    }

    #[test]
    fn a_page_says_its_encoding() {
        let page = |label: &str, text: &str| {
            let page = format!("<html><head><META Charset='{label}'></head>{text}");
            named(label).unwrap().encode(&page).0.into_owned()
        };
        for (label, text) in [("windows-1256", "سلام"), ("iso-8859-1", "naïve, Çelëza")] {
            let bytes = page(label, text);
            let declared = declared_in_page(&bytes).unwrap();
            assert!(read_text(&bytes, Some(declared)).unwrap().0.ends_with(text));
        }
        let converted = "<meta charset=windows-1256>سلام";
        assert_eq!(declared_in_page(converted.as_bytes()), None);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(read_text(b"\x89PNG\r\n\x1a\n\0\0", None).is_err());
        assert!(read_text(b"\0<\0\0\0\n\0 \0a", None).is_err());
        assert!(read_text(b"a", Some("klingon")).is_err());
        assert_eq!(read_text(b"", None).unwrap().0, "");
    }
}
