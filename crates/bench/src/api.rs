//! The server's public API, as a program uses it.

use anyhow::{Context as _, bail};
use reqwest::{Method, RequestBuilder, Response};
use secrecy::{ExposeSecret as _, SecretString};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::fleet::ServerAddress;

/// A program that holds an API token.
#[derive(Clone)]
pub struct Api {
    http: reqwest::Client,
    base: String,
    token: SecretString,
}

impl Api {
    /// A program that speaks to `server` and holds `token`.
    pub fn new(server: &ServerAddress, token: SecretString) -> anyhow::Result<Self> {
        let (base, http) = agent::link::http_client(&server.url, server.authorities.as_deref())?;
        Ok(Self {
            http,
            base: base.as_str().trim_end_matches('/').to_owned(),
            token,
        })
    }

    /// Reads `path`.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> anyhow::Result<T> {
        self.answer(path, self.request(Method::GET, path)).await
    }

    /// Reads `path`; answers as soon as the answer begins.
    pub async fn send_get(&self, path: &str) -> anyhow::Result<Response> {
        let request = self.request(Method::GET, path);
        request.send().await.with_context(|| format!("ask for {path}"))
    }

    /// Sends `body` to `path` under an idempotency key.
    pub async fn post<T: DeserializeOwned>(&self, path: &str, key: &str, body: &Value) -> anyhow::Result<T> {
        let request = self.request(Method::POST, path);
        self.answer(path, request.header("idempotency-key", key).json(body))
            .await
    }

    /// Sends `body` to `path` under an idempotency key; answers the file that comes back.
    pub async fn post_for_file(&self, path: &str, key: &str, body: &Value) -> anyhow::Result<Vec<u8>> {
        let request = self.request(Method::POST, path);
        let response = succeeded(path, request.header("idempotency-key", key).json(body)).await?;
        let file = response.bytes().await;
        Ok(file
            .with_context(|| format!("read the answer to {path}"))?
            .to_vec())
    }

    /// Makes a secret with which one Mac can enrol.
    pub async fn enrolment_secret(&self, key: &str) -> anyhow::Result<SecretString> {
        let made: Value = self.post("/api/v1/enrolment-secrets", key, &json!({})).await?;
        let secret = made["secret"].as_str().context("read the enrolment secret")?;
        Ok(SecretString::from(secret))
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let token = self.token.expose_secret();
        let request = self.http.request(method, format!("{}{path}", self.base));
        request.header("authorization", format!("Bearer {token}"))
    }

    async fn answer<T: DeserializeOwned>(&self, path: &str, request: RequestBuilder) -> anyhow::Result<T> {
        let response = succeeded(path, request).await?;
        response
            .json()
            .await
            .with_context(|| format!("read the answer to {path}"))
    }
}

/// Sends a request that must be done.
async fn succeeded(path: &str, request: RequestBuilder) -> anyhow::Result<Response> {
    let response = request.send().await.with_context(|| format!("ask for {path}"))?;
    let status = response.status();
    if !status.is_success() {
        let problem = response.text().await.unwrap_or_default();
        bail!("ask for {path}: {status}: {problem}");
    }
    Ok(response)
}
