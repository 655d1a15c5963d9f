//! Elements around the words of a paragraph, when the words have changed their order.
//!
//! In another language the codes of a text come in another order, so that elements can overlap or close before they open. XML allows neither.
//! What overlaps is closed and opened again; what closes before it opens encloses nothing.

use crate::unit::{CodeSide, Segment};

/// What happens in a paragraph, in order. Elements and lone codes are named by an index that the format knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event<'a> {
    /// Text.
    Text(&'a str),
    /// An element opens.
    Open(usize),
    /// The element that was opened last closes.
    Close(usize),
    /// A code that stands alone.
    Alone(usize),
}

/// The elements that are open in a paragraph, from line to line.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    open: Vec<usize>,
    /// What has closed without being open.
    dead: Vec<usize>,
    /// What was closed only because something around it closed.
    reopened: Vec<usize>,
}

impl Nesting {
    /// The events of a segment. `index_of` gives the index of the element or lone code that has a number.
    pub(super) fn events<'a>(
        &mut self,
        segment: &'a Segment,
        index_of: impl Fn(usize) -> Option<usize>,
    ) -> Vec<Event<'a>> {
        let mut events = Vec::new();
        let mut at = 0;
        for code in &segment.codes {
            let before = segment.text.get(at..code.at).unwrap_or_default();
            if !before.is_empty() {
                events.push(Event::Text(before));
            }
            at = code.at.max(at);
            let number = code.name().and_then(|(_, number)| number.parse().ok());
            let Some(index) = number.and_then(&index_of) else {
                continue;
            };
            match code.side() {
                CodeSide::Opening => self.open(index, &mut events),
                CodeSide::Closing => self.close(index, &mut events),
                CodeSide::Alone => events.push(Event::Alone(index)),
            }
        }
        let rest = segment.text.get(at..).unwrap_or_default();
        if !rest.is_empty() {
            events.push(Event::Text(rest));
        }
        events
    }

    /// What is still open when the paragraph ends.
    pub(super) fn end<'a>(&mut self) -> Vec<Event<'a>> {
        let open = std::mem::take(&mut self.open);
        open.into_iter().rev().map(Event::Close).collect()
    }

    fn open(&mut self, index: usize, events: &mut Vec<Event<'_>>) {
        events.push(Event::Open(index));
        if self.dead.contains(&index) {
            events.push(Event::Close(index));
        } else {
            self.open.push(index);
        }
    }

    fn close(&mut self, index: usize, events: &mut Vec<Event<'_>>) {
        let Some(place) = self.open.iter().rposition(|open| *open == index) else {
            self.dead.push(index);
            return;
        };
        let inner = self.open.split_off(place + 1);
        self.open.pop();
        for inner in inner.iter().rev() {
            events.push(Event::Close(*inner));
        }
        if self.reopened.contains(&index) && events.last() == Some(&Event::Open(index)) {
            // Nothing came after it was opened again.
            events.pop();
        } else {
            events.push(Event::Close(index));
        }
        for inner in inner {
            events.push(Event::Open(inner));
            self.open.push(inner);
            self.reopened.push(inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::BlockBuilder;
    use super::*;
    use proptest::prelude::*;

    /// Letters are text; `<1` opens, `>1` closes, `^1` stands alone.
    fn drawn(segment: &Segment) -> String {
        let mut nesting = Nesting::default();
        let mut events = nesting.events(segment, Some);
        events.extend(nesting.end());
        let draw = |event: &Event<'_>| match event {
            Event::Text(text) => (*text).to_owned(),
            Event::Open(index) => format!("<{index}"),
            Event::Close(index) => format!(">{index}"),
            Event::Alone(index) => format!("^{index}"),
        };
        events.iter().map(draw).collect()
    }

    fn built() -> Segment {
        let mut builder = BlockBuilder::default();
        builder.text("a ");
        builder.open("bold", "");
        builder.text("b");
        builder.open("italic", "");
        builder.text("c");
        builder.close("");
        builder.close("");
        builder.alone("image", "");
        builder.text("d");
        builder.finish().content
    }

    #[test]
    fn what_overlaps_is_opened_again_and_nothing_is_lost() {
        let mut segment = built();
        assert_eq!(drawn(&segment), "a <1b<2c>2>1^3d");
        // The outer element closes first, at another place.
        segment.codes.swap(2, 3);
        if let Some(code) = segment.codes.get_mut(3) {
            code.at = 5;
        }
        if let Some(code) = segment.codes.get_mut(4) {
            code.at = 5;
        }
        assert_eq!(drawn(&segment), "a <1b<2c>2>1<2d>2^3");
    }

    proptest! {
        #[test]
        fn any_order_of_codes_is_well_nested(order in proptest::collection::vec((0usize..5, 0usize..6), 0..12)) {
            let mut segment = built();
            for (index, at) in order {
                let code = segment.codes.remove(index);
                segment.codes.push(code);
                if let Some(code) = segment.codes.get_mut(index) {
                    code.at = at.min(5);
                }
            }
            segment.codes.sort_by_key(|code| code.at);
            let mut nesting = Nesting::default();
            let mut events = nesting.events(&segment, Some);
            events.extend(nesting.end());
            let mut open = Vec::new();
            let mut text = String::new();
            for event in &events {
                match event {
                    Event::Text(piece) => text.push_str(piece),
                    Event::Open(index) => open.push(*index),
                    Event::Close(index) => prop_assert_eq!(open.pop(), Some(*index)),
                    Event::Alone(_) => {}
                }
            }
            prop_assert!(open.is_empty());
            prop_assert_eq!(&text, &segment.text);
            for index in [1, 2] {
                prop_assert!(events.contains(&Event::Open(index)));
            }
        }
    }
}
