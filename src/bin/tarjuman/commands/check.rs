//! `tarjuman check`

use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{doubt_language, open, say_method};
use crate::args::{CuttingArguments, DocumentArguments, language};
use crate::ui::{Outcome, Progress, Ui};
use tarjuman::align::NoLexicon;
use tarjuman::app::check::{CheckCount, PairAt, PairSource, Wanted, check, is_edition};
use tarjuman::app::editions::{align_editions, read_editions};
use tarjuman::app::pretranslate::one_line;
use tarjuman::app::transfer::is_tmx;
use tarjuman::app::unit_source::UnitHints;
use tarjuman::check::{Check, Finding, Severity, Side};
use tarjuman::error::{Error, Result};
use tarjuman::text::language::Language;

/// Look for what may be wrong with translations
///
/// Numbers and dates that disagree in value, whatever digits and calendar they are written in; marks that are missing or of the other
/// script; quotations left open; letters of the wrong keyboard; what was left untranslated; and so on. --list shows all checks. What can be right is not
/// told: an error is wrong, a warning most likely, a note is worth a look.
///
/// FILEs are files of pairs, or two to four editions of each text, which are brought together first. Without FILE the memory is checked.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  tarjuman check letter.fa.xlf
  tarjuman check letter.en.txt letter.fa.txt
  tarjuman check memories/letters.tmx --from en --to fa,ar
  tarjuman check -m letters.sqlite --from en --only number,date
  tarjuman check letter.fa.xlf --ignore negation --fail-on warning
  tarjuman check --list

--format json prints one object a finding; start and end are bytes of the text on its side, from 0, and null where it is about
the whole text:
  {\"check\":\"number\",\"severity\":\"error\",\"side\":\"target\",\"start\":0,\"end\":6,\"text\":\"۳۵۴\",\"reason\":\"“۳۵۴” is not “345”\",
   \"suggestion\":\"۳۴۵\",\"from\":\"en\",\"to\":\"fa\",\"source\":\"…\",\"target\":\"…\",\"file\":\"…\",\"unit\":12,\"line\":13,\"document\":null}
unit is the number of the segment, unit or bead in its file from 1 (in a memory that of the unit), line that of the file.

Exit status: 0 nothing is wrong; 1 there are findings as bad as --fail-on says, or worse; 2 could not.")]
pub(crate) struct Arguments {
    /// The language of the sources; else what the file says, else that of the first text of each unit
    #[arg(long, value_name = "LANG", value_parser = language)]
    from: Option<Language>,

    /// The languages of the translations, with commas between them; else all
    #[arg(long, value_name = "LANG", value_parser = language, value_delimiter = ',')]
    to: Vec<Language>,

    /// Leave this check out; can be said several times
    #[arg(long, value_name = "CHECK", value_parser = check_name(), value_delimiter = ',', hide_possible_values = true)]
    ignore: Vec<Check>,

    /// Do only this check; can be said several times
    #[arg(long, value_name = "CHECK", value_parser = check_name(), value_delimiter = ',', hide_possible_values = true)]
    only: Vec<Check>,

    /// How bad a finding must be for exit status 1
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = FailOn::Error)]
    fail_on: FailOn,

    /// List the checks, and do nothing
    #[arg(long)]
    list: bool,

    /// The languages of editions, in their order; else what their names say (letter.fa.txt), else what the texts show
    #[arg(long, value_name = "LANG,LANG", value_parser = language, value_delimiter = ',')]
    langs: Vec<Language>,

    #[command(flatten)]
    document: DocumentArguments,

    #[command(flatten)]
    cutting: CuttingArguments,

    /// The memory to check, if no FILE is named: a file made by `tarjuman import`, or a .tmx file
    #[arg(short, long, env = "TARJUMAN_MEMORY", value_name = "MEMORY")]
    memory: Option<PathBuf>,

    /// Files of pairs (XLIFF, PO, tab-separated, TMX, packed or not), or editions of texts (txt, md, html, docx, odt, srt)
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Errors
    Error,
    /// Errors and warnings
    Warning,
    /// Anything
    Note,
    /// Nothing: the status is 0 whatever is found
    Never,
}

impl FailOn {
    fn severity(self) -> Option<Severity> {
        Some(match self {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
            FailOn::Note => Severity::Note,
            FailOn::Never => return None,
        })
    }
}

/// Reads the name of a check; one that is not known is answered with one that is like it.
fn check_name() -> impl TypedValueParser<Value = Check> {
    let names = Check::ALL.iter().map(|check| check.name());
    PossibleValuesParser::new(names).try_map(|name| {
        Check::named(&name).ok_or_else(|| format!("“{name}” is no check; --list shows them"))
    })
}

