//! `tarjuman match` (`match` is a word of Rust, so the file is named for what it does)

use std::io::BufRead;
use std::path::Path;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::open;
use crate::args::{MemoryArgument, ScoreArguments, language, limit};
use crate::ui::{Outcome, Ui};
use tarjuman::app::pretranslate::{doubts, one_line, repairs, told};
use tarjuman::error::{Error, Result};
use tarjuman::leverage::repair::{Change, Refusal};
use tarjuman::leverage::{Finder, Match, MatchKind, Provenance, Query, finder};
use tarjuman::text::language::Language;
use tarjuman::unit::Origin;

/// Look segments up in a memory
///
/// Shows what the memory knows: exact matches, and matches that are like the text, the most useful first, with a score (the whole
/// percent of words unchanged, less a little for what differs otherwise) and what differs. Several exact matches with
/// different translations are marked as ambiguous; the first is the one whose neighbours are the same, else the one that most
/// units say, else the newest. What differs is named by kind: word, inflection, name, number, date, address, case, punctuation,
/// digits, diacritics, spacing, codes. If only numbers, dates or addresses differ, the translation is given those of the text, where it
/// is plain which is which, and the match is called repaired. Where nothing is found, a third language is tried, for five percent: fa to sq through en.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  tarjuman match -m memories/letters.tmx --from en --to sq 'Dear Friends and Colleagues,'
  tarjuman match -m letters.sqlite --from fa --to en --min 50 - < segments.txt

With - a segment is read from each line of standard input, and a line answers each: score, kind, source and target of the
best match, with tabs between them. The kind is \"ambiguous\" if there are several exact matches, and \"none\" with
score 0 if there is no match. Lines before and after count as context,
so that a line is answered when the next one has been read.

--format json prints one object a query:
  {\"query\":…,\"matches\":[{\"score\":…,\"kind\":\"context|exact|near-exact|repaired|fuzzy\",\"source\":…,\"target\":…,\"ambiguous\":…,
   \"uses\":…,\"origin\":{…},\"differences\":[{\"kind\":…,\"query\":…,\"stored\":…}],
   \"repairs\":[{\"kind\":…,\"query\":…,\"stored\":…,\"before\":…,\"after\":…,\"known_from\":…}],\"not_repaired\":…,
   \"pivot\":{\"language\":…,\"text\":…,\"origin\":{…}}}]}
where repairs is there only if values of the target were written anew (what stood in the stored translation, and what stands there
now, and where the memory writes a name so), not_repaired only if values differ and it could not be done (why), and pivot only if the match was found through a third language.

Exit status: 0 something was found; 1 nothing; 2 could not.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    memory: MemoryArgument,

    /// The language of the text
    #[arg(long, value_name = "LANG", value_parser = language)]
    from: Language,

    /// The language to find
    #[arg(long, value_name = "LANG", value_parser = language)]
    to: Language,

    #[command(flatten)]
    score: ScoreArguments,

    /// The most matches to show for a text
    #[arg(long, value_name = "NUMBER", default_value_t = 5, value_parser = limit)]
    limit: usize,

    /// What the percent counts: words, less what differs otherwise; or characters, as other tools do (looks at every segment)
    #[arg(long, value_enum, default_value_t = Measure::Words, value_name = "MEASURE")]
    measure: Measure,

    /// Show only what one unit has in both languages, nothing through a third one
    #[arg(long)]
    no_pivot: bool,

    /// The text to look up; - reads a segment a line from standard input
    #[arg(value_name = "TEXT")]
    text: String,
}

/// What the percent of a match counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Measure {
    Words,
    Chars,
}

pub(crate) fn run(arguments: &Arguments, ui: &mut Ui) -> Result<Outcome> {
    let memory = open(&arguments.memory.memory, ui)?;
    let mut finder = Finder::new(&memory, &arguments.from, &arguments.to)?.with_measure(
        match arguments.measure {
            Measure::Words => finder::Measure::Words,
            Measure::Chars => finder::Measure::Characters,
        },
    );
    finder = finder.with_penalties(arguments.score.penalties());
    if arguments.no_pivot {
        finder = finder.without_pivots();
    }
    let mut found = false;
    let mut answer = |query: Query<'_>, by_line: bool, ui: &mut Ui| -> Result<()> {
        let matches = finder.find(query, arguments.score.min, arguments.limit)?;
        found |= !matches.is_empty();
        if ui.is_json() {
            return ui.json(&Answer::new(query.text, &matches));
        }
        if by_line {
            return ui.line(&best_line(matches.first()));
        }
        for one in &matches {
            print_match(one, ui)?;
        }
        Ok(())
    };
    if arguments.text == "-" {
        // One line is read ahead, since it is the context of the one before. An empty line is answered too, so that answers
        // and lines keep together; it is no neighbour.
        let full = |line: &str| Some(line.to_owned()).filter(|line| !line.is_empty());
        let mut lines = stdin_lines();
        let (mut previous, mut next) = (None, lines.next().transpose()?);
        while let Some(line) = next {
            next = lines.next().transpose()?;
            let following = next.as_deref().and_then(full);
            let query = Query {
                text: &line,
                codes: &[],
                previous: previous.as_deref(),
                next: following.as_deref(),
            };
            answer(query, true, ui)?;
            // Whoever asks line by line waits for each answer.
            ui.finish()?;
            previous = full(&line);
        }
    } else {
        let query = Query {
            text: &arguments.text,
            codes: &[],
            ..Query::default()
        };
        answer(query, false, ui)?;
    }
    if !found && !ui.is_json() {
        ui.say("nothing found");
    }
    Ok(if found {
        Outcome::Done
    } else {
        Outcome::Nothing
    })
}

