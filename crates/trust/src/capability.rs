//! What an account can do with its Secure Token, or cannot do for want of one.

use serde::{Deserialize, Serialize};

use crate::observation::{Account, Chip, Observation};
use crate::token::{TokenState, token_state};

/// Something that a Secure Token is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    /// Unlock a disk that FileVault encrypts, at the start-up screen.
    UnlockFilevault,
    /// Approve kernel extensions.
    ManageKernelExtensions,
    /// Authorise system updates.
    AuthoriseUpdates,
}

/// Whether an account can do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Able {
    /// It can.
    Yes,
    /// It cannot.
    No,
    /// The Mac did not tell enough to say.
    Unknown,
}

impl Able {
    /// The answer in a word, for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Yes => "Yes",
            Self::No => "No",
            Self::Unknown => "Unknown",
        }
    }
}

/// One capability of one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ability {
    /// What.
    pub capability: Capability,
    /// Whether.
    pub able: Able,
    /// Why, for people.
    pub because: String,
}

/// What `account` can do on the Mac that `observation` saw.
pub fn abilities(account: &Account, observation: &Observation) -> [Ability; 3] {
    [
        unlock_filevault(account, observation),
        manage_kernel_extensions(account, observation),
        authorise_updates(account, observation),
    ]
}

/// Whether some account of the Mac can authorise system updates.
pub fn somebody_authorises_updates(observation: &Observation) -> Able {
    let accounts = observation.accounts.value().map_or(&[][..], Vec::as_slice);
    let answers: Vec<Able> = accounts
        .iter()
        .map(|account| authorise_updates(account, observation).able)
        .collect();
    if answers.contains(&Able::Yes) {
        Able::Yes
    } else if observation.accounts.value().is_none() || answers.contains(&Able::Unknown) {
        Able::Unknown
    } else {
        Able::No
    }
}

fn unlock_filevault(account: &Account, observation: &Observation) -> Ability {
    let capability = Capability::UnlockFilevault;
    if observation.knows_secure_token() == Some(false) {
        return on_a_volume_without_tokens(account, observation);
    }
    match token_state(account, observation) {
        TokenState::Usable { .. } => yes(capability, "its Secure Token opens the disk"),
        TokenState::Unverified => yes(capability, "it holds a Secure Token, which nobody has proved yet"),
        TokenState::Absent => no(capability, "it has no Secure Token"),
        TokenState::Unusable { .. } => no(capability, "its Secure Token does not open the disk"),
        TokenState::Unknown => unknown(capability, "the Mac did not tell about its Secure Token"),
    }
}

/// Before APFS, FileVault kept a list of users of its own.
fn on_a_volume_without_tokens(account: &Account, observation: &Observation) -> Ability {
    let capability = Capability::UnlockFilevault;
    match observation.filevault_users.value() {
        Some(users) if users.contains(&account.guid) => {
            yes(capability, "FileVault lists it; there is no Secure Token here")
        }
        Some(_) => no(
            capability,
            "FileVault does not list it; there is no Secure Token here",
        ),
        None => unknown(capability, "the Mac did not tell whom FileVault lists"),
    }
}

fn manage_kernel_extensions(account: &Account, observation: &Observation) -> Ability {
    let capability = Capability::ManageKernelExtensions;
    if !account.administrator {
        return no(capability, "only an administrator can");
    }
    by_chip(capability, account, observation)
}

pub(crate) fn authorise_updates(account: &Account, observation: &Observation) -> Ability {
    let capability = Capability::AuthoriseUpdates;
    let on_intel = observation
        .hardware
        .value()
        .is_some_and(|hardware| hardware.chip != Chip::AppleSilicon);
    if on_intel && !account.administrator {
        return no(capability, "only an administrator can");
    }
    by_chip(capability, account, observation)
}

/// Apple silicon asks for a volume owner; Intel knows no such thing.
fn by_chip(capability: Capability, account: &Account, observation: &Observation) -> Ability {
    match observation.hardware.value().map(|hardware| hardware.chip) {
        None => unknown(capability, "the Mac did not tell its chip"),
        Some(Chip::T2 | Chip::Intel) => yes(
            capability,
            "on an Intel Mac an administrator needs no Secure Token for it",
        ),
        Some(Chip::AppleSilicon) => match observation.owns_volume(account) {
            Some(true) => yes(capability, "it is a volume owner"),
            Some(false) => no(capability, "it is no volume owner, for want of a Secure Token"),
            None => unknown(capability, "the Mac did not tell who owns the volume"),
        },
    }
}

fn yes(capability: Capability, because: &str) -> Ability {
    Ability {
        capability,
        able: Able::Yes,
        because: because.to_owned(),
    }
}

fn no(capability: Capability, because: &str) -> Ability {
    Ability {
        capability,
        able: Able::No,
        because: because.to_owned(),
    }
}

fn unknown(capability: Capability, because: &str) -> Ability {
    Ability {
        capability,
        able: Able::Unknown,
        because: because.to_owned(),
    }
}
