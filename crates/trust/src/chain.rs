//! The chain of trust on one Mac: who holds a token, and who of them can hand it on.

use crate::code::Code;
use crate::observation::{Account, Observation, VolumeFormat};
use crate::token::{TokenState, token_state};

/// An account together with its token state.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// The account.
    pub account: &'a Account,
    /// What its token is worth.
    pub token: TokenState,
}

impl Member<'_> {
    /// Whether it can grant: a holder in the admin group whose record is not disabled.
    pub fn can_grant(&self) -> bool {
        self.token.holds() && self.account.administrator && !self.account.disabled
    }
}

/// Every account that was seen, with its token state; empty when accounts could not be seen.
pub fn members(observation: &Observation) -> Vec<Member<'_>> {
    let accounts = observation.accounts.value().map_or(&[][..], Vec::as_slice);
    accounts
        .iter()
        .map(|account| Member {
            account,
            token: token_state(account, observation),
        })
        .collect()
}

/// What the chain of a Mac is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// An administrator holds a token and can hand it on.
    CanGrant,
    /// Somebody holds a token, but nobody who holds one is an administrator.
    OnlyStandardHolders,
    /// Nobody holds a token.
    Broken,
    /// This macOS, or this volume, knows no Secure Tokens, so there is no chain to be broken.
    NoTokens,
    /// The Mac did not tell enough to say.
    Unknown,
}

impl Health {
    /// Every worth.
    pub const ALL: [Self; 5] = [
        Self::CanGrant,
        Self::OnlyStandardHolders,
        Self::Broken,
        Self::NoTokens,
        Self::Unknown,
    ];

    /// The word for it, as it stands in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::CanGrant => "can_grant",
            Self::OnlyStandardHolders => "only_standard_holders",
            Self::Broken => "broken",
            Self::NoTokens => "no_tokens",
            Self::Unknown => "unknown",
        }
    }

    /// The worth of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|health| health.word() == word)
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::CanGrant => "can grant",
            Self::OnlyStandardHolders => "only standard holders",
            Self::Broken => "broken",
            Self::NoTokens => "knows no tokens",
            Self::Unknown => "unknown",
        }
    }
}

/// What the chain is worth on the Mac that `observation` saw.
pub fn health(observation: &Observation) -> Health {
    health_among(observation, &members(observation))
}

/// What the chain is worth when nobody counts but `members` of the Mac that `observation` saw.
pub(crate) fn health_among(observation: &Observation, members: &[Member<'_>]) -> Health {
    if observation.knows_secure_token() == Some(false) {
        Health::NoTokens
    } else if members.iter().any(Member::can_grant) {
        Health::CanGrant
    } else if members.iter().any(|member| member.token.holds()) {
        Health::OnlyStandardHolders
    } else if observation.accounts.value().is_none()
        || members.iter().any(|member| member.token == TokenState::Unknown)
    {
        Health::Unknown
    } else {
        Health::Broken
    }
}

/// Why no token can be handed on at all on the Mac that `observation` saw, whoever asks for whom; `None` when somebody
/// can, or when the Mac did not tell enough to say.
pub fn obstacle(observation: &Observation) -> Option<Code> {
    let system = observation.system.value();
    let volume = observation.boot_volume.value();
    if system.is_some_and(|system| !system.version.knows_secure_token()) {
        Some(Code::OsTooOld)
    } else if volume.is_some_and(|volume| volume.format != VolumeFormat::Apfs) {
        Some(Code::VolumeNotApfs)
    } else {
        match health(observation) {
            Health::Broken => Some(Code::ChainBroken),
            Health::OnlyStandardHolders => Some(Code::NoGranter),
            Health::CanGrant | Health::NoTokens | Health::Unknown => None,
        }
    }
}
