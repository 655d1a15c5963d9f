//! A paragraph as a row of tokens: text with its properties, line breaks, and markup that stands alone or encloses text.
//!
//! What is tracked as inserted is text, what is tracked as deleted is nothing. Of a field only a hyperlink's result is text: the others' are
//! made by the program that shows the document, so that a whole field stands alone.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use roxmltree::Node;

use super::Names;
use super::properties::Properties;
use crate::formats::tree;

/// A piece of markup of the part, to be written again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// As it stands in the paragraph.
    Raw(Range<usize>),
    /// As it stands in a run, which is made again around it.
    InRun {
        properties: Rc<Properties>,
        child: Range<usize>,
    },
}

/// What comes next in a paragraph.
#[derive(Clone, Debug)]
pub(super) enum Token {
    Text {
        properties: Rc<Properties>,
        text: String,
        source: Piece,
    },
    /// The end of a line, and not of the paragraph.
    Break(Piece),
    Alone {
        kind: &'static str,
        pieces: Vec<Piece>,
    },
    /// An element opens that has text in it.
    Open {
        kind: &'static str,
        pieces: Vec<Piece>,
    },
    /// The element that was opened last closes.
    Close(Vec<Piece>),
    /// A part of a field. None is left in what [`read`] returns.
    Field(Field, Piece),
}

#[derive(Clone, Debug)]
pub(super) enum Field {
    Begins,
    Instruction(String),
    Separates,
    Ends,
}

/// Reads a paragraph.
pub(super) fn read(text: &str, paragraph: Node<'_, '_>, names: &Names) -> Vec<Token> {
    let mut reader = Reader {
        text,
        names,
        known: HashMap::new(),
        plain: Rc::default(),
        tokens: Vec::new(),
    };
    reader.children(paragraph);
    with_fields(reader.tokens)
}

struct Reader<'a> {
    text: &'a str,
    names: &'a Names,
    /// Properties by their XML: most runs of a paragraph share a few.
    known: HashMap<&'a str, Rc<Properties>>,
    plain: Rc<Properties>,
    tokens: Vec<Token>,
}

impl<'a> Reader<'a> {
    /// Reads what stands in a paragraph or in an element inside one. The depth of the tree bounds the recursion.
    fn children(&mut self, node: Node<'_, '_>) {
        for child in node.children().filter(Node::is_element) {
            if !self.names.is_own(child) {
                let kind = match child.tag_name().name() {
                    "oMath" | "oMathPara" => "math",
                    _ => "markup",
                };
                self.alone(kind, child);
                continue;
            }
            match child.tag_name().name() {
                "pPr" | "proofErr" | "del" | "moveFrom" | "sdtPr" | "sdtEndPr" | "smartTagPr"
                | "customXmlPr" => {}
                "r" => self.run(child),
                // Their marks go when the paragraph changes, as they do when somebody accepts the change.
                "ins" | "moveTo" | "smartTag" | "customXml" => self.children(child),
                "hyperlink" => self.element("link", child, child),
                "dir" | "bdo" => self.element("direction", child, child),
                "sdt" => {
                    let content = child.children().find(|inner| {
                        self.names.is_own(*inner) && inner.tag_name().name() == "sdtContent"
                    });
                    match content {
                        Some(content) => self.element("control", child, content),
                        None => self.alone("control", child),
                    }
                }
                "fldSimple" => {
                    let instruction = self.names.attribute(child, "instr").unwrap_or_default();
                    match is_hyperlink(instruction) {
                        true => self.element("link", child, child),
                        false => self.alone("field", child),
                    }
                }
                "bookmarkStart" | "bookmarkEnd" => {
                    if !self.is_last_place(child) {
                        self.alone("bookmark", child);
                    }
                }
                "commentRangeStart" | "commentRangeEnd" => self.alone("comment", child),
                _ => self.alone("markup", child),
            }
        }
    }

