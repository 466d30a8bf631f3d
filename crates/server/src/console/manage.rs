//! `GET /`: the devices, found by text, by what their chain is worth, and by what is wrong with them.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;
use store::device;
use store::resilience::Standing;
use trust::code::Code;
use trust::id::DeviceId;

use super::bulk::{self, CHOSEN, MATCHING, chain_choice, finding_choice, name, service_account_choice};
use super::components::{Table, Tone, badge, chain_badge, no_match, presence, query};
use super::device::service_account::status_badge;
use super::order::kind::OrderKind;
use super::{Page, Place, Visitor};
use crate::app::SharedApp;
use crate::devices::list::{chain_word, finding_code, service_account_word};
use crate::devices::standing::{band_word, standing};
use crate::devices::view::DeviceSummary;
use crate::input::QueryOf;
use crate::page;
use crate::problem::Problem;

/// How many devices a page shows.
const LIMIT: u32 = 100;

/// Which devices are wanted.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    q: String,
    state: Option<String>,
    finding: Option<String>,
    service_account: Option<String>,
    warning: Option<String>,
    score: Option<String>,
    /// The form for which a device is chosen.
    #[serde(rename = "for")]
    order: Option<String>,
    cursor: Option<String>,
}

/// Shows the devices by name.
pub(crate) async fn show_devices(
    State(app): State<SharedApp>,
    visitor: Visitor,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Markup, Problem> {
    let after: Option<(String, DeviceId)> = page::read_cursor(wanted.cursor.as_deref())?;
    let filter = Filter {
        state: chain_word(wanted.state)?,
        finding: finding_code(wanted.finding.as_deref())?,
        service_account: service_account_word(wanted.service_account)?,
        standing: standing(wanted.warning.as_deref(), wanted.score.as_deref())?,
        order: wanted.order.as_deref().and_then(OrderKind::from_slug),
        q: wanted.q,
    };
    let asked = device::Page {
        containing: filter.q.clone(),
        chain: filter.state.clone(),
        finding: filter.finding,
        service_account: filter.service_account.clone(),
        standing: filter.standing,
        needing: None,
        after,
        limit: LIMIT + 1,
    };
    let grace = crate::attention::grace(&app, visitor.caller.organization_id).await?;
    let found = device::list(&app.store, visitor.caller.organization_id, &asked).await?;
    let devices = page::Page::cut(
        found,
        LIMIT,
        |device| (device.name.to_lowercase(), device.id),
        |device| DeviceSummary::of(&device, &app, grace),
    );
    let page = Page {
        title: "Manage",
        visitor: Some(&visitor),
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
    service_account: Option<String>,
    standing: Standing,
    order: Option<OrderKind>,
}

impl Filter {
    fn is_empty(&self) -> bool {
        self.q.is_empty()
            && self.state.is_none()
            && self.finding.is_none()
            && self.service_account.is_none()
            && self.standing.is_empty()
    }

    /// How well they stand, as this page is asked for it.
    fn standing_words(&self) -> [(&'static str, Option<String>); 2] {
        [
            (
                "warning",
                self.standing.warning.map(|warning| warning.word().to_owned()),
            ),
            ("score", self.standing.band.map(band_word)),
        ]
    }

    fn contents(&self, devices: &page::Page<DeviceSummary>) -> Markup {
        html! {
            h1 { "Manage" }
            @if let Some(kind) = self.order {
                div.notice.idle {
                    p { "Choose the Mac for " strong { (kind.label()) } ". " a href="/" { "Choose nothing" } }
                }
            }
            @if !(devices.items.is_empty() && self.is_empty()) { (self.form()) }
            div #devices data-live {
                p.quiet {
                    (self.count(devices))
                    // A closed list shows no more of a long title than it has room for.
                    @if let Some(warning) = self.standing.warning { ": “" a href="/resilience" { (warning.of_many()) } "”" }
                    @if let Some((from, to)) = self.standing.band { " with " a href="/resilience" { "a score from " (from) " to " (to) } }
                    @if let Some(code) = self.finding { " with the finding “" a href={ "/codes/" (code) } { (code.entry().title) } "”" }
                }
                @if !devices.items.is_empty() {
                    (self.list(&devices.items))
                } @else if self.is_empty() {
                    (no_devices())
                } @else {
                    (no_match("No Mac matches.", &self.without_filters()))
                }
                @if let Some(cursor) = &devices.next_cursor {
                    p { a.button-like href={ "/" (self.query(Some(cursor))) } { "More devices" } }
                }
            }
        }
    }

    /// How many there are, as far as the page tells.
    fn count(&self, devices: &page::Page<DeviceSummary>) -> String {
        let count = devices.items.len();
        let noun = if count == 1 { "Mac" } else { "Macs" };
        match (&devices.next_cursor, self.is_empty()) {
            (_, _) if count == 0 => String::new(),
            (Some(_), _) => format!("{count} {noun} on this page, and more"),
            (None, true) => format!("{count} {noun}"),
            (None, false) => format!("{count} {noun} found"),
        }
    }

    fn query(&self, cursor: Option<&str>) -> String {
        let [warning, score] = self.standing_words();
        query(&[
            (warning.0, warning.1.as_deref()),
            (score.0, score.1.as_deref()),
            ("q", Some(self.q.as_str()).filter(|q| !q.is_empty())),
            ("state", self.state.as_deref()),
            ("finding", self.finding.map(Code::word)),
            (name::SERVICE_ACCOUNT, self.service_account.as_deref()),
            ("for", self.order.map(OrderKind::slug)),
            ("cursor", cursor),
        ])
    }

    fn form(&self) -> Markup {
        html! {
            form.filters method="get" action="/" role="search" {
                @if let Some(kind) = self.order { input type="hidden" name="for" value=(kind.slug()); }
                @for (name, word) in self.standing_words() {
                    @if let Some(word) = word { input type="hidden" name=(name) value=(word); }
                }
                div.field.wide {
                    label for="q" { "Search" }
                    input #q type="search" name="q" value=(self.q) placeholder="Name, person, serial number, hardware UUID or model";
                }
                (chain_choice(self.state.as_deref().unwrap_or_default()).render())
                (finding_choice(self.finding.map_or("", Code::word)).render())
                (service_account_choice(self.service_account.as_deref().unwrap_or_default()).render())
                p.buttons {
                    button type="submit" { "Search" }
                    @if !self.is_empty() { a.button-like href=(self.without_filters()) { "Clear" } }
                }
            }
        }
    }

    /// Everything, for the same form.
    fn without_filters(&self) -> String {
        format!("/{}", query(&[("for", self.order.map(OrderKind::slug))]))
    }

    /// The devices; unless one is chosen for a form, they can be ticked to ask something of several.
    fn list(&self, devices: &[DeviceSummary]) -> Markup {
        if self.order.is_some() {
            return self.table(devices);
        }
        html! {
            form method="get" action=(bulk::FORM) {
                input type="hidden" name=(name::Q) value=(self.q);
                @if let Some(state) = &self.state { input type="hidden" name=(name::STATE) value=(state); }
                @if let Some(code) = self.finding { input type="hidden" name=(name::FINDING) value=(code); }
                @if let Some(word) = &self.service_account { input type="hidden" name=(name::SERVICE_ACCOUNT) value=(word); }
                p.buttons {
                    button type="submit" name=(name::WHICH) value=(CHOSEN) { "Ask the ticked Macs" }
                    // A bulk run is not chosen by how well Macs stand.
                    @if self.standing.is_empty() {
                        button type="submit" name=(name::WHICH) value=(MATCHING) {
                            @if self.is_empty() { "Ask all Macs" } @else { "Ask all that match" }
                        }
                    }
                    span.with-script-only {
                        input.pick #tick-all type="checkbox" data-ticks=(name::DEVICE);
                        label for="tick-all" { "Tick all on this page" }
                    }
                }
                (self.table(devices))
            }
        }
    }

    fn table(&self, devices: &[DeviceSummary]) -> Markup {
        let table = Table {
            label: "Devices",
            columns: &[
                "Name",
                "State",
                "Chain of trust",
                "Service account",
                "Findings",
                "Holders",
                "macOS",
                "FileVault",
                "Serial number",
            ],
            short: true,
            rows: devices.iter().map(|device| self.cells(device)).collect(),
        };
        table.render()
    }

    fn cells(&self, device: &DeviceSummary) -> Vec<Markup> {
        let form = self
            .order
            .map(|kind| format!("/{}", kind.slug()))
            .unwrap_or_default();
        let known = |fact: &Option<String>| html! { (fact.as_deref().unwrap_or("–")) };
        vec![
            html! {
                @if self.order.is_none() {
                    @let id = format!("tick-{}", device.id);
                    input.pick type="checkbox" id=(id) name=(name::DEVICE) value=(device.id) data-key=(device.id);
                    label.spoken for=(id) { "Tick " (device.name) }
                }
                a href={ "/devices/" (device.id) (form) } { (device.name) }
            },
            if device.pending {
                badge(Tone::Warn, "waits for approval")
            } else {
                presence(device.online)
            },
            chain_badge(&device.chain),
            status_badge(&device.service_account, device.easily_recovered),
            findings(device),
            html! { (device.holders) " of " (device.accounts) },
            known(&device.os_version),
            known(&device.filevault),
            html! { span.mono { (device.serial_number) } },
        ]
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
