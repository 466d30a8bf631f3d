//! The journal remembers whole entries, and is never taken for empty when it cannot be read.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::collections::BTreeMap;
use std::fs;

use agent::journal::{Entry, Journal, Journaled, Stage};
use trust::action::{Action, GrantSecureToken};
use trust::id::{ActionId, DeviceId, GenericUuid as _, OrganizationId};
use trust::time::Timestamp;
use uuid::Uuid;
use wire::agent_api::Offer;
use wire::envelope::{Envelope, VERSION};

fn id(number: u128) -> ActionId {
    ActionId::from_untyped_uuid(Uuid::from_u128(number))
}

fn entry(number: u128, stage: Stage) -> Journaled {
    let grant = GrantSecureToken {
        administrator: "ada".parse().unwrap(),
        target: "ben".parse().unwrap(),
        promote_administrator: false,
    };
    let envelope = Envelope {
        version: VERSION,
        collected: BTreeMap::new(),
        id: id(number),
        organization_id: OrganizationId::from_untyped_uuid(Uuid::from_u128(8)),
        device_id: DeviceId::from_untyped_uuid(Uuid::from_u128(9)),
        not_after: Timestamp(5),
        action: Action::GrantSecureToken(grant),
    };
    Journaled::Open(Box::new(Entry {
        offer: Offer {
            envelope,
            secrets: BTreeMap::new(),
        },
        stage,
    }))
}

#[test]
fn what_was_recorded_last_is_remembered_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, empty) = Journal::open(folder.path()).unwrap();
    assert!(empty.is_empty());
    journal.record(&entry(2, Stage::Accepted)).unwrap();
    journal.record(&entry(1, Stage::Accepted)).unwrap();
    journal.record(&entry(1, Stage::Acting)).unwrap();
    let closed = Journaled::Closed {
        id: id(3),
        not_after: Timestamp(5),
    };
    journal.record(&closed).unwrap();
    journal.record(&entry(4, Stage::Started)).unwrap();
    journal.forget(id(4)).unwrap();
    journal.forget(id(4)).unwrap();

    let (_, remembered) = Journal::open(folder.path()).unwrap();
    assert_eq!(
        remembered,
        [entry(1, Stage::Acting), entry(2, Stage::Accepted), closed]
    );
}

#[test]
fn an_unreadable_journal_is_an_error_and_not_an_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, _) = Journal::open(folder.path()).unwrap();
    journal.record(&entry(1, Stage::Acting)).unwrap();
    let file = fs::read_dir(folder.path())
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let whole = fs::read(&file).unwrap();
    fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    assert!(Journal::open(folder.path()).is_err());
}

#[test]
fn a_temporary_file_of_a_killed_agent_is_no_entry() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".tmpAbCdEf"), b"{\"journaled\":").unwrap();
    assert!(Journal::open(folder.path()).unwrap().1.is_empty());
}
