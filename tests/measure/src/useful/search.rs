//! Every stored segment that is like a query, by brute force: no match is lost, so that only measures are compared.

use std::collections::HashMap;

/// A stored segment with enough in common with a query.
#[derive(Clone, Copy)]
pub(super) struct Hit {
    pub(super) stored: u32,
    pub(super) percent: u8,
}

/// Tokens as numbers.
pub(super) struct Numbered {
    pub(super) segments: Vec<Vec<u32>>,
    pub(super) words: usize,
}

impl Numbered {
    pub(super) fn new(segments: impl Iterator<Item = Vec<String>>) -> Self {
        let mut known: HashMap<String, u32> = HashMap::new();
        let segments = segments
            .map(|tokens| {
                let number = |token| {
                    let next = known.len() as u32;
                    *known.entry(token).or_insert(next)
                };
                tokens.into_iter().map(number).collect()
            })
            .collect();
        Numbered {
            segments,
            words: known.len(),
        }
    }

    /// For each segment, the others that reach `least` percent of tokens unchanged.
    pub(super) fn all_hits(&self, least: u8) -> Vec<Vec<Hit>> {
        let occurrences = self.occurrences();
        let lists = occurrences
            .iter()
            .flatten()
            .max()
            .map_or(0, |last| *last as usize + 1);
        let mut postings: Vec<Vec<u32>> = vec![Vec::new(); lists];
        for (segment, tokens) in occurrences.iter().enumerate() {
            for token in tokens {
                postings[*token as usize].push(segment as u32);
            }
        }
        let mut places = Places::new(self.words);
        let mut common = vec![0_u16; self.segments.len()];
        let mut found = Vec::with_capacity(self.segments.len());
        for (query, tokens) in self.segments.iter().enumerate() {
            common.fill(0);
            for token in &occurrences[query] {
                for segment in &postings[*token as usize] {
                    common[*segment as usize] += 1;
                }
            }
            places.set(tokens);
            let mut hits = Vec::new();
            for (stored, shared) in common.iter().enumerate() {
                let longer = tokens.len().max(self.segments[stored].len());
                // Tokens in common, in any order, bound the tokens unchanged.
                if *shared == 0 || stored == query || percent(usize::from(*shared), longer) < least
                {
                    continue;
                }
                let unchanged = longer - places.distance(tokens, &self.segments[stored]);
                let percent = percent(unchanged, longer);
                if percent >= least {
                    hits.push(Hit {
                        stored: stored as u32,
                        percent,
                    });
                }
            }
            places.clear(tokens);
            found.push(hits);
        }
        found
    }

    /// Each token with how often it stood before in its segment, so that common tokens are counted with repetitions.
    fn occurrences(&self) -> Vec<Vec<u32>> {
        let mut known: HashMap<(u32, u32), u32> = HashMap::new();
        let mut all = Vec::with_capacity(self.segments.len());
        for tokens in &self.segments {
            let mut before: HashMap<u32, u32> = HashMap::new();
            let mut numbered = Vec::with_capacity(tokens.len());
            for token in tokens {
                let times = before.entry(*token).or_default();
                let next = known.len() as u32;
                numbered.push(*known.entry((*token, *times)).or_insert(next));
                *times += 1;
            }
            all.push(numbered);
        }
        all
    }
}

pub(super) fn percent(part: usize, whole: usize) -> u8 {
    (100 * part / whole.max(1)) as u8
}

/// Where each token stands in the query, as bits, for the bit-parallel distance.
struct Places(Vec<u64>);

impl Places {
    fn new(words: usize) -> Self {
        Places(vec![0; words])
    }

    fn set(&mut self, query: &[u32]) {
        for (place, token) in query.iter().enumerate().take(64) {
            self.0[*token as usize] |= 1 << place;
        }
    }

    fn clear(&mut self, query: &[u32]) {
        for token in query {
            self.0[*token as usize] = 0;
        }
    }

    /// Levenshtein distance of tokens: Hyyrö's bits up to 64 tokens, the plain table above.
    fn distance(&self, query: &[u32], stored: &[u32]) -> usize {
        if query.len() > 64 {
            return distance(query, stored);
        }
        let (mut up, mut down, mut cost) = (!0_u64, 0_u64, query.len());
        let last = 1_u64 << (query.len() - 1);
        for token in stored {
            let same = self.0[*token as usize];
            let diagonal = (((same & up).wrapping_add(up)) ^ up) | same | down;
            let right_up = down | !(diagonal | up);
            let right_down = up & diagonal;
            cost += usize::from(right_up & last != 0);
            cost -= usize::from(right_down & last != 0);
            let right_up = (right_up << 1) | 1;
            up = (right_down << 1) | !(diagonal | right_up);
            down = right_up & diagonal;
        }
        cost
    }
}

/// Levenshtein distance.
pub(super) fn distance<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, x) in a.iter().enumerate() {
        let mut corner = line;
        row[0] = line + 1;
        for (column, y) in b.iter().enumerate() {
            let change = corner + usize::from(x != y);
            corner = row[column + 1];
            row[column + 1] = change.min(corner + 1).min(row[column] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_those_of_a_plain_scan() {
        let mut seed = 7_u32;
        let mut next = |below: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) % below
        };
        let texts: Vec<Vec<String>> = (0..120)
            .map(|_| (0..1 + next(90)).map(|_| next(4).to_string()).collect())
            .collect();
        let numbered = Numbered::new(texts.clone().into_iter());
        let hits = numbered.all_hits(50);
        for (query, a) in texts.iter().enumerate() {
            for (stored, b) in texts.iter().enumerate() {
                let longer = a.len().max(b.len());
                let truth = percent(longer - distance(a, b), longer);
                let hit = hits[query].iter().find(|hit| hit.stored as usize == stored);
                let wanted = (stored != query && truth >= 50).then_some(truth);
                assert_eq!(hit.map(|hit| hit.percent), wanted);
            }
        }
    }
}
