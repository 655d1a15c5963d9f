//! XML as a tree over its text, for documents that are changed in places and otherwise stay byte for byte.
//!
//! The parser (roxmltree) checks what XML demands and says where each node stands. A change is an [`Edits`] of a range of the text.

use std::collections::BTreeMap;
use std::io::Read;
use std::ops::Range;

use super::decode::DecodingReader;
use super::xml::{escaped_attribute, escaped_text, push_attribute, said_by_input, writable};
use crate::error::{Error, Problem, Result};

/// How deep elements may stand in one another. Documents need a few dozen; whoever walks a tree recursively is bounded by this.
const MAX_DEPTH: usize = 512;

/// How many nodes a document may have: some gigabytes of tree.
const MAX_NODES: u32 = 20_000_000;

/// The text of an XML file in any encoding, with what is odd about the encoding. A byte order mark is no part of it.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Vec<Problem>)> {
    let mut text = String::new();
    let mut reader = DecodingReader::new(bytes, None).map_err(|error| said_by_input(&error, 1))?;
    reader
        .read_to_string(&mut text)
        .map_err(|error| said_by_input(&error, reader.line()))?;
    let oddities = reader.take_oddities().into_iter();
    let problems = oddities.map(|(line, oddity)| Problem::on_line(line, oddity));
    Ok((text, problems.collect()))
}

/// An XML text as bytes in UTF-8, with a declaration that says so if it says anything.
pub(super) fn encode(text: &str, has_mark: bool) -> Vec<u8> {
    let mut edits = Edits::default();
    if let Some(end) = text.strip_prefix("<?xml").and_then(|rest| rest.find("?>"))
        && let Some(name) = text.get(..end + 5).and_then(|head| head.find("encoding"))
        && let Some(rest) = text.get(name..end + 5)
        && let Some(open) = rest.find(['"', '\''])
        && let Some(quote) = rest.get(open..=open)
        && let Some(length) = rest.get(open + 1..).and_then(|rest| rest.find(quote))
    {
        let value = name + open + 1..name + open + 1 + length;
        if !text
            .get(value.clone())
            .is_some_and(|label| label.eq_ignore_ascii_case("utf-8"))
        {
            edits.replace(value, "UTF-8");
        }
    }
    let mark = if has_mark { "\u{FEFF}" } else { "" };
    [mark, &edits.apply(text)].concat().into_bytes()
}

/// Parses a document. A DTD is refused: none of these formats has one, and entities are how bombs are built.
pub(super) fn parse(text: &str) -> Result<roxmltree::Document<'_>> {
    let options = roxmltree::ParsingOptions {
        allow_dtd: false,
        nodes_limit: MAX_NODES,
        ..roxmltree::ParsingOptions::default()
    };
    let tree = roxmltree::Document::parse_with_options(text, options).map_err(|error| {
        let line = match error {
            roxmltree::Error::UnexpectedEndOfStream => text.lines().count() as u64,
            _ => u64::from(error.pos().row),
        };
        Error::input(format!("this is not well-formed XML: {error}")).on_line(line)
    })?;
    let mut depth = 0;
    let mut node = tree.root();
    // Without recursion, since depth is what is to be found out.
    loop {
        if let Some(child) = node.first_child() {
            node = child;
            depth += 1;
            if depth > MAX_DEPTH {
                let line = line_of(&tree, node);
                let message = format!("elements stand in one another more than {MAX_DEPTH} deep");
                return Err(Error::input(message).on_line(line));
            }
            continue;
        }
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return Ok(tree),
            }
            depth -= 1;
        }
    }
}

/// The line (from 1) on which a node starts.
pub(super) fn line_of(tree: &roxmltree::Document<'_>, node: roxmltree::Node<'_, '_>) -> u64 {
    u64::from(tree.text_pos_at(node.range().start).row)
}

/// Attributes that are in no namespace, as most are. The parser's own look-up by a name takes one of any namespace.
pub(super) trait Said<'a> {
    /// The value of an attribute.
    fn said(&self, name: &str) -> Option<&'a str>;
}

impl<'a> Said<'a> for roxmltree::Node<'a, '_> {
    fn said(&self, name: &str) -> Option<&'a str> {
        let mut all = self.attributes();
        let found =
            all.find(|attribute| attribute.name() == name && attribute.namespace().is_none());
        found.map(|attribute| attribute.value())
    }
}

/// Where the parts of an element stand in the text.
#[derive(Clone, Debug)]
pub(super) struct Tag<'t> {
    /// Its name with its prefix, as written.
    pub(super) name: &'t str,
    /// The start tag.
    pub(super) start: Range<usize>,
    /// What stands between the tags; empty behind the only tag of an empty element.
    pub(super) inner: Range<usize>,
    /// Whether it is an empty element in one tag.
    pub(super) is_single: bool,
}

