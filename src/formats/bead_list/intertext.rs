//! The XML of InterText, an editor of parallel texts: a file a text, in which sentences have numbers, and a file for each two texts that
//! links them. A link names the sentences of the second text (`toDoc`) first, as InterText does.

use std::io::{self, Write};

use super::ListedBead;
use crate::formats::xml::{escaped_text, open_tag};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";

/// Where a segment stands: its paragraph and its place in it, from 0.
pub type Place = (usize, usize);

/// The number of a segment as InterText writes it: paragraph and sentence, from 1.
fn number((paragraph, sentence): Place) -> String {
    format!("{}:{}", paragraph + 1, sentence + 1)
}

/// The numbers of the segments of paragraphs with so many segments each.
pub fn numbers(paragraphs: impl IntoIterator<Item = usize>) -> Vec<Place> {
    let counted = paragraphs.into_iter().enumerate();
    counted
        .flat_map(|(paragraph, count)| (0..count).map(move |sentence| (paragraph, sentence)))
        .collect()
}

/// Writes a text: its paragraphs, each with its segments.
///
/// # Errors
/// If the output cannot be written.
pub fn write_text(language: &str, paragraphs: &[Vec<&str>], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{DECLARATION}")?;
    let mut open = String::new();
    open_tag(
        &mut open,
        "text",
        &[("xml:lang".to_owned(), language.to_owned())],
    );
    writeln!(out, "{open}>")?;
    for (paragraph, texts) in paragraphs.iter().enumerate() {
        writeln!(out, "<p id=\"{}\">", paragraph + 1)?;
        for (sentence, text) in texts.iter().enumerate() {
            writeln!(
                out,
                "<s id=\"{}\">{}</s>",
                number((paragraph, sentence)),
                escaped_text(text)
            )?;
        }
        writeln!(out, "</p>")?;
    }
    writeln!(out, "</text>")
}

/// Writes the links of two texts, whose files have these names and whose segments these numbers. Links go forward in both: beads that
/// cross are written as if their sides had no partner.
///
/// # Errors
/// If the output cannot be written.
pub fn write_links(
    beads: &[ListedBead],
    names: (&str, &str),
    numbers: (&[Place], &[Place]),
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "{DECLARATION}")?;
    let mut open = String::new();
    let attributes = [("toDoc", names.1), ("fromDoc", names.0)];
    open_tag(
        &mut open,
        "linkGrp",
        &attributes.map(|(name, value)| (name.to_owned(), value.to_owned())),
    );
    writeln!(out, "{open}>")?;
    let list = |numbers: &[Place], own: std::ops::Range<usize>| {
        let own = numbers.get(own).unwrap_or_default().iter();
        own.map(|segment| number(*segment))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut write = |a: std::ops::Range<usize>, b: std::ops::Range<usize>, status: &str| {
        writeln!(
            out,
            "<link type=\"{}-{}\" xtargets=\"{};{}\" status=\"{status}\"/>",
            b.len(),
            a.len(),
            list(numbers.1, b),
            list(numbers.0, a)
        )
    };
    let (mut i, mut j) = (0, 0);
    for ((a, b), sure) in super::orderly(beads) {
        (i..a.start).try_for_each(|at| write(at..at + 1, j..j, "auto"))?;
        (j..b.start).try_for_each(|at| write(a.start..a.start, at..at + 1, "auto"))?;
        write(
            a.clone(),
            b.clone(),
            if sure >= 1.0 { "man" } else { "auto" },
        )?;
        (i, j) = (a.end, b.end);
    }
    (i..numbers.0.len()).try_for_each(|at| write(at..at + 1, j..j, "auto"))?;
    (j..numbers.1.len()).try_for_each(|at| write(0..0, at..at + 1, "auto"))?;
    writeln!(out, "</linkGrp>")
}
