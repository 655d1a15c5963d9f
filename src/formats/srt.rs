//! Subtitles (`SubRip`): a block is what is on the screen at one time, numbers and times stay.
//!
//! A sentence runs over the lines of a subtitle, so that the lines are read as one text; a new text is broken into as many lines as
//! there were, of like length. Tags (`<i>`, `<font …>`, `{\an8}`) are codes.

use std::ops::Range;

use super::Format;
use super::document::{Block, Document, Skeleton};
use super::in_place::{Changes, Manner, Markup, Place, Run, replaced};
use crate::error::{Problem, Result};
use crate::text::language::Language;
use crate::unit::Segment;

/// Reads subtitles.
///
/// # Errors
/// None so far; what is no subtitle is told as a problem and stays.
pub(super) fn read(text: &str) -> Result<Document> {
    let mut problems = Vec::new();
    let mut cues: Vec<Cue> = Vec::new();
    let mut cue: Option<Cue> = None;
    let mut at = 0;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let range = at..at + line.len();
        at = range.end;
        let bare = line.trim_start_matches('\u{FEFF}').trim();
        if is_times(bare) {
            // A subtitle that no empty line ends gives its last line back, if that is the next one's number.
            if let Some(open) = &mut cue
                && open
                    .lines
                    .last()
                    .is_some_and(|last| text.get(last.clone()).is_some_and(is_number))
            {
                open.lines.pop();
            }
            cues.extend(cue.replace(Cue::default()));
        } else if bare.is_empty() {
            cues.extend(cue.take());
        } else if let Some(cue) = &mut cue {
            let end = range.start + line.trim_end_matches(['\r', '\n']).len();
            cue.lines.push(range.start..end);
        } else if !is_number(bare) {
            problems.push(Problem::on_line(
                number,
                "this belongs to no subtitle; it stays as it is",
            ));
        }
    }
    cues.extend(cue);
    let mut places = Vec::new();
    let mut line_counts = Vec::new();
    for cue in &cues {
        if let Some(place) = cue.place(text) {
            let inside = text.get(place.range.clone()).unwrap_or_default();
            line_counts.push(1 + inside.matches('\n').count());
            places.push(place);
        }
    }
    let blocks = places.iter().map(|place: &Place| Block {
        content: place.content.clone(),
        stands_apart: true,
    });
    let blocks: Vec<Block> = blocks.collect();
    let skeleton = Subtitles {
        line_end: if text.contains("\r\n") { "\r\n" } else { "\n" },
        text: text.to_owned(),
        places,
        line_counts,
    };
    let mut document = Document::new(Format::Srt, blocks, skeleton);
    document.problems = problems;
    Ok(document)
}

/// A subtitle on its way.
#[derive(Debug, Default)]
struct Cue {
    lines: Vec<Range<usize>>,
}

impl Cue {
    fn place(&self, text: &str) -> Option<Place> {
        let mut run = Run::default();
        let mut end = self.lines.first()?.start;
        for line in &self.lines {
            if line.start > end {
                run.text(end..line.start, " ");
            }
            end = line.end;
            let mut at = line.start;
            while let Some(rest) = text.get(at..line.end).filter(|rest| !rest.is_empty()) {
                let next = rest.find(['<', '{']).unwrap_or(rest.len());
                let (plain, after) = rest.split_at(next);
                run.words(at, plain);
                at += plain.len();
                let Some(len) = tag_len(after) else {
                    let first = after.chars().next().map_or(0, char::len_utf8);
                    run.words(at, after.get(..first).unwrap_or_default());
                    at += first;
                    continue;
                };
                let source = at..at + len;
                let markup = Markup::new(text, source.clone());
                match name_of(after.get(..len).unwrap_or_default()) {
                    (_, "") => run.alone("x-position", source, markup),
                    (true, name) => run.close(name, source, markup),
                    (false, name) => run.open(kind(name), name, source, markup),
                }
                at += len;
            }
        }
        run.finish(Manner::Running)
    }
}

/// How long the tag at the start of a text is; none if there is none.
fn tag_len(text: &str) -> Option<usize> {
    let end = match text.strip_prefix('{') {
        Some(rest) if rest.starts_with('\\') => text.find('}')?,
        Some(_) => return None,
        None => {
            let name = text.strip_prefix('<')?.trim_start_matches('/');
            if !name.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
                return None;
            }
            text.find('>')?
        }
    };
    Some(end + 1)
}

/// Whether a tag closes, and its name; no name for what stands between braces.
fn name_of(tag: &str) -> (bool, &str) {
    let Some(inner) = tag.strip_prefix('<') else {
        return (false, "");
    };
    let closes = inner.starts_with('/');
    let inner = inner.trim_start_matches('/');
    let end = inner.find(|letter: char| !letter.is_ascii_alphanumeric());
    (
        closes,
        inner.get(..end.unwrap_or(inner.len())).unwrap_or_default(),
    )
}

fn kind(name: &str) -> &str {
    match name {
        "b" | "B" => "bold",
        "i" | "I" => "italic",
        "u" | "U" => "ulined",
        _ => "font",
    }
}

