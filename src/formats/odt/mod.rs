//! OpenDocument texts (odt, ISO 26300): the words of the text, its headers and footers, notes, comments and frames, and nothing else.
//!
//! `content.xml` holds the text and `styles.xml` the pages with their headers. Their paragraphs become blocks ([`paragraph`]), read through a row of
//! [`tokens`]. When the document is written, only the paragraphs with other words are made anew, and [`styles`] makes the styles that another
//! direction needs. All other bytes are those that were read.

mod names;
mod paragraph;
mod styles;
mod tokens;

use roxmltree::Node;

use self::names::{OFFICE, Prefixes, STYLE, TEXT};
use self::paragraph::Paragraph;
use self::styles::{Derived, Styles};
use super::Format;
use super::bidi::{self, Tally};
use super::document::{Block, Document, Skeleton};
use super::package::Package;
use super::part::Part;
use super::tree::{self, Edits};
use crate::error::{Error, Result};
use crate::text::language::{Direction, Language};
use crate::unit::Segment;

/// Reads a document.
///
/// # Errors
/// If it is damaged, encrypted, or has no text in it.
pub(super) fn read(bytes: Vec<u8>) -> Result<Document> {
    let package = Package::of_document(bytes)?;
    if let Some(manifest) = Part::read(&package, "META-INF/manifest.xml")?
        && manifest.text.contains("encryption-data")
    {
        return Err(
            Error::input("this odt is encrypted").hint("save the document without a password")
        );
    }
    let Some(content) = Part::read(&package, "content.xml")? else {
        return Err(no_document());
    };
    // Headers come first, as they do on the page.
    let pages = Part::read(&package, "styles.xml")?;
    let mut odt = Odt {
        package,
        parts: pages.into_iter().chain([content]).collect(),
        direction: Direction::LeftToRight,
    };
    let styles = odt.styles()?;
    let mut blocks = Vec::new();
    let mut letters = Tally::default();
    let mut paragraphs = [0usize; 2];
    for (part, styles) in odt.parts.iter().zip(&styles) {
        let tree = part.parse()?;
        if part.name == "content.xml" && body(&tree).is_none() {
            return Err(no_document());
        }
        for found in paragraphs_of(part, &tree, styles, blocks.len()) {
            let is_rtl = styles.direction_of(found.node) == Direction::RightToLeft;
            if let Some(count) = paragraphs.get_mut(usize::from(is_rtl)) {
                *count += 1;
            }
            let mut stands_apart = true;
            for (line, block) in found.paragraph.lines.iter().zip(&found.blocks) {
                if block.is_some() {
                    letters.add(&line.trimmed.content.text);
                    blocks.push(Block {
                        content: line.trimmed.content.clone(),
                        stands_apart,
                    });
                }
                stands_apart = block.is_none();
            }
        }
    }
    let [ltr, rtl] = paragraphs;
    odt.direction = letters.majority().unwrap_or(match rtl > ltr {
        true => Direction::RightToLeft,
        false => Direction::LeftToRight,
    });
    let said = styles.last().and_then(|styles| styles.said(odt.direction));
    let language = said.map(Language::from_file);
    let mut document = Document::new(Format::Odt, blocks, odt);
    document.language = language;
    Ok(document)
}

fn no_document() -> Error {
    Error::input("this odt has no document in it").hint("open it in LibreOffice and save it again")
}

/// The element with the text of `content.xml`.
fn body<'a, 'b>(tree: &'a roxmltree::Document<'b>) -> Option<Node<'a, 'b>> {
    let body = names::child(tree.root_element(), OFFICE, "body")?;
    names::child(body, OFFICE, "text")
}

/// A paragraph of a part, with the blocks that its lines are.
struct Found<'a, 'b> {
    node: Node<'a, 'b>,
    paragraph: Paragraph,
    blocks: Vec<Option<usize>>,
}

impl Found<'_, '_> {
    /// What its lines become.
    fn new_texts<'s>(&self, texts: &'s [Segment]) -> Vec<Option<&'s Segment>> {
        self.blocks
            .iter()
            .map(|block| block.and_then(|block| texts.get(block)))
            .collect()
    }

    /// Whether its words change, and the direction that it then has to have.
    fn fate(&self, new: &[Option<&Segment>], target: Direction) -> (bool, Option<Direction>) {
        let lines = || self.paragraph.lines.iter().zip(new);
        let is_changed =
            lines().any(|(line, new)| new.is_some_and(|new| *new != line.trimmed.content));
        let mut letters = Tally::default();
        for (line, new) in lines() {
            letters.add(&new.unwrap_or(&line.trimmed.content).text);
        }
        (is_changed, bidi::wanted(letters, is_changed, target))
    }
}

