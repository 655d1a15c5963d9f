//! Names in match repair: another name is put in the place of the old one only as the memory writes it elsewhere, and only where nothing
//! around it would have to change with it.

use std::ops::Range;

use crate::text::language::Language;
use crate::text::names::{Name, names, rendering};

/// A text with more names is a list of them, which is not repaired.
const MOST: usize = 8;

/// How a memory writes a name in the language of the target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownName {
    /// The name as it is written.
    pub text: String,
    /// The same with the title that stands before it, if there is one.
    pub with_title: Option<String>,
    /// Where it is from, in a few words.
    pub place: String,
}

impl KnownName {
    /// What a translation shows of a name in its source; `None` if the name is not seen in it.
    pub fn seen(
        (name, from): (&str, &Language),
        (target, to): (&str, &Language),
        place: String,
    ) -> Option<Self> {
        let at = rendering(name, from, target, to)?;
        let text = target.get(at.clone())?.to_owned();
        let title = title_before(target, &at, to);
        let with_title = title.and_then(|title| target.get(title.start..at.end));
        Some(KnownName {
            text,
            with_title: with_title.map(str::to_owned),
            place,
        })
    }

    /// Its title alone.
    fn title(&self) -> Option<&str> {
        self.with_title.as_deref()?.strip_suffix(&self.text)
    }
}

/// A name that stands in the query where another one stands in the stored segment.
pub(super) struct NamePair {
    pub(super) new: Placed,
    pub(super) old: Placed,
}

/// Where a name stands, and its title.
pub(super) struct Placed {
    pub(super) name: Range<usize>,
    title: Option<Range<usize>>,
    /// Both together.
    pub(super) whole: Range<usize>,
}

impl NamePair {
    /// What has to be known of the new name: with its title, if that is another one.
    pub(super) fn phrase(&self, query: &str, stored: &str) -> &Range<usize> {
        match self.new.title(query) == self.old.title(stored) {
            true => &self.new.name,
            false => &self.new.whole,
        }
    }
}

impl Placed {
    fn new(name: Name) -> Self {
        let start = name
            .title
            .as_ref()
            .map_or(name.place.start, |title| title.start);
        Placed {
            whole: start..name.place.end,
            name: name.place,
            title: name.title,
        }
    }

    fn title<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.get(self.title.clone()?)
    }
}

/// The names of two texts, pair by pair; `None` if they are not as many.
pub(super) fn name_pairs(query: &str, stored: &str, language: &Language) -> Option<Vec<NamePair>> {
    let (new, old) = (names(query, language), names(stored, language));
    let pair = |(new, old): (Name, Name)| NamePair {
        new: Placed::new(new),
        old: Placed::new(old),
    };
    let same_titles = new
        .iter()
        .zip(&old)
        .all(|(new, old)| new.title.is_some() == old.title.is_some());
    let as_many = new.len() == old.len() && new.len() <= MOST && same_titles;
    as_many.then(|| new.into_iter().zip(old).map(pair).collect())
}

/// What is to stand where in a target for the new name of a pair, if it can stand there with no other word changed.
pub(super) fn exchange(
    pair: &NamePair,
    (query, stored, from): (&str, &str, &Language),
    known: &KnownName,
    (target, to): (&str, &Language),
) -> Option<(Range<usize>, String)> {
    let (new, old) = (
        query.get(pair.new.name.clone())?,
        stored.get(pair.old.name.clone())?,
    );
    let place = rendering(old, from, target, to)?;
    let (before, after) = (target.get(..place.start)?, target.get(place.end..)?);
    // An ending goes with the name it stands behind.
    let mut behind = after.chars().filter(|letter| *letter != '\u{200C}');
    let has_ending = match behind.next() {
        Some('-') => behind.next().is_some_and(char::is_alphabetic),
        letter => letter.is_some_and(char::is_alphabetic),
    };
    let has_title = pair.old.title.is_some();
    let fits = match to.primary() {
        // Without a title the name itself shows the case, unless both are written as everywhere else.
        "sq" => has_title || (target.get(place.clone()) == Some(old) && known.text == new),
        // Verbs show who does something.
        "ar" => has_title || follows_preposition(before),
        _ => true,
    };
    if has_ending || !fits {
        return None;
    }
    let same_title = pair.new.title(query) == pair.old.title(stored);
    let title = title_before(target, &place, to);
    let title_text = title
        .clone()
        .and_then(|title| target.get(title.start..place.start));
    if same_title || (title_text.is_some() && title_text == known.title()) {
        return Some((place, known.text.clone()));
    }
    // Of a woman, Arabic and Albanian speak with other words than of a man.
    matches!(to.primary(), "en" | "fa").then_some(())?;
    Some((title?.start..place.end, known.with_title.clone()?))
}

/// The title before a name of a text.
fn title_before(text: &str, name: &Range<usize>, language: &Language) -> Option<Range<usize>> {
    let mut names = names(text, language).into_iter();
    names.find(|found| found.place.start == name.start)?.title
}

/// Whether an Arabic text ends with a preposition, written apart or joined to what follows.
fn follows_preposition(before: &str) -> bool {
    let is_joined = before.ends_with(['ل', 'ب']);
    let word = before.split_whitespace().next_back().unwrap_or_default();
    is_joined || (before.ends_with(char::is_whitespace) && PREPOSITIONS.contains(&word))
}

/// General knowledge; a native reader should check it.
const PREPOSITIONS: &[&str] = &[
    "في", "إلى", "الى", "من", "على", "عن", "لدى", "مع", "بين", "عند", "نحو", "حول", "قرب",
];
