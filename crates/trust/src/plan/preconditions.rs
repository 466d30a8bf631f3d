//! The preconditions that several plans share, each as rows.

use super::{Check, Knowledge, Row};
use crate::action::GrantSecureToken;
use crate::chain::{self, Health, Member};
use crate::code::Code;
use crate::observation::{Observation, VolumeFormat};
use crate::token::TokenState;

/// What was seen of accounts that were not seen.
pub(super) const ACCOUNTS_UNTOLD: &str = "the Mac did not tell its accounts";

/// Whether this Mac knows Secure Token at all.
pub(super) fn device(observation: &Observation) -> Vec<Row> {
    let os = match observation.system.value() {
        Some(system) if system.version.knows_secure_token() => {
            Row::met(Check::OsVersion, format!("macOS {}", system.version))
        }
        Some(system) => Row::failed(
            Check::OsVersion,
            Code::OsTooOld,
            format!("macOS {}", system.version),
        ),
        None => Row::untried(
            Check::OsVersion,
            &[Code::OsTooOld],
            "the Mac did not tell its version",
        ),
    };
    let volume = match observation.boot_volume.value().map(|volume| &volume.format) {
        Some(format @ VolumeFormat::Apfs) => Row::met(Check::BootVolume, format.label()),
        Some(format) => Row::failed(Check::BootVolume, Code::VolumeNotApfs, format.label()),
        None => Row::untried(
            Check::BootVolume,
            &[Code::VolumeNotApfs],
            "the Mac did not tell its format",
        ),
    };
    vec![os, volume]
}

