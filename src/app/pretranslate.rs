//! What a memory knows of a letter, segment by segment, how much that is, and the letter with it filled in.

use std::collections::HashMap;

use super::letter::Letter;
use crate::check::{Around, Beside, Checker, Finding, Severity};
use crate::error::{Error, Progress, Result};
use crate::formats::bilingual::{Alternative, BilingualPair, Filling, Status};
use crate::formats::document::Written;
use crate::formats::xliff::{XliffFile, XliffHead, XliffState, XliffUnit, XliffVersion};
use crate::leverage::codes::with_codes_of;
use crate::leverage::internal::{Internal, internal};
use crate::leverage::{Finder, Match, MatchKind, Query};
use crate::text::fold;
use crate::text::language::Language;
use crate::text::tokens::word_count;
use crate::unit::{InlineCode, Origin, Segment};

/// How many matches of a segment are kept to choose from.
const MATCHES: usize = 5;

/// A letter with what the memory knows of it in one language.
#[derive(Clone, Debug)]
pub struct Pretranslation<'l> {
    /// The letter.
    pub letter: &'l Letter,
    /// The language it is to be in.
    pub to: Language,
    /// Its segments, in order.
    pub segments: Vec<PretranslatedSegment<'l>>,
}

/// A segment with what the memory knows of it.
#[derive(Clone, Debug)]
pub struct PretranslatedSegment<'l> {
    /// What it says, with its codes.
    pub source: &'l Segment,
    /// The number of its paragraph, from 0.
    pub paragraph: usize,
    /// What its file says of its translation, if it holds translations.
    pub pair: Option<&'l BilingualPair>,
    /// Matches, the best first.
    pub matches: Vec<Match>,
    /// The number (from 0) of the first segment of this letter that says the same, if there is one before this.
    pub repeats: Option<usize>,
    /// The earlier segment of this letter that is most like it, if there is one.
    pub like: Option<Internal>,
    /// The segment in the other language if it is nothing but values, written as the memory writes them.
    pub written: Option<Segment>,
    /// What may be wrong with what is filled in: errors and warnings.
    pub findings: Vec<Finding>,
}

