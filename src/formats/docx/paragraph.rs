//! A paragraph taken apart into lines, each a block with its codes, and put together again with other words.

use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use roxmltree::Node;

use super::Names;
use super::properties::Properties;
use super::tokens::{self, Piece, Token};
use crate::formats::bidi;
use crate::formats::document::{BlockBuilder, Trimmed};
use crate::formats::nesting::{Event, Nesting};
use crate::formats::tree::{self, Edits};
use crate::text::language::{Direction, Language};
use crate::unit::Segment;

/// A paragraph.
#[derive(Debug)]
pub(super) struct Paragraph {
    /// Its lines; one, or more if there are line breaks.
    pub(super) lines: Vec<Line>,
    things: Vec<Thing>,
}

/// A line of a paragraph.
#[derive(Debug)]
pub(super) struct Line {
    /// The block, and what stands around it.
    pub(super) trimmed: Trimmed,
    /// The things that the numbers of codes stand for.
    numbers: HashMap<usize, usize>,
    /// The properties of text outside of codes.
    base: Rc<Properties>,
    /// What ends it; nothing after the last.
    end: Option<Piece>,
}

/// What a code stands for.
#[derive(Debug)]
enum Thing {
    /// Text with properties of its own.
    Run(Rc<Properties>),
    /// Text in an element, with the properties that most of it has.
    Element {
        open: Vec<Piece>,
        close: Vec<Piece>,
        base: Rc<Properties>,
    },
    /// No text.
    Alone(Vec<Piece>),
}

/// How much native markup a code shows. It is written from the document itself, so that a drawing of many pages need not be carried along.
const MAX_NATIVE: usize = 2000;

impl Paragraph {
    /// Takes a paragraph apart.
    pub(super) fn read(
        text: &str,
        node: Node<'_, '_>,
        names: &Names,
        emphasis: &dyn Fn(&str) -> Option<&'static str>,
    ) -> Self {
        let tokens = tokens::read(text, node, names);
        let mut paragraph = Paragraph {
            lines: Vec::new(),
            things: Vec::new(),
        };
        let bases = element_bases(&tokens);
        // Elements that are open, as things.
        let mut open: Vec<usize> = Vec::new();
        let mut rest = tokens.as_slice();
        let mut opened = 0;
        loop {
            let cut = rest
                .iter()
                .position(|token| matches!(token, Token::Break(_)));
            let (line, end) = match cut.and_then(|cut| rest.get(cut)) {
                Some(Token::Break(piece)) => {
                    (rest.get(..cut.unwrap_or_default()), Some(piece.clone()))
                }
                _ => (Some(rest), None),
            };
            let line = line.unwrap_or_default();
            let mut writer = LineReader {
                text,
                base: line_base(line),
                things: &mut paragraph.things,
                builder: BlockBuilder::default(),
                numbers: HashMap::new(),
                run: None,
                pending: Vec::new(),
                emphasis,
            };
            for token in line {
                match token {
                    Token::Text {
                        properties, text, ..
                    } => {
                        let base = match open.last().and_then(|index| writer.things.get(*index)) {
                            Some(Thing::Element { base, .. }) => Rc::clone(base),
                            _ => Rc::clone(&writer.base),
                        };
                        writer.text(properties, &base, text);
                    }
                    Token::Alone { kind, pieces } => writer.pending.push((kind, pieces.clone())),
                    Token::Open { kind, pieces } => {
                        let base = bases.get(opened).cloned().unwrap_or_default();
                        opened += 1;
                        open.push(writer.open(kind, pieces, base));
                    }
                    Token::Close(pieces) => {
                        if let Some(index) = open.pop() {
                            writer.close(index, pieces);
                        }
                    }
                    Token::Break(_) | Token::Field(..) => {}
                }
            }
            writer.leave_run();
            let LineReader {
                base,
                builder,
                numbers,
                ..
            } = writer;
            let is_last = end.is_none();
            paragraph.lines.push(Line {
                trimmed: builder.finish(),
                numbers,
                base,
                end,
            });
            if is_last {
                return paragraph;
            }
            rest = cut.and_then(|cut| rest.get(cut + 1..)).unwrap_or_default();
        }
    }

