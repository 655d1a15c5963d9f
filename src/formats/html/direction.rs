//! What a page says of its language, its direction and its encoding, and what it says in another language.
//!
//! The root takes the new language and direction. Inside, a block that repeats the page's old direction turns with it; what says
//! otherwise, as a Latin reference number in a Persian page does, keeps its mark. In a line the mark of a left-to-right
//! piece stays in any case, since it is a number, a name or a piece of code more often than not, and needs it all the more in a
//! right-to-left page.

use std::ops::Range;

use super::elements::{self, Role};
use super::tokens::{Attribute, StartTag};
use crate::formats::in_place::Changes;
use crate::text::language::{Direction, Language};

/// The marks of a page.
#[derive(Debug, Default)]
pub(super) struct Marks {
    root: Option<Root>,
    body: Option<Root>,
    /// Where the doctype ends.
    doctype: Option<usize>,
    /// Where the start tags of `html` and `head` end, if the page starts with them.
    html_end: Option<usize>,
    head_end: Option<usize>,
    /// Whether the page says its encoding, and where it says another one than UTF-8.
    says_charset: bool,
    charsets: Vec<(Range<usize>, &'static str)>,
    /// Directions of elements inside: the value, what it says, whether it is of a block.
    inner: Vec<(Range<usize>, Direction, bool)>,
}

/// What the start tag of `html` or `body` says.
#[derive(Debug)]
struct Root {
    /// The name of the element.
    name: Range<usize>,
    language: Option<(Language, Slot)>,
    /// `xml:lang`, which XHTML says beside `lang`.
    xml_language: Option<Slot>,
    language_slot: Option<Slot>,
    direction: Option<(Option<Direction>, Slot)>,
}

/// Where a value is written.
#[derive(Clone, Debug)]
enum Slot {
    Value(Range<usize>),
    /// There is a name and no value.
    Name(Range<usize>, String),
}

impl Slot {
    fn of(attribute: &Attribute) -> Self {
        match &attribute.value {
            Some(value) => Slot::Value(value.clone()),
            None => Slot::Name(attribute.place.clone(), attribute.name.clone()),
        }
    }

    fn set(&self, changes: &mut Changes, value: &str) {
        match self {
            Slot::Value(range) => changes.replace(range.clone(), value),
            Slot::Name(range, name) => {
                changes.replace(range.clone(), format!("{name}=\"{value}\""));
            }
        }
    }
}

impl Marks {
    /// The language that the page says it is in.
    pub(super) fn language(&self) -> Option<&Language> {
        let roots = [&self.root, &self.body].into_iter().flatten();
        roots
            .filter_map(|root| root.language.as_ref())
            .map(|(language, _)| language)
            .next()
    }

    /// Notes the doctype, unless the page ends in it.
    pub(super) fn doctype(&mut self, text: &str, range: &Range<usize>) {
        if text
            .get(range.clone())
            .is_some_and(|said| said.ends_with('>'))
        {
            self.doctype.get_or_insert(range.end);
        }
    }

    /// Notes an instruction of XML, which can say the encoding.
    pub(super) fn instruction(&mut self, text: &str, range: &Range<usize>) {
        let said = text.get(range.clone()).unwrap_or_default();
        if said.starts_with("<?xml") {
            self.says_charset = true;
            self.encoding(said, "encoding", range.start);
        }
    }

    /// Notes a start tag, which is among the first of the page or not. Marks inside of what is not translated stay, so that they are
    /// not told.
    pub(super) fn tag(
        &mut self,
        text: &str,
        tag: &StartTag,
        range: &Range<usize>,
        is_translated: bool,
        is_start: bool,
    ) {
        let name = range.start + 1..range.start + 1 + tag.name.len();
        match tag.name.as_str() {
            "html" if self.root.is_none() => {
                self.root = Some(Root::new(text, tag, name));
                self.html_end = Some(range.end).filter(|_| is_start);
                return;
            }
            "body" if self.body.is_none() => {
                self.body = Some(Root::new(text, tag, name));
                return;
            }
            "head" if is_start => {
                self.head_end.get_or_insert(range.end);
            }
            "meta" => self.meta(text, tag),
            _ => {}
        }
        if !is_translated || elements::is_code(&tag.name) {
            return;
        }
        let value = tag.attribute("dir").and_then(|dir| dir.value.clone());
        let said = value.clone().and_then(|range| direction(text.get(range)?));
        if let Some((value, said)) = value.zip(said) {
            self.inner
                .push((value, said, elements::role(&tag.name) == Role::Block));
        }
    }

    fn meta(&mut self, text: &str, tag: &StartTag) {
        if let Some(value) = tag
            .attribute("charset")
            .and_then(|charset| charset.value.clone())
        {
            self.says_charset = true;
            let said = text.get(value.clone()).unwrap_or_default().trim();
            if !is_utf8(said) {
                self.charsets.push((value, "utf-8"));
            }
        }
        let content = tag
            .attribute("content")
            .and_then(|content| content.value.clone());
        let is_type = tag
            .value("http-equiv", text)
            .is_some_and(|name| name.trim().eq_ignore_ascii_case("content-type"));
        if let Some(content) = content.filter(|_| is_type) {
            let said = text.get(content.clone()).unwrap_or_default();
            self.encoding(said, "charset", content.start);
        }
    }

