//! What XLIFF 2.x allows in which element, as a table: attributes with their values, and children in their order.
//!
//! It says what the schemas of 2.2 say and, where these leave to prose what the standard demands of a single element (no foreign attributes on
//! `pc`, modules at their places only), what the prose says.

use roxmltree::{Document, Node};

use super::CORE;
use crate::error::{Error, Problem, Result};
use crate::formats::tree::{Said, line_of};

/// The namespaces that are known, under the prefixes that the standard gives them.
const SPACES: &[(&str, &str)] = &[
    ("xlf", CORE[0]),
    ("xlf", CORE[1]),
    ("mtc", "urn:oasis:names:tc:xliff:matches:2.0"),
    ("gls", "urn:oasis:names:tc:xliff:glossary:2.0"),
    ("mda", "urn:oasis:names:tc:xliff:metadata:2.0"),
    ("res", "urn:oasis:names:tc:xliff:resourcedata:2.0"),
    ("ctr", "urn:oasis:names:tc:xliff:changetracking:2.0"),
    ("ctr", "urn:oasis:names:tc:xliff:changetracking:2.1"),
    ("slr", "urn:oasis:names:tc:xliff:sizerestriction:2.0"),
    ("val", "urn:oasis:names:tc:xliff:validation:2.0"),
    ("fs", "urn:oasis:names:tc:xliff:fs:2.0"),
    ("pgs", "urn:oasis:names:tc:xliff:pgs:1.0"),
    ("its", "http://www.w3.org/2005/11/its"),
    ("itsm", "urn:oasis:names:tc:xliff:itsm:2.1"),
    ("xml", "http://www.w3.org/XML/1998/namespace"),
];

/// What an attribute may say.
enum Value {
    Any,
    /// NMTOKEN.
    Token,
    /// NMTOKENS.
    Tokens,
    OneOf(&'static [&'static str]),
    /// `prefix:value`.
    UserDefined,
    Language,
    /// A whole number from 1 up to a limit.
    Number(u64),
    /// A number from 0 to 100.
    Percent,
    /// A word of the list, or `prefix:value`.
    OneOfOr(&'static [&'static str]),
    Hex,
}
use Value::{Any, Hex, Number, OneOf, OneOfOr, Percent, Token, Tokens, UserDefined};

/// Which attributes of other namespaces an element may have.
#[derive(PartialEq, Eq)]
enum Foreign {
    None,
    /// Those of modules.
    Modules,
    All,
}

/// A name, what it may say, and whether it must be there.
type Attribute = (&'static str, Value, bool);

/// Names of children that may stand at one place, whether one must, and whether several may. `*` is any element of a module or
/// an extension.
type Slot = (&'static [&'static str], bool, bool);

struct Element {
    name: &'static str,
    attributes: &'static [Attribute],
    foreign: Foreign,
    has_text: bool,
    children: &'static [Slot],
}

const YES_NO: Value = OneOf(&["yes", "no"]);
const FIRST_NO: Value = OneOf(&["yes", "firstNo", "no"]);
const DIRECTION: Value = OneOf(&["ltr", "rtl", "auto"]);
const SPACE: Attribute = ("xml:space", OneOf(&["default", "preserve"]), false);
const LANGUAGE: Attribute = ("xml:lang", Value::Language, false);
const APPLIES: Value = OneOf(&["source", "target"]);
const CODE_TYPE: Value = OneOf(&["fmt", "ui", "quote", "link", "image", "other"]);
const MARK_TYPE: Value = OneOfOr(&["generic", "comment", "term"]);
const FORMS: Value = OneOf(&["none", "nfc", "nfd"]);
const MANY: &[&str] = &["*"];
const INLINE: &[Slot] = &[(
    &[
        "xlf:cp", "xlf:ph", "xlf:pc", "xlf:sc", "xlf:ec", "xlf:mrk", "xlf:sm", "xlf:em",
    ],
    false,
    true,
)];
const PARTS: &[Slot] = &[
    (&["xlf:source"], true, false),
    (&["xlf:target"], false, false),
];

