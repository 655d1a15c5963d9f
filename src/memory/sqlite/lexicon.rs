//! The lexicon beside the units: how often words translated each other in them. It is made from the units and can be made anew.

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use crate::memory::{LexiconStand, PairText, PairsOf, UnitId};
use crate::text::language::Language;
use crate::text::words::WordCount;

/// The version of folds, stems and counting. What another version has counted is not used.
const VERSION: i64 = 1;

/// The stand of the lexicon of two languages, given by their primary subtags in alphabetical order.
pub(super) fn stand(
    connection: &Connection,
    languages: (&str, &str),
) -> rusqlite::Result<LexiconStand> {
    let until: Option<UnitId> = connection
        .prepare_cached(
            "SELECT until FROM lexicon WHERE from_language = ?1 AND to_language = ?2 AND version = ?3",
        )?
        .query_row(params![languages.0, languages.1, VERSION], |row| row.get(0))
        .optional()?;
    let last: Option<UnitId> = connection
        .prepare_cached("SELECT max(id) FROM unit")?
        .query_row([], |row| row.get(0))?;
    Ok(LexiconStand {
        until: until.unwrap_or(0),
        last: last.unwrap_or(0),
    })
}

/// Hands the texts of units, as far as they have both languages, to `visit`, until it says that it has enough.
pub(super) fn for_each_pair(
    connection: &Connection,
    languages: (&str, &str),
    of: PairsOf<'_>,
    visit: &mut dyn FnMut(PairText<'_>) -> bool,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached("SELECT id, tag FROM language")?;
    let known = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let known: Vec<(i64, String)> = known.collect::<rusqlite::Result<_>>()?;
    let is = |language_id: i64, primary: &str| {
        let mut known = known.iter();
        known.any(|(id, tag)| *id == language_id && Language::from_file(tag).primary() == primary)
    };
    let mut statement = connection.prepare_cached(
        "SELECT variant.id >> 16, language_id, text, confidence FROM variant JOIN unit ON unit.id = variant.id >> 16
         WHERE variant.id >= ?1 AND (?2 IS NULL OR (document = ?2 AND confidence IS NOT NULL)) ORDER BY variant.id",
    )?;
    let (from, document) = match of {
        PairsOf::After(unit) => ((unit + 1) << 16, None),
        PairsOf::Unreviewed(document) => (0, Some(document)),
    };
    let mut rows = statement.query(params![from, document])?;
    let mut open: (UnitId, Option<String>, Option<String>, f64) = (0, None, None, 1.0);
    loop {
        let row = rows.next()?;
        let unit: Option<UnitId> = row.map(|row| row.get(0)).transpose()?;
        if unit != Some(open.0) {
            if let (Some(a), Some(b)) = (open.1.take(), open.2.take())
                && !visit(PairText {
                    unit: open.0,
                    a: &a,
                    b: &b,
                    weight: open.3,
                })
            {
                return Ok(());
            }
            open = (unit.unwrap_or(0), None, None, 1.0);
        }
        let Some(row) = row else {
            return Ok(());
        };
        let language: i64 = row.get(1)?;
        let confidence: Option<f64> = row.get(3)?;
        open.3 = confidence.map_or(1.0, |percent| percent / 100.0);
        // Of several variants in one language the first stands for the unit.
        if is(language, languages.0) && open.1.is_none() {
            open.1 = Some(row.get(2)?);
        } else if is(language, languages.1) && open.2.is_none() {
            open.2 = Some(row.get(2)?);
        }
    }
}

/// How often a word had each translation.
pub(super) fn counts(
    connection: &Connection,
    (from, to): (&str, &str),
    word: &str,
) -> rusqlite::Result<Vec<(String, f64)>> {
    let mut statement = connection.prepare_cached(
        "SELECT other, count FROM word_pair WHERE from_language = ?1 AND to_language = ?2 AND word = ?3",
    )?;
    let counts = statement.query_map(params![from, to, word], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    counts.collect()
}

/// Adds counts that the units up to `until` have brought beyond those counted before.
pub(super) fn add(
    connection: &mut Connection,
    (a, b): (&str, &str),
    pairs: &[WordCount],
    until: UnitId,
) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    {
        let current: Option<i64> = transaction
            .prepare_cached(
                "SELECT version FROM lexicon WHERE from_language = ?1 AND to_language = ?2",
            )?
            .query_row(params![a, b], |row| row.get(0))
            .optional()?;
        if current != Some(VERSION) {
            forget(&transaction, Some((a, b)))?;
        }
        let mut statement = transaction.prepare_cached(
            "INSERT INTO word_pair (from_language, to_language, word, other, count) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET count = count + excluded.count",
        )?;
        for pair in pairs {
            statement.execute(params![a, b, pair.a, pair.b, pair.there])?;
            statement.execute(params![b, a, pair.b, pair.a, pair.back])?;
        }
        transaction.execute(
            "INSERT OR REPLACE INTO lexicon (from_language, to_language, version, until) VALUES (?1, ?2, ?3, ?4)",
            params![a, b, VERSION, until],
        )?;
    }
    transaction.commit()
}

/// Takes out the lexicon of two languages, or all of it: it is made anew when it is next wanted.
pub(super) fn forget(
    transaction: &Transaction<'_>,
    languages: Option<(&str, &str)>,
) -> rusqlite::Result<()> {
    match languages {
        Some((a, b)) => {
            transaction.execute(
                "DELETE FROM word_pair WHERE (from_language = ?1 AND to_language = ?2) OR (from_language = ?2 AND to_language = ?1)",
                params![a, b],
            )?;
            transaction.execute(
                "DELETE FROM lexicon WHERE from_language = ?1 AND to_language = ?2",
                params![a, b],
            )?;
        }
        None => {
            transaction.execute("DELETE FROM word_pair", [])?;
            transaction.execute("DELETE FROM lexicon", [])?;
        }
    }
    Ok(())
}
