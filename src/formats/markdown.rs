//! Markdown (`CommonMark` with tables, footnotes, lists of tasks and definitions, mathematics, front matter): its text in blocks.
//!
//! The parser (`pulldown-cmark`) says where each piece stands; a changed block is written in its place, in one line. Front matter, code,
//! and HTML between paragraphs stay. What would be markup in a new text is escaped, and only that, so that people can
//! go on with the source.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::Format;
use super::document::{Block, Document, Skeleton};
use super::in_place::{Changes, Manner, Markup, Place, Reading, Run, is_white, replaced};
use crate::error::Result;
use crate::text::language::Language;
use crate::unit::{InlineCode, Segment, attribute};

/// Reads a text in Markdown.
///
/// # Errors
/// None so far.
pub(super) fn read(text: &str) -> Result<Document> {
    let mut reader = Reader {
        text,
        ..Reader::default()
    };
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        reader.event(&event, range);
    }
    reader.end_block();
    let skeleton = Source {
        text: text.to_owned(),
        places: reader.places,
    };
    Ok(Document::new(Format::Markdown, reader.blocks, skeleton))
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    run: Run,
    /// The paragraph around an image whose description is read; images in descriptions are not looked into.
    around: Option<Run>,
    image_depth: usize,
    /// Where the pairs that are open begin, innermost last.
    open: Vec<usize>,
    /// Whether text is code, front matter, or something else that stays, and how deep.
    stays: usize,
    manner: Option<Manner>,
    has_lines: bool,
    /// Where the last event ended: what lies between two is an escape, or the margin of a line.
    at: usize,
    pending: Vec<Place>,
    places: Vec<Place>,
    blocks: Vec<Block>,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        if self.stays > 0 && !matches!(event, Event::Start(_) | Event::End(_)) {
            self.at = range.end;
            return;
        }
        self.keep_unsaid(range.start);
        match event {
            Event::Start(tag) => self.start(tag, &range),
            Event::End(tag) => self.end(*tag, &range),
            Event::Text(text) => self.words(text, range),
            Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_) => {
                let kind = match event {
                    Event::Code(_) => "code",
                    Event::FootnoteReference(_) => "fnote",
                    _ => "x-math",
                };
                self.object(kind, range);
            }
            Event::InlineHtml(tag) => self.tag(tag, range),
            Event::SoftBreak => self.blank(range),
            Event::HardBreak if self.image_depth == 0 => {
                self.end_line();
                self.at = range.end;
            }
            Event::HardBreak => self.blank(range),
            Event::TaskListMarker(_) | Event::Rule => {
                self.end_block();
                self.at = range.end;
            }
            Event::Html(_) => self.at = range.end,
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        if self.stays > 0 {
            self.stays += 1;
            return;
        }
        match tag {
            Tag::Emphasis => self.open("italic", "*", range.start..range.start + 1),
            Tag::Strong => self.open("bold", "**", range.start..range.start + 2),
            Tag::Strikethrough => {
                let len = self.tildes(range);
                self.open("strike", "~~", range.start..range.start + len);
            }
            Tag::Superscript => self.open("sup", "^", range.start..range.start + 1),
            Tag::Subscript => self.open("sub", "~", range.start..range.start + 1),
            Tag::Link {
                link_type: LinkType::Autolink | LinkType::Email,
                ..
            } => {
                self.object("link", range.clone());
                self.stays = 1;
            }
            Tag::Link { .. } => self.open("link", "[", range.start..range.start + 1),
            Tag::Image { .. } => {
                self.image_depth += 1;
                if self.image_depth == 1 {
                    self.around = Some(std::mem::take(&mut self.run));
                    self.open.push(range.start);
                    self.at = range.start + 2;
                } else {
                    self.stays = 1;
                    self.object("image", range.clone());
                }
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.end_block();
                self.stays = 1;
            }
            _ => {
                self.end_block();
                self.at = self.at.max(range.start);
                self.manner = match tag {
                    Tag::TableCell => Some(Manner::Cell),
                    Tag::Heading { .. }
                        if self
                            .text
                            .get(range.clone())
                            .is_some_and(|line| line.starts_with('#')) =>
                    {
                        Some(Manner::Heading)
                    }
                    _ => None,
                };
            }
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        if self.stays > 0 {
            self.stays -= 1;
            if matches!(tag, TagEnd::Image) && self.stays == 0 {
                self.image_depth = self.image_depth.saturating_sub(1);
            }
            self.at = self.at.max(range.end);
            return;
        }
        match tag {
            TagEnd::Emphasis => self.close("*", 1, range),
            TagEnd::Strong => self.close("**", 2, range),
            TagEnd::Strikethrough => self.close("~~", self.tildes(range), range),
            TagEnd::Superscript => self.close("^", 1, range),
            TagEnd::Subscript => self.close("~", 1, range),
            TagEnd::Link => self.close_link(range),
            TagEnd::Image => self.close_image(range),
            _ => {
                self.end_block();
                self.at = range.end;
            }
        }
    }

    /// What lies between two pieces of a line and is neither an escape nor a margin was not told by the parser. It stays.
    fn keep_unsaid(&mut self, start: usize) {
        let gap = self.text.get(self.at..start).unwrap_or_default();
        let gap = gap.strip_suffix('\\').unwrap_or(gap);
        let is_margin = gap.chars().all(|letter| is_white(letter) || letter == '>');
        if !self.run.is_empty() && !is_margin {
            let source = self.at..self.at + gap.len();
            self.run
                .alone("x-other", source.clone(), Markup::new(self.text, source));
        }
    }

    /// How many `~` a crossed-out piece has at its ends.
    fn tildes(&self, range: &Range<usize>) -> usize {
        let piece = self.text.get(range.clone()).unwrap_or_default();
        if piece.starts_with("~~") && piece.ends_with("~~") && piece.len() >= 4 {
            2
        } else {
            1
        }
    }

    /// Where a piece begins, with the backslash that escapes it.
    fn escaped(&self, start: usize) -> usize {
        let before = self.text.get(self.at..start).unwrap_or_default();
        start - usize::from(before.ends_with('\\'))
    }

    fn words(&mut self, text: &str, range: Range<usize>) {
        let start = self.escaped(range.start);
        if start < range.start {
            // An escape takes one character.
            let first = text.chars().next().map_or(0, char::len_utf8);
            let (letter, rest) = text.split_at_checked(first).unwrap_or_default();
            self.run.text(start..range.start + first, letter);
            self.stretch(range.start + first..range.end, rest);
        } else {
            self.stretch(range.clone(), text);
        }
        self.at = range.end;
    }

    fn stretch(&mut self, range: Range<usize>, text: &str) {
        if self.text.get(range.clone()) == Some(text) {
            self.run.words(range.start, text);
        } else if !text.is_empty() {
            self.run.text(range, text);
        }
    }

    /// A blank, and the margin of the next line with it.
    fn blank(&mut self, range: Range<usize>) {
        self.run.text(range.clone(), " ");
        self.at = range.end;
    }

    fn object(&mut self, kind: &str, range: Range<usize>) {
        self.run
            .object(kind, range.clone(), Markup::new(self.text, range.clone()));
        self.at = range.end;
    }

    /// HTML in a line; what opens and closes in order is a pair.
    fn tag(&mut self, tag: &str, range: Range<usize>) {
        let markup = Markup::new(self.text, range.clone());
        let closes = tag.starts_with("</");
        let name = tag.trim_start_matches(['<', '/']);
        let end = name.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-');
        let name = name
            .get(..end.unwrap_or(name.len()))
            .unwrap_or_default()
            .to_ascii_lowercase();
        let is_void = matches!(name.as_str(), "br" | "img" | "wbr" | "input" | "hr" | "");
        match name.as_str() {
            "br" if self.image_depth == 0 => self.end_line(),
            "img" | "input" => self.run.object("image", range.clone(), markup),
            _ if is_void || tag.ends_with("/>") => self.run.alone("x-other", range.clone(), markup),
            name if closes => self.run.close(&format!("<{name}"), range.clone(), markup),
            name => {
                let kind = match name {
                    "b" | "strong" => "bold",
                    "i" | "em" => "italic",
                    "u" | "ins" => "ulined",
                    "a" => "link",
                    name => name,
                };
                self.run
                    .open(kind, &format!("<{name}"), range.clone(), markup);
            }
        }
        self.at = range.end;
    }

    fn open(&mut self, kind: &str, name: &str, source: Range<usize>) {
        self.open.push(source.start);
        self.run.open(
            kind,
            name,
            source.clone(),
            Markup::new(self.text, source.clone()),
        );
        self.at = source.end;
    }

    fn close(&mut self, name: &str, len: usize, range: &Range<usize>) {
        self.open.pop();
        let source = range.end.saturating_sub(len)..range.end;
        self.run
            .close(name, source.clone(), Markup::new(self.text, source));
        self.at = range.end;
    }

    /// The end of a link or an image from behind its last letter, and the end of all of it.
    fn link_end(&self, range: &Range<usize>) -> Range<usize> {
        let rest = self.text.get(range.end..).unwrap_or_default();
        // The parser leaves the `[]` of a reference by its own text outside.
        let piece = self.text.get(range.clone()).unwrap_or_default();
        let is_reference = piece.ends_with(']') && !piece.ends_with("[]");
        let end = range.end
            + if is_reference && rest.starts_with("[]") {
                2
            } else {
                0
            };
        self.at.min(end)..end
    }

    fn close_link(&mut self, range: &Range<usize>) {
        let start = self.open.pop().unwrap_or(range.start);
        let source = self.link_end(range);
        let title = self.title(&source);
        let titles: Vec<&Place> = title.iter().collect();
        let markup = Markup::with_subs(self.text, source.clone(), &titles);
        let markup = self.with_label(markup, start + 1, &source);
        self.run.close("[", source.clone(), markup);
        self.pending.extend(title);
        self.at = source.end;
    }

    fn close_image(&mut self, range: &Range<usize>) {
        self.image_depth = self.image_depth.saturating_sub(1);
        let start = self.open.pop().unwrap_or(range.start);
        let source = self.link_end(range);
        let description = std::mem::replace(&mut self.run, self.around.take().unwrap_or_default());
        let mut inner: Vec<Place> = Vec::new();
        let end = self.text.get(source.clone()).unwrap_or_default();
        // A description that names its own target has to stay.
        if end.starts_with("](") || (end.starts_with("][") && end != "][]") {
            let manner = match self.manner {
                Some(Manner::Cell) => Manner::Cell,
                // Its line begins with the image.
                _ => Manner::Heading,
            };
            inner.extend(description.finish(manner).map(Place::inner));
        }
        inner.extend(self.title(&source));
        let places: Vec<&Place> = inner.iter().collect();
        let whole = start..source.end;
        self.run.object(
            "image",
            whole.clone(),
            Markup::with_subs(self.text, whole, &places),
        );
        self.pending.extend(inner);
        self.at = source.end;
    }

    /// A link that its own text refers (`[text]`, `[text][]`) goes on to where it did when the text is another one.
    fn with_label(&self, markup: Markup, start: usize, source: &Range<usize>) -> Markup {
        let end = self.text.get(source.clone()).unwrap_or_default();
        if end != "]" && end != "][]" {
            return markup;
        }
        let label = self.text.get(start..source.start).unwrap_or_default();
        markup.written_as(format!("][{label}]"))
    }

    /// The title in the end of a link: `](target "title")`.
    fn title(&self, source: &Range<usize>) -> Option<Place> {
        if self.manner == Some(Manner::Cell) {
            return None;
        }
        let end = self.text.get(source.clone())?;
        let inner = end.strip_prefix("](")?.strip_suffix(')')?;
        let bare = inner.trim_end();
        let close = bare
            .chars()
            .next_back()
            .filter(|close| matches!(close, '"' | '\'' | ')'))?;
        let open = if close == ')' { '(' } else { close };
        let body = bare.strip_suffix(close)?;
        // The target is before it, in angles or without a blank.
        let target = inner.trim_start();
        let skipped = match target.strip_prefix('<') {
            Some(rest) => 2 + rest.find('>')?,
            None => target.find(|letter: char| letter.is_ascii_whitespace())?,
        };
        let from = inner.len() - target.len() + skipped;
        let gap = body.get(from..)?;
        let title = gap.trim_start().strip_prefix(open)?;
        if gap.trim_start().len() == gap.len() {
            return None;
        }
        let start = source.start + 2 + body.len() - title.len();
        let mut run = Run::default();
        let mut at = start;
        let mut rest = title;
        while !rest.is_empty() {
            let (before, after) = rest.split_at(rest.find('\\').unwrap_or(rest.len()));
            run.referenced(at, before, Reading::Strict);
            at += before.len();
            let sign = after
                .get(1..2)
                .filter(|sign| sign.chars().all(|sign| sign.is_ascii_punctuation()));
            let (len, letter) = match sign {
                Some(sign) => (2, sign),
                None => (after.len().min(1), "\\"),
            };
            if len > 0 {
                run.verbatim(at..at + len, letter);
            }
            at += len;
            rest = after.get(len..).unwrap_or_default();
        }
        run.finish(Manner::Quoted(close)).map(Place::inner)
    }

    fn end_line(&mut self) {
        let run = std::mem::take(&mut self.run);
        if let Some(place) = run.finish(self.manner.unwrap_or(Manner::Running)) {
            let stands_apart = !std::mem::replace(&mut self.has_lines, true);
            self.add(place, stands_apart);
        }
    }

    fn end_block(&mut self) {
        self.end_line();
        self.has_lines = false;
        for place in std::mem::take(&mut self.pending) {
            self.add(place, true);
        }
    }

    fn add(&mut self, place: Place, stands_apart: bool) {
        self.blocks.push(Block {
            content: place.content.clone(),
            stands_apart,
        });
        self.places.push(place);
    }
}