    /// The content of the paragraph with other texts in its lines; a line without one is written as it was.
    pub(super) fn write(
        &self,
        texts: &[Option<&Segment>],
        text: &str,
        edits: &mut Edits,
        language: &Language,
        names: &Names,
    ) -> String {
        let mut writer = Writer {
            text,
            edits,
            language,
            names,
            things: &self.things,
            open: Vec::new(),
            out: String::new(),
            run: String::new(),
            run_properties: None,
            directions: VecDeque::new(),
        };
        let mut nesting = Nesting::default();
        for (index, line) in self.lines.iter().enumerate() {
            let content = texts
                .get(index)
                .copied()
                .flatten()
                .unwrap_or(&line.trimmed.content);
            let parts = [&line.trimmed.lead, content, &line.trimmed.tail];
            writer.begin_line(&parts.map(|part| part.text.as_str()).concat());
            for part in parts {
                for event in nesting.events(part, |number| line.numbers.get(&number).copied()) {
                    writer.event(event, &line.base);
                }
            }
            if let Some(end) = &line.end {
                writer.pieces(std::slice::from_ref(end));
            }
        }
        let base = self
            .lines
            .last()
            .map(|line| Rc::clone(&line.base))
            .unwrap_or_default();
        for event in nesting.end() {
            writer.event(event, &base);
        }
        writer.end_run();
        writer.out
    }
}

/// The properties that most of some text has: counted by what can be seen, the first of equals.
#[derive(Default)]
struct Count<'a> {
    seen: Vec<(&'a Rc<Properties>, usize)>,
}

impl<'a> Count<'a> {
    fn add(&mut self, properties: &'a Rc<Properties>, text: &str) {
        let letters = text
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .count();
        match self
            .seen
            .iter_mut()
            .find(|(known, _)| known.key == properties.key)
        {
            Some((_, count)) => *count += letters,
            None => self.seen.push((properties, letters)),
        }
    }

    /// What most of it has. Where a good part has less, that is it: emphasis is what is added, however long it is.
    fn most(&self) -> Rc<Properties> {
        let all: usize = self.seen.iter().map(|(_, letters)| letters).sum();
        let mut most: Option<&(&Rc<Properties>, usize)> = None;
        for candidate in &self.seen {
            if most.is_none_or(|most| candidate.1 > most.1) {
                most = Some(candidate);
            }
        }
        let Some((most, _)) = most else {
            return Rc::default();
        };
        let plainer = self
            .seen
            .iter()
            .filter(|(candidate, letters)| {
                letters * 5 >= all && *letters > 0 && most.adds_to(candidate)
            })
            .max_by_key(|(_, letters)| *letters);
        Rc::clone(plainer.map_or(most, |(plainer, _)| plainer))
    }
}

/// The base of the text that stands in no element of a line, or if there is none, of all of it.
fn line_base(line: &[Token]) -> Rc<Properties> {
    let mut outside = Count::default();
    let mut all = Count::default();
    let mut depth = 0i64;
    for token in line {
        match token {
            Token::Open { .. } => depth += 1,
            Token::Close(_) => depth -= 1,
            Token::Text {
                properties, text, ..
            } => {
                all.add(properties, text);
                if depth == 0 {
                    outside.add(properties, text);
                }
            }
            _ => {}
        }
    }
    match outside.seen.is_empty() {
        true => all.most(),
        false => outside.most(),
    }
}

/// The bases of the elements of a paragraph, in the order in which they open.
fn element_bases(tokens: &[Token]) -> Vec<Rc<Properties>> {
    let mut counts: Vec<Count<'_>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for token in tokens {
        match token {
            Token::Open { .. } => {
                open.push(counts.len());
                counts.push(Count::default());
            }
            Token::Close(_) => {
                open.pop();
            }
            Token::Text {
                properties, text, ..
            } => {
                if let Some(count) = open.last().and_then(|index| counts.get_mut(*index)) {
                    count.add(properties, text);
                }
            }
            _ => {}
        }
    }
    counts.iter().map(Count::most).collect()
}

