//! A text as values are read from it: runs of digits, words, signs and white space, without the controls that nobody sees.

use std::ops::Range;

use super::lexicon::{Entry, Lexicon, Meaning};
use crate::text::language::Language;
use crate::text::tokens::{addresses, ascii_digit, is_invisible};

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Digits,
    Word,
    Sign(char),
    /// White space, and which, if it is one character.
    Space(Option<char>),
    /// An address, which nothing is read from.
    Address,
}

/// A piece and where it stands, in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) what: What,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A text in pieces.
pub(super) struct Pieces<'t> {
    pub(super) text: &'t str,
    pub(super) language: &'t Language,
    pieces: Vec<Piece>,
    lexicon: Option<&'static Lexicon>,
    /// What the list has for each piece.
    entries: Vec<Option<&'static Entry>>,
}

/// A name found in the text: what it says, and the piece after it.
#[derive(Clone, Copy)]
pub(super) struct Phrase {
    pub(super) meanings: &'static [Meaning],
    pub(super) next: usize,
}

impl Phrase {
    /// What the name says of one sort.
    pub(super) fn find<T>(self, wanted: impl Fn(Meaning) -> Option<T>) -> Option<T> {
        self.meanings.iter().find_map(|meaning| wanted(*meaning))
    }
}

impl<'t> Pieces<'t> {
    pub(super) fn new(text: &'t str, language: &'t Language) -> Self {
        let mut pieces: Vec<Piece> = Vec::with_capacity(text.len() / 4);
        let mut skipped = false;
        let mut addresses = addresses(text).into_iter().peekable();
        let mut letters = text.char_indices().peekable();
        while let Some((start, letter)) = letters.next() {
            if let Some(address) = addresses.next_if(|address| address.start <= start) {
                let (start, end) = (address.start, address.start + address.text.len());
                while letters.next_if(|(at, _)| *at < end).is_some() {}
                pieces.push(Piece {
                    what: What::Address,
                    start,
                    end,
                });
                continue;
            }
            let end = start + letter.len_utf8();
            let last = pieces.last_mut();
            if is_invisible(letter) {
                skipped = true;
                continue;
            }
            let what = if ascii_digit(letter).is_some() {
                What::Digits
            } else if letter.is_whitespace() {
                What::Space(Some(letter))
            } else if letter.is_alphabetic()
                || is_mark(letter)
                || (is_apostrophe(letter)
                    && letters.peek().is_some_and(|(_, next)| next.is_alphabetic())
                    && last
                        .as_ref()
                        .is_some_and(|last| last.what == What::Word && last.end == start))
            {
                What::Word
            } else {
                What::Sign(letter)
            };
            match (last, what) {
                (Some(last), What::Digits) if last.what == What::Digits && !skipped => {
                    last.end = end;
                }
                // A joiner inside a word is a part of it.
                (Some(last), What::Word) if last.what == What::Word => last.end = end,
                (Some(last), What::Space(_)) if matches!(last.what, What::Space(_)) => {
                    last.what = What::Space(None);
                    last.end = end;
                }
                _ => pieces.push(Piece { what, start, end }),
            }
            skipped = false;
        }
        let lexicon = Lexicon::of(language);
        let entries = pieces.iter().map(|piece| {
            let (lexicon, word) = (lexicon?, text.get(piece.start..piece.end)?);
            let may_be = piece.what == What::Word && lexicon.may_have(word);
            may_be.then(|| lexicon.find(&lexicon.key(word)))?
        });
        Pieces {
            entries: entries.collect(),
            text,
            language,
            pieces,
            lexicon,
        }
    }

    /// Whether there is nothing that a value could begin with.
    pub(super) fn is_plain(&self) -> bool {
        (0..self.len()).all(|at| !self.may_begin(at))
    }

    /// Whether a value may begin with a piece: a cheap question, since most pieces are words like any other.
    pub(super) fn may_begin(&self, at: usize) -> bool {
        match self.what(at) {
            Some(What::Digits | What::Address) => true,
            // Capitals may be a code.
            Some(What::Word) => {
                self.entry(at).is_some()
                    || self
                        .written(at)
                        .starts_with(|letter: char| letter.is_ascii_uppercase())
            }
            Some(What::Sign(sign)) => !matches!(
                sign,
                '.' | ','
                    | '،'
                    | ':'
                    | ';'
                    | '؛'
                    | '?'
                    | '؟'
                    | '!'
                    | '('
                    | ')'
                    | '"'
                    | '“'
                    | '”'
                    | '«'
                    | '»'
                    | '\''
                    | '’'
            ),
            _ => false,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.pieces.len()
    }

    pub(super) fn is_language(&self, primary: &str) -> bool {
        self.language.primary() == primary
    }

    pub(super) fn what(&self, at: usize) -> Option<What> {
        self.pieces.get(at).map(|piece| piece.what)
    }

    pub(super) fn start(&self, at: usize) -> usize {
        self.pieces
            .get(at)
            .map_or(self.text.len(), |piece| piece.start)
    }

    /// Where the pieces from one to before another stand.
    pub(super) fn place(&self, from: usize, to: usize) -> Range<usize> {
        let start = self.start(from);
        let last = to.checked_sub(1).and_then(|last| self.pieces.get(last));
        start..last.map_or(start, |piece| piece.end.max(start))
    }

    pub(super) fn written(&self, at: usize) -> &'t str {
        self.text.get(self.place(at, at + 1)).unwrap_or_default()
    }

