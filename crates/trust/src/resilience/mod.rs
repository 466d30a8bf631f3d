//! How much has to go wrong before nobody can hand a token on: a score from 0 to 100 for one Mac, and what would raise it.
//!
//! `score = holders + routes + freshness`, at most 20 when nobody can hand a token on:
//!
//! | part | points |
//! |---|---|
//! | holders | 20 for each administrator whose token is proved, 10 for each whose token is not; at most 40. The service account is a route |
//! | routes | 15 for a valid service account, 15 for a recovery key that the vault holds, 10 for a bootstrap token that the MDM holds |
//! | freshness | 20 when that recovery key was proved to open the disk in the last 30 days, 10 in the last 90, else 0 |
//!
//! Every point follows from a look at the Mac or from the vault; what was not seen brings none.

mod fleet;

pub use fleet::{Band, Fleet, average, fleet};

use std::time::Duration;

use serde::Serialize;

use crate::chain;
use crate::escrow::{Standing, State};
use crate::observation::Observation;
use crate::service_account::{RECORD_NAME, Status, condition};
use crate::time::Timestamp;

/// A proof of a recovery key that is no older than this is as good as new.
pub const FRESH: Duration = Duration::from_hours(30 * 24);
/// One that is older than this is worth nothing.
pub const STALE: Duration = Duration::from_hours(90 * 24);
/// From when on a proof from `at` is older than this.
pub fn outlives(at: Timestamp, age: Duration) -> Timestamp {
    at.plus(age).plus(Duration::from_millis(1))
}

/// The most that a Mac gets on which nobody can hand a token on.
pub const BROKEN: u8 = 20;

/// How well one Mac stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Resilience {
    /// From 0 to 100.
    pub score: u8,
    /// Points for accounts that can hand a token on, at most 40.
    pub holders: u8,
    /// Points for independent ways back, at most 40.
    pub routes: u8,
    /// Points for how lately the recovery key was proved to open the disk, at most 20.
    pub freshness: u8,
    /// How many whole days ago that was; `None` when it was not, or the vault holds no key.
    pub days_since_key_proved: Option<u64>,
    /// What hangs by a thread, or would raise the score, the gravest first.
    pub warnings: Vec<Warning>,
}

/// Something that hangs by a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// Nobody can hand a token on.
    NobodyCanGrant,
    /// Only one account can.
    OneHolder,
    /// None of those who can has been proved.
    NoProvedHolder,
    /// There is no service account that could.
    NoServiceAccount,
    /// The vault holds no recovery key of this Mac.
    NoRecoveryKey,
    /// The recovery key has not been proved to open the disk for too long.
    RecoveryKeyNotProved,
}

impl Warning {
    /// Each, the gravest first.
    pub const ALL: [Self; 6] = [
        Self::NobodyCanGrant,
        Self::OneHolder,
        Self::NoProvedHolder,
        Self::NoServiceAccount,
        Self::NoRecoveryKey,
        Self::RecoveryKeyNotProved,
    ];

    /// The warning's word, as in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::NobodyCanGrant => "nobody_can_grant",
            Self::OneHolder => "one_holder",
            Self::NoProvedHolder => "no_proved_holder",
            Self::NoServiceAccount => "no_service_account",
            Self::NoRecoveryKey => "no_recovery_key",
            Self::RecoveryKeyNotProved => "recovery_key_not_proved",
        }
    }

    /// The warning of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|warning| warning.word() == word)
    }

    /// The warning for people.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NobodyCanGrant => "Nobody on this Mac can hand a token on.",
            Self::OneHolder => {
                "One account alone can hand a token on. Grant a token to a second administrator."
            }
            Self::NoProvedHolder => {
                "No account that holds a token has been proved: macOS says ENABLED, and no password was tried."
            }
            Self::NoServiceAccount => "No valid service account stands ready to hand a token on.",
            Self::NoRecoveryKey => "The vault holds no recovery key of this Mac.",
            Self::RecoveryKeyNotProved => {
                "Nobody knows whether the kept recovery key still opens the disk: it was not proved in the last 90 days."
            }
        }
    }
}

/// How well the Mac stands that was last seen as `seen`, and of whose recovery key the vault knows `key`.
pub fn resilience(seen: &Observation, key: &Standing, now: Timestamp) -> Resilience {
    let members = chain::members(seen);
    let people: Vec<_> = members
        .iter()
        .filter(|member| member.can_grant() && member.account.record_name != RECORD_NAME)
        .collect();
    let proved = people.iter().filter(|member| member.token.is_proved()).count();
    let service_account = matches!(condition(seen), Status::Valid { .. });
    let kept = key.state == State::Held;
    let age = key.proved_at.filter(|_| kept).map(|at| now.since(at));

    let points = |count: usize, each: u8| u8::try_from(count).unwrap_or(u8::MAX).saturating_mul(each);
    let holders = points(proved, 20)
        .saturating_add(points(people.len() - proved, 10))
        .min(40);
    let of = |is_so: bool, points: u8| if is_so { points } else { 0 };
    let bootstrap_token = seen
        .bootstrap_token
        .value()
        .is_some_and(|token| token.supported && token.escrowed);
    let routes = of(service_account, 15) + of(kept, 15) + of(bootstrap_token, 10);
    let freshness = match age {
        Some(age) if age <= FRESH => 20,
        Some(age) if age <= STALE => 10,
        Some(_) | None => 0,
    };
    let can_grant = people.len() + usize::from(service_account);
    let whole = holders + routes + freshness;
    let warnings = [
        (can_grant == 0, Warning::NobodyCanGrant),
        (can_grant == 1, Warning::OneHolder),
        (
            can_grant > 0 && proved == 0 && !service_account,
            Warning::NoProvedHolder,
        ),
        (!service_account, Warning::NoServiceAccount),
        (!kept, Warning::NoRecoveryKey),
        (kept && freshness == 0, Warning::RecoveryKeyNotProved),
    ];
    Resilience {
        score: if can_grant == 0 { whole.min(BROKEN) } else { whole },
        holders,
        routes,
        freshness,
        days_since_key_proved: age.map(|age| age.as_secs() / (24 * 60 * 60)),
        warnings: warnings
            .into_iter()
            .filter_map(|(is_so, warning)| is_so.then_some(warning))
            .collect(),
    }
}
