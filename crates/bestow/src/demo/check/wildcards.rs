//! Grants by wildcards: what they mean on a Mac, and what comes of one that has no value there.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};
use serde_json::{Value, json};
use trust::action::{Action, ActionTemplate, GrantSecureToken, GrantTemplate, SecretRole};
use trust::code::Code;

use super::grants::{ended, failed_tries, handed_on, shown, untouched};
use super::mac::MacUnderTest;
use super::report::{Report, same};
use crate::client::{ActionView, Asked, ClientError, PlanAnswer};
use crate::demo::people;

/// What stands in the four fields of such a grant: the administrator's name and password, the target's name and password.
const FIELDS: [&str; 4] = ["%admin%", "%admin_password%", "%username%", "%password%"];

/// The names of such a grant.
pub fn template() -> anyhow::Result<ActionTemplate> {
    Ok(ActionTemplate::GrantSecureToken(GrantTemplate {
        administrator: FIELDS[0].parse()?,
        target: FIELDS[2].parse()?,
        promote_administrator: false,
    }))
}

/// The passwords that a grant takes.
const PASSWORDS: [SecretRole; 2] = [SecretRole::Administrator, SecretRole::Target];

/// The passwords of such a grant.
pub fn passwords() -> BTreeMap<SecretRole, String> {
    let fields = [FIELDS[1], FIELDS[3]].map(str::to_owned);
    PASSWORDS.into_iter().zip(fields).collect()
}

/// Hands a token on to the Mac's person. Nobody types a password.
pub async fn grant(mac: &MacUnderTest<'_>, report: &mut Report) -> anyhow::Result<()> {
    let what = format!("{}: {} -> {}", mac.name(), FIELDS[0], FIELDS[2]);
    let person = people::person(mac.situation()?).context("nobody uses this Mac")?;
    let administrator = people::administrator(mac.situation()?);
    let target = person.local_account();
    let meant = Action::GrantSecureToken(GrantSecureToken {
        administrator: administrator.parse()?,
        target: target.parse()?,
        promote_administrator: false,
    });
    let before = mac.truth().await?;
    let plan = plan(mac).await;
    let plan_id = report.step(
        format_args!(
            "{what}: the plan tells that {administrator} and {target} are meant, by collected passwords"
        ),
        plan.and_then(|plan| {
            same("refusal", plan.refusal.as_deref(), None)?;
            same("action", plan.action, Some(meant))?;
            let collected: Vec<_> = plan.collected.into_keys().collect();
            same("collected passwords", collected, PASSWORDS.to_vec())?;
            Ok(plan.plan_id)
        }),
    )?;
    let sent = send(mac, Some(&plan_id)).await?;
    let action = ended(mac, sent).await?;
    report.step(
        format_args!("{what}: ends as granted"),
        same("code", action.code.as_deref(), Some("granted")),
    )?;
    report.step(
        format_args!("{what}: the server shows the holder and the edge"),
        shown(mac, &action).await,
    )?;
    let after = mac.truth().await?;
    report.step(
        format_args!("{what}: the Mac has the token, once, and offers the account at start-up"),
        handed_on(&before, &after, target),
    )?;
    report.step(
        format_args!("{what}: no password was refused"),
        same("failed tries", failed_tries(&before, &after), Vec::new()),
    )
}

/// The password of the Mac's person was not collected: nothing is sent.
pub async fn lacks_a_password(mac: &MacUnderTest<'_>, report: &mut Report) -> anyhow::Result<()> {
    let what = format!("{}: {} -> {}", mac.name(), FIELDS[0], FIELDS[2]);
    let (before, actions_before) = (mac.truth().await?, actions(mac).await?);
    let planned = plan(mac).await.map(|plan| plan.plan_id);
    report.step(
        format_args!("{what}: the plan is refused, which names the wildcard, its field and the Mac"),
        names_the_wildcard(mac, planned),
    )?;
    let sent = send(mac, None).await.map(|action| action.id);
    report.step(
        format_args!("{what}: the order is refused likewise"),
        names_the_wildcard(mac, sent),
    )?;
    let after = mac.truth().await?;
    let nothing = same("actions", actions(mac).await?, actions_before)
        .and_then(|()| untouched(&before, &after))
        .and_then(|()| same("failed tries", failed_tries(&before, &after), Vec::new()));
    report.step(format_args!("{what}: nothing was sent to the Mac"), nothing)
}

async fn plan(mac: &MacUnderTest<'_>) -> anyhow::Result<PlanAnswer> {
    let asked = Asked {
        template: template()?,
        password_wildcards: passwords(),
    };
    Ok(mac.client.plan(mac.known.id, &asked).await?.value)
}

/// Sends the order as a program does that leaves everything to the server.
async fn send(mac: &MacUnderTest<'_>, plan_id: Option<&str>) -> anyhow::Result<ActionView> {
    let [administrator, its_password, target, password] = FIELDS;
    let order = json!({
        "kind": "grant_secure_token", "plan_id": plan_id, "reason": "demo --check",
        "administrator": { "username": administrator, "password_from": its_password },
        "target": { "username": target, "password_from": password },
    });
    let path = format!("devices/{}/actions", mac.known.id);
    Ok(mac.client.post(&path, &order, None).await?.value)
}

/// How many actions the Mac was ever sent.
async fn actions(mac: &MacUnderTest<'_>) -> anyhow::Result<usize> {
    let id = mac.known.id.to_string();
    let query = [("device_id", id.as_str()), ("limit", "500")];
    Ok(mac.client.actions(&query).await?.value.items.len())
}

fn names_the_wildcard<T>(mac: &MacUnderTest<'_>, result: anyhow::Result<T>) -> anyhow::Result<()> {
    let problem = match result.map_err(|error| error.downcast::<ClientError>()) {
        Err(Ok(ClientError::Problem(problem))) => problem,
        Err(Ok(other)) => return Err(other.into()),
        Err(Err(other)) => return Err(other),
        Ok(_) => bail!("expected a refusal"),
    };
    let told: Value = serde_json::from_str(&problem.json)?;
    same(
        "code",
        problem.code.as_deref(),
        Some(Code::UnresolvedWildcard.word()),
    )?;
    same("field", &told["field"], &json!("target.password_from"))?;
    same("wildcard", &told["wildcard"], &json!(FIELDS[3]))?;
    same("device", &told["device"], &json!(mac.name()))
}