fn is_number(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line.chars().all(|letter| letter.is_ascii_digit())
}

/// Whether a line says from when to when.
fn is_times(line: &str) -> bool {
    let is_time = |text: &str| {
        text.starts_with(|letter: char| letter.is_ascii_digit()) && text.matches(':').count() >= 1
    };
    line.split_once("-->")
        .is_some_and(|(from, to)| is_time(from.trim()) && is_time(to.trim()))
}

/// A file of subtitles without their text.
#[derive(Debug)]
struct Subtitles {
    text: String,
    places: Vec<Place>,
    /// How many lines each subtitle has.
    line_counts: Vec<usize>,
    line_end: &'static str,
}

impl Skeleton for Subtitles {
    fn write(&self, blocks: &[Segment], _: &Language) -> Result<Vec<u8>> {
        let render = |number: usize,
                      place: &Place,
                      text: &Segment,
                      copy: &dyn Fn(Range<usize>) -> String| {
            let lines = self.line_counts.get(number).copied().unwrap_or(1);
            self.broken(
                &joined(text),
                lines,
                &place
                    .markup(text, copy)
                    .map(|(code, markup)| (code.at, markup))
                    .collect::<Vec<_>>(),
            )
        };
        Ok(replaced(
            &self.text,
            &self.places,
            blocks,
            Changes::default(),
            &render,
        )
        .into_bytes())
    }
}

/// The text with a blank where a line ended: an empty line would end the subtitle.
fn joined(text: &Segment) -> String {
    text.text.replace(['\r', '\n'], " ")
}

impl Subtitles {
    /// A text in lines of like length, broken at blanks, with markup at its places.
    fn broken(&self, text: &str, lines: usize, markup: &[(usize, String)]) -> String {
        let total = text.chars().count();
        let mut breaks = Vec::new();
        let mut letters = 0;
        let blanks: Vec<(usize, usize)> = text
            .char_indices()
            .filter_map(|(at, letter)| {
                letters += 1;
                (letter == ' ').then_some((at, letters))
            })
            .collect();
        for line in 1..lines {
            let ideal = total * line / lines;
            let best = blanks.iter().min_by_key(|(_, count)| count.abs_diff(ideal));
            breaks.extend(best.map(|(at, _)| *at));
        }
        breaks.dedup();
        let mut out = String::new();
        let mut markup = markup.iter().peekable();
        for (at, letter) in text.char_indices() {
            while let Some((_, native)) = markup.next_if(|(place, _)| *place <= at) {
                out.push_str(native);
            }
            match breaks.contains(&at) {
                // Two breaks side by side would be an empty line.
                true if !out.ends_with('\n') => out.push_str(self.line_end),
                true => {}
                false => out.push(letter),
            }
        }
        for (_, native) in markup {
            out.push_str(native);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILM: &str = "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>دوستان گرامی،\r\nخوش آمدید.</i>\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000 X1:1\r\n{\\an8}Mirë se\r\nvini, 3 < 4!\r\n\r\n";

    fn written(document: &Document, texts: &[Segment]) -> String {
        let bytes = document
            .write(texts, &Language::parse("fa").unwrap())
            .unwrap()
            .bytes;
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn the_lines_of_a_subtitle_are_one_text_and_are_broken_again() {
        let document = read(FILM).unwrap();
        let texts: Vec<_> = document
            .blocks
            .iter()
            .map(|block| block.content.text.as_str())
            .collect();
        assert_eq!(texts, ["دوستان گرامی، خوش آمدید.", "Mirë se vini, 3 < 4!"]);
        assert!(document.problems.is_empty());
        let out = written(
            &document,
            &[
                Segment::plain("Dear friends, welcome."),
                Segment::plain("مرحباً"),
            ],
        );
        assert_eq!(
            out,
            FILM.replace("دوستان گرامی،\r\nخوش آمدید.", "Dear friends,\r\nwelcome.")
                .replace("Mirë se\r\nvini, 3 < 4!", "مرحباً")
        );
    }

    #[test]
    fn what_is_odd_stays_and_is_told() {
        let text = "words\n\n1\n00:01 --> 00:02\na\n2\n00:03 --> 00:04\nb";
        let document = read(text).unwrap();
        let texts: Vec<_> = document
            .blocks
            .iter()
            .map(|block| block.content.text.as_str())
            .collect();
        assert_eq!(texts, ["a", "b"]);
        assert_eq!(document.problems.len(), 1);
        assert_eq!(
            written(&document, &[Segment::plain("x"), Segment::plain("y")]),
            text.replace("\na\n", "\nx\n").replace("\nb", "\ny")
        );
    }

    proptest! {
        #[test]
        fn own_blocks_give_the_same_text(text in "(1\n|0:1 --> 0:2\n|a b|<i>|</i>|\\{\\\\an8\\}|<|\n|\r\n|نامه| ){0,24}") {
            let document = read(&text).unwrap();
            let own: Vec<_> = document.blocks.iter().map(|block| block.content.clone()).collect();
            prop_assert_eq!(written(&document, &own), text);
        }
    }
}
