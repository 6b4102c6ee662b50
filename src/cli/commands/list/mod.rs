//! `list`: lists the records of a kind, with filters and columns.

mod columns;
mod filter;
mod listed;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::analysis::Scope;
use crate::analysis::contact::MissingContacts;
use crate::cli::shared::environment;
use crate::cli::shared::outside::NeverPublic;
use crate::cli::shared::period::Period;
use crate::cli::shared::session::Session;
use crate::cli::shared::sheet::{self, Cell, Format, Objects};
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{reference, values};
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::exchange::export::json;
use crate::model::{Class, Id, Kind, KindSet};
use crate::report::naming::Naming;
use crate::report::words::Words;
use crate::store::layout::Month;
use crate::store::{Prose, ReadOptions, Store, path_of};
use crate::text::{Lang, pinyin};
use columns::ListColumn;
use filter::Condition;
use listed::Listing;

#[derive(Args, Debug)]
pub(crate) struct ListArgs {
    #[arg(value_name = "KIND", value_parser = kinds())]
    kind: Kind,
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    conditions: Vec<String>,
    #[arg(long, value_name = "CLASS")]
    class: Option<String>,
    #[arg(long, value_name = "REF")]
    child: Option<String>,
    #[arg(long, alias = "by", value_name = "REF")]
    helper: Option<String>,
    #[command(flatten)]
    period: Period,
    #[arg(long)]
    all: bool,
    #[arg(long, value_name = "FIELD,…", value_delimiter = ',')]
    columns: Vec<String>,
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true)]
    sort: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
    #[arg(long, default_value = "table")]
    format: Format,
    #[arg(short = 'z', long, conflicts_with_all = ["format", "columns"])]
    null: bool,
    #[arg(long)]
    skip_broken: bool,
    #[command(flatten)]
    outside: NeverPublic,
}

/// Parses the name of a kind, or that of its folder.
fn kinds() -> impl TypedValueParser<Value = Kind> {
    let words = Kind::ALL
        .iter()
        .map(|kind| PossibleValue::new(kind.name()).alias(kind.folder()));
    PossibleValuesParser::new(words).try_map(|word| {
        Kind::of_name(&word).ok_or_else(|| UserError::new(Message::new("unknown-kind")))
    })
}

impl Verb for ListArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        self.outside.refuse("list")?;
        let store = session.store()?;
        let school = session.school(&store)?;
        let kind = self.kind;
        let conditions = self
            .conditions
            .iter()
            .map(|words| Condition::parse(session, &store, kind, words))
            .collect::<Result<Vec<_>, _>>()?;
        let child = self.person(session, &store, Kind::Child, self.child.as_deref())?;
        let helper = self.person(session, &store, Kind::Helper, self.helper.as_deref())?;
        let scope = if self.period.is_given() {
            Some(self.period.scope(session, &store, &school)?)
        } else {
            None
        };
        let names: Vec<String> = if self.columns.is_empty() {
            columns::default_names(kind).map(str::to_owned).collect()
        } else {
            let words = self.columns.iter();
            let words = words.flat_map(|words| words.split(['，', '、']));
            words.map(str::to_owned).collect()
        };
        let day = scope.map_or(session.today, |scope| scope.as_of);
        let class = self
            .class
            .as_deref()
            .map(|words| values::class(words, &school, day, session.lang))
            .transpose()?;
        let columns = names
            .iter()
            .map(|name| filter::column(kind, name.trim(), session.lang))
            .collect::<Result<Vec<_>, _>>()?;
        let sorting = self
            .sort
            .as_deref()
            .map(|name| Sorting::of(kind, name, session.lang));
        let sorting = sorting.transpose()?;
        let want = self.read_options(&columns, &conditions, sorting.as_ref(), scope);
        let read = session.read_about(
            &store,
            want,
            child,
            |_| MissingContacts::default(),
            self.skip_broken,
        )?;
        let listing = Listing {
            kind,
            words: Words {
                confidential: false,
                lang: session.lang,
                day,
                school: &school,
                records: &read.records,
                naming: &Naming::full(),
            },
        };
        // In machine-readable formats records are in the order of their files.
        let has_order = !self.null && self.format.objects().is_none();
        let mut places: Vec<usize> = listing
            .all()
            .filter(|record| self.all || record.is_present(scope.is_some()))
            .filter(|record| scope.is_none_or(|scope| record.is_in(scope)))
            .filter(|record| child.is_none_or(|id| record.concerns(id)))
            .filter(|record| helper.is_none_or(|id| record.concerns(id)))
            .filter(|record| class.is_none_or(|class| record.is_of_class(class)))
            .filter(|record| {
                conditions.iter().all(|condition| {
                    condition.holds(&condition.column.value(record), &|value| {
                        condition.column.words(value, &listing)
                    })
                })
            })
            .map(|record| record.place())
            .collect();
        match &sorting {
            Some(sorting) => sorting.sort(&mut places, &listing),
            None if kind == Kind::Child && has_order => sort_children(&mut places, &listing),
            None => {}
        }
        if let Some(limit) = self.limit {
            places.truncate(limit);
        }
        if self.null {
            return print_paths(
                session,
                &store,
                places.iter().map(|at| listing.at(*at).id()),
            );
        }
        if let Some(form) = self.object_format() {
            let mut objects = places.iter().map(|at| listing.at(*at).to_json());
            form.list(session.out(), &mut objects)?;
            return Ok(Outcome::Done);
        }
        let heads: Vec<_> = columns
            .iter()
            .map(|column| {
                let head = sheet::Column::new(column.key(), column.label(kind, session.lang));
                if matches!(column, ListColumn::Field(_)) {
                    head.cut()
                } else {
                    head
                }
            })
            .collect();
        let has_words = self.prints_words();
        let is_short = self.format.is_for_terminals() && session.width().is_some();
        let rows = places.iter().map(|at| {
            let record = listing.at(*at);
            let cell = |column: &ListColumn| {
                let value = column.value(&record);
                let words = has_words.then(|| match column {
                    // Short enough to read and copy; accepted wherever a full id is.
                    ListColumn::Id if is_short => record.id().tail(),
                    column => column.words(&value, &listing),
                });
                Cell::new(words.unwrap_or_default(), json(&value))
            };
            columns.iter().map(cell).collect()
        });
        sheet::print(&mut session.target(), self.format, &heads, rows)?;
        if places.is_empty() && has_words {
            let none = session.text("command-list-none", &[]);
            session.say(&none)?;
        }
        Ok(Outcome::Done)
    }
}

