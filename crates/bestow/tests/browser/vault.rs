//! Passwords that people enter into the vault, one by one and as a table, on the narrowest window.

use std::fs;
use std::path::PathBuf;

use super::demo::Demo;
use super::eyes::{Scheme, WIDTHS};
use super::in_front_of_a_demo;
use super::screen::{Screen, Scripts};

const GOOD: &str = "C02VAULT1,firmware_password,planted-firmware,\n";

async fn open(screen: &Screen, demo: &Demo, path: &str) {
    screen.go(&format!("{}{path}", demo.url())).await;
}

/// Nothing on the page is in anybody's way where there is least room.
async fn fits(screen: &Screen, what: &str) {
    screen.show(WIDTHS[0], Scheme::Light).await;
    let faults = screen.faults().await;
    assert!(faults.is_empty(), "{what}: {faults:?}");
    screen.show_as_usual().await;
}

/// What is not to stand on any page.
async fn does_not_stand_there(screen: &Screen, text: &str) {
    let source = screen.source().await;
    assert!(!source.contains(text), "{text} stands there: {source}");
}

fn table(demo: &Demo, name: &str, lines: &str) -> PathBuf {
    let file = demo.data().join(name);
    fs::write(&file, format!("serial_number,kind,value,legacy\n{lines}")).unwrap();
    file
}

#[tokio::test]
async fn an_entered_password_is_listed_and_shown_once() {
    in_front_of_a_demo(1, Scripts::On, async |screen, demo| {
        open(screen, demo, "/vault").await;
        screen
            .see("Everything that is kept is of a Mac that is there.")
            .await;
        fits(screen, "the empty list").await;
        screen.follow("Enter a Recovery Lock or firmware password").await;
        screen.see("Blanks around it are a part of it.").await;
        fits(screen, "the form").await;

        // What is wrong stands at its field, and what was typed is there still, but the password.
        screen.fill_in("Serial number", "C02 VAULT").await;
        screen.choose_in("What it is", "Firmware password").await;
        screen.fill_in("Password", "planted-entered").await;
        screen.fill_in("Password, again", "planted-entered").await;
        screen.fill_in("Reason (optional)", "out of the safe").await;
        screen.press("Keep it").await;
        screen.see("without blanks and slashes").await;
        fits(screen, "what is wrong").await;
        does_not_stand_there(screen, "planted").await;
        assert!(screen.source().await.contains("value=\"out of the safe\""));

        screen
            .fill_in("Serial number", "C02VAULT0WITHASERIALNUMBERTHATISLONG")
            .await;
        screen.fill_in("Password", "planted-entered").await;
        screen.fill_in("Password, again", "planted-entered").await;
        screen.press("Keep it").await;
        screen.see("Kept.").await;
        fits(screen, "the line").await;
        does_not_stand_there(screen, "planted").await;
        open(screen, demo, "/vault").await;
        screen.follow("C02VAULT0WITHASERIALNUMBERTHATISLONG").await;
        screen
            .see("Firmware password of C02VAULT0WITHASERIALNUMBERTHATISLONG")
            .await;
        screen.fill_in("Why you need it", "ticket 4711").await;
        screen.press("Show the firmware password").await;
        screen.see("planted-entered").await;
        fits(screen, "what is shown").await;
        open(screen, demo, "/vault").await;
        screen.see("C02VAULT0WITHASERIALNUMBERTHATISLONG").await;
        fits(screen, "the list").await;
        does_not_stand_there(screen, "planted").await;
    })
    .await;
}

#[tokio::test]
async fn a_table_is_looked_at_before_any_of_it_is_kept() {
    in_front_of_a_demo(1, Scripts::On, async |screen, demo| {
        let wrong = format!("{GOOD}C02VAULT2,bootstrap_token,planted-token,\n");
        let (wrong, good) = (table(demo, "wrong.csv", &wrong), table(demo, "good.csv", GOOD));
        open(screen, demo, "/vault").await;
        screen.follow("Import a table").await;
        screen.see("The first line names the columns").await;
        fits(screen, "the form").await;

        // A line that cannot be taken is told with its number, before and after somebody asks for the import.
        screen.choose_file("Table in CSV", &wrong).await;
        screen.see("Nothing has been imported yet.").await;
        screen.see("1 line cannot be taken.").await;
        screen.see("Line 3").await;
        screen
            .see("It is recovery_lock or firmware_password: people enter nothing else.")
            .await;
        fits(screen, "a look at the table").await;
        screen.press("Import").await;
        screen.see("Nothing was imported.").await;
        screen.see("Line 3").await;
        fits(screen, "the refusal").await;
        does_not_stand_there(screen, "planted").await;

        // Nor is anything kept of a table that is only looked at.
        screen.choose_file("Table in CSV", &good).await;
        screen
            .see("1 password is new. Nothing has been imported yet.")
            .await;
        open(screen, demo, "/vault").await;
        screen
            .see("Everything that is kept is of a Mac that is there.")
            .await;
        screen.follow("Import a table").await;
        screen.choose_file("Table in CSV", &good).await;
        screen.see("Nothing has been imported yet.").await;
        screen.press("Import").await;
        screen.see("Imported. 1 password is new.").await;
        fits(screen, "what was imported").await;
        does_not_stand_there(screen, "planted").await;
        screen.follow("To what is kept without a Mac").await;
        screen.see("C02VAULT1").await;
    })
    .await;
}

#[tokio::test]
async fn a_table_is_looked_at_without_scripts_as_well() {
    in_front_of_a_demo(1, Scripts::Off, async |screen, demo| {
        open(screen, demo, "/vault/import").await;
        screen
            .choose_file("Table in CSV", &table(demo, "good.csv", GOOD))
            .await;
        screen.press("Preview").await;
        screen
            .see("1 password is new. Nothing has been imported yet.")
            .await;
        screen.see("choose it again to import it").await;
        open(screen, demo, "/vault").await;
        screen
            .see("Everything that is kept is of a Mac that is there.")
            .await;
    })
    .await;
}
