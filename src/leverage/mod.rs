//! What a memory knows about a segment, how sure that is, and why.
//!
//! Read [`score`] for the definition of the score, [`difference`] for what differs, [`search`] for how everything at or above the
//! threshold is found without looking at the rest, and [`finder`] for how a look-up goes through all of them; many at once are
//! answered by [`Finder::find_all`], and [`internal`] says what a document repeats. [`concordance`] looks for words and phrases
//! instead of whole segments.
//!
//! Matches come in one order, total to the last tie: exact ones first (better context, the very region asked for, more uses,
//! newer unit, text), then the others, the most useful first (more trigrams in common, higher score, fewer differences, newer
//! unit). When several exact matches have different targets, each says so ([`Match::ambiguous`]); nothing picks one silently.

mod batch;
pub mod codes;
pub mod concordance;
pub mod difference;
mod distance;
pub mod finder;
pub mod internal;
mod rank;
pub mod repair;
pub mod score;
pub mod search;
mod written;

use crate::memory::UnitId;
use crate::text::language::Language;
use crate::unit::{InlineCode, Origin, Segment};
use difference::{Difference, DifferenceKind};
pub use finder::{Finder, provenance};
use repair::{Refusal, Repair};

/// The threshold, in percent, below which a match costs a translator more than it helps.
pub const DEFAULT_THRESHOLD: u8 = 70;

/// A segment to be looked up, with what stands around it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Query<'a> {
    /// The text.
    pub text: &'a str,
    /// Its inline codes. Texts are compared without them; a match whose codes are not as many is no exact one.
    pub codes: &'a [InlineCode],
    /// The segment before it, if there is one and it is known.
    pub previous: Option<&'a str>,
    /// The segment after it.
    pub next: Option<&'a str>,
}

/// What the memory knows about a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The whole percent of words unchanged, less penalties; 100 says that nothing a reader could see differs and that a person
    /// vouches for it.
    pub score: u8,
    /// What sort of match it is.
    pub kind: MatchKind,
    /// The stored segment that is like the query.
    pub source: Segment,
    /// What it was translated as.
    pub target: Segment,
    /// Why the score is not 100, in the order of the text.
    pub differences: Vec<Difference>,
    /// Whether another exact match has another target, and this one is not the only one whose context fits best.
    pub ambiguous: bool,
    /// Where it is from.
    pub provenance: Provenance,
    /// How many units say the same.
    pub uses: usize,
    /// What stands between source and target, if no unit has both.
    pub pivot: Option<Pivot>,
    /// The target with the values of the query, if values are all that differs, or why it cannot be had.
    pub repair: Option<Result<Repair, Refusal>>,
}

impl Match {
    /// The translation that is offered for the query: the repaired target if there is one, else the stored one.
    pub fn offered(&self) -> &Segment {
        self.repaired()
            .map_or(&self.target, |repair| &repair.target)
    }

    /// Why the target was not repaired although values differ.
    pub fn refusal(&self) -> Option<&Refusal> {
        self.repair.as_ref()?.as_ref().err()
    }

    /// What was done to the target, if it was repaired.
    pub fn repaired(&self) -> Option<&Repair> {
        self.repair.as_ref()?.as_ref().ok()
    }
}

/// The third language through which a match was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pivot {
    /// The language.
    pub language: Language,
    /// What the target is the translation of; the source's own translation differs from it in typing at most.
    pub text: Segment,
    /// Where the target is from; the match's own provenance says it of the source.
    pub provenance: Provenance,
}

/// What sort of match a [`Match`] is, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchKind {
    /// Exact, and what stands before or after it in its document is the same too.
    Context,
    /// The same text.
    Exact,
    /// The same words and values, typed otherwise: capitals, marks, digits, diacritics, spacing, codes.
    NearExact,
    /// The same words with other values, and the target has been given the values of the query.
    Repaired,
    /// A text that is like it.
    Fuzzy,
}

impl MatchKind {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            MatchKind::Context => "context",
            MatchKind::Exact => "exact",
            MatchKind::NearExact => "near-exact",
            MatchKind::Repaired => "repaired",
            MatchKind::Fuzzy => "fuzzy",
        }
    }

    /// Whether it is the same text.
    pub fn is_exact(self) -> bool {
        matches!(self, MatchKind::Context | MatchKind::Exact)
    }

    fn of(differences: &[Difference], context: u8) -> Self {
        let typing = |one: &Difference| {
            !matches!(
                one.kind,
                DifferenceKind::Word
                    | DifferenceKind::Inflection
                    | DifferenceKind::Name
                    | DifferenceKind::Number
                    | DifferenceKind::Date
                    | DifferenceKind::Address
            )
        };
        match (differences.is_empty(), context) {
            (true, 0) => MatchKind::Exact,
            (true, _) => MatchKind::Context,
            (false, _) if differences.iter().all(typing) => MatchKind::NearExact,
            (false, _) => MatchKind::Fuzzy,
        }
    }
}

/// Where a match is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The number of its unit.
    pub unit: UnitId,
    /// The file that it was imported from.
    pub source: String,
    /// The document it was said in, if that is known.
    pub document: Option<String>,
    /// Where in that document, from 0.
    pub position: Option<u32>,
    /// What vouches for it.
    pub origin: Origin,
    /// How many percent its import takes off.
    pub penalty: u8,
}

impl Provenance {
    /// Where it is from, in a few words: the document and the place in it (from 1), else the file.
    pub fn place(&self) -> String {
        match (&self.document, self.position) {
            (Some(document), Some(position)) => format!("{document} {}", u64::from(position) + 1),
            (Some(document), None) => document.clone(),
            (None, _) => self.source.clone(),
        }
    }
}
