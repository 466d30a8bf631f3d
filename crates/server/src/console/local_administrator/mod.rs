//! The local administrator of a device: what is kept of its password, what failed last, and the forms by which it is
//! shown and replaced.

mod approve;
mod failed;
mod page;
mod replace;
mod reveal;

pub(crate) use approve::approve_reveal;
pub(crate) use failed::notice;
pub(crate) use page::show_local_administrator;
pub(crate) use replace::replace_password;
pub(crate) use reveal::reveal_password;

use store::device::Device;
use trust::escrow::EscrowKind;

/// What the page is of.
const KIND: EscrowKind = EscrowKind::LocalAdministratorPassword;

/// Where the page stands.
fn address(device: &Device) -> String {
    format!("/devices/{}/local-administrator", device.id)
}
