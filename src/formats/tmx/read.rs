//! Units out of a TMX file, one at a time.

use std::io::Read;

use super::{allows, property};
use crate::error::{Error, Problem, Result};
use crate::formats::xml::{Node, XmlReader};
use crate::text::language::Language;
use crate::unit::{
    Annotation, Attributes, CodeContent, CodeRole, Header, InlineCode, Origin, Segment,
    TranslationUnit, Variant, attribute,
};

/// Reads the units of a TMX file in the order of the file, without holding more than one.
pub struct TmxReader<R: Read> {
    xml: XmlReader<R>,
    header: Header,
    problems: Vec<Problem>,
    in_body: bool,
}

impl<R: Read> TmxReader<R> {
    /// Reads as far as the header.
    ///
    /// # Errors
    /// If the input is no XML, no TMX, or ends before the body.
    pub fn new(input: R) -> Result<Self> {
        let (xml, problem) = XmlReader::new(input)?;
        let mut reader = TmxReader {
            xml,
            header: Header::default(),
            problems: problem.into_iter().collect(),
            in_body: false,
        };
        match reader.xml.next()? {
            Node::Open { name, .. } if name == "tmx" => {}
            Node::Open { name, .. } => {
                let message = format!("this is not TMX: its root element is <{name}>");
                return Err(Error::input(message).on_line(reader.xml.line()));
            }
            _ => return Err(Error::input("there is no TMX in this file")),
        }
        reader.read_to_body()?;
        Ok(reader)
    }

    /// What the file says of all its units.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// What was wrong so far and was passed over.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Reads the next unit that holds at least one segment; `None` at the end of the file.
    ///
    /// # Errors
    /// If the file is not well-formed XML or was cut short. What was read before is then not to be trusted to be all.
    pub fn next_unit(&mut self) -> Result<Option<TranslationUnit>> {
        loop {
            match self.xml.next()? {
                Node::Open { name, attributes } if name == "tu" && self.in_body => {
                    let line = self.xml.line();
                    let unit = self.unit(attributes)?;
                    if unit.variants.is_empty() {
                        self.tell(line, "a unit without a segment was left out");
                    } else {
                        return Ok(Some(unit));
                    }
                }
                Node::Open { name, attributes } => self.pass_over(&name, &attributes)?,
                Node::Close { name } if name == "body" => self.in_body = false,
                Node::Close { .. } => {}
                Node::Text(text) => self.stray_text(&text),
                Node::End => return Ok(None),
            }
        }
    }

    fn read_to_body(&mut self) -> Result<()> {
        let mut seen = false;
        loop {
            match self.xml.next()? {
                Node::Open { name, attributes } => match name.as_str() {
                    "header" => {
                        seen = true;
                        self.header.attributes = attributes;
                        self.header.annotations = self.annotations_to_end()?;
                        let header = &mut self.header;
                        restore_foreign("header", &mut header.attributes, &mut header.annotations);
                    }
                    "body" => {
                        if !seen {
                            self.tell(self.xml.line(), "there is no header");
                        }
                        self.in_body = true;
                        return Ok(());
                    }
                    _ => self.pass_over(&name, &attributes)?,
                },
                Node::Text(text) => self.stray_text(&text),
                Node::Close { .. } | Node::End => {
                    let error = Error::input("this TMX has no <body>");
                    return Err(error.on_line(self.xml.line()));
                }
            }
        }
    }

