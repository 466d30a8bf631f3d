//! What comes into order by itself when somebody logs in at the Mac.

use crate::chain;
use crate::name::AccountName;
use crate::observation::{LoginPlugin, Observation};
use crate::service_account::{Login, RECORD_NAME, Settings, Step, next_step};

/// Record names of the accounts at whose next login the agent makes the service account, or makes it whole.
pub(super) fn menders(observation: &Observation, settings: &Settings) -> Vec<String> {
    let mends = |step: &Step| match step {
        Step::Create { .. } => true,
        Step::Repair { holder, .. } => holder.is_some(),
        Step::Nothing | Step::Wait { .. } | Step::Grant { .. } | Step::Rotate => false,
    };
    let members = chain::members(observation);
    let names = members.iter().map(|member| &member.account.record_name);
    names
        .filter(|name| *name != RECORD_NAME)
        .filter(|name| at_login(observation, settings, name).is_some_and(|step| mends(&step)))
        .cloned()
        .collect()
}

/// Whether the service account hands a token on to this account at its next login.
pub(super) fn is_granted(observation: &Observation, settings: &Settings, account: &str) -> bool {
    matches!(at_login(observation, settings, account), Some(Step::Grant { .. }))
}

/// What the agent does at a login of this account; `None` when it is not told of logins.
fn at_login(observation: &Observation, settings: &Settings, account: &str) -> Option<Step> {
    if observation.login_plugin.value() != Some(&LoginPlugin::Registered) {
        return None;
    }
    let account: AccountName = account.parse().ok()?;
    let login = Login { account: &account };
    let now = observation.service_account.at();
    Some(next_step(observation, settings, Some(login), now))
}
