//! Words: left in the source's language, standing twice, negative on one side only; and how long both texts are.
//!
//! The lists are of general knowledge; a native reader should check them.

use super::pair::{Pair, Script, Text, is_arabic, is_latin};
use super::{Check, Finding, Side};
use crate::text::fold;
use crate::text::language::Language;
use crate::text::tokens::Token;

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Finding>) {
    repeated(pair, found);
    negation(pair, found);
    length(pair, found);
}

/// The commonest short words of a language, none of which another of the same script has.
#[rustfmt::skip]
const COMMON: &[(&str, &[&str])] = &[
    ("en", &["the", "of", "and", "to", "in", "is", "that", "for", "with", "was", "on", "are", "by", "from", "this", "have", "has", "it", "at", "be", "as", "an", "were", "you", "your", "we", "our", "will", "not", "his", "her", "who"]),
    ("sq", &["të", "e", "në", "dhe", "për", "nga", "që", "një", "është", "së", "më", "ka", "nuk", "u", "ju", "janë", "kanë", "si", "por", "ky", "kjo", "tij", "saj", "ishte", "te"]),
    ("fa", &["در", "به", "از", "که", "این", "را", "با", "است", "برای", "آن", "یک", "بود", "شد", "شده", "است", "خود", "هم", "می", "کرد", "اند", "شما", "پس"]),
    ("ar", &["في", "من", "على", "إلى", "أن", "التي", "الذي", "هذا", "هذه", "عن", "مع", "كان", "بعد", "قد", "أو", "كما", "لم", "بين", "ذلك", "كانت", "إن"]),
];

/// How many of the words are common ones of a language.
fn common(text: &Text<'_>, language: &Language) -> usize {
    let list = COMMON.iter().find(|(tag, _)| *tag == language.primary());
    let Some((_, list)) = list else { return 0 };
    let is_common = |word: &&Token<'_>| list.contains(&fold::word(word.text, language).as_str());
    text.words().filter(is_common).count()
}

/// A word that is translated, as far as its letters show: not a name, an acronym, an initial.
fn is_plain_word(word: &str) -> bool {
    let mut letters = word.chars().filter(|letter| letter.is_alphabetic());
    match letters.next() {
        Some(first) if first.is_lowercase() => letters.next().is_some(),
        Some(first) if is_arabic(first) => letters.next().is_some(),
        _ => false,
    }
}

/// Whether the translation is the source, or is written in its language.
pub(super) fn untranslated(pair: &Pair<'_>) -> Option<Finding> {
    let (source, target) = (&pair.source, &pair.target);
    let (from, to) = (source.language, target.language);
    if from.primary() == to.primary() {
        return None;
    }
    let in_text = |text: &Text<'_>| -> (usize, usize) {
        let words = || text.words().filter(|word| !text.is_in_address(word.start));
        let plain = words().filter(|word| is_plain_word(word.text)).count();
        (words().count(), plain)
    };
    let (words, plain) = in_text(target);
    let scripts = Script::usual(from).zip(Script::usual(to));
    let same_script = scripts.is_none_or(|(from, to)| from == to);
    if fold::identity(source.text, to) == fold::identity(target.text, to) {
        let is_text = match (same_script, target.script) {
            (false, _) => plain > 0 || words > 2,
            // A name of three parts is the same in Persian and Arabic.
            (true, Script::Arabic) => plain > 3,
            (true, _) => plain > 1 || words > 5,
        };
        let reason = "the translation is the same as the source";
        return is_text.then(|| Finding::whole(Check::Untranslated, Side::Target, reason));
    }
    let told = || {
        let reason = format!("the translation is in {}", from.english_name());
        Some(Finding::whole(Check::Untranslated, Side::Target, reason))
    };
    if let Some((from, to)) = scripts.filter(|_| !same_script) {
        let of = |script: Script, text: &str| {
            let is_own: fn(char) -> bool = match script {
                Script::Arabic => is_arabic,
                _ => is_latin,
            };
            text.chars().filter(|letter| is_own(*letter)).count()
        };
        // Names and titles may stay as they are; the better part of a text may not.
        let (foreign, own) = (of(from, target.text), of(to, target.text));
        let is_foreign = foreign * 2 > (foreign + own) * 3 / 2 && plain > 2;
        let was_own = source.script == from;
        return if is_foreign && was_own { told() } else { None };
    }
    let (foreign, own) = (common(target, from), common(target, to));
    if foreign > 3 && foreign > own * 4 && common(source, from) > common(source, to) {
        return told();
    }
    None
}

