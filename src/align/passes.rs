//! All documents of a call, pair by pair, in several passes: what the beads of one pass teach, the next one knows.
//!
//! Words are learnt over all documents, for each pair of languages. Of a document in three or four editions each pair hears what
//! the others say about it: if English and Persian agree on a link and Persian and Arabic do, English and Arabic hear of it. The
//! product of the two links' likelihoods, over all segments between, is added to the evidence.

use std::collections::BTreeMap;

use super::Document;
use super::anchors;
use super::band::Banded;
use super::confidence::{Support, calibrate};
use super::evidence::{LengthLaw, Run, runs};
use super::lexicon::{BothWays, Lesson, Lexicon, Translations};
use super::pair::{Fixed, PairAlignment, PairBead, Question};
use super::vocabulary::{EditionWords, Vocabulary};
use super::words::{Known, WordEvidence};
use crate::error::{Progress, Result};

/// How often everything is aligned, each time with what the time before taught.
const PASSES: usize = 4;

/// How much a link through a third edition weighs, and the likelihood from which it speaks for and not against.
const HEARSAY_WEIGHT: f64 = 3.0;
const HEARSAY_NEUTRAL: f64 = 0.15;

/// How sure a bead must be to teach.
const TEACHES: f64 = 0.3;

/// Two editions of a document and what was found of them so far.
pub(super) struct Pair {
    /// The numbers of the editions in their document. The language of the first comes first among those of the call.
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) alignment: PairAlignment,
    forms: BothWays,
    law: LengthLaw,
    fixed: Fixed,
    support: Support,
}

impl Pair {
    /// How many of its beads have both sides.
    fn shared(&self) -> usize {
        let beads = self.alignment.beads.iter();
        beads.filter(|bead| bead.is_shared()).count()
    }
}

/// A document of the call.
struct Work<'d> {
    document: &'d Document,
    /// For each edition the number of its language.
    languages: Vec<usize>,
    runs: Vec<Vec<Vec<Run>>>,
    words: Vec<EditionWords>,
    pairs: Vec<Pair>,
}

/// Aligns all pairs of editions of all documents; the pairs of each document come in the order of its editions.
pub(super) fn align(
    documents: &[Document],
    lexicon: &dyn Lexicon,
    progress: Progress<'_>,
) -> Result<Vec<Vec<Pair>>> {
    let mut vocabularies: Vec<Vocabulary> = Vec::new();
    let mut works: Vec<Work<'_>> = Vec::new();
    for document in documents {
        works.push(Work::new(document, &mut vocabularies));
    }
    for work in &mut works {
        work.make_pairs(&vocabularies);
    }
    let known = known(&works, &vocabularies, lexicon)?;
    for work in &mut works {
        work.see_support(&known);
    }
    let mut learnt: BTreeMap<(usize, usize), BothWays> = BTreeMap::new();
    let pairs: usize = works.iter().map(|work| work.pairs.len()).sum();
    let total = (pairs * PASSES) as u64;
    let mut done = 0;
    for pass in 1..=PASSES {
        // What is learnt is added to what was known.
        let lexicons: BTreeMap<(usize, usize), BothWays> = known
            .iter()
            .map(|(languages, known)| {
                let mut all = known.clone();
                if let Some(learnt) = learnt.get(languages) {
                    all.there = all.there.with(&learnt.there);
                    all.back = all.back.with(&learnt.back);
                }
                (*languages, all)
            })
            .collect();
        for work in &mut works {
            let heard = (pass > 1 && work.runs.len() > 2).then(|| work.hearsay());
            for number in 0..work.pairs.len() {
                progress(done, total)?;
                let heard = heard.as_ref().and_then(|heard| heard.get(number));
                work.align(number, &lexicons, heard);
                done += 1;
            }
        }
        if pass < PASSES {
            learnt = learn(&works, &vocabularies);
        }
    }
    let taught = taught(&works);
    for work in &mut works {
        for pair in &mut work.pairs {
            let all = taught.get(&(work.languages[pair.a], work.languages[pair.b]));
            let times = all.copied().unwrap_or(0) as f64 / pair.shared().max(1) as f64;
            pair.support.pooled = times.max(1.0).ln().min(3.0);
            calibrate(&mut pair.alignment.beads, pair.support);
        }
    }
    Ok(works.into_iter().map(|work| work.pairs).collect())
}

