//! A document of ours, or units of a memory, as XLIFF 1.2 to 2.2.

use std::collections::HashMap;
use std::io::{self, Write};

use super::XliffState;
use super::inline::boundary;
use super::read20::MATCHES;
use crate::formats::Format;
use crate::formats::bilingual::Alternative;
use crate::formats::document::with_codes_of;
use crate::formats::xml::{escaped_text, open_tag, push_attribute, writable};
use crate::text::language::Language;
use crate::unit::{CodeContent, CodeRole, InlineCode, Segment, attribute};

/// The versions that are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum XliffVersion {
    /// 1.2, which every tool reads.
    #[default]
    V1_2,
    /// 2.0.
    V2_0,
    /// 2.1, in the namespace of 2.0.
    V2_1,
    /// 2.2, in a namespace of its own.
    V2_2,
}

/// What is said of a whole file.
#[derive(Clone, Copy, Debug)]
pub struct XliffHead<'a> {
    /// The name of the document.
    pub original: &'a str,
    /// What sort of document it is.
    pub format: Format,
    /// The language it is in.
    pub source: &'a Language,
    /// The language it is to be in.
    pub target: &'a Language,
    /// When this was written, as TMX writes it: `20250131T235959Z`.
    pub at: &'a str,
    /// The version to write.
    pub version: XliffVersion,
}

/// A document with what is known of its translation.
#[derive(Clone, Debug)]
pub struct XliffFile<'a> {
    /// What is said of all of it.
    pub head: XliffHead<'a>,
    /// The segments in the order of the document.
    pub units: Vec<XliffUnit>,
}

/// A segment of the document.
#[derive(Clone, Debug)]
pub struct XliffUnit {
    /// The number of its paragraph, from 1; 0 if it is in none.
    pub paragraph: usize,
    /// What it says.
    pub source: Segment,
    /// What is proposed as its translation, if anything, and whether it is vouched for. Its codes name those of the source.
    pub target: Option<(Segment, XliffState)>,
    /// What the memory has that is like it, the best first.
    pub alternatives: Vec<Alternative>,
    /// What tells it from another segment of the same text.
    pub context: Option<String>,
    /// What a translator should know.
    pub note: Option<String>,
}

/// Writes the file. Characters that XML cannot carry are replaced by U+FFFD; returns how many there were.
///
/// # Errors
/// If the output cannot be written.
pub fn write(file: &XliffFile<'_>, out: &mut dyn Write) -> io::Result<usize> {
    let mut writer = XliffWriter::new(out, file.head)?;
    for unit in &file.units {
        writer.write(unit)?;
    }
    writer.finish()
}

/// Writes a file unit by unit.
pub struct XliffWriter<'a, W: Write> {
    out: W,
    head: XliffHead<'a>,
    /// How many units there are so far.
    count: usize,
    paragraph: usize,
    replaced: usize,
}

impl XliffVersion {
    fn number(self) -> &'static str {
        match self {
            XliffVersion::V1_2 => "1.2",
            XliffVersion::V2_0 => "2.0",
            XliffVersion::V2_1 => "2.1",
            XliffVersion::V2_2 => "2.2",
        }
    }

    fn namespace(self) -> &'static str {
        match self {
            XliffVersion::V1_2 => "urn:oasis:names:tc:xliff:document:1.2",
            XliffVersion::V2_0 | XliffVersion::V2_1 => "urn:oasis:names:tc:xliff:document:2.0",
            XliffVersion::V2_2 => "urn:oasis:names:tc:xliff:document:2.2",
        }
    }
}

/// The word of XLIFF 1.2 for a sort of document.
fn datatype(format: Format) -> &'static str {
    match format {
        Format::Html => "html",
        Format::Markdown => "x-markdown",
        Format::Docx => "x-docx",
        Format::Odt => "x-odt",
        Format::Srt => "x-srt",
        Format::Po => "po",
        Format::Tmx => "x-tmx",
        Format::Plain | Format::Xliff | Format::Pairs => "plaintext",
    }
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

