//! Looking into a generation.

use std::ops::{Range, RangeInclusive};

use super::bytes::{take, take_entry, take_feature, take_growing, take_head};
use super::{Blocks, Entry, Generation, PostingsKey, Size};
use crate::error::Result;

/// The postings of one feature, or where the rest of them is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    feature: u32,
    /// Where the bytes of its first part lie in the reader's room.
    place: (usize, usize),
    /// How many more parts there are.
    more: u16,
    /// How many bytes it takes: a measure of how many sequences have the feature.
    pub size: usize,
}

/// Reads a generation.
pub struct Reader<'b> {
    blocks: &'b dyn Blocks,
    generation: &'b Generation,
    room: Vec<u8>,
}

impl<'b> Reader<'b> {
    /// A reader.
    pub fn new(blocks: &'b dyn Blocks, generation: &'b Generation) -> Self {
        Reader {
            blocks,
            generation,
            room: Vec::new(),
        }
    }

    /// The postings of a feature, if any sequence has it.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn list(&mut self, feature: u32) -> Result<Option<List>> {
        let room = &mut self.room;
        let mut found = None;
        self.blocks
            .postings_from(key_of(self.generation, feature, 0), &mut |_, block| {
                if let Some((postings, more)) = postings_in(block, feature) {
                    let start = room.len();
                    room.extend_from_slice(postings);
                    found = Some(List {
                        feature,
                        place: (start, room.len()),
                        more: more as u16,
                        // The other parts are about as good as full.
                        size: postings.len() + more * super::BLOCK,
                    });
                }
            })?;
        Ok(found)
    }

    /// Forgets all lists, whose room can be used again.
    pub fn forget(&mut self) {
        self.room.clear();
    }

    /// Hands the sequences of a list whose numbers are in `range` to `each`, growing.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn each(&self, list: &List, range: &Range<u32>, mut each: impl FnMut(u32)) -> Result<()> {
        self.parts(list, &mut |postings| {
            take_growing(postings, |number| {
                if number >= range.start && number < range.end {
                    each(number);
                }
                number < range.end
            });
        })
    }

    /// Counts down every one of some numbered counters whose number is in a list. The numbers grow.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn count_down(&self, list: &List, counters: &mut [(u32, isize)]) -> Result<()> {
        let mut rest = counters.iter_mut();
        let mut next = rest.next();
        self.parts(list, &mut |postings| {
            take_growing(postings, |number| {
                while let Some((wanted, lacking)) =
                    next.as_mut().filter(|(wanted, _)| *wanted <= number)
                {
                    *lacking -= isize::from(*wanted == number);
                    next = rest.next();
                }
                next.is_some()
            });
        })
    }

    /// Hands the bytes of a list to `each`, part by part.
    fn parts(&self, list: &List, each: &mut dyn FnMut(&[u8])) -> Result<()> {
        each(
            self.room
                .get(list.place.0..list.place.1)
                .unwrap_or_default(),
        );
        for part in 1..=list.more {
            self.blocks.postings_from(
                key_of(self.generation, list.feature, part),
                &mut |_, block| {
                    each(postings_in(block, list.feature).map_or(&[], |(postings, _)| postings));
                },
            )?;
        }
        Ok(())
    }

    /// The numbers of the sequences whose size is in a range.
    pub fn with_sizes(&self, sizes: RangeInclusive<Size>) -> Range<u32> {
        let table = &self.generation.sizes;
        let first = |index: usize| {
            table
                .get(index)
                .map_or(self.generation.sequences, |(_, first)| *first)
        };
        let from = table.partition_point(|(size, _)| size < sizes.start());
        let to = table.partition_point(|(size, _)| size <= sizes.end());
        first(from)..first(to)
    }

    /// How large a sequence is.
    pub fn size_of(&self, number: u32) -> Size {
        let table = &self.generation.sizes;
        let index = table.partition_point(|(_, first)| *first <= number);
        index
            .checked_sub(1)
            .and_then(|index| table.get(index))
            .map_or(Size::Characters(0), |(size, _)| *size)
    }

    /// Hands the entries of some sequences, given in growing order, to `each`.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn entries(&self, numbers: &[u32], each: &mut dyn FnMut(u32, Entry<'_>)) -> Result<()> {
        let mut rest = numbers;
        while let Some(next) = rest.first() {
            let mut done = 0;
            self.blocks
                .sequences_from(self.generation.id, *next, &mut |_, block| {
                    for_each_entry(block, |number, entry| match rest.get(done) {
                        Some(wanted) if *wanted == number => {
                            each(number, entry);
                            done += 1;
                            true
                        }
                        Some(_) => true,
                        None => false,
                    });
                })?;
            // A number that no block has would be asked for for ever.
            rest = rest.get(done.max(1)..).unwrap_or_default();
        }
        Ok(())
    }

    /// Hands the entries of all sequences in a range of numbers to `each`.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn scan(&self, range: Range<u32>, each: &mut dyn FnMut(u32, Entry<'_>)) -> Result<()> {
        let mut next = range.start;
        while next < range.end {
            let mut behind = range.end;
            self.blocks
                .sequences_from(self.generation.id, next, &mut |last, block| {
                    behind = last.saturating_add(1);
                    for_each_entry(block, |number, entry| {
                        if range.contains(&number) {
                            each(number, entry);
                        }
                        number < range.end
                    });
                })?;
            next = behind;
        }
        Ok(())
    }
}

/// The key of a part of a feature's postings.
fn key_of(generation: &Generation, feature: u32, part: u16) -> PostingsKey {
    PostingsKey {
        generation: generation.id,
        feature,
        part,
    }
}

/// The postings of a feature in a block, and how many more parts it has.
fn postings_in(mut block: &[u8], wanted: u32) -> Option<(&[u8], usize)> {
    let (mut feature, more) = take_head(&mut block)?;
    loop {
        let (next, postings) = take_feature(&mut block, feature)?;
        feature = next;
        if feature >= wanted {
            return (feature == wanted).then_some((postings, more));
        }
    }
}

/// Hands the entries of a block to `each`, with their numbers, until it says that it has enough.
fn for_each_entry(mut block: &[u8], mut each: impl FnMut(u32, Entry<'_>) -> bool) {
    let Some(mut number) = take(&mut block) else {
        return;
    };
    while let Some(entry) = take_entry(&mut block) {
        if !each(number as u32, entry) {
            return;
        }
        number += 1;
    }
}
