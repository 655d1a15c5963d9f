//! Names in a text, found without a dictionary of them.
//!
//! English and Albanian show names by capitals. What begins a sentence has one anyway, so it is a name only if something else says so.
//! Persian and Arabic have no capitals: there a name is what stands behind a title. Either way it is better to miss a name than to take a
//! word for one.

use std::collections::HashSet;
use std::ops::Range;

use super::runs::{Gap, Word, words};
use super::titles::{Title, Words, endings};
use crate::text::language::Language;
use crate::text::values::values;
use crate::text::{fold, stem};

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Where it stands, in bytes, without its title and without what the language hangs on its end with a mark: ’s, -it.
    pub place: Range<usize>,
    /// Where the title before it stands: «جناب آقای», `Prof. Dr.`
    pub title: Option<Range<usize>>,
}

/// The most words of a name where capitals show it.
const MOST_WORDS: usize = 8;

/// The most words of a name behind a title where nothing else shows it.
const MOST_BEHIND_TITLE: usize = 4;

/// The shortest text, in words, that can be a heading with a capital on every word.
const LEAST_OF_HEADING: usize = 4;

/// The names in a text of English, Albanian, Persian or Arabic, in order; none in other languages.
///
/// ```
/// use tarjuman::text::{language::Language, names::names};
/// let found = |tag, text: &'static str| -> Vec<&str> {
///     let language = Language::parse(tag).unwrap();
///     names(text, &language).into_iter().map(|name| &text[name.place]).collect()
/// };
/// assert_eq!(found("en", "Yesterday we met Dr. Lule Dielli and J. K. Reed in Tirana."), ["Lule Dielli", "J. K. Reed", "Tirana"]);
/// assert_eq!(found("sq", "I nderuar z. Çelëza, ju pret Agim Hëna."), ["Çelëza", "Agim Hëna"]);
/// assert_eq!(found("fa", "جناب آقای کامران بهاری با سلام و احترام"), ["کامران بهاری"]);
/// assert_eq!(found("ar", "وصل السيد كريم النجار إلى المكتبة."), ["كريم النجار"]);
/// ```
pub fn names(text: &str, language: &Language) -> Vec<Name> {
    let Some(lists) = Words::of(language) else {
        return Vec::new();
    };
    let words = words(text);
    let places: Vec<Range<usize>> = values(text, language)
        .into_iter()
        .map(|value| value.place)
        .collect();
    let taken = |word: &Word<'_>| {
        let before = places.partition_point(|place| place.end <= word.place.start);
        places
            .get(before)
            .is_some_and(|place| place.start < word.place.end)
    };
    let taken: Vec<bool> = words.iter().map(taken).collect();
    let search = Search {
        text,
        words: &words,
        taken: &taken,
        lists,
        language,
    };
    if lists.shows_names {
        search.by_capitals()
    } else {
        search.by_titles()
    }
}

struct Search<'s> {
    text: &'s str,
    words: &'s [Word<'s>],
    /// Which of them belong to a value.
    taken: &'s [bool],
    lists: &'static Words,
    language: &'s Language,
}

