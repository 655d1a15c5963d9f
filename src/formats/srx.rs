//! SRX 1.0 and 2.0 (Segmentation Rules eXchange, LISA 2004 and 2008): rules of segmentation in and out.
//!
//! Read strictly: what would change where texts are cut is an error with its line, never passed over. What stands in the file
//! besides (comments, elements of other namespaces) is not kept. Whether a pattern is a regular expression shows when a language
//! needs it.

use std::io::{self, Write};
use std::path::Path;

use super::xml::{Node, XmlReader, escaped_text, open_tag};
use crate::error::{Error, Result};
use crate::segment::srx::{CodeHandling, LanguageMap, LanguageRules, Rule, Srx};
use crate::unit::{Attributes, attribute};

/// Reads a file of rules.
///
/// # Errors
/// If it cannot be read, is no XML, no SRX, or says something that is not known here; the error says the line.
pub fn read(path: &Path) -> Result<Srx> {
    let file = std::fs::File::open(path).map_err(|error| Error::io(path, "read", &error))?;
    let mut srx = read_from(io::BufReader::new(file)).map_err(|error| error.at(path))?;
    srx.file = path.to_path_buf();
    Ok(srx)
}

/// Reads rules.
///
/// # Errors
/// As for [`read`]; the error names no file.
pub fn read_from(input: impl io::Read) -> Result<Srx> {
    let (xml, _) = XmlReader::new(input)?;
    let mut reader = SrxReader {
        xml,
        prefix: String::new(),
    };
    let (name, attributes) = match reader.xml.next()? {
        Node::Open { name, attributes } => (name, attributes),
        Node::Close { .. } | Node::Text(_) | Node::End => {
            return Err(Error::input("there is no XML in this file"));
        }
    };
    reader.prefix = name.strip_suffix("srx").unwrap_or_default().to_owned();
    if reader.local(&name) != "srx" {
        return Err(reader.wrong("this is no SRX file: its root is not <srx>"));
    }
    let is_old = match attribute(&attributes, "version") {
        Some("1.0") => true,
        Some("2.0") => false,
        _ => return Err(reader.wrong("SRX 1.0 and 2.0 are known, and this says neither")),
    };
    let mut srx = Srx {
        file: Default::default(),
        // SRX 1.0 took the first line of the map that fits.
        cascade: !is_old,
        segment_subflows: true,
        codes: CodeHandling::default(),
        language_rules: Vec::new(),
        map: Vec::new(),
    };
    reader.each_child(&mut |reader, name, attributes| reader.top(name, attributes, &mut srx))?;
    match reader.xml.next()? {
        Node::End => Ok(srx),
        Node::Open { .. } | Node::Close { .. } | Node::Text(_) => {
            Err(reader.wrong("something stands behind the end of the rules"))
        }
    }
}

struct SrxReader<R: io::Read> {
    xml: XmlReader<R>,
    /// What the names of SRX start with in this file: nothing, or a prefix with its colon.
    prefix: String,
}

impl<R: io::Read> SrxReader<R> {
    fn wrong(&self, what: &str) -> Error {
        Error::input(what).on_line(self.xml.line())
    }

