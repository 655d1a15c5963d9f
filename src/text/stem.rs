//! Light stems: the commonest endings and clitics of a word cut off, so that another case, number or person hides no match.
//!
//! They work on loosely folded words ([`super::fold::loose`]) and know no dictionary: what is left need not be a word, it has to
//! be the same for most forms of one word and another for other words. What they gain is measured (`docs/design.md`).
//!
//! The lists are from general knowledge of the grammars; a native reader should check them.

/// A loosely folded word without its commonest endings; the word itself in a language without a list.
///
/// ```
/// use tarjuman::text::stem::light;
/// assert_eq!(light("evenings", "en"), light("evening", "en"));
/// assert_eq!(light("letrat", "sq"), light("letra", "sq"));
/// assert_eq!(light("والكتاب", "ar"), light("كتابها", "ar"));
/// assert_eq!(light("رسالتكم", "ar"), light("الرساله", "ar"));
/// assert_eq!(light("نامههای", "fa"), light("نامهها", "fa"));
/// ```
pub fn light<'w>(word: &'w str, language: &str) -> &'w str {
    match language {
        "en" => without_end(word, ENGLISH, 3),
        "sq" => without_end(word, ALBANIAN, 3),
        "fa" => without_end(without_start(word, PERSIAN_STARTS, 2), PERSIAN, 2),
        "ar" => without_end(without_start(word, ARABIC_STARTS, 3), ARABIC, 3),
        _ => word,
    }
}

// Longer endings stand before shorter ones that they end in.
const ENGLISH: &[&str] = &["'s", "ings", "ing", "ies", "ied", "ed", "es", "s", "y", "e"];
const ALBANIAN: &[&str] = &[
    "ave", "eve", "ive", "uan", "uar", "en", "it", "ut", "in", "un", "se", "te", "et", "at", "ja",
    "je", "ve", "ia", "i", "u", "a", "e", "t", "n",
];
const PERSIAN_STARTS: &[&str] = &["نمی", "می"];
const PERSIAN: &[&str] = &[
    "هایشان",
    "هایمان",
    "هایتان",
    "هایی",
    "های",
    "ها",
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
];
const ARABIC_STARTS: &[&str] = &[
    "وبال", "وال", "فال", "بال", "كال", "ولل", "لل", "ال", "و", "ف",
];
const ARABIC: &[&str] = &[
    "تهما", "تكما", "هما", "كما", "تها", "تهم", "تهن", "تكم", "تنا", "ها", "هم", "هن", "كم", "نا",
    "ات", "ون", "ين", "ان", "وا", "ته", "تي", "تك", "يه", "ه", "ي", "ك", "ت",
];

/// Cuts the first of some endings off that leaves at least so many letters.
fn without_end<'w>(word: &'w str, endings: &[&str], least: usize) -> &'w str {
    let last = word.as_bytes().last();
    let likely = endings
        .iter()
        .filter(|ending| ending.as_bytes().last() == last);
    let cut = likely.filter_map(|ending| word.strip_suffix(ending));
    longer_than(cut, least).unwrap_or(word)
}

fn without_start<'w>(word: &'w str, starts: &[&str], least: usize) -> &'w str {
    let cut = starts.iter().filter_map(|start| word.strip_prefix(start));
    longer_than(cut, least).unwrap_or(word)
}

fn longer_than<'w>(mut cut: impl Iterator<Item = &'w str>, least: usize) -> Option<&'w str> {
    cut.find(|rest| rest.chars().nth(least - 1).is_some())
}
