//! What comes next of a Mac's local administrator, for people.

use super::{Held, Made, Settings, Step, next_step};
use crate::name::AccountName;
use crate::observation::Observation;
use crate::time::Timestamp;

/// What its agent does next or waits for, in a sentence, as far as the Mac's last observation tells; `None` where nothing is to be
/// done. `wanted_since` is since when another password is wanted, as the vault knows.
pub fn outlook(
    observation: Option<&Observation>,
    settings: &Settings,
    wanted_since: Option<Timestamp>,
    now: Timestamp,
) -> Option<String> {
    let Some(observation) = observation else {
        return Some("The Mac has told nothing yet.".to_owned());
    };
    let ours = observation.local_administrator.as_ref();
    let name: Option<AccountName> = ours.and_then(|ours| {
        let accounts = observation.accounts.value()?;
        let account = accounts
            .iter()
            .find(|account| account.guid.eq_ignore_ascii_case(&ours.guid))?;
        account.record_name.parse().ok()
    });
    let held = Held {
        made: ours.zip(name.as_ref()).map(|(ours, account)| Made {
            account,
            guid: &ours.guid,
        }),
        has_password: ours.is_some_and(|ours| ours.has_password),
        due_at: None,
        wanted_since: wanted_since.filter(|since| *since <= now),
    };
    let account = &settings.account;
    match next_step(observation, settings, held, now) {
        Step::Nothing if observation.knows_secure_token() == Some(false) => Some(
            "None is made on this Mac: its macOS or its disk knows no Secure Tokens. Update macOS to 10.13 or later on an APFS disk."
                .to_owned(),
        ),
        Step::Nothing => None,
        Step::Wait { what } => Some(format!("The agent waits for {what}.")),
        Step::NameTaken => Some(format!(
            "The Mac has an account that goes by {account} and that the agent did not make: it is left alone. Choose another name in \
             the policy, or delete that account."
        )),
        Step::Make => Some(format!(
            "The agent makes {account} when it next looks after the Mac, within a day."
        )),
        Step::Grant => Some(format!(
            "The agent has the service account hand {account} a Secure Token, within a day."
        )),
        Step::Rotate => Some(format!("The agent gives {account} another password, within a day.")),
    }
}
