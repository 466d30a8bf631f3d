//! The order of a grant, its passwords sealed on this computer.

use anyhow::Context as _;
use rand_core::CryptoRng;
use secrecy::SecretString;
use trust::action::{Action, GrantSecureToken, SecretRole};
use trust::id::ActionId;
use trust::time::Timestamp;
use wire::envelope::{Envelope, VERSION};
use wire::seal::{Sealed, seal};

use crate::client::{ActionOrder, CredentialOrder, DeviceDetail};
use crate::exit::Failure;

/// The terms of an order. Id and time limit are bound into the seals, beside the accounts and the device.
pub struct Terms {
    /// The action's id.
    pub id: ActionId,
    /// No agent begins it after this.
    pub not_after: Timestamp,
    /// The plan that was agreed to.
    pub plan_id: String,
    /// Why, for the audit log. It is not bound.
    pub reason: Option<String>,
}

/// Seals the administrator's and the target's password, in this order, to the key of `device`.
pub fn seal_grant(
    device: &DeviceDetail,
    grant: &GrantSecureToken,
    terms: Terms,
    passwords: [SecretString; 2],
    rng: &mut impl CryptoRng,
) -> Result<ActionOrder, Failure> {
    let envelope = Envelope {
        version: VERSION,
        id: terms.id,
        organization_id: device.organization_id,
        device_id: device.summary.id,
        not_after: terms.not_after,
        action: Action::GrantSecureToken(grant.clone()),
    };
    let mut sealed = |role, password: &SecretString| -> Result<Sealed, Failure> {
        let bound_to = envelope.associated_data(role);
        Ok(seal(&device.sealing_key, password, &bound_to, rng).context("seal a password to the device")?)
    };
    let [administrator, target] = &passwords;
    Ok(ActionOrder {
        id: terms.id,
        not_after: terms.not_after,
        plan_id: terms.plan_id,
        reason: terms.reason,
        kind: envelope.action.kind(),
        promote_administrator: grant.promote_administrator,
        administrator: CredentialOrder {
            username: grant.administrator.to_string(),
            sealed: sealed(SecretRole::Administrator, administrator)?,
        },
        target: CredentialOrder {
            username: grant.target.to_string(),
            sealed: sealed(SecretRole::Target, target)?,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge;
    use secrecy::ExposeSecret as _;
    use wire::seal::SealingPrivateKey;

    #[test]
    fn only_the_device_opens_what_was_sealed_and_only_in_its_role() {
        let mut rng = edge::rng();
        let key = SealingPrivateKey::generate(&mut rng);
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        let device: DeviceDetail = serde_json::from_value(serde_json::json!({
            "id": id, "name": "Mac", "serial_number": "C02A", "organization_id": id,
            "sealing_key": key.public_key(),
        }))
        .unwrap();
        let grant = GrantSecureToken {
            administrator: "ada".parse().unwrap(),
            target: "ben".parse().unwrap(),
            promote_administrator: false,
        };
        let terms = Terms {
            id: edge::fresh_id(Timestamp(1), &mut rng),
            not_after: Timestamp(5),
            plan_id: "p".to_owned(),
            reason: None,
        };
        let passwords = ["of ada", "of ben"].map(SecretString::from);
        let order = seal_grant(&device, &grant, terms, passwords, &mut rng).unwrap();

        // What an agent rebuilds from the fields that it is offered.
        let envelope = Envelope {
            version: VERSION,
            id: order.id,
            organization_id: device.organization_id,
            device_id: device.summary.id,
            not_after: order.not_after,
            action: Action::GrantSecureToken(grant),
        };
        let open = |sealed, role| key.open(sealed, &envelope.associated_data(role));
        let opened = open(&order.administrator.sealed, SecretRole::Administrator).unwrap();
        assert_eq!(opened.expose_secret(), "of ada");
        let opened = open(&order.target.sealed, SecretRole::Target).unwrap();
        assert_eq!(opened.expose_secret(), "of ben");
        assert!(open(&order.administrator.sealed, SecretRole::Target).is_err());
        let json = serde_json::to_string(&order).unwrap();
        assert!(!json.contains("of ada") && !json.contains("of ben"), "{json}");
    }
}
