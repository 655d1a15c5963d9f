//! Units into a TMX file, one at a time.

use std::borrow::Cow;
use std::io::{self, Write};

use super::reader::{self, Level, TmxFor};
use super::{context, fits, property};
use crate::formats::xml::{
    escaped_text, is_one_element, open_tag, push_attribute, strictly_writable, writable,
};
use crate::unit::{
    Annotation, CodeContent, CodeRole, Header, Origin, Segment, TranslationUnit, Variant, attribute,
};

/// The attributes of a header, in the order in which they are written, and what they say if nobody else does.
const HEADER: &[(&str, &str)] = &[
    ("creationtool", "tarjuman"),
    ("creationtoolversion", env!("CARGO_PKG_VERSION")),
    ("segtype", "sentence"),
    ("o-tmf", "tarjuman"),
    ("adminlang", "en"),
    ("srclang", "*all*"),
    ("datatype", "plaintext"),
];

/// Writes a TMX 1.4 file: UTF-8, LF, notes and properties before variants and segments.
pub struct TmxWriter<W: Write> {
    out: W,
    /// The source language that the header says.
    source: String,
    /// Who is to read it; nobody in particular reads everything.
    reader: Option<(TmxFor, Level)>,
    replaced: usize,
}

impl<W: Write> TmxWriter<W> {
    /// Writes everything before the first unit. Required attributes that the header lacks get this program's values.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub fn new(out: W, header: &Header) -> io::Result<Self> {
        TmxWriter::begun(out, header, None)
    }

    /// The same for a reader that wants less, or wants it otherwise.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub fn for_reader(out: W, header: &Header, reader: TmxFor, level: Level) -> io::Result<Self> {
        let header = reader::adapted_header(header, reader);
        TmxWriter::begun(out, &header, Some((reader, level)))
    }

    fn begun(out: W, header: &Header, reader: Option<(TmxFor, Level)>) -> io::Result<Self> {
        let source = attribute(&header.attributes, "srclang").unwrap_or("*all*");
        let mut writer = TmxWriter {
            out,
            source: source.to_owned(),
            reader,
            replaced: 0,
        };
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\">\n  <header",
        );
        for (name, usual) in HEADER {
            let said = attribute(&header.attributes, name);
            let said = said.filter(|value| fits("header", name, value));
            push_attribute(&mut xml, name, said.unwrap_or(usual));
        }
        let mut foreign = Vec::new();
        for (name, value) in &header.attributes {
            let is_fitting = fits("header", name, value);
            if is_fitting && HEADER.iter().any(|(known, _)| known == name) {
                continue;
            }
            if is_fitting {
                push_attribute(&mut xml, name, value);
            } else {
                foreign.push((name, value));
            }
        }
        if header.annotations.is_empty() && foreign.is_empty() {
            xml.push_str("/>\n");
        } else {
            xml.push_str(">\n");
            for (name, value) in foreign {
                push_property(&mut xml, "    ", &attribute_property(name), value);
            }
            for annotation in &header.annotations {
                match annotation {
                    Annotation::Other(element)
                        if reader.is_none() && is_one_element(element, "ude") =>
                    {
                        xml.push_str(&format!("    {element}\n"));
                    }
                    other => push_annotation(&mut xml, "    ", other),
                }
            }
            xml.push_str("  </header>\n");
        }
        xml.push_str("  <body>\n");
        writer.put(&xml)?;
        Ok(writer)
    }

    /// Writes a unit with its variants in their order.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub fn write(&mut self, unit: &TranslationUnit) -> io::Result<()> {
        let unit = match self.reader {
            Some((reader, level)) => Cow::Owned(reader::adapted(unit, reader, level)),
            None => Cow::Borrowed(unit),
        };
        let unit = unit.as_ref();
        // What another tool's properties say of the context need not be said twice.
        let source = context::source_of(&unit.attributes, &unit.variants, &self.source);
        let says_context = !context::speaks_for_itself(unit, source);
        let mut xml = String::from("    ");
        let mut foreign = Vec::new();
        open_element(&mut xml, "tu", &[], &unit.attributes, &mut foreign);
        for (name, value) in foreign.drain(..) {
            push_property(&mut xml, "      ", &attribute_property(&name), &value);
        }
        if let Some(document) = &unit.document {
            push_property(&mut xml, "      ", property::DOCUMENT, document);
        }
        if let Some(position) = unit.position {
            push_property(
                &mut xml,
                "      ",
                property::POSITION,
                &position.to_string(),
            );
        }
        if let Origin::Alignment { confidence } = unit.origin {
            push_property(
                &mut xml,
                "      ",
                property::CONFIDENCE,
                &confidence.to_string(),
            );
        }
        for annotation in &unit.annotations {
            push_annotation(&mut xml, "      ", annotation);
        }
        for variant in &unit.variants {
            push_variant(&mut xml, variant, says_context);
        }
        xml.push_str("    </tu>\n");
        self.put(&xml)
    }

    /// Writes the end of the file. Returns how many characters XML cannot carry; each was replaced by U+FFFD.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub fn finish(mut self) -> io::Result<usize> {
        self.put("  </body>\n</tmx>\n")?;
        self.out.flush()?;
        Ok(self.replaced)
    }

    fn put(&mut self, xml: &str) -> io::Result<()> {
        let (xml, replaced) = match self.reader {
            Some(_) => strictly_writable(xml),
            None => writable(xml),
        };
        self.replaced += replaced;
        self.out.write_all(xml.as_bytes())
    }
}

