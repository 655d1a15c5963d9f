//! The content of a segment in XLIFF: text with codes out of the tree, and another text with the same codes back into it.
//!
//! Codes get numbers by their place, as everywhere in the project; the markup that is written is always the file's own, with its
//! ids. Markers that only say something of the text (`mrk`, `sm`, `em`) are no codes: their text is read as if they were not there.

use std::collections::{HashMap, HashSet};

use roxmltree::Node;

use crate::formats::document::with_codes_of;
use crate::formats::tree::{Said, Tag};
use crate::formats::xml::{escaped_text, writable};
use crate::unit::{CodeContent, CodeRole, InlineCode, Segment};

/// Which XLIFF the content is of.
#[derive(Clone, Copy)]
pub(super) enum Dialect<'d> {
    /// 1.0 to 1.2.
    One,
    /// 2.0 and later, with the original data of the unit by its ids.
    Two(&'d HashMap<&'d str, String>),
}

/// The content of a source or a target.
#[derive(Debug, Default)]
pub(super) struct Inline {
    /// The text with numbered codes.
    pub(super) segment: Segment,
    codes: Vec<OwnCode>,
    /// Whether the codes must stay in their order.
    is_ordered: bool,
    /// Markers of spans that end or start in another segment.
    opened: String,
    closed: String,
}

/// A code as the file writes it.
#[derive(Debug)]
struct OwnCode {
    element: &'static str,
    number: usize,
    /// The sort of element and its id.
    id: String,
    markup: String,
    /// Whether it is one tag of an element that encloses the text between.
    encloses: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Open,
    Close,
    Alone,
    /// It opens, or closes, what another segment closes or opened.
    Begin,
    End,
}

struct Token {
    at: usize,
    role: Role,
    /// What an opening and a closing code have in common.
    pair: String,
    id: String,
    kind: Option<String>,
    native: String,
    markup: String,
    encloses: bool,
    named: Option<(&'static str, usize)>,
}

struct Walk<'t> {
    text: &'t str,
    dialect: Dialect<'t>,
    namespace: Option<&'t str>,
    said: String,
    tokens: Vec<Token>,
    is_ordered: bool,
    /// `sm` that no `em` has ended yet.
    opened: Vec<(String, String)>,
    closed: String,
}

impl Inline {
    /// Reads what stands in an element. The codes of a target get the numbers that codes of the same id have in its source.
    pub(super) fn read(
        text: &str,
        node: Node<'_, '_>,
        dialect: Dialect<'_>,
        source: Option<&Inline>,
    ) -> Self {
        let root = node.document().root_element();
        let mut walk = Walk {
            text,
            dialect,
            namespace: root.tag_name().namespace(),
            said: String::new(),
            tokens: Vec::new(),
            is_ordered: false,
            opened: Vec::new(),
            closed: String::new(),
        };
        walk.content(node);
        if !keeps_space(node) {
            walk.collapse();
        }
        walk.number(source);
        walk.finish()
    }

    /// Whether there is text in it.
    pub(super) fn has_text(&self) -> bool {
        !self.segment.text.trim().is_empty()
    }