struct LineReader<'a> {
    text: &'a str,
    base: Rc<Properties>,
    things: &'a mut Vec<Thing>,
    builder: BlockBuilder,
    numbers: HashMap<usize, usize>,
    /// The properties of the pair that is open, if they are not the base's.
    run: Option<Rc<Properties>>,
    /// What stands alone behind the last text; the pair closes before it unless it goes on behind it.
    pending: Vec<(&'static str, Vec<Piece>)>,
    emphasis: &'a dyn Fn(&str) -> Option<&'static str>,
}

impl LineReader<'_> {
    fn text(&mut self, properties: &Rc<Properties>, base: &Rc<Properties>, text: &str) {
        let goes_on = match &self.run {
            Some(run) => run.key == properties.key,
            None => base.key == properties.key,
        };
        if !goes_on {
            self.leave_run();
            if base.key != properties.key {
                let kind = match properties.kind(base) {
                    "style" => properties
                        .style()
                        .and_then(self.emphasis)
                        .unwrap_or("style"),
                    kind => kind,
                };
                let native = self.text.get(properties.range.clone().unwrap_or_default());
                let number = self.builder.open(kind, native.unwrap_or_default());
                self.numbers.insert(number, self.things.len());
                self.things.push(Thing::Run(Rc::clone(properties)));
                self.run = Some(Rc::clone(properties));
            }
        }
        self.flush();
        self.builder.text(text);
    }

    fn leave_run(&mut self) {
        if self.run.take().is_some() {
            self.builder.close("");
        }
        self.flush();
    }

    fn flush(&mut self) {
        for (kind, pieces) in std::mem::take(&mut self.pending) {
            let native = self.native(&pieces);
            let number = self.builder.alone(kind, &native);
            self.numbers.insert(number, self.things.len());
            self.things.push(Thing::Alone(pieces));
        }
    }

    fn open(&mut self, kind: &str, pieces: &[Piece], base: Rc<Properties>) -> usize {
        self.leave_run();
        let native = self.native(pieces);
        let number = self.builder.open(kind, &native);
        let index = self.things.len();
        self.numbers.insert(number, index);
        self.things.push(Thing::Element {
            open: pieces.to_vec(),
            close: Vec::new(),
            base,
        });
        index
    }

    fn close(&mut self, index: usize, pieces: &[Piece]) {
        self.leave_run();
        let native = self.native(pieces);
        let number = self.builder.close(&native);
        self.numbers.insert(number, index);
        if let Some(Thing::Element { close, .. }) = self.things.get_mut(index) {
            *close = pieces.to_vec();
        }
    }

    fn native(&self, pieces: &[Piece]) -> String {
        let mut native = String::new();
        for piece in pieces {
            let (Piece::Raw(range) | Piece::InRun { child: range, .. }) = piece;
            let xml = self.text.get(range.clone()).unwrap_or_default();
            if native.len() + xml.len() > MAX_NATIVE {
                let tag = xml.find('>').and_then(|end| xml.get(..=end));
                native.push_str(tag.filter(|tag| tag.len() < MAX_NATIVE).unwrap_or_default());
                return native;
            }
            native.push_str(xml);
        }
        native
    }
}

struct Writer<'a> {
    text: &'a str,
    edits: &'a mut Edits,
    language: &'a Language,
    names: &'a Names,
    things: &'a [Thing],
    open: Vec<usize>,
    out: String,
    /// The text that the next run will have.
    run: String,
    run_properties: Option<Rc<Properties>>,
    /// The directions of the text that comes, with how many bytes of it go that way: a digit goes with the words around it, and not
    /// with its run.
    directions: VecDeque<(Direction, usize)>,
}

