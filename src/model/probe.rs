//! Asks one field of a record of any kind, through its serde form, without building the rest.

use serde::Serialize;
use serde::ser::{self, Impossible, Serializer};

/// Whether a field of a record holds one of some words: the field's own text, or one entry of a list.
/// Numbers and truth values are compared as they are written. A field that is absent holds none.
pub fn holds<K: Serialize>(record: &K, field: &str, words: &[String]) -> bool {
    any(record, &[field], |found| {
        words.iter().any(|word| word == found)
    })
}

/// Whether a value at a path passes a test; of lists, also of tables, any entry does.
pub fn any<K: Serialize>(
    record: &K,
    path: &[impl AsRef<str>],
    test: impl Fn(&str) -> bool,
) -> bool {
    let mut found = false;
    each(record, path, &mut |word: &str| found |= test(word));
    found
}

/// The words that a field of a record holds: none, one, or those of a list.
pub fn words<K: Serialize>(record: &K, field: &str) -> Vec<String> {
    let mut found = Vec::new();
    each(record, &[field], &mut |word: &str| {
        found.push(word.to_owned())
    });
    found
}

fn each<K: ?Sized + Serialize>(record: &K, path: &[impl AsRef<str>], each: &mut impl FnMut(&str)) {
    // The probe's serializer has no error of its own: a value that is no word is passed over.
    let _ = match path.split_first() {
        Some((field, within)) => record.serialize(Outer {
            field: field.as_ref(),
            within,
            each,
        }),
        None => record.serialize(Inner { each }),
    };
}

/// A value that is neither a word nor a list of words.
#[derive(Debug)]
struct NotAWord;

impl std::fmt::Display for NotAWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a word")
    }
}

impl std::error::Error for NotAWord {}

impl ser::Error for NotAWord {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        NotAWord
    }
}

/// A struct, or a list of structs, of whose fields one is wanted.
struct Outer<'a, S, F> {
    field: &'a str,
    /// The path within the field.
    within: &'a [S],
    each: &'a mut F,
}

/// The wanted field's value.
struct Inner<'a, F> {
    each: &'a mut F,
}

impl<S: AsRef<str>, F: FnMut(&str)> ser::SerializeStruct for Outer<'_, S, F> {
    type Ok = ();
    type Error = NotAWord;

    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), NotAWord> {
        if key != self.field {
            return Ok(());
        }
        each(value, self.within, self.each);
        // The fields after it need not be looked at.
        Err(NotAWord)
    }

    fn end(self) -> Result<(), NotAWord> {
        Ok(())
    }
}

impl<S: AsRef<str>, F: FnMut(&str)> ser::SerializeSeq for Outer<'_, S, F> {
    type Ok = ();
    type Error = NotAWord;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), NotAWord> {
        let _ = value.serialize(Outer {
            field: self.field,
            within: self.within,
            each: &mut *self.each,
        });
        Ok(())
    }

    fn end(self) -> Result<(), NotAWord> {
        Ok(())
    }
}

impl<F: FnMut(&str)> ser::SerializeSeq for Inner<'_, F> {
    type Ok = ();
    type Error = NotAWord;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), NotAWord> {
        let _ = value.serialize(Inner {
            each: &mut *self.each,
        });
        Ok(())
    }

    fn end(self) -> Result<(), NotAWord> {
        Ok(())
    }
}

macro_rules! refuse {
    ($($method:ident($($type:ty),*);)*) => {
        $(fn $method(self, $(_: $type),*) -> Result<(), NotAWord> { Err(NotAWord) })*
    };
}

macro_rules! numbers {
    ($($method:ident: $type:ty;)*) => {
        $(fn $method(self, value: $type) -> Result<(), NotAWord> {
            (self.each)(&value.to_string());
            Ok(())
        })*
    };
}

