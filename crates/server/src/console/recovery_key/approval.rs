//! `POST /devices/{id}/recovery-key/approve`, and the requests that wait for it.

use axum::extract::State;
use axum::response::Redirect;
use maud::{Markup, html};
use store::device::Device;
use store::escrow::Asked;
use trust::access::Permission;
use trust::words::actor;

use crate::app::{App, SharedApp};
use crate::console::Visitor;
use crate::console::components::{moment, section, stamp};
use crate::console::own_form::{OwnForm, fresh_key};
use crate::escrow::approve::approve;
use crate::input::PathOf;
use crate::problem::Problem;

/// The field with the request.
const REQUEST: &str = "request";

/// Approves, and leads back to the page.
pub(crate) async fn approve_reveal(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let caller = &form.visitor.caller;
    let device = crate::devices::find(&app, caller, &id).await?;
    approve(&app, caller, &device, &form.key()?, &form.form.text(REQUEST)).await?;
    Ok(Redirect::to(&format!("/devices/{}/recovery-key", device.id)))
}

/// Who asks to see the key, and the button by which somebody else approves.
pub(super) fn requests(app: &App, visitor: &Visitor, device: &Device, asked: &[Asked]) -> Markup {
    let may = |asked: &Asked| {
        let is_other = visitor.caller.person_id.is_some_and(|id| id != asked.person_id);
        is_other && visitor.may(Permission::Reveal)
    };
    let is_own = |asked: &Asked| visitor.caller.person_id == Some(asked.person_id);
    html! {
        @if !asked.is_empty() {
            (section("asked", "Who asks to see it", html! {
                @for asked in asked {
                    div.notice {
                        p {
                            strong { (actor(&asked.asked_by)) } " asks for version " (asked.version) ", " (moment(asked.at)) ": "
                            (asked.reason)
                        }
                        @if let Some(by) = &asked.approved_by {
                            p {
                                "Approved by " (actor(by)) ". It can be shown once until " (moment(asked.expires_at)) "."
                                @if is_own(asked) { " Ask again below." }
                            }
                        } @else if may(asked) {
                            form method="post" action={ "/devices/" (device.id) "/recovery-key/approve" } {
                                (stamp(visitor, &fresh_key(app)))
                                input type="hidden" name=(REQUEST) value=(asked.id);
                                p.buttons { button type="submit" { "Approve" span.spoken { " what " (actor(&asked.asked_by)) " asks" } } }
                            }
                        } @else {
                            p { "Waits until " (moment(asked.expires_at)) " for somebody else who may reveal." }
                        }
                    }
                }
            }))
        }
    }
}
