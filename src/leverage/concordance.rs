//! Words and phrases instead of whole segments: where was this said before, and how was it translated?
//!
//! A [`Concordance`] finds stored segments in which some phrases occur, in any language. It compares loosely folded words
//! ([`fold::loose`]); marks between words are passed over, and words that are written together here and apart there are the
//! same. [`Concordance::phrases`] goes the other way: it finds the longest stretches of a segment that were said before.

use std::ops::Range;

use super::distance::Pattern;
use crate::error::{Error, Result};
use crate::memory::index::read::Reader;
use crate::memory::index::{Entry, Posting, Size, hash, inner_pairs, token_hash};
use crate::memory::{Memory, StoredUnit, require_languages};
use crate::text::fold;
use crate::text::keys::Keys;
use crate::text::language::Language;
use crate::text::stem::light;
use crate::text::tokens::{TokenKind, placeables};

/// Looks for words and phrases in the segments of one language.
pub struct Concordance<'m> {
    memory: &'m dyn Memory,
    language: Language,
    forms: bool,
    edits: usize,
}

/// A stored segment in which every phrase occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The unit.
    pub unit: StoredUnit,
    /// Which of its variants was looked at.
    pub place: u16,
    /// Where the phrases stand in its text, in bytes, in order.
    pub ranges: Vec<Range<usize>>,
    /// How many letters were changed, all words together; 0 is the phrase itself.
    pub edits: usize,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// The hits: fewer edits first, then newer units.
    pub shown: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
}

/// A stretch of a segment that was said before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Where it stands in the segment, in bytes.
    pub range: Range<usize>,
    /// How many words it has.
    pub words: usize,
    /// Where it was said: the newest units first.
    pub hits: Vec<Hit>,
}

/// A word of a phrase that is looked for.
enum Wanted {
    /// Just this word.
    Word(String),
    /// Any form of a word with this stem.
    Stem(String),
    /// Pieces with anything between them; the ends are free where a piece is empty.
    Pieces(Vec<String>),
}

/// A word of a stored text: loosely folded, without ZWNJ.
struct Word {
    text: String,
    range: Range<usize>,
}

impl<'m> Concordance<'m> {
    /// A concordance of the segments of a language.
    ///
    /// # Errors
    /// If the memory cannot be read or lacks the language.
    pub fn new(memory: &'m dyn Memory, language: &Language) -> Result<Self> {
        require_languages(memory, &[language])?;
        Ok(Concordance {
            memory,
            language: language.clone(),
            forms: false,
            edits: 0,
        })
    }

    /// Whether other forms of a word are found too: endings, articles, clitics (see [`light`]).
    #[must_use]
    pub fn with_forms(mut self, forms: bool) -> Self {
        self.forms = forms;
        self
    }

    /// How many letters of a word may differ; words of fewer than four letters must be as they are.
    #[must_use]
    pub fn with_edits(mut self, edits: usize) -> Self {
        self.edits = edits;
        self
    }

    /// The segments in which all of some phrases occur. In a phrase `*` stands for any letters of a word, or for any one
    /// word if it stands alone.
    ///
    /// # Errors
    /// If there is no word in a phrase, or the memory cannot be read.
    pub fn find(&self, phrases: &[&str], limit: usize) -> Result<Hits> {
        let mut wanted = Vec::new();
        for phrase in phrases {
            let words = self.wanted(phrase);
            if !words.iter().any(|word| !matches!(word, Wanted::Pieces(pieces) if pieces.iter().all(String::is_empty))) {
                return Err(Error::request(format!("there is no word to look for in “{phrase}”")));
            }
            wanted.push(words);
        }
        let mut found: Vec<(usize, i64, u16, Vec<Range<usize>>)> = Vec::new();
        let mut look = |unit: i64, place: u16, text: &str| {
            if let Some((edits, ranges)) = self.occurs(&wanted, text) {
                found.push((edits, -unit, place, ranges));
            }
        };
        self.memory.reading(&mut || match self.tokens_of(phrases) {
            Some(tokens) => self.with_tokens(&tokens, &mut look),
            None => self
                .memory
                .for_each_text(&self.language, &mut |unit, place, text| {
                    look(unit, place, text);
                    Ok(())
                }),
        })?;
        found.sort_by_key(|(edits, unit, place, _)| (*edits, *unit, *place));
        let total = found.len();
        let mut shown = Vec::new();
        for (edits, unit, place, ranges) in found.into_iter().take(limit) {
            let unit = self.memory.unit(-unit)?;
            shown.push(Hit {
                unit,
                place,
                ranges,
                edits,
            });
        }
        Ok(Hits { shown, total })
    }

