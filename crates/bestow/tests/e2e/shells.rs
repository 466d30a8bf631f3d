//! What shells and `man` make of what the program says of itself.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::child::command;
use crate::support::command::Said;
use crate::support::program;

fn bestow(args: &[&str]) -> Command {
    let mut bestow = command(program());
    bestow.args(args);
    bestow
}

/// What bash offers for the last of `words`, with the script loaded as people load it.
fn bash_offers(script: &Path, words: &[&str]) -> Vec<String> {
    let ask = r#"
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        function=$(complete -p bestow | sed 's/.*-F \([^ ]*\).*/\1/')
        "$function" bestow "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let mut bash = command(Path::new("bash"));
    bash.args(["--norc", "-uc", ask, "bash"]).arg(script).args(words);
    let said = Said::by(&mut bash, "").with_exit(0);
    assert_eq!(said.err, "");
    said.out.lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_commands_options_and_words() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("bestow");
    let said = Said::by(&mut bestow(&["completions", "bash"]), "").with_exit(0);
    fs::write(&script, said.out).unwrap();
    let offers = |words: &[&str]| bash_offers(&script, words);
    assert_eq!(offers(&["bestow", "enrolment-s"]), ["enrolment-secret"]);
    assert_eq!(offers(&["bestow", "enrolment-data", "im"]), ["import"]);
    assert_eq!(offers(&["bestow", "bulk", "results", "--cs"]), ["--csv"]);
    assert_eq!(offers(&["bestow", "grant", "--pass"]), ["--password-stdin"]);
    assert_eq!(offers(&["bestow", "actions", "--state", "ca"]), ["cancelled"]);
    assert_eq!(offers(&["bestow", "explain", "chain"]), ["chain_broken"]);
    assert_eq!(offers(&["bestow", "completions", ""]).last().unwrap(), "fish");
    // Nothing that is not there is offered, and everything that is.
    let mut commands = offers(&["bestow", ""]);
    commands.retain(|word| !word.starts_with('-') && word != "help");
    let help = Said::by(&mut bestow(&["--help"]), "").with_exit(0).out;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed = listed.take_while(|line| !line.is_empty());
    let listed = listed.filter_map(|line| line.split_whitespace().next());
    let listed: Vec<&str> = listed.filter(|word| *word != "help").collect();
    assert_eq!(commands, listed);
}

#[test]
fn zsh_and_fish_get_scripts_of_their_own() {
    let script = |shell| {
        Said::by(&mut bestow(&["completions", shell]), "")
            .with_exit(0)
            .out
    };
    assert!(script("zsh").starts_with("#compdef bestow"));
    assert!(script("fish").contains("complete -c bestow"));
    Said::by(&mut bestow(&["completions", "tcsh"]), "")
        .with_exit(2)
        .says(&["possible values: bash, zsh, fish"]);
}

#[test]
fn every_command_has_a_manual_page_that_renders_without_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("share/man/man1");
    let mut man = bestow(&["man"]);
    let said = Said::by(man.arg(&pages), "").with_exit(0);
    let files: Vec<_> = fs::read_dir(&pages)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    said.says(&[&format!("Wrote {} pages", files.len())]);
    for name in [
        "bestow.1",
        "bestow-grant.1",
        "bestow-create-user.1",
        "bestow-bulk-continue.1",
        "bestow-enrolment-data-import.1",
        "bestow-policy.1",
        "bestow-man.1",
        "bestow-agent-uninstall.1",
    ] {
        assert!(files.contains(&pages.join(name)), "{name}: {files:?}");
    }
    let mut lint = command(Path::new("mandoc"));
    lint.args(["-T", "lint", "-W", "warning"]).args(&files);
    let said = Said::by(&mut lint, "");
    // A page is as old as its program, so that it has no date; and one space too many does no harm.
    let is_harmless =
        |line: &str| line.contains("cannot parse date") || line.contains("skipping paragraph macro");
    let warnings: Vec<&str> = said.out.lines().filter(|line| !is_harmless(line)).collect();
    assert_eq!(warnings, Vec::<&str>::new(), "{}", said.err);

    let mut render = command(Path::new("mandoc"));
    render
        .args(["-T", "ascii", "-O", "width=100"])
        .arg(pages.join("bestow-grant.1"));
    let page = Said::by(&mut render, "").with_exit(0);
    let plain: String = unstruck(&page.out);
    for part in [
        "Bestow",
        "--password-stdin",
        "BESTOW_SERVER",
        "bestow grant [OPTIONS] --administrator <ACCOUNT> <--target <ACCOUNT>|--target-alias",
        "EXIT STATUS",
        "130",
    ] {
        assert!(plain.contains(part), "{part:?} is missing in\n{plain}");
    }
}

/// Text for a teletype without what is struck over.
fn unstruck(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars() {
        match letter {
            '\u{8}' => drop(plain.pop()),
            letter => plain.push(letter),
        }
    }
    plain
}
