//! What can go wrong: an [`Error`] ends the operation, a [`Problem`] is told and passed over.
//!
//! One error type serves the whole library. Its kinds are few, because a caller can only do few things with an error:
//! show it, treat a closed pipe as a quiet end, or offer what the hint says. The message names the file and, where
//! there is one, the line, in the form `file:line: what is wrong`.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Hears how much of a long work is done: so much, of so much. What it returns goes on or, with an error, ends the work, which
/// then leaves everything as it was.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64) -> Result<()>;

/// The result of an operation of this library.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why an operation could not be done.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    place: Option<Place>,
    message: String,
    hint: Option<String>,
}

/// What sort of failure an [`Error`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// What was asked for makes no sense: an unknown language tag, a language the memory does not have.
    Request,
    /// A file or text that was read is not what it should be.
    Input,
    /// The memory cannot be used: it is not ours, it is newer, it is damaged, it is locked.
    Memory,
    /// The operating system refused: no such file, no permission, no space.
    Io,
    /// The reader of our output went away. A program ends quietly here.
    BrokenPipe,
    /// Whoever asked for the work does not want it any more.
    Interrupted,
}

#[derive(Debug)]
struct Place {
    path: PathBuf,
    line: Option<u64>,
}

impl Error {
    /// An error of a kind, with a message that starts in lower case and has no full stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error {
            kind,
            place: None,
            message: message.into(),
            hint: None,
        }
    }

    /// [`ErrorKind::Request`] with a message.
    pub fn request(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Request, message)
    }

    /// [`ErrorKind::Input`] with a message.
    pub fn input(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Input, message)
    }

    /// What the operating system said while `doing` ("read", "write") something to `path`.
    pub fn io(path: &Path, doing: &str, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Error::new(ErrorKind::BrokenPipe, "the reader of the output went away");
        }
        Error::new(ErrorKind::Io, format!("cannot {doing} this: {error}")).at(path)
    }

    /// What the operating system said while something was written; whoever knows the file adds it with [`Error::at`].
    pub fn output(error: &io::Error) -> Self {
        Error::io(Path::new(""), "write", error)
    }

    /// The same error, said of a file. An error that names a file already keeps it.
    #[must_use]
    pub fn at(mut self, path: &Path) -> Self {
        if path.as_os_str().is_empty() {
            return self;
        }
        match &mut self.place {
            Some(place) if !place.path.as_os_str().is_empty() => {}
            Some(place) => place.path = path.to_path_buf(),
            None => {
                self.place = Some(Place {
                    path: path.to_path_buf(),
                    line: None,
                });
            }
        }
        self
    }

    /// The same error, said of a file unless it is said of one already.
    #[must_use]
    pub(crate) fn or_at(self, path: &Path) -> Self {
        if self
            .place
            .as_ref()
            .is_some_and(|place| !place.path.as_os_str().is_empty())
        {
            return self;
        }
        self.at(path)
    }

    /// The same error; what was said of a file under a passing name is said of the file it was to become.
    #[must_use]
    pub(crate) fn moved(mut self, from: &Path, to: &Path) -> Self {
        if let Some(place) = self.place.as_mut().filter(|place| place.path == from) {
            place.path = to.to_path_buf();
        }
        self
    }

    /// The same error, said of a line (from 1). The file is added by whoever knows it, with [`Error::at`].
    #[must_use]
    pub fn on_line(mut self, line: u64) -> Self {
        let path = self.place.take().map(|place| place.path);
        self.place = Some(Place {
            path: path.unwrap_or_default(),
            line: Some(line),
        });
        self
    }

    /// The same error with a sentence that says what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What sort of failure this is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What to do about it, if there is something to say.
    pub fn hint_text(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// The line (from 1) that the error is said of, if it is known.
    pub fn line(&self) -> Option<u64> {
        self.place.as_ref().and_then(|place| place.line)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            match (place.path.as_os_str().is_empty(), place.line) {
                (false, Some(line)) => write!(f, "{}:{line}: ", place.path.display())?,
                (false, None) => write!(f, "{}: ", place.path.display())?,
                (true, Some(line)) => write!(f, "line {line}: ")?,
                (true, None) => {}
            }
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// Something wrong in a file that did not stop its being read: what it was, where, and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1, if it is known.
    pub line: Option<u64>,
    /// What was wrong and what was done, without the file's name.
    pub message: String,
    /// Whether it is only worth knowing: the file is as it may be, or nothing that matters was touched.
    pub is_note: bool,
}

impl Problem {
    /// A problem on a line.
    pub fn on_line(line: u64, message: impl Into<String>) -> Self {
        Problem {
            line: Some(line),
            message: message.into(),
            is_note: false,
        }
    }

    /// The same problem, as something that is only worth knowing.
    #[must_use]
    pub fn as_note(mut self) -> Self {
        self.is_note = true;
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "{line}: ")?;
        }
        f.write_str(&self.message)
    }
}
