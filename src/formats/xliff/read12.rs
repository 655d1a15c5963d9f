//! XLIFF 1.0 to 1.2, also as Trados (`sdlxliff`), memoQ (`mqxliff`) and Phrase (`mxliff`) write it: read, and filled in.
//!
//! A `trans-unit` is a pair, or as many as its `seg-source` has segments. A target that says nothing of its state is a translation,
//! unless it repeats the source: many tools put the source there for the translator to write over.

use std::collections::HashSet;

use roxmltree::{Document, Node};

use super::inline::{Dialect, Inline};
use super::write::alternatives_of_one;
use super::{XliffState, has_text, same_language};
use crate::error::{Error, Problem, Result};
use crate::formats::Format;
use crate::formats::bilingual::{BilingualFile, BilingualPair, BilingualSkeleton, Filling, Status};
use crate::formats::tree::{self, Edits, Said, Tag, line_of};
use crate::formats::xml::escaped_text;
use crate::text::language::Language;

const SDL: &str = "http://sdl.com/FileTypes/SdlXliff/1.0";

/// The file as it was.
#[derive(Debug)]
struct One {
    text: String,
    has_mark: bool,
}

/// A `trans-unit`.
struct Unit<'a> {
    node: Node<'a, 'a>,
    file: Node<'a, 'a>,
    source: Node<'a, 'a>,
    /// What divides the source into segments, if it is divided.
    divided: Option<Node<'a, 'a>>,
    target: Option<Node<'a, 'a>>,
    parts: Vec<Part<'a>>,
}

/// A segment of a unit.
struct Part<'a> {
    /// Its `mid`.
    name: Option<&'a str>,
    source: Inline,
    /// The element of its translation.
    place: Option<Node<'a, 'a>>,
    target: Option<Inline>,
    status: Status,
}

pub(super) fn read(text: &str, has_mark: bool) -> Result<BilingualFile> {
    let tree = tree::parse(text)?;
    let mut problems = Vec::new();
    let units = units(text, &tree, &mut problems)?;
    let mut pairs = Vec::new();
    let mut last_group = None;
    for unit in &units {
        let line = line_of(&tree, unit.node);
        // Sentences of a paragraph stand in one group when tools cut before they write.
        let group = unit
            .node
            .parent()
            .filter(|parent| parent.said("restype") == Some("x-paragraph"))
            .map(|parent| parent.id());
        let notes: Vec<String> = named(unit.node, "note")
            .map(text_of)
            .filter(|note| has_text(note))
            .collect();
        for (index, part) in unit.parts.iter().enumerate() {
            pairs.push(BilingualPair {
                source: part.source.segment.clone(),
                target: part.target.as_ref().map(|target| target.segment.clone()),
                status: part.status,
                context: unit.node.said("resname").map(str::to_owned),
                notes: notes.clone(),
                stands_apart: index == 0 && (group.is_none() || group != last_group),
                line,
            });
        }
        last_group = group;
    }
    let files = || named(tree.root_element(), "file");
    let source = files().find_map(|file| file.said("source-language"));
    let target = files().find_map(target_of);
    let source = source.filter(|tag| has_text(tag)).map(Language::from_file);
    let target = target.map(Language::from_file);
    let skeleton = One {
        text: text.to_owned(),
        has_mark,
    };
    let mut file = BilingualFile::new(Format::Xliff, pairs, skeleton);
    (file.source, file.target, file.problems) = (source, target, problems);
    Ok(file)
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    let root = node.document().root_element();
    node.is_element()
        && node.tag_name().name() == name
        && node.tag_name().namespace() == root.tag_name().namespace()
}

fn named<'a>(node: Node<'a, 'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(move |child| is(*child, name))
}

fn text_of(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(Node::is_text);
    texts.filter_map(|node| node.text()).collect()
}

