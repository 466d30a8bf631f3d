//! What the vault keeps of Macs, between the agents that bring it and the people who look at it.

pub(crate) mod approve;
pub(crate) mod asked;
pub(crate) mod known;
mod note;
pub(crate) mod offline;
pub(crate) mod open;
pub(crate) mod receive;
pub(crate) mod reveal;
pub(crate) mod show;
pub(crate) mod shown;
pub(crate) mod view;

use store::device::Device;
use store::escrow::{KeptLine, Line};
use trust::escrow::EscrowKind;
use trust::id::{DeviceId, OrganizationId};

/// The line of a device.
pub(crate) fn line(device: &Device, kind: EscrowKind) -> Line<'_> {
    Line {
        organization_id: device.organization_id,
        serial_number: &device.serial_number,
        kind,
    }
}

/// A line of which somebody wants to see something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// The line.
    pub line: Line<'a>,
    /// The device by which that stands in the audit log; it may be gone.
    pub device_id: DeviceId,
}

impl<'a> Wanted<'a> {
    /// A line of a device.
    pub(crate) fn of(device: &'a Device, kind: EscrowKind) -> Self {
        Self {
            line: line(device, kind),
            device_id: device.id,
        }
    }

    /// A line by itself.
    pub(crate) fn of_line(kept: &'a KeptLine, organization_id: OrganizationId) -> Self {
        Self {
            line: kept.line(organization_id),
            device_id: kept.device_id,
        }
    }
}