/// Words that are hardly ever meant when they stand twice. In Albanian të, e, i and së do, and in Persian and Arabic whole words are
/// doubled for weight.
#[rustfmt::skip]
const NEVER_TWICE: &[(&str, &[&str])] = &[
    ("en", &["the", "a", "an", "of", "to", "in", "and", "for", "with", "on", "at", "by", "from", "as", "be", "been", "are", "was", "were", "have", "has", "it", "this", "they", "he", "she", "we", "you", "or", "but", "not", "will", "would", "their", "his", "our", "your", "its", "if", "when", "than", "into", "about", "which", "who"]),
    ("sq", &["në", "dhe", "që", "për", "me", "nga", "është", "nuk", "do", "ka", "ose", "por", "janë", "kanë", "mbi", "pas", "kur", "si", "edhe", "kjo", "ky", "kishte", "ishte"]),
    ("fa", &["و", "در", "به", "از", "که", "این", "را", "با", "است", "برای", "آن", "می", "شد", "بود", "شده", "کرد", "خود", "اما", "اگر", "نیز", "باید", "هستند", "بر"]),
    ("ar", &["في", "على", "إلى", "أن", "التي", "الذي", "هذا", "هذه", "عن", "مع", "كان", "قد", "لم", "لن", "هو", "هي", "أو", "ثم", "الذين", "وقد", "بعد", "ذلك", "كانت"]),
];

fn repeated(pair: &Pair<'_>, found: &mut Vec<Finding>) {
    let text = &pair.target;
    let list = NEVER_TWICE
        .iter()
        .find(|(tag, _)| *tag == text.language.primary());
    let Some((_, list)) = list else { return };
    for window in text.tokens.windows(2) {
        let [one, two] = window else { continue };
        if one.text != two.text {
            continue;
        }
        let end = one.start + one.text.len();
        let between = text.text.get(end..two.start).unwrap_or("-");
        let is_space = !between.is_empty() && between.chars().all(char::is_whitespace);
        if is_space && list.contains(&fold::word(one.text, text.language).as_str()) {
            let place = one.start..two.start + two.text.len();
            let reason = format!("“{}” stands twice", one.text);
            found.push(
                Finding::new(Check::RepeatedWord, Side::Target, place, reason).suggest(one.text),
            );
        }
    }
}

/// Words that deny. In Persian also the beginning of a verb does, for which the commonest are listed.
#[rustfmt::skip]
const NEGATIONS: &[(&str, &[&str])] = &[
    ("en", &["not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot", "unless"]),
    ("sq", &["nuk", "s'", "mos", "jo", "asnjë", "askush", "asgjë", "kurrë", "pa", "as", "asnjëherë", "askund", "asnjëri", "askujt", "pamundur", "mospërfillje"]),
    ("fa", &["نیست", "نیستند", "نیستم", "نیستیم", "نبود", "نبودند", "نبوده", "نشد", "نشدند", "نشده", "نشود", "نشوند", "نکرد", "نکردند", "نکرده", "نکند", "نکنند", "نکنید", "ندارد", "ندارند", "ندارم", "ندارید", "نداریم", "نداشت", "نداشتند", "نداشته", "نداد", "ندادند", "نداده", "ندهد", "نخواهد", "نخواهند", "نباید", "نتوان", "نتوانست", "نتوانستند", "نتواند", "نتوانند", "نباشد", "نباشند", "نگفت", "نرفت", "نیامد", "ندید", "نگرفت", "نخواست", "نرسید", "نماند", "نیافت", "نزد", "هیچ", "هرگز", "بدون", "عدم", "غیر", "مگر", "فاقد", "بی", "نا", "هیچکس", "هیچ‌کس", "هیچ‌گاه", "نینداز", "نیندازید", "نیامده", "نیامدند", "نیاورد", "نرود", "نیاید", "نگیرد", "نزنید", "نگذارید", "نمانده", "ناممکن", "نداشته", "نبوده‌اند", "نشده‌اند", "نکنیم", "نشوید"]),
    ("ar", &["لا", "لم", "لن", "ليس", "ليست", "ليسوا", "لست", "غير", "دون", "بدون", "بلا", "عدم", "كلا", "أبدا", "ولا", "ولم", "ولن", "وليس", "فلا", "فلم", "فلن", "ألا", "بعدم", "لعدم", "وعدم", "سوى", "إلا", "ممتنع", "نفى", "نفت", "رفض", "رفضت"]),
];

