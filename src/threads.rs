//! Parallel execution on threads.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::Scope;

/// Returns the number of threads that can run at the same time.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

/// Runs the same work on a number of threads, including this one, and returns their results.
fn on<T: Send>(threads: usize, work: impl Fn() -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(&work)).collect();
        let mut made = vec![work()];
        for other in others {
            match other.join() {
                Ok(more) => made.push(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        made
    })
}

/// Runs two closures in parallel and returns their results.
pub(crate) fn both<A, B: Send>(
    one: impl FnOnce() -> A,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    std::thread::scope(|scope| {
        let other = scope.spawn(other);
        let one = one();
        match other.join() {
            Ok(other) => (one, other),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Runs the same work on as many threads as there are cores, and on up to `most` once a thread calls its argument to
/// tell that it waits for I/O.
pub(crate) fn growing(most: usize, work: impl Fn(&dyn Fn()) + Sync) {
    let grown = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let crew = Pool {
            grown: &grown,
            more: most.saturating_sub(cores()),
            work: &work,
        };
        for _ in 1..cores() {
            scope.spawn(move || crew.work(scope));
        }
        crew.work(scope);
    });
}

/// A pool of threads that run the same work.
struct Pool<'e, W> {
    grown: &'e AtomicBool,
    /// The number of threads to start when one waits.
    more: usize,
    work: &'e W,
}

impl<W> Clone for Pool<'_, W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W> Copy for Pool<'_, W> {}

impl<'e, W: Fn(&dyn Fn()) + Sync> Pool<'e, W> {
    fn work<'s>(self, scope: &'s Scope<'s, 'e>) {
        (self.work)(&|| {
            if !self.grown.swap(true, Ordering::Relaxed) {
                for _ in 0..self.more {
                    scope.spawn(move || self.work(scope));
                }
            }
        });
    }
}

/// Maps items with their indices in parallel, and returns the results in order.
pub(crate) fn over<I: Sync, T: Send>(items: &[I], work: impl Fn(usize, &I) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let share = || {
        let mut made = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            match items.get(at) {
                Some(item) => made.push((at, work(at, item))),
                None => return made,
            }
        }
    };
    let mut made: Vec<_> = on(cores().min(items.len()), share)
        .into_iter()
        .flatten()
        .collect();
    made.sort_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_things_at_once_both_end() {
        let (sent, received) = std::sync::mpsc::channel();
        // Each waits for the other, so that running them one after the other would not end.
        let wait = || received.recv_timeout(std::time::Duration::from_secs(60));
        let (one, other) = both(wait, || sent.send(7));
        assert_eq!((one, other), (Ok(7), Ok(())));
    }

    #[test]
    fn more_threads_join_once_when_some_wait() {
        let (started, most) = (AtomicUsize::new(0), cores() + 3);
        growing(most, |wait| {
            started.fetch_add(1, Ordering::Relaxed);
            wait();
        });
        assert_eq!(started.into_inner(), most);
        let started = AtomicUsize::new(0);
        growing(most, |_| {
            started.fetch_add(1, Ordering::Relaxed);
        });
        assert_eq!(started.into_inner(), cores());
    }
}