/// What becomes of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome<'m> {
    /// Its file has a translation already, which stays.
    Given(&'m Segment),
    /// The memory knows it and says one thing.
    Known(&'m Match),
    /// The memory knows it and says several things; this is the first of them.
    Ambiguous(&'m Match),
    /// The memory knows it with other values, and its translation was given these.
    Repaired(&'m Match),
    /// It is nothing but values, which were written as the memory writes them.
    Written(&'m Segment),
    /// The memory knows something like it.
    Alike(&'m Match),
    /// The memory knows nothing like it.
    New,
}

impl PretranslatedSegment<'_> {
    /// What becomes of the segment.
    pub fn outcome(&self) -> Outcome<'_> {
        let best = self.matches.first();
        // A draft gives way to what the memory knows exactly, and to nothing else.
        let is_known = best.is_some_and(|best| !best.ambiguous && best.score == 100);
        let given = self
            .pair
            .and_then(|pair| Some((pair.target.as_ref()?, pair.status)));
        match given {
            Some((_, Status::Draft)) if is_known => {}
            Some((given, _)) => return Outcome::Given(given),
            None => {}
        }
        match (best, &self.written) {
            (Some(best), _) if best.ambiguous => Outcome::Ambiguous(best),
            (Some(best), _) if best.score == 100 => Outcome::Known(best),
            (Some(best), _) if best.kind == MatchKind::Repaired => Outcome::Repaired(best),
            (_, Some(written)) => Outcome::Written(written),
            (Some(best), None) => Outcome::Alike(best),
            (None, None) => Outcome::New,
        }
    }

    /// What the segment is filled in with, if it is.
    pub fn filled_in(&self) -> Option<Segment> {
        match self.outcome() {
            Outcome::Given(text) | Outcome::Written(text) => Some(text.clone()),
            Outcome::Known(one)
            | Outcome::Ambiguous(one)
            | Outcome::Repaired(one)
            | Outcome::Alike(one) => Some(self.target(one)),
            Outcome::New => None,
        }
    }

    /// The translation that one of its matches offers, with the segment's own codes.
    pub fn target(&self, one: &Match) -> Segment {
        with_codes_of(self.source, &one.source, one.offered())
    }

    /// The other exact matches with other targets, beside the first.
    pub fn rivals(&self) -> impl Iterator<Item = &Match> {
        self.matches
            .iter()
            .skip(1)
            .filter(|one| one.kind.is_exact())
    }
}

/// Looks every segment of a letter up.
///
/// # Errors
/// If the memory cannot be read.
pub fn pretranslate<'l>(
    letter: &'l Letter,
    finder: &Finder<'_>,
    threshold: u8,
    progress: Progress<'_>,
) -> Result<Pretranslation<'l>> {
    let segments = letter.segments();
    let text = |at: Option<usize>| {
        at.and_then(|at| segments.get(at))
            .map(|segment| segment.content.text.as_str())
    };
    let queries: Vec<Query<'_>> = segments
        .iter()
        .enumerate()
        .map(|(index, segment)| Query {
            text: &segment.content.text,
            codes: &segment.content.codes,
            previous: text(index.checked_sub(1)),
            next: text(index.checked_add(1)),
        })
        .collect();
    let answers = finder.find_all(&queries, threshold, MATCHES, progress)?;
    let texts: Vec<&str> = queries.iter().map(|query| query.text).collect();
    let internal = internal(&texts, finder.from(), threshold);
    let mut first_said: HashMap<String, usize> = HashMap::new();
    let found = segments.iter().zip(answers).zip(internal).enumerate().map(
        |(index, ((segment, matches), like))| {
            let key = fold::identity(&segment.content.text, finder.from());
            let first = *first_said.entry(key).or_insert(index);
            PretranslatedSegment {
                source: segment.content,
                paragraph: segment.paragraph,
                pair: segment.pair,
                matches,
                repeats: (first < index).then_some(first),
                like,
                written: None,
                findings: Vec::new(),
            }
        },
    );
    let mut segments: Vec<_> = found.collect();
    for segment in &mut segments {
        if matches!(segment.outcome(), Outcome::Alike(_) | Outcome::New) {
            let written = finder.written(&segment.source.text)?;
            let placed =
                |text| with_codes_of(segment.source, &Segment::default(), &Segment::plain(text));
            segment.written = written.map(placed);
        }
    }
    check(&mut segments, finder.from(), finder.to());
    Ok(Pretranslation {
        letter,
        to: finder.to().clone(),
        segments,
    })
}

/// Looks at what is filled in as `check` looks at translations; notes are left out.
fn check(segments: &mut [PretranslatedSegment<'_>], from: &Language, to: &Language) {
    let checker = Checker::new(from, to);
    let filled: Vec<_> = segments
        .iter()
        .map(PretranslatedSegment::filled_in)
        .collect();
    let sources: Vec<&str> = segments
        .iter()
        .map(|segment| segment.source.text.as_str())
        .collect();
    let beside = |at: Option<usize>| {
        let (source, target) = (sources.get(at?)?, filled.get(at?)?.as_ref()?);
        Some(Beside {
            source,
            target: &target.text,
        })
    };
    for (index, segment) in segments.iter_mut().enumerate() {
        let Some(Some(target)) = filled.get(index) else {
            continue;
        };
        let around = Around {
            previous: beside(index.checked_sub(1)),
            next: beside(index.checked_add(1)),
        };
        segment.findings = checker.check_in(segment.source, target, around);
        segment
            .findings
            .retain(|finding| finding.severity >= Severity::Warning);
    }
}

impl Pretranslation<'_> {
    /// The letter's file with what is known filled in. In a document, what has to be looked at stands between double square brackets that say
    /// why: `[[repaired: …]]` was known with other numbers or dates, `[[written: …]]` is nothing but those, `[[83%: …]]` is like what the memory knows, `[[?: …]]` is one of several translations, `[[new: …]]` is the source. A file that
    /// holds translations says it in its own way, and what was translated in it stays; with `approve`, what the memory knows exactly is marked
    /// in it as approved.
    ///
    /// # Errors
    /// If the format cannot hold it.
    pub fn file(&self, approve: bool) -> Result<Written> {
        let texts: Vec<Segment> = self
            .segments
            .iter()
            .map(|segment| match segment.outcome() {
                Outcome::Given(text) => text.clone(),
                Outcome::Known(one) => on_one_line(&segment.target(one)),
                Outcome::Ambiguous(one) => marked("?", &segment.target(one)),
                Outcome::Repaired(one) => marked("repaired", &segment.target(one)),
                Outcome::Written(text) => marked("written", text),
                Outcome::Alike(one) => marked(&format!("{}%", one.score), &segment.target(one)),
                Outcome::New => marked("new", segment.source),
            })
            .collect();
        if let Some(written) = self.letter.with_segments(&texts, &self.to)? {
            return Ok(written);
        }
        let filled = self.letter.filled(&self.fillings(approve), &self.to)?;
        filled.ok_or_else(|| Error::request("this file can neither be written nor be filled in"))
    }

    /// What each segment is filled with.
    fn fillings(&self, approve: bool) -> Vec<Filling> {
        // Some tools take nothing but what is approved for a translation.
        let exact = match approve {
            true => XliffState::Approved,
            false => XliffState::Exact,
        };
        let filling = |segment: &PretranslatedSegment<'_>| {
            let target = |one: &Match, state| Some((segment.target(one), state));
            let alternatives = segment.matches.iter().map(|one| Alternative {
                score: one.score,
                origin: one.provenance.place(),
                source: Segment::plain(one.source.text.clone()),
                target: Segment::plain(one.target.text.clone()),
            });
            Filling {
                target: match segment.outcome() {
                    Outcome::Known(one) => target(one, exact),
                    Outcome::Ambiguous(one) => target(one, XliffState::Ambiguous),
                    Outcome::Repaired(one) => target(one, XliffState::Repaired),
                    Outcome::Written(text) => Some((text.clone(), XliffState::Repaired)),
                    Outcome::Alike(one) => target(one, XliffState::Fuzzy),
                    Outcome::Given(_) | Outcome::New => None,
                },
                alternatives: alternatives.collect(),
                note: note(segment),
            }
        };
        self.segments.iter().map(filling).collect()
    }

    /// The letter as XLIFF, to be written with [`crate::formats::xliff::write`]. With `approve`, what the memory knows exactly is marked as approved.
    pub fn xliff<'a>(
        &'a self,
        original: &'a str,
        at: &'a str,
        version: XliffVersion,
        approve: bool,
    ) -> XliffFile<'a> {
        let units = self.segments.iter().zip(self.fillings(approve));
        let units = units.map(|(segment, filling)| XliffUnit {
            paragraph: segment.paragraph + 1,
            source: segment.source.clone(),
            target: filling.target,
            alternatives: filling.alternatives,
            context: None,
            note: filling.note,
        });
        XliffFile {
            head: XliffHead {
                original,
                format: self.letter.format(),
                source: &self.letter.language,
                target: &self.to,
                at,
                version,
            },
            units: units.collect(),
        }
    }

    /// How much of the letter the memory covers.
    pub fn analysis(&self) -> Analysis {
        let mut analysis = Analysis::default();
        for segment in &self.segments {
            analysis.add(Band::of(segment), word_count(&segment.source.text) as u64);
        }
        analysis
    }
}