    /// An element's name in SRX; another namespace's keeps its prefix and so is no name of SRX.
    fn local<'a>(&self, name: &'a str) -> &'a str {
        name.strip_prefix(self.prefix.as_str()).unwrap_or(name)
    }

    /// Calls for each element inside the open one, which reads it to its end.
    fn each_child(
        &mut self,
        call: &mut dyn FnMut(&mut Self, &str, &Attributes) -> Result<()>,
    ) -> Result<()> {
        loop {
            match self.xml.next()? {
                Node::Open { name, attributes } => {
                    let name = self.local(&name).to_owned();
                    call(self, &name, &attributes)?;
                }
                Node::Text(text) if !text.trim().is_empty() => {
                    return Err(self.wrong("there is text where only rules belong"));
                }
                Node::Text(_) => {}
                Node::Close { .. } | Node::End => return Ok(()),
            }
        }
    }

    fn skip(&mut self) -> Result<()> {
        let mut depth = 1;
        while depth > 0 {
            match self.xml.next()? {
                Node::Open { .. } => depth += 1,
                Node::Close { .. } => depth -= 1,
                Node::Text(_) => {}
                Node::End => break,
            }
        }
        Ok(())
    }

    fn yes(&self, attributes: &Attributes, name: &str, default: bool) -> Result<bool> {
        match attribute(attributes, name) {
            None => Ok(default),
            Some("yes") => Ok(true),
            Some("no") => Ok(false),
            Some(_) => Err(self.wrong(&format!("{name} is “yes” or “no”"))),
        }
    }

    fn needed(&self, attributes: &Attributes, name: &str) -> Result<String> {
        let found = attribute(attributes, name).map(str::to_owned);
        found.ok_or_else(|| self.wrong(&format!("{name} is missing here")))
    }

    fn top(&mut self, name: &str, attributes: &Attributes, srx: &mut Srx) -> Result<()> {
        match name {
            "header" => {
                srx.cascade = self.yes(attributes, "cascade", srx.cascade)?;
                srx.segment_subflows = self.yes(attributes, "segmentsubflows", true)?;
                self.each_child(&mut |reader, name, attributes| {
                    if name == "formathandle" {
                        reader.code_handling(attributes, &mut srx.codes)?;
                    }
                    if name == "classdefinition" || name == "classdefinitions" {
                        return Err(
                            reader.wrong("classes of characters defined by the file are not known")
                        );
                    }
                    reader.skip()
                })
            }
            "body" => {
                self.each_child(&mut |reader, name, attributes| reader.top(name, attributes, srx))
            }
            "languagerules" => self.each_child(&mut |reader, name, attributes| match name {
                "languagerule" => {
                    let name = reader.needed(attributes, "languagerulename")?;
                    if srx.language_rules.iter().any(|known| known.name == name) {
                        return Err(reader
                            .wrong(&format!("there are rules with the name “{name}” already")));
                    }
                    let rules = reader.rules()?;
                    srx.language_rules.push(LanguageRules { name, rules });
                    Ok(())
                }
                _ => reader.skip(),
            }),
            "maprules" => {
                self.each_child(&mut |reader, name, attributes| reader.map(name, attributes, srx))
            }
            _ => self.skip(),
        }
    }

    fn code_handling(&mut self, attributes: &Attributes, codes: &mut CodeHandling) -> Result<()> {
        let include = self.yes(attributes, "include", false)?;
        match attribute(attributes, "type") {
            Some("start") => codes.opening = include,
            Some("end") => codes.closing = include,
            Some("isolated") => codes.alone = include,
            _ => return Err(self.wrong("the type of a format handle is start, end or isolated")),
        }
        Ok(())
    }

    fn rules(&mut self) -> Result<Vec<Rule>> {
        let mut rules = Vec::new();
        self.each_child(&mut |reader, name, attributes| {
            if name != "rule" {
                return reader.skip();
            }
            let mut rule = Rule {
                breaks: reader.yes(attributes, "break", true)?,
                before: String::new(),
                after: String::new(),
                line: reader.xml.line(),
            };
            let mut seen = [false; 2];
            reader.each_child(&mut |reader, name, _| {
                let side = match name {
                    "beforebreak" => 0,
                    "afterbreak" => 1,
                    _ => return reader.skip(),
                };
                if std::mem::replace(&mut seen[side], true) {
                    return Err(reader.wrong(&format!("this rule has a second <{name}>")));
                }
                let pattern = reader.text()?;
                if side == 0 {
                    rule.before = pattern;
                } else {
                    rule.after = pattern;
                }
                Ok(())
            })?;
            rules.push(rule);
            Ok(())
        })?;
        Ok(rules)
    }

    fn text(&mut self) -> Result<String> {
        let mut text = String::new();
        loop {
            match self.xml.next()? {
                Node::Text(part) => text.push_str(&part),
                Node::Open { .. } => return Err(self.wrong("a pattern is text alone")),
                Node::Close { .. } | Node::End => return Ok(text),
            }
        }
    }

    /// A line of the map; SRX 1.0 has them in named groups.
    fn map(&mut self, name: &str, attributes: &Attributes, srx: &mut Srx) -> Result<()> {
        match name {
            "maprule" => {
                self.each_child(&mut |reader, name, attributes| reader.map(name, attributes, srx))
            }
            "languagemap" => {
                srx.map.push(LanguageMap {
                    pattern: self.needed(attributes, "languagepattern")?,
                    rules: self.needed(attributes, "languagerulename")?,
                    line: self.xml.line(),
                });
                self.skip()
            }
            _ => self.skip(),
        }
    }
}

/// Writes rules as SRX 2.0.
///
/// # Errors
/// What the writer says.
pub fn write(srx: &Srx, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let tag =
        |xml: &mut String, depth: usize, name: &str, attributes: &[(&str, &str)], end: &str| {
            xml.push_str(&"  ".repeat(depth));
            let owned = attributes
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            open_tag(xml, name, &owned.collect::<Vec<_>>());
            xml.push_str(end);
            xml.push('\n');
        };
    let yes = |yes: bool| if yes { "yes" } else { "no" };
    let namespace = ("xmlns", "http://www.lisa.org/srx20");
    tag(&mut xml, 0, "srx", &[namespace, ("version", "2.0")], ">");
    let subflows = ("segmentsubflows", yes(srx.segment_subflows));
    tag(
        &mut xml,
        1,
        "header",
        &[subflows, ("cascade", yes(srx.cascade))],
        ">",
    );
    let kinds = [
        ("start", srx.codes.opening),
        ("end", srx.codes.closing),
        ("isolated", srx.codes.alone),
    ];
    for (kind, include) in kinds {
        let include = yes(include);
        xml.push_str(&format!(
            "    <formathandle type=\"{kind}\" include=\"{include}\"/>\n"
        ));
    }
    xml.push_str("  </header>\n  <body>\n    <languagerules>\n");
    for language in &srx.language_rules {
        tag(
            &mut xml,
            3,
            "languagerule",
            &[("languagerulename", &language.name)],
            ">",
        );
        for rule in &language.rules {
            tag(&mut xml, 4, "rule", &[("break", yes(rule.breaks))], ">");
            for (name, pattern) in [("beforebreak", &rule.before), ("afterbreak", &rule.after)] {
                let pattern = escaped_text(pattern);
                xml.push_str(&format!("          <{name}>{pattern}</{name}>\n"));
            }
            xml.push_str("        </rule>\n");
        }
        xml.push_str("      </languagerule>\n");
    }
    xml.push_str("    </languagerules>\n    <maprules>\n");
    for map in &srx.map {
        let pattern = ("languagepattern", map.pattern.as_str());
        tag(
            &mut xml,
            3,
            "languagemap",
            &[pattern, ("languagerulename", &map.rules)],
            "/>",
        );
    }
    xml.push_str("    </maprules>\n  </body>\n</srx>\n");
    out.write_all(xml.as_bytes())
}
