//! The only place that prints: results to standard output, talk and progress to standard error.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::ops::Range;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::args::Format;
use tarjuman::error::{Error, ErrorKind, Problem, Result};

/// How a command ended that did what it could.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It did it, or found something.
    Done,
    /// It worked, and the answer is "nothing".
    Nothing,
    /// It worked, and what it looked at is not as it should be.
    Wrong,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::Nothing | Outcome::Wrong => ExitCode::from(1),
        }
    }
}

/// A text of a stranger's file without what could steer a terminal.
fn harmless(text: &str) -> String {
    let steers = |letter: char| {
        letter.is_control() || matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .map(|letter| match letter {
            '\n' | '\r' | '\t' => ' ',
            letter if steers(letter) => '\u{FFFD}',
            letter => letter,
        })
        .collect()
}

/// How many problems of one file are told in full.
const PROBLEMS_TOLD: usize = 10;

/// Where results and talk go.
pub(crate) struct Ui {
    format: Format,
    out: BufWriter<Stdout>,
    terminal: bool,
}

impl Ui {
    pub(crate) fn new(format: Format) -> Self {
        let out = io::stdout();
        let terminal = out.is_terminal();
        Ui {
            format,
            out: BufWriter::new(out),
            terminal,
        }
    }

    /// Whether results are to be JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Prints a line of the result.
    pub(crate) fn line(&mut self, text: &str) -> Result<()> {
        writeln!(self.out, "{text}").map_err(|error| output(&error))
    }

    /// Prints an object of the result, in one line.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<()> {
        let text = serde_json::to_string(value).map_err(|error| Error::input(error.to_string()))?;
        self.line(&text)
    }

    /// Where a command writes a whole file to standard output.
    pub(crate) fn out(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    /// A text that may run the other way than its surroundings. On a terminal it is isolated, so that it does not take
    /// marks and numbers beside it along, and what could steer the terminal is shown as a replacement character; in a pipe or a
    /// file nothing is ever added or changed.
    pub(crate) fn isolated(&self, text: &str) -> String {
        self.highlighted(text, &[])
    }

    /// The same with some stretches of the text, given in bytes and in order, made to stand out on a terminal.
    pub(crate) fn highlighted(&self, text: &str, ranges: &[Range<usize>]) -> String {
        if !self.terminal {
            return text.to_owned();
        }
        let (mut shown, mut at) = (String::from('\u{2068}'), 0);
        for range in ranges.iter().filter(|range| range.end <= text.len()) {
            // Stretches may overlap.
            let start = range.start.max(at);
            if let (Some(before), Some(own)) = (text.get(at..start), text.get(start..range.end)) {
                shown.push_str(&format!(
                    "{}\u{1b}[1m{}\u{1b}[0m",
                    harmless(before),
                    harmless(own)
                ));
                at = range.end;
            }
        }
        shown.push_str(&harmless(text.get(at..).unwrap_or_default()));
        shown.push('\u{2069}');
        shown
    }

    /// Says something beside the result.
    pub(crate) fn say(&mut self, text: &str) {
        // Talk that nobody can hear any more is no reason to stop.
        let _ = writeln!(io::stderr(), "{text}");
    }

    /// Tells what was wrong in a file and was passed over, and what else is worth knowing of it.
    pub(crate) fn warn(&mut self, file: &Path, problems: &[Problem]) {
        let (notes, wrong): (Vec<_>, Vec<_>) = problems.iter().partition(|problem| problem.is_note);
        self.tell("warning", file, &wrong);
        self.tell("note", file, &notes);
    }

    fn tell(&mut self, kind: &str, file: &Path, problems: &[&Problem]) {
        for problem in problems.iter().take(PROBLEMS_TOLD) {
            let place = file.display();
            let line = problem
                .line
                .map(|line| format!(":{line}"))
                .unwrap_or_default();
            let message = harmless(&problem.message);
            self.say(&format!("{kind}: {place}{line}: {message}"));
        }
        let more = problems.len().saturating_sub(PROBLEMS_TOLD);
        if more > 0 {
            self.say(&format!("{kind}: {}: and {more} more", file.display()));
        }
    }

    /// Hands on what is still in the buffer.
    pub(crate) fn finish(&mut self) -> Result<()> {
        self.out.flush().map_err(|error| output(&error))
    }
}

fn output(error: &io::Error) -> Error {
    Error::io(Path::new("standard output"), "write to", error)
}

/// Says why a command could not do its work, and returns the exit status for it.
pub(crate) fn fail(error: &Error) -> ExitCode {
    if error.kind() == ErrorKind::BrokenPipe {
        // Whoever reads has seen enough (`| head`): that is no failure.
        return ExitCode::SUCCESS;
    }
    let mut err = io::stderr();
    if error.kind() == ErrorKind::Interrupted {
        let _ = writeln!(err, "{error}");
        return ExitCode::from(STATUS_INTERRUPTED);
    }
    let _ = writeln!(err, "error: {error}");
    if let Some(hint) = error.hint_text() {
        let _ = writeln!(err, "hint: {hint}");
    }
    ExitCode::from(2)
}

/// Whether Ctrl-C was pressed.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// How many works are going on that look whether it was.
static WORKS: AtomicUsize = AtomicUsize::new(0);

/// The exit status of a program that SIGINT ended, as shells expect it.
const STATUS_INTERRUPTED: u8 = 130;

/// Hears Ctrl-C from now on. A work that can take long then ends at its next step, so that nothing is left behind; outside of
/// such works, and when it is pressed again, the program ends at once.
pub(crate) fn hear_interrupts() {
    #[allow(
        clippy::exit,
        reason = "this is how a program is ended from beside its main thread"
    )]
    let heard = || {
        if INTERRUPTED.swap(true, Ordering::Relaxed) || WORKS.load(Ordering::Relaxed) == 0 {
            std::process::exit(i32::from(STATUS_INTERRUPTED));
        }
    };
    // Where the system does not let it be heard, it ends the program as it always has.
    let _ = ctrlc::set_handler(heard);
}

/// A line on the terminal that shows how far a long work is; it is shown only after a while, and never in a pipe.
pub(crate) struct Progress {
    what: String,
    start: Instant,
    bar: Option<ProgressBar>,
}

/// How long a work may take before its progress is shown.
const PATIENCE: Duration = Duration::from_millis(500);

impl Progress {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        WORKS.fetch_add(1, Ordering::Relaxed);
        Progress {
            what: what.into(),
            start: Instant::now(),
            bar: None,
        }
    }

    /// Shows that `done` of `total` is done; ends the work if Ctrl-C was pressed.
    pub(crate) fn update(&mut self, done: u64, total: u64) -> Result<()> {
        if INTERRUPTED.load(Ordering::Relaxed) {
            return Err(Error::new(
                ErrorKind::Interrupted,
                "interrupted; nothing was stored or written",
            ));
        }
        if self.bar.is_none() && self.start.elapsed() > PATIENCE && io::stderr().is_terminal() {
            let bar = ProgressBar::new(total).with_message(self.what.clone());
            let style = ProgressStyle::with_template("{msg} {wide_bar} {percent}%");
            self.bar = Some(match style {
                Ok(style) => bar.with_style(style),
                Err(_) => bar,
            });
        }
        if let Some(bar) = &self.bar {
            bar.set_length(total);
            bar.set_position(done);
        }
        Ok(())
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        WORKS.fetch_sub(1, Ordering::Relaxed);
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
