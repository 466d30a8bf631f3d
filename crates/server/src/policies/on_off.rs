//! Turning a policy on or off.

use trust::policy::OnOffPolicy;
use utoipa::ToSchema;

use crate::app::App;
use crate::devices::diagnose_anew::diagnose_anew;
use crate::idempotency::{IdempotencyKey, done_once};
use crate::identity::Caller;
use crate::input::{FLAG, REASON, SecretBody};
use crate::problem::Problem;

/// What a policy is to be.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct OnOffInput {
    /// Whether it is on.
    enabled: bool,
    /// Why, for the audit log.
    reason: Option<String>,
}

/// Turns a policy on or off as a body says.
pub(super) async fn set_by(
    body: &SecretBody,
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    policy: OnOffPolicy,
) -> Result<(), Problem> {
    let mut fields = body.fields()?;
    let enabled = fields.required("enabled", &FLAG)?;
    let reason = fields.optional("reason", &REASON)?;
    fields.end()?;
    set(app, caller, key, policy, enabled, reason.as_deref()).await
}

/// Turns a policy on or off, and looks at the first Macs when they have findings by it.
pub(crate) async fn set(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    policy: OnOffPolicy,
    enabled: bool,
    reason: Option<&str>,
) -> Result<(), Problem> {
    let operation = format!("set_{}", policy.word());
    let request = key.request(caller, &operation, &(enabled, reason), app.now());
    done_once(&store::on_off_policy::set(&app.store, &request, policy, enabled, reason).await?)?;
    if policy.has_findings() {
        diagnose_anew(app).await?;
    }
    Ok(())
}
