//! Whether the service account is healthy, from what was seen.

use serde::{Deserialize, Serialize};

use super::{RECORD_NAME, Settings};
use crate::chain::{self, Member};
use crate::code::Code;
use crate::fact::Fact;
use crate::observation::{Account, Observation, PasswordAnswer, PasswordProof, ServiceAccount};
use crate::time::Timestamp;
use crate::token::{TokenState, token_state};

/// What follows while the service account is missing or invalid, for people.
pub const CONSEQUENCE: &str = "People who are added to this Mac from now on cannot unlock its disk when it starts, and accounts that \
                               exist on it cannot be taken over.";

/// How the service account of a Mac stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Status {
    /// The organisation wants none on this Mac, or the Mac knows no Secure Tokens.
    NotWanted {
        /// Which of the two, for people.
        why: String,
    },
    /// It holds a token, and its password opens Open Directory and the disk.
    Valid {
        /// When the older of the two proofs was made.
        proved_at: Timestamp,
    },
    /// It cannot do its work.
    Invalid {
        /// Why, the worst first. Never empty.
        reasons: Vec<Reason>,
    },
    /// The Mac was enrolled a short while ago: the account is made at the next login after a restart.
    AwaitingFirstLogin,
    /// The Mac did not tell enough to say.
    Unknown {
        /// What it did not tell, for people.
        why: String,
    },
}

/// One reason for which a service account is invalid, as it was proved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ServiceAccountReason))]
pub struct Reason {
    /// Which.
    pub reason: ReasonKind,
    /// When it was seen or proved.
    pub at: Timestamp,
    /// How: the tool and verb.
    pub by: String,
    /// What was seen, for people.
    pub saw: String,
}

/// The reasons for which a service account is invalid, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    /// There is no such account.
    Missing,
    /// It holds no Secure Token.
    NoToken,
    /// Its record keeps it from handing a token on: it is no administrator, or disabled.
    CannotGrant,
    /// The agent no longer has its password.
    PasswordLost,
    /// Open Directory refuses its password.
    LocalPassword,
    /// The disk refuses its password.
    DiskPassword,
}

impl ReasonKind {
    /// Every reason, the worst first.
    pub const ALL: [Self; 6] = [
        Self::Missing,
        Self::NoToken,
        Self::CannotGrant,
        Self::PasswordLost,
        Self::LocalPassword,
        Self::DiskPassword,
    ];

    /// The reason's word, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NoToken => "no_token",
            Self::CannotGrant => "cannot_grant",
            Self::PasswordLost => "password_lost",
            Self::LocalPassword => "local_password",
            Self::DiskPassword => "disk_password",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Missing => "no service account",
            Self::NoToken => "no Secure Token",
            Self::CannotGrant => "may not hand tokens on",
            Self::PasswordLost => "password lost",
            Self::LocalPassword => "local password wrong",
            Self::DiskPassword => "disk password wrong",
        }
    }

    /// The code that explains it.
    pub fn code(self) -> Code {
        match self {
            Self::Missing => Code::ServiceAccountMissing,
            Self::NoToken => Code::ServiceAccountNoToken,
            Self::CannotGrant => Code::ServiceAccountCannotGrant,
            Self::PasswordLost => Code::ServiceAccountPasswordLost,
            Self::LocalPassword => Code::ServiceAccountLocalPassword,
            Self::DiskPassword => Code::ServiceAccountDiskPassword,
        }
    }
}

impl Status {
    /// Every word of a status.
    pub const WORDS: [&str; 5] = [
        "valid",
        "invalid",
        "awaiting_first_login",
        "unknown",
        "not_wanted",
    ];

