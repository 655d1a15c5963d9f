//! Where a segment ends: the decision at each terminator.
//!
//! The text is scanned once for terminators (`.`, `!`, `?`, `؟`, `…` and their kin) with the closing marks behind them, followed by
//! white space. Only there is anything decided, by the first of these rules that applies:
//!
//! 1. no segment ends before a small letter, after a list label, or inside brackets that opened in it;
//! 2. after `!` or `?`: none ends before a reporting clause (`“Who?” she asked`);
//! 3. after dots of omission: one ends, unless they stand for "and so on" (`و…`);
//! 4. after a full stop: the class of the word before it decides, and for some classes the word after it.

use std::ops::Range;

use super::profile::Profile;
use super::trimmed;
use crate::text::tokens::{ascii_digit, is_invisible};

/// Cuts a paragraph at the places the profile's rules say.
pub(super) fn cut(paragraph: &str, profile: &Profile) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    // Where the next letter or digit stands; it is looked for only once the last one found has been passed.
    let mut next = Some((0, ' '));
    for candidate in candidates(paragraph) {
        if next.is_some_and(|(at, _)| at < candidate.end) {
            let behind = paragraph.get(candidate.end..).unwrap_or_default();
            let mut letters = behind.char_indices();
            let letter = letters.find(|(_, letter)| letter.is_alphanumeric());
            next = letter.map(|(at, letter)| (candidate.end + at, letter));
        }
        let Some((_, next)) = next else {
            // Only marks follow: they belong to this segment.
            break;
        };
        let place = Place {
            next,
            segment: paragraph.get(start..candidate.start).unwrap_or_default(),
            first: found.is_empty(),
            terminator: candidate.terminator(paragraph),
            closers: candidate.closers(paragraph),
            after: paragraph.get(candidate.end..).unwrap_or_default(),
            profile,
        };
        if place.ends_segment() {
            let piece = paragraph.get(start..candidate.end).unwrap_or_default();
            found.extend(trimmed(start, piece));
            start = candidate.end;
        }
    }
    let rest = paragraph.get(start..).unwrap_or_default();
    found.extend(trimmed(start, rest));
    found
}

/// Terminators with the closing marks behind them, followed by white space: a place where a segment may end.
struct Candidate {
    start: usize,
    closers: usize,
    end: usize,
}

impl Candidate {
    fn terminator<'a>(&self, paragraph: &'a str) -> &'a str {
        paragraph.get(self.start..self.closers).unwrap_or_default()
    }

    fn closers<'a>(&self, paragraph: &'a str) -> &'a str {
        paragraph.get(self.closers..self.end).unwrap_or_default()
    }
}

fn candidates(paragraph: &str) -> impl Iterator<Item = Candidate> + '_ {
    let mut letters = paragraph.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, letter) = letters.next()?;
            if !is_terminator(letter) {
                continue;
            }
            let mut end = start + letter.len_utf8();
            let mut closers = None;
            while let Some((at, next)) = letters.next_if(|(_, next)| {
                is_terminator(*next) || is_closer(*next) || is_invisible(*next)
            }) {
                // A full stop behind the closing quote (».) belongs to the same end.
                if closers.is_none() && !is_terminator(next) {
                    closers = Some(at);
                }
                end = at + next.len_utf8();
            }
            if letters.peek().is_some_and(|(_, next)| next.is_whitespace()) {
                return Some(Candidate {
                    start,
                    closers: closers.unwrap_or(end),
                    end,
                });
            }
        }
    })
}

/// How long a list label with its brackets and blanks can be, in bytes.
const MAX_LABEL: usize = 32;

/// How far back an opening bracket is looked for, in characters, so that brackets that never close cost no more than this.
const MAX_BRACKET: usize = 1_000;

/// What is to be seen at a candidate.
struct Place<'a> {
    /// The segment so far, up to the terminator.
    segment: &'a str,
    /// Whether it is the first of its paragraph.
    first: bool,
    terminator: &'a str,
    closers: &'a str,
    /// The first letter or digit behind the place, past opening quotes, brackets and dashes.
    next: char,
    after: &'a str,
    profile: &'a Profile,
}