    /// The ids of its codes, each with its sort.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().map(|code| code.id.as_str())
    }

    /// A text with the codes of this content, as XML. Codes whose ids are taken by another segment are left out.
    pub(super) fn write(&self, target: &Segment, taken: &HashSet<String>) -> String {
        let mut arranged = with_codes_of(&self.segment, target);
        if !self.holds(&arranged) {
            let end = arranged.text.len();
            arranged.codes = self.segment.codes.clone();
            for code in &mut arranged.codes {
                code.at = end;
            }
        }
        let mut xml = self.opened.clone();
        let mut at = 0;
        for code in &arranged.codes {
            let Some(own) = self.own(code).filter(|own| !taken.contains(&own.id)) else {
                continue;
            };
            let place = boundary(&arranged.text, code.at).max(at);
            xml.push_str(&written(arranged.text.get(at..place).unwrap_or_default()));
            xml.push_str(&own.markup);
            at = place;
        }
        xml.push_str(&written(arranged.text.get(at..).unwrap_or_default()));
        xml.push_str(&self.closed);
        xml
    }

    fn own(&self, code: &InlineCode) -> Option<&OwnCode> {
        let number: usize = code.name()?.1.parse().ok()?;
        let mut codes = self.codes.iter();
        codes.find(|own| own.element == code.element && own.number == number)
    }

    /// Whether codes can stand in this order: ends behind their starts, elements within one another, and what must stay in order in it.
    fn holds(&self, arranged: &Segment) -> bool {
        if self.is_ordered {
            let (codes, own) = (arranged.codes.iter(), self.segment.codes.iter());
            return codes.map(InlineCode::name).eq(own.map(InlineCode::name));
        }
        let mut open: Vec<&OwnCode> = Vec::new();
        for code in &arranged.codes {
            let Some(own) = self.own(code) else { continue };
            match own.element {
                "bpt" => open.push(own),
                "ept" => {
                    let Some(start) = open.iter().rposition(|open| open.number == own.number)
                    else {
                        return false;
                    };
                    // What was opened since then and is not closed yet crosses this.
                    let crosses = open.iter().skip(start + 1);
                    if crosses
                        .into_iter()
                        .any(|other| own.encloses && other.encloses)
                    {
                        return false;
                    }
                    open.remove(start);
                }
                _ => {}
            }
        }
        true
    }
}

/// Whether white space says something here.
pub(super) fn keeps_space(node: Node<'_, '_>) -> bool {
    let xml = "http://www.w3.org/XML/1998/namespace";
    node.ancestors()
        .find_map(|node| node.attribute((xml, "space")))
        == Some("preserve")
}

/// Text as XML, without what XML cannot carry.
fn written(text: &str) -> String {
    escaped_text(&writable(text).0)
}

/// The character boundary at or before a place.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

impl<'t> Walk<'t> {
    /// Bounded by the depth of the tree, which its parser bounds.
    fn content(&mut self, node: Node<'_, '_>) {
        for child in node.children() {
            if child.is_text() {
                self.said.push_str(child.text().unwrap_or_default());
            } else if child.is_element() {
                self.element(child);
            }
        }
    }

    fn element(&mut self, node: Node<'_, '_>) {
        let name = match node.tag_name().namespace() == self.namespace {
            true => node.tag_name().name(),
            false => "",
        };
        let said = |name: &str| node.said(name).unwrap_or_default();
        let id = |sort: &str, id: &str| format!("{sort}:{id}");
        let rid = node.said("rid").unwrap_or(said("id"));
        match (self.dialect, name) {
            (_, "mrk") => self.content(node),
            (Dialect::One, "g") => self.enclosing(node, id("g", said("id")), "", ""),
            (Dialect::One, "bx") => {
                self.code(node, Role::Open, id("bx", rid), id("bx", said("id")));
            }
            (Dialect::One, "ex") => {
                self.code(node, Role::Close, id("bx", rid), id("ex", said("id")));
            }
            (Dialect::One, "bpt") => {
                self.code(node, Role::Open, id("bpt", rid), id("bpt", said("id")));
            }
            (Dialect::One, "ept") => {
                self.code(node, Role::Close, id("bpt", rid), id("ept", said("id")));
            }
            (Dialect::One, "it") => {
                let role = match said("pos") {
                    "close" | "end" => Role::End,
                    _ => Role::Begin,
                };
                self.code(node, role, String::new(), id("it", said("id")));
            }
            (Dialect::Two(data), "pc") => {
                let data = |name: &str| data.get(said(name)).cloned().unwrap_or_default();
                let (start, end) = (data("dataRefStart"), data("dataRefEnd"));
                self.enclosing(node, id("code", said("id")), &start, &end);
            }
            (Dialect::Two(_), "sc") => {
                let role = match said("isolated") {
                    "yes" => Role::Begin,
                    _ => Role::Open,
                };
                self.code(node, role, id("sc", said("id")), id("code", said("id")));
            }
            (Dialect::Two(_), "ec") => match node.said("startRef") {
                Some(start) => {
                    self.code(node, Role::Close, id("sc", start), id("end", start));
                }
                None => self.code(node, Role::End, String::new(), id("code", said("id"))),
            },
            (Dialect::Two(_), "sm") => {
                let raw = self.text.get(node.range()).unwrap_or_default().to_owned();
                self.opened.push((said("id").to_owned(), raw));
            }
            (Dialect::Two(_), "em") => {
                let start = said("startRef");
                match self.opened.iter().position(|(id, _)| id == start) {
                    Some(at) => {
                        self.opened.remove(at);
                    }
                    None => {
                        let raw = self.text.get(node.range()).unwrap_or_default();
                        self.closed.push_str(raw);
                    }
                }
            }
            (Dialect::Two(_), "ph") => {
                self.code(node, Role::Alone, String::new(), id("code", said("id")));
            }
            // What nobody knows is carried as it is.
            (_, other) => self.code(node, Role::Alone, String::new(), id(other, said("id"))),
        }
    }

