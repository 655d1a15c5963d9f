//! The units that are studied: texts in four languages, from files with a JSON object a line.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::GzDecoder;
use tarjuman::text::language::Language;

use crate::Result;

/// The languages, in the order in which texts are kept.
pub(super) const TAGS: [&str; 4] = ["en", "fa", "ar", "sq"];

/// The files of a folder, in the order in which their units came into the memory.
const FILES: [&str; 3] = ["quran.jsonl", "bible.jsonl.gz", "modern.jsonl"];

/// Units with a text in each language; a later unit is a newer one.
pub(super) struct Units {
    pub(super) languages: [Language; 4],
    pub(super) texts: [Vec<String>; 4],
}

impl Units {
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let [en, fa, ar, sq] = TAGS;
        let languages = [
            Language::parse(en)?,
            Language::parse(fa)?,
            Language::parse(ar)?,
            Language::parse(sq)?,
        ];
        let mut texts: [Vec<String>; 4] = Default::default();
        for name in FILES {
            for unit in without_shared_commentary(units_of(&folder.join(name))?) {
                for (side, text) in texts.iter_mut().zip(unit) {
                    side.push(text);
                }
            }
        }
        Ok(Units { languages, texts })
    }
}

type Unit = [String; 4];

fn units_of(path: &Path) -> Result<Vec<Unit>> {
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let bytes: Box<dyn Read> = if path.extension().is_some_and(|end| end == "gz") {
        Box::new(GzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut units = Vec::new();
    for line in BufReader::new(bytes).lines() {
        let unit: serde_json::Value = serde_json::from_str(&line?)?;
        // Escapes of Markdown are no part of the text.
        units.push(TAGS.map(|tag| {
            unit.get(tag)
                .and_then(|text| text.as_str())
                .unwrap_or_default()
                .replace('\\', "")
        }));
    }
    Ok(units)
}

/// The Arabic of the Quran is a commentary in plain words. Where one comment serves several verses it stands at each of them,
/// and is no translation of any; such units would be matches of 100 percent that help nobody. Dropped is whatever long Arabic
/// text stands beside different English texts of one file, which takes a few repeated verses of the Bible too.
fn without_shared_commentary(units: Vec<Unit>) -> Vec<Unit> {
    let mut english: HashMap<&str, &str> = HashMap::new();
    let mut shared: HashSet<String> = HashSet::new();
    for [en, _, ar, _] in &units {
        if *english.entry(ar).or_insert(en) != en && ar.chars().count() > COMMENT {
            shared.insert(ar.clone());
        }
    }
    units
        .into_iter()
        .filter(|[_, _, ar, _]| !shared.contains(ar))
        .collect()
}

/// Shorter texts are repeated because they are short.
const COMMENT: usize = 60;
