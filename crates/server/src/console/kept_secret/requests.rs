//! The requests that wait for somebody else's approval.

use maud::{Markup, html};
use store::escrow::Asked;
use trust::access::Permission;
use trust::words::actor;

use crate::app::App;
use crate::console::Visitor;
use crate::console::components::{moment, section, stamp};
use crate::console::own_form::fresh_key;

/// The field with the request.
pub(super) const REQUEST: &str = "request";

/// Who asks to see the secret, and the button by which somebody else approves.
pub(super) fn requests(app: &App, visitor: &Visitor, address: &str, asked: &[Asked]) -> Markup {
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
                            form method="post" action={ (address) "/approve" } {
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
