//! What an order means for one Mac: its wildcards take their values, collected secrets their roles, and an account that was
//! chosen otherwise than by its name gets its name. An order that cannot be resolved names the field, what it holds and the
//! Mac, and nothing of it is sent there.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use secrecy::{ExposeSecret as _, SecretString};
use store::collected_secret::CollectedSecret;
use store::device::Device;
use store::enrolment_attribute::Attributes;
use trust::account_choice::{NotOne, Unresolvable, WhyNotOne};
use trust::action::{Action, SecretRole};
use trust::code::Code;
use trust::enrolment::{AttributeName, EnrolmentRecord, SerialNumber};
use trust::policy::OnOffPolicy;
use trust::time::Timestamp;
use trust::wildcard::{Field, ResolvedSecret, Unresolved, Values, Why, Word};
use wire::collected::CollectedRef;
use wire::seal::{LONGEST_SECRET, Sealed};

use super::input::AskedAction;
use crate::app::App;
use crate::enrolment_records::collection::collection;
use crate::problem::{ChoiceTrouble, Problem, WildcardTrouble};
use crate::sealing::Given;

/// An order as it is for one Mac.
pub(crate) struct ResolvedAction {
    /// What is asked of this Mac.
    pub action: Action,
    /// The secrets that were given, with values in the place of wildcards.
    pub given: BTreeMap<SecretRole, Given>,
    /// The collected secrets that play a role.
    pub collected: BTreeMap<SecretRole, CollectedRole>,
}

/// A collected secret that plays a role in an action.
#[derive(Debug, Clone)]
pub(crate) struct CollectedRole {
    /// Which collecting it came from.
    pub reference: CollectedRef,
    /// When it was collected.
    pub collected_at: Timestamp,
    /// The secret, sealed to the device for being collected.
    pub sealed: Sealed,
}

impl ResolvedAction {
    /// An action that holds no wildcards, and none of its secrets.
    pub(crate) fn of(action: Action) -> Self {
        Self {
            action,
            given: BTreeMap::new(),
            collected: BTreeMap::new(),
        }
    }

    /// The collected secrets by role, as an envelope names them.
    pub(crate) fn collected_refs(&self) -> BTreeMap<SecretRole, CollectedRef> {
        let of = |(role, collected): (&SecretRole, &CollectedRole)| (*role, collected.reference.clone());
        self.collected.iter().map(of).collect()
    }
}

/// Resolves an order for a device. Where it is the same for every Mac, nothing is read.
pub(crate) async fn resolve(
    app: &App,
    device: &Device,
    asked: &AskedAction,
) -> Result<ResolvedAction, Problem> {
    let known = if has_wildcards(asked) {
        Known::read(app, device).await?
    } else {
        Known::default()
    };
    let observation = match asked
        .template
        .target()
        .is_some_and(|target| target.asks_the_mac())
    {
        true => store::observation::find(&app.store, device.id).await?,
        false => None,
    };
    let accounts = observation.as_ref().and_then(|seen| seen.accounts.value());
    let values = Values {
        serial_number: &device.serial_number,
        device_name: &device.name,
        record: known.record.as_ref(),
        attributes: &known.attributes,
        accounts: accounts.map(Vec::as_slice),
    };
    let trouble = |unresolved: Unresolved| told(&unresolved, device);
    let action = asked.template.resolve(&values).map_err(|error| match error {
        Unresolvable::Wildcard(unresolved) => trouble(unresolved),
        Unresolvable::Account(not_one) => not_one_account(not_one, device),
    })?;
    let mut resolved = ResolvedAction::of(action);
    if may_promote(app, device, asked).await? {
        resolved.action.allow_promotion();
    }
    for (role, given) in &asked.secrets {
        match given {
            Given::From(text) => {
                let field = Field::password_of(*role);
                match values
                    .resolve_secret(text.expose_secret(), field)
                    .map_err(trouble)?
                {
                    ResolvedSecret::Password(password) => {
                        let password = fitting(SecretString::from(password), field).map_err(trouble)?;
                        resolved.given.insert(*role, Given::Password(password));
                    }
                    ResolvedSecret::Collected(attribute) => {
                        let collected = known.collected(app, device, field, attribute)?;
                        resolved.collected.insert(*role, collected);
                    }
                }
            }
            given @ (Given::Password(_) | Given::Sealed(_)) => {
                resolved.given.insert(*role, given.clone());
            }
        }
    }
    Ok(resolved)
}