/// The paragraphs of a part in their order. Blocks are numbered from `next` on.
fn paragraphs_of<'a, 'b>(
    part: &Part,
    tree: &'a roxmltree::Document<'b>,
    styles: &Styles,
    mut next: usize,
) -> Vec<Found<'a, 'b>> {
    let root = match part.name.as_str() {
        "content.xml" => body(tree),
        _ => names::child(tree.root_element(), OFFICE, "master-styles"),
    };
    let nodes = root.into_iter().flat_map(|root| root.descendants());
    nodes
        .filter(|node| names::is_element(*node, TEXT, "p") || names::is_element(*node, TEXT, "h"))
        .filter(|node| !is_out_of_sight(*node))
        .map(|node| {
            let paragraph = Paragraph::read(&part.text, node, styles);
            let blocks = paragraph.lines.iter().map(|line| {
                let is_block = !line.trimmed.content.text.is_empty();
                next += usize::from(is_block);
                is_block.then(|| next - 1)
            });
            Found {
                node,
                blocks: blocks.collect(),
                paragraph,
            }
        })
        .collect()
}

/// Whether a paragraph was deleted, or is in a header that is not shown.
fn is_out_of_sight(paragraph: Node<'_, '_>) -> bool {
    paragraph.ancestors().any(|outer| {
        names::is_element(outer, TEXT, "tracked-changes")
            || names::attribute(outer, STYLE, "display") == Some("false")
    })
}

/// A document without its words.
#[derive(Debug)]
struct Odt {
    package: Package,
    /// The parts with text, in reading order.
    parts: Vec<Part>,
    /// The way most of its letters run.
    direction: Direction,
}

impl Odt {
    /// The styles that hold in each part.
    fn styles(&self) -> Result<Vec<Styles>> {
        let mut common = Styles::default();
        let mut of_parts = Vec::new();
        for part in &self.parts {
            let tree = part.parse()?;
            let root = tree.root_element();
            if let Some(styles) = names::child(root, OFFICE, "styles") {
                common.add(&part.text, styles);
            }
            let automatic = names::child(root, OFFICE, "automatic-styles");
            if part.name != "content.xml" {
                // Which way pages run is said here, and holds for the text too.
                let mut pages = common.clone();
                if let Some(automatic) = automatic {
                    pages.add(&part.text, automatic);
                }
                common.take_pages(&pages);
                of_parts.push(pages);
            } else {
                let mut content = common.clone();
                if let Some(automatic) = automatic {
                    content.add(&part.text, automatic);
                }
                of_parts.push(content);
            }
        }
        Ok(of_parts)
    }
}

