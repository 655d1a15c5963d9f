//! Word documents (docx, ECMA-376): the words of the document, its headers, footers, notes and comments, and nothing else.
//!
//! A document is an archive of parts that name each other ([`super::package`]). Its paragraphs become blocks ([`paragraph`]), read through a
//! row of [`tokens`]; runs that look alike are one ([`properties`]). When it is written, only the paragraphs with other words are made anew, and
//! [`direction`] sets the marks that another direction needs. All other bytes are those that were read.

mod direction;
mod paragraph;
mod properties;
mod tokens;

use std::collections::HashMap;

use roxmltree::Node;

use self::direction::Styles;
use self::paragraph::Paragraph;
use super::Format;
use super::bidi::{self, Tally};
use super::document::{Block, Document, Skeleton};
use super::package::Package;
use super::part::Part;
use super::tree::{self, Edits};
use crate::error::{Error, Result};
use crate::text::language::{Direction, Language};
use crate::unit::Segment;

/// The namespaces of WordprocessingML: as everybody writes it, and the strict one.
const NAMESPACES: &[&str] = &[
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// The parts with text that a document names, by the end of the relationship's type, in reading order. The document itself is `""`.
const TEXT_PARTS: &[&str] = &["header", "", "footnotes", "endnotes", "footer", "comments"];

/// Reads a document.
///
/// # Errors
/// If it is damaged, encrypted, or has no document in it.
pub(super) fn read(bytes: Vec<u8>) -> Result<Document> {
    let package = Package::of_document(bytes)?;
    let main = main_part(&package)?;
    let related = relationships(&package, &main)?;
    let mut parts = Vec::new();
    for wanted in TEXT_PARTS {
        let named = related
            .iter()
            .filter(|(kind, _)| kind == wanted)
            .map(|(_, target)| target);
        let own = wanted.is_empty().then_some(&main);
        for name in named.chain(own) {
            if parts.iter().any(|part: &Part| part.name == *name) {
                continue;
            }
            if let Some(part) = Part::read(&package, name)? {
                parts.push(part);
            }
        }
    }
    let styles = match related.iter().find(|(kind, _)| kind == "styles") {
        Some((_, name)) => Part::read(&package, name)?,
        None => None,
    };
    let mut docx = Docx {
        package,
        parts,
        styles,
        direction: Direction::LeftToRight,
    };
    let styles = docx.read_styles()?;
    let mut blocks = Vec::new();
    let mut letters = Tally::default();
    let mut paragraphs = [0usize; 2];
    let mut languages: HashMap<String, usize> = HashMap::new();
    for part in &docx.parts {
        let tree = part.parse()?;
        let names = Names::of(tree.root_element());
        if part.name == main && !names.is(tree.root_element(), "document") {
            return Err(no_document());
        }
        for found in paragraphs_of(part, &tree, &names, &styles, blocks.len()) {
            let is_rtl =
                direction::of_paragraph(found.node, &names, &styles) == Direction::RightToLeft;
            if let Some(count) = paragraphs.get_mut(usize::from(is_rtl)) {
                *count += 1;
            }
            let mut stands_apart = true;
            for (line, block) in found.paragraph.lines.iter().zip(&found.blocks) {
                if *block == Some(blocks.len()) {
                    letters.add(&line.trimmed.content.text);
                    blocks.push(Block {
                        content: line.trimmed.content.clone(),
                        stands_apart,
                    });
                }
                stands_apart = block.is_none();
            }
        }
        count_languages(tree.root_element(), &names, &styles, &mut languages);
    }
    docx.direction = letters.majority().unwrap_or(match paragraphs {
        [ltr, rtl] if rtl > ltr => Direction::RightToLeft,
        _ => Direction::LeftToRight,
    });
    let most = languages
        .into_iter()
        .max_by(|(a, most), (b, more)| most.cmp(more).then(b.cmp(a)));
    let mut document = Document::new(Format::Docx, blocks, docx);
    document.language = most.map(|(tag, _)| Language::from_file(&tag));
    Ok(document)
}

fn no_document() -> Error {
    Error::input("this docx has no document in it")
        .hint("open it in Word or LibreOffice and save it again")
}

/// The name of the part that is the document.
fn main_part(package: &Package) -> Result<String> {
    let related = relationships(package, "")?;
    let named = related
        .into_iter()
        .find(|(kind, name)| kind == "officeDocument" && package.has(name));
    if let Some((_, name)) = named {
        return Ok(name);
    }
    // Without a relationship the list of types tells.
    if let Some(types) = Part::read(package, "[Content_Types].xml")? {
        let tree = types.parse()?;
        for node in tree.root_element().children() {
            let (name, kind) = (node.attribute("PartName"), node.attribute("ContentType"));
            if let (Some(name), Some(kind)) = (name, kind) {
                let name = name.trim_start_matches('/');
                if kind.ends_with(".main+xml") && package.has(name) {
                    return Ok(name.to_owned());
                }
            }
        }
    }
    Err(no_document())
}

/// The parts that a part names: the last word of the relationship's type, and the name of the part. `""` is the package itself.
fn relationships(package: &Package, part: &str) -> Result<Vec<(String, String)>> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let Some(part) = Part::read(package, &format!("{folder}{slash}_rels/{file}.rels"))? else {
        return Ok(Vec::new());
    };
    let tree = part.parse()?;
    let mut found = Vec::new();
    for node in tree.root_element().children().filter(Node::is_element) {
        if node.attribute("TargetMode") == Some("External") {
            continue;
        }
        let (Some(kind), Some(target)) = (node.attribute("Type"), node.attribute("Target")) else {
            continue;
        };
        let kind = kind.rsplit('/').next().unwrap_or_default();
        found.push((kind.to_owned(), resolved(folder, target)));
    }
    Ok(found)
}