/// A text without its blocks.
#[derive(Debug)]
struct Source {
    text: String,
    places: Vec<Place>,
}

/// How carefully a block is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Care {
    /// What is known to be markup is escaped.
    Usual,
    /// Every sign is escaped, and stress is written as HTML: stars beside some signs are no stress.
    Full,
}

/// How often a text is written again because a block did not read as itself, before all are written with full care.
const ATTEMPTS: usize = 24;

impl Skeleton for Source {
    fn write(&self, blocks: &[Segment], _: &Language) -> Result<Vec<u8>> {
        let changed: Vec<bool> = self
            .places
            .iter()
            .zip(blocks)
            .map(|(place, text)| place.content != *text)
            .collect();
        if !changed.contains(&true) {
            return Ok(self.text.clone().into_bytes());
        }
        let mut care = vec![Care::Usual; changed.len()];
        for _ in 0..ATTEMPTS {
            let out = self.written(blocks, &care);
            let Some(wrong) = first_wrong(&out, blocks)? else {
                return Ok(out.into_bytes());
            };
            // The block itself, or one before it that swallowed what follows.
            let candidate =
                |at: &usize| changed.get(*at) == Some(&true) && care.get(*at) == Some(&Care::Usual);
            let next = (0..=wrong)
                .rev()
                .find(candidate)
                .or_else(|| (wrong..care.len()).find(candidate));
            match next.and_then(|at| care.get_mut(at)) {
                Some(care) => *care = Care::Full,
                None => return Ok(out.into_bytes()),
            }
        }
        care.fill(Care::Full);
        Ok(self.written(blocks, &care).into_bytes())
    }
}

