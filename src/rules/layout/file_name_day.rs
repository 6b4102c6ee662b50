//! `bad-file-name`, for a date in the id that differs from that of the record.

use crate::model::FieldPath;
use crate::rules::check::{Case, Check};
use crate::store::rules::layout::BAD_FILE_NAME;
use crate::text::Text;

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

const OTHER_DAY: Text = Text::new(
    "文件名里的日期与 { $field } = { $day } 不一致",
    "the date in the file name differs from { $field } = { $day }",
);

const OTHER_DAY_HELP: Text = Text::new(
    "改正日期，或者给文件改名并移到相应的月份目录",
    "correct the date, or rename the file and move it to the folder of its month",
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
