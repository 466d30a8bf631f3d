//! `POST /api/v1/devices/{id}/service-account/policy-conflict-choice`: somebody chooses a way past the password policy that
//! leaves no password for a Mac's service account. The choice is kept, and the Mac's agent tries again.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use serde_json::value::RawValue;
use store::device::Device;
use store::idempotency::Known;
use store::policy_conflict_choice::{KeptChoice, NewChoice};
use trust::code::Code;
use trust::observation::{Observation, PasswordOutlook};
use trust::service_account::Settings;
use trust::service_account::policy_conflict::{
    Choice, ObstructingRule, Retry, Workaround, choices, retry_after,
};
use trust::time::Timestamp;
use utoipa::ToSchema;

use super::service_account::{ServiceAccountView, view};
use crate::app::{App, SharedApp};
use crate::devices::diagnose_anew::diagnose_anew;
use crate::idempotency::{IdempotencyKey, done_once};
use crate::identity::Caller;
use crate::input::{PathOf, REASON, Rule, SecretBody};
use crate::problem::{Problem, ProblemView};

/// The address of Bestow's own MDM, which it does not have yet.
const OUR_MDM: Option<&str> = None;

const WORKAROUND: Rule<Workaround> = Rule {
    says: "is `exclude_mac`, `remove_policy` or `become_mdm`",
    read: |value: &RawValue| serde_json::from_str(value.get()).ok(),
};

/// Which way is chosen.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct PolicyConflictChoiceInput {
    /// The way: one of the open ones among the `choices` of the device's service account.
    workaround: Workaround,
    /// Why, for the audit log.
    reason: Option<String>,
}

/// The way that was chosen last, and what came of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChosenView {
    /// What was chosen.
    pub workaround: Workaround,
    /// What people call it.
    pub label: &'static str,
    /// When.
    pub at: Timestamp,
    /// By whom, such as `person:grace`.
    pub by: String,
    /// Why, in that one's words.
    pub reason: Option<String>,
    /// The rules that stood in the way.
    pub rules: Vec<ObstructingRule>,
    /// What a person does, in order.
    pub steps: Vec<String>,
    /// What came of trying again after it.
    pub retry: Retry,
    /// The same in a sentence.
    pub retry_sentence: String,
}

impl ChosenView {
    /// The choice on the Mac that was seen so, whose agent is to go by `settings`.
    pub(crate) fn of(kept: KeptChoice, observation: Option<&Observation>, settings: &Settings) -> Self {
        let ways = observation.map(|seen| choices(&kept.rules, seen, OUR_MDM));
        let chosen = ways
            .into_iter()
            .flatten()
            .find(|choice| choice.workaround == kept.workaround);
        let retry = retry_after(kept.at, observation, settings);
        Self {
            workaround: kept.workaround,
            label: kept.workaround.label(),
            at: kept.at,
            by: kept.by,
            reason: kept.reason,
            rules: kept.rules,
            steps: chosen.map(|choice| choice.steps).unwrap_or_default(),
            retry_sentence: retry.sentence(),
            retry,
        }
    }
}

/// Chooses a way past the password policy. The agent tries again at its next check-in, which it is rung for.
#[utoipa::path(post, path = "/api/v1/devices/{id}/service-account/policy-conflict-choice", tag = "devices", params(("id" = String, Path, description = "The device"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = PolicyConflictChoiceInput, responses(
    (status = 200, description = "The service account as it stands now", body = ServiceAccountView),
    (status = 409, description = "`no_policy_conflict`", body = ProblemView, content_type = "application/problem+json"),
    (status = 422, description = "`workaround_closed`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn choose_past_policy_conflict(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<ServiceAccountView>, Problem> {
    let mut fields = body.fields()?;
    let workaround = fields.required("workaround", &WORKAROUND)?;
    let reason = fields.optional("reason", &REASON)?;
    fields.end()?;
    let device = super::find(&app, &caller, &id).await?;
    choose(&app, &caller, &device, &key, (workaround, reason.as_deref())).await?;
    view(&app, &device).await.map(Json)
}

/// Keeps the choice, and rings for the agent.
pub(crate) async fn choose(
    app: &App,
    caller: &Caller,
    device: &Device,
    key: &IdempotencyKey,
    (workaround, reason): (Workaround, Option<&str>),
) -> Result<(), Problem> {
    let asked = (device.id, workaround, reason);
    let request = key.request(caller, "choose_past_policy_conflict", &asked, app.now());
    let known = match store::idempotency::look_up(&app.store, &request).await? {
        Known::New => {
            let observation = store::observation::find(&app.store, device.id).await?;
            let rules = rules_of(observation.as_ref());
            open(workaround, &rules, observation.as_ref())?;
            let new = NewChoice {
                device_id: device.id,
                workaround,
                reason,
                rules: &rules,
            };
            store::policy_conflict_choice::choose(&app.store, &request, &new).await?
        }
        known => known,
    };
    done_once(&known)?;
    app.events.device(device.organization_id, device.id);
    app.bell.ring(device.id);
    diagnose_anew(app).await
}

/// The rules of the Mac that was seen so that leave no password together; none where they leave one.
pub(crate) fn rules_of(observation: Option<&Observation>) -> Vec<ObstructingRule> {
    let seen = observation.and_then(|observation| observation.service_account.value());
    match seen.map(|seen| &seen.policy.password) {
        Some(PasswordOutlook::Conflict { rules }) => rules.clone(),
        _ => Vec::new(),
    }
}

/// The ways past these rules on the Mac that was seen so; none where there are no rules in the way.
pub(crate) fn ways(rules: &[ObstructingRule], observation: Option<&Observation>) -> Vec<Choice> {
    match observation {
        Some(observation) if !rules.is_empty() => choices(rules, observation, OUR_MDM),
        _ => Vec::new(),
    }
}

/// Refuses a way that is closed, with what is against it.
fn open(
    workaround: Workaround,
    rules: &[ObstructingRule],
    observation: Option<&Observation>,
) -> Result<(), Problem> {
    let ways = ways(rules, observation);
    let Some(way) = ways.iter().find(|way| way.workaround == workaround) else {
        return Err(Problem::conflict(Code::NoPolicyConflict));
    };
    match way.against() {
        None => Ok(()),
        Some(against) => {
            let closed = format!("{}: {}; {}.", workaround.label(), against.demand, against.saw);
            Err(Problem::unprocessable(Code::WorkaroundClosed).because(closed))
        }
    }
}

#[cfg(test)]
mod tests;
