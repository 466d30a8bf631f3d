//! `GET /devices/{id}/recovery`: which ways lead a device back, how each is gone, and which are closed and why.

use axum::extract::State;
use maud::{Markup, html};
use store::device::Device;
use trust::access::Permission;
use trust::escrow::{self, EscrowKind};
use trust::observation::Observation;
use trust::recovery::{Need, Recovery, Standing, recovery};

use super::{progress, way};
use crate::app::{App, SharedApp};
use crate::console::components::{Fact, Tone, badge, crumbs, empty, facts, optional_moment, section, stamp};
use crate::console::own_form::fresh_key;
use crate::console::{Page, Place, Visitor};
use crate::devices::recovery::{BegunView, begun};
use crate::escrow::line;
use crate::input::PathOf;
use crate::problem::Problem;

/// Shows the ways back of a device.
pub(crate) async fn show_recovery(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathOf(id): PathOf,
) -> Result<Markup, Problem> {
    let device = crate::devices::find(&app, &visitor.caller, &id).await?;
    let observation = store::observation::find(&app.store, device.id).await?;
    let begun = begun(&app, &device, observation.as_ref()).await?;
    let key = store::escrow::standing(&app.store, line(&device, EscrowKind::PersonalRecoveryKey)).await?;
    let page = Page {
        title: &format!("Ways back · {}", device.name),
        visitor: Some(&visitor),
        place: Place::Manage,
        contents: contents(
            &app,
            &visitor,
            &device,
            observation.as_ref(),
            begun.as_ref(),
            &key,
        ),
    };
    Ok(page.render())
}

fn contents(
    app: &App,
    visitor: &Visitor,
    device: &Device,
    observation: Option<&Observation>,
    begun: Option<&BegunView>,
    key: &escrow::Standing,
) -> Markup {
    html! {
        (crumbs(&[
            ("Manage", Some("/".to_owned())),
            (&device.name, Some(format!("/devices/{}", device.id))),
        ]))
        h1 { "Ways back" }
        div #recovery data-live {
            @if let Some(begun) = begun { (progress::progress(&device.id, begun, app.now())) }
            @match observation {
                Some(observation) => { (seen(app, visitor, (device, key), observation, &recovery(observation))) }
                None => { (empty("Its agent has not told yet.")) }
            }
        }
    }
}

fn seen(
    app: &App,
    visitor: &Visitor,
    (device, key): (&Device, &escrow::Standing),
    observation: &Observation,
    found: &Recovery,
) -> Markup {
    let (may_lead_back, closed): (Vec<_>, Vec<_>) = found
        .ways
        .iter()
        .partition(|way| way.standing != Standing::Closed);
    html! {
        p.lead { (need_badge(found.need)) " " (found.need.sentence()) }
        (about(device, observation))
        @if !found.ways.is_empty() {
            p {
                "The cheapest way stands first. Each says what is known of it, and what is not; nothing here is changed by \
                 reading it."
            }
        }
        @for way in may_lead_back { (way::open(&device.id, way, key, stamp_for(app, visitor).as_ref())) }
        @if !closed.is_empty() {
            (section("closed-ways", "Closed ways", html! {
                ul.closed-ways { @for way in closed { (way::closed(way)) } }
            }))
        }
    }
}

/// The hidden fields of a form that sends somebody to the Mac, for whoever may.
fn stamp_for(app: &App, visitor: &Visitor) -> Option<Markup> {
    visitor
        .may(Permission::Act)
        .then(|| stamp(visitor, &fresh_key(app)))
}

fn need_badge(need: Need) -> Markup {
    match need {
        Need::ChainBroken => badge(Tone::Bad, "chain broken"),
        Need::NoGranter => badge(Tone::Bad, "nobody can grant"),
        Need::None => badge(Tone::Good, "none needed"),
        Need::Unknown => badge(Tone::Warn, "unknown"),
    }
}

/// What the steps depend on.
fn about(device: &Device, observation: &Observation) -> Markup {
    let version = observation
        .system
        .value()
        .map(|system| system.version.to_string());
    facts(&[
        Fact::new("Mac", &device.name),
        Fact::mono("Serial number", &device.serial_number),
        Fact::optional(
            "Chip",
            observation.hardware.value().map(|hardware| hardware.chip.label()),
        ),
        Fact::optional("macOS", version),
        Fact::optional(
            "FileVault",
            observation.filevault.value().map(|state| state.label()),
        ),
        Fact::new(
            "Observed",
            optional_moment(device.observed.as_ref().map(|observed| observed.at)),
        ),
    ])
}
