//! What the modules of XLIFF 2.x demand beyond the shape of their elements.

use std::collections::HashSet;

use roxmltree::{Document, Node};

use super::check::{is, wrong};
use super::same_language;
use super::schema::{known, known_node};
use crate::error::Result;
use crate::formats::tree::Said;

const FS: &str = "urn:oasis:names:tc:xliff:fs:2.0";
const SLR: &str = "urn:oasis:names:tc:xliff:sizerestriction:2.0";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// The elements of HTML that the format style module knows.
const HTML: &[&str] = &[
    "a",
    "b",
    "bdo",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "html",
    "i",
    "img",
    "label",
    "legend",
    "li",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "select",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
];

pub(super) fn check(tree: &Document<'_>) -> Result<()> {
    for node in tree.root_element().descendants().filter(Node::is_element) {
        styles(tree, node)?;
        sizes(tree, node)?;
        match known_node(node).as_deref() {
            Some("mtc:matches") => unique(tree, node, &["mtc:match"])?,
            Some("mtc:match") if node.said("subType").is_some() && node.said("type").is_none() => {
                return wrong(tree, node, "a subType needs a type");
            }
            Some("gls:glossary") => unique(tree, node, &["gls:glossEntry", "gls:translation"])?,
            Some("gls:glossEntry") => {
                let says = |child: Node<'_, '_>| {
                    matches!(
                        known_node(child).as_deref(),
                        Some("gls:translation" | "gls:definition")
                    )
                };
                if !node.children().any(says) {
                    return wrong(
                        tree,
                        node,
                        "an entry of a glossary needs a translation or a definition",
                    );
                }
            }
            Some("mda:metadata") => unique(tree, node, &["mda:metadata", "mda:metaGroup"])?,
            Some("res:resourceData") => {
                unique(tree, node, &["res:resourceItem", "res:resourceItemRef"])?;
            }
            Some("res:source" | "res:target") => resource(tree, node)?,
            Some("ctr:revisions") => revisions(tree, node)?,
            Some("val:rule") => rule(tree, node)?,
            _ => {}
        }
    }
    Ok(())
}

/// Ids are unique among the elements of these names in a node and the node itself.
fn unique(tree: &Document<'_>, node: Node<'_, '_>, names: &[&str]) -> Result<()> {
    let mut seen = HashSet::new();
    for child in node.descendants() {
        if known_node(child).is_some_and(|name| names.contains(&name.as_str()))
            && let Some(id) = child.said("id")
            && !seen.insert(id)
        {
            let message = format!(
                "there is a second <{}> with the id “{id}”",
                child.tag_name().name()
            );
            return wrong(tree, child, message);
        }
    }
    Ok(())
}

fn is_isolated(node: Node<'_, '_>) -> bool {
    node.said("isolated") == Some("yes")
}

fn styles(tree: &Document<'_>, node: Node<'_, '_>) -> Result<()> {
    let (style, finer) = (node.attribute((FS, "fs")), node.attribute((FS, "subFs")));
    if style.is_none() && finer.is_none() {
        return Ok(());
    }
    if is(node, "ec") && !is_isolated(node) {
        return wrong(
            tree,
            node,
            "an <ec> that is not isolated has no style of its own",
        );
    }
    match style {
        Some(style) if !HTML.contains(&style) => wrong(
            tree,
            node,
            format!("fs:fs says “{style}”, which is no element of HTML that it may name"),
        ),
        None => wrong(tree, node, "fs:subFs needs fs:fs"),
        Some(_) => Ok(()),
    }
}

fn is_whole(value: &str) -> bool {
    !value.is_empty() && value.chars().all(|letter| letter.is_ascii_digit())
}

fn sizes(tree: &Document<'_>, node: Node<'_, '_>) -> Result<()> {
    let said = |name: &str| node.attribute((SLR, name));
    let of_code = ["equivStorage", "sizeInfo", "sizeInfoRef"];
    if is(node, "ec")
        && !is_isolated(node)
        && let Some(name) = of_code.iter().find(|name| said(name).is_some())
    {
        return wrong(
            tree,
            node,
            format!("slr:{name} stands on an <ec> only if it is isolated"),
        );
    }
    if said("sizeInfo").is_some() && said("sizeInfoRef").is_some() {
        return wrong(
            tree,
            node,
            "slr:sizeInfo and slr:sizeInfoRef exclude each other",
        );
    }
    for (restriction, info, profile) in [
        ("sizeRestriction", "sizeInfo", "generalProfile"),
        ("storageRestriction", "equivStorage", "storageProfile"),
    ] {
        let profile = profile_of(node, profile);
        let is_of_standard = profile.is_some_and(|profile| profile.starts_with("xliff:"));
        // A profile of somebody else has a notation of its own. Without one, what is meant as a number is a whole one.
        let is_held = |value: &str| {
            is_of_standard
                || profile.is_none() && value.starts_with(|letter: char| letter.is_ascii_digit())
        };
        if let Some(value) = said(restriction) {
            let fits = match value.split_once(',') {
                None => value == "*" || is_whole(value),
                Some((least, most)) => is_whole(least) && (most == "*" || is_whole(most)),
            };
            if !fits && is_held(value) {
                return wrong(
                    tree,
                    node,
                    format!("“{value}” is no value of slr:{restriction}"),
                );
            }
        }
        if let Some(value) = said(info).filter(|value| !is_whole(value) && is_held(value)) {
            return wrong(tree, node, format!("“{value}” is no value of slr:{info}"));
        }
    }
    let Some(id) = said("sizeInfoRef") else {
        return Ok(());
    };
    let around = node.ancestors().filter_map(|node| node.parent_element());
    let data = around
        .flat_map(|parent| parent.children())
        .filter(|sibling| known_node(*sibling).as_deref() == Some("slr:data"));
    let mut inside = data.flat_map(|data| data.descendants().skip(1));
    if inside.any(|node| node.said("id") == Some(id) || node.attribute((XML, "id")) == Some(id)) {
        return Ok(());
    }
    wrong(
        tree,
        node,
        format!("slr:sizeInfoRef names “{id}”, and no <slr:data> around it has that"),
    )
}

