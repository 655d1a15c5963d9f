//! The properties of a run (`w:rPr`): when two runs look the same, and how a run of the other direction comes to look like the first.
//!
//! Word splits a sentence into runs at will: at each editing session, spelling check, keyboard change. Only what can be seen makes a difference
//! here. A right-to-left run takes weight, slant, size and font from properties of its own (`w:bCs`, `w:iCs`, `w:szCs`, `w:rFonts` with `w:cs`).

use std::ops::Range;

use roxmltree::Node;

use super::Names;
use crate::formats::{bidi, tree};
use crate::text::language::{Direction, Language};

/// The children of `w:rPr` in the order of the schema. What is not among them is an extension and stands last.
const ORDER: &[&str] = &[
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "outline",
    "shadow",
    "emboss",
    "imprint",
    "noProof",
    "snapToGrid",
    "vanish",
    "webHidden",
    "color",
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "specVanish",
    "oMath",
];

/// Properties that only right-to-left runs heed, beside those of the others.
pub(super) const TWINS: &[(&str, &str)] = &[("b", "bCs"), ("i", "iCs"), ("sz", "szCs")];

/// The properties of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Properties {
    properties: Vec<Property>,
    /// What can be seen of them: two runs with equal keys look the same.
    pub(super) key: String,
    /// Where they stand in the part.
    pub(super) range: Option<Range<usize>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Property {
    name: String,
    /// Whether it is one of WordprocessingML's own.
    is_own: bool,
    /// As XML.
    xml: String,
    /// Its attributes by name, in the order of their names.
    attributes: Vec<(String, String)>,
    /// Whether name and attributes say all of it.
    is_plain: bool,
}

impl Property {
    /// Whether it is about the script or the language, and not about looks.
    fn is_unseen(&self) -> bool {
        self.is_own && matches!(self.name.as_str(), "lang" | "rtl" | "cs")
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    fn is_on(&self) -> bool {
        !matches!(self.attribute("val"), Some("0" | "false" | "off" | "none"))
    }

    /// It as far as it can be seen: which keyboard chose the font cannot. Nothing if there is nothing to see.
    fn look(&self) -> String {
        if !self.is_own || !self.is_plain {
            return self.xml.clone();
        }
        let is_said = |(name, value): &&(String, String)| {
            name != "hint" && !(name == "val" && matches!(value.as_str(), "1" | "true" | "on"))
        };
        let said: Vec<String> = self
            .attributes
            .iter()
            .filter(is_said)
            .map(|(name, value)| format!(" {name}={value:?}"))
            .collect();
        match self.name.as_str() {
            "rFonts" if said.is_empty() => String::new(),
            name => format!("<{name}{}>", said.concat()),
        }
    }
}

impl Properties {
    /// Reads a `w:rPr`.
    pub(super) fn read(text: &str, node: Node<'_, '_>, names: &Names) -> Self {
        let mut properties = Vec::new();
        for child in node.children().filter(Node::is_element) {
            let is_own = names.is_own(child);
            let name = child.tag_name().name();
            // What was tracked or is noise of an editor.
            if is_own
                && matches!(
                    name,
                    "rPrChange" | "ins" | "del" | "moveFrom" | "moveTo" | "noProof"
                )
            {
                continue;
            }
            let mut attributes: Vec<(String, String)> = child
                .attributes()
                .map(|attribute| (attribute.name().to_owned(), attribute.value().to_owned()))
                .collect();
            attributes.sort();
            properties.push(Property {
                name: name.to_owned(),
                is_own,
                xml: text.get(child.range()).unwrap_or_default().to_owned(),
                attributes,
                is_plain: !child.has_children(),
            });
        }
        let read = Properties {
            properties,
            key: String::new(),
            range: Some(node.range()),
        };
        // Bold for one script only is bold for the other when the text changes.
        let mut full = read.clone();
        full.copy_twins(Direction::RightToLeft, names);
        full.copy_twins(Direction::LeftToRight, names);
        Properties {
            key: full.looks().concat(),
            ..read
        }
    }

