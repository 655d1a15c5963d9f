//! Clocks, and what is said of many times: the median, the worst of a hundred, the mean.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// How long this thread has had the processor. Other processes do not count, so that a busy machine disturbs less.
pub(crate) fn thread() -> Duration {
    read(ClockId::ThreadCPUTime)
}

/// How long all threads of this process have had the processor.
fn process() -> Duration {
    read(ClockId::ProcessCPUTime)
}

fn read(clock: ClockId) -> Duration {
    let now = clock_gettime(clock);
    Duration::new(
        u64::try_from(now.tv_sec).unwrap_or(0),
        u32::try_from(now.tv_nsec).unwrap_or(0),
    )
}

/// What a task took.
#[derive(Clone, Copy, Default)]
pub(crate) struct Took {
    /// By the clock on the wall.
    pub(crate) wall: Duration,
    /// Processor time of all threads of this process.
    pub(crate) cpu: Duration,
}

/// Does a task and says what it took.
pub(crate) fn timed<T>(task: impl FnOnce() -> T) -> (T, Took) {
    let (wall, cpu) = (Instant::now(), process());
    let done = task();
    let took = Took {
        wall: wall.elapsed(),
        cpu: process().saturating_sub(cpu),
    };
    (done, took)
}

/// Milliseconds with a fraction.
pub(crate) fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Milliseconds with three digits that mean something.
pub(crate) fn shown(ms: f64) -> String {
    match ms {
        ms if ms >= 100.0 => format!("{ms:.0}"),
        ms if ms >= 10.0 => format!("{ms:.1}"),
        ms if ms >= 1.0 => format!("{ms:.2}"),
        ms => format!("{ms:.4}"),
    }
}

/// Many times of the same thing.
pub(crate) struct Times(Vec<Duration>);

impl Times {
    pub(crate) fn new(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Times(times)
    }

    /// The time that so many percent do not exceed (nearest rank), in milliseconds.
    pub(crate) fn percentile(&self, percent: usize) -> f64 {
        let rank = (self.0.len() * percent).div_ceil(100).max(1);
        self.0.get(rank - 1).map_or(0.0, |time| ms(*time))
    }

    pub(crate) fn mean(&self) -> f64 {
        ms(self.0.iter().sum()) / self.0.len().max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_nearest_ranks() {
        let times = Times::new((1..=200).rev().map(Duration::from_millis).collect());
        assert_eq!((times.percentile(50), times.percentile(99)), (100.0, 198.0));
        assert_eq!(Times::new(Vec::new()).percentile(50), 0.0);
    }
}
