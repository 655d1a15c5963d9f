//! What may be wrong with a translation: values that disagree, marks that are missing, letters of the wrong keyboard, text left
//! untranslated.
//!
//! A [`Checker`] looks at one source and its translation and returns [`Finding`]s, each with its place, its reason in one line and, where
//! it is certain, what should stand there. [`across`] looks at many of them at once: one source translated in two ways, a name written in two.
//! What a whole edition does, such as which digits it writes, is learnt as [`Habits`] and held against its texts.
//!
//! A check that cries wolf is switched off by whoever uses it. So nothing is said of what can be right: values are compared by all that
//! they can mean, and what the source does too (a quotation that goes on in the next segment) is no fault of the translation.
//!
//! Read `values/mod.rs` first. `marks.rs`, `spacing.rs`, `letters.rs` and `bidi.rs` look at characters, `words.rs` at words, `codes.rs` at inline
//! codes, `habits.rs` and `across.rs` at whole editions.

pub mod across;
mod bidi;
mod codes;
mod habits;
mod letters;
mod marks;
mod pair;
mod spacing;
mod values;
mod words;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

pub use habits::Habits;

use crate::text::language::Language;
use crate::unit::Segment;
use pair::Pair;

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Check {
    /// A number says another value.
    Number,
    /// A date or a time says another day or hour.
    Date,
    /// A day of the week is not that of its date.
    Weekday,
    /// A value of the source is nowhere in the translation.
    ValueMissing,
    /// A value of the translation is nowhere in the source.
    ValueAdded,
    /// An amount is in another currency.
    Currency,
    /// An e-mail address, or the address of a page, was changed.
    Address,
    /// A range is typed backwards.
    RangeReversed,
    /// Digits of two kinds in one number.
    DigitsMixed,
    /// Digits that the edition does not write.
    DigitsForeign,
    /// The mark at the end is missing or another.
    FinalMark,
    /// A mark of the other script.
    MarkScript,
    /// A quotation or bracket is left open.
    Unbalanced,
    /// Several spaces.
    DoubleSpace,
    /// A space before a mark.
    SpaceBeforeMark,
    /// A ZWNJ that does nothing.
    Zwnj,
    /// A letter of another language's keyboard.
    LetterMixed,
    /// Letters as shapes instead of letters.
    PresentationForms,
    /// Broken characters.
    Encoding,
    /// Controls of direction that are left open, or that turn text around.
    Bidi,
    /// There is no translation.
    Empty,
    /// The source stands in the place of its translation.
    Untranslated,
    /// A word stands twice.
    RepeatedWord,
    /// Only one of the two is negative.
    Negation,
    /// An inline code was lost or added.
    CodeLost,
    /// Inline codes cross each other.
    CodeCrossed,
    /// One is out of proportion to the other.
    Length,
    /// One source with two translations.
    SourceTwoTargets,
    /// One translation of two sources.
    TargetTwoSources,
    /// A name is rendered in two ways.
    NameTwoWays,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look.
    Note,
    /// Most likely wrong.
    Warning,
    /// Wrong.
    Error,
}