    /// The looks of what can be seen, in order.
    fn looks(&self) -> Vec<String> {
        let seen = self
            .properties
            .iter()
            .filter(|property| !property.is_unseen());
        let mut looks: Vec<String> = seen
            .map(Property::look)
            .filter(|look| !look.is_empty())
            .collect();
        looks.sort();
        looks
    }

    fn get(&self, name: &str) -> Option<&Property> {
        self.properties
            .iter()
            .find(|property| property.is_own && property.name == name)
    }

    /// Whether these are others and something more.
    pub(super) fn adds_to(&self, other: &Properties) -> bool {
        let own = self.looks();
        self.key != other.key && other.looks().iter().all(|look| own.contains(look))
    }

    /// Whether a property is there and on.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some_and(Property::is_on)
    }

    /// The style of characters, if there is one.
    pub(super) fn style(&self) -> Option<&str> {
        self.get("rStyle")?.attribute("val")
    }

    /// The language tag that holds for text of a direction.
    pub(super) fn language(&self, direction: Direction) -> Option<&str> {
        self.get("lang")?.attribute(match direction {
            Direction::LeftToRight => "val",
            Direction::RightToLeft => "bidi",
        })
    }

    /// The word of TMX for what these properties add to others.
    pub(super) fn kind(&self, base: &Properties) -> &'static str {
        let adds = |name| self.has(name) && !base.has(name);
        let look = |of: &Properties, name| of.get(name).map(Property::look).unwrap_or_default();
        let adds_any = |name| !look(self, name).is_empty() && look(self, name) != look(base, name);
        if adds("b") || adds("bCs") {
            "bold"
        } else if adds("i") || adds("iCs") {
            "italic"
        } else if adds("u") {
            "ulined"
        } else if adds("smallCaps") || adds("caps") {
            "scap"
        } else if adds_any("color") || adds_any("highlight") {
            "color"
        } else if adds_any("rFonts") || adds_any("sz") || adds_any("szCs") {
            "font"
        } else {
            "style"
        }
    }

    /// As XML, for a run of text in a language; nothing if there is nothing to say.
    pub(super) fn for_text(
        &self,
        direction: Direction,
        language: &Language,
        names: &Names,
    ) -> String {
        let mut own = self.clone();
        let was_rtl = own.has("rtl");
        let old = self.language(direction).map(str::to_owned);
        own.properties.retain(|property| {
            !(property.is_own && matches!(property.name.as_str(), "rtl" | "lang"))
        });
        let w = &names.prefix;
        if direction == Direction::RightToLeft {
            own.copy_twins(direction, names);
            own.put("rtl", format!("<{w}:rtl/>"), Vec::new());
        } else if was_rtl {
            own.copy_twins(direction, names);
        }
        let attribute = match direction {
            Direction::LeftToRight => "val",
            Direction::RightToLeft => "bidi",
        };
        let tag = if language.direction() == direction {
            let is_same = |tag: &String| Language::from_file(tag).accepts(language);
            Some(
                old.filter(is_same)
                    .unwrap_or_else(|| bidi::with_region(language)),
            )
        } else {
            old
        };
        if let Some(tag) = tag {
            let tag = tree::escape_value(&tag);
            own.put(
                "lang",
                format!("<{w}:lang {w}:{attribute}=\"{tag}\"/>"),
                Vec::new(),
            );
        }
        own.xml(names)
    }

    /// Gives a direction what the other has and it has not.
    fn copy_twins(&mut self, direction: Direction, names: &Names) {
        let w = &names.prefix;
        for (ltr, rtl) in TWINS {
            let (from, to) = match direction {
                Direction::RightToLeft => (ltr, rtl),
                Direction::LeftToRight => (rtl, ltr),
            };
            if self.get(to).is_some() {
                continue;
            }
            let Some(property) = self.get(from) else {
                continue;
            };
            let value = property.attribute("val").map(str::to_owned);
            let said = value
                .as_ref()
                .map(|value| format!(" {w}:val=\"{}\"", tree::escape_value(value)));
            let attributes = value.map(|value| ("val".to_owned(), value));
            self.put(
                to,
                format!("<{w}:{to}{}/>", said.unwrap_or_default()),
                attributes.into_iter().collect(),
            );
        }
        if direction == Direction::LeftToRight {
            return;
        }
        for fonts in self.properties.iter_mut() {
            if !fonts.is_own
                || fonts.name != "rFonts"
                || fonts
                    .attribute("cstheme")
                    .or(fonts.attribute("cs"))
                    .is_some()
            {
                continue;
            }
            let (Some(font), Some(tag)) = (
                fonts.attribute("ascii").map(str::to_owned),
                fonts.xml.strip_suffix("/>"),
            ) else {
                continue;
            };
            fonts.xml = format!(
                "{} {w}:cs=\"{}\"/>",
                tag.trim_end(),
                tree::escape_value(&font)
            );
            fonts.attributes.push(("cs".to_owned(), font));
            fonts.attributes.sort();
        }
    }

    /// Puts a property in its place.
    fn put(&mut self, name: &str, xml: String, attributes: Vec<(String, String)>) {
        let rank = rank(name);
        let place = self
            .properties
            .iter()
            .position(|other| !other.is_own || self::rank(&other.name) > rank)
            .unwrap_or(self.properties.len());
        let property = Property {
            name: name.to_owned(),
            is_own: true,
            xml,
            attributes,
            is_plain: true,
        };
        self.properties.insert(place, property);
    }

    fn xml(&self, names: &Names) -> String {
        if self.properties.is_empty() {
            return String::new();
        }
        let w = &names.prefix;
        let all: String = self
            .properties
            .iter()
            .map(|property| property.xml.as_str())
            .collect();
        format!("<{w}:rPr>{all}</{w}:rPr>")
    }
}