/// The name of the part that a relationship of a part in `folder` leads to.
fn resolved(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path.join("/")
}

/// How a part names the elements of WordprocessingML.
#[derive(Clone, Debug)]
struct Names {
    namespace: &'static str,
    /// The prefix that new elements get.
    prefix: String,
    /// Whether the root has yet to declare it.
    is_new: bool,
}

impl Names {
    fn of(root: Node<'_, '_>) -> Self {
        let own = root.tag_name().namespace();
        let namespace = NAMESPACES
            .iter()
            .find(|known| own == Some(**known))
            .or(NAMESPACES.first());
        let namespace = namespace.copied().unwrap_or_default();
        match root
            .lookup_prefix(namespace)
            .filter(|prefix| !prefix.is_empty())
        {
            Some(prefix) => Names {
                namespace,
                prefix: prefix.to_owned(),
                is_new: false,
            },
            None => {
                let mut prefix = "w".to_owned();
                while root.lookup_namespace_uri(Some(&prefix)).is_some() {
                    prefix.push('w');
                }
                Names {
                    namespace,
                    prefix,
                    is_new: true,
                }
            }
        }
    }

    /// Whether an element is WordprocessingML's.
    fn is_own(&self, node: Node<'_, '_>) -> bool {
        node.is_element() && node.tag_name().namespace() == Some(self.namespace)
    }

    fn is(&self, node: Node<'_, '_>, name: &str) -> bool {
        self.is_own(node) && node.tag_name().name() == name
    }

    fn attribute<'a>(&self, node: Node<'a, '_>, name: &str) -> Option<&'a str> {
        node.attribute((self.namespace, name))
    }

    /// Whether an on-off property is on.
    fn is_on(&self, node: Node<'_, '_>) -> bool {
        !matches!(self.attribute(node, "val"), Some("0" | "false" | "off"))
    }

    fn children<'a, 'b>(
        &self,
        node: Node<'a, 'b>,
        name: &str,
    ) -> impl Iterator<Item = Node<'a, 'b>> {
        let (namespace, name) = (self.namespace, name.to_owned());
        node.children().filter(move |child| {
            child.is_element()
                && child.tag_name().name() == name
                && child.tag_name().namespace() == Some(namespace)
        })
    }

    fn child<'a, 'b>(&self, node: Node<'a, 'b>, name: &str) -> Option<Node<'a, 'b>> {
        self.children(node, name).next()
    }
}

/// A paragraph of a part, with the blocks that its lines are.
struct Found<'a, 'b> {
    node: Node<'a, 'b>,
    paragraph: Paragraph,
    blocks: Vec<Option<usize>>,
}

