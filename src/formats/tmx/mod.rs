//! TMX 1.4, the exchange format of translation memories (LISA OSCAR, 26 April 2005).
//!
//! [`TmxReader`] streams units out of a file of version 1.1 to 1.4 in any encoding; [`TmxWriter`] streams them into a file that
//! the strict readers accept: UTF-8, all attributes that the DTD requires, notes and properties before variants and segments.
//!
//! What other tools want differs; [`TmxFor`] names a reader, and the file is then what that one takes whole (`codes` and `reader`
//! say how). What stands around a segment is read in the ways of several tools (`context`).
//!
//! TMX has no place for what a memory knows of a unit's document and origin. It goes into properties whose type starts with
//! `x-tarjuman-`, which this reader understands and every other one passes over. What a file carried and the DTD has no place
//! for (a foreign attribute, a foreign element) goes there too, and comes back as what it was.

mod codes;
mod context;
mod oddities;
mod read;
mod reader;
mod write;

pub use read::TmxReader;
pub use reader::{Level, TmxFor, relabel};
pub use write::TmxWriter;

/// Properties of this program, by type.
mod property {
    pub(super) const DOCUMENT: &str = "x-tarjuman-document";
    pub(super) const POSITION: &str = "x-tarjuman-position";
    pub(super) const CONFIDENCE: &str = "x-tarjuman-alignment-confidence";
    pub(super) const PREVIOUS: &str = "x-tarjuman-previous";
    pub(super) const NEXT: &str = "x-tarjuman-next";
    /// A foreign attribute: the rest of the type is its name.
    pub(super) const ATTRIBUTE: &str = "x-tarjuman-attribute-";
    /// A foreign element, as XML.
    pub(super) const ELEMENT: &str = "x-tarjuman-element";
    /// A property that a reader would take for its own: the rest of the type is its name.
    pub(super) const PROPERTY: &str = "x-tarjuman-property-";
    /// The language of a variant, if it is written under a shorter or longer tag.
    pub(super) const LANGUAGE: &str = "x-tarjuman-language";
}

/// Properties that OmegaT takes for its own: a unit that has one is valid in one place of one project only.
const OMEGAT: &[&str] = &[
    "file", "id", "prev", "next", "path", "x-ice", "x-100pc", "x-auto",
];

/// The attributes that a header must have.
const REQUIRED: &[&str] = &[
    "creationtool",
    "creationtoolversion",
    "segtype",
    "o-tmf",
    "adminlang",
    "srclang",
    "datatype",
];

/// Whether an attribute may stand on an element with this value; what may not is kept in a property.
fn fits(element: &str, attribute: &str, value: &str) -> bool {
    allows(element, attribute)
        && match attribute {
            "creationdate" | "changedate" | "lastusagedate" => is_date(value),
            "usagecount" => !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()),
            "segtype" => matches!(value, "block" | "paragraph" | "sentence" | "phrase"),
            _ => true,
        }
}

/// Whether a date is written as TMX wants it: `20250131T235959Z`.
fn is_date(value: &str) -> bool {
    let number = |from: usize, to: usize| -> Option<u32> {
        let digits = value.get(from..to)?;
        let all = digits.bytes().all(|byte| byte.is_ascii_digit());
        all.then(|| digits.parse().ok()).flatten()
    };
    value.len() == 16
        && value.get(8..9) == Some("T")
        && value.ends_with('Z')
        && number(0, 4).is_some()
        && number(4, 6).is_some_and(|month| (1..=12).contains(&month))
        && number(6, 8).is_some_and(|day| (1..=31).contains(&day))
        && number(9, 11).is_some_and(|hour| hour < 24)
        && number(11, 13).is_some_and(|minute| minute < 60)
        && number(13, 15).is_some_and(|second| second < 60)
}

/// The attributes that the DTD allows on an inline code.
fn is_code_attribute(element: &str, attribute: &str) -> bool {
    matches!(
        (element, attribute),
        ("bpt", "i" | "x" | "type")
            | ("ept", "i")
            | ("ph", "x" | "assoc" | "type")
            | ("it", "pos" | "x" | "type")
            | ("hi", "x" | "type")
            | ("ut", "x")
            | ("sub", "datatype" | "type")
    )
}

