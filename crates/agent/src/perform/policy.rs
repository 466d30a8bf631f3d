//! Holds a new password against the Mac's policy, before anything is touched.

use password_policy::{Before, Subject, Verdict};
use secrecy::SecretString;
use trust::observation::Account;
use trust::time::Timestamp;

use super::Tools;
use super::diary::Diary;
use crate::password_policy::{GET_POLICIES, of_all_accounts};

/// Whether the policy takes the password of the account `name`, which is yet to be made; `None` when that cannot be told.
pub(super) fn takes(
    tools: Tools<'_>,
    name: &str,
    password: &SecretString,
    diary: &mut Diary<'_>,
) -> Option<bool> {
    evaluate(tools, Subject::new_account(name), password, diary)
}

/// Whether the policy takes another password for an account that exists; `None` when that cannot be told.
pub(super) fn takes_instead(
    tools: Tools<'_>,
    account: &Account,
    password: &SecretString,
    diary: &mut Diary<'_>,
) -> Option<bool> {
    let seconds = |time: Timestamp| time.as_millis() / 1_000;
    let subject = Subject {
        record_name: &account.record_name,
        before: Some(Before {
            now_s: seconds(tools.clock.now()),
            password_set_at_s: account.password_set_at.map(seconds),
        }),
    };
    evaluate(tools, subject, password, diary)
}

fn evaluate(
    tools: Tools<'_>,
    subject: Subject<'_>,
    password: &SecretString,
    diary: &mut Diary<'_>,
) -> Option<bool> {
    let policy = match of_all_accounts(tools.runner) {
        Ok(policy) => policy,
        Err(error) => {
            diary.no_answer(GET_POLICIES, &error);
            return None;
        }
    };
    let evaluation = policy.evaluate(password, subject);
    for rule in evaluation.violated() {
        diary.saw(GET_POLICIES, format!("the new password violates: {rule}"));
    }
    for (rule, doubt) in evaluation.doubtful() {
        diary.saw(
            GET_POLICIES,
            format!(
                "whether the new password satisfies this cannot be told, {}: {rule}",
                doubt.words()
            ),
        );
    }
    match evaluation.verdict() {
        Verdict::Met => {
            diary.saw(GET_POLICIES, "the new password satisfies the policy");
            Some(true)
        }
        Verdict::Violated => Some(false),
        Verdict::CannotTell(_) => None,
    }
}
