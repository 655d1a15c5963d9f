//! How other tools say what stands before and after a segment.
//!
//! Each has properties of its own for it. They are read as context, and stay in the unit as they came. Hashes of a context (Trados,
//! XTM, `GlobalLink`) say nothing that could be compared with a text; they are kept like any other property.

use crate::formats::xml::{Node, XmlReader};
use crate::text::language::Language;
use crate::unit::{Annotation, Attributes, TranslationUnit, Variant, attribute};

/// How a tool names the segments around a segment.
struct Dialect {
    previous: &'static str,
    next: &'static str,
    form: Form,
}

/// What stands in such a property.
enum Form {
    /// The text.
    Text,
    /// A `<seg>` with its codes, as XML.
    Segment,
}

/// The tools that say it, on the variant in the source language or on the unit.
const DIALECTS: &[Dialect] = &[
    // OmegaT, on the unit.
    Dialect {
        previous: "prev",
        next: "next",
        form: Form::Text,
    },
    // memoQ on the variant; MateCat, MyMemory and XTM use the same names.
    Dialect {
        previous: MEMOQ.0,
        next: MEMOQ.1,
        form: Form::Segment,
    },
    // Phrase, on the variant. It may put the segment's key there, which is then what the context is.
    Dialect {
        previous: "context_prev",
        next: "context_next",
        form: Form::Text,
    },
    // XTM, on the unit.
    Dialect {
        previous: "x-previous-source-text",
        next: "x-next-source-text",
        form: Form::Text,
    },
];

/// memoQ's names for what stands before and after.
const MEMOQ: (&str, &str) = ("x-context-pre", "x-context-post");

/// What stands before and after the segment in the source language, as a foreign property says it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Neighbours {
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
}

/// The place of the variant in the source language: the very tag, else the same language, else the first.
pub(super) fn source_of(attributes: &Attributes, variants: &[Variant], header: &str) -> usize {
    let tag = attribute(attributes, "srclang").unwrap_or(header);
    let source = Language::from_file(tag);
    let place = |fits: &dyn Fn(&Language) -> bool| {
        variants.iter().position(|variant| fits(&variant.language))
    };
    place(&|language| *language == source)
        .or_else(|| place(&|language| source.accepts(language)))
        .unwrap_or(0)
}

/// What the properties of a unit say of the variant at a place.
pub(super) fn neighbours(unit: &TranslationUnit, source: usize) -> Neighbours {
    let Some(variant) = unit.variants.get(source) else {
        return Neighbours::default();
    };
    let said = |name: fn(&Dialect) -> &'static str| {
        DIALECTS.iter().find_map(|dialect| {
            let text = property(&variant.annotations, name(dialect))
                .or_else(|| property(&unit.annotations, name(dialect)))?;
            let text = match dialect.form {
                Form::Text => text.to_owned(),
                Form::Segment => text_of(text).unwrap_or_else(|| text.to_owned()),
            };
            (!text.trim().is_empty()).then_some(text)
        })
    };
    Neighbours {
        previous: said(|dialect| dialect.previous),
        next: said(|dialect| dialect.next),
    }
}

/// Fills in what stands around the source variant, unless the file says it in this program's own way.
pub(super) fn fill(unit: &mut TranslationUnit, source: usize) {
    let own = |variant: &Variant| variant.previous.is_some() || variant.next.is_some();
    if unit.variants.iter().any(own) {
        return;
    }
    let found = neighbours(unit, source);
    if let Some(variant) = unit.variants.get_mut(source) {
        variant.previous = found.previous;
        variant.next = found.next;
    }
}

/// Whether a reader of the unit's properties would find out by itself what stands around its variants.
pub(super) fn speaks_for_itself(unit: &TranslationUnit, source: usize) -> bool {
    let found = neighbours(unit, source);
    let nothing = Neighbours::default();
    unit.variants.iter().enumerate().all(|(place, variant)| {
        let found = if place == source { &found } else { &nothing };
        variant.previous == found.previous && variant.next == found.next
    })
}

/// Says in memoQ's way what stands around a variant, unless it is said so already.
pub(super) fn say_to_memoq(variant: &mut Variant) {
    for (kind, text) in [(MEMOQ.0, &variant.previous), (MEMOQ.1, &variant.next)] {
        if let Some(text) = text
            && property(&variant.annotations, kind).is_none()
        {
            variant.annotations.push(Annotation::Property {
                attributes: vec![("type".to_owned(), kind.to_owned())],
                text: format!("<seg>{}</seg>", crate::formats::xml::escaped_text(text)),
            });
        }
    }
}

fn property<'a>(annotations: &'a [Annotation], kind: &str) -> Option<&'a str> {
    annotations.iter().find_map(|annotation| match annotation {
        Annotation::Property { attributes, text }
            if attribute(attributes, "type") == Some(kind) =>
        {
            Some(text.as_str())
        }
        _ => None,
    })
}

/// The text of a `<seg>` without its codes; `None` if it is no XML.
fn text_of(xml: &str) -> Option<String> {
    if !xml.trim_start().starts_with('<') {
        return None;
    }
    let mut reader = XmlReader::with_encoding(xml.as_bytes(), None).ok()?;
    let (mut text, mut codes) = (String::new(), 0_usize);
    loop {
        match reader.next().ok()? {
            Node::Open { name, .. } => {
                if codes > 0 || matches!(name.as_str(), "bpt" | "ept" | "ph" | "it" | "ut") {
                    codes += 1;
                }
            }
            Node::Close { .. } => codes = codes.saturating_sub(1),
            Node::Text(piece) if codes == 0 => text.push_str(&piece),
            Node::Text(_) => {}
            Node::End => return Some(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dialect_is_understood() {
        let text = "Të dashur miq,";
        let segment = "<seg>Të <bpt i='1'>&lt;b&gt;</bpt>dashur<ept i='1'/> miq,</seg>";
        for (kind, value, on_unit) in [
            ("prev", text, true),
            ("x-context-pre", segment, false),
            ("x-context-pre", text, false),
            ("context_prev", text, false),
            ("x-previous-source-text", text, true),
        ] {
            let said = Annotation::Property {
                attributes: vec![("type".into(), kind.into())],
                text: value.into(),
            };
            let mut unit = TranslationUnit {
                variants: vec![
                    Variant::plain(Language::from_file("fa"), "نامه"),
                    Variant::plain(Language::from_file("sq"), "letra"),
                ],
                ..TranslationUnit::default()
            };
            let source = source_of(&unit.attributes, &unit.variants, "SQ-al");
            assert_eq!(source, 1);
            match on_unit {
                true => unit.annotations.push(said),
                false => unit.variants[1].annotations.push(said),
            }
            fill(&mut unit, source);
            assert_eq!(unit.variants[1].previous.as_deref(), Some(text), "{kind}");
            assert_eq!(unit.variants[0].previous, None);
            assert!(speaks_for_itself(&unit, source));
            assert!(!speaks_for_itself(&unit, 0));
        }
    }
}
