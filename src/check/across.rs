//! Many pairs at once: one source with two translations, one translation of two sources, a name rendered in two ways.
//!
//! A memory has a million of them, so it is gone through twice: first only keys and names are kept, then the texts of those that turned out
//! to be said in two ways.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::{Check, Finding, Side};
use crate::text::fold;
use crate::text::language::Language;
use crate::text::names::{names, rendering};
use crate::text::tokens::word_count;
use crate::unit::Segment;

/// Looks for what is said in two ways among the pairs of two languages. Every pair is first handed to [`Across::add`], and then, in the same
/// order, to [`Across::check`].
///
/// ```
/// use tarjuman::check::{Check, across::Across};
/// use tarjuman::text::language::Language;
/// use tarjuman::unit::Segment;
///
/// let (en, sq) = (Language::parse("en")?, Language::parse("sq")?);
/// let pairs = [("The spring fair", "Panairi i pranverës"), ("The spring fair", "Panairi i ri pranveror")];
/// let pairs = pairs.map(|(one, other)| (Segment::plain(one), Segment::plain(other)));
/// let mut across = Across::new(&en, &sq);
/// for (number, (source, target)) in (1..).zip(&pairs) {
///     across.add(number, source, target);
/// }
/// assert_eq!(across.check(1, &pairs[0].0, &pairs[0].1), []);
/// assert_eq!(across.check(2, &pairs[1].0, &pairs[1].1)[0].check, Check::SourceTwoTargets);
/// # Ok::<(), tarjuman::error::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Across {
    from: Language,
    to: Language,
    of_sources: HashMap<u64, Said>,
    of_targets: HashMap<u64, Said>,
    of_names: HashMap<u64, Vec<Form>>,
    without_names: bool,
}

/// In a longer text, in bytes, names are not looked for: each is held against every word of the translation.
const LONGEST_WITH_NAMES: usize = 20_000;

/// A way in which a name is rendered.
#[derive(Clone, Debug)]
struct Form {
    /// As it stands in the first pair that has it.
    text: String,
    /// Its letters, by which it is compared.
    letters: String,
    /// The number of that pair.
    first: u64,
    /// How many pairs have it.
    count: u64,
}

/// What stands on the other side of a text.
#[derive(Clone, Debug)]
struct Said {
    /// The key of the first one.
    first: u64,
    /// Whether there are others.
    in_several_ways: bool,
    /// Those that were met in the second round: their keys, the numbers of the pairs, the texts.
    met: Vec<(u64, u64, String)>,
}

/// Fewer words than these mean now this and now that.
const LEAST_WORDS: usize = 3;

/// How many ways of saying one text are kept.
const WAYS: usize = 4;

impl Across {
    /// Nothing known yet.
    pub fn new(from: &Language, to: &Language) -> Self {
        Across {
            from: from.clone(),
            to: to.clone(),
            of_sources: HashMap::new(),
            of_targets: HashMap::new(),
            of_names: HashMap::new(),
            without_names: false,
        }
    }

    /// The same without looking for names, which takes the most time.
    #[must_use]
    pub fn without_names(self) -> Self {
        Across {
            without_names: true,
            ..self
        }
    }

    /// Takes in a pair. The number is that by which it is told.
    pub fn add(&mut self, number: u64, source: &Segment, target: &Segment) {
        for (name, place) in self.names_of(source, target, |_| true) {
            let text = target.text.get(place).unwrap_or_default();
            let own = letters(text, &self.to);
            let forms = self.of_names.entry(name).or_default();
            let mut known = forms.iter_mut();
            if let Some(known) = known.find(|known| is_same_name(&known.letters, &own, &self.to)) {
                known.count += 1;
            } else if forms.len() < WAYS {
                forms.push(Form {
                    text: text.to_owned(),
                    letters: own,
                    first: number,
                    count: 1,
                });
            }
        }
        let (from, to) = (key(&source.text, &self.from), key(&target.text, &self.to));
        let (Some(from), Some(to)) = (from, to) else {
            return;
        };
        let add = |texts: &mut HashMap<u64, Said>, own, other| {
            let said = texts.entry(own).or_insert(Said {
                first: other,
                in_several_ways: false,
                met: Vec::new(),
            });
            said.in_several_ways |= said.first != other;
        };
        add(&mut self.of_sources, from, to);
        add(&mut self.of_targets, to, from);
    }