    fn unit(&mut self, attributes: Attributes) -> Result<TranslationUnit> {
        let mut unit = TranslationUnit {
            attributes,
            ..TranslationUnit::default()
        };
        loop {
            match self.xml.next()? {
                Node::Open { name, attributes } if name == "tuv" => {
                    unit.variants.extend(self.variant(attributes)?);
                }
                Node::Open { name, attributes } => {
                    if !unit.variants.is_empty() {
                        let line = self.xml.line();
                        self.tell(
                            line,
                            format!("<{name}> stands behind a <tuv>; it was moved before it"),
                        );
                    }
                    unit.annotations.push(self.annotation(&name, attributes)?);
                }
                Node::Text(text) => self.stray_text(&text),
                Node::Close { .. } | Node::End => break,
            }
        }
        restore_foreign("tu", &mut unit.attributes, &mut unit.annotations);
        unit.document = take(&mut unit.annotations, property::DOCUMENT, |text| {
            Some(text.to_owned())
        });
        unit.position = take(&mut unit.annotations, property::POSITION, |text| {
            text.parse().ok()
        });
        let confidence = take(&mut unit.annotations, property::CONFIDENCE, |text| {
            text.parse().ok().filter(|percent: &u8| *percent <= 100)
        });
        if let Some(confidence) = confidence {
            unit.origin = Origin::Alignment { confidence };
        }
        Ok(unit)
    }

    /// A variant, or nothing if it has no language or no segment.
    fn variant(&mut self, mut attributes: Attributes) -> Result<Option<Variant>> {
        let line = self.xml.line();
        let tag = attribute(&attributes, "xml:lang")
            .or_else(|| attribute(&attributes, "lang"))
            .unwrap_or_default()
            .trim()
            .to_owned();
        attributes.retain(|(name, _)| name != "xml:lang" && name != "lang");
        let mut annotations = Vec::new();
        let mut segment = None;
        loop {
            match self.xml.next()? {
                Node::Open { name, .. } if name == "seg" => {
                    let read = self.segment()?;
                    if segment.is_none() {
                        segment = Some(read);
                    } else {
                        self.tell(line, "a second <seg> in a <tuv> was left out");
                    }
                }
                Node::Open { name, attributes } => {
                    annotations.push(self.annotation(&name, attributes)?);
                }
                Node::Text(text) => self.stray_text(&text),
                Node::Close { .. } | Node::End => break,
            }
        }
        let Some(segment) = segment else {
            self.tell(line, "a <tuv> without a <seg> was left out");
            return Ok(None);
        };
        if tag.is_empty() {
            self.tell(line, "a <tuv> without a language was left out");
            return Ok(None);
        }
        restore_foreign("tuv", &mut attributes, &mut annotations);
        Ok(Some(Variant {
            language: Language::from_file(&tag),
            previous: take(&mut annotations, property::PREVIOUS, |text| {
                Some(text.to_owned())
            }),
            next: take(&mut annotations, property::NEXT, |text| {
                Some(text.to_owned())
            }),
            attributes,
            annotations,
            segment,
        }))
    }

    /// The content of `seg` or `sub`, up to its end.
    fn segment(&mut self) -> Result<Segment> {
        let mut segment = Segment::default();
        let mut open = 0;
        loop {
            match self.xml.next()? {
                Node::Text(text) => segment.text.push_str(&text),
                Node::Open { name, attributes } => {
                    let alone = matches!(name.as_str(), "bpt" | "ept" | "ph" | "it" | "ut");
                    let at = segment.text.len();
                    let (role, content) = if alone {
                        (CodeRole::Alone, self.code_content()?)
                    } else {
                        if name != "hi" {
                            let line = self.xml.line();
                            self.tell(
                                line,
                                format!("<{name}> in a segment is not TMX; it was kept as it is"),
                            );
                        }
                        open += 1;
                        (CodeRole::Open, Vec::new())
                    };
                    segment.codes.push(InlineCode {
                        at,
                        element: name,
                        role,
                        attributes,
                        content,
                    });
                }
                Node::Close { name } if open > 0 => {
                    open -= 1;
                    segment.codes.push(InlineCode {
                        at: segment.text.len(),
                        element: name,
                        role: CodeRole::Close,
                        attributes: Attributes::new(),
                        content: Vec::new(),
                    });
                }
                Node::Close { .. } | Node::End => return Ok(segment),
            }
        }
    }

