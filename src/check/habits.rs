//! What the texts of one edition do: which digits they write, and which of two letters that look alike.

use super::letters::{TWINS, usual_twin};
use crate::text::language::Language;
use crate::text::tokens::ascii_digit;
use crate::text::values::Digits;

/// What the texts of one edition do. Where they show nothing, or are not of one mind, the usual habits of the language count as far as it
/// has any: Arabic is written with two kinds of digits, each in its own countries.
///
/// ```
/// use tarjuman::check::Habits;
/// use tarjuman::text::{language::Language, values::Digits};
/// let mut habits = Habits::new(&Language::parse("ar")?);
/// assert_eq!(habits.digits(), None);
/// for number in 1..=20 {
///     habits.add(&format!("الرسالة {number}"));
/// }
/// assert_eq!(habits.digits(), Some(Digits::Ascii));
/// # Ok::<(), tarjuman::error::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Habits {
    language: Language,
    /// How many texts write only this kind of digits.
    ascii: u64,
    arabic: u64,
    persian: u64,
    /// How many texts have the one and the other letter of each pair of twins.
    twins: [(u64, u64); TWINS.len()],
}

/// How many texts must show something before it is a habit.
const LEAST: u64 = 10;

impl Habits {
    /// The habits of an edition of which nothing is known yet.
    pub fn new(language: &Language) -> Self {
        Habits {
            language: language.clone(),
            ascii: 0,
            arabic: 0,
            persian: 0,
            twins: [(0, 0); TWINS.len()],
        }
    }

    /// Takes in a text of the edition.
    pub fn add(&mut self, text: &str) {
        match Digits::of(text) {
            Some(Digits::Ascii) => self.ascii += 1,
            Some(Digits::Arabic) => self.arabic += 1,
            Some(Digits::Persian) => self.persian += 1,
            None => {}
        }
        for ((one, other), (first, second)) in self.twins.iter_mut().zip(TWINS) {
            *one += u64::from(text.contains(*first));
            *other += u64::from(text.contains(*second));
        }
    }

    /// The digits that the edition writes, if nine of ten texts that have any agree; without such texts those of the language. `None` if neither
    /// says it.
    pub fn digits(&self) -> Option<Digits> {
        let all = self.ascii + self.arabic + self.persian;
        if all < LEAST {
            return match self.language.primary() {
                "en" | "sq" => Some(Digits::Ascii),
                _ => None,
            };
        }
        let counted = [
            (self.ascii, Digits::Ascii),
            (self.arabic, Digits::Arabic),
            (self.persian, Digits::Persian),
        ];
        let mut most = counted
            .into_iter()
            .filter(|(count, _)| is_most(*count, all));
        most.next().map(|(_, digits)| digits)
    }

    /// Whether digits are never right in the language, whatever the edition does.
    pub(super) fn are_never_right(&self, digits: Digits) -> bool {
        matches!(
            (self.language.primary(), digits),
            ("fa", Digits::Arabic)
                | ("ar", Digits::Persian)
                | ("en" | "sq", Digits::Arabic | Digits::Persian)
        )
    }

    /// Which letter of a pair of twins the edition writes, by its place in [`TWINS`].
    pub(super) fn twin(&self, place: usize) -> Option<char> {
        let (one, other) = self.twins.get(place).copied()?;
        let (first, second) = TWINS.get(place).copied()?;
        let all = one + other;
        if all >= 2 * LEAST {
            if is_most(one, all) {
                return Some(first);
            }
            if is_most(other, all) {
                return Some(second);
            }
        }
        usual_twin(&self.language, place)
    }
}

/// Whether so many of all are nearly all: one text may be odd, a tenth of them is a habit of its own.
fn is_most(count: u64, all: u64) -> bool {
    count * 10 >= all * 9
}

/// The kinds of digits in a text, each with the run of them: where they stand, and which kind.
pub(super) fn runs_of_digits(text: &str) -> Vec<(std::ops::Range<usize>, Digits)> {
    let mut runs: Vec<(std::ops::Range<usize>, Digits)> = Vec::new();
    for (at, letter) in text.char_indices() {
        if ascii_digit(letter).is_none() {
            continue;
        }
        let end = at + letter.len_utf8();
        let Some(kind) = text.get(at..end).and_then(Digits::of) else {
            continue;
        };
        match runs.last_mut() {
            Some((run, last)) if run.end == at && *last == kind => run.end = end,
            _ => runs.push((at..end, kind)),
        }
    }
    runs
}
