//! How much has to go wrong before nobody can hand a token on: a score from 0 to 100 for one Mac, and what would raise it.
//!
//! `score = holders + routes + freshness`, at most 20 when nobody can hand a token on:
//!
//! | part | points |
//! |---|---|
//! | holders | 20 for each administrator whose token is proved, 10 for each whose token is not; at most 40. An account that is a route is none |
//! | routes | 15 for a valid service account, 15 for a local administrator that can hand a token on and whose password the vault holds, 15 for a recovery key that the vault holds, 10 for a bootstrap token that the MDM holds, 5 for an institutional key that can open the disk; at most 40 |
//! | freshness | 20 when that recovery key was proved to open the disk in the last 30 days, 10 in the last 90, else 0 |
//!
//! Every point follows from a look at the Mac or from the vault; what was not seen brings none.

mod fleet;
mod warning;

pub use fleet::{BANDS, Band, Fleet, average, band_of, fleet};
pub use warning::Warning;

use std::time::Duration;

use serde::Serialize;

use crate::chain::{self, Member};
use crate::escrow::{Standing, State};
use crate::name::AccountName;
use crate::observation::Observation;
use crate::recovery;
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

/// What is kept of a Mac apart from what was seen of it, as far as its score depends on that.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// Where its recovery key stands in the vault.
    pub recovery_key: Standing,
    /// Record name of the local administrator that the organisation wants; `None` where it wants none.
    pub local_administrator: Option<AccountName>,
    /// Where that one's password stands in the vault.
    pub password: Standing,
}

/// How well the Mac stands that was last seen as `seen`, and of which `kept` is known besides.
pub fn resilience(seen: &Observation, kept: &Kept, now: Timestamp) -> Resilience {
    let members = chain::members(seen);
    // Whoever reads the vault can log in as this one: it is a way back, and no person's account.
    let its_name = kept.local_administrator.as_ref().map(AccountName::as_str);
    let its_name = its_name.filter(|_| kept.password.state == State::Held);
    let (of_vault, people): (Vec<&Member<'_>>, Vec<&Member<'_>>) = members
        .iter()
        .filter(|member| member.can_grant() && member.account.record_name != RECORD_NAME)
        .partition(|member| Some(member.account.record_name.as_str()) == its_name);
    let proved = people.iter().filter(|member| member.token.is_proved()).count();
    let local_administrator = !of_vault.is_empty();
    let service_account = matches!(condition(seen), Status::Valid { .. });
    let key = &kept.recovery_key;
    let is_kept = key.state == State::Held;
    let age = key.proved_at.filter(|_| is_kept).map(|at| now.since(at));

    let points = |count: usize, each: u8| u8::try_from(count).unwrap_or(u8::MAX).saturating_mul(each);
    let holders = points(proved, 20)
        .saturating_add(points(people.len() - proved, 10))
        .min(40);
    let of = |is_so: bool, points: u8| if is_so { points } else { 0 };
    let bootstrap_token = seen
        .bootstrap_token
        .value()
        .is_some_and(|token| token.supported && token.escrowed);
    let routes = of(service_account, 15)
        + of(local_administrator, 15)
        + of(is_kept, 15)
        + of(bootstrap_token, 10)
        + of(recovery::institutional_key_opens(seen), 5);
    let routes = routes.min(40);
    let freshness = match age {
        Some(age) if age <= FRESH => 20,
        Some(age) if age <= STALE => 10,
        Some(_) | None => 0,
    };
    let is_proved = proved > 0 || service_account || local_administrator && kept.password.proved_at.is_some();
    let can_grant = people.len() + of_vault.len() + usize::from(service_account);
    let whole = holders + routes + freshness;
    let warnings = [
        (can_grant == 0, Warning::NobodyCanGrant),
        (can_grant == 1, Warning::OneHolder),
        (can_grant > 0 && !is_proved, Warning::NoProvedHolder),
        (!service_account, Warning::NoServiceAccount),
        (!is_kept, Warning::NoRecoveryKey),
        (is_kept && freshness == 0, Warning::RecoveryKeyNotProved),
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
