//! `GET /`: the devices, found by text, by what their chain is worth, and by what is wrong with them.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;
use store::device::{self, NOT_OBSERVED};
use trust::chain::Health;
use trust::code::Code;
use trust::id::DeviceId;

use super::components::{Tone, badge, chain_badge, chain_words, online_badge, query};
use super::order::kind::OrderKind;
use super::{Page, Place, Refusal, Visitor};
use crate::app::SharedApp;
use crate::devices::list::{chain_word, finding_code};
use crate::devices::view::DeviceSummary;
use crate::input::QueryOf;
use crate::page;
use crate::problem::Problem;

/// How many devices a page shows.
const LIMIT: u32 = 100;

/// The codes that a diagnosis finds, the worst first.
const FINDINGS: [Code; 11] = [
    Code::ChainBroken,
    Code::NoGranter,
    Code::DemotionUnproved,
    Code::TokenUnusable,
    Code::MissingFromStartUpScreen,
    Code::AutomatedAdminWithoutToken,
    Code::UpdatesUnauthorised,
    Code::FullDiskAccessMissing,
    Code::OsTooOld,
    Code::VolumeNotApfs,
    Code::OnlyOneHolder,
];

/// Which devices are wanted.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    q: String,
    state: Option<String>,
    finding: Option<String>,
    /// The form for which a device is chosen.
    #[serde(rename = "for")]
    order: Option<String>,
    cursor: Option<String>,
}

/// Shows the devices by name.
pub(crate) async fn show_devices(
    State(app): State<SharedApp>,
    visitor: Visitor,
    wanted: Result<QueryOf<Wanted>, Problem>,
) -> Result<Markup, Refusal> {
    let QueryOf(wanted) = wanted?;
    let after: Option<(String, DeviceId)> = page::read_cursor(wanted.cursor.as_deref())?;
    let filter = Filter {
        state: chain_word(wanted.state)?,
        finding: finding_code(wanted.finding.as_deref())?,
        order: wanted.order.as_deref().and_then(OrderKind::from_slug),
        q: wanted.q,
    };
    let asked = device::Page {
        containing: filter.q.clone(),
        chain: filter.state.clone(),
        finding: filter.finding,
        after,
        limit: LIMIT + 1,
    };
    let found = device::list(&app.store, visitor.caller.organization_id, &asked).await?;
    let devices = page::Page::cut(
        found,
        LIMIT,
        |device| (device.name.to_lowercase(), device.id),
        |device| DeviceSummary::of(&device, &app),
    );
    let page = Page {
        title: "Manage",
        reader: Some(&visitor.name()),
        place: Place::Manage,
        contents: filter.contents(&devices),
    };
    Ok(page.render())
}

/// What the list is narrowed down to.
struct Filter {
    q: String,
    state: Option<String>,
    finding: Option<Code>,
    order: Option<OrderKind>,
}

impl Filter {
    fn is_empty(&self) -> bool {
        self.q.is_empty() && self.state.is_none() && self.finding.is_none()
    }

