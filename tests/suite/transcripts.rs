//! What the commands print, held to the letter: each `$` line is run in the directory of the same name.
//! `TRYCMD=overwrite cargo test --test transcripts` writes anew what they print.

#[test]
fn commands_print_what_the_transcripts_say() {
    let cases = trycmd::TestCases::new();
    cases.case("tests/cmd/*.trycmd");
}
