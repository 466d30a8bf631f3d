//! A bulk run as a caller asks for it.

use std::collections::BTreeMap;

use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use trust::action::{ActionTemplate, AdoptAccountTemplate, SecretRole};
use trust::bulk::Canary;
use trust::id::OrganizationId;
use trust::time::Timestamp;
use utoipa::ToSchema;

use super::selector::{Selector, SelectorInput, SelectorView};
use crate::actions::input::{ActionInput, AskedAction, Secrets, Terms, read_action};
use crate::app::App;
use crate::input::{COUNT, Fields, LongSecretBody, PERCENT, REASON, SECONDS, TIME};
use crate::problem::Problem;
use crate::sealing::Given;

/// A run stops when so many of a hundred have failed, unless the caller says.
const USUAL_FAILURE_PERCENT: u8 = 10;

/// How many devices at the same time, unless the caller says.
const USUAL_IN_FLIGHT: u64 = 100;

/// One action for many devices.
// Only its schema is used: what holds passwords is read field by field.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct BulkInput {
    /// Which devices.
    selector: SelectorInput,
    /// What is asked of each, without the fields of time, id and plan. A secret is given as `password`, which is
    /// sealed to each device's key and never kept, or as `password_from`.
    action: ActionInput,
    /// How many devices go first. Five unless told.
    canary: Option<CanaryInput>,
    /// The run stops when so many of a hundred have failed or were refused, 1 to 100. Ten unless told.
    stop_at_failure_percent: Option<u8>,
    /// At most so many devices at the same time. 100 unless told.
    in_flight: Option<u64>,
    /// How many devices the caller agreed to, as a plan counted those that are ready. When more are ready by the time the
    /// run is prepared, it stops before the first one (`bulk_plan_changed`) until somebody continues it.
    ready_at_most: Option<u64>,
    /// Nothing is released before this, in milliseconds since 1970; at most 30 days ahead.
    not_before: Option<i64>,
    /// No agent begins after this, in milliseconds since 1970; at most 30 days ahead.
    not_after: Option<i64>,
    /// The same as a span in seconds, from now or from `not_before`. Seven days unless told.
    valid_for_s: Option<u64>,
    /// Why, for the audit log.
    reason: Option<String>,
}

/// How many devices go first: one of these.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct CanaryInput {
    /// So many.
    count: Option<u64>,
    /// So many of a hundred that are ready.
    percent: Option<u8>,
}

/// A run as it was asked for.
pub(crate) struct AskedRun {
    /// Which devices.
    pub selector: Selector,
    /// What is asked of each.
    pub order: AskedAction,
    /// Everything else.
    pub terms: RunTerms,
}

/// What the order of a run says beside selector and action.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RunTerms {
    /// How many devices go first.
    pub canary: Canary,
    /// It stops when so many of a hundred have failed.
    pub stop_at_failure_percent: u8,
    /// At most so many devices at the same time.
    pub in_flight: u64,
    /// How many devices were agreed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ready_at_most: Option<u64>,
    /// When it may begin, and why it is asked.
    pub window: Terms,
}

/// What is kept of an order with its run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct KeptOrder {
    /// Which devices.
    pub selector: SelectorView,
    /// What is asked of each.
    #[schema(value_type = Object)]
    pub action: ActionTemplate,
}

/// Whether secrets must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SecretsAre {
    /// Every one.
    Needed,
    /// They may be left out; those that are there are looked at for wildcards.
    Optional,
}

