//! Requests and answers: one client for one server, with the token, time limits and bounded answers.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Method, RequestBuilder, Response, StatusCode, Url};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::{ClientError, Problem};
use crate::edge;

/// No answer of the API is longer.
const LONGEST_ANSWER: usize = 32 * 1024 * 1024;

/// How long to wait, and how often to try.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For the connection.
    pub connect: Duration,
    /// For the whole answer.
    pub answer: Duration,
    /// How often a request is sent when no answer comes. A request that changes something is repeated under the same
    /// `Idempotency-Key`, so it is carried out once.
    pub tries: u32,
    /// Before the second try; doubled before each further one.
    pub pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            answer: Duration::from_secs(30),
            tries: 3,
            pause: Duration::from_millis(250),
        }
    }
}

/// What was read from an answer, and the answer itself. Some answers hold a secret, so none can be shown by accident.
#[derive(Clone)]
pub struct Answer<T> {
    /// What was read from it.
    pub value: T,
    /// The server's own JSON.
    pub json: String,
}

/// A client of one server.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
    token: SecretString,
    patience: Patience,
}

impl Client {
    /// A client that speaks to `base` through `http`.
    pub fn new(http: reqwest::Client, base: Url, token: SecretString, patience: Patience) -> Self {
        Self {
            http,
            base,
            token,
            patience,
        }
    }

    /// The server's address without a closing slash.
    pub fn address(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }

    /// Reads what stands at `path`, such as `devices`.
    pub async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<Answer<T>, ClientError> {
        self.persist(|| self.request(Method::GET, path).query(query))
            .await
    }

    /// Reads the text that stands at `path`.
    pub(super) async fn get_text(&self, path: &str) -> Result<String, ClientError> {
        let exchange = async {
            let response = self.open(path).await?;
            let (_, text) = self.text(response).await?;
            Ok(text)
        };
        tokio::time::timeout(self.patience.answer, exchange)
            .await
            .unwrap_or_else(|_| Err(self.timed_out()))
    }

    /// Asks for something to be made at `path` that is shown once, as text. It is asked once: a second answer would hold nothing.
    pub(super) async fn post_for_text<B: Serialize>(
        &self,
        path: &str,
        body: &B,
    ) -> Result<String, ClientError> {
        let key = edge::fresh_idempotency_key(edge::now(), &mut edge::rng());
        let request = self
            .request(Method::POST, path)
            .header("Idempotency-Key", key)
            .json(body);
        let exchange = async {
            let response = request.send().await.map_err(|error| self.unreachable(error))?;
            if !response.status().is_success() {
                return Err(self.refusal(response).await);
            }
            let (_, text) = self.text(response).await?;
            Ok(text)
        };
        tokio::time::timeout(self.patience.answer, exchange)
            .await
            .unwrap_or_else(|_| Err(self.timed_out()))
    }

    /// Asks for a change at `path`. `key` is the `Idempotency-Key`; without one a fresh one is made.
    pub async fn post<B: Serialize, T: DeserializeOwned>(
        &self,
        path: &str,
        body: &B,
        key: Option<&str>,
    ) -> Result<Answer<T>, ClientError> {
        let fresh = || edge::fresh_idempotency_key(edge::now(), &mut edge::rng());
        let key = key.map_or_else(fresh, str::to_owned);
        self.change(Method::POST, path, body, &key).await
    }

    /// Says what is to stand at `path` from now on.
    pub async fn put<B: Serialize, T: DeserializeOwned>(
        &self,
        path: &str,
        body: &B,
    ) -> Result<Answer<T>, ClientError> {
        let key = edge::fresh_idempotency_key(edge::now(), &mut edge::rng());
        self.change(Method::PUT, path, body, &key).await
    }

    /// Says that nothing is to stand at `path` any more, and why.
    pub(super) async fn delete<B: Serialize, T: DeserializeOwned>(
        &self,
        path: &str,
        body: &B,
    ) -> Result<Answer<T>, ClientError> {
        let key = edge::fresh_idempotency_key(edge::now(), &mut edge::rng());
        self.change(Method::DELETE, path, body, &key).await
    }

