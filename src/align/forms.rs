//! What a word can be recognised by in another edition without a dictionary: a number by its digits, a word that two languages share
//! by its letters. Names are recognised by their sounds (`names.rs`).

use crate::text::tokens::ascii_digits;

/// Something that a word of another language may share.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// The digits of a number.
    Digits(String),
    /// A day, whatever calendar it is written in.
    Day(i64),
    /// The first letters of a word in Latin script, without their marks.
    Letters(String),
    /// A word in Arabic script, in the letters that its languages share.
    Script(String),
}

/// The forms of a word as it stands in a text.
pub(super) fn forms(word: &str, is_number: bool) -> Vec<Form> {
    if is_number || word.chars().all(|letter| letter.is_ascii_digit()) {
        return vec![Form::Digits(ascii_digits(word))];
    }
    let mut found = Vec::new();
    let first = word.chars().next().unwrap_or(' ');
    if first.is_ascii() || matches!(first, 'Ç' | 'ç' | 'Ë' | 'ë' | 'À'..='ɏ') {
        let letters: String = word
            .to_lowercase()
            .chars()
            .map(plain_latin)
            .filter(char::is_ascii_alphabetic)
            .collect();
        let start: String = letters.chars().take(5).collect();
        if start.len() == 5 || (first.is_uppercase() && start.len() == 4) {
            found.push(Form::Letters(start));
        }
    } else {
        let letters: String = word.chars().filter_map(shared_letter).collect();
        if letters.chars().nth(2).is_some() {
            found.push(Form::Script(letters.trim_start_matches("ال").to_owned()));
        }
    }
    found
}

fn plain_latin(letter: char) -> char {
    match letter {
        'ë' => 'e',
        'ç' => 'c',
        'á' | 'à' | 'â' => 'a',
        'é' | 'è' | 'ê' => 'e',
        'í' | 'ì' | 'î' => 'i',
        'ó' | 'ò' | 'ô' => 'o',
        'ú' | 'ù' | 'û' => 'u',
        letter => letter,
    }
}

/// Whether a word as it stands in a text can be a name: it has a capital, or its language has none.
pub(super) fn may_be_name(word: &str, language: &str) -> bool {
    let first = word.chars().next().unwrap_or(' ');
    first.is_uppercase() || (first.is_alphabetic() && !matches!(language, "en" | "sq"))
}

/// A letter in the form that Persian and Arabic share; `None` for marks.
fn shared_letter(letter: char) -> Option<char> {
    let shared = match letter {
        'ی' | 'ى' | 'ئ' => 'ي',
        'ک' => 'ك',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ة' => 'ه',
        'ؤ' => 'و',
        'ء' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{200C}' | '\u{200D}' => {
            return None;
        }
        letter => letter,
    };
    Some(shared)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(a: &str, b: &str) -> bool {
        let of = |word: &str| forms(word, word.chars().any(|letter| letter.is_numeric()));
        of(a).iter().any(|form| of(b).contains(form))
    }

    #[test]
    fn words_are_recognised_in_other_editions() {
        assert!(share("1404", "۱۴۰۴"));
        assert!(share("Përparim", "Perparim"));
        assert!(share("کتاب", "الكتاب"));
        assert!(share("library", "librari"));
        assert!(!share("1404", "۱۴۰۵"));
        assert!(!share("Miriam", "کتاب"));
        assert!(may_be_name("Miriam", "en") && may_be_name("مریم", "fa"));
        assert!(!may_be_name("marine", "en") && !may_be_name("۱۴", "fa"));
    }

    #[test]
    fn any_word_has_forms_or_none() {
        for word in ["", "ـ", "\u{200C}", "A", "Ç", "١", "😀", "ß", "ﷺ"] {
            let _ = (
                forms(word, false),
                forms(word, true),
                may_be_name(word, "fa"),
            );
        }
    }
}
