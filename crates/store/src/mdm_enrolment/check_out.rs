//! The profile was removed from a Mac. What the vault keeps stays as it is.

use sqlx::AnyConnection;
use trust::mdm_enrolment::State;
use trust::time::Timestamp;

use super::{CallingMac, append_in};
use crate::audit::Verb;
use crate::{Result, Store};

/// Ends an enrolment; false when it was over.
pub async fn check_out(store: &Store, mac: &CallingMac, at: Timestamp) -> Result<bool> {
    store
        .write(&(mac, at), |tx, (mac, at)| Box::pin(check_out_in(tx, mac, *at)))
        .await
}

async fn check_out_in(tx: &mut AnyConnection, mac: &CallingMac, at: Timestamp) -> Result<bool> {
    let left = sqlx::query("UPDATE mdm_enrolment SET state = $3, ended_at = $4 WHERE id = $1 AND state = $2")
        .bind(mac.enrolment_id.to_string())
        .bind(State::Enrolled.word())
        .bind(State::Left.word())
        .bind(at.as_millis())
        .execute(&mut *tx)
        .await?;
    if left.rows_affected() == 0 {
        return Ok(false);
    }
    append_in(tx, mac, Verb::MdmLeft, at).await?;
    Ok(true)
}
