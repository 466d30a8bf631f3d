//! Why devices need attention: what the list, its filters and its counts read, kept beside the findings. The whole of it is
//! copied to the device's row, so that showing it reads nothing else.

mod counts;
mod mute;
mod owner;

pub use counts::{Counts, counts};
pub use mute::{mute, unmute};
pub use owner::set_owner;

use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use trust::attention::{Attention, Mute, Reason};
use trust::code::Code;
use trust::id::DeviceId;
use trust::time::Timestamp;

use crate::Result;
use crate::row::{Row, to_json};

/// Why a device needs attention, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct KeptAttention {
    /// What is to be seen to first stands first.
    pub reasons: Vec<KeptReason>,
    /// See [`Attention::admin_list`].
    pub admin_list: Option<Vec<String>>,
}

/// One reason, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptReason {
    /// Since when it has been one without a break.
    pub since: Timestamp,
    /// The reason.
    #[serde(flatten)]
    pub reason: Reason,
}

impl KeptAttention {
    /// `new` as it was diagnosed at `at`: a reason that was one before stays as old as it is.
    fn after(&self, new: &Attention, at: Timestamp) -> Self {
        let kept = |reason: &Reason| KeptReason {
            since: self.since(reason.code).unwrap_or(at),
            reason: reason.clone(),
        };
        Self {
            reasons: new.reasons.iter().map(kept).collect(),
            admin_list: new.admin_list.clone(),
        }
    }

    fn since(&self, code: Code) -> Option<Timestamp> {
        let of_code = self.reasons.iter().find(|kept| kept.reason.code == code);
        of_code.map(|kept| kept.since)
    }
}

/// Puts what was diagnosed at `at` in the place of what was there before, as part of a transaction. The device's row and its
/// place in the index of words are up to date.
pub(crate) async fn replace_in(
    tx: &mut AnyConnection,
    device_id: DeviceId,
    attention: &Attention,
    at: Timestamp,
) -> Result<()> {
    let row = sqlx::query("SELECT attention, mutes FROM device WHERE id = $1")
        .bind(device_id.to_string())
        .fetch_one(&mut *tx)
        .await?;
    let row = Row::new("device", &row);
    let before: KeptAttention = row.json("attention")?;
    let now = before.after(attention, at);
    if now == before {
        return Ok(());
    }
    let mutes: Vec<Mute> = row.json("mutes")?;
    forget_in(tx, device_id).await?;
    for (place, kept) in (0_i64..).zip(&now.reasons) {
        sqlx::query(
            "INSERT INTO attention (organization_id, device_id, place, code, turn, remedy, owner, enrolled_at, muted_until, \
             sort_name) SELECT organization_id, id, $2, $3, $4, $5, owner, enrolled_at, $6, sort_name \
             FROM device WHERE id = $1",
        )
        .bind(device_id.to_string())
        .bind(place)
        .bind(kept.reason.code.word())
        .bind(kept.reason.turn.word())
        .bind(kept.reason.remedy.word())
        .bind(Mute::end_for(&mutes, kept.reason.code).as_millis())
        .execute(&mut *tx)
        .await?;
    }
    sqlx::query("UPDATE device SET attention = $2 WHERE id = $1")
        .bind(device_id.to_string())
        .bind(to_json("attention", &now)?)
        .execute(tx)
        .await?;
    Ok(())
}

/// Takes a device out of the list, as part of a transaction.
pub(crate) async fn forget_in(tx: &mut AnyConnection, device_id: DeviceId) -> Result<()> {
    sqlx::query("DELETE FROM attention WHERE device_id = $1")
        .bind(device_id.to_string())
        .execute(tx)
        .await?;
    Ok(())
}
