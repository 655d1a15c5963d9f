//! What styles say: how a span looks, which way a paragraph runs; and the styles that another direction needs.
//!
//! A paragraph gets its direction by a style of its own, derived from the one it had. Alignment is written as left and right: the standard's start
//! and end depend on the direction, but LibreOffice takes start for left in all of them.

use std::collections::HashMap;

use roxmltree::Node;

use super::names::{self, FO, Prefixes, STYLE, TABLE, TEXT};
use crate::formats::tree::{self, Edits};
use crate::text::language::{Direction, Language};

/// How long a chain of styles may be.
const MAX_CHAIN: usize = 32;

/// Properties of letters that right-to-left text has under another name.
const TWINS: &[(&str, &str)] = &[
    ("font-weight", "font-weight-complex"),
    ("font-style", "font-style-complex"),
    ("font-size", "font-size-complex"),
];

/// A style of paragraphs.
#[derive(Clone, Debug, Default)]
struct OfParagraph {
    parent: Option<String>,
    mode: Option<String>,
    align: Option<String>,
}

/// The styles that hold in a part.
#[derive(Clone, Debug, Default)]
pub(super) struct Styles {
    paragraphs: HashMap<String, OfParagraph>,
    default: OfParagraph,
    /// The kind and the look of styles of text.
    looks: HashMap<String, (&'static str, String)>,
    page_mode: Option<String>,
    /// The language of left-to-right text and of right-to-left text, where nothing else says it.
    languages: [Option<String>; 2],
}

impl Styles {
    /// Adds the styles of a part: the common ones of `styles.xml`, then the automatic ones of either part.
    pub(super) fn add(&mut self, text: &str, group: Node<'_, '_>) {
        for style in group.descendants().filter(|node| names::is(*node, STYLE)) {
            let properties = |name| names::child(style, STYLE, name);
            let of_paragraph = || OfParagraph {
                parent: names::attribute(style, STYLE, "parent-style-name").map(str::to_owned),
                mode: properties("paragraph-properties")
                    .and_then(|properties| names::attribute(properties, STYLE, "writing-mode"))
                    .map(str::to_owned),
                align: properties("paragraph-properties")
                    .and_then(|properties| names::attribute(properties, FO, "text-align"))
                    .map(str::to_owned),
            };
            let family = names::attribute(style, STYLE, "family");
            match (
                style.tag_name().name(),
                family,
                names::attribute(style, STYLE, "name"),
            ) {
                ("style", Some("paragraph"), Some(name)) => {
                    self.paragraphs.insert(name.to_owned(), of_paragraph());
                }
                ("default-style", Some("paragraph"), _) => {
                    self.default = of_paragraph();
                    if let Some(letters) = properties("text-properties") {
                        self.languages = [
                            (FO, "language", "country"),
                            (STYLE, "language-complex", "country-complex"),
                        ]
                        .map(|(namespace, language, country)| {
                            tag(letters, namespace, language, country)
                        });
                    }
                }
                ("style", Some("text"), Some(name)) => {
                    let mut look = self.look_of(text, style);
                    if look.1.is_empty() && names::attribute(style, STYLE, "display-name").is_some()
                    {
                        // A style that somebody named says something, whatever it looks like.
                        look.1 = name.to_owned();
                    }
                    self.looks.insert(name.to_owned(), look);
                }
                ("page-layout-properties", _, _) if self.page_mode.is_none() => {
                    self.page_mode =
                        names::attribute(style, STYLE, "writing-mode").map(str::to_owned);
                }
                _ => {}
            }
        }
    }

    /// Takes over which way pages run.
    pub(super) fn take_pages(&mut self, other: &Styles) {
        self.page_mode.clone_from(&other.page_mode);
    }

    /// The language that letters of a direction are said to be in.
    pub(super) fn said(&self, direction: Direction) -> Option<&str> {
        let [ltr, rtl] = &self.languages;
        match direction {
            Direction::LeftToRight => ltr.as_deref(),
            Direction::RightToLeft => rtl.as_deref(),
        }
    }

