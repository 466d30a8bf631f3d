//! What the vault keeps by itself: the list of lines that have no device, and the page of a line.

mod approve;
mod decisions;
mod enter;
mod hold;
mod import;
mod line;
mod list;
mod reveal;

pub(crate) use approve::approve_reveal;
pub(crate) use enter::{show_enter, submit_enter};
pub(crate) use hold::hold_line;
pub(crate) use import::{show_import, submit_import};
pub(crate) use line::show_line;
pub(crate) use list::show_lines;
pub(crate) use reveal::reveal_line;

use trust::escrow::EscrowKind;

use super::components::{encoded, query};

/// Where the list stands.
pub(super) const ADDRESS: &str = "/vault";

/// Where a password of a Mac is entered.
pub(super) fn enter_address(serial_number: &str, kind: Option<EscrowKind>) -> String {
    let kind = kind.map(EscrowKind::word);
    format!(
        "{}{}",
        enter::ENTER,
        query(&[("serial_number", Some(serial_number)), ("kind", kind)])
    )
}

/// Where the page of a line stands.
pub(super) fn address(serial_number: &str, kind: EscrowKind) -> String {
    format!("{ADDRESS}/{}/{}", encoded(serial_number), kind.word())
}
