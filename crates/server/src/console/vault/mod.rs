//! What the vault keeps by itself: the list of lines that have no device, and the page of a line.

mod approve;
mod decisions;
mod hold;
mod line;
mod list;
mod reveal;

pub(crate) use approve::approve_reveal;
pub(crate) use hold::hold_line;
pub(crate) use line::show_line;
pub(crate) use list::show_lines;
pub(crate) use reveal::reveal_line;

use trust::escrow::EscrowKind;

use super::components::encoded;

/// Where the list stands.
pub(super) const ADDRESS: &str = "/vault";

/// Where the page of a line stands.
pub(super) fn address(serial_number: &str, kind: EscrowKind) -> String {
    format!("{ADDRESS}/{}/{}", encoded(serial_number), kind.word())
}
