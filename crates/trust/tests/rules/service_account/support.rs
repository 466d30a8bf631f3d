//! Hand-made Macs with a service account.

use trust::fact::Fact;
use trust::lock_out::LockOutRule;
use trust::observation::*;
use trust::service_account::RECORD_NAME;
use trust::service_account::policy_conflict::{ObstructingRule, RuleOrigin};

use crate::support::{NOW, account, enabled, known, mac};

/// What an agent tells that keeps a proved password, on a Mac that was started and used since it was enrolled.
pub fn proved() -> ServiceAccount {
    ServiceAccount {
        settings_digest: None,
        restarted_since_enrolment: true,
        login_seen_since_restart: true,
        stored: StoredPasswords {
            current: true,
            staged: false,
            previous: false,
        },
        local_password: Some(answered(PasswordAnswer::Right)),
        disk_password: Some(answered(PasswordAnswer::Right)),
        policy: PolicyOutlook {
            password: PasswordOutlook::Possible,
            machine_attempts: None,
            lock_out: LockOutRule::Never,
            expires_at: None,
        },
        rotation_due_at: None,
        last_creation: None,
        tried: Vec::new(),
    }
}

/// A proof that holds for the password that [`account`] has.
pub fn answered(answer: PasswordAnswer) -> PasswordProof {
    PasswordProof {
        answer,
        at: NOW,
        by: "test".to_owned(),
        password_set_at: Some(NOW),
    }
}

/// The service account with a token.
pub fn bestow() -> Account {
    Account {
        hidden: true,
        ..enabled(RECORD_NAME, true)
    }
}

/// The service account without one.
pub fn bestow_without_token() -> Account {
    account(RECORD_NAME, true)
}

/// A Mac with these accounts on which the agent knows this of its service account.
pub fn with(accounts: Vec<Account>, seen: ServiceAccount) -> Observation {
    Observation {
        service_account: known(seen),
        login_plugin: known(LoginPlugin::Registered),
        console_user: known(Some("ada".to_owned())),
        ..mac(accounts)
    }
}

/// A Mac with the administrator ada, who holds, and a valid service account.
pub fn valid() -> Observation {
    with(vec![bestow(), enabled("ada", true)], proved())
}

/// The same Mac with something else known of its service account.
pub fn valid_but(change: impl FnOnce(&mut ServiceAccount)) -> Observation {
    let mut seen = proved();
    change(&mut seen);
    with(vec![bestow(), enabled("ada", true)], seen)
}

/// A conflict of two rules: one of a profile, one set by hand.
pub fn conflict() -> PasswordOutlook {
    let rule = |words: &str, origin| ObstructingRule {
        words: words.to_owned(),
        origin,
    };
    PasswordOutlook::Conflict {
        rules: vec![
            rule(
                "at least 40 characters",
                RuleOrigin::Profile {
                    payload: "11111111".to_owned(),
                },
            ),
            rule("no more than 20 characters", RuleOrigin::Hand),
        ],
    }
}

/// The fact that the agent did not look.
pub fn not_told(mut observation: Observation) -> Observation {
    observation.service_account = Fact::unknown("not told", NOW, "test");
    observation
}
