//! The inline codes of a document in the target of a match.
//!
//! Texts are matched without codes, because no two tools agree on them; a target then needs those of the segment that is being translated.
//! If the stored segment had as many of the same sort, its target shows where each belongs. If not, a pair that encloses
//! something which stands unchanged in the target (a name, a number, an address) goes there, and everything else as far along in the target as
//! it was: a match of that kind is never 100 percent, so a person looks at it.

use std::ops::Range;

use crate::text::tokens::ascii_digit;
use crate::unit::{CodeSide, InlineCode, Segment, attribute};

/// The target of a match with the codes of a query, each once.
pub fn with_codes_of(query: &Segment, stored: &Segment, target: &Segment) -> Segment {
    let codes = match carried(&query.codes, stored, target) {
        Some(codes) => codes,
        None => placed(query, &target.text),
    };
    Segment {
        text: target.text.clone(),
        codes,
    }
}

/// The codes of a query where the target has those of the stored segment; `None` if the three do not go together.
fn carried(query: &[InlineCode], stored: &Segment, target: &Segment) -> Option<Vec<InlineCode>> {
    let sides = |codes: &[InlineCode]| codes.iter().map(InlineCode::side).collect::<Vec<_>>();
    if sides(query) != sides(&stored.codes) || target.codes.len() != query.len() {
        return None;
    }
    let mut left: Vec<usize> = (0..query.len()).collect();
    let mut codes = Vec::with_capacity(query.len());
    for code in &target.codes {
        let of_side = |at: &&usize| {
            stored
                .codes
                .get(**at)
                .is_some_and(|own| own.side() == code.side())
        };
        let same = |at: &&usize| {
            let own = stored.codes.get(**at);
            own.is_some_and(|own| mark(own, stored) == mark(code, target))
        };
        let found = left.iter().filter(of_side).find(same);
        let at = *found.or_else(|| left.iter().find(of_side))?;
        left.retain(|other| *other != at);
        codes.push(InlineCode {
            at: code.at,
            ..query.get(at)?.clone()
        });
    }
    Some(codes)
}

/// What links a code with its counterpart in another language: `x`, which a closing code has through the one that opens it, or else `i`.
fn mark<'a>(code: &'a InlineCode, within: &'a Segment) -> Option<&'a str> {
    let number = attribute(&code.attributes, "i");
    let opening = within.codes.iter().find(|other| {
        other.element == "bpt" && number.is_some() && attribute(&other.attributes, "i") == number
    });
    let linked = opening.unwrap_or(code);
    attribute(&linked.attributes, "x").or(number)
}

/// The codes of a query where its text alone says they belong in a target: a pair around what stands unchanged in it goes there, everything
/// else as far along in the target as it was in the query.
fn placed(query: &Segment, target: &str) -> Vec<InlineCode> {
    let along = Along::new(&query.text, target);
    let mut places: Vec<Option<usize>> = vec![None; query.codes.len()];
    for (index, code) in query.codes.iter().enumerate() {
        let Some(partner) = partner_of(query, index) else {
            let at = match code.side() {
                CodeSide::Opening | CodeSide::Alone => along.before(code.at),
                CodeSide::Closing => along.behind(code.at),
            };
            if let Some(place) = places.get_mut(index).filter(|place| place.is_none()) {
                *place = Some(at);
            }
            continue;
        };
        let end = query.codes.get(partner).map_or(code.at, |other| other.at);
        let inner = query.text.get(code.at..end).unwrap_or_default();
        let range = only_place(target, inner).unwrap_or_else(|| {
            let start = along.before(code.at);
            start..along.behind(end).max(along.word_behind(start))
        });
        for (at, place) in [(index, range.start), (partner, range.end)] {
            if let Some(own) = places.get_mut(at) {
                *own = Some(place);
            }
        }
    }
    // At one place, what closes comes first, and the rest stays in its order.
    let mut order: Vec<(usize, usize, usize)> = Vec::with_capacity(places.len());
    for (index, (code, place)) in query.codes.iter().zip(places).enumerate() {
        let is_closing = code.side() == CodeSide::Closing;
        let rank = if is_closing { 0 } else { 1 + index };
        order.push((place.unwrap_or(target.len()), rank, index));
    }
    order.sort_unstable();
    let codes = order.into_iter().filter_map(|(at, _, index)| {
        let code = query.codes.get(index)?.clone();
        Some(InlineCode { at, ..code })
    });
    codes.collect()
}

/// The code that closes what a code opens.
fn partner_of(segment: &Segment, opening: usize) -> Option<usize> {
    let code = segment.codes.get(opening)?;
    let number = code.name()?.1;
    if code.side() != CodeSide::Opening {
        return None;
    }
    let mut behind = segment.codes.iter().skip(opening + 1);
    let offset = behind.position(|other| {
        other.side() == CodeSide::Closing && other.name().is_some_and(|name| name.1 == number)
    })?;
    Some(opening + 1 + offset)
}

/// How far along in one text something is that stands somewhere in another, at the nearest word.
struct Along {
    from: usize,
    to: usize,
    /// The words of the target, in bytes.
    words: Vec<Range<usize>>,
}

