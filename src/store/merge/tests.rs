//! Tests of merges and conflicts, with the sides in both orders.

use super::*;
use crate::store::edit::{Change, change as change_text};

const CHILD: &str = r#"# 档案
name = "张小明"   # 小名明明
gender = "male"
birth_date = 2015-03-02
hardship = ["poverty"]

# 监护
[[guardianship]]
since = 2022-09-01
away = "both"  # 都在广东
kind = "grandparents"
guardian = { name = "张大山", phone = "13900000001" }

[profile]
note = "安静"
"#;

const VISIT: &str = r#"date = 2026-10-10
mode = "home"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
summary = "好"

[[follow_up]]
what = "添台灯"
due = 2026-11-01
"#;

fn both_ways(kind: Kind, base: &str, ours: &str, theirs: &str) -> Merged {
    let closed = |_: &str| None;
    let merged = |ours, theirs| {
        let texts = Three { base, ours, theirs };
        merge(kind.shape(), texts, &closed).unwrap()
    };
    let (one, other) = (merged(ours, theirs), merged(theirs, ours));
    if one.conflicts.is_empty() {
        assert_eq!(one.text, other.text);
    }
    assert_eq!(one.conflicts.len(), other.conflicts.len());
    one
}

fn clean(kind: Kind, base: &str, ours: &str, theirs: &str) -> String {
    let merged = both_ways(kind, base, ours, theirs);
    assert_eq!(merged.conflicts, [], "{}", merged.text);
    merged.text
}

fn conflicts(merged: &Merged) -> Vec<String> {
    let path = |conflict: &Conflict| conflict.path.to_string();
    merged.conflicts.iter().map(path).collect()
}

#[test]
fn different_fields_merge_even_on_adjacent_lines_or_one_line() {
    let ours = CHILD
        .replace("张小明", "张晓明")
        .replace("安静", "开朗")
        .replace("13900000001", "13900000002");
    let theirs = CHILD
        .replace("male", "female")
        .replace("张大山", "张大海")
        .replace("note = \"安静\"", "note = \"安静\"\nstudy = \"好\"");
    let expected = CHILD
        .replace("张小明", "张晓明")
        .replace("male", "female")
        .replace("13900000001", "13900000002")
        .replace("张大山", "张大海")
        .replace("note = \"安静\"", "study = \"好\"\nnote = \"开朗\"");
    assert_eq!(clean(Kind::Child, CHILD, &ours, &theirs), expected);
}

#[test]
fn new_fields_of_both_sides_are_in_schema_order() {
    let ours = CHILD.replace("hardship", "village = \"东村\"\nhardship");
    let theirs = CHILD.replace("hardship", "address = \"东村三组\"\nhardship");
    let expected = CHILD.replace(
        "hardship",
        "address = \"东村三组\"\nvillage = \"东村\"\nhardship",
    );
    assert_eq!(clean(Kind::Child, CHILD, &ours, &theirs), expected);
}

#[test]
fn entries_are_matched_by_identifying_fields() {
    let entry = |since: &str, away: &str| {
        format!("\n[[guardianship]]\nsince = {since}\naway = \"{away}\"\nkind = \"one-parent\"\n")
    };
    let head = CHILD.split("\n[profile]").next().unwrap();
    let ours = head.to_owned() + &entry("2025-03-01", "father") + "\n[profile]\nnote = \"安静\"\n";
    let theirs = head.replace("都在广东", "都在深圳")
        + &entry("2024-03-01", "mother")
        + "\n[profile]\nnote = \"安静\"\n";
    let expected = head.replace("都在广东", "都在深圳")
        + &entry("2024-03-01", "mother")
        + &entry("2025-03-01", "father")
        + "\n[profile]\nnote = \"安静\"\n";
    assert_eq!(clean(Kind::Child, CHILD, &ours, &theirs), expected);
}

#[test]
fn lists_of_values_merge_additions_and_removals() {
    let list = |text: &str| CHILD.replace("[\"poverty\"]", text);
    assert_eq!(
        clean(
            Kind::Child,
            CHILD,
            &list("[\"poverty\", \"orphan\"]"),
            &list("[\"disabled\", \"poverty\"]")
        ),
        list("[\"poverty\", \"disabled\", \"orphan\"]")
    );
    assert_eq!(
        clean(
            Kind::Child,
            CHILD,
            &list("[\"orphan\"]"),
            &list("[\"poverty\", \"harm\"]")
        ),
        list("[\"harm\", \"orphan\"]")
    );
    let lines = list("[\n  \"poverty\", # 低保\n]");
    assert_eq!(
        clean(
            Kind::Child,
            &lines,
            &lines.replace("# 低保\n", "# 低保\n  \"orphan\",\n"),
            &lines.replace("# 低保\n", "# 低保\n  \"harm\", # 已报告\n")
        ),
        lines.replace("# 低保\n", "# 低保\n  \"harm\", # 已报告\n  \"orphan\",\n")
    );
}

