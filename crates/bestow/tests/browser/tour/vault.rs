//! The vault by serial number: a password entered, a table imported, a line and what it shows.

use std::fs;

use super::Tour;

const HEAD: &str = "serial_number,kind,value,legacy";

pub async fn walk(tour: &mut Tour<'_>) {
    enter(tour).await;
    line(tour).await;
    import(tour).await;
    tour.open("/vault").await;
    tour.screen.see("C02TOURVAULT2").await;
    tour.stop("vault-some").await;
}

async fn enter(tour: &mut Tour<'_>) {
    tour.open("/vault").await;
    tour.screen.see("Kept without a Mac").await;
    tour.stop("vault").await;
    tour.screen
        .follow("Enter a Recovery Lock or firmware password")
        .await;
    tour.screen.see("Enter a password").await;
    tour.stop("vault-enter").await;
    tour.screen.fill_in("Serial number", "C02 TOUR").await;
    tour.screen.fill_in("Password", "a tour's own").await;
    tour.screen.fill_in("Password, again", "a tour's own").await;
    tour.screen.press("Keep it").await;
    tour.screen.see("without blanks and slashes").await;
    tour.stop("vault-enter-wrong").await;
    tour.screen.fill_in("Serial number", "C02TOURVAULT1").await;
    tour.screen
        .choose_in("What it is", "Recovery Lock password")
        .await;
    tour.screen.fill_in("Password", "a tour's own").await;
    tour.screen.fill_in("Password, again", "a tour's own").await;
    tour.screen.press("Keep it").await;
    tour.screen.see("Recovery Lock password of C02TOURVAULT1").await;
}

async fn line(tour: &mut Tour<'_>) {
    tour.stop("vault-line").await;
    tour.screen
        .fill_in("Why you need it", "no recovery, ticket 4711")
        .await;
    tour.screen.press("Show the Recovery Lock password").await;
    tour.screen
        .see("It is not shown again when this page is left")
        .await;
    tour.stop("vault-line-shown").await;
}

async fn import(tour: &mut Tour<'_>) {
    tour.open("/vault/import").await;
    tour.screen.see("The table").await;
    tour.stop("vault-import").await;
    let good = "C02TOURVAULT2,firmware_password,a tour's second,\n";
    let file = |name: &str, contents: String| {
        let file = tour.demo.data().join(name);
        fs::write(&file, contents).unwrap();
        file
    };
    let wrong =
        "C02TOURVAULT3,bootstrap_token,a tour's third,\nC02TOURVAULT3,firmware_password,a tour's fourth\n";
    let (wrong, nothing, mended) = (
        file("vault-wrong.csv", format!("{HEAD}\n{good}{wrong}")),
        file("vault-nothing.csv", String::new()),
        file("vault-mended.csv", format!("{HEAD}\n{good}")),
    );
    tour.screen.choose_file("Table in CSV", &wrong).await;
    tour.screen.see("Nothing has been imported yet.").await;
    tour.stop("vault-import-preview").await;
    tour.screen.press("Import").await;
    tour.screen.see("Nothing was imported.").await;
    tour.stop("vault-import-refused").await;
    tour.screen.choose_file("Table in CSV", &nothing).await;
    tour.screen.see("This cannot be imported.").await;
    tour.stop("vault-import-no-table").await;
    tour.screen.choose_file("Table in CSV", &mended).await;
    tour.screen.see("1 password is new.").await;
    tour.screen.press("Import").await;
    tour.screen.see("Imported.").await;
    tour.stop("vault-import-done").await;
}
