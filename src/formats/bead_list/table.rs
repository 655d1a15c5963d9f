//! Beads as tab-separated text, for a spreadsheet: a heading, then a line a bead.
//!
//! ```text
//! status⇥confidence⇥en⇥fa⇥en text⇥fa text
//! ok⇥0.98⇥0⇥0⇥Dear Friends,⇥دوستان گرامی،
//! look⇥0.51⇥1,2⇥1⇥…⇥…
//! ```
//!
//! The columns of numbers are what counts; those of text are for people, and are compared when the table comes back, so that a table of
//! other segments is not taken for one of these. `status` is `ok`, `look` (an editor should), or `crossed` (in another order in another
//! edition). Columns may stand in any order, and the texts may be left out.

use std::io::{self, Write};

use super::ListedBead;
use crate::error::{Error, Result};
use crate::text::language::Language;

/// Reads a table for editions in some languages.
///
/// # Errors
/// If the heading lacks a language, or a line has something else than numbers where numbers are wanted.
pub fn read(text: &str, languages: &[Language]) -> Result<Vec<ListedBead>> {
    let mut lines = (1_u64..).zip(text.trim_start_matches('\u{FEFF}').lines());
    let Some((_, heading)) = lines.find(|(_, line)| !line.trim().is_empty()) else {
        return Err(Error::input("this table is empty"));
    };
    let names: Vec<&str> = heading
        .split('\t')
        .map(|name| name.trim().trim_matches('"'))
        .collect();
    let column = |wanted: &str| {
        names
            .iter()
            .position(|name| name.eq_ignore_ascii_case(wanted))
    };
    let mut numbers = Vec::new();
    let mut texts = Vec::new();
    for language in languages {
        let Some(at) = column(language.tag()) else {
            let message = format!("there is no column {language} with the numbers of its segments");
            let error = Error::input(message).on_line(1);
            return Err(error.hint(
                "the first line names the columns: status, confidence, and a language each",
            ));
        };
        numbers.push(at);
        texts.push(column(&format!("{language} text")));
    }
    let (status, confidence) = (column("status"), column("confidence"));
    let mut beads = Vec::new();
    for (line, row) in lines {
        if row.is_empty() {
            continue;
        }
        let cells: Vec<String> = row.split('\t').map(unquoted).collect();
        let cell = |at: usize| cells.get(at).map_or("", String::as_str);
        let wrong = |message: String| Error::input(message).on_line(line);
        let mut segments = Vec::new();
        for at in &numbers {
            let own = cell(*at).trim();
            let parts = own.split([',', ' ']).filter(|part| !part.is_empty());
            let own: Result<Vec<usize>> = parts
                .map(|part| {
                    part.parse()
                        .map_err(|_| wrong(format!("“{part}” is not the number of a segment")))
                })
                .collect();
            segments.push(own?);
        }
        let confidence = match confidence
            .map(cell)
            .map(str::trim)
            .filter(|value| !value.is_empty())
        {
            Some(value) => Some(
                value
                    .replace(',', ".")
                    .parse()
                    .map_err(|_| wrong(format!("“{value}” is no confidence")))?,
            ),
            None => None,
        };
        let look = match status.map(cell).map(str::trim) {
            None | Some("") => false,
            Some(said) => match said.to_ascii_lowercase().as_str() {
                "look" => true,
                "ok" | "crossed" => false,
                _ => {
                    return Err(wrong(format!(
                        "“{said}” is no status: ok, look and crossed are"
                    )));
                }
            },
        };
        let texts = texts.iter().map(|at| at.map(|at| cell(at).to_owned()));
        beads.push(ListedBead {
            segments,
            confidence,
            look,
            crossed: false,
            texts: texts.collect(),
            line,
        });
    }
    Ok(beads)
}

/// What stands in a cell. Spreadsheets put what has quotes in it into quotes, and double those inside.
fn unquoted(cell: &str) -> String {
    let inner = cell
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) if inner.replace("\"\"", "").find('"').is_none() => inner.replace("\"\"", "\""),
        _ => cell.to_owned(),
    }
}

/// Writes a table.
///
/// # Errors
/// If the output cannot be written.
pub fn write(beads: &[ListedBead], languages: &[Language], out: &mut dyn Write) -> io::Result<()> {
    write!(out, "status\tconfidence")?;
    for language in languages {
        write!(out, "\t{language}")?;
    }
    for language in languages {
        write!(out, "\t{language} text")?;
    }
    writeln!(out)?;
    for bead in beads {
        let status = match (bead.look, bead.crossed) {
            (true, _) => "look",
            (false, true) => "crossed",
            (false, false) => "ok",
        };
        write!(
            out,
            "{status}\t{}",
            bead.confidence.map(super::rounded).unwrap_or_default()
        )?;
        for own in &bead.segments {
            let numbers: Vec<String> = own.iter().map(usize::to_string).collect();
            write!(out, "\t{}", numbers.join(","))?;
        }
        for text in &bead.texts {
            let text = text.as_deref().unwrap_or_default();
            write!(out, "\t{}", text.replace(['\t', '\n', '\r'], " "))?;
        }
        writeln!(out)?;
    }
    Ok(())
}