const ELEMENTS: &[Element] = &[
    Element {
        name: "xlf:xliff",
        attributes: &[
            ("version", OneOf(&["2.0", "2.1", "2.2"]), true),
            ("srcLang", Value::Language, true),
            ("trgLang", Value::Language, false),
            SPACE,
        ],
        foreign: Foreign::All,
        has_text: false,
        children: &[
            (&["xlf:notes"], false, false),
            (&["mda:metadata"], false, false),
            (&["xlf:file"], true, true),
        ],
    },
    Element {
        name: "xlf:file",
        attributes: &[
            ("id", Token, true),
            ("canResegment", YES_NO, false),
            ("original", Any, false),
            ("translate", YES_NO, false),
            ("srcDir", DIRECTION, false),
            ("trgDir", DIRECTION, false),
            SPACE,
        ],
        foreign: Foreign::All,
        has_text: false,
        children: &[
            (&["xlf:skeleton"], false, false),
            (MANY, false, true),
            (&["xlf:notes"], false, false),
            (&["xlf:unit", "xlf:group"], true, true),
        ],
    },
    Element {
        name: "xlf:skeleton",
        attributes: &[("href", Any, false)],
        foreign: Foreign::None,
        has_text: true,
        children: &[(MANY, false, true)],
    },
    Element {
        name: "xlf:group",
        attributes: &[
            ("id", Token, true),
            ("name", Any, false),
            ("canResegment", YES_NO, false),
            ("translate", YES_NO, false),
            ("srcDir", DIRECTION, false),
            ("trgDir", DIRECTION, false),
            ("type", UserDefined, false),
            SPACE,
        ],
        foreign: Foreign::All,
        has_text: false,
        children: &[
            (MANY, false, true),
            (&["xlf:notes"], false, false),
            (&["xlf:unit", "xlf:group"], false, true),
        ],
    },
    Element {
        name: "xlf:unit",
        attributes: &[
            ("id", Token, true),
            ("name", Any, false),
            ("canResegment", YES_NO, false),
            ("translate", YES_NO, false),
            ("srcDir", DIRECTION, false),
            ("trgDir", DIRECTION, false),
            ("type", UserDefined, false),
            SPACE,
        ],
        foreign: Foreign::All,
        has_text: false,
        children: &[
            (MANY, false, true),
            (&["xlf:notes"], false, false),
            (&["xlf:originalData"], false, false),
            (&["xlf:segment", "xlf:ignorable"], true, true),
        ],
    },
    Element {
        name: "xlf:segment",
        attributes: &[
            ("id", Token, false),
            ("canResegment", YES_NO, false),
            (
                "state",
                OneOf(&["initial", "translated", "reviewed", "final"]),
                false,
            ),
            ("subState", UserDefined, false),
            ("pgs:case", Any, false),
        ],
        foreign: Foreign::None,
        has_text: false,
        children: PARTS,
    },
    Element {
        name: "xlf:ignorable",
        attributes: &[("id", Token, false)],
        foreign: Foreign::None,
        has_text: false,
        children: PARTS,
    },
    Element {
        name: "xlf:notes",
        attributes: &[],
        foreign: Foreign::None,
        has_text: false,
        children: &[(&["xlf:note"], true, true)],
    },
    Element {
        name: "xlf:note",
        attributes: &[
            ("id", Token, false),
            ("appliesTo", APPLIES, false),
            ("category", Any, false),
            ("priority", Number(10), false),
            ("ref", Any, false),
        ],
        foreign: Foreign::All,
        has_text: true,
        children: &[],
    },
    Element {
        name: "xlf:originalData",
        attributes: &[],
        foreign: Foreign::None,
        has_text: false,
        children: &[(&["xlf:data"], true, true)],
    },
    Element {
        name: "xlf:data",
        attributes: &[
            ("id", Token, true),
            ("dir", DIRECTION, false),
            ("xml:space", OneOf(&["preserve"]), false),
        ],
        foreign: Foreign::None,
        has_text: true,
        children: &[(&["xlf:cp"], false, true)],
    },
    Element {
        name: "xlf:source",
        attributes: &[LANGUAGE, SPACE],
        foreign: Foreign::None,
        has_text: true,
        children: INLINE,
    },
    Element {
        name: "xlf:target",
        attributes: &[LANGUAGE, SPACE, ("order", Number(u64::MAX), false)],
        foreign: Foreign::None,
        has_text: true,
        children: INLINE,
    },
    Element {
        name: "xlf:cp",
        attributes: &[("hex", Hex, true)],
        foreign: Foreign::None,
        has_text: false,
        children: &[],
    },
    Element {
        name: "xlf:ph",
        attributes: &[
            ("canCopy", YES_NO, false),
            ("canDelete", YES_NO, false),
            ("canReorder", FIRST_NO, false),
            ("copyOf", Token, false),
            ("disp", Any, false),
            ("equiv", Any, false),
            ("id", Token, true),
            ("dataRef", Token, false),
            ("subFlows", Tokens, false),
            ("subType", UserDefined, false),
            ("type", CODE_TYPE, false),
        ],
        foreign: Foreign::Modules,
        has_text: false,
        children: &[],
    },
    Element {
        name: "xlf:pc",
        attributes: &[
            ("canCopy", YES_NO, false),
            ("canDelete", YES_NO, false),
            ("canOverlap", YES_NO, false),
            ("canReorder", FIRST_NO, false),
            ("copyOf", Token, false),
            ("dispEnd", Any, false),
            ("dispStart", Any, false),
            ("equivEnd", Any, false),
            ("equivStart", Any, false),
            ("id", Token, true),
            ("dataRefEnd", Token, false),
            ("dataRefStart", Token, false),
            ("subFlowsEnd", Tokens, false),
            ("subFlowsStart", Tokens, false),
            ("subType", UserDefined, false),
            ("type", CODE_TYPE, false),
            ("dir", DIRECTION, false),
        ],
        foreign: Foreign::Modules,
        has_text: true,
        children: INLINE,
    },
    Element {
        name: "xlf:sc",
        attributes: &[
            ("canCopy", YES_NO, false),
            ("canDelete", YES_NO, false),
            ("canOverlap", YES_NO, false),
            ("canReorder", FIRST_NO, false),
            ("copyOf", Token, false),
            ("dataRef", Token, false),
            ("dir", DIRECTION, false),
            ("disp", Any, false),
            ("equiv", Any, false),
            ("id", Token, true),
            ("isolated", YES_NO, false),
            ("subFlows", Tokens, false),
            ("subType", UserDefined, false),
            ("type", CODE_TYPE, false),
        ],
        foreign: Foreign::Modules,
        has_text: false,
        children: &[],
    },
    Element {
        name: "xlf:ec",
        attributes: &[
            ("canCopy", YES_NO, false),
            ("canDelete", YES_NO, false),
            ("canOverlap", YES_NO, false),
            ("canReorder", FIRST_NO, false),
            ("copyOf", Token, false),
            ("dataRef", Token, false),
            ("dir", DIRECTION, false),
            ("disp", Any, false),
            ("equiv", Any, false),
            ("id", Token, false),
            ("isolated", YES_NO, false),
            ("startRef", Token, false),
            ("subFlows", Tokens, false),
            ("subType", UserDefined, false),
            ("type", CODE_TYPE, false),
        ],
        foreign: Foreign::Modules,
        has_text: false,
        children: &[],
    },
    Element {
        name: "xlf:mrk",
        attributes: &[
            ("id", Token, true),
            ("translate", YES_NO, false),
            ("type", MARK_TYPE, false),
            ("ref", Any, false),
            ("value", Any, false),
        ],
        foreign: Foreign::All,
        has_text: true,
        children: INLINE,
    },
    Element {
        name: "xlf:sm",
        attributes: &[
            ("id", Token, true),
            ("translate", YES_NO, false),
            ("type", MARK_TYPE, false),
            ("ref", Any, false),
            ("value", Any, false),
        ],
        foreign: Foreign::All,
        has_text: false,
        children: &[],
    },
    Element {
        name: "xlf:em",
        attributes: &[("startRef", Token, true)],
        foreign: Foreign::None,
        has_text: false,
        children: &[],
    },
    Element {
        name: "mtc:matches",
        attributes: &[],
        foreign: Foreign::None,
        has_text: false,
        children: &[(&["mtc:match"], true, true)],
    },
    Element {
        name: "mtc:match",
        attributes: &[
            ("id", Token, false),
            ("matchQuality", Percent, false),
            ("matchSuitability", Percent, false),
            ("origin", Any, false),
            ("ref", Any, true),
            ("reference", YES_NO, false),
            ("similarity", Percent, false),
            ("subType", UserDefined, false),
            (
                "type",
                OneOf(&["am", "mt", "icm", "idm", "tb", "tm", "other"]),
                false,
            ),
        ],
        foreign: Foreign::All,
        has_text: false,
        children: &[
            (&["mda:metadata"], false, false),
            (&["xlf:originalData"], false, false),
            (&["xlf:source"], true, false),
            (&["xlf:target"], true, false),
            (MANY, false, true),
        ],
    },
    Element {
        name: "gls:glossary",
        attributes: &[],
        foreign: Foreign::None,
        has_text: false,
        children: &[(&["gls:glossEntry"], true, true)],
    },
    Element {
        name: "gls:glossEntry",
        attributes: &[("id", Token, false), ("ref", Any, false)],
        foreign: Foreign::All,
        has_text: false,
        children: &[
            (&["gls:term"], true, false),
            (&["gls:translation"], false, true),
            (&["gls:definition"], false, false),
            (MANY, false, true),
        ],
    },
    Element {
        name: "gls:term",
        attributes: &[("source", Any, false)],
        foreign: Foreign::All,
        has_text: true,
        children: &[],
    },
    Element {
        name: "gls:translation",
        attributes: &[
            ("id", Token, false),
            ("ref", Any, false),
            ("source", Any, false),
        ],
        foreign: Foreign::All,
        has_text: true,
        children: &[],
    },
    Element {
        name: "gls:definition",
        attributes: &[("source", Any, false)],
        foreign: Foreign::All,
        has_text: true,
        children: &[],
    },
    Element {
        name: "mda:metadata",
        attributes: &[("id", Token, false)],
        foreign: Foreign::None,
        has_text: false,
        children: &[(&["mda:metaGroup"], true, true)],
    },
    Element {
        name: "mda:metaGroup",
        attributes: &[
            ("id", Token, false),
            ("category", Any, false),
            (
                "appliesTo",
                OneOf(&["source", "target", "ignorable"]),
                false,
            ),
        ],
        foreign: Foreign::None,
        has_text: false,
        children: &[(&["mda:metaGroup", "mda:meta"], true, true)],
    },
    Element {
        name: "mda:meta",
        attributes: &[("type", Any, true)],
        foreign: Foreign::None,
        has_text: true,
        children: &[],
    },
    Element {
        name: "res:resourceData",
        attributes: &[],
        foreign: Foreign::None,
        has_text: false,
        children: &[
            (&["res:resourceItemRef"], false, true),
            (&["res:resourceItem"], false, true),
        ],
    },
    Element {
        name: "res:resourceItemRef",
        attributes: &[("id", Token, false), ("ref", Token, true)],
        foreign: Foreign::All,
        has_text: false,
        children: &[],
    },
    Element {
        name: "res:resourceItem",
        attributes: &[
            ("mimeType", Any, false),
            ("id", Token, false),
            ("context", YES_NO, false),
        ],
        foreign: Foreign::All,
        has_text: false,
        children: &[
            (&["xlf:notes"], false, false),
            (&["res:source"], false, false),
            (&["res:target"], false, false),
            (&["res:reference"], false, true),
        ],
    },
    Element {
        name: "res:source",
        attributes: &[("href", Any, false), LANGUAGE],
        foreign: Foreign::All,
        has_text: false,
        children: &[(MANY, false, true)],
    },
    Element {
        name: "res:target",
        attributes: &[("href", Any, false), LANGUAGE],
        foreign: Foreign::All,
        has_text: false,
        children: &[(MANY, false, true)],
    },
    Element {
        name: "res:reference",
        attributes: &[("href", Any, true), LANGUAGE],
        foreign: Foreign::All,
        has_text: false,
        children: &[],
    },
    Element {
        name: "ctr:changeTrack",
        attributes: &[],
        foreign: Foreign::None,
        has_text: false,
        children: &[(&["ctr:revisions"], true, true)],
    },
    Element {
        name: "ctr:revisions",
        attributes: &[
            ("appliesTo", Token, true),
            ("ref", Token, false),
            ("currentVersion", Token, false),
        ],
        foreign: Foreign::All,
        has_text: false,
        children: &[(&["ctr:revision"], true, true)],
    },
    Element {
        name: "ctr:revision",
        attributes: &[
            ("author", Any, false),
            ("datetime", Any, false),
            ("version", Token, false),
            ("checksum", Any, false),
            ("seq", Any, false),
        ],
        foreign: Foreign::All,
        has_text: false,
        children: &[(&["ctr:item"], true, true)],
    },
    Element {
        name: "ctr:item",
        attributes: &[("property", Any, true)],
        foreign: Foreign::All,
        has_text: true,
        children: &[],
    },
    Element {
        name: "slr:profiles",
        attributes: &[
            ("generalProfile", Any, false),
            ("storageProfile", Any, false),
        ],
        foreign: Foreign::None,
        has_text: false,
        children: &[(&["slr:normalization"], false, false), (MANY, false, true)],
    },
    Element {
        name: "slr:normalization",
        attributes: &[("general", FORMS, false), ("storage", FORMS, false)],
        foreign: Foreign::None,
        has_text: false,
        children: &[],
    },
    Element {
        name: "slr:data",
        attributes: &[("profile", Any, true)],
        foreign: Foreign::All,
        has_text: false,
        children: &[(MANY, false, true)],
    },
    Element {
        name: "val:validation",
        attributes: &[],
        foreign: Foreign::All,
        has_text: false,
        children: &[(&["val:rule"], true, true)],
    },
    Element {
        name: "val:rule",
        attributes: &[
            ("isPresent", Any, false),
            ("occurs", Number(u64::MAX), false),
            ("isNotPresent", Any, false),
            ("startsWith", Any, false),
            ("endsWith", Any, false),
            ("existsInSource", YES_NO, false),
            ("caseSensitive", YES_NO, false),
            ("normalization", FORMS, false),
            ("disabled", YES_NO, false),
        ],
        foreign: Foreign::All,
        has_text: false,
        children: &[],
    },
];

