//! A document taken apart: its text in blocks with inline codes, and a skeleton that puts them together again.
//!
//! What is common to all formats stands here; each format has a file that makes a [`Document`] of bytes. A block is what people
//! see as one piece of text: a paragraph, a heading, a cell, a line of an address, the description of an image. Everything
//! else of the file is the skeleton's and comes back as it was.
//!
//! **Codes.** Markup inside a block is kept as inline codes in the terms of TMX: a pair is `bpt` and `ept` with one number `i`,
//! what stands alone is `ph` (or `it`, if its partner is in another block) with a number `x`. Numbers count from 1 through a
//! block, pairs and lone codes together, so that a number and a role name a code. The attribute `type` says what it is (`bold`,
//! `italic`, `ulined`, `link`, `image`, `fnote` …), and the content is the native markup. A text that comes from elsewhere names
//! codes by number; the markup that is written is always the block's own.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::charset::{Charset, declared_in_page, read_text};
use super::{Format, docx, html, markdown, odt, plain, srt};
use crate::error::{Error, Problem, Result};
use crate::text::language::Language;
use crate::unit::{CodeContent, CodeRole, CodeSide, InlineCode, Segment, attribute};

/// A document in one language, taken apart.
#[derive(Clone, Debug)]
pub struct Document {
    /// What sort of file it is.
    pub format: Format,
    /// Its text, in reading order.
    pub blocks: Vec<Block>,
    /// What was odd and passed over.
    pub problems: Vec<Problem>,
    /// The language that the file says it is in.
    pub language: Option<Language>,
    /// Of a page, for each block the landmarks that it stands in (`header/nav`; empty if in none); nothing of other formats.
    pub regions: Vec<String>,
    skeleton: Arc<dyn Skeleton>,
    /// How its bytes are to be made of the skeleton's UTF-8, if it is a text.
    charset: Option<Charset>,
}

/// How a document is to be read. By default everything is found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// What sort of file it is.
    pub format: Option<Format>,
    /// The encoding of a text, by its name on the web (`windows-1256`); a byte order mark outweighs it.
    pub encoding: Option<String>,
    /// Of a page, only what stands in elements that this CSS selector matches.
    pub select: Option<String>,
}

/// A document that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What had to be done otherwise than was wished.
    pub problems: Vec<Problem>,
}

/// A piece of text in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The text and its codes. It has text, and no white space or code at its ends that says nothing of it.
    pub content: Segment,
    /// Whether it stands apart from the block before it, as a paragraph does; a line of an address does not.
    pub stands_apart: bool,
}

/// What is left of a file without its text.
pub(super) trait Skeleton: fmt::Debug + Send + Sync {
    /// The file with other texts in its blocks, in a language. There is one text for each block, and it has the codes of its block,
    /// each once, in any order. Marks of direction and language are set for the language where the format has them. A block whose text is
    /// as it was is written byte for byte as it was, marks of direction aside.
    fn write(&self, blocks: &[Segment], language: &Language) -> Result<Vec<u8>>;
}

impl Document {
    pub(super) fn new(
        format: Format,
        blocks: Vec<Block>,
        skeleton: impl Skeleton + 'static,
    ) -> Self {
        Document {
            format,
            blocks,
            problems: Vec::new(),
            language: None,
            regions: Vec::new(),
            skeleton: Arc::new(skeleton),
            charset: None,
        }
    }

    /// Takes the bytes of a file apart. The path is not opened; it says the format where the content does not.
    ///
    /// # Errors
    /// If they are of no format that is read as a document, or damaged; the error says the line where there is one.
    pub fn from_bytes(bytes: Vec<u8>, path: &Path, options: &ReadOptions) -> Result<Self> {
        let format = match options.format {
            Some(format) => format,
            None => Format::of(&bytes, path)?,
        };
        if options.select.is_some() && format != Format::Html {
            let message = format!(
                "a part is selected of HTML only, and this is {}",
                format.name()
            );
            return Err(Error::request(message));
        }
        if format.is_bilingual() {
            let message = format!(
                "this is {}, which holds segments beside their translations",
                format.name()
            );
            return Err(Error::input(message));
        }
        match format {
            Format::Docx => return docx::read(bytes),
            Format::Odt => return odt::read(bytes),
            _ => {}
        }
        let declared = match format {
            Format::Html => declared_in_page(&bytes),
            _ => None,
        };
        let encoding = options.encoding.as_deref().or(declared);
        let (text, charset, guess) = read_text(&bytes, encoding)?;
        let mut document = match format {
            Format::Html => html::read(&text, options.select.as_deref())?,
            Format::Markdown => markdown::read(&text)?,
            Format::Srt => srt::read(&text)?,
            _ => plain::read(&text),
        };
        // A page says its encoding itself, and says UTF-8 from now on.
        document.charset = (format != Format::Html).then_some(charset);
        document.problems.splice(0..0, guess);
        Ok(document)
    }

