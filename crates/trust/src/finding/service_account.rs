//! What is wrong with the service account, and what will be.

use std::time::Duration;

use super::{Finding, Remedy, RemedyKind, wait_for_full_disk_access};
use crate::action::{Action, CreateServiceAccount, RepairServiceAccount, RotateServiceAccountPassword};
use crate::attention::Case;
use crate::chain::{self, Member};
use crate::code::Code;
use crate::name::AccountName;
use crate::observation::{LoginPlugin, Observation, PasswordOutlook, ServiceAccount};
use crate::service_account::policy_conflict::{Workaround, choices};
use crate::service_account::{
    CONSEQUENCE, NOBODY_CAN_HELP, RECORD_NAME, ReasonKind, Rung, Settings, Status, ladder, status,
};

/// So long before its end, a password that is still in use counts as about to expire.
const SOON: Duration = Duration::from_secs(3 * 24 * 60 * 60);

/// What is wrong with the service account of the Mac that `observation` saw, by what the organisation wants. Nothing is
/// where none is wanted.
pub fn of_service_account(observation: &Observation, settings: &Settings) -> Vec<Finding> {
    let status = status(observation, settings);
    if let Status::NotWanted { .. } = status {
        return Vec::new();
    }
    let mac = Mac {
        observation,
        settings,
        members: chain::members(observation),
    };
    let seen = observation.service_account.value();
    let mut findings: Vec<Finding> = match &status {
        Status::Invalid { reasons } => {
            let finding = |reason: &crate::service_account::Reason| mac.invalid(reason.reason, &reason.saw);
            reasons.iter().map(finding).collect()
        }
        Status::AwaitingFirstLogin => vec![mac.awaits_login()],
        Status::Valid { .. } | Status::Unknown { .. } | Status::NotWanted { .. } => Vec::new(),
    };
    findings.extend(seen.and_then(|seen| mac.policy_conflict(seen)));
    findings.extend(seen.and_then(|seen| mac.expires_soon(seen)));
    wait_for_full_disk_access(observation, &mut findings);
    findings
}

struct Mac<'a> {
    observation: &'a Observation,
    settings: &'a Settings,
    members: Vec<Member<'a>>,
}

