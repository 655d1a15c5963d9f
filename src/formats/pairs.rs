//! Pairs in a table: a line each, the text and its translation with a tab between, as spreadsheets and scripts write them.
//!
//! A first line of language tags (`en<TAB>fa`) says what the columns are in; there may be more of them, and columns of the
//! names `context` and `note`. A text with tabs or line breaks stands in double quotes, with the quotes inside doubled, as spreadsheets
//! write it. A backslash is a backslash.

use std::io::{self, Write};
use std::ops::Range;

use super::Format;
use super::bilingual::{BilingualFile, BilingualPair, BilingualSkeleton, Filling, Status};
use super::charset::{Charset, read_text};
use super::tree::Edits;
use crate::error::{Error, Problem, Result};
use crate::text::language::Language;
use crate::unit::Segment;

/// A cell: where it stands in the text, and what it says.
#[derive(Debug)]
struct Cell {
    range: Range<usize>,
    text: String,
}

#[derive(Debug)]
struct Row {
    line: u64,
    cells: Vec<Cell>,
}

/// What the columns are.
#[derive(Debug)]
struct Columns {
    source: usize,
    target: usize,
    context: Option<usize>,
    note: Option<usize>,
    languages: Option<(Language, Language)>,
}

/// The file as it was, with the places of its translations.
#[derive(Debug)]
struct Table {
    text: String,
    charset: Charset,
    places: Vec<Range<usize>>,
}

/// Reads a table.
pub(super) fn read(bytes: &[u8]) -> Result<BilingualFile> {
    let (text, charset, problem) = read_text(bytes, None)?;
    let mut problems: Vec<Problem> = problem.into_iter().collect();
    let mut rows = rows(&text).peekable();
    let columns = match rows.peek().and_then(columns) {
        Some(columns) => {
            rows.next();
            columns
        }
        None => Columns {
            source: 0,
            target: 1,
            context: None,
            note: None,
            languages: None,
        },
    };
    let (mut pairs, mut places) = (Vec::new(), Vec::new());
    for row in rows {
        let text = |column: usize| row.cells.get(column).map(|cell| cell.text.as_str());
        let is_blank = row.cells.iter().all(|cell| cell.text.trim().is_empty());
        if is_blank {
            continue;
        }
        let (Some(source), Some(target)) = (text(columns.source), row.cells.get(columns.target))
        else {
            let message = "this line has no tab that divides it into a text and a translation; it was left out";
            problems.push(Problem::on_line(row.line, message));
            continue;
        };
        if source.trim().is_empty() {
            problems.push(Problem::on_line(
                row.line,
                "this line has a translation of nothing; it was left out",
            ));
            continue;
        }
        if columns.languages.is_none() && row.cells.len() > 2 {
            let message = "this line has more than two columns, and no first line says their languages; the first two were taken";
            problems.push(Problem::on_line(row.line, message));
        }
        let is_translated = !target.text.trim().is_empty();
        let said = |column: Option<usize>| {
            let text = column.and_then(text).unwrap_or_default();
            (!text.trim().is_empty()).then(|| text.to_owned())
        };
        pairs.push(BilingualPair {
            source: Segment::plain(source),
            target: is_translated.then(|| Segment::plain(target.text.clone())),
            status: match is_translated {
                true => Status::Translated,
                false => Status::Untranslated,
            },
            context: said(columns.context),
            notes: said(columns.note).into_iter().collect(),
            stands_apart: true,
            line: row.line,
        });
        places.push(target.range.clone());
    }
    let table = Table {
        text,
        charset,
        places,
    };
    let mut file = BilingualFile::new(Format::Pairs, pairs, table);
    if let Some((source, target)) = columns.languages {
        (file.source, file.target) = (Some(source), Some(target));
    }
    file.problems = problems;
    Ok(file)
}

/// What a first line says of the columns, if it is not a pair itself.
fn columns(row: &Row) -> Option<Columns> {
    let mut languages = Vec::new();
    let (mut context, mut note) = (None, None);
    for (column, cell) in row.cells.iter().enumerate() {
        let name = cell.text.trim();
        match name.to_lowercase().as_str() {
            "context" => context = Some(column),
            "note" | "notes" | "comment" => note = Some(column),
            _ => languages.push((column, Language::parse(name).ok()?)),
        }
    }
    let mut languages = languages.into_iter();
    let ((source, from), (target, to)) = (languages.next()?, languages.next()?);
    from.differs_from(&to).ok()?;
    Some(Columns {
        source,
        target,
        context,
        note,
        languages: Some((from, to)),
    })
}

