//! The overview shown without a command: the most urgent due items, and the commands.

use std::io::Write;

use crate::analysis::due::{self, Filter, View};
use crate::cli::shared::due::read;
use crate::cli::shared::due::rows::DueWords;
use crate::cli::shared::due::rows::names;
use crate::cli::shared::session::Session;
use crate::text::{sanitize, width};

/// The commands in groups, each with the message id of its heading.
pub(crate) const GROUPS: [(&str, &[&str]); 4] = [
    (
        "record",
        &[
            "note",
            "add",
            "done",
            "change",
            "leave",
            "take-over",
            "set",
            "edit",
            "rm",
            "undo",
        ],
    ),
    (
        "look",
        &["due", "find", "show", "list", "stats", "explain", "log"],
    ),
    ("hand-in", &["report", "fill", "import", "export", "rollup"]),
    (
        "keep",
        &[
            "init",
            "validate",
            "doctor",
            "forget",
            "seal",
            "unseal",
            "merge",
            "migrate",
            "schema",
            "completions",
            "man",
            "help",
        ],
    ),
];

/// The number of days to look ahead, and of items shown.
const DAYS_AHEAD: u32 = 14;
const MAX_ITEMS: usize = 3;

/// Prints the most urgent due items, in three lines, and the commands.
///
/// # Errors
///
/// The settings or records cannot be read, or the output not written.
pub(crate) fn print(session: &mut Session) -> anyhow::Result<()> {
    let mut text = match session.store() {
        Ok(store) => due_today(session, &store)?,
        Err(_) => format!("{}\n", session.text("command-overview-nowhere", &[])),
    };
    text.push('\n');
    let heading = |id: &str| session.text(&format!("command-overview-{id}"), &[]);
    let widest = GROUPS
        .iter()
        .map(|(id, _)| width::width(&heading(id)))
        .max();
    let room = session.width().map_or(80, usize::from);
    for (id, commands) in GROUPS {
        let heading = width::pad(&heading(id), widest.unwrap_or(0));
        let indent = width::width(&heading) + 2;
        let lines = width::wrap(&commands.join(" "), room.saturating_sub(indent));
        let lines = lines.join(&format!("\n{:indent$}", ""));
        text += &format!("{heading}  {lines}\n");
    }
    text += &format!("\n{}\n", session.text("command-overview-help", &[]));
    let text = sanitize::terminal_lines(&text).into_owned();
    write!(session.out(), "{text}")?;
    Ok(())
}

fn due_today(session: &mut Session, store: &crate::store::Store) -> anyhow::Result<String> {
    let school = session.school(store)?;
    let records = read(session, store, &school, true)?;
    let (today, lang) = (session.today, session.lang);
    let view = View {
        school: &school,
        records: &records,
        today,
        within: DAYS_AHEAD,
    };
    let words = DueWords {
        school: &school,
        records: &records,
        today,
        lang,
        why: false,
    };
    let items = due::list(&view, Filter::default());
    let overdue = items.iter().filter(|item| item.is_overdue(today)).count();
    let arguments = [
        ("day", today.to_string().into()),
        ("count", items.len().into()),
        ("overdue", overdue.into()),
    ];
    let mut text = format!("{}\n", session.text("command-overview-due", &arguments));
    let room = usize::from(session.width().unwrap_or(80)).saturating_sub(2);
    for item in items.iter().take(MAX_ITEMS) {
        let row = words.row(item);
        let parts = [
            row.title.clone(),
            names(&row.children, lang),
            row.note.clone(),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let line = parts.join("  ").replace('\n', " ");
        text += &format!("  {}\n", width::cut(&line, room));
    }
    Ok(text)
}
