//! Checking: the pairs of files, memories and aligned editions, one after the other, and what may be wrong with each.
//!
//! Everything is gone through twice: the first time what the editions do is learnt ([`Habits`]) and what is said in two ways is found
//! ([`Across`]), the second time each pair is held against that. No more than a pair is kept of a memory or a TMX file.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::editions::{AlignedEditions, each_two};
use super::unit_source::{UnitFile, UnitHints};
use crate::align::Bead;
use crate::check::across::Across;
use crate::check::{Around, Beside, Check, Checker, Finding, Habits, Severity};
use crate::error::{Error, Problem, Progress, Result};
use crate::formats::Format;
use crate::formats::bilingual::BilingualFile;
use crate::memory::{Memory, require_languages};
use crate::text::language::Language;
use crate::unit::{Segment, TranslationUnit, Variant, attribute};

/// Where pairs come from.
pub enum PairSource<'s> {
    /// A file of pairs or units: XLIFF, PO, pairs in a table, TMX, packed or not.
    File(&'s Path, UnitHints),
    /// A memory.
    Memory(&'s dyn Memory, &'s Path),
    /// Editions that were brought together.
    Editions(&'s AlignedEditions),
}

/// Which languages are checked, and by what.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The language of the sources; `None` for that which the file says, or else the first of each unit.
    pub from: Option<Language>,
    /// The languages of the translations; none for all.
    pub to: Vec<Language>,
    /// The checks.
    pub checks: BTreeSet<Check>,
}

/// A pair, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct PairAt<'p> {
    /// The file, the memory, or the name of the text.
    pub file: &'p Path,
    /// Its number from 1: of the segment in a bilingual file, of the unit in TMX, of the bead in editions; the unit's own number in a memory.
    pub number: u64,
    /// Its line from 1, where the format has one.
    pub line: Option<u64>,
    /// The document that it was said in, if that is known.
    pub document: Option<&'p str>,
    /// The language of the source.
    pub from: &'p Language,
    /// The language of the translation.
    pub to: &'p Language,
    /// The source.
    pub source: &'p Segment,
    /// The translation.
    pub target: &'p Segment,
    /// What stands around the translation.
    pub around: Around<'p>,
}

/// How much was looked at, and what was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CheckCount {
    /// Pairs.
    pub pairs: u64,
    /// Pairs with findings.
    pub with_findings: u64,
    /// Errors.
    pub errors: u64,
    /// Warnings.
    pub warnings: u64,
    /// Notes.
    pub notes: u64,
}

impl CheckCount {
    fn add(&mut self, found: &[Finding]) {
        self.pairs += 1;
        self.with_findings += u64::from(!found.is_empty());
        for finding in found {
            match finding.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Note => self.notes += 1,
            }
        }
    }

    /// How many findings are at least so bad.
    pub fn at_least(&self, severity: Severity) -> u64 {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.errors + self.warnings,
            Severity::Note => self.errors + self.warnings + self.notes,
        }
    }
}

