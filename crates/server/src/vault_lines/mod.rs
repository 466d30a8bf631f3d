//! Lines of the vault by themselves, by serial number: of Macs that are there, and of those that are not any more.

pub(crate) mod enter;
pub(crate) mod entering;
pub(crate) mod hold;
pub(crate) mod import;
pub(crate) mod list;
pub(crate) mod reveal;
pub(crate) mod sealed;
pub(crate) mod show;
pub(crate) mod view;

#[cfg(test)]
mod tests;

use store::escrow::{KeptLine, Line};
use trust::code::Code;
use trust::enrolment::SerialNumber;
use trust::escrow::EscrowKind;

use crate::app::App;
use crate::identity::Caller;
use crate::problem::Problem;

/// The line that an address names, in the caller's organisation. What people enter is kept under the number in upper case, and is
/// found as they typed it.
pub(crate) async fn find(
    app: &App,
    caller: &Caller,
    serial_number: &str,
    kind: &str,
) -> Result<KeptLine, Problem> {
    let line = Line {
        organization_id: caller.organization_id,
        serial_number,
        kind: EscrowKind::from_word(kind).ok_or_else(no_line)?,
    };
    if let Some(found) = store::escrow::find(&app.store, line).await? {
        return Ok(found);
    }
    let as_entered: SerialNumber = serial_number.parse().map_err(|_| no_line())?;
    let line = Line {
        serial_number: as_entered.as_str(),
        ..line
    };
    store::escrow::find(&app.store, line).await?.ok_or_else(no_line)
}

/// The vault has no such line.
fn no_line() -> Problem {
    Problem::not_there(Code::NoVaultLine)
}