/// The paragraphs of a part in their order. Blocks are numbered from `next` on.
fn paragraphs_of<'a, 'b>(
    part: &Part,
    tree: &'a roxmltree::Document<'b>,
    names: &Names,
    styles: &Styles,
    mut next: usize,
) -> Vec<Found<'a, 'b>> {
    let twins = fallbacks(tree, names);
    let mut found: Vec<Found<'a, 'b>> = Vec::new();
    let mut by_start: HashMap<usize, usize> = HashMap::new();
    for node in tree
        .descendants()
        .filter(|node| names.is(*node, "p") && !is_out_of_sight(*node, names))
    {
        let paragraph = Paragraph::read(&part.text, node, names, &|style| styles.emphasis(style));
        let start = node.range().start;
        let twin = twins
            .get(&start)
            .and_then(|twin| by_start.get(twin))
            .and_then(|index| found.get(*index));
        let same = twin.filter(|twin| {
            let contents = |paragraph: &Paragraph| -> Vec<Segment> {
                paragraph
                    .lines
                    .iter()
                    .map(|line| line.trimmed.content.clone())
                    .collect()
            };
            let (theirs, own) = (contents(&twin.paragraph), contents(&paragraph));
            theirs.len() == own.len()
                && theirs
                    .iter()
                    .zip(&own)
                    .all(|(theirs, own)| is_same_text(theirs, own))
        });
        let blocks = match same {
            Some(twin) => twin.blocks.clone(),
            None => paragraph
                .lines
                .iter()
                .map(|line| {
                    let is_block = !line.trimmed.content.text.is_empty();
                    next += usize::from(is_block);
                    is_block.then(|| next - 1)
                })
                .collect(),
        };
        by_start.insert(start, found.len());
        found.push(Found {
            node,
            paragraph,
            blocks,
        });
    }
    found
}

/// What a paragraph loses when its words change, so that no paragraph is looked for in it.
const LOST: &[&str] = &[
    "del",
    "moveFrom",
    "pPr",
    "rPr",
    "sdtPr",
    "sdtEndPr",
    "proofErr",
    "lastRenderedPageBreak",
    "t",
    "tab",
    "noBreakHyphen",
    "softHyphen",
    "delText",
    "delInstrText",
    "smartTagPr",
    "customXmlPr",
];

/// Whether a paragraph stands in something that was deleted, or where no text belongs.
fn is_out_of_sight(paragraph: Node<'_, '_>, names: &Names) -> bool {
    let is_lost =
        |outer: Node<'_, '_>| names.is_own(outer) && LOST.contains(&outer.tag_name().name());
    paragraph.ancestors().any(is_lost)
}

/// Whether two texts are one, with the same codes by name.
fn is_same_text(one: &Segment, other: &Segment) -> bool {
    let names = |segment: &Segment| -> Vec<(usize, Vec<(String, String)>)> {
        segment
            .codes
            .iter()
            .map(|code| (code.at, code.attributes.clone()))
            .collect()
    };
    one.text == other.text && names(one) == names(other)
}

/// A drawing is often there twice, for new programs and for old ones (`mc:AlternateContent`). Paragraphs of the second by where they start,
/// with those of the first.
fn fallbacks(tree: &roxmltree::Document<'_>, names: &Names) -> HashMap<usize, usize> {
    let mut twins = HashMap::new();
    for both in tree
        .descendants()
        .filter(|node| node.tag_name().name() == "AlternateContent")
    {
        let starts = |name: &str| -> Vec<usize> {
            let branch = both
                .children()
                .find(|child| child.tag_name().name() == name);
            let nodes = branch.into_iter().flat_map(|branch| branch.descendants());
            nodes
                .filter(|node| names.is(*node, "p"))
                .map(|node| node.range().start)
                .collect()
        };
        let (choice, fallback) = (starts("Choice"), starts("Fallback"));
        if choice.len() == fallback.len() {
            twins.extend(fallback.into_iter().zip(choice));
        }
    }
    twins
}

