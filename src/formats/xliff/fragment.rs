//! References into an XLIFF 2 file: `#f=f1/u=u1/n=n1`, `#m1`, `#t=m2`.

use crate::error::{Error, Result};

/// What a reference points at, read from left to right.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Fragment<'f> {
    pub(super) file: Option<&'f str>,
    pub(super) group: Option<&'f str>,
    pub(super) unit: Option<&'f str>,
    /// The prefix and the id of what is meant within that; a code or a segment in the source has no prefix.
    pub(super) leaf: Option<(&'f str, &'f str)>,
}

/// Prefixes of modules, and those that extensions have registered (XLIFF 2.2, fragment identification).
const MODULES: &[&str] = &[
    "gls", "mtc", "res", "mda", "ctr", "slr", "val", "fs", "its", "pgs", "tbx",
];

/// Reads what stands behind the `#`.
pub(super) fn parse(fragment: &str) -> Result<Fragment<'_>> {
    let bad = |why: &str| Error::input(format!("“#{fragment}” is no reference: {why}"));
    let mut found = Fragment::default();
    let path = fragment.strip_prefix('/').unwrap_or(fragment);
    for step in path.split('/') {
        let (prefix, id) = step.split_once('=').unwrap_or(("", step));
        if !super::schema::is_token(id) {
            return Err(bad("an id is missing or has letters that ids cannot have"));
        }
        if found.leaf.is_some() {
            return Err(bad("something stands behind what it points at"));
        }
        let place = match prefix {
            "f" => &mut found.file,
            "g" => &mut found.group,
            "u" => &mut found.unit,
            "" | "n" | "d" | "t" => {
                found.leaf = Some((prefix, id));
                continue;
            }
            _ if MODULES.contains(&prefix) => {
                found.leaf = Some((prefix, id));
                continue;
            }
            _ => return Err(bad(&format!("the prefix “{prefix}” is not known"))),
        };
        if place.replace(id).is_some() {
            return Err(bad(&format!("it names two of “{prefix}”")));
        }
        let is_late = match prefix {
            "f" => found.group.is_some() || found.unit.is_some(),
            "g" => found.unit.is_some(),
            _ => false,
        };
        if is_late {
            return Err(bad("files come before groups, and groups before units"));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_or_refused() {
        let whole = parse("/f=f1/u=u1/n=n1").unwrap();
        let (file, unit) = (whole.file, whole.unit);
        assert_eq!(
            (file, unit, whole.leaf),
            (Some("f1"), Some("u1"), Some(("n", "n1")))
        );
        assert_eq!(parse("m1").unwrap().leaf, Some(("", "m1")));
        for bad in [
            "",
            "u=1/f=1",
            "u=1/u=2",
            "f=1/d=1/u=1",
            "a/b",
            "r$d=1",
            "z=1",
            "my=1",
            "n=",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