impl<'a, W: Write> XliffWriter<'a, W> {
    /// Writes everything before the first unit.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub fn new(out: W, head: XliffHead<'a>) -> io::Result<Self> {
        let mut writer = XliffWriter {
            out,
            head,
            count: 0,
            paragraph: 0,
            replaced: 0,
        };
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        let version = pair("version", head.version.number());
        let namespace = pair("xmlns", head.version.namespace());
        let (source, target) = (head.source.tag(), head.target.tag());
        if head.version == XliffVersion::V1_2 {
            open_tag(&mut xml, "xliff", &[version, namespace]);
            xml.push_str(">\n  ");
            let file = [
                pair("original", head.original),
                pair("datatype", datatype(head.format)),
                pair("source-language", source),
                pair("target-language", target),
            ];
            open_tag(&mut xml, "file", &file);
            if let Some(date) = iso_date(head.at) {
                push_attribute(&mut xml, "date", &date);
            }
            xml.push_str(">\n    <header>\n      ");
            let tool = [
                pair("tool-id", "tarjuman"),
                pair("tool-name", "tarjuman"),
                pair("tool-version", env!("CARGO_PKG_VERSION")),
            ];
            open_tag(&mut xml, "tool", &tool);
            xml.push_str("/>\n    </header>\n    <body>\n");
        } else {
            let languages = [pair("srcLang", source), pair("trgLang", target)];
            let [from, to] = languages;
            open_tag(&mut xml, "xliff", &[version, namespace, from, to]);
            push_attribute(&mut xml, "xmlns:mtc", MATCHES);
            xml.push_str(">\n  ");
            let file = [
                pair("id", "f1"),
                pair("original", head.original),
                pair("canResegment", "no"),
                pair("xml:space", "preserve"),
            ];
            open_tag(&mut xml, "file", &file);
            xml.push_str(">\n");
        }
        writer.put(&xml)?;
        Ok(writer)
    }

    /// Writes a unit.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub fn write(&mut self, unit: &XliffUnit) -> io::Result<()> {
        let mut xml = String::new();
        self.turn_to(unit.paragraph, &mut xml);
        self.count += 1;
        let target = unit.target.as_ref();
        let target = target.map(|(target, state)| (with_codes_of(&unit.source, target), *state));
        if self.head.version == XliffVersion::V1_2 {
            self.push_one(&mut xml, unit, target);
        } else {
            self.push_two(&mut xml, unit, target);
        }
        self.put(&xml)
    }

    /// Writes the end of the file. Returns how many characters XML cannot carry; each was replaced by U+FFFD.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub fn finish(mut self) -> io::Result<usize> {
        let mut xml = String::new();
        self.turn_to(0, &mut xml);
        if self.head.version == XliffVersion::V1_2 {
            xml.push_str("    </body>\n");
        } else if self.count == 0 {
            // A file of 2.x holds a unit or a group.
            xml.push_str("    <group id=\"p1\"/>\n");
        }
        xml.push_str("  </file>\n</xliff>\n");
        self.put(&xml)?;
        self.out.flush()?;
        Ok(self.replaced)
    }

    /// Closes the group of one paragraph and opens that of another.
    fn turn_to(&mut self, paragraph: usize, xml: &mut String) {
        if paragraph == self.paragraph {
            return;
        }
        if self.paragraph != 0 {
            xml.push_str("      </group>\n");
        }
        self.paragraph = paragraph;
        if paragraph != 0 {
            // A paragraph that comes up a second time is another group.
            let id = match self.head.version {
                XliffVersion::V1_2 => format!("p{paragraph}"),
                _ => format!("p{paragraph}-{}", self.count + 1),
            };
            let kind = match self.head.version {
                XliffVersion::V1_2 => "restype=\"x-paragraph\"",
                _ => "type=\"tarjuman:paragraph\"",
            };
            xml.push_str(&format!("      <group id=\"{id}\" {kind}>\n"));
        }
    }

    fn put(&mut self, xml: &str) -> io::Result<()> {
        let (xml, replaced) = writable(xml);
        self.replaced += replaced;
        self.out.write_all(xml.as_bytes())
    }

    fn push_one(&self, xml: &mut String, unit: &XliffUnit, target: Option<(Segment, XliffState)>) {
        let (from, to) = (self.head.source.tag(), self.head.target.tag());
        xml.push_str(&format!("        <trans-unit id=\"{}\"", self.count));
        if let Some(context) = &unit.context {
            push_attribute(xml, "resname", context);
        }
        if matches!(target, Some((_, XliffState::Approved))) {
            xml.push_str(" approved=\"yes\"");
        }
        xml.push_str(&format!(
            " xml:space=\"preserve\">\n          <source xml:lang=\"{from}\">{}</source>\n",
            content_of_one(&unit.source)
        ));
        if let Some((target, state)) = target {
            let (state, qualifier) = state.attributes();
            xml.push_str(&format!(
                "          <target xml:lang=\"{to}\" state=\"{state}\" state-qualifier=\"{qualifier}\">{}</target>\n",
                content_of_one(&target)
            ));
        }
        for one in &unit.alternatives {
            xml.push_str("          <alt-trans");
            push_attribute(xml, "match-quality", &format!("{}%", one.score));
            push_attribute(xml, "tool-id", "tarjuman");
            push_attribute(xml, "origin", &one.origin);
            push_attribute(xml, "alttranstype", "proposal");
            xml.push_str(&format!(
                ">\n            <source xml:lang=\"{from}\">{}</source>\n            <target xml:lang=\"{to}\">{}</target>\n          </alt-trans>\n",
                content_of_one(&one.source),
                content_of_one(&one.target)
            ));
        }
        if let Some(note) = &unit.note {
            xml.push_str(&format!(
                "          <note from=\"tarjuman\">{}</note>\n",
                escaped_text(note)
            ));
        }
        xml.push_str("        </trans-unit>\n");
    }

    fn push_two(&self, xml: &mut String, unit: &XliffUnit, target: Option<(Segment, XliffState)>) {
        xml.push_str(&format!("        <unit id=\"u{}\"", self.count));
        if let Some(context) = &unit.context {
            push_attribute(xml, "name", context);
        }
        xml.push_str(">\n");
        if !unit.alternatives.is_empty() {
            let mut matches = String::new();
            let space = self.head.version.namespace();
            matches_of_two(&mut matches, &unit.alternatives, "s1", space);
            xml.push_str(&format!("          <mtc:matches>{matches}</mtc:matches>\n"));
        }
        if let Some(note) = &unit.note {
            let note = core_note(note, "");
            xml.push_str(&format!("          <notes>{note}</notes>\n"));
        }
        let texts: Vec<&Segment> = target.iter().map(|(target, _)| target).collect();
        let texts = [&[&unit.source][..], &texts].concat();
        let (data, contents) = contents_of_two(&texts);
        if !data.is_empty() {
            xml.push_str(&format!("          {data}\n"));
        }
        let mut contents = contents.into_iter();
        let source = contents.next().unwrap_or_default();
        match (&target, contents.next()) {
            (Some((_, state)), Some(text)) => {
                let (state, why) = state.attributes_of_two();
                xml.push_str(&format!(
                    "          <segment id=\"s1\" state=\"{state}\" subState=\"{why}\">\n            <source>{source}</source>\n            <target>{text}</target>\n"
                ));
            }
            _ => xml.push_str(&format!(
                "          <segment id=\"s1\">\n            <source>{source}</source>\n"
            )),
        }
        xml.push_str("          </segment>\n        </unit>\n");
    }
}

