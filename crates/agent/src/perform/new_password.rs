//! A password that the agent draws for an account of its own.

use password_policy::{CannotGenerate, Policy};
use rand_core::CryptoRng;
use secrecy::SecretString;

use super::Tools;
use super::diary::Diary;
use crate::password_policy::{GET_POLICIES, of_all_accounts};
use crate::password_store::Password;

/// Why no password was drawn. The diary tells more.
pub(crate) enum NotDrawn {
    /// The Mac did not tell its policy.
    Unread,
    /// None could be made.
    By(CannotGenerate),
}

/// Draws a password by the policy that the Mac has now.
pub(crate) fn drawn(
    tools: Tools<'_>,
    diary: &mut Diary<'_>,
    draw: impl FnOnce(Policy, &mut dyn CryptoRng) -> Result<SecretString, CannotGenerate>,
) -> Result<Password, NotDrawn> {
    let policy = match of_all_accounts(tools.runner) {
        Ok(policy) => policy,
        Err(error) => {
            diary.no_answer(GET_POLICIES, &error);
            return Err(NotDrawn::Unread);
        }
    };
    match tools.custody.with_random(|random| draw(policy, random)) {
        Ok(secret) => Ok(tools.custody.named(secret, tools.clock.now())),
        Err(why) => {
            diary.saw(GET_POLICIES, why.to_string());
            Err(NotDrawn::By(why))
        }
    }
}
