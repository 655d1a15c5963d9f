//! Laws of the whole way through: file to memory to file.

use proptest::prelude::*;

use crate::support::{Place, file, undated};
use tarjuman::formats::tmx::TmxReader;

/// Export, import into an empty memory, export: the same bytes apart from dates.
fn survives(tmx: &std::path::Path) {
    let place = Place::new();
    let export = |memory: &str, to: &str| place.run(&["export", "-m", memory, "-o", to]).ok();
    place
        .run(&["import", "-m", "1.sqlite", tmx.to_str().unwrap()])
        .ok();
    export("1.sqlite", "1.tmx");
    place.run(&["import", "-m", "2.sqlite", "1.tmx"]).ok();
    export("2.sqlite", "2.tmx");
    assert!(
        undated(&place.read("1.tmx")) == undated(&place.read("2.tmx")),
        "{}",
        tmx.display()
    );
}

#[test]
fn the_starter_memory_survives() {
    survives(&file("memories/letters.tmx"));
}

#[test]
fn every_tmx_fixture_survives() {
    let mut count = 0;
    for entry in std::fs::read_dir(file("fixtures/tmx")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "tmx") {
            survives(&path);
            count += 1;
        }
    }
    assert!(count > 0);
}

/// A file can say in this program's own properties what it likes; what is written is always TMX again.
#[test]
fn hostile_properties_and_foreign_namespaces_survive() {
    let place = Place::new();
    let tmx = place.write(
        "hostile.tmx",
        "<tmx version='1.4' xmlns:k='u:k'><header srclang='en' k:shelf='3'><prop type='x-tarjuman-element'>&lt;ude</prop>\
         <prop type='x-tarjuman-attribute-srclang'>fa</prop></header><body>\
         <tu tuid='1' k:a='2'><prop type='x-tarjuman-attribute-tuid'>2</prop><prop type='x-tarjuman-position'>many</prop>\
         <prop type='x-tarjuman-alignment-confidence'>900</prop><note k:id='3'>n</note><k:x a='1'><k:y/></k:x>\
         <tuv xml:lang='en'><seg>One <ph k:y='1'/><k:g>two</k:g>.</seg></tuv><tuv xml:lang='sq'><seg>Një.</seg></tuv></tu></body></tmx>",
    );
    survives(&tmx);
    place.run(&["import", "-m", "m.sqlite", "hostile.tmx"]).ok();
    let out = place.run(&["export", "-m", "m.sqlite", "-o", "-"]).ok();
    for kept in [
        "u:k",
        "x-tarjuman-attribute-tuid\">2<",
        "x-tarjuman-position\">many<",
        "k:id=\"3\"",
        "&lt;k:x a=",
    ] {
        assert!(out.contains(kept), "{kept} is not in {out}");
    }
    assert_eq!(out.matches(" tuid=").count(), 1);
}

#[test]
fn codes_inside_codes_survive() {
    let place = Place::new();
    let (open, close) = ("<ph>&lt;x&gt;<sub>t".repeat(100), "</sub></ph>".repeat(100));
    let tmx = place.write("deep.tmx", format!("<tmx><header/><body><tu><tuv xml:lang='en'><seg>{open}{close}</seg></tuv></tu></body></tmx>"));
    survives(&tmx);
    place.run(&["import", "-m", "m.sqlite", "deep.tmx"]).ok();
    assert!(
        place
            .run(&["export", "-m", "m.sqlite", "-o", "-"])
            .ok()
            .contains(&open)
    );
}

#[test]
fn a_two_language_export_is_what_cat_tools_want() {
    let place = Place::new();
    let tmx = file("memories/letters.tmx");
    place
        .run(&[
            "export",
            "-m",
            tmx.to_str().unwrap(),
            "--from",
            "fa",
            "--to",
            "sq",
            "-o",
            "fa-sq.tmx",
        ])
        .ok();
    let text = place.read("fa-sq.tmx");
    assert!(text.contains(" srclang=\"fa\""));
    let mut reader = TmxReader::new(text.as_bytes()).unwrap();
    let mut count = 0;
    while let Some(unit) = reader.next_unit().unwrap() {
        let tags: Vec<_> = unit
            .variants
            .iter()
            .map(|variant| variant.language.tag())
            .collect();
        assert_eq!(tags, ["fa", "sq"]);
        assert!(
            unit.variants
                .iter()
                .all(|variant| !variant.segment.text.trim().is_empty())
        );
        count += 1;
    }
    assert!(count > 400);
}

proptest! {
    /// Whatever is done to a file, the reader returns units or an error, and never more than an error.
    #[test]
    fn no_damage_makes_the_reader_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = std::fs::read(file("fixtures/tmx/everything.tmx")).unwrap();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len() * 2));
        if let Ok(mut reader) = TmxReader::new(bytes.as_slice()) {
            while let Ok(Some(_)) = reader.next_unit() {}
        }
    }
}