/// Whether the organisation lets any grant promote a standard holder. What a caller has sealed is bound to what he asked,
/// and stays as it is.
async fn may_promote(app: &App, device: &Device, asked: &AskedAction) -> Result<bool, Problem> {
    if asked.secrets.values().any(Given::is_sealed) {
        return Ok(false);
    }
    let policy = OnOffPolicy::PromoteAdministrators;
    let policy = store::on_off_policy::find(&app.store, device.organization_id, policy).await?;
    Ok(policy.enabled)
}

fn has_wildcards(asked: &AskedAction) -> bool {
    let is_one = |given: &Given| matches!(given, Given::From(_));
    !asked.template.fields_per_mac().is_empty() || asked.secrets.values().any(is_one)
}

/// Everything that wildcards can stand for on one Mac.
#[derive(Default)]
struct Known {
    attributes: Attributes,
    record: Option<EnrolmentRecord>,
    secrets: Vec<CollectedSecret>,
}

impl Known {
    async fn read(app: &App, device: &Device) -> Result<Self, Problem> {
        let organization_id = device.organization_id;
        let attributes = store::enrolment_attribute::list(&app.store, organization_id).await?;
        // A Mac whose number is none has no record.
        let Ok(serial_number) = device.serial_number.parse::<SerialNumber>() else {
            return Ok(Self {
                attributes,
                ..Self::default()
            });
        };
        let kept = store::enrolment_record::find(&app.store, organization_id, &serial_number).await?;
        Ok(Self {
            attributes,
            record: kept.map(|kept| kept.record),
            secrets: store::collected_secret::list(&app.store, organization_id, &serial_number).await?,
        })
    }

    /// The secret of an attribute, when it can be used on the device.
    fn collected(
        &self,
        app: &App,
        device: &Device,
        field: Field,
        attribute: AttributeName,
    ) -> Result<CollectedRole, Problem> {
        let found = self.secrets.iter().find(|secret| secret.attribute == attribute);
        let refusal = match found {
            Some(secret) => collection(app, secret, Some(device)).state.refusal(),
            None => Some(Code::UnresolvedWildcard),
        };
        match (found, refusal) {
            (
                Some(CollectedSecret {
                    id,
                    collected_at,
                    sealed: Some(sealed),
                    ..
                }),
                None,
            ) => Ok(CollectedRole {
                reference: CollectedRef {
                    attribute,
                    collection_id: *id,
                },
                collected_at: *collected_at,
                sealed: sealed.clone(),
            }),
            (_, refusal) => {
                let trouble = WildcardTrouble {
                    field,
                    wildcard: Some(attribute.wildcard()),
                    device: device.name.clone(),
                    why: Why::NoValue,
                };
                Err(match refusal {
                    Some(Code::CredentialStale) => Problem::conflict(Code::CredentialStale),
                    _ => unresolved(),
                }
                .about(trouble))
            }
        }
    }
}

/// A password as Apple's tools take it.
fn fitting(password: SecretString, field: Field) -> Result<SecretString, Unresolved> {
    let length = password.expose_secret().len();
    if (1..=LONGEST_SECRET).contains(&length) {
        return Ok(password);
    }
    Err(Unresolved {
        field,
        wildcard: None,
        why: Why::Unfit,
    })
}

fn told(unresolved_field: &Unresolved, device: &Device) -> Problem {
    let Unresolved { field, wildcard, why } = unresolved_field;
    let problem = match why {
        Why::SecretInName => Problem::invalid(
            field.path(),
            "holds no secret wildcard: those stand in password fields only",
        ),
        Why::SecretNotAlone => Problem::invalid(
            field.path(),
            "holds a secret wildcard alone, with nothing before or after it",
        ),
        Why::NoValue | Why::NotKnown | Why::Unfit => unresolved(),
    };
    problem.about(WildcardTrouble {
        field: *field,
        wildcard: wildcard.as_ref().map(Word::wildcard),
        device: device.name.clone(),
        why: *why,
    })
}

fn not_one_account(not_one: NotOne, device: &Device) -> Problem {
    let code = match not_one.why {
        WhyNotOne::NotObserved => Code::NotObserved,
        WhyNotOne::Nobody => Code::TargetNotMatched,
        WhyNotOne::Several(_) => Code::TargetAmbiguous,
    };
    Problem::unprocessable(code).of_choice(ChoiceTrouble {
        not_one,
        device: device.name.clone(),
    })
}

fn unresolved() -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Code::UnresolvedWildcard)
}

#[cfg(test)]
mod tests;
