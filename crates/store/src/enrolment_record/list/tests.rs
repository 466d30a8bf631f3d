//! Whichever way a search goes, it finds the same; and what is changed, forgotten or older than the index.

use tempfile::TempDir;
use trust::enrolment::EnrolmentRecord;

use super::*;
use crate::actor::Actor;
use crate::device::testing::{NOW, id};
use crate::enrolment_record::{NewRecord, Save, Source, forget, save};
use crate::idempotency::Request;

fn request(key: String) -> Request {
    Request {
        organization_id: id(1),
        actor: Actor::Operator,
        fingerprint: key.clone(),
        key,
        at: NOW,
    }
}

fn record(number: u8, full_name: &str) -> EnrolmentRecord {
    EnrolmentRecord {
        full_name: Some(full_name.parse().unwrap()),
        email: Some(format!("user{number:02}@example.org").parse().unwrap()),
        ..EnrolmentRecord::new(format!("C02{number:03}").parse().unwrap())
    }
}

async fn put(store: &Store, record: EnrolmentRecord) {
    let kept = crate::enrolment_record::find(store, id(1), &record.serial_number)
        .await
        .unwrap();
    let key = format!("{} {:?}", record.serial_number, record.full_name);
    let new = NewRecord {
        before: kept.map(|kept| kept.updated_at),
        record,
        device: None,
        secrets: Vec::new(),
        forget: Vec::new(),
        detail: String::new(),
    };
    let order = Save {
        request: request(key),
        source: Source::Import,
        attributes: Vec::new(),
        records: vec![new],
        answer: None,
    };
    save(store, &order).await.unwrap();
}

/// A store with the records of so many Macs.
async fn with_records(last: u8) -> (Store, TempDir) {
    let folder = TempDir::new().unwrap();
    let store = Store::open(&folder.path().join("bestow.db")).await.unwrap();
    crate::organization::first_or_new(&store, id(1), "Test", NOW)
        .await
        .unwrap();
    for number in 1..=last {
        let name = if number.is_multiple_of(2) {
            "Eve Even"
        } else {
            "Otto Odd"
        };
        put(&store, record(number, name)).await;
    }
    (store, folder)
}

/// Everything that is found, four to a page.
async fn found(store: &Store, text: &str, few: u32) -> Vec<String> {
    let mut page = Page {
        containing: text.to_owned(),
        limit: 4,
        ..Page::default()
    };
    let mut numbers = Vec::new();
    loop {
        let part = list_gathering(store, id(1), &page, few).await.unwrap();
        let Some(last) = part.last() else { return numbers };
        page.after = Some(last.record.serial_number.clone());
        numbers.extend(part.iter().map(|kept| kept.record.serial_number.to_string()));
    }
}

#[tokio::test]
async fn rare_and_common_words_are_found_page_by_page() {
    let (store, _folder) = with_records(30).await;
    for (text, count) in [
        ("", 30),
        ("c02", 30),
        ("user", 30),
        ("eve", 15),
        ("EVE ev", 15),
        ("od ott", 15),
        ("user07@example.org", 1),
        ("2007", 1),
        ("otto user08", 0),
        ("ser07", 0),
        ("-", 0),
    ] {
        let gathered = found(&store, text, 1_000).await;
        assert_eq!(gathered.len(), count, "{text}: {gathered:?}");
        assert!(gathered.is_sorted(), "{text}: {gathered:?}");
        for few in [0, 12] {
            assert_eq!(found(&store, text, few).await, gathered, "{text}, {few}");
        }
    }
}

#[tokio::test]
async fn what_is_changed_is_found_by_its_new_words_only_and_what_is_forgotten_by_none() {
    let (store, _folder) = with_records(2).await;
    put(&store, record(1, "Greta Graz")).await;
    assert_eq!(found(&store, "greta", 100).await, ["C02001"]);
    assert!(found(&store, "otto", 100).await.is_empty());
    let number = "C02001".parse().unwrap();
    forget(&store, &request("forget".to_owned()), &number)
        .await
        .unwrap();
    let words = sqlx::query("SELECT word FROM enrolment_word WHERE serial_number = 'C02001'")
        .fetch_all(store.readers())
        .await
        .unwrap();
    assert!(words.is_empty());
    assert_eq!(found(&store, "user", 100).await, ["C02002"]);
}

#[tokio::test]
async fn records_that_are_older_than_the_index_get_into_it_when_the_database_is_opened() {
    let (store, folder) = with_records(3).await;
    store
        .write(&(), |tx, ()| {
            Box::pin(async move {
                let old = "DELETE FROM enrolment_word; UPDATE enrolment_record SET search = ''";
                sqlx::raw_sql(old).execute(tx).await?;
                Ok(())
            })
        })
        .await
        .unwrap();
    assert!(found(&store, "otto", 100).await.is_empty());
    store.close().await;
    let store = Store::open(&folder.path().join("bestow.db")).await.unwrap();
    assert_eq!(found(&store, "otto", 100).await, ["C02001", "C02003"]);
}
