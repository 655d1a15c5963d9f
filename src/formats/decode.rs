//! Bytes to characters, as a stream: finds out the encoding of an XML file and turns it into UTF-8, line by line counted.
//!
//! The byte order mark decides, then the first bytes, then the XML declaration. Bytes that the encoding does not know and
//! characters that XML forbids end the reading: a replacement character in a memory would be a silent loss.

use std::fmt;
use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes are read at a time.
const CHUNK: usize = 64 * 1024;

/// How many bytes of the start are looked at to find the encoding.
const HEAD: usize = 1024;

/// Reads XML in any encoding as UTF-8.
pub(super) struct DecodingReader<R> {
    input: R,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_at: usize,
    ended: bool,
    text: Vec<u8>,
    at: usize,
    line: u64,
    /// What was odd about the encoding.
    pub(super) oddity: Option<String>,
}

/// Why a stream could not be decoded; travels inside an [`io::Error`].
#[derive(Debug)]
pub(super) struct Undecodable(pub(super) String);

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Undecodable {}

fn undecodable(message: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, Undecodable(message.into()))
}

impl<R: Read> DecodingReader<R> {
    /// Looks at the start of the input and gets ready to read it.
    pub(super) fn new(mut input: R) -> io::Result<Self> {
        let mut raw = Vec::with_capacity(CHUNK);
        (&mut input).take(HEAD as u64).read_to_end(&mut raw)?;
        let (encoding, oddity) = encoding_of(&raw)?;
        Ok(DecodingReader {
            input,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw,
            raw_at: 0,
            ended: false,
            text: Vec::new(),
            at: 0,
            line: 1,
            oddity,
        })
    }

    /// The line of the next character, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    fn refill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.at = 0;
        while self.text.is_empty() && !self.ended {
            if self.raw_at == self.raw.len() {
                self.raw.clear();
                self.raw_at = 0;
                (&mut self.input)
                    .take(CHUNK as u64)
                    .read_to_end(&mut self.raw)?;
            }
            let last = self.raw.is_empty();
            self.decode(last)?;
            self.ended = last;
        }
        match forbidden(&self.text) {
            Some((letter, before)) => {
                self.line += newlines(before);
                Err(undecodable(format!(
                    "the character U+{letter:04X} is not allowed in XML"
                )))
            }
            None => Ok(()),
        }
    }

    fn decode(&mut self, last: bool) -> io::Result<()> {
        let rest = self.raw.get(self.raw_at..).unwrap_or_default();
        let room = self
            .decoder
            .max_utf8_buffer_length_without_replacement(rest.len())
            .unwrap_or(rest.len() * 3 + 16);
        self.text.resize(room, 0);
        let (result, read, written) =
            self.decoder
                .decode_to_utf8_without_replacement(rest, &mut self.text, last);
        self.text.truncate(written);
        self.raw_at += read;
        match result {
            DecoderResult::InputEmpty | DecoderResult::OutputFull => Ok(()),
            DecoderResult::Malformed(..) => {
                self.line += newlines(&self.text);
                let name = self.decoder.encoding().name();
                Err(undecodable(format!("these bytes are not {name}")))
            }
        }
    }
}

impl<R: Read> Read for DecodingReader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let text = self.fill_buf()?;
        let length = text.len().min(out.len());
        if let (Some(out), Some(text)) = (out.get_mut(..length), text.get(..length)) {
            out.copy_from_slice(text);
        }
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for DecodingReader<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.text.len() && !self.ended {
            self.refill()?;
        }
        Ok(self.text.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, length: usize) {
        let end = self.at + length;
        self.line += newlines(self.text.get(self.at..end).unwrap_or_default());
        self.at = end;
    }
}

fn newlines(text: &[u8]) -> u64 {
    text.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// The first character that XML 1.0 forbids, and the text before it. The text is UTF-8.
fn forbidden(text: &[u8]) -> Option<(u32, &[u8])> {
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        let letter = match byte {
            0x00..=0x08 | 0x0B | 0x0C | 0x0E..=0x1F => Some(u32::from(*byte)),
            0xEF if text.get(at + 1) == Some(&0xBF) => match text.get(at + 2) {
                Some(0xBE) => Some(0xFFFE),
                Some(0xBF) => Some(0xFFFF),
                _ => None,
            },
            _ => None,
        };
        if let Some(letter) = letter {
            return Some((letter, text.get(..at).unwrap_or_default()));
        }
        at += 1;
    }
    None
}

