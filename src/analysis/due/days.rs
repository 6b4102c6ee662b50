//! Upcoming dates: festivals, and birthdays of children with a file who are still pupils.

use chrono::Datelike;

use super::item::{DueItem, DueReason};
use super::view::View;
use crate::model::Code;
use crate::model::calendar::BirthdayCalendar;
use crate::model::calendar::{Festival, next_birthday};

pub(super) fn list<'a>(view: &View<'a>) -> Vec<DueItem<'a>> {
    let mut items = birthdays(view);
    items.extend(festivals(view));
    items
}

fn birthdays<'a>(view: &View<'a>) -> Vec<DueItem<'a>> {
    let pupils = view.records.children.iter();
    pupils
        .filter(|child| child.is_enrolled(view.today))
        .filter_map(|child| {
            let calendar = child.birthday_calendar.unwrap_or(BirthdayCalendar::Solar);
            let (day, age) = next_birthday(child.birth_date.0, calendar, view.today)?;
            let lunar = calendar == BirthdayCalendar::Lunar;
            let reason = DueReason::Birthday { age, lunar };
            (day <= view.last_day()).then(|| DueItem::of_child(reason, Some(day), child.id))
        })
        .collect()
}

fn festivals<'a>(view: &View<'a>) -> Vec<DueItem<'a>> {
    let days = view.today..=view.last_day();
    let years = days.start().year()..=days.end().year();
    let in_year = |year: i32| {
        Festival::ALL
            .iter()
            .filter_map(move |festival| Some((*festival, festival.day(year)?)))
    };
    years
        .flat_map(in_year)
        .filter(|(_, day)| days.contains(day))
        .map(|(festival, day)| DueItem::new(DueReason::Festival(festival), Some(day)))
        .collect()
}