impl Writer<'_> {
    fn begin_line(&mut self, text: &str) {
        self.end_run();
        let pieces = bidi::pieces(text, self.language.direction());
        self.directions = pieces
            .into_iter()
            .map(|(direction, piece)| (direction, piece.len()))
            .collect();
    }

    fn event(&mut self, event: Event<'_>, base: &Rc<Properties>) {
        let thing = |index: usize| self.things.get(index);
        match event {
            Event::Text(text) => {
                let properties = match self.open.last().and_then(|index| thing(*index)) {
                    Some(Thing::Run(properties)) => properties,
                    Some(Thing::Element { base, .. }) => base,
                    _ => base,
                };
                let properties = Rc::clone(properties);
                if self
                    .run_properties
                    .as_ref()
                    .is_some_and(|run| run.key != properties.key)
                {
                    self.end_run();
                }
                self.run.push_str(text);
                self.run_properties.get_or_insert(properties);
            }
            Event::Open(index) => {
                if let Some(Thing::Element { open, .. }) = thing(index) {
                    self.pieces(open);
                }
                self.open.push(index);
            }
            Event::Close(index) => {
                if let Some(Thing::Element { close, .. }) = thing(index) {
                    self.pieces(close);
                }
                self.open.pop();
            }
            Event::Alone(index) => {
                if let Some(Thing::Alone(pieces)) = thing(index) {
                    self.pieces(pieces);
                }
            }
        }
    }

    /// Writes the text so far as runs, each in one direction.
    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let Some(properties) = self.run_properties.take() else {
            return;
        };
        let w = &self.names.prefix;
        let mut rest = run.as_str();
        while !rest.is_empty() {
            let whole = (self.language.direction(), rest.len());
            let (direction, bytes) = self.directions.pop_front().unwrap_or(whole);
            let (piece, behind) = rest.split_at_checked(bytes).unwrap_or((rest, ""));
            if piece.len() < bytes {
                self.directions.push_front((direction, bytes - piece.len()));
            }
            rest = behind;
            self.out.push_str(&format!("<{w}:r>"));
            self.out
                .push_str(&properties.for_text(direction, self.language, self.names));
            push_text(&mut self.out, piece, w);
            self.out.push_str(&format!("</{w}:r>"));
        }
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        self.end_run();
        let w = &self.names.prefix;
        // The properties of the run that is open.
        let mut run: Option<&Rc<Properties>> = None;
        for piece in pieces {
            let (range, own) = match piece {
                Piece::Raw(range) => (range, None),
                Piece::InRun { properties, child } => (child, Some(properties)),
            };
            if run.is_some() && run != own {
                self.out.push_str(&format!("</{w}:r>"));
                run = None;
            }
            if let (None, Some(properties)) = (run, own) {
                self.out.push_str(&format!("<{w}:r>"));
                let turned =
                    self.language.direction() == Direction::LeftToRight && properties.has("rtl");
                match (turned, &properties.range) {
                    (true, _) => {
                        let xml =
                            properties.for_text(Direction::LeftToRight, self.language, self.names);
                        self.out.push_str(&xml);
                    }
                    (false, Some(range)) => {
                        self.out
                            .push_str(self.text.get(range.clone()).unwrap_or_default());
                    }
                    (false, None) => {}
                }
                run = own;
            }
            self.out.push_str(&self.edits.take(self.text, range));
        }
        if run.is_some() {
            self.out.push_str(&format!("</{w}:r>"));
        }
    }
}

/// Writes text as the children of a run.
fn push_text(out: &mut String, text: &str, w: &str) {
    for piece in text.split_inclusive(['\t', '\n', '\u{2011}', '\u{AD}']) {
        let sign = match piece.chars().next_back() {
            Some('\t') => "tab",
            Some('\n') => "br",
            Some('\u{2011}') => "noBreakHyphen",
            Some('\u{AD}') => "softHyphen",
            _ => "",
        };
        let words = match sign {
            "" => piece,
            _ => piece.trim_end_matches(['\t', '\n', '\u{2011}', '\u{AD}']),
        };
        if !words.is_empty() {
            let space = match words.starts_with(char::is_whitespace)
                || words.ends_with(char::is_whitespace)
            {
                true => " xml:space=\"preserve\"",
                false => "",
            };
            out.push_str(&format!("<{w}:t{space}>{}</{w}:t>", tree::escape(words)));
        }
        if !sign.is_empty() {
            out.push_str(&format!("<{w}:{sign}/>"));
        }
    }
}
