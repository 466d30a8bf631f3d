//! What is told of the service account, besides its record.

use trust::fact::Fact;
use trust::lock_out::LockOutRule;
use trust::observation::{Observation, PasswordOutlook, PolicyOutlook, ServiceAccount, StoredPasswords};
use trust::service_account::{RECORD_NAME, Settings};
use trust::time::Timestamp;

use super::Custody;
use super::custody::Memory;
use crate::answers;
use crate::observe::Freshness;
use crate::password_policy::{GET_POLICIES, Outlook};
use crate::password_store::Slot;
use crate::perform::Tools;

/// What is told of the service account of the Mac that `observation` saw.
pub(crate) fn seen(
    tools: Tools<'_>,
    observation: &Observation,
    freshness: Freshness,
) -> Fact<ServiceAccount> {
    let (custody, now) = (tools.custody, tools.clock.now());
    if observation.knows_secure_token() == Some(false) {
        return Observation::not_looked_for();
    }
    if let Err(error) = notice_start(custody, observation) {
        tracing::warn!(%error, "what was seen of the Mac's start could not be kept");
    }
    let policy_unseen = custody.see_policy(tools.runner, freshness, now).err();
    let stored = match stored(custody) {
        Ok(stored) => stored,
        Err(error) => {
            return Fact::unknown(format!("the keychain cannot be read: {error}"), now, "keychain");
        }
    };
    let account = observation.account(RECORD_NAME);
    let set_at = account.and_then(|account| account.password_set_at);
    let policy = match (&*custody.outlook(), policy_unseen) {
        (Some(outlook), None) => told(outlook, set_at),
        (_, why) => unread(why.as_ref().map(answers::error)),
    };
    let Memory {
        settings,
        restarted,
        login_seen,
        local,
        disk,
        rotation_due_at,
        last_creation,
        tried,
        ..
    } = custody.remembered();
    let seen = ServiceAccount {
        settings_digest: settings.as_ref().map(Settings::digest),
        restarted_since_enrolment: restarted,
        login_seen_since_restart: login_seen,
        stored,
        local_password: local,
        disk_password: disk,
        policy,
        rotation_due_at,
        last_creation,
        tried,
    };
    Fact::known(seen, now, "agent")
}

fn told(outlook: &Outlook, password_set_at: Option<Timestamp>) -> PolicyOutlook {
    PolicyOutlook {
        password: outlook.password.clone(),
        machine_attempts: outlook.machine_attempts(),
        lock_out: outlook.lock_out_rule(),
        expires_at: password_set_at.and_then(|at| outlook.expires_at(at)),
    }
}

fn unread(why: Option<String>) -> PolicyOutlook {
    let why = why.unwrap_or_else(|| format!("{GET_POLICIES} gave no answer"));
    PolicyOutlook {
        password: PasswordOutlook::CannotTell { why },
        machine_attempts: Some(0),
        lock_out: LockOutRule::Untold,
        expires_at: None,
    }
}

fn stored(custody: &Custody) -> std::io::Result<StoredPasswords> {
    let has = |slot| Ok::<bool, std::io::Error>(custody.passwords.get(slot)?.is_some());
    Ok(StoredPasswords {
        current: has(Slot::Current)?,
        staged: has(Slot::Staged)?,
        previous: has(Slot::Previous)?,
    })
}

/// The first start that is seen is the one in which the Mac was enrolled.
fn notice_start(custody: &Custody, observation: &Observation) -> std::io::Result<()> {
    let Some(booted_at) = observation.booted_at.value().copied() else {
        return Ok(());
    };
    custody.see_boot(booted_at);
    let somebody_is_there = matches!(observation.console_user.value(), Some(Some(_)));
    custody.memory.change(|memory| {
        let enrolled_boot = *memory.enrolled_boot.get_or_insert(booted_at);
        memory.restarted |= enrolled_boot != booted_at;
        memory.login_seen |= memory.restarted && somebody_is_there;
        if memory.tried_in_boot != Some(booted_at) {
            (memory.tried, memory.tried_in_boot) = (Vec::new(), Some(booted_at));
        }
    })
}
