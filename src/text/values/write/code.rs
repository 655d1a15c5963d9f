//! Telephone and document numbers, written anew.

use super::{Written, with_parts};
use crate::text::tokens::{ascii_digit, is_invisible};
use crate::text::values::style::Digits;
use crate::text::values::{Kind, Role};

/// A telephone or document number: the digits of the new one in those of the example, if nothing else differs.
pub(super) fn code(example: Written<'_>, value: Written<'_>) -> Option<String> {
    if example.value.kind != value.value.kind {
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
    if example.value.kind == Kind::Phone {
        let written = value.text().chars().filter(|letter| !is_invisible(*letter));
        return Some(digits.write(&written.collect::<String>()));
    }
    if shape(example) != shape(value) {
        return None;
    }
    let mut runs = value
        .value
        .parts
        .iter()
        .filter(|part| part.role == Role::Run);
    with_parts(example, |_, _| Some(digits.write(value.part(runs.next()?))))
}
