//! The service account: the hidden account by which the agent hands tokens on.
//!
//! * `custody`: what the agent keeps of it over restarts;
//! * `look`: what is told of it; `proofs`: its passwords tried, through the ledger of tries;
//! * `tend`: what is due, done: at a login, at the agent's start, and now and then;
//! * `establish`: made, or made whole again, with a holder's help, also while the agent is installed (`install`) and installed again
//!   over the top (`reinstall`); `record`: how its record looks;
//! * `rotation`, `repair`, `removal`, `grant`: the rest of its life; `unfinished`: what a killed agent left behind.
//!
//! What is to be done is decided by `trust::service_account`. Whatever changes the account is noted on the disk first, and a
//! password is kept before it is set.

pub mod custody;
mod establish;
mod grant;
pub mod install;
mod look;
pub mod orders;
mod proofs;
mod record;
pub mod reinstall;
mod removal;
mod repair;
mod rotation;
mod settled;
pub mod tend;
mod unfinished;

pub use custody::Custody;
pub(crate) use grant::to as hand_token_to;
pub(crate) use look::seen;
pub(crate) use proofs::{seen_and_proved, with_proved_password};

use mac::AccountName;
use trust::code::Code;
use trust::outcome::TrustEdge;

/// The account's name, for Apple's tools.
pub(crate) fn name() -> AccountName {
    #[expect(
        clippy::expect_used,
        reason = "the name is a constant, and a test holds it up"
    )]
    AccountName::new(trust::service_account::RECORD_NAME).expect("Apple's tools take the name")
}

/// How something that was done to the account ended.
pub(crate) struct Ended {
    pub(crate) code: Code,
    pub(crate) edge: Option<TrustEdge>,
}

impl Ended {
    pub(crate) fn with(code: Code) -> Self {
        Self { code, edge: None }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn apples_tools_take_the_name() {
        assert_eq!(super::name().as_str(), "_bestow");
    }
}