    /// Finds `name=ENCODING`, with quotes or without, in a stretch of text.
    fn encoding(&mut self, said: &str, name: &str, start: usize) {
        let lower = said.to_ascii_lowercase();
        let Some((before, after)) = lower.split_once(name) else {
            return;
        };
        self.says_charset = true;
        let value = after.trim_start().strip_prefix('=').unwrap_or_default();
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(|letter: char| {
            letter.is_whitespace() || matches!(letter, ';' | '"' | '\'' | '?')
        });
        let value_start = start + before.len() + name.len() + after.len() - value.len();
        let value = value.get(..end.unwrap_or(value.len())).unwrap_or_default();
        if !value.is_empty() && !is_utf8(value) {
            self.charsets
                .push((value_start..value_start + value.len(), "utf-8"));
        }
    }

    /// What is changed when the page is written in a language.
    pub(super) fn changes(&self, language: &Language) -> Changes {
        let mut changes = Changes::default();
        for (range, name) in &self.charsets {
            changes.replace(range.clone(), *name);
        }
        let own = self.language();
        if own.is_some_and(|own| language.accepts(own)) {
            return changes;
        }
        let new = language.direction();
        let said = |root: &Option<Root>| root.as_ref().and_then(|root| root.direction.as_ref()?.0);
        let old = said(&self.root)
            .or_else(|| said(&self.body))
            .or_else(|| own.map(Language::direction))
            .unwrap_or(Direction::LeftToRight);
        match (&self.root, &self.body, self.doctype) {
            (Some(root), body, _) => {
                root.set(&mut changes, language, new);
                if let Some(body) = body {
                    body.follow(&mut changes, language, old);
                }
            }
            (None, Some(body), _) => body.set(&mut changes, language, new),
            (None, None, Some(end)) => {
                let tag = format!("><html lang=\"{language}\" dir=\"{}\">", new.html());
                changes.replace(end.saturating_sub(1)..end, tag);
            }
            // A fragment is told its language where it is put.
            (None, None, None) => return changes,
        }
        if let Some(end) = self
            .head_end
            .or(self.html_end)
            .filter(|_| !self.says_charset)
        {
            changes.replace(end.saturating_sub(1)..end, "><meta charset=\"utf-8\">");
        }
        for (value, said, is_block) in &self.inner {
            if *said == old && old != new && (*is_block || old == Direction::RightToLeft) {
                changes.replace(value.clone(), new.html());
            }
        }
        changes
    }
}

impl Root {
    fn new(text: &str, tag: &StartTag, name: Range<usize>) -> Self {
        let value = |name: &str| tag.value(name, text).map(str::trim);
        let languages = ["lang", "xml:lang"].into_iter();
        let mut said = languages.filter_map(|name| {
            let language = Language::parse(value(name)?).ok()?;
            Some((language, Slot::of(tag.attribute(name)?)))
        });
        Root {
            name,
            language: said.next(),
            language_slot: tag.attribute("lang").map(Slot::of),
            xml_language: tag.attribute("xml:lang").map(Slot::of),
            direction: tag
                .attribute("dir")
                .map(|dir| (value("dir").and_then(direction), Slot::of(dir))),
        }
    }

    /// Says the language and its direction.
    fn set(&self, changes: &mut Changes, language: &Language, new: Direction) {
        let mut added = String::new();
        match &self.language_slot {
            Some(slot) => slot.set(changes, language.tag()),
            None => added += &format!(" lang=\"{language}\""),
        }
        if let Some(slot) = &self.xml_language {
            slot.set(changes, language.tag());
        }
        match &self.direction {
            Some((said, _)) if *said == Some(new) => {}
            // A direction that is found out (`auto`) serves left-to-right text as it is.
            Some((None, _)) if new == Direction::LeftToRight => {}
            Some((_, slot)) => slot.set(changes, new.html()),
            None if new == Direction::RightToLeft => added += " dir=\"rtl\"",
            None => {}
        }
        self.add(changes, &added);
    }

    /// Says the same as the root where it says anything.
    fn follow(&self, changes: &mut Changes, language: &Language, old: Direction) {
        if let Some((_, slot)) = &self.language {
            slot.set(changes, language.tag());
        }
        if let Some((said, slot)) = &self.direction
            && *said == Some(old)
        {
            slot.set(changes, language.direction().html());
        }
    }

    /// Puts attributes behind the name.
    fn add(&self, changes: &mut Changes, attributes: &str) {
        if !attributes.is_empty() {
            let end = self.name.end;
            changes.replace(end..end, attributes);
        }
    }
}

/// The direction that a value names.
fn direction(value: &str) -> Option<Direction> {
    let value = value.trim();
    [Direction::LeftToRight, Direction::RightToLeft]
        .into_iter()
        .find(|direction| direction.html().eq_ignore_ascii_case(value))
}

fn is_utf8(name: &str) -> bool {
    name.eq_ignore_ascii_case("utf-8") || name.eq_ignore_ascii_case("utf8")
}
