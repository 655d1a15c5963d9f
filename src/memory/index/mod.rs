//! The index: what finds the segments that can be like a query, without looking at the others.
//!
//! It is made of immutable *generations*, one or a few for each language. A generation numbers its distinct *sequences* of key
//! tokens (see [`Keys`]) from 0, in the order of their [`Size`], and keeps
//!
//! - for each sequence a sketch of its tokens and the variants that have it ([`Entry`]), and
//! - for each *feature* the numbers of the sequences that have it (postings).
//!
//! The features of a sequence are its pairs of neighbouring tokens, with one more at either end; one edit of a token destroys at
//! most two of them (Ukkonen 1992, for characters). A short sequence has its pairs of neighbouring characters too, and every
//! segment has its whole. The n-th occurrence of a pair is a feature of its own, so that repeated words are counted. A feature
//! is a hash with 32 bits: two that collide only make a search look at more.
//!
//! Adding to a memory makes a new generation; [`merge`] keeps the generations few. Everything is kept in blocks of bytes of
//! about a page, in the order of their keys; where they are kept is the store's business ([`Blocks`]).

pub mod build;
pub(super) mod bytes;
pub mod merge;
pub mod read;

use super::UnitId;
use crate::error::Result;
use crate::text::keys::Keys;

/// The version of what is kept here: of the folds, the tokens, the hashes and the bytes. A memory that was written with
/// another has its index made anew when it is next opened for writing.
pub const VERSION: i64 = 1;

/// Segments of at most so many key tokens are counted by characters too, since one token is too much of them.
pub const SHORT: usize = 5;

/// How many bytes a block has at most, unless one sequence needs more. With its key it just fits a page of SQLite.
const BLOCK: usize = 4_000;

/// The number of a generation: 0 to 32,767. Numbers are used again.
pub type GenerationId = u16;

/// A variant that has a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    /// Its unit.
    pub unit: UnitId,
    /// Its place among the unit's variants, from 0.
    pub place: u16,
    /// A hash of its whole, by which the variants of one sequence are told apart.
    pub whole: u32,
}

/// How large a sequence is: a short one (see [`SHORT`]) by the characters of its key text, others by their key tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// So many characters.
    Characters(usize),
    /// So many key tokens.
    Tokens(usize),
}

/// A sequence of key tokens, as the index keeps it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// How large it is.
    pub size: Size,
    /// The key text of a short sequence (see [`SHORT`]); of others the tokens' hashes, two bytes each, lower byte first.
    pub content: &'a [u8],
    /// The variants that have it.
    postings: &'a [u8],
}

/// A generation, as far as it is known without looking into its blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// Its number.
    pub id: GenerationId,
    /// The primary subtag of its language.
    pub language: String,
    /// How many variants are in it.
    pub variants: u64,
    /// For each size that occurs, growing, the number of the first sequence that has it.
    pub sizes: Vec<(Size, u32)>,
    /// How many sequences there are.
    pub sequences: u32,
}

/// The key of a block of postings: its generation, the last feature in it, and which part of that feature's postings.
///
/// Keys are those of what comes last, so that the first block at or behind a wanted key is the one it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PostingsKey {
    /// The generation.
    pub generation: GenerationId,
    /// The last feature.
    pub feature: u32,
    /// 0, or the number of a part if one feature's postings fill more than one block.
    pub part: u16,
}

/// Where blocks are kept.
pub trait Blocks {
    /// The generations of a language (a primary subtag), or of all.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn generations(&self, language: Option<&str>) -> Result<Vec<Generation>>;

    /// Hands the first block of postings at or behind a key, of the same generation, to `look`, with its key.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn postings_from(
        &self,
        key: PostingsKey,
        look: &mut dyn FnMut(PostingsKey, &[u8]),
    ) -> Result<()>;

    /// Hands the first block of sequences whose last number is at or behind one to `look`, with its last number.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn sequences_from(
        &self,
        generation: GenerationId,
        number: u32,
        look: &mut dyn FnMut(u32, &[u8]),
    ) -> Result<()>;
}

/// Where a new generation's blocks go.
pub trait BlocksOut {
    /// Keeps a block of postings.
    ///
    /// # Errors
    /// If it cannot be written.
    fn postings(&mut self, key: PostingsKey, block: &[u8]) -> Result<()>;

    /// Keeps a block of sequences, the last of which has this number.
    ///
    /// # Errors
    /// If it cannot be written.
    fn sequences(&mut self, generation: GenerationId, last: u32, block: &[u8]) -> Result<()>;
}

