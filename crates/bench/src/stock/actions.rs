//! Actions that wait in a filled store.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use rand_core::CryptoRng;
use secrecy::SecretString;
use store::action::{Accepted, NewAction};
use trust::action::{Action, GrantSecureToken, SecretRole};
use trust::plan::{Knowledge, Plan, Situation};
use trust::time::Timestamp;
use wire::envelope::{Envelope, VERSION};
use wire::seal::seal;

use super::fill::{Filling, Stocked, fresh_id};

/// Accepts a grant from ada to ben for a device, if its Mac admits one. Answers whether it does.
pub(super) async fn accept<R: CryptoRng>(
    filling: &mut Filling<'_, R>,
    device: &Stocked,
    at: Timestamp,
) -> anyhow::Result<bool> {
    let action = Action::GrantSecureToken(GrantSecureToken {
        administrator: "ada".parse()?,
        target: "ben".parse()?,
        promote_administrator: false,
    });
    let situation = Situation {
        observation: device.seen.as_ref(),
        online: false,
        knowledge: Knowledge::NONE,
    };
    let plan = Plan::for_action(&action, &situation);
    if plan.refusal().is_some() {
        return Ok(false);
    }
    let envelope = Envelope {
        version: VERSION,
        id: fresh_id(at, filling.rng),
        organization_id: filling.organization_id,
        device_id: device.id,
        not_after: at.plus(Duration::from_hours(7 * 24)),
        action,
        collected: BTreeMap::new(),
    };
    let sealing_key = device.keys.sealing.public_key();
    let mut secrets = BTreeMap::new();
    for role in SecretRole::ALL {
        let password = SecretString::from("a throw-away password");
        let bound_to = envelope.associated_data(role);
        let sealed = seal(&sealing_key, &password, &bound_to, filling.rng).context("seal a password")?;
        secrets.insert(role, sealed);
    }
    let new = NewAction {
        request: filling.request(envelope.id.to_string(), at),
        envelope,
        secrets,
        sealing_key,
        plan,
        not_before: None,
        reason: None,
        answer: String::from("{}"),
    };
    let accepted = store::action::accept(filling.store, &new).await?;
    ensure!(accepted == Accepted::Queued, "accept an action: {accepted:?}");
    Ok(true)
}
