//! `GET /`: the devices.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;
use store::device;
use trust::id::DeviceId;

use super::components::{Tone, badge, chain_badge, online_badge};
use super::{Page, Refusal, Visitor};
use crate::app::SharedApp;
use crate::devices::view::DeviceSummary;
use crate::input::QueryOf;
use crate::page;

/// How many devices a page shows.
const LIMIT: u32 = 100;

/// Which devices are wanted.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    q: Option<String>,
    cursor: Option<String>,
}

/// Shows the devices by name.
pub(crate) async fn show_devices(
    State(app): State<SharedApp>,
    visitor: Visitor,
    wanted: Result<QueryOf<Wanted>, crate::problem::Problem>,
) -> Result<Markup, Refusal> {
    let QueryOf(wanted) = wanted?;
    let after: Option<(String, DeviceId)> = page::read_cursor(wanted.cursor.as_deref())?;
    let q = wanted.q.unwrap_or_default();
    let asked = device::Page {
        containing: q.clone(),
        after,
        limit: LIMIT + 1,
        ..device::Page::default()
    };
    let found = device::list(&app.store, visitor.0.organization_id, &asked).await?;
    let devices = page::Page::cut(
        found,
        LIMIT,
        |device| (device.name.to_lowercase(), device.id),
        |device| DeviceSummary::of(&device, &app),
    );
    let page = Page {
        title: "Devices",
        reader: Some(&visitor.name()),
        contents: contents(&q, &devices),
    };
    Ok(page.render())
}

fn contents(q: &str, devices: &page::Page<DeviceSummary>) -> Markup {
    html! {
        h1 { "Devices" }
        form.search method="get" action="/" role="search" {
            label {
                span.hidden-label { "Name, serial number, hardware UUID or model" }
                input type="search" name="q" value=(q) placeholder="Name, serial number, hardware UUID or model";
            }
            button type="submit" { "Search" }
        }
        section #devices data-live {
            @if devices.items.is_empty() {
                p.quiet { @if q.is_empty() { "No Mac has enrolled yet." } @else { "No Mac matches." } }
            } @else {
                (device_table(&devices.items))
            }
            @if let Some(cursor) = &devices.next_cursor {
                p { a href={ "/?q=" (encoded(q)) "&cursor=" (cursor) } { "More devices" } }
            }
        }
    }
}

fn device_table(devices: &[DeviceSummary]) -> Markup {
    html! {
        div.scroll tabindex="0" {
            table {
                thead {
                    tr {
                        th scope="col" { "Name" }
                        th scope="col" { "State" }
                        th scope="col" { "Chain of trust" }
                        th scope="col" { "Holders" }
                        th scope="col" { "macOS" }
                        th scope="col" { "FileVault" }
                        th scope="col" { "Serial number" }
                    }
                }
                tbody {
                    @for device in devices {
                        tr {
                            td { a href={ "/devices/" (device.id) } { (device.name) } }
                            td {
                                @if device.pending { (badge(Tone::Warn, "waits for approval")) }
                                @else { (online_badge(device.online)) }
                            }
                            td { (chain_badge(&device.chain)) }
                            td { (device.holders) " of " (device.accounts) }
                            td { (device.os_version.as_deref().unwrap_or("–")) }
                            td { (device.filevault.as_deref().unwrap_or("–")) }
                            td.mono { (device.serial_number) }
                        }
                    }
                }
            }
        }
    }
}

/// Text as a value in a query.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