/// The attributes that the DTD allows on an element; on others everything is let through.
fn allows(element: &str, attribute: &str) -> bool {
    let shared = [
        "o-encoding",
        "datatype",
        "usagecount",
        "lastusagedate",
        "creationtool",
        "creationtoolversion",
        "creationdate",
        "creationid",
        "changedate",
        "changeid",
        "o-tmf",
    ];
    match element {
        "header" => {
            !matches!(attribute, "usagecount" | "lastusagedate")
                && (shared.contains(&attribute)
                    || matches!(attribute, "segtype" | "adminlang" | "srclang"))
        }
        "tu" => shared.contains(&attribute) || matches!(attribute, "tuid" | "segtype" | "srclang"),
        "tuv" => shared.contains(&attribute),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::TranslationUnit;

    fn units(tmx: &str) -> (Vec<TranslationUnit>, Vec<String>) {
        let mut reader = TmxReader::new(tmx.as_bytes()).unwrap();
        let mut units = Vec::new();
        while let Some(unit) = reader.next_unit().unwrap() {
            units.push(unit);
        }
        let problems = reader.problems().iter().map(ToString::to_string);
        (units, problems.collect())
    }

    fn written(reader_header: &crate::unit::Header, units: &[TranslationUnit]) -> String {
        let mut out = Vec::new();
        let mut writer = TmxWriter::new(&mut out, reader_header).unwrap();
        for unit in units {
            writer.write(unit).unwrap();
        }
        writer.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    const RICH: &str = r##"<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="*all*" datatype="html" odd="o">
<note xml:lang="sq">shënim</note><prop type="p">v</prop><ude name="u" base="b"><map unicode="#xF8FF" code="#xF0" ent="Apple"/></ude></header>
<body><tu tuid="1" srclang="en" creationdate="20250101T000000Z" colour="red"><note>n</note><prop type="x-a">1</prop><prop type="x-a">2</prop><extra deep="1"><e/></extra>
<tuv xml:lang="EN-us" changeid="z"><prop type="q">r</prop><seg>A <bpt i="1" type="bold">&lt;b&gt;</bpt>bold<ept i="1">&lt;/b&gt;</ept> <hi type="x">word<ph x="2">img <sub type="alt">the <it pos="begin">i</it>alt</sub></ph></hi>.</seg></tuv>
<tuv lang="fa"><seg>متنی  «تازه»‌.</seg></tuv></tu></body></tmx>"##;

    #[test]
    fn everything_survives_being_read_and_written() {
        let mut reader = TmxReader::new(RICH.as_bytes()).unwrap();
        let header = reader.header().clone();
        let unit = reader.next_unit().unwrap().unwrap();
        assert!(reader.next_unit().unwrap().is_none());
        let text = written(&header, std::slice::from_ref(&unit));
        let mut again = TmxReader::new(text.as_bytes()).unwrap();
        assert_eq!(again.header(), &header, "{text}");
        assert_eq!(again.next_unit().unwrap().unwrap(), unit, "{text}");
        let wrong: Vec<_> = again.problems().iter().filter(|one| !one.is_note).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(unit.variants[0].segment.text, "A bold word.");
        assert_eq!(unit.variants[0].language.tag(), "en-US");
        assert_eq!(unit.variants[1].segment.text, "متنی  «تازه»‌.");
        // What the DTD does not know is in properties, so that strict readers accept the file.
        assert!(!text.contains(" colour=") && !text.contains("<extra") && !text.contains(" odd="));
    }

    #[test]
    fn damage_inside_is_told_and_passed_over() {
        let (units, problems) = units(
            "<tmx><body>\n<tu/>\n<tu><tuv><seg>x</seg></tuv></tu>\n<tu><tuv xml:lang='en'/></tu>\n<oops/>\n\
             <tu>stray<tuv xml:lang='en'><seg>good</seg><seg>two</seg></tuv><note>late</note></tu></body></tmx>",
        );
        assert_eq!(units.len(), 1);
        assert_eq!(units[0].variants[0].segment.text, "good");
        let lines: Vec<_> = problems
            .iter()
            .map(|problem| problem.split(':').next().unwrap())
            .collect();
        assert_eq!(
            lines,
            ["1", "2", "3", "3", "4", "4", "5", "6", "6", "6", "6"],
            "{problems:?}"
        );
    }

    #[test]
    fn what_is_odd_is_told_and_kept() {
        let good = "<tuv xml:lang='sq'><seg>Faleminderit.</seg></tuv>";
        let header = "<header srclang='en' creationtool='t' creationtoolversion='1' segtype='sentence' o-tmf='x' adminlang='en' datatype='x'/>";
        let with = |version: &str, header: &str, unit: &str| {
            let text = format!("<tmx version='{version}'>{header}<body>{unit}</body></tmx>");
            let mut reader = TmxReader::new(text.as_bytes()).unwrap();
            let mut count = 0;
            while let Some(unit) = reader.next_unit().unwrap() {
                count += usize::from(unit.is_translation());
            }
            let problems = reader.problems().iter();
            let wrong = problems
                .filter(|one| !one.is_note)
                .map(|one| one.message.clone());
            (count, wrong.collect::<Vec<_>>())
        };
        let unit = |tu: &str, tuv: &str, seg: &str| {
            format!("<tu{tu}><tuv xml:lang='en'{tuv}>{seg}</tuv>{good}</tu>")
        };
        let plain = unit("", "", "<seg>Thanks.</seg>");
        for (version, own) in [
            ("1.1", header),
            ("1.4b", header),
            ("1.4", "<header srclang='en-GB'/>"),
        ] {
            assert_eq!(
                with(version, own, &plain),
                (1, Vec::new()),
                "{version} {own}"
            );
        }
        for (version, header, unit, said) in [
            ("2.0", header, plain.clone(), "TMX 2.0"),
            ("1.4", "<header/>", plain.clone(), "srclang"),
            (
                "1.4",
                "<header srclang='de'/>",
                plain.clone(),
                "source language de",
            ),
            (
                "1.4",
                header,
                unit(" creationdate='2020-01-01'", "", "<seg>a</seg>"),
                "creationdate",
            ),
            (
                "1.4",
                header,
                unit("", " usagecount='-1'", "<seg>a</seg>"),
                "usagecount",
            ),
            (
                "1.4",
                header,
                unit("", " colour='red'", "<seg>a</seg>"),
                "colour",
            ),
            (
                "1.4",
                header,
                unit("", "", "<seg><it x='1'/>a</seg>"),
                "pos",
            ),
            (
                "1.4",
                header,
                unit("", "", "<seg><bpt i='1'/>a</seg>"),
                "never closed",
            ),
            (
                "1.4",
                header,
                unit("", "", "<seg>a<ept i='1'/></seg>"),
                "closes nothing",
            ),
            (
                "1.4",
                header,
                unit("", "", "<seg>a<ph id='1'/></seg>"),
                "the attribute id",
            ),
            (
                "1.4",
                header,
                unit("", "", "<seg>a</seg><seg>b</seg>"),
                "second <seg>",
            ),
            (
                "1.4",
                header,
                unit("", "", "<prop type='x'><seg>b</seg></prop><seg>a</seg>"),
                "inside <prop>",
            ),
        ] {
            let (count, problems) = with(version, header, &unit);
            assert_eq!((count, problems.len()), (1, 1), "{said}: {problems:?}");
            assert!(problems[0].contains(said), "{problems:?}");
        }
        let empty =
            "<tu><tuv xml:lang='en'><seg> </seg></tuv><tuv xml:lang='sq'><seg>b</seg></tuv></tu>";
        let (count, problems) = with("1.4", header, empty);
        assert!(
            count == 0 && problems[0].contains("en has no text"),
            "{problems:?}"
        );
    }

    /// The deepest that XML may be here, read on the small stack of a thread.
    #[test]
    fn codes_inside_codes_are_read_as_deep_as_is_allowed() {
        let nested = |depth: usize| {
            let (open, close) = ("<ph><sub>".repeat(depth), "</sub></ph>".repeat(depth));
            format!(
                "<tmx><header srclang='en'/><body><tu><tuv xml:lang='en'><seg>{open}{close}x</seg></tuv></tu></body></tmx>"
            )
        };
        let (units, problems) = units(&nested(250));
        assert_eq!(units.len(), 1);
        assert!(problems.iter().any(|problem| problem.contains("16 deep")));
        let text = nested(300);
        let mut reader = TmxReader::new(text.as_bytes()).unwrap();
        assert!(reader.next_unit().is_err());
    }

    #[test]
    fn what_is_no_tmx_or_is_cut_short_is_refused() {
        let refused = |text: &str| -> String {
            match TmxReader::new(text.as_bytes()) {
                Err(error) => error.to_string(),
                Ok(mut reader) => loop {
                    match reader.next_unit() {
                        Ok(Some(_)) => {}
                        Ok(None) => panic!("{text}"),
                        Err(error) => break error.to_string(),
                    }
                },
            }
        };
        assert!(refused("<html/>").contains("<html>"));
        assert!(refused("").contains("no XML"));
        assert!(refused(RICH.split_at(RICH.len() - 20).0).contains("cut short"));
        assert!(refused("<tmx><header/></tmx>").contains("<body>"));
    }
}