/// A text between double square brackets that say why it has to be looked at.
pub(super) fn marked(why: &str, segment: &Segment) -> Segment {
    let mut marked = Segment::plain(format!("[[{why}: "));
    marked.push(&on_one_line(segment));
    marked.text.push_str("]]");
    marked
}

/// A segment without line breaks: in most formats a line is a paragraph, and a stored break must not make two of one.
fn on_one_line(segment: &Segment) -> Segment {
    if !segment.text.contains(['\n', '\r']) {
        return segment.clone();
    }
    let mut line = Segment::default();
    let mut at = 0;
    // A piece of text between two codes goes on the line by itself, with a blank where a break was.
    let push = |line: &mut Segment, piece: &str| {
        let one = one_line(piece);
        let breaks = |text: &str| text.contains(['\n', '\r']);
        let lead = piece.len() - piece.trim_start().len();
        let tail = piece.trim_end().len();
        let opens = breaks(piece.get(..lead).unwrap_or_default());
        let closes = breaks(piece.get(tail..).unwrap_or_default());
        if opens && !line.text.is_empty() && !line.text.ends_with(' ') {
            line.text.push(' ');
        }
        line.text.push_str(&one);
        if closes && !one.is_empty() {
            line.text.push(' ');
        }
    };
    for code in &segment.codes {
        push(&mut line, segment.text.get(at..code.at).unwrap_or_default());
        at = code.at;
        line.codes.push(InlineCode {
            at: line.text.len(),
            ..code.clone()
        });
    }
    push(&mut line, segment.text.get(at..).unwrap_or_default());
    let end = line.text.trim_end_matches(' ').len();
    line.text.truncate(end);
    for code in &mut line.codes {
        code.at = code.at.min(end);
    }
    line
}

