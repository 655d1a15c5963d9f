//! What the prose of XLIFF 2.x demands across elements: ids, references, codes in pairs, order, languages, white space.
//!
//! [`schema`](super::schema) holds single elements against its table first; here everything has its shape already.

use std::collections::{HashMap, HashSet};

use roxmltree::{Document, Node};

use super::fragment::{self, Fragment};
use super::{CORE, modules, same_language, schema};
use crate::error::{Error, Problem, Result};
use crate::formats::tree::{Said, line_of};

const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Codes and markers in the order in which they are read, and where they stand.
struct Stream<'a> {
    nodes: Vec<Node<'a, 'a>>,
    /// Whether every segment has its share in it, so that nothing is missing only because it is not translated yet.
    is_whole: bool,
}

/// Refuses what breaks the standard.
pub(super) fn check(tree: &Document<'_>, problems: &mut Vec<Problem>) -> Result<()> {
    schema::check(tree, problems)?;
    let root = tree.root_element();
    let checker = Checker {
        tree,
        source: root.said("srcLang").unwrap_or_default(),
        target: root.said("trgLang"),
    };
    checker.ids(children(root, "file"), "file")?;
    checker.notes(root)?;
    for file in children(root, "file") {
        checker.file(file)?;
    }
    modules::check(tree)
}

pub(super) fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element()
        && node.tag_name().name() == name
        && node
            .tag_name()
            .namespace()
            .is_some_and(|uri| CORE.contains(&uri))
}

pub(super) fn children<'a>(
    node: Node<'a, 'a>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(move |child| is(*child, name))
}

fn is_inline(node: Node<'_, '_>) -> bool {
    ["cp", "ph", "pc", "sc", "ec", "mrk", "sm", "em"]
        .iter()
        .any(|name| is(node, name))
}

fn is_code(node: Node<'_, '_>) -> bool {
    ["ph", "pc", "sc", "ec"].iter().any(|name| is(node, name))
}

fn name<'a>(node: Node<'a, 'a>) -> &'a str {
    node.tag_name().name()
}

/// An error about a node.
pub(super) fn wrong<T>(
    tree: &Document<'_>,
    node: Node<'_, '_>,
    message: impl Into<String>,
) -> Result<T> {
    Err(Error::input(message).on_line(line_of(tree, node)))
}

struct Checker<'t> {
    tree: &'t Document<'t>,
    source: &'t str,
    target: Option<&'t str>,
}

impl<'t> Checker<'t> {
    fn wrong<T>(&self, node: Node<'_, '_>, message: impl Into<String>) -> Result<T> {
        wrong(self.tree, node, message)
    }

