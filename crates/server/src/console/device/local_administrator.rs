//! Local administrator: where its password stands in the vault, what failed last or comes next, and the way to its page.

use maud::{Markup, html};
use trust::escrow::{EscrowKind, Standing};

use super::page::Shown;
use crate::console::components::{moment, optional_moment};
use crate::console::kept_secret::state_badge;
use crate::console::local_administrator::notice;

/// What is kept of the password of a Mac's local administrator.
pub(super) fn section_of(shown: &Shown) -> Markup {
    let standing: &Standing = &shown.local_administrator;
    html! {
        p { (state_badge(standing.state)) " " (standing.sentence(EscrowKind::LocalAdministratorPassword)) }
        @if standing.current.is_some() {
            p { "Last proved on the Mac: " (optional_moment(standing.proved_at)) "." }
        }
        @if let Some(at) = standing.replaced_after(EscrowKind::LocalAdministratorPassword) {
            p { "Somebody has seen it, used it or asked for another one: the Mac is to have one after " (moment(at)) "." }
        }
        @let course = &shown.local_administrator_course;
        @if let Some(outlook) = &course.outlook { p { (outlook) } }
        @if let Some(failure) = &course.failure { (notice(failure)) }
        p.buttons {
            a.button-like href={ "/devices/" (shown.device.id) "/local-administrator" } { "Local administrator and its history" }
        }
    }
}
