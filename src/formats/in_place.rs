//! A text whose blocks are replaced where they stand: HTML, Markdown, subtitles. What is no block stays byte for byte.
//!
//! A [`Run`] collects text and markup with their places in the source and becomes a block; what is told of it for the writing is a
//! [`Place`]. Blocks may stand in the markup of other blocks, as the description of an image does: those are written first, and the
//! markup that is copied has them in it.

use std::collections::HashMap;
use std::ops::Range;

use super::document::BlockBuilder;
use crate::unit::{CodeContent, InlineCode, Segment};

/// A block on its way: text and markup in order, each with its place in the source.
#[derive(Debug, Default)]
pub(super) struct Run {
    builder: BlockBuilder,
    atoms: Vec<Atom>,
    /// The names of the pairs that are open.
    open: Vec<String>,
    /// Whether a blank here would show: there is something before it, and it is no blank.
    takes_blank: bool,
}

/// A piece that is not cut: a word, a blank, a tag.
#[derive(Debug)]
struct Atom {
    source: Range<usize>,
    /// How long it is in the text of the block, in bytes.
    text: usize,
    is_code: bool,
    /// What is written for a code if its block changes, where the source does not serve.
    instead: Option<String>,
}

/// Where a block stands, and its codes.
#[derive(Debug)]
pub(super) struct Place {
    /// Its bytes in the source, first to last letter or code.
    pub(super) range: Range<usize>,
    /// The block as it was read.
    pub(super) content: Segment,
    /// How the format writes text there.
    pub(super) manner: Manner,
    /// Whether it stands in markup that another block copies.
    pub(super) is_inner: bool,
    /// Its codes, in the order of `content`.
    codes: Vec<(Range<usize>, Option<String>)>,
}

/// How text is written in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// As running text, in the way of its format.
    Running,
    /// Text of one line that has markup before it: a heading, an item's word.
    Heading,
    /// In a cell of a table made of `|`.
    Cell,
    /// The value of an attribute, or a title, between two of this character.
    Quoted(char),
    /// The value of an attribute without quotes.
    Unquoted,
    /// Text where white space counts.
    Verbatim,
}

/// How text with character references is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// White space is one blank.
    Running,
    /// White space counts.
    Verbatim,
    /// As running text; references without `;` follow stricter rules.
    Attribute,
    /// As running text; there are no references without `;`.
    Strict,
}