    fn native(&self, node: Node<'_, '_>) -> String {
        match self.dialect {
            Dialect::One => {
                let texts = node.descendants().filter(Node::is_text);
                texts.filter_map(|node| node.text()).collect()
            }
            Dialect::Two(data) => {
                let data = node.said("dataRef").and_then(|id| data.get(id));
                data.cloned().unwrap_or_default()
            }
        }
    }

    fn code(&mut self, node: Node<'_, '_>, role: Role, pair: String, id: String) {
        let token = Token {
            at: self.said.len(),
            role,
            pair,
            id,
            kind: kind_of(node),
            native: self.native(node),
            markup: self.text.get(node.range()).unwrap_or_default().to_owned(),
            encloses: false,
            named: None,
        };
        self.push(token, node);
    }

    fn enclosing(&mut self, node: Node<'_, '_>, id: String, start: &str, end: &str) {
        let tag = Tag::of(self.text, node);
        let pair = format!("element:{}", node.id().get_usize());
        let token = |at, role, native: &str, markup| Token {
            at,
            role,
            pair: pair.clone(),
            id: id.clone(),
            kind: kind_of(node),
            native: native.to_owned(),
            markup,
            encloses: true,
            named: None,
        };
        let open = token(self.said.len(), Role::Open, start, tag.opening(self.text));
        self.push(open, node);
        self.content(node);
        let close = token(self.said.len(), Role::Close, end, tag.closing());
        self.push(close, node);
    }

    fn push(&mut self, token: Token, node: Node<'_, '_>) {
        self.is_ordered |= node.said("canReorder").is_some_and(|value| value != "yes");
        self.tokens.push(token);
    }

    /// Line breaks of the file's layout are no part of a text: with the white space around them they are one blank, or
    /// nothing at its ends.
    fn collapse(&mut self) {
        if !self.said.contains('\n') {
            return;
        }
        let blank = |letter: char| matches!(letter, ' ' | '\t' | '\n' | '\r');
        let mut out = String::with_capacity(self.said.len());
        // For each piece of the old text: where it starts, and where in the new one.
        let mut moved = Vec::new();
        let mut at = 0;
        while let Some(rest) = self.said.get(at..).filter(|rest| !rest.is_empty()) {
            let run = rest.len() - rest.trim_start_matches(blank).len();
            let piece = match run {
                0 => rest.find(blank).unwrap_or(rest.len()),
                run => run,
            };
            let raw = rest.get(..piece).unwrap_or_default();
            moved.push((at, out.len()));
            let is_end = at == 0 || piece == rest.len();
            match run > 0 && raw.contains('\n') {
                true if is_end => {}
                true => out.push(' '),
                false => out.push_str(raw),
            }
            at += piece;
        }
        for token in &mut self.tokens {
            let piece = moved.iter().rev().find(|(old, _)| *old <= token.at);
            let next = moved.iter().find(|(old, _)| *old > token.at);
            let (old, new) = piece.copied().unwrap_or_default();
            let limit = next.map_or(out.len(), |(_, new)| *new);
            token.at = boundary(&out, (new + token.at - old).min(limit));
        }
        self.said = out;
    }

