//! Everything in a memory that can be like a query, and little else.
//!
//! The search is complete: what it leaves out cannot reach the threshold. Let the longer of two sides have L key tokens, of which
//! k may be edited. Each edit destroys at most two of the L + 1 pairs of neighbours, so L + 1 - 2k of them are left in both. So
//! a segment that has none of the query's m - (L + 1 - 2k) + 1 rarest pairs cannot be reached (prefix filter; Chaudhuri,
//! Ganti and Kaushik 2006), and one that has been found needs one pair more for each further list that is read: lists are read
//! on as long as that costs less than looking at what has been found (adaptive prefix; Wang, Li and Feng 2012). What is left is
//! compared, by the index's own sketch of it.
//!
//! L is not known before a segment is found, and the number needed does not grow evenly with it, so the least over all
//! lengths that can be reached counts. Where it is 0 or less, as below 50 percent, all segments of these lengths are compared.

use std::ops::{Range, RangeInclusive};

use super::distance::Pattern;
use super::score::{Compared, SHORT, edits_allowed, percent};
use crate::error::Result;
use crate::memory::Memory;
use crate::memory::index::read::{List, Reader};
use crate::memory::index::{Entry, Posting, Size, Sketch, hash, token_hash, whole_feature};
use crate::text::language::Language;

/// What a search found.
#[derive(Clone, Debug, Default)]
pub struct Alike {
    /// Variants that are likely to differ from the query in nothing but typing.
    pub same: Vec<Posting>,
    /// Others: at most so many percent unchanged, and the variants of which that holds. The highest first.
    pub others: Vec<(u8, Vec<Posting>)>,
}

/// Finds the variants in a language that can be unchanged by `threshold` percent or more (1 to 100).
///
/// # Errors
/// If the memory cannot be read.
pub fn alike(
    memory: &dyn Memory,
    language: &Language,
    query: &Compared<'_>,
    threshold: u8,
) -> Result<Alike> {
    let keys = query.keys();
    let asked = Asked {
        sketch: Sketch::of(keys),
        len: keys.len(),
        hashes: Pattern::new(
            keys.tokens()
                .map(|token| token_hash(hash(token.as_bytes()))),
        ),
        letters: keys.text().chars().count(),
        query,
        threshold: threshold.max(1),
    };
    let blocks = memory.blocks();
    let mut found = Alike::default();
    for generation in blocks.generations(Some(language.primary()))? {
        let mut reader = Reader::new(&*blocks, &generation);
        asked.same(&mut reader, &mut found)?;
        if !keys.is_empty() {
            asked.others(&mut reader, &mut found)?;
        }
    }
    found
        .others
        .sort_by_key(|(most, _)| std::cmp::Reverse(*most));
    Ok(found)
}

/// A query, as the index knows it.
struct Asked<'q> {
    sketch: Sketch,
    /// How many key tokens it has.
    len: usize,
    hashes: Pattern<u16>,
    /// How many characters its key text has.
    letters: usize,
    query: &'q Compared<'q>,
    threshold: u8,
}

/// Features of which some must be found again.
struct Wanted<'f> {
    features: &'f [u32],
    /// The numbers of the sequences that can be reached at all.
    range: Range<u32>,
    /// How many of the features a sequence of any length needs at least.
    least: isize,
}

