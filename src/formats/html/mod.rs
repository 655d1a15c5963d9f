//! HTML: the text of a page in blocks, the page around it byte for byte.
//!
//! Pages are tag soup. Nothing is built anew: the page is cut into tags and texts (`tokens`), blocks are found among them by what browsers
//! do with elements (`elements`), and a changed block is written where it stood. What is said of language and direction is
//! in `direction`.

mod direction;
mod elements;
mod tokens;

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use direction::Marks;
use elements::Role;
use tokens::{StartTag, Token, TokenKind};

use super::Format;
use super::document::{Block, Document, Skeleton};
use super::in_place::{Manner, Markup, Place, Reading, Run, is_white, replaced};
use crate::error::{Problem, Result};
use crate::text::language::Language;
use crate::unit::Segment;

/// How many open elements are looked at for one that ends without its tag.
const LOOK_OUT: usize = 64;

/// Reads a page, or what a CSS selector picks of it.
///
/// # Errors
/// If the selector is none.
pub(super) fn read(text: &str, select: Option<&str>) -> Result<Document> {
    let tokens = tokens::tokens(text, select)?;
    let mut reader = Reader {
        text,
        top: Open {
            is_selected: select.is_none(),
            ..Open::default()
        },
        ..Reader::default()
    };
    for (at, token) in tokens.iter().enumerate() {
        if let TokenKind::End(name) = &token.kind {
            reader.last_ends.insert(name, at);
        }
    }
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += reader.token(token, tokens.get(at..).unwrap_or_default(), at);
    }
    reader.end_block();
    let mut problems = reader.problems;
    if let Some(css) = select
        && reader.blocks.is_empty()
    {
        problems.push(Problem::on_line(
            1,
            format!("“{css}” picks nothing that has text"),
        ));
    }
    let language = reader.marks.language().cloned();
    let skeleton = PageSkeleton {
        text: text.to_owned(),
        places: reader.places,
        marks: reader.marks,
        is_xml: text.trim_start().starts_with("<?xml"),
    };
    let mut document = Document::new(Format::Html, reader.blocks, skeleton);
    document.language = language;
    document.problems = problems;
    document.regions = reader.regions;
    Ok(document)
}

/// An element that is open.
#[derive(Clone, Debug, Default)]
struct Open {
    name: Rc<str>,
    is_untranslated: bool,
    is_selected: bool,
    keeps_space: bool,
    region: Rc<str>,
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    /// What is open, outermost first, without the innermost.
    stack: Vec<Open>,
    top: Open,
    /// How many elements of a name are open.
    counts: HashMap<Rc<str>, usize>,
    /// The last end tag of each name.
    last_ends: HashMap<&'a str, usize>,
    run: Run,
    /// Whether there was a text, or a tag besides those of `html` and `head`.
    has_begun: bool,
    /// Whether the block has lines before this one.
    has_lines: bool,
    /// Attributes of tags in the block, which come behind it.
    pending: Vec<Place>,
    places: Vec<Place>,
    blocks: Vec<Block>,
    regions: Vec<String>,
    marks: Marks,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    /// Takes one token in, or an element that is kept whole; how many tokens that is.
    fn token(&mut self, token: &'a Token, rest: &'a [Token], at: usize) -> usize {
        let is_blank = |range: &Range<usize>| {
            let text = self.text.get(range.clone()).unwrap_or_default();
            text.chars().all(is_white)
        };
        self.has_begun |= match &token.kind {
            TokenKind::Start(tag) => !matches!(tag.name.as_str(), "html" | "head"),
            TokenKind::End(_) => true,
            TokenKind::Text => !is_blank(&token.range),
            TokenKind::Doctype | TokenKind::Other => false,
        };
        match &token.kind {
            TokenKind::Text => self.text(&token.range),
            TokenKind::End(name) => self.end_tag(name, &token.range),
            TokenKind::Start(tag) => return self.start_tag(tag, &token.range, rest, at),
            TokenKind::Doctype | TokenKind::Other => {
                match token.kind {
                    // Anywhere else a doctype says nothing.
                    TokenKind::Doctype if !self.has_begun => {
                        self.marks.doctype(self.text, &token.range);
                    }
                    TokenKind::Doctype => {}
                    _ => self.marks.instruction(self.text, &token.range),
                }
                if self.is_active() {
                    self.run.alone(
                        "x-other",
                        token.range.clone(),
                        Markup::new(self.text, token.range.clone()),
                    );
                }
            }
        }
        1
    }

