//! `fdesetup`: FileVault, its users and its recovery key.
//!
//! Passwords and recovery keys go in and come out as property lists on standard input and output.

mod deferral;
mod exit;
mod list;
mod recovery_key;
mod status;
mod users;

pub use deferral::{Deferral, deferral};
pub use exit::FdesetupExit;
pub use list::{FileVaultUser, list, parse_list};
pub use recovery_key::{
    KeyChange, KeyCheck, Unlock, change_recovery_key, has_institutional_recovery_key,
    has_personal_recovery_key, using_recovery_key, validate_recovery_key,
};
pub use status::{Activity, Conversion, FileVaultState, FileVaultStatus, is_active, parse_status, status};
pub use users::{UserChange, add_user, remove_user};

use crate::text::excerpt;
use crate::{Answer, Call, Error, Runner, Tool};

fn ask<const N: usize>(runner: &dyn Runner, args: [&'static str; N]) -> Result<Answer, Error> {
    runner
        .run(&Call::fixed(Tool::Fdesetup, args))
        .map_err(Error::run(Tool::Fdesetup))
}

/// Of what the tool said only standard error goes into an error: a recovery key comes on standard output.
fn unreadable(answer: &Answer) -> Error {
    Error::Unreadable {
        tool: Tool::Fdesetup,
        exit: answer.exit,
        said: excerpt(&answer.stderr.text()),
    }
}
