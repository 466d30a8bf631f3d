//! The order of an action, its passwords sealed on this computer.

use std::collections::BTreeMap;

use anyhow::Context as _;
use rand_core::CryptoRng;
use secrecy::SecretString;
use trust::action::{Action, SecretRole};
use trust::id::ActionId;
use trust::name::AccountName;
use trust::time::Timestamp;
use trust::wildcard::escape;
use wire::collected::CollectedRef;
use wire::envelope::{Envelope, VERSION};
use wire::seal::seal;

use crate::client::{
    ActionOrder, CredentialOrder, DeviceDetail, NewAccountOrder, PasswordOrder, TargetOrder,
};
use crate::exit::Failure;

/// The terms of an order. Id and time limit are bound into the seals, beside the action and the device.
pub struct Terms {
    /// The action's id.
    pub id: ActionId,
    /// No agent is shown it before this. It is not bound.
    pub not_before: Option<Timestamp>,
    /// No agent begins it after this.
    pub not_after: Timestamp,
    /// The plan that was agreed to.
    pub plan_id: String,
    /// Why, for the audit log. It is not bound.
    pub reason: Option<String>,
}

/// A password of an order.
pub enum Password {
    /// Typed; it is sealed here.
    Typed(SecretString),
    /// A wildcard, which the server resolves.
    Wildcard(String),
}

/// The passwords of an order, by the part that each plays.
pub type Passwords = BTreeMap<SecretRole, Password>;

/// What is asked of one device, as its plan told.
pub struct Planned<'a> {
    /// The action, with values in the place of wildcards.
    pub action: &'a Action,
    /// The collected secrets that play a role in it. The seals of the others are bound to them.
    pub collected: BTreeMap<SecretRole, CollectedRef>,
}

impl<'a> From<&'a Action> for Planned<'a> {
    /// An action without collected secrets.
    fn from(action: &'a Action) -> Self {
        Self {
            action,
            collected: BTreeMap::new(),
        }
    }
}

/// Typed passwords of `action`: one for each of its [`secret_roles`](Action::secret_roles), in their order.
pub fn typed(action: &Action, passwords: impl IntoIterator<Item = SecretString>) -> Passwords {
    let roles = action.secret_roles().iter().copied();
    roles.zip(passwords.into_iter().map(Password::Typed)).collect()
}

