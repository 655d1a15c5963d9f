//! XLIFF 2.0 to 2.2: checked, read, and filled in. A `segment` is a pair.

use std::collections::{HashMap, HashSet};

use roxmltree::{Document, Node};

use super::inline::{Dialect, Inline};
use super::write::{core_note, matches_of_two};
use super::{CORE, check, has_text};
use crate::error::{Problem, Result};
use crate::formats::Format;
use crate::formats::bilingual::{BilingualFile, BilingualPair, BilingualSkeleton, Filling, Status};
use crate::formats::tree::{self, Edits, Said, Tag, line_of};
use crate::formats::xml::push_attribute;
use crate::text::language::Language;

/// The namespace of matches.
pub(super) const MATCHES: &str = "urn:oasis:names:tc:xliff:matches:2.0";

const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// The file as it was.
#[derive(Debug)]
struct Two {
    text: String,
    has_mark: bool,
}

struct Unit<'a> {
    node: Node<'a, 'a>,
    segments: Vec<Part<'a>>,
}

struct Part<'a> {
    node: Node<'a, 'a>,
    source: Inline,
    place: Option<Node<'a, 'a>>,
    target: Option<Inline>,
    status: Status,
}

pub(super) fn read(text: &str, has_mark: bool) -> Result<BilingualFile> {
    let tree = tree::parse(text)?;
    let mut problems: Vec<Problem> = Vec::new();
    check::check(&tree, &mut problems)?;
    let mut pairs = Vec::new();
    for unit in units(text, &tree) {
        let notes: Vec<String> = children(unit.node, "notes")
            .flat_map(|notes| children(notes, "note"))
            .filter_map(|note| note.text().map(str::to_owned))
            .filter(|note| has_text(note))
            .collect();
        for (index, part) in unit.segments.iter().enumerate() {
            pairs.push(BilingualPair {
                source: part.source.segment.clone(),
                target: part.target.as_ref().map(|target| target.segment.clone()),
                status: part.status,
                context: unit.node.said("name").map(str::to_owned),
                notes: notes.clone(),
                stands_apart: index == 0 && stands_apart(unit.node),
                line: line_of(&tree, part.node),
            });
        }
    }
    let language = |name: &str| tree.root_element().said(name).map(Language::from_file);
    let (source, target) = (language("srcLang"), language("trgLang"));
    let skeleton = Two {
        text: text.to_owned(),
        has_mark,
    };
    let mut file = BilingualFile::new(Format::Xliff, pairs, skeleton);
    (file.source, file.target, file.problems) = (source, target, problems);
    Ok(file)
}

/// Sentences of a paragraph stand in one group when tools cut before they write.
fn stands_apart(unit: Node<'_, '_>) -> bool {
    let in_paragraph = unit
        .parent_element()
        .is_some_and(|group| group.said("type") == Some("tarjuman:paragraph"));
    !in_paragraph || unit.prev_sibling_element().is_none()
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element()
        && node.tag_name().name() == name
        && node
            .tag_name()
            .namespace()
            .is_some_and(|uri| CORE.contains(&uri))
}

fn children<'a>(node: Node<'a, 'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(move |child| is(*child, name))
}

/// The units that are to be translated.
fn units<'a>(text: &str, tree: &'a Document<'a>) -> Vec<Unit<'a>> {
    let root = tree.root_element();
    let all = root.descendants().filter(|node| is(*node, "unit"));
    let wanted = all.filter(|node| {
        let mut around = node.ancestors().filter(|node| node.is_element());
        around.find_map(|node| node.said("translate")) != Some("no")
    });
    wanted
        .map(|node| {
            let data: HashMap<&str, String> = children(node, "originalData")
                .flat_map(|all| children(all, "data"))
                .filter_map(|data| {
                    let texts = data.descendants().filter(Node::is_text);
                    let said = texts.filter_map(|node| node.text()).collect();
                    Some((data.said("id")?, said))
                })
                .collect();
            let segments = children(node, "segment");
            Unit {
                node,
                segments: segments
                    .filter_map(|segment| part(text, segment, &data))
                    .collect(),
            }
        })
        .collect()
}

fn part<'a>(text: &str, node: Node<'a, 'a>, data: &HashMap<&str, String>) -> Option<Part<'a>> {
    let dialect = Dialect::Two(data);
    let source = Inline::read(text, children(node, "source").next()?, dialect, None);
    if !source.has_text() {
        return None;
    }
    let place = children(node, "target").next();
    let target = place
        .map(|place| Inline::read(text, place, dialect, Some(&source)))
        .filter(Inline::has_text);
    let status = match (&target, node.said("state")) {
        (None, _) => Status::Untranslated,
        (Some(_), Some("reviewed" | "final")) => Status::Approved,
        (Some(_), Some("translated")) => Status::Translated,
        (Some(target), _) if target.segment.text == source.segment.text => Status::Untranslated,
        (Some(_), Some(_)) => Status::Draft,
        (Some(_), None) => Status::Translated,
    };
    Some(Part {
        node,
        source,
        place,
        target: target.filter(|_| status != Status::Untranslated),
        status,
    })
}

