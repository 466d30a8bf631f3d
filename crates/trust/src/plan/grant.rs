//! The plan of a grant.

use std::collections::BTreeSet;

use super::{Check, Cost, Knowledge, Plan, Row, Situation};
use crate::action::GrantSecureToken;
use crate::chain::{self, Health, Member};
use crate::code::Code;
use crate::observation::{Observation, VolumeFormat};
use crate::token::TokenState;

/// What can come in between although every precondition holds.
const MISHAPS: [Code; 7] = [
    Code::GrantNotConfirmed,
    Code::StateUnreadable,
    Code::ToolFailed,
    Code::CredentialStale,
    Code::OutcomeLost,
    Code::Expired,
    Code::Cancelled,
];

pub(super) fn plan(grant: &GrantSecureToken, situation: &Situation<'_>) -> Plan {
    let Some(observation) = situation.observation else {
        let row = Row::failed(
            Check::DeviceObserved,
            Code::NotObserved,
            "its agent has not told of it yet",
        );
        return finish(vec![row], &[], false);
    };
    let members = chain::members(observation);
    let mut rows = device_rows(observation);
    if rows.iter().all(|row| row.failure().is_none()) {
        rows.push(granter_row(grant, observation, &members));
        rows.extend(administrator_rows(grant, &members));
        rows.extend(target_rows(grant, &members));
        if !already_holds(grant, &members) {
            rows.extend(password_rows(situation.knowledge));
        }
    }
    if !situation.online {
        rows.push(Row::warning(
            Check::DeviceOnline,
            "it is offline; the action waits until it is back",
        ));
    }
    let shows_after_restart = observation
        .filevault
        .value()
        .is_some_and(|state| state.locks_the_disk());
    finish(rows, &members, shows_after_restart)
}

