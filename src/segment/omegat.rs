//! The rules that OmegaT has if nobody changes them, for the languages of this project.

use std::path::PathBuf;
use std::sync::LazyLock;

use serde::Deserialize;

use super::srx::{CodeHandling, LanguageMap, LanguageRules, Rule, Srx};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rules: Vec<Named>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
    languages: String,
    /// What must match before a place and behind it for the segment to go on there.
    #[serde(default)]
    goes_on: Vec<(String, String)>,
    /// What must match before a place and behind it for the segment to end there, if none of the others match.
    #[serde(default)]
    ends: Vec<(String, String)>,
}

/// The rules as an SRX document.
pub(super) fn document() -> &'static Srx {
    static DOCUMENT: LazyLock<Srx> = LazyLock::new(|| {
        let file: File = toml::from_str(include_str!("profiles/omegat.toml"))
            .expect("the rules are part of the program and a test reads them");
        let rule = |breaks: bool| {
            move |(before, after): &(String, String)| Rule {
                breaks,
                before: before.clone(),
                after: after.clone(),
                line: 0,
            }
        };
        let rules = file.rules.iter().map(|named| LanguageRules {
            name: named.name.clone(),
            rules: (named.goes_on.iter().map(rule(false)))
                .chain(named.ends.iter().map(rule(true)))
                .collect(),
        });
        let map = file.rules.iter().map(|named| LanguageMap {
            pattern: named.languages.clone(),
            rules: named.name.clone(),
            line: 0,
        });
        Srx {
            file: PathBuf::new(),
            cascade: true,
            segment_subflows: true,
            codes: CodeHandling::default(),
            language_rules: rules.collect(),
            map: map.collect(),
        }
    });
    &DOCUMENT
}
