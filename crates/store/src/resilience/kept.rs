//! What a device's score depends on, besides what was seen of it.

use sqlx::AnyConnection;
use trust::escrow::EscrowKind;
use trust::id::OrganizationId;
use trust::resilience::Kept;

use crate::escrow::{Line, standing_in};
use crate::{Result, Store, local_administrator_policy};

/// What is kept of the Mac of this serial number, as far as its score depends on that.
pub async fn kept(store: &Store, organization_id: OrganizationId, serial_number: &str) -> Result<Kept> {
    let mut reader = store.readers().acquire().await?;
    kept_in(&mut reader, organization_id, serial_number).await
}

/// The same, as a transaction sees it.
pub(crate) async fn kept_in(
    connection: &mut AnyConnection,
    organization_id: OrganizationId,
    serial_number: &str,
) -> Result<Kept> {
    let line = |kind| Line {
        organization_id,
        serial_number,
        kind,
    };
    let policy = local_administrator_policy::find_in(connection, organization_id).await?;
    Ok(Kept {
        recovery_key: standing_in(connection, line(EscrowKind::PersonalRecoveryKey)).await?,
        local_administrator: policy.settings.map(|settings| settings.account),
        password: standing_in(connection, line(EscrowKind::LocalAdministratorPassword)).await?,
    })
}
