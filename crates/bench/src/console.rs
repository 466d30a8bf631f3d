//! A person's browser, as far as the server can tell.

use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use reqwest::header::{COOKIE, SET_COOKIE};

use crate::fleet::ServerAddress;

/// A browser that is signed in to the console.
pub struct Browser {
    http: reqwest::Client,
    base: String,
    cookie: String,
}

/// A page that was loaded.
pub struct Loaded {
    /// Until its first byte.
    pub first_byte: Duration,
    /// The whole of it.
    pub text: String,
}

impl Browser {
    /// Signs in by a link.
    pub async fn sign_in(server: &ServerAddress, path: &str) -> anyhow::Result<Self> {
        let (base, http) = agent::link::http_client(&server.url, server.authorities.as_deref())?;
        let base = base.as_str().trim_end_matches('/').to_owned();
        let response = http
            .get(format!("{base}{path}"))
            .send()
            .await
            .context("sign in")?;
        let cookie = response.headers().get(SET_COOKIE).context("sign in")?.to_str()?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        Ok(Self { http, base, cookie })
    }

    /// Loads a page.
    pub async fn load(&self, path: &str) -> anyhow::Result<Loaded> {
        let request = self.http.get(format!("{}{path}", self.base));
        let begun = Instant::now();
        let response = request.header(COOKIE, &self.cookie).send().await;
        let first_byte = begun.elapsed();
        let response = response.with_context(|| format!("load {path}"))?;
        let status = response.status();
        let text = response.text().await.with_context(|| format!("load {path}"))?;
        ensure!(status.is_success(), "load {path}: {status}: {text}");
        Ok(Loaded { first_byte, text })
    }
}
