//! Enrolment data: a table is imported, a record changed, an order means what it says, and a person fills in who it is.

use std::path::PathBuf;

use super::demo::Demo;
use super::in_front_of_a_demo;
use super::screen::{Screen, Scripts};

const ADMINISTRATOR: &str = "Administrator account details";
const TARGET: &str = "Target account details";
const FILE: &str = "Table in CSV";

/// A table with Ben, and a line more.
fn table(demo: &Demo, serial_number: &str, line: &str) -> PathBuf {
    let password = demo.password("healthy", "ben").replace('"', "\"\"");
    let file = demo.data().join(format!("macs-{}.csv", line.len()));
    let table = format!(
        "serial_number,username,full_name,password\n{serial_number},ben,Ben Brandt,\"{password}\"\n{line}\n"
    );
    std::fs::write(&file, table).unwrap();
    file
}

async fn serial_number(screen: &Screen) -> String {
    screen.follow("healthy").await;
    screen.see("Open the enrolment record").await;
    screen.fact("Serial number").await
}

#[tokio::test]
async fn people_are_bound_to_macs_and_orders_mean_them() {
    in_front_of_a_demo(1, Scripts::On, async |screen, demo| {
        let serial_number = serial_number(screen).await;
        let password = demo.password("healthy", "ben");

        // A table with a mistake is told line by line, and the mended one imported.
        screen.follow("Enrolment Data").await;
        screen.follow("Import a table").await;
        let faulty = table(demo, &serial_number, "C02,a/b,Eve,");
        screen.choose_file(FILE, &faulty).await;
        screen.see("1 line cannot be taken.").await;
        screen.see("It is a record name").await;
        screen.see("Nothing has been imported yet.").await;
        let mended = table(demo, &serial_number, "C02ABC,eve,Eve,");
        screen.choose_file(FILE, &mended).await;
        screen.see("1 new, 1 changed").await;
        screen.press("Import").await;
        screen.see("Imported.").await;
        assert!(!screen.source().await.contains(password));

        // One record is changed.
        screen.follow("To the enrolment data").await;
        screen.see("Eve").await;
        screen.follow(&serial_number).await;
        screen.see("usable").await;
        screen.fill_in("E-mail address", "ben.brandt@example.com").await;
        screen.press("Save").await;
        screen.see("by an administrator").await;
        screen.follow("healthy").await;
        screen.see("ben.brandt@example.com").await;

        // An order with wildcards says what they mean before it is sent.
        screen.open_menu("Actions").await;
        screen.follow("Grant Secure Token").await;
        screen.fill(ADMINISTRATOR, "Username", "ada").await;
        screen.fill(TARGET, "Username", "%username%").await;
        screen.open_menu_in(TARGET, "Or by a wildcard").await;
        screen.fill(TARGET, "Password by wildcard", "%password%").await;
        screen.see("What the wildcards mean here").await;
        screen.see("collected on").await;
        screen
            .fill(ADMINISTRATOR, "Password", demo.password("healthy", "ada"))
            .await;
        screen.press("Grant Token").await;
        screen.see("Grant Secure Token: ada → ben").await;
        screen.see("The account holds a Secure Token").await;
        assert!(!screen.source().await.contains(password));
    })
    .await;
}

#[tokio::test]
async fn a_person_is_asked_by_a_link_and_a_table_imported_without_scripts() {
    in_front_of_a_demo(1, Scripts::Off, async |screen, demo| {
        let serial_number = serial_number(screen).await;
        screen.follow("Open the enrolment record").await;
        screen.press("Make link").await;
        screen.see("Copy it now").await;
        let link = screen.code("http").await;
        screen.go(&link).await;
        screen.see("Who uses this Mac?").await;
        for (label, text) in [
            ("Your name", "Ben Brandt"),
            ("Your user name", "ben"),
            ("Your e-mail address", "ben@example.com"),
            ("Your password", "ben's password"),
            ("Your password, again", "ben's password"),
        ] {
            screen.fill_in(label, text).await;
        }
        screen.press("Save").await;
        screen.see("Thank you").await;
        screen.go(demo.url()).await;
        screen.follow("Enrolment Data").await;
        screen.follow(&serial_number).await;
        screen.see("by its person").await;

        screen.follow("Enrolment Data").await;
        screen.follow("Import a table").await;
        let file = table(demo, &serial_number, "C02ABC,eve,Eve,");
        screen.choose_file(FILE, &file).await;
        screen.press("Preview").await;
        screen.see("1 new, 1 changed").await;
        screen.choose_file(FILE, &file).await;
        screen.press("Import").await;
        screen.see("Imported.").await;
    })
    .await;
}
