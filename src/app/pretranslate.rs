//! What a memory knows of a letter, segment by segment, how much that is, and the letter with it filled in.

use std::collections::HashMap;

use super::letter::Letter;
use crate::error::{Progress, Result};
use crate::formats::xliff::{XliffAlternative, XliffFile, XliffState, XliffTarget, XliffUnit};
use crate::leverage::internal::{Internal, internal};
use crate::leverage::{Finder, Match, MatchKind, Query};
use crate::text::fold;
use crate::text::language::Language;
use crate::text::tokens::word_count;
use crate::unit::Origin;

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
    /// What it says.
    pub source: &'l str,
    /// The number of its paragraph, from 0.
    pub paragraph: usize,
    /// Matches, the best first.
    pub matches: Vec<Match>,
    /// The number (from 0) of the first segment of this letter that says the same, if there is one before this.
    pub repeats: Option<usize>,
    /// The earlier segment of this letter that is most like it, if there is one.
    pub like: Option<Internal>,
}

/// What becomes of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome<'m> {
    /// The memory knows it and says one thing.
    Known(&'m Match),
    /// The memory knows it and says several things; this is the first of them.
    Ambiguous(&'m Match),
    /// The memory knows something like it.
    Alike(&'m Match),
    /// The memory knows nothing like it.
    New,
}

impl PretranslatedSegment<'_> {
    /// What becomes of the segment.
    pub fn outcome(&self) -> Outcome<'_> {
        match self.matches.first() {
            None => Outcome::New,
            Some(best) if best.ambiguous => Outcome::Ambiguous(best),
            Some(best) if best.score == 100 => Outcome::Known(best),
            Some(best) => Outcome::Alike(best),
        }
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
            .map(|segment| segment.text)
    };
    let queries: Vec<Query<'_>> = (0..segments.len())
        .map(|index| Query {
            text: text(Some(index)).unwrap_or_default(),
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
            let key = fold::identity(segment.text, finder.from());
            let first = *first_said.entry(key).or_insert(index);
            PretranslatedSegment {
                source: segment.text,
                paragraph: segment.paragraph,
                matches,
                repeats: (first < index).then_some(first),
                like,
            }
        },
    );
    Ok(Pretranslation {
        letter,
        to: finder.to().clone(),
        segments: found.collect(),
    })
}

impl Pretranslation<'_> {
    /// The letter with what is known filled in. What has to be looked at stands between double square brackets that say why:
    /// `[[83%: …]]` is like what the memory knows, `[[?: …]]` is one of several translations, `[[new: …]]` is the source.
    pub fn text(&self) -> String {
        let texts: Vec<String> = self
            .segments
            .iter()
            .map(|segment| match segment.outcome() {
                Outcome::Known(one) => one.target.text.clone(),
                Outcome::Ambiguous(one) => format!("[[?: {}]]", one.target.text),
                Outcome::Alike(one) => format!("[[{}%: {}]]", one.score, one.target.text),
                Outcome::New => format!("[[new: {}]]", segment.source),
            })
            // A line is a paragraph; a stored line break must not make two of one.
            .map(|text| one_line(&text))
            .collect();
        self.letter.with_segments(texts.iter().map(String::as_str))
    }

    /// The letter as XLIFF 1.2, to be written with [`crate::formats::xliff::write`].
    pub fn xliff<'a>(&'a self, original: &'a str, at: &'a str) -> XliffFile<'a> {
        let units = self.segments.iter().map(|segment| {
            let target = |one: &'a Match, state| {
                Some(XliffTarget {
                    text: &one.target.text,
                    state,
                })
            };
            XliffUnit {
                paragraph: segment.paragraph + 1,
                source: segment.source,
                target: match segment.outcome() {
                    Outcome::Known(one) => target(one, XliffState::Exact),
                    Outcome::Ambiguous(one) => target(one, XliffState::Ambiguous),
                    Outcome::Alike(one) => target(one, XliffState::Fuzzy),
                    Outcome::New => None,
                },
                alternatives: segment
                    .matches
                    .iter()
                    .map(|one| XliffAlternative {
                        score: one.score,
                        origin: one
                            .provenance
                            .document
                            .as_deref()
                            .unwrap_or(&one.provenance.source),
                        source: &one.source.text,
                        target: &one.target.text,
                    })
                    .collect(),
                note: note(segment),
            }
        });
        XliffFile {
            original,
            source: &self.letter.language,
            target: &self.to,
            at,
            units: units.collect(),
        }
    }

    /// How much of the letter the memory covers.
    pub fn analysis(&self) -> Analysis {
        let mut analysis = Analysis::default();
        for segment in &self.segments {
            analysis.add(Band::of(segment), word_count(segment.source) as u64);
        }
        analysis
    }
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

/// What a translator should know of a segment that is filled in and not certain.
fn note(segment: &PretranslatedSegment<'_>) -> Option<String> {
    let (one, mut notes) = match segment.outcome() {
        Outcome::Known(_) | Outcome::New => return None,
        Outcome::Ambiguous(one) => (
            one,
            vec!["the memory has several translations of this segment".to_owned()],
        ),
        Outcome::Alike(one) if one.differences.is_empty() => (one, Vec::new()),
        Outcome::Alike(one) => (one, vec![format!("differs from the memory: {}", told(one))]),
    };
    notes.extend(doubts(one));
    Some(notes.join("; "))
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

/// The rows of an analysis, from what costs a translator nothing to what costs most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Exact, and in the same context.
    Context,
    /// Exact.
    Exact,
    /// Exact, with several translations.
    Ambiguous,
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
    pub const ALL: [Band; 10] = [
        Band::Context,
        Band::Exact,
        Band::Ambiguous,
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
            Band::Context => "context",
            Band::Exact => "exact",
            Band::Ambiguous => "ambiguous",
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
            Outcome::Known(one) if one.kind == MatchKind::Context => Band::Context,
            Outcome::Known(_) => Band::Exact,
            Outcome::Ambiguous(_) => Band::Ambiguous,
            _ if segment.repeats.is_some() => Band::Repeated,
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
