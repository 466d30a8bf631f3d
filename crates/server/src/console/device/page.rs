//! `GET /devices/{id}`: a device, its accounts, its chain, what is wrong with it and what was done.

use axum::extract::State;
use maud::{Markup, html};
use store::action::Filter;
use store::device::Device;
use trust::chain;
use trust::code::Code;
use trust::finding::{Finding, diagnose};
use trust::observation::Observation;
use trust::outcome::TrustEdge;

use super::{accounts, chain_list, chain_picture, findings, menu, summary};
use crate::actions::list::page_of;
use crate::actions::view::ActionView;
use crate::app::SharedApp;
use crate::console::components::{Tone, action_table, badge, chain_badge, code_notice, online_badge, words};
use crate::console::{Page, Place, Refusal, Visitor};
use crate::devices::chain::EdgeView;
use crate::devices::timeline::{TimelineEvent, timeline};
use crate::devices::view::DeviceSummary;
use crate::input::PathOf;

/// How many actions a page shows.
const LIMIT: u32 = 20;

/// Shows a device.
pub(crate) async fn show_device(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathOf(id): PathOf,
) -> Result<Markup, Refusal> {
    let device = crate::devices::find(&app, &visitor.caller, &id).await?;
    let observation = store::observation::find(&app.store, device.id).await?;
    let recorded = store::trust_edge::list(&app.store, device.organization_id, device.id).await?;
    let recorded: Vec<EdgeView> = recorded.into_iter().map(EdgeView::from).collect();
    let filter = Filter {
        device_id: Some(device.id),
        state: None,
        before: None,
        limit: LIMIT,
    };
    let actions = page_of(&app, &visitor.caller, filter).await?;
    let shown = Shown {
        summary: DeviceSummary::of(&device, &app),
        edges: recorded.iter().map(|view| view.edge.clone()).collect(),
        recorded,
        findings: observation.as_ref().map(diagnose).unwrap_or_default(),
        actions: actions.items,
        events: timeline(&app, &device, None, LIMIT).await?.items,
        observation,
        device,
    };
    let page = Page {
        title: &shown.device.name,
        reader: Some(&visitor.name()),
        place: Place::Manage,
        contents: shown.contents(),
    };
    Ok(page.render())
}

/// What the page shows.
pub(super) struct Shown {
    pub device: Device,
    pub summary: DeviceSummary,
    pub observation: Option<Observation>,
    /// The hand-overs with their actions, oldest first.
    pub recorded: Vec<EdgeView>,
    /// The same hand-overs by themselves.
    pub edges: Vec<TrustEdge>,
    /// The worst first.
    pub findings: Vec<Finding>,
    /// Newest first.
    pub actions: Vec<ActionView>,
    /// Newest first.
    pub events: Vec<TimelineEvent>,
}

impl Shown {
    fn contents(&self) -> Markup {
        html! {
            nav.crumbs aria-label="Breadcrumb" { ol { li { a href="/" { "Manage" } } } }
            div.title {
                h1 { (self.device.name) }
                (menu::actions(&self.device.id))
            }
            div #device data-live {
                (self.lead())
                @if let Some(code) = self.obstacle() { (code_notice(code)) }
                (findings::section(self))
                section aria-labelledby="device-summary" {
                    h2 #device-summary { "Device Summary" }
                    (summary::facts_of(self))
                }
                section aria-labelledby="local-accounts" {
                    h2 #local-accounts { "Local Accounts" }
                    (accounts::table(self))
                }
                section aria-labelledby="chain-of-trust" {
                    h2 #chain-of-trust { "Chain of trust" }
                    (chain_picture::picture(self))
                    (chain_list::list(self))
                }
                section aria-labelledby="action-history" {
                    h2 #action-history { "Action history" }
                    (action_table(&self.actions, "Nothing has been asked of this Mac yet."))
                }
                section aria-labelledby="timeline" {
                    h2 #timeline { "Timeline" }
                    (super::timeline::list(&self.events))
                }
            }
        }
    }

    fn lead(&self) -> Markup {
        let device = &self.summary;
        html! {
            p.lead {
                (online_badge(device.online)) " "
                @if device.pending { (badge(Tone::Warn, "waits for approval")) " " }
                (chain_badge(&device.chain)) " "
                span.quiet {
                    @if let Some(version) = &device.os_version { "macOS " (version) " · " }
                    @if let Some(chip) = &device.chip { (words::chip(chip)) " · " }
                    (device.serial_number)
                }
            }
        }
    }

    /// What stands in the way of everything and is no finding: nothing was seen yet.
    fn obstacle(&self) -> Option<Code> {
        if self.device.pending {
            Some(Code::DevicePending)
        } else if let Some(observation) = &self.observation {
            let diagnosed = |code: &Code| self.findings.iter().any(|finding| finding.code == *code);
            chain::obstacle(observation).filter(|code| !diagnosed(code))
        } else {
            Some(Code::NotObserved)
        }
    }
}
