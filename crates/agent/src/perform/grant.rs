//! Grant Secure Token: plan again, try the passwords once, hand the token on, and read the Mac back.

use std::io;

use mac::diskutil::{self, PrebootUpdate};
use mac::sysadminctl::{Channel, Claim};
use mac::{AccountName, Credential, sysadminctl};
use secrecy::SecretString;
use trust::action::{Action, GrantSecureToken};
use trust::code::Code;
use trust::observation::{Account, FileVault, Observation, ProofResult};
use trust::outcome::{GrantMethod, Outcome, TrustEdge};
use trust::plan::{Knowledge, Plan, Situation};

use super::Tools;
use super::diary::Diary;
use super::probe::{self, Disk};
use super::read_back::{Finding, Subject, holds_token};
use crate::observe::Freshness;

/// How often the start-up screen's copy of the accounts is refreshed before giving up; the tool is known to need it.
const PREBOOT_TRIES: u32 = 3;

/// One grant with its opened secrets.
pub(super) struct Request<'a> {
    pub(super) grant: &'a GrantSecureToken,
    pub(super) administrator: SecretString,
    pub(super) target: SecretString,
    /// An earlier run may have changed the Mac already.
    pub(super) resumed: bool,
}

/// The two accounts as Apple's tools take them.
struct Parties {
    administrator: AccountName,
    target: AccountName,
}

