//! Bytes to characters, as a stream: finds out the encoding of an XML file and turns it into UTF-8, line by line counted.
//!
//! The byte order mark decides, then what is asked for, then the first bytes, then the XML declaration. Bytes that the encoding
//! does not know and control characters end the reading, since whatever made them has damaged the text around them too. The two
//! noncharacters that XML forbids stand for nothing: each is replaced by U+FFFD, and said.

use std::fmt;
use std::io::{self, BufRead, Read};
use std::mem;

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes are read at a time.
const CHUNK: usize = 64 * 1024;

/// How many bytes of the start are searched for a declaration.
const HEAD: usize = 1024;

/// How many bytes one thing in a file (a text between two tags, a tag, a comment) may have. It has to be held whole.
const MAX_PIECE: usize = 64 << 20;

/// How many replaced characters are told one by one.
const MAX_TOLD: usize = 100;

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
    /// How many bytes went out since a piece began.
    piece: usize,
    oddities: Vec<(u64, String)>,
    told: usize,
}

/// Why a stream could not be decoded; travels inside an [`io::Error`].
#[derive(Debug)]
pub(super) struct Undecodable {
    pub(super) message: String,
    pub(super) hint: Option<&'static str>,
}

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Undecodable {}

/// An error of a stream whose bytes are not what they should be.
pub(super) fn undecodable(message: impl Into<String>) -> io::Error {
    let message = message.into();
    io::Error::new(
        io::ErrorKind::InvalidData,
        Undecodable {
            message,
            hint: None,
        },
    )
}

impl<R: Read> DecodingReader<R> {
    /// Looks at the start of the input and gets ready to read it. An encoding that is asked for is taken unless a byte order mark
    /// says another.
    pub(super) fn new(mut input: R, asked: Option<&'static Encoding>) -> io::Result<Self> {
        let mut raw = Vec::with_capacity(CHUNK);
        (&mut input).take(CHUNK as u64).read_to_end(&mut raw)?;
        let (encoding, oddity) = match asked {
            Some(asked) if Encoding::for_bom(&raw).is_none() => (asked, None),
            _ => encoding_of(&raw)?,
        };
        Ok(DecodingReader {
            input,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw,
            raw_at: 0,
            ended: false,
            text: Vec::new(),
            at: 0,
            line: 1,
            piece: 0,
            oddities: oddity.map(|oddity| (1, oddity)).into_iter().collect(),
            told: 0,
        })
    }

    /// What was odd since this was asked last, with its lines.
    pub(super) fn take_oddities(&mut self) -> Vec<(u64, String)> {
        mem::take(&mut self.oddities)
    }

    /// Says that a new piece begins.
    pub(super) fn begin_piece(&mut self) {
        self.piece = 0;
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
        self.check_characters()
    }