impl Skeleton for Odt {
    fn write(&self, texts: &[Segment], language: &Language) -> Result<Vec<u8>> {
        let target = language.direction();
        let turns = target != self.direction;
        let all_styles = self.styles()?;
        // Whether words change anywhere, and whether pages can turn because no paragraph is left behind.
        let (mut has_changed, mut all_turn) = (false, turns);
        let mut next = 0;
        for (part, styles) in self.parts.iter().zip(&all_styles) {
            for found in paragraphs_of(part, &part.parse()?, styles, next) {
                let (is_changed, wanted) = found.fate(&found.new_texts(texts), target);
                has_changed |= is_changed;
                all_turn &= wanted.is_some();
                next += found.blocks.iter().flatten().count();
            }
        }
        let mut changed = Vec::new();
        let mut next = 0;
        for (part, styles) in self.parts.iter().zip(&all_styles) {
            let tree = part.parse()?;
            let root = tree.root_element();
            let prefixes = Prefixes::of(root);
            let automatic = names::child(root, OFFICE, "automatic-styles");
            let mut edits = Edits::default();
            if turns {
                for group in root.children().filter(|group| names::is(*group, OFFICE)) {
                    if matches!(group.tag_name().name(), "styles" | "automatic-styles") {
                        styles::mark_letters(&part.text, group, target, &prefixes, &mut edits);
                        styles::mark_frames(
                            &part.text, group, target, all_turn, &prefixes, &mut edits,
                        );
                    }
                }
            }
            let tag = bidi::with_region(language);
            let says = styles.said(target).map(Language::from_file);
            let common = names::child(root, OFFICE, "styles");
            if let Some(common) =
                common.filter(|_| has_changed && !says.is_some_and(|says| says.accepts(language)))
            {
                styles::mark_language(&part.text, common, language, &tag, &prefixes, &mut edits);
            }
            let mut found = paragraphs_of(part, &tree, styles, next);
            next += found
                .iter()
                .map(|found| found.blocks.iter().flatten().count())
                .sum::<usize>();
            // What stands in another paragraph, as a note does, is done before it.
            found.sort_by_key(|found| found.node.range().end);
            let mut derived = Derived::default();
            for found in &found {
                let new = found.new_texts(texts);
                let (is_changed, wanted) = found.fate(&new, target);
                if !is_changed && !turns {
                    continue;
                }
                if let (true, Some(inner)) = (is_changed, tree::inner(&part.text, found.node)) {
                    let xml = found
                        .paragraph
                        .write(&new, &part.text, &mut edits, &prefixes);
                    edits.take(&part.text, &inner);
                    edits.replace(inner, xml);
                }
                if let Some(wanted) =
                    wanted.filter(|wanted| styles.direction_of(found.node) != *wanted)
                {
                    let name =
                        derived.of(&part.text, found.node, automatic, wanted, styles, &prefixes);
                    let attribute = (TEXT, "style-name");
                    styles::set_attribute(
                        &part.text, found.node, attribute, &name, &prefixes, &mut edits,
                    );
                }
            }
            match automatic {
                Some(automatic) => {
                    tree::insert(&part.text, automatic, None, &derived.xml, &mut edits);
                }
                None if !derived.xml.is_empty() => {
                    let name = prefixes.name(OFFICE, "automatic-styles");
                    let place = root.children().find(|child| {
                        names::is(*child, OFFICE)
                            && matches!(child.tag_name().name(), "master-styles" | "body")
                    });
                    let xml = format!("<{name}>{}</{name}>", derived.xml);
                    tree::insert(&part.text, root, place, &xml, &mut edits);
                }
                None => {}
            }
            let declarations = prefixes.declarations();
            if !edits.is_empty() && !declarations.is_empty() {
                let at = tree::name_end(&part.text, root);
                edits.replace(at..at, declarations);
            }
            changed.extend(part.with(&edits.apply(&part.text)));
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

    fn language(tag: &str) -> Language {
        Language::parse(tag).unwrap()
    }

    fn archive(members: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in members {
            let mut options = zip::write::SimpleFileOptions::default();
            if *name == "mimetype" {
                options = options.compression_method(zip::CompressionMethod::Stored);
            }
            writer.start_file(*name, options).unwrap();
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

    fn root(name: &str, inner: &str) -> String {
        let namespaces: String = [
            ("office", OFFICE),
            ("text", TEXT),
            ("style", STYLE),
            ("fo", names::FO),
            ("table", names::TABLE),
        ]
        .map(|(prefix, namespace)| format!(" xmlns:{prefix}=\"{namespace}\""))
        .concat();
        format!("<office:{name}{namespaces} xmlns:draw=\"d\">{inner}</office:{name}>")
    }

    const AUTOMATIC: &str = "<style:style style:name=\"T1\" style:family=\"text\"><style:text-properties fo:font-weight=\"bold\"/></style:style>\
        <style:style style:name=\"T2\" style:family=\"text\"><style:text-properties officeooo:rsid=\"1\" xmlns:officeooo=\"x\" fo:language=\"en\"/></style:style>\
        <style:style style:name=\"T3\" style:family=\"text\"><style:text-properties fo:font-weight=\"bold\" officeooo:rsid=\"2\" xmlns:officeooo=\"x\"/></style:style>\
        <style:style style:name=\"P1\" style:family=\"paragraph\"><style:paragraph-properties fo:text-align='end'/></style:style>\
        <style:style style:name=\"Tab\" style:family=\"table\"/>";

    fn with_body(body: &str) -> Vec<u8> {
        let styles = root(
            "document-styles",
            "<office:styles><style:default-style style:family=\"paragraph\"><style:text-properties fo:language=\"en\" fo:country=\"GB\"/></style:default-style></office:styles>\
             <office:automatic-styles><style:page-layout style:name=\"A\"><style:page-layout-properties/></style:page-layout></office:automatic-styles>\
             <office:master-styles/>",
        );
        let content = root(
            "document-content",
            &format!(
                "<office:automatic-styles>{AUTOMATIC}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            ),
        );
        archive(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("styles.xml", &styles),
            ("content.xml", &content),
        ])
    }

    fn blocks(body: &str) -> Vec<String> {
        let document = read(with_body(body)).unwrap();
        document
            .blocks
            .iter()
            .map(|block| drawn(&block.content))
            .collect()
    }

    #[test]
    fn a_document_with_its_own_words_is_itself() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/documents");
        let mut count = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "odt") {
                continue;
            }
            count += 1;
            let bytes = std::fs::read(&path).unwrap();
            let document = read(bytes.clone()).unwrap();
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            let own = language(stem.rsplit('.').next().unwrap());
            assert!(own.covers(document.language.as_ref().unwrap()), "{stem}");
            let texts: Vec<Segment> = document
                .blocks
                .iter()
                .map(|block| block.content.clone())
                .collect();
            let written = document.write(&texts, &own).unwrap().bytes;
            for name in Package::new(bytes.clone()).unwrap().names() {
                assert_eq!(
                    member(&written, &name),
                    member(&bytes, &name),
                    "{stem}: {name}"
                );
            }
            let mut archive = zip::ZipArchive::new(Cursor::new(&written)).unwrap();
            let first = archive.by_index(0).unwrap();
            assert_eq!(first.compression(), zip::CompressionMethod::Stored);
        }
        assert_eq!(count, 8);
    }

    #[test]
    fn only_what_is_seen_makes_codes() {
        for (inner, wanted) in [
            (
                "Të <text:span text:style-name=\"T2\">dashur</text:span> \n  miq",
                vec!["Të dashur miq"],
            ),
            (
                "Dear <text:span text:style-name=\"T1\">S</text:span><text:span text:style-name=\"T3\">ir</text:span>,",
                vec!["Dear [1Sir]1,"],
            ),
            (
                "<text:span text:style-name=\"T1\">All bold</text:span>",
                vec!["All bold"],
            ),
            (
                "Bridge Street<text:line-break/> Bërçesh<text:tab/>a<text:s text:c=\"2\"/>b",
                vec!["Bridge Street", "Bërçesh\ta  b"],
            ),
            (
                "نامه<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>یادداشت</text:p></text:note-body></text:note> رسید",
                vec!["نامه{1} رسید", "یادداشت"],
            ),
            (
                "p. <text:page-number>1</text:page-number> of",
                vec!["p. {1} of"],
            ),
        ] {
            assert_eq!(
                blocks(&format!("<text:p>{inner}</text:p>")),
                wanted,
                "{inner}"
            );
        }
        assert!(
            blocks("<text:tracked-changes><text:p>old</text:p></text:tracked-changes>").is_empty()
        );
    }

    #[test]
    fn words_change_and_the_page_turns() {
        let body = "<text:p text:style-name=\"P1\">Dear <text:span text:style-name=\"T1\">Sir</text:span></text:p>\
            <text:p>47/25</text:p><text:h text:style-name=\"H\">Title</text:h>";
        let document = read(with_body(body)).unwrap();
        let mut texts: Vec<Segment> = document
            .blocks
            .iter()
            .map(|block| block.content.clone())
            .collect();
        texts[0].text = "سلام  آقا".to_owned();
        for (code, at) in texts[0].codes.iter_mut().zip([10, 16]) {
            code.at = at;
        }
        texts[2].text = "عنوان".to_owned();
        let written = document.write(&texts, &language("fa")).unwrap().bytes;
        let content = member(&written, "content.xml");
        for wanted in [
            "<text:p text:style-name=\"D1\">سلام <text:s/><text:span text:style-name=\"T1\">آقا</text:span></text:p>",
            "<text:p text:style-name=\"D2\">47/25</text:p><text:h text:style-name=\"D3\">عنوان</text:h>",
            "style:name=\"D1\" style:family=\"paragraph\"><style:paragraph-properties style:writing-mode=\"rl-tb\" fo:text-align='left'/>",
            "<style:style style:name=\"D3\" style:family=\"paragraph\" style:parent-style-name=\"H\"><style:paragraph-properties style:writing-mode=\"rl-tb\" fo:text-align=\"right\"/>",
            "<style:text-properties style:font-weight-complex=\"bold\" fo:font-weight=\"bold\"/>",
            "<style:table-properties style:writing-mode=\"rl-tb\"/>",
        ] {
            assert!(content.contains(wanted), "{wanted}\n{content}");
        }
        let styles = member(&written, "styles.xml");
        assert!(
            styles.contains("style:language-complex=\"fa\"")
                && styles.contains("<style:page-layout-properties style:writing-mode=\"rl-tb\"/>"),
            "{styles}"
        );
        // And back.
        let back = read(written).unwrap();
        assert_eq!(drawn(&back.blocks[0].content), "سلام  [1آقا]1");
        let texts = [
            Segment::plain("Letra"),
            back.blocks[1].content.clone(),
            Segment::plain("Titulli"),
        ];
        let written = back.write(&texts, &language("sq")).unwrap().bytes;
        let again = read(written.clone()).unwrap();
        let styles = Odt {
            package: Package::new(written.clone()).unwrap(),
            parts: ["styles.xml", "content.xml"]
                .map(|name| {
                    Part::read(&Package::new(written.clone()).unwrap(), name)
                        .unwrap()
                        .unwrap()
                })
                .into(),
            direction: Direction::LeftToRight,
        };
        let of_content = styles.styles().unwrap().pop().unwrap();
        let part = &styles.parts[1];
        for found in paragraphs_of(part, &part.parse().unwrap(), &of_content, 0) {
            assert_eq!(of_content.direction_of(found.node), Direction::LeftToRight);
        }
        assert_eq!(again.language, Some(language("sq-AL")));
    }

    #[test]
    fn what_is_no_text_is_refused_by_name() {
        let encrypted = archive(&[
            (
                "META-INF/manifest.xml",
                "<m><manifest:encryption-data/></m>",
            ),
            ("content.xml", "?"),
        ]);
        for (bytes, word) in [
            (encrypted, "encrypted"),
            (archive(&[("styles.xml", "<x/>")]), "no document in it"),
            (
                archive(&[("content.xml", &root("document-content", ""))]),
                "no document in it",
            ),
            (with_body("<text:p>"), "not well-formed"),
        ] {
            let error = read(bytes).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
    }

    fn body() -> impl Strategy<Value = String> {
        let leaf = prop::sample::select(vec![
            "a",
            "ç ",
            " ",
            "نامه",
            "\u{200C}",
            "<text:s/>",
            "<text:tab/>",
            "<text:line-break/>",
            "<text:date>1</text:date>",
            "<text:bookmark/>",
            "<draw:frame><text:p>ب</text:p></draw:frame>",
        ]);
        let inner = prop::collection::vec(leaf, 0..6).prop_map(|pieces| pieces.concat());
        let element = (
            inner,
            prop::sample::select(vec![
                "{}",
                "<text:a>{}</text:a>",
                "<text:span text:style-name=\"T1\">{}</text:span>",
                "<text:span text:style-name=\"T3\">{}</text:span>",
                "<text:span text:style-name=\"T2\">{}</text:span>",
            ]),
        );
        let element = element.prop_map(|(inner, around)| around.replace("{}", &inner));
        let paragraph = prop::collection::vec(element, 0..5)
            .prop_map(|pieces| format!("<text:p>{}</text:p>", pieces.concat()));
        prop::collection::vec(paragraph, 0..4).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn words_come_back_as_they_were_written(body in body(), order in 0usize..40, tag in prop::sample::select(vec!["fa", "sq", "ar"])) {
            let document = read(with_body(&body)).unwrap();
            let own: Vec<Segment> = document.blocks.iter().map(|block| block.content.clone()).collect();
            let again = read(document.write(&own, &language(tag)).unwrap().bytes).unwrap();
            let back: Vec<String> = again.blocks.iter().map(|block| drawn(&block.content)).collect();
            let texts: Vec<String> = own.iter().map(drawn).collect();
            prop_assert_eq!(back, texts);
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
            let again = read(document.write(&others, &language(tag)).unwrap().bytes).unwrap();
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
