//! What a change would take from a Mac, and whether that may be.

use serde::{Deserialize, Serialize};

use super::keepers::Keepers;
use crate::code::Code;

/// Whether a change may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It cuts the chain: it is refused unless somebody types the Mac's name.
    Cuts,
    /// The chain stays whole, and there is something that is good to know: most often that one account is left.
    Warns,
    /// The Mac did not tell enough.
    CannotTell,
    /// Nothing is lost that is not there elsewhere.
    Safe,
}

impl Verdict {
    /// Every verdict, the worst first.
    pub const ALL: [Self; 4] = [Self::Cuts, Self::Warns, Self::CannotTell, Self::Safe];

    /// The verdict's word, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Cuts => "cuts",
            Self::Warns => "warns",
            Self::CannotTell => "cannot_tell",
            Self::Safe => "safe",
        }
    }

    /// The verdict of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == word)
    }

    /// In a few words, for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Cuts => "Cuts the chain",
            Self::Warns => "Leaves it thin",
            Self::CannotTell => "Cannot tell",
            Self::Safe => "Safe",
        }
    }
}

/// Something of which nobody would be left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// Nobody would hold a token.
    LastHolder,
    /// Nobody would be proved to hold one.
    LastProvedHolder,
    /// Nobody who holds one would be an administrator.
    LastGranter,
    /// Nobody would own the volume.
    LastVolumeOwner,
    /// The bootstrap token would go, and nobody can hand a token on without it.
    BootstrapToken,
    /// No person could be an administrator.
    LastAdministrator,
}

impl Loss {
    /// Every loss, the worst first.
    pub const ALL: [Self; 6] = [
        Self::LastHolder,
        Self::LastProvedHolder,
        Self::LastGranter,
        Self::LastVolumeOwner,
        Self::BootstrapToken,
        Self::LastAdministrator,
    ];

    /// The loss's word, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::LastHolder => "last_holder",
            Self::LastProvedHolder => "last_proved_holder",
            Self::LastGranter => "last_granter",
            Self::LastVolumeOwner => "last_volume_owner",
            Self::BootstrapToken => "bootstrap_token",
            Self::LastAdministrator => "last_administrator",
        }
    }

    /// The loss of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|loss| loss.word() == word)
    }

    /// Why a change with this loss is refused.
    pub fn code(self) -> Code {
        match self {
            Self::LastAdministrator => Code::LastAdministrator,
            Self::LastHolder
            | Self::LastProvedHolder
            | Self::LastGranter
            | Self::LastVolumeOwner
            | Self::BootstrapToken => Code::LastHolder,
        }
    }

    /// In a line, for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::LastHolder => "no other account holds a Secure Token",
            Self::LastProvedHolder => "no other account is proved to hold a Secure Token",
            Self::LastGranter => "no other account that holds a Secure Token is an administrator",
            Self::LastVolumeOwner => "no other account owns the volume",
            Self::BootstrapToken => "without the bootstrap token nobody can hand a token on",
            Self::LastAdministrator => "no other account that a person uses is an administrator",
        }
    }

    /// What so many Macs would lose, read on from "would lose".
    pub fn lost(self, macs: u64) -> String {
        let their = if macs == 1 { "its" } else { "their" };
        match self {
            Self::LastHolder => format!("{their} last holder"),
            Self::LastProvedHolder => format!("{their} last proved holder"),
            Self::LastGranter => format!("{their} last account that can hand a token on"),
            Self::LastVolumeOwner => format!("{their} last volume owner"),
            Self::BootstrapToken => {
                format!("{their} bootstrap token, without which nobody can hand a token on")
            }
            Self::LastAdministrator => format!("{their} last administrator"),
        }
    }
}

/// Something that is good to know of a change that leaves the chain whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = GuardWarning))]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// One account would be left that holds a token.
    OneHolderLeft,
    /// One account would be left that can hand one on.
    OneGranterLeft,
    /// Nobody who would be left is proved to hold a token, as nobody was before.
    NobodyProved,
    /// The service account would hand tokens on no more.
    ServiceAccountGoes,
    /// The MDM could hand tokens on no more.
    BootstrapTokenGoes,
}

impl Warning {
    /// In a line, for people.
    pub(super) fn words(self, after: &Keepers) -> String {
        let only = |names: &[String]| names.first().cloned().unwrap_or_default();
        match self {
            Self::OneHolderLeft => format!("only {} would hold a Secure Token", only(&after.holders)),
            Self::OneGranterLeft => format!("only {} could hand a token on", only(&after.granters)),
            Self::NobodyProved => "nobody who is left is proved to hold a token".to_owned(),
            Self::ServiceAccountGoes => "the service account would hand tokens on no more".to_owned(),
            Self::BootstrapTokenGoes => "the MDM could hand tokens on no more".to_owned(),
        }
    }
}

/// What is there before and not after.
pub(super) fn losses(before: &Keepers, after: &Keepers) -> Vec<Loss> {
    let gone = |before: &[String], after: &[String]| !before.is_empty() && after.is_empty();
    let bootstrap_token_was_needed =
        before.bootstrap_token && !after.bootstrap_token && after.granters.is_empty();
    let lost = |loss: &Loss| match loss {
        Loss::LastHolder => gone(&before.holders, &after.holders),
        Loss::LastProvedHolder => gone(&before.proved_holders, &after.proved_holders),
        Loss::LastGranter => gone(&before.granters, &after.granters),
        Loss::LastVolumeOwner => gone(&before.volume_owners, &after.volume_owners),
        Loss::BootstrapToken => bootstrap_token_was_needed,
        Loss::LastAdministrator => gone(&before.administrators, &after.administrators),
    };
    Loss::ALL.into_iter().filter(lost).collect()
}

/// What is good to know of a change that takes something away.
pub(super) fn warnings(before: &Keepers, after: &Keepers) -> Vec<Warning> {
    let one_left = |before: &[String], after: &[String]| before.len() > 1 && after.len() == 1;
    let fewer = after.holders.len() < before.holders.len();
    [
        (Warning::OneHolderLeft, one_left(&before.holders, &after.holders)),
        (
            Warning::OneGranterLeft,
            one_left(&before.granters, &after.granters) && after.granters != after.holders,
        ),
        (
            Warning::NobodyProved,
            fewer && !after.holders.is_empty() && after.proved_holders.is_empty(),
        ),
        (
            Warning::ServiceAccountGoes,
            before.service_account && !after.service_account,
        ),
        (
            Warning::BootstrapTokenGoes,
            before.bootstrap_token && !after.bootstrap_token,
        ),
    ]
    .into_iter()
    .filter_map(|(warning, applies)| applies.then_some(warning))
    .collect()
}
