//! Units as rows, and rows as units: the columns, their JSON, the hashes that find.

use rusqlite::{Connection, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::memory::{Candidate, UnitId};
use crate::text::fold;
use crate::text::language::Language;
use crate::unit::{Origin, Segment, TranslationUnit, Variant};

pub(super) const VARIANT_COLUMNS: &str = "tag, text, codes, previous, next";

pub(super) const UNIT_QUERY: &str =
    "SELECT unit.id, source, document, position, confidence, attributes, annotations
     FROM unit JOIN import ON import.id = import_id";

pub(super) fn unit_of(row: &Row<'_>) -> rusqlite::Result<(UnitId, String, TranslationUnit)> {
    let confidence: Option<u8> = row.get(4)?;
    let unit = TranslationUnit {
        document: row.get(2)?,
        position: row.get(3)?,
        origin: confidence.map_or(Origin::Translation, |confidence| Origin::Alignment {
            confidence,
        }),
        attributes: json_column(row, 5)?,
        annotations: json_column(row, 6)?,
        variants: Vec::new(),
    };
    Ok((row.get(0)?, row.get(1)?, unit))
}

pub(super) fn variant_of(row: &Row<'_>) -> rusqlite::Result<Variant> {
    let tag: String = row.get(0)?;
    Ok(Variant {
        language: Language::from_file(&tag),
        attributes: Vec::new(),
        annotations: Vec::new(),
        segment: Segment {
            text: row.get(1)?,
            codes: json_column(row, 2)?,
        },
        previous: row.get(3)?,
        next: row.get(4)?,
    })
}

/// All variants of a unit, whole, in order.
pub(super) fn variants(connection: &Connection, unit: UnitId) -> rusqlite::Result<Vec<Variant>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {VARIANT_COLUMNS}, attributes, annotations FROM variant
         JOIN language ON language.id = language_id WHERE unit_id = ?1 ORDER BY variant.id"
    ))?;
    let rows = statement.query_map([unit], |row| {
        let mut variant = variant_of(row)?;
        variant.attributes = json_column(row, 5)?;
        variant.annotations = json_column(row, 6)?;
        Ok(variant)
    })?;
    rows.collect()
}

pub(super) fn candidate_of(row: &Row<'_>) -> rusqlite::Result<Candidate> {
    Ok(Candidate {
        unit: row.get(5)?,
        variant: variant_of(row)?,
    })
}

/// The text that two units with the same core have in common.
pub(super) fn core_text(core: &TranslationUnit) -> rusqlite::Result<String> {
    let variants: Vec<_> = core
        .variants
        .iter()
        .map(|variant| {
            (
                variant.language.tag(),
                &variant.attributes,
                &variant.annotations,
                &variant.segment,
                &variant.previous,
                &variant.next,
            )
        })
        .collect();
    let confidence = match core.origin {
        Origin::Translation => None,
        Origin::Alignment { confidence } => Some(confidence),
    };
    to_json(&(
        &core.attributes,
        &core.annotations,
        &core.document,
        core.position,
        confidence,
        variants,
    ))
}

pub(super) fn identity_hash(text: &str, language: &Language) -> i64 {
    hash(&fold::identity(text, language))
}

/// FNV-1a with 64 bits (Fowler, Noll, Vo): the same on every platform and in every version, which std does not promise.
pub(super) fn hash(text: &str) -> i64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.bytes() {
        hash ^= u64::from(byte);
        hash = hash.wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash.cast_signed()
}

pub(super) fn list_json<T: Serialize>(list: &[T]) -> rusqlite::Result<Option<String>> {
    if list.is_empty() {
        return Ok(None);
    }
    to_json(&list).map(Some)
}

pub(super) fn to_json<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

/// Reads JSON that [`to_json`] wrote. Codes inside codes nest deeper than `serde_json` allows by itself; how deep they may is
/// bounded where files are read, and here against a memory that somebody else wrote into.
pub(super) fn from_json<T: DeserializeOwned>(text: &str) -> rusqlite::Result<T> {
    let wrong = |error: serde_json::Error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
    };
    if nesting(text) > MAX_NESTING {
        return Err(wrong(serde::de::Error::custom("it is nested too deep")));
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    reader.disable_recursion_limit();
    T::deserialize(&mut reader).map_err(wrong)
}

/// How deep JSON may nest: about seven levels for each code inside a code.
pub(super) const MAX_NESTING: usize = 1_000;

/// How deep the brackets of a JSON text nest.
pub(super) fn nesting(json: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut in_string, mut escaped) = (false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

pub(super) fn json_column<T: DeserializeOwned>(
    row: &Row<'_>,
    column: usize,
) -> rusqlite::Result<Vec<T>> {
    match row.get::<_, Option<String>>(column)? {
        Some(text) => from_json(&text),
        None => Ok(Vec::new()),
    }
}
