//! What it costs a server that an agent looks in.

use std::sync::Arc;
use std::time::{Duration, Instant};

use agent::clock::SystemClock;
use agent::link::Client;
use anyhow::{Context as _, ensure};
use tokio::task::JoinSet;
use trust::fact::Fact;
use trust::observation::Observation;
use wire::agent_api::CheckIn;

use crate::figure::{Bar, Figure, Kind};
use crate::fleet::{AGENT_VERSION, ServerAddress};
use crate::ground::Ground;
use crate::latency::Latencies;
use crate::server::Transport;
use crate::stock::{Mixture, Stocked};
use crate::usage::Watched;

/// How many agents wait for an answer at a time.
const AT_A_TIME: usize = 16;

/// What is to be measured.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// How many agents there are.
    pub agents: u32,
    /// How often each looks in while it is measured.
    pub rounds: u32,
}

/// Measures check-ins that tell nothing new, and check-ins that tell of a change.
pub async fn check_in(ground: &Ground, size: Size) -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for (transport, name) in [(Transport::Tls, "TLS"), (Transport::Plain, "plain HTTP")] {
        let site = ground.site()?;
        let devices = site.fill(size.agents, &Mixture::make()).await?;
        let server = site.start(transport).await?;
        let agents = agents(server.address(), devices)?;
        let watched = server.watched()?;
        let (agents, _) = measure(agents, 2, Told::Unchanged, &watched).await?;
        let (agents, unchanged) = measure(agents, size.rounds, Told::Unchanged, &watched).await?;
        let (_, changed) = measure(agents, size.rounds, Told::Changed, &watched).await?;
        let mut unchanged = unchanged.figures(&format!("check-in, unchanged, {name}"));
        if transport == Transport::Tls {
            unchanged[0] = unchanged[0].clone().bar(Bar::AtMost(0.15));
        }
        figures.extend(unchanged);
        figures.extend(changed.figures(&format!("check-in, changed observation, {name}")));
        server.stop().await?;
    }
    Ok(figures)
}

/// What an agent tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// The digest that the server knows.
    Unchanged,
    /// Another observation than the time before: somebody else sits at the Mac.
    Changed,
}

/// One agent.
struct Agent {
    client: Client,
    seen: Observation,
    times: u32,
}

fn agents(server: &ServerAddress, devices: Vec<Stocked>) -> anyhow::Result<Vec<Agent>> {
    let observed = devices
        .into_iter()
        .filter_map(|device| Some((device.id, device.keys, device.seen?)));
    observed
        .map(|(id, keys, seen)| {
            let authorities = server.authorities.as_deref();
            let clock = Arc::new(SystemClock);
            Ok(Agent {
                client: Client::new(&server.url, authorities, id, keys.signing, clock)?,
                seen,
                times: 0,
            })
        })
        .collect()
}

/// What was measured.
struct Measured {
    latencies: Latencies,
    took: Duration,
    processor: Duration,
}

/// Lets every agent look in `rounds` times.
async fn measure(
    agents: Vec<Agent>,
    rounds: u32,
    told: Told,
    server: &Watched,
) -> anyhow::Result<(Vec<Agent>, Measured)> {
    let mut parts: Vec<Vec<Agent>> = std::iter::repeat_with(Vec::new).take(AT_A_TIME).collect();
    for (index, agent) in agents.into_iter().enumerate() {
        parts[index % AT_A_TIME].push(agent);
    }
    let (begun, used) = (Instant::now(), server.processor_time()?);
    let mut working = JoinSet::new();
    for part in parts {
        working.spawn(look_in(part, rounds, told));
    }
    let (mut agents, mut latencies) = (Vec::new(), Latencies::default());
    while let Some(done) = working.join_next().await {
        let (part, times) = done.context("let agents look in")??;
        agents.extend(part);
        latencies.append(times);
    }
    let measured = Measured {
        latencies,
        took: begun.elapsed(),
        processor: server.processor_time()?.saturating_sub(used),
    };
    Ok((agents, measured))
}

async fn look_in(mut agents: Vec<Agent>, rounds: u32, told: Told) -> anyhow::Result<(Vec<Agent>, Latencies)> {
    let mut latencies = Latencies::default();
    for _ in 0..rounds {
        for agent in &mut agents {
            let check_in = agent.check_in(told);
            let begun = Instant::now();
            let answer = agent.client.check_in(&check_in).await.context("look in")?;
            latencies.add(begun.elapsed());
            ensure!(
                !answer.wants_observation,
                "the server did not know the observation"
            );
        }
    }
    Ok((agents, latencies))
}

impl Agent {
    fn check_in(&mut self, told: Told) -> CheckIn {
        if told == Told::Changed {
            self.times += 1;
            let person = Some(format!("person{}", self.times));
            self.seen.console_user = Fact::known(person, trust::time::Timestamp(0), "stat /dev/console");
        }
        CheckIn {
            agent_version: AGENT_VERSION.to_owned(),
            observation_digest: self.seen.digest(),
            observation: (told == Told::Changed).then(|| self.seen.clone()),
            unfinished: Vec::new(),
            settings_digest: None,
            deeds: Vec::new(),
        }
    }
}

impl Measured {
    fn figures(&self, what: &str) -> Vec<Figure> {
        let count = u32::try_from(self.latencies.count()).unwrap_or(u32::MAX);
        let each = self.processor.as_secs_f64() * 1_000.0 / f64::from(count);
        let rate = f64::from(count) / self.took.as_secs_f64();
        vec![
            Figure::new(format!("{what}: server per request"), each, "ms", Kind::Processor),
            Figure::new(
                format!("{what}: with the load generator"),
                rate,
                "per s",
                Kind::Wall,
            ),
            Figure::new(
                format!("{what}: p50"),
                self.latencies.percentile(50),
                "ms",
                Kind::Wall,
            ),
            Figure::new(
                format!("{what}: p99"),
                self.latencies.percentile(99),
                "ms",
                Kind::Wall,
            ),
        ]
    }
}
