//! Walks through the window.

use std::time::Duration;

use eframe::egui::{Key, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use trust::code::Code;
use utility::agent::Heard;
use utility_protocol::client::NoAnswer;
use utility_protocol::message::{Ended, Need, Status};

use crate::fake::{Window, people};

const ADA: &str = "Ada Lovelace (ada) \u{2013} Secure Token";

fn types(window: &mut Window, password: &str) {
    window.harness.get_by_label("Password").focus();
    window.goes_on();
    window.harness.get_by_label("Password").type_text(password);
    window.goes_on();
}

fn presses(window: &mut Window, button: &str) {
    window.harness.get_by_role_and_label(Role::Button, button).click();
    window.goes_on();
}

fn says(window: &Window, text: &str) {
    assert!(
        window.harness.query_by_label_contains(text).is_some(),
        "{text:?} is not said"
    );
}

#[test]
fn the_account_is_made_with_a_click() {
    let mut window = Window::open();
    says(&window, "Asking how the service account");
    let status = Status {
        need: Need::Needed { obstacle: None },
        accounts: people(),
    };
    window.hears(Heard::Status(Ok(Ok(status))));
    assert_eq!(
        window.harness.get_by_label("Account").value().as_deref(),
        Some(ADA)
    );
    let button = window
        .harness
        .get_by_role_and_label(Role::Button, "Create Account");
    assert!(button.accesskit_node().is_disabled(), "nothing was typed yet");

    types(&mut window, "orchid-77");
    presses(&mut window, "Create Account");
    assert_eq!(window.orders(), [("ada".to_owned(), "orchid-77".to_owned())]);
    says(&window, "Waiting until Bestow has time");
    window.hears(Heard::Begun);
    says(&window, "Creating the service account");
    window.hears_the_end(Ended::with(Code::ServiceAccountCreated));
    says(&window, "The service account is there and valid.");
    assert!(!window.closes());
    presses(&mut window, "Close");
}

#[test]
fn return_does_what_the_button_does() {
    let mut window = Window::asking_for_help(people());
    // The field has the keyboard from the start.
    assert!(window.harness.get_by_label("Password").is_focused());
    window.harness.get_by_label("Password").type_text("orchid-77");
    window.goes_on();
    window.harness.key_press(Key::Enter);
    window.goes_on();
    assert_eq!(window.orders(), [("ada".to_owned(), "orchid-77".to_owned())]);
}

#[test]
fn another_account_is_chosen_from_the_list() {
    let mut window = Window::asking_for_help(people());
    window.harness.get_by_label("Account").click();
    window.goes_on();
    window.harness.get_by_label("Ben Bose (ben)").click();
    window.goes_on();
    types(&mut window, "ben-pass");
    presses(&mut window, "Create Account");
    assert_eq!(window.orders(), [("ben".to_owned(), "ben-pass".to_owned())]);
}

#[test]
fn a_wrong_password_is_told_and_can_be_typed_anew() {
    let mut window = Window::asking_for_help(people());
    types(&mut window, "guessed");
    presses(&mut window, "Create Account");
    window.hears_the_end(Ended::with(Code::AdministratorWrongPassword));
    let entry = Code::AdministratorWrongPassword.entry();
    for text in [
        "Authentication Error",
        entry.title,
        entry.cause,
        entry.fix,
        "administrator_wrong_password",
    ] {
        says(&window, text);
    }
    assert_eq!(
        window.harness.get_by_label("Account").value().as_deref(),
        Some(ADA),
        "the choice stays"
    );
    types(&mut window, "orchid-77");
    presses(&mut window, "Create Account");
    assert_eq!(
        window.orders().last().unwrap().1,
        "orchid-77",
        "nothing of the first is left"
    );
}

#[test]
fn every_refusal_is_told_with_its_next_step() {
    let mut window = Window::asking_for_help(people());
    for &code in Code::ALL.iter().filter(|code| !code.is_success()) {
        types(&mut window, "orchid-77");
        presses(&mut window, "Create Account");
        window.hears_the_end(Ended::with(code));
        says(&window, code.entry().title);
        says(&window, &trust::words::prose(code.entry().fix));
    }
}

#[test]
fn who_has_to_wait_is_told_until_when() {
    let mut window = Window::asking_for_help(people());
    types(&mut window, "guessed");
    presses(&mut window, "Create Account");
    let retry_at = window.now().plus(Duration::from_secs(600));
    window.hears_the_end(Ended {
        code: Code::TooManyGuesses,
        retry_at: Some(retry_at),
    });
    says(&window, "Try again after");
    types(&mut window, "orchid-77");
    let is_disabled = |window: &Window| {
        let button = window
            .harness
            .get_by_role_and_label(Role::Button, "Create Account");
        button.accesskit_node().is_disabled()
    };
    assert!(is_disabled(&window));
    window.passes(601);
    assert!(!is_disabled(&window));
}

#[test]
fn where_nobody_is_needed_that_is_said_and_the_window_closes() {
    let mut window = Window::open();
    let status = Status {
        need: Need::Valid,
        accounts: people(),
    };
    window.hears(Heard::Status(Ok(Ok(status))));
    says(&window, "is in order");
    assert!(!window.closes());
    window.passes(60);
    assert!(window.closes());
}

#[test]
fn an_agent_that_does_not_run_can_be_asked_again() {
    let mut window = Window::open();
    let nobody = std::io::Error::from(std::io::ErrorKind::NotFound);
    window.hears(Heard::Status(Err(NoAnswer::NotRunning(nobody))));
    says(&window, "Bestow does not run on this Mac.");
    assert_eq!(window.times_asked(), 1);
    presses(&mut window, "Ask Again");
    assert_eq!(window.times_asked(), 2);
    says(&window, "Asking how the service account");
}

#[test]
fn a_password_is_masked_for_those_who_cannot_see_as_well() {
    let mut window = Window::asking_for_help(people());
    types(&mut window, "orchid-77");
    let field = window.harness.get_by_label("Password");
    assert_eq!(field.accesskit_node().role(), Role::PasswordInput);
    assert_eq!(field.value(), Some("\u{2022}".repeat(9)));
    let everything = format!("{:?}", window.harness.root());
    assert!(!everything.contains("orchid"), "{everything}");
}

#[test]
fn what_was_undone_cannot_be_had_back_from_the_window() {
    let mut window = Window::asking_for_help(people());
    types(&mut window, "orchid-77");
    window
        .harness
        .key_press_modifiers(eframe::egui::Modifiers::COMMAND, Key::Z);
    window.goes_on();
    let field = window.harness.get_by_label("Password").value();
    assert!(matches!(field.as_deref(), None | Some("")), "{field:?}");
    assert!(window.orders().is_empty());
}