impl Mac<'_> {
    fn invalid(&self, kind: ReasonKind, saw: &str) -> Finding {
        let evidence = match kind {
            ReasonKind::Missing => format!("The Mac has no service account: {saw}."),
            _ => format!("The service account: {saw}."),
        };
        let remedies = match kind {
            ReasonKind::Missing => self.create(),
            _ => self.repair(),
        };
        Finding::new(kind.code(), evidence, CONSEQUENCE)
            .of_account(RECORD_NAME)
            .with_remedies(remedies)
    }

    fn awaits_login(&self) -> Finding {
        Finding::new(
            Code::ServiceAccountAwaitsLogin,
            "Nobody has logged in since the Mac was enrolled and started again.",
            "The service account is made at the first login of an account that holds a Secure Token.",
        )
        .of_account(RECORD_NAME)
        .with_remedies(self.restart().into_iter().chain(self.create()))
    }

    /// Where it is the cheapest, it is of use.
    fn restart(&self) -> Option<Remedy> {
        let cheapest = Case::of(self.observation, self.settings).cheapest();
        (cheapest == Some(RemedyKind::Restart))
            .then(|| Remedy::person(RemedyKind::Restart, "Restart the Mac and log in."))
    }

    fn create(&self) -> Vec<Remedy> {
        let with_holder = self.create_with_holder();
        let login = self.login("the service account is made then");
        let ways: Vec<Remedy> = with_holder.into_iter().chain(login).collect();
        if ways.is_empty() { vec![recovery()] } else { ways }
    }

    /// Every rung that is open, the cheapest first.
    fn repair(&self) -> Vec<Remedy> {
        let open = ladder(self.observation, self.settings).into_iter();
        open.filter(|standing| standing.closed.is_none())
            .filter_map(|standing| self.by_rung(standing.rung))
            .collect()
    }

    fn by_rung(&self, rung: Rung) -> Option<Remedy> {
        match rung {
            Rung::Retry | Rung::PreviousPassword => Some(Remedy::Action {
                label: format!("{} (the agent does it by itself, too)", rung.label()),
                action: Action::RepairServiceAccount(RepairServiceAccount::default()),
            }),
            Rung::OtherHolder => {
                let (administrator, promote_administrator) = self.helper()?;
                Some(Remedy::Action {
                    label: format!("Repair it with the password of {administrator}"),
                    action: Action::RepairServiceAccount(RepairServiceAccount {
                        administrator: Some(administrator),
                        promote_administrator,
                    }),
                })
            }
            Rung::HolderLogin => self.login("the agent repairs it then"),
            Rung::Utility => Some(Remedy::person(
                RemedyKind::Utility,
                "Ask the person at the Mac to open the Bestow Service Account app and type the password.",
            )),
            Rung::Recovery => Some(recovery()),
        }
    }

    fn create_with_holder(&self) -> Option<Remedy> {
        let (administrator, promote_administrator) = self.helper()?;
        Some(Remedy::Action {
            label: format!("Create the service account with the password of {administrator}"),
            action: Action::CreateServiceAccount(CreateServiceAccount {
                administrator,
                promote_administrator,
            }),
        })
    }

    /// Who helps most simply: an administrator who holds a token, else a standard account where the organisation promotes
    /// such.
    fn helper(&self) -> Option<(AccountName, bool)> {
        let others = || {
            let all = self.members.iter();
            all.filter(|member| member.account.record_name != RECORD_NAME && !member.account.disabled)
        };
        let standard = || others().find(|member| member.token.holds());
        let helper = others().find(|member| member.can_grant());
        let helper = helper.or_else(|| standard().filter(|_| self.settings.promote_administrators))?;
        let name = helper.account.record_name.parse().ok()?;
        Some((name, !helper.account.administrator))
    }

    fn login(&self, what_then: &str) -> Option<Remedy> {
        let (name, _) = self.helper()?;
        if self.observation.login_plugin.value() != Some(&LoginPlugin::Registered) {
            return None;
        }
        Some(Remedy::person(
            RemedyKind::NextLogin,
            format!(
                "Let {name}, or another administrator who holds a token, log in at the Mac; {what_then}."
            ),
        ))
    }

    fn policy_conflict(&self, seen: &ServiceAccount) -> Option<Finding> {
        let PasswordOutlook::Conflict { rules } = &seen.policy.password else {
            return None;
        };
        let words: Vec<&str> = rules
            .iter()
            .map(|rule| rule.words.trim_end_matches('.'))
            .collect();
        let consequence = if self.observation.account(RECORD_NAME).is_some() {
            "The service account cannot be given a new password, and stops working when the present one expires."
        } else {
            "The service account cannot be made on this Mac."
        };
        let open = choices(rules, self.observation, None).into_iter();
        let ways = open
            .filter(|choice| choice.is_open() || choice.workaround == Workaround::RemovePolicy)
            .map(|choice| {
                Remedy::person(
                    RemedyKind::Management,
                    format!("{}: {}", choice.workaround.label(), choice.steps.join(" ")),
                )
            });
        Some(
            Finding::new(
                Code::ServiceAccountPolicyConflict,
                format!(
                    "No password satisfies these rules of the Mac together: {}.",
                    words.join("; ")
                ),
                consequence,
            )
            .of_account(RECORD_NAME)
            .with_remedies(ways),
        )
    }

    /// The password is in use although it should have been replaced before.
    fn expires_soon(&self, seen: &ServiceAccount) -> Option<Finding> {
        let expires_at = seen.policy.expires_at?;
        let now = self.observation.service_account.at();
        self.observation.account(RECORD_NAME)?;
        (expires_at <= now.plus(SOON)).then(|| {
            Finding::new(
                Code::ServiceAccountExpiresSoon,
                "The Mac's policy asks for a new password of the service account, and it still has the old one.",
                "When it expires, macOS refuses it, and the service account is invalid.",
            )
            .of_account(RECORD_NAME)
            .with_remedies([Remedy::Action {
                label: "Rotate the service account's password".to_owned(),
                action: Action::RotateServiceAccountPassword(RotateServiceAccountPassword {}),
            }])
        })
    }
}

fn recovery() -> Remedy {
    Remedy::recovery(NOBODY_CAN_HELP)
}
