//! Editions of one text, published apart, are brought together into beads.
//!
//! A bead says which segments of each edition carry the same content: one to one, merged, split, or without a partner. All texts of a
//! call are aligned in several passes (`passes`), two editions at a time: near anchors if they are long (`anchors`, `band`), by a search over all
//! orderly pairings (`pair`), scored by lengths, marks, numbers and paragraphs (`evidence`) and by words (`words`). Words are known by number
//! (`vocabulary`); which translate each other is known by their forms (`forms`) and sounds (`names`), from the beads of the pass before, and from a
//! [`Lexicon`] (`lexicon`). What stands in another order is looked for in what is left (`crossed`). Likelihoods become confidences
//! (`confidence`), strangers are told from editions (`strangers`), and pairs are joined into beads over all editions (`join`).
//!
//! This floor never opens a memory; it knows segments and nothing of where they go.

mod anchors;
mod band;
mod confidence;
mod crossed;
mod evidence;
mod forms;
mod join;
mod lexicon;
mod names;
mod pair;
mod passes;
mod strangers;
mod vocabulary;
mod words;

pub use join::{in_reading_order, join};
pub use lexicon::{Lexicon, NoLexicon, TaughtPair, known_by, learn, teaches};

use crate::error::{Error, Progress, Result};
use crate::text::language::Language;

/// One whole text in one language, cut into segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The language.
    pub language: Language,
    /// The segments, in order.
    pub segments: Vec<EditionSegment>,
}

impl Edition {
    /// An edition from its paragraphs, each with the texts of its segments.
    pub fn new<'a, P>(language: Language, paragraphs: impl IntoIterator<Item = P>) -> Self
    where
        P: IntoIterator<Item = &'a str>,
    {
        let mut segments = Vec::new();
        for paragraph in paragraphs {
            let start = segments.len();
            segments.extend(paragraph.into_iter().map(|text| EditionSegment {
                text: text.to_owned(),
                opens_paragraph: false,
                closes_paragraph: false,
            }));
            if let Some(first) = segments.get_mut(start) {
                first.opens_paragraph = true;
            }
            if let Some(last) = segments.last_mut() {
                last.closes_paragraph = true;
            }
        }
        Edition { language, segments }
    }
}

/// A segment of an edition and how it stands in its paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionSegment {
    /// The text.
    pub text: String,
    /// Whether it is the first of its paragraph.
    pub opens_paragraph: bool,
    /// Whether it is the last of its paragraph.
    pub closes_paragraph: bool,
}

/// Segments of the editions that carry the same content.
#[derive(Clone, Debug, PartialEq)]
pub struct Bead {
    /// For each edition, in the order given, the numbers of its segments, from 0, growing. Empty if it has none.
    pub segments: Vec<Vec<usize>>,
    /// How sure it is that exactly these belong together: from 0 to 1.
    pub confidence: f64,
    /// Whether it stands in another order in one edition than in another.
    pub crossed: bool,
}

/// The editions of one text, to be brought together.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Two to four editions.
    pub editions: Vec<Edition>,
    /// Beads that are given: for each the segments of every edition. They stay as they are.
    pub fixed: Vec<Vec<Vec<usize>>>,
}

/// What was found of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// The beads over all editions: every segment is in exactly one of them.
    pub beads: Vec<Bead>,
    /// The beads of each two editions, which can be finer: where a third edition merges two sentences, the other two still go
    /// sentence by sentence.
    pub pairs: Vec<PairedBeads>,
}

/// The beads of two editions.
#[derive(Clone, Debug, PartialEq)]
pub struct PairedBeads {
    /// The numbers of the editions.
    pub editions: (usize, usize),
    /// The beads, with two sides each.
    pub beads: Vec<Bead>,
    /// Whether the two do not look like editions of one text at all.
    pub strangers: bool,
}

impl Bead {
    /// How many editions take part.
    pub fn editions(&self) -> usize {
        self.segments.iter().filter(|own| !own.is_empty()).count()
    }
}

