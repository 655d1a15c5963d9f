//! Several generations become one, in one pass over each, with little more in main memory than a number for each sequence.
//!
//! The levels keep the generations few without writing everything anew each time (a log-structured merge tree; O'Neil and
//! others 1996): one generation of up to 256 variants, one of up to 8,192, and so on by 32. What is added joins the generations
//! of its own level and below; if they outgrow it, the one above joins too.

use super::build::{PostingsWriter, SequenceWriter};
use super::bytes::{take, take_entry, take_feature, take_growing, take_head};
use super::{Blocks, BlocksOut, Entry, Generation, GenerationId, Posting, PostingsKey};
use crate::error::Result;
use crate::memory::UnitId;

/// How many variants the generation of the lowest level has at most.
const LOWEST: u64 = 256;
/// How much more the next level may have.
const STEP: u64 = 32;

/// Which of the generations of a language are to be merged, now that some were added to it: none, or at least two.
pub fn due(generations: &[Generation]) -> Vec<GenerationId> {
    let level = |variants: u64| {
        let mut room = LOWEST;
        let mut level = 0_u32;
        while variants > room {
            room = room.saturating_mul(STEP);
            level += 1;
        }
        level
    };
    let mut sizes: Vec<(u64, GenerationId)> = generations
        .iter()
        .map(|one| (one.variants, one.id))
        .collect();
    sizes.sort_unstable();
    // From the small end, those that share a level become one, which may bring it to the next level.
    let (mut sum, mut merged) = (0, 0);
    for (index, (variants, _)) in sizes.iter().enumerate() {
        if index > 0 && level(*variants) <= level(sum) {
            sum += variants;
            merged = index + 1;
        } else if merged == 0 {
            sum = *variants;
        } else {
            break;
        }
    }
    // What lies below a merged one goes along, though it was on a level of its own.
    let due = sizes.iter().take(merged).map(|(_, id)| *id);
    due.collect()
}

/// Writes one generation that has everything of `sources` but the variants of the units in `gone`.
///
/// # Errors
/// If a block cannot be read or written.
pub fn merge(
    blocks: &dyn Blocks,
    sources: &[Generation],
    gone: &dyn Fn(UnitId) -> bool,
    id: GenerationId,
    out: &mut dyn BlocksOut,
) -> Result<Generation> {
    let language = sources
        .first()
        .map_or("", |source| source.language.as_str());
    let mut writer = SequenceWriter::new(id, language);
    let mut cursors: Vec<SequenceCursor<'_>> = sources
        .iter()
        .map(|source| SequenceCursor::new(blocks, source))
        .collect();
    let mut numbers: Vec<Vec<u32>> = sources
        .iter()
        .map(|source| Vec::with_capacity(source.sequences as usize))
        .collect();
    for cursor in &mut cursors {
        cursor.next()?;
    }
    let mut content = Vec::new();
    let mut postings: Vec<Posting> = Vec::new();
    loop {
        let least = cursors
            .iter()
            .filter_map(SequenceCursor::entry)
            .map(|entry| (entry.size, entry.content))
            .min();
        let Some((size, least)) = least else { break };
        content.clear();
        content.extend_from_slice(least);
        postings.clear();
        let is_least = |entry: &Entry<'_>| entry.size == size && entry.content == content;
        for cursor in &cursors {
            let entry = cursor.entry().filter(is_least);
            postings.extend(
                entry
                    .iter()
                    .flat_map(|entry| entry.postings())
                    .filter(|one| !gone(one.unit)),
            );
        }
        postings.sort_unstable();
        // A sequence that nobody has any more goes, and its number stands for it no longer.
        let number = if postings.is_empty() {
            GONE
        } else {
            writer.write(size, &content, &postings, out)?
        };
        for (cursor, numbers) in cursors.iter_mut().zip(&mut numbers) {
            if cursor.entry().as_ref().is_some_and(is_least) {
                numbers.push(number);
                cursor.next()?;
            }
        }
    }
    let generation = writer.finish(out)?;
    merge_postings(blocks, sources, &numbers, id, out)?;
    Ok(generation)
}

/// In place of the number of a sequence that is not in the new generation.
const GONE: u32 = u32::MAX;

fn merge_postings(
    blocks: &dyn Blocks,
    sources: &[Generation],
    numbers: &[Vec<u32>],
    id: GenerationId,
    out: &mut dyn BlocksOut,
) -> Result<()> {
    let mut writer = PostingsWriter::new(id);
    let mut cursors: Vec<PostingsCursor<'_>> = sources
        .iter()
        .map(|source| PostingsCursor::new(blocks, source.id))
        .collect();
    for cursor in &mut cursors {
        cursor.next()?;
    }
    let mut found: Vec<u32> = Vec::new();
    while let Some(least) = cursors.iter().filter_map(|cursor| cursor.feature).min() {
        found.clear();
        for (cursor, numbers) in cursors.iter_mut().zip(numbers) {
            while cursor.feature == Some(least) {
                take_growing(cursor.postings(), |number| {
                    let new = numbers.get(number as usize).copied().unwrap_or(GONE);
                    if new != GONE {
                        found.push(new);
                    }
                    true
                });
                cursor.next()?;
            }
        }
        found.sort_unstable();
        found.dedup();
        if !found.is_empty() {
            writer.write(least, &found, out)?;
        }
    }
    writer.finish(out)
}

