//! Passwords that are typed.

use std::path::Path;
use std::process::Command;

use crate::support::child::command;
use crate::support::command::Said;
use crate::support::site::Site;
use crate::support::terminal::Terminal;

#[test]
fn passwords_are_asked_for_after_the_plan_and_never_shown() {
    let site = Site::healthy(701);
    let (ada, ben) = (
        site.mac.password("ada").to_owned(),
        site.mac.password("ben").to_owned(),
    );
    let grant = site.command(&["grant", "healthy", "--administrator", "ada", "--target", "ben"]);
    let mut terminal = Terminal::start(grant);
    terminal.type_unseen("Password of ada on healthy: ", &ada);
    terminal.type_unseen("Password of ben on healthy: ", &ben);
    let (shown, exit) = terminal.end();
    assert_eq!(exit, 0, "{shown}");
    assert!(shown.find("Plan (as the Mac was seen").unwrap() < shown.find("Password of ada").unwrap());
    assert!(
        shown.contains("Succeeded: The account holds a Secure Token"),
        "{shown}"
    );
    assert!(!shown.contains(&ada) && !shown.contains(&ben));
}

#[test]
fn a_new_password_is_typed_twice_and_a_slip_sends_nothing() {
    let site = Site::healthy(703);
    let create = [
        "create-user",
        "healthy",
        "--username",
        "dora",
        "--full-name",
        "Dora",
    ];
    let (first, again) = (
        "Password for the new account dora on healthy: ",
        "Password for the new account dora on healthy, again: ",
    );
    let mut terminal = Terminal::start(site.command(&create));
    terminal.type_unseen(first, "dora's own");
    terminal.type_unseen(again, "dora's won");
    let (shown, exit) = terminal.end();
    assert_eq!(exit, 2, "{shown}");
    assert!(shown.contains("differ") && !shown.contains("dora's"), "{shown}");
    let actions = site.run(&["actions", "--json"]).with_exit(0).json();
    assert_eq!(actions["items"], serde_json::json!([]));

    let mut terminal = Terminal::start(site.command(&create));
    terminal.type_unseen(first, "dora's own");
    terminal.type_unseen(again, "dora's own");
    let (shown, exit) = terminal.end();
    assert_eq!(exit, 0, "{shown}");
    assert!(shown.contains("account_created"), "{shown}");
}

/// The same command in a session of its own, which has no terminal, whoever starts the tests.
#[cfg(target_os = "linux")]
fn without_a_terminal(of: &Command) -> Command {
    let mut detached = command(Path::new("setsid"));
    detached.arg("--wait").arg(of.get_program()).args(of.get_args());
    let variables = of.get_envs();
    detached.envs(variables.filter_map(|(name, value)| Some((name, value?))));
    detached
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_terminal_the_way_by_standard_input_is_told() {
    let site = Site::healthy(704);
    let enter = ["vault", "enter", "C02PLANTED", "--kind", "recovery_lock"];
    let grant = ["grant", "healthy", "--administrator", "ada", "--target", "ben"];
    let collect = ["enrolment-data", "set", "healthy", "--collect", "password"];
    for (args, told) in [
        (&enter[..], "reads 1 line (recovery_lock of C02PLANTED)"),
        (
            &grant[..],
            "reads 2 lines (Password of ada on healthy; Password of ben on healthy)",
        ),
        (&collect[..], "reads 1 line (password for healthy"),
    ] {
        let said = Said::by(&mut without_a_terminal(&site.command(args)), "").with_exit(2);
        assert!(!said.err.contains("os error"), "{said:?}");
        said.says(&[
            "there is no terminal",
            "--password-stdin",
            told,
            "Nothing was sent.",
        ]);
    }
    let lines = site.run(&["vault", "lines", "--json"]).with_exit(0);
    assert!(!lines.out.contains("C02PLANTED"), "{lines:?}");
    let actions = site.run(&["actions", "--json"]).with_exit(0).json();
    assert_eq!(actions["items"], serde_json::json!([]));
}

#[test]
fn an_interrupt_at_the_prompt_sends_nothing() {
    let site = Site::healthy(702);
    let grant = site.command(&["grant", "healthy", "--administrator", "ada", "--target", "ben"]);
    let mut terminal = Terminal::start(grant);
    terminal.type_unseen("Password of ada on healthy: ", "half of it\u{3}");
    let (shown, exit) = terminal.end();
    assert_ne!(exit, 0);
    assert!(!shown.contains("half of it"), "{shown}");
    let actions = site.run(&["actions", "--json"]).with_exit(0).json();
    assert_eq!(actions["items"], serde_json::json!([]));
}