impl Severity {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

use Severity::{Error, Note, Warning};

/// Every check with its name, how bad it is, and what it finds.
#[rustfmt::skip]
const ABOUT: &[(Check, &str, Severity, &str)] = &[
    (Check::Number, "number", Error, "a number that says another value than the source"),
    (Check::Date, "date", Error, "a date or a time that says another day or hour than the source, in whatever calendar"),
    (Check::Weekday, "weekday", Warning, "a day of the week that is not that of its date, or not that of the source"),
    (Check::ValueMissing, "value-missing", Warning, "a number, date or amount of the source that is nowhere in the translation"),
    (Check::ValueAdded, "value-added", Warning, "a number, date or amount of the translation that is nowhere in the source"),
    (Check::Currency, "currency", Error, "an amount in another currency: rials for tomans"),
    (Check::Address, "address", Error, "an e-mail address or the address of a page that was changed"),
    (Check::RangeReversed, "range-reversed", Warning, "a range or a number with dashes that is typed backwards to look right"),
    (Check::DigitsMixed, "digits-mixed", Error, "digits of two kinds in one number"),
    (Check::DigitsForeign, "digits-foreign", Warning, "digits that the other texts of the edition do not write, or not this language"),
    (Check::FinalMark, "final-mark", Warning, "the mark at the end is missing, or is another than that of the source"),
    (Check::MarkScript, "mark-script", Warning, "a comma, semicolon or question mark of the other script"),
    (Check::Unbalanced, "unbalanced", Warning, "a quotation or a bracket that is opened and not closed, or the reverse"),
    (Check::DoubleSpace, "double-space", Note, "several spaces where one is enough"),
    (Check::SpaceBeforeMark, "space-before-mark", Note, "a space before a comma, a full stop or a closing mark"),
    (Check::Zwnj, "zwnj", Note, "a zero-width non-joiner that does nothing: doubled, or beside a space"),
    (Check::LetterMixed, "letter-mixed", Warning, "ي or ك in Persian, ی or ک in Arabic; in other languages the rarer twin of a letter"),
    (Check::PresentationForms, "presentation-forms", Warning, "Arabic letters stored as shapes, as some programs take them out of PDF"),
    (Check::Encoding, "encoding", Error, "characters broken by a wrong encoding"),
    (Check::Bidi, "bidi", Warning, "a control of direction that is left open, or that turns text around"),
    (Check::Empty, "empty", Error, "no translation at all"),
    (Check::Untranslated, "untranslated", Warning, "the source, or text in its language, in the place of the translation"),
    (Check::RepeatedWord, "repeated-word", Warning, "a word that stands twice in a row"),
    (Check::Negation, "negation", Note, "a negation on one side only"),
    (Check::CodeLost, "code-lost", Error, "an inline code that is on one side only"),
    (Check::CodeCrossed, "code-crossed", Error, "inline codes that cross each other or close what was not opened"),
    (Check::Length, "length", Note, "a translation much longer or shorter than its source"),
    (Check::SourceTwoTargets, "source-two-targets", Note, "one source with two translations"),
    (Check::TargetTwoSources, "target-two-sources", Note, "one translation of two sources"),
    (Check::NameTwoWays, "name-two-ways", Note, "a name that is rendered in two ways"),
];

impl Check {
    /// All checks, in the order in which they are shown.
    pub const ALL: [Check; ABOUT.len()] = {
        let mut all = [Check::Number; ABOUT.len()];
        let mut at = 0;
        while at < all.len() {
            all[at] = ABOUT[at].0;
            at += 1;
        }
        all
    };

    fn about(self) -> (&'static str, Severity, &'static str) {
        let found = ABOUT.iter().find(|(check, ..)| *check == self);
        found.map_or(("", Note, ""), |(_, name, severity, about)| {
            (name, *severity, about)
        })
    }

    /// The name that it is asked for and told by: `final-mark`.
    pub fn name(self) -> &'static str {
        self.about().0
    }

    /// The check of this name.
    ///
    /// ```
    /// use tarjuman::check::Check;
    /// assert_eq!(Check::named("final-mark"), Some(Check::FinalMark));
    /// assert!(Check::ALL.iter().all(|check| Check::named(check.name()) == Some(*check)));
    /// ```
    pub fn named(name: &str) -> Option<Check> {
        let found = ABOUT.iter().find(|(_, known, ..)| *known == name);
        found.map(|(check, ..)| *check)
    }

    /// How bad what it finds is.
    pub fn severity(self) -> Severity {
        self.about().1
    }

    /// What it finds, in one line.
    pub fn describes(self) -> &'static str {
        self.about().2
    }
}

/// Which text of a pair something stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// The source.
    Source,
    /// The translation.
    Target,
}

impl Side {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Side::Source => "source",
            Side::Target => "target",
        }
    }
}

/// Something that may be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of fault it is.
    pub check: Check,
    /// How bad it is.
    pub severity: Severity,
    /// Which text it stands in.
    pub side: Side,
    /// Where in that text, in bytes; `None` if it is about the whole. Where something is missing, an empty place.
    pub place: Option<Range<usize>>,
    /// Why, in one line, with what is on both sides.
    pub reason: String,
    /// What should stand in the place instead, where that is certain.
    pub suggestion: Option<String>,
}

impl Finding {
    fn new(check: Check, side: Side, place: Range<usize>, reason: impl Into<String>) -> Self {
        Finding {
            check,
            severity: check.severity(),
            side,
            place: Some(place),
            reason: reason.into(),
            suggestion: None,
        }
    }

    /// A finding about a whole text.
    fn whole(check: Check, side: Side, reason: impl Into<String>) -> Self {
        Finding {
            place: None,
            ..Finding::new(check, side, 0..0, reason)
        }
    }

    fn suggest(self, suggestion: impl Into<String>) -> Self {
        Finding {
            suggestion: Some(suggestion.into()),
            ..self
        }
    }
}

/// What stands around a translation in its document. It explains what one text alone cannot: a quotation that is opened here and closed there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Around<'t> {
    /// The pair before it.
    pub previous: Option<Beside<'t>>,
    /// The pair after it.
    pub next: Option<Beside<'t>>,
}

/// A pair beside the one that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beside<'t> {
    /// Its source.
    pub source: &'t str,
    /// Its translation.
    pub target: &'t str,
}

impl<'t> Beside<'t> {
    /// The pair of two texts, if both are known.
    pub fn of(source: &'t Option<String>, target: &'t Option<String>) -> Option<Self> {
        let (source, target) = (source.as_deref()?, target.as_deref()?);
        Some(Beside { source, target })
    }
}