/// Counts the letters of each language that runs say they are in.
fn count_languages(
    root: Node<'_, '_>,
    names: &Names,
    styles: &Styles,
    languages: &mut HashMap<String, usize>,
) {
    for text in root.descendants().filter(|node| names.is(*node, "t")) {
        let words = text.text().unwrap_or_default();
        let Some(direction) = Tally::of(words).majority() else {
            continue;
        };
        let [ltr, rtl] = &styles.languages;
        let (attribute, default) = match direction {
            Direction::LeftToRight => ("val", ltr),
            Direction::RightToLeft => ("bidi", rtl),
        };
        let properties = text.parent().and_then(|run| names.child(run, "rPr"));
        let own = properties
            .and_then(|properties| names.child(properties, "lang"))
            .and_then(|lang| names.attribute(lang, attribute));
        if let Some(tag) = own.or(default.as_deref()) {
            *languages.entry(tag.to_owned()).or_default() += words.chars().count();
        }
    }
}

/// A document without its words.
#[derive(Debug)]
struct Docx {
    package: Package,
    /// The parts with text, in reading order.
    parts: Vec<Part>,
    styles: Option<Part>,
    /// The way most of its letters run.
    direction: Direction,
}

impl Docx {
    fn read_styles(&self) -> Result<Styles> {
        let Some(part) = &self.styles else {
            return Ok(Styles::default());
        };
        let tree = part.parse()?;
        let root = tree.root_element();
        Ok(Styles::read(root, &Names::of(root)))
    }

    /// The text of a part with other words.
    fn write_part(
        &self,
        part: &Part,
        texts: &[Segment],
        next: &mut usize,
        language: &Language,
        styles: &Styles,
    ) -> Result<String> {
        let tree = part.parse()?;
        let root = tree.root_element();
        let names = Names::of(root);
        let target = language.direction();
        let turns = target != self.direction;
        let mut edits = Edits::default();
        if turns {
            direction::mark_part(&part.text, root, target, &names, &mut edits);
        }
        let mut found = paragraphs_of(part, &tree, &names, styles, *next);
        let last = found
            .iter()
            .flat_map(|found| &found.blocks)
            .filter_map(|block| *block)
            .max();
        *next = last.map_or(*next, |last| last + 1);
        // What stands in another paragraph, as a text box does, is done before it.
        found.sort_by_key(|found| found.node.range().end);
        for Found {
            node,
            paragraph,
            blocks,
        } in &found
        {
            let new: Vec<Option<&Segment>> = blocks
                .iter()
                .map(|block| block.and_then(|block| texts.get(block)))
                .collect();
            let lines = || paragraph.lines.iter().zip(&new);
            let is_changed =
                lines().any(|(line, new)| new.is_some_and(|new| *new != line.trimmed.content));
            if !is_changed && !turns {
                continue;
            }
            let mut letters = Tally::default();
            for (line, new) in lines() {
                letters.add(&new.unwrap_or(&line.trimmed.content).text);
            }
            let wanted = bidi::wanted(letters, is_changed, target);
            if is_changed {
                if let Some(inner) = tree::inner(&part.text, *node) {
                    let properties = direction::paragraph_properties(*node, &names);
                    let start = properties.map_or(inner.start, |properties| properties.range().end);
                    let content = start..inner.end;
                    let xml = paragraph.write(&new, &part.text, &mut edits, language, &names);
                    edits.take(&part.text, &content);
                    edits.replace(content, xml);
                }
            } else if let Some(wanted) = wanted {
                direction::mark_runs(&part.text, *node, wanted, language, &names, &mut edits);
            }
            if let Some(wanted) = wanted {
                direction::mark_paragraph(&part.text, *node, wanted, &names, styles, &mut edits);
            }
        }
        Ok(with_names(&part.text, root, &names, edits))
    }
}

/// The text of a part with its changes, and with the declaration of a prefix if they need one.
fn with_names(text: &str, root: Node<'_, '_>, names: &Names, mut edits: Edits) -> String {
    if names.is_new && !edits.is_empty() {
        let at = tree::name_end(text, root);
        edits.replace(
            at..at,
            format!(" xmlns:{}=\"{}\"", names.prefix, names.namespace),
        );
    }
    edits.apply(text)
}

impl Skeleton for Docx {
    fn write(&self, texts: &[Segment], language: &Language) -> Result<Vec<u8>> {
        let styles = self.read_styles()?;
        let mut changed = Vec::new();
        let mut next = 0;
        for part in &self.parts {
            let new = self.write_part(part, texts, &mut next, language, &styles)?;
            changed.extend(part.with(&new));
        }
        let turns = self.direction != language.direction();
        if let Some(part) = self
            .styles
            .as_ref()
            .filter(|_| turns && language.direction() == Direction::RightToLeft)
        {
            let tree = part.parse()?;
            let root = tree.root_element();
            let names = Names::of(root);
            let mut edits = Edits::default();
            direction::mark_styles(root, &names, &mut edits);
            let new = with_names(&part.text, root, &names, edits);
            changed.extend(part.with(&new));
        }
        self.package.with(&changed)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read, Write};
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::formats::document::drawn;

