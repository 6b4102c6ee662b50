//! The rows of a term's figures: definitions, evidence and duty periods.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::columns::how;
use super::rows::Substitutes;
use crate::analysis::dimension::Key;
use crate::analysis::figures::{
    FACETS, Facets, Figure, Figures, PeriodTally, Subject, Tallies, Tally, Unit,
};
use crate::analysis::release::names_a_person;
use crate::model::{Code, Id, Money};
use crate::store::dataset::{Lines, Part, PathError, Written};
use crate::text::Lang;

/// A row of the figures table; its fields are the columns.
#[derive(Serialize)]
struct FigureLine<'l> {
    term: &'l str,
    from: NaiveDate,
    until: NaiveDate,
    as_of: NaiveDate,
    definition: &'static str,
    place: usize,
    figure: String,
    label_zh: String,
    label_en: String,
    unit: &'static str,
    how: &'static str,
    whole: Option<&'l str>,
    splits: Vec<&'static str>,
    whole_splits: Vec<&'static str>,
    looks_back: bool,
}

/// The groups of a child or class.
#[derive(Serialize)]
struct FacetsLine {
    class: Option<String>,
    grade: Option<u8>,
    gender: Option<String>,
    guardianship: Option<String>,
    away: Option<String>,
    risk: Option<String>,
    #[serde(flatten)]
    of_events: Option<EventFacets>,
}

/// The groups of an event.
#[derive(Serialize)]
struct EventFacets {
    mode: Option<String>,
    theme: Option<String>,
    role: Option<String>,
    occasion: Option<String>,
}

impl FacetsLine {
    fn of(facets: &Facets<'_>, is_event: bool) -> FacetsLine {
        let key = |at: usize| facets[at].map(|key| key.to_string());
        FacetsLine {
            class: key(0),
            grade: match facets[1] {
                Some(Key::Grade(grade)) => Some(grade),
                _ => None,
            },
            gender: key(2),
            guardianship: key(3),
            away: key(4),
            risk: key(5),
            of_events: is_event.then(|| EventFacets {
                mode: key(6),
                theme: key(7),
                role: key(8),
                occasion: key(9),
            }),
        }
    }
}

/// A row of the evidence table: one subject of a figure.
#[derive(Serialize)]
struct EvidenceLine<'l> {
    term: &'l str,
    figure: &'l str,
    how: &'static str,
    member: usize,
    sort: &'static str,
    subject: &'l str,
    person: Option<&'l str>,
    day: Option<NaiveDate>,
    amount: Option<String>,
    of: Option<String>,
    met: bool,
    #[serde(flatten)]
    facets: FacetsLine,
    others: Vec<FacetsLine>,
}

/// A row of the duty periods table.
#[derive(Serialize)]
struct PeriodLine<'l> {
    term: &'l str,
    duty: &'l str,
    owed_to: &'static str,
    subject: String,
    child: Option<String>,
    person: Option<&'l str>,
    helper: Option<String>,
    from: NaiveDate,
    until: NaiveDate,
    state: &'static str,
    done: u32,
    wanted: u32,
    #[serde(flatten)]
    facets: FacetsLine,
}

/// Writes the rows of a term.
struct Writer<'w> {
    lines: Lines,
    buffer: Vec<u8>,
    term: &'w str,
    standins: &'w Substitutes<'w>,
}

impl Writer<'_> {
    fn line(&mut self, line: &impl Serialize) -> Result<(), PathError> {
        self.buffer.clear();
        // Serialising to memory cannot fail.
        let _ = serde_json::to_writer(&mut self.buffer, line);
        self.buffer.push(b'\n');
        self.lines.push(&self.buffer)
    }
}

/// Writes the figures of a term, their evidence and the duty periods.
pub(super) fn write(
    figures: &Figures<'_>,
    term: Id,
    standins: &Substitutes<'_>,
    part: &Part,
    with_evidence: bool,
) -> Result<Written, PathError> {
    let year = figures.basis().scope.from.year();
    let id = term.to_string();
    let writer = |table: &str| Writer {
        lines: part.table(table, year, &id),
        buffer: Vec::new(),
        term: &id,
        standins,
    };
    let (mut of_figures, mut of_evidence) = (writer("figures"), writer("evidence"));
    let mut place = 0;
    let mut written = Ok(());
    figures.each_tallies(&mut |tallies| {
        if written.is_ok() && !names_a_person(tallies.id) {
            written = figure(figures, &tallies, &mut place, &mut of_figures).and_then(|()| {
                if with_evidence {
                    subjects(tallies, &mut of_evidence)
                } else {
                    Ok(())
                }
            });
        }
    });
    written?;
    let mut of_periods = writer("duty_periods");
    if with_evidence {
        let mut periods = figures.periods();
        periods.sort_by_cached_key(|period| {
            let owed = &period.owed;
            (period.duty.id.clone(), owed.from, standins.owed_to(owed))
        });
        for tally in &periods {
            period(tally, &mut of_periods)?;
        }
    }
    let mut all = Written::default();
    for writer in [of_figures, of_evidence, of_periods] {
        all += writer.lines.finish()?;
    }
    Ok(all)
}

