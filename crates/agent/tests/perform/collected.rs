//! Secrets that were collected for wildcards: used where the envelope names them, and nowhere else.

use std::collections::BTreeMap;

use trust::action::SecretRole;
use trust::code::Code;
use trust::id::{CollectionId, DeviceId, GenericUuid as _, OrganizationId};
use uuid::Uuid;
use wire::collected::CollectedRef;

use crate::macs::*;

fn reference(attribute: &str, collection: u128) -> CollectedRef {
    CollectedRef {
        attribute: attribute.parse().unwrap(),
        collection_id: CollectionId::from_untyped_uuid(Uuid::from_u128(collection)),
    }
}

/// A grant from ada to ben in which collected secrets play these roles; the others have typed passwords.
fn order_claiming(collected: &[(SecretRole, CollectedRef)]) -> Order {
    let collected: BTreeMap<_, _> = collected.iter().cloned().collect();
    let typed = |role, password| (!collected.contains_key(&role)).then_some(password);
    order_with(
        grant_action("ada", "ben", false),
        collected.clone(),
        typed(SecretRole::Administrator, ADA),
        typed(SecretRole::Target, BEN),
    )
}

/// What the seal of a collected secret of this order's device is bound to.
fn bound_to(order: &Order, reference: &CollectedRef) -> Vec<u8> {
    reference.associated_data(order.envelope().organization_id, order.envelope().device_id)
}

fn ends_stale_and_untouched(order: &Order, what: &str) {
    let (done, mac) = grant(healthy(), order);
    assert_eq!(done.outcome.code, Code::CredentialStale, "{what}");
    assert!(!done.outcome.touched_the_mac, "{what}");
    assert_eq!(grants_of(&mac, "ben"), 0, "{what}");
    let failures = |name| mac.directory.user(name).unwrap().policy.failed_login_count;
    assert_eq!(
        (failures("ada"), failures("ben")),
        (0, 0),
        "{what}: a password was tried"
    );
}

#[test]
fn collected_passwords_grant_like_typed_ones() {
    let (of_ada, of_ben) = (reference("admin_password", 1), reference("password", 2));
    let target_only = order_claiming(&[(SecretRole::Target, of_ben.clone())]);
    let target_only = with_collected(target_only, SecretRole::Target, &of_ben, BEN);
    let both = [
        (SecretRole::Administrator, of_ada.clone()),
        (SecretRole::Target, of_ben.clone()),
    ];
    let both = with_collected(order_claiming(&both), SecretRole::Target, &of_ben, BEN);
    let both = with_collected(both, SecretRole::Administrator, &of_ada, ADA);
    for order in [target_only, both] {
        let (done, mac) = grant(healthy(), &order);
        assert_eq!(done.outcome.code, Code::Granted, "{:#?}", done.outcome.evidence);
        assert!(truly_holds(&mac, "ben", BEN));
    }
}

fn with_collected(order: Order, role: SecretRole, reference: &CollectedRef, secret: &str) -> Order {
    let bound_to = bound_to(&order, reference);
    order.with_seal(role, secret, &bound_to)
}

#[test]
fn a_collected_seal_beside_another_role_attribute_device_or_collecting_does_not_open() {
    let named = reference("password", 2);
    let claiming = || order_claiming(&[(SecretRole::Target, named.clone())]);
    let envelope = claiming().envelope().clone();
    let other = Uuid::from_u128(99);
    let places = [
        (
            "another collecting",
            reference("password", 3).associated_data(envelope.organization_id, envelope.device_id),
        ),
        (
            "another attribute",
            reference("pin", 2).associated_data(envelope.organization_id, envelope.device_id),
        ),
        (
            "another device",
            named.associated_data(envelope.organization_id, DeviceId::from_untyped_uuid(other)),
        ),
        (
            "another organisation",
            named.associated_data(OrganizationId::from_untyped_uuid(other), envelope.device_id),
        ),
    ];
    for (what, bound_to) in places {
        ends_stale_and_untouched(&claiming().with_seal(SecretRole::Target, BEN, &bound_to), what);
    }
    let right = bound_to(&claiming(), &named);
    let moved = claiming().with_seal(SecretRole::Target, BEN, &right).with_seal(
        SecretRole::Administrator,
        ADA,
        &right,
    );
    ends_stale_and_untouched(&moved, "a role of which the envelope says nothing");
}

#[test]
fn a_collected_seal_is_used_only_where_the_envelope_says_so() {
    let named = reference("password", 2);
    let order = order_claiming(&[]);
    let of_collecting = bound_to(&order, &named);
    let order = order.with_seal(SecretRole::Target, BEN, &of_collecting);
    ends_stale_and_untouched(&order, "the envelope names no collected secret");
}

#[test]
fn an_actions_own_seal_does_not_pass_for_a_collected_one() {
    let own = order_claiming(&[]).envelope().associated_data(SecretRole::Target);
    let order = order_claiming(&[(SecretRole::Target, reference("password", 2))]);
    let order = order.with_seal(SecretRole::Target, BEN, &own);
    ends_stale_and_untouched(&order, "sealed for the action");
}

#[test]
fn what_is_collected_cannot_be_exchanged_under_the_seals_beside_it() {
    let (first, second) = (reference("password", 2), reference("password", 3));
    let planned = order_claiming(&[(SecretRole::Target, first)]);
    let beside = planned.envelope().associated_data(SecretRole::Administrator);
    let exchanged = order_claiming(&[(SecretRole::Target, second.clone())]);
    let exchanged = with_collected(exchanged, SecretRole::Target, &second, BEN);
    let exchanged = exchanged.with_seal(SecretRole::Administrator, ADA, &beside);
    ends_stale_and_untouched(
        &exchanged,
        "another collecting than the one that was planned with",
    );
}
