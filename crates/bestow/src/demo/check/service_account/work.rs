//! It hands its token on, and gets a new password.

use std::time::Duration;

use macsim::report::TrueToken;
use macsim::rules::create_account::{NewAccount, create_account};
use secrecy::{ExposeSecret as _, SecretString};
use trust::action::Action;
use trust::code::Code;

use super::super::grants::ended;
use super::super::mac::MacUnderTest;
use super::super::report::{Report, same};
use super::{NAME, change, is_whole, log_in, stands};
use crate::client::Asked;
use crate::edge;
use crate::order::{Passwords, Planned, Terms, seal_action};

/// How long an action may wait for its Mac.
const VALID_FOR: Duration = Duration::from_secs(600);

/// A new account logs in for the first time.
pub async fn hands_on(mac: &MacUnderTest<'_>, report: &mut Report) -> anyhow::Result<()> {
    let name = mac.name().to_owned();
    let password = SecretString::from("nora's first password 1");
    let nora = NewAccount {
        name: "nora".to_owned(),
        full_name: "Nora Ngo".to_owned(),
        uid: 540,
        gid: 20,
        home: "/Users/nora".to_owned(),
        ..NewAccount::default()
    };
    let with_token = change(mac, |mac, at| {
        create_account(mac, &nora, password.expose_secret(), None, at)
    })??;
    report.step(
        format_args!("{name}: somebody makes the account nora, which gets no token"),
        same("she holds a token", with_token, false),
    )?;
    log_in(mac, "nora", &password).await?;
    let told = mac
        .settles(async |client| {
            let chain = client.chain(mac.known.id).await?.value;
            let edges = chain.edges.iter().filter(|edge| edge.target == "nora");
            let granters: Vec<&str> = edges.map(|edge| edge.granter.as_str()).collect();
            same("who handed nora a token", granters, vec![NAME])
        })
        .await;
    report.step(
        format_args!("{name}: at her first login the service account hands her its token by itself"),
        told,
    )?;
    let truth = mac.truth().await?;
    let account = truth.accounts.iter().find(|account| account.name == "nora");
    report.step(
        format_args!("{name}: nora's password opens the disk"),
        same("token", account.map(|nora| nora.token), Some(TrueToken::Usable)),
    )
}

/// An administrator orders a new password.
pub async fn gets_a_new_password(mac: &MacUnderTest<'_>, report: &mut Report) -> anyhow::Result<()> {
    let name = mac.name().to_owned();
    let before = passwords_set(mac).await?;
    let rotate = Action::RotateServiceAccountPassword(Default::default());
    let plan = mac.client.plan(mac.known.id, &Asked::from(&rotate)).await?.value;
    let (now, mut rng) = (edge::now(), edge::rng());
    let terms = Terms {
        id: edge::fresh_id(now, &mut rng),
        not_before: None,
        not_after: now.plus(VALID_FOR),
        plan_id: plan.plan_id,
        reason: Some("demo --check".to_owned()),
    };
    let order = seal_action(
        &mac.device,
        &Planned::from(&rotate),
        terms,
        &Passwords::new(),
        &mut rng,
    )?;
    let sent = mac.client.send_action(mac.known.id, &order).await?.value;
    let action = ended(mac, sent).await?;
    report.step(
        format_args!("{name}: a new password for it, by order: ends as service_account_rotated"),
        same(
            "code",
            action.code.as_deref(),
            Some(Code::ServiceAccountRotated.word()),
        ),
    )?;
    let valid = stands(mac, "Valid", &[]).await.map(drop);
    report.step(
        format_args!("{name}: the new password is proved, and it is still valid"),
        valid,
    )?;
    let (after, truth) = (passwords_set(mac).await?, mac.truth().await?);
    let true_end = is_whole(&truth).and_then(|()| same("changes of its password", after - before, 1));
    report.step(
        format_args!("{name}: on the Mac its password was changed once, and opens the disk"),
        true_end,
    )
}

async fn passwords_set(mac: &MacUnderTest<'_>) -> anyhow::Result<u32> {
    let effects = mac.truth().await?.effects;
    Ok(effects.accounts.get(NAME).map_or(0, |counts| counts.password_set))
}