    /// The key tokens that every hit has, if the index can tell: not with wildcards or edits, and not in Persian, where an ending
    /// that is looked for may be part of a key token.
    fn tokens_of(&self, phrases: &[&str]) -> Option<Vec<String>> {
        if self.edits > 0
            || self.language.primary() == "fa"
            || phrases.iter().any(|phrase| phrase.contains('*'))
        {
            return None;
        }
        let keys = phrases
            .iter()
            .map(|phrase| Keys::of(phrase, &self.language));
        Some(
            keys.flat_map(|keys| keys.tokens().map(str::to_owned).collect::<Vec<_>>())
                .collect(),
        )
    }

    /// Hands the text of every variant that has all of some key tokens to `look`, and a few more.
    fn with_tokens(&self, tokens: &[String], look: &mut dyn FnMut(i64, u16, &str)) -> Result<()> {
        let hashes: Vec<u16> = tokens
            .iter()
            .map(|token| token_hash(hash(token.as_bytes())))
            .collect();
        let mut postings: Vec<Posting> = Vec::new();
        let blocks = self.memory.blocks();
        for generation in blocks.generations(Some(self.language.primary()))? {
            Reader::new(&*blocks, &generation).scan(0..generation.sequences, &mut |_, entry| {
                let has_all = match entry.size {
                    Size::Characters(_) => {
                        let text = String::from_utf8_lossy(entry.content);
                        tokens
                            .iter()
                            .all(|token| text.split(' ').any(|own| own == token))
                    }
                    Size::Tokens(_) => hashes
                        .iter()
                        .all(|hash| entry.hashes().any(|own| own == *hash)),
                };
                if has_all {
                    postings.extend(entry.postings());
                }
            })?;
        }
        postings.sort_unstable();
        for posting in postings {
            if let Some(unit) = self.memory.unit_if_there(posting.unit)?
                && let Some(variant) = unit.unit.variants.get(usize::from(posting.place))
                && self.language.accepts(&variant.language)
            {
                look(posting.unit, posting.place, &variant.segment.text);
            }
        }
        Ok(())
    }

    fn wanted(&self, phrase: &str) -> Vec<Wanted> {
        let mut wanted = Vec::new();
        for piece in phrase.split_whitespace() {
            if piece.contains('*') {
                let pieces = piece.split('*').map(|piece| self.squeezed(piece));
                wanted.push(Wanted::Pieces(pieces.collect()));
                continue;
            }
            for word in self.words(piece) {
                wanted.push(match self.forms {
                    true => Wanted::Stem(light(&word.text, self.language.primary()).to_owned()),
                    false => Wanted::Word(word.text),
                });
            }
        }
        wanted
    }

    fn squeezed(&self, text: &str) -> String {
        fold::loose(text, &self.language).replace('\u{200C}', "")
    }

    fn words(&self, text: &str) -> Vec<Word> {
        let tokens = placeables(text)
            .into_iter()
            .filter(|token| token.kind != TokenKind::Mark);
        let words = tokens.map(|token| Word {
            text: self.squeezed(token.text),
            range: token.start..token.start + token.text.len(),
        });
        words.filter(|word| !word.text.is_empty()).collect()
    }

    /// Where all phrases occur in a text, with as few edits as possible.
    fn occurs(&self, phrases: &[Vec<Wanted>], text: &str) -> Option<(usize, Vec<Range<usize>>)> {
        let words = self.words(text);
        let (mut edits, mut ranges) = (0, Vec::new());
        for phrase in phrases {
            let found = (0..words.len()).filter_map(|start| {
                let rest = words.get(start..)?;
                let (length, edits) = self.begins(phrase, rest)?;
                let range = rest.first()?.range.start..rest.get(length - 1)?.range.end;
                Some((edits, range))
            });
            let found: Vec<_> = found.collect();
            let best = found.iter().map(|(edits, _)| *edits).min()?;
            edits += best;
            ranges.extend(
                found
                    .into_iter()
                    .filter(|(edits, _)| *edits == best)
                    .map(|(_, range)| range),
            );
        }
        ranges.sort_by_key(|range| (range.start, range.end));
        ranges.dedup();
        Some((edits, ranges))
    }

