//! The page on which the person of a Mac says who it is: opened by a link, without signing in.

use serde_json::{Value, json};

use super::Tour;
use crate::support::http::Raw;

pub async fn walk(tour: &mut Tour<'_>) {
    let link = link(tour, "C02TOUR00001");
    tour.open(&link).await;
    tour.screen.see("Who uses this Mac?").await;
    tour.stop("enrolment").await;
    tour.screen.press("Save").await;
    tour.screen.see("Nothing was saved.").await;
    tour.stop("enrolment-errors").await;
    for (label, text) in [
        ("Your name", "Dora Maar"),
        ("Your user name", "dora"),
        ("Your e-mail address", "dora@example.com"),
        ("Your password", "dora's password"),
        ("Your password, again", "dora's password"),
    ] {
        tour.screen.fill_in(label, text).await;
    }
    tour.screen.press("Save").await;
    tour.screen.see("Thank you").await;
    tour.stop("enrolment-thanks").await;
    tour.open(&link).await;
    tour.screen.see("This link cannot be used").await;
    tour.stop("enrolment-link-used").await;
}

/// A link for the Mac of this serial number.
fn link(tour: &Tour<'_>, serial_number: &str) -> String {
    let headers = [
        format!("authorization: Bearer {}", tour.demo.api_token()),
        "idempotency-key: tour-enrolment-link".to_owned(),
        "content-type: application/json".to_owned(),
    ];
    let address = tour.demo.url().trim_start_matches("http://");
    let body = json!({ "serial_number": serial_number, "not_enrolled": true }).to_string();
    let answer = Raw::ask(address, "POST", "/api/v1/enrolment-links", &headers, &body);
    let text = answer.text();
    let body = text.split("\r\n\r\n").nth(1).unwrap();
    let made: Value = serde_json::from_str(body).unwrap();
    made["path"].as_str().unwrap().to_owned()
}