impl<'t> Tag<'t> {
    /// The parts of an element that was parsed out of this text.
    pub(super) fn of(text: &'t str, node: roxmltree::Node<'_, '_>) -> Self {
        let all = node.range();
        let raw = text.get(all.clone()).unwrap_or_default();
        let name = raw.get(1..).unwrap_or_default();
        let name = name
            .split(|letter: char| letter.is_whitespace() || matches!(letter, '/' | '>'))
            .next()
            .unwrap_or_default();
        let mut quote = None;
        let mut end = raw.len();
        for (at, byte) in raw.bytes().enumerate() {
            match (quote, byte) {
                (None, b'>') => {
                    end = at + 1;
                    break;
                }
                (None, b'"' | b'\'') => quote = Some(byte),
                (Some(open), close) if open == close => quote = None,
                _ => {}
            }
        }
        let is_single = end == raw.len() && raw.ends_with("/>");
        let close = match is_single {
            true => end,
            false => raw.rfind("</").unwrap_or(end).max(end),
        };
        Tag {
            name,
            start: all.start..all.start + end,
            inner: all.start + end..all.start + close,
            is_single,
        }
    }

    /// Its prefix with the colon, or nothing.
    pub(super) fn prefix(&self) -> &'t str {
        match self.name.find(':') {
            Some(colon) => self.name.get(..=colon).unwrap_or_default(),
            None => "",
        }
    }

    /// The start tag as it is written if there is something between the tags.
    pub(super) fn opening(&self, text: &str) -> String {
        let raw = text.get(self.start.clone()).unwrap_or_default();
        match raw.strip_suffix("/>") {
            Some(open) if self.is_single => format!("{}>", open.trim_end()),
            _ => raw.to_owned(),
        }
    }

    /// The end tag.
    pub(super) fn closing(&self) -> String {
        format!("</{}>", self.name)
    }
}

/// What stands between the tags of an element, in bytes of the text; `None` if it is one empty tag.
pub(super) fn inner(text: &str, node: roxmltree::Node<'_, '_>) -> Option<Range<usize>> {
    let tag = Tag::of(text, node);
    (!tag.is_single).then_some(tag.inner)
}

/// Text as it stands between tags. What XML cannot hold becomes U+FFFD.
pub(super) fn escape(text: &str) -> String {
    escaped_text(&writable(text).0)
}

/// A value between double quotes.
pub(super) fn escape_value(value: &str) -> String {
    escaped_attribute(&writable(value).0)
}

/// The end of an element's name in its first tag, where attributes can be put.
pub(super) fn name_end(text: &str, node: roxmltree::Node<'_, '_>) -> usize {
    node.range().start + 1 + Tag::of(text, node).name.len()
}

/// Inserts XML before a child of an element, or at its end.
pub(super) fn insert(
    text: &str,
    parent: roxmltree::Node<'_, '_>,
    before: Option<roxmltree::Node<'_, '_>>,
    xml: &str,
    edits: &mut Edits,
) {
    if xml.is_empty() {
        return;
    }
    let tag = Tag::of(text, parent);
    if let Some(before) = before {
        edits.replace(before.range().start..before.range().start, xml);
    } else if tag.is_single {
        // One empty tag becomes two.
        let end = tag.start.end;
        edits.replace(
            end.saturating_sub(2)..end,
            format!(">{xml}{}", tag.closing()),
        );
    } else {
        edits.replace(tag.inner.end..tag.inner.end, xml);
    }
}

/// Changes to a text, made all at once.
#[derive(Debug, Default)]
pub(super) struct Edits {
    /// What stands in the place of a range: by its start, its end and the order in which it was given.
    edits: BTreeMap<(usize, usize, usize), String>,
    count: usize,
}