    /// Whether words begin with a phrase: how many of them it takes, with how many edits.
    fn begins(&self, phrase: &[Wanted], words: &[Word]) -> Option<(usize, usize)> {
        let by_words = || {
            let mut edits = 0;
            for (wanted, word) in phrase.iter().zip(words) {
                edits += self.edits_of(wanted, &word.text)?;
            }
            (words.len() >= phrase.len()).then_some((phrase.len(), edits))
        };
        by_words().or_else(|| written_otherwise(phrase, words).map(|length| (length, 0)))
    }

    fn edits_of(&self, wanted: &Wanted, word: &str) -> Option<usize> {
        match wanted {
            Wanted::Word(text) if text == word => Some(0),
            Wanted::Stem(stem) if stem == light(word, self.language.primary()) => Some(0),
            Wanted::Word(text) | Wanted::Stem(text) => {
                if self.edits == 0 || text.chars().count() < 4 {
                    return None;
                }
                let edits = Pattern::new(text.chars()).distance(word.chars());
                (edits <= self.edits).then_some(edits)
            }
            Wanted::Pieces(pieces) => fits(pieces, word).then_some(0),
        }
    }

    /// The longest stretches of a segment, of at least `least` key tokens, that stand in stored segments, with up to
    /// `examples` of these. None of them lies within another.
    ///
    /// # Errors
    /// If the memory cannot be read.
    pub fn phrases(&self, segment: &str, least: usize, examples: usize) -> Result<Vec<Phrase>> {
        let keys = Keys::of(segment, &self.language);
        let tokens: Vec<&str> = keys.tokens().collect();
        let least = least.max(2);
        let mut phrases: Vec<Phrase> = Vec::new();
        if tokens.len() < least {
            return Ok(phrases);
        }
        self.memory.reading(&mut || {
            phrases.clear();
            let mut behind = 0;
            for start in 0..=tokens.len() - least {
                let (length, postings) = self.longest(&tokens, start, least, examples)?;
                // What ends where an earlier one ended lies within that.
                if length >= least && start + length > behind {
                    behind = start + length;
                    phrases.extend(self.phrase(segment, &tokens, start..behind, &postings)?);
                }
            }
            Ok(())
        })?;
        Ok(phrases)
    }

    /// How many tokens from `start` on stand together in some stored segment, and in which.
    fn longest(
        &self,
        tokens: &[&str],
        start: usize,
        least: usize,
        examples: usize,
    ) -> Result<(usize, Vec<Posting>)> {
        let rest = tokens.get(start..).unwrap_or_default();
        let pairs = inner_pairs(rest);
        let blocks = self.memory.blocks();
        let mut best: (usize, Vec<Posting>) = (0, Vec::new());
        for generation in blocks.generations(Some(self.language.primary()))? {
            let mut reader = Reader::new(&*blocks, &generation);
            // The sequences that have the first pair, the first two …, as long as there are any.
            let mut steps: Vec<Vec<u32>> = Vec::new();
            for pair in &pairs {
                let Some(list) = reader.list(*pair)? else {
                    break;
                };
                let mut numbers: Vec<u32> = Vec::new();
                reader.each(&list, &(0..u32::MAX), |number| numbers.push(number))?;
                if let Some(before) = steps.last() {
                    numbers.retain(|number| before.binary_search(number).is_ok());
                }
                if numbers.is_empty() {
                    break;
                }
                steps.push(numbers);
            }
            // Having all pairs is not yet having them in a row.
            while let Some(numbers) = steps.pop() {
                let length = steps.len() + 2;
                if length < least.max(best.0) {
                    break;
                }
                let phrase = rest.get(..length).unwrap_or_default();
                let mut postings: Vec<Posting> = Vec::new();
                // The newest are most likely to stand last; looking at a few hundred is enough for some examples.
                let looked_at = numbers
                    .get(numbers.len().saturating_sub(500)..)
                    .unwrap_or_default();
                reader.entries(looked_at, &mut |_, entry| {
                    if in_a_row(phrase, &entry) {
                        postings.extend(entry.postings());
                    }
                })?;
                if !postings.is_empty() {
                    if length > best.0 {
                        best = (length, postings);
                    } else {
                        best.1.extend(postings);
                    }
                    break;
                }
            }
        }
        best.1
            .sort_unstable_by_key(|posting| std::cmp::Reverse(posting.unit));
        // Some may be gone, and hashes may have taken some for others.
        best.1.truncate(examples.saturating_mul(4));
        Ok(best)
    }

