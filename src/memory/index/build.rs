//! A new generation, from the segments that an import adds.

use super::bytes::{bytes_of, push, push_entry, push_growing, push_postings};
use super::{BLOCK, BlocksOut, Generation, GenerationId, Posting, PostingsKey, Size, Sketch};
use crate::error::Result;

/// Gathers segments of one language until there are enough for a generation.
#[derive(Default)]
pub struct Builder {
    contents: Vec<u8>,
    segments: Vec<Segment>,
    /// Feature and number of the segment, in one number so that they sort fast.
    features: Vec<u64>,
}

struct Segment {
    size: Size,
    start: usize,
    end: usize,
    posting: Posting,
}

impl Builder {
    /// Adds a segment.
    pub fn add(&mut self, sketch: &Sketch, unit: super::UnitId, place: u16) {
        let number = self.segments.len() as u64;
        let start = self.contents.len();
        self.contents.extend_from_slice(&sketch.content);
        self.segments.push(Segment {
            size: sketch.size,
            start,
            end: self.contents.len(),
            posting: Posting {
                unit,
                place,
                whole: sketch.whole,
            },
        });
        let features = sketch.pairs.iter().chain(&sketch.characters);
        let features = features.copied().chain([sketch.whole_feature()]);
        self.features
            .extend(features.map(|feature| u64::from(feature) << 32 | number));
    }

    /// How many segments there are.
    pub fn len(&self) -> usize {
        self.segments.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// Writes the generation. The builder is empty afterwards.
    ///
    /// # Errors
    /// If a block cannot be written.
    pub fn write(
        &mut self,
        id: GenerationId,
        language: &str,
        out: &mut dyn BlocksOut,
    ) -> Result<Generation> {
        let content = |one: &Segment| self.contents.get(one.start..one.end).unwrap_or_default();
        let mut order: Vec<u32> = (0..self.segments.len() as u32).collect();
        let of = |number: &u32| self.segments.get(*number as usize);
        order.sort_unstable_by_key(|number| {
            of(number).map(|one| (one.size, content(one), one.posting))
        });
        let mut numbers = vec![0_u32; self.segments.len()];
        let mut sequences = SequenceWriter::new(id, language);
        let mut postings = Vec::new();
        let mut rest = order.as_slice();
        while let Some(first) = rest.first().and_then(of) {
            let same = rest
                .iter()
                .take_while(|number| {
                    of(number)
                        .is_some_and(|one| one.size == first.size && content(one) == content(first))
                })
                .count();
            let (group, behind) = rest.split_at(same);
            postings.clear();
            postings.extend(group.iter().filter_map(of).map(|one| one.posting));
            let sequence = sequences.write(first.size, content(first), &postings, out)?;
            for number in group {
                if let Some(place) = numbers.get_mut(*number as usize) {
                    *place = sequence;
                }
            }
            rest = behind;
        }
        let generation = sequences.finish(out)?;
        for feature in &mut self.features {
            let number = numbers
                .get((*feature & 0xffff_ffff) as usize)
                .copied()
                .unwrap_or(0);
            *feature = *feature >> 32 << 32 | u64::from(number);
        }
        self.features.sort_unstable();
        self.features.dedup();
        let mut postings = PostingsWriter::new(id);
        let mut found = Vec::new();
        for group in self.features.chunk_by(|x, y| x >> 32 == y >> 32) {
            found.clear();
            found.extend(group.iter().map(|feature| *feature as u32));
            let feature = group.first().map_or(0, |feature| (feature >> 32) as u32);
            postings.write(feature, &found, out)?;
        }
        postings.finish(out)?;
        *self = Builder::default();
        Ok(generation)
    }
}

/// Numbers sequences and packs them into blocks.
pub(super) struct SequenceWriter {
    generation: Generation,
    block: Vec<u8>,
    postings: Vec<u8>,
}

impl SequenceWriter {
    pub(super) fn new(id: GenerationId, language: &str) -> Self {
        SequenceWriter {
            generation: Generation {
                id,
                language: language.to_owned(),
                variants: 0,
                sizes: Vec::new(),
                sequences: 0,
            },
            block: Vec::with_capacity(BLOCK),
            postings: Vec::new(),
        }
    }

