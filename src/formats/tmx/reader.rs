//! Who is to read a TMX file, and what that one wants of it.
//!
//! What is left out or written otherwise for a reader is what would make it refuse the file, pass over a unit, or take code for
//! text. Wherever TMX allows, it is kept in a property of this program, and is what it was when this program reads the file.

use super::{OMEGAT, codes, context, property};
use crate::text::language::Language;
use crate::unit::{Annotation, Attributes, Header, TranslationUnit, Variant};

/// Who is to read a TMX file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TmxFor {
    /// Whoever: only what all of them accept.
    #[default]
    All,
    /// OmegaT.
    OmegaT,
    /// Trados Studio.
    Trados,
    /// memoQ, and those that read its properties (XTM, `MateCat`).
    MemoQ,
    /// Weblate.
    Weblate,
    /// translate-toolkit.
    Toolkit,
}

/// How much of a segment is written, in the terms of TMX.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Level 1: the text.
    Text,
    /// Level 2: the text and its inline codes.
    Codes,
}

/// What a reader wants.
struct Wishes {
    level: Level,
    /// Properties that OmegaT would take for its own go under another name.
    hides_omegat: bool,
    /// Language tags stay as they are stored; others find only the very tag that they ask for.
    keeps_regions: bool,
    /// What stands around a segment is said as memoQ says it.
    memoq_context: bool,
}

impl TmxFor {
    fn wishes(self) -> Wishes {
        let all = Wishes {
            level: Level::Codes,
            hides_omegat: true,
            keeps_regions: false,
            memoq_context: false,
        };
        match self {
            TmxFor::All | TmxFor::OmegaT => all,
            TmxFor::Trados => Wishes {
                hides_omegat: false,
                keeps_regions: true,
                ..all
            },
            TmxFor::MemoQ => Wishes {
                hides_omegat: false,
                memoq_context: true,
                ..all
            },
            // They take the markup inside of codes for text.
            TmxFor::Weblate | TmxFor::Toolkit => Wishes {
                level: Level::Text,
                hides_omegat: false,
                ..all
            },
        }
    }

    /// How much of a segment this reader makes good use of.
    pub fn level(self) -> Level {
        self.wishes().level
    }

    /// Whether this reader wants language tags as they are stored, rather than the very tags that were asked for.
    pub fn keeps_regions(self) -> bool {
        self.wishes().keeps_regions
    }
}

/// Writes a variant under another tag of its language. Its own tag is kept in a property.
pub fn relabel(variant: &mut Variant, language: &Language) {
    if variant.language == *language {
        return;
    }
    let own = std::mem::replace(&mut variant.language, language.clone());
    variant.annotations.push(Annotation::Property {
        attributes: vec![("type".to_owned(), property::LANGUAGE.to_owned())],
        text: own.tag().to_owned(),
    });
}

/// A unit as a reader wants it; its first variant is in the source language.
pub(super) fn adapted(unit: &TranslationUnit, reader: TmxFor, level: Level) -> TranslationUnit {
    let wishes = reader.wishes();
    let mut unit = unit.clone();
    match level {
        Level::Text => unit
            .variants
            .iter_mut()
            .for_each(|variant| variant.segment.codes.clear()),
        Level::Codes => codes::make_valid(&mut unit.variants),
    }
    if wishes.memoq_context
        && let Some(source) = unit.variants.first_mut()
    {
        context::say_to_memoq(source);
    }
    adapt_annotations(&mut unit.annotations, &wishes);
    for variant in &mut unit.variants {
        adapt_annotations(&mut variant.annotations, &wishes);
    }
    unit
}

/// A header as a reader wants it.
pub(super) fn adapted_header(header: &Header, reader: TmxFor) -> Header {
    let mut header = header.clone();
    for (name, value) in &mut header.attributes {
        if name == "adminlang" {
            *value = well_formed(value).unwrap_or_else(|| "en".to_owned());
        }
    }
    adapt_annotations(&mut header.annotations, &reader.wishes());
    header
}

fn adapt_annotations(annotations: &mut [Annotation], wishes: &Wishes) {
    for annotation in annotations {
        match annotation {
            Annotation::Note { attributes, .. } => adapt_attributes(attributes),
            Annotation::Property { attributes, .. } => {
                adapt_attributes(attributes);
                match attributes.iter_mut().find(|(name, _)| name == "type") {
                    Some((_, kind)) if wishes.hides_omegat && OMEGAT.contains(&kind.as_str()) => {
                        *kind = format!("{}{kind}", property::PROPERTY);
                    }
                    Some(_) => {}
                    None => attributes.push(("type".to_owned(), String::new())),
                }
            }
            Annotation::Other(_) => {}
        }
    }
}