/// Matches as `alt-trans`, each behind the white space of the file's layout.
pub(super) fn alternatives_of_one(
    xml: &mut String,
    alternatives: &[Alternative],
    prefix: &str,
    layout: &str,
) {
    for one in alternatives {
        xml.push_str(&format!("{layout}<{prefix}alt-trans"));
        push_attribute(xml, "match-quality", &format!("{}%", one.score));
        push_attribute(xml, "origin", &writable(&one.origin).0);
        let sides = [("source", &one.source), ("target", &one.target)];
        let sides = sides.map(|(name, text)| {
            let text = prefixed(&content_of_one(text), prefix);
            format!("<{prefix}{name}>{}</{prefix}{name}>", writable(&text).0)
        });
        xml.push_str(&format!(">{}</{prefix}alt-trans>", sides.concat()));
    }
}

/// Content whose elements get a prefix. Text has no `<` of its own.
fn prefixed(xml: &str, prefix: &str) -> String {
    if prefix.is_empty() {
        return xml.to_owned();
    }
    let closed = xml.replace('<', &format!("<{prefix}"));
    closed.replace(&format!("<{prefix}/"), &format!("</{prefix}"))
}

/// Matches as `mtc:match`, for a segment. The elements of the core are in the namespace given, whatever the file's prefixes.
pub(super) fn matches_of_two(
    xml: &mut String,
    alternatives: &[Alternative],
    segment: &str,
    space: &str,
) {
    for one in alternatives {
        xml.push_str(&format!(
            "<mtc:match xmlns:mtc=\"{MATCHES}\" xmlns=\"{space}\""
        ));
        push_attribute(xml, "ref", &format!("#{segment}"));
        push_attribute(xml, "type", "tm");
        push_attribute(xml, "origin", &writable(&one.origin).0);
        push_attribute(xml, "similarity", &one.score.min(100).to_string());
        push_attribute(xml, "matchQuality", &one.score.min(100).to_string());
        let (data, contents) = contents_of_two(&[&one.source, &one.target]);
        let sides = ["source", "target"].iter().zip(contents);
        let sides: String = sides
            .map(|(name, text)| format!("<{name} xml:space=\"preserve\">{text}</{name}>"))
            .collect();
        xml.push_str(&format!(
            ">{}</mtc:match>",
            writable(&[data, sides].concat()).0
        ));
    }
}