    async fn change<B: Serialize, T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &B,
        key: &str,
    ) -> Result<Answer<T>, ClientError> {
        self.persist(|| {
            self.request(method.clone(), path)
                .header("Idempotency-Key", key)
                .json(body)
        })
        .await
    }

    /// Asks for a change at `path` with a body that may hold secrets and is wiped once it was sent.
    pub(super) async fn send<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
        kind: &'static str,
        body: Bytes,
    ) -> Result<Answer<T>, ClientError> {
        let key = edge::fresh_idempotency_key(edge::now(), &mut edge::rng());
        self.persist(|| {
            self.request(method.clone(), path)
                .query(query)
                .header("Idempotency-Key", &key)
                .header(CONTENT_TYPE, kind)
                .body(body.clone())
        })
        .await
    }

    /// Opens an answer that goes on, without a limit on its duration.
    pub(super) async fn open(&self, path: &str) -> Result<Response, ClientError> {
        let opening = self.request(Method::GET, path).send();
        let response = tokio::time::timeout(self.patience.answer, opening)
            .await
            .map_err(|_| self.timed_out())?
            .map_err(|error| self.unreachable(error))?;
        if response.status().is_success() {
            Ok(response)
        } else {
            Err(self.refusal(response).await)
        }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let address = format!("{}/api/v1/{path}", self.address());
        self.http
            .request(method, address)
            .bearer_auth(self.token.expose_secret())
    }

    async fn persist<T: DeserializeOwned>(
        &self,
        build: impl Fn() -> RequestBuilder,
    ) -> Result<Answer<T>, ClientError> {
        let mut pause = self.patience.pause;
        for _ in 1..self.patience.tries {
            match self.once(build()).await {
                Err(error) if error.is_passing() => tokio::time::sleep(pause).await,
                done => return done,
            }
            pause *= 2;
        }
        self.once(build()).await
    }

    async fn once<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<Answer<T>, ClientError> {
        let exchange = async {
            let response = request.send().await.map_err(|error| self.unreachable(error))?;
            if !response.status().is_success() {
                return Err(self.refusal(response).await);
            }
            let (status, text) = self.text(response).await?;
            // An answer without contents says nothing.
            let json = if text.is_empty() { "null".to_owned() } else { text };
            let value = serde_json::from_str(&json).map_err(|error| self.not_ours(status, &error))?;
            Ok(Answer { value, json })
        };
        tokio::time::timeout(self.patience.answer, exchange)
            .await
            .unwrap_or_else(|_| Err(self.timed_out()))
    }

    async fn refusal(&self, response: Response) -> ClientError {
        match self.text(response).await {
            Err(error) => error,
            Ok((status, json)) => match serde_json::from_str::<Problem>(&json) {
                Ok(problem) => ClientError::Problem(Box::new(Problem {
                    status: status.as_u16(),
                    json,
                    ..problem
                })),
                Err(error) => self.not_ours(status, &error),
            },
        }
    }

    async fn text(&self, mut response: Response) -> Result<(StatusCode, String), ClientError> {
        let status = response.status();
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.unreachable(error))? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > LONGEST_ANSWER {
                return Err(self.not_ours(status, &"it is too long"));
            }
        }
        let text = String::from_utf8(bytes).map_err(|_| self.not_ours(status, &"it is not text"))?;
        Ok((status, text))
    }

    pub(super) fn unreachable(&self, source: reqwest::Error) -> ClientError {
        if source.is_timeout() {
            self.timed_out()
        } else {
            ClientError::Unreachable {
                address: self.address().to_owned(),
                source: source.without_url(),
            }
        }
    }

    fn timed_out(&self) -> ClientError {
        ClientError::TimedOut {
            address: self.address().to_owned(),
        }
    }

    fn not_ours(&self, status: StatusCode, why: &dyn std::fmt::Display) -> ClientError {
        ClientError::NotOurs {
            address: self.address().to_owned(),
            status: status.as_u16(),
            why: why.to_string(),
        }
    }
}
