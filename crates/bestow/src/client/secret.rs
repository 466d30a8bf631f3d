//! Enrolment secrets, as the API hands them out: once.

use std::time::Duration;

use secrecy::SecretString;
use serde::Deserialize;
use serde_json::json;
use trust::time::Timestamp;

use super::error::ClientError;
use super::transport::{Answer, Client};

/// A secret that enrols one Mac.
#[derive(Debug, Deserialize)]
pub struct EnrolmentSecret {
    /// The secret. The server keeps only its digest.
    pub secret: SecretString,
    /// When it can no longer be used.
    pub expires_at: Timestamp,
}

impl Client {
    /// Makes a secret that is good for `valid_for`; the server's default without it.
    pub async fn make_enrolment_secret(
        &self,
        valid_for: Option<Duration>,
    ) -> Result<Answer<EnrolmentSecret>, ClientError> {
        let body = match valid_for {
            Some(valid_for) => json!({ "valid_for_s": valid_for.as_secs() }),
            None => json!({}),
        };
        self.post("enrolment-secrets", &body, None).await
    }
}
