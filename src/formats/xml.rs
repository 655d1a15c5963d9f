//! XML as a plain stream of elements and text, with the holes of the parser below closed.
//!
//! The parser (quick-xml) cuts well but accepts what no reader of a memory may accept: a file that ends inside an element, two
//! roots, text outside the root, forbidden characters written as references, any depth of nesting. Here each is an error with
//! its line. No DTD is fetched, and no entity beyond the five of XML is known.

use std::borrow::Cow;
use std::io::Read;

use quick_xml::XmlVersion;
use quick_xml::errors::{IllFormedError, SyntaxError};
use quick_xml::escape::{EscapeError, partial_escape};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::charset::named;
use super::decode::{DecodingReader, Undecodable, noncharacter};
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::unit::Attributes;

/// How deep elements may stand in one another. TMX needs 8 or so; recursion in its reader is bounded by this.
const MAX_DEPTH: usize = 512;

/// How many attributes an element may have.
const MAX_ATTRIBUTES: usize = 10_000;

/// How many prefixes may be bound at a time.
const MAX_PREFIXES: usize = 1_000;

/// The next thing in an XML file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// An element opens. A prefix is kept in its name and in those of its attributes, with the attribute that binds it, so that
    /// it means the same wherever it is written again; only the prefix of TMX itself is left out.
    Open {
        name: String,
        attributes: Attributes,
    },
    /// An element closes.
    Close { name: String },
    /// Text, with references resolved and line ends as LF. Text may come in several pieces.
    Text(String),
    /// The file ended, after its root closed.
    End,
}

/// The namespace of TMX 1.4, for files that give it a prefix.
const TMX_NAMESPACE: &str = "http://www.lisa.org/tmx14";

/// Reads an XML file node by node.
pub(super) struct XmlReader<R: Read> {
    reader: Reader<DecodingReader<R>>,
    buffer: Vec<u8>,
    /// The elements that are open, by the names they were told under.
    open: Vec<String>,
    /// Prefixes and what they are bound to, with the depth of the element that binds them.
    bindings: Vec<(usize, String, String)>,
    /// Whether anything was read.
    begun: bool,
    root_closed: bool,
    line: u64,
    problems: Vec<Problem>,
}

impl<R: Read> XmlReader<R> {
    /// Looks at the start of the input and gets ready to read it. What is odd about its encoding is a problem.
    pub(super) fn new(input: R) -> Result<(Self, Option<Problem>)> {
        let mut xml = XmlReader::with_encoding(input, None)?;
        let problem = xml.take_problems().pop();
        Ok((xml, problem))
    }

    /// The same in an encoding that somebody knows better than the file; a byte order mark still decides.
    pub(super) fn with_encoding(input: R, asked: Option<&str>) -> Result<Self> {
        let asked = match asked {
            Some(label) => Some(named(label)?),
            None => None,
        };
        let decoding =
            DecodingReader::new(input, asked).map_err(|error| said_by_input(&error, 1))?;
        let mut reader = Reader::from_reader(decoding);
        reader.config_mut().expand_empty_elements = true;
        Ok(XmlReader {
            reader,
            buffer: Vec::new(),
            open: Vec::new(),
            bindings: Vec::new(),
            begun: false,
            root_closed: false,
            line: 1,
            problems: Vec::new(),
        })
    }

    /// What was odd since this was asked last.
    pub(super) fn take_problems(&mut self) -> Vec<Problem> {
        let of_encoding = self.reader.get_mut().take_oddities().into_iter();
        let mut problems: Vec<_> = of_encoding
            .map(|(line, oddity)| Problem::on_line(line, oddity))
            .collect();
        problems.append(&mut self.problems);
        problems
    }