/// A text without line breaks and the white space around them, which is that of the file it came in. All other white space
/// stays.
pub fn one_line(text: &str) -> String {
    if !text.contains(['\n', '\r']) {
        return text.to_owned();
    }
    let lines = text
        .split(['\n', '\r'])
        .map(|line| line.trim_matches([' ', '\t']));
    lines
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a translator should know of a segment that is filled in: why it is not certain, and what may be wrong with it.
fn note(segment: &PretranslatedSegment<'_>) -> Option<String> {
    let mut notes = uncertain(segment);
    let findings = segment.findings.iter();
    notes.extend(
        findings.map(|finding| format!("check {}: {}", finding.check.name(), finding.reason)),
    );
    (!notes.is_empty()).then(|| notes.join("; "))
}

fn uncertain(segment: &PretranslatedSegment<'_>) -> Vec<String> {
    let (one, mut notes) = match segment.outcome() {
        Outcome::Given(_) | Outcome::Known(_) | Outcome::New => return Vec::new(),
        Outcome::Written(_) => return vec!["written as the memory writes values".to_owned()],
        Outcome::Ambiguous(one) => (
            one,
            vec!["the memory has several translations of this segment".to_owned()],
        ),
        Outcome::Repaired(one) => (one, vec![format!("repaired: {}", repairs(one).join(", "))]),
        Outcome::Alike(one) if one.differences.is_empty() => (one, Vec::new()),
        Outcome::Alike(one) => {
            let mut notes = vec![format!("differs from the memory: {}", told(one))];
            if one.repaired().is_some() {
                notes.push(format!("repaired: {}", repairs(one).join(", ")));
            }
            (one, notes)
        }
    };
    notes.extend(doubts(one));
    notes
}

/// What takes something off a match beside its differences, each in a few words.
pub fn doubts(one: &Match) -> Vec<String> {
    let mut doubts = Vec::new();
    if let Origin::Alignment { confidence } = one.provenance.origin {
        doubts.push(format!(
            "from an alignment that nobody has looked at, {confidence}% sure"
        ));
    }
    if one.provenance.penalty > 0 {
        doubts.push(format!(
            "{}% off everything from {}",
            one.provenance.penalty, one.provenance.source
        ));
    }
    if let Some(refusal) = one.refusal() {
        doubts.push(format!("not repaired: {}", refusal.reason()));
    }
    if let Some(pivot) = &one.pivot {
        doubts.push(format!(
            "through {}: “{}” ({})",
            pivot.language.english_name(),
            one_line(&pivot.text.text),
            pivot.provenance.place()
        ));
    }
    doubts
}

/// The differences of a match in one line: `number 17 ≠ 9, word April ≠ May`.
pub fn told(one: &Match) -> String {
    let differences = one.differences.iter().map(|difference| {
        let side = |text: &str| {
            if text.is_empty() {
                "nothing".to_owned()
            } else {
                text.to_owned()
            }
        };
        match (difference.query.as_str(), difference.stored.as_str()) {
            ("", "") => difference.kind.name().to_owned(),
            (query, stored) => format!(
                "{} {} ≠ {}",
                difference.kind.name(),
                side(query),
                side(stored)
            ),
        }
    });
    differences.collect::<Vec<_>>().join(", ")
}

/// What was written anew in a repaired match: `3 May 2026 for 30 May 2025: 3 maj 2026 for 30 maj 2025`, one for each value or name; of a name
/// also where the memory writes it so.
pub fn repairs(one: &Match) -> Vec<String> {
    let changes = one.repaired().map_or(&[][..], |repair| &repair.changes);
    let say = changes.iter().map(|change| {
        let (query, stored, after, before) =
            (&change.query, &change.stored, &change.after, &change.before);
        let told = format!("{query} for {stored}: {after} for {before}");
        match &change.known_from {
            Some(place) => format!("{told}, as in {place}"),
            None => told,
        }
    });
    say.collect()
}

/// The rows of an analysis, from what costs a translator nothing to what costs most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Translated in its file already.
    Given,
    /// Exact, and in the same context.
    Context,
    /// Exact.
    Exact,
    /// Exact, with several translations.
    Ambiguous,
    /// Exact but for values, which were repaired.
    Repaired,
    /// Nothing but values, which were written.
    Written,
    /// Like something the memory knows: 95 to 99 percent.
    From95,
    /// 85 to 94 percent.
    From85,
    /// 75 to 84 percent.
    From75,
    /// Below 75 percent, down to the threshold.
    Below75,
    /// Not known, but said before in the same letter.
    Repeated,
    /// Not known, but like something that was said before in the same letter.
    Internal,
    /// Not known.
    New,
}

