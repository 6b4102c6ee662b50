//! What every command knows: where the records are, the language, the day, how much to say.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::anyhow;
use chrono::NaiveDate;

use crate::store::Store;
use crate::text::Lang;
use crate::tr;

/// What every command knows.
#[derive(Clone, Debug)]
pub struct Session {
    /// Where to look for the records directory.
    pub directory: PathBuf,
    /// The language of messages.
    pub lang: Lang,
    /// The day that was given.
    pub day: Option<NaiveDate>,
    /// Whether only data and errors are wanted.
    pub quiet: bool,
}

impl Session {
    /// The records directory.
    ///
    /// # Errors
    ///
    /// That there is none.
    pub fn store(&self) -> anyhow::Result<Store> {
        let start = std::path::absolute(&self.directory)?;
        Store::find(&start).ok_or_else(|| {
            anyhow!(tr!(
                self.lang,
                "no-records",
                path = start.display().to_string()
            ))
        })
    }

    /// The day.
    pub fn today(&self) -> NaiveDate {
        self.day
            .unwrap_or_else(|| chrono::Local::now().date_naive())
    }

    /// Writes data.
    ///
    /// # Errors
    ///
    /// The system's.
    pub fn print(&self, text: &str) -> io::Result<()> {
        let mut out = anstream::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()
    }

    /// Says something that is no data, unless the command is to be quiet.
    pub fn tell(&self, text: &str) {
        if !self.quiet {
            let _ = writeln!(anstream::stderr(), "{text}");
        }
    }

    /// Says that something is not as it should be, also when the command is to be quiet.
    pub fn warn(&self, text: &str) {
        let _ = writeln!(anstream::stderr(), "{text}");
    }
}
