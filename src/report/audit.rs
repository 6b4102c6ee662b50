//! The data of the self-audit report: its items in words.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Request;
use super::context::Facts;
use crate::analysis::audit::{self, Article, AuditInput, AuditItem, Section, State};
use crate::model::surroundings::Surroundings;
use crate::text::Lang;
use crate::tr;

/// The maximum number of records listed for one item.
const MAX_LISTED_RECORDS: usize = 200;

impl Facts<'_> {
    /// The audit as template data.
    pub(super) fn audit(&self, request: &Request<'_>, surroundings: &Surroundings) -> Value {
        let lang = self.lang();
        let input = AuditInput {
            school: self.basis.school,
            records: self.basis.records,
            surroundings,
            today: request.today,
            left_out: request.left_out,
        };
        let items = audit::items(&input);
        let rows: Vec<(Section, Value)> = items
            .iter()
            .enumerate()
            .map(|(at, item)| (item.section, row(at + 1, item, lang)))
            .collect();
        let of_state = |state: State| -> Vec<&Value> {
            let rows = rows.iter().map(|(_, row)| row);
            rows.filter(|row| row["state"] == state.code()).collect()
        };
        let sections = Section::ALL.into_iter().map(|section| {
            let items = rows.iter().filter(|(of, _)| *of == section);
            let items: Vec<&Value> = items.map(|(_, row)| row).collect();
            json!({ "title": section.label().get(lang), "items": items })
        });
        let ages = audit::ages(&input);
        let held = audit::held(self.basis.records).into_iter().map(|held| {
            json!({
                "label": held.category.label().get(lang),
                "sensitive": held.category.is_sensitive(),
                "records": held.records,
                "clear": held.clear,
            })
        });
        let repository = surroundings.repository.as_ref();
        json!({
            "sections": sections.collect::<Vec<_>>(),
            "total": rows.len(),
            "met": of_state(State::Met).len(),
            "not_met": of_state(State::NotMet),
            "judge": of_state(State::Judge),
            "ages": {
                "under_14": ages.under_14,
                "minors": ages.minors,
                "adults": ages.adults,
                "departed": ages.departed,
                "total": ages.under_14 + ages.minors + ages.adults,
            },
            "held": held.collect::<Vec<_>>(),
            "authors": repository.map(|repository| repository.authors.len()),
            "recipients": self.basis.school.seal.recipients.len(),
        })
    }
}

fn row(at: usize, item: &AuditItem, lang: Lang) -> Value {
    let outcome = &item.outcome;
    let state = outcome.state.code();
    let separator = match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    };
    let title = tr!(lang, &format!("audit-{}", item.code));
    let fact = tr!(
        lang,
        &format!("audit-{}-{state}", item.code),
        count = outcome.count,
        of = outcome.of,
        places = outcome.places.join(separator),
    );
    let listed = outcome.records.iter().take(MAX_LISTED_RECORDS);
    let listed: Vec<String> = listed.map(ToString::to_string).collect();
    json!({
        "at": at,
        "code": item.code,
        "title": title,
        "law": law(item.articles, lang),
        "state": state,
        "fact": fact,
        "records": listed,
        "more": outcome.records.len().saturating_sub(MAX_LISTED_RECORDS),
    })
}

/// Formats articles, grouped by law: 个人信息保护法第28、30条.
fn law(articles: &[Article], lang: Lang) -> String {
    let mut laws: Vec<&str> = Vec::new();
    let mut numbers: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for article in articles {
        let (law, number) = article.parts();
        let law = law.get(lang);
        if !laws.contains(&law) {
            laws.push(law);
        }
        numbers.entry(law).or_default().push(number.to_string());
    }
    let formatted = laws.iter().map(|law| match lang {
        Lang::Zh => format!("{law}第{}条", numbers[law].join("、")),
        Lang::En => format!("{law}, art. {}", numbers[law].join(", ")),
    });
    formatted.collect::<Vec<_>>().join(match lang {
        Lang::Zh => "；",
        Lang::En => "; ",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::audit::Article::{Online, Pipl};

    #[test]
    fn articles_of_one_law_stand_together() {
        let articles = &[Pipl(28), Pipl(30), Online(36)];
        assert_eq!(
            law(articles, Lang::Zh),
            "个人信息保护法第28、30条；未成年人网络保护条例第36条"
        );
        assert_eq!(
            law(articles, Lang::En),
            "PIPL, art. 28, 30; Regulations on the Protection of Minors Online, art. 36"
        );
    }

    /// Every item has a message for each of its possible states.
    #[test]
    fn every_item_has_words() {
        let school: crate::model::School = toml::from_str(
            r#"format = 1
[school]
name = "x"
level = "primary"
"#,
        )
        .unwrap();
        let input = AuditInput {
            school: &school,
            records: &crate::model::Records::default(),
            surroundings: &Surroundings::default(),
            today: chrono::NaiveDate::from_ymd_opt(2026, 7, 10).unwrap(),
            left_out: 0,
        };
        for lang in Lang::ALL {
            for item in audit::items(&input) {
                let id = format!("audit-{}", item.code);
                let has = |id: &str| crate::text::lang::find_message(lang, id, &[]).is_some();
                assert!(has(&id), "{id}");
                let states = [State::Met, State::NotMet, State::Judge];
                let known = states
                    .iter()
                    .filter(|state| has(&format!("{id}-{}", state.code())));
                assert!(known.count() > 0, "{id}");
                let now = format!("{id}-{}", item.outcome.state.code());
                assert!(has(&now), "{now}");
            }
        }
    }
}