impl Search<'_> {
    fn is_taken(&self, at: usize) -> bool {
        self.taken.get(at).is_none_or(|taken| *taken)
    }

    /// The titles that begin at a word: the first word behind them, and whether one of them is more than a role.
    fn titles(&self, from: usize) -> Option<(usize, bool)> {
        let mut at = from;
        let mut sure = false;
        while let Some(word) = self.words.get(at) {
            let goes_on = match word.before {
                Gap::Space | Gap::Hyphen => true,
                Gap::Stop => {
                    at > 0
                        && self
                            .words
                            .get(at - 1)
                            .is_some_and(|last| self.is_short_title(last))
                }
                Gap::Start | Gap::Mark => false,
            };
            if (at > from && !goes_on) || at > from + MOST_WORDS {
                break;
            }
            let may_be = !self.lists.titles_have_capitals || word.is_capital();
            let said = self.lists.title(word.text, word.dotted).filter(|_| may_be);
            let said = said.or_else(|| (at == from).then(|| self.without_start(word.text))?);
            match said {
                Some(Title::Title) => sure = true,
                Some(Title::Role) if sure || self.lists.shows_names => {}
                _ => break,
            }
            at += 1;
        }
        (at > from).then_some((at, sure))
    }

    /// What a word is behind a conjunction or preposition that is written with it.
    fn without_start(&self, word: &str) -> Option<Title> {
        if self.language.primary() != "ar" {
            return None;
        }
        let rests = ["و", "ف", "ب", "ك", "ل"]
            .iter()
            .filter_map(|start| word.strip_prefix(start));
        let mut titles = rests.filter_map(|rest| {
            let whole = rest.strip_prefix('ل').map(|rest| format!("ال{rest}"));
            let said = self.lists.title(rest, false);
            said.or_else(|| self.lists.title(&whole?, false))
        });
        titles.find(|title| *title == Title::Title)
    }

    /// Whether a full stop behind a word shortens it.
    fn is_short_title(&self, word: &Word<'_>) -> bool {
        word.text.chars().count() <= 5 && self.lists.title(word.text, true) == Some(Title::Title)
    }

    /// Whether a name may go on from the word before to this one.
    fn goes_on(&self, at: usize) -> bool {
        let (Some(word), Some(last)) = (
            self.words.get(at),
            at.checked_sub(1).and_then(|at| self.words.get(at)),
        ) else {
            return false;
        };
        match word.before {
            Gap::Space => !self.is_possessive(last),
            Gap::Hyphen => true,
            Gap::Stop => {
                last.is_initial() || (last.is_capital() && matches!(last.text, "St" | "Mt" | "Jr"))
            }
            Gap::Start | Gap::Mark => false,
        }
    }

    /// Whether nothing but perhaps the full stop of a title stands between a title and the word behind it.
    fn follows_title(&self, at: usize) -> bool {
        let last = at.checked_sub(1).and_then(|at| self.words.get(at));
        match self.words.get(at).map(|word| word.before) {
            Some(Gap::Space) => true,
            Some(Gap::Stop) => last.is_some_and(|last| self.is_short_title(last)),
            _ => false,
        }
    }

    fn place(&self, from: usize, until: usize) -> Range<usize> {
        let start = self.words.get(from).map_or(0, |word| word.place.start);
        let end = until.checked_sub(1).and_then(|last| self.words.get(last));
        start..end.map_or(start, |word| word.place.end)
    }

    /// Names behind titles, where there are no capitals.
    fn by_titles(&self) -> Vec<Name> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.words.len() {
            let Some((first, true)) = self.titles(at) else {
                at += 1;
                continue;
            };
            let mut end = first;
            while end < first + MOST_BEHIND_TITLE
                && (if end == first {
                    self.follows_title(end)
                } else {
                    self.goes_on(end)
                })
                && self
                    .words
                    .get(end)
                    .is_some_and(|word| !self.is_taken(end) && self.may_be_name(word, end == first))
            {
                end += 1;
            }
            if end > first {
                found.push(Name {
                    place: self.place(first, end),
                    title: Some(self.title_place(at, first)),
                });
            }
            at = end.max(first);
        }
        found
    }

    /// Whether a word can belong to a name behind a title. A second word is held to more: what it begins with may be a conjunction.
    fn may_be_name(&self, word: &Word<'_>, is_first: bool) -> bool {
        let text = word.text;
        let letters = text.chars().filter(|letter| letter.is_alphabetic());
        let has_letters = letters.take(2).count() > 1;
        let is_inflected = ["می\u{200C}", "نمی\u{200C}"]
            .iter()
            .any(|start| text.starts_with(start))
            || ["\u{200C}ها", "\u{200C}های", "\u{200C}هایی"]
                .iter()
                .any(|end| text.ends_with(end));
        let is_accusative = text.contains('\u{64B}');
        let is_joined = !is_first && self.language.primary() == "ar" && text.starts_with('و');
        has_letters
            && !is_inflected
            && !is_accusative
            && !is_joined
            && !self.lists.is_stranger(text)
    }

    /// Names in capitals.
    fn by_capitals(&self) -> Vec<Name> {
        let seen = self.seen();
        let is_heading = self.is_heading();
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.words.len() {
            let (first, titled) = match self.titles(at) {
                // A title without a name is a word like any other; so is a role that does not stand before a capital.
                Some((first, _)) if self.follows_title(first) && self.is_name_word(first) => {
                    (first, true)
                }
                Some((first, _)) => {
                    at = first;
                    continue;
                }
                None => (at, false),
            };
            let end = self.end_of_run(first);
            if end == first {
                at = first + 1;
                continue;
            }
            let from = if titled {
                first
            } else {
                self.start_in_run(first, end, &seen)
            };
            if from < end && (titled || !is_heading) {
                found.push(Name {
                    place: self.without_possessive(from, end),
                    title: titled.then(|| self.title_place(at, first)),
                });
            }
            at = end;
        }
        found.retain(|name| !name.place.is_empty());
        found
    }

    /// With the full stop of its last word.
    fn title_place(&self, from: usize, until: usize) -> Range<usize> {
        let place = self.place(from, until);
        let dotted = until
            .checked_sub(1)
            .and_then(|last| self.words.get(last))
            .is_some_and(|word| word.dotted);
        place.start..place.end + usize::from(dotted)
    }

    /// Whether a word can begin a name or go on with it by its capital.
    fn is_name_word(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| {
            let single = word.text.chars().nth(1).is_none();
            word.is_capital()
                && !word.is_shout()
                && (!single || word.is_initial())
                && !self.is_taken(at)
        }) || self.is_joined_article(at)
    }

    /// Whether a word is the small article of a name: al-Hakim.
    fn is_joined_article(&self, at: usize) -> bool {
        let joined =
            |next: &Word<'_>| next.before == Gap::Hyphen && next.is_capital() && !next.is_shout();
        self.words
            .get(at)
            .is_some_and(|word| self.lists.is_particle(word.text))
            && self.words.get(at + 1).is_some_and(joined)
    }

    /// The word behind the run of capitals that begins at a word.
    fn end_of_run(&self, first: usize) -> usize {
        let mut end = first;
        let mut at = first;
        while at < first + MOST_WORDS && (at == first || self.goes_on(at)) {
            let Some(word) = self.words.get(at) else {
                break;
            };
            let is_title = || at > first && self.lists.title(word.text, word.dotted).is_some();
            if self.is_name_word(at)
                && !self.lists.is_calendar(bare(word.text).unwrap_or(word.text))
                && !is_title()
            {
                end = at + 1;
            } else if word.before == Gap::Hyphen && at > first {
                // An ending, as in “Reed-it”; with any other small word it is not a name.
                return if endings(self.language).contains(&word.text) {
                    at
                } else {
                    end.min(at - 1).max(first)
                };
            } else if !(at > first && self.lists.is_particle(word.text)) {
                break;
            }
            at += 1;
        }
        end
    }

    /// Where in a run the name begins: not with a word that has its capital from the sentence, unless it is a name elsewhere or
    /// stands before another name. The end of the run if nothing is left.
    fn start_in_run(&self, first: usize, end: usize, seen: &HashSet<String>) -> usize {
        let mut from = first;
        while from < end
            && let Some(word) = self.words.get(from)
            && (from > first || matches!(word.before, Gap::Start | Gap::Stop))
            && self.lists.is_stranger(word.text)
        {
            from += 1;
        }
        let Some(word) = self.words.get(from).filter(|_| from < end) else {
            return end;
        };
        let begins = matches!(word.before, Gap::Start | Gap::Stop);
        if from == first && begins && end == from + 1 && !seen.contains(&self.key(word.text)) {
            return end;
        }
        // An initial alone is none.
        if end == from + 1 && word.text.chars().nth(1).is_none() {
            end
        } else {
            from
        }
    }

    fn key(&self, word: &str) -> String {
        let folded = fold::loose(word, self.language);
        stem::light(&folded, self.language.primary()).to_owned()
    }

    /// Words that have a capital where no sentence begins, and that are nowhere written small.
    fn seen(&self) -> HashSet<String> {
        let inside = |word: &&Word<'_>| {
            word.is_capital() && !word.is_shout() && !matches!(word.before, Gap::Start | Gap::Stop)
        };
        let mut seen: HashSet<String> = self
            .words
            .iter()
            .filter(inside)
            .map(|word| self.key(word.text))
            .collect();
        if !seen.is_empty() {
            for word in self.words.iter().filter(|word| !word.is_capital()) {
                seen.remove(&self.key(word.text));
            }
        }
        seen
    }

    /// Whether the text is a heading with a capital on every word that counts, and no mark at its end.
    fn is_heading(&self) -> bool {
        let long = || {
            self.words
                .iter()
                .filter(|word| word.text.chars().nth(3).is_some())
        };
        let capitals = long().filter(|word| word.is_capital()).count();
        let last = self.words.last().map_or(0, |last| last.place.end);
        let behind = self.text.get(last..).unwrap_or_default();
        let is_open = !behind.contains(['.', ',', '!', ':', '…']);
        is_open && self.words.len() >= LEAST_OF_HEADING && capitals * 10 >= long().count() * 8
    }

    /// Whether a word has the English mark of possession, behind which another name begins.
    fn is_possessive(&self, word: &Word<'_>) -> bool {
        self.language.primary() == "en" && bare(word.text).is_some()
    }

    /// The place of some words, without the mark of possession on the last.
    fn without_possessive(&self, from: usize, until: usize) -> Range<usize> {
        let place = self.place(from, until);
        let last = until.checked_sub(1).and_then(|last| self.words.get(last));
        let marked = last.filter(|last| self.is_possessive(last));
        let end = marked.and_then(|last| Some(last.place.start + bare(last.text)?.len()));
        place.start..end.unwrap_or(place.end)
    }
}

