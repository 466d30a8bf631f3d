//! Device management: how the Mac stands with Bestow's own, and the way to its page.

use maud::{Markup, html};
use trust::escrow::EscrowKind;

use super::page::Shown;
use crate::console::device_management::badge_of;
use crate::console::kept_secret::state_badge;

/// How a Mac is managed, and what is kept of its bootstrap token.
pub(super) fn section_of(shown: &Shown) -> Markup {
    html! {
        p { (badge_of(shown.management.state)) " " (shown.management.summary) }
        p { "Bootstrap token: " (state_badge(shown.bootstrap_token.state)) " " (shown.bootstrap_token.sentence(EscrowKind::BootstrapToken)) }
        p.buttons {
            a.button-like href={ "/devices/" (shown.device.id) "/device-management" } { "Device management" }
        }
    }
}
