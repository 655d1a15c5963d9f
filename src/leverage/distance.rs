//! Levenshtein distance, fast: the columns of the table as bits of one machine word (Myers 1999, in the form of Hyyrö 2003).
//!
//! It says what `strsim` says, and the tests hold it to that; a side longer than a word has bits is left to `strsim`.

/// One side of many comparisons, prepared once.
pub(super) struct Pattern<T> {
    items: Vec<T>,
    /// For each item the places where it stands, as bits; in the order of the items.
    places: Vec<(T, u64)>,
}

/// A machine word has so many bits.
const BITS: usize = u64::BITS as usize;

impl<T: Copy + Ord> Pattern<T> {
    /// Prepares a side.
    pub(super) fn new(items: impl IntoIterator<Item = T>) -> Self {
        let items: Vec<T> = items.into_iter().collect();
        let mut places: Vec<(T, u64)> = Vec::new();
        if items.len() <= BITS {
            places.extend(
                items
                    .iter()
                    .enumerate()
                    .map(|(place, item)| (*item, 1 << place)),
            );
            places.sort_unstable();
            places.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                kept.1 |= if same { next.1 } else { 0 };
                same
            });
        }
        Pattern { items, places }
    }

    /// The prepared items.
    pub(super) fn items(&self) -> &[T] {
        &self.items
    }

    /// How many items have to be changed, taken away or added to make the one side the other.
    pub(super) fn distance(&self, other: impl IntoIterator<Item = T>) -> usize {
        let length = self.items.len();
        if length == 0 {
            return other.into_iter().count();
        }
        if length > BITS {
            let other: Vec<T> = other.into_iter().collect();
            return strsim::generic_levenshtein(&Slice(&self.items), &Slice(&other));
        }
        let last = 1_u64 << (length - 1);
        // Where the value grows and falls from one row to the next in the present column.
        let (mut grows, mut falls) = (u64::MAX, 0_u64);
        let mut distance = length;
        for item in other {
            let known = self.places.binary_search_by_key(&item, |(known, _)| *known);
            let same = known
                .ok()
                .and_then(|index| self.places.get(index))
                .map_or(0, |(_, bits)| *bits);
            let diagonal = ((same & grows).wrapping_add(grows) ^ grows) | same | falls;
            let more = falls | !(diagonal | grows);
            let less = grows & diagonal;
            distance += usize::from(more & last != 0);
            distance -= usize::from(less & last != 0);
            let more = more << 1 | 1;
            grows = less << 1 | !(diagonal | more);
            falls = more & diagonal;
        }
        distance
    }
}

/// A slice in the shape that strsim asks for.
struct Slice<'a, T>(&'a [T]);

impl<'a, T> IntoIterator for &Slice<'a, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_says_what_strsim_says(a in prop::collection::vec(0_u8..6, 0..80), b in prop::collection::vec(0_u8..6, 0..80)) {
            let truth = strsim::generic_levenshtein(&Slice(&a), &Slice(&b));
            prop_assert_eq!(Pattern::new(a).distance(b), truth);
        }
    }
}
