//! Exact output of commands: each `$` line is run in the directory of the same name.
//! `TRYCMD=overwrite cargo test --test suite transcripts` updates the output.

#[test]
fn commands_print_what_the_transcripts_say() {
    let cases = trycmd::TestCases::new();
    cases.case("tests/cmd/*.trycmd");
}
