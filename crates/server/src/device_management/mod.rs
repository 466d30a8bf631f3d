//! Apple's device management, as Macs speak it (the crate `mdm`): check-in, and the question for a command. It is here for one
//! thing: the bootstrap token, which a Mac gives to nobody else.
//!
//! No refusal is a 401, by which a Mac would take itself for not enrolled any more.

mod bootstrap_token;
pub(crate) mod check_in;
pub(crate) mod poll;
mod signed;
#[cfg(test)]
mod tests;

use crate::config::DeviceManagement;

/// The path of check-ins.
pub(crate) const CHECK_IN: &str = "/mdm/v1/check-in";
/// The path at which commands are asked for.
pub(crate) const POLL: &str = "/mdm/v1/poll";

/// The address of a path.
pub(crate) fn address(settings: &DeviceManagement, path: &str) -> String {
    format!("{}{path}", settings.url.trim_end_matches('/'))
}