fn push_variant(xml: &mut String, variant: &Variant, says_context: bool) {
    let mut foreign = Vec::new();
    let language = [("xml:lang", variant.language.tag())];
    xml.push_str("      ");
    open_element(xml, "tuv", &language, &variant.attributes, &mut foreign);
    for (name, value) in foreign {
        push_property(xml, "        ", &attribute_property(&name), &value);
    }
    for (kind, text) in [
        (property::PREVIOUS, &variant.previous),
        (property::NEXT, &variant.next),
    ] {
        if let Some(text) = text.as_ref().filter(|_| says_context) {
            push_property(xml, "        ", kind, text);
        }
    }
    for annotation in &variant.annotations {
        push_annotation(xml, "        ", annotation);
    }
    xml.push_str("        <seg>");
    push_segment(xml, &variant.segment);
    xml.push_str("</seg>\n      </tuv>\n");
}

/// Opens an element with what the DTD allows on it; the rest is handed back.
fn open_element(
    xml: &mut String,
    name: &str,
    first: &[(&str, &str)],
    attributes: &[(String, String)],
    foreign: &mut Vec<(String, String)>,
) {
    xml.push('<');
    xml.push_str(name);
    for (name, value) in first {
        push_attribute(xml, name, value);
    }
    for (known, value) in attributes {
        if fits(name, known, value) {
            push_attribute(xml, known, value);
        } else {
            foreign.push((known.clone(), value.clone()));
        }
    }
    xml.push_str(">\n");
}

fn attribute_property(name: &str) -> String {
    format!("{}{name}", property::ATTRIBUTE)
}

fn push_property(xml: &mut String, indent: &str, kind: &str, text: &str) {
    xml.push_str(indent);
    open_tag(xml, "prop", &[("type".to_owned(), kind.to_owned())]);
    xml.push_str(&format!(">{}</prop>\n", escaped_text(text)));
}

fn push_annotation(xml: &mut String, indent: &str, annotation: &Annotation) {
    let (name, attributes, text) = match annotation {
        Annotation::Note { attributes, text } => ("note", attributes, text),
        Annotation::Property { attributes, text } => ("prop", attributes, text),
        Annotation::Other(element) => {
            return push_property(xml, indent, property::ELEMENT, element);
        }
    };
    xml.push_str(indent);
    open_tag(xml, name, attributes);
    xml.push_str(&format!(">{}</{name}>\n", escaped_text(text)));
}

/// The segment's text with its codes where they stand.
fn push_segment(xml: &mut String, segment: &Segment) {
    let mut at = 0;
    for code in &segment.codes {
        let text = segment.text.get(at..code.at).unwrap_or_default();
        xml.push_str(&escaped_text(text));
        at = code.at;
        match code.role {
            CodeRole::Close => xml.push_str(&format!("</{}>", code.element)),
            CodeRole::Open => {
                open_tag(xml, &code.element, &code.attributes);
                xml.push('>');
            }
            CodeRole::Alone => {
                open_tag(xml, &code.element, &code.attributes);
                if code.content.is_empty() {
                    xml.push_str("/>");
                    continue;
                }
                xml.push('>');
                for content in &code.content {
                    push_code_content(xml, content);
                }
                xml.push_str(&format!("</{}>", code.element));
            }
        }
    }
    xml.push_str(&escaped_text(segment.text.get(at..).unwrap_or_default()));
}

/// A part of a code as XML, for where it can only be kept as text.
pub(super) fn code_content_as_xml(content: &CodeContent) -> String {
    let mut xml = String::new();
    push_code_content(&mut xml, content);
    xml
}

fn push_code_content(xml: &mut String, content: &CodeContent) {
    match content {
        CodeContent::Native(text) => xml.push_str(&escaped_text(text)),
        CodeContent::Sub {
            element,
            attributes,
            segment,
        } => {
            open_tag(xml, element, attributes);
            xml.push('>');
            push_segment(xml, segment);
            xml.push_str(&format!("</{element}>"));
        }
    }
}
