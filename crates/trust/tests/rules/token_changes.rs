//! What changed between two looks at a Mac.

use trust::observation::Observation;
use trust::token_change::token_changes;

use crate::support::{account, enabled, mac, unknown};

fn told(before: &Observation, after: &Observation) -> Vec<String> {
    let changes = token_changes(before, after);
    let words = changes.iter().map(|change| {
        let (before, after) = (change.before.word(), change.after.word());
        format!("{}: {before} -> {after}", change.account)
    });
    words.collect()
}

#[test]
fn tokens_that_come_and_go_are_told_and_others_are_not() {
    let before = mac(vec![enabled("ada", true), account("ben", false)]);
    let after = mac(vec![enabled("ada", true), enabled("ben", false)]);
    assert_eq!(told(&before, &after), ["ben: absent -> unverified"]);
    assert_eq!(told(&after, &before), ["ben: unverified -> absent"]);
    assert!(told(&before, &before).is_empty());
}

#[test]
fn an_account_that_is_made_or_deleted_brings_or_takes_its_token() {
    let alone = mac(vec![enabled("ada", true)]);
    let all = mac(vec![
        enabled("ada", true),
        enabled("ben", false),
        account("cleo", false),
    ]);
    assert_eq!(told(&alone, &all), ["ben: absent -> unverified"]);
    assert_eq!(told(&all, &alone), ["ben: unverified -> absent"]);
}

#[test]
fn what_a_look_could_not_tell_is_no_change() {
    let before = mac(vec![enabled("ada", true)]);
    let mut silent = before.clone();
    silent.accounts = unknown();
    assert!(told(&before, &silent).is_empty());
    let mut unlisted = before.clone();
    unlisted.crypto_users = unknown();
    assert!(told(&before, &unlisted).is_empty());
}