    /// The native code inside an inline code, up to its end.
    fn code_content(&mut self) -> Result<Vec<CodeContent>> {
        let mut content = Vec::new();
        loop {
            match self.xml.next()? {
                Node::Text(text) => match content.last_mut() {
                    Some(CodeContent::Native(native)) => native.push_str(&text),
                    _ => content.push(CodeContent::Native(text)),
                },
                Node::Open { name, attributes } => content.push(CodeContent::Sub {
                    element: name,
                    attributes,
                    segment: self.segment()?,
                }),
                Node::Close { .. } | Node::End => return Ok(content),
            }
        }
    }

    /// Notes, properties and other elements, up to the end of the element around them.
    fn annotations_to_end(&mut self) -> Result<Vec<Annotation>> {
        let mut found = Vec::new();
        loop {
            match self.xml.next()? {
                Node::Open { name, attributes } => found.push(self.annotation(&name, attributes)?),
                Node::Text(text) => self.stray_text(&text),
                Node::Close { .. } | Node::End => return Ok(found),
            }
        }
    }

    /// An element that says something, which has just opened.
    fn annotation(&mut self, name: &str, attributes: Attributes) -> Result<Annotation> {
        if !matches!(name, "note" | "prop") {
            return self
                .xml
                .rest_as_xml(name, &attributes)
                .map(Annotation::Other);
        }
        let line = self.xml.line();
        let mut text = String::new();
        loop {
            match self.xml.next()? {
                Node::Text(piece) => text.push_str(&piece),
                Node::Open {
                    name: inner,
                    attributes,
                } => {
                    // Some tools put a whole <seg> into a property; its markup is kept as text.
                    text.push_str(&self.xml.rest_as_xml(&inner, &attributes)?);
                    self.tell(line, format!("<{inner}> inside <{name}> was kept as text"));
                }
                Node::Close { .. } | Node::End => break,
            }
        }
        Ok(if name == "note" {
            Annotation::Note { attributes, text }
        } else {
            Annotation::Property { attributes, text }
        })
    }

    fn pass_over(&mut self, name: &str, attributes: &Attributes) -> Result<()> {
        let line = self.xml.line();
        self.xml.rest_as_xml(name, attributes)?;
        self.tell(
            line,
            format!("<{name}> does not belong here and was left out"),
        );
        Ok(())
    }

    fn stray_text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            let line = self.xml.line();
            self.tell(line, "text between the elements was left out");
        }
    }

    fn tell(&mut self, line: u64, message: impl Into<String>) {
        self.problems.push(Problem::on_line(line, message));
    }
}

/// Takes the first property of a type out of a list, if its value can be understood; otherwise it stays.
fn take<T>(
    annotations: &mut Vec<Annotation>,
    wanted: &str,
    understand: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let at = annotations.iter().position(|annotation| {
        matches!(annotation, Annotation::Property { attributes, .. } if attribute(attributes, "type") == Some(wanted))
    })?;
    let Some(Annotation::Property { text, .. }) = annotations.get(at) else {
        return None;
    };
    let value = understand(text)?;
    annotations.remove(at);
    Some(value)
}

/// Turns what was put into properties for the DTD's sake back into what it was.
fn restore_foreign(element: &str, attributes: &mut Attributes, annotations: &mut Vec<Annotation>) {
    let mut kept = Vec::with_capacity(annotations.len());
    for annotation in annotations.drain(..) {
        match &annotation {
            Annotation::Property {
                attributes: own,
                text,
            } => {
                let kind = attribute(own, "type").unwrap_or_default();
                // Only what this program would put there itself is taken back: a name that the DTD has no place for, once.
                let foreign = kind.strip_prefix(property::ATTRIBUTE).filter(|name| {
                    !name.is_empty()
                        && !allows(element, name)
                        && attribute(attributes, name).is_none()
                });
                if let Some(name) = foreign {
                    attributes.push((name.to_owned(), text.clone()));
                } else if kind == property::ELEMENT {
                    kept.push(Annotation::Other(text.clone()));
                } else {
                    kept.push(annotation);
                }
            }
            _ => kept.push(annotation),
        }
    }
    *annotations = kept;
}