/// What the index keeps of a segment's keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// How large it is.
    pub size: Size,
    /// See [`Entry::content`].
    pub content: Vec<u8>,
    /// The hash of the whole.
    pub whole: u32,
    /// The features of its pairs of tokens, growing, each once.
    pub pairs: Vec<u32>,
    /// The features of its pairs of characters, if it is short, growing, each once.
    pub characters: Vec<u32>,
}

impl Sketch {
    /// The sketch of a segment's keys.
    pub fn of(keys: &Keys) -> Sketch {
        let len = keys.len();
        let mut sketch = Sketch {
            size: Size::Tokens(len),
            content: Vec::new(),
            whole: short_hash(hash(keys.whole().as_bytes())),
            pairs: Vec::new(),
            characters: Vec::new(),
        };
        let mut before = EDGE;
        sketch.pairs.reserve(len + 1);
        for token in keys.tokens() {
            let token = hash(token.as_bytes());
            sketch.pairs.push(pair(before, token));
            if len > SHORT {
                sketch
                    .content
                    .extend_from_slice(&token_hash(token).to_le_bytes());
            }
            before = token;
        }
        if len > 0 {
            sketch.pairs.push(pair(before, EDGE));
            number_repeats(&mut sketch.pairs);
        }
        if len <= SHORT {
            sketch.size = Size::Characters(keys.text().chars().count());
            sketch.content.extend_from_slice(keys.text().as_bytes());
        }
        if (1..=SHORT).contains(&len) {
            let mut before = EDGE;
            for letter in keys.text().chars() {
                let letter = u64::from(u32::from(letter)).wrapping_mul(MIX);
                sketch.characters.push(pair(before, letter) ^ CHARACTERS);
                before = letter;
            }
            sketch.characters.push(pair(before, EDGE) ^ CHARACTERS);
            number_repeats(&mut sketch.characters);
        }
        sketch
    }

    /// The feature of the whole.
    pub fn whole_feature(&self) -> u32 {
        whole_feature(self.whole)
    }
}

/// The feature that stands for a whole.
pub fn whole_feature(whole: u32) -> u32 {
    (whole ^ 0x5bd1_e995).wrapping_mul(0x9e37_79b1)
}

/// The features of the pairs of neighbours of some tokens, in their order, without those at the ends: one
/// less than there are tokens.
pub fn inner_pairs(tokens: &[&str]) -> Vec<u32> {
    let hashes: Vec<u64> = tokens.iter().map(|token| hash(token.as_bytes())).collect();
    let pairs = hashes.iter().zip(hashes.iter().skip(1));
    pairs.map(|(left, right)| pair(*left, *right)).collect()
}

/// The hash of two bytes that stands for a token in [`Entry::content`].
pub fn token_hash(token: u64) -> u16 {
    // The top bits are the best mixed ones.
    u16::try_from(token.wrapping_mul(MIX) >> 48).unwrap_or(0)
}

/// The hash of a key token's bytes.
pub fn hash(bytes: &[u8]) -> u64 {
    super::fnv(bytes)
}

/// What stands before the first token and behind the last.
const EDGE: u64 = 0x2545_f491_4f6c_dd1d;
/// An odd number with well spread bits (the golden ratio in 64 bits; Knuth, volume 3, 6.4).
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
/// Keeps pairs of characters apart from pairs of tokens.
const CHARACTERS: u32 = 0x6a09_e667;

fn pair(left: u64, right: u64) -> u32 {
    short_hash((left.wrapping_mul(MIX).rotate_left(29) ^ right).wrapping_mul(MIX))
}

fn short_hash(hash: u64) -> u32 {
    u32::try_from((hash ^ (hash >> 29)).wrapping_mul(MIX) >> 32).unwrap_or(0)
}

/// Makes the second, third … occurrence of a feature features of their own, and sorts them.
fn number_repeats(features: &mut Vec<u32>) {
    features.sort_unstable();
    let mut repeats = 0_u32;
    let mut before = None;
    for feature in features.iter_mut() {
        let plain = *feature;
        repeats = if before == Some(plain) {
            repeats + 1
        } else {
            0
        };
        before = Some(plain);
        if repeats > 0 {
            *feature = short_hash((u64::from(plain) << 32) | u64::from(repeats));
        }
    }
    features.sort_unstable();
    features.dedup();
}