    /// The names of a source, by their keys, and where the translation has them.
    fn names_of(
        &self,
        source: &Segment,
        target: &Segment,
        wanted: impl Fn(u64) -> bool,
    ) -> Vec<(u64, Range<usize>)> {
        let mut found: Vec<(u64, Range<usize>)> = Vec::new();
        let longest = source.text.len().max(target.text.len());
        if self.without_names || longest > LONGEST_WITH_NAMES {
            return found;
        }
        let mut seen = HashSet::new();
        for name in names(&source.text, &self.from) {
            let Some(text) = source.text.get(name.place) else {
                continue;
            };
            let mut hasher = DefaultHasher::new();
            letters(text, &self.from).hash(&mut hasher);
            let key = hasher.finish();
            if !wanted(key) || !seen.insert(key) {
                continue;
            }
            let place = rendering(text, &self.from, &target.text, &self.to);
            found.extend(place.map(|place| (key, place)));
        }
        found
    }

    /// The names of a pair that other pairs render in another way, and more of them do.
    fn other_names(&self, source: &Segment, target: &Segment) -> Vec<Finding> {
        let forms_of = |name: u64| self.of_names.get(&name).map_or(&[][..], Vec::as_slice);
        let several = self.names_of(source, target, |name| forms_of(name).len() > 1);
        let found = several.into_iter().filter_map(|(name, place)| {
            let text = target.text.get(place.clone())?;
            let own = letters(text, &self.to);
            // Of equals the first counts.
            let usual = forms_of(name)
                .iter()
                .min_by_key(|form| (std::cmp::Reverse(form.count), form.first))?;
            let reason = format!(
                "the name is “{text}” here and “{}” in {}",
                usual.text, usual.first
            );
            (!is_same_name(&usual.letters, &own, &self.to)).then(|| {
                Finding::new(Check::NameTwoWays, Side::Target, place, reason)
                    .suggest(usual.text.clone())
            })
        });
        found.collect()
    }

    /// What is said otherwise in other pairs.
    pub fn check(&mut self, number: u64, source: &Segment, target: &Segment) -> Vec<Finding> {
        let mut found = self.other_names(source, target);
        let (from, to) = (key(&source.text, &self.from), key(&target.text, &self.to));
        let (Some(from), Some(to)) = (from, to) else {
            return found;
        };
        if let Some((other, text)) = met(&mut self.of_sources, from, to, number, &target.text) {
            let reason = format!("the same source is “{text}” in {other}");
            found.push(Finding::whole(
                Check::SourceTwoTargets,
                Side::Target,
                reason,
            ));
        }
        if let Some((other, text)) = met(&mut self.of_targets, to, from, number, &source.text) {
            let reason = format!("the same translation stands for “{text}” in {other}");
            found.push(Finding::whole(
                Check::TargetTwoSources,
                Side::Source,
                reason,
            ));
        }
        found
    }
}

/// Another way of saying a text that was met before, and the number of its pair; and remembers this one.
fn met(
    texts: &mut HashMap<u64, Said>,
    own: u64,
    other: u64,
    number: u64,
    text: &str,
) -> Option<(u64, String)> {
    let said = texts.get_mut(&own).filter(|said| said.in_several_ways)?;
    let before = said.met.iter().find(|(key, ..)| *key != other);
    let before = before.map(|(_, number, text)| (*number, text.clone()));
    let is_new = said.met.iter().all(|(key, ..)| *key != other);
    if is_new && said.met.len() < WAYS {
        said.met.push((other, number, text.to_owned()));
    }
    before.filter(|_| is_new)
}

