//! `bad-file-name`, where the name is an id and the day in it is not that of the record.

use crate::model::FieldPath;
use crate::rules::check::{Case, Check};
use crate::store::rules::layout::BAD_FILE_NAME;
use crate::text::Text;

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

const OTHER_DAY: Text = Text::new(
    "文件名里的日期与 { $field } = { $day } 不一致",
    "the day in the file's name is not that of { $field } = { $day }",
);

const OTHER_DAY_HELP: Text = Text::new(
    "改正日期，或者给文件改名并移到相应的月份目录",
    "correct the day, or rename the file and move it to its month's folder",
);

fn check(case: &mut Case<'_>) {
    let Some((field, day)) = case.day() else {
        return;
    };
    if case.id.day().is_some_and(|named| named != day) {
        let finding = case.at(&BAD_FILE_NAME, FieldPath::key(field));
        case.push(
            finding
                .says(&OTHER_DAY)
                .help(&OTHER_DAY_HELP)
                .with("field", field)
                .with("day", day),
        );
    }
}
