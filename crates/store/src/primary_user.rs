//! The person that the policy "token for primary users" speaks of on each Mac.

use sqlx::AnyConnection;
use trust::enrolment::SerialNumber;
use trust::id::OrganizationId;
use trust::policy::OnOffPolicy;

use crate::enrolment_record::{self, KeptRecord};
use crate::{Result, Store, on_off_policy};

/// Who the policy speaks of on the Mac of this serial number; `None` when it is off, or nothing is known of the Mac.
pub async fn find(
    store: &Store,
    organization_id: OrganizationId,
    serial_number: &SerialNumber,
) -> Result<Option<KeptRecord>> {
    let mut reader = store.readers().acquire().await?;
    find_in(&mut reader, organization_id, serial_number).await
}

pub(crate) async fn find_in(
    connection: &mut AnyConnection,
    organization_id: OrganizationId,
    serial_number: &SerialNumber,
) -> Result<Option<KeptRecord>> {
    let policy = OnOffPolicy::TokenForPrimaryUsers;
    let standing = on_off_policy::find_in(connection, organization_id, policy).await?;
    if !standing.enabled {
        return Ok(None);
    }
    enrolment_record::find_in(connection, organization_id, serial_number).await
}