/// Words that restrict, which one language says with a negation (“nothing but”) and another without (“only”).
#[rustfmt::skip]
const RESTRICTIONS: &[(&str, &[&str])] = &[
    ("en", &["only", "just", "but", "except", "until", "hardly", "unless", "rest", "other", "else", "either", "any", "anything", "anyone", "ever", "yet", "too"]),
    ("sq", &["vetëm", "veç", "përveç", "derisa", "mezi", "asgjë", "ende"]),
    ("fa", &["فقط", "تنها", "مگر", "جز", "به‌جز", "بجز", "تا", "هنوز", "هم"]),
    ("ar", &["فقط", "إنما", "سوى", "إلا", "عدا", "حتى", "وحده", "وحدها"]),
];

fn restricts(text: &Text<'_>) -> bool {
    let own = RESTRICTIONS
        .iter()
        .find(|(tag, _)| *tag == text.language.primary());
    let Some((_, list)) = own else { return false };
    text.words()
        .any(|word| list.contains(&fold::word(word.text, text.language).as_str()))
}

fn is_negative(text: &Text<'_>) -> Option<bool> {
    let (_, list) = NEGATIONS
        .iter()
        .find(|(tag, _)| *tag == text.language.primary())?;
    let language = text.language.primary();
    let denies = |word: &Token<'_>| {
        let end = word.start + word.text.len();
        // “No. 12” denies nothing.
        let is_number = word.text.eq_ignore_ascii_case("no")
            && text
                .text
                .get(end..)
                .is_some_and(|rest| rest.starts_with('.') && rest.len() > 1);
        let word = fold::word(word.text, text.language);
        (list.contains(&word.as_str()) && !is_number)
            || (language == "en" && word.ends_with("n't"))
            || (language == "sq" && word.starts_with("s'"))
            || (language == "fa"
                && (word.starts_with("نمی")
                    || word.starts_with("بی\u{200C}")
                    || word.starts_with("غیر")))
    };
    Some(text.words().any(denies))
}

fn negation(pair: &Pair<'_>, found: &mut Vec<Finding>) {
    let short = |text: &Text<'_>| text.words().take(4).count() < 4;
    let is_question = |text: &Text<'_>| text.text.contains(['?', '؟']);
    if short(&pair.source)
        || short(&pair.target)
        || is_question(&pair.source)
        || is_question(&pair.target)
    {
        return;
    }
    if restricts(&pair.source) || restricts(&pair.target) {
        return;
    }
    let reason = match (is_negative(&pair.source), is_negative(&pair.target)) {
        (Some(true), Some(false)) => {
            "the source denies something, and no negation is seen in the translation"
        }
        (Some(false), Some(true)) => {
            "the translation denies something, and no negation is seen in the source"
        }
        _ => return,
    };
    found.push(Finding::whole(Check::Negation, Side::Target, reason));
}

/// How many times as long as the source a translation may be, and the reverse.
const PROPORTION: usize = 3;

/// What short texts may differ by, in letters.
const SLACK: usize = 20;

