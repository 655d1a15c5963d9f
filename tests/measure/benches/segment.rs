//! Segmentation: megabytes a second beside the sentences of UAX #29 in two packages, and hostile texts in two sizes.
//!
//!     cargo bench --manifest-path tests/measure/Cargo.toml --bench segment

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;
use tarjuman::segment::{CodeKind, PlacedCode, RuleSource, Segmentation, Segmenter};
use tarjuman::text::language::Language;
use unicode_segmentation::UnicodeSegmentation;

const LANGUAGES: [&str; 4] = ["en", "fa", "ar", "sq"];

/// The paragraphs of the fixture letters in a language, repeated to a megabyte.
fn letters(language: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/letters");
    let mut paragraphs = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for path in files {
        if path
            .to_string_lossy()
            .ends_with(&format!(".{language}.txt"))
        {
            let text = std::fs::read_to_string(path).unwrap();
            paragraphs.extend(
                text.lines()
                    .filter(|line| !line.is_empty())
                    .map(str::to_owned),
            );
        }
    }
    let size: usize = paragraphs.iter().map(String::len).sum();
    let times = 1_000_000 / size + 1;
    paragraphs
        .iter()
        .cycle()
        .take(paragraphs.len() * times)
        .cloned()
        .collect()
}

fn segmenter(tag: &str, rules: RuleSource) -> Segmenter {
    let segmentation = Segmentation {
        rules,
        ..Segmentation::default()
    };
    Segmenter::with(&Language::parse(tag).unwrap(), &segmentation).unwrap()
}

fn speed(criterion: &mut Criterion) {
    for tag in LANGUAGES {
        let paragraphs = letters(tag);
        let mut group = criterion.benchmark_group(format!("speed/{tag}"));
        group.throughput(Throughput::Bytes(
            paragraphs.iter().map(|text| text.len() as u64).sum(),
        ));
        for (name, rules) in [
            ("tarjuman", RuleSource::Language),
            ("tarjuman as OmegaT", RuleSource::OmegaT),
        ] {
            let segmenter = segmenter(tag, rules);
            group.bench_function(name, |bencher| {
                bencher.iter(|| {
                    paragraphs
                        .iter()
                        .map(|text| segmenter.cut(black_box(text)).len())
                        .sum::<usize>()
                });
            });
        }
        group.bench_function("unicode-segmentation", |bencher| {
            bencher.iter(|| {
                paragraphs
                    .iter()
                    .map(|text| black_box(text).split_sentence_bounds().count())
                    .sum::<usize>()
            });
        });
        let icu = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
        group.bench_function("icu_segmenter", |bencher| {
            bencher.iter(|| {
                paragraphs
                    .iter()
                    .map(|text| icu.segment_str(black_box(text)).count())
                    .sum::<usize>()
            });
        });
        group.finish();
    }
}

/// Texts that punish an engine which looks far; twice the size should take twice the time.
fn hostile(criterion: &mut Criterion) {
    type Make = fn(usize) -> String;
    let texts: [(&str, Make); 8] = [
        ("no stop", |size| "word ".repeat(size / 5)),
        ("no blank", |size| "word".repeat(size / 4)),
        ("full stops", |size| ".".repeat(size)),
        ("full stops and blanks", |size| ". ".repeat(size / 2)),
        ("open quotes", |size| {
            format!("{} word. Word", "“".repeat(10_000)).repeat(size / 30_000)
        }),
        ("open brackets", |size| "a (b! C ".repeat(size / 8)),
        ("one address", |size| "a.B".repeat(size / 3)),
        ("abbreviations", |size| {
            "Mr. p.sh. U.S. No. etc. ".repeat(size / 24)
        }),
    ];
    for (name, make) in texts {
        let mut group = criterion.benchmark_group(format!("hostile/{name}"));
        for tag in ["en", "ar"] {
            let segmenter = segmenter(tag, RuleSource::Language);
            for kilobytes in [500, 1_000] {
                let text = make(kilobytes * 1_000);
                group.throughput(Throughput::Bytes(text.len() as u64));
                group.bench_with_input(BenchmarkId::new(tag, kilobytes), &text, |bencher, text| {
                    bencher.iter(|| segmenter.cut(black_box(text)).len());
                });
            }
        }
        group.finish();
    }
    let mut group = criterion.benchmark_group("hostile/codes at every letter");
    let segmenter = segmenter("en", RuleSource::Language);
    for kilobytes in [500, 1_000] {
        let text = "Go on. ".repeat(kilobytes * 1_000 / 7);
        let half = text.len() / 2;
        let kind = |at| {
            if at < half {
                CodeKind::Opening
            } else {
                CodeKind::Closing
            }
        };
        let codes: Vec<_> = (0..text.len())
            .map(|at| PlacedCode { at, kind: kind(at) })
            .collect();
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(BenchmarkId::new("en", kilobytes), |bencher| {
            bencher.iter(|| segmenter.cut_with_codes(black_box(&text), &codes).len());
        });
    }
    group.finish();
}

fn config() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
}

criterion_group! {
    name = benches;
    config = config();
    targets = speed, hostile
}
criterion_main!(benches);
