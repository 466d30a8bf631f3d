//! `GET /devices/{id}`: a device, its accounts, its chain and its actions.

use axum::extract::State;
use maud::{Markup, html};
use store::action::Filter;
use trust::chain;
use trust::code::Code;

use super::components::{
    Fact, Tone, action_table, badge, chain_badge, code_notice, facts, moment, online_badge, optional_moment,
    token_badge, words,
};
use super::{Page, Refusal, Visitor};
use crate::actions::list::page_of;
use crate::actions::view::ActionView;
use crate::app::SharedApp;
use crate::devices::accounts::AccountView;
use crate::devices::chain::EdgeView;
use crate::devices::view::DeviceSummary;
use crate::input::PathOf;

/// How many actions a page shows.
const LIMIT: u32 = 50;

/// Shows a device.
pub(crate) async fn show_device(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathOf(id): PathOf,
) -> Result<Markup, Refusal> {
    let device = crate::devices::find(&app, &visitor.0, &id).await?;
    let observation = store::observation::find(&app.store, device.id).await?;
    let edges = store::trust_edge::list(&app.store, device.organization_id, device.id).await?;
    let hand_overs = crate::devices::chain::edges(&app, &device).await?;
    let filter = Filter {
        device_id: Some(device.id),
        state: None,
        before: None,
        limit: LIMIT,
    };
    let actions = page_of(&app, &visitor.0, filter).await?;
    let shown = Shown {
        device: DeviceSummary::of(&device, &app),
        accounts: AccountView::all(observation.as_ref(), &hand_overs),
        edges: edges.into_iter().map(EdgeView::from).collect(),
        actions: actions.items,
        obstacle: match &observation {
            _ if device.pending => Some(Code::DevicePending),
            Some(observation) => chain::obstacle(observation),
            None => Some(Code::NotObserved),
        },
    };
    let page = Page {
        title: &device.name,
        reader: Some(&visitor.name()),
        contents: shown.contents(),
    };
    Ok(page.render())
}

/// What the page shows.
struct Shown {
    device: DeviceSummary,
    accounts: Vec<AccountView>,
    edges: Vec<EdgeView>,
    actions: Vec<ActionView>,
    /// Why no token can be handed on here, when that is so.
    obstacle: Option<Code>,
}

impl Shown {
    fn contents(&self) -> Markup {
        html! {
            h1 { (self.device.name) }
            section #device data-live {
                p {
                    (online_badge(self.device.online)) " "
                    @if self.device.pending { (badge(Tone::Warn, "waits for approval")) " " }
                    (chain_badge(&self.device.chain))
                }
                @if let Some(code) = self.obstacle { (code_notice(code)) }
                h2 { "Device Summary" }
                (summary(&self.device))
                h2 { "Local Accounts" }
                (account_table(&self.accounts))
                h2 { "Hand-overs" }
                (edge_table(&self.edges))
                h2 { "Actions" }
                (action_table(&self.actions))
            }
        }
    }
}

fn summary(device: &DeviceSummary) -> Markup {
    let macos = device.os_version.as_ref().map(|version| {
        let build = device.os_build.as_deref().unwrap_or_default();
        format!("{version} ({build})")
    });
    facts(&[
        Fact::optional("macOS", macos),
        Fact::optional(
            "Boot volume",
            device.volume_format.as_deref().map(words::volume_format),
        ),
        Fact::optional("FileVault", device.filevault.as_ref()),
        Fact::optional("Model", device.model.as_ref()),
        Fact::optional("Processor", device.chip.as_deref().map(words::chip)),
        Fact::new("Serial number", &device.serial_number),
        Fact::new("Hardware UUID", &device.hardware_uuid),
        Fact::new("Agent", &device.agent_version),
        Fact::new("Enrolled", moment(device.enrolled_at)),
        Fact::new("Last seen", optional_moment(device.last_seen_at)),
        Fact::new("Observed", optional_moment(device.observed_at)),
        Fact::new("Key fingerprint", &device.key_fingerprint),
    ])
}

fn account_table(accounts: &[AccountView]) -> Markup {
    html! {
        @if accounts.is_empty() {
            p.quiet { "The Mac has not told of its accounts." }
        } @else {
            div.scroll tabindex="0" {
                table {
                    thead {
                        tr {
                            th scope="col" { "Account" }
                            th scope="col" { "Name" }
                            th scope="col" { "Secure Token" }
                            th scope="col" { "Administrator" }
                            th scope="col" { "Can grant" }
                        }
                    }
                    tbody {
                        @for account in accounts {
                            tr {
                                td.mono { (account.record_name) }
                                td { (account.real_name) @if account.hidden { " " (badge(Tone::Idle, "hidden")) } }
                                td { (token_badge(account.token)) }
                                td { (yes_or_no(account.administrator)) }
                                td { (yes_or_no(account.can_grant)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn edge_table(edges: &[EdgeView]) -> Markup {
    html! {
        @if edges.is_empty() {
            p.quiet { "Bestow has handed no token on here." }
        } @else {
            div.scroll tabindex="0" {
                table {
                    thead { tr { th scope="col" { "From" } th scope="col" { "To" } th scope="col" { "Proved" } } }
                    tbody {
                        @for view in edges {
                            tr {
                                td.mono { (view.edge.granter) }
                                td.mono { (view.edge.target) }
                                td { a href={ "/actions/" (view.action_id) } { (moment(view.edge.at)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}