    pub(super) fn is_digits(&self, at: usize) -> bool {
        self.what(at) == Some(What::Digits)
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.what(at) == Some(What::Word)
    }

    pub(super) fn is_space(&self, at: usize) -> bool {
        matches!(self.what(at), Some(What::Space(_)))
    }

    pub(super) fn sign(&self, at: usize) -> Option<char> {
        match self.what(at) {
            Some(What::Sign(sign)) => Some(sign),
            _ => None,
        }
    }

    pub(super) fn is_sign(&self, at: usize, signs: &[char]) -> bool {
        self.sign(at).is_some_and(|sign| signs.contains(&sign))
    }

    /// The digits of a piece, in ASCII.
    pub(super) fn digits(&self, at: usize) -> Option<String> {
        let digits = self.written(at).chars().filter_map(ascii_digit);
        self.is_digits(at).then(|| digits.collect())
    }

    /// The number that a piece of at most four digits is.
    pub(super) fn small_number(&self, at: usize) -> Option<(i32, usize)> {
        let place = self.place(at, at + 1);
        if !self.is_digits(at) || place.len() > 8 {
            return None;
        }
        let digits = self.digits(at)?;
        let number = digits.parse().ok()?;
        (digits.len() <= 4).then_some((number, digits.len()))
    }

    /// The piece after white space, if there is any.
    pub(super) fn after_space(&self, at: usize) -> usize {
        at + usize::from(self.is_space(at))
    }

    /// The name that begins at a piece: of several words before one.
    pub(super) fn phrase(&self, at: usize) -> Option<Phrase> {
        let entry = self.entry(at)?;
        if entry.longest > 1 {
            let lexicon = self.lexicon?;
            let mut words = vec![(lexicon.key(self.written(at)), at + 1)];
            let mut next = at + 1;
            while words.len() < usize::from(entry.longest) {
                let Some(word) = self.next_word(next) else {
                    break;
                };
                // The word itself need not be in the list.
                let key = lexicon.key(self.written(word));
                let joined = words
                    .last()
                    .map(|(before, _)| format!("{before}{key}"))
                    .unwrap_or_default();
                next = word + 1;
                words.push((joined, next));
            }
            for (key, next) in words.iter().skip(1).rev() {
                let known = |entry: &&Entry| entry.is_phrase && !entry.meanings.is_empty();
                if let Some(entry) = lexicon.find(key).filter(known) {
                    return Some(Phrase {
                        meanings: &entry.meanings,
                        next: *next,
                    });
                }
            }
        }
        (!entry.meanings.is_empty()).then_some(Phrase {
            meanings: &entry.meanings,
            next: at + 1,
        })
    }

    /// What the name at a piece says of one sort, and the piece after it.
    pub(super) fn meaning<T>(
        &self,
        at: usize,
        wanted: impl Fn(Meaning) -> Option<T>,
    ) -> Option<(T, usize)> {
        let phrase = self.phrase(at)?;
        if let Some(found) = phrase.find(&wanted) {
            return Some((found, phrase.next));
        }
        // A longer name may have hidden what the first word says alone.
        if phrase.next == at + 1 {
            return None;
        }
        let entry = self.entry(at)?;
        let found = entry.meanings.iter().find_map(|meaning| wanted(*meaning))?;
        Some((found, at + 1))
    }

    pub(super) fn is(&self, at: usize, wanted: Meaning) -> Option<usize> {
        let found = self.meaning(at, |meaning| (meaning == wanted).then_some(()));
        found.map(|((), next)| next)
    }

    /// What initials say, as in p.m. and ه‍.ش., and the piece after the last letter.
    pub(super) fn initials(&self, at: usize) -> Option<Phrase> {
        let letter = |at| self.is_word(at).then(|| self.written(at));
        let is_one = |word: &str| word.chars().filter(|one| one.is_alphabetic()).count() == 1;
        let (one, two) = (letter(at)?, letter(at + 2)?);
        if !self.is_sign(at + 1, &['.']) || !is_one(one) || !is_one(two) {
            return None;
        }
        let lexicon = self.lexicon?;
        let key = lexicon.key(one) + &lexicon.key(two);
        Some(Phrase {
            meanings: &lexicon.find(&key)?.meanings,
            next: at + 3,
        })
    }

    /// The word that a name goes on with: behind one space, a hyphen, an apostrophe.
    fn next_word(&self, at: usize) -> Option<usize> {
        let joins =
            |at: usize| self.is_space(at) || self.is_sign(at, &['-', '‑', '\'', '’', '‘', '`']);
        let at = if joins(at) { at + 1 } else { return None };
        let at = at + usize::from(joins(at));
        self.is_word(at).then_some(at)
    }

    fn entry(&self, at: usize) -> Option<&'static Entry> {
        self.entries.get(at).copied().flatten()
    }
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | '`' | '´')
}

/// Marks that stand on letters: harakat, hamza, the combining marks of Latin script; and the apostrophes of transliteration.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{02B0}'..='\u{02FF}')
}
