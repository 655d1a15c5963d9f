//! `tarjuman pretranslate`

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{bands, may_write, now, open, print_bands, read_letter, targets};
use crate::args::{CuttingArguments, DocumentArguments, MemoryArgument, ScoreArguments, language};
use crate::ui::{Outcome, Progress, Ui};
use tarjuman::app::letter::Letter;
use tarjuman::app::pretranslate::{Pretranslation, pretranslate};
use tarjuman::app::report;
use tarjuman::check::Severity;
use tarjuman::error::{Error, Result};
use tarjuman::formats::xliff::{self, XliffVersion};
use tarjuman::formats::{Format, Staged, stage};
use tarjuman::leverage::Finder;
use tarjuman::text::language::Language;

/// Fill documents with what a memory knows
///
/// For each target language three files are written:
///   LETTER.fa.docx         the document with what is known filled in, in the format it came in
///   LETTER.fa.xlf          the same as XLIFF 1.2, for a CAT tool; not for files that are bilingual themselves
///   LETTER.fa.report.html  a report to look at in a browser
///
/// In a document, what the memory knows exactly stands as it is. The rest stands in brackets:
///   [[repaired: …]]  the memory knows it with other numbers or dates, which were exchanged
///   [[written: …]]   it is nothing but a date or a number, written as the memory writes them
///   [[83%: …]]       the memory knows something like it
///   [[?: …]]         the memory has several translations; this is one
///   [[new: …]]       the memory does not know it; this is the source
#[derive(Args, Debug)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  tarjuman pretranslate -m memories/letters.tmx --from en --to fa,ar,sq letter.txt --out-dir out
  tarjuman pretranslate -m letters.sqlite letter.sq.txt --out-dir out"
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    memory: MemoryArgument,

    /// The language of the documents; else what the name says (letter.en.txt), else what the text shows
    #[arg(long, value_name = "LANG", value_parser = language)]
    from: Option<Language>,

    /// The languages to translate into, with commas; else all that the memory has
    #[arg(long, value_name = "LANG", value_parser = language, value_delimiter = ',')]
    to: Vec<Language>,

    #[command(flatten)]
    document: DocumentArguments,

    #[command(flatten)]
    cutting: CuttingArguments,

    #[command(flatten)]
    score: ScoreArguments,

    /// The version of the XLIFF
    #[arg(long, value_enum, default_value_t = Version::V1_2, value_name = "VERSION")]
    xliff: Version,

    /// Mark what the memory knows exactly as approved, for tools that take nothing else for a translation
    #[arg(long)]
    approve: bool,

    /// The folder to write to; it is made if it is not there
    #[arg(long, value_name = "DIR")]
    out_dir: PathBuf,

    /// Write over files that are there already
    #[arg(long)]
    overwrite: bool,

    /// Documents: txt, md, html, docx, odt, srt, xliff, po; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Version {
    /// The one that every tool reads
    #[value(name = "1.2")]
    V1_2,
    #[value(name = "2.0")]
    V2_0,
    #[value(name = "2.1")]
    V2_1,
    #[value(name = "2.2")]
    V2_2,
}

impl Version {
    fn version(self) -> XliffVersion {
        match self {
            Version::V1_2 => XliffVersion::V1_2,
            Version::V2_0 => XliffVersion::V2_0,
            Version::V2_1 => XliffVersion::V2_1,
            Version::V2_2 => XliffVersion::V2_2,
        }
    }
}

pub(crate) fn run(arguments: &Arguments, ui: &mut Ui) -> Result<Outcome> {
    let cutting = arguments.cutting.cutting()?;
    let memory = open(&arguments.memory.memory, ui)?;
    let mut letters: Vec<(&PathBuf, Letter)> = Vec::new();
    for file in &arguments.files {
        let letter = read_letter(
            file,
            arguments.from.as_ref(),
            &cutting,
            &arguments.document.options(),
            ui,
        )?;
        letters.push((file, letter));
    }
    let documents = letters.iter().map(|(file, _)| file.as_path());
    let read: Vec<&Path> = documents
        .chain([arguments.memory.memory.as_path()])
        .collect();
    // What is going to be refused is refused before the work, which may be long.
    let mut tasks = Vec::new();
    let mut names = HashSet::new();
    for (file, letter) in &letters {
        for to in targets(&memory, letter, &arguments.to).map_err(|error| error.at(file))? {
            let finder =
                Finder::new(&memory, &letter.language, &to).map_err(|error| error.at(file))?;
            let finder = finder.with_penalties(arguments.score.penalties());
            let files = Files::new(&arguments.out_dir, letter, &to);
            for path in files.all() {
                may_write(path, arguments.overwrite, &read)?;
                if !names.insert(path.clone()) {
                    let error =
                        Error::request("two of the results would be written to this file").at(path);
                    return Err(
                        error.hint("give the documents other names, or other folders to write to")
                    );
                }
            }
            tasks.push((*file, letter, finder, files));
        }
    }
    // Everything is looked up before anything is written: what fails, fails before there are files.
    let mut done = Vec::new();
    for (file, letter, finder, files) in tasks {
        let mut progress = Progress::new(format!("{} → {}", letter.name, finder.to()));
        let found = pretranslate(letter, &finder, arguments.score.min, &mut |done, total| {
            progress.update(done, total)
        })?;
        done.push((file, found, files));
    }
    let folder = &arguments.out_dir;
    if folder.exists() && !folder.is_dir() {
        return Err(Error::request("this is a file; a folder is wanted").at(folder));
    }
    std::fs::create_dir_all(folder).map_err(|error| Error::io(folder, "make", &error))?;
    // All files are written before any gets its name.
    let mut staged = Vec::new();
    for (file, found, files) in &done {
        staged.extend(write(file, found, files, arguments, ui)?);
    }
    for file in staged {
        file.keep()?;
    }
    for (file, found, files) in &done {
        tell(file, found, files, ui)?;
    }
    Ok(Outcome::Done)
}

