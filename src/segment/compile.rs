//! Makes the ordered rules of a language from its profile, in the notation that all tools read (`notation`).

use std::path::PathBuf;

use super::notation::*;
use super::profile::Profile;
use super::srx::{CodeHandling, LanguageMap, LanguageRules, Rule, Srx};

/// The rules of all languages that have a profile, as one SRX document.
pub(super) fn document<'a>(profiles: impl Iterator<Item = &'a Profile>) -> Srx {
    let mut language_rules = Vec::new();
    let mut map = Vec::new();
    for profile in profiles {
        language_rules.push(LanguageRules {
            name: profile.language.clone(),
            rules: rules(profile),
        });
        map.push(LanguageMap {
            pattern: format!("{}([-_].*)?", both_cases(&profile.language)),
            rules: profile.language.clone(),
            line: 0,
        });
    }
    Srx {
        file: PathBuf::new(),
        cascade: false,
        segment_subflows: true,
        codes: CodeHandling::default(),
        language_rules,
        map,
    }
}

/// The rules of a language, in order.
pub(super) fn rules(profile: &Profile) -> Vec<Rule> {
    let joined = || alternation(profile.joined.iter().map(|word| escaped(word)).collect());
    let mut list = RuleList {
        profile,
        joined: (!profile.joined.is_empty()).then(joined),
        rules: Vec::new(),
    };
    list.labels();
    list.brackets();
    list.dates();
    list.letters_that_are_no_initials();
    list.abbreviations();
    list.omissions();
    list.quotations();
    list.what_goes_on();
    list.ends();
    list.rules
}

struct RuleList<'a> {
    profile: &'a Profile,
    /// A conjunction that is written together with the word behind it, if there are any in the language.
    joined: Option<String>,
    rules: Vec<Rule>,
}