/// How many findings of a kind a pair has at most: whoever has seen these need not see the thousandth.
const MOST_OF_A_KIND: usize = 20;

/// Looks at pairs of two languages.
///
/// ```
/// use tarjuman::check::{Check, Checker};
/// use tarjuman::text::language::Language;
/// use tarjuman::unit::Segment;
///
/// let (en, fa) = (Language::parse("en")?, Language::parse("fa")?);
/// let checker = Checker::new(&en, &fa);
/// let found = checker.check(
///     &Segment::plain("The 345 letters came on 15 August 2022."),
///     &Segment::plain("۳۵۴ نامه در ۲۴ مرداد ۱۴۰۱ رسید."),
/// );
/// assert_eq!(found.len(), 1);
/// assert_eq!((found[0].check, found[0].suggestion.as_deref()), (Check::Number, Some("۳۴۵")));
/// # Ok::<(), tarjuman::error::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Checker {
    from: Language,
    to: Language,
    target_habits: Habits,
}

impl Checker {
    /// A checker of translations from one language into another. As long as it is told no habits, it takes the usual ones of the languages.
    pub fn new(from: &Language, to: &Language) -> Self {
        Checker {
            from: from.clone(),
            to: to.clone(),
            target_habits: Habits::new(to),
        }
    }

    /// The same, holding translations against what their edition does otherwise.
    #[must_use]
    pub fn with_habits(self, habits: Habits) -> Self {
        Checker {
            target_habits: habits,
            ..self
        }
    }

    /// What may be wrong with a translation, the worst first and then in the order of the texts; of a kind no more than twenty. Where
    /// there is no source, nothing is.
    pub fn check(&self, source: &Segment, target: &Segment) -> Vec<Finding> {
        self.check_in(source, target, Around::default())
    }

    /// The same for a translation in its document.
    pub fn check_in(&self, source: &Segment, target: &Segment, around: Around<'_>) -> Vec<Finding> {
        let mut found = Vec::new();
        if source.text.trim().is_empty() {
            return found;
        }
        if target.text.trim().is_empty() {
            found.push(Finding::whole(
                Check::Empty,
                Side::Target,
                "there is no translation",
            ));
            return found;
        }
        let pair = Pair::new((source, &self.from), (target, &self.to));
        if let Some(untranslated) = words::untranslated(&pair) {
            // Everything else would only say it again.
            found.push(untranslated);
            letters::broken(&pair, &mut found);
            codes::check(&pair, &mut found);
            return found;
        }
        letters::broken(&pair, &mut found);
        values::check(&pair, &mut found);
        if !found.iter().any(|one| one.check == Check::Encoding) {
            // Broken characters look like marks.
            marks::check(&pair, around, &mut found);
        }
        spacing::check(&pair, &mut found);
        letters::check(&pair, &self.target_habits, &mut found);
        bidi::check(&pair, &mut found);
        words::check(&pair, &mut found);
        codes::check(&pair, &mut found);
        found.sort_by_key(|one| {
            let start = one.place.as_ref().map_or(0, |place| place.start);
            (std::cmp::Reverse(one.severity), one.side, start, one.check)
        });
        let mut told: BTreeMap<Check, usize> = BTreeMap::new();
        found.retain(|one| {
            let count = told.entry(one.check).or_insert(0);
            *count += 1;
            *count <= MOST_OF_A_KIND
        });
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_check_has_a_name_of_its_own() {
        for (at, check) in Check::ALL.iter().enumerate() {
            assert!(!check.describes().is_empty());
            assert_eq!(
                Check::ALL
                    .iter()
                    .position(|other| other.name() == check.name()),
                Some(at)
            );
        }
    }

    proptest! {
        #[test]
        fn any_text_is_checked(
            source in any::<String>(),
            target in "[ -~ëç«»“”„‘’؟،؛.!()\\[\\]0-9۰-۹٠-٩يیكک\u{200C}\u{200F}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{FFFD}Ã©مساءً]{0,60}",
            from in prop::sample::select(vec!["en", "fa", "ar", "sq", "de"]),
            to in prop::sample::select(vec!["en", "fa", "ar", "sq", "de"]),
        ) {
            let checker = Checker::new(&Language::from_file(from), &Language::from_file(to));
            for (source, target) in [(&source, &target), (&target, &source), (&target, &target)] {
                let (source, target) = (Segment::plain(source.clone()), Segment::plain(target.clone()));
                for finding in checker.check(&source, &target) {
                    let text = match finding.side {
                        Side::Source => &source.text,
                        Side::Target => &target.text,
                    };
                    if let Some(place) = finding.place {
                        prop_assert!(text.get(place.clone()).is_some(), "{place:?} of {text}");
                    }
                    prop_assert!(!finding.reason.contains('\n') || text.contains('\n'));
                }
            }
        }
    }
}
