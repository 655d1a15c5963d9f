//! Telephone and document numbers, written anew.

use super::Written;
use crate::text::tokens::{ascii_digit, is_invisible};
use crate::text::values::Kind;
use crate::text::values::style::Digits;

/// A telephone or document number: the digits of the new one in those of the example, if nothing else differs.
pub(super) fn code(example: Written<'_>, value: Written<'_>) -> Option<String> {
    let is_phone = |written: Written<'_>| written.value.kind == Kind::Phone;
    if is_phone(example) != is_phone(value) {
        return None;
    }
    let digits = Digits::of(example.text())?;
    let shape = |written: Written<'_>| -> String {
        let mut shape = String::new();
        for letter in written
            .text()
            .chars()
            .filter(|letter| !is_invisible(*letter))
        {
            if ascii_digit(letter).is_none() {
                shape.push(letter);
            } else if !shape.ends_with('0') {
                shape.push('0');
            }
        }
        shape
    };
    if is_phone(example) {
        let written = value.text().chars().filter(|letter| !is_invisible(*letter));
        return Some(digits.write(&written.collect::<String>()));
    }
    if shape(example) != shape(value) {
        return None;
    }
    let is_digit = |letter: char| ascii_digit(letter).is_some();
    let mut runs = value.text().split(|letter| !is_digit(letter));
    let mut runs = std::iter::from_fn(|| runs.find(|run| !run.is_empty()));
    let mut text = String::new();
    let mut is_within = false;
    for letter in example.text().chars() {
        if !is_digit(letter) {
            text.push(letter);
        } else if !is_within {
            text.push_str(&digits.write(runs.next()?));
        }
        is_within = is_digit(letter);
    }
    Some(text)
}
