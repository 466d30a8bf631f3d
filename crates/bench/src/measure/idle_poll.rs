//! What it costs a server that a Mac asks, by Apple's device management, for a command when there is none.

use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use macsim::front::mdm::{Message, body, header, read_profile};
use macsim::model::clock::UnixMillis;
use macsim::model::mdm::Connection;
use macsim::scenario::Situation;
use reqwest::Url;
use serde_json::json;
use tokio::task::JoinSet;
use trust::observation::Hardware;

use crate::api::Api;
use crate::figure::{Bar, Figure, Kind};
use crate::fleet::ServerAddress;
use crate::ground::Ground;
use crate::latency::Latencies;
use crate::server::Transport;
use crate::stock::{Mixture, Stocked};
use crate::usage::Watched;

/// How many Macs wait for an answer at a time.
const AT_A_TIME: usize = 16;

/// What is to be measured.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// How many Macs there are.
    pub macs: u32,
    /// How often each asks while it is measured.
    pub rounds: u32,
}

/// Measures polls, each of whose signature the server checks. The Macs enrol by profiles that the server made for them.
pub async fn idle_poll(ground: &Ground, size: Size) -> anyhow::Result<Vec<Figure>> {
    let site = ground.site()?;
    let devices = site.fill(size.macs, &Mixture::make()).await?;
    let server = site.start(Transport::Tls).await?;
    let api = Api::new(server.address(), server.token()?)?;
    let mut macs = Vec::new();
    for device in &devices {
        if let Some(hardware) = device.seen.as_ref().and_then(|seen| seen.hardware.value()) {
            macs.push(Mac::enrol(server.address(), &api, device, hardware).await?);
        }
    }
    let watched = server.watched()?;
    let (macs, _) = measure(macs, 2, &watched).await?;
    let (_, measured) = measure(macs, size.rounds, &watched).await?;
    server.stop().await?;
    Ok(measured.figures())
}

/// A request that is made over and over: signing it is the Mac's own work.
struct Request {
    url: Url,
    signature: String,
    body: Vec<u8>,
}

/// A Mac with a connection of its own.
struct Mac {
    http: reqwest::Client,
    poll: Request,
}

impl Mac {
    async fn enrol(
        server: &ServerAddress,
        api: &Api,
        device: &Stocked,
        hardware: &Hardware,
    ) -> anyhow::Result<Self> {
        let path = format!("/api/v1/devices/{}/mdm-enrolment/profile", device.id);
        let key = format!("profile-{}", device.id);
        let profile = api.post_for_file(&path, &key, &json!({})).await?;
        let connection = read_profile(&profile).context("read the profile")?;
        let mut mac = Situation::Healthy.mac(1, UnixMillis(0)).mac;
        mac.hardware.serial.clone_from(&hardware.serial_number);
        mac.hardware.uuid.clone_from(&hardware.hardware_uuid);
        let (base, http) = agent::link::http_client(&server.url, server.authorities.as_deref())?;
        let request = |message: &Message<'_>| request(&base, &mac, &connection, message);
        for message in [Message::Authenticate, Message::TokenUpdate] {
            put(&http, &request(&message)?).await.context("enrol")?;
        }
        let poll = request(&Message::Idle)?;
        Ok(Self { http, poll })
    }
}

/// What a Mac says, to the server at `base`, whatever address its profile names.
fn request(
    base: &Url,
    mac: &macsim::Mac,
    connection: &Connection,
    message: &Message<'_>,
) -> anyhow::Result<Request> {
    let address = match message {
        Message::Idle => &connection.server_url,
        _ => &connection.check_in_url,
    };
    let named = Url::parse(address).context("read the profile's address")?;
    let body = body(mac, &connection.topic, message);
    Ok(Request {
        url: base.join(named.path())?,
        signature: header(connection, &body)?,
        body,
    })
}

async fn put(http: &reqwest::Client, request: &Request) -> anyhow::Result<()> {
    let sent = http
        .put(request.url.clone())
        .header("mdm-signature", &request.signature)
        .body(request.body.clone())
        .send()
        .await
        .context("speak to the server")?;
    let status = sent.status();
    let answer = sent.bytes().await.context("read the answer")?;
    ensure!(
        status.as_u16() == 200 && answer.is_empty(),
        "the server answered {status}: {}",
        String::from_utf8_lossy(&answer)
    );
    Ok(())
}

/// What was measured.
struct Measured {
    latencies: Latencies,
    took: Duration,
    processor: Duration,
}

/// Lets every Mac ask `rounds` times.
async fn measure(macs: Vec<Mac>, rounds: u32, server: &Watched) -> anyhow::Result<(Vec<Mac>, Measured)> {
    let mut parts: Vec<Vec<Mac>> = std::iter::repeat_with(Vec::new).take(AT_A_TIME).collect();
    for (index, mac) in macs.into_iter().enumerate() {
        parts[index % AT_A_TIME].push(mac);
    }
    let (begun, used) = (Instant::now(), server.processor_time()?);
    let mut working = JoinSet::new();
    for part in parts {
        working.spawn(ask(part, rounds));
    }
    let (mut macs, mut latencies) = (Vec::new(), Latencies::default());
    while let Some(done) = working.join_next().await {
        let (part, times) = done.context("let Macs ask")??;
        macs.extend(part);
        latencies.append(times);
    }
    let measured = Measured {
        latencies,
        took: begun.elapsed(),
        processor: server.processor_time()?.saturating_sub(used),
    };
    Ok((macs, measured))
}

async fn ask(macs: Vec<Mac>, rounds: u32) -> anyhow::Result<(Vec<Mac>, Latencies)> {
    let mut latencies = Latencies::default();
    for _ in 0..rounds {
        for mac in &macs {
            let begun = Instant::now();
            put(&mac.http, &mac.poll).await?;
            latencies.add(begun.elapsed());
        }
    }
    Ok((macs, latencies))
}

impl Measured {
    fn figures(&self) -> Vec<Figure> {
        let count = u32::try_from(self.latencies.count()).unwrap_or(u32::MAX);
        let each = self.processor.as_secs_f64() * 1_000.0 / f64::from(count);
        let rate = f64::from(count) / self.took.as_secs_f64();
        vec![
            Figure::new(
                "MDM idle poll, SQLite: server per poll",
                each,
                "ms",
                Kind::Processor,
            )
            .bar(Bar::AtMost(0.15))
            .peer(0.14, "in memory that does not last"),
            Figure::new(
                "MDM idle poll, with the load generator",
                rate,
                "per s",
                Kind::Wall,
            ),
            Figure::new(
                "MDM idle poll: p50",
                self.latencies.percentile(50),
                "ms",
                Kind::Wall,
            ),
            Figure::new(
                "MDM idle poll: p99",
                self.latencies.percentile(99),
                "ms",
                Kind::Wall,
            ),
        ]
    }
}