/// The units that are to be translated, of the languages of the first file.
fn units<'a>(
    text: &str,
    tree: &'a Document<'a>,
    problems: &mut Vec<Problem>,
) -> Result<Vec<Unit<'a>>> {
    let root = tree.root_element();
    let first_target = named(root, "file").find_map(target_of);
    let mut first_source = None;
    let mut units = Vec::new();
    let mut has_file = false;
    for file in named(root, "file") {
        has_file = true;
        let line = line_of(tree, file);
        let Some(source) = file.said("source-language") else {
            return Err(Error::input("this <file> has no source-language").on_line(line));
        };
        let target = target_of(file);
        let first = *first_source.get_or_insert(source);
        let both = target.zip(first_target);
        if !same_language(source, first) || both.is_some_and(|(one, two)| !same_language(one, two))
        {
            problems.push(Problem::on_line(
                line,
                format!(
                    "this <file> is {source} → {}, and the first one {first} → {}; it is left as it is",
                    target.unwrap_or("?"),
                    first_target.unwrap_or("?"),
                ),
            ));
            continue;
        }
        for node in file.descendants().filter(|node| is(*node, "trans-unit")) {
            let unit = unit(text, tree, node, file)?;
            if is_translated(node) && !unit.parts.is_empty() {
                units.push(unit);
            }
        }
    }
    if !has_file {
        let error = Error::input("there is no <file> in this XLIFF");
        return Err(error.on_line(line_of(tree, root)));
    }
    Ok(units)
}

/// The language that a file is to be in, if it says one.
fn target_of<'a>(file: Node<'a, 'a>) -> Option<&'a str> {
    file.said("target-language").filter(|tag| has_text(tag))
}

/// Whether the unit or the nearest group that says something of it wants it translated.
fn is_translated(node: Node<'_, '_>) -> bool {
    let mut around = node
        .ancestors()
        .filter(|node| is(*node, "trans-unit") || is(*node, "group"));
    around.find_map(|node| node.said("translate")) != Some("no")
}

fn unit<'a>(
    text: &str,
    tree: &Document<'_>,
    node: Node<'a, 'a>,
    file: Node<'a, 'a>,
) -> Result<Unit<'a>> {
    let single = |name: &'static str| {
        let mut found = named(node, name);
        let first = found.next();
        match found.next() {
            Some(second) => {
                let message = format!("this <trans-unit> has a second <{name}>");
                Err(Error::input(message).on_line(line_of(tree, second)))
            }
            None => Ok(first),
        }
    };
    let Some(source) = single("source")? else {
        let error = Error::input("this <trans-unit> has no <source>");
        return Err(error.on_line(line_of(tree, node)));
    };
    let target = single("target")?;
    let mut divided = single("seg-source")?;
    let pieces = |node: Node<'a, 'a>| -> Vec<Node<'a, 'a>> {
        let marks = node
            .descendants()
            .filter(|node| is(*node, "mrk") && node.said("mtype") == Some("seg"));
        // A segment in a segment is part of the outer one.
        marks
            .filter(|mark| {
                let mut around = mark.ancestors().skip(1).take_while(|above| *above != node);
                !around.any(|above| above.said("mtype") == Some("seg"))
            })
            .collect()
    };
    let mut marks = divided.map(pieces).unwrap_or_default();
    let mut places = target.map(pieces).unwrap_or_default();
    let whole = target.map(text_of).filter(|text| has_text(text));
    if whole.is_some() && places.is_empty() || marks.is_empty() {
        // The translation is one although the source is divided.
        (divided, marks) = (None, Vec::new());
    }
    let mut parts = Vec::new();
    if divided.is_none() {
        parts.extend(part(text, node, None, source, target));
    }
    for mark in marks {
        let name = mark.said("mid").unwrap_or_default();
        let place = places
            .iter()
            .position(|place| place.said("mid") == Some(name))
            .map(|at| places.remove(at));
        parts.extend(part(text, node, Some(name), mark, place));
    }
    Ok(Unit {
        node,
        file,
        source,
        divided,
        target,
        parts,
    })
}

