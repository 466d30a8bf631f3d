//! Problems of a Mac as a whole.

use super::{Finding, Remedy, RemedyKind};
use crate::capability::{Able, somebody_authorises_updates};
use crate::chain::{self, Health, Member};
use crate::code::Code;
use crate::observation::{LoginPlugin, Observation, VolumeFormat};
use crate::recovery::{Standing, Way, recovery};
use crate::service_account::is_other;
use crate::token::TokenState;

pub(super) fn findings(observation: &Observation, members: &[Member<'_>]) -> Vec<Finding> {
    let too_old = [os_too_old(observation), volume_not_apfs(observation)];
    let mut found: Vec<Finding> = too_old.into_iter().flatten().collect();
    if found.is_empty() {
        found.extend(chain(observation, members));
        found.extend(updates(observation));
        found.extend(only_one_holder(observation, members));
        found.extend(full_disk_access(observation));
    }
    found.extend(promoted(observation));
    found.extend(login_plugin(observation));
    found
}

fn os_too_old(observation: &Observation) -> Option<Finding> {
    let version = observation.system.value()?.version;
    (!version.knows_secure_token()).then(|| {
        Finding::new(
            Code::OsTooOld,
            format!("It runs macOS {version}."),
            "No account can get a Secure Token, and FileVault keeps its own list of users.",
        )
        .with_remedies([Remedy::person(
            RemedyKind::AtTheMac,
            "Upgrade the Mac to macOS 10.13 or later.",
        )])
    })
}

fn volume_not_apfs(observation: &Observation) -> Option<Finding> {
    let volume = observation.boot_volume.value()?;
    (volume.format != VolumeFormat::Apfs).then(|| {
        Finding::new(
            Code::VolumeNotApfs,
            format!("It starts from {}, which is not an APFS volume.", volume.device),
            "No account can get a Secure Token.",
        )
        .with_remedies([Remedy::person(
            RemedyKind::AtTheMac,
            "Convert the boot volume to APFS, in macOS Recovery or by a macOS upgrade.",
        )])
    })
}

fn chain(observation: &Observation, members: &[Member<'_>]) -> Option<Finding> {
    let no_more = "Nobody can be given a Secure Token, and new accounts cannot unlock FileVault.".to_owned();
    match chain::health(observation) {
        Health::Broken => Some(
            Finding::new(
                Code::ChainBroken,
                "None of its accounts holds a Secure Token that works.",
                no_more,
            )
            .with_remedies(broken_remedies(observation)),
        ),
        Health::OnlyStandardHolders => Some(
            Finding::new(Code::NoGranter, nobody_who_holds_can_grant(members), no_more)
                .with_remedies(helpless_remedies(observation, members)),
        ),
        Health::CanGrant | Health::NoTokens | Health::Unknown => None,
    }
}

/// Why those who hold a token cannot hand it on.
fn nobody_who_holds_can_grant(members: &[Member<'_>]) -> String {
    let why = |member: &Member<'_>| {
        let name = &member.account.record_name;
        match member.account.disabled {
            true => format!("{name} is disabled"),
            false => format!("{name} is a standard account"),
        }
    };
    let holders = members.iter().filter(|member| member.token.holds());
    let why: Vec<String> = holders.map(why).collect();
    format!(
        "Of those who hold a Secure Token, nobody can hand it on: {}.",
        why.join(", ")
    )
}

/// An administrator who is only disabled is the shortest way; then a grant for which a holder becomes one for the moment, or
/// what lets a holder grant from then on. The service account is put right by the agent alone.
fn helpless_remedies(observation: &Observation, members: &[Member<'_>]) -> Vec<Remedy> {
    let all_holders = || members.iter().filter(|member| member.token.holds());
    let holders = || all_holders().filter(|member| is_other(member));
    let disabled_administrator =
        holders().find(|member| member.account.disabled && member.account.administrator);
    let standard = holders().filter(|member| !member.account.administrator);
    let standard = standard.min_by_key(|member| member.account.disabled);
    [
        all_holders()
            .any(|member| !is_other(member))
            .then(Remedy::repair_service_account),
        disabled_administrator.and_then(Remedy::enable_to_grant),
        administrator_without(members)
            .and_then(|account| Remedy::grant_to(account, members, observation.login_plugin.value())),
        standard.and_then(Remedy::enable_to_grant),
        Some(Remedy::recovery("Every way back for this Mac, step by step")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The ways that may lead back, each by its name; erasing is left to the page that leads through them.
fn broken_remedies(observation: &Observation) -> Vec<Remedy> {
    let ways = recovery(observation).ways.into_iter();
    let names: Vec<&str> = ways
        .filter(|way| way.standing != Standing::Closed && way.way != Way::Erase)
        .map(|way| way.way.label())
        .collect();
    let label = if names.is_empty() {
        "Nothing but erasing may lead this Mac back; what was looked at, and how to erase it".to_owned()
    } else {
        format!("What may lead this Mac back, step by step: {}", names.join("; "))
    };
    vec![Remedy::recovery(label)]
}

fn updates(observation: &Observation) -> Option<Finding> {
    (somebody_authorises_updates(observation) == Able::No).then(|| {
        Finding::new(
            Code::UpdatesUnauthorised,
            "None of its accounts owns the volume.",
            "Nobody at the Mac can authorise system updates or approve kernel extensions.",
        )
        .with_remedies([match chain::health(observation) {
            Health::Broken => Remedy::mend_the_chain_first(),
            _ => Remedy::person(
                RemedyKind::Console,
                "Give an account a Secure Token: it becomes a volume owner with it.",
            ),
        }])
    })
}

fn only_one_holder(observation: &Observation, members: &[Member<'_>]) -> Option<Finding> {
    let mut holders = members.iter().filter(|member| member.token.holds());
    let only = holders.next()?;
    let name = &only.account.record_name;
    let other = members.iter().find(|member| {
        is_other(member) && member.token == TokenState::Absent && member.account.administrator
    });
    holders.next().is_none().then(|| {
        Finding::new(
            Code::OnlyOneHolder,
            format!("{name} is the only account that holds a Secure Token."),
            "If this account is deleted or its password is lost, the chain is broken.",
        )
        .of_account(name)
        .with_remedies(
            other
                .and_then(|other| {
                    let name = &other.account.record_name;
                    Remedy::grant_to(name, members, observation.login_plugin.value())
                })
                .into_iter()
                .chain([Remedy::person(
                    RemedyKind::Console,
                    "Give a second account a Secure Token.",
                )]),
        )
    })
}

fn full_disk_access(observation: &Observation) -> Option<Finding> {
    (observation.full_disk_access.value() == Some(&false)).then(|| {
        Finding::new(
            Code::FullDiskAccessMissing,
            "macOS did not let the agent ask the disk about a password.",
            "No token can be proved on this Mac, so none can be handed on.",
        )
        .with_remedies([Remedy::person(
            RemedyKind::Management,
            "Give the agent Full Disk Access, by a privacy preferences profile or in System Settings.",
        )])
    })
}

fn login_plugin(observation: &Observation) -> Option<Finding> {
    let package = Remedy::person(
        RemedyKind::Management,
        "Install the agent's package on the Mac again, over ssh or by the MDM.",
    );
    match observation.login_plugin.value()? {
        LoginPlugin::Registered | LoginPlugin::NotInstalled => None,
        LoginPlugin::NotRegistered { why } => Some(
            Finding::new(
                Code::LoginPluginNotRegistered,
                format!("The login plug-in takes no part in logins: {why}."),
                "The agent is not told of logins, so nothing can wait for one on this Mac.",
            )
            .with_remedies([
                package,
                Remedy::person(
                    RemedyKind::Management,
                    "Let the other products on the Mac keep the plug-in in system.login.console.",
                ),
            ]),
        ),
        LoginPlugin::RegisteredUnfit { why } => Some(
            Finding::new(
                Code::LoginPluginUnfit,
                format!("macOS is told to load the login plug-in, but: {why}."),
                "It may be that nobody can log in at the Mac's screen.",
            )
            .with_remedies([package]),
        ),
    }
}

fn promoted(observation: &Observation) -> Vec<Finding> {
    let finding = |account: &String| {
        Finding::new(
            Code::DemotionUnproved,
            format!(
                "{account} was made an administrator for a grant and is not proved to be standard again."
            ),
            "The account may have rights that nobody meant it to keep.",
        )
        .of_account(account)
        .with_remedies([Remedy::person(
            RemedyKind::AtTheMac,
            "Look at the account in System Settings, Users & Groups.",
        )])
    };
    observation.promoted_in_passing.iter().map(finding).collect()
}

fn administrator_without<'a>(members: &'a [Member<'_>]) -> Option<&'a str> {
    let wanted = |member: &&Member<'_>| {
        is_other(member)
            && member.account.administrator
            && !member.account.disabled
            && member.token == TokenState::Absent
    };
    members
        .iter()
        .find(wanted)
        .map(|member| member.account.record_name.as_str())
}
