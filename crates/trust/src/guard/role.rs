//! What one account does for the chain.

use crate::chain;
use crate::observation::{Account, Chip, Observation};
use crate::token::TokenState;

/// What one account does for the chain, or would do if it were not disabled.
#[derive(Debug, Clone)]
pub(super) struct Role<'a> {
    pub(super) name: &'a str,
    pub(super) enabled: bool,
    pub(super) administrator: bool,
    pub(super) holds: bool,
    pub(super) proved: bool,
    pub(super) owns_volume: bool,
    /// The Mac did not tell about its token, which may be one.
    pub(super) may_hold: bool,
}

/// The role of every account that was seen.
pub(super) fn roles(observation: &Observation) -> Vec<Role<'_>> {
    let no_tokens = observation.knows_secure_token() == Some(false);
    chain::members(observation)
        .into_iter()
        .map(|member| Role {
            name: &member.account.record_name,
            enabled: !member.account.disabled,
            administrator: member.account.administrator,
            holds: !no_tokens && member.token.holds(),
            proved: !no_tokens && member.token.is_proved(),
            owns_volume: owns_volume(member.account, observation),
            may_hold: !no_tokens && member.token == TokenState::Unknown,
        })
        .collect()
}

/// Only Apple silicon knows owners. Recovery keys own the volume too, so ownership is looked up under the account's GUID.
fn owns_volume(account: &Account, observation: &Observation) -> bool {
    let on_apple_silicon = observation
        .hardware
        .value()
        .is_some_and(|hardware| hardware.chip == Chip::AppleSilicon);
    let crypto_users = observation.crypto_users.value().map_or(&[][..], Vec::as_slice);
    on_apple_silicon
        && crypto_users
            .iter()
            .any(|user| user.uuid.eq_ignore_ascii_case(&account.guid) && user.volume_owner == Some(true))
}
