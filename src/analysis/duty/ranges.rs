//! Date ranges, both ends inclusive.

use chrono::NaiveDate;

/// A date range, both ends inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateRange {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

impl DateRange {
    /// Every day.
    pub const ALWAYS: DateRange = DateRange {
        from: NaiveDate::MIN,
        until: NaiveDate::MAX,
    };

    /// The number of days; 0 or negative if the last day is before the first.
    pub fn days(self) -> i64 {
        (self.until - self.from).num_days() + 1
    }

    /// The intersection of two ranges.
    pub fn within(self, other: DateRange) -> Option<DateRange> {
        let both = DateRange {
            from: self.from.max(other.from),
            until: self.until.min(other.until),
        };
        (both.from <= both.until).then_some(both)
    }

    /// Whether the range contains a day.
    pub fn holds(self, day: NaiveDate) -> bool {
        (self.from..=self.until).contains(&day)
    }
}

/// Disjoint, non-adjacent ranges, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateRanges(Vec<DateRange>);

impl DateRanges {
    /// Every day.
    pub fn always() -> DateRanges {
        DateRanges(vec![DateRange::ALWAYS])
    }

    /// The union of ranges, which may overlap and be unsorted.
    pub fn of(mut ranges: Vec<DateRange>) -> DateRanges {
        ranges.retain(|range| range.from <= range.until);
        ranges.sort_unstable();
        let mut merged: Vec<DateRange> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match merged.last_mut() {
                Some(last) if last.until.succ_opt().is_none_or(|next| range.from <= next) => {
                    last.until = last.until.max(range.until);
                }
                _ => merged.push(range),
            }
        }
        DateRanges(merged)
    }

    /// The intersections with another range.
    pub fn within(&self, other: DateRange) -> impl Iterator<Item = DateRange> {
        self.0.iter().filter_map(move |range| range.within(other))
    }

    /// The range that contains a day.
    pub fn around(&self, day: NaiveDate) -> Option<DateRange> {
        self.0.iter().copied().find(|range| range.holds(day))
    }
}
