//! The requests of [`wire::agent_api`].

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use reqwest::{Method, RequestBuilder, Url, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use trust::code::Code;
use trust::id::{ActionId, DeviceId};
use trust::time::Timestamp;
use wire::agent_api::{
    Acknowledged, AgentProblem, AwaitRing, CheckIn, CheckedIn, Enroll, Enrolled, Offered, Report, Rung,
    Started,
};
use wire::escrow::{Escrow, EscrowTerms, Escrowed, KeptKey};
use wire::identity::{DeviceSigningKey, SCHEME};

use super::transport::{TransportError, http_client};
use crate::clock::Clock;

/// How long one request may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Why a request brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The server was not reached, or something between answered.
    #[error("reach the server: {0}")]
    Unreachable(String),
    /// The server said no.
    #[error("the server refused ({}): {}", .status, .problem.detail.as_deref().unwrap_or("it gave no reason"))]
    Problem {
        /// The HTTP status.
        status: u16,
        /// What the server said.
        problem: AgentProblem,
    },
}

impl Refused {
    /// The stable code, when the server gave one.
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::Problem { problem, .. } => problem.code,
            Self::Unreachable(_) => None,
        }
    }
}

/// Speaks for one device to one server.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    server: Url,
    device: DeviceId,
    key: Arc<DeviceSigningKey>,
    clock: Arc<dyn Clock>,
    /// How far the server's clock is ahead of the Mac's, in milliseconds.
    clock_offset_ms: Arc<AtomicI64>,
    /// [`CheckedIn::rings`] of the last check-in.
    rings: Arc<AtomicU64>,
}

impl Client {
    /// A client for `device`, which signs with `key`.
    pub fn new(
        server: &str,
        authorities: Option<&str>,
        device: DeviceId,
        key: DeviceSigningKey,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, TransportError> {
        let (server, http) = http_client(server, authorities)?;
        Ok(Self {
            http,
            server,
            device,
            key: Arc::new(key),
            clock,
            clock_offset_ms: Arc::default(),
            rings: Arc::default(),
        })
    }

    /// Asks `server` to take the Mac in. Needs no client yet: the device has no id.
    pub async fn enroll(
        server: &str,
        authorities: Option<&str>,
        request: &Enroll,
    ) -> Result<Enrolled, anyhow::Error> {
        let (server, http) = http_client(server, authorities)?;
        let request = http
            .post(endpoint(&server, "enroll"))
            .timeout(TIMEOUT)
            .json(request);
        Ok(answer(request).await?)
    }

    /// Looks in.
    pub async fn check_in(&self, check_in: &CheckIn) -> Result<CheckedIn<Offered>, Refused> {
        let answer: CheckedIn<Offered> = self.post("check-in", Some(check_in)).await?;
        self.learn_time(answer.server_time);
        self.rings.store(answer.rings, Ordering::Relaxed);
        Ok(answer)
    }

    /// Asks whether an action may begin.
    pub async fn start(&self, id: ActionId) -> Result<Started, Refused> {
        self.post(&format!("actions/{id}/start"), None::<&()>).await
    }

    /// Tells how an action ended.
    pub async fn report(&self, id: ActionId, report: &Report) -> Result<Acknowledged, Refused> {
        self.post(&format!("actions/{id}/report"), Some(report)).await
    }

    /// Asks how to escrow.
    pub async fn escrow_terms(&self) -> Result<EscrowTerms, Refused> {
        answer(self.signed(Method::GET, "escrow").timeout(TIMEOUT)).await
    }

    /// Gives the vault a message.
    pub async fn escrow(&self, message: &Escrow) -> Result<Escrowed, Refused> {
        self.post("escrow", Some(message)).await
    }

    /// Asks for the key that the vault keeps, to try it.
    pub async fn kept_key(&self) -> Result<KeptKey, Refused> {
        answer(self.signed(Method::GET, "escrow/key").timeout(TIMEOUT)).await
    }

    /// Waits until the server rings for something that came after the last check-in, and `within` at most. Answers whether
    /// it rang.
    pub async fn ring(&self, within: Duration) -> Result<bool, Refused> {
        let wait = AwaitRing {
            after: self.rings.load(Ordering::Relaxed),
            within_ms: u64::try_from(within.as_millis()).unwrap_or(u64::MAX),
        };
        let request = self.signed(Method::GET, "ring").query(&wait);
        let Rung { rung } = answer(request).await?;
        Ok(rung)
    }

    async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: Option<&impl Serialize>,
    ) -> Result<T, Refused> {
        let send = || {
            let request = self.signed(Method::POST, path).timeout(TIMEOUT);
            answer(match body {
                Some(body) => request.json(body),
                None => request,
            })
        };
        match send().await {
            // The Mac's clock may be off: take the server's time and try once more.
            Err(Refused::Problem { problem, .. })
                if problem.code == Some(Code::DeviceTokenInvalid) && problem.server_time.is_some() =>
            {
                let time = problem.server_time.unwrap_or_default();
                self.learn_time(time);
                send().await
            }
            result => result,
        }
    }

    fn signed(&self, method: Method, path: &str) -> RequestBuilder {
        let offset = self.clock_offset_ms.load(Ordering::Relaxed);
        let now = Timestamp(self.clock.now().as_millis().saturating_add(offset));
        let token = self.key.token(self.device, now);
        self.http
            .request(method, endpoint(&self.server, path))
            .header(header::AUTHORIZATION, format!("{SCHEME} {token}"))
    }

    fn learn_time(&self, server_time: Timestamp) {
        let offset = server_time
            .as_millis()
            .saturating_sub(self.clock.now().as_millis());
        self.clock_offset_ms.store(offset, Ordering::Relaxed);
    }
}

fn endpoint(server: &Url, path: &str) -> String {
    format!("{}/agent/v1/{path}", server.as_str().trim_end_matches('/'))
}

async fn answer<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, Refused> {
    let response = request
        .send()
        .await
        .map_err(|error| Refused::Unreachable(describe(&error)))?;
    if !response.status().is_success() {
        return Err(problem(response).await);
    }
    response
        .json()
        .await
        .map_err(|error| Refused::Unreachable(describe(&error)))
}

async fn problem(response: reqwest::Response) -> Refused {
    let status = response.status().as_u16();
    match response.json::<AgentProblem>().await {
        Ok(problem) if problem.code.is_some() => Refused::Problem { status, problem },
        _ => Refused::Unreachable(format!("something answered with status {status} and no code")),
    }
}

/// The error with its causes, on one line.
fn describe(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