    /// Word marks the place where somebody wrote last; it is made anew each time.
    fn is_last_place(&self, mark: Node<'_, '_>) -> bool {
        let is = |node: Option<Node<'_, '_>>, name: &str| {
            node.filter(|node| self.names.is_own(*node) && node.tag_name().name() == name)
                .is_some()
        };
        let id = |node: Node<'_, '_>| self.names.attribute(node, "id").map(str::to_owned);
        let start = match mark.tag_name().name() {
            "bookmarkStart" => Some(mark),
            _ => mark.prev_sibling_element(),
        };
        let end = match mark.tag_name().name() {
            "bookmarkStart" => mark.next_sibling_element(),
            _ => Some(mark),
        };
        let (Some(start), Some(end)) = (start, end) else {
            return false;
        };
        is(Some(start), "bookmarkStart")
            && is(Some(end), "bookmarkEnd")
            && self.names.attribute(start, "name") == Some("_GoBack")
            && id(start) == id(end)
    }

    /// Reads an element whose text, in `content`, is the paragraph's.
    fn element(&mut self, kind: &'static str, node: Node<'_, '_>, content: Node<'_, '_>) {
        let Some(inner) = tree::inner(self.text, content) else {
            self.alone(kind, node);
            return;
        };
        let whole = node.range();
        self.tokens.push(Token::Open {
            kind,
            pieces: vec![Piece::Raw(whole.start..inner.start)],
        });
        self.children(content);
        self.tokens
            .push(Token::Close(vec![Piece::Raw(inner.end..whole.end)]));
    }

    fn alone(&mut self, kind: &'static str, node: Node<'_, '_>) {
        self.tokens.push(Token::Alone {
            kind,
            pieces: vec![Piece::Raw(node.range())],
        });
    }

    fn run(&mut self, run: Node<'_, '_>) {
        let of_run = run
            .children()
            .find(|child| self.names.is_own(*child) && child.tag_name().name() == "rPr");
        let properties = match of_run {
            None => Rc::clone(&self.plain),
            Some(node) => {
                let xml = self.text.get(node.range()).unwrap_or_default();
                let known = self.known.entry(xml);
                Rc::clone(
                    known.or_insert_with(|| Rc::new(Properties::read(self.text, node, self.names))),
                )
            }
        };
        for child in run.children().filter(Node::is_element) {
            let piece = Piece::InRun {
                properties: Rc::clone(&properties),
                child: child.range(),
            };
            let name = match self.names.is_own(child) {
                true => child.tag_name().name(),
                false => "",
            };
            let text = match name {
                "rPr" | "lastRenderedPageBreak" | "delText" | "delInstrText" => continue,
                "t" => self.text_of(child),
                "tab" => "\t".to_owned(),
                "noBreakHyphen" => "\u{2011}".to_owned(),
                "softHyphen" => "\u{AD}".to_owned(),
                "cr" => {
                    self.tokens.push(Token::Break(piece));
                    continue;
                }
                "br" if matches!(
                    self.names.attribute(child, "type"),
                    None | Some("textWrapping")
                ) =>
                {
                    self.tokens.push(Token::Break(piece));
                    continue;
                }
                "instrText" => {
                    let instruction = child.text().unwrap_or_default().to_owned();
                    self.tokens
                        .push(Token::Field(Field::Instruction(instruction), piece));
                    continue;
                }
                "fldChar" => {
                    let field = match self.names.attribute(child, "fldCharType") {
                        Some("begin") => Field::Begins,
                        Some("separate") => Field::Separates,
                        _ => Field::Ends,
                    };
                    self.tokens.push(Token::Field(field, piece));
                    continue;
                }
                other => {
                    let kind = match other {
                        "footnoteReference" | "endnoteReference" | "footnoteRef" | "endnoteRef" => {
                            "fnote"
                        }
                        "drawing" | "pict" | "object" => "image",
                        "" if child.tag_name().name() == "AlternateContent" => "image",
                        "br" => "pb",
                        "commentReference" | "annotationRef" => "comment",
                        _ => "markup",
                    };
                    self.tokens.push(Token::Alone {
                        kind,
                        pieces: vec![piece],
                    });
                    continue;
                }
            };
            if text.is_empty() {
                continue;
            }
            self.tokens.push(match properties.has("vanish") {
                // Nobody sees it, so nobody translates it.
                true => Token::Alone {
                    kind: "hidden",
                    pieces: vec![piece],
                },
                false => Token::Text {
                    properties: Rc::clone(&properties),
                    text,
                    source: piece,
                },
            });
        }
    }

