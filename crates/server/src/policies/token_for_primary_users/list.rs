//! `GET /api/v1/policies/token-for-primary-users/devices`: the Macs whose primary user holds no token.
#![expect(unused_qualifications, reason = "what utoipa writes for `params(Wanted)`")]

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::device::{self, Device};
use trust::action::Action;
use trust::bulk::Readiness;
use trust::chain;
use trust::code::Code;
use trust::finding::Remedy;
use trust::id::DeviceId;
use utoipa::{IntoParams, ToSchema};

use crate::app::SharedApp;
use crate::devices::findings::diagnosed;
use crate::devices::plan::outlook;
use crate::identity::Caller;
use crate::input::QueryOf;
use crate::page::{self, Page};
use crate::problem::{Problem, ProblemView};

/// Which part of the list is wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many a page has: 1 to 500, 50 unless told.
    pub limit: Option<u32>,
}

/// A Mac whose primary user holds no token.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct WithoutToken {
    /// The device.
    #[schema(value_type = String, format = "uuid")]
    pub device_id: DeviceId,
    /// The device's name.
    pub device_name: String,
    /// Its serial number.
    pub serial_number: String,
    /// The person, as the enrolment data tells.
    pub person: Option<String>,
    /// The record name of the person's local account.
    pub account: Option<String>,
    /// What the account's token is worth: `absent` or `unusable`; `null` when the account does not exist.
    pub token: Option<String>,
    /// What was seen.
    pub evidence: String,
    /// What would mend it, when one action would: the first way out of the finding, without its passwords.
    pub action: Option<Action>,
    /// What that action lacks: `needs_credential` where its passwords are all that it needs, as in the plan of a bulk run
    /// that does not bring them; `needs_person` where something else stands in its way.
    pub readiness: Readiness,
    /// Why it is not ready.
    pub code: Option<Code>,
}

/// Lists the Macs whose primary user holds no token, by name.
#[utoipa::path(get, path = "/api/v1/policies/token-for-primary-users/devices", tag = "policies", params(Wanted), responses(
    (status = 200, description = "A page of Macs; empty while the policy is off", body = Page<WithoutToken>),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn list_primary_users_without_token(
    State(app): State<SharedApp>,
    caller: Caller,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Json<Page<WithoutToken>>, Problem> {
    list(&app, &caller, wanted).await.map(Json)
}

/// A page of Macs whose primary user holds no token.
pub(crate) async fn list(
    app: &SharedApp,
    caller: &Caller,
    wanted: Wanted,
) -> Result<Page<WithoutToken>, Problem> {
    let limit = page::limit(wanted.limit)?;
    let after: Option<(String, DeviceId)> = page::read_cursor(wanted.cursor.as_deref())?;
    let asked = device::Page {
        finding: Some(Code::PrimaryUserWithoutToken),
        after,
        limit: limit + 1,
        ..device::Page::default()
    };
    let found = device::list(&app.store, caller.organization_id, &asked).await?;
    let place = |device: &Device| (device.name.to_lowercase(), device.id);
    let page = Page::cut(found, limit, place, |device| device);
    let mut items = Vec::new();
    for device in page.items {
        items.extend(without_token(app, device).await?);
    }
    Ok(Page {
        items,
        next_cursor: page.next_cursor,
    })
}

/// What the list tells of a Mac; `None` when its primary user holds a token by now.
async fn without_token(app: &SharedApp, device: Device) -> Result<Option<WithoutToken>, Problem> {
    let observation = store::observation::find(&app.store, device.id).await?;
    let diagnosed = diagnosed(
        app,
        (device.organization_id, device.id),
        &device.serial_number,
        observation.as_ref(),
    )
    .await?;
    let is_it = |finding: &&trust::finding::Finding| finding.code == Code::PrimaryUserWithoutToken;
    let (Some(observation), Some(finding)) = (&observation, diagnosed.findings.iter().find(is_it)) else {
        return Ok(None);
    };
    let action = finding.remedies.iter().find_map(|remedy| match remedy {
        Remedy::Action { action, .. } => Some(action.clone()),
        Remedy::Person { .. } | Remedy::Runbook { .. } => None,
    });
    let (readiness, code) = match &action {
        Some(action) => Readiness::of_ready_made(&outlook(app, &device, action).await?),
        None => (Readiness::NeedsPerson, chain::obstacle(observation)),
    };
    let account = finding.account.as_deref();
    let members = chain::members(observation);
    let member = members
        .iter()
        .find(|member| Some(member.account.record_name.as_str()) == account);
    Ok(Some(WithoutToken {
        device_id: device.id,
        device_name: device.name,
        serial_number: device.serial_number,
        person: diagnosed.person,
        account: finding.account.clone(),
        token: member.map(|member| member.token.word().to_owned()),
        evidence: finding.evidence.clone(),
        action,
        readiness,
        code,
    }))
}