impl Along {
    fn new(from: &str, to: &str) -> Self {
        let start_of = |word: &str| word.as_ptr() as usize - to.as_ptr() as usize;
        let words = to
            .split_whitespace()
            .map(|word| start_of(word)..start_of(word) + word.len());
        Along {
            from: from.len(),
            to: to.len(),
            words: words.collect(),
        }
    }

    fn share(&self, at: usize) -> usize {
        at * self.to / self.from.max(1)
    }

    /// Where a word starts; the end, for what stood at the end.
    fn before(&self, at: usize) -> usize {
        if at >= self.from {
            return self.to;
        }
        let share = self.share(at);
        let nearest = self
            .words
            .iter()
            .min_by_key(|word| word.start.abs_diff(share));
        nearest.map_or(0, |word| word.start)
    }

    /// Where a word ends; the start, for what stood at the start.
    fn behind(&self, at: usize) -> usize {
        if at == 0 {
            return 0;
        }
        let share = self.share(at);
        let nearest = self
            .words
            .iter()
            .min_by_key(|word| word.end.abs_diff(share));
        nearest.map_or(self.to, |word| word.end)
    }

    /// Where the first word behind a place ends.
    fn word_behind(&self, at: usize) -> usize {
        let word = self.words.iter().find(|word| word.end > at);
        word.map_or(self.to, |word| word.end)
    }
}

/// Where a text stands in another as a whole word or several, digits of any kind being the same; `None` if nowhere or in more than one place.
fn only_place(text: &str, wanted: &str) -> Option<Range<usize>> {
    let fold = |letter: char| ascii_digit(letter).unwrap_or(letter);
    let wanted: Vec<char> = wanted.trim().chars().map(fold).collect();
    if wanted.is_empty() {
        return None;
    }
    let letters: Vec<(usize, char)> = text
        .char_indices()
        .map(|(at, letter)| (at, fold(letter)))
        .collect();
    let is_word = |at: Option<usize>| {
        let letter = at.and_then(|at| letters.get(at));
        letter.is_some_and(|(_, letter)| letter.is_alphanumeric())
    };
    let mut found = letters
        .windows(wanted.len())
        .enumerate()
        .filter(|(start, window)| {
            let same = window.iter().map(|(_, letter)| letter).eq(&wanted);
            same && !is_word(start.checked_sub(1)) && !is_word(Some(start + wanted.len()))
        });
    let (start, window) = found.next()?;
    if found.next().is_some() {
        return None;
    }
    let end = letters
        .get(start + wanted.len())
        .map_or(text.len(), |(at, _)| *at);
    Some(window.first()?.0..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::{CodeContent, CodeRole};

    /// `1<` and `1>` are a pair, `1^` stands alone.
    fn marked(text: &str) -> Segment {
        let mut segment = Segment::default();
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            let (element, name) = match letters.peek() {
                Some('<') => ("bpt", "i"),
                Some('>') => ("ept", "i"),
                Some('^') => ("ph", "x"),
                _ => {
                    segment.text.push(letter);
                    continue;
                }
            };
            letters.next();
            segment.codes.push(InlineCode {
                at: segment.text.len(),
                element: element.to_owned(),
                role: CodeRole::Alone,
                attributes: vec![(name.to_owned(), letter.to_string())],
                content: vec![CodeContent::Native(element.to_owned())],
            });
        }
        segment
    }

    fn shown(segment: &Segment) -> String {
        let mut out = String::new();
        let mut at = 0;
        for code in &segment.codes {
            out.push_str(segment.text.get(at..code.at).unwrap());
            at = code.at;
            let (side, number) = code.name().unwrap();
            out.push_str(number);
            out.push(match side {
                CodeSide::Opening => '<',
                CodeSide::Closing => '>',
                CodeSide::Alone => '^',
            });
        }
        out + segment.text.get(at..).unwrap()
    }

    #[test]
    fn codes_go_where_the_stored_target_had_them() {
        for (query, stored, target, wanted) in [
            // The target has them in another order.
            (
                "1<Dear1> 2<friends2>",
                "3<Dear3> 4<friends4>",
                "4<دوستان4> 3<گرامی3>",
                "2<دوستان2> 1<گرامی1>",
            ),
            ("see 5^", "see 1^", "1^ shih", "5^ shih"),
            // The memory knows no codes: numbers, names and addresses show the place.
            (
                "come on 1<171> May",
                "come on 17 May",
                "۱۷ مه بیایید",
                "1<۱۷1> مه بیایید",
            ),
            (
                "write to 1<a@b.example1>",
                "write to a@b.example",
                "اكتبوا إلى a@b.example",
                "اكتبوا إلى 1<a@b.example1>",
            ),
            // Otherwise it is a guess, around a word at least.
            ("1<171> or 17", "17 or 17", "17 ose 17", "1<171> ose 17"),
            (
                "see the 1<old lamps1> here",
                "x",
                "shihni llambat e vjetra këtu",
                "shihni 1<llambat e vjetra1> këtu",
            ),
            ("1^a 2^b3^", "a b", "x y", "1^x 2^y3^"),
            ("1<a2<b1>c2>", "x", "x", "1<2<x1>2>"),
            ("plain", "1<a1>", "1<x1>", "x"),
        ] {
            let (query, stored) = (marked(query), marked(stored));
            assert_eq!(
                shown(&with_codes_of(&query, &stored, &marked(target))),
                wanted
            );
        }
    }
}
