//! A device shows who it is, for two minutes, and nobody else can.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::time::Duration;

use trust::id::{DeviceId, GenericUuid as _};
use trust::time::Timestamp;
use uuid::Uuid;
use wire::agent_api::{Enroll, EnrolmentIdentity};
use wire::encoding::Bytes;
use wire::identity::{DeviceSigningKey, TOKEN_LIFETIME, TokenError, UnverifiedToken};
use wire::seal::SealingPublicKey;

const NOW: Timestamp = Timestamp(1_760_000_000_000);

fn key(seed: u8) -> DeviceSigningKey {
    DeviceSigningKey::from_bytes(&[seed; 32]).unwrap()
}

fn device() -> DeviceId {
    DeviceId::from_untyped_uuid(Uuid::from_u128(3))
}

#[test]
fn a_token_names_its_device() {
    let token = UnverifiedToken::parse(&key(1).token(device(), NOW)).unwrap();
    assert_eq!(token.claimed_device(), device());
    assert_eq!(token.verify(&key(1).public_key(), NOW), Ok(device()));
}

#[test]
fn a_token_is_good_for_two_minutes_either_way() {
    let token = UnverifiedToken::parse(&key(1).token(device(), NOW)).unwrap();
    let public = key(1).public_key();
    let late = NOW.plus(TOKEN_LIFETIME);
    assert_eq!(token.verify(&public, late), Ok(device()));
    assert_eq!(
        token.verify(&public, late.plus(Duration::from_millis(1))),
        Err(TokenError::WrongTime)
    );
    let early = Timestamp(NOW.0 - 120_001);
    assert_eq!(token.verify(&public, early), Err(TokenError::WrongTime));
}

#[test]
fn another_key_or_changed_claims_do_not_pass() {
    let text = key(1).token(device(), NOW);
    let token = UnverifiedToken::parse(&text).unwrap();
    assert_eq!(
        token.verify(&key(2).public_key(), NOW),
        Err(TokenError::BadSignature)
    );

    let (claims, signature) = text.split_once('.').unwrap();
    let claims = String::from_utf8(Bytes::from_text(claims).unwrap().0).unwrap();
    let forged = claims.replace("000000000003", "000000000004");
    assert_ne!(claims, forged);
    let forged = format!("{}.{signature}", Bytes(forged.into_bytes()).to_text());
    let forged = UnverifiedToken::parse(&forged).unwrap();
    assert_eq!(
        forged.verify(&key(1).public_key(), NOW),
        Err(TokenError::BadSignature)
    );
}

#[test]
fn nonsense_is_malformed() {
    for text in ["", ".", "a.b", "e30.e30", "no dot at all"] {
        assert!(UnverifiedToken::parse(text).is_err(), "{text:?}");
    }
}

#[test]
fn an_enrolment_does_not_show_its_secret() {
    let identity = EnrolmentIdentity {
        serial_number: "C02TEST".to_owned(),
        hardware_uuid: String::new(),
        name: "Mac".to_owned(),
        agent_version: "1".to_owned(),
        signing_key: key(1).public_key(),
        sealing_key: SealingPublicKey(Bytes(vec![0; 32])),
    };
    let proof = key(1).sign(&identity.proof_message());
    let enroll = Enroll {
        secret: "orchid".to_owned(),
        identity,
        proof,
        previous: None,
    };
    let shown = format!("{enroll:?}");
    assert!(shown.contains("C02TEST") && !shown.contains("orchid"), "{shown}");
}
