//! The flags of `add`, generated from the fields of a kind.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};

use crate::model::shape::{Field, FieldType};
use crate::model::{Kind, Naming};
use crate::text::Lang;

/// The fields of a kind with a flag: top-level ones that are not tables.
pub(crate) fn flagged(kind: Kind) -> impl Iterator<Item = &'static Field> {
    kind.shape()
        .fields
        .iter()
        .filter(|field| !field.holds.is_table())
}

pub(crate) fn flag_name(field: &str) -> String {
    field.replace('_', "-")
}

pub(crate) fn flags(mut command: Command, kind: Kind) -> Command {
    if kind.naming() == Naming::Term {
        command = command.arg(
            Arg::new(":id")
                .value_name("ID")
                .required_unless_present(":template"),
        );
    }
    for field in flagged(kind) {
        let mut flag = Arg::new(field.name.clone())
            .long(flag_name(&field.name))
            .value_name(value_name(&field.holds));
        flag = match &field.holds {
            FieldType::List(_) => flag.action(ArgAction::Append),
            FieldType::Boolean => flag.num_args(0..=1).default_missing_value("true"),
            _ => flag.action(ArgAction::Set),
        };
        // `--by` works for every kind.
        if field.name == "helper" && kind.shape().fields.iter().all(|other| other.name != "by") {
            flag = flag.alias("by");
        }
        // Values may begin with a dash.
        flag = flag.allow_hyphen_values(!matches!(field.holds, FieldType::Boolean));
        command = command.arg(flag);
    }
    command
        .arg(
            Arg::new(":set")
                .long("set")
                .value_name("PATH=VALUE")
                .allow_hyphen_values(true)
                .action(ArgAction::Append),
        )
        .arg(
            Arg::new(":from")
                .long("from")
                .value_name("FILE")
                .value_parser(clap::value_parser!(OsString)),
        )
        .arg(
            Arg::new(":interactive")
                .short('i')
                .long("interactive")
                .action(ArgAction::SetTrue),
        )
        .arg(Arg::new(":force").long("force").action(ArgAction::SetTrue))
        .arg(
            Arg::new(":dry-run")
                .long("dry-run")
                .action(ArgAction::SetTrue),
        )
        .arg(
            Arg::new(":template")
                .long("template")
                .action(ArgAction::SetTrue),
        )
}

/// The command of a kind with help texts, for `--help`.
pub(crate) fn localised(kind: Kind, lang: Lang) -> Command {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help(crate::tr!(lang, "help-option-help"));
    let mut command = flags(Command::new(kind.name()), kind)
        .about(kind.label().get(lang))
        .disable_help_flag(true)
        .arg(help);
    for field in flagged(kind) {
        let mut words = field.label(lang);
        if field.required {
            words += " *";
        }
        let description = field.description(lang).trim_end_matches(['。', '.']);
        if !description.is_empty() && description != field.label(lang) {
            words += &match lang {
                Lang::Zh => format!("：{description}"),
                Lang::En => format!(": {description}"),
            };
        }
        if let Some(codes) = field.codes() {
            let codes: Vec<String> = codes
                .iter()
                .map(|code| format!("{} {}", code.code, code.label(lang)))
                .collect();
            words += &match lang {
                Lang::Zh => format!("（{}）", codes.join("，")),
                Lang::En => {
                    let codes: Vec<&str> = codes
                        .iter()
                        .filter_map(|code| code.split(' ').next())
                        .collect();
                    format!(" ({})", codes.join(", "))
                }
            };
        }
        command = command.mut_arg(&field.name, |flag| flag.help(words));
    }
    command
}

fn value_name(holds: &FieldType) -> &'static str {
    match holds {
        FieldType::Number => "NUMBER",
        FieldType::Boolean => "true|false",
        FieldType::Date => "DATE",
        FieldType::DateTime | FieldType::Time => "TIME",
        FieldType::Money => "YUAN",
        FieldType::Class => "CLASS",
        FieldType::Code(_) => "CODE",
        FieldType::Reference(_) => "REF",
        FieldType::List(entry) => match **entry {
            FieldType::Code(_) => "CODE,…",
            FieldType::Reference(_) => "REF,…",
            _ => "TEXT,…",
        },
        _ => "TEXT",
    }
}
