//! Enrolments with device management, and the certificates by which Macs are known.

use newtype_uuid::GenericUuid as _;
use store::mdm_enrolment::{
    Authentication, CallingMac, NewProfile, Prepared, authenticate, check_out, find_calling, list, prepare,
    renewed,
};
use trust::id::MdmEnrolmentId;
use trust::mdm_enrolment::{Authenticated, State};
use uuid::Uuid;

use crate::support::{World, at, device_id, identity};

/// A profile for the device 1, of the enrolment of this number, at this moment.
async fn make(world: &World, enrolment: u128, certificate: &str, ms: i64, renews: bool) -> Prepared {
    let mac = identity(1);
    let mut request = world.request(certificate, certificate);
    request.at = at(ms);
    let new = NewProfile {
        request,
        device_id: device_id(1),
        serial_number: mac.serial_number,
        hardware_uuid: mac.hardware_uuid,
        enrolment_id: MdmEnrolmentId::from_untyped_uuid(Uuid::from_u128(enrolment)),
        renews,
        certificate: certificate.to_owned(),
    };
    prepare(&world.store, &new).await.unwrap()
}

async fn calling(world: &World, certificate: &str) -> Option<CallingMac> {
    find_calling(&world.store, certificate).await.unwrap()
}

async fn enrol(world: &World, certificate: &str) -> Authenticated {
    let mac = calling(world, certificate).await.unwrap();
    authenticate(&world.store, &Authentication { mac, at: at(9) })
        .await
        .unwrap()
}

async fn states(world: &World) -> Vec<State> {
    let serial_number = identity(1).serial_number;
    let listed = list(&world.store, world.organization_id, &serial_number, 10, at(20))
        .await
        .unwrap();
    listed.into_iter().map(|enrolment| enrolment.state).collect()
}

#[tokio::test]
async fn of_profiles_that_are_used_at_once_one_enrols() {
    let world = World::with_device().await;
    for number in 1..=4 {
        let made = make(&world, number, &format!("certificate-{number}"), 1, false).await;
        assert_eq!(made, Prepared::Now);
    }
    let (one, two, three, four) = tokio::join!(
        enrol(&world, "certificate-1"),
        enrol(&world, "certificate-2"),
        enrol(&world, "certificate-3"),
        enrol(&world, "certificate-4"),
    );
    let anew = [one, two, three, four]
        .into_iter()
        .filter(|meaning| *meaning == Authenticated::Anew);
    assert_eq!(anew.count(), 1);
    let enrolled = states(&world)
        .await
        .into_iter()
        .filter(|state| state.is_enrolled());
    assert_eq!(enrolled.count(), 1);
}

#[tokio::test]
async fn only_an_enrolment_that_goes_on_is_renewed_and_the_older_certificate_ends_when_the_new_one_speaks() {
    let world = World::with_device().await;
    make(&world, 1, "first", 1, false).await;
    assert_eq!(make(&world, 1, "early", 2, true).await, Prepared::NotEnrolled);
    assert_eq!(enrol(&world, "first").await, Authenticated::Anew);
    assert_eq!(make(&world, 1, "second", 3, true).await, Prepared::Now);
    let first = calling(&world, "first").await.unwrap();
    assert_eq!(renewed(&world.store, &first).await.unwrap(), 0);
    let second = calling(&world, "second").await.unwrap();
    assert_eq!(renewed(&world.store, &second).await.unwrap(), 1);
    assert_eq!(calling(&world, "first").await, None);
    assert_eq!(enrol(&world, "second").await, Authenticated::Again);

    assert!(check_out(&world.store, &second, at(10)).await.unwrap());
    assert!(!check_out(&world.store, &second, at(11)).await.unwrap());
    assert_eq!(make(&world, 1, "late", 4, true).await, Prepared::NotEnrolled);
    assert_eq!(enrol(&world, "second").await, Authenticated::Refused);
    assert_eq!(states(&world).await, [State::Left]);
}

#[tokio::test]
async fn a_profile_that_nobody_installs_lapses() {
    let world = World::with_device().await;
    make(&world, 1, "first", 1, false).await;
    make(&world, 2, "second", 2, false).await;
    let days_30 = 30 * 24 * 60 * 60 * 1000;
    let serial_number = identity(1).serial_number;
    let lapsed = list(
        &world.store,
        world.organization_id,
        &serial_number,
        10,
        at(days_30 + 1),
    )
    .await;
    let lapsed: Vec<State> = lapsed.unwrap().into_iter().map(|one| one.state).collect();
    assert_eq!(lapsed, [State::Prepared, State::Lapsed]);
    let authenticate_at = async |certificate: &str, millis| {
        let mac = calling(&world, certificate).await.unwrap();
        let new = Authentication { mac, at: at(millis) };
        authenticate(&world.store, &new).await.unwrap()
    };
    assert_eq!(
        authenticate_at("first", days_30 + 1).await,
        Authenticated::Refused
    );
    assert_eq!(authenticate_at("second", days_30 + 1).await, Authenticated::Anew);
    // Who is enrolled stays so.
    assert_eq!(authenticate_at("second", days_30 * 3).await, Authenticated::Again);
    assert_eq!(states(&world).await, [State::Enrolled, State::Replaced]);
}

#[tokio::test]
async fn a_request_makes_one_profile() {
    let world = World::with_device().await;
    assert_eq!(make(&world, 1, "first", 1, false).await, Prepared::Now);
    assert!(matches!(
        make(&world, 2, "first", 1, false).await,
        Prepared::Not(_)
    ));
    assert_eq!(states(&world).await, [State::Prepared]);
}
