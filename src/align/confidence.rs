//! How often beads are right, given how likely the search takes them to be.
//!
//! The search is too sure of itself: words repeat what lengths have said, and a lexicon learnt from the very beads that it then judges
//! confirms them. How much too sure depends on where the words are from and on how the document went as a whole. A logistic curve
//! over these (Platt 1999, “Probabilistic Outputs”) makes a confidence of the likelihood; it was fitted to the development documents that
//! docs/alignment.md names, over all ways to call the aligner at once.

use super::pair::PairBead;

/// What the words of a pair are known from.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Support {
    /// The logarithm of how many times as many beads as its own have taught its words, from 0 (none but its own) to 3.
    pub(super) pooled: f64,
    /// Which share of its words the lexicon knew before, from 0 to 1.
    pub(super) known: f64,
    /// Whether there are more editions, which say again what is known already.
    pub(super) several: bool,
}

/// The weights: of the log odds of the bead, of those of the mean over the document, of being one to one, of several editions, of pooled
/// and of known words, and the constant.
const OWN: f64 = 0.485;
const DOCUMENT: f64 = 0.713;
const ONE_TO_ONE: f64 = 0.691;
const SEVERAL: f64 = -0.421;
const POOLED: f64 = 0.269;
const KNOWN: f64 = 0.089;
const CONSTANT: f64 = -2.724;

/// How much of the log odds is believed of what is rather wrong than right.
const DOUBTFUL: f64 = 0.8;

/// Makes confidences of the likelihoods of a pair's beads. What was given stays sure.
pub(super) fn calibrate(beads: &mut [PairBead], support: Support) {
    let mean = beads.iter().map(|bead| bead.confidence).sum::<f64>() / beads.len().max(1) as f64;
    let document = log_odds(mean, 5.0);
    for bead in beads.iter_mut().filter(|bead| !bead.is_given) {
        let one_to_one = bead.a.1 == 1 && bead.b.1 == 1;
        let odds = OWN * log_odds(bead.confidence, 7.0)
            + DOCUMENT * document
            + ONE_TO_ONE * f64::from(one_to_one)
            + SEVERAL * f64::from(support.several)
            + POOLED * support.pooled
            + KNOWN * support.known
            + CONSTANT;
        let odds = if odds < 0.0 { DOUBTFUL * odds } else { odds };
        bead.confidence = 1.0 / (1.0 + (-odds).exp());
    }
}

fn log_odds(likely: f64, most: f64) -> f64 {
    let odds = likely.max(1e-9).ln() - (1.0 - likely).max(1e-9).ln();
    odds.clamp(-most, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bead(confidence: f64, is_given: bool) -> PairBead {
        PairBead {
            a: (0, 1),
            b: (0, 1),
            confidence,
            is_given,
            is_crossed: false,
        }
    }

    #[test]
    fn the_order_stays_and_what_was_given_stays_sure() {
        let mut beads: Vec<PairBead> = (0..=20)
            .map(|step| bead(f64::from(step) / 20.0, false))
            .collect();
        beads.push(bead(1.0, true));
        calibrate(&mut beads, Support::default());
        assert!(
            beads
                .windows(2)
                .all(|pair| pair[0].confidence <= pair[1].confidence)
        );
        assert!(
            beads
                .iter()
                .all(|bead| (0.0..=1.0).contains(&bead.confidence))
        );
        assert_eq!(beads[21].confidence, 1.0);
        assert!(beads[20].confidence < 0.999);
    }

    #[test]
    fn what_is_known_from_elsewhere_is_surer() {
        let sure = |support| {
            let mut beads = [bead(0.9, false), bead(0.95, false)];
            calibrate(&mut beads, support);
            beads[0].confidence
        };
        let alone = Support::default();
        assert!(
            sure(Support {
                pooled: 2.0,
                ..alone
            }) > sure(alone)
        );
        assert!(
            sure(Support {
                several: true,
                ..alone
            }) < sure(alone)
        );
    }
}
