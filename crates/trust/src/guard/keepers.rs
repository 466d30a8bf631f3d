//! Who keeps the chain of a Mac whole.

use serde::{Deserialize, Serialize};

use super::role::Role;
use crate::observation::Observation;
use crate::service_account::RECORD_NAME;

/// Who keeps the chain of a Mac whole. Record names in the order of the observation; disabled accounts are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Keepers {
    /// Who holds a token that is usable or at least not disproved.
    pub holders: Vec<String>,
    /// Who of them is proved to.
    pub proved_holders: Vec<String>,
    /// Who of them is an administrator, and so may hand one on.
    pub granters: Vec<String>,
    /// Who owns the volume (Apple silicon).
    pub volume_owners: Vec<String>,
    /// Which administrators a person can use: the service account is left out.
    pub administrators: Vec<String>,
    /// Whether there is a service account that may hand a token on.
    pub service_account: bool,
    /// Whether an MDM is said to have the Mac's bootstrap token.
    pub bootstrap_token: bool,
}

impl Keepers {
    pub(super) fn of(roles: &[Role<'_>], observation: &Observation) -> Self {
        let names = |wanted: &dyn Fn(&Role<'_>) -> bool| {
            let chosen = roles.iter().filter(|role| role.enabled && wanted(role));
            chosen.map(|role| role.name.to_owned()).collect::<Vec<_>>()
        };
        let granters = names(&|role| role.holds && role.administrator);
        let bootstrap_token = observation.bootstrap_token.value();
        Self {
            holders: names(&|role| role.holds),
            proved_holders: names(&|role| role.proved),
            volume_owners: names(&|role| role.owns_volume),
            administrators: names(&|role| role.administrator && role.name != RECORD_NAME),
            service_account: granters.iter().any(|name| name == RECORD_NAME),
            bootstrap_token: bootstrap_token.is_some_and(|token| token.supported && token.escrowed),
            granters,
        }
    }
}