/// The letters of a name without marks and spaces.
fn letters(name: &str, language: &Language) -> String {
    let folded = fold::loose(name, language);
    folded
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

/// What the cases of a language, and the adjectives that it makes of names, put at their ends, loosely folded.
#[rustfmt::skip]
const ENDINGS: &[(&str, &[&str])] = &[
    ("en", &["s", "es", "n", "an", "ian"]),
    ("sq", &["a", "e", "i", "u", "n", "s", "t", "es", "en", "et", "in", "un", "an", "as", "it", "ut", "at", "se", "te", "ve", "ja", "je", "jes", "jen", "ne", "re", "ia", "ise", "ine"]),
    ("fa", &["ی", "ای", "ها", "های", "یی", "یان"]),
    ("ar", &["ا", "ه", "ي", "يه", "يا", "ين", "يين", "ون", "يون", "ات", "يات"]),
];

/// Whether two ways of writing a name differ only in their endings, or one says only a part of the other.
fn is_same_name(one: &str, other: &str, language: &Language) -> bool {
    let bare = |text: &'_ str| match language.primary() {
        "ar" => text.strip_prefix("ال").unwrap_or(text).to_owned(),
        _ => text.to_owned(),
    };
    let (one, other) = (bare(one), bare(other));
    if one.contains(&other) || other.contains(&one) {
        return true;
    }
    let own = ENDINGS.iter().find(|(tag, _)| *tag == language.primary());
    let endings = own.map_or(&[][..], |(_, endings)| *endings);
    let mut same = 0;
    // Any place up to which both are the same may be the end of the name.
    for (a, b) in one.chars().zip(other.chars()) {
        if a != b {
            break;
        }
        same += a.len_utf8();
        let rests = one.get(same..).zip(other.get(same..));
        let is_ending = |rest: &str| rest.is_empty() || endings.contains(&rest);
        if rests.is_some_and(|(one, other)| is_ending(one) && is_ending(other)) {
            return true;
        }
    }
    false
}

/// What tells a text from others, whatever its typography; `None` for one of few words.
fn key(text: &str, language: &Language) -> Option<u64> {
    if word_count(text) < LEAST_WORDS {
        return None;
    }
    let letters = fold::word(text, language);
    let mut hasher = DefaultHasher::new();
    for letter in letters.chars().filter(|letter| letter.is_alphanumeric()) {
        letter.hash(&mut hasher);
    }
    Some(hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_in_two_ways_is_told_once_a_way() {
        let (en, fa) = (
            Language::parse("en").unwrap(),
            Language::parse("fa").unwrap(),
        );
        let pairs = [
            ("The reading evening begins.", "شب کتابخوانی آغاز می‌شود."),
            // Typed otherwise, and so the same.
            ("The reading evening begins", "شب كتابخوانی آغاز می‌شود"),
            ("The reading evening begins.", "شب شعر شروع می‌شود."),
            ("The reading evening begins.", "شب شعر شروع می‌شود."),
            ("The poetry night begins.", "شب شعر شروع می‌شود."),
            ("Yes.", "بله."),
            ("Yes.", "آری."),
        ];
        let pairs = pairs.map(|(one, other)| (Segment::plain(one), Segment::plain(other)));
        let mut across = Across::new(&en, &fa);
        for (number, (source, target)) in (1..).zip(&pairs) {
            across.add(number, source, target);
        }
        let found: Vec<_> = (1..)
            .zip(&pairs)
            .flat_map(|(number, (source, target))| {
                let found = across.check(number, source, target);
                found
                    .into_iter()
                    .map(move |one| (number, one.check, one.reason))
            })
            .collect();
        assert_eq!(
            found,
            [
                (
                    3,
                    Check::SourceTwoTargets,
                    "the same source is “شب کتابخوانی آغاز می‌شود.” in 1".to_owned()
                ),
                (
                    5,
                    Check::TargetTwoSources,
                    "the same translation stands for “The reading evening begins.” in 3".to_owned()
                ),
            ]
        );
    }

    #[test]
    fn a_name_is_rendered_in_one_way() {
        let (sq, fa) = (
            Language::parse("sq").unwrap(),
            Language::parse("fa").unwrap(),
        );
        let pairs = [
            (
                "Letra e z. Gëzim Xhufëza erdhi.",
                "نامهٔ آقای گزیم جوفزا رسید.",
            ),
            (
                "Ju pret z. Gëzim Xhufëza.",
                "آقای گزیم جفوزا چشم به راه شماست.",
            ),
            ("Erdhi z. Gëzim Xhufëza dje.", "آقای گزیم جوفزا دیروز آمد."),
        ];
        let pairs = pairs.map(|(one, other)| (Segment::plain(one), Segment::plain(other)));
        let mut across = Across::new(&sq, &fa);
        for (number, (source, target)) in (1..).zip(&pairs) {
            across.add(number, source, target);
        }
        let found: Vec<_> = (1..)
            .zip(&pairs)
            .flat_map(|(number, (source, target))| across.check(number, source, target))
            .map(|one| (one.check, one.reason, one.suggestion))
            .collect();
        let reason = "the name is “گزیم جفوزا” here and “گزیم جوفزا” in 1".to_owned();
        let suggestion = Some("گزیم جوفزا".to_owned());
        assert_eq!(found, [(Check::NameTwoWays, reason, suggestion)]);
    }
}
