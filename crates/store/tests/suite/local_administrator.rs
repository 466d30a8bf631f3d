//! What an organisation wants of its local administrators, and where a password stands, as the agent of a device learns it.

use newtype_uuid::GenericUuid as _;
use store::device::{self, LocalAdministrator};
use store::escrow::{
    Line, NewMessage, NewSecret, ReplacementAsked, Told, WrappedKey, append, ask_for_replacement,
};
use store::idempotency::Known;
use store::local_administrator_policy as policy;
use trust::escrow::{EscrowKind, Origin};
use trust::id::EscrowMessageId;
use trust::local_administrator::{Alphabet, Settings};
use uuid::Uuid;

use crate::support::{NOW, World, device_id};

fn settings() -> Settings {
    Settings {
        account: "localadmin".parse().unwrap(),
        full_name: "Local Administrator".parse().unwrap(),
        hidden: true,
        length: 24,
        alphabet: Alphabet::WithSigns,
        rotate_every_days: 7,
    }
}

async fn told(world: &World) -> Option<LocalAdministrator> {
    let calling = device::find_calling(&world.store, device_id(1)).await.unwrap();
    calling.unwrap().local_administrator
}

async fn decide(world: &World, key: &str, wanted: Option<&Settings>) {
    let request = world.request(key, "");
    let known = policy::set(&world.store, &request, wanted, None).await.unwrap();
    assert_eq!(known, Known::New);
}

fn line(world: &World, kind: EscrowKind) -> Line<'static> {
    Line {
        organization_id: world.organization_id,
        serial_number: "SERIAL1",
        kind,
    }
}

async fn escrow(world: &World, kind: EscrowKind, id: u128) {
    let new = NewMessage {
        line: line(world, kind),
        device_id: device_id(1),
        id: EscrowMessageId::from_untyped_uuid(Uuid::from_u128(id)),
        told: Told::Secret(NewSecret {
            origin: Origin::Rotation,
            proved_at: Some(NOW),
            ciphertext: vec![1; 40],
            data_key: WrappedKey {
                wrapping_key: "first".to_owned(),
                wrapped: vec![1; 60],
            },
        }),
        at: NOW,
    };
    append(&world.store, &new).await.unwrap();
}

#[tokio::test]
async fn an_agent_is_found_with_what_is_wanted_and_with_its_own_line() {
    let world = World::with_device().await;
    assert_eq!(told(&world).await, None);
    decide(&world, "on", Some(&settings())).await;
    let wanted = LocalAdministrator {
        settings: settings(),
        version: None,
        rotate_after: None,
    };
    assert_eq!(told(&world).await, Some(wanted.clone()));

    escrow(&world, EscrowKind::PersonalRecoveryKey, 1).await;
    assert_eq!(
        told(&world).await,
        Some(wanted.clone()),
        "another line is not its own"
    );
    escrow(&world, EscrowKind::LocalAdministratorPassword, 2).await;
    let kept = LocalAdministrator {
        version: Some(1),
        ..wanted
    };
    assert_eq!(told(&world).await, Some(kept.clone()));

    let request = world.request("replace", "");
    let its = line(&world, EscrowKind::LocalAdministratorPassword);
    let asked = ask_for_replacement(&world.store, &request, its, device_id(1), Some("a note")).await;
    assert!(matches!(asked.unwrap(), ReplacementAsked::Now(_)));
    let asked = LocalAdministrator {
        rotate_after: Some(request.at),
        ..kept
    };
    assert_eq!(told(&world).await, Some(asked));
    decide(&world, "off", None).await;
    assert_eq!(told(&world).await, None);
}

#[tokio::test]
async fn what_is_not_kept_cannot_be_replaced_and_a_decision_is_told_once() {
    let world = World::with_device().await;
    let its = line(&world, EscrowKind::LocalAdministratorPassword);
    let request = world.request("replace", "");
    let asked = ask_for_replacement(&world.store, &request, its, device_id(1), None).await;
    assert_eq!(asked.unwrap(), ReplacementAsked::Empty);
    decide(&world, "on", Some(&settings())).await;
    decide(&world, "again", Some(&settings())).await;
    let verbs = world.verbs().await;
    let told = verbs.iter().filter(|verb| *verb == "policy.changed").count();
    assert_eq!(told, 1, "{verbs:?}");
}
