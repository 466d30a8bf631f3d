//! `GET /enrolment-data`: who uses which Mac, by serial number.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use trust::access::Permission;
use trust::enrolment::SerialNumber;

use super::{LIST, address};
use crate::app::SharedApp;
use crate::console::components::{Field, Table, Takes, Tone, badge, moment, no_match, query};
use crate::console::{Page, Place, Visitor};
use crate::enrolment_records::list::{Wanted, list};
use crate::enrolment_records::view::EnrolmentRecordView;
use crate::input::QueryOf;
use crate::page;
use crate::problem::Problem;

/// How many records a page shows.
const LIMIT: u32 = 100;

/// The field with the serial number of a Mac whose record is to be opened.
const SERIAL_NUMBER: &str = "serial_number";

/// Which records are wanted.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    cursor: Option<String>,
}

/// Shows who uses which Mac.
pub(crate) async fn show_enrolment_data(
    State(app): State<SharedApp>,
    visitor: Visitor,
    QueryOf(asked): QueryOf<Asked>,
) -> Result<Markup, Problem> {
    shown(&app, &visitor, asked, Opening::default()).await
}

/// The Mac whose record is to be opened.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Opening {
    #[serde(default)]
    serial_number: String,
    #[serde(skip)]
    error: Option<String>,
}

/// Leads to the record of a serial number that was typed.
pub(crate) async fn open_record(
    State(app): State<SharedApp>,
    visitor: Visitor,
    QueryOf(mut opening): QueryOf<Opening>,
) -> Result<Response, Problem> {
    match opening.serial_number.parse::<SerialNumber>() {
        Ok(serial_number) => Ok(Redirect::to(&address(&serial_number)).into_response()),
        Err(error) => {
            opening.error = Some(format!("This cannot be one: {error}."));
            let page = shown(&app, &visitor, Asked::default(), opening).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

async fn shown(
    app: &SharedApp,
    visitor: &Visitor,
    asked: Asked,
    opening: Opening,
) -> Result<Markup, Problem> {
    let wanted = Wanted {
        q: Some(asked.q.clone()),
        cursor: asked.cursor,
        limit: Some(LIMIT),
    };
    let records = list(app, &visitor.caller, wanted).await?;
    let page = Page {
        title: "Enrolment Data",
        visitor: Some(visitor),
        place: Place::EnrolmentData,
        contents: contents(&records, asked.q.trim(), &opening, visitor),
    };
    Ok(page.render())
}

fn contents(
    records: &page::Page<EnrolmentRecordView>,
    q: &str,
    opening: &Opening,
    visitor: &Visitor,
) -> Markup {
    let is_empty = records.items.is_empty();
    html! {
        div.title {
            h1 { "Enrolment Data" }
            @if visitor.may(Permission::Enrol) { a.button-like.primary href="/enrolment-data/import" { "Import a table" } }
        }
        p.lead {
            "Who uses which Mac. Wildcards such as " code { "%username%" } " and " code { "%password%" }
            " take their values from here."
        }
        @if !is_empty || !q.is_empty() { (search(q)) }
        div #records data-live {
            @if !is_empty {
                (table(&records.items))
            } @else if q.is_empty() {
                (nothing_yet())
            } @else {
                (no_match("Nobody and no Mac matches.", LIST))
            }
            @if let Some(cursor) = &records.next_cursor {
                @let q = Some(q).filter(|q| !q.is_empty());
                p { a.button-like href={ (LIST) (query(&[("q", q), ("cursor", Some(cursor))])) } { "More" } }
            }
        }
        (one_mac(opening))
    }
}

fn search(q: &str) -> Markup {
    html! {
        form.filters method="get" action=(LIST) role="search" {
            div.field {
                label for="q" { "Search" }
                input #q type="search" name="q" value=(q) placeholder="Person, account or serial number";
            }
            p.buttons {
                button type="submit" { "Search" }
                @if !q.is_empty() { a.button-like href=(LIST) { "Clear" } }
            }
        }
    }
}

fn table(records: &[EnrolmentRecordView]) -> Markup {
    let table = Table {
        label: "Enrolment data",
        columns: &[
            "Serial number",
            "Person",
            "E-mail",
            "Account",
            "Secrets",
            "Mac",
            "Changed",
        ],
        short: true,
        rows: records.iter().map(cells).collect(),
    };
    table.render()
}

fn cells(record: &EnrolmentRecordView) -> Vec<Markup> {
    let usable = record.secrets.iter().filter(|secret| secret.usable).count();
    let known = |text: Option<&str>| html! { (text.unwrap_or("–")) };
    let name = record.full_name.as_ref().map(|name| name.as_str());
    let username = record.username.as_ref().map(|name| name.as_str());
    vec![
        html! { a.mono href=(address(&record.serial_number)) { (record.serial_number) } },
        known(name.or(username)),
        known(record.email.as_ref().map(|email| email.as_str())),
        known(record.bound_account.as_ref().map(|account| account.as_str())),
        html! {
            @match (usable, record.secrets.len()) {
                (_, 0) => { span.quiet { "none" } }
                (usable, all) if usable == all => { (badge(Tone::Good, &format!("{usable} usable"))) }
                (usable, all) => { (badge(Tone::Idle, &format!("{usable} of {all} usable"))) }
            }
        },
        html! {
            @match record.device_id {
                Some(id) => { a href={ "/devices/" (id) } { "enrolled" } }
                None => { span.quiet { "not enrolled yet" } }
            }
        },
        moment(record.updated_at),
    ]
}

fn nothing_yet() -> Markup {
    html! {
        div.empty {
            h2 { "Nobody is known yet." }
            p { "Three ways to say who uses which Mac, before or after it enrols:" }
            ul {
                li { a href="/enrolment-data/import" { "Import a table" } " of many Macs, from a spreadsheet." }
                li { "Open one Mac below, and fill in who uses it." }
                li { "Open one Mac below, and make a link for its person, who fills it in." }
            }
        }
    }
}

/// The way to a Mac that is not in the list.
fn one_mac(opening: &Opening) -> Markup {
    html! {
        section {
            h2 { "One Mac" }
            form.one-mac novalidate method="get" action="/enrolment-data/record" {
                (Field {
                    name: SERIAL_NUMBER,
                    label: "Serial number",
                    value: &opening.serial_number,
                    takes: Takes::Username,
                    hint: Some(html! { "Whether the Mac has enrolled yet or not." }),
                    error: opening.error.as_deref(),
                    list: None,
                    required: true,
                }.render())
                p.buttons { button type="submit" { "Open" } }
            }
        }
    }
}