/// The lines of a table. A cell in quotes may hold line breaks.
fn rows(text: &str) -> impl Iterator<Item = Row> {
    let mut at = 0;
    let mut line = 1;
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let mut row = Row {
            line,
            cells: Vec::new(),
        };
        loop {
            let rest = text.get(at..).unwrap_or_default();
            let (length, said) = match quoted(rest) {
                Some(found) => found,
                None => {
                    let length = rest.find(['\t', '\n']).unwrap_or(rest.len());
                    let raw = rest.get(..length).unwrap_or_default();
                    let raw = match rest.get(length..) {
                        Some("") | None => raw,
                        Some(_) => raw.strip_suffix('\r').unwrap_or(raw),
                    };
                    (raw.len(), raw.to_owned())
                }
            };
            row.cells.push(Cell {
                range: at..at + length,
                text: said,
            });
            line += rest.get(..length).map_or(0, newlines);
            at += length;
            let rest = text.get(at..).unwrap_or_default();
            if rest.starts_with('\t') {
                at += 1;
                continue;
            }
            let end = rest.find('\n').map_or(rest.len(), |found| found + 1);
            at += end;
            line += 1;
            return Some(row);
        }
    })
}

fn newlines(text: &str) -> u64 {
    text.matches('\n').count() as u64
}

/// A cell in double quotes at the start of a text: its length, and what it says. Quotes that do not end a cell are a text's own.
fn quoted(text: &str) -> Option<(usize, String)> {
    let inner = text.strip_prefix('"')?;
    let mut said = String::new();
    let mut at = 0;
    loop {
        let rest = inner.get(at..)?;
        let quote = rest.find('"')?;
        said.push_str(rest.get(..quote)?);
        let behind = rest.get(quote + 1..)?;
        if behind.starts_with('"') {
            said.push('"');
            at += quote + 2;
            continue;
        }
        let ends =
            behind.is_empty() || behind.starts_with(['\t', '\n']) || behind.starts_with("\r\n");
        return ends.then_some((at + quote + 2, said));
    }
}

/// A text as a cell that is read as that text.
fn cell(text: &str) -> String {
    match text.starts_with('"') || text.contains(['\t', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

impl BilingualSkeleton for Table {
    fn write(&self, fillings: &[Option<&Filling>], _: &Language) -> Result<Vec<u8>> {
        let mut edits = Edits::default();
        for (filling, place) in fillings.iter().zip(&self.places) {
            if let Some((target, _)) = filling.and_then(|filling| filling.target.as_ref()) {
                edits.replace(place.clone(), cell(&target.text));
            }
        }
        Ok(self.charset.encode(&edits.apply(&self.text)).0)
    }
}

/// Writes pairs as a table, with a first line that says the languages: UTF-8, LF.
///
/// # Errors
/// If the output cannot be written.
pub fn write<'a>(
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    from: &Language,
    to: &Language,
    out: &mut dyn Write,
) -> Result<()> {
    let said = |error: io::Error| Error::output(&error);
    writeln!(out, "{}\t{}", from.tag(), to.tag()).map_err(said)?;
    for (source, target) in pairs {
        writeln!(out, "{}\t{}", cell(source), cell(target)).map_err(said)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::xliff::XliffState;
    use proptest::prelude::*;

    fn filling(text: &str) -> Filling {
        Filling {
            target: Some((Segment::plain(text), XliffState::Exact)),
            alternatives: Vec::new(),
            note: None,
        }
    }

    #[test]
    fn a_table_is_read_by_its_first_line_and_filled() {
        let table = "en\tcontext\tfa\r\nDear friends,\tstart\tدوستان گرامی،\r\nloose\r\n\"One\n\"\"two\"\"\"\t\t\r\n";
        let file = read(table.as_bytes()).unwrap();
        assert_eq!(file.target.as_ref().map(Language::tag), Some("fa"));
        let [first, second] = file.pairs.as_slice() else {
            panic!("{:?}", file.pairs);
        };
        assert_eq!(first.context.as_deref(), Some("start"));
        assert_eq!(
            (second.source.text.as_str(), second.line),
            ("One\n\"two\"", 4)
        );
        assert_eq!(
            file.problems.iter().map(|one| one.line).collect::<Vec<_>>(),
            [Some(3)]
        );
        let fa = Language::from_file("fa");
        let filled = file.fill(&[filling("نه"), filling("یک\nدو")], &fa).unwrap();
        let wanted = table.replace("\t\t\r\n", "\t\t\"یک\nدو\"\r\n");
        assert_eq!(String::from_utf8(filled).unwrap(), wanted);
    }

    proptest! {
        #[test]
        fn pairs_come_back(pairs in prop::collection::vec(("[a-c\"\\\\\t\n\r ëی\u{200C}]{1,8}x", "[a\"\\\\\t\nnt ش]{1,8}x"), 1..5)) {
            let (en, fa) = (Language::from_file("en"), Language::from_file("fa"));
            let mut out = Vec::new();
            write(pairs.iter().map(|(source, target)| (source.as_str(), target.as_str())), &en, &fa, &mut out).unwrap();
            let read = read(&out).unwrap();
            let back: Vec<(String, String)> = read
                .pairs
                .into_iter()
                .map(|pair| (pair.source.text, pair.target.unwrap_or_default().text))
                .collect();
            prop_assert_eq!(back, pairs);
        }
    }
}
