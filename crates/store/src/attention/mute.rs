//! Leaving a device, or one of its reasons, out of the list until a certain time.

use sqlx::AnyConnection;
use trust::attention::Mute;
use trust::code::Code;
use trust::id::DeviceId;

use super::KeptAttention;
use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::row::{Row, to_json};
use crate::{Result, Store};

/// Mutes a device, or one reason of it, in the place of the same mute before. `end` is its end as the audit log tells it.
pub async fn mute(
    store: &Store,
    request: &Request,
    device_id: DeviceId,
    mute: &Mute,
    end: &str,
) -> Result<Known> {
    store
        .write(
            &(request, device_id, mute, end),
            |tx, (request, device_id, mute, end)| Box::pin(mute_in(tx, request, *device_id, mute, end)),
        )
        .await
}

async fn mute_in(
    tx: &mut AnyConnection,
    request: &Request,
    device_id: DeviceId,
    mute: &Mute,
    end: &str,
) -> Result<Known> {
    let known = idempotency::begin_in(tx, request).await?;
    if known != Known::New {
        return Ok(known);
    }
    let mut kept = Kept::read_in(tx, device_id).await?;
    Mute::put(&mut kept.mutes, mute.clone());
    kept.write_in(tx, device_id).await?;
    let entry = entry(
        request,
        Verb::AttentionMuted,
        device_id,
        mute.code,
        Some(&mute.reason),
    );
    let detail = Some(format!("until {end}"));
    audit::append(tx, NewEntry { detail, ..entry }).await?;
    Ok(Known::New)
}

/// Takes the mute of this reason away, `None` for the whole device's. Where there is none, nothing is changed and nothing
/// told in the audit log.
pub async fn unmute(
    store: &Store,
    request: &Request,
    device_id: DeviceId,
    code: Option<Code>,
) -> Result<Known> {
    store
        .write(&(request, device_id, code), |tx, (request, device_id, code)| {
            Box::pin(unmute_in(tx, request, *device_id, *code))
        })
        .await
}

async fn unmute_in(
    tx: &mut AnyConnection,
    request: &Request,
    device_id: DeviceId,
    code: Option<Code>,
) -> Result<Known> {
    let known = idempotency::begin_in(tx, request).await?;
    if known != Known::New {
        return Ok(known);
    }
    let mut kept = Kept::read_in(tx, device_id).await?;
    if Mute::lift(&mut kept.mutes, code, request.at) {
        kept.write_in(tx, device_id).await?;
        let entry = entry(request, Verb::AttentionUnmuted, device_id, code, None);
        audit::append(tx, entry).await?;
    }
    Ok(Known::New)
}

/// What of a device's row mutes are about.
struct Kept {
    mutes: Vec<Mute>,
    attention: KeptAttention,
}

impl Kept {
    async fn read_in(tx: &mut AnyConnection, device_id: DeviceId) -> Result<Self> {
        let row = sqlx::query("SELECT attention, mutes FROM device WHERE id = $1")
            .bind(device_id.to_string())
            .fetch_one(tx)
            .await?;
        let row = Row::new("device", &row);
        Ok(Self {
            mutes: row.json("mutes")?,
            attention: row.json("attention")?,
        })
    }

    async fn write_in(&self, tx: &mut AnyConnection, device_id: DeviceId) -> Result<()> {
        sqlx::query("UPDATE device SET mutes = $2 WHERE id = $1")
            .bind(device_id.to_string())
            .bind(to_json("mutes", &self.mutes)?)
            .execute(&mut *tx)
            .await?;
        for (place, kept) in (0_i64..).zip(&self.attention.reasons) {
            sqlx::query("UPDATE attention SET muted_until = $3 WHERE device_id = $1 AND place = $2")
                .bind(device_id.to_string())
                .bind(place)
                .bind(Mute::end_for(&self.mutes, kept.reason.code).as_millis())
                .execute(&mut *tx)
                .await?;
        }
        Ok(())
    }
}

fn entry<'a>(
    request: &'a Request,
    verb: Verb,
    device_id: DeviceId,
    code: Option<Code>,
    reason: Option<&'a str>,
) -> NewEntry<'a> {
    NewEntry {
        device_id: Some(device_id),
        subject: code.map(|code| code.word().to_owned()),
        reason,
        ..NewEntry::of(request, verb)
    }
}
