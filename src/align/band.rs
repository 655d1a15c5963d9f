//! Tables of two editions of which only a band around the path is kept, so that room grows with the length of the editions and
//! not with its square.

use std::ops::Range;

/// Which columns of each row of a table are kept: a stretch that never goes back from one row to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Band {
    rows: Vec<Range<usize>>,
}

impl Band {
    /// All of a table.
    pub(super) fn whole(rows: usize, columns: usize) -> Self {
        Band {
            rows: vec![0..columns; rows],
        }
    }

    /// The stretches given, drawn wider where one goes back behind the one before.
    pub(super) fn new(mut rows: Vec<Range<usize>>) -> Self {
        let mut end = 0;
        for row in &mut rows {
            end = end.max(row.end);
            row.end = end;
        }
        let mut start = usize::MAX;
        for row in rows.iter_mut().rev() {
            start = start.min(row.start);
            row.start = start.min(row.end);
        }
        Band { rows }
    }

    /// The columns of a row; none for a row that there is not.
    pub(super) fn row(&self, row: usize) -> Range<usize> {
        self.rows.get(row).cloned().unwrap_or(0..0)
    }

    /// A band of places between segments as one of segments: a segment is kept where the places on both its sides are.
    pub(super) fn of_segments(&self) -> Band {
        let pairs = self.rows.windows(2).map(|pair| match pair {
            [before, behind] => before.start..behind.end.saturating_sub(1).max(before.start),
            _ => 0..0,
        });
        Band {
            rows: pairs.collect(),
        }
    }

    /// The same band with rows and columns changed, for so many columns.
    pub(super) fn turned(&self, columns: usize) -> Band {
        let mut turned = vec![(usize::MAX, 0); columns];
        for (number, row) in self.rows.iter().enumerate() {
            for column in turned.get_mut(row.clone()).into_iter().flatten() {
                *column = (column.0.min(number), number + 1);
            }
        }
        let turned = turned.into_iter().map(|(first, end)| first.min(end)..end);
        Band {
            rows: turned.collect(),
        }
    }
}

/// A value for each cell of a band.
#[derive(Clone, Debug, Default)]
pub(super) struct Banded<T> {
    /// For each row its first column, and where in `cells` it stands.
    rows: Vec<(usize, usize)>,
    cells: Vec<T>,
}

impl<T: Copy> Banded<T> {
    pub(super) fn new(band: &Band, value: T) -> Self {
        let mut rows = Vec::with_capacity(band.rows.len() + 1);
        let mut at = 0;
        for row in &band.rows {
            rows.push((row.start, at));
            at += row.len();
        }
        rows.push((0, at));
        Banded {
            rows,
            cells: vec![value; at],
        }
    }

    /// The cells of a row from one column to another, as far as they are kept. Empty if the first is not.
    pub(super) fn slice(&self, row: usize, columns: Range<usize>) -> &[T] {
        let (Some((first, start)), Some((_, end))) = (self.rows.get(row), self.rows.get(row + 1))
        else {
            return &[];
        };
        let Some(from) = columns.start.checked_sub(*first) else {
            return &[];
        };
        let until = (start + columns.end.saturating_sub(*first)).min(*end);
        self.cells.get(start + from..until).unwrap_or_default()
    }

    /// All cells with their rows and columns, in order.
    pub(super) fn cells(&self) -> impl Iterator<Item = (usize, usize, T)> + '_ {
        let rows = self.rows.windows(2).enumerate();
        rows.flat_map(|(row, ends)| {
            let (first, start, end) = match ends {
                [(first, start), (_, end)] => (*first, *start, *end),
                _ => (0, 0, 0),
            };
            let cells = self.cells.get(start..end).unwrap_or_default().iter();
            cells
                .enumerate()
                .map(move |(at, cell)| (row, first + at, *cell))
        })
    }

    /// A table over the same band with one value everywhere.
    pub(super) fn with<U: Copy>(&self, value: U) -> Banded<U> {
        Banded {
            rows: self.rows.clone(),
            cells: vec![value; self.cells.len()],
        }
    }

    pub(super) fn get(&self, row: usize, column: usize) -> Option<T> {
        self.slice(row, column..column + 1).first().copied()
    }

    pub(super) fn get_mut(&mut self, row: usize, column: usize) -> Option<&mut T> {
        let (first, start) = *self.rows.get(row)?;
        let (_, end) = *self.rows.get(row + 1)?;
        let at = start + column.checked_sub(first)?;
        if at < end {
            self.cells.get_mut(at)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bands() -> impl Strategy<Value = Band> {
        prop::collection::vec((0_usize..20, 0_usize..20), 1..12).prop_map(|rows| {
            Band::new(
                rows.into_iter()
                    .map(|(start, more)| start..start + more)
                    .collect(),
            )
        })
    }

    proptest! {
        #[test]
        fn a_band_never_goes_back(band in bands()) {
            for pair in band.rows.windows(2) {
                prop_assert!(pair[0].start <= pair[1].start && pair[0].end <= pair[1].end);
            }
        }

        #[test]
        fn every_cell_of_a_band_is_one_of_its_own(band in bands()) {
            let mut table = Banded::new(&band, (0, 0));
            for row in 0..band.rows.len() {
                for column in 0..50 {
                    prop_assert_eq!(table.get(row, column).is_some(), band.row(row).contains(&column));
                    if let Some(cell) = table.get_mut(row, column) {
                        *cell = (row, column);
                    }
                }
            }
            for row in 0..band.rows.len() {
                for column in band.row(row) {
                    prop_assert_eq!(table.get(row, column), Some((row, column)));
                }
                prop_assert_eq!(table.slice(row, band.row(row)).len(), band.row(row).len());
            }
        }

        #[test]
        fn turned_twice_it_holds_what_it_held(band in bands()) {
            let turned = band.turned(50);
            for row in 0..band.rows.len() {
                for column in 0..50 {
                    prop_assert_eq!(band.row(row).contains(&column), turned.row(column).contains(&row));
                }
            }
        }
    }
}