    /// The line of the node read last, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Reads the next node.
    pub(super) fn next(&mut self) -> Result<Node> {
        loop {
            self.buffer.clear();
            self.line = self.reader.get_ref().line();
            self.reader.get_mut().begin_piece();
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(error) => {
                    let line = self.line.max(self.reader.get_ref().line());
                    return Err(said_by_parser(&error, line));
                }
            };
            let line = self.line;
            let begun = std::mem::replace(&mut self.begun, true);
            let node = match event {
                Event::Start(start) | Event::Empty(start) => {
                    if self.root_closed {
                        return Err(malformed("a second root element starts here", line));
                    }
                    if self.open.len() >= MAX_DEPTH {
                        let deep =
                            format!("elements stand in one another more than {MAX_DEPTH} deep");
                        return Err(malformed(&deep, line));
                    }
                    let qualified = start.name().as_ref().to_owned();
                    check_name(&qualified, line)?;
                    let attributes = attributes(&start, line, &mut self.problems)?;
                    let (name, attributes) = self.bound(qualified, attributes);
                    if self.bindings.len() > MAX_PREFIXES {
                        let many = format!("more than {MAX_PREFIXES} prefixes are bound here");
                        return Err(malformed(&many, line));
                    }
                    self.open.push(name.clone());
                    Node::Open { name, attributes }
                }
                Event::End(_) => {
                    let name = self.open.pop().unwrap_or_default();
                    let depth = self.open.len();
                    while self
                        .bindings
                        .pop_if(|(bound, ..)| *bound >= depth)
                        .is_some()
                    {}
                    self.root_closed = depth == 0;
                    Node::Close { name }
                }
                Event::Text(text) => Node::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Node::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => {
                    let name = reference.xml10_content();
                    let letter = allowed(resolved(&name, line)?, line, &mut self.problems)?;
                    Node::Text(letter.to_string())
                }
                Event::Eof => {
                    if let Some(name) = self.open.last() {
                        let cut = format!("the file ends inside <{name}>: it was cut short");
                        return Err(Error::input(cut).on_line(line));
                    }
                    if !self.root_closed {
                        return Err(Error::input("there is no XML in this file").on_line(line));
                    }
                    Node::End
                }
                Event::Decl(_) => {
                    if begun {
                        self.problems.push(Problem::on_line(
                            line,
                            "the XML declaration does not stand at the very start; strict readers refuse such a file",
                        ));
                    }
                    continue;
                }
                Event::DocType(doctype) => {
                    if doctype.contains("<!ENTITY") {
                        let said = "entities are declared here; none is ever fetched or expanded";
                        self.problems.push(Problem::on_line(line, said).as_note());
                    }
                    continue;
                }
                Event::Comment(_) | Event::PI(_) => continue,
            };
            if let Node::Text(text) = &node {
                let lead = text.len() - text.trim_start().len();
                let lead = text.get(..lead).unwrap_or_default();
                if !text.trim().is_empty() {
                    // The place of a text is where its first letter stands.
                    self.line += lead.matches('\n').count() as u64;
                }
            }
            if let Node::Text(text) = &node
                && self.open.is_empty()
            {
                if text.trim().is_empty() {
                    continue;
                }
                let line = self.line;
                let what = if self.root_closed {
                    "there is text behind the root element"
                } else {
                    "this is not XML: there is text before the root element"
                };
                return Err(malformed(what, line));
            }
            return Ok(node);
        }
    }

    /// An element's name and attributes with all that their prefixes need to mean something.
    fn bound(&mut self, qualified: String, mut attributes: Attributes) -> (String, Attributes) {
        let depth = self.open.len();
        for (name, value) in &attributes {
            if let Some(prefix) = name.strip_prefix("xmlns:") {
                self.bindings
                    .push((depth, prefix.to_owned(), value.clone()));
            }
        }
        let binding = |prefix: &str| {
            let mut known = self.bindings.iter().rev();
            known
                .find(|(_, bound, _)| bound == prefix)
                .map(|(_, _, uri)| uri.as_str())
        };
        let mut needed = Vec::new();
        let name = match qualified.split_once(':') {
            Some((prefix, local)) => match binding(prefix) {
                Some(TMX_NAMESPACE) => local.to_owned(),
                Some(uri) => {
                    needed.push((format!("xmlns:{prefix}"), uri.to_owned()));
                    qualified
                }
                // A prefix that nothing binds would make whatever it is written into unreadable.
                None => format!("{prefix}-{local}"),
            },
            None => qualified,
        };
        for (name, _) in &mut attributes {
            let Some((prefix, local)) = name.split_once(':') else {
                continue;
            };
            if prefix == "xml" || prefix == "xmlns" {
                continue;
            }
            match binding(prefix) {
                Some(uri) => {
                    let pair = (format!("xmlns:{prefix}"), uri.to_owned());
                    if !needed.contains(&pair) {
                        needed.push(pair);
                    }
                }
                None => *name = format!("{prefix}-{local}"),
            }
        }
        for (name, value) in needed {
            if !attributes.iter().any(|(known, _)| *known == name) {
                attributes.push((name, value));
            }
        }
        (name, attributes)
    }

    /// Reads to the end of an element that has just opened and returns all of it as XML.
    pub(super) fn rest_as_xml(&mut self, name: &str, attributes: &Attributes) -> Result<String> {
        let mut xml = String::new();
        open_tag(&mut xml, name, attributes);
        let mut depth = 1;
        // Whether the last tag opened, so that an empty element can be written as one tag.
        let mut just_opened = true;
        while depth > 0 {
            match self.next()? {
                Node::Open { name, attributes } => {
                    finish_tag(&mut xml, just_opened);
                    open_tag(&mut xml, &name, &attributes);
                    depth += 1;
                    just_opened = true;
                }
                Node::Close { name } => {
                    if just_opened {
                        xml.push_str("/>");
                    } else {
                        xml.push_str(&format!("</{name}>"));
                    }
                    depth -= 1;
                    just_opened = false;
                }
                Node::Text(text) => {
                    finish_tag(&mut xml, just_opened);
                    xml.push_str(&escaped_text(&text));
                    just_opened = false;
                }
                Node::End => break,
            }
        }
        Ok(xml)
    }
}

