//! Sixteen programs ask for actions on one Mac at the same time, through real sockets. None is lost, none is doubled.

use std::collections::BTreeSet;
use std::sync::Arc;

use bench::api::Api;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use trust::id::DeviceId;

use crate::kinds::{ADA, BEN, Kind};
use crate::site::Site;
use crate::truth;

const WRITERS: usize = 16;
const ACTIONS: usize = 300;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixteen_writers_on_one_mac_lose_nothing_and_double_nothing() {
    let mut site = Site::with(1, "info").await;
    site.fleet.start();
    site.until_observed().await;
    let device = site.ids_of(|known| known.kind == Kind::Healthy)[0];
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        writers.spawn(write(site.api(), device, writer));
    }
    let accepted: Vec<String> = writers.join_all().await.concat();
    site.tell("every action was accepted");
    let ids: BTreeSet<&String> = accepted.iter().collect();
    assert_eq!(ids.len(), WRITERS * ACTIONS, "two requests got one action");

    let api = Arc::new(site.api());
    for state in ["queued", "offered", "running"] {
        site.until("every action to end", async || {
            let path = format!("/api/v1/actions?state={state}&limit=1");
            let open: Value = api.get(&path).await.unwrap();
            open["items"].as_array().unwrap().is_empty().then_some(())
        })
        .await;
    }
    site.tell("every action has ended");
    let ended = every_action(&api).await;
    assert_eq!(ended.len(), accepted.len(), "more actions than were accepted");
    let granted = ended.iter().filter(|(_, code)| code == "granted").count();
    let already = ended.iter().filter(|(_, code)| code == "already_granted").count();
    assert_eq!((granted, already), (1, accepted.len() - 1));
    assert!(ended.iter().all(|(id, _)| ids.contains(id)));
    let before = &site.macs[&device].before;
    assert_eq!(truth::since(before, &site.truth(device), "ben").granted, 1);
    site.fleet.stop().await;
}

/// Asks for one writer's grants; some of its requests are repeated, as after a lost answer. Answers the actions' ids.
async fn write(api: Api, device: DeviceId, writer: usize) -> Vec<String> {
    let body = json!({
        "kind": "grant_secure_token",
        "administrator": { "username": "ada", "password": ADA },
        "target": { "username": "ben", "password": BEN },
    });
    let path = format!("/api/v1/devices/{device}/actions");
    let mut ids = Vec::new();
    for number in 0..ACTIONS {
        let key = format!("writer-{writer}-{number}");
        let action: Value = api.post(&path, &key, &body).await.unwrap();
        if number % 10 == 0 {
            let again: Value = api.post(&path, &key, &body).await.unwrap();
            assert_eq!(again["id"], action["id"], "a repeated request is another action");
        }
        ids.push(action["id"].as_str().unwrap().to_owned());
    }
    ids
}

/// Id and code of every action there is.
async fn every_action(api: &Api) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut cursor = String::new();
    loop {
        let page: Value = api
            .get(&format!("/api/v1/actions?limit=500{cursor}"))
            .await
            .unwrap();
        for action in page["items"].as_array().unwrap() {
            let text = |field: &str| action[field].as_str().unwrap_or_default().to_owned();
            all.push((text("id"), text("code")));
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}