    /// Refuses control characters and replaces noncharacters.
    fn check_characters(&mut self) -> io::Result<()> {
        let mut from = 0;
        while let Some((letter, at)) = forbidden(&self.text, from) {
            let line = self.line + newlines(self.text.get(..at).unwrap_or_default());
            if letter < 0x20 {
                self.line = line;
                return Err(undecodable(format!(
                    "the character U+{letter:04X} is not allowed in XML"
                )));
            }
            if let Some(place) = self.text.get_mut(at..at + 3) {
                place.copy_from_slice("\u{FFFD}".as_bytes());
            }
            self.told += 1;
            if self.told <= MAX_TOLD {
                self.oddities.push((line, noncharacter(letter)));
            }
            from = at + 3;
        }
        Ok(())
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
            DecoderResult::Malformed(bad, after) => {
                self.line += newlines(&self.text);
                let name = self.decoder.encoding().name();
                let first = self
                    .raw_at
                    .checked_sub(usize::from(bad) + usize::from(after));
                let message = match first.and_then(|first| self.raw.get(first)) {
                    Some(byte) => format!("these bytes are not {name}, from 0x{byte:02X} on"),
                    None => format!("these bytes are not {name}"),
                };
                let hint = (self.decoder.encoding() == UTF_8).then_some(
                    "if the file is in an older encoding, name it: --encoding windows-1256 (or another)",
                );
                let error = Undecodable { message, hint };
                Err(io::Error::new(io::ErrorKind::InvalidData, error))
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
        if self.piece > MAX_PIECE {
            let limit = MAX_PIECE >> 20;
            return Err(undecodable(format!(
                "a text or a tag here is longer than {limit} MB; no segment is"
            )));
        }
        if self.at == self.text.len() && !self.ended {
            self.refill()?;
        }
        Ok(self.text.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, length: usize) {
        let end = self.at + length;
        self.line += newlines(self.text.get(self.at..end).unwrap_or_default());
        self.at = end;
        self.piece += length;
    }
}

/// What is said of a noncharacter that was replaced.
pub(super) fn noncharacter(letter: u32) -> String {
    format!("the character U+{letter:04X} is not allowed in XML; it was replaced by U+FFFD")
}

fn newlines(text: &[u8]) -> u64 {
    text.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// The first character from a place on that XML 1.0 forbids, and where it stands. The text is UTF-8.
fn forbidden(text: &[u8], from: usize) -> Option<(u32, usize)> {
    let mut at = from;
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
            return Some((letter, at));
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
        // What is not UTF-8 does not look like it by chance, once it has some letters.
        (None, Some(named)) if named.is_single_byte() && is_utf_8_beyond_ascii(head) => Ok((
            UTF_8,
            Some(format!(
                "the file says it is {label}, but its bytes are UTF-8 (--encoding says it for sure)"
            )),
        )),
        (None, Some(named)) => Ok((named, None)),
        (None, None) => Err(undecodable(format!("the encoding “{label}” is not known"))),
    }
}

/// Whether bytes are UTF-8 and would be something else in another encoding. The last character may be cut.
fn is_utf_8_beyond_ascii(head: &[u8]) -> bool {
    let whole = match std::str::from_utf8(head) {
        Ok(text) => text.len(),
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        Err(_) => return false,
    };
    !head.get(..whole).unwrap_or_default().is_ascii()
}

fn is_utf_16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// The encoding named in the XML declaration; zero bytes are passed over, so that UTF-16 can be looked at too.
fn declared_encoding(head: &[u8]) -> Option<String> {
    let ascii: String = head
        .iter()
        .take(HEAD)
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
        DecodingReader::new(bytes, None)
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
        assert_eq!(
            read("<a>\u{FFFE}</a>".as_bytes()).unwrap(),
            "<a>\u{FFFD}</a>"
        );
        assert!(
            read(b"<?xml version='1.0' encoding='klingon'?><a/>")
                .unwrap_err()
                .contains("klingon")
        );
    }

    #[test]
    fn a_wrong_declaration_is_seen_and_what_is_asked_for_is_taken() {
        let text = "<?xml version='1.0' encoding='iso-8859-1'?><seg>Të fala</seg>";
        assert_eq!(read(text.as_bytes()).unwrap(), text);
        let latin = encoded(text, encoding_rs::WINDOWS_1252);
        assert_eq!(read(&latin).unwrap(), text);
        let arabic = "<?xml version='1.0' encoding='utf-8'?><seg>رسالة</seg>";
        let bytes = encoded(arabic, WINDOWS_1256);
        let mut read = String::new();
        DecodingReader::new(bytes.as_slice(), Some(WINDOWS_1256))
            .unwrap()
            .read_to_string(&mut read)
            .unwrap();
        assert_eq!(read, arabic);
    }

    #[test]
    fn the_line_of_a_bad_byte_is_known() {
        let mut bytes = b"<a>\n\n".to_vec();
        bytes.push(0xff);
        let mut reader = DecodingReader::new(bytes.as_slice(), None).unwrap();
        let error = reader.fill_buf().unwrap_err().to_string();
        assert!(error.contains("0xFF"), "{error}");
        assert_eq!(reader.line(), 3);
        assert_eq!(utf8_or_line(&bytes), Err(3));
    }
}