    /// Whether text here is for the translator.
    fn is_active(&self) -> bool {
        self.top.is_selected && !self.top.is_untranslated
    }

    fn text(&mut self, range: &Range<usize>) {
        let text = self.text.get(range.clone()).unwrap_or_default();
        if !self.is_active() {
            return;
        }
        if !self.top.keeps_space {
            return self.run.referenced(range.start, text, Reading::Running);
        }
        let mut at = range.start;
        for line in text.split_inclusive('\n') {
            self.run.referenced(at, line, Reading::Verbatim);
            at += line.len();
            if line.ends_with('\n') {
                self.end_line();
            }
        }
    }

    fn start_tag(
        &mut self,
        tag: &'a StartTag,
        range: &Range<usize>,
        rest: &'a [Token],
        at: usize,
    ) -> usize {
        let said = elements::translate(tag, self.text);
        let is_root = matches!(tag.name.as_str(), "html" | "body");
        if is_root && said == Some(false) {
            let line = 1 + self
                .text
                .get(..range.start)
                .unwrap_or_default()
                .matches('\n')
                .count() as u64;
            let message =
                "the page says that none of it is to be translated; it was read all the same";
            self.problems.push(Problem::on_line(line, message));
        }
        if elements::role(&tag.name) == Role::Block {
            self.end_block();
            self.close_implied(&tag.name);
        }
        let is_untranslated = match said.filter(|_| !is_root) {
            Some(said) => !said,
            None => self.top.is_untranslated,
        };
        let role = match elements::role(&tag.name) {
            Role::Inline if tag.name == "code" && self.top.keeps_space => Role::Opaque,
            // An inline element that stays as it is stands in its sentence as one thing.
            Role::Inline if is_untranslated && !self.top.is_untranslated => Role::Opaque,
            role => role,
        };
        let is_selected = self.top.is_selected || tag.is_selected;
        let is_active = is_selected && !is_untranslated;
        self.marks
            .tag(self.text, tag, range, is_active, !self.has_begun);
        let length = match role {
            Role::Opaque if tag.has_content => self.whole_element(&tag.name, rest, at),
            _ => 1,
        };
        let end = length.checked_sub(1).and_then(|last| rest.get(last));
        let whole = range.start..end.map_or(range.end, |token| token.range.end);
        let attributes = if is_active {
            self.attributes(tag)
        } else {
            Vec::new()
        };
        let is_entered = tag.has_content && length == 1 && role != Role::Break;
        if is_entered && is_active != self.is_active() {
            self.end_block();
        }
        // What is not entered stands in the line around it, whatever is said of its inside.
        if is_active || self.is_active() && !is_entered {
            let inner: Vec<&Place> = attributes.iter().collect();
            let markup = Markup::with_subs(self.text, whole.clone(), &inner);
            let kind = elements::kind(&tag.name);
            match role {
                Role::Block => {}
                Role::Break => self.end_line(),
                Role::Inline if tag.has_content => self.run.open(kind, &tag.name, whole, markup),
                Role::Opaque if length == 1 && tag.has_content => {
                    self.run.open(kind, &tag.name, whole, markup);
                }
                _ if elements::is_unseen(&tag.name) => self.run.alone(kind, whole, markup),
                _ => self.run.object(kind, whole, markup),
            }
        }
        self.pending.extend(attributes);
        if is_entered {
            let region = match elements::is_landmark(&tag.name) {
                true if self.top.region.is_empty() => Rc::from(tag.name.as_str()),
                true => Rc::from(format!("{}/{}", self.top.region, tag.name)),
                false => Rc::clone(&self.top.region),
            };
            let open = Open {
                name: Rc::from(tag.name.as_str()),
                is_untranslated,
                is_selected,
                keeps_space: self.top.keeps_space || matches!(tag.name.as_str(), "pre" | "listing"),
                region,
            };
            *self.counts.entry(Rc::clone(&open.name)).or_default() += 1;
            self.stack.push(std::mem::replace(&mut self.top, open));
        }
        length
    }

