//! Files of every version: read, filled, and read again.

use std::path::Path;

use super::*;
use crate::formats::Format;
use crate::formats::bilingual::{Alternative, BilingualFile, Filling, Status};
use crate::text::language::Language;
use crate::unit::{CodeContent, CodeRole, InlineCode, Segment};

fn code(at: usize, element: &str, name: &str, number: &str, native: &str) -> InlineCode {
    InlineCode {
        at,
        element: element.to_owned(),
        role: CodeRole::Alone,
        attributes: vec![(name.to_owned(), number.to_owned())],
        content: vec![CodeContent::Native(native.to_owned())],
    }
}

fn filling(target: Segment, state: XliffState) -> Filling {
    Filling {
        alternatives: vec![Alternative {
            score: 90,
            origin: "letters".to_owned(),
            source: Segment::plain("R & D"),
            target: target.clone(),
        }],
        target: Some((target, state)),
        note: None,
    }
}

fn read_str(text: &str) -> Result<BilingualFile> {
    BilingualFile::from_bytes(text.as_bytes(), Path::new("letter.xlf"))
}

fn fill(file: &BilingualFile, fillings: &[Filling], tag: &str) -> String {
    let bytes = file.fill(fillings, &Language::from_file(tag)).unwrap();
    String::from_utf8(bytes).unwrap()
}

const ONE: &str = "<xliff version='1.2' xmlns='urn:oasis:names:tc:xliff:document:1.2'>
<file original='a' datatype='plaintext' source-language='en' target-language='fa'><body>
<group translate='no'><trans-unit id='1'><source>not this</source></trans-unit></group>
<trans-unit id='2'><source>Dear <g id='7'>friends</g>,</source></trans-unit>
<trans-unit id='3'><source>One. Two. Three.</source>
 <seg-source><mrk mtype='seg' mid='0'>One.</mrk> <mrk mtype='seg' mid='1'>Two.</mrk> <mrk mtype='seg' mid='2'>Three.</mrk></seg-source>
 <target state='needs-review-translation'><mrk mtype='seg' mid='0'>یک.</mrk> <mrk mtype='seg' mid='1'/></target></trans-unit>
<trans-unit id='4' approved='yes'><source>Yes</source><target state='final'>بله</target></trans-unit>
</body></file></xliff>";

#[test]
fn a_file_of_1_2_changes_where_it_is_filled() {
    let file = read_str(ONE).unwrap();
    let said: Vec<_> = file
        .pairs
        .iter()
        .map(|pair| (pair.source.text.as_str(), pair.status))
        .collect();
    let wanted = [
        ("Dear friends,", Status::Untranslated),
        ("One.", Status::Draft),
        ("Two.", Status::Untranslated),
        ("Three.", Status::Untranslated),
        ("Yes", Status::Approved),
    ];
    assert_eq!(said, wanted);
    let none = Filling {
        target: None,
        alternatives: Vec::new(),
        note: None,
    };
    assert_eq!(fill(&file, &vec![none.clone(); 5], "fa"), ONE);
    let letter = Segment {
        text: "دوستان گرامی،".to_owned(),
        codes: vec![code(0, "bpt", "i", "1", ""), code(12, "ept", "i", "1", "")],
    };
    let all = [
        filling(letter, XliffState::Exact),
        none.clone(),
        filling(Segment::plain("دو."), XliffState::Exact),
        none.clone(),
        filling(Segment::plain("نه"), XliffState::Exact),
    ];
    let filled = fill(&file, &all, "fa");
    assert!(
        filled.contains(
            "<target state=\"translated\" state-qualifier=\"exact-match\"><g id='7'>دوستان"
        )
    );
    assert!(filled.contains(
        "<alt-trans match-quality=\"90%\" origin=\"letters\"><source>R &amp; D</source>"
    ));
    assert!(filled.contains("mid='0'>یک.</mrk> <mrk mtype='seg' mid='1'>دو.</mrk></target>"));
    // A segment of it has no translation yet, and Draft does not become more by its neighbour.
    assert!(filled.contains("state='needs-translation'"));
    assert!(filled.contains(">بله<") && !filled.contains("نه"));
}

#[test]
fn what_trados_says_of_segments_is_heard_and_told() {
    let text = "<xliff version='1.2' xmlns='urn:oasis:names:tc:xliff:document:1.2' xmlns:sdl='http://sdl.com/FileTypes/SdlXliff/1.0'><file source-language='en' target-language='sq'><body><trans-unit id='1'><source>Yes. No.</source><seg-source><mrk mtype='seg' mid='1'>Yes.</mrk> <mrk mtype='seg' mid='2'>No.</mrk></seg-source><target><mrk mtype='seg' mid='1'>Po.</mrk> <mrk mtype='seg' mid='2'></mrk></target><sdl:seg-defs><sdl:seg id='1' conf='Translated'/><sdl:seg id='2'/></sdl:seg-defs></trans-unit></body></file></xliff>";
    let file = read_str(text).unwrap();
    let statuses: Vec<Status> = file.pairs.iter().map(|pair| pair.status).collect();
    assert_eq!(statuses, [Status::Translated, Status::Untranslated]);
    let fillings =
        ["Po!", "Jo, faleminderit."].map(|text| filling(Segment::plain(text), XliffState::Fuzzy));
    let filled = fill(&file, &fillings, "sq");
    let wanted = text
        .replace(
            "mid='2'></mrk></target>",
            "mid='2'>Jo, faleminderit.</mrk></target>",
        )
        .replace("<sdl:seg id='2'", "<sdl:seg conf=\"Draft\" id='2'");
    assert_eq!(filled, wanted);
}

