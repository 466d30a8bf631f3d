//! Passwords that are typed.

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
