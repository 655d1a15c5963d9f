//! What says, from the source side alone, how much the target of a stored segment will help.

use super::grams::chrf;
use super::pairs::{Letters, Pair};

/// A predictor: the higher, the better.
pub(super) struct Predictor {
    pub(super) name: String,
    pub(super) value: Box<dyn Fn(&Pair) -> f64>,
}

fn named(name: impl Into<String>, value: impl Fn(&Pair) -> f64 + 'static) -> Predictor {
    Predictor {
        name: name.into(),
        value: Box::new(value),
    }
}

/// N-grams of one length: of the query, of the stored segment, in common.
fn grams(pair: &Pair, letters: Letters, length: usize) -> [f64; 3] {
    pair.grams[letters as usize].map(|counts| f64::from(counts[length - 1]))
}

/// Percent of n-grams in common: the share of both sides together.
fn dice(pair: &Pair, letters: Letters, length: usize) -> f64 {
    let [query, stored, common] = grams(pair, letters, length);
    200.0 * common / (query + stored).max(1.0)
}

fn f_beta(pair: &Pair, letters: Letters, length: usize, beta: f64) -> f64 {
    let [query, stored, common] = grams(pair, letters, length);
    let factor = beta * beta;
    100.0 * (1.0 + factor) * common / (factor * query + stored).max(1.0)
}

fn source_chrf(
    pair: &Pair,
    letters: Letters,
    lengths: std::ops::RangeInclusive<usize>,
    beta: f64,
) -> f64 {
    let [query, stored, common] = &pair.grams[letters as usize];
    chrf(common, stored, query, lengths, beta)
}

fn plain(pair: &Pair) -> f64 {
    f64::from(pair.plain)
}

fn char_edit(pair: &Pair) -> f64 {
    100.0 * pair.letters[1] / pair.letters[0].max(1.0)
}

fn rare(pair: &Pair) -> f64 {
    2.0 * pair.weights[2] / (pair.weights[0] + pair.weights[1]).max(1e-9)
}

fn longer_by(pair: &Pair) -> f64 {
    let [query, stored, _] = grams(pair, Letters::Text, 1);
    100.0 * (stored - query).max(0.0) / query.max(1.0)
}

/// The predictor that the program orders matches by: trigram Dice over key text.
pub(super) fn chosen(pair: &Pair) -> f64 {
    dice(pair, Letters::Keys, 3)
}

/// All that are compared; the first is the order by edit distance.
pub(super) fn all() -> Vec<Predictor> {
    use Letters::{Keys, Solid, Text};
    let mut all = vec![
        named("token edits (the usual order)", plain),
        named("key-token edits", |pair| f64::from(pair.key)),
        named("char edits", char_edit),
        named("token edits, then char edits", |pair| {
            plain(pair) + char_edit(pair) / 1000.0
        }),
        named("token edits, then trigrams", |pair| {
            plain(pair) + chosen(pair) / 1000.0
        }),
        named("words, Dice", |pair| {
            2.0 * pair.tokens[2] / (pair.tokens[0] + pair.tokens[1])
        }),
        named("words weighed by rarity, Dice", rare),
        named("chrF of the sources", |pair| {
            source_chrf(pair, Solid, 1..=6, 2.0)
        }),
        named("chrF of the sources, beta 1", |pair| {
            source_chrf(pair, Solid, 1..=6, 1.0)
        }),
        named("chrF of the sources, 2 to 4", |pair| {
            source_chrf(pair, Solid, 2..=4, 2.0)
        }),
        named("chrF of the sources, 3 to 5", |pair| {
            source_chrf(pair, Solid, 3..=5, 2.0)
        }),
        named("chrF of the key texts, beta 1", |pair| {
            source_chrf(pair, Keys, 1..=6, 1.0)
        }),
    ];
    for length in 2..=6 {
        all.push(named(
            format!("{length}-grams of near text, Dice"),
            move |pair| dice(pair, Text, length),
        ));
        all.push(named(
            format!("{length}-grams of key text, Dice"),
            move |pair| dice(pair, Keys, length),
        ));
    }
    for (beta, name) in [
        (0.5, "F 1/2"),
        (1.5, "F 1.5"),
        (2.0, "F 2"),
        (1e6, "recall"),
    ] {
        all.push(named(
            format!("trigrams of key text, {name}"),
            move |pair| f_beta(pair, Keys, 3, beta),
        ));
    }
    all.push(named("trigrams of key text, cosine", |pair| {
        let [query, stored, common] = grams(pair, Keys, 3);
        common / (query * stored).sqrt().max(1.0)
    }));
    for share in [0.25, 0.5, 1.0] {
        all.push(named(
            format!("trigrams + {share} token edits"),
            move |pair| chosen(pair) + share * plain(pair),
        ));
        all.push(named(
            format!("trigrams + {share} char edits"),
            move |pair| chosen(pair) + share * char_edit(pair),
        ));
        all.push(named(
            format!("trigrams + {share} rare words"),
            move |pair| chosen(pair) + 100.0 * share * rare(pair),
        ));
    }
    for share in [0.1, 0.25] {
        all.push(named(
            format!("trigrams - {share} longer by"),
            move |pair| chosen(pair) - share * longer_by(pair),
        ));
    }
    all.push(named("trigrams, then token edits", |pair| {
        chosen(pair) + plain(pair) / 1e5
    }));
    all.push(named("trigrams of key text, then of near text", |pair| {
        chosen(pair) + dice(pair, Text, 3) / 1e5
    }));
    all.push(named("trigrams of key text + 0.25 of near text", |pair| {
        chosen(pair) + 0.25 * dice(pair, Text, 3)
    }));
    all.push(named("trigrams of key text + of near text", |pair| {
        chosen(pair) + dice(pair, Text, 3)
    }));
    all
}