fn figure(
    figures: &Figures<'_>,
    tallies: &Tallies<'_, '_>,
    place: &mut usize,
    to: &mut Writer<'_>,
) -> Result<(), PathError> {
    let Some(figure) = tallies.figure else {
        return Ok(());
    };
    let scope = figures.basis().scope;
    let splits = |splits: fn(&Figure, &[crate::analysis::dimension::Dim]) -> bool| {
        let dims = FACETS.iter().filter(|dim| splits(figure, &[**dim]));
        dims.map(|dim| dim.code()).collect()
    };
    let label = |lang| to.standins.text(figure.label.get(lang));
    let line = FigureLine {
        term: to.term,
        from: scope.from,
        until: scope.until,
        as_of: scope.as_of,
        definition: scope.definition.code(),
        place: *place,
        figure: to.standins.text(&figure.id),
        label_zh: label(Lang::Zh),
        label_en: label(Lang::En),
        unit: figure.unit.code(),
        how: how(figure.statistic, figure.distinct),
        whole: tallies.whole,
        splits: splits(Figure::splits_by),
        whole_splits: splits(Figure::denominator_splits_by),
        looks_back: figure.of_then,
    };
    *place += 1;
    to.line(&line)
}

fn subjects(tallies: Tallies<'_, '_>, to: &mut Writer<'_>) -> Result<(), PathError> {
    let standins = to.standins;
    let id = standins.text(tallies.id);
    let unit = tallies.figure.map(|figure| figure.unit);
    let how = tallies
        .figure
        .map_or("count", |figure| how(figure.statistic, figure.distinct));
    let amount = |amount: i64| match unit {
        Some(Unit::Yuan) => Money::of_fen(amount).to_string(),
        _ => amount.to_string(),
    };
    let named = tallies.subjects.into_iter().map(|tally| {
        let (sort, subject) = standins.subject(&tally.subject);
        (sort, subject, tally)
    });
    let mut named: Vec<(&str, String, Tally<'_>)> = named.collect();
    // Sorted by pseudonym: the order of the records would reveal which is which.
    named.sort_by(|a, b| (&a.1, a.2.amount, a.2.of).cmp(&(&b.1, b.2.amount, b.2.of)));
    for (member, (sort, subject, tally)) in named.iter().enumerate() {
        let is_birthday = matches!(tally.subject, Subject::Birthday(..));
        let child = Substitutes::child_of(&tally.subject);
        let Some((first, others)) = tally.facets.split_first() else {
            continue;
        };
        let line = EvidenceLine {
            term: to.term,
            figure: &id,
            how,
            member,
            sort,
            subject,
            person: child.and_then(|child| standins.person(child)),
            // The day of a birthday would reveal the date of birth.
            day: Some(tally.day).filter(|_| !is_birthday || standins.is_full()),
            amount: tally.amount.map(amount),
            of: tally.of.map(amount),
            met: tally.amount.is_some(),
            facets: FacetsLine::of(first, true),
            others: others
                .iter()
                .map(|facets| FacetsLine::of(facets, true))
                .collect(),
        };
        to.line(&line)?;
    }
    Ok(())
}

fn period(tally: &PeriodTally<'_>, to: &mut Writer<'_>) -> Result<(), PathError> {
    let (owed, standins) = (&tally.owed, to.standins);
    let none: Facets<'_> = [None; FACETS.len()];
    let line = PeriodLine {
        term: to.term,
        duty: &tally.duty.id,
        owed_to: tally.duty.owed_to.code(),
        subject: standins.owed_to(owed),
        child: owed.child.map(|child| standins.id(child)),
        person: owed.child.and_then(|child| standins.person(child)),
        helper: owed.helper.map(|helper| standins.id(helper)),
        from: owed.from,
        until: owed.until,
        state: tally.state.code(),
        done: tally.done,
        wanted: tally.wanted,
        facets: FacetsLine::of(tally.facets.first().unwrap_or(&none), false),
    };
    to.line(&line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::dataset::columns::{self, DatasetColumn};

    fn keys(line: &impl Serialize) -> Vec<String> {
        let value = serde_json::to_value(line).unwrap();
        value.as_object().unwrap().keys().cloned().collect()
    }

    #[test]
    fn the_lines_have_the_columns_of_their_tables_in_order() {
        let day = NaiveDate::default();
        let none: Facets<'_> = [None; FACETS.len()];
        let evidence = EvidenceLine {
            term: "",
            figure: "",
            how: "",
            member: 0,
            sort: "",
            subject: "",
            person: None,
            day: None,
            amount: None,
            of: None,
            met: false,
            facets: FacetsLine::of(&none, true),
            others: Vec::new(),
        };
        let figure = FigureLine {
            term: "",
            from: day,
            until: day,
            as_of: day,
            definition: "",
            place: 0,
            figure: String::new(),
            label_zh: String::new(),
            label_en: String::new(),
            unit: "",
            how: "",
            whole: None,
            splits: Vec::new(),
            whole_splits: Vec::new(),
            looks_back: false,
        };
        let period = PeriodLine {
            term: "",
            duty: "",
            owed_to: "",
            subject: String::new(),
            child: None,
            person: None,
            helper: None,
            from: day,
            until: day,
            state: "",
            done: 0,
            wanted: 0,
            facets: FacetsLine::of(&none, false),
        };
        let lines = [
            ("figures", keys(&figure)),
            ("evidence", keys(&evidence)),
            ("duty_periods", keys(&period)),
        ];
        let tables = columns::tables();
        for (name, keys) in lines {
            let table = tables.iter().find(|table| table.name == name).unwrap();
            let columns: Vec<&str> = table
                .columns
                .iter()
                .map(|DatasetColumn { name, .. }| name.as_str())
                .collect();
            assert_eq!(keys, columns, "{name}");
        }
    }
}
