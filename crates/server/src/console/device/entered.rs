//! Passwords of the Mac that people entered into the vault, and the way to enter one.

use maud::{Markup, html};
use trust::access::Permission;
use trust::escrow::EscrowKind;

use super::page::Shown;
use crate::console::Visitor;
use crate::console::components::allowed;
use crate::console::kept_secret::state_badge;
use crate::console::vault::{address, enter_address};

/// What is kept of each kind that people enter.
pub(super) fn section_of(shown: &Shown, visitor: &Visitor) -> Markup {
    let serial_number = &shown.device.serial_number;
    let enter = html! {
        p.buttons { a.button-like href=(enter_address(serial_number, None)) { "Enter a Recovery Lock or firmware password" } }
    };
    html! {
        @for (kind, standing) in &shown.entered {
            @if standing.latest > 0 {
                p {
                    a href=(address(serial_number, *kind)) { (kind.label()) } ": " (state_badge(standing.state)) " "
                    (standing.sentence(*kind))
                }
            }
        }
        @if shown.entered.iter().all(|(_, standing)| standing.latest == 0) { p { "Nobody has entered one." } }
        (allowed(visitor, Permission::Enrol, enter))
    }
}

/// The kinds that people enter.
pub(super) fn kinds() -> impl Iterator<Item = EscrowKind> {
    EscrowKind::ALL.into_iter().filter(|kind| kind.is_entered())
}
