/// Runs an expression with a type standing for the record type of a kind.
macro_rules! with_kind {
    ($kind:expr, $k:ident => $body:expr) => {
        with_kind!(@ $kind, $k => $body, Term term, Child child, Helper helper, Pairing pairing, Visit visit,
            Activity activity, Aid aid, Assessment assessment, Incident incident, Award award, Loan loan, Fund fund,
            Document document)
    };
    (@ $kind:expr, $k:ident => $body:expr, $($variant:ident $module:ident),+) => {
        match $kind {
            $(Kind::$variant => { type $k = cuncao::model::$module::$variant; $body })+
        }
    };
}
