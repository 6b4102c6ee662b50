//! Headers of real-world rosters and the fields they refer to.

use super::*;

fn meant(kind: Kind, header: &str) -> String {
    match Columns::of(kind).find(header) {
        Ok(Target::Field { steps, .. }) => shown(&steps),
        other => format!("{other:?}"),
    }
}

#[test]
fn headers_of_rosters_name_fields() {
    for (header, path) in [
        ("name", "name"),
        ("姓名", "name"),
        ("学生姓名", "name"),
        (" 姓 名* ", "name"),
        ("出生日期（公历）", "birth_date"),
        ("身份证号码", "id_number"),
        ("监护类型", "guardianship.kind"),
        ("监护人姓名", "guardianship.guardian.name"),
        ("监护人联系电话", "guardianship.guardian.phone"),
        ("父亲姓名", "parents[father].name"),
        ("母亲电话", "parents[mother].phone"),
        ("班级", "enrolment.class"),
        ("guardianship[1].since", "guardianship[1].since"),
        ("监护情况2.监护人.姓名", "guardianship[1].guardian.name"),
        ("parents[mother].status", "parents[mother].status"),
        ("left.date", "left.date"),
        ("离校日期", "left.date"),
        ("birth date", "birth_date"),
    ] {
        assert_eq!(meant(Kind::Child, header), path, "{header}");
    }
    assert_eq!(meant(Kind::Term, "enrolment.3"), "enrolment.3");
    assert_eq!(meant(Kind::Aid, "items[0].quantity"), "items[0].quantity");
}

#[test]
fn a_header_that_names_nothing_gets_the_nearest_label() {
    let columns = Columns::of(Kind::Child);
    assert_eq!(
        columns.find("性 别 们").unwrap_err(),
        UnknownHeader::Unknown(Some("性别".to_owned()))
    );
    assert!(matches!(
        columns.find("guardianship[0].colour"),
        Err(UnknownHeader::Unknown(_))
    ));
    assert!(matches!(
        columns.find("guardianship"),
        Err(UnknownHeader::Unknown(_))
    ));
    assert!(matches!(columns.find("序号"), Ok(Target::Ignored(_))));
}

#[test]
fn every_field_is_found_by_the_headers_that_export_writes() {
    for kind in Kind::ALL {
        let columns = Columns::of(*kind);
        for (path, field) in kind.shape().leaves() {
            if field.holds.is_table() {
                continue;
            }
            let found = |header: &str| match columns.find(header) {
                Ok(Target::Field { steps, .. }) => shown(&steps),
                other => format!("{header}: {other:?}"),
            };
            assert_eq!(found(&path.to_string()), path.to_string(), "{kind}");
            for lang in Lang::ALL {
                let header = labelled(*kind, &path, lang);
                assert_eq!(found(&header), path.to_string(), "{kind} {header}");
            }
        }
    }
}