/// Elements of modules that stand in the core, and where.
const PLACES: &[(&str, &[&str])] = &[
    ("mtc:matches", &["xlf:unit"]),
    ("gls:glossary", &["xlf:unit"]),
    (
        "mda:metadata",
        &[
            "xlf:xliff",
            "xlf:file",
            "xlf:group",
            "xlf:unit",
            "mtc:match",
            "gls:glossEntry",
        ],
    ),
    ("res:resourceData", &["xlf:file", "xlf:unit"]),
    ("ctr:changeTrack", &["xlf:file", "xlf:group", "xlf:unit"]),
    ("slr:profiles", &["xlf:file"]),
    ("slr:data", &["xlf:file", "xlf:group", "xlf:unit"]),
    ("val:validation", &["xlf:file", "xlf:group", "xlf:unit"]),
];

/// The attributes that modules give to elements of the core.
const MODULE_ATTRIBUTES: &[&str] = &[
    "fs:fs",
    "fs:subFs",
    "slr:equivStorage",
    "slr:sizeInfo",
    "slr:sizeInfoRef",
    "slr:sizeRestriction",
    "slr:storageRestriction",
    "pgs:switch",
    "pgs:case",
];

/// The name of something under the standard's prefix for its namespace; that of an extension has no name here.
pub(super) fn known(space: Option<&str>, name: &str) -> Option<String> {
    let space = space?;
    let (prefix, _) = SPACES.iter().find(|(_, uri)| *uri == space)?;
    Some(format!("{prefix}:{name}"))
}