    /// The file with other texts in its blocks, in order, for a language; what is not given stays. Codes are those of the blocks: a text's
    /// codes name them by number, what names none is left out, and what no text names is put at its end, so that no footnote is lost.
    ///
    /// # Errors
    /// If the format cannot hold it.
    pub fn write(&self, texts: &[Segment], language: &Language) -> Result<Written> {
        let mut problems = Vec::new();
        let blocks = self.blocks.iter().enumerate();
        let texts: Vec<Segment> = blocks
            .map(|(index, block)| match texts.get(index) {
                Some(text) => with_codes_of(&block.content, text),
                None => block.content.clone(),
            })
            .collect();
        let mut bytes = self.skeleton.write(&texts, language)?;
        if let Some(charset) = self.charset
            && let Ok(text) = str::from_utf8(&bytes)
        {
            let (encoded, is_utf8_instead) = charset.encode(text);
            if is_utf8_instead {
                let message = format!(
                    "written in UTF-8, because {} lacks some of the letters",
                    charset.name()
                );
                problems.push(Problem {
                    line: None,
                    message,
                    is_note: false,
                });
            }
            bytes = encoded;
        }
        Ok(Written { bytes, problems })
    }
}

/// A text with the codes of a block in the place of its own, each once.
pub(super) fn with_codes_of(block: &Segment, text: &Segment) -> Segment {
    let named = block.codes.iter().enumerate();
    let mut left: HashMap<(CodeSide, &str), usize> = named
        .filter_map(|(index, code)| Some((code.name()?, index)))
        .collect();
    let mut used = vec![false; block.codes.len()];
    let mut codes = Vec::with_capacity(block.codes.len());
    for code in &text.codes {
        let index = code.name().and_then(|name| left.remove(&name));
        if let Some((own, used)) =
            index.and_then(|index| block.codes.get(index).zip(used.get_mut(index)))
        {
            *used = true;
            codes.push(InlineCode {
                at: code.at,
                ..own.clone()
            });
        }
    }
    let lost = block.codes.iter().zip(used).filter(|(_, used)| !used);
    codes.extend(lost.map(|(code, _)| InlineCode {
        at: text.text.len(),
        ..code.clone()
    }));
    Segment {
        text: text.text.clone(),
        codes,
    }
}

/// Puts a block together out of text and markup, in the order in which they stand.
#[derive(Debug, Default)]
pub(super) struct BlockBuilder {
    content: Segment,
    /// The numbers of the pairs that are open.
    open: Vec<usize>,
    count: usize,
}

/// A block with what stood at its ends and says nothing of it: white space, and codes that enclose all of it or none.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Trimmed {
    /// What stood before.
    pub(super) lead: Segment,
    /// The block; empty if there is no text.
    pub(super) content: Segment,
    /// What stood behind.
    pub(super) tail: Segment,
}

