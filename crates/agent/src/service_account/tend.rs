//! What is due for the service account, done: at a login, when the agent starts, and now and then.

use std::io;
use std::time::Duration;

use mac::AccountName;
use secrecy::SecretString;
use trust::code::Code;
use trust::observation::{CreationAttempt, Observation};
use trust::outcome::TrustEdge;
use trust::service_account::{self, Deed, DeedKind, Rung, Settings, Step, next_step};
use trust::time::Timestamp;

use super::establish::{Holder, establish};
use super::{grant, proofs, reinstall, repair, rotation, settled, unfinished};
use crate::login::Login;
use crate::observe::Freshness;
use crate::perform::Tools;
use crate::perform::diary::Diary;
use crate::perform::probe::{self, Disk, Trial};
use trust::service_account::attempts::Cause;

/// Without another reason it is looked after this often: a proof is a day old then.
const ROUND: Duration = Duration::from_secs(24 * 60 * 60);
/// After something did not come about, it is looked after again so soon.
const SOON: Duration = Duration::from_secs(15 * 60);
/// More steps in a row are never needed: a repair of two rungs, a rotation, a grant.
const MOST_STEPS: u32 = 6;

/// How the Mac looks after its service account was looked after, and when that is due again.
#[derive(Debug)]
pub struct Tended {
    /// A fresh look.
    pub observation: Observation,
    /// When it is due again.
    pub again_at: Timestamp,
    /// What was done unasked and the server does not know yet, the oldest first.
    pub deeds: Vec<Deed>,
}

/// Whether this login's password could be of use. When the account was not seen yet, only a look can tell.
pub fn may_need(
    observation: Option<&Observation>,
    settings: Option<&Settings>,
    login: &str,
    now: Timestamp,
) -> bool {
    let Some(settings) = settings.filter(|settings| settings.wanted) else {
        return false;
    };
    if login == service_account::RECORD_NAME {
        return false;
    }
    let Ok(account) = login.parse() else {
        return false;
    };
    let Some(observation) = observation else {
        return true;
    };
    if observation.account(login).is_none() || observation.service_account.value().is_none() {
        return true;
    }
    let login = service_account::Login { account: &account };
    match next_step(observation, settings, Some(login), now) {
        // What stands before it may be done away with: a repair that the agent makes by itself, a proof that has lapsed.
        Step::Wait { .. } | Step::Repair { .. } | Step::Rotate => true,
        step => step.needs_login(),
    }
}

/// Finishes what was begun, renews what has lapsed, and does what is to be done, with the login's password if there is one.
///
/// # Errors
/// When something could not be put on the disk that must be there first. Nothing has been changed then.
pub fn tend(tools: Tools<'_>, login: Option<&Login>) -> io::Result<Tended> {
    let mut diary = Diary::new(tools.clock);
    tools.promotions.undo_all(tools.runner)?;
    unfinished::finish(tools, &mut diary)?;
    reinstall::tell_what_was_cut_off(tools)?;
    if login.is_some() {
        tools.custody.login_seen()?;
    }
    let mut observation = tools.look(Freshness::Now);
    let mut done = Vec::new();
    for _ in 0..MOST_STEPS {
        let Some(settings) = tools.custody.remembered().settings else {
            break;
        };
        if proofs::renew(tools, &observation, &mut diary)? {
            observation = tools.look(Freshness::Now);
        }
        let account = login.and_then(|login| login.account.parse().ok());
        let at_hand = account.as_ref().map(|account| service_account::Login { account });
        let step = next_step(&observation, &settings, at_hand, tools.clock.now());
        if matches!(step, Step::Nothing | Step::Wait { .. }) || done.contains(&step) {
            break;
        }
        if let Step::Grant { target } = &step {
            observation = settled::look(tools, target.as_str());
            if next_step(&observation, &settings, at_hand, tools.clock.now()) != step {
                continue;
            }
        }
        take(tools, &step, &observation, login, &mut diary)?;
        done.push(step);
        observation = tools.look(Freshness::Now);
    }
    let now = tools.clock.now();
    let memory = tools.custody.remembered();
    let due = memory.rotation_due_at;
    let again = now.plus(if memory.work.is_some() { SOON } else { ROUND });
    Ok(Tended {
        observation,
        again_at: due.map_or(again, |due| due.max(now.plus(SOON)).min(again)),
        deeds: memory.deeds,
    })
}

