//! What is cheapest for the service account of a Mac: a table over a small, closed set of cases.

use super::next_login::menders;
use crate::chain;
use crate::finding::RemedyKind;
use crate::observation::{LoginPlugin, Observation, PasswordAnswer, PasswordOutlook, PasswordProof};
use crate::service_account::{RECORD_NAME, ReasonKind, Rung, Settings, Status, ladder, status};
use crate::token::{TokenState, token_state};

/// Whether something is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Told {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// The Mac did not tell.
    Unknown,
}

impl Told {
    /// Every answer.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Unknown];
}

/// How the service account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ServiceAccountCase {
    /// The organisation wants none on this Mac, or the Mac knows no Secure Tokens.
    NotWanted,
    /// There is none.
    Absent,
    /// There is one.
    Present {
        /// Whether it holds a token that it can hand on.
        token: Told,
        /// Whether Open Directory takes its password.
        local_password: Told,
        /// Whether the disk takes its password.
        disk_password: Told,
    },
}

/// Who can help it with a token of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Helper {
    /// An administrator who holds one; or a standard account that does, where the organisation promotes such.
    Administrator,
    /// Only standard accounts hold one, and the organisation promotes nobody.
    StandardOnly,
    /// Nobody holds one.
    Nobody,
    /// The Mac did not tell who does.
    Unknown,
}

impl Helper {
    /// Every answer.
    pub const ALL: [Self; 4] = [
        Self::Administrator,
        Self::StandardOnly,
        Self::Nobody,
        Self::Unknown,
    ];
}

/// The service account of a Mac, as far as the cheapest remedy depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Case {
    /// Whether the Mac was started again since it was enrolled.
    pub restarted: Told,
    /// How its service account stands.
    pub account: ServiceAccountCase,
    /// Who can help.
    pub helper: Helper,
    /// Whether the agent still has something to try by itself.
    pub agent_can: bool,
    /// Whether nobody can help before the Mac is managed otherwise: its password policy leaves no password, or macOS lets the
    /// agent ask the disk nothing.
    pub obstructed: bool,
    /// Whether a helper's login at the Mac would do, or may where the Mac did not tell who can help: the agent is told of
    /// logins, and none failed to mend this fault.
    pub login_helps: bool,
    /// Whether an order with a helper's password would do: none failed to mend this fault.
    pub order_helps: bool,
    /// Whether a helper's password typed at the Mac would do: none failed to mend this fault.
    pub utility_helps: bool,
}

impl Case {
    /// The cheapest remedy; `None` when nothing is known to be wrong.
    pub fn cheapest(&self) -> Option<RemedyKind> {
        match self.account {
            ServiceAccountCase::NotWanted => None,
            ServiceAccountCase::Absent if self.obstructed => Some(RemedyKind::Management),
            // A restart leads to a login.
            ServiceAccountCase::Absent if self.restarted == Told::No && self.login_helps => {
                Some(RemedyKind::Restart)
            }
            ServiceAccountCase::Absent => Some(self.by_helper()),
            ServiceAccountCase::Present {
                token,
                local_password,
                disk_password,
            } => {
                let is_wrong = [token, local_password, disk_password].contains(&Told::No);
                is_wrong.then(|| self.repair())
            }
        }
    }

    fn repair(&self) -> RemedyKind {
        if self.agent_can {
            RemedyKind::Agent
        } else if self.obstructed {
            RemedyKind::Management
        } else {
            self.by_helper()
        }
    }

    /// With somebody's token: by as little as a login, and by the installer when all else failed.
    fn by_helper(&self) -> RemedyKind {
        match self.helper {
            Helper::Administrator if self.login_helps => RemedyKind::NextLogin,
            Helper::Administrator if self.order_helps => RemedyKind::Console,
            // Whoever sits at the Mac may know what the Mac did not tell.
            Helper::Administrator | Helper::Unknown if self.utility_helps => RemedyKind::Utility,
            Helper::Administrator | Helper::Unknown => RemedyKind::Reinstall,
            Helper::StandardOnly | Helper::Nobody => RemedyKind::Recovery,
        }
    }

