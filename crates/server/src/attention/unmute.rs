//! `DELETE /api/v1/devices/{id}/mute`: takes a mute away before it ends.
#![expect(unused_qualifications, reason = "what utoipa writes for `params(Muted)`")]

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use trust::code::Code;
use utoipa::IntoParams;

use super::view::AttentionView;
use crate::app::{App, SharedApp};
use crate::devices::list::finding_code;
use crate::idempotency::{IdempotencyKey, done_once};
use crate::identity::Caller;
use crate::input::{PathOf, QueryOf};
use crate::problem::{Problem, ProblemView};

/// Which mute.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Muted {
    /// That of this one reason, the code of a finding; that of the whole device where it is left out.
    code: Option<String>,
}

/// Takes a mute away. Where there is none, all stays as it is.
#[utoipa::path(delete, path = "/api/v1/devices/{id}/mute", tag = "devices", params(("id" = String, Path, description = "The device"), Muted, ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), responses(
    (status = 200, description = "Where the device stands now", body = AttentionView),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn unmute_device(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    QueryOf(muted): QueryOf<Muted>,
    key: IdempotencyKey,
) -> Result<Json<AttentionView>, Problem> {
    let code = finding_code(muted.code.as_deref())
        .map_err(|_| Problem::invalid("code", "is a code of the catalogue"))?;
    unmute(&app, &caller, &id, &key, code).await.map(Json)
}

/// Takes the mute away of what an address names, and tells where it stands then.
pub(crate) async fn unmute(
    app: &App,
    caller: &Caller,
    device_id: &str,
    key: &IdempotencyKey,
    code: Option<Code>,
) -> Result<AttentionView, Problem> {
    let device = crate::devices::find(app, caller, device_id).await?;
    let request = key.request(caller, "unmute_device", &(device.id, code), app.now());
    done_once(&store::attention::unmute(&app.store, &request, device.id, code).await?)?;
    app.events.device(device.organization_id, device.id);
    super::standing(app, caller, device_id).await
}