fn device_rows(observation: &Observation) -> Vec<Row> {
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
        Some(VolumeFormat::Apfs) => Row::met(Check::BootVolume, "APFS"),
        Some(VolumeFormat::Hfs) => Row::failed(Check::BootVolume, Code::VolumeNotApfs, "Mac OS Extended"),
        Some(VolumeFormat::Other(name)) => Row::failed(Check::BootVolume, Code::VolumeNotApfs, name.clone()),
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
fn granter_row(grant: &GrantSecureToken, observation: &Observation, members: &[Member<'_>]) -> Row {
    let check = Check::GranterExists;
    let named_holds = find(members, grant.administrator.as_str()).is_some_and(|member| member.token.holds());
    match chain::health(observation) {
        Health::CanGrant => Row::met(check, names(members, |member| member.can_grant()).join(", ")),
        Health::OnlyStandardHolders if named_holds => {
            Row::warning(check, "only standard accounts hold a token")
        }
        Health::OnlyStandardHolders => Row::failed(
            check,
            Code::NoGranter,
            format!(
                "only standard accounts hold a token: {}",
                names(members, |m| m.token.holds()).join(", ")
            ),
        ),
        Health::Broken => Row::failed(check, Code::ChainBroken, "no account holds a token"),
        Health::Unknown => Row::untried(
            check,
            &[Code::ChainBroken, Code::NoGranter],
            "the Mac did not tell every account's token",
        ),
    }
}

fn administrator_rows(grant: &GrantSecureToken, members: &[Member<'_>]) -> Vec<Row> {
    let name = grant.administrator.as_str();
    let Some(member) = find(members, name) else {
        return vec![Row::failed(
            Check::AdministratorExists,
            Code::AdministratorUnknown,
            format!("no account {name}"),
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
    let admin = if member.account.administrator {
        Row::met(Check::AdministratorIsAdmin, "member of the admin group")
    } else {
        Row::failed(
            Check::AdministratorIsAdmin,
            Code::AdministratorNotAdmin,
            "a standard account",
        )
    };
    vec![
        Row::met(Check::AdministratorExists, member.account.real_name.clone()),
        holds,
        admin,
    ]
}

/// What shows only when it is tried, in the order in which the agent tries it. It stops at the first that fails.
fn password_rows(knowledge: Knowledge) -> Vec<Row> {
    let tried = |check, answer, code, yes, no| match answer {
        Some(true) => Row::met(check, yes),
        Some(false) => Row::failed(check, code, no),
        None => Row::untried(check, &[code], "tried once, on the Mac"),
    };
    let (took, refused) = ("Open Directory took it", "Open Directory refused it");
    vec![
        tried(
            Check::AdministratorPassword,
            knowledge.administrator_local,
            Code::AdministratorWrongPassword,
            took,
            refused,
        ),
        tried(
            Check::FullDiskAccess,
            knowledge.full_disk_access,
            Code::FullDiskAccessMissing,
            "the disk answered the agent",
            "macOS does not let the agent ask the disk",
        ),
        tried(
            Check::AdministratorDiskPassword,
            knowledge.administrator_disk,
            Code::AdministratorTokenUnusable,
            "the disk took it",
            "Open Directory took it, the disk refused it",
        ),
        tried(
            Check::TargetPassword,
            knowledge.target_local,
            Code::TargetWrongPassword,
            took,
            refused,
        ),
    ]
}

fn target_rows(grant: &GrantSecureToken, members: &[Member<'_>]) -> Vec<Row> {
    let name = grant.target.as_str();
    let Some(member) = find(members, name) else {
        return vec![Row::failed(
            Check::TargetExists,
            Code::TargetUnknown,
            format!("no account {name}"),
        )];
    };
    let exists = Row::met(Check::TargetExists, member.account.real_name.clone());
    let token = match member.token {
        TokenState::Absent => Row::met(Check::TargetToken, "none yet"),
        TokenState::Usable { .. } | TokenState::Unverified => {
            return vec![exists, Row::met(Check::TargetToken, "it holds one already")];
        }
        TokenState::Unusable { .. } => Row::failed(
            Check::TargetToken,
            Code::TokenUnusable,
            "macOS says ENABLED, but the disk refuses the account",
        ),
        TokenState::Unknown => Row::untried(
            Check::TargetToken,
            &[Code::AlreadyGranted, Code::TokenUnusable],
            "the Mac did not tell",
        ),
    };
    vec![exists, token]
}

/// Gathers the outcomes that the rows leave open.
fn finish(mut rows: Vec<Row>, members: &[Member<'_>], shows_after_restart: bool) -> Plan {
    let already = rows.iter().any(|row| row.check == Check::TargetToken)
        && !rows.iter().any(|row| row.check == Check::TargetPassword);
    if already {
        // Nothing is handed on, so who hands on, and with which password, does not matter.
        rows.retain(|row| {
            !matches!(
                row.check,
                Check::GranterExists
                    | Check::AdministratorExists
                    | Check::AdministratorHolds
                    | Check::AdministratorIsAdmin
            )
        });
    }
    let refusal = rows.iter().find_map(Row::failure);
    let outcomes = match refusal {
        Some(code) => BTreeSet::from([code]),
        None if already => BTreeSet::from([Code::AlreadyGranted]),
        None => open_outcomes(&rows),
    };
    let tries = refusal.is_none() && !already;
    Plan {
        mishaps: if tries {
            BTreeSet::from(MISHAPS)
        } else {
            BTreeSet::new()
        },
        cost: Cost {
            local_password_tries: if tries { 2 } else { 0 },
            disk_password_tries: if tries { 2 } else { 0 },
            shows_after_restart: tries && shows_after_restart,
            needs_visit: refusal == Some(Code::ChainBroken),
        },
        granters: names(members, |member| member.can_grant()),
        standard_holders: names(members, |member| {
            member.token.holds() && !member.account.administrator
        }),
        rows,
        outcomes,
    }
}

fn open_outcomes(rows: &[Row]) -> BTreeSet<Code> {
    let untried = rows.iter().flat_map(|row| match &row.state {
        super::RowState::UnknownUntilTried { codes } => codes.as_slice(),
        _ => &[],
    });
    untried.copied().chain([Code::Granted]).collect()
}

fn already_holds(grant: &GrantSecureToken, members: &[Member<'_>]) -> bool {
    find(members, grant.target.as_str()).is_some_and(|member| member.token.holds())
}

fn find<'a, 'm>(members: &'m [Member<'a>], record_name: &str) -> Option<&'m Member<'a>> {
    members
        .iter()
        .find(|member| member.account.record_name == record_name)
}

fn names(members: &[Member<'_>], wanted: impl Fn(&Member<'_>) -> bool) -> Vec<String> {
    members
        .iter()
        .filter(|member| wanted(member))
        .map(|member| member.account.record_name.clone())
        .collect()
}
