//! Observations to keep.

use store::device::{Observed, Summary};
use store::finding::KeptServiceAccount;
use store::observation::NewObservation;
use store::resilience::KeptResilience;
use trust::attention::Attention;
use trust::fact::Fact;
use trust::id::{DeviceId, OrganizationId};
use trust::observation::{Observation, Security};
use trust::resilience::Kept;

use super::NOW;

/// An observation to keep, from which nothing was diagnosed.
pub fn new_observation(
    organization_id: OrganizationId,
    device_id: DeviceId,
    observation: &Observation,
) -> NewObservation<'_> {
    NewObservation {
        service_account: KeptServiceAccount::default(),
        attention: Attention::default(),
        primary_user: None,
        organization_id,
        device_id,
        observation,
        observed: Observed {
            at: NOW,
            digest: observation.digest(),
            summary: summary(),
        },
        findings: Vec::new(),
        resilience: KeptResilience::default(),
        kept: Kept::default(),
        token_changes: Vec::new(),
    }
}

fn summary() -> Summary {
    Summary {
        model: None,
        chip: Some("apple_silicon".to_owned()),
        os_version: None,
        os_build: None,
        volume_format: None,
        filevault: None,
        chain: "broken".to_owned(),
        holders: 0,
        accounts: 3,
    }
}

/// An observation in which the Mac told nothing.
pub fn silent_observation(why: &str) -> Observation {
    fn silent<T>(why: &str) -> Fact<T> {
        Fact::unknown(why, NOW, "test")
    }
    Observation {
        system: silent(why),
        hardware: silent(why),
        boot_volume: silent(why),
        filevault: silent(why),
        accounts: silent(why),
        crypto_users: silent(why),
        filevault_users: silent(why),
        mdm: silent(why),
        bootstrap_token: silent(why),
        console_user: silent(why),
        booted_at: silent(why),
        full_disk_access: silent(why),
        security: Security::default(),
        promoted_in_passing: Vec::new(),
        login_plugin: Observation::not_looked_for(),
        service_account: Observation::not_looked_for(),
        local_administrator: None,
    }
}
