//! `tarjuman find`

use std::ops::Range;

use clap::Args;
use serde_json::json;

use super::open;
use crate::args::{MemoryArgument, language, limit};
use crate::ui::{Outcome, Ui};
use tarjuman::app::pretranslate::one_line;
use tarjuman::error::{Error, Result};
use tarjuman::leverage::concordance::{Concordance, Hit, Phrase};
use tarjuman::leverage::provenance;
use tarjuman::text::language::Language;
use tarjuman::unit::Variant;

/// Find words and phrases in a memory, with their translations
///
/// Shows the segments of one language in which all PHRASEs occur, and what they were translated as. Capitals, diacritics and
/// half-spaces make no difference, nor do marks between words. In a PHRASE * stands for any letters of a word, or for any
/// one word if it stands alone.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  tarjuman find -m memories/letters.tmx --in en 'reading evening'
  tarjuman find -m memories/letters.tmx --in ar --forms رسالة
  tarjuman find -m memories/letters.tmx --in sq --to en 'pjesëmarr*' 'deri më'
  tarjuman find -m memories/letters.tmx --in en --edits 1 regrads
  tarjuman find -m memories/letters.tmx --in en --phrases 'We would be glad to see you at the spring fair.'

With --phrases the text is a whole segment, and the longest stretches of it that were said before are shown, of at least
three words: what helps where no stored segment is like it. Any number is like any other there.

--format json prints one object a hit:
  {\"text\":…,\"ranges\":[[start,end],…],\"edits\":…,\"translations\":[{\"language\":…,\"text\":…}],\"unit\":…,\"place\":…}
where ranges are bytes of the text from 0; with --phrases one object a stretch:
  {\"phrase\":…,\"range\":[start,end],\"words\":…,\"hits\":[…]}

Exit status: 0 something was found; 1 nothing; 2 could not.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    memory: MemoryArgument,

    /// The language to look in
    #[arg(long = "in", value_name = "LANG", value_parser = language)]
    language: Language,

    /// Show only these translations; several with commas
    #[arg(long, value_name = "LANG", value_parser = language, value_delimiter = ',')]
    to: Vec<Language>,

    /// Find other forms of the words too: endings, articles, clitics
    #[arg(long, conflicts_with = "phrases")]
    forms: bool,

    /// Let so many letters of a word of four or more differ (not with *); hits with fewer come first
    #[arg(long, value_name = "NUMBER", default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=2), conflicts_with = "phrases")]
    edits: u8,

    /// Look for the longest stretches of one segment
    #[arg(long)]
    phrases: bool,

    /// The most hits to show: 20 unless told, with --phrases 3 for each stretch
    #[arg(long, value_name = "NUMBER", value_parser = limit)]
    limit: Option<usize>,

    /// What to look for
    #[arg(required = true, value_name = "PHRASE")]
    texts: Vec<String>,
}

/// Stretches of fewer words are in every language's every segment.
const LEAST_WORDS: usize = 3;

pub(crate) fn run(arguments: &Arguments, ui: &mut Ui) -> Result<Outcome> {
    let memory = open(&arguments.memory.memory, ui)?;
    let concordance = Concordance::new(&memory, &arguments.language)?
        .with_forms(arguments.forms)
        .with_edits(usize::from(arguments.edits));
    let found = if arguments.phrases {
        let segment = arguments.texts.join(" ");
        if segment.trim().is_empty() {
            return Err(Error::request("there is no text to look for phrases of"));
        }
        let limit = arguments.limit.unwrap_or(3);
        let phrases = concordance.phrases(&segment, LEAST_WORDS, limit)?;
        for phrase in &phrases {
            print_phrase(arguments, &segment, phrase, limit, ui)?;
        }
        !phrases.is_empty()
    } else {
        let texts: Vec<&str> = arguments.texts.iter().map(String::as_str).collect();
        let hits = concordance.find(&texts, arguments.limit.unwrap_or(20))?;
        for hit in &hits.shown {
            print_hit(arguments, hit, ui)?;
        }
        if hits.total > hits.shown.len() {
            ui.say(&format!(
                "{} of {} hits; --limit {} shows all",
                hits.shown.len(),
                hits.total,
                hits.total
            ));
        }
        hits.total > 0
    };
    if !found && !ui.is_json() {
        ui.say("nothing found");
    }
    Ok(if found {
        Outcome::Done
    } else {
        Outcome::Nothing
    })
}

fn print_phrase(
    arguments: &Arguments,
    segment: &str,
    phrase: &Phrase,
    limit: usize,
    ui: &mut Ui,
) -> Result<()> {
    let text = segment.get(phrase.range.clone()).unwrap_or_default();
    let hits = || phrase.hits.iter().take(limit);
    if ui.is_json() {
        return ui.json(&json!({
            "phrase": text,
            "range": [phrase.range.start, phrase.range.end],
            "words": phrase.words,
            "hits": hits().map(|hit| in_json(arguments, hit)).collect::<Vec<_>>(),
        }));
    }
    let text = ui.isolated(text);
    ui.line(&format!("{text}  ({} words)", phrase.words))?;
    for hit in hits() {
        print_hit(arguments, hit, ui)?;
    }
    Ok(())
}

fn print_hit(arguments: &Arguments, hit: &Hit, ui: &mut Ui) -> Result<()> {
    if ui.is_json() {
        return ui.json(&in_json(arguments, hit));
    }
    let Some(variant) = variant(hit) else {
        return Ok(());
    };
    let text = one_line(&ui.highlighted(&variant.segment.text, &hit.ranges));
    ui.line(&format!("  {text}"))?;
    for other in translations(arguments, hit) {
        let text = ui.isolated(&one_line(&other.segment.text));
        ui.line(&format!("  {text}"))?;
    }
    let mut about = provenance(&hit.unit).place();
    match hit.edits {
        0 => {}
        1 => about.push_str("; 1 letter differs"),
        more => about.push_str(&format!("; {more} letters differ")),
    }
    ui.line(&format!("    ({about})"))
}

fn in_json(arguments: &Arguments, hit: &Hit) -> serde_json::Value {
    let pair = |range: &Range<usize>| [range.start, range.end];
    let translations = translations(arguments, hit)
        .map(|other| json!({"language": other.language.tag(), "text": other.segment.text}));
    json!({
        "text": variant(hit).map(|variant| variant.segment.text.as_str()),
        "ranges": hit.ranges.iter().map(pair).collect::<Vec<_>>(),
        "edits": hit.edits,
        "translations": translations.collect::<Vec<_>>(),
        "unit": hit.unit.id,
        "place": provenance(&hit.unit).place(),
    })
}

fn variant(hit: &Hit) -> Option<&Variant> {
    hit.unit.unit.variants.get(usize::from(hit.place))
}

/// What the hit's unit says in the languages that are asked for.
fn translations<'h>(arguments: &'h Arguments, hit: &'h Hit) -> impl Iterator<Item = &'h Variant> {
    let others = (0_u16..)
        .zip(&hit.unit.unit.variants)
        .filter(|(place, _)| *place != hit.place);
    others.map(|(_, variant)| variant).filter(|variant| {
        arguments.to.is_empty()
            || arguments
                .to
                .iter()
                .any(|wanted| wanted.accepts(&variant.language))
    })
}
