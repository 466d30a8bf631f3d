//! The administrators who can help a Mac to its service account.

use crate::chain;
use crate::observation::Observation;
use crate::service_account::{RECORD_NAME, Settings};

/// Record names of the administrators that hold a token, on a Mac that is to have a service account and has none; `None`
/// on any other Mac, and where no administrator holds one. A token that does not work counts for nothing.
pub fn admin_list(observation: &Observation, settings: &Settings) -> Option<Vec<String>> {
    let has_account = observation.account(RECORD_NAME).is_some();
    if has_account || !settings.wanted || observation.knows_secure_token() == Some(false) {
        return None;
    }
    let members = chain::members(observation);
    let holders = members.iter().filter(|member| member.can_grant());
    let names: Vec<String> = holders.map(|member| member.account.record_name.clone()).collect();
    (!names.is_empty()).then_some(names)
}