fn two(unit: &str) -> String {
    format!(
        "<xliff xmlns='urn:oasis:names:tc:xliff:document:2.0' version='2.0' srcLang='en'>\n<file id='f'><unit id='u'>{unit}</unit></file></xliff>"
    )
}

#[test]
fn a_file_of_2_0_changes_where_it_is_filled() {
    let text = two("<segment><source>Dear <pc id='1'>friends</pc>,<ph id='2'/></source></segment>");
    let file = read_str(&text).unwrap();
    let letter = Segment {
        text: "السادة الكرام".to_owned(),
        // The ends cross: such markup could not be written where it stands.
        codes: vec![code(3, "ept", "i", "1", ""), code(9, "bpt", "i", "1", "")],
    };
    let filled = fill(&file, &[filling(letter, XliffState::Fuzzy)], "ar");
    assert!(filled.contains("trgLang=\"ar\"") && filled.contains("ref=\"#s1\""));
    assert!(filled.contains("state=\"initial\""), "{filled}");
    assert!(
        filled.contains("<target>السادة الكرام<pc id='1'></pc><ph id='2'/></target>"),
        "{filled}"
    );
    let again = read_str(&filled).unwrap();
    assert_eq!(again.pairs[0].status, Status::Draft);
}

#[test]
fn what_breaks_the_standard_is_refused_with_its_line() {
    for (unit, said) in [
        (
            "<segment><source><ph id='1' dataRef='d'/>a</source></segment>",
            "dataRef",
        ),
        (
            "<segment><source><sc id='1'/>a</source></segment>",
            "<sc> has no <ec>",
        ),
        (
            "<segment id='1'><source><ph id='1'/>a</source></segment>",
            "is taken",
        ),
        (
            "<segment subState='a:b'><source>a</source></segment>",
            "needs a state",
        ),
        ("<ignorable><source> </source></ignorable>", "no <segment>"),
        (
            "<segment><source>a</source></segment><notes><note>b</note></notes>",
            "may not stand here",
        ),
        (
            "<segment><source><mrk id='1' type='comment'>a</mrk></source></segment>",
            "a value or a ref",
        ),
        (
            "<segment><source>a</source><target>b</target></segment>",
            "trgLang",
        ),
        ("text<segment><source>a</source></segment>", "there is text"),
    ] {
        let error = read_str(&two(unit)).unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
        assert_eq!(error.line(), Some(2));
    }
    assert!(read_str(&two("<segment><source>a</source></segment>")).is_ok());
}

#[test]
fn what_is_written_is_read_in_every_version() {
    let (en, fa) = (Language::from_file("en"), Language::from_file("fa"));
    let source = Segment {
        text: "R & D of friends".to_owned(),
        codes: vec![
            code(0, "bpt", "i", "1", "<b>"),
            code(5, "ept", "i", "1", "</b>"),
            code(9, "ph", "x", "2", "<br/>"),
        ],
    };
    let unit = |paragraph, target| XliffUnit {
        paragraph,
        source: source.clone(),
        target,
        alternatives: filling(source.clone(), XliffState::Exact).alternatives,
        context: None,
        note: Some("a < b".to_owned()),
    };
    let proposed = |text, state| Some((Segment::plain(text), state));
    for version in [
        XliffVersion::V1_2,
        XliffVersion::V2_0,
        XliffVersion::V2_1,
        XliffVersion::V2_2,
    ] {
        let mut file = XliffFile {
            head: XliffHead {
                original: "a<b.docx",
                format: Format::Docx,
                source: &en,
                target: &fa,
                at: "20250131T235959Z",
                version,
            },
            units: vec![
                unit(1, proposed("تحقیق", XliffState::Exact)),
                unit(1, proposed("مانند", XliffState::Fuzzy)),
                unit(2, None),
            ],
        };
        for approve in [false, true] {
            if approve {
                file.units[0].target = proposed("تحقیق", XliffState::Approved);
            }
            let mut out = Vec::new();
            assert_eq!(write(&file, &mut out).unwrap(), 0);
            let text = String::from_utf8(out).unwrap();
            let back = read_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
            let exact = if approve {
                Status::Approved
            } else {
                Status::Translated
            };
            let statuses: Vec<Status> = back.pairs.iter().map(|pair| pair.status).collect();
            assert_eq!(statuses, [exact, Status::Draft, Status::Untranslated]);
            let apart: Vec<bool> = back.pairs.iter().map(|pair| pair.stands_apart).collect();
            assert_eq!(apart, [true, false, true]);
            let names: Vec<&str> = back.pairs[0]
                .source
                .codes
                .iter()
                .map(|code| code.element.as_str())
                .collect();
            assert_eq!(names, ["bpt", "ept", "ph"]);
            assert_eq!(back.pairs[0].source.text, source.text);
            assert_eq!(
                back.pairs[0].source.codes[2].content,
                source.codes[2].content
            );
        }
    }
}
