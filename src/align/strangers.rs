//! Whether two texts are editions of one text at all.
//!
//! The search finds the best pairing of any two texts. What lengths and words say for the beads it found tells editions from strangers: it
//! is high for the one and about nothing for the other. Where marks and paragraphs stand is not asked, since letters are alike in that.
//! Of few segments nobody can tell for sure, so their beads are less sure too.

use super::Edition;
use super::pair::PairAlignment;

/// Texts of fewer segments than this are short.
const SHORT: usize = 16;

/// Fewer segments than this say too little.
const ENOUGH: usize = 8;

/// What lengths and words say of an average bead of editions, at least (a log-likelihood ratio); and if they are short.
const CONTENT: f64 = 2.0;
const CONTENT_IF_SHORT: f64 = 1.0;

/// Surer than this on average, two texts are editions all the same.
const SURE: f64 = 0.8;

/// What all beads of a short text have to say together for it to be as likely as not that it is an edition of the other, and how fast
/// that grows.
const EVEN: f64 = 10.0;
const SPREAD: f64 = 4.0;

/// Whether two editions look like strangers to each other.
pub(super) fn are_strangers(a: &Edition, b: &Edition, found: &PairAlignment) -> bool {
    let shorter = a.segments.len().min(b.segments.len());
    let least = if shorter < SHORT {
        CONTENT_IF_SHORT
    } else {
        CONTENT
    };
    let all = found.beads.iter().map(|bead| bead.confidence);
    let sure = all.sum::<f64>() / found.beads.len().max(1) as f64;
    let is_given = found.beads.iter().any(|bead| bead.is_given);
    shorter >= ENOUGH && found.content < least && sure < SURE && !is_given
}

/// How likely two texts are editions of one text, as far as a short text can tell: from 0 to 1.
pub(super) fn are_editions(a: &Edition, b: &Edition, found: &PairAlignment) -> f64 {
    if a.segments.len().min(b.segments.len()) >= SHORT {
        return 1.0;
    }
    let shared = found.beads.iter().filter(|bead| bead.is_shared()).count();
    let all = found.content * shared as f64;
    1.0 / (1.0 + (-(all - EVEN) / SPREAD).exp())
}

#[cfg(test)]
mod tests {
    use crate::align::{Document, Edition, NoLexicon, PairedBeads, align_documents};
    use crate::text::language::Language;

    fn aligned(a: (&str, &[&str]), b: (&str, &[&str])) -> PairedBeads {
        let edition = |(tag, texts): (&str, &[&str])| {
            let paragraphs = texts.iter().map(|text| [*text]);
            Edition::new(Language::from_file(tag), paragraphs)
        };
        let document = Document {
            editions: vec![edition(a), edition(b)],
            fixed: Vec::new(),
        };
        let aligned = align_documents(&[document], &NoLexicon, &mut |_, _| Ok(())).unwrap();
        aligned.into_iter().next().unwrap().pairs.remove(0)
    }

    #[test]
    fn a_few_lines_with_nothing_in_common_are_not_sure() {
        let english = [
            "Dear friends,",
            "The bridge is closed until autumn.",
            "Please use the ferry.",
            "Tickets are free.",
            "Yours,",
        ];
        let persian = [
            "دوستان گرامی،",
            "کتاب‌های تازه به کتابخانه رسید.",
            "نان امروز گران شد.",
            "گربه خوابید.",
            "با احترام،",
        ];
        let found = aligned(("en", &english), ("fa", &persian));
        assert!(
            found.beads.iter().all(|bead| bead.confidence < 0.7),
            "{found:?}"
        );
        let one = aligned(
            ("en", &["The committee rejected the budget."]),
            ("fa", &["سیب سرخ است."]),
        );
        assert!(
            one.beads.iter().all(|bead| bead.confidence < 0.5),
            "{one:?}"
        );
    }
}
