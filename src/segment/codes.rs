//! Which segment an inline code belongs to when its paragraph is cut.
//!
//! Between two segments there is white space, and codes may stand before, in or behind it. Those that close what was opened before
//! the cut go with the segment before, those that open go with the one behind; one that stands alone goes with the text that it
//! touches, as a footnote mark does behind a full stop. Where a code's place forces white space between it and its text, that white
//! space is the segment's.

use std::ops::Range;

use super::srx::CodeHandling;

/// Whether an inline code opens something, closes it, or stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    /// A start: bold begins here.
    Opening,
    /// An end: bold ends here.
    Closing,
    /// Neither: an image, a footnote mark, a line break.
    Alone,
}

/// An inline code and where it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacedCode {
    /// Bytes from the start of the text.
    pub at: usize,
    /// What it does.
    pub kind: CodeKind,
}

/// A segment of a paragraph with inline codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where its text stands in the paragraph, in bytes.
    pub text: Range<usize>,
    /// Which of the paragraph's codes it has, by their number in order.
    pub codes: Range<usize>,
}

/// Gives every code to a segment.
pub(super) fn pieces(
    cuts: &[Range<usize>],
    codes: &[PlacedCode],
    handling: CodeHandling,
) -> Vec<Piece> {
    let Some(first) = cuts.first() else {
        // No text: the codes are a piece of their own, if there are any.
        let ends = codes.first().zip(codes.last());
        let piece = ends.map(|(first, last)| Piece {
            text: first.at..last.at,
            codes: 0..codes.len(),
        });
        return piece.into_iter().collect();
    };
    let mut pieces = Vec::with_capacity(cuts.len());
    let mut text = first.clone();
    let mut taken = 0;
    for next in cuts.iter().skip(1) {
        let inside = count_while(codes, taken, |code| code.at < text.end);
        let gap = count_while(codes, inside, |code| code.at <= next.start);
        let between = codes.get(inside..gap).unwrap_or_default();
        let end = inside + before_cut(between, &text, next, handling);
        pieces.push(piece(text, taken..end, codes));
        text = next.clone();
        taken = end;
    }
    pieces.push(piece(text, taken..codes.len(), codes));
    pieces
}

fn count_while(codes: &[PlacedCode], from: usize, holds: impl Fn(&PlacedCode) -> bool) -> usize {
    let rest = codes.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|code| holds(code)).count()
}

/// How many of the codes between two segments belong to the first of them.
fn before_cut(
    between: &[PlacedCode],
    text: &Range<usize>,
    next: &Range<usize>,
    handling: CodeHandling,
) -> usize {
    // Up to the last code that closes something opened before the cut, all belong to the segment before.
    let mut open = 0;
    let mut before = 0;
    for (index, code) in between.iter().enumerate() {
        match code.kind {
            CodeKind::Opening => open += 1,
            CodeKind::Closing if open > 0 => open -= 1,
            CodeKind::Closing if handling.closing => before = index + 1,
            CodeKind::Closing | CodeKind::Alone => {}
        }
    }
    for code in between.iter().skip(before) {
        let goes_before = match code.kind {
            CodeKind::Opening => handling.opening,
            CodeKind::Closing => handling.closing,
            CodeKind::Alone => match (code.at == text.end, code.at == next.start) {
                (true, false) => true,
                (false, true) => false,
                _ => handling.alone,
            },
        };
        if !goes_before {
            break;
        }
        before += 1;
    }
    before
}