impl ListArgs {
    fn person(
        &self,
        session: &mut Session,
        store: &Store,
        kind: Kind,
        typed: Option<&str>,
    ) -> anyhow::Result<Option<Id>> {
        typed
            .map(|typed| reference::resolve(session, store, typed, KindSet::of(&[kind])))
            .transpose()
    }

    /// The printer of whole records, for formats of objects.
    fn object_format(&self) -> Option<&'static dyn Objects> {
        let form = self.format.objects();
        form.filter(|_| self.columns.is_empty() && !self.null)
    }

    /// Whether values are formatted for people.
    fn prints_words(&self) -> bool {
        self.format.is_for_people() && !self.null
    }

    /// What has to be loaded: free text only if it is shown or filtered on, children and helpers only for names and
    /// classes.
    fn read_options(
        &self,
        columns: &[ListColumn],
        conditions: &[Condition],
        sorting: Option<&Sorting>,
        scope: Option<Scope>,
    ) -> ReadOptions {
        let kind = self.kind;
        let shown = if self.null || self.object_format().is_some() {
            &[]
        } else {
            columns
        };
        let asked = conditions.iter().map(|condition| &condition.column);
        let sorted = sorting.map(|sorting| &sorting.column);
        let mut used = shown.iter().chain(asked).chain(sorted);
        let has_prose = self.object_format().is_some() || used.any(|column| column.has_prose(kind));
        let in_words = conditions.iter().filter(|condition| condition.asks_words());
        let in_words = in_words.map(|condition| &condition.column);
        let mut in_words = in_words.chain(shown.iter().filter(|_| self.prints_words()));
        let has_names = in_words.any(|column| column.has_names(kind));
        let mut kinds = KindSet::of(&[kind]);
        if has_names {
            kinds = kinds.with(KindSet::of(&[Kind::Child, Kind::Helper]));
        }
        if self.class.is_some() {
            kinds = kinds.with(KindSet::of(&[Kind::Child]));
        }
        ReadOptions {
            kinds,
            months: scope.map(|scope| (Month::of(scope.from), Month::of(scope.until))),
            prose: if has_prose { Prose::Keep } else { Prose::Skip },
        }
    }
}

/// Prints the paths of the records relative to the working directory, each terminated by NUL.
fn print_paths(
    session: &mut Session,
    store: &Store,
    ids: impl Iterator<Item = Id>,
) -> anyhow::Result<Outcome> {
    let here = environment::working_folder();
    let mut paths = String::new();
    for id in ids {
        let path = store.path_of_record(id).unwrap_or_else(|| path_of(id));
        let path = store.absolute(&path);
        let shown = here
            .as_deref()
            .and_then(|here| path.strip_prefix(here).ok());
        let shown = shown.unwrap_or(&path).display();
        paths += &format!("{shown}\0");
    }
    // Raw, because the filter for colours would also remove the NULs.
    session.write_bytes(paths.as_bytes())?;
    Ok(Outcome::Done)
}

/// Sorts children by class, lowest grade first, and name.
fn sort_children(places: &mut [usize], listing: &Listing<'_>) {
    let Words { records, day, .. } = listing.words;
    places.sort_by_cached_key(|at| {
        let child = &records.children[*at];
        let class = child.class_on(day).map(|entry| entry.class);
        let class = class.map(|class| (std::cmp::Reverse(class.entered), class.number));
        (
            class.is_none(),
            class,
            pinyin::sort_key(&child.name),
            child.id,
        )
    });
}

/// The column to sort by, and the direction.
struct Sorting {
    column: ListColumn,
    by_name: bool,
    by_class: bool,
    falling: bool,
}

impl Sorting {
    fn of(kind: Kind, name: &str, lang: Lang) -> anyhow::Result<Sorting> {
        let (name, falling) = match name.strip_prefix('-') {
            Some(name) => (name, true),
            None => (name, false),
        };
        let column = filter::column(kind, name.trim(), lang)?;
        Ok(Sorting {
            by_name: matches!(&column, ListColumn::Field(path) if path.to_string() == "name"),
            by_class: column.is_class(kind),
            falling,
            column,
        })
    }

    fn sort(&self, places: &mut [usize], listing: &Listing<'_>) {
        places.sort_by_cached_key(|at| {
            let value = match self.column.value(&listing.at(*at)) {
                toml::Value::String(text) => text,
                other => other.to_string(),
            };
            let number = value.parse::<rust_decimal::Decimal>().ok();
            // The lowest grade entered last.
            let class: Option<Class> = value.parse().ok().filter(|_| self.by_class);
            let text = match class {
                Some(class) => format!("{:05} {:03}", u16::MAX - class.entered, class.number),
                None if self.by_name => pinyin::sort_key(&value),
                None => value,
            };
            (number.is_none(), number, text)
        });
        if self.falling {
            places.reverse();
        }
    }
}