impl BlockBuilder {
    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        self.content.text.push_str(text);
    }

    /// Adds markup that opens a pair, and says its number. Kinds are those of TMX: `bold`, `italic`, `ulined`, `link` …, or a name of our own.
    pub(super) fn open(&mut self, kind: &str, native: &str) -> usize {
        self.count += 1;
        self.open.push(self.count);
        self.push("bpt", "i", self.count, Some(kind), native);
        self.count
    }

    /// Adds markup that opens a pair and has text in it that is translated elsewhere.
    pub(super) fn open_with(&mut self, kind: &str, content: Vec<CodeContent>) {
        self.open(kind, "");
        self.set_content(content);
    }

    /// Adds markup that closes the pair opened last, as content.
    pub(super) fn close_with(&mut self, content: Vec<CodeContent>) {
        self.close("");
        self.set_content(content);
    }

    /// Adds markup that closes the pair opened last, and says its number; if none is open, it stands alone.
    pub(super) fn close(&mut self, native: &str) -> usize {
        if let Some(number) = self.open.pop() {
            self.push("ept", "i", number, None, native);
            return number;
        }
        self.count += 1;
        self.push("it", "x", self.count, None, native);
        self.mark_isolated("end");
        self.count
    }

    /// Adds markup that stands alone, and says its number.
    pub(super) fn alone(&mut self, kind: &str, native: &str) -> usize {
        self.count += 1;
        self.push("ph", "x", self.count, Some(kind), native);
        self.count
    }

    /// Adds markup that stands alone and has text in it that is translated elsewhere.
    pub(super) fn alone_with(&mut self, kind: &str, content: Vec<CodeContent>) {
        self.alone(kind, "");
        self.set_content(content);
    }

    fn set_content(&mut self, content: Vec<CodeContent>) {
        if let Some(code) = self.content.codes.last_mut() {
            code.content = content;
        }
    }

    fn push(&mut self, element: &str, name: &str, number: usize, kind: Option<&str>, native: &str) {
        let mut attributes = vec![(name.to_owned(), number.to_string())];
        attributes.extend(kind.map(|kind| ("type".to_owned(), kind.to_owned())));
        let content = if native.is_empty() {
            Vec::new()
        } else {
            vec![CodeContent::Native(native.to_owned())]
        };
        self.content.codes.push(InlineCode {
            at: self.content.text.len(),
            element: element.to_owned(),
            role: CodeRole::Alone,
            attributes,
            content,
        });
    }

    fn mark_isolated(&mut self, position: &str) {
        if let Some(code) = self.content.codes.last_mut() {
            code.attributes
                .insert(0, ("pos".to_owned(), position.to_owned()));
        }
    }

    /// The block, with what says nothing at its ends taken off.
    pub(super) fn finish(mut self) -> Trimmed {
        // A pair that is not closed here closes in another block.
        let open: HashSet<String> = self.open.iter().map(usize::to_string).collect();
        for code in &mut self.content.codes {
            let number = attribute(&code.attributes, "i")
                .unwrap_or_default()
                .to_owned();
            if code.element == "bpt" && open.contains(&number) {
                code.element = "it".to_owned();
                code.attributes = [("pos", "begin"), ("x", &number)]
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .into_iter()
                    .chain(code.attributes.drain(..).filter(|(name, _)| name == "type"))
                    .collect();
            }
        }
        trimmed(self.content)
    }
}

/// Takes white space and codes off the ends of a text; of a pair, both or none.
fn trimmed(content: Segment) -> Trimmed {
    let Segment { text, mut codes } = content;
    let inner = text.trim_matches(is_blank);
    if inner.is_empty() {
        return Trimmed {
            lead: Segment { text, codes },
            ..Trimmed::default()
        };
    }
    let start = text.len() - text.trim_start_matches(is_blank).len();
    let end = start + inner.len();
    // Codes before the first letter and behind the last; those whose partner stands in the text stay with it.
    let mut before = codes.iter().take_while(|code| code.at <= start).count();
    let mut after = codes.len() - codes.iter().rev().take_while(|code| code.at >= end).count();
    loop {
        let (left, right) = (
            codes.get(..before).unwrap_or_default(),
            codes.get(after..).unwrap_or_default(),
        );
        let number = |code: &InlineCode| attribute(&code.attributes, "i").map(str::to_owned);
        let mut outside: HashMap<String, usize> = HashMap::new();
        for number in left.iter().chain(right).filter_map(number) {
            *outside.entry(number).or_default() += 1;
        }
        let has_partner_inside = |code: &InlineCode| {
            number(code).is_some_and(|number| outside.get(&number).is_none_or(|count| *count < 2))
        };
        let keeps_left = left.iter().position(has_partner_inside);
        let keeps_right = right.iter().rposition(has_partner_inside);
        match (keeps_left, keeps_right) {
            (None, None) => break,
            (left, right) => {
                before = left.unwrap_or(before);
                after = right.map_or(after, |at| after + at + 1);
            }
        }
    }
    let mut tail = codes.split_off(after);
    let mut inner_codes = codes.split_off(before);
    // A code that stays with its text forces the white space between them to stay too.
    let start = inner_codes.first().map_or(start, |code| code.at.min(start));
    let end = inner_codes.last().map_or(end, |code| code.at.max(end));
    for code in &mut codes {
        code.at = code.at.min(start);
    }
    for code in &mut inner_codes {
        code.at -= start;
    }
    for code in &mut tail {
        code.at = code.at.max(end) - end;
    }
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default().to_owned();
    Trimmed {
        lead: Segment {
            text: part(0, start),
            codes,
        },
        content: Segment {
            text: part(start, end),
            codes: inner_codes,
        },
        tail: Segment {
            text: part(end, text.len()),
            codes: tail,
        },
    }
}

