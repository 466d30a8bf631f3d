//! The reasons for which one Mac needs attention, in order.

use serde::{Deserialize, Serialize};

use super::decision::Case;
use super::next_login::{is_granted, menders};
use super::turn::Turn;
use crate::action::Action;
use crate::code::Code;
use crate::finding::{Finding, Remedy, RemedyKind, Severity};
use crate::observation::Observation;
use crate::recovery::{Standing, Way, recovery};
use crate::service_account::{RECORD_NAME, ReasonKind, Settings};

/// One reason, with its cheapest remedy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reason {
    /// What was found.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Record names of the accounts that it is about; empty when it is about the Mac.
    pub accounts: Vec<String>,
    /// Who has to do something next.
    pub turn: Turn,
    /// The cheapest remedy's kind.
    pub remedy: RemedyKind,
    /// The cheapest remedy, for people.
    pub step: String,
    /// Record names of the accounts whose next login is the remedy; empty when it is another.
    pub persons: Vec<String>,
    /// The action that cures it at once, ready but for its passwords: the cheapest remedy, or one that does not wait for it.
    pub action: Option<Action>,
}

/// What needs attention among `findings`: each code once, what is to be seen to first first.
pub(super) fn reasons(observation: &Observation, settings: &Settings, findings: &[Finding]) -> Vec<Reason> {
    let mac = Mac {
        observation,
        settings,
    };
    let mut reasons: Vec<Reason> = Vec::new();
    for finding in findings
        .iter()
        .filter(|finding| Severity::needs_attention(finding.code))
    {
        match reasons.iter_mut().find(|reason| reason.code == finding.code) {
            Some(reason) => reason.accounts.extend(finding.account.clone()),
            None => reasons.push(mac.reason(finding)),
        }
    }
    reasons.sort_by_key(|reason| {
        let is_the_agents = reason.turn == Turn::Agent;
        (
            is_the_agents,
            reason.severity,
            !obstructs_others(reason.code),
            reason.remedy,
        )
    });
    reasons
}

/// What has to be out of the way before anything else of the Mac can be cured.
fn obstructs_others(code: Code) -> bool {
    matches!(
        code,
        Code::FullDiskAccessMissing | Code::ServiceAccountPolicyConflict
    )
}

/// Whether it says that the service account is not valid, which the table of cases is about.
fn is_about_its_health(code: Code) -> bool {
    code == Code::ServiceAccountAwaitsLogin || ReasonKind::ALL.iter().any(|reason| reason.code() == code)
}

struct Mac<'a> {
    observation: &'a Observation,
    settings: &'a Settings,
}

impl Mac<'_> {
    fn reason(&self, finding: &Finding) -> Reason {
        let remedy = self.cheapest(finding);
        let persons = self.persons(finding, remedy);
        let action = finding.remedies.iter().find_map(|remedy| match remedy {
            Remedy::Action { action, .. } => Some(action.clone()),
            Remedy::Person { .. } | Remedy::Runbook { .. } => None,
        });
        let told = finding.remedies.iter().find(|offered| offered.kind() == remedy);
        let step = match told {
            Some(told) if persons.is_empty() => told.words().to_owned(),
            _ => said(remedy, &persons),
        };
        Reason {
            code: finding.code,
            severity: finding.severity,
            accounts: finding.account.iter().cloned().collect(),
            turn: self.turn(remedy),
            remedy,
            step,
            persons,
            action,
        }
    }

    /// Of the service account, by the table; of anything else, what the finding names first, unless it comes by itself.
    fn cheapest(&self, finding: &Finding) -> RemedyKind {
        let first = finding
            .remedies
            .first()
            .map_or(RemedyKind::AtTheMac, Remedy::kind);
        if is_about_its_health(finding.code) {
            return Case::of(self.observation, self.settings)
                .cheapest()
                .unwrap_or(first);
        }
        match &finding.account {
            Some(account) if first != RemedyKind::Agent && self.comes_by_itself(finding.code, account) => {
                RemedyKind::NextLogin
            }
            _ => first,
        }
    }

    /// Whether a token is all that the account lacks, and the service account hands one on at its next login.
    fn comes_by_itself(&self, code: Code, account: &str) -> bool {
        let lacks_a_token = matches!(
            code,
            Code::MissingFromStartUpScreen | Code::AutomatedAdminWithoutToken | Code::PrimaryUserWithoutToken
        );
        lacks_a_token && is_granted(self.observation, self.settings, account)
    }

    fn persons(&self, finding: &Finding, remedy: RemedyKind) -> Vec<String> {
        match &finding.account {
            _ if remedy != RemedyKind::NextLogin => Vec::new(),
            Some(account) if account != RECORD_NAME => vec![account.clone()],
            _ => menders(self.observation, self.settings),
        }
    }

    fn turn(&self, remedy: RemedyKind) -> Turn {
        if remedy != RemedyKind::Recovery {
            return Turn::of(remedy);
        }
        let ways = recovery(self.observation).ways;
        let mut may_lead_back = ways
            .iter()
            .filter(|way| way.standing != Standing::Closed && way.way != Way::Erase);
        may_lead_back
            .next()
            .map_or(Turn::of(remedy), |way| Turn::of_way(way.way))
    }
}

/// A remedy in words, where the finding has none of its own.
fn said(remedy: RemedyKind, persons: &[String]) -> String {
    match (remedy, persons) {
        (RemedyKind::NextLogin, [one]) => format!("It comes into order when {one} logs in at the Mac."),
        (RemedyKind::NextLogin, [_, ..]) => format!(
            "It comes into order when one of these logs in at the Mac: {}.",
            persons.join(", ")
        ),
        (RemedyKind::Reinstall, _) => {
            "Install the agent's package on the Mac again, over the top, and run `sudo bestow-agent reinstall` there; it asks \
             for the password of an administrator who holds a token."
                .to_owned()
        }
        _ => format!("{}.", remedy.label()),
    }
}
