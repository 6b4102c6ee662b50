//! Messages about columns and cells.

use crate::diagnostic::Message;
use crate::exchange::columns::{Hint, OmissionReason, UnknownHeader};
use crate::exchange::sheet::column_letters;

pub(super) fn why_message(why: OmissionReason) -> Message {
    match why {
        OmissionReason::Number => Message::new("import-why-number"),
        OmissionReason::Remark => Message::new("import-why-remark"),
        OmissionReason::NoField => Message::new("import-why-no-field"),
        OmissionReason::OfKind(kind) => Message::new("import-why-kind").with("kind", kind.name()),
        OmissionReason::Asked => Message::new("import-why-asked"),
        OmissionReason::Same(at) => {
            Message::new("import-why-same").with("letters", column_letters(at))
        }
        OmissionReason::Empty => Message::new("import-why-empty"),
        OmissionReason::Names => Message::new("import-why-names"),
    }
}

pub(super) fn hint_message(hint: Hint) -> Message {
    match hint {
        Hint::Member(number, _) => Message::new("import-hint-member").with("number", number),
        _ => Message::new("import-hint-away"),
    }
}

pub(super) fn unnamed_message(
    unnamed: &UnknownHeader,
    header: &str,
    handle: &str,
    samples: &[String],
) -> (Message, Message) {
    let help = Message::new("import-mend-map").with("header", handle);
    let samples = samples.join("、");
    let message = match unnamed {
        _ if header.is_empty() => Message::new("import-no-header-over").with("samples", samples),
        UnknownHeader::Unknown(None) => {
            Message::new("import-unknown-column").with("header", header)
        }
        UnknownHeader::Unknown(Some(nearest)) => Message::new("import-unknown-column-nearest")
            .with("header", header)
            .with("nearest", nearest),
        UnknownHeader::NoTicks => Message::new("import-no-ticks")
            .with("header", header)
            .with("samples", samples),
        UnknownHeader::Several(paths) => Message::new("import-column-of-several")
            .with("header", header)
            .with("paths", paths.join(", ")),
    };
    (message, help)
}

/// The option that would fix an error in a cell.
pub(super) fn help_for(message: &Message, header: &str) -> Option<Message> {
    let found = message.argument("found").unwrap_or_default().to_owned();
    let of_column = |id: &'static str| {
        Some(
            Message::new(id)
                .with("header", header)
                .with("found", found.clone()),
        )
    };
    match message.id {
        "entered-month-only" | "import-month-rounded" => Some(Message::new("import-mend-month")),
        "entered-no-year" | "entered-outside-period" => Some(Message::new("import-mend-term")),
        "import-one-away" => of_column("import-mend-one-away"),
        "import-unknown-code"
        | "import-unknown-code-nearest"
        | "import-bad-truth"
        | "import-cell-error" => of_column("import-mend-value"),
        "import-since-needed" | "import-no-since" => Some(Message::new("import-mend-since")),
        "import-differs-within" => of_column("import-mend-leave-out"),
        id if id.starts_with("entered-")
            || id.starts_with("import-bad-")
            || id == "import-class-rounded"
            || id == "import-class-became-day" =>
        {
            (!header.is_empty())
                .then(|| of_column("import-mend-value"))
                .flatten()
        }
        _ => None,
    }
}
