//! Units out of a TMX file, one at a time.

use std::io::Read;

use super::oddities::{self, OddUnits, Oddity};
use super::{OMEGAT, context, fits, property};
use crate::error::{Error, Problem, Result};
use crate::formats::xml::{Node, XmlReader};
use crate::text::language::Language;
use crate::unit::{
    Annotation, Attributes, CodeContent, CodeRole, Header, InlineCode, Origin, Segment,
    TranslationUnit, Variant, attribute,
};

/// How many problems of a file are told one by one.
const MAX_TOLD: usize = 1_000;

/// How many attributes an element may have for more to be restored.
const MAX_RESTORED: usize = 1_000;

/// Reads the units of a TMX file in the order of the file, without holding more than one.
pub struct TmxReader<R: Read> {
    xml: XmlReader<R>,
    header: Header,
    problems: Vec<Problem>,
    /// How many problems were not told.
    untold: u64,
    odd_units: OddUnits,
    in_body: bool,
    units: u64,
}

impl<R: Read> TmxReader<R> {
    /// Reads as far as the header.
    ///
    /// # Errors
    /// If the input is no XML, no TMX, or ends before the body.
    pub fn new(input: R) -> Result<Self> {
        TmxReader::with_encoding(input, None)
    }

    /// The same in an encoding that somebody knows better than the file, by its name (`windows-1256`). A byte order mark still
    /// decides.
    ///
    /// # Errors
    /// As for [`TmxReader::new`], and if there is no encoding of that name.
    pub fn with_encoding(input: R, encoding: Option<&str>) -> Result<Self> {
        let mut reader = TmxReader {
            xml: XmlReader::with_encoding(input, encoding)?,
            header: Header::default(),
            problems: Vec::new(),
            untold: 0,
            odd_units: OddUnits::default(),
            in_body: false,
            units: 0,
        };
        match reader.next()? {
            Node::Open { name, attributes } if name == "tmx" => {
                reader.tell_oddities(oddities::of_root(&attributes));
            }
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
        let read = self.unit_or_end();
        match &read {
            Ok(Some(_)) => self.units += 1,
            Ok(None) => self.tell_untold(),
            Err(error) if error.hint_text().is_none() && self.units > 0 => {
                let units = self.units;
                return read.map_err(|error| {
                    error.hint(format!("{units} units before this place could be read; none of the file is taken unless all are"))
                });
            }
            Err(_) => {}
        }
        read
    }

    fn unit_or_end(&mut self) -> Result<Option<TranslationUnit>> {
        loop {
            match self.next()? {
                Node::Open { name, attributes } if name == "tu" && self.in_body => {
                    let line = self.xml.line();
                    let unit = self.unit(attributes)?;
                    if unit.variants.is_empty() {
                        self.tell(line, "a unit without a segment was left out");
                    } else {
                        let source = attribute(&self.header.attributes, "srclang");
                        for oddity in self.odd_units.of(&unit, source) {
                            self.tell_oddity(line, oddity);
                        }
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

    /// The next node. What was odd on the way to it is told.
    fn next(&mut self) -> Result<Node> {
        let node = self.xml.next()?;
        for problem in self.xml.take_problems() {
            self.push(problem);
        }
        Ok(node)
    }

    fn read_to_body(&mut self) -> Result<()> {
        let mut seen = false;
        loop {
            match self.next()? {
                Node::Open { name, attributes } => match name.as_str() {
                    "header" => {
                        seen = true;
                        self.tell_oddities(oddities::of_header(&attributes));
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
        self.tell_oddities(oddities::of_attributes("tu", &attributes));
        let mut unit = TranslationUnit {
            attributes,
            ..TranslationUnit::default()
        };
        loop {
            match self.next()? {
                Node::Open { name, attributes } if name == "tuv" => {
                    unit.variants.extend(self.variant(attributes)?);
                }
                Node::Open { name, attributes } => {
                    if !unit.variants.is_empty() {
                        self.note_moved(&name, "tuv");
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
        let header = attribute(&self.header.attributes, "srclang").unwrap_or("*all*");
        let source = context::source_of(&unit.attributes, &unit.variants, header);
        context::fill(&mut unit, source);
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
        self.tell_oddities(oddities::of_attributes("tuv", &attributes));
        let mut annotations = Vec::new();
        let mut segment = None;
        loop {
            match self.next()? {
                Node::Open { name, .. } if name == "seg" && segment.is_none() => {
                    let line = self.xml.line();
                    let read = self.segment()?;
                    for oddity in oddities::of_codes(&read) {
                        self.tell_oddity(line, oddity);
                    }
                    segment = Some(read);
                }
                Node::Open { name, attributes } => {
                    if name == "seg" {
                        let said = "a second <seg> in a <tuv> is no translation; it is kept beside the first";
                        self.tell(line, said);
                    } else if segment.is_some() {
                        self.note_moved(&name, "seg");
                    }
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
        let language = Language::from_file(&tag);
        let own = take(&mut annotations, property::LANGUAGE, |text| {
            Some(Language::from_file(text)).filter(|own| language.accepts(own))
        });
        Ok(Some(Variant {
            language: own.unwrap_or(language),
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
            match self.next()? {
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
            match self.next()? {
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
            match self.next()? {
                Node::Open { name, attributes } => found.push(self.annotation(&name, attributes)?),
                Node::Text(text) => self.stray_text(&text),
                Node::Close { .. } | Node::End => return Ok(found),
            }
        }
    }

    /// An element that says something, which has just opened.
    fn annotation(&mut self, name: &str, attributes: Attributes) -> Result<Annotation> {
        let line = self.xml.line();
        if !matches!(name, "note" | "prop") {
            if !matches!(name, "ude" | "seg") {
                let said = format!("<{name}> does not belong here; it was kept as it is");
                self.tell(line, said);
            }
            let element = self.xml.rest_as_xml(name, &attributes);
            return element.map(Annotation::Other);
        }
        let mut text = String::new();
        loop {
            match self.next()? {
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

    /// Says that an element stands where the DTD does not have it; nothing of it is lost.
    fn note_moved(&mut self, name: &str, behind: &str) {
        let said = format!("<{name}> stands behind a <{behind}>; it was moved before it");
        self.push(Problem::on_line(self.xml.line(), said).as_note());
    }

    fn tell(&mut self, line: u64, message: impl Into<String>) {
        self.push(Problem::on_line(line, message));
    }

    fn tell_oddities(&mut self, odd: impl IntoIterator<Item = Oddity>) {
        for oddity in odd {
            self.tell_oddity(self.xml.line(), oddity);
        }
    }

    fn tell_oddity(&mut self, line: u64, (message, is_note): Oddity) {
        let problem = Problem::on_line(line, message);
        self.push(if is_note { problem.as_note() } else { problem });
    }

    fn push(&mut self, problem: Problem) {
        if self.problems.len() < MAX_TOLD {
            self.problems.push(problem);
        } else {
            self.untold += 1;
        }
    }

    /// Says at the end how many problems were not told one by one.
    fn tell_untold(&mut self) {
        let untold = std::mem::take(&mut self.untold);
        if untold > 0 {
            let said = format!("{untold} problems behind this place are not told");
            self.problems.push(Problem::on_line(self.xml.line(), said));
        }
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
    for mut annotation in annotations.drain(..) {
        restore_kind(&mut annotation);
        match &annotation {
            Annotation::Property {
                attributes: own,
                text,
            } => {
                let kind = attribute(own, "type").unwrap_or_default();
                // Only what this program would put there itself is taken back: what the DTD has no place for, once. A header
                // cannot be without its required attributes, so that one may stand in the place of what was odd.
                let stands_in = |name: &str| element == "header" && name == "segtype";
                let foreign = kind.strip_prefix(property::ATTRIBUTE).filter(|name| {
                    !name.is_empty()
                        && attributes.len() < MAX_RESTORED
                        && !fits(element, name, text)
                        && attribute(attributes, name)
                            .is_none_or(|there| stands_in(name) && fits(element, name, there))
                });
                if let Some(name) = foreign {
                    attributes.retain(|(known, _)| known != name);
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

/// Gives a property that was hidden from another tool its own name back.
fn restore_kind(annotation: &mut Annotation) {
    let Annotation::Property { attributes, .. } = annotation else {
        return;
    };
    for (_, kind) in attributes.iter_mut().filter(|(name, _)| name == "type") {
        let own = kind.strip_prefix(property::PROPERTY);
        if let Some(own) = own.filter(|own| OMEGAT.contains(own)) {
            *kind = own.to_owned();
        }
    }
}
