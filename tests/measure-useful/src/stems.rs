//! Light stems: the commonest endings and clitics of a word cut off. A native reader should check the lists.

/// A word in lower case without its commonest endings; the word itself in other languages.
pub fn light<'a>(word: &'a str, tag: &str) -> &'a str {
    match tag {
        "en" => without_end(word, ENGLISH, 3),
        "sq" => without_end(word, ALBANIAN, 3),
        "fa" => without_end(without_start(word, PERSIAN_START, 2), PERSIAN, 2),
        "ar" => without_end(without_start(word, ARABIC_START, 3), ARABIC, 3),
        _ => word,
    }
}

// Longer endings before shorter ones that they end in.
const ENGLISH: &[&str] = &["'s", "ings", "ing", "ies", "ied", "ed", "es", "s", "y", "e"];
const ALBANIAN: &[&str] = &[
    "ave", "eve", "ëve", "ive", "uan", "uar", "ën", "it", "ut", "in", "un", "së", "se", "të", "te",
    "et", "ët", "at", "ja", "je", "ve", "en", "ia", "i", "u", "a", "e", "ë", "t", "n",
];
const PERSIAN_START: &[&str] = &["نمی\u{200C}", "می\u{200C}", "نمی", "می"];
const PERSIAN: &[&str] = &[
    "\u{200C}هایشان",
    "\u{200C}هایمان",
    "\u{200C}هایتان",
    "\u{200C}های",
    "\u{200C}ها",
    "هایشان",
    "هایی",
    "های",
    "ها",
    "\u{200C}اند",
    "\u{200C}ایم",
    "\u{200C}اید",
    "\u{200C}ام",
    "\u{200C}ای",
    "\u{200C}اش",
    "شان",
    "مان",
    "تان",
    "ان",
    "ند",
    "یم",
    "ید",
    "ی",
    "م",
    "ت",
    "ش",
    "ٔ",
];
const ARABIC_START: &[&str] = &[
    "وبال", "وال", "فال", "بال", "كال", "ولل", "لل", "ال", "و", "ف",
];
const ARABIC: &[&str] = &[
    "هما", "كما", "ها", "هم", "هن", "كم", "نا", "ات", "ون", "ين", "ان", "وا", "ته", "ية", "ه", "ة",
    "ي", "ك", "ت",
];

fn without_end<'a>(word: &'a str, ends: &[&str], least: usize) -> &'a str {
    let cut = ends.iter().filter_map(|end| word.strip_suffix(end));
    cut.into_iter()
        .find(|rest| rest.chars().count() >= least)
        .unwrap_or(word)
}

fn without_start<'a>(word: &'a str, starts: &[&str], least: usize) -> &'a str {
    let cut = starts.iter().filter_map(|start| word.strip_prefix(start));
    cut.into_iter()
        .find(|rest| rest.chars().count() >= least)
        .unwrap_or(word)
}
