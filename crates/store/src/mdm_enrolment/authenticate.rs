//! A Mac enrols by a profile, or says again that it is enrolled.

use sqlx::AnyConnection;
use trust::mdm_enrolment::{Authenticated, State};
use trust::time::Timestamp;

use super::{CallingMac, append_in};
use crate::audit::Verb;
use crate::row::Row;
use crate::{Result, Store, escrow};

/// That a Mac authenticates.
#[derive(Debug, Clone)]
pub struct Authentication {
    /// The Mac.
    pub mac: CallingMac,
    /// When.
    pub at: Timestamp,
}

/// Enrols a Mac whose profile was not installed before: other enrolments of it are replaced, and its bootstrap token has no
/// current version. Where it is enrolled already, nothing is changed.
pub async fn authenticate(store: &Store, new: &Authentication) -> Result<Authenticated> {
    store
        .write(new, |tx, new| Box::pin(authenticate_in(tx, new)))
        .await
}

async fn authenticate_in(tx: &mut AnyConnection, new: &Authentication) -> Result<Authenticated> {
    let mac = &new.mac;
    let row = sqlx::query("SELECT state, prepared_at FROM mdm_enrolment WHERE id = $1")
        .bind(mac.enrolment_id.to_string())
        .fetch_one(&mut *tx)
        .await?;
    let row = Row::new("mdm_enrolment", &row);
    let state = row.word("state", State::from_word)?;
    let meaning = state.as_of(row.time("prepared_at")?, new.at).on_authenticate();
    if meaning != Authenticated::Anew {
        return Ok(meaning);
    }
    sqlx::query(
        "UPDATE mdm_enrolment SET state = $4, ended_at = $5 WHERE organization_id = $1 AND serial_number = $2 \
         AND id <> $3 AND state IN ('prepared', 'enrolled')",
    )
    .bind(mac.organization_id.to_string())
    .bind(mac.serial_number.as_str())
    .bind(mac.enrolment_id.to_string())
    .bind(State::Replaced.word())
    .bind(new.at.as_millis())
    .execute(&mut *tx)
    .await?;
    sqlx::query("UPDATE mdm_enrolment SET state = $2, enrolled_at = $3 WHERE id = $1")
        .bind(mac.enrolment_id.to_string())
        .bind(State::Enrolled.word())
        .bind(new.at.as_millis())
        .execute(&mut *tx)
        .await?;
    escrow::bootstrap_token_ends_in(tx, mac.organization_id, &mac.serial_number, mac.device_id, new.at)
        .await?;
    append_in(tx, mac, Verb::MdmEnrolled, new.at).await?;
    Ok(meaning)
}