    fn end_tag(&mut self, name: &'a str, range: &Range<usize>) {
        let role = elements::role(name);
        let was_active = self.is_active();
        match role {
            Role::Block => self.end_block(),
            // `</br>` is a break to browsers.
            Role::Break => {
                return if was_active {
                    self.end_line();
                };
            }
            _ => {
                if was_active {
                    self.run
                        .close(name, range.clone(), Markup::new(self.text, range.clone()));
                }
            }
        }
        // What comes behind the end of a page still belongs to it, and to what was open there.
        while !matches!(name, "html" | "body")
            && self.counts.get(name).is_some_and(|count| *count > 0)
        {
            let found = *self.top.name == *name;
            self.pop();
            if found {
                break;
            }
        }
        if was_active != self.is_active() {
            self.end_block();
        }
    }

    fn pop(&mut self) {
        let Some(outer) = self.stack.pop() else {
            return;
        };
        let inner = std::mem::replace(&mut self.top, outer);
        if let Some(count) = self.counts.get_mut(&inner.name) {
            *count = count.saturating_sub(1);
        }
    }

    /// Closes what ends because an element of this name begins.
    fn close_implied(&mut self, name: &str) {
        let (closed, bounds) = elements::closes(name);
        let open = std::iter::once(&self.top).chain(self.stack.iter().rev());
        let found = open
            .take(LOOK_OUT)
            .take_while(|open| !bounds.contains(&&*open.name))
            .position(|open| closed.contains(&&*open.name));
        for _ in 0..found.map_or(0, |depth| depth + 1) {
            self.pop();
        }
    }

    /// How many tokens an element has; 1 if it has no end.
    fn whole_element(&self, name: &str, rest: &[Token], at: usize) -> usize {
        let last = match self.last_ends.get(name) {
            Some(last) if *last > at => last - at,
            _ => return 1,
        };
        let mut depth = 0_usize;
        for (place, token) in rest.iter().enumerate().take(last + 1) {
            match &token.kind {
                TokenKind::Start(tag) if tag.name == name && tag.has_content => depth += 1,
                TokenKind::End(end) if end == name => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return place + 1;
                    }
                }
                _ => {}
            }
        }
        last + 1
    }

    /// The attributes of a tag that are text.
    fn attributes(&self, tag: &StartTag) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for attribute in &tag.attributes {
            let Some(range) = attribute.value.clone() else {
                continue;
            };
            if !elements::is_text_attribute(tag, &attribute.name, self.text) {
                continue;
            }
            let value = self.text.get(range.clone()).unwrap_or_default();
            let quote = self
                .text
                .get(..range.start)
                .and_then(|before| before.chars().next_back());
            let manner = match quote {
                Some(quote @ ('"' | '\'')) => Manner::Quoted(quote),
                _ => Manner::Unquoted,
            };
            let mut run = Run::default();
            run.referenced(range.start, value, Reading::Attribute);
            let Some(mut place) = run.finish(manner).map(Place::inner) else {
                continue;
            };
            if manner == Manner::Unquoted {
                // Quotes have to be around all of it.
                place.range = range;
            }
            places.push(place);
        }
        places.sort_by_key(|place| place.range.start);
        places
    }

    /// Ends a line; the block goes on.
    fn end_line(&mut self) {
        let manner = if self.top.keeps_space {
            Manner::Verbatim
        } else {
            Manner::Running
        };
        let run = std::mem::take(&mut self.run);
        match run.finish(manner) {
            Some(place) => {
                let stands_apart = !self.has_lines;
                self.has_lines = true;
                self.add(place, stands_apart);
            }
            // An empty line in preformatted text parts paragraphs.
            None if self.top.keeps_space => self.has_lines = false,
            None => {}
        }
    }

    fn end_block(&mut self) {
        self.end_line();
        self.has_lines = false;
        for place in std::mem::take(&mut self.pending) {
            self.add(place, true);
        }
    }

    fn add(&mut self, place: Place, stands_apart: bool) {
        self.blocks.push(Block {
            content: place.content.clone(),
            stands_apart,
        });
        self.regions.push(self.top.region.to_string());
        self.places.push(place);
    }
}

/// A page without its text.
#[derive(Debug)]
struct PageSkeleton {
    text: String,
    places: Vec<Place>,
    marks: Marks,
    is_xml: bool,
}

