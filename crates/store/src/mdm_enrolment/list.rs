//! The enrolments of one Mac.

use trust::id::{MdmEnrolmentId, OrganizationId};
use trust::mdm_enrolment::State;
use trust::time::Timestamp;

use crate::row::Row;
use crate::{Result, Store};

/// An enrolment as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MdmEnrolment {
    /// Its id.
    pub id: MdmEnrolmentId,
    /// Where it has come to.
    pub state: State,
    /// When its profile was made.
    pub prepared_at: Timestamp,
    /// When the Mac enrolled by it.
    pub enrolled_at: Option<Timestamp>,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
}

/// The `limit` enrolments of a Mac that were made last, newest first, as they stand at `now`.
pub async fn list(
    store: &Store,
    organization_id: OrganizationId,
    serial_number: &str,
    limit: u32,
    now: Timestamp,
) -> Result<Vec<MdmEnrolment>> {
    let rows = sqlx::query(
        "SELECT * FROM mdm_enrolment WHERE organization_id = $1 AND serial_number = $2 \
         ORDER BY prepared_at DESC, id DESC LIMIT $3",
    )
    .bind(organization_id.to_string())
    .bind(serial_number)
    .bind(i64::from(limit))
    .fetch_all(store.readers())
    .await?;
    rows.iter()
        .map(|row| {
            let row = Row::new("mdm_enrolment", row);
            let prepared_at = row.time("prepared_at")?;
            Ok(MdmEnrolment {
                id: row.id("id")?,
                state: row.word("state", State::from_word)?.as_of(prepared_at, now),
                prepared_at,
                enrolled_at: row.optional_time("enrolled_at")?,
                ended_at: row.optional_time("ended_at")?,
            })
        })
        .collect()
}
