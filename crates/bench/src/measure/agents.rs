//! How many agents one server holds, what they cost it, and how soon an action is with its agent.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use trust::id::{ActionId, DeviceId};
use trust::observation::Hardware;

use crate::api::Api;
use crate::figure::{Bar, Figure, Kind};
use crate::fleet::{Fleet, Noted, Progress, SimulatedMac};
use crate::ground::Ground;
use crate::latency::Latencies;
use crate::measure::lists::mebibytes;
use crate::server::{Server, Transport};
use crate::stock::{Mixture, Stocked, Template};
use crate::usage::Watched;

/// How often it is looked whether all have connected.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// Files that a process needs besides its agents' connections, of which each agent holds one.
const OTHER_FILES: u64 = 200;

/// What is to be measured.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// How many agents there are, at most. The limit of open files may allow fewer.
    pub agents: u32,
    /// How many actions are sent, one after the other, to agents all over the fleet.
    pub actions: u32,
    /// How long the connected fleet is watched, which does nothing but look in each minute.
    pub idle_for: Duration,
    /// What they speak.
    pub transport: Transport,
}

/// Connects the agents and sends actions to some.
pub async fn agents(ground: &Ground, size: Size) -> anyhow::Result<Vec<Figure>> {
    let admitted = open_files()?.saturating_sub(OTHER_FILES);
    let count = u32::try_from(u64::from(size.agents).min(admitted))?;
    let mixture = Mixture::make();
    let site = ground.site()?;
    let devices = site.fill(count, &mixture).await?;
    let server = site.start(size.transport).await?;
    let watched = server.watched()?;
    let (before, sockets) = (watched.resident()?, watched.open_sockets()?);
    let (mut fleet, mut noted, healthy) = fleet(&server, devices, &mixture)?;
    let begun = Instant::now();
    fleet.start();
    while fleet.connected() < usize::try_from(count)? {
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    let connected_within = begun.elapsed();
    let idle = idle(&watched, size.idle_for).await?;
    let with = watched.resident()?;
    let held = watched.open_sockets()?.saturating_sub(sockets) as f64 / f64::from(count);
    let api = Api::new(server.address(), server.token()?)?;
    let to_agent = send(&api, &mut noted, &healthy, &mixture, size.actions).await?;
    let most = watched.most_resident()?;
    fleet.stop().await;
    server.stop().await?;

    let each = (with.saturating_sub(before)) as f64 / f64::from(count) / 1024.0;
    Ok(vec![
        Figure::new(
            "agents connected, as many as this machine admits",
            f64::from(count),
            "",
            Kind::Counted,
        ),
        Figure::new("connections of each agent", held, "", Kind::Counted),
        Figure::new(
            "all connected within",
            connected_within.as_secs_f64(),
            "s",
            Kind::Wall,
        ),
        Figure::new(
            "server, resident with them",
            mebibytes(with),
            "MiB",
            Kind::Counted,
        ),
        Figure::new("server, resident at most", mebibytes(most), "MiB", Kind::Counted),
        Figure::new("server, resident for each agent", each, "KiB", Kind::Counted).bar(Bar::AtMost(20.9)),
        Figure::new(
            "server, processors used by the idle fleet",
            idle,
            "cores",
            Kind::Processor,
        ),
        Figure::new("action to agent, p50", to_agent.percentile(50), "ms", Kind::Wall),
        Figure::new("action to agent, p99", to_agent.percentile(99), "ms", Kind::Wall)
            .bar(Bar::AtMost(250.0)),
    ])
}

/// Raises the limit of open files as far as the system lets us. The server raises its own. Answers the limit.
fn open_files() -> anyhow::Result<u64> {
    let limits = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limits.maximum,
        ..limits
    };
    setrlimit(Resource::Nofile, raised).context("raise the limit of open files")?;
    Ok(limits.maximum.unwrap_or(u64::MAX))
}

type Parts = (Fleet, mpsc::UnboundedReceiver<Noted>, Vec<(DeviceId, u32)>);

/// A fleet of every device, and those of it on which a grant can be tried.
fn fleet(server: &Server, devices: Vec<Stocked>, mixture: &Mixture) -> anyhow::Result<Parts> {
    let mut fleet = Fleet::new(server.address().clone());
    let noted = fleet.watch();
    let mut healthy = Vec::new();
    for device in devices {
        let template = mixture.of(device.number);
        if device.seen.is_some() && template.is_healthy() {
            healthy.push((device.id, device.number));
        }
        fleet.add(device.id, device.keys, Arc::new(mac(template, device.seen)))?;
    }
    Ok((fleet, noted, healthy))
}

/// The device's own Mac: like the one that stands for it, with another name.
fn mac(template: &Template, seen: Option<trust::observation::Observation>) -> SimulatedMac {
    let mut mac = template.made.mac.clone();
    let Some(seen) = seen else {
        return SimulatedMac::new(mac);
    };
    if let Some(Hardware {
        serial_number,
        hardware_uuid,
        model,
        ..
    }) = seen.hardware.value().cloned()
    {
        mac.hardware.serial = serial_number;
        mac.hardware.uuid = hardware_uuid;
        mac.hardware.model = model;
    }
    SimulatedMac::seen_as(mac, seen)
}

/// How many processors the server uses while the fleet does what it always does.
async fn idle(server: &Watched, duration: Duration) -> anyhow::Result<f64> {
    let (begun, used) = (Instant::now(), server.processor_time()?);
    tokio::time::sleep(duration).await;
    let used = server.processor_time()?.saturating_sub(used);
    Ok(used.as_secs_f64() / begun.elapsed().as_secs_f64())
}

/// Sends `count` actions, each when the one before has arrived. Answers how long each took from the request to the agent.
async fn send(
    api: &Api,
    noted: &mut mpsc::UnboundedReceiver<Noted>,
    healthy: &[(DeviceId, u32)],
    mixture: &Mixture,
    count: u32,
) -> anyhow::Result<Latencies> {
    let mut latencies = Latencies::default();
    let mut arrived: HashMap<ActionId, Instant> = HashMap::new();
    ensure!(
        !healthy.is_empty(),
        "the fleet has Macs on which a grant can be tried"
    );
    for number in 0..usize::try_from(count)? {
        let (device, mac) = healthy[number.wrapping_mul(7_919) % healthy.len()];
        let made = &mixture.of(mac).made;
        let party =
            |name: &str| json!({ "username": name, "password": made.account(name).map(|a| &a.password) });
        let order = json!({
            "kind": "grant_secure_token",
            "administrator": party("ada"),
            "target": party("ben"),
        });
        let begun = Instant::now();
        let path = format!("/api/v1/devices/{device}/actions");
        let action: Value = api.post(&path, &format!("action-{number:06}"), &order).await?;
        let id: ActionId = action["id"].as_str().context("read the action's id")?.parse()?;
        while !arrived.contains_key(&id) {
            let noted = noted.recv().await.context("watch the agents")?;
            if noted.progress == Progress::Arrived {
                arrived.insert(noted.action, noted.at);
            }
        }
        latencies.add(arrived[&id].duration_since(begun));
    }
    Ok(latencies)
}