#[test]
fn follow_ups_of_both_sides_are_kept_and_stay_closed() {
    let base = VISIT.split("\n[[follow_up]]").next().unwrap();
    let other = "\n[[follow_up]]\nwhat = \"复查\"\ndue = 2026-11-05\n";
    let merged = clean(Kind::Visit, base, VISIT, &(base.to_owned() + other));
    assert_eq!(merged, base.to_owned() + other + &VISIT[base.len()..]);

    let done = VISIT.to_owned() + "done = 2026-10-20\n";
    let later = VISIT.replace("2026-11-01", "2026-11-20");
    assert_eq!(
        clean(Kind::Visit, VISIT, &done, &later),
        done.replace("2026-11-01", "2026-11-20")
    );
    // Removing the entry does not undo that it was closed.
    assert_eq!(clean(Kind::Visit, VISIT, &done, base), done);
    // Nor does reopening it if the other side changed the date of closing.
    let corrected = done.replace("2026-10-20", "2026-10-21");
    assert_eq!(clean(Kind::Visit, &done, VISIT, &corrected), corrected);
    // A reworded entry and a closed one are matched.
    let reworded = VISIT.replace("添台灯", "添一盏台灯");
    assert_eq!(
        clean(Kind::Visit, VISIT, &done, &reworded),
        done.replace("添台灯", "添一盏台灯")
    );
}

#[test]
fn different_values_conflict_in_that_field_only() {
    let ours = CHILD
        .replace("13900000001", "13900000002")
        .replace("安静", "开朗");
    let theirs = CHILD
        .replace("13900000001", "13900000003")
        .replace("male", "female");
    let merged = both_ways(Kind::Child, CHILD, &ours, &theirs);
    assert_eq!(conflicts(&merged), ["guardianship[0].guardian.phone"]);
    assert_eq!(merged.conflicts[0].ours.as_deref(), Some("\"13900000002\""));
    assert_eq!(
        merged.conflicts[0].theirs.as_deref(),
        Some("\"13900000003\"")
    );
    let line = |phone: &str| format!("guardian = {{ name = \"张大山\", phone = \"{phone}\" }}\n");
    let marked = format!(
        "<<<<<<< ours\n{}=======\n{}>>>>>>> theirs\n",
        line("13900000002"),
        line("13900000003")
    );
    let expected = CHILD
        .replace(&line("13900000001"), &marked)
        .replace("安静", "开朗")
        .replace("\"male\"", "\"female\"");
    assert_eq!(merged.text, expected);
}

#[test]
fn a_removed_and_changed_value_is_a_conflict() {
    let removed = CHILD
        .replace("hardship = [\"poverty\"]\n", "")
        .replace("gender = \"male\"\n", "");
    let changed = CHILD.replace("\"male\"", "\"female\"");
    let merged = both_ways(Kind::Child, CHILD, &removed, &changed);
    assert_eq!(conflicts(&merged), ["gender"]);
    assert!(
        merged
            .text
            .contains("<<<<<<< ours\n=======\ngender = \"female\"\n>>>>>>> theirs\n")
    );
    assert!(!merged.text.contains("hardship"));
}

#[test]
fn comments_of_both_sides_are_kept() {
    let ours = CHILD
        .replace("# 档案\n", "# 档案\n# 二年级转入\n")
        .replace("明明", "明仔");
    let theirs = CHILD
        .replace("# 档案\n", "# 档案\n# 由王老师填写\n")
        .replace("明明", "小明");
    let merged = clean(Kind::Child, CHILD, &ours, &theirs);
    for comment in [
        "# 档案\n",
        "# 二年级转入\n",
        "# 由王老师填写\n",
        "# 小名明仔",
        "# 小名小明",
    ] {
        assert!(merged.contains(comment), "{merged}");
    }
}

#[test]
fn line_ends_and_byte_order_mark_follow_the_changed_side() {
    let ours = format!(
        "\u{feff}{}",
        CHILD.replace("安静", "开朗").replace('\n', "\r\n")
    );
    let theirs = CHILD.replace("male", "female");
    let expected = ours.replace("male", "female");
    assert_eq!(clean(Kind::Child, CHILD, &ours, &theirs), expected);
}