/// Seals the typed passwords of an action to the key of `device`.
pub fn seal_action(
    device: &DeviceDetail,
    planned: &Planned<'_>,
    terms: Terms,
    passwords: &Passwords,
    rng: &mut impl CryptoRng,
) -> Result<ActionOrder, Failure> {
    let action = planned.action;
    let envelope = Envelope {
        version: VERSION,
        id: terms.id,
        organization_id: device.organization_id,
        device_id: device.summary.id,
        not_after: terms.not_after,
        action: action.clone(),
        collected: planned.collected.clone(),
    };
    let mut secret = |role| -> Result<PasswordOrder, Failure> {
        if !action.secret_roles().contains(&role) {
            return Ok(PasswordOrder::default());
        }
        match passwords
            .get(&role)
            .context("a password of the action is missing")?
        {
            Password::Wildcard(wildcard) => Ok(PasswordOrder {
                sealed: None,
                password_from: Some(wildcard.clone()),
            }),
            Password::Typed(password) => {
                let bound_to = envelope.associated_data(role);
                let sealed = seal(&device.sealing_key, password, &bound_to, rng);
                Ok(PasswordOrder {
                    sealed: Some(sealed.context("seal a password to the device")?),
                    password_from: None,
                })
            }
        }
    };
    let new_password = match action.secret_roles().contains(&SecretRole::NewPassword) {
        true => Some(secret(SecretRole::NewPassword)?),
        false => None,
    };
    let mut credential = |name: &AccountName, role| -> Result<CredentialOrder, Failure> {
        Ok(CredentialOrder {
            username: escape(name.as_str()),
            password: secret(role)?,
        })
    };
    let administrator = action
        .administrator()
        .map(|name| credential(name, SecretRole::Administrator))
        .transpose()?;
    let target = action
        .target()
        .map(|name| credential(name, SecretRole::Target))
        .transpose()?;
    let new_account = match action {
        Action::CreateAccount(create) => Some(NewAccountOrder::from(create)),
        _ => None,
    };
    let remove_home = match action {
        Action::DeleteAccount(delete) => delete.remove_home.then_some(true),
        _ => None,
    };
    Ok(ActionOrder {
        id: terms.id,
        not_before: terms.not_before,
        not_after: terms.not_after,
        plan_id: terms.plan_id,
        reason: terms.reason,
        kind: action.kind(),
        promote_administrator: action.may_promote().then_some(true),
        administrator,
        target: target.map(|credential| TargetOrder {
            credential,
            new_account,
            remove_home,
        }),
        new_password,
        confirm_device_name: action.confirm_device_name().map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge;
    use secrecy::ExposeSecret as _;
    use trust::action::{AccountRole, CreateAccount, GrantSecureToken};
    use wire::seal::{Sealed, SealingPrivateKey};

    fn grant() -> Action {
        Action::GrantSecureToken(GrantSecureToken {
            administrator: "ada".parse().unwrap(),
            target: "ben".parse().unwrap(),
            promote_administrator: true,
        })
    }

    fn create(administrator: Option<&str>) -> Action {
        Action::CreateAccount(CreateAccount {
            target: "ben".parse().unwrap(),
            full_name: "Ben O’Neill".parse().unwrap(),
            role: AccountRole::Administrator,
            hidden: true,
            administrator: administrator.map(|name| name.parse().unwrap()),
            promote_administrator: false,
        })
    }

    /// The order of `action` with these passwords, and what opens it in each role.
    fn ordered(
        action: &Action,
        passwords: &[&str],
    ) -> (
        ActionOrder,
        impl Fn(&Sealed, SecretRole) -> Option<String> + use<>,
    ) {
        let mut rng = edge::rng();
        let key = SealingPrivateKey::generate(&mut rng);
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        let device: DeviceDetail = serde_json::from_value(serde_json::json!({
            "id": id, "name": "Mac", "serial_number": "C02A", "organization_id": id,
            "sealing_key": key.public_key(),
        }))
        .unwrap();
        let terms = Terms {
            id: edge::fresh_id(Timestamp(1), &mut rng),
            not_before: None,
            not_after: Timestamp(5),
            plan_id: "p".to_owned(),
            reason: None,
        };
        let passwords = typed(action, passwords.iter().copied().map(SecretString::from));
        let order = seal_action(&device, &Planned::from(action), terms, &passwords, &mut rng).unwrap();
        // What an agent rebuilds from the fields that it is offered.
        let envelope = Envelope {
            version: VERSION,
            collected: BTreeMap::new(),
            id: order.id,
            organization_id: device.organization_id,
            device_id: device.summary.id,
            not_after: order.not_after,
            action: action.clone(),
        };
        let open = move |sealed: &Sealed, role| {
            let opened = key.open(sealed, &envelope.associated_data(role)).ok()?;
            Some(opened.expose_secret().to_owned())
        };
        (order, open)
    }

    #[test]
    fn only_the_device_opens_what_was_sealed_and_only_in_its_role() {
        for action in [grant(), create(Some("ada"))] {
            let (order, open) = ordered(&action, &["of ada", "of ben"]);
            let administrator = order
                .administrator
                .as_ref()
                .unwrap()
                .password
                .sealed
                .as_ref()
                .unwrap();
            let target = order
                .target
                .as_ref()
                .unwrap()
                .credential
                .password
                .sealed
                .as_ref()
                .unwrap();
            assert_eq!(
                open(administrator, SecretRole::Administrator).as_deref(),
                Some("of ada")
            );
            assert_eq!(open(target, SecretRole::Target).as_deref(), Some("of ben"));
            assert_eq!(open(administrator, SecretRole::Target), None);
            let json = serde_json::to_string(&order).unwrap();
            assert!(!json.contains("of ada") && !json.contains("of ben"), "{json}");
        }
    }

    #[test]
    fn an_account_without_a_granter_takes_one_password() {
        let (order, open) = ordered(&create(None), &["of ben"]);
        let target = order
            .target
            .as_ref()
            .unwrap()
            .credential
            .password
            .sealed
            .as_ref()
            .unwrap();
        assert_eq!(open(target, SecretRole::Target).as_deref(), Some("of ben"));
        let json = serde_json::to_value(&order).unwrap();
        assert_eq!(json.get("administrator"), None);
        assert_eq!(json["target"]["username"], "ben");
        assert_eq!(json["target"]["full_name"], "Ben O’Neill");
        assert_eq!(json["target"]["role"], "administrator");
        assert_eq!(json["target"]["hidden"], true);
    }

    #[test]
    fn a_grant_tells_nothing_of_a_new_account() {
        let (order, _) = ordered(&grant(), &["of ada", "of ben"]);
        let json = serde_json::to_value(&order).unwrap();
        let target: Vec<_> = json["target"].as_object().unwrap().keys().collect();
        assert_eq!(target, ["sealed", "username"]);
        assert_eq!(json["promote_administrator"], true);
    }
}