/// The name of an element under the standard's prefix.
pub(super) fn known_node(node: Node<'_, '_>) -> Option<String> {
    known(node.tag_name().namespace(), node.tag_name().name())
}

fn of_name(name: &str) -> Option<&'static Element> {
    ELEMENTS.iter().find(|element| element.name == name)
}

/// Holds every element against the table.
pub(super) fn check(tree: &Document<'_>, problems: &mut Vec<Problem>) -> Result<()> {
    let mut left = vec![tree.root_element()];
    while let Some(node) = left.pop() {
        // Only elements that the table knows get here.
        let Some(element) = known_node(node).and_then(|name| of_name(&name)) else {
            let message = format!("<{}> is no element of XLIFF 2", node.tag_name().name());
            return Err(Error::input(message).on_line(line_of(tree, node)));
        };
        let said = |error: Error| error.on_line(line_of(tree, node));
        attributes(node, element).map_err(said)?;
        children(tree, node, element, problems, &mut left)?;
    }
    Ok(())
}

fn attributes(node: Node<'_, '_>, element: &Element) -> Result<()> {
    let own = short(element.name);
    for attribute in node.attributes() {
        let name = match attribute.namespace() {
            None => Some(attribute.name().to_owned()),
            some => known(some, attribute.name()),
        };
        let listed = element
            .attributes
            .iter()
            .find(|(listed, ..)| name.as_deref() == Some(listed));
        if let Some((name, value, _)) = listed {
            if !value.allows(attribute.value()) {
                return Err(Error::input(format!(
                    "“{}” is no value of {name} on <{own}>",
                    attribute.value()
                )));
            }
            continue;
        }
        let may = match &name {
            // Modules have the attributes that they have, and no others.
            Some(name) if is_of_module(name) => {
                MODULE_ATTRIBUTES.contains(&name.as_str()) && element.foreign != Foreign::None
            }
            Some(name) if name == "xml:lang" => {
                element.foreign == Foreign::All && element.name != "mtc:match"
            }
            Some(name) if name.starts_with("its:") || name.starts_with("itsm:") => {
                element.foreign != Foreign::None
            }
            Some(name) if !name.contains(':') || name.starts_with("xlf:") => false,
            _ => element.foreign == Foreign::All,
        };
        if !may {
            let name = name.unwrap_or_else(|| attribute.name().to_owned());
            return Err(Error::input(format!("<{own}> has no attribute {name}")));
        }
    }
    for (name, ..) in element.attributes.iter().filter(|(.., must)| *must) {
        if node.said(name).is_none() {
            return Err(Error::input(format!("this <{own}> has no {name}")));
        }
    }
    Ok(())
}

