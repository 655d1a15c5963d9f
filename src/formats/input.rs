//! A file as it is handed in: as it is, packed with gzip, or an archive that holds some.
//!
//! The first bytes decide, not the name. Everything is unpacked as it is read, and nothing is written to the disk; what unpacks to
//! far more than any text would is a bomb, and is refused when it has shown itself, long before it is large.

use std::cell::Cell;
use std::io::{self, BufReader, Cursor, Read};
use std::rc::Rc;

use flate2::Crc;
use flate2::read::{DeflateDecoder, MultiGzDecoder};

use super::decode::undecodable;
use super::package::{Package, most_of};
use crate::error::{Error, ErrorKind, Result};

/// How many bytes an archive may have; it has to be held whole, since its list of members stands at its end.
const MAX_ARCHIVE: u64 = 256 << 20;

/// How many bytes may come out of one packed file.
const MAX_UNPACKED: u64 = 8 << 30;

/// A file of units, unpacked as it is read.
pub struct Unpacked {
    /// Its name in the archive that it came in, if it came in one.
    pub name: Option<String>,
    /// Its bytes.
    pub input: Box<dyn Read>,
}

/// Opens what is handed in, by its first bytes: the file itself, what gzip has packed, or the members of a ZIP archive whose names
/// end like one of `endings` (`.tmx`), in their order.
///
/// # Errors
/// If it cannot be read, or is an archive that is damaged, encrypted, dangerous, or without such a member.
pub fn unpacked(mut input: impl Read + 'static, endings: &[&str]) -> Result<Vec<Unpacked>> {
    let mut head = Vec::new();
    (&mut input)
        .take(4)
        .read_to_end(&mut head)
        .map_err(|error| unreadable(&error))?;
    let (is_gzip, is_archive) = (head.starts_with(b"\x1F\x8B"), Package::is_package(&head));
    let whole = Cursor::new(head).chain(input);
    if is_archive {
        return members(whole, endings);
    }
    let input: Box<dyn Read> = if is_gzip {
        let packed = Rc::new(Cell::new(0));
        let counted = Counted {
            input: whole,
            count: Rc::clone(&packed),
        };
        Box::new(Guarded {
            input: MultiGzDecoder::new(BufReader::new(counted)),
            packed,
            unpacked: 0,
            checksum: None,
        })
    } else {
        Box::new(whole)
    };
    Ok(vec![Unpacked { name: None, input }])
}

/// The members of an archive that are wanted.
fn members(input: impl Read, endings: &[&str]) -> Result<Vec<Unpacked>> {
    let mut bytes = Vec::new();
    input
        .take(MAX_ARCHIVE + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > MAX_ARCHIVE {
        let limit = MAX_ARCHIVE >> 20;
        return Err(
            Error::input(format!("this archive is larger than {limit} MB"))
                .hint("unpack it, and give the files in it"),
        );
    }
    let mut package = Package::new(bytes)?;
    let wanted = |name: &String| {
        let lower = name.to_lowercase();
        // What a Mac puts beside each file is named like it and is no text.
        let beside = lower
            .rsplit('/')
            .next()
            .is_some_and(|own| own.starts_with("._"));
        !beside && endings.iter().any(|ending| lower.ends_with(ending))
    };
    let names: Vec<String> = package.names().into_iter().filter(wanted).collect();
    if names.is_empty() {
        let wanted = endings.join(", ");
        return Err(Error::input("there is no file of units in this archive")
            .hint(format!("the names of such files end in {wanted}")));
    }
    let member = |name: String| {
        let packed = package.packed(&name)?;
        let length = packed.bytes.len() as u64;
        let bytes = Cursor::new(packed.bytes);
        let input: Box<dyn Read> = if packed.is_deflated {
            Box::new(DeflateDecoder::new(bytes))
        } else {
            Box::new(bytes)
        };
        Ok(Unpacked {
            name: Some(name),
            input: Box::new(Guarded {
                input,
                packed: Rc::new(Cell::new(length)),
                unpacked: 0,
                checksum: Some((Crc::new(), packed.checksum)),
            }),
        })
    };
    names.into_iter().map(member).collect()
}

fn unreadable(error: &io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("cannot read this: {error}"))
}

/// Counts the bytes that go through.
struct Counted<R> {
    input: R,
    count: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(out)?;
        self.count.set(self.count.get() + count as u64);
        Ok(count)
    }
}

/// Unpacks within limits.
struct Guarded<R> {
    input: R,
    /// How many packed bytes there are, or were read so far.
    packed: Rc<Cell<u64>>,
    unpacked: u64,
    /// The checksum so far, and what it must come to.
    checksum: Option<(Crc, u32)>,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(out).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            io::ErrorKind::UnexpectedEof => undecodable("the packed file was cut short"),
            _ => undecodable(format!("the packed file is damaged: {error}")),
        })?;
        self.unpacked += count as u64;
        let limit = most_of(self.packed.get());
        if self.unpacked > limit.min(MAX_UNPACKED) {
            return Err(undecodable(format!(
                "this unpacks to more than {} MB; no text does, and the file may be a bomb",
                limit.min(MAX_UNPACKED) >> 20
            )));
        }
        if let Some((checksum, wanted)) = &mut self.checksum {
            checksum.update(out.get(..count).unwrap_or_default());
            if count == 0 && !out.is_empty() && checksum.sum() != *wanted {
                return Err(undecodable(
                    "the packed file is damaged: its checksum is another",
                ));
            }
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = GzEncoder::new(Vec::new(), Compression::best());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn read(bytes: Vec<u8>) -> Result<Vec<String>, String> {
        let files = unpacked(Cursor::new(bytes), &[".tmx"]).map_err(|error| error.to_string())?;
        let text = |file: Unpacked| {
            let mut text = String::new();
            let mut input = file.input;
            input
                .read_to_string(&mut text)
                .map_err(|error| error.to_string())?;
            Ok(text)
        };
        files.into_iter().map(text).collect()
    }

    #[test]
    fn gzip_is_seen_by_its_bytes_and_plain_files_come_as_they_are() {
        let text = "<tmx>نامه ë</tmx>";
        assert_eq!(read(gzip(text.as_bytes())).unwrap(), [text]);
        assert_eq!(read(text.into()).unwrap(), [text]);
        assert_eq!(read(Vec::new()).unwrap(), [""]);
        let two = [gzip(b"a"), gzip(b"b")].concat();
        assert_eq!(read(two).unwrap(), ["ab"]);
    }

    #[test]
    fn what_is_damaged_or_a_bomb_is_refused() {
        let packed = gzip(&[b'a'; 4000]);
        let (half, _) = packed.split_at(packed.len() - 10);
        assert!(read(half.to_vec()).unwrap_err().contains("cut short"));
        let bomb = gzip(&vec![b' '; 40 << 20]);
        assert!(read(bomb).unwrap_err().contains("bomb"));
        assert!(
            read(b"PK\x03\x04junk".to_vec())
                .unwrap_err()
                .contains("damaged")
        );
    }
}
