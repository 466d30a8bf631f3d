//! Accepted is delivered: many writers ask actions of one device at the same time, and its agent gets every one, once.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context as _, ensure};
use macsim::scenario::ScenarioMac;
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use trust::id::{ActionId, DeviceId};

use crate::api::Api;
use crate::figure::{Bar, Figure, Kind};
use crate::fleet::{Fleet, Noted, Progress, SimulatedMac};
use crate::ground::{Ground, rng};
use crate::server::Transport;
use crate::stock::Mixture;

/// How many programs ask at the same time.
const WRITERS: u32 = 16;

/// Asks `actions` grants of one device from sixteen programs at once, and counts what arrives.
pub async fn delivery(ground: &Ground, actions: u32) -> anyhow::Result<Vec<Figure>> {
    let site = ground.site()?;
    let server = site.start(Transport::Tls).await?;
    let api = Api::new(server.address(), server.token()?)?;
    let mixture = Mixture::make();
    let made = &mixture.of(0).made;
    let mut fleet = Fleet::new(server.address().clone());
    let mut noted = fleet.watch();
    let secret = api.enrolment_secret("secret-of-the-mac").await?;
    let mac = Arc::new(SimulatedMac::new(made.mac.clone()));
    let device = fleet.enrol("mac", mac, &secret, &mut rng()).await?;
    fleet.start();
    until_observed(&api, device).await?;

    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let (api, order) = (api.clone(), order(made)?);
        let numbers = (0..actions).filter(move |number| number % WRITERS == writer);
        writers.spawn(write(api, device, order, numbers.collect()));
    }
    let mut accepted = Vec::new();
    while let Some(done) = writers.join_next().await {
        accepted.extend(done.context("ask for actions")??);
    }
    let arrived = arrivals(&mut noted, &accepted).await?;
    fleet.stop().await;
    let delivered = accepted.iter().filter(|id| arrived.get(id) == Some(&1)).count();
    let ended = ended(&api, device).await?;
    server.stop().await?;
    ensure!(
        accepted.len() == usize::try_from(actions)?,
        "every action is accepted"
    );
    let of = |what: &str, count: usize| {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        Figure::new(what, f64::from(count), "", Kind::Counted).bar(Bar::AtLeast(f64::from(actions)))
    };
    let asked = format!("of {actions} accepted from {WRITERS} writers");
    Ok(vec![
        of(&format!("{asked}: at the agent exactly once"), delivered).peer(7.0, "of 300"),
        of(&format!("{asked}: with an end at the server"), ended),
    ])
}

/// A grant from ada to ben.
fn order(made: &ScenarioMac) -> anyhow::Result<Value> {
    let party = |name: &str| {
        let account = made.account(name).with_context(|| format!("find {name}"))?;
        let password = SecretString::from(account.password.as_str());
        anyhow::Ok(json!({ "username": name, "password": secrecy::ExposeSecret::expose_secret(&password) }))
    };
    Ok(json!({ "kind": "grant_secure_token", "administrator": party("ada")?, "target": party("ben")? }))
}

async fn until_observed(api: &Api, device: DeviceId) -> anyhow::Result<()> {
    let path = format!("/api/v1/devices/{device}");
    while api.get::<Value>(&path).await?["observed_at"].is_null() {
        tokio::task::yield_now().await;
    }
    Ok(())
}

async fn write(api: Api, device: DeviceId, order: Value, numbers: Vec<u32>) -> anyhow::Result<Vec<ActionId>> {
    let path = format!("/api/v1/devices/{device}/actions");
    let mut accepted = Vec::new();
    for number in numbers {
        let action: Value = api.post(&path, &format!("action-{number:06}"), &order).await?;
        accepted.push(action["id"].as_str().context("read the action's id")?.parse()?);
    }
    Ok(accepted)
}

/// Waits until the agent has closed all of `accepted`. Answers how often each arrived.
async fn arrivals(
    noted: &mut mpsc::UnboundedReceiver<Noted>,
    accepted: &[ActionId],
) -> anyhow::Result<BTreeMap<ActionId, u32>> {
    let mut arrived = BTreeMap::new();
    let mut closed = 0;
    while closed < accepted.len() {
        let noted = noted.recv().await.context("watch the agent")?;
        match noted.progress {
            Progress::Arrived => *arrived.entry(noted.action).or_insert(0) += 1,
            Progress::Closed => closed += 1,
            Progress::Begun | Progress::Acting | Progress::Ended(_) => {}
        }
    }
    Ok(arrived)
}

/// How many of the device's actions have succeeded, by the server's account.
async fn ended(api: &Api, device: DeviceId) -> anyhow::Result<usize> {
    let (mut ended, mut cursor) = (0, None::<String>);
    loop {
        let after = cursor
            .map(|cursor| format!("&cursor={cursor}"))
            .unwrap_or_default();
        let path = format!("/api/v1/actions?device_id={device}&state=succeeded&limit=500{after}");
        let page: Value = api.get(&path).await?;
        ended += page["items"].as_array().map_or(0, Vec::len);
        cursor = page["next_cursor"].as_str().map(str::to_owned);
        if cursor.is_none() {
            return Ok(ended);
        }
    }
}