/// A word without the mark of possession, if it has one.
fn bare(word: &str) -> Option<&str> {
    ["'s", "’s"].iter().find_map(|mark| word.strip_suffix(mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(tag: &str, text: &str) -> Vec<String> {
        let shown = |name: Name| {
            let place = text.get(name.place).unwrap();
            match name.title {
                Some(title) => format!("[{}] {place}", text.get(title).unwrap()),
                None => place.to_owned(),
            }
        };
        names(text, &Language::parse(tag).unwrap())
            .into_iter()
            .map(shown)
            .collect()
    }

    #[test]
    fn capitals_show_names_but_not_where_a_sentence_begins() {
        assert_eq!(
            found("en", "The letter came. Rain fell. He said: “Go home.”"),
            [""; 0]
        );
        assert_eq!(
            found("en", "Nora left. We miss Nora’s songs."),
            ["Nora", "Nora"]
        );
        assert_eq!(
            found(
                "en",
                "Elin Marsh and Tom’s Lamp Shop opened on Monday in May."
            ),
            ["Elin Marsh", "Tom", "Lamp Shop"]
        );
        assert_eq!(
            found("en", "ANNUAL REPORT OF THE CLUB for TV and TVs: I’m in"),
            [""; 0]
        );
        assert_eq!(found("en", "How to Plant Tulips in Every Garden"), [""; 0]);
        assert_eq!(
            found("en", "We saw Ludwig van Tal, Said al-Hakim and J. K. Reed."),
            ["Ludwig van Tal", "Said al-Hakim", "J. K. Reed"]
        );
        assert_eq!(
            found("sq", "Dje erdhi Agron-i me Lule Diellin. Sot pushojmë."),
            ["Agron", "Lule Diellin"]
        );
    }

    #[test]
    fn titles_belong_to_names_in_every_language() {
        assert_eq!(found("en", "Dear Prof. Dr. Reed,"), ["[Prof. Dr.] Reed"]);
        assert_eq!(found("en", "Mr. President, welcome."), [""; 0]);
        assert_eq!(
            found("sq", "Të nderuar z. Dielli dhe znj. Çelëza,"),
            ["[z.] Dielli", "[znj.] Çelëza"]
        );
        assert_eq!(
            found("fa", "جناب آقای دکتر بهاری، سلام"),
            ["[جناب آقای دکتر] بهاری"]
        );
        assert_eq!(
            found("fa", "آقای کریمی را دیدم و خانم سارا نوری می‌آید."),
            ["[آقای] کریمی", "[خانم] سارا نوری"]
        );
        assert_eq!(
            found("ar", "كتب د. سمير قاسم وقال للسيدة ليلى إن الكتاب وصل"),
            ["[د.] سمير قاسم", "[للسيدة] ليلى"]
        );
        // A title without a name.
        assert_eq!(found("fa", "جناب آقا، با سلام"), [""; 0]);
        assert_eq!(found("ar", "السيد المدير المحترم"), [""; 0]);
        assert_eq!(found("de", "Herr Reed und Frau Tal"), [""; 0]);
    }

    proptest! {
        #[test]
        fn places_are_in_order_and_on_letters(text in "(\\PC{0,3}|Mr\\. |z\\. |آقای |السيد |[A-Z][a-zë]{0,4}|al-|van |[ .,:’-]|کریم ){0,20}", tag in "en|sq|fa|ar|de") {
            let mut end = 0;
            for name in names(&text, &Language::parse(&tag).unwrap()) {
                let start = name.title.clone().map_or(name.place.start, |title| title.start);
                prop_assert!(start >= end && !name.place.is_empty());
                prop_assert!(text.get(name.place.clone()).is_some());
                if let Some(title) = name.title {
                    prop_assert!(title.end <= name.place.start && text.get(title).is_some());
                }
                end = name.place.end;
            }
        }
    }
}