impl AskedRun {
    /// Reads the order of a run.
    pub(crate) async fn read(
        app: &App,
        organization_id: OrganizationId,
        body: &LongSecretBody,
        secrets_are: SecretsAre,
    ) -> Result<Self, Problem> {
        let mut fields = body.fields()?;
        let selector = fields.object("selector")?;
        let mut secrets = BTreeMap::new();
        let mut action_fields = fields.object("action")?;
        let mut reading = match secrets_are {
            SecretsAre::Needed => Secrets::Needed(&mut secrets),
            SecretsAre::Optional => Secrets::Optional(&mut secrets),
        };
        let template = read_action(&mut action_fields, &mut reading)?;
        action_fields.end()?;
        if let ActionTemplate::AdoptAccount(AdoptAccountTemplate { person: Some(_), .. }) = &template {
            let rule = "is not there: a bulk run is about many Macs, and a person uses one of them";
            return Err(Problem::invalid("action.person", rule));
        }
        if template.confirm_device_name().is_some() {
            let rule = "is not there: it accepts what one Mac loses, and nobody types the names of many";
            return Err(Problem::invalid("action.confirm_device_name", rule));
        }
        let terms = read_terms(&mut fields)?;
        fields.end()?;
        if let Some((role, _)) = secrets.iter().find(|(_, given)| given.is_sealed()) {
            let rule = "is not there: a seal is one device's, so a bulk run takes `password`";
            return Err(Problem::invalid(format!("action.{}.sealed", role.word()), rule));
        }
        Ok(Self {
            selector: Selector::read(app, organization_id, selector).await?,
            order: AskedAction {
                template,
                secrets,
                terms: Terms::default(),
            },
            terms,
        })
    }

    /// The same without passwords in clear: a plan needs none of them.
    pub(crate) fn without_passwords(&self) -> Self {
        let given = self.order.secrets.iter();
        let secrets = given
            .filter(|(_, given)| matches!(given, Given::From(_)))
            .map(|(role, given)| (*role, given.clone()));
        Self {
            selector: self.selector.clone(),
            order: AskedAction {
                template: self.order.template.clone(),
                secrets: secrets.collect(),
                terms: self.order.terms.clone(),
            },
            terms: self.terms.clone(),
        }
    }

    /// Whether the same would come of both on every device, so that one plan is for both.
    pub(crate) fn has_the_plan_of(&self, other: &Self) -> bool {
        self.selector == other.selector
            && self.order.template == other.order.template
            && wildcards(self).eq(wildcards(other))
    }

    /// What is kept with the run.
    pub(crate) fn kept(&self) -> KeptOrder {
        KeptOrder {
            selector: SelectorView::from(&self.selector),
            action: self.order.template.clone(),
        }
    }
}

/// The texts that stand for passwords, by role.
fn wildcards(asked: &AskedRun) -> impl Iterator<Item = (SecretRole, &str)> {
    let secrets = asked.order.secrets.iter();
    secrets.filter_map(|(role, given)| match given {
        Given::From(text) => Some((*role, text.expose_secret())),
        Given::Password(_) | Given::Sealed(_) => None,
    })
}

fn read_terms(fields: &mut Fields<'_>) -> Result<RunTerms, Problem> {
    let canary = match fields.optional_object("canary")? {
        Some(canary) => read_canary(canary)?,
        None => Canary::default(),
    };
    let percent = fields.optional("stop_at_failure_percent", &PERCENT)?;
    Ok(RunTerms {
        canary,
        stop_at_failure_percent: percent.unwrap_or(USUAL_FAILURE_PERCENT),
        in_flight: fields.optional("in_flight", &COUNT)?.unwrap_or(USUAL_IN_FLIGHT),
        ready_at_most: fields.optional("ready_at_most", &COUNT)?,
        window: Terms {
            not_before: fields.optional::<Timestamp>("not_before", &TIME)?,
            not_after: fields.optional("not_after", &TIME)?,
            valid_for_s: fields.optional("valid_for_s", &SECONDS)?,
            reason: fields.optional("reason", &REASON)?,
            ..Terms::default()
        },
    })
}

fn read_canary(mut fields: Fields<'_>) -> Result<Canary, Problem> {
    let count = fields.optional("count", &COUNT)?;
    let percent = fields.optional("percent", &PERCENT)?;
    fields.end()?;
    match (count, percent) {
        (Some(count), None) => Ok(Canary::Count(count)),
        (None, Some(percent)) => Ok(Canary::Percent(percent)),
        _ => Err(Problem::invalid("canary", "has either `count` or `percent`")),
    }
}