/// A segment, if there is anything to be translated in it.
fn part<'a>(
    text: &str,
    unit: Node<'a, 'a>,
    name: Option<&'a str>,
    source: Node<'a, 'a>,
    place: Option<Node<'a, 'a>>,
) -> Option<Part<'a>> {
    let source = Inline::read(text, source, Dialect::One, None);
    if !source.has_text() {
        return None;
    }
    let target = place
        .map(|place| Inline::read(text, place, Dialect::One, Some(&source)))
        .filter(Inline::has_text);
    let status = match &target {
        None => Status::Untranslated,
        Some(target) => {
            let repeats = target.segment.text == source.segment.text;
            status(unit, name, repeats)
        }
    };
    Some(Part {
        name,
        source,
        place,
        target: target.filter(|_| status != Status::Untranslated),
        status,
    })
}

/// The element in which Trados says how far a segment is.
fn trados<'a>(unit: Node<'a, 'a>, name: Option<&str>) -> Option<Node<'a, 'a>> {
    let mut all = unit.descendants();
    all.find(|node| {
        node.tag_name().namespace() == Some(SDL)
            && node.tag_name().name() == "seg"
            && node.said("id") == Some(name.unwrap_or("1"))
    })
}

/// How far a translation has come that is there.
fn status(unit: Node<'_, '_>, name: Option<&str>, repeats: bool) -> Status {
    let document = unit.document();
    if document
        .root_element()
        .namespaces()
        .any(|space| space.uri() == SDL)
        && unit
            .children()
            .any(|node| node.tag_name().name() == "seg-defs")
    {
        return match trados(unit, name).and_then(|node| node.said("conf")) {
            None if repeats => Status::Untranslated,
            Some("Translated") => Status::Translated,
            Some("ApprovedTranslation" | "ApprovedSignOff") => Status::Approved,
            _ => Status::Draft,
        };
    }
    let foreign = |space: &str, name: &str| {
        let mut all = unit.attributes();
        all.find(|attribute| {
            attribute.name() == name && attribute.namespace().is_some_and(|uri| uri.contains(space))
        })
        .map(|attribute| attribute.value())
    };
    match foreign("MQXliff", "status") {
        None => {}
        Some("NotStarted") => return Status::Untranslated,
        Some("ManuallyConfirmed" | "Confirmed") => return Status::Translated,
        Some("Proofread" | "ProofRead" | "Reviewer1Confirmed" | "Reviewer2Confirmed") => {
            return Status::Approved;
        }
        Some(_) => return Status::Draft,
    }
    match foreign("memsource", "confirmed") {
        Some("1") => return Status::Translated,
        Some(_) if repeats => return Status::Untranslated,
        Some(_) => return Status::Draft,
        None => {}
    }
    let target = named(unit, "target").next();
    let said = |name: &str| target.and_then(|target| target.said(name));
    let is_approved = unit.said("approved") == Some("yes");
    if matches!(
        said("state-qualifier"),
        Some("mt-suggestion" | "leveraged-mt")
    ) && !is_approved
    {
        return Status::Draft;
    }
    match said("state") {
        Some("final" | "signed-off") => Status::Approved,
        Some("translated") if is_approved => Status::Approved,
        Some("translated") => Status::Translated,
        Some("new" | "needs-translation") if repeats => Status::Untranslated,
        Some(_) => Status::Draft,
        None if is_approved => Status::Approved,
        None if repeats => Status::Untranslated,
        None => match said("state-qualifier") {
            Some("exact-match" | "id-match") | None => Status::Translated,
            Some(_) => Status::Draft,
        },
    }
}

impl BilingualSkeleton for One {
    fn write(&self, fillings: &[Option<&Filling>], language: &Language) -> Result<Vec<u8>> {
        let tree = tree::parse(&self.text)?;
        let units = units(&self.text, &tree, &mut Vec::new())?;
        let mut edits = Edits::default();
        let mut files = HashSet::new();
        let mut fillings = fillings.iter();
        for unit in &units {
            let own = unit.parts.len();
            let chosen: Vec<Option<&Filling>> = fillings.by_ref().take(own).copied().collect();
            if chosen.iter().all(Option::is_none) {
                continue;
            }
            if target_of(unit.file).is_none() && files.insert(unit.file.id()) {
                let tag = Tag::of(&self.text, unit.file);
                edits.set(&tag, unit.file, "target-language", language.tag());
            }
            self.fill(unit, &chosen, &mut edits);
        }
        Ok(tree::encode(&edits.apply(&self.text), self.has_mark))
    }
}

