//! `GET /api/v1/devices`: devices by name.
#![expect(unused_qualifications, reason = "what utoipa writes for `params(Wanted)`")]

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::device;
use trust::id::DeviceId;
use utoipa::IntoParams;

use super::view::DeviceSummary;
use crate::app::SharedApp;
use crate::identity::Caller;
use crate::input::QueryOf;
use crate::page::{self, Page};
use crate::problem::Problem;

/// Which devices are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only those whose name, serial number, hardware UUID or model contains this.
    q: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// How many a page has: 1 to 500, 50 unless told.
    limit: Option<u32>,
}

/// Lists devices in the order of their names.
#[utoipa::path(get, path = "/api/v1/devices", tag = "devices", params(Wanted), responses(
    (status = 200, description = "A page of devices", body = Page<DeviceSummary>),
    (status = "4XX", description = "A problem", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_devices(
    State(app): State<SharedApp>,
    caller: Caller,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Json<Page<DeviceSummary>>, Problem> {
    let limit = page::limit(wanted.limit)?;
    let after: Option<(String, DeviceId)> = page::read_cursor(wanted.cursor.as_deref())?;
    let asked = device::Page {
        containing: wanted.q.unwrap_or_default(),
        after,
        limit: limit + 1,
    };
    let found = device::list(&app.store, caller.organization_id, &asked).await?;
    Ok(Json(Page::cut(
        found,
        limit,
        |device| (device.name.to_lowercase(), device.id),
        |device| DeviceSummary::of(&device, &app),
    )))
}
