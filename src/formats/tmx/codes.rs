//! Inline codes as the DTD wants them, for readers that hold a file against it.
//!
//! What can be said in TMX is said: a code without its partner is an `it`, an element of another format is a code with that element as
//! its native markup. What cannot (an attribute that the DTD does not know) is left out.

use std::collections::{HashMap, HashSet};

use super::is_code_attribute;
use super::write::code_content_as_xml;
use crate::formats::xml::open_tag;
use crate::unit::{CodeContent, CodeRole, InlineCode, Segment, Variant, attribute};

/// How deep texts may stand in codes of texts; strict parsers end at 256 elements.
const MAX_DEPTH: usize = 16;

/// Puts the codes of all variants into an order that every reader accepts.
pub(super) fn make_valid(variants: &mut [Variant]) {
    for variant in variants.iter_mut() {
        variant.segment = valid(&variant.segment, 0);
    }
    // The number x says which codes of two variants are the same: it is either right in all of them, or worth nothing.
    let marks: Option<Vec<_>> = variants.iter().map(|one| marks(&one.segment)).collect();
    let agree = marks.is_some_and(|marks| marks.windows(2).all(|two| two.first() == two.last()));
    if !agree {
        for variant in variants {
            drop_marks(&mut variant.segment);
        }
    }
}

fn valid(segment: &Segment, depth: usize) -> Segment {
    let mut codes = native(&segment.codes);
    pair(&mut codes);
    for code in &mut codes {
        let element = code.element.clone();
        code.attributes.retain(|(name, value)| {
            is_code_attribute(&element, name) && (name != "x" || is_number(value))
        });
        for content in &mut code.content {
            let CodeContent::Sub {
                element,
                attributes,
                segment,
            } = content
            else {
                continue;
            };
            if element == "sub" && depth < MAX_DEPTH {
                attributes.retain(|(name, _)| is_code_attribute("sub", name));
                *segment = valid(segment, depth + 1);
            } else {
                *content = CodeContent::Native(code_content_as_xml(content));
            }
        }
    }
    Segment {
        text: segment.text.clone(),
        codes,
    }
}

/// The codes with elements of other formats as codes of TMX.
fn native(codes: &[InlineCode]) -> Vec<InlineCode> {
    let mut found: Vec<InlineCode> = Vec::with_capacity(codes.len());
    // Where the open ones stand, and the numbers of pairs that are made here, which must not be those of others.
    let mut open: Vec<Option<(usize, String)>> = Vec::new();
    let mut made = 0;
    let mut codes = codes.iter().peekable();
    while let Some(code) = codes.next() {
        let mut code = code.clone();
        match code.role {
            CodeRole::Open if code.element == "hi" => open.push(None),
            CodeRole::Open => {
                let element = code.element.clone();
                let is_empty = codes
                    .next_if(|next| next.role == CodeRole::Close && next.at == code.at)
                    .is_some();
                let mut markup = String::new();
                open_tag(&mut markup, &element, &code.attributes);
                markup.push_str(if is_empty { "/>" } else { ">" });
                code.role = CodeRole::Alone;
                code.content = vec![CodeContent::Native(markup)];
                code.attributes.clear();
                if is_empty {
                    code.element = "ph".to_owned();
                } else {
                    made += 1;
                    code.element = "bpt".to_owned();
                    code.attributes
                        .push(("i".to_owned(), format!("made-{made}")));
                    open.push(Some((made, element)));
                }
            }
            CodeRole::Close => match open.pop() {
                Some(None) => {}
                Some(Some((number, element))) => {
                    code.role = CodeRole::Alone;
                    code.element = "ept".to_owned();
                    code.attributes = vec![("i".to_owned(), format!("made-{number}"))];
                    code.content = vec![CodeContent::Native(format!("</{element}>"))];
                }
                None => continue,
            },
            CodeRole::Alone => {}
        }
        found.push(code);
    }
    found
}

/// Gives pairs their numbers, and makes lone codes of what has no partner.
fn pair(codes: &mut [InlineCode]) {
    let mut open: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (place, code) in codes.iter().enumerate() {
        let Some(number) = attribute(&code.attributes, "i") else {
            continue;
        };
        match code.element.as_str() {
            "bpt" => open.entry(number).or_default().push(place),
            "ept" => pairs.extend(
                open.get_mut(number)
                    .and_then(Vec::pop)
                    .map(|first| (first, place)),
            ),
            _ => {}
        }
    }
    let number_of = |place: &usize| {
        let code = codes.get(*place)?;
        attribute(&code.attributes, "i").filter(|number| is_number(number))
    };
    let numbers: HashSet<_> = pairs
        .iter()
        .filter_map(|(first, _)| number_of(first))
        .collect();
    let keeps_numbers = numbers.len() == pairs.len();
    pairs.sort_unstable();
    let mut numbers: Vec<Option<String>> = vec![None; codes.len()];
    for (count, (first, last)) in (1..).zip(&pairs) {
        let number = match number_of(first) {
            Some(own) if keeps_numbers => own.to_owned(),
            _ => format!("{count}"),
        };
        for place in [first, last] {
            if let Some(slot) = numbers.get_mut(*place) {
                *slot = Some(number.clone());
            }
        }
    }
    for (code, number) in codes.iter_mut().zip(numbers) {
        let mut set = |name: &str, value: &str| {
            code.attributes.retain(|(known, _)| known != name);
            code.attributes
                .insert(0, (name.to_owned(), value.to_owned()));
        };
        match (code.element.as_str(), number) {
            ("bpt" | "ept", Some(number)) => set("i", &number),
            ("bpt", None) => {
                set("pos", "begin");
                code.element = "it".to_owned();
            }
            ("ept", None) => {
                set("pos", "end");
                code.element = "it".to_owned();
            }
            ("it", _) if matches!(attribute(&code.attributes, "pos"), Some("begin" | "end")) => {}
            ("ph" | "ut" | "hi", _) => {}
            _ => code.element = "ph".to_owned(),
        }
    }
}

/// The numbers x of a segment with the codes that have them, in order; `None` if one is used twice.
fn marks(segment: &Segment) -> Option<Vec<(String, String)>> {
    let mut found = Vec::new();
    collect_marks(segment, &mut found);
    found.sort_unstable();
    let all = found.len();
    found.dedup();
    (found.len() == all).then_some(found)
}

fn collect_marks(segment: &Segment, found: &mut Vec<(String, String)>) {
    for code in &segment.codes {
        if let Some(mark) = attribute(&code.attributes, "x") {
            found.push((code.element.clone(), mark.to_owned()));
        }
        for content in &code.content {
            if let CodeContent::Sub { segment, .. } = content {
                collect_marks(segment, found);
            }
        }
    }
}

fn drop_marks(segment: &mut Segment) {
    for code in &mut segment.codes {
        code.attributes.retain(|(name, _)| name != "x");
        for content in &mut code.content {
            if let CodeContent::Sub { segment, .. } = content {
                drop_marks(segment);
            }
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