fn length(pair: &Pair<'_>, found: &mut Vec<Finding>) {
    let letters = |text: &Text<'_>| {
        let counts =
            |letter: &char| letter.is_alphanumeric() && !matches!(letter, '\u{064B}'..='\u{0652}');
        text.text.chars().filter(counts).count()
    };
    let (source, target) = (letters(&pair.source), letters(&pair.target));
    if target > source * PROPORTION + SLACK || source > target * PROPORTION + SLACK {
        let reason = format!("the source has {source} letters, the translation {target}");
        found.push(Finding::whole(Check::Length, Side::Target, reason));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::{Check, Checker};
    use crate::text::language::Language;
    use crate::unit::Segment;

    fn found(from: &str, source: &str, to: &str, target: &str) -> Vec<Check> {
        let (from, to) = (Language::parse(from).unwrap(), Language::parse(to).unwrap());
        let found =
            Checker::new(&from, &to).check(&Segment::plain(source), &Segment::plain(target));
        found.into_iter().map(|one| one.check).collect()
    }

    #[test]
    fn what_was_left_in_the_source_is_told() {
        for (from, source, to, target) in [
            ("en", "The letter came.", "fa", "The letter came."),
            ("en", "The letter came.", "sq", "The letter came."),
            ("fa", "نامهٔ شما دیروز رسید.", "ar", "نامهٔ شما دیروز رسید."),
            (
                "sq",
                "Letra juaj erdhi dje në bibliotekë.",
                "fa",
                "Letra juaj erdhi dje te ne.",
            ),
            (
                "sq",
                "Letra që ju na dërguat është në bibliotekë dhe ne e lexuam.",
                "en",
                "Letra që ju na dërguat është në bibliotekë, dhe ne e kemi lexuar.",
            ),
            (
                "ar",
                "وصلت الرسالة التي أرسلتها إلى المكتبة في هذا اليوم.",
                "fa",
                "وصلت الرسالة التي أرسلتها إلى المكتبة في هذا الصباح.",
            ),
        ] {
            assert_eq!(
                found(from, source, to, target),
                [Check::Untranslated],
                "{source} {target}"
            );
        }
        for (from, source, to, target) in [
            ("en", "Lule Dielli", "sq", "Lule Dielli"),
            ("en", "info@shembull.al", "fa", "info@shembull.al"),
            ("en", "NATO 2025", "ar", "NATO 2025"),
            ("fa", "کامران بهاری", "ar", "کامران بهاری"),
            (
                "en",
                "Install Word, Excel and Teams.",
                "fa",
                "Word، Excel و Teams را نصب کنید.",
            ),
            ("en", "", "fa", ""),
        ] {
            let found = found(from, source, to, target);
            assert!(!found.contains(&Check::Untranslated), "{source}");
        }
        assert_eq!(found("en", "The letter came.", "fa", " "), [Check::Empty]);
    }

    #[test]
    fn words_that_stand_twice_are_told_unless_a_language_doubles_them() {
        assert_eq!(
            found("sq", "Erdhi letra.", "en", "The the letter came."),
            []
        );
        assert_eq!(
            found("sq", "Erdhi letra.", "en", "It came in in the morning."),
            [Check::RepeatedWord]
        );
        assert_eq!(
            found(
                "en",
                "The letter is in the hall.",
                "fa",
                "نامه در در تالار است."
            ),
            [Check::RepeatedWord]
        );
        assert_eq!(
            found(
                "en",
                "It began slowly and slowly.",
                "fa",
                "آرام آرام آغاز شد."
            ),
            []
        );
        assert_eq!(
            found(
                "en",
                "He asked us to come.",
                "sq",
                "Ai kërkoi që të të vijmë."
            ),
            []
        );
    }

    #[test]
    fn a_negation_on_one_side_is_a_note() {
        let source = "We will not open the hall tomorrow.";
        assert_eq!(
            found("en", source, "fa", "فردا تالار را باز می‌کنیم."),
            [Check::Negation]
        );
        assert_eq!(found("en", source, "fa", "فردا تالار را باز نمی‌کنیم."), []);
        assert_eq!(found("en", source, "ar", "لن نفتح القاعة غداً."), []);
        assert_eq!(found("en", source, "sq", "Nesër nuk e hapim sallën."), []);
        assert_eq!(found("en", source, "sq", "Nesër s’e hapim sallën."), []);
        assert_eq!(
            found(
                "en",
                "The book No. 12 came today.",
                "sq",
                "Libri nr. 12 erdhi sot."
            ),
            []
        );
    }

    #[test]
    fn what_is_out_of_proportion_is_a_note() {
        let long = "Një fjali që vazhdon e vazhdon pa mbarim, sepse dikush ka ngjitur këtu një faqe të tërë të letrës.";
        assert_eq!(found("en", "A short text.", "sq", long), [Check::Length]);
    }
}