/// The lines of standard input, without white space around them.
fn stdin_lines() -> impl Iterator<Item = Result<String>> {
    let name = Path::new("standard input");
    let lines = std::io::stdin().lock().split(b'\n');
    lines.zip(1..).map(move |(line, number)| {
        let line = line.map_err(|error| Error::io(name, "read", &error))?;
        let text = String::from_utf8(line);
        let text = text.map_err(|_| {
            Error::input("these bytes are not UTF-8")
                .on_line(number)
                .at(name)
        })?;
        Ok(text.trim_start_matches('\u{FEFF}').trim().to_owned())
    })
}

fn best_line(best: Option<&Match>) -> String {
    let one_line = |text: &str| one_line(text).replace('\t', " ");
    match best {
        Some(one) => format!(
            "{}\t{}\t{}\t{}",
            one.score,
            if one.ambiguous {
                "ambiguous"
            } else {
                one.kind.name()
            },
            one_line(&one.source.text),
            one_line(&one.offered().text)
        ),
        None => "0\tnone\t\t".to_owned(),
    }
}

fn print_match(one: &Match, ui: &mut Ui) -> Result<()> {
    let provenance = &one.provenance;
    let mut from_where = provenance.place();
    if one.uses > 1 {
        from_where.push_str(&format!(", said {} times", one.uses));
    }
    let ambiguous = if one.ambiguous { ", ambiguous" } else { "" };
    ui.line(&format!(
        "{:>3}% {}{ambiguous}  ({from_where})",
        one.score,
        one.kind.name()
    ))?;
    let (source, target) = (
        ui.isolated(&one.source.text),
        ui.isolated(&one.offered().text),
    );
    ui.line(&format!("     {source}"))?;
    ui.line(&format!("     {target}"))?;
    for repair in repairs(one) {
        ui.line(&format!("     repaired: {}", ui.isolated(&repair)))?;
    }
    if !one.differences.is_empty() && one.kind != MatchKind::Repaired {
        let differs = ui.isolated(&told(one));
        ui.line(&format!("     differs: {differs}"))?;
    }
    for doubt in doubts(one) {
        ui.line(&format!("     {doubt}"))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Answer<'a> {
    query: &'a str,
    matches: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Found<'a> {
    score: u8,
    kind: &'static str,
    source: &'a str,
    target: &'a str,
    ambiguous: bool,
    uses: usize,
    origin: From<'a>,
    differences: Vec<Differs<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repairs: Option<Vec<Repaired<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_repaired: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pivot: Option<Through<'a>>,
}

#[derive(Serialize)]
struct Through<'a> {
    language: &'a str,
    text: &'a str,
    origin: From<'a>,
}

#[derive(Serialize)]
struct From<'a> {
    file: &'a str,
    document: Option<&'a str>,
    position: Option<u32>,
    alignment_confidence: Option<u8>,
    penalty: u8,
}

impl<'a> From<'a> {
    fn new(provenance: &'a Provenance) -> Self {
        From {
            file: &provenance.source,
            document: provenance.document.as_deref(),
            position: provenance.position,
            alignment_confidence: match provenance.origin {
                Origin::Alignment { confidence } => Some(confidence),
                Origin::Translation => None,
            },
            penalty: provenance.penalty,
        }
    }
}

#[derive(Serialize)]
struct Repaired<'a> {
    kind: &'static str,
    query: &'a str,
    stored: &'a str,
    before: &'a str,
    after: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_from: Option<&'a str>,
}

impl<'a> Repaired<'a> {
    fn new(change: &'a Change) -> Self {
        Repaired {
            kind: change.kind,
            query: &change.query,
            stored: &change.stored,
            before: &change.before,
            after: &change.after,
            known_from: change.known_from.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct Differs<'a> {
    kind: &'static str,
    query: &'a str,
    stored: &'a str,
}

impl<'a> Answer<'a> {
    fn new(query: &'a str, matches: &'a [Match]) -> Self {
        let found = matches.iter().map(|one| Found {
            score: one.score,
            kind: one.kind.name(),
            source: &one.source.text,
            target: &one.offered().text,
            repairs: one
                .repaired()
                .map(|repair| repair.changes.iter().map(Repaired::new).collect()),
            not_repaired: one.refusal().map(Refusal::reason),
            ambiguous: one.ambiguous,
            uses: one.uses,
            origin: From::new(&one.provenance),
            pivot: one.pivot.as_ref().map(|pivot| Through {
                language: pivot.language.tag(),
                text: &pivot.text.text,
                origin: From::new(&pivot.provenance),
            }),
            differences: one
                .differences
                .iter()
                .map(|difference| Differs {
                    kind: difference.kind.name(),
                    query: &difference.query,
                    stored: &difference.stored,
                })
                .collect(),
        });
        Answer {
            query,
            matches: found.collect(),
        }
    }
}