    fn look_of(&self, text: &str, style: Node<'_, '_>) -> (&'static str, String) {
        let parent = names::attribute(style, STYLE, "parent-style-name");
        let (mut kind, inherited) = parent
            .map(|parent| self.look(parent))
            .unwrap_or(("style", String::new()));
        let mut seen: Vec<String> = Vec::new();
        let letters = names::child(style, STYLE, "text-properties");
        for attribute in letters.into_iter().flat_map(|letters| letters.attributes()) {
            let name = attribute.name();
            // Which language it is and when it was written cannot be seen.
            if name.contains("rsid")
                || ["language", "country", "script"]
                    .iter()
                    .any(|noise| name.starts_with(noise))
            {
                continue;
            }
            kind = match (name, attribute.value()) {
                ("font-weight", "bold") => "bold",
                ("font-style", "italic" | "oblique") if kind != "bold" => "italic",
                ("text-underline-style", value)
                    if value != "none" && !matches!(kind, "bold" | "italic") =>
                {
                    "ulined"
                }
                ("color" | "background-color", _) if kind == "style" => "color",
                ("font-name" | "font-size" | "font-family", _) if kind == "style" => "font",
                _ => kind,
            };
            seen.push(text.get(attribute.range()).unwrap_or_default().to_owned());
        }
        seen.sort();
        (kind, inherited + &seen.join(" "))
    }

    /// What a style of text is for TMX, and what can be seen of it; nothing if it cannot be seen.
    pub(super) fn look(&self, style: &str) -> (&'static str, String) {
        match self.looks.get(style) {
            Some((kind, look)) => (kind, look.clone()),
            None => ("style", style.to_owned()),
        }
    }

    /// The first answer of a style and those it is based on.
    fn chain<'a>(
        &'a self,
        style: Option<&str>,
        answer: impl Fn(&'a OfParagraph) -> Option<&'a String>,
    ) -> Option<&'a str> {
        let mut at = style.and_then(|style| self.paragraphs.get(style));
        for _ in 0..MAX_CHAIN {
            let Some(style) = at else { break };
            if let Some(answer) = answer(style) {
                return Some(answer);
            }
            at = style
                .parent
                .as_ref()
                .and_then(|parent| self.paragraphs.get(parent));
        }
        answer(&self.default).map(String::as_str)
    }

    /// The direction of a paragraph.
    pub(super) fn direction_of(&self, paragraph: Node<'_, '_>) -> Direction {
        let own = self.chain(names::attribute(paragraph, TEXT, "style-name"), |style| {
            style.mode.as_ref()
        });
        let mode = match own {
            None | Some("page") => self.page_mode.as_deref(),
            own => own,
        };
        match mode.is_some_and(|mode| mode.starts_with("rl")) {
            true => Direction::RightToLeft,
            false => Direction::LeftToRight,
        }
    }

    /// The alignment that a style has in the other direction; `None` if it stays.
    fn turned_align(&self, style: Option<&str>, to: Direction) -> Option<&'static str> {
        let own = self.chain(style, |style| style.align.as_ref());
        match (own, to) {
            (None | Some("start" | "left"), Direction::RightToLeft) => Some("right"),
            (Some("end" | "right"), Direction::RightToLeft) => Some("left"),
            (None | Some("start" | "right"), Direction::LeftToRight) => Some("left"),
            (Some("end" | "left"), Direction::LeftToRight) => Some("right"),
            _ => None,
        }
    }
}

fn tag(
    letters: Node<'_, '_>,
    namespace: &'static str,
    language: &str,
    country: &str,
) -> Option<String> {
    let known = |value: &&str| !value.is_empty() && !matches!(*value, "none" | "zxx");
    let language = names::attribute(letters, namespace, language).filter(known)?;
    Some(
        match names::attribute(letters, namespace, country).filter(known) {
            Some(country) => format!("{language}-{country}"),
            None => language.to_owned(),
        },
    )
}

