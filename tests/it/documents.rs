//! Documents that show what the program does are compared with what it does.

use crate::support::file;

/// Holds a document to a text that stands in it between two marks, `<!-- NAME -->` and `<!-- end -->`. With `UPDATE=1` in the
/// environment the document is written anew instead.
pub(crate) fn keeps(document: &str, name: &str, text: &str) {
    let path = file(document);
    let whole = std::fs::read_to_string(&path).unwrap();
    let start = format!("<!-- {name} -->\n");
    let (before, rest) = whole
        .split_once(&start)
        .unwrap_or_else(|| panic!("{document} has no mark for {name}"));
    let (_, after) = rest
        .split_once("<!-- end -->")
        .unwrap_or_else(|| panic!("{name} has no end in {document}"));
    let wanted = format!("{before}{start}{text}<!-- end -->{after}");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    } else {
        assert_eq!(
            whole, wanted,
            "{document}: {name} (UPDATE=1 cargo test writes it anew)"
        );
    }
}
