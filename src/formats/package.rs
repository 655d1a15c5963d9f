//! A ZIP archive that is a document or holds one: read within limits, and written again with some members changed.
//!
//! An archive comes from anybody. Its members are never written to the disk, so their names can do no harm; names that try to are
//! refused all the same, because what holds them is no document. Sizes are those that come out, not those that the archive states.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::error::{Error, Result};

/// How many bytes a member may have.
const MAX_MEMBER: u64 = 256 << 20;

/// How many members there may be.
const MAX_MEMBERS: usize = 20_000;

/// How many times larger a member above [`FREE`] bytes may be than what it was packed into. XML packs to a twentieth, rarely to less than a
/// hundredth.
const MAX_RATIO: u64 = 200;

/// Below so many bytes nothing is a bomb.
const FREE: u64 = 16 << 20;

/// How many bytes may come out of so many packed ones before they are a bomb.
pub(super) fn most_of(packed: u64) -> u64 {
    FREE.max(packed.saturating_mul(MAX_RATIO))
}

/// An archive.
#[derive(Clone, Debug)]
pub(super) struct Package {
    archive: ZipArchive<Cursor<Vec<u8>>>,
}

/// A member as it is stored.
pub(super) struct Packed {
    pub(super) bytes: Vec<u8>,
    /// Whether the bytes are deflated; else they are the member itself.
    pub(super) is_deflated: bool,
    /// The CRC-32 of what comes out.
    pub(super) checksum: u32,
}

impl Package {
    /// Whether bytes look like an archive.
    pub(super) fn is_package(bytes: &[u8]) -> bool {
        bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
    }

    /// Reads the list of members.
    pub(super) fn new(bytes: Vec<u8>) -> Result<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| said(&error))?;
        if archive.len() > MAX_MEMBERS {
            let many = archive.len();
            return Err(Error::input(format!(
                "this archive has {many} members; no document has so many"
            )));
        }
        for name in archive.file_names() {
            let name = name.map_err(|error| said(&error))?;
            let climbs = name.split(['/', '\\']).any(|part| part == "..");
            if climbs || name.starts_with(['/', '\\']) || name.contains('\0') {
                return Err(Error::input(format!(
                    "this archive has a member with a path that leads out of it: {name}"
                )));
            }
        }
        Ok(Package { archive })
    }

    /// The same for an archive that is to be written again: all of it must be whole, also what nobody reads.
    pub(super) fn of_document(bytes: Vec<u8>) -> Result<Self> {
        let package = Package::new(bytes)?;
        package.with(&[])?;
        Ok(package)
    }

    /// The names of the members, in their order.
    pub(super) fn names(&self) -> Vec<String> {
        let names = self.archive.file_names().filter_map(|name| name.ok());
        names.map(|name| name.into_owned()).collect()
    }

    /// Whether there is a member of a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// What a member holds; `None` if there is none of that name.
    pub(super) fn read(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let mut archive = self.archive.clone();
        let Some(index) = archive.index_for_name(name) else {
            return Ok(None);
        };
        if archive
            .by_index_raw(index)
            .is_ok_and(|file| file.encrypted())
        {
            return Err(Error::input(format!("{name} in this archive is encrypted"))
                .hint("save the document without a password"));
        }
        let file = archive.by_index(index).map_err(|error| said(&error))?;
        let limit = MAX_MEMBER.min(most_of(file.compressed_size()));
        let mut bytes = Vec::new();
        file.take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| Error::input(format!("{name} in this archive is damaged: {error}")))?;
        if bytes.len() as u64 > limit {
            return Err(Error::input(format!(
                "{name} in this archive unpacks to more than {} MB; no document does",
                limit >> 20
            )));
        }
        Ok(Some(bytes))
    }

    /// What a member holds, still packed, for whoever unpacks it as a stream.
    pub(super) fn packed(&mut self, name: &str) -> Result<Packed> {
        let missing = || Error::input(format!("there is no {name} in this archive"));
        let index = self.archive.index_for_name(name).ok_or_else(missing)?;
        let file = self
            .archive
            .by_index_raw(index)
            .map_err(|error| said(&error))?;
        if file.encrypted() {
            return Err(Error::input(format!("{name} in this archive is encrypted"))
                .hint("pack it again without a password"));
        }
        let is_deflated = match file.compression() {
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            other => {
                let said =
                    format!("{name} in this archive is packed with {other}, which is not read");
                return Err(Error::input(said).hint("pack it again as ordinary ZIP (deflate)"));
            }
        };
        let checksum = file.crc32();
        let mut bytes = Vec::new();
        let mut file = file;
        file.read_to_end(&mut bytes)
            .map_err(|error| Error::input(format!("{name} in this archive is damaged: {error}")))?;
        Ok(Packed {
            bytes,
            is_deflated,
            checksum,
        })
    }

    /// The archive with some members changed, in the same order; the others are copied as they are.
    pub(super) fn with(&self, changed: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
        let mut archive = self.archive.clone();
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let file = archive.by_index_raw(index).map_err(|error| said(&error))?;
            let own = file.name().map_err(|error| said(&error))?.into_owned();
            let Some((name, bytes)) = changed.iter().find(|(name, _)| *name == own) else {
                writer.raw_copy_file(file).map_err(|error| said(&error))?;
                continue;
            };
            let method = match file.compression() {
                CompressionMethod::Stored => CompressionMethod::Stored,
                _ => CompressionMethod::Deflated,
            };
            let mut options = SimpleFileOptions::default().compression_method(method);
            if let Some(time) = file.last_modified() {
                options = options.last_modified_time(time);
            }
            drop(file);
            writer
                .start_file(name, options)
                .map_err(|error| said(&error))?;
            writer
                .write_all(bytes)
                .map_err(|error| Error::output(&error))?;
        }
        let done = writer.finish().map_err(|error| said(&error))?;
        Ok(done.into_inner())
    }
}

fn said(error: &zip::result::ZipError) -> Error {
    Error::input(format!("this archive is damaged: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive() -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["a.xml", "unread.bin"] {
            writer
                .start_file(name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(b"<a>something</a>").unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_document_is_whole_or_refused() {
        let whole = archive();
        let same = Package::of_document(whole.clone())
            .unwrap()
            .with(&[])
            .unwrap();
        let read = |bytes: &[u8]| {
            Package::new(bytes.to_vec())
                .unwrap()
                .read("unread.bin")
                .unwrap()
        };
        assert_eq!(read(&same), read(&whole));
        // The header before the data of the second member: a mark of four bytes that nobody reads until it is copied.
        let second = whole
            .windows(4)
            .rposition(|bytes| bytes == b"PK\x03\x04")
            .unwrap();
        let mut damaged = whole;
        damaged[second + 2] = 9;
        assert!(Package::new(damaged.clone()).is_ok());
        assert!(Package::of_document(damaged).is_err());
    }
}