impl Run {
    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.atoms.is_empty()
    }

    /// Adds text that reads as `text`. White space in it becomes one blank, and none after white space.
    pub(super) fn text(&mut self, source: Range<usize>, text: &str) {
        if text.chars().all(is_white) {
            let takes_blank = std::mem::take(&mut self.takes_blank);
            self.push_text(source, if takes_blank { " " } else { "" });
        } else {
            self.verbatim(source, text);
        }
    }

    /// Adds text that is kept as it is. It must not be cut: white space at a block's ends has to be a piece of its own.
    pub(super) fn verbatim(&mut self, source: Range<usize>, text: &str) {
        self.takes_blank = true;
        self.push_text(source, text);
    }

    fn push_text(&mut self, source: Range<usize>, text: &str) {
        self.builder.text(text);
        self.atoms.push(Atom {
            source,
            text: text.len(),
            is_code: false,
            instead: None,
        });
    }

    /// Adds a stretch of the source that reads as it stands, word by word.
    pub(super) fn words(&mut self, start: usize, text: &str) {
        let mut at = start;
        for piece in pieces(text) {
            self.text(at..at + piece.len(), piece);
            at += piece.len();
        }
    }

    /// Adds the same, keeping its white space.
    pub(super) fn words_verbatim(&mut self, start: usize, text: &str) {
        let mut at = start;
        for piece in pieces(text) {
            self.verbatim(at..at + piece.len(), piece);
            at += piece.len();
        }
    }

    /// Adds text of HTML, in which character references stand for characters.
    pub(super) fn referenced(&mut self, start: usize, text: &str, reading: Reading) {
        let mut at = start;
        let mut rest = text;
        while !rest.is_empty() {
            let plain = rest.find('&').unwrap_or(rest.len());
            let (before, after) = rest.split_at(plain);
            self.stretch(at, before, reading);
            at += before.len();
            let (reference, after) = after.split_at(reference_len(after));
            match dereferenced(reference, after, reading) {
                Some(letters) if reading == Reading::Verbatim => {
                    self.verbatim(at..at + reference.len(), &letters);
                }
                Some(letters) => self.text(at..at + reference.len(), &letters),
                None => self.stretch(at, reference, reading),
            }
            at += reference.len();
            rest = after;
        }
    }

    fn stretch(&mut self, start: usize, text: &str, reading: Reading) {
        if reading == Reading::Verbatim {
            self.words_verbatim(start, text);
        } else {
            self.words(start, text);
        }
    }

    /// Adds markup that opens a pair of a name.
    pub(super) fn open(&mut self, kind: &str, name: &str, source: Range<usize>, markup: Markup) {
        self.builder.open_with(kind, markup.content);
        self.open.push(name.to_owned());
        self.push_code(source, markup.instead);
    }

    /// Adds markup that closes the pair of that name. If another pair was opened later, the markup stands alone.
    pub(super) fn close(&mut self, name: &str, source: Range<usize>, markup: Markup) {
        if self.open.last().is_none_or(|open| open == name) {
            self.open.pop();
            self.builder.close_with(markup.content);
        } else {
            self.builder.alone_with(name, markup.content);
        }
        self.push_code(source, markup.instead);
    }

    /// Adds something that people see and that is no text: an image, a field.
    pub(super) fn object(&mut self, kind: &str, source: Range<usize>, markup: Markup) {
        self.alone(kind, source, markup);
        self.takes_blank = true;
    }

    /// Adds markup that stands alone.
    pub(super) fn alone(&mut self, kind: &str, source: Range<usize>, markup: Markup) {
        self.builder.alone_with(kind, markup.content);
        self.push_code(source, markup.instead);
    }

    fn push_code(&mut self, source: Range<usize>, instead: Option<String>) {
        self.atoms.push(Atom {
            source,
            text: 0,
            is_code: true,
            instead,
        });
    }

    /// The block and its place; none if there is no text.
    pub(super) fn finish(self, manner: Manner) -> Option<Place> {
        let trimmed = self.builder.finish();
        if trimmed.content.text.is_empty() {
            return None;
        }
        let mut atoms = self.atoms.into_iter().peekable();
        let (mut codes_left, mut text_left) = (trimmed.lead.codes.len(), trimmed.lead.text.len());
        // What is no text and no code, as the second of two blanks is, stays outside.
        while let Some(atom) = atoms
            .next_if(|atom| codes_left > 0 || text_left > 0 || (!atom.is_code && atom.text == 0))
        {
            codes_left = codes_left.saturating_sub(usize::from(atom.is_code));
            text_left = text_left.saturating_sub(atom.text);
        }
        let start = atoms.peek()?.source.start;
        let mut end = start;
        let (mut codes_left, mut text_left) =
            (trimmed.content.codes.len(), trimmed.content.text.len());
        let mut codes = Vec::with_capacity(codes_left);
        while codes_left > 0 || text_left > 0 {
            let atom = atoms.next()?;
            end = atom.source.end;
            text_left = text_left.saturating_sub(atom.text);
            if atom.is_code {
                codes_left = codes_left.saturating_sub(1);
                codes.push((atom.source, atom.instead));
            }
        }
        Some(Place {
            range: start..end,
            content: trimmed.content,
            manner,
            is_inner: false,
            codes,
        })
    }
}

/// What a code is made of.
#[derive(Debug, Default)]
pub(super) struct Markup {
    content: Vec<CodeContent>,
    instead: Option<String>,
}

impl Markup {
    /// A stretch of the source.
    pub(super) fn new(text: &str, source: Range<usize>) -> Self {
        Markup::with_subs(text, source, &[])
    }

    /// A stretch of the source with blocks in it.
    pub(super) fn with_subs(text: &str, source: Range<usize>, subs: &[&Place]) -> Self {
        let mut content = Vec::new();
        let mut at = source.start;
        let native = |from: usize, to: usize, content: &mut Vec<CodeContent>| {
            let piece = text.get(from..to).unwrap_or_default();
            if !piece.is_empty() {
                content.push(CodeContent::Native(piece.to_owned()));
            }
        };
        for place in subs {
            native(at, place.range.start, &mut content);
            content.push(CodeContent::Sub {
                element: "sub".to_owned(),
                attributes: Vec::new(),
                segment: place.content.clone(),
            });
            at = place.range.end;
        }
        native(at, source.end, &mut content);
        Markup {
            content,
            instead: None,
        }
    }

    /// The same, written otherwise if its block changes.
    pub(super) fn written_as(mut self, instead: String) -> Self {
        self.instead = Some(instead);
        self
    }
}

impl Place {
    /// The same place, in markup.
    pub(super) fn inner(mut self) -> Self {
        self.is_inner = true;
        self
    }