macro_rules! no_compounds {
    () => {
        type Ok = ();
        type Error = NotAWord;
        type SerializeTuple = Impossible<(), NotAWord>;
        type SerializeTupleStruct = Impossible<(), NotAWord>;
        type SerializeTupleVariant = Impossible<(), NotAWord>;
        type SerializeMap = Impossible<(), NotAWord>;
        type SerializeStructVariant = Impossible<(), NotAWord>;

        fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, NotAWord> {
            Err(NotAWord)
        }

        fn serialize_tuple_struct(
            self,
            _: &'static str,
            _: usize,
        ) -> Result<Self::SerializeTupleStruct, NotAWord> {
            Err(NotAWord)
        }

        fn serialize_tuple_variant(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: usize,
        ) -> Result<Self::SerializeTupleVariant, NotAWord> {
            Err(NotAWord)
        }

        fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, NotAWord> {
            Err(NotAWord)
        }

        fn serialize_struct_variant(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: usize,
        ) -> Result<Self::SerializeStructVariant, NotAWord> {
            Err(NotAWord)
        }

        fn serialize_newtype_variant<T: ?Sized + Serialize>(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: &T,
        ) -> Result<(), NotAWord> {
            Err(NotAWord)
        }
    };
}

impl<'a, S: AsRef<str>, F: FnMut(&str)> Serializer for Outer<'a, S, F> {
    no_compounds!();

    type SerializeSeq = Outer<'a, S, F>;
    type SerializeStruct = Outer<'a, S, F>;

    refuse! {
        serialize_bool(bool); serialize_i8(i8); serialize_i16(i16); serialize_i32(i32); serialize_i64(i64);
        serialize_u8(u8); serialize_u16(u16); serialize_u32(u32); serialize_u64(u64); serialize_f32(f32); serialize_f64(f64);
        serialize_char(char); serialize_str(&str); serialize_bytes(&[u8]); serialize_none(); serialize_unit();
        serialize_unit_struct(&'static str); serialize_unit_variant(&'static str, u32, &'static str);
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), NotAWord> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), NotAWord> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, NotAWord> {
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, NotAWord> {
        Ok(self)
    }
}

/// A date-time serializes as a struct of one field, whose text is the word.
impl<F: FnMut(&str)> ser::SerializeStruct for Inner<'_, F> {
    type Ok = ();
    type Error = NotAWord;

    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), NotAWord> {
        if key.starts_with('$') {
            let _ = value.serialize(Inner {
                each: &mut *self.each,
            });
        }
        Ok(())
    }

    fn end(self) -> Result<(), NotAWord> {
        Ok(())
    }
}

impl<'a, F: FnMut(&str)> Serializer for Inner<'a, F> {
    no_compounds!();

    type SerializeSeq = Inner<'a, F>;
    type SerializeStruct = Inner<'a, F>;

    refuse! {
        serialize_char(char); serialize_bytes(&[u8]); serialize_none(); serialize_unit();
        serialize_unit_struct(&'static str); serialize_unit_variant(&'static str, u32, &'static str);
    }

    numbers! {
        serialize_bool: bool; serialize_i8: i8; serialize_i16: i16; serialize_i32: i32; serialize_i64: i64;
        serialize_u8: u8; serialize_u16: u16; serialize_u32: u32; serialize_u64: u64; serialize_f32: f32; serialize_f64: f64;
    }

    fn serialize_str(self, word: &str) -> Result<(), NotAWord> {
        (self.each)(word);
        Ok(())
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), NotAWord> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), NotAWord> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, NotAWord> {
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, NotAWord> {
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Date;

    #[derive(Serialize)]
    struct Sample {
        mode: &'static str,
        topics: Vec<&'static str>,
        minutes: Option<u32>,
        date: Date,
        nested: Nested,
        tables: Vec<Nested>,
    }

    #[derive(Serialize)]
    struct Nested {
        mode: &'static str,
    }

    #[test]
    fn a_field_holds_its_word_or_one_of_its_list() {
        let sample = Sample {
            mode: "home",
            topics: vec!["study", "safety"],
            minutes: Some(20),
            date: "2025-10-12".parse().unwrap(),
            nested: Nested { mode: "talk" },
            tables: vec![Nested { mode: "phone" }, Nested { mode: "video" }],
        };
        let any = |path: &[&str], word: &str| any(&sample, path, |found| found == word);
        assert!(any(&["nested", "mode"], "talk") && any(&["tables", "mode"], "video"));
        assert!(!any(&["nested"], "talk") && !any(&["mode", "mode"], "home"));
        let holds = |field: &str, word: &str| holds(&sample, field, &[word.to_owned()]);
        assert!(
            holds("mode", "home")
                && holds("topics", "safety")
                && holds("minutes", "20")
                && holds("date", "2025-10-12")
        );
        assert!(
            !holds("mode", "talk")
                && !holds("topics", "life")
                && !holds("absent", "home")
                && !holds("nested", "talk")
        );
    }
}