    fn phrase(
        &self,
        segment: &str,
        tokens: &[&str],
        stretch: Range<usize>,
        postings: &[Posting],
    ) -> Result<Option<Phrase>> {
        let phrase = tokens.get(stretch.clone()).unwrap_or_default();
        let Some(range) = self.stands(phrase, segment) else {
            return Ok(None);
        };
        let mut hits = Vec::new();
        for posting in postings {
            let Some(unit) = self.memory.unit_if_there(posting.unit)? else {
                continue;
            };
            let variant = unit.unit.variants.get(usize::from(posting.place));
            let stands = variant
                .filter(|variant| self.language.accepts(&variant.language))
                .and_then(|variant| self.stands(phrase, &variant.segment.text));
            if let Some(range) = stands {
                hits.push(Hit {
                    unit,
                    place: posting.place,
                    ranges: vec![range],
                    edits: 0,
                });
            }
        }
        Ok((!hits.is_empty()).then_some(Phrase {
            range,
            words: stretch.len(),
            hits,
        }))
    }

    /// Where some key tokens stand in a row in a text, as bytes of it.
    fn stands(&self, phrase: &[&str], text: &str) -> Option<Range<usize>> {
        let words = self.words(text);
        // Where key tokens join several words, the shortest run of words with these key tokens is looked for.
        (0..words.len()).find_map(|start| {
            let from = words.get(start)?.range.start;
            words
                .get(start..)?
                .iter()
                .take(2 * phrase.len())
                .find_map(|last| {
                    let piece = text.get(from..last.range.end)?;
                    let keys = Keys::of(piece, &self.language);
                    (keys.len() == phrase.len() && keys.tokens().eq(phrase.iter().copied()))
                        .then_some(from..last.range.end)
                })
        })
    }
}

/// Whether an entry has some key tokens in a row, as far as its sketch can tell.
fn in_a_row(phrase: &[&str], entry: &Entry<'_>) -> bool {
    match entry.size {
        Size::Characters(_) => {
            let text = String::from_utf8_lossy(entry.content);
            let own: Vec<&str> = text.split(' ').collect();
            own.windows(phrase.len()).any(|window| window == phrase)
        }
        Size::Tokens(_) => {
            let own: Vec<u16> = entry.hashes().collect();
            let phrase: Vec<u16> = phrase
                .iter()
                .map(|token| token_hash(hash(token.as_bytes())))
                .collect();
            own.windows(phrase.len()).any(|window| window == phrase)
        }
    }
}

/// Whether words begin with the letters of a phrase, written together or apart in another way; how many words that takes.
fn written_otherwise(phrase: &[Wanted], words: &[Word]) -> Option<usize> {
    let mut letters = String::new();
    for wanted in phrase {
        match wanted {
            Wanted::Word(text) => letters.push_str(text),
            _ => return None,
        }
    }
    let mut rest = letters.as_str();
    for (count, word) in (1..).zip(words) {
        rest = rest.strip_prefix(word.text.as_str())?;
        if rest.is_empty() {
            return Some(count);
        }
    }
    None
}

