//! How many recovery keys a server takes into its vault in a second.

use std::sync::Arc;
use std::time::{Duration, Instant};

use agent::clock::{Clock as _, SystemClock};
use agent::link::Client;
use anyhow::{Context as _, anyhow, ensure};
use rand_core::{CryptoRng, UnwrapErr};
use secrecy::SecretString;
use tokio::task::JoinSet;
use trust::escrow::recovery_key::is_recovery_key;
use trust::escrow::{EscrowKind, Origin};
use trust::id::{EscrowMessageId, GenericUuid as _};
use wire::escrow::{Escrow, Told};
use wire::seal::{SealingPublicKey, seal};

use crate::figure::{Bar, Figure, Kind};
use crate::fleet::ServerAddress;
use crate::ground::Ground;
use crate::latency::Latencies;
use crate::server::Transport;
use crate::stock::{Mixture, Stocked};
use crate::usage::Watched;

/// How many agents wait for an answer at a time.
const AT_A_TIME: usize = 64;

/// Letters and digits of recovery keys.
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNPQRSTUVWXYZ2345679";

/// What is to be measured.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// How many agents there are.
    pub agents: u32,
    /// How many keys each escrows.
    pub keys: u32,
}

/// Measures new keys, each of which becomes a version that is on the disk before it is acknowledged.
pub async fn escrow(ground: &Ground, size: Size) -> anyhow::Result<Vec<Figure>> {
    let site = ground.site()?;
    let devices = site.fill(size.agents, &Mixture::make()).await?;
    let server = site.start(Transport::Tls).await?;
    let agents = agents(server.address(), devices, size.keys).await?;
    let watched = server.watched()?;
    let measured = measure(agents, &watched).await?;
    server.stop().await?;
    Ok(measured.figures())
}

/// One agent, with the messages that it is going to send: sealing them is its own Mac's work.
struct Agent {
    client: Client,
    messages: Vec<Escrow>,
}

async fn agents(server: &ServerAddress, devices: Vec<Stocked>, keys: u32) -> anyhow::Result<Vec<Agent>> {
    let mut rng = UnwrapErr(getrandom::SysRng);
    let mut agents = Vec::with_capacity(devices.len());
    let mut vault_key = None;
    for device in devices {
        let authorities = server.authorities.as_deref();
        let clock = Arc::new(SystemClock);
        let sender = (device.organization_id, device.id);
        let client = Client::new(&server.url, authorities, device.id, device.keys.signing, clock)?;
        if vault_key.is_none() {
            vault_key = Some(
                client
                    .escrow_terms()
                    .await
                    .context("ask how to escrow")?
                    .vault_key,
            );
        }
        let to = vault_key.as_ref().context("the vault's key")?;
        let messages: anyhow::Result<Vec<Escrow>> =
            (0..keys).map(|_| message(sender, to, &mut rng)).collect();
        agents.push(Agent {
            client,
            messages: messages?,
        });
    }
    Ok(agents)
}

fn message(
    (organization_id, device_id): (trust::id::OrganizationId, trust::id::DeviceId),
    to: &SealingPublicKey,
    rng: &mut impl CryptoRng,
) -> anyhow::Result<Escrow> {
    let kind = EscrowKind::PersonalRecoveryKey;
    let mut random = [0; 16];
    rng.fill_bytes(&mut random);
    let id = EscrowMessageId::from_untyped_uuid(uuid::Builder::from_random_bytes(random).into_uuid());
    let bound_to = Escrow::associated_data(organization_id, device_id, kind, id);
    let sealed =
        seal(to, &recovery_key(rng)?, &bound_to, rng).map_err(|error| anyhow!("seal a key: {error}"))?;
    Ok(Escrow {
        id,
        kind,
        told: Told::Secret {
            sealed,
            origin: Origin::Rotation,
            proved_at: Some(SystemClock.now()),
        },
    })
}

fn recovery_key(rng: &mut impl CryptoRng) -> anyhow::Result<SecretString> {
    let mut random = [0; 24];
    rng.fill_bytes(&mut random);
    let letters: String = random
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
        .collect();
    let groups: Vec<&str> = (0..6).map(|group| &letters[group * 4..group * 4 + 4]).collect();
    let key = groups.join("-");
    ensure!(is_recovery_key(&key), "no recovery key was made");
    Ok(SecretString::from(key))
}

/// What was measured.
struct Measured {
    latencies: Latencies,
    took: Duration,
    processor: Duration,
}

async fn measure(agents: Vec<Agent>, server: &Watched) -> anyhow::Result<Measured> {
    let mut parts: Vec<Vec<Agent>> = std::iter::repeat_with(Vec::new).take(AT_A_TIME).collect();
    for (index, agent) in agents.into_iter().enumerate() {
        parts[index % AT_A_TIME].push(agent);
    }
    let (begun, used) = (Instant::now(), server.processor_time()?);
    let mut working = JoinSet::new();
    for part in parts {
        working.spawn(send(part));
    }
    let mut latencies = Latencies::default();
    while let Some(done) = working.join_next().await {
        latencies.append(done.context("let agents escrow")??);
    }
    Ok(Measured {
        latencies,
        took: begun.elapsed(),
        processor: server.processor_time()?.saturating_sub(used),
    })
}

async fn send(agents: Vec<Agent>) -> anyhow::Result<Latencies> {
    let mut latencies = Latencies::default();
    for agent in agents {
        for (message, version) in agent.messages.iter().zip(1..) {
            let begun = Instant::now();
            let kept = agent.client.escrow(message).await.context("escrow")?;
            latencies.add(begun.elapsed());
            ensure!(kept.version == Some(version), "a key was not kept as a version");
        }
    }
    Ok(latencies)
}

impl Measured {
    fn figures(&self) -> Vec<Figure> {
        let count = u32::try_from(self.latencies.count()).unwrap_or(u32::MAX);
        let each = self.processor.as_secs_f64() * 1_000.0 / f64::from(count);
        let rate = f64::from(count) / self.took.as_secs_f64();
        vec![
            Figure::new("escrow, with the load generator", rate, "per s", Kind::Wall)
                .bar(Bar::AtLeast(1_500.0))
                .peer(70.0, "61 to 70"),
            Figure::new("escrow: server per key", each, "ms", Kind::Processor),
            Figure::new("escrow: p50", self.latencies.percentile(50), "ms", Kind::Wall),
            Figure::new("escrow: p99", self.latencies.percentile(99), "ms", Kind::Wall),
        ]
    }
}