    /// The codes of a text, which are this block's own, in the text's order, each with its native markup.
    pub(super) fn markup<'a>(
        &'a self,
        text: &'a Segment,
        copy: &'a dyn Fn(Range<usize>) -> String,
    ) -> impl Iterator<Item = (&'a InlineCode, String)> + 'a {
        let own: HashMap<_, _> = self
            .content
            .codes
            .iter()
            .map(InlineCode::name)
            .zip(&self.codes)
            .collect();
        text.codes.iter().filter_map(move |code| {
            let (source, instead) = own.get(&code.name())?;
            let markup = match instead {
                Some(instead) => instead.clone(),
                None => copy(source.clone()),
            };
            Some((code, markup))
        })
    }
}

/// Changes to a text in places, some of them within others.
#[derive(Debug, Default)]
pub(super) struct Changes {
    changes: Vec<(Range<usize>, String)>,
}

impl Changes {
    /// Puts a text in the place of a range. Ranges do not overlap, unless one holds the other and is given later.
    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.changes.push((range, text.into()));
    }

    /// Makes them ready for copying.
    pub(super) fn sort(&mut self) {
        self.changes
            .sort_by_key(|(range, _)| (range.start, range.end));
    }

    /// A stretch of the text with the changes in it made.
    pub(super) fn copy(&self, text: &str, range: Range<usize>) -> String {
        let mut out = String::with_capacity(range.len());
        let first = self
            .changes
            .partition_point(|(change, _)| change.start < range.start);
        let mut at = range.start;
        for (change, new) in self.changes.get(first..).unwrap_or_default() {
            if change.start >= range.end {
                break;
            }
            if change.start < at || change.end > range.end {
                continue;
            }
            out.push_str(text.get(at..change.start).unwrap_or_default());
            out.push_str(new);
            at = change.end;
        }
        out.push_str(text.get(at..range.end).unwrap_or_default());
        out
    }
}

/// How a format writes the block of a number in its place. What it is given last copies markup from the source.
pub(super) type Render<'a> =
    &'a dyn Fn(usize, &Place, &Segment, &dyn Fn(Range<usize>) -> String) -> String;

/// A text with other blocks in its places, and other changes.
pub(super) fn replaced(
    source: &str,
    places: &[Place],
    texts: &[Segment],
    mut inner: Changes,
    render: Render<'_>,
) -> String {
    let changed = |is_inner: bool| {
        let all = places.iter().zip(texts).enumerate();
        all.filter(move |(_, (place, text))| place.is_inner == is_inner && place.content != **text)
    };
    let plain = |range: Range<usize>| source.get(range).unwrap_or_default().to_owned();
    for (number, (place, text)) in changed(true) {
        inner.replace(place.range.clone(), render(number, place, text, &plain));
    }
    inner.sort();
    let copy = |range: Range<usize>| inner.copy(source, range);
    let mut outer: Vec<_> = changed(false).collect();
    outer.sort_by_key(|(_, (place, _))| place.range.start);
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    for (number, (place, text)) in outer {
        out.push_str(&copy(at..place.range.start));
        out.push_str(&render(number, place, text, &copy));
        at = place.range.end;
    }
    out.push_str(&copy(at..source.len()));
    out
}

/// How long the character reference at the start of a text can be; 0 if the text does not start with one.
fn reference_len(text: &str) -> usize {
    let Some(body) = text.strip_prefix('&') else {
        return 0;
    };
    let run = |text: &str, is_part: fn(char) -> bool| -> usize {
        text.find(|letter| !is_part(letter)).unwrap_or(text.len())
    };
    let len = match body.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => 2 + run(hex, |letter| letter.is_ascii_hexdigit()),
            None => 1 + run(number, |letter| letter.is_ascii_digit()),
        },
        None => run(body, |letter| letter.is_ascii_alphanumeric()),
    };
    let has_end = body.get(len..).is_some_and(|rest| rest.starts_with(';'));
    1 + len + usize::from(has_end)
}

/// What a character reference stands for; none if it is none.
fn dereferenced(reference: &str, after: &str, reading: Reading) -> Option<String> {
    let is_closed = reference.ends_with(';');
    if reading == Reading::Strict && !is_closed {
        return None;
    }
    // In an attribute the next character decides about a reference that does not end properly.
    let in_attribute = reading == Reading::Attribute;
    let next: String = after
        .chars()
        .take(usize::from(in_attribute && !is_closed))
        .collect();
    let written = format!("{reference}{next}");
    let read = if in_attribute {
        htmlize::unescape_attribute(written.as_str())
    } else {
        htmlize::unescape(written.as_str())
    };
    let letters = read.strip_suffix(next.as_str()).unwrap_or(&read);
    (letters != reference).then(|| letters.to_owned())
}

/// Words and the white space between them, in turn.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_gap = is_white(rest.chars().next()?);
        let end = rest.find(|letter| is_white(letter) != is_gap);
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        Some(piece)
    })
}

/// White space that counts as one blank between words. A no-break space does not.
pub(super) fn is_white(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{B}' | '\u{C}')
}