impl Asked<'_> {
    /// Variants with the same whole.
    fn same(&self, reader: &mut Reader<'_>, found: &mut Alike) -> Result<()> {
        let Some(list) = reader.list(whole_feature(self.sketch.whole))? else {
            return Ok(());
        };
        let mut numbers = Vec::new();
        reader.each(&list, &(0..u32::MAX), |number| numbers.push(number))?;
        reader.entries(&numbers, &mut |_, entry| {
            found.same.extend(
                entry
                    .postings()
                    .filter(|one| one.whole == self.sketch.whole),
            );
        })
    }

    /// Variants with another whole.
    fn others(&self, reader: &mut Reader<'_>, found: &mut Alike) -> Result<()> {
        let by_pairs = self.by_pairs(reader)?;
        let mut numbers = by_pairs.clone();
        if self.len <= SHORT {
            numbers.extend(self.by_letters(reader)?);
            numbers.sort_unstable();
            numbers.dedup();
        }
        reader.entries(&numbers, &mut |number, entry| {
            let most = self.most(&entry, by_pairs.binary_search(&number).is_ok());
            if most >= self.threshold {
                let postings = entry
                    .postings()
                    .filter(|one| one.whole != self.sketch.whole);
                let postings: Vec<_> = postings.collect();
                if !postings.is_empty() {
                    found.others.push((most, postings));
                }
            }
        })
    }

    /// How many percent can be unchanged at most, by the index's sketch of a sequence; 0 if the words of one that was not found by its
    /// pairs of words are not worth a look.
    fn most(&self, entry: &Entry<'_>, by_pairs: bool) -> u8 {
        match entry.size {
            Size::Characters(_) => {
                let text = String::from_utf8_lossy(entry.content);
                let by_letters = self.query.characters_unchanged(&text);
                if by_letters < self.threshold && !by_pairs {
                    return 0;
                }
                let len = text.split(' ').filter(|token| !token.is_empty()).count();
                by_letters.max(self.query.unchanged_in(len, &text))
            }
            // Two tokens with one hash are taken for the same, which can only raise the percent.
            Size::Tokens(len) => percent(self.hashes.distance(entry.hashes()), self.len.max(len)),
        }
    }

    /// The lengths that a stored side can have, for a query's side of so many items.
    fn reachable(&self, items: usize) -> RangeInclusive<usize> {
        items - edits_allowed(self.threshold, items)..=100 * items / usize::from(self.threshold)
    }

    /// How many of a query's `m` pairs, some of them once more, are left at least in a stored side of some lengths.
    fn left(&self, items: usize, features: &[u32], stored: RangeInclusive<usize>) -> isize {
        let left = stored.map(|stored| {
            let longer = stored.max(items);
            longer as isize + 1 - 2 * edits_allowed(self.threshold, longer) as isize
        });
        // Two features of the query that collide are one.
        left.min().unwrap_or(0) - (items + 1 - features.len()) as isize
    }

    fn by_pairs(&self, reader: &mut Reader<'_>) -> Result<Vec<u32>> {
        let lengths = self.reachable(self.len);
        let features = self.sketch.pairs.as_slice();
        // The short ones are in the order of their letters, so that all of them are in reach if any is.
        let first = match *lengths.start() {
            ..=SHORT => Size::Characters(0),
            start => Size::Tokens(start),
        };
        let wanted = Wanted {
            features,
            range: reader.with_sizes(first..=Size::Tokens(*lengths.end())),
            least: self.left(self.len, features, lengths.clone()),
        };
        search(reader, &wanted, |stored| match stored {
            Size::Characters(_) => wanted.least,
            Size::Tokens(stored) => self.left(self.len, features, stored..=stored),
        })
    }

    fn by_letters(&self, reader: &mut Reader<'_>) -> Result<Vec<u32>> {
        let lengths = self.reachable(self.letters);
        let features = self.sketch.characters.as_slice();
        let wanted = Wanted {
            features,
            range: reader
                .with_sizes(Size::Characters(*lengths.start())..=Size::Characters(*lengths.end())),
            least: self.left(self.letters, features, lengths),
        };
        search(reader, &wanted, |stored| match stored {
            Size::Characters(stored) => self.left(self.letters, features, stored..=stored),
            Size::Tokens(_) => wanted.least,
        })
    }
}

/// What it costs to look at a sequence, in bytes of postings that can be read in the same time.
const LOOK: usize = 200;

/// The numbers of the sequences that have enough of the wanted features, growing. `needed` says how many are enough for one
/// of a size.
fn search(
    reader: &mut Reader<'_>,
    wanted: &Wanted<'_>,
    needed: impl Fn(Size) -> isize,
) -> Result<Vec<u32>> {
    let count = wanted.features.len();
    if wanted.range.is_empty() || wanted.least > count as isize {
        return Ok(Vec::new());
    }
    if wanted.least <= 0 {
        return Ok(wanted.range.clone().collect());
    }
    let mut lists: Vec<Option<List>> = Vec::with_capacity(count);
    for feature in wanted.features {
        lists.push(reader.list(*feature)?);
    }
    lists.sort_by_key(|list| list.map_or(0, |list| list.size));
    let mut rest = lists.into_iter();
    let first: Vec<List> = rest
        .by_ref()
        .take(count + 1 - wanted.least as usize)
        .flatten()
        .collect();
    let unread = rest.len() as isize;
    // For each number, how many more of its features have to be found.
    let mut found: Vec<(u32, isize)> = Vec::new();
    // The numbers come in growing order, and so do their sizes.
    let (mut same_size, mut need) = (0..0, 0);
    let mut add = |number: u32, hits: isize| {
        if hits + unread >= wanted.least {
            if !same_size.contains(&number) {
                let size = reader.size_of(number);
                (same_size, need) = (reader.with_sizes(size..=size), needed(size));
            }
            if need - hits <= unread {
                found.push((number, need - hits));
            }
        }
    };
    let postings: usize = first.iter().map(|list| list.size).sum();
    if postings > wanted.range.len() / 8 {
        // Long lists: a counter for each number costs less than sorting.
        let mut hits = vec![0_u32; wanted.range.len()];
        for list in &first {
            reader.each(list, &wanted.range, |number| {
                if let Some(hits) = hits.get_mut((number - wanted.range.start) as usize) {
                    *hits += 1;
                }
            })?;
        }
        for (number, hits) in wanted.range.clone().zip(hits).filter(|(_, hits)| *hits > 0) {
            add(number, hits as isize);
        }
    } else {
        let mut numbers: Vec<u32> = Vec::with_capacity(postings);
        for list in &first {
            reader.each(list, &wanted.range, |number| numbers.push(number))?;
        }
        numbers.sort_unstable();
        for group in numbers.chunk_by(|x, y| x == y) {
            add(group.first().copied().unwrap_or(0), group.len() as isize);
        }
    }
    while let Some(next) = rest.next() {
        let Some(list) = next else { continue };
        if found.len() * LOOK < list.size {
            break;
        }
        reader.count_down(&list, &mut found)?;
        let unread = rest.len() as isize;
        found.retain(|(_, lacking)| *lacking <= unread);
    }
    Ok(found.into_iter().map(|(number, _)| number).collect())
}
