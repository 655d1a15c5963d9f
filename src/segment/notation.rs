//! The pieces that patterns of rules are made of: classes of characters, and words in the cases they are written in.
//!
//! They use only what ICU, Java, .NET and Rust read alike: no look-around, no `\b`, no `\s` (which knows ASCII only in Java),
//! characters as they are or by their four hexadecimal digits, nothing outside the Basic Multilingual Plane (.NET counts UTF-16
//! units). And they are made so that an engine that finds only matches that do not overlap, such as OmegaT's, finds those that count:
//! what may stand before a word is one character that no match ends with, and no pattern for what follows runs over a terminator.

/// White space, inside a class: the property of Unicode.
macro_rules! spaces {
    () => {
        r" \t\n\r\f\u000B\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"
    };
}

/// Marks that nobody sees, inside a class: joiners, directions, soft hyphens.
macro_rules! hidden {
    () => {
        r"\u00AD\u200B-\u200F\u061C\u202A-\u202E\u2060\u2066-\u2069\uFEFF"
    };
}

pub(super) const IN_SPACE: &str = spaces!();

pub(super) const SPACE: &str = concat!("[", spaces!(), "]");

pub(super) const HIDDEN: &str = concat!("[", hidden!(), "]*");

/// White space, what opens a quotation, a bracket or a turn of a dialogue, and marks that nobody sees.
pub(super) const OPENING: &str = concat!(
    "[",
    spaces!(),
    r#""'“”„«»‹›‘’\(\[\{–—•·\*_\-"#,
    hidden!(),
    "]*"
);

/// What may stand between a terminator and the white space behind it: closing quotes and brackets, marks that nobody sees. `“` closes
/// in Albanian and German, and behind a terminator nothing opens.
pub(super) const CLOSING: &str = concat!(r#"["”“»›’'′″\)\]\}\*_"#, hidden!(), "]*");

/// Ends of sentences. U+06D4 is the full stop of Urdu, which comes into Persian with imported text.
pub(super) const TERMINATOR: &str = r"[.!?؟…\u06D4‼⁇⁈⁉！？]";

/// Those that ask or exclaim.
pub(super) const ASKING: &str = r"[!?؟‼⁇⁈⁉！？]";

pub(super) const FULL_STOP: &str = r"[.\u06D4]";

/// Before a word: the start, or a character that no word and no abbreviation holds. An apostrophe and a joiner do belong to one.
pub(super) const BOUNDARY: &str = r"(?:^|[^\p{L}\p{M}\p{N}.\u06D4'’_\u200C\u200D])";

/// Behind a word.
pub(super) const WORD_END: &str = r"(?:[^\p{L}\p{M}\p{N}]|$)";

/// Roman numerals; `I` alone counts where it is no word.
pub(super) const ROMAN: &str = r"(?:[VXLC][IVXLC]*|I[IVX]+)";

/// `[5]`, `[5–7]`
pub(super) const FOOTNOTE: &str = r"\[\p{Nd}[\p{Nd},–\-]{0,10}\]";

/// `:-)`
pub(super) const SMILEY: &str = r"[:;]['’]?-?[\)\(DPp|]";

/// Footnote marks, up to four in a row.
pub(super) fn footnotes() -> String {
    format!("{FOOTNOTE}{}", up_to(3, FOOTNOTE))
}

/// One to ten symbols such as hearts and faces: neither bullets nor signs of mathematics and money.
pub(super) fn symbols() -> String {
    const SYMBOL: &str = r"[^\p{L}\p{M}\p{N}\p{P}\p{Sc}\p{Sm}\p{Sk}\p{Z}\p{Cc}\p{Cf}\u2190-\u21FF\u25A0-\u25FF\u2605\u2606\u2610-\u2612\u2713-\u271A\u2794-\u27BF][\uFE0F\u200D]?";
    format!("{SYMBOL}{}", up_to(9, SYMBOL))
}

/// A part that may stand there several times or not at all. It is written out, because some engines allow only patterns whose
/// length is known to them.
pub(super) fn up_to(times: usize, part: &str) -> String {
    format!("(?:{part})?").repeat(times)
}

/// A capital follows.
pub(super) fn upper() -> String {
    format!(r"{SPACE}{OPENING}\p{{Lu}}")
}

pub(super) fn alternation(mut words: Vec<String>) -> String {
    words.sort_unstable();
    words.dedup();
    match words.as_slice() {
        [word] => format!("(?:{word})"),
        words => format!("(?:{})", words.join("|")),
    }
}

/// Entries as the file has them: without a capital in any case, with one as they are or in capitals.
pub(super) fn any_case(words: &[String]) -> String {
    let mut forms = Vec::new();
    for word in words {
        if word.chars().any(char::is_uppercase) {
            forms.push(escaped(word));
            forms.push(escaped(&word.to_uppercase()));
        } else {
            forms.push(both_cases(word));
        }
    }
    alternation(forms)
}

/// Entries with a capital at their start, or all in capitals.
pub(super) fn capitalised(words: &[String]) -> String {
    let mut forms: Vec<String> = words.iter().map(|word| capital(word)).collect();
    forms.extend(words.iter().map(|word| escaped(&word.to_uppercase())));
    alternation(forms)
}

/// Entries all in capitals.
pub(super) fn capitals(words: &[String]) -> String {
    alternation(
        words
            .iter()
            .map(|word| escaped(&word.to_uppercase()))
            .collect(),
    )
}

/// A word with a capital at its start.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    escaped(&format!("{first}{}", letters.as_str()))
}

/// A word in any case: `[Nn][Rr]`.
pub(super) fn both_cases(word: &str) -> String {
    let mut pattern = String::new();
    for letter in word.chars() {
        let upper: String = letter.to_uppercase().collect();
        if upper.chars().eq([letter]) {
            pattern.push_str(&escaped_letter(letter));
        } else {
            pattern.push_str(&format!("[{upper}{letter}]"));
        }
    }
    pattern
}

pub(super) fn escaped(word: &str) -> String {
    word.chars().map(escaped_letter).collect()
}

pub(super) fn escaped_letter(letter: char) -> String {
    match letter {
        // Blanks may stand behind a full stop within: p. sh.
        '.' => format!(r"\.{SPACE}?"),
        // A joiner keeps the form of a letter and may be there or not: ه‍.ش
        '\u{200C}' | '\u{200D}' => format!("\\u{:04X}?", u32::from(letter)),
        letter if letter.is_ascii_punctuation() => format!("\\{letter}"),
        letter => letter.to_string(),
    }
}