fn is_of_module(name: &str) -> bool {
    let prefix = name.split(':').next().unwrap_or_default();
    matches!(
        prefix,
        "mtc" | "gls" | "mda" | "res" | "ctr" | "slr" | "val" | "fs" | "pgs"
    ) && name.contains(':')
}

/// The name of an element of the core as people know it.
fn short(name: &str) -> &str {
    name.strip_prefix("xlf:").unwrap_or(name)
}

fn children<'a>(
    tree: &Document<'_>,
    node: Node<'a, 'a>,
    element: &Element,
    problems: &mut Vec<Problem>,
    left: &mut Vec<Node<'a, 'a>>,
) -> Result<()> {
    let own = short(element.name);
    let mut at = 0;
    let mut filled = false;
    let mut known_children = Vec::new();
    for child in node.children() {
        let line = || line_of(tree, child);
        if child.is_text() {
            let text = child.text().unwrap_or_default();
            if !element.has_text && !text.trim().is_empty() {
                let message = format!("there is text in <{own}>, where only elements may be");
                return Err(Error::input(message).on_line(line()));
            }
            continue;
        }
        if !child.is_element() {
            continue;
        }
        let mut name = known_node(child);
        if let Some(forgotten) = name.as_deref().and_then(|name| name.strip_prefix("xlf:"))
            && of_name(&format!("xlf:{forgotten}")).is_none()
        {
            let prefix = element.name.split(':').next().unwrap_or_default();
            let meant = format!("{prefix}:{forgotten}");
            if prefix != "xlf" && of_name(&meant).is_some() {
                let message = format!(
                    "<{forgotten}> is not in the namespace of <{own}>; it was taken for it"
                );
                problems.push(Problem::on_line(line(), message));
                name = Some(meant);
            }
        }
        let fits = |(names, ..): &Slot| {
            let is_own = |name: &str| {
                let prefix = element.name.split(':').next();
                name.split(':').next() == prefix
            };
            match &name {
                Some(name) if names.contains(&name.as_str()) => true,
                Some(name) => *names == MANY && !is_own(name),
                None => *names == MANY,
            }
        };
        let told = name
            .as_deref()
            .map_or(child.tag_name().name(), short)
            .to_owned();
        loop {
            let Some(slot) = element.children.get(at) else {
                let message = format!("<{told}> may not stand here in <{own}>");
                return Err(Error::input(message).on_line(line()));
            };
            if fits(slot) {
                if filled && !slot.2 {
                    let message = format!("there is a second <{told}> in this <{own}>");
                    return Err(Error::input(message).on_line(line()));
                }
                filled = true;
                break;
            }
            if slot.1 && !filled {
                let wanted = short(slot.0.first().copied().unwrap_or_default());
                let message = format!("<{told}> stands in <{own}> before any <{wanted}>");
                return Err(Error::input(message).on_line(line()));
            }
            at += 1;
            filled = false;
        }
        let slot = element.children.get(at);
        let is_foreign = slot.is_some_and(|(names, ..)| *names == MANY);
        match name {
            Some(name) if is_foreign && is_of_module(&name) => {
                let place = PLACES.iter().find(|(known, _)| *known == name);
                let in_core = element.name.starts_with("xlf:") && own != "skeleton";
                match place {
                    Some((_, parents)) if parents.contains(&element.name) => {
                        known_children.push(child);
                    }
                    // What an extension of an extension holds is its own affair.
                    _ if !in_core => {}
                    Some(_) => {
                        let message = format!("<{told}> does not belong in <{own}>");
                        return Err(Error::input(message).on_line(line()));
                    }
                    None => {
                        let message =
                            format!("the module of <{told}> has no such element for a <{own}>");
                        return Err(Error::input(message).on_line(line()));
                    }
                }
            }
            Some(_)
                if !is_foreign
                    && known_node(child).is_some_and(|name| of_name(&name).is_some()) =>
            {
                known_children.push(child);
            }
            _ => {}
        }
    }
    while let Some((names, must, _)) = element.children.get(at) {
        if *must && !filled {
            let names: Vec<&str> = names.iter().map(|name| short(name)).collect();
            let message = format!("this <{own}> has no <{}>", names.join("> or <"));
            return Err(Error::input(message).on_line(line_of(tree, node)));
        }
        at += 1;
        filled = false;
    }
    left.extend(known_children.into_iter().rev());
    Ok(())
}

