//! Which MDM a device is registered with, as the API shows it.

use serde::Serialize;
use trust::fact::Fact;
use trust::mdm::{ONE_MDM_ONLY, Registered};
use trust::observation::MdmEnrolment;
use trust::time::Timestamp;
use utoipa::ToSchema;

/// The MDM of a device.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MdmView {
    /// Whether there is one; `null` when the Mac did not tell.
    registered: Option<bool>,
    /// Its vendor, where the address of its server is one of the vendor's own; `null` otherwise.
    vendor: Option<&'static str>,
    /// The address of its server, where macOS tells it.
    server_url: Option<String>,
    /// Whom it is, in a few words.
    label: String,
    /// How that is known.
    how: &'static str,
    /// That there is no second one.
    note: &'static str,
    /// When it was seen.
    at: Timestamp,
    /// How it was seen: the tool and verb.
    by: String,
}

impl MdmView {
    /// What the Mac told.
    pub(super) fn of(fact: &Fact<MdmEnrolment>) -> Self {
        let mdm = Registered::of(fact);
        Self {
            registered: fact.value().map(|mdm| mdm.enrolled),
            vendor: match mdm {
                Registered::With { vendor, .. } => vendor,
                Registered::Unknown { .. } | Registered::Nobody => None,
            },
            server_url: fact.value().and_then(|mdm| mdm.server_url.clone()),
            label: mdm.words(),
            how: mdm.how(),
            note: ONE_MDM_ONLY,
            at: fact.at(),
            by: fact.by().to_owned(),
        }
    }
}