/// Whether anybody can hand a token on. When the named administrator holds one but is a standard account, that
/// account's own rows tell more than this one.
pub(super) fn granter(grant: &GrantSecureToken, observation: &Observation, members: &[Member<'_>]) -> Row {
    let check = Check::GranterExists;
    let named_holds = find(members, grant.administrator.as_str()).is_some_and(|member| member.token.holds());
    match chain::health(observation) {
        Health::CanGrant => Row::met(check, names(members, |member| member.can_grant()).join(", ")),
        Health::OnlyStandardHolders if named_holds => Row::warning(check, who_holds(members)),
        Health::OnlyStandardHolders => {
            let holders = names(members, |member| member.token.holds()).join(", ");
            Row::failed(
                check,
                Code::NoGranter,
                format!("{}: {holders}", who_holds(members)),
            )
        }
        Health::Broken | Health::NoTokens => {
            Row::failed(check, Code::ChainBroken, "no account holds a token")
        }
        Health::Unknown => Row::untried(
            check,
            &[Code::ChainBroken, Code::NoGranter],
            "the Mac did not tell every account's token",
        ),
    }
}

/// Of which sort those are who hold a token, where none of them can hand it on.
fn who_holds(members: &[Member<'_>]) -> &'static str {
    let is_disabled = |member: &Member<'_>| member.token.holds() && member.account.administrator;
    match members.iter().any(is_disabled) {
        true => "only standard and disabled accounts hold a token",
        false => "only standard accounts hold a token",
    }
}

/// Whether the named administrator can hand a token on.
pub(super) fn administrator(
    grant: &GrantSecureToken,
    observation: &Observation,
    members: &[Member<'_>],
) -> Vec<Row> {
    let mut rows = holder(grant.administrator.as_str(), observation, members);
    let member = find(members, grant.administrator.as_str());
    rows.extend(member.map(|member| admin(grant, member)));
    rows
}

/// Whether the named account holds a token, which is an administrator's or not.
pub(super) fn holder(name: &str, observation: &Observation, members: &[Member<'_>]) -> Vec<Row> {
    if observation.accounts.value().is_none() {
        let codes = [
            Code::AdministratorUnknown,
            Code::AdministratorHasNoToken,
            Code::AdministratorTokenUnusable,
            Code::AdministratorNotAdmin,
            Code::AdministratorDisabled,
        ];
        return vec![Row::untried(Check::AdministratorExists, &codes, ACCOUNTS_UNTOLD)];
    }
    let Some(member) = find(members, name) else {
        let saw = format!("no account {name}");
        return vec![Row::failed(
            Check::AdministratorExists,
            Code::AdministratorUnknown,
            saw,
        )];
    };
    let holds = match member.token {
        TokenState::Usable { .. } => Row::met(Check::AdministratorHolds, "usable, proved by its password"),
        TokenState::Unverified => Row::met(Check::AdministratorHolds, "unverified: nobody has proved it yet"),
        TokenState::Absent => Row::failed(
            Check::AdministratorHolds,
            Code::AdministratorHasNoToken,
            "macOS says DISABLED",
        ),
        TokenState::Unusable { .. } => Row::failed(
            Check::AdministratorHolds,
            Code::AdministratorTokenUnusable,
            "macOS says ENABLED, but the disk refuses the account",
        ),
        TokenState::Unknown => Row::untried(
            Check::AdministratorHolds,
            &[Code::AdministratorHasNoToken, Code::AdministratorTokenUnusable],
            "the Mac did not tell",
        ),
    };
    let exists = Row::met(Check::AdministratorExists, member.account.real_name.clone());
    let rows = [Some(exists), disabled(member), Some(holds)];
    rows.into_iter().flatten().collect()
}

/// That macOS would take no password of the administrator; nothing is said where it does.
fn disabled(member: &Member<'_>) -> Option<Row> {
    let saw = "the account is disabled";
    let row = || Row::failed(Check::AdministratorEnabled, Code::AdministratorDisabled, saw);
    member.account.disabled.then(row)
}

/// Nobody becomes an administrator in passing, unless that was asked for.
fn admin(grant: &GrantSecureToken, member: &Member<'_>) -> Row {
    if member.account.administrator {
        Row::met(Check::AdministratorIsAdmin, "member of the admin group")
    } else if grant.promote_administrator {
        Row::met(
            Check::Promotion,
            "a standard account; it will be an administrator for the moment of the grant",
        )
    } else {
        Row::failed(
            Check::AdministratorIsAdmin,
            Code::AdministratorNotAdmin,
            "a standard account",
        )
    }
}

/// Whether anything can be proved on this Mac, as trying has shown, or else as was last seen.
pub(super) fn full_disk_access(knowledge: Knowledge, observation: &Observation) -> Row {
    tried(
        Check::FullDiskAccess,
        knowledge
            .full_disk_access
            .or(observation.full_disk_access.value().copied()),
        Code::FullDiskAccessMissing,
        (
            "the disk answers the agent",
            "macOS does not let the agent ask the disk",
        ),
    )
}

/// That macOS has locked the administrator's account.
pub(super) fn administrator_not_locked(
    administrator: &str,
    knowledge: Knowledge,
    members: &[Member<'_>],
) -> Option<Row> {
    let administrator = find(members, administrator);
    not_locked(
        Check::AdministratorNotLocked,
        knowledge.administrator_locked,
        administrator,
    )
}

/// That macOS has locked the target's account.
pub(super) fn target_not_locked(target: Option<&Member<'_>>, knowledge: Knowledge) -> Option<Row> {
    not_locked(Check::TargetNotLocked, knowledge.target_locked, target)
}

/// That macOS has locked an account because of wrong passwords, and until when; nothing is said where it has not. As long as
/// it is only known from the last look, the lock may have ended since.
fn not_locked(check: Check, found_locked: bool, member: Option<&Member<'_>>) -> Option<Row> {
    let lock_out = member.and_then(|member| member.account.lock_out);
    let code = Code::AccountLockedOut;
    match lock_out {
        Some(lock_out) => {
            let saw = format!(
                "locked after {} wrong passwords, {}",
                lock_out.failures,
                lock_out.until()
            );
            Some(match found_locked {
                true => Row::failed(check, code, saw),
                false => Row::untried(check, &[code], saw),
            })
        }
        None => found_locked.then(|| Row::failed(check, code, "locked; until when is not known")),
    }
}

/// What trying the administrator's password shows, in the order in which the agent tries. It stops at the first no.
pub(super) fn administrator_password(knowledge: Knowledge) -> [Row; 2] {
    [
        tried(
            Check::AdministratorPassword,
            knowledge.administrator_local,
            Code::AdministratorWrongPassword,
            ("Open Directory took it", "Open Directory refused it"),
        ),
        tried(
            Check::AdministratorDiskPassword,
            knowledge.administrator_disk,
            Code::AdministratorTokenUnusable,
            ("the disk took it", "Open Directory took it, the disk refused it"),
        ),
    ]
}

/// What trying the target's password shows.
pub(super) fn target_password(knowledge: Knowledge) -> Row {
    tried(
        Check::TargetPassword,
        knowledge.target_local,
        Code::TargetWrongPassword,
        ("Open Directory took it", "Open Directory refused it"),
    )
}

/// That the Mac is away is good to know and stands in nobody's way.
pub(super) fn online(online: bool) -> Option<Row> {
    let saw = "it is offline; the action waits until it is back";
    (!online).then(|| Row::warning(Check::DeviceOnline, saw))
}

/// Nothing can be planned for a Mac that has not been seen.
pub(super) fn not_observed() -> Row {
    Row::failed(
        Check::DeviceObserved,
        Code::NotObserved,
        "its agent has not told of it yet",
    )
}

/// The account of this record name.
pub(super) fn find<'a, 'm>(members: &'m [Member<'a>], record_name: &str) -> Option<&'m Member<'a>> {
    members
        .iter()
        .find(|member| member.account.record_name == record_name)
}

/// The record names of the accounts that are wanted.
pub(super) fn names(members: &[Member<'_>], wanted: impl Fn(&Member<'_>) -> bool) -> Vec<String> {
    members
        .iter()
        .filter(|member| wanted(member))
        .map(|member| member.account.record_name.clone())
        .collect()
}

fn tried(check: Check, answer: Option<bool>, code: Code, (yes, no): (&str, &str)) -> Row {
    match answer {
        Some(true) => Row::met(check, yes),
        Some(false) => Row::failed(check, code, no),
        None => Row::untried(check, &[code], "tried once, on the Mac"),
    }
}
