//! Character n-grams of texts, what two texts have in common of them, and chrF, the measure of usefulness.

/// The longest n-gram.
pub(super) const LONGEST: usize = 6;

/// How many n-grams of each length from 1 on.
pub(super) type Counts = [u32; LONGEST];

/// All n-grams of a text, sorted, so that two texts are compared in one pass.
pub(super) struct Profile {
    grams: Vec<u32>,
    pub(super) totals: Counts,
}

impl Profile {
    pub(super) fn new(letters: impl Iterator<Item = char>) -> Self {
        let letters: Vec<char> = letters.collect();
        let mut grams = Vec::with_capacity(letters.len() * LONGEST);
        let mut totals = [0; LONGEST];
        for start in 0..letters.len() {
            let mut hash = 0x811c_9dc5_u64;
            let ends = letters.iter().skip(start).zip(&mut totals).enumerate();
            for (order, (letter, total)) in ends {
                hash = (hash ^ u64::from(*letter)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                *total += 1;
                grams.push(((order as u32) << 29) | (hash >> 35) as u32);
            }
        }
        grams.sort_unstable();
        Profile { grams, totals }
    }

    /// A text as chrF sees it: without white space.
    pub(super) fn solid(text: &str) -> Self {
        Self::new(text.chars().filter(|letter| !letter.is_whitespace()))
    }

    /// How many n-grams of each length two texts share, each as often as in the text that has it less often.
    pub(super) fn common(&self, other: &Self) -> Counts {
        let mut common = [0; LONGEST];
        let (mut a, mut b) = (self.grams.iter().peekable(), other.grams.iter().peekable());
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            if x <= y {
                if x == y {
                    if let Some(count) = common.get_mut((**x >> 29) as usize) {
                        *count += 1;
                    }
                    b.next();
                }
                a.next();
            } else {
                b.next();
            }
        }
        common
    }
}

/// chrF of a text against the true one, 0 to 100: precision and recall averaged over the lengths that both texts reach.
pub(super) fn chrf(
    common: &Counts,
    text: &Counts,
    truth: &Counts,
    lengths: std::ops::RangeInclusive<usize>,
    beta: f64,
) -> f64 {
    let (mut precision, mut recall, mut count) = (0.0, 0.0, 0.0);
    for length in lengths {
        let at = |counts: &Counts| counts.get(length - 1).copied().map_or(0.0, f64::from);
        if at(text) > 0.0 && at(truth) > 0.0 {
            precision += at(common) / at(text);
            recall += at(common) / at(truth);
            count += 1.0;
        }
    }
    if precision + recall == 0.0 {
        return 0.0;
    }
    let (precision, recall, factor) = (precision / count, recall / count, beta * beta);
    100.0 * (1.0 + factor) * precision * recall / (factor * precision + recall)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chrf_agrees_with_counting_by_hand() {
        // Against "abcd", "abce" has 3 of 4 letters, 2 of 3 pairs, 1 of 2 triples, 0 of 1.
        let (text, truth) = (Profile::solid("ab ce"), Profile::solid("a bcd"));
        let common = text.common(&truth);
        assert_eq!(common, [3, 2, 1, 0, 0, 0]);
        let got = chrf(&common, &text.totals, &truth.totals, 1..=6, 2.0);
        let mean = (3.0 / 4.0 + 2.0 / 3.0 + 1.0 / 2.0) / 4.0;
        assert!((got - 100.0 * mean).abs() < 1e-9);
    }

    #[test]
    fn repeated_grams_count_as_often_as_both_have_them() {
        let common = Profile::solid("aaa").common(&Profile::solid("aa"));
        assert_eq!(common, [2, 1, 0, 0, 0, 0]);
    }
}
