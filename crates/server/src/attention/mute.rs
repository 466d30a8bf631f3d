//! `PUT /api/v1/devices/{id}/mute`: leaves a device, or one reason of it, out of those that need attention for a while.

use axum::Json;
use axum::extract::State;
use jiff::Timestamp as Moment;
use trust::attention::{Mute, NotAMute};
use trust::code::Code;
use trust::time::Timestamp;
use utoipa::ToSchema;

use super::view::AttentionView;
use crate::app::{App, SharedApp};
use crate::idempotency::{IdempotencyKey, done_once};
use crate::identity::Caller;
use crate::input::{FINDING, PathOf, SAID, SecretBody, TIME};
use crate::problem::{Problem, ProblemView};

/// What is muted.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct MuteInput {
    /// When it ends: in the future, and within a year.
    until: Timestamp,
    /// Why, for the audit log and for whoever looks at the device.
    reason: String,
    /// The one reason that is muted, the code of a finding; the whole device where it is left out.
    code: Option<String>,
}

/// What is to be muted.
#[derive(Debug)]
pub(crate) struct Muting {
    /// The one reason; `None` for the whole device.
    pub code: Option<Code>,
    /// When it ends.
    pub until: Timestamp,
    /// Why.
    pub reason: String,
}

/// Mutes a device or one reason of it, in the place of the same mute before. It ends by itself.
#[utoipa::path(put, path = "/api/v1/devices/{id}/mute", tag = "devices", params(("id" = String, Path, description = "The device"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = MuteInput, responses(
    (status = 200, description = "Where the device stands now", body = AttentionView),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn mute_device(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<AttentionView>, Problem> {
    let mut fields = body.fields()?;
    let muting = Muting {
        until: fields.required("until", &TIME)?,
        reason: fields.required("reason", &SAID)?,
        code: fields.optional("code", &FINDING)?,
    };
    fields.end()?;
    mute(&app, &caller, &id, &key, muting).await.map(Json)
}

/// Mutes what an address names, and tells where it stands then.
pub(crate) async fn mute(
    app: &App,
    caller: &Caller,
    device_id: &str,
    key: &IdempotencyKey,
    muting: Muting,
) -> Result<AttentionView, Problem> {
    let device = crate::devices::find(app, caller, device_id).await?;
    let now = app.now();
    Mute::check_end(muting.until, now).map_err(|broken| match broken {
        NotAMute::Past => Problem::invalid("until", "is in the future"),
        NotAMute::TooLong => Problem::invalid("until", "is within a year"),
    })?;
    let asked = (device.id, muting.code, muting.until, &muting.reason);
    let request = key.request(caller, "mute_device", &asked, now);
    let mute = Mute {
        code: muting.code,
        until: muting.until,
        reason: muting.reason.clone(),
        by: caller.actor.to_string(),
        at: now,
    };
    let end = in_words(mute.until);
    done_once(&store::attention::mute(&app.store, &request, device.id, &mute, &end).await?)?;
    app.events.device(device.organization_id, device.id);
    super::standing(app, caller, device_id).await
}

fn in_words(at: Timestamp) -> String {
    let moment = Moment::from_millisecond(at.as_millis());
    moment.map_or_else(
        |_| at.to_string(),
        |moment| moment.strftime("%Y-%m-%d %H:%M UTC").to_string(),
    )
}