pub(crate) fn run(arguments: &Arguments, ui: &mut Ui) -> Result<Outcome> {
    if arguments.list {
        return list(ui);
    }
    let chosen = |check: &Check| {
        (arguments.only.is_empty() || arguments.only.contains(check))
            && !arguments.ignore.contains(check)
    };
    let wanted = Wanted {
        from: arguments.from.clone(),
        to: arguments.to.clone(),
        checks: Check::ALL.into_iter().filter(chosen).collect(),
    };
    if let (Some(from), [to]) = (&wanted.from, wanted.to.as_slice()) {
        from.differs_from(to)?;
    }
    let mut count = Count::default();
    match (arguments.files.as_slice(), &arguments.memory) {
        ([], None) => {
            let error = Error::request("there is nothing to check");
            return Err(error.hint("name files, or a memory with -m"));
        }
        ([], Some(path)) if is_tmx(path) => of_file(path, arguments, &wanted, &mut count, ui)?,
        ([], Some(path)) => {
            let memory = open(path, ui)?;
            of_source(
                &PairSource::Memory(&memory, path),
                path,
                &wanted,
                &mut count,
                ui,
            )?;
        }
        (files, _) => of_files(files, arguments, &wanted, &mut count, ui)?,
    }
    count.print(ui)?;
    let bad = arguments.fail_on.severity();
    Ok(match bad.is_some_and(|bad| count.total.at_least(bad) > 0) {
        true => Outcome::Wrong,
        false => Outcome::Done,
    })
}

/// What was found in all.
#[derive(Default)]
struct Count {
    total: CheckCount,
}

impl Count {
    fn add(&mut self, own: CheckCount) {
        self.total.pairs += own.pairs;
        self.total.with_findings += own.with_findings;
        self.total.errors += own.errors;
        self.total.warnings += own.warnings;
        self.total.notes += own.notes;
    }

    fn print(&self, ui: &mut Ui) -> Result<()> {
        if ui.is_json() {
            return Ok(());
        }
        let some = |count: u64, what: &str| match count {
            1 => format!("1 {what}"),
            count => format!("{count} {what}s"),
        };
        let CheckCount {
            pairs,
            with_findings,
            errors,
            warnings,
            notes,
        } = self.total;
        let checked = some(pairs, "pair");
        if with_findings == 0 {
            return ui.line(&format!("{checked} checked: nothing found"));
        }
        ui.line(&format!(
            "{checked} checked: {}, {}, {} in {with_findings} of them",
            some(errors, "error"),
            some(warnings, "warning"),
            some(notes, "note")
        ))
    }
}

fn list(ui: &mut Ui) -> Result<Outcome> {
    for check in Check::ALL {
        let (name, severity, what) = (check.name(), check.severity().name(), check.describes());
        match ui.is_json() {
            true => ui.json(
                &serde_json::json!({"check": name, "severity": severity, "describes": what}),
            )?,
            false => ui.line(&format!("{name:<20} {severity:<8} {what}"))?,
        }
    }
    Ok(Outcome::Done)
}

fn of_files(
    files: &[PathBuf],
    arguments: &Arguments,
    wanted: &Wanted,
    count: &mut Count,
    ui: &mut Ui,
) -> Result<()> {
    let mut editions = Vec::new();
    for path in files {
        if is_edition(path)? {
            editions.push(path.clone());
        } else {
            of_file(path, arguments, wanted, count, ui)?;
        }
    }
    if editions.is_empty() {
        return Ok(());
    }
    if let [only] = editions.as_slice() {
        let error =
            Error::request("this is a text in one language, and there is no other edition of it");
        return Err(error
            .at(only)
            .hint("name its editions too, as letter.en.txt letter.fa.txt"));
    }
    let cutting = arguments.cutting.cutting()?;
    let options = arguments.document.options();
    let texts = read_editions(&editions, &arguments.langs, &cutting, &options)?;
    for text in &texts {
        for (file, letter) in text.paths.iter().zip(&text.letters) {
            ui.warn(file, letter.problems());
            doubt_language(file, letter, ui);
            say_method(letter, &cutting, ui);
        }
    }
    let mut progress = Progress::new("aligning");
    let aligned = align_editions(texts, None, &NoLexicon, &mut |done, total| {
        progress.update(done, total)
    })?;
    drop(progress);
    for text in &aligned {
        if !text.strangers().is_empty() {
            ui.say(&format!(
                "warning: {}: some of these do not look like editions of one text",
                text.name
            ));
        }
        of_source(
            &PairSource::Editions(text),
            Path::new(&text.name),
            wanted,
            count,
            ui,
        )?;
    }
    Ok(())
}

fn of_file(
    path: &Path,
    arguments: &Arguments,
    wanted: &Wanted,
    count: &mut Count,
    ui: &mut Ui,
) -> Result<()> {
    let hints = UnitHints {
        encoding: None,
        source: arguments.from.clone(),
        target: arguments.to.first().cloned(),
    };
    of_source(&PairSource::File(path, hints), path, wanted, count, ui)
}

