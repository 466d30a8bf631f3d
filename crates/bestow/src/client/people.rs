//! Who may sign in and which programs may ask, as the API shows it.

use bytes::Bytes;
use reqwest::Method;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::json;
use trust::time::Timestamp;

use super::Page;
use super::error::ClientError;
use super::transport::{Answer, Client};

/// A list that has one page.
#[derive(Debug, Clone, Deserialize)]
pub struct Items<T> {
    /// The items.
    pub items: Vec<T>,
}

/// A person who can sign in, or is invited to.
#[derive(Debug, Clone, Deserialize)]
pub struct PersonView {
    /// The id.
    pub id: String,
    /// The name to sign in by.
    pub name: String,
    /// What the person is.
    pub role: String,
    /// Whether a password was chosen.
    #[serde(default)]
    pub has_password: bool,
    /// Whether a second factor is asked for.
    #[serde(default)]
    pub has_second_factor: bool,
    /// When the person was added.
    pub created_at: Timestamp,
}

/// A link by which a person chooses a password.
#[derive(Debug, Deserialize)]
pub struct InvitationView {
    /// Where it leads on the server. Whoever has it can use it.
    pub path: SecretString,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// One time that somebody is signed in.
#[derive(Debug, Clone, Deserialize)]
pub struct SessionView {
    /// The id.
    pub id: String,
    /// Who is signed in.
    pub person: String,
    /// From which address.
    #[serde(default)]
    pub address: Option<String>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// A program's token, without the token.
#[derive(Debug, Clone, Deserialize)]
pub struct ApiTokenView {
    /// Its name.
    pub name: String,
    /// What it brings.
    pub role: String,
    /// Which permissions of the role; all of them where there are none.
    #[serde(default)]
    pub scopes: Option<Vec<String>>,
    /// Until when it is valid.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
}

/// A token that is wanted.
#[derive(Debug, Serialize)]
pub struct ApiTokenOrder {
    /// Its name.
    pub name: String,
    /// What it brings.
    pub role: String,
    /// Which permissions of the role.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
    /// How long it is valid, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_for_s: Option<u64>,
}

/// A token, shown once.
#[derive(Debug, Deserialize)]
pub struct ApiToken {
    /// The token.
    pub token: SecretString,
}

impl Client {
    /// Who may sign in.
    pub async fn people(&self, query: &[(&str, &str)]) -> Result<Answer<Page<PersonView>>, ClientError> {
        self.get("people", query).await
    }

    /// Adds a person, and answers an invitation.
    pub async fn add_person(&self, name: &str, role: &str) -> Result<Answer<InvitationView>, ClientError> {
        self.post("people", &json!({ "name": name, "role": role }), None)
            .await
    }

    /// Makes another invitation for a person.
    pub async fn invite_person(&self, id: &str) -> Result<Answer<InvitationView>, ClientError> {
        self.post(&format!("people/{id}/invitation"), &json!({}), None)
            .await
    }

    /// Gives a person another role.
    pub async fn set_person_role(&self, id: &str, role: &str) -> Result<Answer<()>, ClientError> {
        self.put(&format!("people/{id}/role"), &json!({ "role": role }))
            .await
    }

    /// Takes a person's second factor away.
    pub async fn reset_second_factor(&self, id: &str) -> Result<Answer<()>, ClientError> {
        self.remove(&format!("people/{id}/second-factor")).await
    }

    /// Removes a person.
    pub async fn remove_person(&self, id: &str) -> Result<Answer<()>, ClientError> {
        self.remove(&format!("people/{id}")).await
    }

    /// Who is signed in.
    pub async fn sessions(&self) -> Result<Answer<Items<SessionView>>, ClientError> {
        self.get("sessions", &[]).await
    }

    /// Signs somebody out.
    pub async fn end_session(&self, id: &str) -> Result<Answer<()>, ClientError> {
        self.remove(&format!("sessions/{id}")).await
    }

    /// The tokens of programs.
    pub async fn api_tokens(
        &self,
        query: &[(&str, &str)],
    ) -> Result<Answer<Page<ApiTokenView>>, ClientError> {
        self.get("api-tokens", query).await
    }

    /// Makes a token for a program.
    pub async fn create_api_token(&self, order: &ApiTokenOrder) -> Result<Answer<ApiToken>, ClientError> {
        self.post("api-tokens", order, None).await
    }

    /// Ends a program's token.
    pub async fn revoke_api_token(&self, name: &str) -> Result<Answer<()>, ClientError> {
        self.remove(&format!("api-tokens/{name}")).await
    }

    async fn remove(&self, path: &str) -> Result<Answer<()>, ClientError> {
        self.send(Method::DELETE, path, &[], "application/json", Bytes::new())
            .await
    }
}