fn finish_tag(xml: &mut String, opened: bool) {
    if opened {
        xml.push('>');
    }
}

/// Whether a text is exactly one element of a name, so that it can stand in a file as it is.
pub(super) fn is_one_element(text: &str, wanted: &str) -> bool {
    let read = || {
        let (mut xml, _) = XmlReader::new(text.as_bytes())?;
        let first = xml.next()?;
        while xml.next()? != Node::End {}
        Ok::<Node, Error>(first)
    };
    text.starts_with('<') && matches!(read(), Ok(Node::Open { name, .. }) if name == wanted)
}

/// Writes a start tag without its closing bracket.
pub(super) fn open_tag(xml: &mut String, name: &str, attributes: &[(String, String)]) {
    xml.push('<');
    xml.push_str(name);
    for (name, value) in attributes {
        push_attribute(xml, name, value);
    }
}

/// Writes an attribute into a start tag.
pub(super) fn push_attribute(xml: &mut String, name: &str, value: &str) {
    xml.push(' ');
    xml.push_str(name);
    xml.push_str("=\"");
    xml.push_str(&escaped_attribute(value));
    xml.push('"');
}

/// Text as it stands between tags. A carriage return is written as a reference, since a reader would turn it into LF.
pub(super) fn escaped_text(text: &str) -> String {
    let escaped = partial_escape(text);
    if escaped.contains('\r') {
        escaped.replace('\r', "&#13;")
    } else {
        escaped.into_owned()
    }
}

/// Text as it stands in an attribute. White space other than blanks is written as references, since a reader would make
/// blanks of it.
pub(super) fn escaped_attribute(text: &str) -> String {
    let mut escaped = escaped_text(text).replace('"', "&quot;");
    for (letter, reference) in [('\t', "&#9;"), ('\n', "&#10;")] {
        if escaped.contains(letter) {
            escaped = escaped.replace(letter, reference);
        }
    }
    escaped
}

/// A text without the characters that XML 1.0 cannot carry, each replaced by U+FFFD, and how many there were.
pub(super) fn writable(text: &str) -> (Cow<'_, str>, usize) {
    only(text, is_xml_char)
}

/// The same also without the characters that XML 1.0 allows and advises against, which strict readers refuse: control characters
/// beyond ASCII, and noncharacters.
pub(super) fn strictly_writable(text: &str) -> (Cow<'_, str>, usize) {
    only(text, |letter| {
        is_xml_char(letter)
            && !matches!(letter, '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}' | '\u{FDD0}'..='\u{FDEF}')
    })
}

fn only(text: &str, is_good: fn(char) -> bool) -> (Cow<'_, str>, usize) {
    let bad = text.chars().filter(|letter| !is_good(*letter)).count();
    if bad == 0 {
        return (text.into(), 0);
    }
    let good = text.chars().map(|letter| match is_good(letter) {
        true => letter,
        false => char::REPLACEMENT_CHARACTER,
    });
    (good.collect::<String>().into(), bad)
}

/// Refuses what can be no name of an element or attribute, with one prefix or none; the parser takes anything for one that has no
/// white space in it.
fn check_name(name: &str, line: u64) -> Result<()> {
    let parts = name.split(':');
    if parts.clone().count() <= 2 && parts.into_iter().all(is_plain_name) {
        Ok(())
    } else {
        Err(malformed(
            &format!("this is not well-formed XML: “{name}” is no name"),
            line,
        ))
    }
}