fn rank(name: &str) -> usize {
    ORDER
        .iter()
        .position(|known| *known == name)
        .unwrap_or(ORDER.len())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{names, xml};
    use super::*;

    fn read(inner: &str) -> Properties {
        let text = xml("rPr", inner);
        let tree = tree::parse(&text).unwrap();
        Properties::read(&text, tree.root_element(), &names())
    }

    #[test]
    fn noise_makes_no_difference_and_looks_do() {
        let bold = read("<w:b/><w:lang w:val=\"en-GB\"/>");
        for same in [
            "<w:b/>",
            "<w:noProof/><w:b /><w:bCs/><w:rtl/>",
            "<w:b w:val=\"true\"/>",
            "<w:rFonts w:hint=\"cs\"/><w:b/><w:lang w:bidi=\"fa-IR\"/>",
            "<w:b/><w:rPrChange w:id=\"1\"><w:rPr/></w:rPrChange>",
        ] {
            assert_eq!(read(same).key, bold.key, "{same}");
        }
        assert_ne!(read("<w:b w:val=\"0\"/>").key, bold.key);
        assert_eq!(bold.kind(&read("")), "bold");
        assert_eq!(
            read("<w:u w:val=\"single\"/>").kind(&read("<w:u w:val=\"none\"/>")),
            "ulined"
        );
    }

    #[test]
    fn a_right_to_left_run_looks_like_the_one_it_comes_from() {
        let persian = Language::parse("fa").unwrap();
        let albanian = Language::parse("sq").unwrap();
        let run = read(
            "<w:rFonts w:ascii=\"Lora\"/><w:b/><w:sz w:val=\"32\"/><w:u w:val=\"single\"/><w:lang w:val=\"en-GB\"/>",
        );
        assert_eq!(
            run.for_text(Direction::RightToLeft, &persian, &names()),
            "<w:rPr><w:rFonts w:ascii=\"Lora\" w:cs=\"Lora\"/><w:b/><w:bCs/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>\
             <w:u w:val=\"single\"/><w:rtl/><w:lang w:bidi=\"fa-IR\"/></w:rPr>"
        );
        let back = read("<w:bCs/><w:rtl/><w:lang w:bidi=\"ar-EG\"/>");
        assert_eq!(
            back.for_text(Direction::LeftToRight, &albanian, &names()),
            "<w:rPr><w:b/><w:bCs/><w:lang w:val=\"sq-AL\"/></w:rPr>"
        );
        let kept = back.for_text(
            Direction::RightToLeft,
            &Language::parse("ar").unwrap(),
            &names(),
        );
        assert!(kept.contains("ar-EG"), "{kept}");
    }
}
