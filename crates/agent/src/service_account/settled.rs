//! macOS hands tokens on by itself at a login, a while after the plug-in was asked. What the agent would grant may be there
//! then.

use std::time::Duration;

use trust::observation::{Observation, TokenLabel};

use crate::observe::Freshness;
use crate::perform::Tools;

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(2);
/// macOS has been seen to take half a minute.
const TRIES: u32 = 20;
/// Where macOS has nothing to hand on by, the login itself is waited for, and not for long.
const TRIES_FOR_SESSION: u32 = 5;

/// Waits until the account that logged in holds a token by macOS's own doing, or until it is plain that it gets none so.
pub(super) fn look(tools: Tools<'_>, login: &str) -> Observation {
    let mut seen = tools.look(Freshness::Now);
    for tried in 0..TRIES {
        let has_token = seen
            .account(login)
            .is_some_and(|account| account.token_label.value() == Some(&TokenLabel::Enabled));
        let is_in = seen
            .console_user
            .value()
            .is_some_and(|user| user.as_deref() == Some(login));
        let enough = match macos_may_grant(&seen) {
            true => false,
            false => is_in || tried >= TRIES_FOR_SESSION,
        };
        if has_token || enough {
            break;
        }
        tools.clock.wait(PAUSE);
        seen = tools.look(Freshness::Now);
    }
    seen
}

/// Whether the Mac has a bootstrap token that it may hand tokens on by; where it did not tell, it may.
fn macos_may_grant(seen: &Observation) -> bool {
    let managed = seen.mdm.value().is_none_or(|mdm| mdm.enrolled);
    let escrowed = seen
        .bootstrap_token
        .value()
        .is_none_or(|token| token.supported && token.escrowed);
    managed && escrowed
}
