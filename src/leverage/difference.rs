//! Why a match is not 100: what differs between a query and a stored segment, said by kind.
//!
//! The tokens of both texts are laid side by side along the cheapest edits, and each edit is named. Edits of one kind that
//! stand together are told as one, as a person would tell them: "17 April" instead of "9 May".

use std::cell::LazyCell;
use std::ops::Range;

use crate::text::fold;
use crate::text::language::Language;
use crate::text::names::names;
use crate::text::stem::light;
use crate::text::tokens::{Token, TokenKind, placeables};
use crate::text::values::{Digits, Kind, values};
use crate::unit::Segment;

/// One difference between a query and a stored segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Of what kind.
    pub kind: DifferenceKind,
    /// What stands in the query; empty if it has nothing there.
    pub query: String,
    /// What stands in the stored segment; empty if it has nothing there.
    pub stored: String,
}

/// The kinds of difference, from the one that matters most to a translator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// Another word, or one more, or one less.
    Word,
    /// Another name, or one more, or one less, as far as capitals or a title show a name.
    Name,
    /// A number with another value, or one more, or one less.
    Number,
    /// A date or time with another value, or one more, or one less.
    Date,
    /// Another e-mail address or address of a page, or one more, or one less.
    Address,
    /// Another form of a word: its ending, an article or a clitic.
    Inflection,
    /// Capitals and small letters.
    Case,
    /// Diacritics: ë for e, harakat, hamza on its seat.
    Diacritics,
    /// Digits of another script, for the same value.
    Digits,
    /// Commas, quotes, full stops.
    Punctuation,
    /// White space, ZWNJ.
    Spacing,
    /// Inline codes.
    Codes,
}

impl DifferenceKind {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            DifferenceKind::Word => "word",
            DifferenceKind::Name => "name",
            DifferenceKind::Number => "number",
            DifferenceKind::Date => "date",
            DifferenceKind::Address => "address",
            DifferenceKind::Inflection => "inflection",
            DifferenceKind::Case => "case",
            DifferenceKind::Diacritics => "diacritics",
            DifferenceKind::Digits => "digits",
            DifferenceKind::Punctuation => "punctuation",
            DifferenceKind::Spacing => "spacing",
            DifferenceKind::Codes => "codes",
        }
    }
}

/// What differs between a query and a stored segment, in the order of the text; empty only if their identity keys are equal
/// and neither has codes that the other lacks.
pub fn differences(query: &Segment, stored: &Segment, language: &Language) -> Vec<Difference> {
    let mut found = in_text(&query.text, &stored.text, language);
    if query.codes.len() != stored.codes.len() {
        let say = |segment: &Segment| match segment.codes.len() {
            0 => String::new(),
            count => format!("inline codes: {count}"),
        };
        found.push(Difference {
            kind: DifferenceKind::Codes,
            query: say(query),
            stored: say(stored),
        });
    }
    found
}

fn in_text(query: &str, stored: &str, language: &Language) -> Vec<Difference> {
    if query == stored || fold::identity(query, language) == fold::identity(stored, language) {
        return Vec::new();
    }
    let (a, b) = (wholes(query, language), wholes(stored, language));
    let (a, b) = without_common_ends(&a, &b);
    if a.len().saturating_mul(b.len()) > MAX_TABLE {
        // Nobody reads a list of so many differences, and making it would take minutes.
        return vec![Difference {
            kind: DifferenceKind::Word,
            query: format!("{} words", a.len()),
            stored: format!("{} words", b.len()),
        }];
    }
    // Most differences need no names, and looking for them takes longer than all else.
    let named = LazyCell::new(|| (Names::new(query, language), Names::new(stored, language)));
    let mut found: Vec<Difference> = Vec::new();
    let mut joins = false;
    let edits = edits(a, b, language);
    let mut rest = edits.as_slice();
    while let Some((left, right)) = rest.first() {
        if let Some((one, length)) = spacing(rest, query, stored, language) {
            found.push(one);
            joins = false;
            rest = rest.get(length..).unwrap_or_default();
            continue;
        }
        match kind_of(*left, *right, language) {
            Some(kind) => {
                let kind = match kind {
                    DifferenceKind::Word if named.0.has(*left) && named.1.has(*right) => {
                        DifferenceKind::Name
                    }
                    kind => kind,
                };
                let [asked, kept] = [left, right].map(|token| token.map_or("", |token| token.text));
                match found.last_mut() {
                    Some(last) if joins && last.kind == kind => {
                        push_word(&mut last.query, asked);
                        push_word(&mut last.stored, kept);
                    }
                    _ => found.push(Difference {
                        kind,
                        query: asked.to_owned(),
                        stored: kept.to_owned(),
                    }),
                }
                joins = true;
            }
            None => joins = false,
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    if found.is_empty() {
        // Every token is the same, so what differs stands between them.
        found.push(Difference {
            kind: DifferenceKind::Spacing,
            query: String::new(),
            stored: String::new(),
        });
    }
    found
}

/// The tokens of a text, with a value of several words as one: 5 January 2025, 50 euros.
fn wholes<'t>(text: &'t str, language: &Language) -> Vec<Token<'t>> {
    let mut tokens = placeables(text).into_iter().peekable();
    let mut found = Vec::new();
    for value in values(text, language) {
        let kind = match value.kind {
            Kind::Spelled => continue,
            Kind::Date => TokenKind::Date,
            Kind::Time => TokenKind::Time,
            Kind::Email => TokenKind::Email,
            Kind::Url => TokenKind::Url,
            _ => TokenKind::Number,
        };
        let Range { start, end } = value.place.clone();
        found.extend(std::iter::from_fn(|| {
            tokens.next_if(|token| token.start < start)
        }));
        let whole = text.get(value.place);
        while tokens.next_if(|token| token.start < end).is_some() {}
        found.extend(whole.map(|text| Token { text, start, kind }));
    }
    found.extend(tokens);
    found
}