/// A segment with its codes; its text reaches as far as they do.
fn piece(text: Range<usize>, numbers: Range<usize>, codes: &[PlacedCode]) -> Piece {
    let own = codes.get(numbers.clone()).unwrap_or_default();
    let start = own
        .first()
        .map_or(text.start, |code| code.at.min(text.start));
    let end = own.last().map_or(text.end, |code| code.at.max(text.end));
    Piece {
        text: start..end,
        codes: numbers,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::Segmenter;
    use crate::text::language::Language;
    use proptest::prelude::*;

    /// A text with codes: `<` opens, `>` closes, `^` stands alone.
    fn taken_apart(marked: &str) -> (String, Vec<PlacedCode>) {
        let mut text = String::new();
        let mut codes = Vec::new();
        for letter in marked.chars() {
            let kind = match letter {
                '<' => CodeKind::Opening,
                '>' => CodeKind::Closing,
                '^' => CodeKind::Alone,
                letter => {
                    text.push(letter);
                    continue;
                }
            };
            codes.push(PlacedCode {
                at: text.len(),
                kind,
            });
        }
        (text, codes)
    }

    fn put_together(text: &str, codes: &[PlacedCode], piece: &Piece) -> String {
        let mut out = String::new();
        let mut at = piece.text.start;
        for code in &codes[piece.codes.clone()] {
            out.push_str(text.get(at..code.at).unwrap());
            out.push(match code.kind {
                CodeKind::Opening => '<',
                CodeKind::Closing => '>',
                CodeKind::Alone => '^',
            });
            at = code.at;
        }
        out.push_str(text.get(at..piece.text.end).unwrap());
        out
    }

    fn cut(tag: &str, marked: &str) -> Vec<String> {
        let (text, codes) = taken_apart(marked);
        let segmenter = Segmenter::new(&Language::parse(tag).unwrap());
        let pieces = segmenter.cut_with_codes(&text, &codes);
        pieces
            .iter()
            .map(|piece| put_together(&text, &codes, piece))
            .collect()
    }

    #[test]
    fn codes_go_with_the_text_they_belong_to() {
        for (tag, marked, wanted) in [
            ("en", "<Stop.> <Go.>", vec!["<Stop.>", "<Go.>"]),
            ("en", "Stop. <Go.>", vec!["Stop.", "<Go.>"]),
            ("en", "<Stop. >Go.", vec!["<Stop. >", "Go."]),
            ("en", "<Stop. Go.>", vec!["<Stop.", "Go.>"]),
            ("en", "Stop.^ Go.", vec!["Stop.^", "Go."]),
            ("en", "Stop. ^Go.", vec!["Stop.", "^Go."]),
            ("en", "Stop. <>^ Go.", vec!["Stop.", "<>^ Go."]),
            (
                "en",
                "<He said <“Stop.”>> Then^ he left.",
                vec!["<He said <“Stop.”>>", "Then^ he left."],
            ),
            ("en", "^<Stop.> Go.<^>", vec!["^<Stop.>", "Go.<^>"]),
            (
                "fa",
                "<«چراغ روشن بود.»> <او رفت.>",
                vec!["<«چراغ روشن بود.»>", "<او رفت.>"],
            ),
            (
                "ar",
                "<حضر د. سليم.>^ نعم!",
                vec!["<حضر د. سليم.>^", "نعم!"],
            ),
            (
                "sq",
                "I nderuar <z. Çelëza!> Po.",
                vec!["I nderuar <z. Çelëza!>", "Po."],
            ),
            ("en", "^<>", vec!["^<>"]),
            ("en", "", vec![]),
        ] {
            assert_eq!(cut(tag, marked), wanted, "{tag}: {marked}");
        }
    }

    proptest! {
        /// Segments, and the white space between them, give back text and codes in their order, and no code is lost.
        #[test]
        fn pieces_and_gaps_give_back_text_and_codes(
            marked in r#"[<>^ .!?؟a-cA-CëÇبپ۵«»“”"(){}\u{200C}\u{200F}\u{a0}\n]{0,60}"#,
            tag in prop::sample::select(vec!["en", "fa", "ar", "sq", "de"]),
        ) {
            let (text, codes) = taken_apart(&marked);
            let segmenter = Segmenter::new(&Language::parse(tag).unwrap());
            let pieces = segmenter.cut_with_codes(&text, &codes);
            let (mut end, mut taken) = (0, 0);
            let mut again = String::new();
            for piece in &pieces {
                let gap = text.get(end..piece.text.start).unwrap();
                prop_assert!(gap.chars().all(char::is_whitespace));
                prop_assert_eq!(piece.codes.start, taken);
                again.push_str(gap);
                again.push_str(&put_together(&text, &codes, piece));
                (end, taken) = (piece.text.end, piece.codes.end);
            }
            prop_assert_eq!(taken, codes.len());
            again.push_str(text.get(end..).unwrap());
            prop_assert_eq!(again, marked);
        }

        /// A code that opens something at the end of a segment belongs to the next, one that closes at its start to the one before.
        #[test]
        fn no_code_is_cut_from_its_text(parts in prop::collection::vec(("[A-C][a-c]{2,5}[.!?]", 0..4usize), 1..6)) {
            let open = ["", "<", "<<", "<"];
            let close = ["", ">", ">>", ">^"];
            let sentences: Vec<String> =
                parts.iter().map(|(text, kind)| format!("{}{text}{}", open[*kind], close[*kind])).collect();
            prop_assert_eq!(cut("en", &sentences.join(" ")), sentences);
        }
    }
}