    /// The case of the Mac that `observation` saw.
    pub fn of(observation: &Observation, settings: &Settings) -> Self {
        let seen = observation.service_account.value();
        let tried = |rung: Rung| seen.is_some_and(|seen| seen.tried.contains(&rung));
        let rungs = ladder(observation, settings);
        let conflict =
            seen.is_some_and(|seen| matches!(seen.policy.password, PasswordOutlook::Conflict { .. }));
        let helper = helper(observation, settings);
        let login_may_help = helper == Helper::Unknown && may_be_told_of_logins(observation);
        Self {
            restarted: seen.map_or(Told::Unknown, |seen| told(seen.restarted_since_enrolment)),
            account: account(observation, settings),
            helper,
            agent_can: rungs
                .iter()
                .any(|rung| rung.rung.is_automatic() && rung.closed.is_none()),
            obstructed: conflict || observation.full_disk_access.value() == Some(&false),
            login_helps: login_may_help || !menders(observation, settings).is_empty(),
            order_helps: !tried(Rung::OtherHolder),
            utility_helps: !tried(Rung::Utility),
        }
    }
}

fn may_be_told_of_logins(observation: &Observation) -> bool {
    !matches!(
        observation.login_plugin.value(),
        Some(LoginPlugin::NotInstalled | LoginPlugin::NotRegistered { .. })
    )
}

fn told(is_so: bool) -> Told {
    if is_so { Told::Yes } else { Told::No }
}

fn account(observation: &Observation, settings: &Settings) -> ServiceAccountCase {
    let status = status(observation, settings);
    if let Status::NotWanted { .. } = status {
        return ServiceAccountCase::NotWanted;
    }
    let (Some(seen), Some(account)) = (
        observation.service_account.value(),
        observation.account(RECORD_NAME),
    ) else {
        // What was not looked at is not missing.
        return match status {
            Status::Unknown { .. } => ServiceAccountCase::Present {
                token: Told::Unknown,
                local_password: Told::Unknown,
                disk_password: Told::Unknown,
            },
            _ => ServiceAccountCase::Absent,
        };
    };
    let wrong = |kind| status.has(kind) || status.has(ReasonKind::PasswordLost);
    let right = |proof: Option<&PasswordProof>| {
        let standing = proof.filter(|proof| proof.password_set_at == account.password_set_at);
        standing.is_some_and(|proof| proof.answer == PasswordAnswer::Right)
    };
    let password = |kind, proof| match (wrong(kind), right(proof)) {
        (true, _) => Told::No,
        (false, true) => Told::Yes,
        (false, false) => Told::Unknown,
    };
    let token = match &status {
        status if status.has(ReasonKind::NoToken) || status.has(ReasonKind::CannotGrant) => Told::No,
        Status::Valid { .. } => Told::Yes,
        _ if token_state(account, observation).holds() => Told::Yes,
        _ => Told::Unknown,
    };
    ServiceAccountCase::Present {
        token,
        local_password: password(ReasonKind::LocalPassword, seen.local_password.as_ref()),
        disk_password: password(ReasonKind::DiskPassword, seen.disk_password.as_ref()),
    }
}

fn helper(observation: &Observation, settings: &Settings) -> Helper {
    let members = chain::members(observation);
    let others = || {
        members
            .iter()
            .filter(|member| member.account.record_name != RECORD_NAME)
    };
    let mut holders = others().filter(|member| member.token.holds() && !member.account.disabled);
    let is_untold =
        observation.accounts.value().is_none() || others().any(|member| member.token == TokenState::Unknown);
    if holders
        .clone()
        .any(|member| member.account.administrator || settings.promote_administrators)
    {
        Helper::Administrator
    } else if holders.next().is_some() {
        Helper::StandardOnly
    } else if is_untold {
        Helper::Unknown
    } else {
        Helper::Nobody
    }
}