/// The difference that a run of edits begins with, and how many they are, if the same letters are only written together here and
/// apart there: می رود and می‌رود.
fn spacing<'t>(
    edits: &[(Option<Token<'t>>, Option<Token<'t>>)],
    query: &'t str,
    stored: &'t str,
    language: &Language,
) -> Option<(Difference, usize)> {
    let run = edits
        .iter()
        .take_while(|(left, right)| kind_of(*left, *right, language).is_some())
        .count();
    (2..=run).find_map(|length| {
        let run = edits.get(..length)?;
        let left: Vec<_> = run.iter().filter_map(|(left, _)| *left).collect();
        let right: Vec<_> = run.iter().filter_map(|(_, right)| *right).collect();
        let words = |side: &[Token<'_>]| {
            !side.is_empty() && side.iter().all(|token| token.kind == TokenKind::Word)
        };
        if left.len() == right.len() || !words(&left) || !words(&right) {
            return None;
        }
        let span = |side: &[Token<'_>], text: &str| -> Option<String> {
            let (first, last) = (side.first()?, side.last()?);
            text.get(first.start..last.start + last.text.len())
                .map(str::to_owned)
        };
        // An ezafe that is written apart is folded only where the gap is seen.
        let letters = |text: &str| fold::loose(text, language).replace(['\u{200C}', ' '], "");
        (letters(&span(&left, query)?) == letters(&span(&right, stored)?)).then_some(())?;
        let difference = Difference {
            kind: DifferenceKind::Spacing,
            query: span(&left, query)?,
            stored: span(&right, stored)?,
        };
        Some((difference, length))
    })
}

/// Where the names of a text are.
struct Names(Vec<Range<usize>>);

impl Names {
    fn new(text: &str, language: &Language) -> Self {
        let names = names(text, language).into_iter();
        Names(names.map(|name| name.place).collect())
    }

    /// Whether a token is part of a name; what is not there does not say otherwise.
    fn has(&self, token: Option<Token<'_>>) -> bool {
        let within = |token: Token<'_>| {
            let mut places = self.0.iter();
            places.any(|place| place.contains(&token.start))
        };
        token.is_none_or(within)
    }
}

/// The most pairs of tokens that are laid side by side.
const MAX_TABLE: usize = 4_000_000;

/// What is left of two texts without the tokens that are the same to the letter at their starts and ends.
fn without_common_ends<'s, 't>(
    a: &'s [Token<'t>],
    b: &'s [Token<'t>],
) -> (&'s [Token<'t>], &'s [Token<'t>]) {
    let same = |(x, y): &(&Token<'_>, &Token<'_>)| x.text == y.text;
    let start = a.iter().zip(b).take_while(same).count();
    let (a, b) = (
        a.get(start..).unwrap_or_default(),
        b.get(start..).unwrap_or_default(),
    );
    let end = a.iter().rev().zip(b.iter().rev()).take_while(same).count();
    let keep = |side: &'s [Token<'t>]| side.get(..side.len() - end).unwrap_or_default();
    (keep(a), keep(b))
}

fn push_word(text: &mut String, word: &str) {
    if !text.is_empty() && !word.is_empty() {
        text.push(' ');
    }
    text.push_str(word);
}