impl Edits {
    /// Puts a text in the place of a range (in bytes). Ranges must not overlap; empty ones insert, in the order given.
    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.count += 1;
        let key = (range.start, range.end, self.count);
        self.edits.insert(key, text.into());
    }

    /// Whether nothing is changed.
    pub(super) fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// A part of the text with its changes made, for whoever puts it elsewhere: they are not made again in its old place.
    pub(super) fn take(&mut self, text: &str, range: &Range<usize>) -> String {
        let within = self.edits.range((range.start, 0, 0)..(range.end, 0, 0));
        let keys: Vec<_> = within
            .map(|(key, _)| *key)
            .filter(|(_, end, _)| *end <= range.end)
            .collect();
        let edits: Vec<_> = keys
            .into_iter()
            .filter_map(|key| Some((key, self.edits.remove(&key)?)))
            .collect();
        applied(text, range, &edits)
    }

    /// Puts XML between the tags of an element.
    pub(super) fn fill(&mut self, tag: &Tag<'_>, xml: &str) {
        if tag.is_single {
            // Two characters, since a change of the attributes may stand right before them.
            let end = tag.start.end;
            self.replace(end - 2..end, format!(">{xml}{}", tag.closing()));
        } else {
            self.replace(tag.inner.clone(), xml);
        }
    }

    /// Gives an attribute a value; one that is new stands right behind the element's name.
    pub(super) fn set(
        &mut self,
        tag: &Tag<'_>,
        node: roxmltree::Node<'_, '_>,
        name: &str,
        value: &str,
    ) {
        let local = name.rsplit(':').next().unwrap_or(name);
        let found = node.attributes().find(|attribute| {
            attribute.name() == local && attribute.namespace().is_some() == name.contains(':')
        });
        match found {
            Some(attribute) => self.replace(attribute.range_value(), escaped_attribute(value)),
            None => {
                let at = tag.start.start + 1 + tag.name.len();
                let mut new = String::new();
                push_attribute(&mut new, name, value);
                self.replace(at..at, new);
            }
        }
    }

    /// The text with all changes made.
    pub(super) fn apply(self, text: &str) -> String {
        let edits: Vec<_> = self.edits.into_iter().collect();
        applied(text, &(0..text.len()), &edits)
    }
}

fn applied(text: &str, whole: &Range<usize>, edits: &[((usize, usize, usize), String)]) -> String {
    let mut out = String::with_capacity(whole.len());
    let mut at = whole.start;
    for ((start, end, _), new) in edits {
        debug_assert!(*start >= at, "changes overlap");
        out.push_str(text.get(at..*start).unwrap_or_default());
        out.push_str(new);
        at = at.max(*end);
    }
    out.push_str(text.get(at..whole.end).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_document_is_refused_with_its_line() {
        let deep = "<a>".repeat(600) + &"</a>".repeat(600);
        for (text, line) in [
            ("<a>\n<b></a>", 2),
            ("<!DOCTYPE a [<!ENTITY x \"y\">]>\n<a>&x;</a>", 1),
            (&deep, 1),
        ] {
            assert_eq!(parse(text).unwrap_err().line(), Some(line), "{text}");
        }
    }

    #[test]
    fn a_declaration_says_what_is_written() {
        let said = |text: &str| String::from_utf8(encode(text, false)).unwrap();
        let utf_16 = "<?xml version='1.0' encoding='UTF-16'?><a>ی</a>";
        assert_eq!(
            said(utf_16),
            "<?xml version='1.0' encoding='UTF-8'?><a>ی</a>"
        );
        let plain = "<a x='encoding=\"u\"'/>";
        assert_eq!(said(plain), plain);
    }

    #[test]
    fn elements_are_filled_and_attributes_set_in_place() {
        let text = "<a><b x='1>' /><c y=\"2\">z</c></a>";
        let tree = parse(text).unwrap();
        let mut edits = Edits::default();
        for node in tree.root_element().children() {
            let tag = Tag::of(text, node);
            edits.fill(&tag, "ç");
            edits.set(&tag, node, "y", "3");
        }
        let wanted = "<a><b y=\"3\" x='1>' >ç</b><c y=\"3\">ç</c></a>";
        assert_eq!(edits.apply(text), wanted);
    }

    #[test]
    fn edits_change_their_ranges_only() {
        let mut edits = Edits::default();
        edits.replace(6..6, "[");
        edits.replace(0..5, "Mirë");
        edits.replace(6..6, "]");
        assert_eq!(edits.apply("hello world"), "Mirë []world");
    }

    #[test]
    fn a_part_that_moves_takes_its_changes_along() {
        let mut edits = Edits::default();
        edits.replace(2..3, "X");
        edits.replace(6..6, "Y");
        let moved = edits.take("0123456", &(1..4));
        edits.replace(0..5, format!("<{moved}>"));
        assert_eq!(edits.apply("0123456"), "<1X3>5Y6");
    }

    #[test]
    fn tags_are_found_by_what_xml_says() {
        let text = "<a x='>' y=\"/>\"><b/>t</a>";
        let tree = parse(text).unwrap();
        let a = tree.root_element();
        assert_eq!(
            inner(text, a).and_then(|inner| text.get(inner)),
            Some("<b/>t")
        );
        assert_eq!(inner(text, a.first_child().unwrap()), None);
        let mut edits = Edits::default();
        let b = a.first_child();
        insert(text, a, b, "1", &mut edits);
        insert(text, b.unwrap(), None, "2", &mut edits);
        insert(text, a, None, "3", &mut edits);
        assert_eq!(edits.apply(text), "<a x='>' y=\"/>\">1<b>2</b>t3</a>");
        assert_eq!(escape("a<\u{1}&ك"), "a&lt;\u{FFFD}&amp;ك");
    }
}