impl Place<'_> {
    fn ends_segment(&self) -> bool {
        let next = self.next;
        if next.is_lowercase() || self.is_list_label() || self.is_inside_brackets() {
            return false;
        }
        if self.terminator.chars().any(is_exclamation_or_question) {
            return !self.reporting_clause_follows();
        }
        if self.terminator.contains('…') || self.terminator.chars().nth(1).is_some() {
            return !matches!(self.word_before(), "و" | "");
        }
        self.full_stop_ends_segment()
    }

    fn full_stop_ends_segment(&self) -> bool {
        let next = self.next;
        let word = self.word_before();
        let key = word.to_lowercase();
        let key = if self.is_known(&key) {
            key.as_str()
        } else {
            // The conjunction may be written together with the abbreviation: ود. سلمى
            key.strip_prefix(self.profile.conjunction.as_str())
                .unwrap_or(&key)
        };
        let profile = self.profile;
        if self.closers.chars().any(is_closer) && !self.is_known(key) {
            return true;
        }
        if profile.title.contains(key) || profile.inside.contains(key) {
            return false;
        }
        if profile.may_end.contains(key) {
            return self.starter_follows();
        }
        if profile.and_so_on.contains(key) {
            return !profile.has_capitals() || next.is_uppercase();
        }
        if profile.reference.contains(key) && (ascii_digit(next).is_some() || self.roman_follows())
        {
            return false;
        }
        if self.is_initial(word) {
            return false;
        }
        if is_dotted(word) {
            return self.starter_follows();
        }
        true
    }

    fn is_known(&self, key: &str) -> bool {
        let profile = self.profile;
        [
            &profile.title,
            &profile.inside,
            &profile.may_end,
            &profile.and_so_on,
            &profile.reference,
        ]
        .iter()
        .any(|class| class.contains(key))
    }

    /// One letter, standing for a name or for a longer word.
    fn is_initial(&self, word: &str) -> bool {
        let mut letters = word
            .chars()
            .filter(|letter| !is_invisible(*letter) && *letter != '\u{0640}');
        let (Some(first), second) = (letters.next(), letters.next()) else {
            return false;
        };
        if !first.is_alphabetic() || self.is_capital_word(word) {
            return false;
        }
        if self.profile.has_capitals() {
            first.is_uppercase()
                && match second {
                    None => true,
                    Some(_) => self.profile.digraphs.contains(&word.to_lowercase()),
                }
        } else {
            second.is_none()
        }
    }

    fn is_capital_word(&self, word: &str) -> bool {
        self.profile.capital_words.contains(&word.to_lowercase())
    }

    /// A number or a letter that opens the paragraph and names what follows: `1.`, `(a).`
    fn is_list_label(&self) -> bool {
        if !self.first || self.segment.len() > MAX_LABEL {
            return false;
        }
        let label = self
            .segment
            .trim_matches(|letter: char| letter.is_whitespace() || "()[]".contains(letter));
        let short = label.chars().count() <= 3;
        short
            && !label.is_empty()
            && (label.chars().all(|letter| ascii_digit(letter).is_some())
                || label
                    .chars()
                    .all(|letter| matches!(letter, 'I' | 'V' | 'X'))
                || self.is_initial(label))
    }

    /// The bracket that closes behind the terminator opened in the middle of this segment.
    fn is_inside_brackets(&self) -> bool {
        let closes = self.closers.contains([')', ']', '}']);
        let mut letters = self.segment.char_indices().rev().take(MAX_BRACKET);
        let opened = letters
            .find(|(_, letter)| matches!(letter, '(' | '[' | '{'))
            .map(|(at, _)| at);
        closes
            && opened.is_some_and(|at| {
                let before = self.segment.get(..at).unwrap_or_default();
                before.chars().any(char::is_alphanumeric)
            })
    }

    /// `“Who?” she asked`, `“Stop!” Tom shouted`, «کجا؟» پرسید
    fn reporting_clause_follows(&self) -> bool {
        if !self.closers.chars().any(is_quote) {
            return false;
        }
        // The verb comes first or behind its subject: «…؟» پرسید استاد، «…؟» استاد پرسید
        let words = self.after.split_whitespace().map(bare_word);
        words.take(2).any(|word| self.reports(&word.to_lowercase()))
    }

    fn reports(&self, word: &str) -> bool {
        let profile = self.profile;
        let verb = |word: &str| profile.reporting.contains(word);
        let mut endings = profile.reporting_endings.iter();
        verb(word) || endings.any(|ending| word.strip_suffix(ending.as_str()).is_some_and(verb))
    }

    fn starter_follows(&self) -> bool {
        let word = self.after.split_whitespace().map(bare_word).next();
        word.is_some_and(|word| {
            self.profile.starters.contains(&word.to_lowercase()) || self.opens_with_and(word)
        })
    }

    /// A word of some length with the conjunction before it: ويمكنكم, but not و٢٠٠
    fn opens_with_and(&self, word: &str) -> bool {
        let conjunction = self.profile.conjunction.as_str();
        !conjunction.is_empty()
            && word.strip_prefix(conjunction).is_some_and(|rest| {
                rest.chars().count() > 2 && rest.chars().all(char::is_alphabetic)
            })
    }

    fn roman_follows(&self) -> bool {
        let word = self.after.split_whitespace().map(bare_word).next();
        word.is_some_and(|word| {
            !word.is_empty()
                && !self.is_capital_word(word)
                && word
                    .chars()
                    .all(|letter| matches!(letter, 'I' | 'V' | 'X' | 'L' | 'C'))
        })
    }

    /// The word that the terminator stands behind, without opening marks.
    fn word_before(&self) -> &str {
        let word = self.segment.rsplit(char::is_whitespace).next();
        let word = word.unwrap_or_default().trim_end_matches(is_invisible);
        word.trim_start_matches(|letter: char| !letter.is_alphanumeric())
    }
}

/// A word without the marks around it.
fn bare_word(word: &str) -> &str {
    word.trim_matches(|letter: char| {
        !letter.is_alphanumeric() && !matches!(letter, '\u{064B}'..='\u{0652}')
    })
}

/// Letters with full stops between them: `U.S`, `ق.م`
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            let letters = part.chars().filter(|letter| !is_invisible(*letter));
            let count = letters.clone().count();
            (1..=2).contains(&count) && letters.clone().all(char::is_alphabetic)
        })
}

fn is_terminator(letter: char) -> bool {
    letter == '.' || letter == '…' || letter == '۔' || is_exclamation_or_question(letter)
}

fn is_exclamation_or_question(letter: char) -> bool {
    matches!(
        letter,
        '!' | '?' | '؟' | '‼' | '⁇' | '⁈' | '⁉' | '！' | '？'
    )
}

fn is_closer(letter: char) -> bool {
    is_quote(letter) || matches!(letter, ')' | ']' | '}')
}

/// Quotes that can close; `“` closes in Albanian, and behind a terminator nothing opens.
fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '”' | '“' | '»' | '’' | '\'' | '›')
}