/// A note in the core of 2.x.
pub(super) fn core_note(note: &str, prefix: &str) -> String {
    let note = writable(note);
    format!(
        "<{prefix}note category=\"tarjuman\">{}</{prefix}note>",
        escaped_text(&note.0)
    )
}

/// What a code is in a file: an end of a pair that is whole, or alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Start,
    End,
    Alone,
    Opens,
    Closes,
}

/// The codes of a segment with their ids and sorts. What encloses text without being a code of its file (`hi`) is left out.
fn codes_of(segment: &Segment) -> Vec<(&InlineCode, String, Sort)> {
    let alone = segment
        .codes
        .iter()
        .filter(|code| code.role == CodeRole::Alone);
    let codes: Vec<&InlineCode> = alone.collect();
    let number = |code: &InlineCode, name| attribute(&code.attributes, name).map(str::to_owned);
    // A pair is whole if its start stands before its end, each once.
    let mut ends: HashMap<String, [Vec<usize>; 2]> = HashMap::new();
    for (at, code) in codes.iter().enumerate() {
        if let (Some(i), "bpt" | "ept") = (number(code, "i"), code.element.as_str()) {
            let [starts, closes] = ends.entry(i).or_default();
            match code.element.as_str() {
                "bpt" => starts.push(at),
                _ => closes.push(at),
            }
        }
    }
    let named = codes.iter().enumerate().map(|(at, code)| {
        let is_token =
            |id: &String| !id.is_empty() && id.chars().all(|letter| letter.is_ascii_alphanumeric());
        if let Some(i) = number(code, "i").filter(is_token)
            && let Some([starts, closes]) = ends.get(&i)
            && let ([start], [close]) = (starts.as_slice(), closes.as_slice())
            && start < close
        {
            let sort = if *start == at { Sort::Start } else { Sort::End };
            return (*code, i, sort);
        }
        let sort = match (code.element.as_str(), attribute(&code.attributes, "pos")) {
            ("it", Some("end")) | ("ept", _) => Sort::Closes,
            ("it", _) | ("bpt", _) => Sort::Opens,
            _ => Sort::Alone,
        };
        let id = match number(code, "x").filter(is_token) {
            Some(x) if !ends.contains_key(&x) => x,
            Some(x) => format!("x{x}"),
            None => format!("y{}", at + 1),
        };
        (*code, id, sort)
    });
    named.collect()
}

fn native_of(code: &InlineCode) -> String {
    let parts = code.content.iter().map(|content| match content {
        CodeContent::Native(text) => text.clone(),
        CodeContent::Sub { segment, .. } => segment.text.clone(),
    });
    parts.collect()
}

/// Text between the codes as XML, and the codes as `write` writes them.
fn content(
    segment: &Segment,
    mut write: impl FnMut(&mut String, &InlineCode, String, Sort),
) -> String {
    let mut xml = String::new();
    let mut at = 0;
    for (code, id, sort) in codes_of(segment) {
        let place = boundary(&segment.text, code.at).max(at);
        xml.push_str(&escaped_text(
            segment.text.get(at..place).unwrap_or_default(),
        ));
        at = place;
        write(&mut xml, code, id, sort);
    }
    xml.push_str(&escaped_text(segment.text.get(at..).unwrap_or_default()));
    xml
}