impl Source {
    fn written(&self, blocks: &[Segment], care: &[Care]) -> String {
        let render = |number: usize,
                      place: &Place,
                      text: &Segment,
                      copy: &dyn Fn(Range<usize>) -> String| {
            let care = care.get(number).copied().unwrap_or(Care::Full);
            written(text, place.manner, place.markup(text, copy).collect(), care)
        };
        replaced(
            &self.text,
            &self.places,
            blocks,
            Changes::default(),
            &render,
        )
    }
}

/// The first block that does not read as it was written.
fn first_wrong(out: &str, blocks: &[Segment]) -> Result<Option<usize>> {
    let again = read(out)?;
    let same = again.blocks.iter().zip(blocks);
    let same = same
        .take_while(|(found, wanted)| plain(&found.content.text) == plain(&wanted.text))
        .count();
    Ok((same < blocks.len() || again.blocks.len() > blocks.len())
        .then_some(same.min(blocks.len().saturating_sub(1))))
}

/// A text with its words one blank apart.
fn plain(text: &str) -> String {
    let words = text.split(is_white).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// A piece of a line on its way: a letter of the text, or markup.
enum Piece {
    Letter(char),
    Markup(String, Side),
}

/// Where stress is, seen from its sign.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Behind,
    Before,
    /// It is no stress.
    None,
}