impl RuleList<'_> {
    fn rule(&mut self, breaks: bool, before: &str, after: &str) {
        self.rules.push(Rule {
            breaks,
            before: before.to_owned(),
            after: after.to_owned(),
            line: 0,
        });
    }

    fn ends_if(&mut self, before: &str, after: &str) {
        self.rule(true, before, after);
    }

    fn goes_on_if(&mut self, before: &str, after: &str) {
        self.rule(false, before, after);
    }

    /// A number, a letter or a Roman numeral that opens the paragraph or the line and names what follows: `1.`, `(a).`, `الف.`
    fn labels(&mut self) {
        let mut named = vec![
            format!(r"\p{{Nd}}{{1,3}}{}", up_to(3, r"\.\p{Nd}{1,3}")),
            "[IVX]{1,5}".to_owned(),
            "[ivx]{1,5}".to_owned(),
            r"\p{L}\p{M}*".to_owned(),
        ];
        named.extend(self.profile.labels.iter().map(|label| escaped(label)));
        let named = named.join("|");
        let label = format!(r"(?:^|\n){OPENING}(?:{named})[\)\]]?\.{CLOSING}");
        self.goes_on_if(&label, SPACE);
    }

    /// Brackets that opened in the middle of a sentence: `(late!)`, `(إلخ.)`
    fn brackets(&mut self) {
        let marks = if self.profile.unicameral {
            TERMINATOR
        } else {
            ASKING
        };
        let inside = format!(
            r#"[\p{{L}}\p{{M}}\p{{N}},;:،؛"”»]{HIDDEN}{SPACE}+[\(\[][^\(\)\[\]]*{marks}{HIDDEN}["”»’']?{HIDDEN}[\)\]]{CLOSING}"#
        );
        self.goes_on_if(&inside, SPACE);
    }

    /// `Tom and I.`, `vitamin C.`, `25 °C.`
    fn letters_that_are_no_initials(&mut self) {
        let profile = self.profile;
        let follows = if profile.unicameral {
            SPACE.to_owned()
        } else {
            upper()
        };
        self.ends_if(&format!(r"°{SPACE}?[CF]\.{CLOSING}"), &follows);
        if !profile.lettered.is_empty() {
            let words = any_case(&profile.lettered);
            let before = format!(r"{BOUNDARY}{words}{SPACE}+\p{{Lu}}\.{CLOSING}");
            self.ends_if(&before, &upper());
        }
        if !profile.letter_words.is_empty() {
            let words = capitals(&profile.letter_words);
            let before = any_case(&profile.before_letter_word);
            self.ends_if(
                &format!(r"{BOUNDARY}{before}{SPACE}+{words}\.{CLOSING}"),
                SPACE,
            );
            self.ends_if(&format!(r"{BOUNDARY}{words}\.{CLOSING}"), &self.starter());
        }
    }

    /// A full stop behind an abbreviation, by its class.
    fn abbreviations(&mut self) {
        let profile = self.profile;
        let starter = self.starter();
        if !profile.era.is_empty() {
            let eras = any_case(&profile.era);
            let word = format!(r"\p{{Nd}}{SPACE}*{eras}{HIDDEN}{FULL_STOP}{CLOSING}");
            if !profile.after_era.is_empty() {
                // Behind the year of a date it ends a segment; behind the number of a century and behind a year that is named as
                // one it need not: في سنة ١٤٤٦ هـ. افتتحت الدار
                let named = any_case(&profile.before_year);
                let named = format!(r"{BOUNDARY}{named}{SPACE}+\p{{Nd}}{{2,3}}{word}");
                self.ends_if(&named, &starter);
                self.goes_on_if(&named, SPACE);
                let year = format!(r"\p{{Nd}}{{2}}{word}");
                let more = any_case(&profile.after_era);
                let joined = self.joined.clone().unwrap_or_default();
                self.goes_on_if(&year, &format!("{SPACE}{OPENING}{more}{WORD_END}"));
                self.goes_on_if(&year, &format!(r"{SPACE}{OPENING}(?:{joined}?\p{{Nd}}|\()"));
                self.ends_if(&year, SPACE);
            }
            self.ends_if(&word, &starter);
            self.goes_on_if(&word, SPACE);
        }
        if !profile.unit.is_empty() {
            let units = any_case(&profile.unit);
            let word = format!(r"\p{{Nd}}{SPACE}?{units}{HIDDEN}{FULL_STOP}{CLOSING}");
            self.ends_if(&word, &upper());
            self.goes_on_if(&word, SPACE);
        }
        self.class(&profile.title, |list, word| list.goes_on_if(word, SPACE));
        self.class(&profile.inside, |list, word| list.goes_on_if(word, SPACE));
        for class in [&profile.may_end, &profile.foreign] {
            self.class(class, |list, word| {
                list.ends_if(word, &starter);
                list.goes_on_if(word, SPACE);
            });
        }
        self.class(&profile.time, |list, word| {
            let more = capitalised(&profile.after_time);
            list.goes_on_if(word, &format!("{SPACE}{OPENING}{more}{WORD_END}"));
            list.ends_if(word, &upper());
            list.goes_on_if(word, SPACE);
        });
        self.class(&profile.and_so_on, |list, word| {
            if profile.unicameral {
                list.ends_if(word, SPACE);
            } else {
                list.ends_if(word, &upper());
                list.goes_on_if(word, SPACE);
            }
        });
        self.items();
        self.class(&profile.reference, |list, word| {
            let roman = match profile.letter_words.iter().any(|word| word == "i") {
                true => ROMAN,
                false => "[IVXLC]+",
            };
            list.goes_on_if(word, &format!(r"{SPACE}{OPENING}[+€£$¥#№]?\p{{Nd}}"));
            // Codes: No. A-17, No. INV-12.
            list.goes_on_if(
                word,
                &format!(r"{SPACE}{OPENING}\p{{Lu}}{{1,4}}[–/\-]?\p{{Nd}}"),
            );
            let others = any_case(&profile.reference);
            list.goes_on_if(word, &format!(r"{SPACE}{others}\."));
            list.goes_on_if(word, &format!("{SPACE}{OPENING}{roman}{WORD_END}"));
        });
        self.initials();
        // Letters with full stops between them that are in no list: U.S., ق.م.
        let mut part = vec![r"\p{L}{1,2}".to_owned()];
        part.extend(profile.labels.iter().map(|label| escaped(label)));
        let part = alternation(part);
        let more = format!("{FULL_STOP}{SPACE}?{part}");
        let parts = format!("{part}{more}{}", up_to(5, &more));
        let dotted = format!("{BOUNDARY}{parts}{HIDDEN}{FULL_STOP}{CLOSING}");
        self.ends_if(&dotted, &starter);
        self.goes_on_if(&dotted, SPACE);
    }

    /// List items that go on in the same paragraph: `1. The first. 2. The second.`, `a) Hapni. b) Mbylleni.`
    fn items(&mut self) {
        let word = if self.profile.unicameral {
            r"[\p{L}\p{M}\p{Nd}]{2}"
        } else {
            r"[\p{Ll}\p{Nd}]{2}"
        };
        let done = format!("{word}{TERMINATOR}{CLOSING}");
        let mut named = vec![
            format!(r"\p{{Nd}}{{1,2}}{}", up_to(2, r"\.\p{Nd}{1,2}")),
            "[a-h]".to_owned(),
            "[ivx]{1,4}".to_owned(),
            "[IVX]{1,4}".to_owned(),
        ];
        named.extend(self.profile.labels.iter().map(|label| escaped(label)));
        let named = alternation(named);
        let number = format!(r"{SPACE}+[\(\[]?{named}[\)\]]?{FULL_STOP}[\)\]]?");
        // But not what an abbreviation refers to: `See p. 12.`
        self.class(&self.profile.reference, |list, word| {
            list.ends_if(&format!("{word}{number}"), SPACE);
        });
        self.goes_on_if(&format!("(?:{done}|:{CLOSING}){number}"), SPACE);
        // A small letter starts an item if it stands in brackets, or a capital follows it.
        self.ends_if(
            &done,
            &format!(r"{SPACE}+\(?(?:[a-h]|[ivx]{{1,4}})\){SPACE}"),
        );
        self.ends_if(
            &done,
            &format!(r"{SPACE}+(?:[a-h]|[ivx]{{1,4}})\.{SPACE}{OPENING}\p{{Lu}}"),
        );
    }

    /// Days and months by number, with blanks between them: `12. 05. 2024`
    fn dates(&mut self) {
        let day = format!(r"{BOUNDARY}\p{{Nd}}{{1,2}}\.");
        self.goes_on_if(
            &day,
            &format!(r"{SPACE}\p{{Nd}}{{1,2}}\.{SPACE}?\p{{Nd}}{{4}}"),
        );
        self.goes_on_if(
            &format!(r"{day}{SPACE}?\p{{Nd}}{{1,2}}\."),
            &format!(r"{SPACE}\p{{Nd}}{{4}}"),
        );
    }

    fn initials(&mut self) {
        let profile = self.profile;
        if profile.unicameral {
            // One letter, perhaps stretched or with a vowel sign: `م. امید`, `هـ.`
            let letter = r"(?:\p{Lo}[\p{M}ـ]*|\p{Lu})";
            let initial = format!("{BOUNDARY}{letter}{HIDDEN}{FULL_STOP}{CLOSING}");
            self.goes_on_if(&initial, SPACE);
            return;
        }
        let mut letters = vec![r"\p{Lu}".to_owned()];
        letters.extend(profile.digraphs.iter().map(|pair| capital(pair)));
        let letters = letters.join("|");
        // Behind a word in small letters it is the end of a phrase rather than a name: because of X.
        let last = format!(r"\p{{Ll}}{{2}}{SPACE}(?:{letters})\.{CLOSING}");
        self.ends_if(&last, &self.starter());
        let initial = format!(r"{BOUNDARY}(?:{letters})\.{CLOSING}");
        self.goes_on_if(&initial, SPACE);
    }

    /// Dots of omission that end nothing.
    fn omissions(&mut self) {
        let dots = format!(r"(?:…|\.\.)[.…]*{CLOSING}");
        let words = &self.profile.before_omission;
        if !words.is_empty() {
            let word = format!("{BOUNDARY}{}{HIDDEN}{SPACE}?{dots}", any_case(words));
            self.goes_on_if(&word, SPACE);
        }
        // At the start of a paragraph or a quotation they stand for what was left out before it.
        self.goes_on_if(&format!(r#"(?:^|{SPACE}["'“„«‘]){dots}"#), SPACE);
        if self.profile.unicameral {
            // Set off by a blank they are a pause.
            self.goes_on_if(&format!("{SPACE}{dots}"), SPACE);
        }
        if self.profile.pauses_with_dots {
            let dots = r"(?:…|\.\.\.)[.…]*";
            self.ends_if(dots, &self.starter());
            self.goes_on_if(dots, SPACE);
        }
    }

    /// `“Who?” she asked`, `“Stop!” Tom shouted`, «کجا؟» پرسید
    fn quotations(&mut self) {
        let profile = self.profile;
        let quoted = format!(r#"{ASKING}[.…]*{HIDDEN}["”“»›’']{CLOSING}"#);
        let endings = match profile.reporting_endings.is_empty() {
            true => String::new(),
            false => format!("{}?", any_case(&profile.reporting_endings)),
        };
        let reporting = format!("{}{endings}{WORD_END}", any_case(&profile.reporting));
        if !profile.unicameral {
            // A pronoun with a capital starts a sentence, unless it always has one: “Stop!” He said no more. “Why?” I asked.
            if !profile.letter_words.is_empty() {
                let pronoun = capitals(&profile.letter_words);
                self.goes_on_if(&quoted, &format!("{SPACE}{pronoun}{SPACE}+{reporting}"));
            }
            self.ends_if(&quoted, &self.starter());
        } else if let Some(joined) = self.joined.clone() {
            // “…!” وقال starts one too.
            self.ends_if(&quoted, &format!("{SPACE}{OPENING}{joined}{reporting}"));
        }
        // The verb comes first or behind its subject: «…؟» پرسید استاد, «…؟» استاد پرسید, “…!” Dr. Stone said
        let most = if profile.unicameral { 3 } else { 2 };
        let subject = format!(r#"(?:[^{IN_SPACE}.!?؟…"“”«»]{{1,20}}\.?{SPACE}+){{0,{most}}}"#);
        self.goes_on_if(&quoted, &format!("{SPACE}{OPENING}{subject}{reporting}"));
        // In a dialogue with dashes nothing is quoted: – Çfarë? – pyeti Mira.
        let dashed = format!(r"{SPACE}+[–—\-]{SPACE}*{subject}{reporting}");
        self.goes_on_if(&format!("{ASKING}{HIDDEN}"), &dashed);
        if profile.unicameral {
            // A title or a question within the sentence: no colon stands before it.
            let embedded = format!(
                r#"[\p{{L}}\p{{M}}]{HIDDEN}{SPACE}[«"“][^«»"“”.!?؟…]{{1,80}}{ASKING}{HIDDEN}[»"”]{HIDDEN}"#
            );
            self.ends_if(&embedded, &self.starter());
            self.goes_on_if(&embedded, SPACE);
        }
        if !profile.goes_on.is_empty() {
            let words = any_case(&profile.goes_on);
            // But not with a subject of its own: «…!» و من پاسخ می‌دهم
            let starter = self.starter_word();
            self.ends_if(&quoted, &format!("{SPACE}{words}{starter}"));
            self.goes_on_if(&quoted, &format!("{SPACE}{words}{WORD_END}"));
        }
        if !profile.goes_on_joined.is_empty() {
            // A verb with the conjunction goes on, unless it starts sentences: "…؟" وانتظر, "…؟" ومن
            self.ends_if(&quoted, &self.starter_word());
            let joined = any_case(&profile.goes_on_joined);
            self.goes_on_if(&quoted, &format!(r"{SPACE}{joined}\p{{L}}{{2}}"));
        }
    }

    /// What stands behind a place and shows that the segment goes on.
    fn what_goes_on(&mut self) {
        let profile = self.profile;
        let any = format!("{TERMINATOR}{CLOSING}");
        if profile.ends_before_small {
            let small = format!(r"{SPACE}+\p{{Ll}}");
            self.class(&profile.abbreviated, |list, word| {
                list.goes_on_if(word, &small);
            });
            // No word of English is without a vowel.
            self.goes_on_if(
                &format!(r"{BOUNDARY}[BCDFGHJKLMNPQRSTVWXZbcdfghjklmnpqrstvwxz]+\."),
                &small,
            );
            let short = any_case(&profile.short_words);
            self.ends_if(
                &format!(r"{BOUNDARY}(?:{short}|\p{{Ll}}[\p{{Ll}}'’\-]*\p{{Ll}}{{2}})(?:\.|!+)"),
                &small,
            );
            self.ends_if(&format!(r"[\p{{Ll}}\p{{Nd}}]{SPACE}?\?+"), &small);
            // Behind a number of some length, an ordinal, a bracket or a quotation.
            let others = r#"(?:\p{Nd}{2}|\p{Nd}(?:st|nd|rd|th)|[\p{Ll}\p{Nd}][\)"”])\."#;
            self.ends_if(others, &small);
        }
        self.goes_on_if(&any, &format!(r"{SPACE}{OPENING}\p{{Ll}}"));
        // A closing mark or another terminator set off by a blank, as in text cut into words; but a word may start with a stop.
        self.ends_if(&any, &format!(r"{SPACE}+\.[\p{{L}}\p{{N}}]"));
        self.goes_on_if(&any, &format!(r"{SPACE}+[\)\]\}}»›,،.…!?؟]"));
        // Footnote marks belong to the sentence before them.
        let footnotes = footnotes();
        self.goes_on_if(&any, &format!("{SPACE}?{footnotes}(?:{SPACE}|$)"));
        self.goes_on_if(&any, &format!("{SPACE}+{SMILEY}"));
        self.goes_on_if(&any, &format!("{SPACE}{}(?:{SPACE}|$)", symbols()));
        // Only marks follow.
        self.goes_on_if(&any, &format!(r"{SPACE}+[^\p{{L}}\p{{N}}]{{0,16}}$"));
    }

    fn ends(&mut self) {
        let end = format!("{TERMINATOR}{CLOSING}");
        self.ends_if(&end, SPACE);
        self.ends_if(&format!(r"{end}{SPACE}[\)\]\}}»›]{CLOSING}"), SPACE);
        self.ends_if(&format!("{end}{SPACE}?{}", footnotes()), SPACE);
        self.ends_if(&format!("{end}{SPACE}+{SMILEY}"), SPACE);
        self.ends_if(&format!("{end}{SPACE}?{}", symbols()), SPACE);
        // Marks of footnotes without a blank: superscripts, (1), [a], and the bare number.
        self.ends_if(&format!(r"{end}[¹²³⁰⁴-⁹†‡]+"), SPACE);
        self.ends_if(
            &format!(r"{end}(?:\(\p{{Nd}}{{1,3}}\)|\[(?:\p{{L}}|note{SPACE}\p{{Nd}}{{1,3}})\])"),
            SPACE,
        );
        if self.profile.unicameral {
            let letter = format!(r"{SPACE}{OPENING}\p{{L}}");
            self.ends_if(&format!(r"\p{{Lo}}{{2}}{end}\p{{Nd}}{{1,2}}"), &letter);
        } else {
            self.ends_if(&format!(r"\p{{Ll}}{{2}}{end}\p{{Nd}}{{1,2}}"), &upper());
        }
        self.missing_space();
        // A list item on a line of its own within the paragraph.
        let item = r"(?:[•▪◦‣]|[–—\*\-][ \t]+\p{Lu}|\p{Nd}{1,3}[.\)][ \t])";
        self.ends_if(r"\n[ \t]*", item);
    }

    /// The blank behind the full stop is missing: `shoqërisë.Lumturi`, `چطورید؟خوبم`
    fn missing_space(&mut self) {
        // Not in the middle of an address, a file name or an abbreviation.
        let token = format!(r"[^{IN_SPACE}.:/@\\_]*[.:/@\\_][^{IN_SPACE}]*{TERMINATOR}{CLOSING}");
        self.goes_on_if(&format!("(?:^|{SPACE}){token}"), r"\p{L}");
        self.goes_on_if(r"\p{L}\.", &format!(r"\p{{L}}[^{IN_SPACE}@.]*@"));
        let ending = format!("(?:Com|Net|Org|Info|Edu|Gov|Js|Inc|Ltd|COM|NET|ORG){WORD_END}");
        self.goes_on_if(r"\p{Ll}\.", &ending);
        self.ends_if(&format!(r"\p{{Ll}}{{2}}[.!?…]+{CLOSING}"), r"\p{Lu}\p{Ll}");
        self.ends_if(r"\p{Ll}{2}(?:\.{2,}|…)", r"\p{Lu}");
        if !self.profile.letter_words.is_empty() {
            let word = capitals(&self.profile.letter_words);
            self.ends_if(r"\p{Ll}{2}[.!?]", &format!("{word}['’{IN_SPACE}]"));
        }
        if self.profile.unicameral {
            let letters = r"[\u0620-\u0652\u066E-\u06D3]";
            self.ends_if(
                &format!("{letters}{{2}}[!؟]{CLOSING}"),
                &format!("{letters}{{2}}"),
            );
            self.ends_if(
                &format!("{letters}{{3}}{FULL_STOP}{CLOSING}"),
                &format!("{letters}{{2}}"),
            );
        }
    }

    /// Rules for an abbreviation of a class, given as a pattern for the word with its full stop.
    fn class(&mut self, words: &[String], mut add: impl FnMut(&mut Self, &str)) {
        if !words.is_empty() {
            let joined = match self.profile.proclitics.as_slice() {
                [] => String::new(),
                words => format!("{}?", any_case(words)),
            };
            let words = any_case(words);
            add(
                self,
                &format!("{BOUNDARY}{joined}{words}{HIDDEN}{FULL_STOP}{CLOSING}"),
            );
        }
    }

    /// A word that starts sentences follows.
    fn starter(&self) -> String {
        let profile = self.profile;
        let words = if profile.unicameral {
            any_case(&profile.starters)
        } else {
            capitalised(&profile.starters)
        };
        let mut follows = format!("{SPACE}{OPENING}{words}{WORD_END}");
        if let Some(joined) = &self.joined {
            // A longer word with the conjunction before it: ويمكنكم, but not و٢٠٠
            follows = format!(r"(?:{follows}|{SPACE}{OPENING}{joined}[\p{{L}}\p{{M}}]{{3}})");
        }
        follows
    }

    /// The same, but only the words of the list.
    fn starter_word(&self) -> String {
        format!(
            "{SPACE}{OPENING}{}{WORD_END}",
            any_case(&self.profile.starters)
        )
    }
}
