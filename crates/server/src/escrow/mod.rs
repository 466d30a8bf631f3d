//! What the vault keeps of Macs, between the agents that bring it and the people who look at it.

pub(crate) mod approve;
pub(crate) mod offline;
pub(crate) mod open;
pub(crate) mod receive;
pub(crate) mod reveal;
pub(crate) mod show;
pub(crate) mod view;

use store::device::Device;
use store::escrow::Line;
use trust::escrow::EscrowKind;

/// The line of a device.
pub(crate) fn line(device: &Device, kind: EscrowKind) -> Line<'_> {
    Line {
        organization_id: device.organization_id,
        serial_number: &device.serial_number,
        kind,
    }
}
