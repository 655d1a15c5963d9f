//! The score by characters that the peers are compared by, the best few of many, and recall that does not mind ties.

use rapidfuzz::distance::levenshtein::{Args, BatchComparator};

/// Room for what floating point does to a score that is just the threshold.
const SLACK: f64 = 1e-9;

/// A query that is compared with many texts: 1 − Levenshtein distance over characters ÷ length of the longer text.
pub(crate) struct Characters {
    comparator: BatchComparator<char>,
}

impl Characters {
    pub(crate) fn new(query: &str) -> Self {
        Characters {
            comparator: BatchComparator::new(query.chars()),
        }
    }

    /// The score, if it reaches the cutoff.
    pub(crate) fn score(&self, text: &str, cutoff: f64) -> Option<f64> {
        let arguments = Args::default().score_cutoff(cutoff - SLACK);
        self.comparator
            .normalized_similarity_with_args(text.chars(), &arguments)
    }
}

/// The best scores so far, at most `limit`, none below the threshold.
pub(crate) struct Best {
    threshold: f64,
    limit: usize,
    scores: Vec<f64>,
}

impl Best {
    pub(crate) fn new(threshold: u8, limit: usize) -> Self {
        Best {
            threshold: f64::from(threshold) / 100.0,
            limit,
            scores: Vec::with_capacity(limit.min(64) + 1),
        }
    }

    /// What a further score has to reach to change anything.
    pub(crate) fn cutoff(&self) -> f64 {
        match self.scores.last() {
            Some(last) if self.scores.len() >= self.limit => *last,
            _ => self.threshold,
        }
    }

    pub(crate) fn add(&mut self, score: f64) {
        if score < self.threshold - SLACK {
            return;
        }
        let place = self.scores.partition_point(|held| *held >= score);
        self.scores.insert(place, score);
        self.scores.truncate(self.limit);
    }

    /// The scores, the best first.
    pub(crate) fn into_scores(self) -> Vec<f64> {
        self.scores
    }
}

/// How many of the true scores a list attains, and how many there are. Both are sorted, the best first. Which text has a score
/// does not matter, so that ties cost nobody anything.
pub(crate) fn attained(truth: &[f64], found: &[f64]) -> (usize, usize) {
    let pairs = truth.iter().zip(found);
    let attained = pairs.filter(|(wanted, got)| **got >= **wanted - SLACK);
    (attained.count(), truth.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_are_kept_and_the_cutoff_rises() {
        let mut best = Best::new(70, 2);
        for score in [0.5, 0.7, 0.9, 0.8] {
            best.add(score);
        }
        assert_eq!(best.cutoff(), 0.8);
        assert_eq!(best.into_scores(), [0.9, 0.8]);
    }

    #[test]
    fn a_score_at_the_threshold_counts() {
        for length in 1..200_usize {
            let query = "a".repeat(length);
            let same = (70 * length).div_ceil(100);
            let text = "a".repeat(same) + &"b".repeat(length - same);
            let score = Characters::new(&query).score(&text, 0.7);
            assert!(score.is_some(), "{length}");
        }
    }

    #[test]
    fn recall_does_not_mind_ties() {
        assert_eq!(attained(&[0.9, 0.8, 0.8], &[0.9, 0.8]), (2, 3));
        assert_eq!(attained(&[0.9, 0.8], &[0.8, 0.8]), (1, 2));
        assert_eq!(attained(&[], &[]), (0, 0));
    }
}