#[test]
fn encrypted_values_are_equal_or_decrypted_or_in_conflict() {
    let sealed = |word: &str| {
        format!("-----BEGIN AGE ENCRYPTED FILE-----\n{word}\n-----END AGE ENCRYPTED FILE-----\n")
    };
    let visit = |word: &str| {
        VISIT.replace(
            "\n[[",
            &format!("confidential = '''\n{}'''\n\n[[", sealed(word)),
        )
    };
    let (base, one, other) = (visit("a0"), visit("a1"), visit("b1"));
    let by = |text: &str| text.replace("h7k3m9q", "h000001");
    assert_eq!(clean(Kind::Visit, &base, &one, &by(&base)), by(&one));
    let unopened = both_ways(Kind::Visit, &base, &one, &other);
    assert_eq!(conflicts(&unopened), ["confidential"]);
    assert!(unopened.conflicts[0].is_confidential);
    // Encrypted again, or to other recipients: equal if it can be decrypted.
    let open = |text: &str| {
        let word = text.lines().nth(1)?;
        word.get(..1).map(str::to_owned)
    };
    let texts = Three {
        base: &*base,
        ours: &*one,
        theirs: &*other,
    };
    let merged = merge(Kind::Visit.shape(), texts, &open).unwrap();
    assert_eq!((merged.conflicts.len(), merged.text), (0, other));
}

#[test]
fn inline_lists_and_lists_of_tables_are_equivalent() {
    let head = "name = \"张小明\"\ngender = \"male\"\nbirth_date = 2015-03-02\n";
    let base = format!("{head}\n[[parents]]\nrelation = \"father\"\n");
    let inline =
        format!("{head}parents = [{{ relation = \"father\", phone = \"13900000001\" }}]\n");
    let named = format!("{base}name = \"李大\"\n");
    assert_eq!(
        clean(Kind::Child, &base, &inline, &named),
        format!("{base}name = \"李大\"\nphone = \"13900000001\"\n")
    );
}

#[test]
fn invalid_toml_is_left_to_git() {
    for broken in ["name = ", "<<<<<<< ours\n", "a = 1\na = 2\n"] {
        let texts = Three {
            base: CHILD,
            ours: broken,
            theirs: CHILD,
        };
        assert_eq!(merge(Kind::Child.shape(), texts, &|_| None), None);
    }
}

#[test]
fn the_kind_is_guessed_from_the_fields() {
    let guess = |text| {
        guess_shape(&Three {
            base: text,
            ours: text,
            theirs: text,
        })
    };
    assert!(std::ptr::eq(guess(CHILD), Kind::Child.shape()));
    assert!(std::ptr::eq(guess(VISIT), Kind::Visit.shape()));
    assert!(std::ptr::eq(
        guess("format = 1\n[school]\nname = \"a\"\nlevel = \"primary\"\n"),
        School::shape()
    ));
}

/// With random edits, three clones end up with identical files in either order of merging, and nothing is lost.
#[test]
fn three_clones_merge_identically_in_any_order() {
    let mut seed = 20_261_127_u64;
    let mut next = |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    // Each clone edits fields and entries of its own.
    let fields = [
        ["village", "address", "wishes", "profile.study"],
        ["ethnicity", "student_no", "profile.note", "profile.health"],
        [
            "household",
            "filed",
            "profile.conduct",
            "guardianship[0].reason",
        ],
    ];
    for _ in 0..50 {
        let clone = |number: usize, next: &mut dyn FnMut(usize) -> usize| {
            let mut text = CHILD.to_owned();
            for step in 0..next(4) + 1 {
                let (path, value) = if next(3) == 0 {
                    let entries = text.matches("[[guardianship]]").count();
                    let day = format!("20{}-{:02}-{:02}", 23 + number, step + 1, next(28) + 1);
                    let day: toml_edit::Datetime = day.parse().unwrap();
                    (format!("guardianship[{entries}].since"), day.into())
                } else {
                    let value = format!("第{number}处{step}");
                    (fields[number][next(4)].to_owned(), value.into())
                };
                let change = Change {
                    path: path.parse().unwrap(),
                    value: Some(value),
                };
                text = change_text(&text, Kind::Child.shape(), &[change]).unwrap();
            }
            text
        };
        let clones: Vec<String> = (0..3).map(|number| clone(number, &mut next)).collect();
        let one = |ours: &str, theirs: &str| clean(Kind::Child, CHILD, ours, theirs);
        let [a, b, c] = [&clones[0], &clones[1], &clones[2]];
        let merged = one(&one(a, b), c);
        assert_eq!(merged, one(&one(b, c), a));
        assert_eq!(merged, one(&one(c, a), b));
        for text in &clones {
            for line in text.lines() {
                let changed = CHILD
                    .lines()
                    .any(|old| old.split('=').next() == line.split('=').next());
                assert!(merged.contains(line) || changed, "{line}\n{merged}");
            }
        }
    }
}
