//! Deciding a policy that is a number of days.

use serde::Serialize;
use store::days_policy::DaysPolicy;

use crate::app::App;
use crate::idempotency::{IdempotencyKey, done_once};
use crate::identity::Caller;
use crate::input::{REASON, Rule, SecretBody};
use crate::problem::Problem;

/// Decides a policy as a body says. Its field `name` has the days.
pub(super) async fn set_by<D: DaysPolicy + Serialize>(
    body: &SecretBody,
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    (name, rule): (&'static str, &Rule<D>),
) -> Result<(), Problem> {
    let mut fields = body.fields()?;
    let days = fields.required(name, rule)?;
    let reason = fields.optional("reason", &REASON)?;
    fields.end()?;
    set(app, caller, key, days, reason.as_deref()).await
}

/// Decides a policy.
pub(crate) async fn set<D: DaysPolicy + Serialize>(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    days: D,
    reason: Option<&str>,
) -> Result<(), Problem> {
    let operation = format!("set_{}_policy", D::WORD);
    let request = key.request(caller, &operation, &(days, reason), app.now());
    done_once(&store::days_policy::set(&app.store, &request, days, reason).await?)
}
