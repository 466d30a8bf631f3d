//! `PUT /api/v1/policies/filevault`: decides what the organisation wants of FileVault.

use axum::Json;
use axum::extract::State;
use trust::filevault_policy::{FileVaultPolicy, NotAPolicy};
use utoipa::ToSchema;

use super::show::{FileVaultPolicyView, find};
use crate::app::{App, SharedApp};
use crate::idempotency::{IdempotencyKey, done_once};
use crate::identity::Caller;
use crate::input::{BYPASSES, FLAG, REASON, SecretBody, TEXT};
use crate::problem::{Problem, ProblemView};

/// What the policy is to be. What is left out stays as it is.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct FileVaultPolicyInput {
    /// Where the recovery key goes, as macOS tells whoever turns FileVault on: 1 to 255 characters.
    location: Option<String>,
    /// Whether FileVault is to be turned on, at a login or logout.
    turn_on: Option<bool>,
    /// How often that can be put off at a login: 0 to 9999, -1 for ever.
    bypasses: Option<i16>,
    /// Whether macOS asks at a logout, too.
    ask_at_logout: Option<bool>,
    /// Whether the person sees the recovery key.
    show_recovery_key: Option<bool>,
    /// Whether the Setup Assistant turns it on.
    in_setup_assistant: Option<bool>,
    /// Whether nobody may turn it off.
    prevent_turning_off: Option<bool>,
    /// Whether nobody may turn it on.
    prevent_turning_on: Option<bool>,
    /// Whether the disk's key is forgotten in standby.
    forget_key_in_standby: Option<bool>,
    /// Why, for the audit log.
    reason: Option<String>,
}

/// Decides what the organisation wants of FileVault. It reaches Macs with the profile, which has to be installed anew.
#[utoipa::path(put, path = "/api/v1/policies/filevault", tag = "policies", params(("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = FileVaultPolicyInput, responses(
    (status = 200, description = "The policy as it is now", body = FileVaultPolicyView),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn set_filevault_policy(
    State(app): State<SharedApp>,
    caller: Caller,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<FileVaultPolicyView>, Problem> {
    let before = store::filevault_policy::find(&app.store, caller.organization_id).await?;
    let before = before.settings;
    let mut fields = body.fields()?;
    let mut flag = |name: &str, before: bool| -> Result<bool, Problem> {
        Ok(fields.optional(name, &FLAG)?.unwrap_or(before))
    };
    let wanted = FileVaultPolicy {
        turn_on: flag("turn_on", before.turn_on)?,
        ask_at_logout: flag("ask_at_logout", before.ask_at_logout)?,
        show_recovery_key: flag("show_recovery_key", before.show_recovery_key)?,
        in_setup_assistant: flag("in_setup_assistant", before.in_setup_assistant)?,
        prevent_turning_off: flag("prevent_turning_off", before.prevent_turning_off)?,
        prevent_turning_on: flag("prevent_turning_on", before.prevent_turning_on)?,
        forget_key_in_standby: flag("forget_key_in_standby", before.forget_key_in_standby)?,
        bypasses: fields.optional("bypasses", &BYPASSES)?.unwrap_or(before.bypasses),
        location: fields.optional("location", &TEXT)?.unwrap_or(before.location),
    };
    let reason = fields.optional("reason", &REASON)?;
    fields.end()?;
    set(&app, &caller, &key, wanted, reason.as_deref()).await?;
    find(&app, caller.organization_id).await.map(Json)
}

/// Changes the policy.
pub(crate) async fn set(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    wanted: FileVaultPolicy,
    reason: Option<&str>,
) -> Result<(), Problem> {
    let wanted = wanted.checked().map_err(|broken| match broken {
        NotAPolicy::Location => Problem::invalid(
            "location",
            "has 1 to 255 characters, none of them a control character",
        ),
        NotAPolicy::Bypasses => Problem::invalid("bypasses", BYPASSES.says),
        NotAPolicy::OnAndPrevented => {
            Problem::invalid("prevent_turning_on", "is false where `turn_on` is true")
        }
    })?;
    let request = key.request(caller, "set_filevault_policy", &(&wanted, reason), app.now());
    done_once(&store::filevault_policy::set(&app.store, &request, &wanted, reason).await?)
}