/// Brings two to four editions together. Every segment is in exactly one bead; beads come in the order of the first edition,
/// what it lacks standing where its neighbours in another edition stand.
///
/// Progress is told in pairs of editions, each as often as it is aligned.
///
/// # Errors
/// If there are fewer than two or more than four editions, one of them has no segments, or what `progress` returns.
///
/// ```
/// use tarjuman::align::{align, Edition};
/// use tarjuman::text::language::Language;
/// let edition = |tag, paragraphs: &[&'static [&'static str]]| {
///     Edition::new(Language::from_file(tag), paragraphs.iter().map(|texts| texts.iter().copied()))
/// };
/// let beads = align(&[
///     edition("en", &[&["Dear Friends,"], &["We met on 12 March, and it was a good day.", "Is it so?"]]),
///     edition("sq", &[&["Të dashur miq,"], &["U takuam më 12 mars.", "Ishte një ditë e mirë.", "A është kështu?"]]),
/// ], &mut |_, _| Ok(()))?;
/// let found: Vec<_> = beads.iter().map(|bead| (bead.segments[0].len(), bead.segments[1].len())).collect();
/// assert_eq!(found, [(1, 1), (1, 2), (1, 1)]);
/// # Ok::<(), tarjuman::error::Error>(())
/// ```
pub fn align(editions: &[Edition], progress: Progress<'_>) -> Result<Vec<Bead>> {
    let document = Document {
        editions: editions.to_vec(),
        fixed: Vec::new(),
    };
    let mut aligned = align_documents(&[document], &NoLexicon, progress)?;
    Ok(aligned
        .pop()
        .map_or_else(Vec::new, |alignment| alignment.beads))
}

/// The same for many documents.
///
/// # Errors
/// As for [`align`]; and what the lexicon returns.
pub fn align_documents(
    documents: &[Document],
    lexicon: &dyn Lexicon,
    progress: Progress<'_>,
) -> Result<Vec<Alignment>> {
    for document in documents {
        if !(2..=4).contains(&document.editions.len()) {
            return Err(Error::request("two to four editions can be aligned"));
        }
        let mut editions = document.editions.iter();
        if let Some(empty) = editions.find(|edition| edition.segments.is_empty()) {
            let name = empty.language.english_name();
            return Err(Error::request(format!("the {name} edition has no text")));
        }
    }
    let pairs = passes::align(documents, lexicon, progress)?;
    let mut aligned = Vec::with_capacity(documents.len());
    for (document, pairs) in documents.iter().zip(&pairs) {
        let mut pairs: Vec<PairedBeads> = pairs
            .iter()
            .map(|pair| join::paired(pair, document))
            .collect();
        for pair in &mut pairs {
            join::give(pair, document);
        }
        let counts: Vec<usize> = document
            .editions
            .iter()
            .map(|edition| edition.segments.len())
            .collect();
        let all: Vec<usize> = (0..counts.len()).collect();
        aligned.push(Alignment {
            beads: join(&pairs, &counts, &all),
            pairs,
        });
    }
    Ok(aligned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn align(editions: &[Edition]) -> Result<Vec<Bead>> {
        super::align(editions, &mut |_, _| Ok(()))
    }

    fn edition(tag: &str, paragraphs: &[Vec<String>]) -> Edition {
        let texts = paragraphs
            .iter()
            .map(|texts| texts.iter().map(String::as_str));
        Edition::new(Language::from_file(tag), texts)
    }

    #[test]
    fn too_few_and_empty_editions_are_refused() {
        let one = edition("en", &[vec!["One.".to_owned()]]);
        assert!(align(std::slice::from_ref(&one)).is_err());
        assert!(align(&[one, edition("fa", &[])]).is_err());
    }

    #[test]
    fn numbers_that_contradict_make_a_pair_doubtful() {
        let texts = |sum: &str| {
            vec![
                vec!["Dear Friends,".to_owned()],
                vec![format!("Payment: {sum} euro.")],
                vec!["Yours,".to_owned()],
            ]
        };
        let sure = |a: &str, b: &str| {
            let beads = align(&[edition("en", &texts(a)), edition("sq", &texts(b))]).unwrap();
            beads[1].confidence
        };
        // So short texts are never quite sure.
        assert!(sure("500", "500") > 2.0 * sure("500", "900"));
        // A year may be another in another calendar.
        assert!(sure("2025", "1404") > 1.5 * sure("500", "900"));
    }

    proptest! {
        #[test]
        fn every_segment_is_in_exactly_one_bead(
            texts in prop::collection::vec(prop::collection::vec(prop::collection::vec("[a-zë ]{0,30}[.?!,]?|[0-9]{1,4}|مرحبا ١٢", 1..4), 1..6), 2..5)
        ) {
            let tags = ["en", "fa", "ar", "sq"];
            let editions: Vec<_> = texts.iter().zip(tags).map(|(text, tag)| edition(tag, text)).collect();
            let beads = align(&editions).unwrap();
            for (index, edition) in editions.iter().enumerate() {
                let mut seen: Vec<_> = beads.iter().flat_map(|bead| bead.segments[index].clone()).collect();
                seen.sort_unstable();
                prop_assert_eq!(seen, (0..edition.segments.len()).collect::<Vec<_>>());
            }
            for bead in &beads {
                prop_assert!((0.0..=1.0).contains(&bead.confidence));
                prop_assert!(bead.editions() > 0);
                for own in &bead.segments {
                    prop_assert!(own.windows(2).all(|pair| pair[0] < pair[1]));
                }
            }
            prop_assert_eq!(align(&editions).unwrap(), beads);
        }
    }
}