fn content_of_one(segment: &Segment) -> String {
    content(segment, |xml, code, id, sort| {
        let name = match sort {
            Sort::Start => "bpt",
            Sort::End => "ept",
            Sort::Alone => "ph",
            Sort::Opens | Sort::Closes => "it",
        };
        open_tag(xml, name, &[pair("id", &id)]);
        match sort {
            Sort::Opens => push_attribute(xml, "pos", "open"),
            Sort::Closes => push_attribute(xml, "pos", "close"),
            _ => {}
        }
        if let Some(kind) = attribute(&code.attributes, "type").filter(|_| sort != Sort::End) {
            let known = match kind {
                "bold" | "italic" | "link" => kind.to_owned(),
                "lb" | "pb" | "image" if sort == Sort::Alone => kind.to_owned(),
                "ulined" => "underlined".to_owned(),
                other => format!("x-{}", other.replace(char::is_whitespace, "-")),
            };
            push_attribute(xml, "ctype", &known);
        }
        xml.push_str(&format!(">{}</{name}>", escaped_text(&native_of(code))));
    })
}

/// The contents of segments that have their codes in common, and the original data of these.
fn contents_of_two(segments: &[&Segment]) -> (String, Vec<String>) {
    let are_nested = segments.iter().all(|segment| is_nested(segment));
    let mut data: Vec<String> = Vec::new();
    let mut reference = |native: String| {
        if native.is_empty() {
            return String::new();
        }
        let at = data.iter().position(|known| *known == native);
        let at = at.unwrap_or_else(|| {
            data.push(native);
            data.len() - 1
        });
        format!("d{}", at + 1)
    };
    let mut contents = Vec::new();
    for segment in segments {
        let codes = codes_of(segment);
        let mut ends: HashMap<String, String> = HashMap::new();
        for (code, id, sort) in &codes {
            if *sort == Sort::End {
                ends.insert(id.clone(), native_of(code));
            }
        }
        contents.push(content(segment, |xml, code, id, sort| {
            let native = reference(native_of(code));
            let mut attributes = Vec::new();
            let mut say = |name: &str, value: &str| {
                if !value.is_empty() {
                    attributes.push(pair(name, value));
                }
            };
            let is_end = sort == Sort::End;
            match (sort, are_nested) {
                (Sort::End, true) => return xml.push_str("</pc>"),
                (Sort::End, false) => say("startRef", &id),
                _ => say("id", &id),
            }
            if matches!(sort, Sort::Opens | Sort::Closes) {
                say("isolated", "yes");
            }
            let is_element = sort == Sort::Start && are_nested;
            if is_element {
                say("dataRefStart", &native);
                let end = ends.get(&id).cloned().unwrap_or_default();
                say("dataRefEnd", &reference(end));
            } else {
                say("dataRef", &native);
            }
            let kind = attribute(&code.attributes, "type").filter(|_| !is_end);
            let (kind, finer) = match kind.unwrap_or_default() {
                "bold" => ("fmt", "xlf:b"),
                "italic" => ("fmt", "xlf:i"),
                "ulined" => ("fmt", "xlf:u"),
                "lb" => ("fmt", "xlf:lb"),
                "pb" => ("fmt", "xlf:pb"),
                "link" => ("link", ""),
                "image" => ("image", ""),
                _ => ("", ""),
            };
            say("type", kind);
            say("subType", finer);
            let name = match sort {
                Sort::Start if are_nested => "pc",
                Sort::Start | Sort::Opens => "sc",
                Sort::End | Sort::Closes => "ec",
                Sort::Alone => "ph",
            };
            open_tag(xml, name, &attributes);
            xml.push_str(if is_element { ">" } else { "/>" });
        }));
    }
    if data.is_empty() {
        return (String::new(), contents);
    }
    let data: String = data
        .iter()
        .enumerate()
        .map(|(at, native)| format!("<data id=\"d{}\">{}</data>", at + 1, escaped_text(native)))
        .collect();
    (format!("<originalData>{data}</originalData>"), contents)
}

/// Whether all whole pairs stand within one another.
fn is_nested(segment: &Segment) -> bool {
    let mut open = Vec::new();
    for (_, id, sort) in codes_of(segment) {
        match sort {
            Sort::Start => open.push(id),
            Sort::End if open.pop() != Some(id) => return false,
            _ => {}
        }
    }
    true
}

/// `20250131T235959Z` as XML Schema writes it: `2025-01-31T23:59:59Z`.
fn iso_date(tmx: &str) -> Option<String> {
    let part = |from: usize, to: usize| tmx.get(from..to);
    Some(format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0, 4)?,
        part(4, 6)?,
        part(6, 8)?,
        part(9, 11)?,
        part(11, 13)?,
        part(13, 15)?
    ))
}