    pub(super) fn names() -> Names {
        Names {
            namespace: NAMESPACES[0],
            prefix: "w".to_owned(),
            is_new: false,
        }
    }

    /// An element with a content.
    pub(super) fn xml(name: &str, inner: &str) -> String {
        format!("<w:{name} xmlns:w=\"{}\">{inner}</w:{name}>", NAMESPACES[0])
    }

    fn language(tag: &str) -> Language {
        Language::parse(tag).unwrap()
    }

    fn archive(members: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in members {
            writer
                .start_file(*name, zip::write::SimpleFileOptions::default())
                .unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn member(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive
            .by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    }

    /// A document with a body.
    fn with_body(body: &str) -> Vec<u8> {
        let types = "<Types><Override PartName=\"/word/letter.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
        let document = format!(
            "<w:document xmlns:w=\"{}\" xmlns:r=\"r\" xmlns:mc=\"mc\" xmlns:m=\"m\"><w:body>{body}</w:body></w:document>",
            NAMESPACES[0]
        );
        archive(&[
            ("[Content_Types].xml", types),
            ("word/letter.xml", &document),
        ])
    }

    fn body_of(bytes: &[u8]) -> String {
        let text = member(bytes, "word/letter.xml");
        let (_, body) = text.split_once("<w:body>").unwrap();
        body.split_once("</w:body>").unwrap().0.to_owned()
    }

    fn blocks(body: &str) -> Vec<String> {
        let document = read(with_body(body)).unwrap();
        document
            .blocks
            .iter()
            .map(|block| drawn(&block.content))
            .collect()
    }

    fn fixtures() -> Vec<(String, Vec<u8>)> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/documents");
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "docx") {
                let name = path.file_stem().unwrap().to_string_lossy().into_owned();
                found.push((name, std::fs::read(&path).unwrap()));
            }
        }
        assert_eq!(found.len(), 8);
        found
    }

    #[test]
    fn a_document_with_its_own_words_is_itself() {
        for (name, bytes) in fixtures() {
            let document = read(bytes.clone()).unwrap();
            let own = language(name.rsplit('.').next().unwrap());
            assert!(own.covers(document.language.as_ref().unwrap()), "{name}");
            let texts: Vec<Segment> = document
                .blocks
                .iter()
                .map(|block| block.content.clone())
                .collect();
            let written = document.write(&texts, &own).unwrap().bytes;
            for member_name in Package::new(bytes.clone()).unwrap().names() {
                assert_eq!(
                    member(&written, &member_name),
                    member(&bytes, &member_name),
                    "{name}: {member_name}"
                );
            }
        }
    }

    #[test]
    fn the_letters_are_read_with_all_they_carry() {
        for (name, bytes) in fixtures() {
            let document = read(bytes).unwrap();
            let kinds: Vec<&str> = document
                .blocks
                .iter()
                .flat_map(|block| &block.content.codes)
                .filter_map(|code| crate::unit::attribute(&code.attributes, "type"))
                .collect();
            for kind in ["bold", "link", "italic", "fnote"] {
                let count = kinds.iter().filter(|known| **known == kind).count();
                // A phrase that is all of its paragraph needs no code, nor does a mark at its end.
                assert!(count <= 1, "{name}: {kind} {count} times");
            }
            assert!(
                kinds.contains(&"bold") && kinds.contains(&"link"),
                "{name}: {kinds:?}"
            );
        }
    }

    #[test]
    fn only_what_is_seen_makes_codes() {
        for (runs, wanted) in [
            (
                "<w:r><w:rPr><w:lang w:val=\"en-GB\"/></w:rPr><w:t xml:space=\"preserve\">Të </w:t></w:r><w:proofErr w:type=\"spellStart\"/>\
                 <w:r w:rsidR=\"00A1\"><w:lastRenderedPageBreak/><w:t>dashur</w:t></w:r>",
                vec!["Të dashur"],
            ),
            (
                "<w:r><w:t xml:space=\"preserve\">Dear </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>Sir</w:t></w:r><w:r><w:t>,</w:t></w:r>",
                vec!["Dear [1Sir]1,"],
            ),
            (
                "<w:r><w:rPr><w:b/></w:rPr><w:t>All bold</w:t></w:r>",
                vec!["All bold"],
            ),
            (
                "<w:r><w:t>Bridge Street</w:t><w:br/><w:t>Bërçesh</w:t><w:cr/><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r>",
                vec!["Bridge Street", "Bërçesh", "a\tb\u{2011}c"],
            ),
            (
                "<w:ins w:id=\"1\"><w:r><w:t>نامهٔ </w:t></w:r></w:ins><w:del w:id=\"2\"><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:t>نو</w:t></w:r>",
                vec!["نامهٔنو"],
            ),
            (
                "<w:r><w:t xml:space=\"preserve\">on </w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText> DATE </w:instrText>\
                 <w:fldChar w:fldCharType=\"separate\"/><w:t>16 May</w:t><w:fldChar w:fldCharType=\"end\"/><w:t>, here</w:t></w:r>",
                vec!["on {1}, here"],
            ),
            (
                "<w:r><w:t xml:space=\"preserve\">see </w:t><w:fldChar w:fldCharType=\"begin\"/><w:instrText>HYPERLINK \"x\"</w:instrText>\
                 <w:fldChar w:fldCharType=\"separate\"/><w:t>this</w:t><w:fldChar w:fldCharType=\"end\"/><w:t>.</w:t></w:r>",
                vec!["see [1this]1."],
            ),
            (
                "<w:r><w:t>a</w:t></w:r><w:hyperlink r:id=\"1\"><w:r><w:rPr><w:rStyle w:val=\"Hyperlink\"/></w:rPr><w:t>b</w:t></w:r></w:hyperlink>\
                 <w:bookmarkStart w:id=\"0\" w:name=\"_GoBack\"/><w:bookmarkEnd w:id=\"0\"/><w:m><w:x/></w:m><w:r><w:t>c</w:t></w:r>",
                vec!["a[1b]1{2}c"],
            ),
            (
                "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>",
                vec![],
            ),
        ] {
            assert_eq!(blocks(&format!("<w:p>{runs}</w:p>")), wanted, "{runs}");
        }
    }

    #[test]
    fn words_change_and_codes_stay() {
        let body = "<w:p w:rsidR=\"1\"><w:pPr><w:jc w:val=\"left\"/></w:pPr><w:r><w:t xml:space=\"preserve\">Dear </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>Sir</w:t></w:r>\
            <w:r><w:rPr><w:rStyle w:val=\"Mark\"/></w:rPr><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:t>, hello</w:t></w:r></w:p><w:p/>\
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>47/25</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
            <w:sectPr><w:pgSz/><w:cols w:num=\"2\"/><w:docGrid/></w:sectPr>";
        let document = read(with_body(body)).unwrap();
        let mut text = document.blocks[0].content.clone();
        assert_eq!(drawn(&text), "Dear [1Sir]1{2}, hello");
        text.text = "سلام آقا & Bob\u{2011}2".to_owned();
        for (code, at) in text.codes.iter_mut().zip([9, 15, 15]) {
            code.at = at;
        }
        let written = document
            .write(&[text.clone()], &language("fa"))
            .unwrap()
            .bytes;
        assert_eq!(
            body_of(&written),
            "<w:p w:rsidR=\"1\"><w:pPr><w:bidi/><w:jc w:val=\"left\"/></w:pPr>\
             <w:r><w:rPr><w:rtl/><w:lang w:bidi=\"fa-IR\"/></w:rPr><w:t xml:space=\"preserve\">سلام </w:t></w:r>\
             <w:r><w:rPr><w:b/><w:bCs/><w:rtl/><w:lang w:bidi=\"fa-IR\"/></w:rPr><w:t>آقا</w:t></w:r>\
             <w:r><w:rPr><w:rStyle w:val=\"Mark\"/></w:rPr><w:footnoteReference w:id=\"2\"/></w:r>\
             <w:r><w:rPr><w:rtl/><w:lang w:bidi=\"fa-IR\"/></w:rPr><w:t xml:space=\"preserve\"> &amp; </w:t></w:r>\
             <w:r><w:t>Bob</w:t></w:r>\
             <w:r><w:rPr><w:rtl/><w:lang w:bidi=\"fa-IR\"/></w:rPr><w:noBreakHyphen/><w:t>2</w:t></w:r></w:p>\
             <w:p><w:pPr><w:bidi/></w:pPr></w:p>\
             <w:tbl><w:tblPr><w:bidiVisual/></w:tblPr><w:tr><w:tc><w:p><w:pPr><w:bidi/></w:pPr><w:r><w:t>47/25</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
             <w:sectPr><w:pgSz/><w:cols w:num=\"2\"/><w:bidi/><w:docGrid/></w:sectPr>"
        );
        // And back: what was read from right to left runs from left to right again.
        let back = read(written).unwrap();
        assert_eq!(
            drawn(&back.blocks[0].content),
            "سلام [1آقا]1{2} & Bob\u{2011}2"
        );
        text.text = "I dashur zotëri, tung".to_owned();
        for (code, at) in text.codes.iter_mut().zip([9, 16, 16]) {
            code.at = at;
        }
        let albanian = body_of(&back.write(&[text], &language("sq")).unwrap().bytes);
        assert!(
            !albanian.contains("bidi") && !albanian.contains("rtl"),
            "{albanian}"
        );
        assert!(
            albanian.contains("<w:b/><w:bCs/><w:lang w:val=\"sq-AL\"/></w:rPr><w:t>zotëri</w:t>"),
            "{albanian}"
        );
    }

    #[test]
    fn properties_come_into_the_order_of_the_schema_with_the_mark() {
        for (properties, wanted) in [
            (
                "<w:numPr/><w:pStyle w:val=\"X\"/><w:jc/>",
                "<w:pStyle w:val=\"X\"/><w:numPr/><w:bidi/><w:jc/>",
            ),
            (
                "<w:bidi w:val=\"0\"/><w:keepNext/>",
                "<w:keepNext/><w:bidi/>",
            ),
            (
                "<w:bidi/><w:bidi w:val=\"0\"/><w:ind/>",
                "<w:bidi/><w:ind/>",
            ),
        ] {
            let document = read(with_body(&format!(
                "<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>a</w:t></w:r></w:p>"
            )))
            .unwrap();
            let written = body_of(
                &document
                    .write(&[Segment::plain("ب")], &language("ar"))
                    .unwrap()
                    .bytes,
            );
            assert!(
                written.starts_with(&format!("<w:p><w:pPr>{wanted}</w:pPr><w:r>")),
                "{written}"
            );
        }
    }

    #[test]
    fn a_paragraph_with_other_words_in_it_moves_with_them() {
        let inner = "<w:txbxContent><w:p><w:r><w:t>Vula</w:t></w:r></w:p></w:txbxContent>";
        let body = format!(
            "<w:p><w:r><w:t>Një</w:t><mc:AlternateContent><mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent>\
             <w:t>dy</w:t></w:r></w:p>"
        );
        let document = read(with_body(&body)).unwrap();
        assert_eq!(blocks(&body), ["Një{1}dy", "Vula"]);
        let texts = [document.blocks[0].content.clone(), Segment::plain("Seal")];
        let written = body_of(&document.write(&texts, &language("en")).unwrap().bytes);
        assert_eq!(written.matches("Seal").count(), 2);
        assert!(!written.contains("Vula"));
        let mut outer = document.blocks[0].content.clone();
        outer.text = "One two".to_owned();
        outer.codes[0].at = 3;
        let written = body_of(
            &document
                .write(&[outer, Segment::plain("Seal")], &language("en"))
                .unwrap()
                .bytes,
        );
        assert_eq!(written.matches("Seal").count(), 2);
        assert!(
            written.contains("One") && written.contains(" two") && !written.contains("Një"),
            "{written}"
        );
    }

    #[test]
    fn what_is_no_document_is_refused_by_name() {
        let empty = archive(&[
            ("[Content_Types].xml", "<Types/>"),
            ("word/styles.xml", "<x/>"),
        ]);
        assert!(read(with_body("")).is_ok());
        let climbing = archive(&[("../word/document.xml", "<x/>")]);
        let broken = with_body("<w:p>");
        let wrong = archive(&[
            (
                "[Content_Types].xml",
                "<Types><Override PartName=\"/a.xml\" ContentType=\"x.main+xml\"/></Types>",
            ),
            ("a.xml", "<html/>"),
        ]);
        for (bytes, word) in [
            (empty, "no document in it"),
            (wrong, "no document in it"),
            (climbing, "leads out of it"),
            (broken, "not well-formed"),
            (b"PK\x03\x04junk".to_vec(), "damaged"),
        ] {
            let error = read(bytes).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
    }

    #[test]
    fn a_bomb_is_refused_in_time() {
        let zeros = " ".repeat(64 << 20);
        let bomb = with_body(&zeros);
        let error = read(bomb).unwrap_err().to_string();
        assert!(error.contains("unpacks to more than"), "{error}");
    }

    fn body() -> impl Strategy<Value = String> {
        let words = || "[a-zëç ابپی\u{200C}]{0,6}";
        let run = (
            words(),
            prop::sample::select(vec![
                "",
                "<w:rPr><w:b/></w:rPr>",
                "<w:rPr><w:rtl/></w:rPr>",
                "<w:rPr><w:i/><w:vanish w:val=\"0\"/></w:rPr>",
            ]),
        );
        let run = run.prop_map(|(text, properties)| {
            format!("<w:r>{properties}<w:t xml:space=\"preserve\">{text}</w:t></w:r>")
        });
        let signs = prop::sample::select(vec![
            "<w:r><w:br/></w:r>",
            "<w:r><w:tab/></w:r>",
            "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>DATE</w:instrText><w:fldChar w:fldCharType=\"separate\"/><w:t>1</w:t><w:fldChar w:fldCharType=\"end\"/></w:r>",
            "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>HYPERLINK</w:instrText><w:fldChar w:fldCharType=\"separate\"/><w:t>ë</w:t><w:fldChar w:fldCharType=\"end\"/></w:r>",
            "<w:bookmarkStart w:id=\"1\" w:name=\"x\"/>",
            "<w:r><w:drawing><w:p><w:r><w:t>ب</w:t></w:r></w:p></w:drawing></w:r>",
        ]);
        let leaf = prop_oneof![run, signs.prop_map(str::to_owned)];
        let inner = prop::collection::vec(leaf, 0..6).prop_map(|pieces| pieces.concat());
        let element = (
            inner,
            prop::sample::select(vec![
                "{}",
                "<w:hyperlink>{}</w:hyperlink>",
                "<w:ins>{}</w:ins>",
                "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
            ]),
        );
        let element = element.prop_map(|(inner, around)| around.replace("{}", &inner));
        let paragraph = prop::collection::vec(element, 0..4)
            .prop_map(|pieces| format!("<w:p>{}</w:p>", pieces.concat()));
        prop::collection::vec(paragraph, 0..4).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn words_come_back_as_they_were_written(body in body(), order in 0usize..40, tag in prop::sample::select(vec!["fa", "sq", "ar"])) {
            let document = read(with_body(&body)).unwrap();
            let own: Vec<Segment> = document.blocks.iter().map(|block| block.content.clone()).collect();
            let same = document.write(&own, &language(match document.blocks.is_empty() { true => "en", false => tag })).unwrap().bytes;
            let again = read(same).unwrap();
            let back: Vec<Segment> = again.blocks.iter().map(|block| block.content.clone()).collect();
            let texts = |segments: &[Segment]| -> Vec<String> { segments.iter().map(drawn).collect() };
            prop_assert_eq!(texts(&back), texts(&own));
            // Other words, and codes in another order.
            let mut others = own;
            for text in &mut others {
                text.text = format!("x{}y", text.text);
                let count = text.codes.len();
                for code in &mut text.codes {
                    code.at += 1;
                }
                if count > 1 {
                    text.codes.rotate_left(order % count);
                    for code in &mut text.codes {
                        code.at = 1;
                    }
                }
            }
            let written = document.write(&others, &language(tag)).unwrap().bytes;
            let again = read(written).unwrap();
            // A blank at an end may change sides when the codes around it do.
            let words: Vec<String> = again
                .blocks
                .iter()
                .map(|block| block.content.text.trim_matches(' ').to_owned())
                .collect();
            let wanted: Vec<String> = others.iter().map(|text| text.text.clone()).collect();
            prop_assert_eq!(words, wanted);
        }
    }
}
