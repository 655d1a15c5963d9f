//! Many look-ups at once: all cores take part, and what is said twice is looked up once.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::finder::Finder;
use super::{Match, Query};
use crate::error::{Progress, Result};
use crate::text::fold;

/// With fewer look-ups than this the other cores would be asked for longer than they would help.
const ENOUGH: usize = 64;

impl Finder<'_> {
    /// Answers many queries as [`Finder::find`] would answer each, in their order.
    ///
    /// # Errors
    /// If the memory cannot be read, or what `progress` returns.
    pub fn find_all(
        &self,
        queries: &[Query<'_>],
        threshold: u8,
        limit: usize,
        progress: Progress<'_>,
    ) -> Result<Vec<Vec<Match>>> {
        // Where a text is said again, the answer is the same, unless there is an exact match, which context may make better.
        let mut firsts: HashMap<(String, usize), usize> = HashMap::new();
        let mut first_of = Vec::with_capacity(queries.len());
        for (index, query) in queries.iter().enumerate() {
            let key = fold::identity(query.text, self.from());
            let first = firsts.entry((key, query.codes.len()));
            first_of.push(*first.or_insert(index));
        }
        let distinct: Vec<usize> = (0..queries.len())
            .filter(|index| first_of.get(*index) == Some(index))
            .collect();
        let mut answers = self.answer(queries, &distinct, threshold, limit, progress)?;
        let depends = |answer: &[Match]| answer.iter().any(|one| one.kind.is_exact());
        let again: Vec<usize> = (0..queries.len())
            .filter(|index| {
                let first = first_of.get(*index).filter(|first| *first != index);
                first
                    .and_then(|first| answers.get(first))
                    .is_some_and(|answer| depends(answer))
            })
            .collect();
        answers.extend(self.answer(queries, &again, threshold, limit, progress)?);
        let answers = first_of.iter().enumerate().map(|(index, first)| {
            let own = answers.get(&index).or_else(|| answers.get(first));
            own.cloned().unwrap_or_default()
        });
        Ok(answers.collect())
    }

    /// Answers some of the queries, by their numbers.
    fn answer(
        &self,
        queries: &[Query<'_>],
        wanted: &[usize],
        threshold: u8,
        limit: usize,
        progress: Progress<'_>,
    ) -> Result<HashMap<usize, Vec<Match>>> {
        let next = AtomicUsize::new(0);
        let stopped = AtomicBool::new(false);
        let take = || {
            let taken = wanted.get(next.fetch_add(1, Ordering::Relaxed)).copied();
            taken.filter(|_| !stopped.load(Ordering::Relaxed))
        };
        let find = |finder: &Finder<'_>, index: usize| -> Result<(usize, Vec<Match>)> {
            let query = queries.get(index).copied().unwrap_or_default();
            Ok((index, finder.find(query, threshold, limit)?))
        };
        let others = match std::thread::available_parallelism() {
            Ok(cores) if wanted.len() >= ENOUGH => cores.get() - 1,
            _ => 0,
        };
        let mut readers = Vec::new();
        for _ in 0..others {
            readers.extend(self.another_reader()?);
        }
        let settings = self.settings();
        std::thread::scope(|scope| {
            let threads: Vec<_> = readers
                .into_iter()
                .map(|reader| {
                    let (settings, take, find) = (settings.clone(), &take, &find);
                    scope.spawn(move || {
                        let finder = Finder::with_settings(&*reader, settings);
                        let mut found = Vec::new();
                        while let Some(index) = take() {
                            found.push(find(&finder, index)?);
                        }
                        Ok(found)
                    })
                })
                .collect();
            let mut own = || -> Result<Vec<_>> {
                let mut found = Vec::new();
                while let Some(index) = take() {
                    progress(
                        next.load(Ordering::Relaxed).min(wanted.len()) as u64,
                        wanted.len() as u64,
                    )?;
                    found.push(find(self, index)?);
                }
                Ok(found)
            };
            let mut all = own().inspect_err(|_| stopped.store(true, Ordering::Relaxed))?;
            for thread in threads {
                match thread.join() {
                    Ok(found) => all.extend(found?),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            Ok(all.into_iter().collect())
        })
    }
}