/// The encoding that the start of a file shows, and what is odd about it.
fn encoding_of(head: &[u8]) -> io::Result<(&'static Encoding, Option<String>)> {
    let declared = declared_encoding(head);
    let seen = if let Some((encoding, _)) = Encoding::for_bom(head) {
        Some(encoding)
    } else if head.starts_with(b"<\0") {
        Some(UTF_16LE)
    } else if head.starts_with(b"\0<") {
        Some(UTF_16BE)
    } else {
        None
    };
    let Some(label) = declared else {
        return Ok((seen.unwrap_or(UTF_8), None));
    };
    let named = Encoding::for_label_no_replacement(label.as_bytes());
    match (seen, named) {
        (Some(seen), Some(named)) if seen == named || is_utf_16(seen) && is_utf_16(named) => {
            Ok((seen, None))
        }
        (Some(seen), _) => Ok((
            seen,
            Some(format!(
                "the file says it is {label}, but it is {}",
                seen.name()
            )),
        )),
        // A declaration that can be read byte by byte cannot be UTF-16.
        (None, Some(named)) if is_utf_16(named) => Ok((
            UTF_8,
            Some(format!(
                "the file says it is {label}, but it is read as UTF-8"
            )),
        )),
        // The label US-ASCII means windows-1252 to browsers; in XML anything beyond ASCII is then an error or UTF-8.
        (None, Some(_))
            if label.eq_ignore_ascii_case("us-ascii") || label.eq_ignore_ascii_case("ascii") =>
        {
            Ok((UTF_8, None))
        }
        (None, Some(named)) => Ok((named, None)),
        (None, None) => Err(undecodable(format!("the encoding “{label}” is not known"))),
    }
}

fn is_utf_16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// The encoding named in the XML declaration; zero bytes are passed over, so that UTF-16 can be looked at too.
fn declared_encoding(head: &[u8]) -> Option<String> {
    let ascii: String = head
        .iter()
        .filter(|byte| **byte != 0 && byte.is_ascii())
        .map(|byte| char::from(*byte))
        .collect();
    // A declaration stands at the start; the same letters in a comment are none.
    let declaration = ascii
        .trim_start()
        .strip_prefix("<?xml")?
        .split_once("?>")?
        .0;
    let value = declaration.split_once("encoding")?.1.trim_start();
    let value = value.strip_prefix('=')?.trim_start();
    let quote = value
        .chars()
        .next()
        .filter(|quote| "'\"".contains(*quote))?;
    let label = value.strip_prefix(quote)?.split_once(quote)?.0;
    Some(label.to_owned())
}

/// What a file reading of plain text needs to say: the line on which the bytes stop being UTF-8.
pub(super) fn utf8_or_line(bytes: &[u8]) -> Result<&str, u64> {
    std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        newlines(good) + 1
    })
}

/// Encodes text for tests of the reader.
#[cfg(test)]
pub(super) fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    if is_utf_16(encoding) {
        let units = text.encode_utf16();
        return units
            .flat_map(|unit| {
                if encoding == UTF_16LE {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect();
    }
    encoding.encode(text).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::WINDOWS_1256;

    fn read(bytes: &[u8]) -> Result<String, String> {
        let mut text = String::new();
        DecodingReader::new(bytes)
            .and_then(|mut reader| reader.read_to_string(&mut text))
            .map_err(|error| error.to_string())?;
        Ok(text)
    }

    #[test]
    fn every_encoding_is_found() {
        let letter = "<?xml version='1.0'?><seg>نامهٔ ë ç</seg>";
        assert_eq!(read(letter.as_bytes()).unwrap(), letter);
        for encoding in [UTF_16LE, UTF_16BE] {
            assert_eq!(read(&encoded(letter, encoding)).unwrap(), letter);
            let with_mark = format!("\u{FEFF}{letter}");
            assert_eq!(read(&encoded(&with_mark, encoding)).unwrap(), letter);
        }
        let comment = "<!-- <?xml version='1.0' encoding='windows-1252'?> --><seg>ë</seg>";
        assert_eq!(read(comment.as_bytes()).unwrap(), comment);
        let arabic = "<?xml version='1.0' encoding='windows-1256'?><seg>رسالة</seg>";
        assert_eq!(read(&encoded(arabic, WINDOWS_1256)).unwrap(), arabic);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(read(b"<a>\xff\xfe</a>").unwrap_err().contains("not UTF-8"));
        assert!(read(b"<a>\x01</a>").unwrap_err().contains("U+0001"));
        assert!(
            read("<a>\u{FFFE}</a>".as_bytes())
                .unwrap_err()
                .contains("U+FFFE")
        );
        assert!(
            read(b"<?xml version='1.0' encoding='klingon'?><a/>")
                .unwrap_err()
                .contains("klingon")
        );
    }

    #[test]
    fn the_line_of_a_bad_byte_is_known() {
        let mut bytes = b"<a>\n\n".to_vec();
        bytes.push(0xff);
        let mut reader = DecodingReader::new(bytes.as_slice()).unwrap();
        assert!(reader.fill_buf().is_err());
        assert_eq!(reader.line(), 3);
        assert_eq!(utf8_or_line(&bytes), Err(3));
    }
}
