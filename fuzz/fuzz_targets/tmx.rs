//! TMX: any bytes are units or an error; units that were read are the same after being written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tarjuman::formats::tmx::{TmxReader, TmxWriter};

fuzz_target!(|bytes: &[u8]| {
    let Ok(mut reader) = TmxReader::new(bytes) else { return };
    let header = reader.header().clone();
    let mut out = Vec::new();
    let mut writer = TmxWriter::new(&mut out, &header).expect("a vector can be written to");
    let mut units = Vec::new();
    while let Ok(Some(unit)) = reader.next_unit() {
        writer.write(&unit).expect("a vector can be written to");
        units.push(unit);
    }
    assert_eq!(writer.finish().expect("a vector can be written to"), 0, "what was read is legal XML");
    let mut again = TmxReader::new(out.as_slice()).expect("what was written can be read");
    for unit in units {
        let back = again.next_unit().expect("what was written can be read").expect("no unit is lost");
        let texts = |unit: &tarjuman::unit::TranslationUnit| -> Vec<String> {
            unit.variants.iter().map(|variant| variant.segment.text.clone()).collect()
        };
        assert_eq!(texts(&back), texts(&unit));
    }
});