/// Whether a word is made of some pieces, with anything between them.
fn fits(pieces: &[String], word: &str) -> bool {
    let [first, middle @ .., last] = pieces else {
        return pieces.first().is_some_and(|only| only == word);
    };
    let Some(rest) = word.strip_prefix(first.as_str()) else {
        return false;
    };
    let Some(mut rest) = rest.strip_suffix(last.as_str()) else {
        return false;
    };
    for piece in middle {
        match rest.split_once(piece.as_str()) {
            Some((_, behind)) => rest = behind,
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Import;
    use crate::memory::sqlite::SqliteMemory;
    use crate::unit::{Header, TranslationUnit, Variant};

    fn memory(tag: &str, texts: &[&str]) -> SqliteMemory {
        let mut memory = SqliteMemory::temporary().unwrap();
        let mut units = texts.iter().map(|text| TranslationUnit {
            variants: vec![
                Variant::plain(Language::from_file(tag), *text),
                Variant::plain(Language::from_file("xx"), "…"),
            ],
            ..TranslationUnit::default()
        });
        let import = Import {
            source: "test".into(),
            header: Header::default(),
            at: String::new(),
            penalty: 0,
            supersedes: None,
            units: Box::new(|| Ok(units.next())),
        };
        memory.import(vec![import]).unwrap();
        memory
    }

    /// The texts that are found, with what is highlighted between brackets, and the edits.
    fn found(
        tag: &str,
        texts: &[&str],
        forms: bool,
        edits: usize,
        phrases: &[&str],
    ) -> Vec<String> {
        let memory = memory(tag, texts);
        let concordance = Concordance::new(&memory, &Language::from_file(tag)).unwrap();
        let hits = concordance
            .with_forms(forms)
            .with_edits(edits)
            .find(phrases, 10)
            .unwrap();
        assert_eq!(hits.total, hits.shown.len());
        let shown = hits.shown.into_iter().map(|hit| {
            let mut text = hit.unit.unit.variants[0].segment.text.clone();
            for range in hit.ranges.iter().rev() {
                text.insert(range.end, ']');
                text.insert(range.start, '[');
            }
            format!("{} {text}", hit.edits)
        });
        shown.collect()
    }

    #[test]
    fn words_phrases_and_wildcards_are_found_in_every_language() {
        let en = [
            "The reading evening begins.",
            "An evening of reading.",
            "Evenings, readings.",
        ];
        assert_eq!(
            found("en", &en, false, 0, &["reading evening"]),
            ["0 The [reading evening] begins."]
        );
        assert_eq!(found("en", &en, false, 0, &["EVENING", "reading"]).len(), 2);
        assert_eq!(found("en", &en, false, 0, &["read*"]).len(), 3);
        assert_eq!(found("en", &en, false, 0, &["reading * begins"]).len(), 1);
        assert_eq!(found("en", &en, true, 0, &["evening"]).len(), 3);
        assert_eq!(
            found("en", &en, false, 2, &["evenong"])[0],
            "1 An [evening] of reading."
        );
        let fa = ["او به کتاب‌خانه می‌رود.", "او می رود", "كتابخانه"];
        assert_eq!(found("fa", &fa, false, 0, &["میرود"]).len(), 2);
        assert_eq!(
            found("fa", &fa, false, 0, &["کتاب خانه"])[0],
            "0 [كتابخانه]"
        );
        let ar = ["وصلت الرسالةُ أمس.", "رسالة إلى صديق"];
        assert_eq!(found("ar", &ar, true, 0, &["رسالة"]).len(), 2);
        assert_eq!(
            found("ar", &ar, false, 0, &["الرساله"]),
            ["0 وصلت [الرسالةُ] أمس."]
        );
        let sq = ["Përshëndetje të gjithëve", "letrat e reja"];
        assert_eq!(
            found("sq", &sq, false, 0, &["pershendetje"]),
            ["0 [Përshëndetje] të gjithëve"]
        );
        assert_eq!(found("sq", &sq, true, 0, &["letra"]), ["0 [letrat] e reja"]);
        assert!(found("sq", &sq, false, 0, &["nuk"]).is_empty());
    }

    #[test]
    fn a_phrase_needs_a_word() {
        let memory = memory("en", &["a"]);
        let concordance = Concordance::new(&memory, &Language::from_file("en")).unwrap();
        assert!(concordance.find(&["…"], 5).is_err());
        assert!(concordance.find(&["*"], 5).is_err());
    }

    #[test]
    fn the_longest_stretches_are_found() {
        let texts = [
            "With kind regards from the library.",
            "Bring the old lamp and a chair.",
            "Regards, kind with",
        ];
        let memory = memory("en", &texts);
        let concordance = Concordance::new(&memory, &Language::from_file("en")).unwrap();
        let segment = "Please bring the old lamp, with kind regards from everybody";
        let phrases = concordance.phrases(segment, 3, 3).unwrap();
        let said: Vec<_> = phrases
            .iter()
            .map(|one| {
                (
                    segment.get(one.range.clone()).unwrap(),
                    one.words,
                    one.hits.len(),
                )
            })
            .collect();
        assert_eq!(
            said,
            [
                ("bring the old lamp", 4, 1),
                ("with kind regards from", 4, 1)
            ]
        );
    }
}