    /// Refuses an id that occurs twice among elements.
    fn ids<'a>(
        &self,
        nodes: impl Iterator<Item = Node<'a, 'a>>,
        what: &str,
    ) -> Result<HashSet<&'a str>> {
        let mut seen = HashSet::new();
        for node in nodes {
            if let Some(id) = node.said("id")
                && !seen.insert(id)
            {
                return self.wrong(node, format!("there is a second {what} with the id “{id}”"));
            }
        }
        Ok(seen)
    }

    fn notes(&self, node: Node<'t, 't>) -> Result<()> {
        let notes = children(node, "notes").flat_map(|notes| children(notes, "note"));
        self.ids(notes, "note").map(|_| ())
    }

    fn file(&self, file: Node<'t, 't>) -> Result<()> {
        let all = |name: &'static str| file.descendants().filter(move |node| is(*node, name));
        self.ids(all("group"), "group")?;
        let units = self.ids(all("unit"), "unit")?;
        for skeleton in children(file, "skeleton") {
            let mut inside = skeleton.children();
            let is_empty = !inside.any(|node| {
                node.is_element() || node.text().is_some_and(|text| !text.trim().is_empty())
            });
            match (skeleton.said("href"), is_empty) {
                (None, true) => {
                    return self.wrong(skeleton, "an empty <skeleton> needs an href");
                }
                (Some(_), false) => {
                    return self.wrong(skeleton, "a <skeleton> with an href must be empty");
                }
                _ => {}
            }
        }
        let holders = file
            .descendants()
            .filter(|node| is(*node, "file") || is(*node, "group") || is(*node, "unit"));
        for holder in holders {
            self.notes(holder)?;
            self.extension_ids(holder)?;
            if holder
                .said("type")
                .is_some_and(|kind| kind.starts_with("xlf:"))
            {
                return self.wrong(
                    holder,
                    "types that start with “xlf:” are kept for the standard",
                );
            }
        }
        for unit in all("unit") {
            self.unit(unit, &units)?;
        }
        Ok(())
    }

    /// Ids of extensions are unique in the file, group or unit that holds them, each namespace for itself.
    fn extension_ids(&self, holder: Node<'t, 't>) -> Result<()> {
        let mut seen = HashSet::new();
        let foreign = holder
            .children()
            .filter(|node| node.is_element() && schema::known_node(*node).is_none());
        for node in foreign.flat_map(|node| node.descendants()) {
            let space = node.tag_name().namespace();
            if !node.is_element() || schema::known_node(node).is_some() {
                continue;
            }
            let id = node.said("id").or_else(|| node.attribute((XML, "id")));
            if let Some(id) = id
                && !seen.insert((space, id))
            {
                let message =
                    format!("there is a second element of an extension with the id “{id}”");
                return self.wrong(node, message);
            }
        }
        Ok(())
    }

    fn unit(&self, unit: Node<'t, 't>, units: &HashSet<&str>) -> Result<()> {
        let parts: Vec<Node<'t, 't>> = unit
            .children()
            .filter(|node| is(*node, "segment") || is(*node, "ignorable"))
            .collect();
        if !parts.iter().any(|part| is(*part, "segment")) {
            return self.wrong(unit, "this <unit> has no <segment>");
        }
        self.ids(parts.iter().copied(), "segment or ignorable")?;
        for part in &parts {
            let part = *part;
            match (part.said("state"), part.said("subState")) {
                (None, Some(_)) => return self.wrong(part, "a subState needs a state"),
                (_, Some(finer)) if finer.starts_with("xlf:") => {
                    return self.wrong(
                        part,
                        "sub-states that start with “xlf:” are kept for the standard",
                    );
                }
                _ => {}
            }
        }
        self.order(&parts)?;
        let sources: Vec<Node<'t, 't>> = parts
            .iter()
            .flat_map(|part| children(*part, "source"))
            .collect();
        let mut targets: Vec<(u64, Node<'t, 't>)> = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            for target in children(*part, "target") {
                if self.target.is_none() {
                    return self.wrong(target, "there is a <target>, and <xliff> has no trgLang");
                }
                targets.push((place(target, index), target));
            }
        }
        targets.sort_by_key(|(place, _)| *place);
        let is_whole = targets.len() == parts.len();
        let targets: Vec<Node<'t, 't>> = targets.into_iter().map(|(_, target)| target).collect();
        let part_ids: HashSet<&str> = parts.iter().filter_map(|part| part.said("id")).collect();
        self.content(unit, &sources, &targets, &part_ids, is_whole, units)?;
        for part in &parts {
            self.removed(*part, &targets)?;
        }
        let matches = unit
            .children()
            .filter(|node| schema::known_node(*node).as_deref() == Some("mtc:matches"));
        for one in matches.flat_map(|matches| matches.children().filter(Node::is_element)) {
            let sides = |name| children(one, name).collect::<Vec<_>>();
            let (source, target) = (sides("source"), sides("target"));
            self.content(one, &source, &target, &HashSet::new(), true, units)?;
        }
        self.unit_references(unit)
    }

    /// Targets may come in another order than sources, each in a place of its own.
    fn order(&self, parts: &[Node<'t, 't>]) -> Result<()> {
        let mut seen = HashSet::new();
        for (index, part) in parts.iter().enumerate() {
            for target in children(*part, "target") {
                let place = place(target, index);
                if place > parts.len() as u64 {
                    let message = format!("the order {place} is beyond the parts of the unit");
                    return self.wrong(target, message);
                }
                if !seen.insert(place) {
                    let message = format!("two targets of the unit have the order {place}");
                    return self.wrong(target, message);
                }
            }
        }
        Ok(())
    }

    /// Sources and targets of a unit, or of a match.
    fn content(
        &self,
        holder: Node<'t, 't>,
        sources: &[Node<'t, 't>],
        targets: &[Node<'t, 't>],
        part_ids: &HashSet<&str>,
        is_whole: bool,
        units: &HashSet<&str>,
    ) -> Result<()> {
        let data = children(holder, "originalData").flat_map(|all| children(all, "data"));
        let data: Vec<Node<'t, 't>> = data.collect();
        let data_ids = self.ids(data.iter().copied(), "data")?;
        for side in sources.iter().chain(targets) {
            self.side(*side, holder)?;
        }
        let inline = |sides: &[Node<'t, 't>], is_whole| Stream {
            nodes: sides
                .iter()
                .flat_map(|side| side.descendants().skip(1))
                .filter(|node| is_inline(*node))
                .collect(),
            is_whole,
        };
        let source = inline(sources, true);
        let target = inline(targets, is_whole);
        let codepoints = data
            .iter()
            .flat_map(|data| data.descendants().skip(1))
            .filter(|node| is(*node, "cp"));
        for node in codepoints
            .chain(source.nodes.iter().copied())
            .chain(target.nodes.iter().copied())
        {
            self.inline(node, &data_ids, units)?;
        }
        for stream in [&source, &target] {
            let mut ids = HashSet::new();
            for node in &stream.nodes {
                if let Some(id) = node.said("id")
                    && (part_ids.contains(id) || !ids.insert(id))
                {
                    return self.wrong(*node, format!("the id “{id}” is taken in this unit"));
                }
            }
            self.pairs(stream)?;
            self.sequences(stream)?;
        }
        self.copies(&source, &target)?;
        self.reordering(&source, &target)
    }

    /// Language and white space of a source or a target.
    fn side(&self, side: Node<'t, 't>, holder: Node<'t, 't>) -> Result<()> {
        let around = |name: &str| {
            side.ancestors()
                .find_map(|node| node.attribute((XML, name)))
        };
        let wanted = match name(side) {
            "source" => Some(self.source),
            // A reference shows how it is said in another language.
            _ if holder.said("reference") == Some("yes") => None,
            _ => self.target,
        };
        if let (Some(said), Some(wanted)) = (around("lang"), wanted)
            && !same_language(said, wanted)
        {
            let message = format!(
                "this <{}> is in “{said}”, and the file in “{wanted}”",
                name(side)
            );
            return self.wrong(side, message);
        }
        if let Some(source) = side
            .prev_sibling_element()
            .filter(|_| name(side) == "target")
        {
            let space = |node: Node<'t, 't>| {
                let mut all = node.ancestors();
                all.find_map(|node| node.attribute((XML, "space")))
                    .unwrap_or("default")
            };
            if is(source, "source") && space(source) != space(side) {
                return self.wrong(
                    side,
                    "white space says more in one of source and target than in the other",
                );
            }
        }
        Ok(())
    }

    /// What a code or a marker demands of itself.
    fn inline(
        &self,
        node: Node<'t, 't>,
        data: &HashSet<&str>,
        units: &HashSet<&str>,
    ) -> Result<()> {
        let said = |name: &str| node.said(name);
        match name(node) {
            "cp" => {
                let number = said("hex").and_then(|hex| u32::from_str_radix(hex, 16).ok());
                let is_legal = matches!(
                    number,
                    Some(0x9 | 0xA | 0xD | 0x20..=0xD7FF | 0xE000..=0xFFFD | 0x1_0000..=0x10_FFFF)
                );
                if is_legal || number.is_none_or(|number| number > 0x10_FFFF) {
                    let message = format!(
                        "U+{} is no character that XML forbids",
                        said("hex").unwrap_or_default()
                    );
                    return self.wrong(node, message);
                }
                return Ok(());
            }
            "mrk" | "sm" => return self.annotation(node),
            "em" => return Ok(()),
            "ec" => self.end(node)?,
            _ => {}
        }
        for name in ["dataRef", "dataRefStart", "dataRefEnd"] {
            if let Some(id) = said(name).filter(|id| !data.contains(id)) {
                return self.wrong(
                    node,
                    format!("{name} names “{id}”, and there is no such <data>"),
                );
            }
        }
        for name in ["subFlows", "subFlowsStart", "subFlowsEnd"] {
            let flows = said(name).unwrap_or_default().split_ascii_whitespace();
            for id in flows {
                if !units.contains(id) {
                    return self.wrong(
                        node,
                        format!("{name} names “{id}”, and there is no such <unit>"),
                    );
                }
            }
        }
        if let Some(finer) = said("subType") {
            let Some(kind) = said("type") else {
                return self.wrong(node, "a subType needs a type");
            };
            let fits = match finer {
                "xlf:lb" | "xlf:pb" | "xlf:b" | "xlf:i" | "xlf:u" => kind == "fmt",
                "xlf:var" => kind == "ui",
                other => !other.starts_with("xlf:"),
            };
            if !fits {
                return self.wrong(
                    node,
                    format!("the subType {finer} does not go with the type {kind}"),
                );
            }
        }
        let is_fixed = said("canReorder").is_some_and(|value| value != "yes");
        let is_free = |name| said(name) != Some("no");
        // An end says what its start says; it need not repeat it.
        let is_end = is(node, "ec") && said("isolated") != Some("yes");
        if is_fixed && !is_end && (is_free("canCopy") || is_free("canDelete")) {
            return self.wrong(
                node,
                "what must keep its order can be neither copied nor deleted",
            );
        }
        Ok(())
    }

    fn end(&self, node: Node<'t, 't>) -> Result<()> {
        let is_isolated = node.said("isolated") == Some("yes");
        match (is_isolated, node.said("id"), node.said("startRef")) {
            (true, Some(_), None) | (false, None, Some(_)) => {}
            (true, ..) => return self.wrong(node, "an isolated <ec> has an id and no startRef"),
            (false, ..) => {
                return self.wrong(
                    node,
                    "an <ec> that is not isolated has a startRef and no id",
                );
            }
        }
        if !is_isolated && node.said("dir").is_some() {
            return self.wrong(node, "only an isolated <ec> has a dir");
        }
        Ok(())
    }

    fn annotation(&self, node: Node<'t, 't>) -> Result<()> {
        let kind = node.said("type").unwrap_or("generic");
        if kind.starts_with("xlf:") {
            return self.wrong(
                node,
                "types that start with “xlf:” are kept for the standard",
            );
        }
        if kind != "comment" {
            return Ok(());
        }
        match (node.said("value"), node.said("ref")) {
            (Some(_), None) | (None, Some(_)) => Ok(()),
            (None, None) => self.wrong(node, "a comment needs a value or a ref"),
            (Some(_), Some(_)) => self.wrong(node, "a comment has a value or a ref, and not both"),
        }
    }

    /// Starts and ends of codes and markers.
    fn pairs(&self, stream: &Stream<'t>) -> Result<()> {
        let mut open: HashMap<(&str, &str), Node<'t, 't>> = HashMap::new();
        for node in &stream.nodes {
            let node = *node;
            let said = |name: &str| node.said(name);
            match name(node) {
                start @ ("sc" | "sm") if said("isolated") != Some("yes") => {
                    open.insert((start, said("id").unwrap_or_default()), node);
                }
                "ec" | "em" if said("isolated") != Some("yes") => {
                    let start = said("startRef").unwrap_or_default();
                    let wanted = if is(node, "ec") { "sc" } else { "sm" };
                    match open.remove(&(wanted, start)) {
                        Some(opening) => self.agree(opening, node)?,
                        None if stream.is_whole => {
                            let message = format!(
                                "no <{wanted}> “{start}” stands before this <{}>",
                                name(node)
                            );
                            return self.wrong(node, message);
                        }
                        None => {}
                    }
                }
                _ => {}
            }
        }
        let mut left: Vec<&Node<'t, 't>> = open.values().collect();
        left.sort_by_key(|node| node.range().start);
        match left.first().filter(|_| stream.is_whole) {
            Some(node) if is(**node, "sc") => self.wrong(
                **node,
                "this <sc> has no <ec> and does not say that it is isolated",
            ),
            Some(node) => self.wrong(**node, "this <sm> has no <em>"),
            None => Ok(()),
        }
    }

    /// An end may do what its start may.
    fn agree(&self, start: Node<'t, 't>, end: Node<'t, 't>) -> Result<()> {
        for name in ["canCopy", "canDelete", "canOverlap", "canReorder"] {
            let of_start = start.said(name).unwrap_or("yes");
            let wanted = match (name, of_start) {
                ("canReorder", "firstNo") => "no",
                (_, other) => other,
            };
            if let Some(said) = end.said(name)
                && said != wanted
            {
                let message =
                    format!("{name} is “{said}” on the <ec> and “{of_start}” on its <sc>");
                return self.wrong(end, message);
            }
        }
        Ok(())
    }

    /// What must keep its order starts with a code that says that it is the first.
    fn sequences(&self, stream: &Stream<'t>) -> Result<()> {
        let mut is_open = false;
        for node in stream.nodes.iter().filter(|node| is_code(**node)) {
            match node.said("canReorder") {
                Some("firstNo") => is_open = true,
                Some("no") if !is_open && stream.is_whole => {
                    return self.wrong(
                        *node,
                        "no code with canReorder “firstNo” stands before this one",
                    );
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn copies(&self, source: &Stream<'t>, target: &Stream<'t>) -> Result<()> {
        let all = || source.nodes.iter().chain(&target.nodes);
        let named: HashMap<&str, Node<'t, 't>> = all()
            .rev()
            .filter(|node| is_code(**node))
            .filter_map(|node| Some((node.said("id")?, *node)))
            .collect();
        for node in all() {
            let Some(base) = node.said("copyOf") else {
                continue;
            };
            let Some(base) = named.get(base).filter(|found| name(**found) == name(*node)) else {
                return self.wrong(
                    *node,
                    format!("copyOf names “{base}”, and there is no such code"),
                );
            };
            if base.said("canCopy") == Some("no") {
                return self.wrong(*node, "this is a copy of a code that may not be copied");
            }
            let has_data = |node: Node<'_, '_>| {
                ["dataRef", "dataRefStart", "dataRefEnd"]
                    .iter()
                    .any(|name| node.said(name).is_some())
            };
            if has_data(*node) || has_data(*base) {
                return self.wrong(*node, "copyOf is for codes without original data");
            }
        }
        Ok(())
    }

    /// What must keep its order stands in a target as it stands in the source, with nothing between.
    fn reordering(&self, source: &Stream<'t>, target: &Stream<'t>) -> Result<()> {
        let (from, to) = (ends_of(source), ends_of(target));
        let there: HashSet<(&str, bool)> = to.iter().map(|(name, _)| *name).collect();
        let mut at = 0;
        while let Some((first, node)) = from.get(at) {
            if node.said("canReorder") != Some("firstNo") || first.1 {
                at += 1;
                continue;
            }
            let rest = from.get(at..).unwrap_or_default();
            let next = rest
                .iter()
                .skip(1)
                .position(|(end, node)| !end.1 && node.said("canReorder") == Some("firstNo"))
                .map_or(rest.len(), |found| found + 1);
            let run = rest.get(..next).unwrap_or_default();
            let is_fixed = |(_, node): &((&str, bool), Node<'_, '_>)| {
                node.said("canReorder").is_some_and(|value| value != "yes")
            };
            let last = run.iter().rposition(is_fixed).unwrap_or(0);
            let run: Vec<(&str, bool)> = run
                .iter()
                .take(last + 1)
                .map(|(name, _)| *name)
                .filter(|name| there.contains(name))
                .collect();
            at += next;
            let start = run
                .first()
                .and_then(|first| to.iter().position(|(name, _)| name == first));
            let Some(start) = start else { continue };
            let found = to.iter().skip(start).take(run.len()).map(|(name, _)| *name);
            if !found.eq(run.iter().copied()) {
                let (_, node) = to.get(start).copied().unwrap_or((("", false), *node));
                return self.wrong(
                    node,
                    "codes that must keep their order do not stand in it here",
                );
            }
        }
        Ok(())
    }

    /// A code that may not be deleted is somewhere in the translation if there is one.
    fn removed(&self, part: Node<'t, 't>, targets: &[Node<'t, 't>]) -> Result<()> {
        let Some(target) = children(part, "target").next() else {
            return Ok(());
        };
        let kept: HashSet<&str> = targets
            .iter()
            .flat_map(|target| target.descendants())
            .filter_map(|node| node.said("id"))
            .collect();
        let sources = children(part, "source").flat_map(|source| source.descendants());
        for node in sources.filter(|node| is_code(*node)) {
            if node.said("canDelete") == Some("no")
                && let Some(id) = node.said("id")
                && !kept.contains(id)
            {
                let message =
                    format!("the code “{id}” may not be deleted, and it is not in the translation");
                return self.wrong(target, message);
            }
        }
        Ok(())
    }

    /// What references of a unit point at.
    fn unit_references(&self, unit: Node<'t, 't>) -> Result<()> {
        for node in unit.descendants().filter(Node::is_element) {
            let Some(known) = schema::known_node(node) else {
                continue;
            };
            let Some(reference) = node.said("ref") else {
                continue;
            };
            let is_span = known == "mtc:match";
            let is_comment = matches!(known.as_str(), "xlf:mrk" | "xlf:sm")
                && node.said("type") == Some("comment");
            let is_reference = matches!(known.as_str(), "xlf:mrk" | "xlf:sm" | "xlf:note")
                || is_span
                || known.starts_with("gls:");
            if !is_reference {
                continue;
            }
            let Some(fragment) = reference.strip_prefix('#') else {
                if is_span || is_comment {
                    let message = format!("“{reference}” is no reference into this unit");
                    return self.wrong(node, message);
                }
                continue;
            };
            let fragment = fragment::parse(fragment)
                .map_err(|error| error.on_line(line_of(self.tree, node)))?;
            let found = self.find(unit, &fragment);
            let here = || found.is_some_and(|found| found.ancestors().any(|around| around == unit));
            let is_right = match fragment.leaf {
                // Elements of modules have ids of many kinds, and files may hold what is pointed at elsewhere.
                Some((prefix, _)) if prefix.len() > 1 => !is_span && !is_comment,
                Some((prefix, _)) if is_comment => prefix == "n" && here(),
                Some((prefix, _)) if is_span => matches!(prefix, "" | "t") && here(),
                None if is_span || is_comment => false,
                _ => found.is_some(),
            };
            if !is_right {
                let message = format!("there is nothing that “{reference}” may point at from here");
                return self.wrong(node, message);
            }
        }
        Ok(())
    }

    /// What a reference points at, seen from a unit.
    fn find(&self, unit: Node<'t, 't>, fragment: &Fragment<'_>) -> Option<Node<'t, 't>> {
        let below = |node: Node<'t, 't>, name: &'static str, id: &str| {
            node.descendants()
                .find(|node| is(*node, name) && node.said("id") == Some(id))
        };
        let around = |name: &'static str| unit.ancestors().find(|node| is(*node, name));
        let file = match fragment.file {
            Some(id) => below(self.tree.root_element(), "file", id)?,
            None => around("file")?,
        };
        let group = match fragment.group {
            Some(id) => Some(below(file, "group", id)?),
            None => None,
        };
        let holder = match (fragment.unit, group) {
            (Some(id), _) => below(file, "unit", id)?,
            (None, Some(group)) => group,
            (None, None) if fragment.file.is_some() => file,
            (None, None) => unit,
        };
        let Some((prefix, id)) = fragment.leaf else {
            return Some(holder);
        };
        match prefix {
            "n" => {
                let notes = children(holder, "notes").flat_map(|notes| children(notes, "note"));
                notes.into_iter().find(|note| note.said("id") == Some(id))
            }
            "d" => below(holder, "data", id),
            "" | "t" => {
                let side = if prefix == "t" { "target" } else { "source" };
                holder.descendants().find(|node| {
                    let is_part = is(*node, "segment") || is(*node, "ignorable");
                    let mut around = node.ancestors();
                    let is_named = node.said("id") == Some(id);
                    is_named && (is_part || is_inline(*node) && around.any(|node| is(node, side)))
                })
            }
            _ => Some(holder),
        }
    }
}

/// Where a target stands among the targets of its unit, from 1.
fn place(target: Node<'_, '_>, index: usize) -> u64 {
    let said = target.said("order").and_then(|order| order.parse().ok());
    said.unwrap_or(index as u64 + 1)
}

/// Codes as they are met: an element is met where it starts and again where it ends. The flag says that it is the end.
fn ends_of<'a>(stream: &Stream<'a>) -> Vec<((&'a str, bool), Node<'a, 'a>)> {
    let mut found: Vec<((&str, bool), Node<'a, 'a>)> = Vec::new();
    let mut open: Vec<Node<'a, 'a>> = Vec::new();
    let end = |node: Node<'a, 'a>| ((node.said("id").unwrap_or_default(), true), node);
    for node in stream.nodes.iter().filter(|node| is_code(**node)) {
        while open
            .last()
            .is_some_and(|open| open.range().end <= node.range().start)
        {
            found.extend(open.pop().map(end));
        }
        // The stream follows the order of targets, so that what is open may also lie behind.
        while open
            .last()
            .is_some_and(|open| open.range().start > node.range().start)
        {
            found.extend(open.pop().map(end));
        }
        let id = node.said("id").or_else(|| node.said("startRef"));
        let is_end = is(*node, "ec");
        found.push(((id.unwrap_or_default(), is_end), *node));
        if is(*node, "pc") {
            open.push(*node);
        }
    }
    while let Some(node) = open.pop() {
        found.push(end(node));
    }
    found
}