fn of_source(
    source: &PairSource<'_>,
    path: &Path,
    wanted: &Wanted,
    count: &mut Count,
    ui: &mut Ui,
) -> Result<()> {
    let mut progress = Progress::new(format!("checking {}", path.display()));
    let (own, problems) = check(
        source,
        wanted,
        &mut |pair, found| print(pair, found, ui),
        &mut |done, total| progress.update(done, total),
    )?;
    drop(progress);
    ui.warn(path, &problems);
    count.add(own);
    Ok(())
}

fn print(pair: &PairAt<'_>, found: &[Finding], ui: &mut Ui) -> Result<()> {
    if ui.is_json() {
        return found
            .iter()
            .try_for_each(|finding| ui.json(&Line::new(pair, finding)));
    }
    let place = match (pair.line, pair.document) {
        (Some(line), _) => format!("{}:{line}", pair.file.display()),
        (None, Some(document)) if Path::new(document) != pair.file => {
            format!("{}, {} of {document}", pair.file.display(), pair.number)
        }
        (None, _) => format!("{}, {}", pair.file.display(), pair.number),
    };
    ui.line(&format!("{place}  {} → {}", pair.from, pair.to))?;
    for (side, text) in [
        (Side::Source, &pair.source.text),
        (Side::Target, &pair.target.text),
    ] {
        let mut places: Vec<Range<usize>> = found
            .iter()
            .filter(|finding| finding.side == side)
            .filter_map(|finding| whole_words(text, finding.place.as_ref()?))
            .collect();
        places.sort_by_key(|place| (place.start, place.end));
        places.dedup_by(|next, last| {
            let is_within = next.start < last.end;
            last.end = last.end.max(next.end);
            is_within
        });
        let text = one_line(&ui.highlighted(text, &places));
        ui.line(&format!("  {text}"))?;
    }
    for finding in found {
        let reason = with_quoted_apart(&one_line(&finding.reason), ui);
        let suggestion = match finding.suggestion.as_deref() {
            Some(text) if !text.trim().is_empty() => format!(" → {}", ui.isolated(text)),
            _ => String::new(),
        };
        let (severity, name) = (finding.severity, finding.check.name());
        ui.line(&format!("    {severity} {name}: {reason}{suggestion}"))?;
    }
    ui.line("")
}

/// A sentence of ours, in which what it quotes runs as it must.
fn with_quoted_apart(reason: &str, ui: &Ui) -> String {
    let mut shown = String::new();
    let mut parts = reason.split('“');
    shown.push_str(parts.next().unwrap_or_default());
    for part in parts {
        match part.rsplit_once('”') {
            Some((quoted, rest)) => {
                shown.push_str(&format!("“{}”{rest}", ui.isolated(quoted)));
            }
            None => shown.push_str(&format!("“{}", ui.isolated(part))),
        }
    }
    shown
}

/// The words that a place touches: to mark a part of a word would tear its letters apart.
fn whole_words(text: &str, place: &Range<usize>) -> Option<Range<usize>> {
    let before = text.get(..place.start)?;
    let after = text.get(place.end..)?;
    let start = before.rfind(char::is_whitespace).map_or(0, |at| {
        let space = before.get(at..).and_then(|rest| rest.chars().next());
        at + space.map_or(0, char::len_utf8)
    });
    let end = place.end + after.find(char::is_whitespace).unwrap_or(after.len());
    Some(start..end)
}

/// A finding as JSON.
#[derive(Serialize)]
struct Line<'a> {
    check: &'static str,
    severity: &'static str,
    side: &'static str,
    start: Option<usize>,
    end: Option<usize>,
    text: Option<&'a str>,
    reason: &'a str,
    suggestion: Option<&'a str>,
    from: &'a str,
    to: &'a str,
    source: &'a str,
    target: &'a str,
    file: String,
    unit: u64,
    line: Option<u64>,
    document: Option<&'a str>,
}

impl<'a> Line<'a> {
    fn new(pair: &PairAt<'a>, finding: &'a Finding) -> Self {
        let text = match finding.side {
            Side::Source => &pair.source.text,
            Side::Target => &pair.target.text,
        };
        let place = finding.place.clone();
        Line {
            check: finding.check.name(),
            severity: finding.severity.name(),
            side: finding.side.name(),
            start: place.as_ref().map(|place| place.start),
            end: place.as_ref().map(|place| place.end),
            text: place.and_then(|place| text.get(place)),
            reason: &finding.reason,
            suggestion: finding.suggestion.as_deref(),
            from: pair.from.tag(),
            to: pair.to.tag(),
            source: &pair.source.text,
            target: &pair.target.text,
            file: pair.file.to_string_lossy().into_owned(),
            unit: pair.number,
            line: pair.line,
            document: pair.document,
        }
    }
}