/// The profile in force.
fn profile_of<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    let file = node.ancestors().find(|node| is(*node, "file"));
    let profiles = file.and_then(|file| {
        let mut children = file.children();
        children.find(|node| known_node(*node).as_deref() == Some("slr:profiles"))
    });
    profiles.and_then(|profiles| profiles.said(name))
}

fn resource(tree: &Document<'_>, node: Node<'_, '_>) -> Result<()> {
    let is_source = node.tag_name().name() == "source";
    let root = tree.root_element();
    // A target may be of another language: the standard's own valid files have such.
    let wanted = root.said("srcLang").filter(|_| is_source);
    if let (Some(said), Some(wanted)) = (node.attribute((XML, "lang")), wanted)
        && !same_language(said, wanted)
    {
        return wrong(
            tree,
            node,
            format!("this resource is in “{said}”, and the file in “{wanted}”"),
        );
    }
    let is_empty = node.first_element_child().is_none();
    match node.said("href") {
        Some(_) if !is_empty => wrong(tree, node, "a resource with an href must be empty"),
        None if is_empty => wrong(tree, node, "an empty resource needs an href"),
        _ => Ok(()),
    }
}

fn revisions(tree: &Document<'_>, node: Node<'_, '_>) -> Result<()> {
    let applies = node.said("appliesTo").unwrap_or_default();
    // The element around the whole track of changes.
    let Some(holder) = node
        .parent_element()
        .and_then(|track| track.parent_element())
    else {
        return Ok(());
    };
    let inside = holder.descendants().filter(|node| is(*node, applies));
    let all: Vec<Node<'_, '_>> = inside.collect();
    let named = match node.said("ref") {
        Some(id) => {
            let found = holder
                .descendants()
                .find(|node| node.said("id") == Some(id));
            if found.is_none() {
                return wrong(
                    tree,
                    node,
                    format!("there is no <{applies}> with the id “{id}” here"),
                );
            }
            found
        }
        None if all.len() > 1 && all.iter().any(|node| node.said("id").is_some()) => {
            return wrong(
                tree,
                node,
                format!("there are several <{applies}> here; which one is meant must be said"),
            );
        }
        None => all.first().copied(),
    };
    for revision in node.children().filter(Node::is_element) {
        let mut seen = HashSet::new();
        for item in revision.children().filter(Node::is_element) {
            let Some(property) = item.said("property") else {
                continue;
            };
            if !seen.insert(property) {
                return wrong(
                    tree,
                    item,
                    format!("a second item of this revision says its {property}"),
                );
            }
            let has = |node: Node<'_, '_>| {
                node.attributes().any(|attribute| {
                    let known = known(attribute.namespace(), attribute.name());
                    attribute.name() == property || known.as_deref() == Some(property)
                })
            };
            if property != "content" && !named.is_some_and(has) {
                return wrong(
                    tree,
                    item,
                    format!("the <{applies}> that was changed has no {property}"),
                );
            }
        }
    }
    Ok(())
}

fn rule(tree: &Document<'_>, node: Node<'_, '_>) -> Result<()> {
    let own = ["isPresent", "isNotPresent", "startsWith", "endsWith"];
    let own = own.iter().filter(|name| node.said(name).is_some()).count();
    let foreign = node
        .attributes()
        .filter(|attribute| attribute.namespace().is_some())
        .count();
    if own + usize::from(foreign > 0) != 1 {
        return wrong(
            tree,
            node,
            "a rule says exactly one thing that must or must not be there",
        );
    }
    let in_source = ["isPresent", "startsWith", "endsWith"];
    if node.said("existsInSource").is_some()
        && !in_source.iter().any(|name| node.said(name).is_some())
    {
        return wrong(
            tree,
            node,
            "existsInSource goes with isPresent, startsWith or endsWith",
        );
    }
    Ok(())
}