/// How many beads with both sides there are of each pair of languages.
fn taught(works: &[Work<'_>]) -> BTreeMap<(usize, usize), usize> {
    let mut taught = BTreeMap::new();
    for work in works {
        for pair in &work.pairs {
            let languages = (work.languages[pair.a], work.languages[pair.b]);
            *taught.entry(languages).or_default() += pair.shared();
        }
    }
    taught
}

/// What a lexicon knows of all pairs of languages that stand together in a document.
fn known(
    works: &[Work<'_>],
    vocabularies: &[Vocabulary],
    lexicon: &dyn Lexicon,
) -> Result<BTreeMap<(usize, usize), BothWays>> {
    let mut known = BTreeMap::new();
    for work in works {
        for pair in &work.pairs {
            let languages = (work.languages[pair.a], work.languages[pair.b]);
            if known.contains_key(&languages) {
                continue;
            }
            let (a, b) = (&vocabularies[languages.0], &vocabularies[languages.1]);
            let both = BothWays {
                there: Translations::known(lexicon, a, b)?,
                back: Translations::known(lexicon, b, a)?,
            };
            known.insert(languages, both);
        }
    }
    Ok(known)
}

/// What the beads found so far teach, for each pair of languages.
fn learn(works: &[Work<'_>], vocabularies: &[Vocabulary]) -> BTreeMap<(usize, usize), BothWays> {
    let mut lessons: BTreeMap<(usize, usize), Vec<Lesson>> = BTreeMap::new();
    for work in works {
        for pair in &work.pairs {
            let languages = (work.languages[pair.a], work.languages[pair.b]);
            let own = lessons.entry(languages).or_default();
            let beads = pair.alignment.beads.iter();
            let teaching = beads.filter(|bead| bead.is_shared() && bead.confidence >= TEACHES);
            own.extend(teaching.map(|bead| Lesson {
                a: work.words[pair.a].of(bead.a).collect(),
                b: work.words[pair.b].of(bead.b).collect(),
                weight: bead.confidence,
            }));
        }
    }
    let learnt = lessons.into_iter().map(|(languages, lessons)| {
        let sizes = (
            vocabularies[languages.0].len(),
            vocabularies[languages.1].len(),
        );
        (languages, BothWays::learnt(&lessons, sizes))
    });
    learnt.collect()
}

impl<'d> Work<'d> {
    fn new(document: &'d Document, vocabularies: &mut Vec<Vocabulary>) -> Self {
        let mut languages = Vec::new();
        let mut words = Vec::new();
        for edition in &document.editions {
            let known = vocabularies
                .iter()
                .position(|known| known.language == edition.language);
            let number = known.unwrap_or_else(|| {
                vocabularies.push(Vocabulary::new(edition.language.clone()));
                vocabularies.len() - 1
            });
            languages.push(number);
            words.push(EditionWords::new(edition, &mut vocabularies[number]));
        }
        Work {
            document,
            languages,
            runs: document.editions.iter().map(runs).collect(),
            words,
            pairs: Vec::new(),
        }
    }

    fn make_pairs(&mut self, vocabularies: &[Vocabulary]) {
        let count = self.languages.len();
        for first in 0..count {
            for second in first + 1..count {
                let (a, b) = if self.languages[first] <= self.languages[second] {
                    (first, second)
                } else {
                    (second, first)
                };
                let side =
                    |edition: usize| (&vocabularies[self.languages[edition]], &self.words[edition]);
                let total = |edition: usize| -> f64 {
                    let single = self.runs[edition].iter().filter_map(|run| run.first());
                    single.map(Run::length).sum()
                };
                let size = |edition: usize| self.document.editions[edition].segments.len();
                let given = self
                    .document
                    .fixed
                    .iter()
                    .flat_map(|bead| given(bead, a, b));
                self.pairs.push(Pair {
                    a,
                    b,
                    alignment: PairAlignment::default(),
                    forms: BothWays {
                        there: Translations::by_form(side(a), side(b)),
                        back: Translations::by_form(side(b), side(a)),
                    },
                    // The ratio of lengths is a property of the two editions. The first pass takes it from their totals, the
                    // others from the beads found before.
                    law: LengthLaw {
                        ratio: (total(b) / total(a)).ln().clamp(-1.0, 1.0),
                    },
                    support: Support {
                        several: count > 2,
                        ..Support::default()
                    },
                    fixed: Fixed::new(&given.collect::<Vec<_>>(), (size(a), size(b))),
                });
            }
        }
    }

    fn see_support(&mut self, known: &BTreeMap<(usize, usize), BothWays>) {
        for pair in &mut self.pairs {
            let Some(both) = known.get(&(self.languages[pair.a], self.languages[pair.b])) else {
                continue;
            };
            let sides = [
                (&self.words[pair.a], &both.there),
                (&self.words[pair.b], &both.back),
            ];
            let shares = sides.into_iter().flat_map(|(words, known)| {
                let shares = words.shares.iter();
                shares
                    .filter(|(word, _)| !known.of(*word).is_empty())
                    .map(|(_, share)| share)
            });
            pair.support.known = shares.sum::<f64>() / 2.0;
        }
    }

    fn align(
        &mut self,
        number: usize,
        lexicons: &BTreeMap<(usize, usize), BothWays>,
        heard: Option<&Banded<f32>>,
    ) {
        let several = self.runs.len() > 2;
        let pair = &mut self.pairs[number];
        let (a, b) = (pair.a, pair.b);
        let Some(learnt) = lexicons.get(&(self.languages[a], self.languages[b])) else {
            return;
        };
        let there = Known {
            forms: &pair.forms.there,
            learnt: &learnt.there,
        };
        let back = Known {
            forms: &pair.forms.back,
            learnt: &learnt.back,
        };
        let (a_words, b_words) = (&self.words[a], &self.words[b]);
        let band = anchors::band(a_words, b_words, there, pair.fixed.chain());
        let words = WordEvidence::new(a_words, b_words, there, back, &band.of_segments());
        let question = Question {
            a: &self.runs[a],
            b: &self.runs[b],
            law: pair.law,
            words: &words,
            hearsay: heard,
            fixed: &pair.fixed,
            band: &band,
        };
        pair.alignment = question.answer(several);
        pair.law.ratio = learnt_ratio(
            &pair.alignment.beads,
            &self.runs[a],
            &self.runs[b],
            pair.law.ratio,
        );
    }

    /// The likelihoods of links between two editions, seen from the first: for each of its segments the linked ones.
    fn linked(&self, from: usize, to: usize) -> Vec<Vec<(usize, f64)>> {
        let mut linked = vec![Vec::new(); self.runs[from].len()];
        for pair in &self.pairs {
            let turned = (pair.a, pair.b) == (to, from);
            if !turned && (pair.a, pair.b) != (from, to) {
                continue;
            }
            let Some(links) = &pair.alignment.links else {
                continue;
            };
            for (i, j, likely) in links.cells() {
                if likely > 0.01 {
                    let (own, other) = if turned { (j, i) } else { (i, j) };
                    linked[own].push((other, f64::from(likely)));
                }
            }
        }
        linked
    }

    /// What the other editions say about each pair.
    fn hearsay(&self) -> Vec<Banded<f32>> {
        let heard = self.pairs.iter().map(|pair| {
            let (n, m) = (self.runs[pair.a].len(), self.runs[pair.b].len());
            let others = (0..self.runs.len()).filter(|other| *other != pair.a && *other != pair.b);
            let weight = HEARSAY_WEIGHT / (self.runs.len() - 2) as f64;
            let neutral = (-HEARSAY_WEIGHT * HEARSAY_NEUTRAL) as f32;
            let mut values = match &pair.alignment.links {
                Some(links) => links.with(neutral),
                None => Banded::new(&super::band::Band::whole(n, m), neutral),
            };
            for other in others {
                let (left, right) = (self.linked(other, pair.a), self.linked(other, pair.b));
                for (left, right) in left.iter().zip(&right) {
                    // A segment between that says what several here say tells less about which of them belong together.
                    let sum = |side: &[(usize, f64)]| {
                        side.iter().map(|(_, likely)| likely).sum::<f64>().max(1.0)
                    };
                    let share = weight / (sum(left) * sum(right)).sqrt();
                    for (i, x) in left {
                        for (j, y) in right {
                            if let Some(value) = values.get_mut(*i, *j) {
                                *value += (share * x * y) as f32;
                            }
                        }
                    }
                }
            }
            values
        });
        heard.collect()
    }
}

/// What a given bead of all editions says of two of them: what they share, or which segments of either have no partner. A side
/// that is no single run cannot be a step of the search; its segments stand apart.
fn given(bead: &[Vec<usize>], a: usize, b: usize) -> Vec<PairBead> {
    let run = |edition: usize| {
        let own = bead.get(edition).map_or(&[][..], Vec::as_slice);
        let start = own.first().copied().unwrap_or(0);
        let is_run = own
            .iter()
            .enumerate()
            .all(|(at, segment)| *segment == start + at);
        (own, (start, own.len()), is_run)
    };
    let ((left, a_span, a_run), (right, b_span, b_run)) = (run(a), run(b));
    if !left.is_empty() && !right.is_empty() && a_run && b_run {
        return vec![PairBead {
            a: a_span,
            b: b_span,
            confidence: 1.0,
            is_given: true,
            is_crossed: false,
        }];
    }
    let alone = |a, b| PairBead {
        a,
        b,
        confidence: 1.0,
        is_given: true,
        is_crossed: false,
    };
    let left = left.iter().map(|segment| alone((*segment, 1), (0, 0)));
    left.chain(right.iter().map(|segment| alone((0, 0), (*segment, 1))))
        .collect()
}

/// The median log ratio of the one-to-one beads, drawn towards the one before where there are few.
fn learnt_ratio(beads: &[PairBead], a: &[Vec<Run>], b: &[Vec<Run>], before: f64) -> f64 {
    let length =
        |runs: &[Vec<Run>], at: usize| runs.get(at).and_then(|run| run.first()).map(Run::length);
    let mut ratios: Vec<f64> = beads
        .iter()
        .filter(|bead| bead.a.1 == 1 && bead.b.1 == 1)
        .filter_map(|bead| Some((length(b, bead.b.0)? / length(a, bead.a.0)?).ln()))
        .collect();
    ratios.sort_unstable_by(f64::total_cmp);
    let Some(median) = ratios.get(ratios.len() / 2) else {
        return before;
    };
    let weight = ratios.len() as f64 / (ratios.len() as f64 + 4.0);
    weight * median + (1.0 - weight) * before
}
