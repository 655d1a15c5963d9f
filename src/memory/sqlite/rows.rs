//! Units as rows, and rows as units: the columns, their JSON, the hashes that find.

use std::cell::RefCell;
use std::collections::HashMap;

use rusqlite::{Connection, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::memory::{StoredUnit, UnitId};
use crate::text::language::Language;
use crate::unit::{Origin, Segment, TranslationUnit, Variant, lasting};

/// Reads units by their numbers. What imports and languages are called is remembered, since that never changes.
#[derive(Default)]
pub(super) struct UnitRows {
    imports: RefCell<HashMap<i64, (String, u8)>>,
    languages: RefCell<HashMap<i64, Language>>,
}

impl UnitRows {
    /// A unit, if it is there.
    pub(super) fn unit(
        &self,
        connection: &Connection,
        id: UnitId,
    ) -> rusqlite::Result<Option<StoredUnit>> {
        let mut statement = connection.prepare_cached(
            "SELECT import_id, document, position, confidence, attributes, annotations FROM unit WHERE id = ?1",
        )?;
        let mut rows = statement.query([id])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let (source, penalty) = self.import(connection, row.get(0)?)?;
        let confidence: Option<u8> = row.get(3)?;
        Ok(Some(StoredUnit {
            id,
            source,
            penalty,
            unit: TranslationUnit {
                document: row.get(1)?,
                position: row.get(2)?,
                origin: confidence.map_or(Origin::Translation, |confidence| Origin::Alignment {
                    confidence,
                }),
                attributes: json_column(row, 4)?,
                annotations: json_column(row, 5)?,
                variants: self.variants(connection, id)?,
            },
        }))
    }

    /// All variants of a unit, in order.
    pub(super) fn variants(
        &self,
        connection: &Connection,
        unit: UnitId,
    ) -> rusqlite::Result<Vec<Variant>> {
        let mut statement = connection.prepare_cached(
            "SELECT language_id, text, codes, previous, next, attributes, annotations FROM variant
             WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
        )?;
        let mut rows = statement.query([variant_id(unit, 0), variant_id(unit, u16::MAX)])?;
        let mut variants = Vec::new();
        while let Some(row) = rows.next()? {
            variants.push(Variant {
                language: self.language(connection, row.get(0)?)?,
                attributes: json_column(row, 5)?,
                annotations: json_column(row, 6)?,
                segment: Segment {
                    text: row.get(1)?,
                    codes: json_column(row, 2)?,
                },
                previous: row.get(3)?,
                next: row.get(4)?,
            });
        }
        Ok(variants)
    }

    /// The source of an import, and what it takes off.
    fn import(&self, connection: &Connection, id: i64) -> rusqlite::Result<(String, u8)> {
        if let Some(known) = self.imports.borrow().get(&id) {
            return Ok(known.clone());
        }
        let query = "SELECT source, penalty FROM import WHERE id = ?1";
        let import: (String, u8) =
            connection.query_row(query, [id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        self.imports.borrow_mut().insert(id, import.clone());
        Ok(import)
    }

    /// The language of a number.
    pub(super) fn language(&self, connection: &Connection, id: i64) -> rusqlite::Result<Language> {
        if let Some(known) = self.languages.borrow().get(&id) {
            return Ok(known.clone());
        }
        let query = "SELECT tag FROM language WHERE id = ?1";
        let tag: String = connection.query_row(query, [id], |row| row.get(0))?;
        let language = Language::from_file(&tag);
        self.languages.borrow_mut().insert(id, language.clone());
        Ok(language)
    }
}

/// The number of the row of a variant.
pub(super) fn variant_id(unit: UnitId, place: u16) -> i64 {
    unit << 16 | i64::from(place)
}

/// The text that two units with the same core (see [`TranslationUnit::core`]) have in common.
pub(super) fn core_text(unit: &TranslationUnit) -> rusqlite::Result<String> {
    let variants: Vec<_> = unit
        .variants
        .iter()
        .map(|variant| {
            (
                variant.language.tag(),
                lasting(&variant.attributes).collect::<Vec<_>>(),
                &variant.annotations,
                &variant.segment,
                &variant.previous,
                &variant.next,
            )
        })
        .collect();
    let confidence = match unit.origin {
        Origin::Translation => None,
        Origin::Alignment { confidence } => Some(confidence),
    };
    to_json(&(
        lasting(&unit.attributes).collect::<Vec<_>>(),
        &unit.annotations,
        &unit.document,
        unit.position,
        confidence,
        variants,
    ))
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
pub(super) const MAX_NESTING: usize = 2_000;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::{CodeContent, CodeRole, InlineCode, Segment};

    /// As deep as any file can be that is read: it must come back, also on the small stack of a thread.
    #[test]
    fn codes_come_back_as_deep_as_they_are_read() {
        let mut segment = Segment::plain("fund");
        for _ in 0..255 {
            let inner = CodeContent::Sub {
                element: "sub".into(),
                attributes: Vec::new(),
                segment,
            };
            segment = Segment {
                text: String::new(),
                codes: vec![InlineCode {
                    at: 0,
                    element: "ph".into(),
                    role: CodeRole::Alone,
                    attributes: Vec::new(),
                    content: vec![inner],
                }],
            };
        }
        let json = to_json(&segment.codes).unwrap();
        assert_eq!(from_json::<Vec<InlineCode>>(&json).unwrap(), segment.codes);
    }
}
