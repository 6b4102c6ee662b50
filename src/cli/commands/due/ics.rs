//! Due items as a calendar (RFC 5545); the same bytes for the same records and day.
//!
//! Calendars are often synchronised to a server, so each event is marked private, and only items with a date are
//! included: no incidents, no confidential text.

use chrono::{NaiveDate, NaiveTime};
use icalendar::{Calendar, Class, Component, Event, EventLike, Property};

use crate::cli::shared::due::rows::DueRow;
use crate::cli::shared::due::rows::names;
use crate::model::Code;
use crate::text::Lang;
use crate::tr;

/// Builds the calendar of the dated items. Overdue ones are placed on today.
pub(super) fn calendar(
    rows: impl Iterator<Item = DueRow>,
    school: &str,
    today: NaiveDate,
    lang: Lang,
) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//cuncao//cuncao//ZH"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    calendar.name(&tr!(lang, "due-calendar", school = school));
    let stamp = today.and_time(NaiveTime::MIN).and_utc();
    for row in rows {
        let Some(day) = row.day else { continue };
        let mut event = Event::with_uid(&format!("{}@cuncao", row.key));
        event.timestamp(stamp);
        // An all-day event without an end lasts one day; the crate's `all_day` sets an end, which by RFC 5545 would be
        // the next day.
        event.starts(day.0.max(today));
        event.summary(&summary(&row, lang));
        let description = description(&row, lang);
        if !description.is_empty() {
            event.description(&description);
        }
        event.categories([row.group.label().get(lang)]);
        event.add_property("TRANSP", "TRANSPARENT");
        event.class(Class::Private);
        calendar.push(event.done());
    }
    calendar.to_string()
}

fn summary(row: &DueRow, lang: Lang) -> String {
    let title = if row.children.is_empty() {
        row.title.clone()
    } else {
        let children = names(&row.children, lang);
        tr!(
            lang,
            "due-event",
            title = row.title.as_str(),
            children = children
        )
    };
    match (row.overdue, row.day) {
        (true, Some(day)) => tr!(
            lang,
            "due-event-overdue",
            title = title,
            day = day.0.to_string()
        ),
        _ => title,
    }
}

fn description(row: &DueRow, lang: Lang) -> String {
    let helpers = names(&row.helpers, lang);
    let parts = [
        row.note.as_str(),
        &row.class_labels.join(&tr!(lang, "due-comma")),
        &helpers,
    ];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n")
}
