//! Means, and how sure a difference of means is.

pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The middle 95 % of the mean of the groups' means, when each group is drawn again and again with replacement.
pub(super) fn bootstrap(groups: &[Vec<f64>]) -> (f64, f64) {
    const ROUNDS: usize = 1000;
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut drawn = |group: &Vec<f64>| {
        let mut sum = 0.0;
        for _ in group {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            sum += group[(seed % group.len() as u64) as usize];
        }
        sum / group.len().max(1) as f64
    };
    let mut means: Vec<f64> = (0..ROUNDS)
        .map(|_| mean(&groups.iter().map(&mut drawn).collect::<Vec<f64>>()))
        .collect();
    means.sort_by(f64::total_cmp);
    (means[ROUNDS / 40], means[ROUNDS - 1 - ROUNDS / 40])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_are_sure() {
        assert_eq!(bootstrap(&[vec![1.0; 9], vec![3.0; 4]]), (2.0, 2.0));
    }
}