fn is_plain_name(name: &str) -> bool {
    let mut letters = name.chars();
    let starts = letters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_');
    let goes_on = |letter: char| {
        letter.is_alphanumeric()
            || matches!(letter, '_' | '-' | '.' | '\u{B7}' | '\u{200C}' | '\u{200D}')
            || matches!(letter, '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
    };
    starts && letters.all(goes_on)
}

/// The characters of XML 1.0 (production Char).
fn is_xml_char(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

fn attributes(
    start: &BytesStart<'_>,
    line: u64,
    problems: &mut Vec<Problem>,
) -> Result<Attributes> {
    let mut found = Attributes::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| malformed(&error.to_string(), line))?;
        if found.len() >= MAX_ATTRIBUTES {
            let many = format!("an element has more than {MAX_ATTRIBUTES} attributes");
            return Err(malformed(&many, line));
        }
        check_name(attribute.key.as_ref(), line)?;
        let value = attribute
            .normalized_value(XmlVersion::Explicit1_0)
            .map_err(|error| said_by_parser(&error, line))?;
        if attribute.value.contains('<') {
            let said = "this is not well-formed XML: a < stands in an attribute";
            return Err(malformed(said, line));
        }
        let value = if value.chars().all(is_xml_char) {
            value.into_owned()
        } else {
            let letters = value.chars().map(|letter| allowed(letter, line, problems));
            letters.collect::<Result<String>>()?
        };
        found.push((attribute.key.as_ref().to_owned(), value));
    }
    Ok(found)
}

/// The character that a reference stands for.
fn resolved(name: &str, line: u64) -> Result<char> {
    let letter = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = match (name.strip_prefix("#x"), name.strip_prefix('#')) {
                (Some(hex), _) => u32::from_str_radix(hex, 16).ok(),
                (None, Some(decimal)) => decimal.parse().ok(),
                (None, None) => {
                    let error =
                        Error::input(format!("the entity &{name}; is not known")).on_line(line);
                    return Err(error
                        .hint("entities are never fetched or expanded, only those of XML itself"));
                }
            };
            let letter = number.and_then(char::from_u32);
            letter.ok_or_else(|| malformed(&format!("&{name}; is no character"), line))?
        }
    };
    Ok(letter)
}

/// A character that was written as a reference, if XML allows it. A noncharacter is replaced, as it is where it stands itself.
fn allowed(letter: char, line: u64, problems: &mut Vec<Problem>) -> Result<char> {
    let number = u32::from(letter);
    if is_xml_char(letter) {
        Ok(letter)
    } else if number > 0x20 {
        problems.push(Problem::on_line(line, noncharacter(number)));
        Ok(char::REPLACEMENT_CHARACTER)
    } else {
        let said = format!("the character U+{number:04X} is not allowed in XML");
        Err(malformed(&said, line))
    }
}

fn malformed(message: &str, line: u64) -> Error {
    Error::input(message).on_line(line)
}

fn said_by_parser(error: &quick_xml::Error, line: u64) -> Error {
    match error {
        quick_xml::Error::Io(error) => said_by_input(error, line),
        quick_xml::Error::Escape(EscapeError::UnrecognizedEntity(_, name)) => {
            malformed(&format!("the entity &{name}; is not known"), line)
        }
        quick_xml::Error::IllFormed(IllFormedError::UnclosedReference) => malformed(
            "this is not well-formed XML: a & stands for itself here, where &amp; is wanted",
            line,
        ),
        quick_xml::Error::Syntax(error) if *error != SyntaxError::InvalidBangMarkup => malformed(
            &format!("the file ends in the middle of markup ({error}): it was cut short"),
            line,
        ),
        other => {
            let text = other.to_string();
            let text = text.trim_start_matches("ill-formed document: ");
            malformed(&format!("this is not well-formed XML: {text}"), line)
        }
    }
}