    /// The text of a `w:t`, whose outer white space counts only if it says so.
    fn text_of(&self, node: Node<'_, '_>) -> String {
        let text: String = node.children().filter_map(|child| child.text()).collect();
        let text = text.replace(['\n', '\r'], " ");
        let space = node
            .ancestors()
            .find_map(|outer| outer.attribute(("http://www.w3.org/XML/1998/namespace", "space")));
        match space {
            Some("preserve") => text,
            _ => text.trim_matches([' ', '\t']).to_owned(),
        }
    }
}

fn is_hyperlink(instruction: &str) -> bool {
    let word = instruction.split_whitespace().next();
    word.is_some_and(|word| word.eq_ignore_ascii_case("HYPERLINK"))
}

/// The pieces of a token, with those of its text.
fn pieces(token: &Token) -> Vec<Piece> {
    match token {
        Token::Text { source, .. } | Token::Break(source) | Token::Field(_, source) => {
            vec![source.clone()]
        }
        Token::Alone { pieces, .. } | Token::Open { pieces, .. } | Token::Close(pieces) => {
            pieces.clone()
        }
    }
}

/// Where a field that begins in a paragraph goes on in it.
#[derive(Clone, Copy, Debug, Default)]
struct Course {
    separates: Option<usize>,
    ends: Option<usize>,
}

/// The courses of fields by where they begin. A field that does not end in the element in which it begins does not end.
fn courses(tokens: &[Token]) -> HashMap<usize, Course> {
    let mut courses: HashMap<usize, Course> = HashMap::new();
    // Fields that are open, with the number of elements around them.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Open { .. } => depth += 1,
            Token::Close(_) => {
                while open.last().is_some_and(|(_, around)| *around >= depth) {
                    open.pop();
                }
                depth = depth.saturating_sub(1);
            }
            Token::Field(Field::Begins, _) => {
                open.push((at, depth));
                courses.insert(at, Course::default());
            }
            Token::Field(field @ (Field::Separates | Field::Ends), _) => {
                let Some((begins, around)) = open.last().copied() else {
                    continue;
                };
                if around != depth {
                    continue;
                }
                let Some(course) = courses.get_mut(&begins) else {
                    continue;
                };
                match field {
                    Field::Separates if course.separates.is_none() => course.separates = Some(at),
                    Field::Ends => {
                        course.ends = Some(at);
                        open.pop();
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    courses
}

/// The tokens with fields in one piece each, and hyperlinks that are fields as elements.
fn with_fields(tokens: Vec<Token>) -> Vec<Token> {
    if !tokens.iter().any(|token| matches!(token, Token::Field(..))) {
        return tokens;
    }
    let courses = courses(&tokens);
    let gathered = |from: usize, to: usize| -> Vec<Piece> {
        tokens
            .get(from..=to)
            .unwrap_or_default()
            .iter()
            .flat_map(pieces)
            .collect()
    };
    let mut done = Vec::with_capacity(tokens.len());
    let mut links_end = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let Token::Field(field, piece) = token else {
            done.push(token.clone());
            at += 1;
            continue;
        };
        let course = match field {
            Field::Begins => courses.get(&at).copied().unwrap_or_default(),
            Field::Ends if links_end.last() == Some(&at) => {
                links_end.pop();
                done.push(Token::Close(vec![piece.clone()]));
                at += 1;
                continue;
            }
            _ => Course::default(),
        };
        let instruction: String = tokens
            .get(at..course.separates.unwrap_or(at))
            .unwrap_or_default()
            .iter()
            .filter_map(|token| match token {
                Token::Field(Field::Instruction(text), _) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        let last = match course {
            Course {
                separates: Some(separates),
                ends: Some(ends),
            } if is_hyperlink(&instruction) => {
                done.push(Token::Open {
                    kind: "link",
                    pieces: gathered(at, separates),
                });
                links_end.push(ends);
                at = separates + 1;
                continue;
            }
            Course {
                ends: Some(ends), ..
            } => ends,
            // A table of contents begins here and ends in a later paragraph; what stands between is text.
            Course {
                separates: Some(separates),
                ends: None,
            } => separates,
            Course { .. } => at,
        };
        done.push(Token::Alone {
            kind: "field",
            pieces: gathered(at, last),
        });
        at = last + 1;
    }
    done
}