impl Value {
    fn allows(&self, value: &str) -> bool {
        match self {
            Any => true,
            Token => is_token(value),
            Tokens => !value.trim().is_empty() && value.split_ascii_whitespace().all(is_token),
            OneOf(words) => words.contains(&value),
            OneOfOr(words) => words.contains(&value) || is_user_defined(value),
            UserDefined => is_user_defined(value),
            Value::Language => is_language(value),
            Number(most) => value
                .parse::<u64>()
                .is_ok_and(|number| number >= 1 && number <= *most),
            Percent => {
                let is_decimal = value
                    .chars()
                    .all(|letter| letter.is_ascii_digit() || letter == '.');
                is_decimal
                    && value
                        .parse::<f64>()
                        .is_ok_and(|number| (0.0..=100.0).contains(&number))
            }
            Hex => {
                let hex = value.chars().all(|letter| letter.is_ascii_hexdigit());
                hex && !value.is_empty() && value.len() <= 6
            }
        }
    }
}

/// An NMTOKEN of XML.
pub(super) fn is_token(value: &str) -> bool {
    let letter = |letter: char| {
        letter.is_alphanumeric()
            || matches!(
                letter,
                '_' | '-' | '.' | ':' | '\u{B7}' | '\u{200C}' | '\u{200D}'
            )
            || matches!(letter, '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
    };
    !value.is_empty() && value.chars().all(letter)
}

/// `prefix:value`.
fn is_user_defined(value: &str) -> bool {
    let parts: Vec<&str> = value.split(':').collect();
    let is_word = |part: &&str| !part.is_empty() && !part.contains(char::is_whitespace);
    parts.len() == 2 && parts.iter().all(is_word)
}

/// A well-formed tag of BCP 47, as far as its shape goes.
fn is_language(value: &str) -> bool {
    let mut parts = value.split('-');
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let starts = match first.len() {
        1 => matches!(first, "x" | "X" | "i" | "I") && !rest.is_empty(),
        length => (2..=8).contains(&length),
    };
    starts
        && first.chars().all(|letter| letter.is_ascii_alphabetic())
        && rest.iter().all(|part| {
            (1..=8).contains(&part.len())
                && part.chars().all(|letter| letter.is_ascii_alphanumeric())
        })
}