/// Checks the pairs of a source, and hands those with findings to `tell`. Returns how much was done, and what was odd in the file.
///
/// # Errors
/// If the source cannot be read, has none of the languages that are asked for, or what `tell` and `progress` return.
pub fn check(
    source: &PairSource<'_>,
    wanted: &Wanted,
    tell: &mut dyn FnMut(&PairAt<'_>, &[Finding]) -> Result<()>,
    progress: Progress<'_>,
) -> Result<(CheckCount, Vec<Problem>)> {
    let opened = Opened::new(source, wanted)?;
    let mut learnt: HashMap<(Language, Language), Learnt> = HashMap::new();
    opened.for_each(
        wanted,
        &mut |pair| {
            let languages = (pair.from.clone(), pair.to.clone());
            learnt
                .entry(languages)
                .or_insert_with_key(|(from, to)| Learnt::new(from, to, wanted))
                .add(pair);
            Ok(())
        },
        &mut |done, total| progress(done, total * 2),
    )?;
    let mut checkers: HashMap<(Language, Language), (Checker, Across)> = learnt
        .into_iter()
        .map(|((from, to), learnt)| {
            let checker = Checker::new(&from, &to).with_habits(learnt.habits);
            ((from, to), (checker, learnt.across))
        })
        .collect();
    let mut count = CheckCount::default();
    let problems = opened.for_each(
        wanted,
        &mut |pair| {
            let languages = (pair.from.clone(), pair.to.clone());
            let Some((checker, across)) = checkers.get_mut(&languages) else {
                return Ok(());
            };
            let mut found = checker.check_in(pair.source, pair.target, pair.around);
            found.extend(across.check(pair.number, pair.source, pair.target));
            found.retain(|finding| wanted.checks.contains(&finding.check));
            count.add(&found);
            if found.is_empty() {
                return Ok(());
            }
            tell(pair, &found)
        },
        &mut |done, total| progress(total + done, total * 2),
    )?;
    Ok((count, problems))
}

/// What the first round teaches of two languages.
struct Learnt {
    habits: Habits,
    across: Across,
}

impl Learnt {
    fn new(from: &Language, to: &Language, wanted: &Wanted) -> Self {
        let across = Across::new(from, to);
        Learnt {
            habits: Habits::new(to),
            across: match wanted.checks.contains(&Check::NameTwoWays) {
                true => across,
                false => across.without_names(),
            },
        }
    }

    fn add(&mut self, pair: &PairAt<'_>) {
        self.habits.add(&pair.target.text);
        self.across.add(pair.number, pair.source, pair.target);
    }
}

/// A source that can be gone through more than once.
enum Opened<'s> {
    /// Segments beside their translations.
    Bilingual(&'s Path, Box<BilingualFile>, (Language, Language)),
    /// A file of units, read anew each time.
    Units(&'s Path, UnitHints),
    /// The units of something that can be read only once.
    Kept(
        &'s Path,
        Vec<TranslationUnit>,
        Option<Language>,
        Vec<Problem>,
    ),
    Memory(&'s dyn Memory, &'s Path),
    Editions(&'s AlignedEditions),
}

/// What is done with each pair.
type Each<'e> = &'e mut dyn FnMut(&PairAt<'_>) -> Result<()>;

impl<'s> Opened<'s> {
    fn new(source: &PairSource<'s>, wanted: &Wanted) -> Result<Self> {
        match source {
            PairSource::Editions(editions) => Ok(Opened::Editions(editions)),
            PairSource::Memory(memory, path) => {
                let languages = wanted.from.iter().chain(&wanted.to);
                require_languages(*memory, &languages.collect::<Vec<_>>())?;
                Ok(Opened::Memory(*memory, path))
            }
            PairSource::File(path, hints) => match content_of(path)? {
                Content::Bilingual(format) => {
                    let bytes =
                        std::fs::read(path).map_err(|error| Error::io(path, "read", &error))?;
                    let file = BilingualFile::of_format(format, &bytes);
                    let file = file.map_err(|error| error.at(path))?;
                    let source = file.source.clone().or(hints.source.clone());
                    let target = file.target.clone().or(hints.target.clone());
                    let Some(languages) = source.zip(target) else {
                        let error = Error::request(
                            "this file does not say which languages its pairs are in",
                        );
                        return Err(error.at(path).hint("say it with --from and --to"));
                    };
                    languages
                        .0
                        .differs_from(&languages.1)
                        .map_err(|error| error.at(path))?;
                    Ok(Opened::Bilingual(path, Box::new(file), languages))
                }
                Content::Units => Ok(Opened::Units(path, hints.clone())),
                Content::Pipe | Content::Document => {
                    let mut file = UnitFile::open(path, hints)?;
                    let mut units = Vec::new();
                    let mut source = None;
                    for part in &mut file.parts {
                        source = source.or(source_of(&part.source.header().attributes));
                        while let Some(unit) = part.next_unit()? {
                            units.push(unit);
                        }
                    }
                    Ok(Opened::Kept(path, units, source, file.problems()))
                }
            },
        }
    }

    /// Goes through all pairs once, and returns what was odd.
    fn for_each(
        &self,
        wanted: &Wanted,
        each: Each<'_>,
        progress: Progress<'_>,
    ) -> Result<Vec<Problem>> {
        match self {
            Opened::Bilingual(path, file, languages) => {
                of_bilingual(path, file, languages, wanted, each, progress)?;
                Ok(file.problems.clone())
            }
            Opened::Units(path, hints) => {
                let mut file = UnitFile::open(path, hints)?;
                let mut number = 0;
                for part in &mut file.parts {
                    let source = source_of(&part.source.header().attributes);
                    while let Some(unit) = part.next_unit()? {
                        if number % 1000 == 0 {
                            let (done, total) = part.stand();
                            progress(done, total)?;
                        }
                        number += 1;
                        of_unit(path, number, &unit, source.as_ref(), wanted, each)?;
                    }
                }
                Ok(file.problems())
            }
            Opened::Kept(path, units, source, problems) => {
                for (number, unit) in (1..).zip(units) {
                    of_unit(path, number, unit, source.as_ref(), wanted, each)?;
                }
                Ok(problems.clone())
            }
            Opened::Memory(memory, path) => {
                let (mut seen, total) = (0, memory.unit_count()?);
                memory.for_each_unit(&mut |stored| {
                    if seen % 1000 == 0 {
                        progress(seen, total)?;
                    }
                    seen += 1;
                    let number = u64::try_from(stored.id).unwrap_or(seen);
                    of_unit(path, number, &stored.unit, None, wanted, each)
                })?;
                Ok(Vec::new())
            }
            Opened::Editions(editions) => {
                of_editions(editions, wanted, each)?;
                Ok(Vec::new())
            }
        }
    }
}

/// What a file turns out to hold, as far as its beginning shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Bilingual(Format),
    Units,
    Document,
    /// Nothing that can be looked at without reading it.
    Pipe,
}

/// Whether a file is a text in one language, of which another edition is needed, rather than a file of pairs.
///
/// # Errors
/// If it cannot be read, or is something that is known and not read.
pub fn is_edition(path: &Path) -> Result<bool> {
    Ok(content_of(path)? == Content::Document)
}

fn content_of(path: &Path) -> Result<Content> {
    const HEAD: u64 = 8192;
    let said = |error: std::io::Error| Error::io(path, "read", &error);
    let mut file = File::open(path).map_err(said)?;
    let about = file.metadata().map_err(said)?;
    if about.is_dir() {
        return Err(Error::input("this is a folder; a file is wanted").at(path));
    }
    if !about.is_file() {
        return Ok(Content::Pipe);
    }
    let mut bytes = Vec::new();
    (&mut file)
        .take(HEAD)
        .read_to_end(&mut bytes)
        .map_err(said)?;
    if super::transfer::is_tmx(path) || bytes.starts_with(&[0x1F, 0x8B]) {
        return Ok(Content::Units);
    }
    if bytes.starts_with(b"PK") {
        // Documents are archives too, and only the whole shows which.
        file.read_to_end(&mut bytes).map_err(said)?;
        return Ok(match Format::of(&bytes, path) {
            Ok(Format::Docx | Format::Odt) => Content::Document,
            _ => Content::Units,
        });
    }
    Ok(
        match Format::of(&bytes, path).map_err(|error| error.at(path))? {
            Format::Tmx => Content::Units,
            format if format.is_bilingual() => Content::Bilingual(format),
            _ => Content::Document,
        },
    )
}

/// The source language that a header or a unit names.
fn source_of(attributes: &crate::unit::Attributes) -> Option<Language> {
    let tag = attribute(attributes, "srclang")?;
    (!tag.trim().is_empty() && tag != "*all*").then(|| Language::from_file(tag))
}

fn of_bilingual(
    path: &Path,
    file: &BilingualFile,
    (from, to): &(Language, Language),
    wanted: &Wanted,
    each: Each<'_>,
    progress: Progress<'_>,
) -> Result<()> {
    let refused = |asked: &Language, there: &Language| {
        let message = format!("this file is in {there}, not in {asked}");
        Err(Error::request(message).at(path))
    };
    if let Some(asked) = wanted.from.as_ref().filter(|asked| !asked.accepts(from)) {
        return refused(asked, from);
    }
    if let Some(asked) = wanted.to.first().filter(|_| !is_asked(to, &wanted.to)) {
        return refused(asked, to);
    }
    let nothing = Segment::default();
    let total = file.pairs.len() as u64;
    let beside = |at: Option<usize>| {
        let pair = file.pairs.get(at?)?;
        Some(Beside {
            source: &pair.source.text,
            target: &pair.target.as_ref()?.text,
        })
    };
    for (at, (number, pair)) in (1..).zip(&file.pairs).enumerate() {
        if number % 1000 == 0 {
            progress(number, total)?;
        }
        each(&PairAt {
            file: path,
            number,
            line: Some(pair.line),
            document: None,
            from,
            to,
            source: &pair.source,
            target: pair.target.as_ref().unwrap_or(&nothing),
            around: Around {
                previous: beside(at.checked_sub(1)),
                next: beside(at.checked_add(1)),
            },
        })?;
    }
    Ok(())
}

fn is_asked(language: &Language, asked: &[Language]) -> bool {
    asked.is_empty() || asked.iter().any(|asked| asked.accepts(language))
}

fn of_unit(
    path: &Path,
    number: u64,
    unit: &TranslationUnit,
    source: Option<&Language>,
    wanted: &Wanted,
    each: Each<'_>,
) -> Result<()> {
    let own = source_of(&unit.attributes);
    let full = |variant: &&Variant| !variant.segment.text.trim().is_empty();
    let mut variants = unit.variants.iter().filter(full);
    let from = match (&wanted.from, own.as_ref().or(source)) {
        (Some(asked), _) => variants.find(|variant| asked.accepts(&variant.language)),
        (None, Some(said)) => variants
            .clone()
            .find(|variant| said.accepts(&variant.language))
            .or_else(|| variants.next()),
        // Whatever comes first, and is not what a translation is asked for in.
        (None, None) => variants
            .clone()
            .find(|variant| wanted.to.is_empty() || !is_asked(&variant.language, &wanted.to))
            .or_else(|| variants.next()),
    };
    let Some(from) = from else { return Ok(()) };
    for to in &unit.variants {
        let is_other = !from.language.accepts(&to.language);
        if is_other && is_asked(&to.language, &wanted.to) {
            each(&PairAt {
                file: path,
                number,
                line: None,
                document: unit.document.as_deref(),
                from: &from.language,
                to: &to.language,
                source: &from.segment,
                target: &to.segment,
                around: Around {
                    previous: Beside::of(&from.previous, &to.previous),
                    next: Beside::of(&from.next, &to.next),
                },
            })?;
        }
    }
    Ok(())
}

/// The beads that two editions share. Without a language to translate from, the first edition is the source of all others.
fn of_editions(editions: &AlignedEditions, wanted: &Wanted, each: Each<'_>) -> Result<()> {
    let name = PathBuf::from(&editions.name);
    let language = |edition: usize| editions.editions.get(edition).map(|own| &own.language);
    for (a, b) in each_two(editions.editions.len()) {
        let is_source = |edition: usize| match (&wanted.from, language(edition)) {
            (Some(asked), Some(own)) => asked.accepts(own),
            (None, Some(_)) => edition == 0,
            _ => false,
        };
        let (from, to) = if is_source(a) { (a, b) } else { (b, a) };
        let (Some(source), Some(target)) = (language(from), language(to)) else {
            continue;
        };
        if !is_source(from) || !is_asked(target, &wanted.to) {
            continue;
        }
        let pair = editions.pairs.iter().find(|pair| pair.editions == (a, b));
        let beads = pair.map_or(&[][..], |pair| pair.beads.as_slice());
        let text = |bead: &Bead, edition: usize| {
            let place = usize::from(edition != a);
            let numbers = bead.segments.get(place).map_or(&[][..], Vec::as_slice);
            let segments = editions.editions.get(edition).map(|own| &own.segments);
            let texts = numbers.iter().filter_map(|at| segments?.get(*at));
            let texts: Vec<&str> = texts.map(|segment| segment.text.as_str()).collect();
            texts.join(" ")
        };
        let both = |bead: &Bead| (text(bead, from), text(bead, to));
        let texts: Vec<(String, String)> = beads.iter().map(both).collect();
        let beside = |at: Option<usize>| {
            let (source, target) = texts.get(at?)?;
            Some(Beside { source, target })
        };
        for (at, (number, (own, other))) in (1..).zip(&texts).enumerate() {
            // What only one edition says is no translation.
            if own.is_empty() || other.is_empty() {
                continue;
            }
            each(&PairAt {
                file: &name,
                number,
                line: None,
                document: Some(&editions.name),
                from: source,
                to: target,
                source: &Segment::plain(own.as_str()),
                target: &Segment::plain(other.as_str()),
                around: Around {
                    previous: beside(at.checked_sub(1)),
                    next: beside(at.checked_add(1)),
                },
            })?;
        }
    }
    Ok(())
}