pub(super) fn said_by_input(error: &std::io::Error, line: u64) -> Error {
    match error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Undecodable>())
    {
        Some(Undecodable { message, hint }) => {
            let error = Error::input(message.clone()).on_line(line);
            match hint {
                Some(hint) => error.hint(*hint),
                None => error,
            }
        }
        None => Error::new(ErrorKind::Io, format!("cannot read this: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> Result<Vec<Node>> {
        let (mut reader, _) = XmlReader::new(xml.as_bytes())?;
        let mut nodes = Vec::new();
        loop {
            match reader.next()? {
                Node::End => return Ok(nodes),
                node => nodes.push(node),
            }
        }
    }

    #[test]
    fn what_the_parser_lets_pass_is_refused_with_its_line() {
        for (xml, line, said) in [
            ("", 1, "no XML"),
            ("<a>\n<b>", 2, "cut short"),
            ("<a/>\n<b/>", 2, "second root"),
            ("<a/>\n\nx", 3, "behind the root"),
            ("junk <a/>", 1, "not XML"),
            ("<a>&#x1F;</a>", 1, "U+001F"),
            ("<a b='&#8;'/>", 1, "U+0008"),
            ("<a>&secret;</a>", 1, "&secret;"),
            ("<a b='&secret;'/>", 1, "&secret;"),
            ("<a b='1' b='2'/>", 1, "duplicate"),
            ("<a>\n</b>", 2, "well-formed"),
            ("<a 1b='2'/>", 1, "no name"),
            ("<a>\n<\"b\"/></a>", 2, "no name"),
            ("<a :b='1'/>", 1, "no name"),
            ("<a>x & y</a>", 1, "well-formed"),
            ("<a b='x<y'/>", 1, "well-formed"),
        ] {
            let error = read(xml).unwrap_err();
            assert!(error.to_string().contains(said), "{xml}: {error}");
            assert_eq!(error.line(), Some(line), "{xml}: {error}");
        }
        assert!(
            read(&"<a>".repeat(10_000))
                .unwrap_err()
                .to_string()
                .contains("deep")
        );
    }

    #[test]
    fn what_is_odd_and_loses_nothing_is_told() {
        for (xml, line, said) in [
            ("\n<?xml version='1.0'?>\n<a/>", 2, "very start"),
            ("<a>\n\u{FFFE}</a>", 2, "U+FFFE"),
            ("<a>&#xFFFF;</a>", 1, "U+FFFF"),
            ("<a b='&#xFFFE;'/>", 1, "U+FFFE"),
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", 1, "entities"),
        ] {
            let mut reader = XmlReader::with_encoding(xml.as_bytes(), None).unwrap();
            while reader.next().unwrap() != Node::End {}
            let problems = reader.take_problems();
            assert!(problems[0].message.contains(said), "{xml}: {problems:?}");
            assert_eq!(problems[0].line, Some(line), "{xml}");
        }
    }

    #[test]
    fn text_is_what_was_meant() {
        let nodes = read("<a b='x&amp;&#x6CC;'>1 &lt; 2\r\n<![CDATA[<&]]></a>").unwrap();
        let text: String = nodes
            .iter()
            .filter_map(|node| match node {
                Node::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(text, "1 < 2\n<&");
        let Node::Open { attributes, .. } = &nodes[0] else {
            panic!("{nodes:?}");
        };
        assert_eq!(attributes[0].1, "x&ی");
    }

    #[test]
    fn an_element_is_carried_as_it_is() {
        let xml = "<ude name=\"a&quot;\" base=\"x\"><map code=\"#1\"/>t&amp;<b>u</b></ude>";
        let (mut reader, _) = XmlReader::new(xml.as_bytes()).unwrap();
        let Node::Open { name, attributes } = reader.next().unwrap() else {
            panic!("no element");
        };
        assert_eq!(reader.rest_as_xml(&name, &attributes).unwrap(), xml);
    }

    #[test]
    fn prefixes_keep_their_meaning() {
        let xml = "<a xmlns:k=\"u:k\" xmlns:t=\"http://www.lisa.org/tmx14\"><k:b k:c=\"1\"/><t:seg/><z:d z:e=\"2\"/></a>";
        let opened: Vec<_> = read(xml)
            .unwrap()
            .into_iter()
            .filter_map(|node| match node {
                Node::Open { name, attributes } => Some((name, attributes)),
                _ => None,
            })
            .collect();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            opened[1],
            (
                "k:b".to_owned(),
                vec![pair("k:c", "1"), pair("xmlns:k", "u:k")]
            )
        );
        assert_eq!(opened[2], ("seg".to_owned(), Vec::new()));
        assert_eq!(opened[3], ("z-d".to_owned(), vec![pair("z-e", "2")]));
    }

    #[test]
    fn one_element_is_one() {
        assert!(is_one_element("<ude name=\"x\"/>", "ude"));
        for text in [
            "<ude",
            "<udex/>",
            "<ude/><ude/>",
            "x<ude/>",
            " <ude/>",
            "<ude>&x;</ude>",
        ] {
            assert!(!is_one_element(text, "ude"), "{text}");
        }
    }

    #[test]
    fn white_space_survives_an_attribute() {
        let mut xml = String::new();
        open_tag(&mut xml, "a", &[("b".into(), "1\t2\n3\r4 \"<&>".into())]);
        xml.push_str("/>");
        let nodes = read(&xml).unwrap();
        let Node::Open { attributes, .. } = &nodes[0] else {
            panic!("{nodes:?}");
        };
        assert_eq!(attributes[0].1, "1\t2\n3\r4 \"<&>");
    }
}
