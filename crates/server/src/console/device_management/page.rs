//! `GET /devices/{id}/device-management`: the page.

use axum::extract::State;
use maud::{Markup, html};
use store::device::Device;
use trust::access::Permission;
use trust::code::Code;
use trust::escrow::EscrowKind;
use trust::mdm_enrolment::State as Enrolment;

use crate::app::{App, SharedApp};
use crate::console::components::{
    Table, TickBox, Tone, allowed, badge, code_notice, crumbs, empty, moment, optional_moment, section, stamp,
};
use crate::console::kept_secret::{state_badge, versions_table};
use crate::console::own_form::fresh_key;
use crate::console::{Page, Place, Visitor};
use crate::escrow::view::EscrowView;
use crate::input::PathOf;
use crate::mdm_enrolments::view::{MdmEnrolmentView, MdmEnrolmentsView, view};
use crate::problem::Problem;

/// The box that says that the certificate is to be renewed.
pub(super) const RENEW: &str = "renew";

/// Shows how a device is managed by Bestow.
pub(crate) async fn show_device_management(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathOf(id): PathOf,
) -> Result<Markup, Problem> {
    let device = crate::devices::find(&app, &visitor.caller, &id).await?;
    let enrolments = view(&app, &device).await?;
    let token = crate::escrow::view::view(&app, &device, EscrowKind::BootstrapToken).await?;
    let page = Page {
        title: &format!("Device management · {}", device.name),
        visitor: Some(&visitor),
        place: Place::Manage,
        contents: html! {
            (crumbs(&[
                ("Manage", Some("/".to_owned())),
                (&device.name, Some(format!("/devices/{}", device.id))),
            ]))
            h1 { "Device management" }
            div #device-management data-live {
                p.lead { (badge_of(enrolments.state)) " " (enrolments.summary) }
                (section("bootstrap-token", "Bootstrap token", kept(&token)))
                (section("enrolments", "Every enrolment", listed(&enrolments.enrolments)))
            }
            (section("profile", "Enrol the Mac", profile(&app, &visitor, &device, &enrolments)))
        },
    };
    Ok(page.render())
}

/// How the state of an enrolment looks.
pub(in crate::console) fn badge_of(state: Option<Enrolment>) -> Markup {
    let tone = match state {
        Some(Enrolment::Enrolled) => Tone::Good,
        Some(Enrolment::Prepared) => Tone::Warn,
        Some(Enrolment::Lapsed | Enrolment::Left | Enrolment::Replaced) | None => Tone::Idle,
    };
    badge(tone, state.map_or("not enrolled here", Enrolment::label))
}

fn kept(token: &EscrowView) -> Markup {
    html! {
        p { (state_badge(token.state)) " " (token.summary) }
        p.hint { "Nobody is shown a token: the Mac asks for its own when it needs it." }
        @if !token.versions.is_empty() { (versions_table(&token.versions)) }
    }
}

fn listed(enrolments: &[MdmEnrolmentView]) -> Markup {
    if enrolments.is_empty() {
        return empty("No profile was made for this Mac yet.");
    }
    let table = Table {
        label: "Every enrolment, newest first",
        columns: &["Profile made", "State", "Enrolled", "Ended"],
        short: true,
        rows: enrolments
            .iter()
            .map(|enrolment| {
                vec![
                    moment(enrolment.prepared_at),
                    badge_of(Some(enrolment.state)),
                    optional_moment(enrolment.enrolled_at),
                    optional_moment(enrolment.ended_at),
                ]
            })
            .collect(),
    };
    table.render()
}

/// Outside of what is kept up to date by itself: nothing may move under a tick.
fn profile(app: &App, visitor: &Visitor, device: &Device, enrolments: &MdmEnrolmentsView) -> Markup {
    if !enrolments.available {
        return code_notice(Code::MdmNotSetUp);
    }
    if device.pending {
        return code_notice(Code::DevicePending);
    }
    let is_enrolled = enrolments.state == Some(Enrolment::Enrolled);
    let form = html! {
        p {
            "A profile is made for this Mac alone and downloaded once. It holds the Mac's key: give it to nobody else, and delete it \
             when it is installed. A Mac has one MDM only; another one has to release it first."
        }
        form method="post" action={ "/devices/" (device.id) "/device-management" } {
            (stamp(visitor, &fresh_key(app)))
            @if is_enrolled {
                (TickBox {
                    name: RENEW,
                    label: "Renew the certificate of this enrolment",
                    hint: "The bootstrap token stays. Without this the Mac enrols anew, and the vault's current token ends.",
                    ticked: true,
                    error: None,
                }.render())
            }
            p.buttons { button type="submit" { "Download the enrolment profile" } }
        }
    };
    allowed(visitor, Permission::Enrol, form)
}
