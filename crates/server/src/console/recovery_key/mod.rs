//! The recovery key of a device: what is kept of it, and the form by which it is shown.

mod approve;
mod page;
mod reveal;

pub(crate) use approve::approve_reveal;
pub(crate) use page::show_recovery_key;
pub(crate) use reveal::reveal_recovery_key;

use store::device::Device;
use trust::escrow::EscrowKind;

/// What the page is of.
const KIND: EscrowKind = EscrowKind::PersonalRecoveryKey;

/// Where the page stands.
fn address(device: &Device) -> String {
    format!("/devices/{}/recovery-key", device.id)
}
