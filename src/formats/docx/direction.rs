//! Marks of direction and what depends on it: `w:bidi` of paragraphs, `w:rtl` of runs, `w:bidiVisual` of tables, `w:bidi` of sections with
//! columns, and what styles lack for right-to-left text.
//!
//! `w:jc` is left alone: in a paragraph with `w:bidi`, left means the side where lines begin.

use std::collections::HashMap;

use roxmltree::Node;

use super::Names;
use super::properties::{Properties, TWINS};
use crate::formats::bidi::Tally;
use crate::formats::tree::{self, Edits};
use crate::text::language::{Direction, Language};

/// The children of `w:pPr` in the order of the schema.
const ORDER: &[&str] = &[
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
];

/// What precedes `w:bidiVisual` in `w:tblPr`.
const BEFORE_VISUAL: &[&str] = &["tblStyle", "tblpPr", "tblOverlap"];

/// What follows `w:bidi` in `w:sectPr`.
const BEHIND_SECTION_BIDI: &[&str] = &["docGrid", "printerSettings", "sectPrChange"];

/// How long a chain of styles may be.
const MAX_CHAIN: usize = 32;

/// What styles say that matters here.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// The styles of paragraphs that run from right to left.
    rtl: Vec<String>,
    /// Whether a paragraph without a style does.
    default_is_rtl: bool,
    /// Styles of characters that are bold or italic.
    emphasis: HashMap<String, &'static str>,
    /// The language of left-to-right text and of right-to-left text, where nothing else says it.
    pub(super) languages: [Option<String>; 2],
}

impl Styles {
    /// Reads a `w:styles`.
    pub(super) fn read(root: Node<'_, '_>, names: &Names) -> Self {
        let child = |node: Node<'_, '_>, name: &str| names.child(node, name).map(|node| node.id());
        let node = |id| root.document().get_node(id);
        let within = |start: Node<'_, '_>, path: &[&str]| {
            path.iter()
                .try_fold(start.id(), |at, name| child(node(at)?, name))
        };
        let mut styles = Styles::default();
        let defaults = |path: &[&str]| within(root, path).and_then(node);
        if let Some(lang) = defaults(&["docDefaults", "rPrDefault", "rPr", "lang"]) {
            styles.languages =
                ["val", "bidi"].map(|name| names.attribute(lang, name).map(str::to_owned));
        }
        let by_default = defaults(&["docDefaults", "pPrDefault", "pPr", "bidi"])
            .is_some_and(|bidi| names.is_on(bidi));
        styles.default_is_rtl = by_default;
        // Own direction and base of each style of paragraphs.
        let mut chains: HashMap<&str, (Option<bool>, Option<&str>)> = HashMap::new();
        let mut default = None;
        for style in root.children().filter(|node| names.is(*node, "style")) {
            let Some(id) = names.attribute(style, "styleId") else {
                continue;
            };
            match names.attribute(style, "type") {
                Some("character") => {
                    let has = |name| {
                        within(style, &["rPr", name])
                            .and_then(node)
                            .is_some_and(|on| names.is_on(on))
                    };
                    if has("b") {
                        styles.emphasis.insert(id.to_owned(), "bold");
                    } else if has("i") {
                        styles.emphasis.insert(id.to_owned(), "italic");
                    }
                }
                Some("paragraph") => {
                    let own = within(style, &["pPr", "bidi"])
                        .and_then(node)
                        .map(|bidi| names.is_on(bidi));
                    let base = within(style, &["basedOn"])
                        .and_then(node)
                        .and_then(|base| names.attribute(base, "val"));
                    chains.insert(id, (own, base));
                    if matches!(names.attribute(style, "default"), Some("1" | "true" | "on")) {
                        default = Some(id);
                    }
                }
                _ => {}
            }
        }
        let is_rtl = |id: &str| {
            let mut at = Some(id);
            for _ in 0..MAX_CHAIN {
                let Some((own, base)) = at.and_then(|id| chains.get(id)) else {
                    break;
                };
                if let Some(own) = own {
                    return *own;
                }
                at = *base;
            }
            by_default
        };
        let rtl = chains.keys().filter(|id| is_rtl(id));
        styles.rtl = rtl.map(|id| (*id).to_owned()).collect();
        if let Some(id) = default {
            styles.default_is_rtl = is_rtl(id);
        }
        styles
    }

    /// The word of TMX for a style of characters.
    pub(super) fn emphasis(&self, style: &str) -> Option<&'static str> {
        self.emphasis.get(style).copied()
    }

    fn direction_of(&self, style: Option<&str>) -> Direction {
        let is_rtl = match style {
            Some(style) => self.rtl.iter().any(|rtl| rtl == style),
            None => self.default_is_rtl,
        };
        match is_rtl {
            true => Direction::RightToLeft,
            false => Direction::LeftToRight,
        }
    }
}

