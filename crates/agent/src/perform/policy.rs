//! Holds a new password against the Mac's policy, before anything is touched.

use password_policy::{Subject, Verdict};
use secrecy::SecretString;
use trust::action::CreateAccount;

use super::Tools;
use super::diary::Diary;
use crate::password_policy::{GET_POLICIES, of_all_accounts};

/// Whether the policy takes the password of an account that is yet to be made; `None` when that cannot be told.
pub(super) fn takes(
    tools: Tools<'_>,
    create: &CreateAccount,
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
    let evaluation = policy.evaluate(password, Subject::new_account(create.target.as_str()));
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