    fn number(&mut self, source: Option<&Inline>) {
        let mut left: Vec<(&'static str, usize, &str)> = source.map_or(Vec::new(), |source| {
            let codes = source.codes.iter();
            codes
                .map(|code| (code.element, code.number, code.id.as_str()))
                .collect()
        });
        let mut count = left.iter().map(|(_, number, _)| *number).max().unwrap_or(0);
        // Closing codes by what they close, so that looking for partners takes no time that grows with their number squared.
        let mut closes: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, token) in self.tokens.iter().enumerate().rev() {
            if token.role == Role::Close {
                closes.entry(&token.pair).or_default().push(at);
            }
        }
        let mut names: Vec<Option<(&'static str, usize)>> = vec![None; self.tokens.len()];
        for (at, token) in self.tokens.iter().enumerate() {
            if names.get(at).is_some_and(Option::is_some) {
                continue;
            }
            let partner = match token.role {
                Role::Open => closes.get_mut(token.pair.as_str()).and_then(|places| {
                    while places.last().is_some_and(|place| *place < at) {
                        places.pop();
                    }
                    places.pop()
                }),
                _ => None,
            };
            let element = match (token.role, partner) {
                (Role::Open, Some(_)) => "bpt",
                (Role::Alone, _) => "ph",
                _ => "it",
            };
            let known = left
                .iter()
                .position(|(known, _, id)| *known == element && *id == token.id);
            let number = match known {
                Some(known) => left.remove(known).1,
                None => {
                    count += 1;
                    count
                }
            };
            if let Some(name) = names.get_mut(at) {
                *name = Some((element, number));
            }
            if let Some(name) = partner.and_then(|partner| names.get_mut(partner)) {
                *name = Some(("ept", number));
            }
        }
        for (token, name) in self.tokens.iter_mut().zip(names) {
            token.named = name;
        }
    }

    fn finish(self) -> Inline {
        let mut inline = Inline {
            segment: Segment::plain(self.said),
            is_ordered: self.is_ordered,
            opened: self.opened.into_iter().map(|(_, raw)| raw).collect(),
            closed: self.closed,
            ..Inline::default()
        };
        for token in self.tokens {
            let Some((element, number)) = token.named else {
                continue;
            };
            let mut attributes = Vec::new();
            let mut say = |name: &str, value: &str| {
                attributes.push((name.to_owned(), value.to_owned()));
            };
            match element {
                "bpt" | "ept" => say("i", &number.to_string()),
                "it" => {
                    let is_end = matches!(token.role, Role::Close | Role::End);
                    say("pos", if is_end { "end" } else { "begin" });
                    say("x", &number.to_string());
                }
                _ => say("x", &number.to_string()),
            }
            if let Some(kind) = token.kind.filter(|_| element != "ept") {
                say("type", &kind);
            }
            let native = Some(token.native).filter(|native| !native.is_empty());
            inline.segment.codes.push(InlineCode {
                at: token.at,
                element: element.to_owned(),
                role: CodeRole::Alone,
                attributes,
                content: native.into_iter().map(CodeContent::Native).collect(),
            });
            inline.codes.push(OwnCode {
                element,
                number,
                id: token.id,
                markup: token.markup,
                encloses: token.encloses,
            });
        }
        inline
    }
}

/// What a code is, in the words of TMX.
fn kind_of(node: Node<'_, '_>) -> Option<String> {
    let said = ["subType", "ctype", "type"]
        .into_iter()
        .find_map(|name| node.said(name))?;
    let kind = match said {
        "xlf:b" => "bold",
        "xlf:i" => "italic",
        "xlf:u" | "underlined" => "ulined",
        "xlf:lb" | "lb" => "lb",
        other => other,
    };
    Some(kind.to_owned())
}
