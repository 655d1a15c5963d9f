//! What a word can be recognised by in another edition without a dictionary: a number by its digits, a name by its consonants,
//! a word that two languages share by its letters.

use crate::text::tokens::ascii_digits;

/// Something that a word of another language may share.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// The digits of a number.
    Digits(String),
    /// A day, whatever calendar it is written in.
    Day(i64),
    /// The consonants of a name, or of a word in a script that does not show names, as classes of sounds.
    Sounds(String),
    /// The first letters of a word in Latin script, without their marks.
    Letters(String),
    /// A word in Arabic script, in the letters that its languages share.
    Script(String),
}

/// The forms of a word as it stands in a text.
pub(super) fn forms(word: &str, language: &str, is_number: bool) -> Vec<Form> {
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
        if first.is_uppercase() || !matches!(language, "en" | "sq") {
            let sounds = latin_sounds(&letters);
            if sounds.len() >= 3 {
                found.push(Form::Sounds(sounds));
            }
        }
    } else {
        let letters: String = word.chars().filter_map(shared_letter).collect();
        if letters.chars().nth(2).is_some() {
            found.push(Form::Script(letters.trim_start_matches("ال").to_owned()));
        }
        let sounds: String = letters
            .trim_start_matches("ال")
            .chars()
            .filter_map(arabic_sound)
            .collect();
        if sounds.len() >= 3 {
            found.push(Form::Sounds(sounds));
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

/// Classes of consonants: sounds that spellings of one name change into one another are one. Vowels, and the consonants that
/// stand for them or come and go, are none.
fn latin_sounds(letters: &str) -> String {
    let mut sounds = String::new();
    let mut letters = letters.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let sound = match (letter, next) {
            ('p', Some('h')) => 'F',
            ('t' | 'd', Some('h')) => 'T',
            ('s' | 'c', Some('h')) | ('x', Some('h')) | ('z', Some('h')) => 'S',
            ('k' | 'g', Some('h')) => 'K',
            ('b' | 'p', _) => 'B',
            ('f', _) => 'F',
            ('t' | 'd', _) => 'T',
            ('s' | 'z' | 'x', _) => 'S',
            ('c', Some('e' | 'i')) => 'S',
            ('g' | 'j', Some('e' | 'i')) => 'S',
            ('c' | 'k' | 'q' | 'g', _) => 'K',
            ('l', _) => 'L',
            ('r', _) => 'R',
            ('m', _) => 'M',
            ('n', _) => 'N',
            _ => continue,
        };
        if sounds.ends_with(sound) {
            continue;
        }
        sounds.push(sound);
    }
    sounds
}

fn arabic_sound(letter: char) -> Option<char> {
    let sound = match letter {
        'ب' | 'پ' => 'B',
        'ف' => 'F',
        'ت' | 'ط' | 'د' | 'ث' | 'ذ' => 'T',
        'س' | 'ص' | 'ش' | 'ز' | 'ظ' | 'ض' | 'ژ' | 'چ' | 'ج' => 'S',
        'ك' | 'ق' | 'گ' | 'غ' | 'خ' => 'K',
        'ل' => 'L',
        'ر' => 'R',
        'م' => 'M',
        'ن' => 'N',
        _ => return None,
    };
    Some(sound)
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

    fn share(a: (&str, &str), b: (&str, &str)) -> bool {
        let of = |(language, word): (&str, &str)| {
            forms(
                word,
                language,
                word.chars().any(|letter| letter.is_numeric()),
            )
        };
        of(a).iter().any(|form| of(b).contains(form))
    }

    #[test]
    fn words_are_recognised_across_scripts() {
        assert!(share(("en", "1404"), ("fa", "۱۴۰۴")));
        assert!(share(("en", "Miriam"), ("fa", "مریم")));
        assert!(share(("en", "Salome"), ("ar", "سالومة")));
        assert!(share(("sq", "Përparim"), ("en", "Perparim")));
        assert!(share(("fa", "کتاب"), ("ar", "الكتاب")));
        assert!(share(("en", "library"), ("sq", "librari")));
        assert!(!share(("en", "1404"), ("fa", "۱۴۰۵")));
        assert!(!share(("en", "Miriam"), ("fa", "کتاب")));
        // A word that is no name is not looked for by its sounds.
        assert!(!share(("en", "marine"), ("ar", "مرن")));
    }

    #[test]
    fn any_word_has_forms_or_none() {
        for word in ["", "ـ", "\u{200C}", "A", "Ç", "١", "😀", "ß", "ﷺ"] {
            let _ = forms(word, "en", false);
            let _ = forms(word, "ar", true);
        }
    }
}