/// A block in Markdown, in one line.
fn written(
    text: &Segment,
    manner: Manner,
    codes: Vec<(&InlineCode, String)>,
    care: Care,
) -> String {
    if let Manner::Quoted(close) = manner {
        return quoted(&text.text, close);
    }
    let pieces = pieces(&text.text, &markup(&text.text, &codes, care));
    let count = |sign: char| -> usize {
        let counts = pieces.iter().map(|piece| match piece {
            Piece::Letter(letter) => usize::from(*letter == sign),
            Piece::Markup(native, _) => native.matches(sign).count(),
        });
        counts.sum()
    };
    let are_many = |sign: char| count(sign) > 1;
    let (tildes, dollars) = (are_many('~'), are_many('$'));
    let line: String = pieces
        .iter()
        .map_while(|piece| match piece {
            Piece::Letter(letter) => Some(*letter),
            Piece::Markup(..) => None,
        })
        .collect();
    let start = if manner == Manner::Running {
        line_start(&line)
    } else {
        None
    };
    let mut out = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        let letter = match piece {
            Piece::Markup(native, _) => {
                out.push_str(native);
                continue;
            }
            Piece::Letter(letter) => *letter,
        };
        let before = out.chars().next_back();
        let (after, is_markup) = match pieces.get(at + 1) {
            Some(Piece::Letter(letter)) => (Some(*letter), false),
            Some(Piece::Markup(native, _)) => (native.chars().next(), true),
            None => (None, false),
        };
        let is_blank = |beside: Option<char>| beside.is_some_and(char::is_whitespace);
        let is_word = |beside: Option<char>| beside.is_some_and(char::is_alphanumeric);
        let is_markup = match letter {
            _ if start == Some(at) => true,
            _ if care == Care::Full => letter.is_ascii_punctuation(),
            '\\' => after.is_none_or(|next| next.is_ascii_punctuation()),
            '`' | '[' | ']' => true,
            '*' => !(is_blank(before) && is_blank(after)),
            '_' => {
                !(is_blank(before) && is_blank(after)
                    || is_word(before) && is_word(after) && !is_markup)
            }
            '<' => after
                .is_none_or(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
            '&' => after.is_none_or(|next| next.is_ascii_alphanumeric() || next == '#'),
            '~' => tildes,
            '$' => dollars,
            '|' => manner == Manner::Cell,
            '!' => is_markup && after == Some('['),
            '{' => manner == Manner::Heading,
            '#' => manner == Manner::Heading && after.is_none(),
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// The markup of a block as it can be written: stress of nothing is left out, and within a word it is stars.
fn markup(text: &str, codes: &[(&InlineCode, String)], care: Care) -> Vec<(usize, String, Side)> {
    let mut all: Vec<(usize, String, Side)> = codes
        .iter()
        .map(|(code, native)| {
            let side = match code.element.as_str() {
                _ if !is_stress(native) => Side::None,
                "bpt" => Side::Behind,
                "ept" => Side::Before,
                _ if attribute(&code.attributes, "pos") == Some("begin") => Side::Behind,
                _ => Side::Before,
            };
            (code.at, native.clone(), side)
        })
        .collect();
    for (open, (code, native)) in codes.iter().enumerate() {
        let number = attribute(&code.attributes, "i");
        let is_end = |(other, _): &(&InlineCode, String)| {
            other.element == "ept" && attribute(&other.attributes, "i") == number
        };
        let close = codes
            .iter()
            .skip(open)
            .position(is_end)
            .map(|after| open + after);
        let Some(close) = close.filter(|_| code.element == "bpt" && is_stress(native)) else {
            continue;
        };
        let (from, to) = (
            code.at,
            codes.get(close).map_or(code.at, |(code, _)| code.at),
        );
        let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        let holds = all.get(open + 1..close).unwrap_or_default();
        let is_empty = part(from, to).trim_matches(is_white).is_empty()
            && holds.iter().all(|(_, _, side)| *side != Side::None);
        let is_in_word = part(0, from).ends_with(char::is_alphanumeric)
            || part(to, text.len()).starts_with(char::is_alphanumeric);
        let (before, behind) = match native.chars().next() {
            _ if is_empty => (String::new(), String::new()),
            Some(sign) if care == Care::Full => {
                let name = match (sign, native.len()) {
                    ('~', _) => "del",
                    (_, 1) => "em",
                    _ => "strong",
                };
                (format!("<{name}>"), format!("</{name}>"))
            }
            Some('_') if is_in_word => (native.replace('_', "*"), native.replace('_', "*")),
            _ => continue,
        };
        for (place, native) in [(open, before), (close, behind)] {
            if let Some((_, written, _)) = all.get_mut(place) {
                *written = native;
            }
        }
    }
    all.retain(|(_, native, _)| !native.is_empty());
    all
}

/// Whether markup is stars, underscores or tildes.
fn is_stress(native: &str) -> bool {
    let mut signs = native.chars();
    let first = signs.next();
    matches!(first, Some('*' | '_' | '~')) && signs.all(|sign| Some(sign) == first)
}

/// The letters and the markup of a block in order. White space is a blank; there is none at the ends, and none on the inner side of
/// stress, where the signs would be no stress.
fn pieces(text: &str, markup: &[(usize, String, Side)]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut has_blank = false;
    let mut markup = markup.iter().peekable();
    let mut letters = text.char_indices().peekable();
    loop {
        let place = letters.peek().map(|(at, _)| *at);
        if let Some((_, native, side)) =
            markup.next_if(|(at, _, _)| place.is_none_or(|place| *at <= place))
        {
            if *side != Side::Before && std::mem::take(&mut has_blank) {
                out.push(Piece::Letter(' '));
            }
            out.push(Piece::Markup(native.clone(), *side));
            continue;
        }
        let Some((_, letter)) = letters.next() else {
            return out;
        };
        if is_white(letter) {
            let signs = out
                .iter()
                .rev()
                .take_while(|piece| matches!(piece, Piece::Markup(_, Side::Behind)))
                .count();
            let start = out.len() - signs;
            let is_parted = matches!(
                start.checked_sub(1).and_then(|last| out.get(last)),
                None | Some(Piece::Letter(' '))
            );
            match signs {
                0 => has_blank = !out.is_empty(),
                _ if is_parted => {}
                _ => out.insert(start, Piece::Letter(' ')),
            }
        } else {
            if std::mem::take(&mut has_blank) {
                out.push(Piece::Letter(' '));
            }
            out.push(Piece::Letter(letter));
        }
    }
}

/// Where a line has to be escaped so that it does not begin a list, a heading, a quotation or a rule.
fn line_start(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    let rest = line.get(first.len_utf8()..).unwrap_or_default();
    let is_alone = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    let is_rule = line
        .chars()
        .all(|letter| matches!(letter, '-' | '=' | '+' | '_' | '*' | '|' | ':' | ' '));
    match first {
        '#' => is_alone(line.trim_start_matches('#')).then_some(0),
        '>' | '|' => Some(0),
        '-' | '+' | '*' | ':' => (is_alone(rest) || is_rule).then_some(0),
        '=' => is_rule.then_some(0),
        '0'..='9' => {
            let sign = line.find(|letter: char| !letter.is_ascii_digit())?;
            let after = line.get(sign..)?.strip_prefix(['.', ')'])?;
            (sign <= 9 && is_alone(after)).then_some(sign)
        }
        _ => None,
    }
}

/// A title between its quotes.
fn quoted(text: &str, close: char) -> String {
    let mut out = String::new();
    let text = plain(text);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek();
        let is_markup = match letter {
            '\\' => next.is_none_or(char::is_ascii_punctuation),
            '&' => next.is_some_and(|next| next.is_ascii_alphanumeric() || *next == '#'),
            '(' => close == ')',
            letter => letter == close,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::CodeContent;
    use proptest::prelude::*;

    fn texts(text: &str) -> Vec<String> {
        read(text)
            .unwrap()
            .blocks
            .into_iter()
            .map(|block| block.content.text)
            .collect()
    }

    fn write_out(document: &Document, texts: &[Segment]) -> String {
        let bytes = document
            .write(texts, &Language::parse("fa").unwrap())
            .unwrap()
            .bytes;
        String::from_utf8(bytes).unwrap()
    }

    fn contents(document: &Document) -> Vec<Segment> {
        document
            .blocks
            .iter()
            .map(|block| block.content.clone())
            .collect()
    }

    /// The text with every block in capitals, codes where they were.
    fn shouted(text: &str) -> String {
        let document = read(text).unwrap();
        let mut blocks = contents(&document);
        for block in &mut blocks {
            block.text = block.text.to_ascii_uppercase();
        }
        write_out(&document, &blocks)
    }

    #[test]
    fn blocks_are_what_people_see_as_one_piece_of_text() {
        for (source, wanted) in [
            (
                "---\ntitle: x\n---\n\n# Të *dashur* #\n\nmiq,\nmirë\n",
                &["Të dashur", "miq, mirë"][..],
            ),
            ("+++\na = 1\n+++\nb", &["b"]),
            ("- یک\n- [ ] دو\n\n  سه\n1. x", &["یک", "دو", "سه", "x"]),
            ("a\\\nb  \nc", &["a", "b", "c"]),
            (
                "> a\n> b\n\n    code\n\n```\ncode\n```\n\n<div>\nx\n</div>",
                &["a b"],
            ),
            (
                "| a \\| b | c |\n|---|---|\n| **d** | |",
                &["a | b", "c", "d"],
            ),
            (
                "A[^1] \\* &amp; <b>b</b> `c` d\n\n[^1]: note\n",
                &["A * & b  d", "note"],
            ),
            ("Term\n: what it is", &["Term", "what it is"]),
            (
                "See ![a *seal*](s.png \"tip \\\"x\\\"\") [here](u (t)).",
                &["See  here.", "a seal", "tip \"x\"", "t"],
            ),
            ("[a][] [b] [c][a]\n\n[a]: x\n[b]: y", &["a b c"]),
            ("<https://example.org>\n\nx $y$", &["x"]),
            ("> [!NOTE]\n> می\u{200c}رود", &["می\u{200c}رود"]),
        ] {
            assert_eq!(texts(source), wanted, "{source}");
        }
    }

    #[test]
    fn a_changed_block_changes_its_text_and_nothing_else() {
        for (source, wanted) in [
            ("# a *b*  #\n", "# A *B*  #\n"),
            ("> a\n> __b__ \\\n> c", "> A __B__ \\\n> C"),
            (
                "see ![a](x 't') [b][] [c].\n\n[b]: y\n[c]: z",
                "SEE ![A](x 'T') [B][b] [C][c].\n\n[b]: y\n[c]: z",
            ),
            (
                "1. a \\# b\n2. 2 * 3 snake_case",
                "1. A # B\n2. 2 * 3 SNAKE_CASE",
            ),
            ("| a | b\\|c |\n| - | - |", "| A | B\\|C |\n| - | - |"),
        ] {
            assert_eq!(shouted(source), wanted);
        }
    }

    #[test]
    fn what_would_be_markup_is_escaped_and_only_that() {
        for (text, wanted) in [
            ("# x", "\\# x"),
            ("1. x", "1\\. x"),
            ("۱. x", "۱. x"),
            ("- x - y -5", "\\- x - y -5"),
            ("---", "\\---"),
            ("*a* b* a_b _c_ 2 * 2", "\\*a\\* b\\* a_b \\_c\\_ 2 * 2"),
            ("[x](y) `z`", "\\[x\\](y) \\`z\\`"),
            ("a < b <c> & &amp; R&D", "a < b \\<c> & \\&amp; R\\&D"),
            ("C:\\temp \\* x\\", "C:\\temp \\\\\\* x\\\\"),
            ("~5 $3", "~5 $3"),
            ("~5~ $3$", "\\~5\\~ \\$3\\$"),
            ("a | b > c", "a | b > c"),
            ("به «خانه» آمد!", "به «خانه» آمد!"),
        ] {
            let document = read("old").unwrap();
            assert_eq!(write_out(&document, &[Segment::plain(text)]), wanted);
            assert_eq!(texts(wanted), [text]);
        }
    }

    #[test]
    fn stress_moves_with_its_words() {
        let document = read("one **two** three").unwrap();
        let mut block = document.blocks[0].content.clone();
        for (text, open, close, wanted) in [
            ("یک دو سه", 0, 4, "**یک** دو سه"),
            ("a b c", 1, 4, "a **b** c"),
            ("a b c", 3, 3, "a b c"),
            ("a «b»c", 2, 7, "a <strong>«b»</strong>c"),
        ] {
            block.text = text.to_owned();
            block.codes[0].at = open;
            block.codes[1].at = close;
            assert_eq!(write_out(&document, std::slice::from_ref(&block)), wanted);
        }
    }

    #[test]
    fn descriptions_stand_in_the_codes_of_their_images() {
        let document = read("a ![b](c)").unwrap();
        let Some(CodeContent::Sub { segment, .. }) =
            read("a ![b](c) d").unwrap().blocks[0].content.codes[0]
                .content
                .get(1)
                .cloned()
        else {
            panic!("the description is a part of the code");
        };
        assert_eq!(segment.text, "b");
        assert_eq!(document.blocks.len(), 2);
    }

    #[test]
    fn anything_is_read_in_time() {
        for piece in [
            "*", "[", "![", "> ", "`", "<b>", "\\", "- a\n", "a  \n", "[a]", "|", "_a", "&#",
        ] {
            let source = piece.repeat(5_000);
            let document = read(&source).unwrap();
            assert_eq!(write_out(&document, &contents(&document)), source);
        }
    }

    const SOURCE: &str = "(\\*|\\*\\*|_|__|~~|`|\\[|\\]|\\]\\(u\\)|\\]\\(u 't u'\\)|!\\[|<b>|</b>|<br>|&amp;|&#32;|\\\\|  \n|\\\\\n|\n|\n\n|> |- |1\\. |# |\\| |\n\\|-\\|-\\|\n\
        |\\$|\\{|\\}|: |\\[\\^1\\]|\\[r\\]: u|\\[r\\]|---|===|    |a|b c|نامه|ë|می\u{200c}رود|\u{a0}| ){0,24}";

    proptest! {
        #[test]
        fn own_blocks_give_the_same_text(source in SOURCE) {
            let document = read(&source).unwrap();
            prop_assert_eq!(write_out(&document, &contents(&document)), source);
        }

        #[test]
        fn new_text_reads_as_itself(new in "[-#*_`\\[\\]<>&;~$|!{}():=+.0-9a-c \\\\\"'ن«»]{1,12}", place in 0..9_usize) {
            let source = ["old", "# old", "- old", "> old", "| old | b |\n|---|---|", "a\\\nold", "old\n\nnext", "![old](x \"old\")", "[^1]: old"][place];
            let document = read(source).unwrap();
            let new = plain(&new);
            prop_assume!(!new.is_empty());
            let blocks: Vec<Segment> = contents(&document).into_iter().map(|block| match block.text.as_str() {
                "old" => Segment { text: new.clone(), codes: block.codes },
                _ => block,
            }).collect();
            let out = write_out(&document, &blocks);
            let wanted: Vec<String> = blocks.into_iter().map(|block| block.text).collect();
            prop_assert_eq!(texts(&out), wanted, "{}", out);
        }

        #[test]
        fn markup_may_stand_anywhere(
            new in "[a-c ن«».,!(*_]{1,12}",
            mut places in proptest::collection::vec(0..13_usize, 4),
            source in "(old \\*\\*x\\*\\* |old __x__ |old _x_ |old ~~x~~ |old <b>x</b> )(\\[y\\]\\(u\\) z|\\[y\\] z\n\n\\[y\\]: u|`y` z)",
        ) {
            let document = read(&source).unwrap();
            let new = plain(&new);
            prop_assume!(!new.is_empty());
            places.sort_unstable();
            let mut block = document.blocks[0].content.clone();
            for (code, place) in block.codes.iter_mut().zip(places) {
                code.at = new.char_indices().nth(place).map_or(new.len(), |(at, _)| at);
            }
            block.text = new;
            let out = write_out(&document, std::slice::from_ref(&block));
            let again: Vec<String> = texts(&out).iter().map(|text| plain(text)).collect();
            prop_assert_eq!(again, [plain(&block.text)], "{}", out);
        }
    }

    #[test]
    fn fixtures_come_back() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/documents");
        for name in ["autumn-reading-evening", "tool-loan"] {
            for tag in ["ar", "en", "fa", "sq"] {
                let text = std::fs::read_to_string(root.join(format!("{name}.{tag}.md"))).unwrap();
                let document = read(&text).unwrap();
                assert!(document.blocks.len() > 15);
                assert_eq!(write_out(&document, &contents(&document)), text);
            }
        }
    }
}
