//! Segments that are nothing but values need no match: they are written as the texts of the memory write values.

use super::Finder;
use crate::error::{Error, ErrorKind, Result};
use crate::text::values::write::write;
use crate::text::values::{Kind, Style, values};

/// So many texts with digits show how values are written.
const ENOUGH: usize = 2_000;

impl Finder<'_> {
    /// A text that is nothing but dates, numbers, times or addresses, in the language that is found: in the digits, the calendar and the form
    /// that most texts of the memory have, and where they show nothing in the usual ones of the language. `None` if there is a word in it, or a
    /// value that has to be guessed.
    ///
    /// # Errors
    /// If the memory cannot be read.
    pub fn written(&self, text: &str) -> Result<Option<String>> {
        let (from, to) = (self.from(), self.to());
        let values = values(text, from);
        let mut gaps = Vec::with_capacity(values.len() + 1);
        let mut at = 0;
        for value in &values {
            gaps.push(text.get(at..value.place.start).unwrap_or_default());
            at = value.place.end;
        }
        gaps.push(text.get(at..).unwrap_or_default());
        let is_joint = |letter: char| letter.is_whitespace() || ",،.–—|".contains(letter);
        // Of two dates one may borrow from the other, and signs of money and places in an order have words of their own in each language.
        let is_certain = values.iter().all(|value| {
            !matches!(value.kind, Kind::Spelled | Kind::Money | Kind::Ordinal)
                && value.weekday_fits()
        }) && values
            .iter()
            .filter(|value| value.kind == Kind::Date)
            .count()
            < 2;
        if values.is_empty() || !is_certain || !gaps.iter().all(|gap| gap.chars().all(is_joint)) {
            return Ok(None);
        }
        let style = self.style()?;
        let comma = if matches!(to.primary(), "fa" | "ar") {
            "،"
        } else {
            ","
        };
        let mut written = String::new();
        let mut is_shortened = false;
        for (value, gap) in values.iter().zip(&gaps) {
            written.push_str(&joint(gap, is_shortened, comma));
            let own = text.get(value.place.clone()).unwrap_or_default();
            // What has no separators is a year or the number of something.
            let is_plain = own.chars().all(char::is_numeric);
            let plain = Style {
                group: None,
                ..style.clone()
            };
            match write(value, to, if is_plain { &plain } else { style }) {
                Some(one) => written.push_str(&one),
                None => return Ok(None),
            }
            is_shortened = own.ends_with(char::is_alphabetic);
        }
        let last = gaps.last().copied().unwrap_or_default();
        written.push_str(&joint(last, is_shortened, comma));
        Ok(Some(written))
    }

    /// How the texts of the memory write values in the language that is found.
    fn style(&self) -> Result<&Style> {
        if let Some(style) = self.style.get() {
            return Ok(style);
        }
        let mut texts: Vec<String> = Vec::new();
        let read = self.memory().for_each_text(self.to(), &mut |_, _, text| {
            if texts.len() == ENOUGH {
                return Err(Error::new(ErrorKind::Interrupted, "this is enough"));
            }
            if text.chars().any(char::is_numeric) {
                texts.push(text.to_owned());
            }
            Ok(())
        });
        if texts.len() < ENOUGH {
            read?;
        }
        let style = Style::learnt_from(texts.iter().map(String::as_str), self.to());
        Ok(self.style.get_or_init(|| style))
    }
}

/// What stands between two values, without the full stop of a word that is not there any more: 6 p.m.
fn joint(gap: &str, is_shortened: bool, comma: &str) -> String {
    let gap = gap
        .strip_prefix('.')
        .filter(|_| is_shortened)
        .unwrap_or(gap);
    gap.replace([',', '،'], comma)
}

#[cfg(test)]
mod tests {
    use super::super::finder::tests::{language, memory_of};
    use super::*;

    #[test]
    fn values_are_written_as_the_memory_writes_them() {
        let solar = memory_of(
            "fa",
            &[("On 5 May 2025", "در ۱۵ اردیبهشت ۱۴۰۴"), ("A", "ب")],
        );
        let gregorian = memory_of("fa", &[("On 5 May 2025", "در ۵ مه ۲۰۲۵"), ("A", "ب")]);
        let written = |memory, text| {
            let finder = Finder::new(memory, &language("en"), &language("fa")).unwrap();
            finder.written(text).unwrap()
        };
        let date = "Thursday, 6 November 2025, 18:30";
        assert_eq!(
            written(&solar, date).as_deref(),
            Some("پنجشنبه ۱۵ آبان ۱۴۰۴، ۱۸:۳۰")
        );
        assert_eq!(
            written(&gregorian, "6 November 2025").as_deref(),
            Some("۶ نوامبر ۲۰۲۵")
        );
        assert_eq!(written(&solar, "1,234.5").as_deref(), Some("۱٬۲۳۴٫۵"));
        assert_eq!(written(&solar, "6 p.m.").as_deref(), Some("۱۸:۰۰"));
        assert_eq!(written(&solar, "1936").as_deref(), Some("۱۹۳۶"));
        for doubtful in [
            "3/4/2025",
            "Friday, 6 November 2025",
            "on 6 November 2025",
            "",
            "three",
        ] {
            assert_eq!(written(&solar, doubtful), None, "{doubtful}");
        }
    }
}