impl One {
    fn fill(&self, unit: &Unit<'_>, chosen: &[Option<&Filling>], edits: &mut Edits) {
        let none = HashSet::new();
        let content = |part: &Part<'_>, filling: &Filling| {
            let target = filling.target.as_ref().map(|(target, _)| target);
            target.map_or(String::new(), |target| part.source.write(target, &none))
        };
        let parts = || unit.parts.iter().zip(chosen);
        let (state, is_approved) = said(unit, chosen);
        let tag = Tag::of(&self.text, unit.source);
        let prefix = tag.prefix();
        let by_trados = unit.children_of_trados();
        let state = if by_trados { None } else { Some(state) };
        // The layout of the file: what stands before the source stands before what is added.
        let start = unit.source.range().start;
        let before = self.text.get(..start).unwrap_or_default();
        let layout = before.get(before.trim_end().len()..).unwrap_or_default();
        let mut after = String::new();
        for filling in chosen.iter().flatten().filter(|_| !by_trados) {
            alternatives_of_one(&mut after, &filling.alternatives, prefix, layout);
            if let Some(note) = &filling.note {
                after.push_str(&format!(
                    "{layout}<{prefix}note from=\"tarjuman\">{}</{prefix}note>",
                    escaped_text(&crate::formats::xml::writable(note).0)
                ));
            }
        }
        let xml = match unit.divided {
            None => {
                let first = parts().find_map(|(part, filling)| Some((part, (*filling)?)));
                first.map_or(String::new(), |(part, filling)| content(part, filling))
            }
            Some(divided) => {
                let all_have_places =
                    parts().all(|(part, filling)| part.place.is_some() || filling.is_none());
                if all_have_places {
                    for (part, filling) in parts() {
                        if let (Some(place), Some(filling)) = (part.place, filling) {
                            edits.fill(&Tag::of(&self.text, place), &content(part, filling));
                        }
                    }
                    String::new()
                } else {
                    self.divided(unit, divided, chosen, &content)
                }
            }
        };
        match unit.target {
            Some(target) => {
                let tag = Tag::of(&self.text, target);
                if !xml.is_empty() {
                    edits.fill(&tag, &xml);
                }
                for (name, value) in state.into_iter().flatten() {
                    edits.set(&tag, target, name, value);
                }
                edits.replace(tag_end(target)..tag_end(target), after);
            }
            None => {
                let behind = named(unit.node, "seg-source").next().unwrap_or(unit.source);
                let mut new = format!("{layout}<{prefix}target");
                for (name, value) in state.into_iter().flatten() {
                    new.push_str(&format!(" {name}=\"{value}\""));
                }
                new.push_str(&format!(">{xml}</{prefix}target>{after}"));
                edits.replace(tag_end(behind)..tag_end(behind), new);
            }
        }
        let tag = Tag::of(&self.text, unit.node);
        if is_approved {
            edits.set(&tag, unit.node, "approved", "yes");
        } else if unit.node.said("approved") == Some("yes") {
            // What somebody approved of is not what stands here now.
            edits.set(&tag, unit.node, "approved", "no");
        }
        self.say_elsewhere(unit, chosen, edits);
    }

    /// A target made of the divided source: segments that are not filled keep their translation, or have none.
    fn divided(
        &self,
        unit: &Unit<'_>,
        divided: Node<'_, '_>,
        chosen: &[Option<&Filling>],
        content: &dyn Fn(&Part<'_>, &Filling) -> String,
    ) -> String {
        let inner = Tag::of(&self.text, divided).inner;
        let mut inside = Edits::default();
        let marks = divided
            .descendants()
            .filter(|node| is(*node, "mrk") && node.said("mtype") == Some("seg"));
        let mut end = 0;
        for mark in marks {
            // One within another goes with the outer one.
            if mark.range().start < end {
                continue;
            }
            end = mark.range().end;
            let name = mark.said("mid").unwrap_or_default();
            let mut parts = unit.parts.iter().zip(chosen);
            let Some((part, filling)) = parts.find(|(part, _)| part.name == Some(name)) else {
                // Nothing but codes and white space: the same in every language.
                continue;
            };
            let xml = match (filling, part.place, &part.target) {
                (Some(filling), ..) => content(part, filling),
                (None, Some(place), Some(_)) => {
                    let inner = Tag::of(&self.text, place).inner;
                    self.text.get(inner).unwrap_or_default().to_owned()
                }
                _ => String::new(),
            };
            let mut tag = Tag::of(&self.text, mark);
            for range in [&mut tag.start, &mut tag.inner] {
                *range =
                    range.start.saturating_sub(inner.start)..range.end.saturating_sub(inner.start);
            }
            inside.fill(&tag, &xml);
        }
        inside.apply(self.text.get(inner).unwrap_or_default())
    }

    /// What Trados and memoQ keep of the state in places of their own.
    fn say_elsewhere(&self, unit: &Unit<'_>, chosen: &[Option<&Filling>], edits: &mut Edits) {
        for (part, filling) in unit.parts.iter().zip(chosen) {
            let Some((_, state)) = filling.and_then(|filling| filling.target.as_ref()) else {
                continue;
            };
            if let Some(node) = trados(unit.node, part.name) {
                let value = match state {
                    XliffState::Approved => "ApprovedTranslation",
                    XliffState::Exact => "Translated",
                    XliffState::Ambiguous | XliffState::Repaired | XliffState::Fuzzy => "Draft",
                };
                edits.set(&Tag::of(&self.text, node), node, "conf", value);
            }
        }
        let memoq = unit.node.attributes().find(|attribute| {
            attribute.name() == "status"
                && attribute
                    .namespace()
                    .is_some_and(|uri| uri.contains("MQXliff"))
        });
        if let Some(attribute) = memoq {
            edits.replace(attribute.range_value(), "Pretranslated");
        }
    }
}