pub(super) fn grant(
    tools: Tools<'_>,
    request: &Request<'_>,
    diary: &mut Diary<'_>,
    before_touching: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<Outcome> {
    let observation = tools.observer.look(tools.runner, tools.clock, Freshness::Now);
    let Some(parties) = Parties::of(request.grant) else {
        diary.saw("plan", "Apple's tools cannot take one of the account names");
        return Ok(diary.outcome(Code::ToolFailed, request.resumed));
    };
    if request.resumed
        && let Some(outcome) = finish_earlier_run(tools, request, &parties, &observation, diary)
    {
        return Ok(outcome);
    }
    let plan = plan(request, &observation, Knowledge::NONE);
    if let Some(code) = plan.refusal().or(plan.only_outcome()) {
        return Ok(diary.outcome(code, request.resumed));
    }
    let knowledge = try_passwords(tools, request, &parties, &observation, diary);
    if let Some(code) = self::plan(request, &observation, knowledge).refusal() {
        return Ok(diary.outcome(code, request.resumed));
    }
    before_touching()?;
    Ok(hand_on(tools, request, &parties, &observation, diary))
}

/// An earlier run was cut off in the middle. When the token is there now, that run's work is done.
fn finish_earlier_run(
    tools: Tools<'_>,
    request: &Request<'_>,
    parties: &Parties,
    observation: &Observation,
    diary: &mut Diary<'_>,
) -> Option<Outcome> {
    diary.saw(
        "journal",
        "an earlier run was cut off; the Mac tells how far it came",
    );
    let (target, _) = accounts(request.grant, observation)?;
    let subject = subject(request, parties, target, observation);
    let finding = holds_token(tools, subject, diary);
    matches!(finding, Finding::Proved | Finding::Listed)
        .then(|| conclude(tools, request, observation, finding, diary))
        .flatten()
}

fn plan(request: &Request<'_>, observation: &Observation, knowledge: Knowledge) -> Plan {
    let situation = Situation {
        observation: Some(observation),
        online: true,
        knowledge,
    };
    Plan::for_action(&Action::GrantSecureToken(request.grant.clone()), &situation)
}

/// Tries each password once, and stops at the first that is wrong: every failure counts towards a lock-out.
fn try_passwords(
    tools: Tools<'_>,
    request: &Request<'_>,
    parties: &Parties,
    observation: &Observation,
    diary: &mut Diary<'_>,
) -> Knowledge {
    let mut knowledge = Knowledge::NONE;
    let Some((_, administrator)) = accounts(request.grant, observation) else {
        return knowledge;
    };
    knowledge.administrator_local =
        probe::local(tools, &parties.administrator, &request.administrator, diary);
    if knowledge.administrator_local == Some(false) {
        return knowledge;
    }
    let guid = &administrator.guid;
    match probe::disk(tools, &parties.administrator, guid, &request.administrator, diary) {
        Disk::Opens => {
            knowledge.full_disk_access = Some(true);
            knowledge.administrator_disk = Some(true);
            if knowledge.administrator_local == Some(true) {
                tools
                    .observer
                    .remember_proof(administrator, ProofResult::Usable, tools.clock.now());
            }
        }
        // Without Open Directory's yes, a no of the disk may just be a wrong password.
        Disk::Refuses if knowledge.administrator_local == Some(true) => {
            knowledge.full_disk_access = Some(true);
            knowledge.administrator_disk = Some(false);
            tools
                .observer
                .remember_proof(administrator, ProofResult::DiskRefused, tools.clock.now());
            return knowledge;
        }
        Disk::Refuses => {
            knowledge.administrator_local = Some(false);
            return knowledge;
        }
        Disk::Forbidden => {
            knowledge.full_disk_access = Some(false);
            return knowledge;
        }
        Disk::Silent => {}
    }
    knowledge.target_local = probe::local(tools, &parties.target, &request.target, diary);
    knowledge
}

/// Runs the tool, by pipe first. Where that neither worked nor was refused, a terminal is what this build wants.
fn hand_on(
    tools: Tools<'_>,
    request: &Request<'_>,
    parties: &Parties,
    observation: &Observation,
    diary: &mut Diary<'_>,
) -> Outcome {
    let Some((target, _)) = accounts(request.grant, observation) else {
        return diary.outcome(Code::ToolFailed, false);
    };
    let (mut finding, mut claim) = (Finding::Unreadable, None);
    for channel in [Channel::Pipe, Channel::Pty] {
        claim = run_tool(tools, request, parties, channel, diary);
        finding = holds_token(tools, subject(request, parties, target, observation), diary);
        let another_way_may_help = matches!(
            claim,
            Some(Claim::Silent | Claim::CouldNotAsk | Claim::Unrecognised { .. } | Claim::Unsupported)
        );
        if finding != Finding::DoesNotHold || !another_way_may_help {
            break;
        }
    }
    match finding {
        Finding::Proved | Finding::Listed => conclude(tools, request, observation, finding, diary)
            .unwrap_or_else(|| diary.outcome(Code::StateUnreadable, true)),
        Finding::DoesNotHold if claim.is_none() => diary.outcome(Code::ToolFailed, true),
        Finding::DoesNotHold => diary.outcome(Code::GrantNotConfirmed, true),
        Finding::Unreadable => diary.outcome(Code::StateUnreadable, true),
    }
}

fn run_tool(
    tools: Tools<'_>,
    request: &Request<'_>,
    parties: &Parties,
    channel: Channel,
    diary: &mut Diary<'_>,
) -> Option<Claim> {
    const BY: &str = "sysadminctl -secureTokenOn";
    let granter = Credential {
        account: &parties.administrator,
        password: &request.administrator,
    };
    let target = Credential {
        account: &parties.target,
        password: &request.target,
    };
    match sysadminctl::grant_token(tools.runner, granter, target, channel) {
        Ok(claim) => {
            diary.saw(BY, format!("it says {claim:?}, which proves nothing"));
            Some(claim)
        }
        Err(error) => {
            diary.no_answer(BY, &error);
            None
        }
    }
}

/// The token is there: refresh the start-up screen's copy, remember the proof, and tell the hand-over.
fn conclude(
    tools: Tools<'_>,
    request: &Request<'_>,
    observation: &Observation,
    finding: Finding,
    diary: &mut Diary<'_>,
) -> Option<Outcome> {
    refresh_preboot(tools, diary);
    let (target, administrator) = accounts(request.grant, observation)?;
    let now = tools.clock.now();
    if finding == Finding::Proved {
        tools.observer.remember_proof(target, ProofResult::Usable, now);
    }
    Some(diary.handed_on(TrustEdge {
        granter_guid: administrator.guid.clone(),
        granter: administrator.record_name.clone(),
        target_guid: target.guid.clone(),
        target: target.record_name.clone(),
        method: GrantMethod::SysadminctlSecureTokenOn,
        at: now,
    }))
}

/// The start-up screen shows a copy. That it could not be refreshed is worth a note, but takes no token away.
fn refresh_preboot(tools: Tools<'_>, diary: &mut Diary<'_>) {
    const BY: &str = "diskutil apfs updatePreboot";
    for _ in 0..PREBOOT_TRIES {
        match diskutil::update_preboot(tools.runner) {
            Ok(PrebootUpdate::SaysDone) => return diary.saw(BY, "the start-up screen's copy is fresh"),
            Ok(update) => diary.saw(BY, format!("not refreshed: {update:?}")),
            Err(error) => diary.no_answer(BY, &error),
        }
    }
}

fn subject<'a>(
    request: &'a Request<'_>,
    parties: &'a Parties,
    target: &'a Account,
    observation: &Observation,
) -> Subject<'a> {
    Subject {
        account: &parties.target,
        guid: &target.guid,
        password: &request.target,
        filevault_is_off: observation.filevault.value() == Some(&FileVault::Off),
    }
}

/// The target and the administrator as seen.
fn accounts<'a>(
    grant: &GrantSecureToken,
    observation: &'a Observation,
) -> Option<(&'a Account, &'a Account)> {
    Some((
        observation.account(grant.target.as_str())?,
        observation.account(grant.administrator.as_str())?,
    ))
}

impl Parties {
    fn of(grant: &GrantSecureToken) -> Option<Self> {
        Some(Self {
            administrator: AccountName::new(grant.administrator.as_str()).ok()?,
            target: AccountName::new(grant.target.as_str()).ok()?,
        })
    }
}