/// White space that says nothing at the end of a block. A no-break space does.
fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{B}' | '\u{C}')
}

/// A text with its codes, for tests to look at: `[1` opens, `]1` closes, `{1}` stands alone.
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails may panic")]
pub(super) fn drawn(segment: &Segment) -> String {
    let mut out = String::new();
    let mut at = 0;
    for code in &segment.codes {
        out.push_str(segment.text.get(at..code.at).unwrap());
        at = code.at;
        let (element, number) = (code.element.as_str(), code.name().unwrap().1);
        out.push_str(&match element {
            "bpt" => format!("[{number}"),
            "ept" => format!("]{number}"),
            _ => format!("{{{number}}}"),
        });
    }
    out + segment.text.get(at..).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A text with the markup of its codes.
    fn plain(segment: &Segment) -> String {
        let mut out = String::new();
        let mut at = 0;
        for code in &segment.codes {
            out.push_str(segment.text.get(at..code.at).unwrap());
            at = code.at;
            for content in &code.content {
                let CodeContent::Native(native) = content else {
                    continue;
                };
                out.push_str(native);
            }
        }
        out + segment.text.get(at..).unwrap()
    }

    /// `<` opens, `>` closes, `^` stands alone.
    fn built(marked: &str) -> Trimmed {
        let mut builder = BlockBuilder::default();
        for letter in marked.chars() {
            match letter {
                '<' => {
                    builder.open("bold", "<");
                }
                '>' => {
                    builder.close(">");
                }
                '^' => {
                    builder.alone("image", "^");
                }
                letter => builder.text(letter.encode_utf8(&mut [0; 4])),
            }
        }
        builder.finish()
    }

    #[test]
    fn a_block_keeps_the_codes_that_say_something_of_it() {
        for (marked, lead, content, tail) in [
            ("  <Të dashur> miq, ", "  ", "<Të dashur> miq,", " "),
            ("<<دوستان>>^", "<<", "دوستان", ">>^"),
            ("^ <a> b < c>", "^ ", "<a> b < c>", ""),
            ("< a> b", "", "< a> b", ""),
            ("a < b", "", "a < b", ""),
            (" ^ ", " ^ ", "", ""),
            (">a<", ">", "a", "<"),
        ] {
            let trimmed = built(marked);
            let parts = [&trimmed.lead, &trimmed.content, &trimmed.tail].map(plain);
            assert_eq!(parts, [lead, content, tail], "{marked}");
        }
    }

    #[test]
    fn texts_name_codes_by_number_and_lose_none() {
        let block = built("a <b> ^ c").content;
        let text = built("^ x <y").content;
        // The first number of the text's own is that of a lone code, which the block has not; the second pair's end is missing.
        let codes = with_codes_of(&block, &text);
        assert_eq!(plain(&codes).matches(['<', '>', '^']).count(), 3);
        let same = with_codes_of(&block, &block);
        assert_eq!(same, block);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_at_the_ends(marked in "[<>^ a-cلçë\u{a0}\n]{0,24}") {
            let trimmed = built(&marked);
            let whole: String = [&trimmed.lead, &trimmed.content, &trimmed.tail].map(plain).concat();
            prop_assert_eq!(whole, marked);
            prop_assert!(!trimmed.lead.text.contains(|letter: char| !letter.is_whitespace()));
        }
    }
}
