//! Yes/no questions, in the user's language.

use inquire::Confirm;

use crate::cli::shared::session::Session;
use crate::text::Lang;

/// Asks a yes/no question; Enter selects the default.
///
/// # Errors
///
/// The user cancelled, or the terminal cannot be used.
pub(crate) fn confirm(
    session: &mut Session,
    question: &str,
    default: bool,
) -> anyhow::Result<bool> {
    session.flush()?;
    let chinese = |answer: bool| if answer { "是" } else { "否" }.to_owned();
    let chinese_default = |default: bool| {
        if default {
            "是/否，回车为是"
        } else {
            "是/否，回车为否"
        }
        .to_owned()
    };
    let parser = |answer: &str| match answer.trim().to_lowercase().as_str() {
        "y" | "yes" | "是" | "好" | "对" => Ok(true),
        "n" | "no" | "否" | "不" => Ok(false),
        _ => Err(()),
    };
    let asked = Confirm::new(question)
        .with_default(default)
        .with_parser(&parser);
    let asked = if session.lang == Lang::Zh {
        asked
            .with_formatter(&chinese)
            .with_default_value_formatter(&chinese_default)
            .with_error_message("请回答 是（y）或 否（n）")
    } else {
        asked
    };
    Ok(asked.prompt()?)
}