impl Skeleton for PageSkeleton {
    fn write(&self, blocks: &[Segment], language: &Language) -> Result<Vec<u8>> {
        let changes = self.marks.changes(language);
        let render = |_, place: &Place, text: &Segment, copy: &dyn Fn(Range<usize>) -> String| {
            let mut out = String::new();
            let mut at = 0;
            let piece = |from: usize, to: usize| text.text.get(from..to).unwrap_or_default();
            for (code, markup) in place.markup(text, copy) {
                self.push_text(&mut out, piece(at, code.at), place.manner);
                out.push_str(&markup);
                at = code.at;
            }
            self.push_text(&mut out, piece(at, text.text.len()), place.manner);
            match place.manner {
                Manner::Unquoted => format!("\"{out}\""),
                _ => out,
            }
        };
        Ok(replaced(&self.text, &self.places, blocks, changes, &render).into_bytes())
    }
}

impl PageSkeleton {
    /// Writes text so that it reads as itself. Only what would be markup is written as a reference, and the no-break space, which
    /// would be taken for a blank by whoever reads the source.
    fn push_text(&self, out: &mut String, text: &str, manner: Manner) {
        let quote = match manner {
            Manner::Quoted(quote) => Some(quote),
            Manner::Unquoted => Some('"'),
            _ => None,
        };
        for letter in text.chars() {
            match letter {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                // XML knows no names but five.
                '\u{A0}' if self.is_xml => out.push_str("&#160;"),
                '\u{A0}' => out.push_str("&nbsp;"),
                '"' if quote == Some('"') => out.push_str("&quot;"),
                '\'' if quote == Some('\'') => out.push_str("&#39;"),
                letter => out.push(letter),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn page(text: &str) -> Document {
        read(text, None).unwrap()
    }

    fn texts(text: &str) -> Vec<String> {
        page(text)
            .blocks
            .into_iter()
            .map(|block| block.content.text)
            .collect()
    }

    fn written(document: &Document, texts: &[Segment], tag: &str) -> String {
        let bytes = document
            .write(texts, &Language::parse(tag).unwrap())
            .unwrap()
            .bytes;
        String::from_utf8(bytes).unwrap()
    }

    fn contents(document: &Document) -> Vec<Segment> {
        document
            .blocks
            .iter()
            .map(|block| block.content.clone())
            .collect()
    }

    /// The page with every block in capitals, codes where they were.
    fn shouted(text: &str, tag: &str) -> String {
        let document = page(text);
        let mut blocks = contents(&document);
        for block in &mut blocks {
            block.text = block.text.to_ascii_uppercase();
        }
        written(&document, &blocks, tag)
    }

    #[test]
    fn blocks_are_what_people_see_as_one_piece_of_text() {
        for (source, wanted) in [
            (
                "<p>Të dashur <b>miq</b>,<p>mirë",
                &["Të dashur miq,", "mirë"][..],
            ),
            ("<ul><li>یک<li>دو</ul>سه", &["یک", "دو", "سه"]),
            ("<p>a<br>b<br/>c</p>", &["a", "b", "c"]),
            (
                "<td>a &amp; b&nbsp;c<td>می&zwnj;خواهم",
                &["a & b\u{a0}c", "می\u{200c}خواهم"],
            ),
            ("a\n  <i>\n b</i> <!-- x --> c", &["a b c"]),
            (
                "<pre>a  b\n\n  c</pre><pre><code>x</code></pre>",
                &["a  b", "c"],
            ),
            (
                "<title>T &lt; U</title><script>'<p>no'</script><style>p{}</style>x",
                &["T < U", "x"],
            ),
            (
                "<p>see <img alt='a seal' src=x> here<p title=\"tip\">y",
                &["see  here", "a seal", "y", "tip"],
            ),
            (
                "<p translate=no>no <b>no</b></p><p>Dear <span class=\"x notranslate\">Lantern</span>,</p>",
                &["Dear ,"],
            ),
            (
                "<input type=submit value=Send><input value=x><button>Go</button>",
                &["Send", "Go"],
            ),
            (
                "<meta name=Description content='about us'><meta name=author content=x>",
                &["about us"],
            ),
            (
                "<svg><title>x</title><text>y</text></svg><textarea placeholder=w>v</textarea>",
                &["w"],
            ),
            ("<b>a<div>b</b>c</div>d", &["a", "bc", "d"]),
            ("</p></b>a</i", &["a"]),
            ("<!--[if IE]><p>x</p><![endif]--><![CDATA[ y ]]>z", &["z"]),
            ("a<p b", &["a"]),
            ("&#32;a&#10;&notit;&ampb", &["a ¬it;&b"]),
            ("<svg>a<p>b", &["a", "b"]),
            (
                "<ul><li translate=no>a<li>b <img translate=no>c</ul>",
                &["b c"],
            ),
            ("<p>a <b>b<i class=notranslate>c</b> d", &["a b", "d"]),
        ] {
            assert_eq!(texts(source), wanted, "{source}");
        }
    }

    #[test]
    fn a_changed_block_changes_its_text_and_nothing_else() {
        for (source, wanted) in [
            (
                "<p class=x >  see\n the <b title='a \"tip\"'>list</b>. </p>\n",
                "<p class=x >  SEE THE <b title='A \"TIP\"'>LIST</b>. </p>\n",
            ),
            (
                "<img alt=seal>&copy; a &lt; b",
                "<img alt=\"SEAL\">© A &lt; B",
            ),
            ("<pre>\n  a  b\n\tc\n</pre>", "<pre>\n  A  B\n\tC\n</pre>"),
            ("<a href=x><b>a</b></a><br>b", "<a href=x><b>A</b></a><br>B"),
            ("<p>a<script>a()</script> b", "<p>A<script>a()</script> B"),
            ("<p>a&nbsp;b c", "<p>A&nbsp;B C"),
            ("<img alt=\u{B}a>", "<img alt=\"A\">"),
        ] {
            assert_eq!(shouted(source, "en"), wanted);
        }
    }

    #[test]
    fn what_an_address_has_on_lines_belongs_together() {
        let apart: Vec<bool> = page("<p>a<br>b</p><p><br>c</p><pre>d\ne\n\nf</pre>")
            .blocks
            .iter()
            .map(|block| block.stands_apart)
            .collect();
        assert_eq!(apart, [true, false, true, true, false, true]);
    }

    #[test]
    fn a_page_turns_with_its_language() {
        for (source, tag, wanted) in [
            (
                "<html lang=\"en\"><head><meta charset=\"UTF-8\"></head><p dir=ltr>a<bdi dir=\"ltr\">A-12</bdi>",
                "fa",
                "<html dir=\"rtl\" lang=\"fa\"><head><meta charset=\"UTF-8\"></head><p dir=rtl>A<bdi dir=\"ltr\">A-12</bdi>",
            ),
            (
                "<HTML DIR='rtl' LANG=fa><head></head><body dir=rtl><p dir=\"ltr\">a <i dir=rtl>b</i>",
                "sq",
                "<HTML DIR='ltr' LANG=sq><head><meta charset=\"utf-8\"></head><body dir=ltr><p dir=\"ltr\">A <i dir=ltr>B</i>",
            ),
            (
                "<html><meta http-equiv='Content-Type' content='text/html; charset=windows-1256'>a",
                "ar",
                "<html lang=\"ar\" dir=\"rtl\"><meta http-equiv='Content-Type' content='text/html; charset=utf-8'>A",
            ),
            (
                "<!DOCTYPE html><body class=x>a",
                "fa",
                "<!DOCTYPE html><body lang=\"fa\" dir=\"rtl\" class=x>A",
            ),
            (
                "<!doctype html>a",
                "fa",
                "<!doctype html><html lang=\"fa\" dir=\"rtl\">A",
            ),
            ("<html lang=fa-IR>a", "fa", "<html lang=fa-IR>A"),
            (
                "<html lang dir>a",
                "ar",
                "<html lang=\"ar\" dir=\"rtl\"><meta charset=\"utf-8\">A",
            ),
            ("a<!doctype html>", "fa", "A<!doctype html>"),
            ("<!doctype ت", "fa", "<!doctype ت"),
            ("<p dir=ltr>a", "fa", "<p dir=ltr>A"),
            (
                "<?xml version='1.0' encoding='iso-8859-1'?><html lang='en' xml:lang='en'>a&nbsp;b",
                "en",
                "<?xml version='1.0' encoding='utf-8'?><html lang='en' xml:lang='en'>A&#160;B",
            ),
        ] {
            assert_eq!(shouted(source, tag), wanted);
        }
    }

    #[test]
    fn a_selector_picks_and_a_bad_one_is_refused() {
        let source = "<title>t</title><nav>n</nav><main><p>a <i>b</i></p></main><p>see <em class=y>c</em> d</p>";
        for (css, wanted) in [
            ("main", &["a b"][..]),
            ("nav, .y", &["n", "c"]),
            ("p > em", &["c"]),
            ("table", &[]),
        ] {
            let page = read(source, Some(css)).unwrap();
            let found: Vec<_> = page
                .blocks
                .iter()
                .map(|block| block.content.text.as_str())
                .collect();
            assert_eq!(found, wanted, "{css}");
            assert_eq!(page.problems.is_empty(), !wanted.is_empty());
        }
        let error = read(source, Some("p >")).unwrap_err();
        assert!(error.to_string().contains("p >"), "{error}");
    }

    #[test]
    fn blocks_know_their_landmarks() {
        let page = read("<header><nav>a</nav>b</header><main><p>c</main>", None).unwrap();
        assert_eq!(page.regions, ["header/nav", "header", "main"]);
    }

    #[test]
    fn soup_of_any_size_is_read_in_time() {
        for piece in [
            "<b>",
            "<svg>",
            "</b>",
            "<li>",
            "<template>",
            "<p>a<br>",
            "&amp",
            "<a title='x'>",
            "</",
            "<!--",
        ] {
            read(&piece.repeat(20_000), None).unwrap();
        }
    }

    const SOUP: &str = "(<p>|</p>|<b>|</b>|<i title='x y'>|</i>|<br>|<li>|<ul>|</ul>|<img alt=z>|<pre>|</pre>|<svg>|</svg>|<code>|</code>\
        |<p translate=no>|<li translate=no>|<img translate=no>|<!doctype html>|<em class=notranslate>|</em>|<span class=notranslate>|</span>|<!-- c -->|&nbsp;|&amp;|&lt|&#32;|<|&| |\n|a|b c|نامه|ë|می\u{200c}رود|\u{a0}|</|<title>|</title>){0,24}";

    /// All of a page that is no text, in order.
    fn markup(text: &str) -> Vec<String> {
        let tokens = tokens::tokens(text, None).unwrap();
        let tokens = tokens
            .iter()
            .filter(|token| !matches!(token.kind, TokenKind::Text));
        tokens
            .map(|token| text.get(token.range.clone()).unwrap().to_owned())
            .collect()
    }

    proptest! {
        #[test]
        fn new_words_leave_all_tags(source in SOUP) {
            let document = page(&source);
            let mut blocks = contents(&document);
            for block in &mut blocks {
                block.text = format!("x{}", block.text);
                for code in &mut block.codes {
                    code.at += 1;
                }
            }
            let out = written(&document, &blocks, "fa");
            let out = out.replace("<html lang=\"fa\" dir=\"rtl\">", "");
            let out = out.replace("alt=\"xz\"", "alt=z").replace("title='xx y'", "title='x y'");
            prop_assert_eq!(markup(&out), markup(&source));
        }

        #[test]
        fn own_blocks_give_the_same_page(source in SOUP) {
            let document = page(&source);
            let out = written(&document, &contents(&document), "fa");
            prop_assert_eq!(out.replacen("<html lang=\"fa\" dir=\"rtl\">", "", 1), source);
        }

        #[test]
        fn other_blocks_leave_the_rest(source in SOUP, new in "[a-zنë<>&\"' ]{1,8}") {
            let document = page(&source);
            let new = format!("x{}y", new.split_whitespace().collect::<Vec<_>>().join(" "));
            let mut blocks = contents(&document);
            for block in &mut blocks {
                block.text = new.clone();
                for code in &mut block.codes {
                    code.at = code.at.min(1);
                }
            }
            let again = page(&written(&document, &blocks, "fa"));
            let found: Vec<_> = again.blocks.iter().map(|block| block.content.text.clone()).collect();
            let wanted: Vec<_> = blocks.iter().map(|block| block.text.clone()).collect();
            prop_assert_eq!(found, wanted);
        }
    }

    #[test]
    fn fixtures_come_back() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/documents");
        for name in ["autumn-reading-evening", "tool-loan"] {
            for tag in ["ar", "en", "fa", "sq"] {
                let text =
                    std::fs::read_to_string(root.join(format!("{name}.{tag}.html"))).unwrap();
                let document = page(&text);
                assert!(document.blocks.len() > 15);
                assert_eq!(document.language.as_ref().map(Language::tag), Some(tag));
                assert_eq!(written(&document, &contents(&document), tag), text);
            }
        }
    }
}