    /// Adds the next sequence, in the order of length and content, and says its number.
    pub(super) fn write(
        &mut self,
        size: Size,
        content: &[u8],
        postings: &[Posting],
        out: &mut dyn BlocksOut,
    ) -> Result<u32> {
        let number = self.generation.sequences;
        self.postings.clear();
        push_postings(&mut self.postings, postings);
        let entry = content.len() + self.postings.len() + 6;
        if !self.block.is_empty() && self.block.len() + entry > BLOCK {
            self.flush(out)?;
        }
        if self.block.is_empty() {
            push(&mut self.block, u64::from(number));
        }
        push_entry(&mut self.block, size, content, &self.postings);
        if self
            .generation
            .sizes
            .last()
            .is_none_or(|(last, _)| *last != size)
        {
            self.generation.sizes.push((size, number));
        }
        self.generation.variants += postings.len() as u64;
        self.generation.sequences += 1;
        Ok(number)
    }

    fn flush(&mut self, out: &mut dyn BlocksOut) -> Result<()> {
        if !self.block.is_empty() {
            out.sequences(
                self.generation.id,
                self.generation.sequences - 1,
                &self.block,
            )?;
            self.block.clear();
        }
        Ok(())
    }

    pub(super) fn finish(mut self, out: &mut dyn BlocksOut) -> Result<Generation> {
        self.flush(out)?;
        Ok(self.generation)
    }
}

/// Packs features with their postings into blocks. A block begins with the first feature and how many more parts that one
/// has; then come the features, each with its distance from the one before, how many bytes its postings take, and these.
pub(super) struct PostingsWriter {
    generation: GenerationId,
    block: Vec<u8>,
    last: u32,
    postings: Vec<u8>,
}

impl PostingsWriter {
    pub(super) fn new(generation: GenerationId) -> Self {
        PostingsWriter {
            generation,
            block: Vec::with_capacity(BLOCK),
            last: 0,
            postings: Vec::new(),
        }
    }

    /// Adds the next feature with the sequences that have it, all growing.
    pub(super) fn write(
        &mut self,
        feature: u32,
        sequences: &[u32],
        out: &mut dyn BlocksOut,
    ) -> Result<()> {
        self.postings.clear();
        push_growing(&mut self.postings, sequences);
        if self.postings.len() + HEAD > BLOCK {
            return self.write_parts(feature, sequences, out);
        }
        let entry = bytes_of(u64::from(feature - self.last))
            + bytes_of(self.postings.len() as u64)
            + self.postings.len();
        if !self.block.is_empty() && self.block.len() + entry > BLOCK {
            self.flush(0, out)?;
        }
        self.push(feature, 0);
        Ok(())
    }

    fn push(&mut self, feature: u32, more: usize) {
        if self.block.is_empty() {
            self.last = feature;
            push(&mut self.block, u64::from(feature));
            push(&mut self.block, more as u64);
        }
        push(&mut self.block, u64::from(feature - self.last));
        push(&mut self.block, self.postings.len() as u64);
        self.block.extend_from_slice(&self.postings);
        self.last = feature;
    }

    /// Writes a feature whose postings need more than one block, each part into a block of its own.
    fn write_parts(
        &mut self,
        feature: u32,
        sequences: &[u32],
        out: &mut dyn BlocksOut,
    ) -> Result<()> {
        self.flush(0, out)?;
        let mut parts: Vec<&[u32]> = Vec::new();
        let mut rest = sequences;
        while !rest.is_empty() {
            let (mut before, mut room) = (0, BLOCK - HEAD);
            let fits = rest.iter().take_while(|number| {
                let needs = bytes_of(u64::from(**number - before));
                before = **number;
                let fits = needs <= room;
                room = room.saturating_sub(needs);
                fits
            });
            let (part, behind) = rest.split_at(fits.count());
            parts.push(part);
            rest = behind;
        }
        for (part, sequences) in (0..).zip(&parts) {
            self.postings.clear();
            push_growing(&mut self.postings, sequences);
            self.push(feature, parts.len() - 1 - usize::from(part));
            self.flush(part, out)?;
        }
        Ok(())
    }

    fn flush(&mut self, part: u16, out: &mut dyn BlocksOut) -> Result<()> {
        if !self.block.is_empty() {
            let key = PostingsKey {
                generation: self.generation,
                feature: self.last,
                part,
            };
            out.postings(key, &self.block)?;
            self.block.clear();
        }
        Ok(())
    }

    pub(super) fn finish(mut self, out: &mut dyn BlocksOut) -> Result<()> {
        self.flush(0, out)
    }
}

/// The most that stands in a block before the postings of its first feature.
const HEAD: usize = 16;