/// The properties of a paragraph; they come first if there are any.
pub(super) fn paragraph_properties<'a, 'b>(
    paragraph: Node<'a, 'b>,
    names: &Names,
) -> Option<Node<'a, 'b>> {
    paragraph
        .first_element_child()
        .filter(|first| names.is(*first, "pPr"))
}

/// The direction that a paragraph has.
pub(super) fn of_paragraph(paragraph: Node<'_, '_>, names: &Names, styles: &Styles) -> Direction {
    let properties = paragraph_properties(paragraph, names);
    let own = properties.and_then(|properties| names.children(properties, "bidi").last());
    match own {
        Some(own) if names.is_on(own) => Direction::RightToLeft,
        Some(_) => Direction::LeftToRight,
        None => by_style(properties, names, styles),
    }
}

fn by_style(properties: Option<Node<'_, '_>>, names: &Names, styles: &Styles) -> Direction {
    let style = properties.and_then(|properties| names.child(properties, "pStyle"));
    styles.direction_of(style.and_then(|style| names.attribute(style, "val")))
}

/// Gives a paragraph a direction.
pub(super) fn mark_paragraph(
    text: &str,
    paragraph: Node<'_, '_>,
    wanted: Direction,
    names: &Names,
    styles: &Styles,
    edits: &mut Edits,
) {
    let properties = paragraph_properties(paragraph, names);
    let own: Vec<_> = properties
        .map(|properties| names.children(properties, "bidi").collect())
        .unwrap_or_default();
    if own.len() <= 1 && of_paragraph(paragraph, names, styles) == wanted {
        return;
    }
    let w = &names.prefix;
    let mark = match (wanted, by_style(properties, names, styles)) {
        (Direction::RightToLeft, _) => format!("<{w}:bidi/>"),
        (Direction::LeftToRight, Direction::RightToLeft) => format!("<{w}:bidi {w}:val=\"0\"/>"),
        (Direction::LeftToRight, Direction::LeftToRight) => String::new(),
    };
    match properties {
        Some(properties) => {
            let children: Vec<_> = properties.children().filter(Node::is_element).collect();
            if children.is_sorted_by_key(|child| rank(*child, names)) {
                for own in own {
                    edits.replace(own.range(), "");
                }
                let behind = |child: &Node<'_, '_>| rank(*child, names) > rank_of("bidi");
                let place = children.into_iter().find(behind);
                tree::insert(text, properties, place, &mark, edits);
            } else {
                in_order(text, properties, children, &mark, names, edits);
            }
        }
        None if !mark.is_empty() => {
            let mark = format!("<{w}:pPr>{mark}</{w}:pPr>");
            tree::insert(text, paragraph, paragraph.first_child(), &mark, edits);
        }
        None => {}
    }
}

fn rank_of(name: &str) -> usize {
    let place = ORDER.iter().position(|known| *known == name);
    place.unwrap_or(ORDER.len())
}

fn rank(child: Node<'_, '_>, names: &Names) -> usize {
    match names.is_own(child) {
        true => rank_of(child.tag_name().name()),
        false => ORDER.len(),
    }
}

/// Writes the properties of a paragraph in the order of the schema, which some programs do not heed; among them is a mark of direction.
fn in_order(
    text: &str,
    properties: Node<'_, '_>,
    mut children: Vec<Node<'_, '_>>,
    mark: &str,
    names: &Names,
    edits: &mut Edits,
) {
    let Some(inner) = tree::inner(text, properties) else {
        return;
    };
    children.retain(|child| !names.is(*child, "bidi"));
    children.sort_by_key(|child| rank(*child, names));
    let behind = children.partition_point(|child| rank(*child, names) < rank_of("bidi"));
    let mut xml = String::new();
    for (index, child) in children.iter().enumerate() {
        if index == behind {
            xml.push_str(mark);
        }
        xml.push_str(&edits.take(text, &child.range()));
    }
    if behind == children.len() {
        xml.push_str(mark);
    }
    edits.take(text, &inner);
    edits.replace(inner, xml);
}

