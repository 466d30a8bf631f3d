//! Exit codes of fdesetup(8).

use crate::tools::session::Exit;

pub(super) const OFF: Exit = 1;
pub(super) const BUSY: Exit = 2;
pub(super) const AUTHENTICATION: Exit = 11;
pub(super) const PARAMETER: Exit = 12;
pub(super) const UNKNOWN_COMMAND: Exit = 13;
pub(super) const BAD_INPUT: Exit = 15;
pub(super) const ADDED_USERS_FAILED: Exit = 17;
pub(super) const ALREADY_ENABLED: Exit = 24;
pub(super) const REMOVE_FAILED: Exit = 25;
pub(super) const CHANGE_KEY_FAILED: Exit = 26;
pub(super) const REMOVE_KEY_FAILED: Exit = 27;
pub(super) const OFF_OR_LOCKED: Exit = 28;
pub(super) const USER_NOT_FOUND: Exit = 30;
pub(super) const NOT_SUPPORTED: Exit = 33;
pub(super) const BLANK_PASSWORD: Exit = 37;