    fn contents(&self, devices: &page::Page<DeviceSummary>) -> Markup {
        html! {
            h1 { "Manage" }
            @if let Some(kind) = self.order {
                div.notice.idle {
                    p { "Choose the Mac for " strong { (kind.label()) } ". " a href="/" { "Choose nothing" } }
                }
            }
            (self.form())
            section #devices data-live aria-label="Devices" {
                @if !devices.items.is_empty() {
                    (self.table(&devices.items))
                } @else if self.is_empty() {
                    (no_devices())
                } @else {
                    p.empty { "No Mac matches. " a href="/" { "Show all" } }
                }
                @if let Some(cursor) = &devices.next_cursor {
                    p { a.button-like href={ "/" (self.query(Some(cursor))) } { "More devices" } }
                }
            }
        }
    }

    fn query(&self, cursor: Option<&str>) -> String {
        query(&[
            ("q", Some(self.q.as_str()).filter(|q| !q.is_empty())),
            ("state", self.state.as_deref()),
            ("finding", self.finding.map(Code::word)),
            ("for", self.order.map(OrderKind::slug)),
            ("cursor", cursor),
        ])
    }

    fn form(&self) -> Markup {
        let health = Health::ALL.iter().map(|health| health.word());
        html! {
            form.filters method="get" action="/" role="search" {
                @if let Some(kind) = self.order { input type="hidden" name="for" value=(kind.slug()); }
                div.field.wide {
                    label for="q" { "Search" }
                    input #q type="search" name="q" value=(self.q) placeholder="Name, serial number, hardware UUID or model";
                }
                div.field {
                    label for="state" { "Chain of trust" }
                    select #state name="state" {
                        option value="" { "Any" }
                        @for word in health.chain([NOT_OBSERVED]) {
                            option value=(word) selected[self.state.as_deref() == Some(word)] { (chain_words(word)) }
                        }
                    }
                }
                div.field {
                    label for="finding" { "Finding" }
                    select #finding name="finding" {
                        option value="" { "Any" }
                        @for code in FINDINGS {
                            option value=(code) selected[self.finding == Some(code)] { (code.entry().title) }
                        }
                    }
                }
                p.buttons {
                    button type="submit" { "Search" }
                    @if !self.is_empty() { a.button-like href="/" { "Clear" } }
                }
            }
        }
    }

    fn table(&self, devices: &[DeviceSummary]) -> Markup {
        html! {
            div.scroll tabindex="0" role="region" aria-label="Devices" {
                table.cards {
                    thead {
                        tr {
                            th scope="col" { "Name" }
                            th scope="col" { "State" }
                            th scope="col" { "Chain of trust" }
                            th scope="col" { "Findings" }
                            th scope="col" { "Holders" }
                            th scope="col" { "macOS" }
                            th scope="col" { "FileVault" }
                            th scope="col" { "Serial number" }
                        }
                    }
                    tbody { @for device in devices { (self.row(device)) } }
                }
            }
        }
    }

    fn row(&self, device: &DeviceSummary) -> Markup {
        let form = self
            .order
            .map(|kind| format!("/{}", kind.slug()))
            .unwrap_or_default();
        html! {
            tr {
                th scope="row" { a href={ "/devices/" (device.id) (form) } { (device.name) } }
                td data-label="State" {
                    @if device.pending { (badge(Tone::Warn, "waits for approval")) }
                    @else { (online_badge(device.online)) }
                }
                td data-label="Chain of trust" { (chain_badge(&device.chain)) }
                td data-label="Findings" { (findings(device)) }
                td data-label="Holders" { (device.holders) " of " (device.accounts) }
                td data-label="macOS" { (device.os_version.as_deref().unwrap_or("–")) }
                td data-label="FileVault" { (device.filevault.as_deref().unwrap_or("–")) }
                td.mono data-label="Serial number" { (device.serial_number) }
            }
        }
    }
}

fn findings(device: &DeviceSummary) -> Markup {
    let counts = device.findings;
    let of = |tone, count: u64, word: &str| {
        html! {
            @if count > 0 { (badge(tone, &format!("{count} {word}"))) " " }
        }
    };
    html! {
        @if counts.critical + counts.problem + counts.advice == 0 { span.quiet { "none" } }
        (of(Tone::Bad, counts.critical, "critical"))
        (of(Tone::Warn, counts.problem, if counts.problem == 1 { "problem" } else { "problems" }))
        (of(Tone::Idle, counts.advice, "advice"))
    }
}

fn no_devices() -> Markup {
    html! {
        div.empty {
            h2 { "No Mac has enrolled yet." }
            p { "Make an enrolment secret, then enrol the agent on a Mac with it:" }
            p { code { "bestow enrolment-secret" } }
            p { code { "bestow-agent enroll --server https://… " } }
            p { "The Mac appears here by itself." }
        }
    }
}