    /// The status's word, as in its JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::NotWanted { .. } => "not_wanted",
            Self::Valid { .. } => "valid",
            Self::Invalid { .. } => "invalid",
            Self::AwaitingFirstLogin => "awaiting_first_login",
            Self::Unknown { .. } => "unknown",
        }
    }

    /// What people call it.
    pub fn label(&self) -> &'static str {
        match self {
            Self::NotWanted { .. } => "Not wanted",
            Self::Valid { .. } => "Valid",
            Self::Invalid { .. } => "Invalid",
            Self::AwaitingFirstLogin => "Awaiting first login",
            Self::Unknown { .. } => "Unknown",
        }
    }

    /// Why it is invalid; empty when it is not.
    pub fn reasons(&self) -> &[Reason] {
        match self {
            Self::Invalid { reasons } => reasons,
            Self::NotWanted { .. } | Self::Valid { .. } | Self::AwaitingFirstLogin | Self::Unknown { .. } => {
                &[]
            }
        }
    }

    /// Whether this reason is among those for which it is invalid.
    pub fn has(&self, kind: ReasonKind) -> bool {
        self.reasons().iter().any(|reason| reason.reason == kind)
    }
}

/// How the service account of the Mac that `observation` saw stands, when the organisation has these settings for it.
pub fn status(observation: &Observation, settings: &Settings) -> Status {
    if settings.wanted {
        condition(observation)
    } else {
        Status::NotWanted {
            why: "the organisation wants none on this Mac".to_owned(),
        }
    }
}

/// How the service account of the Mac that `observation` saw stands, whatever the organisation wants.
pub fn condition(observation: &Observation) -> Status {
    if observation.knows_secure_token() == Some(false) {
        let why = "this Mac knows no Secure Tokens".to_owned();
        return Status::NotWanted { why };
    }
    let seen = match &observation.service_account {
        Fact::Known { value, .. } => value,
        Fact::Unknown { why, .. } => return Status::Unknown { why: why.clone() },
    };
    let (accounts_at, accounts_by) = match &observation.accounts {
        Fact::Known { at, by, .. } => (*at, by),
        Fact::Unknown { why, .. } => return Status::Unknown { why: why.clone() },
    };
    let Some(account) = observation.account(RECORD_NAME) else {
        if awaits_first_login(seen) {
            return Status::AwaitingFirstLogin;
        }
        let reason = Reason {
            reason: ReasonKind::Missing,
            at: accounts_at,
            by: accounts_by.clone(),
            saw: format!("there is no account {RECORD_NAME}"),
        };
        return Status::Invalid {
            reasons: vec![reason],
        };
    };
    let looked = Looked {
        observation,
        account,
        seen,
    };
    let reasons: Vec<Reason> = ReasonKind::ALL
        .into_iter()
        .filter_map(|kind| looked.reason(kind))
        .collect();
    if reasons.is_empty() {
        looked.without_reason()
    } else {
        Status::Invalid { reasons }
    }
}

/// The token state of the service account; `None` when there is no such account, or accounts were not seen.
pub fn token_of_service_account(observation: &Observation) -> Option<TokenState> {
    let account = observation.account(RECORD_NAME)?;
    Some(token_state(account, observation))
}

/// Whether a service account that is invalid can be had back without a visit: an administrator of the Mac holds a token.
pub fn easily_recovered(observation: &Observation) -> bool {
    matches!(condition(observation), Status::Invalid { .. })
        && chain::members(observation)
            .iter()
            .any(|member| is_other(member) && member.can_grant())
}

/// Whether somebody may know its password: the service account's is known to nobody.
pub(crate) fn is_other(member: &Member<'_>) -> bool {
    member.account.record_name != RECORD_NAME
}

/// Before the first restart, and until somebody has logged in after it, nothing is amiss: the account is made at a login.
fn awaits_first_login(seen: &ServiceAccount) -> bool {
    !(seen.restarted_since_enrolment && seen.login_seen_since_restart)
}

/// A Mac that has a service account.
struct Looked<'a> {
    observation: &'a Observation,
    account: &'a Account,
    seen: &'a ServiceAccount,
}

