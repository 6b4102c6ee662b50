//! Paths of values inside a record: `follow_up[0].due`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The field of a table.
    Key(Cow<'static, str>),
    /// The entry of a list, counted from 0.
    Index(usize),
}

impl Step {
    /// Returns the step into a field with a fixed name.
    pub const fn key(name: &'static str) -> Step {
        Step::Key(Cow::Borrowed(name))
    }
}

/// The path of a value inside a record; the empty path is the record itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldPath(pub Vec<Step>);

impl FieldPath {
    /// Returns the path of a top-level field.
    pub fn key(name: &str) -> FieldPath {
        FieldPath(vec![Step::Key(name.to_owned().into())])
    }

    /// Returns the path extended by a field.
    pub fn then(&self, name: &str) -> FieldPath {
        let mut steps = self.0.clone();
        steps.push(Step::Key(name.to_owned().into()));
        FieldPath(steps)
    }

    /// Returns the path extended by an entry of a list.
    pub fn at(&self, index: usize) -> FieldPath {
        let mut steps = self.0.clone();
        steps.push(Step::Index(index));
        FieldPath(steps)
    }

    /// Returns the value at the path in a record.
    pub fn value_in<'t>(&self, record: &'t toml::Table) -> Option<&'t toml::Value> {
        let (first, rest) = self.0.split_first()?;
        let Step::Key(name) = first else {
            return None;
        };
        let value = record.get(name.as_ref())?;
        rest.iter().try_fold(value, |value, step| match step {
            Step::Key(name) => value.get(name.as_ref()),
            Step::Index(index) => value.get(*index),
        })
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if at == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// The error for a text that is not a path such as `guardianship[0].kind`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAPath;

impl fmt::Display for NotAPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a path such as guardianship[0].kind")
    }
}

impl FromStr for FieldPath {
    type Err = NotAPath;

    /// Parses `a.b[0].c`; an index may also be a step of its own: `a.0.c`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut steps = Vec::new();
        for part in text.split('.') {
            let (key, mut rest) = part.find('[').map_or((part, ""), |at| part.split_at(at));
            match key.parse() {
                Ok(index) => steps.push(Step::Index(index)),
                Err(_)
                    if key.is_empty()
                        || !key
                            .bytes()
                            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-') =>
                {
                    return Err(NotAPath);
                }
                Err(_) => steps.push(Step::Key(key.to_owned().into())),
            }
            while let Some(inner) = rest.strip_prefix('[') {
                let (index, after) = inner.split_once(']').ok_or(NotAPath)?;
                steps.push(Step::Index(index.parse().map_err(|_| NotAPath)?));
                rest = after;
            }
            if !rest.is_empty() {
                return Err(NotAPath);
            }
        }
        Ok(FieldPath(steps))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_round_trip() {
        for text in ["name", "guardianship[0].guardian.name", "follow_up[12].due"] {
            assert_eq!(text.parse::<FieldPath>().unwrap().to_string(), text);
        }
        assert_eq!(
            "follow_up.0.due".parse::<FieldPath>().unwrap().to_string(),
            "follow_up[0].due"
        );
        for text in ["", ".", "a..b", "a[", "a[x]", "a[0]b", "姓名", "a b"] {
            assert_eq!(text.parse::<FieldPath>(), Err(NotAPath), "{text}");
        }
    }
}
