//! What holds of every text, whoever made it: property tests, the corpus and a fuzzer try it.

use std::collections::BTreeMap;

use trust::enrolment::{AttributeName, EnrolmentRecord};
use trust::name::AccountName;
use trust::wildcard::{
    AttributeKind, Field, ResolvedSecret, Templated, Values, Word, escape, is_one_wildcard, is_template,
};

/// Every field that takes wildcards.
const FIELDS: [Field; 5] = [
    Field::AdministratorUsername,
    Field::AdministratorPassword,
    Field::TargetUsername,
    Field::TargetPassword,
    Field::TargetFullName,
];

/// Panics when a law is broken for `text` on the Mac of these `values`.
pub fn hold(text: &str, values: &Values<'_>) {
    assert!(!is_one_wildcard(text) || is_template(text));
    for field in FIELDS {
        same_byte_for_byte(text, field, values);
        names_no_piece_of_a_password(text, field, values);
    }
    secrets_stand_alone(text, values);
    names_are_themselves(text, values);
}

/// A Mac of which everything is known, for whoever has no other.
pub fn with_a_mac(work: impl FnOnce(&Values<'_>)) {
    let serial_number = "C02ABC".parse().ok();
    let record = serial_number.map(|serial_number| EnrolmentRecord {
        username: "ada@example.org".parse().ok(),
        full_name: "Ada Lovelace".parse().ok(),
        email: "ada@mail.example.org".parse().ok(),
        account: "ada".parse().ok(),
        ..EnrolmentRecord::new(serial_number)
    });
    let attribute = |name: &str, kind| name.parse::<AttributeName>().ok().map(|name| (name, kind));
    let attributes: BTreeMap<_, _> = [
        attribute("room", AttributeKind::Plain),
        attribute("recovery_pin", AttributeKind::Secret),
    ]
    .into_iter()
    .flatten()
    .collect();
    work(&Values {
        serial_number: "C02ABC",
        device_name: "Ada’s Mac",
        record: record.as_ref(),
        attributes: &attributes,
        accounts: None,
    });
}

/// What is no template means itself, and so does every text that was escaped.
fn same_byte_for_byte(text: &str, field: Field, values: &Values<'_>) {
    let resolved = values.resolve(&escape(text), field);
    assert_eq!(resolved.as_deref(), Ok(text));
    if !is_template(text) {
        assert_eq!(escape(text), text);
        assert_eq!(values.resolve(text, field).as_deref(), Ok(text));
    }
}

/// A refusal about a password field names words that the organisation has, and no others.
fn names_no_piece_of_a_password(text: &str, field: Field, values: &Values<'_>) {
    let Err(refused) = values.resolve(text, field) else {
        return;
    };
    assert_eq!(refused.field, field);
    if let (true, Some(Word::Attribute(name))) = (field.is_secret(), &refused.wildcard) {
        assert!(values.attributes.contains_key(name));
    }
}

/// A collected secret is meant by its wildcard alone, and by nothing in a name.
fn secrets_stand_alone(text: &str, values: &Values<'_>) {
    if let Ok(ResolvedSecret::Collected(name)) = values.resolve_secret(text, Field::TargetPassword) {
        let is_secret = values.attributes.get(&name) == Some(&AttributeKind::Secret);
        assert!(is_secret || name == AttributeName::password());
        assert!(is_one_wildcard(text));
        assert!(values.resolve(text, Field::TargetUsername).is_err());
    }
}

/// A name that was read is written as it was, and stands for itself where that is asked.
fn names_are_themselves(text: &str, values: &Values<'_>) {
    if let Ok(templated) = text.parse::<Templated<AccountName>>() {
        assert_eq!(templated.as_text(), text);
    }
    if let Ok(name) = text.parse::<AccountName>() {
        let exactly = Templated::exactly(name.clone());
        assert_eq!(exactly.resolve(values, Field::TargetUsername), Ok(name));
    }
}