/// The files of one document in one language.
struct Files {
    document: PathBuf,
    /// None beside a file that holds translations itself.
    xliff: Option<PathBuf>,
    report: PathBuf,
}

impl Files {
    fn new(folder: &Path, letter: &Letter, to: &Language) -> Self {
        let named = |ending: &str| folder.join(format!("{}.{to}.{ending}", letter.name));
        // A name that says something else than the file is would make nobody's program open it.
        let ending = match Format::of_ending(&letter.ending) {
            Some(named) if named != letter.format() => letter.format().ending(),
            None if letter.format() != Format::Plain || letter.ending.is_empty() => {
                letter.format().ending()
            }
            _ => &letter.ending,
        };
        Files {
            document: named(ending),
            xliff: (!letter.format().is_bilingual()).then(|| named("xlf")),
            report: named("report.html"),
        }
    }

    fn all(&self) -> impl Iterator<Item = &PathBuf> {
        let document = std::iter::once(&self.document);
        document.chain(&self.xliff).chain([&self.report])
    }
}

/// Writes the files of one document in one language; they have yet to be kept.
fn write(
    file: &Path,
    found: &Pretranslation<'_>,
    files: &Files,
    arguments: &Arguments,
    ui: &mut Ui,
) -> Result<Vec<Staged>> {
    let put = |path: &Path, bytes: &[u8]| {
        stage(path, |out| {
            out.write_all(bytes).map_err(|error| Error::output(&error))
        })
    };
    let document = found
        .file(arguments.approve)
        .map_err(|error| error.at(file))?;
    ui.warn(&files.document, &document.problems);
    let mut staged = vec![put(&files.document, &document.bytes)?];
    if let Some(path) = &files.xliff {
        staged.push(write_xliff(file, found, path, arguments, ui)?);
    }
    staged.push(put(&files.report, report::html(found).as_bytes())?);
    Ok(staged)
}

fn write_xliff(
    file: &Path,
    found: &Pretranslation<'_>,
    path: &Path,
    arguments: &Arguments,
    ui: &mut Ui,
) -> Result<Staged> {
    let original = file
        .file_name()
        .unwrap_or(file.as_os_str())
        .to_string_lossy();
    let at = now();
    let mut replaced = 0;
    let staged = stage(path, |out| {
        let version = arguments.xliff.version();
        let file = found.xliff(&original, &at, version, arguments.approve);
        replaced = xliff::write(&file, out).map_err(|error| Error::output(&error))?;
        Ok(())
    })?;
    if replaced > 0 {
        let path = path.display();
        ui.say(&format!(
            "warning: {path}: {replaced} characters that XML cannot carry were replaced"
        ));
    }
    Ok(staged)
}

fn counted(count: usize, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}

/// What may be wrong with what is filled in, as JSON.
fn findings(found: &Pretranslation<'_>) -> Vec<serde_json::Value> {
    let mut all = Vec::new();
    for (segment, number) in found.segments.iter().zip(1..) {
        for finding in &segment.findings {
            all.push(serde_json::json!({
                "segment": number, "check": finding.check.name(), "severity": finding.severity.name(), "reason": finding.reason,
            }));
        }
    }
    all
}

fn tell(file: &Path, found: &Pretranslation<'_>, files: &Files, ui: &mut Ui) -> Result<()> {
    let analysis = found.analysis();
    let (from, to) = (&found.letter.language, &found.to);
    if ui.is_json() {
        let (segments, words) = analysis.total();
        let written: Vec<_> = files.all().map(|path| path.to_string_lossy()).collect();
        return ui.json(&serde_json::json!({
            "file": file.to_string_lossy(), "from": from.tag(), "to": to.tag(), "written": written,
            "segments": segments, "words": words, "bands": bands(&analysis), "findings": findings(found),
        }));
    }
    ui.line(&format!(
        "{}: {} → {}",
        file.display(),
        from.english_name(),
        to.english_name()
    ))?;
    print_bands(&analysis, ui)?;
    let count = |severity| {
        let all = found.segments.iter().flat_map(|segment| &segment.findings);
        all.filter(|finding| finding.severity == severity).count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings > 0 {
        ui.line(&format!(
            "  to look at in what was filled in: {}, {}",
            counted(errors, "error"),
            counted(warnings, "warning")
        ))?;
    }
    for path in files.all() {
        ui.line(&format!("  {}", path.display()))?;
    }
    Ok(())
}
