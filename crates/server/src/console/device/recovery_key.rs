//! Recovery key: where it stands in the vault, and the way to its page.

use maud::{Markup, html};
use trust::escrow::{EscrowKind, Standing};

use super::page::Shown;
use crate::console::components::{moment, optional_moment};
use crate::console::kept_secret::state_badge;
use crate::console::order::kind::OrderKind;

/// What is kept of the recovery key of a Mac.
pub(super) fn section_of(shown: &Shown) -> Markup {
    let standing: &Standing = &shown.recovery_key;
    html! {
        p { (state_badge(standing.state)) " " (standing.sentence(EscrowKind::PersonalRecoveryKey)) }
        @if standing.current.is_some() {
            p { "Last proved to open the disk: " (optional_moment(standing.proved_at)) "." }
        }
        @if let Some(at) = standing.replaced_after(EscrowKind::PersonalRecoveryKey) {
            p { "Somebody may know it: the Mac is to have another one after " (moment(at)) "." }
        }
        p.buttons {
            @if standing.latest > 0 {
                a.button-like href={ "/devices/" (shown.device.id) "/recovery-key" } { "Recovery key and its history" }
            }
            @if shown.may_act {
                a.button-like href={ "/devices/" (shown.device.id) "/" (OrderKind::RotateRecoveryKey.slug()) } { (OrderKind::RotateRecoveryKey.label()) }
            }
        }
    }
}