/// How two tokens that were laid side by side differ; `None` if they do not.
fn kind_of(
    left: Option<Token<'_>>,
    right: Option<Token<'_>>,
    language: &Language,
) -> Option<DifferenceKind> {
    let alone = |token: Token<'_>| match token.kind {
        TokenKind::Word => DifferenceKind::Word,
        TokenKind::Number => DifferenceKind::Number,
        TokenKind::Date | TokenKind::Time => DifferenceKind::Date,
        TokenKind::Email | TokenKind::Url => DifferenceKind::Address,
        TokenKind::Mark => DifferenceKind::Punctuation,
    };
    let (left, right) = match (left, right) {
        (Some(left), Some(right)) => (left, right),
        (Some(one), None) | (None, Some(one)) => return Some(alone(one)),
        (None, None) => return None,
    };
    if left.text == right.text {
        return None;
    }
    let same = |fold: fn(&str, &Language) -> String| {
        fold(left.text, language) == fold(right.text, language)
    };
    if same(fold::identity) {
        return None;
    }
    Some(match (left.kind, right.kind) {
        (one, other) if one == other && one.is_placeable() && same(fold::near) => {
            DifferenceKind::Digits
        }
        (one, other)
            if one == other
                && one.is_placeable()
                && same_value(left.text, right.text, language) =>
        {
            match Digits::of(left.text) == Digits::of(right.text) {
                true => DifferenceKind::Punctuation,
                false => DifferenceKind::Digits,
            }
        }
        (TokenKind::Word, TokenKind::Word) if same(fold::near) && same(without_apostrophes) => {
            DifferenceKind::Punctuation
        }
        (TokenKind::Word, TokenKind::Word) if same(fold::near) => DifferenceKind::Diacritics,
        (TokenKind::Word, TokenKind::Word) if same(fold::word) => DifferenceKind::Case,
        (TokenKind::Word, TokenKind::Word) if same(fold::loose) => DifferenceKind::Diacritics,
        (TokenKind::Word, TokenKind::Word) if spelled_apart(left.text, right.text, language) => {
            DifferenceKind::Spacing
        }
        (TokenKind::Word, TokenKind::Word) if same_stem(left.text, right.text, language) => {
            DifferenceKind::Inflection
        }
        (TokenKind::Word, _) => DifferenceKind::Word,
        (_, TokenKind::Word) => DifferenceKind::Word,
        (TokenKind::Mark, _) => alone(right),
        (_, _) => alone(left),
    })
}

/// Whether two numbers, dates or times mean the same without doubt: 1,250.50 and 1250.50.
fn same_value(left: &str, right: &str, language: &Language) -> bool {
    let [left, right] = [left, right].map(|text| {
        let mut found = values(text, language);
        let one = found.pop().filter(|value| value.place == (0..text.len()));
        one.filter(|_| found.is_empty())
    });
    let both = left.zip(right);
    both.is_some_and(|(left, right)| left.means_the_same(&right))
}

/// Whether two words are forms of one, as far as key tokens can tell.
fn same_stem(left: &str, right: &str, language: &Language) -> bool {
    let stem = |word: &str| {
        let loose = fold::loose(word, language).replace('\u{200C}', "");
        light(&loose, language.primary()).to_owned()
    };
    stem(left) == stem(right)
}

/// A word without the marks that stand inside words: It’s and It's are one word in other typography.
fn without_apostrophes(text: &str, language: &Language) -> String {
    fold::identity(text, language).replace(['\'', '’', '‘', '`', '´', 'ʼ', '‛'], "")
}

/// The same letters with or without a ZWNJ between them.
fn spelled_apart(left: &str, right: &str, language: &Language) -> bool {
    let joined = |text: &str| fold::identity(text, language).replace('\u{200C}', "");
    joined(left) == joined(right)
}