impl Looked<'_> {
    fn reason(&self, kind: ReasonKind) -> Option<Reason> {
        match kind {
            ReasonKind::Missing => None,
            ReasonKind::NoToken => self.no_token(),
            ReasonKind::CannotGrant => self.cannot_grant(),
            ReasonKind::PasswordLost => self.password_lost(),
            ReasonKind::LocalPassword => self.wrong(kind, self.seen.local_password.as_ref()),
            ReasonKind::DiskPassword => self.wrong(kind, self.seen.disk_password.as_ref()),
        }
    }

    fn no_token(&self) -> Option<Reason> {
        let (at, by) = (
            self.account.token_label.at(),
            self.account.token_label.by().to_owned(),
        );
        let reason = |at, by, saw: &str| {
            let saw = saw.to_owned();
            Reason {
                reason: ReasonKind::NoToken,
                at,
                by,
                saw,
            }
        };
        match token_state(self.account, self.observation) {
            TokenState::Absent => Some(reason(at, by, "macOS says DISABLED")),
            TokenState::Unusable { refused_at: None } => {
                let users = &self.observation.crypto_users;
                Some(reason(
                    users.at(),
                    users.by().to_owned(),
                    "macOS says ENABLED, but the disk does not list it",
                ))
            }
            TokenState::Unusable { .. }
            | TokenState::Usable { .. }
            | TokenState::Unverified
            | TokenState::Unknown => None,
        }
    }

    fn cannot_grant(&self) -> Option<Reason> {
        let saw = match (self.account.administrator, self.account.disabled) {
            (true, false) => return None,
            (false, _) => "it is not in the admin group",
            (true, true) => "its record is disabled",
        };
        Some(Reason {
            reason: ReasonKind::CannotGrant,
            at: self.observation.accounts.at(),
            by: self.observation.accounts.by().to_owned(),
            saw: saw.to_owned(),
        })
    }

    fn password_lost(&self) -> Option<Reason> {
        let fact = &self.observation.service_account;
        let stored = self.seen.stored;
        (!stored.current && !stored.staged).then(|| Reason {
            reason: ReasonKind::PasswordLost,
            at: fact.at(),
            by: fact.by().to_owned(),
            saw: "the System keychain has no password for it".to_owned(),
        })
    }

    fn wrong(&self, kind: ReasonKind, proof: Option<&PasswordProof>) -> Option<Reason> {
        let proof = self.standing(proof)?;
        (proof.answer == PasswordAnswer::Wrong).then(|| Reason {
            reason: kind,
            at: proof.at,
            by: proof.by.clone(),
            saw: "it refused the password".to_owned(),
        })
    }

    /// Nothing speaks against it: it is valid when everything speaks for it.
    fn without_reason(&self) -> Status {
        let proofs =
            [&self.seen.local_password, &self.seen.disk_password].map(|proof| self.right(proof.as_ref()));
        let token = token_state(self.account, self.observation);
        match (proofs, token.holds()) {
            ([Some(local), Some(disk)], true) => Status::Valid {
                proved_at: local.min(disk),
            },
            ([None, _], _) => self.untold("Open Directory", self.seen.local_password.as_ref()),
            ([_, None], _) => self.untold("the disk", self.seen.disk_password.as_ref()),
            ([Some(_), Some(_)], false) => Status::Unknown {
                why: "the Mac did not tell about its Secure Token".to_owned(),
            },
        }
    }

    fn untold(&self, whom: &str, proof: Option<&PasswordProof>) -> Status {
        let why = match self.standing(proof).map(|proof| &proof.answer) {
            Some(PasswordAnswer::CannotTell { why }) => why.clone(),
            _ => format!("its present password has not been tried against {whom} yet"),
        };
        Status::Unknown { why }
    }

    fn right(&self, proof: Option<&PasswordProof>) -> Option<Timestamp> {
        let proof = self.standing(proof)?;
        (proof.answer == PasswordAnswer::Right).then_some(proof.at)
    }

    /// The proof, unless the password was changed after it.
    fn standing<'p>(&self, proof: Option<&'p PasswordProof>) -> Option<&'p PasswordProof> {
        proof.filter(|proof| proof.password_set_at == self.account.password_set_at)
    }
}
