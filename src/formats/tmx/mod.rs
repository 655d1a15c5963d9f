//! TMX 1.4, the exchange format of translation memories (LISA OSCAR, 26 April 2005).
//!
//! [`TmxReader`] streams units out of a file of version 1.1 to 1.4 in any encoding; [`TmxWriter`] streams them into a file that
//! the strict readers accept: UTF-8, all attributes that the DTD requires, notes and properties before variants and segments.
//!
//! TMX has no place for what a memory knows of a unit's document and origin. It goes into properties whose type starts with
//! `x-tarjuman-`, which this reader understands and every other one passes over. What a file carried and the DTD has no place
//! for (a foreign attribute, a foreign element) goes there too, and comes back as what it was.

mod read;
mod write;

pub use read::TmxReader;
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
        assert!(again.problems().is_empty(), "{:?}", again.problems());
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
            ["1", "2", "3", "3", "4", "4", "5", "6", "6", "6"],
            "{problems:?}"
        );
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
