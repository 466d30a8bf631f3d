//! Enrolment data: the list, the import with its preview, and records; the policy that goes by them.

use std::fs;

use super::Tour;

pub async fn walk(tour: &mut Tour<'_>) {
    for (place, path, text) in [
        ("enrolment-data", "/enrolment-data", "Enrolment Data"),
        (
            "enrolment-data-no-match",
            "/enrolment-data?q=nobody",
            "Nobody and no Mac matches.",
        ),
        (
            "enrolment-data-no-serial",
            "/enrolment-data/record?serial_number=a+b",
            "This cannot be one",
        ),
        (
            "enrolment-record-new",
            "/enrolment-data/C02NEW",
            "Nobody is known to use this Mac yet.",
        ),
    ] {
        tour.open(path).await;
        tour.screen.see(text).await;
        tour.stop(place).await;
    }
    tour.open_mac("healthy").await;
    let serial_number = tour.screen.fact("Serial number").await;
    import(tour, &serial_number).await;
    record(tour, &serial_number).await;
    policy(tour).await;
}

async fn import(tour: &mut Tour<'_>, serial_number: &str) {
    tour.open("/enrolment-data/import").await;
    tour.stop("import-empty").await;
    let head = "serial_number,username,full_name,email,password,room";
    let lines = format!(
        "{serial_number},ben,Ben Brandt,ben@example.com,ben's password,\nC02TOUR00002,eve,Eve Arnold,,her password,12\n"
    );
    let file = tour.demo.data().join("tour.csv");
    fs::write(
        &file,
        format!("{head}\n{lines}C02TOUR00003,a/b,Eve,nobody,,\nC02TOUR00002,,,,,\n"),
    )
    .unwrap();
    tour.screen.choose_file("Table in CSV", &file).await;
    tour.screen.see("Nothing has been imported yet.").await;
    tour.stop("import-preview").await;
    tour.screen.press("Import").await;
    tour.screen.see("Nothing was imported").await;
    tour.stop("import-refused").await;
    let nothing = tour.demo.data().join("nothing.csv");
    fs::write(&nothing, "").unwrap();
    tour.screen.choose_file("Table in CSV", &nothing).await;
    tour.screen.see("This cannot be imported.").await;
    tour.stop("import-no-table").await;
    let mended = tour.demo.data().join("mended.csv");
    fs::write(&mended, format!("{head}\n{lines}")).unwrap();
    tour.screen.choose_file("Table in CSV", &mended).await;
    tour.screen.see("Nothing has been imported yet.").await;
    tour.screen.press("Import").await;
    tour.screen.see("Imported.").await;
    tour.stop("import-done").await;
    tour.open("/enrolment-data").await;
    tour.screen.see("Eve Arnold").await;
    tour.stop("enrolment-data-some").await;
}

async fn record(tour: &mut Tour<'_>, serial_number: &str) {
    tour.screen.follow("C02TOUR00002").await;
    tour.screen.see("waits for the Mac").await;
    tour.stop("enrolment-record-waiting").await;
    tour.open(&format!("/enrolment-data/{serial_number}")).await;
    tour.screen.see("usable").await;
    tour.screen.open_menu("Forget this record…").await;
    tour.screen.open_menu("Another secret").await;
    tour.stop("enrolment-record").await;
    tour.screen.fill_in("E-mail address", "nobody").await;
    tour.screen.fill_in("Secret", "a secret").await;
    tour.screen.press("Save").await;
    tour.screen.see("Nothing was saved.").await;
    tour.stop("enrolment-record-errors").await;
    tour.open(&format!("/enrolment-data/{serial_number}")).await;
    tour.screen.press("Make link").await;
    tour.screen.see("Copy it now").await;
    tour.stop("enrolment-record-link").await;
}

/// The policy, on and off again.
async fn policy(tour: &mut Tour<'_>) {
    for (button, text, place) in [
        ("Turn on", "whose person holds no token", "policies-without-token"),
        ("Turn off", "Turn on", "policies-off-again"),
    ] {
        tour.open("/policies").await;
        tour.screen.press(button).await;
        tour.screen.see(text).await;
        tour.stop(place).await;
    }
}