impl BilingualSkeleton for Two {
    fn write(&self, fillings: &[Option<&Filling>], language: &Language) -> Result<Vec<u8>> {
        let tree = tree::parse(&self.text)?;
        let mut edits = Edits::default();
        let mut fillings = fillings.iter();
        let mut is_filled = false;
        for unit in &units(&self.text, &tree) {
            let own = unit.segments.len();
            let chosen: Vec<Option<&Filling>> = fillings.by_ref().take(own).copied().collect();
            if chosen.iter().any(Option::is_some) {
                is_filled = true;
                self.fill(unit, &chosen, language, &mut edits);
            }
        }
        let root = tree.root_element();
        if is_filled && root.said("trgLang").is_none() {
            edits.set(&Tag::of(&self.text, root), root, "trgLang", language.tag());
        }
        let text = edits.apply(&self.text);
        // Codes and markers may run across segments in ways that one segment alone cannot keep whole.
        if is_filled {
            check::check(&tree::parse(&text)?, &mut Vec::new())?;
        }
        Ok(tree::encode(&text, self.has_mark))
    }
}

impl Two {
    fn fill(
        &self,
        unit: &Unit<'_>,
        chosen: &[Option<&Filling>],
        language: &Language,
        edits: &mut Edits,
    ) {
        // A code of this segment may stand in the translation of another one.
        let filled: HashSet<usize> = unit
            .segments
            .iter()
            .zip(chosen)
            .filter(|(_, filling)| filling.is_some())
            .map(|(part, _)| part.node.id().get_usize())
            .collect();
        let kept = unit
            .node
            .children()
            .filter(|part| part.is_element() && !filled.contains(&part.id().get_usize()));
        let data = HashMap::new();
        let taken: HashSet<String> = kept
            .flat_map(|part| children(part, "target"))
            .flat_map(|target| {
                let inline = Inline::read(&self.text, target, Dialect::Two(&data), None);
                inline.ids().map(str::to_owned).collect::<Vec<_>>()
            })
            .collect();
        let mut known: HashSet<&str> = unit
            .node
            .descendants()
            .filter_map(|node| node.said("id"))
            .collect();
        let new_ids: Vec<String> = (1..=unit.segments.len() + known.len())
            .map(|number| format!("s{number}"))
            .collect();
        let mut new_ids = new_ids.iter();
        let (mut matches, mut notes) = (String::new(), Vec::new());
        let own = Tag::of(&self.text, unit.node);
        for (part, filling) in unit.segments.iter().zip(chosen) {
            let Some(filling) = filling else { continue };
            let Some((target, state)) = &filling.target else {
                continue;
            };
            let tag = Tag::of(&self.text, part.node);
            let xml = part.source.write(target, &taken);
            match part.place {
                Some(place) => edits.fill(&Tag::of(&self.text, place), &xml),
                None => self.insert_target(part, &xml, language, edits),
            }
            let (state, why) = state.attributes_of_two();
            edits.set(&tag, part.node, "state", state);
            edits.set(&tag, part.node, "subState", why);
            if !filling.alternatives.is_empty() {
                let id = match part.node.said("id") {
                    Some(id) => Some(id),
                    None => new_ids.find(|id| known.insert(id)).map(String::as_str),
                };
                let Some(id) = id else { continue };
                if part.node.said("id").is_none() {
                    edits.set(&tag, part.node, "id", id);
                }
                let space = unit.node.tag_name().namespace().unwrap_or_default();
                matches_of_two(&mut matches, &filling.alternatives, id, space);
            }
            notes.extend(filling.note.as_deref());
        }
        let first =
            |at: Option<Node<'_, '_>>| at.map_or(own.inner.start, |node| node.range().start);
        if !matches.is_empty() {
            let there = unit.node.children().find(|node| {
                node.tag_name().namespace() == Some(MATCHES) && node.tag_name().name() == "matches"
            });
            match there.map(|node| Tag::of(&self.text, node)) {
                Some(tag) => edits.replace(tag.inner.end..tag.inner.end, matches),
                None => {
                    let at = own.inner.start;
                    let all =
                        format!("<mtc:matches xmlns:mtc=\"{MATCHES}\">{matches}</mtc:matches>");
                    edits.replace(at..at, all);
                }
            }
        }
        if !notes.is_empty() {
            let prefix = own.prefix();
            let all: String = notes.iter().map(|note| core_note(note, prefix)).collect();
            match children(unit.node, "notes").next() {
                Some(there) => {
                    let tag = Tag::of(&self.text, there);
                    edits.replace(tag.inner.end..tag.inner.end, all);
                }
                None => {
                    let behind = unit.node.children().find(|node| {
                        ["originalData", "segment", "ignorable"]
                            .iter()
                            .any(|name| is(*node, name))
                    });
                    let at = first(behind);
                    edits.replace(at..at, format!("<{prefix}notes>{all}</{prefix}notes>"));
                }
            }
        }
    }

    /// Puts a target behind its source, laid out as that is.
    fn insert_target(&self, part: &Part<'_>, xml: &str, language: &Language, edits: &mut Edits) {
        let Some(source) = children(part.node, "source").next() else {
            return;
        };
        let tag = Tag::of(&self.text, source);
        let prefix = tag.prefix();
        let before = self.text.get(..tag.start.start).unwrap_or_default();
        let layout = before.get(before.trim_end().len()..).unwrap_or_default();
        // White space says as much in a target as in its source.
        let mut said = String::new();
        if let Some(space) = source.attribute((XML, "space")) {
            push_attribute(&mut said, "xml:space", space);
        }
        // A target is not in the language of what is around it.
        let mut around = part.node.ancestors();
        if around.any(|node| node.attribute((XML, "lang")).is_some()) {
            let root = part.node.document().root_element();
            let wanted = root.said("trgLang").unwrap_or(language.tag());
            push_attribute(&mut said, "xml:lang", wanted);
        }
        let at = source.range().end;
        let new = format!("{layout}<{prefix}target{said}>{xml}</{prefix}target>");
        edits.replace(at..at, new);
    }
}