/// Sets an attribute of an element.
pub(super) fn set_attribute(
    text: &str,
    node: Node<'_, '_>,
    (namespace, name): (&'static str, &str),
    value: &str,
    prefixes: &Prefixes,
    edits: &mut Edits,
) {
    let value = tree::escape_value(value);
    match node.attribute_node((namespace, name)) {
        Some(old) if old.value() == value => {}
        Some(old) => edits.replace(old.range_value(), value.replace('\'', "&apos;")),
        None => {
            let at = tree::name_end(text, node);
            edits.replace(
                at..at,
                format!(" {}=\"{value}\"", prefixes.name(namespace, name)),
            );
        }
    }
}

/// Sets attributes of the properties of a style, which are made if there are none.
fn set_properties(
    text: &str,
    style: Node<'_, '_>,
    element: &str,
    values: &[((&'static str, &str), &str)],
    prefixes: &Prefixes,
    edits: &mut Edits,
) {
    if let Some(properties) = names::child(style, STYLE, element) {
        for (name, value) in values {
            set_attribute(text, properties, *name, value, prefixes, edits);
        }
        return;
    }
    let attributes: String = values
        .iter()
        .map(|((namespace, name), value)| {
            format!(" {}=\"{value}\"", prefixes.name(namespace, name))
        })
        .collect();
    let xml = format!("<{}{attributes}/>", prefixes.name(STYLE, element));
    // Those of letters follow those of paragraphs.
    let before = names::child(style, STYLE, "text-properties").or_else(|| style.first_child());
    tree::insert(text, style, before, &xml, edits);
}

/// Gives styles the properties of the other direction's letters that they have for one direction only.
pub(super) fn mark_letters(
    text: &str,
    group: Node<'_, '_>,
    target: Direction,
    prefixes: &Prefixes,
    edits: &mut Edits,
) {
    for letters in group
        .descendants()
        .filter(|node| names::is_element(*node, STYLE, "text-properties"))
    {
        for (ltr, rtl) in TWINS {
            let (from, to) = match target {
                Direction::RightToLeft => ((FO, *ltr), (STYLE, *rtl)),
                Direction::LeftToRight => ((STYLE, *rtl), (FO, *ltr)),
            };
            if let (Some(value), None) = (letters.attribute(from), letters.attribute(to)) {
                set_attribute(text, letters, to, value, prefixes, edits);
            }
        }
    }
}

/// Says of which language the letters are, in the style that all others are based on.
pub(super) fn mark_language(
    text: &str,
    group: Node<'_, '_>,
    language: &Language,
    tag: &str,
    prefixes: &Prefixes,
    edits: &mut Edits,
) {
    let names_of = match language.direction() {
        Direction::LeftToRight => [(FO, "language"), (FO, "country")],
        Direction::RightToLeft => [(STYLE, "language-complex"), (STYLE, "country-complex")],
    };
    let country = tag
        .split('-')
        .skip(1)
        .find(|part| part.len() == 2)
        .unwrap_or("none");
    for style in group
        .descendants()
        .filter(|node| names::is_element(*node, STYLE, "default-style"))
    {
        if names::attribute(style, STYLE, "family") != Some("paragraph") {
            continue;
        }
        let Some(letters) = names::child(style, STYLE, "text-properties") else {
            continue;
        };
        for (name, value) in names_of.into_iter().zip([language.primary(), country]) {
            set_attribute(text, letters, name, value, prefixes, edits);
        }
    }
}

/// Gives tables, and pages if they are asked for, a direction.
pub(super) fn mark_frames(
    text: &str,
    group: Node<'_, '_>,
    target: Direction,
    with_pages: bool,
    prefixes: &Prefixes,
    edits: &mut Edits,
) {
    let mode = mode_of(target);
    for node in group.descendants().filter(|node| names::is(*node, STYLE)) {
        let family = names::attribute(node, STYLE, "family");
        match (node.tag_name().name(), family) {
            ("style", Some("table")) => {
                let mut values = vec![((STYLE, "writing-mode"), mode)];
                let align = names::child(node, STYLE, "table-properties")
                    .and_then(|properties| names::attribute(properties, TABLE, "align"));
                match align {
                    Some("left") => values.push(((TABLE, "align"), "right")),
                    Some("right") => values.push(((TABLE, "align"), "left")),
                    _ => {}
                }
                set_properties(text, node, "table-properties", &values, prefixes, edits);
            }
            ("page-layout-properties", _) if with_pages => {
                set_attribute(text, node, (STYLE, "writing-mode"), mode, prefixes, edits);
            }
            _ => {}
        }
    }
}

fn mode_of(direction: Direction) -> &'static str {
    match direction {
        Direction::RightToLeft => "rl-tb",
        Direction::LeftToRight => "lr-tb",
    }
}

/// The styles of paragraphs that a part gets because some run the other way.
#[derive(Debug, Default)]
pub(super) struct Derived {
    /// Names by the style they come from.
    names: HashMap<Option<String>, String>,
    /// As XML.
    pub(super) xml: String,
}

impl Derived {
    /// The name of the style that a paragraph gets.
    pub(super) fn of(
        &mut self,
        text: &str,
        paragraph: Node<'_, '_>,
        automatic: Option<Node<'_, '_>>,
        target: Direction,
        styles: &Styles,
        prefixes: &Prefixes,
    ) -> String {
        let old = names::attribute(paragraph, TEXT, "style-name");
        if let Some(known) = self.names.get(&old.map(str::to_owned)) {
            return known.clone();
        }
        let mut name = format!("D{}", self.names.len() + 1);
        while styles.paragraphs.contains_key(&name)
            || self.names.values().any(|taken| *taken == name)
        {
            name.push('d');
        }
        let mut values = vec![((STYLE, "writing-mode"), mode_of(target))];
        if let Some(align) = styles.turned_align(old, target) {
            values.push(((FO, "text-align"), align));
        }
        let own = automatic.and_then(|automatic| {
            automatic.children().find(|style| {
                names::is_element(*style, STYLE, "style")
                    && names::attribute(*style, STYLE, "family") == Some("paragraph")
                    && names::attribute(*style, STYLE, "name") == old
            })
        });
        match own {
            Some(own) => {
                let mut edits = Edits::default();
                set_attribute(text, own, (STYLE, "name"), &name, prefixes, &mut edits);
                set_properties(
                    text,
                    own,
                    "paragraph-properties",
                    &values,
                    prefixes,
                    &mut edits,
                );
                mark_letters(text, own, target, prefixes, &mut edits);
                self.xml.push_str(&edits.take(text, &own.range()));
            }
            None => {
                let attributes: String = values
                    .iter()
                    .map(|((namespace, name), value)| {
                        format!(" {}=\"{value}\"", prefixes.name(namespace, name))
                    })
                    .collect();
                let parent = old.map(|old| {
                    format!(
                        " {}=\"{}\"",
                        prefixes.name(STYLE, "parent-style-name"),
                        tree::escape_value(old)
                    )
                });
                self.xml.push_str(&format!(
                    "<{style} {}=\"{name}\" {}=\"paragraph\"{}><{}{attributes}/></{style}>",
                    prefixes.name(STYLE, "name"),
                    prefixes.name(STYLE, "family"),
                    parent.unwrap_or_default(),
                    prefixes.name(STYLE, "paragraph-properties"),
                    style = prefixes.name(STYLE, "style"),
                ));
            }
        }
        self.names.insert(old.map(str::to_owned), name.clone());
        name
    }
}