fn adapt_attributes(attributes: &mut Attributes) {
    attributes.retain_mut(|(name, value)| match name.as_str() {
        "type" | "o-encoding" => true,
        "xml:lang" | "lang" => match well_formed(value) {
            Some(tag) => {
                *value = tag;
                true
            }
            None => false,
        },
        _ => false,
    });
}

/// A language tag in its canonical spelling, if it has the form of one.
fn well_formed(tag: &str) -> Option<String> {
    let tag = Language::from_file(tag).tag().to_owned();
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let starts = tag.starts_with(|letter: char| letter.is_ascii_alphabetic());
    (starts && tag.split('-').all(is_part)).then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::tmx::{TmxReader, TmxWriter};

    /// What a reader gets of a file whose units are written for it.
    fn written(tmx: &str, reader: TmxFor) -> String {
        let mut file = TmxReader::new(tmx.as_bytes()).unwrap();
        let mut out = Vec::new();
        let mut writer =
            TmxWriter::for_reader(&mut out, file.header(), reader, reader.level()).unwrap();
        while let Some(unit) = file.next_unit().unwrap() {
            writer.write(&unit).unwrap();
        }
        writer.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    fn with(en: &str, fa: &str) -> String {
        format!(
            "<tmx><header srclang='en' segtype='odd'/><body><tu creationdate='2020'><prop type='prev'>Dear Sir,</prop>\
             <tuv xml:lang='en'><seg>{en}</seg></tuv><tuv xml:lang='fa'><seg>{fa}</seg></tuv></tu></body></tmx>"
        )
    }

    #[test]
    fn codes_are_made_valid() {
        for (source, wanted) in [
            (
                "<bpt i='a'>b</bpt>x<ept i='a'/>",
                "<bpt i=\"1\">b</bpt>x<ept i=\"1\"/>",
            ),
            ("<bpt i='1'/>x", "<it pos=\"begin\"/>x"),
            ("x<ept i='1' x='2'/>", "x<it pos=\"end\"/>"),
            ("<it>a</it>x", "<ph>a</ph>x"),
            (
                "<g id='1'>x</g>",
                "<bpt i=\"1\">&lt;g id=\"1\"&gt;</bpt>x<ept i=\"1\">&lt;/g&gt;</ept>",
            ),
            ("<x id='1'/>x", "<ph>&lt;x id=\"1\"/&gt;</ph>x"),
            ("<ph id='1' x='one'/>x", "<ph/>x"),
            ("<hi type='b'>x</hi>", "<hi type=\"b\">x</hi>"),
        ] {
            let text = written(&with(source, "نامه"), TmxFor::All);
            assert!(
                text.contains(&format!("<seg>{wanted}</seg>")),
                "{source}: {text}"
            );
            assert!(written(&with(source, "نامه"), TmxFor::Weblate).contains("<seg>x</seg>"));
        }
        // The same number in both, or none.
        let both = "<ph x='1'/>x";
        assert!(written(&with(both, both), TmxFor::All).contains("<ph x=\"1\"/>"));
        assert!(!written(&with(both, "نامه"), TmxFor::All).contains(" x="));
    }

    #[test]
    fn what_is_hidden_from_a_reader_comes_back() {
        let file = with("Thank you.", "سپاسگزارم.");
        let omegat = written(&file, TmxFor::OmegaT);
        assert!(omegat.contains("\"x-tarjuman-property-prev\""), "{omegat}");
        assert!(!omegat.contains("\"2020\"") && omegat.contains("segtype=\"sentence\""));
        let memoq = written(&file, TmxFor::MemoQ);
        assert!(
            memoq.contains("x-context-pre\">&lt;seg&gt;Dear Sir,&lt;/seg&gt;<"),
            "{memoq}"
        );
        let unit = |tmx: &str| {
            let mut reader = TmxReader::new(tmx.as_bytes()).unwrap();
            let unit = reader.next_unit().unwrap().unwrap();
            (
                reader
                    .header()
                    .clone()
                    .attributes
                    .contains(&("segtype".into(), "odd".into())),
                unit,
            )
        };
        assert_eq!(unit(&omegat), unit(&file));
    }
}
