//! What holds of requests whatever they ask for: repeated ones, recalled ones, and those of strangers.

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};

use super::mac::MacUnderTest;
use super::report::{Report, same};
use crate::client::{ActionView, Client, ClientError, connect};
use crate::edge;

/// Repeats and recalls an action that no agent can begin, because the Mac is out of reach.
pub async fn on_a_mac_out_of_reach(mac: &MacUnderTest<'_>, report: &mut Report) -> anyhow::Result<()> {
    let name = mac.name();
    let key = edge::fresh_idempotency_key(edge::now(), &mut edge::rng());
    let first: ActionView = report.step(
        format_args!("{name}: an action for a Mac that is off is accepted and waits"),
        order(mac, &key, "ben").await.and_then(|action| {
            same("state", action.state.as_str(), "queued")?;
            Ok(action)
        }),
    )?;
    report.step(
        format_args!("{name}: the same request again is the same action"),
        order(mac, &key, "ben")
            .await
            .and_then(|action| same("action", action.id, first.id)),
    )?;
    report.step(
        format_args!("{name}: another request under the same key is refused"),
        refused_as(order(mac, &key, "ada").await, "idempotency_key_reused"),
    )?;
    report.step(
        format_args!("{name}: the waiting action is called back"),
        cancel(mac, &first)
            .await
            .and_then(|action| same("state", action.state.as_str(), "cancelled")),
    )?;
    report.step(
        format_args!("{name}: calling it back again changes nothing"),
        cancel(mac, &first)
            .await
            .and_then(|action| same("state", action.state.as_str(), "cancelled")),
    )?;
    Ok(())
}

/// Sends passwords in clear, for the server to seal at its edge.
async fn order(mac: &MacUnderTest<'_>, key: &str, target: &str) -> anyhow::Result<ActionView> {
    let credential = |account: &str| -> Value {
        let password = mac
            .known
            .password(account)
            .map_or("", |password| password.expose_secret());
        json!({ "username": account, "password": password })
    };
    let body = json!({
        "kind": "grant_secure_token", "administrator": credential("ada"), "target": credential(target),
    });
    let path = format!("devices/{}/actions", mac.known.id);
    Ok(mac.client.post(&path, &body, Some(key)).await?.value)
}

/// Tries to call an action back that has ended.
pub async fn too_late(mac: &MacUnderTest<'_>, ended: &ActionView) -> anyhow::Result<()> {
    refused_as(cancel(mac, ended).await, "action_already_started")
}

async fn cancel(mac: &MacUnderTest<'_>, action: &ActionView) -> anyhow::Result<ActionView> {
    Ok(mac.client.cancel_action(action.id).await?.value)
}

fn refused_as<T>(result: anyhow::Result<T>, code: &str) -> anyhow::Result<()> {
    let found = match result {
        Ok(_) => None,
        Err(error) => match error.downcast::<ClientError>()? {
            ClientError::Problem(problem) => problem.code,
            other => return Err(other.into()),
        },
    };
    same("refusal", found.as_deref(), Some(code))
}

/// Asks with a token that is nobody's.
pub async fn of_nobody(client: &Client, report: &mut Report) -> anyhow::Result<()> {
    let stranger = connect(client.address().parse()?, SecretString::from("nobody's token"))?;
    let answer = stranger.devices(&[]).await.map_err(anyhow::Error::from);
    report.step(
        format_args!("a stranger is not served"),
        refused_as(answer, "not_signed_in"),
    )
}