/// Tokens side by side along the cheapest way from one text to the other; a gap is `None`.
fn edits<'a>(
    a: &[Token<'a>],
    b: &[Token<'a>],
    language: &Language,
) -> Vec<(Option<Token<'a>>, Option<Token<'a>>)> {
    let keys = |side: &[Token<'_>]| -> Vec<String> {
        side.iter()
            .map(|token| fold::loose(token.text, language).replace('\u{200C}', ""))
            .collect()
    };
    let (left, right) = (keys(a), keys(b));
    let columns = b.len() + 1;
    let mut cost = vec![0_u32; (a.len() + 1) * columns];
    let at = |i: usize, j: usize| i * columns + j;
    let exchange = |i: usize, j: usize| -> u32 {
        match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) if left.get(i) == right.get(j) && x.kind == y.kind => 0,
            (Some(x), Some(y)) if x.kind == y.kind => 3,
            // A mark in the place of a word is no change of that word.
            _ => 5,
        }
    };
    let get = |cost: &[u32], index: usize| cost.get(index).copied().unwrap_or(u32::MAX / 2);
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let mut best = if i == 0 && j == 0 { 0 } else { u32::MAX / 2 };
            if i > 0 {
                best = best.min(get(&cost, at(i - 1, j)) + 2);
            }
            if j > 0 {
                best = best.min(get(&cost, at(i, j - 1)) + 2);
            }
            if i > 0 && j > 0 {
                best = best.min(get(&cost, at(i - 1, j - 1)) + exchange(i - 1, j - 1));
            }
            if let Some(cell) = cost.get_mut(at(i, j)) {
                *cell = best;
            }
        }
    }
    let mut path = Vec::new();
    let (mut i, mut j) = (a.len(), b.len());
    while i > 0 || j > 0 {
        let here = get(&cost, at(i, j));
        if i > 0 && j > 0 && here == get(&cost, at(i - 1, j - 1)) + exchange(i - 1, j - 1) {
            i -= 1;
            j -= 1;
            path.push((a.get(i).copied(), b.get(j).copied()));
        } else if i > 0 && here == get(&cost, at(i - 1, j)) + 2 {
            i -= 1;
            path.push((a.get(i).copied(), None));
        } else {
            j -= 1;
            path.push((None, b.get(j).copied()));
        }
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(tag: &str, query: &str, stored: &str) -> Vec<String> {
        let language = Language::parse(tag).unwrap();
        differences(&Segment::plain(query), &Segment::plain(stored), &language)
            .iter()
            .map(|one| format!("{} {}|{}", one.kind.name(), one.query, one.stored))
            .collect()
    }

    #[test]
    fn every_kind_is_named() {
        assert_eq!(
            said("en", "on 17 April 2025", "on 9 May 2025"),
            ["date 17 April 2025|9 May 2025"]
        );
        assert_eq!(said("en", "Dear all", "dear all"), ["case Dear|dear"]);
        assert_eq!(
            said("en", "we asked Drita Lërëza", "we asked Arben Çelëza"),
            ["name Drita Lërëza|Arben Çelëza"]
        );
        assert_eq!(said("en", "Come!", "Come."), ["punctuation !|."]);
        assert_eq!(said("en", "an old house", "a house"), ["word an old|a"]);
        assert_eq!(said("sq", "eshte", "është"), ["diacritics eshte|është"]);
        assert_eq!(said("fa", "سال ۱۴۰۴", "سال 1404"), ["digits ۱۴۰۴|1404"]);
        assert_eq!(said("en", "1.5 kg", "15 kg"), ["number 1.5|15"]);
        assert_eq!(
            said("en", "1,250.50", "1250.50"),
            ["punctuation 1,250.50|1250.50"]
        );
        assert_eq!(said("en", "15% of it", "15 of it"), ["number 15%|15"]);
        assert_eq!(
            said("en", "Monday, 4 May 2026", "Tuesday, 4 May 2026"),
            ["date Monday, 4 May 2026|Tuesday, 4 May 2026"]
        );
        assert_eq!(
            said("sq", "më 5.1.2025", "më 05/01/2025"),
            ["punctuation 5.1.2025|05/01/2025"]
        );
        assert_eq!(said("fa", "۲٬۲۵۰", "2250"), ["digits ۲٬۲۵۰|2250"]);
        assert_eq!(
            said("en", "3/4/2025", "04/03/2025"),
            ["date 3/4/2025|04/03/2025"]
        );
        assert_eq!(said("fa", "میرود", "می‌رود"), ["spacing میرود|می‌رود"]);
        assert_eq!(said("ar", "كَتَبَ", "كتب"), ["diacritics كَتَبَ|كتب"]);
        assert_eq!(said("fa", "كتاب", "کتاب"), Vec::<String>::new());
        assert_eq!(said("fa", "ميرود", "می‌رود"), ["spacing ميرود|می‌رود"]);
        assert_eq!(said("fa", "موزه ی ما", "موزهٔ ما"), ["spacing موزه ی|موزهٔ"]);
    }

    proptest! {
        #[test]
        fn only_equal_texts_have_no_differences(a in "[aeë ۱1.,‌ی ]{0,12}", b in "[aeë ۱1.,‌ی ]{0,12}") {
            let fa = Language::parse("fa").unwrap();
            let none = differences(&Segment::plain(a.clone()), &Segment::plain(b.clone()), &fa).is_empty();
            prop_assert_eq!(none, fold::identity(&a, &fa) == fold::identity(&b, &fa));
        }
    }
}