impl Band {
    /// All bands, in order.
    pub const ALL: [Band; 13] = [
        Band::Given,
        Band::Context,
        Band::Exact,
        Band::Ambiguous,
        Band::Repaired,
        Band::Written,
        Band::From95,
        Band::From85,
        Band::From75,
        Band::Below75,
        Band::Repeated,
        Band::Internal,
        Band::New,
    ];

    /// Its name in tables and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Band::Given => "translated",
            Band::Context => "context",
            Band::Exact => "exact",
            Band::Ambiguous => "ambiguous",
            Band::Repaired => "repaired",
            Band::Written => "written",
            Band::From95 => "95-99",
            Band::From85 => "85-94",
            Band::From75 => "75-84",
            Band::Below75 => "below 75",
            Band::Repeated => "repeated",
            Band::Internal => "internal",
            Band::New => "new",
        }
    }

    /// The band of a segment. A repetition counts as one only where the memory does not know the segment exactly: then the
    /// translator does the work once.
    pub fn of(segment: &PretranslatedSegment<'_>) -> Self {
        match segment.outcome() {
            Outcome::Given(_) => Band::Given,
            Outcome::Known(one) if one.kind == MatchKind::Context => Band::Context,
            Outcome::Known(_) => Band::Exact,
            Outcome::Ambiguous(_) => Band::Ambiguous,
            _ if segment.repeats.is_some() => Band::Repeated,
            Outcome::Repaired(_) => Band::Repaired,
            Outcome::Written(_) => Band::Written,
            Outcome::Alike(one) => match one.score {
                95.. => Band::From95,
                85.. => Band::From85,
                75.. => Band::From75,
                _ => Band::Below75,
            },
            Outcome::New if segment.like.is_some() => Band::Internal,
            Outcome::New => Band::New,
        }
    }
}

/// How many segments and words fall into each band.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Analysis {
    rows: [(u64, u64); Band::ALL.len()],
}

impl Analysis {
    fn add(&mut self, band: Band, words: u64) {
        if let Some(row) = self.rows.get_mut(band as usize) {
            row.0 += 1;
            row.1 += words;
        }
    }

    /// Adds what another letter counts.
    pub fn join(&mut self, other: &Analysis) {
        for (row, more) in self.rows.iter_mut().zip(other.rows) {
            row.0 += more.0;
            row.1 += more.1;
        }
    }

    /// The rows: band, segments, words. All bands, in order.
    pub fn rows(&self) -> impl Iterator<Item = (Band, u64, u64)> + '_ {
        Band::ALL
            .into_iter()
            .zip(self.rows)
            .map(|(band, (segments, words))| (band, segments, words))
    }

    /// How much of all words so many words are: a whole percent, rounded to the nearest; 0 of none.
    pub fn share(&self, words: u64) -> u64 {
        let (_, all) = self.total();
        (100 * words + all / 2).checked_div(all).unwrap_or(0)
    }

    /// Segments and words in all.
    pub fn total(&self) -> (u64, u64) {
        self.rows
            .iter()
            .fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1))
    }
}