/// Gives the runs of a paragraph whose words stay the direction of their letters.
pub(super) fn mark_runs(
    text: &str,
    paragraph: Node<'_, '_>,
    wanted: Direction,
    language: &Language,
    names: &Names,
    edits: &mut Edits,
) {
    let is_within = |node: &Node<'_, '_>| {
        let nearest = node.ancestors().skip(1).find(|outer| names.is(*outer, "p"));
        nearest == Some(paragraph)
    };
    for run in paragraph
        .descendants()
        .filter(|node| names.is(*node, "r"))
        .filter(is_within)
    {
        let mut tally = Tally::default();
        for piece in names.children(run, "t") {
            tally.add(piece.text().unwrap_or_default());
        }
        let node = names.child(run, "rPr");
        let properties = node
            .map(|node| Properties::read(text, node, names))
            .unwrap_or_default();
        let is_rtl = properties.has("rtl");
        let to_rtl = wanted == Direction::RightToLeft
            && !is_rtl
            && tally.majority() == Some(Direction::RightToLeft);
        let to_ltr =
            wanted == Direction::LeftToRight && is_rtl && !tally.has(Direction::RightToLeft);
        if !to_rtl && !to_ltr {
            continue;
        }
        let new = properties.for_text(wanted, language, names);
        match node {
            Some(node) => edits.replace(node.range(), new),
            None => tree::insert(text, run, run.first_child(), &new, edits),
        }
    }
}

/// Gives the tables and sections of a part a direction.
pub(super) fn mark_part(
    text: &str,
    root: Node<'_, '_>,
    wanted: Direction,
    names: &Names,
    edits: &mut Edits,
) {
    let w = &names.prefix;
    let is_rtl = wanted == Direction::RightToLeft;
    for node in root.descendants() {
        if names.is(node, "tbl") {
            let visual = format!("<{w}:bidiVisual/>");
            let Some(properties) = names.child(node, "tblPr") else {
                if is_rtl {
                    let properties = format!("<{w}:tblPr>{visual}</{w}:tblPr>");
                    tree::insert(text, node, node.first_child(), &properties, edits);
                }
                continue;
            };
            let behind = |child: &Node<'_, '_>| {
                child.is_element() && !BEFORE_VISUAL.contains(&child.tag_name().name())
            };
            let own: Vec<_> = names.children(properties, "bidiVisual").collect();
            let place = properties.children().find(behind);
            set(
                text,
                properties,
                &own,
                place,
                is_rtl.then_some(&visual),
                names,
                edits,
            );
        } else if names.is(node, "sectPr")
            && !node
                .parent()
                .is_some_and(|outer| names.is(outer, "sectPrChange"))
        {
            let columns = names.child(node, "cols");
            let has_columns = columns.is_some_and(|columns| {
                names.children(columns, "col").count() > 1
                    || names
                        .attribute(columns, "num")
                        .and_then(|num| num.parse().ok())
                        .unwrap_or(1u32)
                        > 1
            });
            let margins = names.child(node, "pgMar");
            let gutter = margins.and_then(|margins| names.attribute(margins, "gutter"));
            let has_gutter = gutter.is_some_and(|gutter| {
                gutter.starts_with(|digit: char| digit.is_ascii_digit()) && gutter != "0"
            });
            let behind = |child: &Node<'_, '_>| {
                names.is_own(*child) && BEHIND_SECTION_BIDI.contains(&child.tag_name().name())
            };
            let place = node.children().find(behind);
            for (name, is_wanted) in [
                ("bidi", has_columns || has_gutter),
                ("rtlGutter", has_gutter),
            ] {
                let own: Vec<_> = names.children(node, name).collect();
                let mark = format!("<{w}:{name}/>");
                set(
                    text,
                    node,
                    &own,
                    place,
                    (is_rtl && is_wanted).then_some(&mark),
                    names,
                    edits,
                );
            }
        }
    }
}

/// Gives styles the properties of right-to-left text that they have for other text only.
pub(super) fn mark_styles(root: Node<'_, '_>, names: &Names, edits: &mut Edits) {
    let w = &names.prefix;
    for properties in root.descendants().filter(|node| names.is(*node, "rPr")) {
        for (ltr, rtl) in TWINS {
            let (Some(own), None) = (names.child(properties, ltr), names.child(properties, rtl))
            else {
                continue;
            };
            let value = names.attribute(own, "val").map(tree::escape_value);
            let value = value
                .map(|value| format!(" {w}:val=\"{value}\""))
                .unwrap_or_default();
            edits.replace(
                own.range().end..own.range().end,
                format!("<{w}:{rtl}{value}/>"),
            );
        }
    }
}

/// Makes an on-off element be there once, or not at all.
fn set(
    text: &str,
    parent: Node<'_, '_>,
    own: &[Node<'_, '_>],
    place: Option<Node<'_, '_>>,
    mark: Option<&String>,
    names: &Names,
    edits: &mut Edits,
) {
    match (own, mark) {
        ([], None) => {}
        ([one], Some(_)) if names.is_on(*one) => {}
        (own, mark) => {
            for own in own {
                edits.replace(own.range(), "");
            }
            // What is taken away cannot be the place.
            let place = place
                .filter(|place| !own.contains(place))
                .or_else(|| own.last().and_then(Node::next_sibling));
            tree::insert(text, parent, place, mark.map_or("", String::as_str), edits);
        }
    }
}