impl Unit<'_> {
    fn children_of_trados(&self) -> bool {
        let mut children = self.node.children();
        children.any(|node| node.tag_name().namespace() == Some(SDL))
    }
}

fn tag_end(node: Node<'_, '_>) -> usize {
    node.range().end
}

/// What a unit's target says of itself: the least of what its segments say. And whether the unit is approved.
fn said(unit: &Unit<'_>, chosen: &[Option<&Filling>]) -> ([(&'static str, &'static str); 2], bool) {
    let states = unit.parts.iter().zip(chosen).map(|(part, filling)| {
        let filled = filling.and_then(|filling| filling.target.as_ref());
        match (filled, part.status) {
            (Some((_, state)), _) => Some(*state),
            (None, Status::Untranslated) => None,
            (None, Status::Draft) => Some(XliffState::Fuzzy),
            (None, Status::Translated) => Some(XliffState::Exact),
            (None, Status::Approved) => Some(XliffState::Approved),
        }
    });
    let states: Vec<Option<XliffState>> = states.collect();
    let is_approved = states
        .iter()
        .all(|state| *state == Some(XliffState::Approved));
    let (mut state, mut qualifier) = ("translated", "exact-match");
    for one in states {
        match one {
            None => {
                return (
                    [
                        ("state", "needs-translation"),
                        ("state-qualifier", "tm-suggestion"),
                    ],
                    false,
                );
            }
            Some(one) => {
                let (of_one, why) = one.attributes();
                if of_one != "translated" && (qualifier != "fuzzy-match") {
                    (state, qualifier) = (of_one, why);
                }
            }
        }
    }
    (
        [("state", state), ("state-qualifier", qualifier)],
        is_approved,
    )
}