/// Walks over the sequences of a generation, in order.
struct SequenceCursor<'b> {
    blocks: &'b dyn Blocks,
    generation: GenerationId,
    block: Vec<u8>,
    /// Where the next block begins.
    next: u32,
    /// Where in the block the present entry starts, and where it ends.
    at: (usize, usize),
}

impl<'b> SequenceCursor<'b> {
    fn new(blocks: &'b dyn Blocks, generation: &Generation) -> Self {
        SequenceCursor {
            blocks,
            generation: generation.id,
            block: Vec::new(),
            next: 0,
            at: (0, 0),
        }
    }

    /// The entry that it stands on; `None` before the first call of `next` and at the end.
    fn entry(&self) -> Option<Entry<'_>> {
        take_entry(&mut self.block.get(self.at.0..self.at.1)?)
    }

    /// Goes to the next entry, the first one at the first call.
    fn next(&mut self) -> Result<()> {
        self.at.0 = self.at.1;
        if self.at.0 >= self.block.len() {
            self.block.clear();
            let from = self.next;
            self.blocks
                .sequences_from(self.generation, from, &mut |last, block| {
                    self.next = last.saturating_add(1);
                    self.block.extend_from_slice(block);
                })?;
            let mut rest = self.block.as_slice();
            let _ = take(&mut rest);
            self.at.0 = self.block.len() - rest.len();
        }
        let mut rest = self.block.get(self.at.0..).unwrap_or_default();
        let _ = take_entry(&mut rest);
        self.at.1 = self.block.len() - rest.len();
        Ok(())
    }
}

/// Walks over the features of a generation, in order; a feature with several parts comes several times.
struct PostingsCursor<'b> {
    blocks: &'b dyn Blocks,
    /// Where the next block begins, if there may be one.
    next: Option<PostingsKey>,
    block: Vec<u8>,
    at: usize,
    postings: (usize, usize),
    feature: Option<u32>,
}

impl<'b> PostingsCursor<'b> {
    fn new(blocks: &'b dyn Blocks, generation: GenerationId) -> Self {
        PostingsCursor {
            blocks,
            next: Some(PostingsKey {
                generation,
                feature: 0,
                part: 0,
            }),
            block: Vec::new(),
            at: 0,
            postings: (0, 0),
            feature: None,
        }
    }

    fn postings(&self) -> &[u8] {
        self.block
            .get(self.postings.0..self.postings.1)
            .unwrap_or_default()
    }

    fn next(&mut self) -> Result<()> {
        let mut before = self.feature.unwrap_or(0);
        if self.at >= self.block.len() {
            self.block.clear();
            if let Some(from) = self.next.take() {
                self.blocks.postings_from(from, &mut |key, block| {
                    self.next = behind(key);
                    self.block.extend_from_slice(block);
                })?;
            }
            let mut rest = self.block.as_slice();
            before = take_head(&mut rest).map_or(0, |(first, _)| first);
            self.at = self.block.len() - rest.len();
        }
        let mut rest = self.block.get(self.at..).unwrap_or_default();
        let found = take_feature(&mut rest, before);
        self.at = self.block.len() - rest.len();
        self.feature = found.map(|(feature, _)| feature);
        self.postings = (
            self.at - found.map_or(0, |(_, postings)| postings.len()),
            self.at,
        );
        Ok(())
    }
}

/// The key behind a key.
fn behind(key: PostingsKey) -> Option<PostingsKey> {
    match key.part.checked_add(1) {
        Some(part) => Some(PostingsKey { part, ..key }),
        None => Some(PostingsKey {
            feature: key.feature.checked_add(1)?,
            part: 0,
            ..key
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sized(sizes: &[u64]) -> Vec<Generation> {
        let one = |(id, variants): (usize, &u64)| Generation {
            id: id as GenerationId,
            language: "en".into(),
            variants: *variants,
            sizes: Vec::new(),
            sequences: 0,
        };
        sizes.iter().enumerate().map(one).collect()
    }

    #[test]
    fn one_generation_a_level_is_left() {
        assert_eq!(due(&sized(&[])), [] as [GenerationId; 0]);
        assert_eq!(due(&sized(&[5])), [] as [GenerationId; 0]);
        assert_eq!(due(&sized(&[1_000_000, 1])), [] as [GenerationId; 0]);
        assert_eq!(due(&sized(&[1_000_000, 100, 1])), [2, 1]);
        assert_eq!(due(&sized(&[1_000_000, 5_000, 256, 1])), [3, 2, 1]);
        assert_eq!(due(&sized(&[1_000_000, 5_000, 200, 1])), [3, 2]);
        assert_eq!(due(&sized(&[131_072; 8])).len(), 8);
    }

    #[test]
    fn adding_one_by_one_keeps_few_and_writes_little() {
        let mut sizes: Vec<u64> = Vec::new();
        let mut written = 0_u64;
        for _ in 0..20_000 {
            sizes.push(1);
            let merged = due(&sized(&sizes));
            let sum: u64 = merged.iter().map(|id| sizes[usize::from(*id)]).sum();
            if !merged.is_empty() {
                let kept = (0..sizes.len()).filter(|id| !merged.contains(&(*id as GenerationId)));
                sizes = kept.map(|id| sizes[id]).chain([sum]).collect();
                written += sum;
            }
            assert!(sizes.len() <= 4, "{sizes:?}");
        }
        assert!(written / 20_000 < 200, "{} times written", written / 20_000);
    }
}
