//! Enrolments of Macs with Bestow's own device management, and the certificates by which those Macs are known.

mod authenticate;
mod calling;
mod check_out;
mod list;
mod prepare;

pub use authenticate::{Authentication, authenticate};
pub use calling::{CallingMac, find_calling, renewed};
pub use check_out::check_out;
pub use list::{MdmEnrolment, list};
pub use prepare::{NewProfile, Prepared, prepare};

use sqlx::AnyConnection;
use trust::time::Timestamp;

use crate::Result;
use crate::actor::Actor;
use crate::audit::{self, NewEntry, Verb};

/// Adds to the audit log what a Mac has done to its enrolment.
async fn append_in(tx: &mut AnyConnection, mac: &CallingMac, verb: Verb, at: Timestamp) -> Result<()> {
    let entry = NewEntry {
        organization_id: mac.organization_id,
        at,
        actor: &Actor::Device(mac.device_id),
        verb,
        device_id: Some(mac.device_id),
        subject: Some(mac.enrolment_id.to_string()),
        reason: None,
        detail: None,
    };
    audit::append(tx, entry).await
}