/// Takes one step, and notes it as a deed for the server.
fn take(
    tools: Tools<'_>,
    step: &Step,
    observation: &Observation,
    login: Option<&Login>,
    diary: &mut Diary<'_>,
) -> io::Result<()> {
    let before = diary.len();
    let (kind, account, code, edge) = match step {
        Step::Nothing | Step::Wait { .. } => return Ok(()),
        Step::Create { holder, promote } => {
            let (code, edge) = with_holder(
                tools,
                (holder.as_str(), *promote),
                observation,
                login,
                Code::ServiceAccountNotCreated,
                diary,
            )?;
            let attempt = CreationAttempt {
                at: tools.clock.now(),
                code,
                holder: Some(holder.to_string()),
            };
            tools
                .custody
                .memory
                .change(|memory| memory.last_creation = Some(attempt))?;
            (DeedKind::Create, Some(holder.to_string()), code, edge)
        }
        Step::Grant { target } => {
            let Some(party) = party(target.as_str(), login) else {
                return Ok(());
            };
            let done = grant::to(tools, observation, (&party.0, party.1), true, diary)?;
            (DeedKind::Grant, Some(target.to_string()), done.code, done.edge)
        }
        Step::Repair { rung, holder: None } => {
            let ended = repair::alone(tools, *rung, observation, diary)?;
            (DeedKind::Repair, None, ended.code, ended.edge)
        }
        Step::Repair {
            rung,
            holder: Some(holder),
        } => {
            let promote = may_promote(tools, observation, holder.as_str());
            let (_, edge) = with_holder(
                tools,
                (holder.as_str(), promote),
                observation,
                login,
                Code::ServiceAccountNotRepaired,
                diary,
            )?;
            let code = repair::conclude(tools, *rung, diary)?.code;
            (DeedKind::Repair, Some(holder.to_string()), code, edge)
        }
        Step::Rotate => {
            let code = rotation::rotate(tools, observation, diary)?.code;
            if !code.is_success() {
                // It is asked again tomorrow, not every quarter of an hour.
                let tomorrow = tools.clock.now().plus(ROUND);
                tools
                    .custody
                    .memory
                    .change(|memory| memory.rotation_due_at = Some(tomorrow))?;
            }
            (DeedKind::Rotate, None, code, None)
        }
    };
    tracing::info!(deed = kind.word(), %code, "looked after the service account");
    let deed = tools.custody.deed(
        kind,
        account.as_deref(),
        (code, edge),
        diary.since(before),
        tools.clock.now(),
    );
    tools.custody.tell(deed)
}

fn may_promote(tools: Tools<'_>, observation: &Observation, holder: &str) -> bool {
    let settings = tools.custody.remembered().settings;
    let is_standard = observation
        .account(holder)
        .is_some_and(|account| !account.administrator);
    is_standard && settings.is_some_and(|settings| settings.promote_administrators)
}

fn party<'a>(name: &str, login: Option<&'a Login>) -> Option<(AccountName, &'a SecretString)> {
    let login = login.filter(|login| login.account == name)?;
    Some((AccountName::new(name).ok()?, &login.password))
}

/// Makes the account, or makes it whole, with the credentials of the holder who logged in. macOS has just taken the password;
/// the disk is asked first.
fn with_holder(
    tools: Tools<'_>,
    (holder, promote): (&str, bool),
    observation: &Observation,
    login: Option<&Login>,
    failure: Code,
    diary: &mut Diary<'_>,
) -> io::Result<(Code, Option<TrustEdge>)> {
    let (Some((name, password)), Some(account)) = (party(holder, login), observation.account(holder)) else {
        return Ok((failure, None));
    };
    let trial = Trial {
        credential: "login",
        cause: Cause::Machine,
        ..Trial::typed(&name, account, password)
    };
    let disk = probe::disk(tools, trial, diary);
    let result = match disk {
        Disk::Opens => trust::observation::ProofResult::Usable,
        Disk::Refuses => {
            let refused = trust::observation::ProofResult::DiskRefused;
            tools.observer.remember_proof(account, refused, tools.clock.now());
            return Ok((Code::AdministratorTokenUnusable, None));
        }
        Disk::Forbidden => return Ok((Code::FullDiskAccessMissing, None)),
        Disk::Silent => return Ok((failure, None)),
    };
    tools.observer.remember_proof(account, result, tools.clock.now());
    let holder = Holder {
        name: &name,
        password,
        promote,
    };
    let ended = establish(tools, observation, holder, failure, diary)?;
    Ok((ended.code, ended.edge))
}

/// Rungs that the agent goes without anybody's password.
pub(super) const ALONE: [Rung; 2] = [Rung::Retry, Rung::PreviousPassword];
