//! Numbers as bytes: seven bits a byte, the lowest first, the top bit set on all but the last (LEB128); and the two kinds of
//! block made of them.

use super::{Entry, Posting, Size};

/// Adds a number.
pub(in crate::memory) fn push(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// How many bytes [`push`] needs.
pub(super) fn bytes_of(number: u64) -> usize {
    let bits = 64 - number.leading_zeros() as usize;
    bits.div_ceil(7).max(1)
}

/// Takes a number from the front. Nothing is left of bytes that are no number.
#[inline]
pub(in crate::memory) fn take(bytes: &mut &[u8]) -> Option<u64> {
    // One byte is the rule.
    match bytes.split_first() {
        Some((byte, rest)) if *byte < 0x80 => {
            *bytes = rest;
            Some(u64::from(*byte))
        }
        _ => take_long(bytes),
    }
}

fn take_long(bytes: &mut &[u8]) -> Option<u64> {
    let (mut number, mut shift) = (0_u64, 0);
    while let Some((byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
        shift += 7;
        if shift > 63 {
            break;
        }
    }
    *bytes = &[];
    None
}

/// Takes so many bytes from the front.
#[inline]
fn take_slice<'a>(bytes: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (front, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(front)
}

/// Adds growing numbers, each as its distance from the one before.
pub(super) fn push_growing(out: &mut Vec<u8>, numbers: &[u32]) {
    let mut before = 0;
    for number in numbers {
        push(out, u64::from(number - before));
        before = *number;
    }
}

/// Hands each of the numbers that [`push_growing`] added to `each`, until it says that it has enough.
#[inline]
pub(super) fn take_growing(bytes: &[u8], mut each: impl FnMut(u32) -> bool) {
    let (mut number, mut step, mut shift) = (0_u32, 0_u32, 0);
    for byte in bytes {
        // One byte is the rule.
        if *byte < 0x80 {
            number = number.wrapping_add(step | u32::from(*byte) << (shift & 31));
            (step, shift) = (0, 0);
            if !each(number) {
                return;
            }
        } else {
            step |= u32::from(byte & 0x7f) << (shift & 31);
            shift += 7;
        }
    }
}

/// Takes the first feature of a block of postings, and how many more parts it has, from the block's front.
pub(super) fn take_head(block: &mut &[u8]) -> Option<(u32, usize)> {
    Some((take(block)? as u32, take(block)? as usize))
}

/// Takes the next feature of a block of postings and its postings.
#[inline]
pub(super) fn take_feature<'a>(block: &mut &'a [u8], before: u32) -> Option<(u32, &'a [u8])> {
    let feature = before.wrapping_add(take(block)? as u32);
    let length = take(block)? as usize;
    Some((feature, take_slice(block, length)?))
}

/// A size as a number.
pub(in crate::memory) fn size_to_number(size: Size) -> u64 {
    match size {
        Size::Characters(count) => 2 * count as u64,
        Size::Tokens(count) => 2 * count as u64 + 1,
    }
}

/// The size that [`size_to_number`] made a number of.
pub(in crate::memory) fn size_of_number(number: u64) -> Size {
    let count = (number / 2) as usize;
    if number.is_multiple_of(2) {
        Size::Characters(count)
    } else {
        Size::Tokens(count)
    }
}

/// Adds an entry of a block of sequences.
pub(super) fn push_entry(out: &mut Vec<u8>, size: Size, content: &[u8], postings: &[u8]) {
    push(out, size_to_number(size));
    push(out, content.len() as u64);
    push(out, postings.len() as u64);
    out.extend_from_slice(content);
    out.extend_from_slice(postings);
}

/// Takes an entry from the front of a block of sequences.
#[inline]
pub(super) fn take_entry<'a>(bytes: &mut &'a [u8]) -> Option<Entry<'a>> {
    let size = size_of_number(take(bytes)?);
    let content = usize::try_from(take(bytes)?).ok()?;
    let postings = usize::try_from(take(bytes)?).ok()?;
    Some(Entry {
        size,
        content: take_slice(bytes, content)?,
        postings: take_slice(bytes, postings)?,
    })
}

/// Adds the variants of a sequence, which grow.
pub(super) fn push_postings(out: &mut Vec<u8>, postings: &[Posting]) {
    let mut before = 0;
    for one in postings {
        push(out, one.unit.abs_diff(before));
        push(out, u64::from(one.place));
        out.extend_from_slice(&one.whole.to_le_bytes());
        before = one.unit;
    }
}

impl Entry<'_> {
    /// The variants that have the sequence, in the order of their units.
    pub fn postings(&self) -> impl Iterator<Item = Posting> + '_ {
        let mut bytes = self.postings;
        let mut unit = 0_i64;
        std::iter::from_fn(move || {
            unit = unit.saturating_add_unsigned(take(&mut bytes)?);
            let place = u16::try_from(take(&mut bytes)?).ok()?;
            let whole = take_slice(&mut bytes, 4)?.try_into().ok()?;
            Some(Posting {
                unit,
                place,
                whole: u32::from_le_bytes(whole),
            })
        })
    }

    /// The hashes of the tokens; none of a short sequence.
    pub fn hashes(&self) -> impl Iterator<Item = u16> + '_ {
        self.content
            .chunks_exact(2)
            .filter_map(|pair| pair.try_into().ok().map(u16::from_le_bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back(numbers in prop::collection::vec(any::<u64>(), 0..20)) {
            let mut bytes = Vec::new();
            for number in &numbers {
                let before = bytes.len();
                push(&mut bytes, *number);
                prop_assert_eq!(bytes.len() - before, bytes_of(*number));
            }
            let mut rest = bytes.as_slice();
            for number in numbers {
                prop_assert_eq!(take(&mut rest), Some(number));
            }
            prop_assert_eq!(take(&mut rest), None);
        }

        #[test]
        fn growing_numbers_come_back(mut numbers in prop::collection::vec(any::<u32>(), 0..20)) {
            numbers.sort_unstable();
            let mut bytes = Vec::new();
            push_growing(&mut bytes, &numbers);
            let mut found = Vec::new();
            take_growing(&bytes, |number| { found.push(number); true });
            prop_assert_eq!(found, numbers);
        }

        #[test]
        fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let mut rest = bytes.as_slice();
            while let Some(entry) = take_entry(&mut rest) {
                let _ = (entry.postings().count(), entry.hashes().count());
            }
            take_growing(&bytes, |_| true);
        }
    }
}
