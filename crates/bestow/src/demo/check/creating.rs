//! Making accounts: one that holds a token, and one whose name is taken.

use anyhow::bail;
use macsim::report::TrueToken;
use secrecy::SecretString;
use std::time::Duration;
use trust::action::{AccountRole, Action, CreateAccount};
use trust::code::Code;

use super::grants::ended;
use super::mac::MacUnderTest;
use super::report::{Report, holds, same};
use crate::client::{ActionView, Asked, ClientError};
use crate::edge;
use crate::exit::Failure;
use crate::order::{Planned, Terms, seal_action, typed};

/// How long an action may wait for its Mac.
const VALID_FOR: Duration = Duration::from_secs(600);

/// What the new account is called.
const DORA: (&str, &str) = ("dora", "Dora N\u{fa}\u{f1}ez; 100% \u{1F98A}");

/// Makes an account that gets its token from `ada`, and tries to make it once more.
pub async fn with_a_token(mac: &MacUnderTest<'_>, report: &mut Report) -> anyhow::Result<()> {
    let name = mac.name().to_owned();
    let create = create(DORA)?;
    let before = mac.truth().await?;
    let plan = mac.client.plan(mac.known.id, &Asked::from(&create)).await?.value;
    report.step(
        format_args!("{name}: making dora with a token: plan says it can be tried"),
        same("refusal", plan.refusal.as_deref(), None).and_then(|()| {
            let wanted = Code::CreatedWithToken.word();
            holds(
                "it can end as created_with_token",
                plan.plan.outcomes.iter().any(|outcome| outcome == wanted),
            )
        }),
    )?;
    let sent = send(mac, &create, plan.plan_id).await?;
    let action = ended(mac, sent).await?;
    report.step(
        format_args!("{name}: making dora ends as created_with_token, both parts told apart"),
        both_parts(&action),
    )?;
    let after = mac.truth().await?;
    let dora = after.accounts.iter().find(|account| account.name == DORA.0);
    let true_end = same("accounts", after.accounts.len(), before.accounts.len() + 1)
        .and_then(|()| {
            same(
                "full name",
                dora.map(|dora| dora.real_name.as_str()),
                Some(DORA.1),
            )
        })
        .and_then(|()| same("administrator", dora.map(|dora| dora.admin), Some(false)))
        .and_then(|()| same("token", dora.map(|dora| dora.token), Some(TrueToken::Usable)));
    report.step(
        format_args!("{name}: the Mac has dora, standard, with a token that works"),
        true_end,
    )?;
    let shown = mac
        .settles(async |client| {
            let accounts = client.accounts(mac.known.id).await?.value.items;
            let dora = accounts.iter().find(|account| account.record_name == DORA.0);
            same(
                "token",
                dora.map(|dora| dora.token.state.as_str()),
                Some("usable"),
            )?;
            let chain = client.chain(mac.known.id).await?.value;
            let own = chain
                .edges
                .iter()
                .filter(|edge| edge.action_id == Some(action.id));
            same("edges", own.count(), 1)
        })
        .await;
    report.step(
        format_args!("{name}: the server shows dora as a holder, with the edge"),
        shown,
    )?;
    taken(mac, report).await
}

async fn taken(mac: &MacUnderTest<'_>, report: &mut Report) -> anyhow::Result<()> {
    let name = mac.name().to_owned();
    for (names, code) in [
        (DORA, Code::AccountExists),
        (("DORA", "Somebody Else"), Code::AccountExists),
        (("dora2", DORA.1), Code::FullNameTaken),
    ] {
        let create = create(names)?;
        let before = mac.truth().await?;
        let plan = mac.client.plan(mac.known.id, &Asked::from(&create)).await?.value;
        let sent = send(mac, &create, plan.plan_id).await;
        report.step(
            format_args!("{name}: making {} ({}) is refused as {code}", names.0, names.1),
            refused(sent, code),
        )?;
        let after = mac.truth().await?;
        report.step(
            format_args!("{name}: the Mac is untouched"),
            same("accounts", &after.accounts, &before.accounts),
        )?;
    }
    Ok(())
}

fn create((name, full_name): (&str, &str)) -> anyhow::Result<Action> {
    Ok(Action::CreateAccount(CreateAccount {
        target: name.parse()?,
        full_name: full_name.parse()?,
        role: AccountRole::Standard,
        hidden: false,
        administrator: Some("ada".parse()?),
        promote_administrator: false,
    }))
}

async fn send(mac: &MacUnderTest<'_>, action: &Action, plan_id: String) -> Result<ActionView, Failure> {
    let (now, mut rng) = (edge::now(), edge::rng());
    let terms = Terms {
        id: edge::fresh_id(now, &mut rng),
        not_before: None,
        not_after: now.plus(VALID_FOR),
        plan_id,
        reason: Some("demo --check".to_owned()),
    };
    let passwords = [
        mac.known.password("ada").cloned().unwrap_or_default(),
        SecretString::from("dora's; $PATH %s \"pass\""),
    ];
    let order = seal_action(
        &mac.device,
        &Planned::from(action),
        terms,
        &typed(action, passwords),
        &mut rng,
    )?;
    Ok(mac.client.send_action(mac.known.id, &order).await?.value)
}

fn both_parts(action: &ActionView) -> anyhow::Result<()> {
    same(
        "code",
        action.code.as_deref(),
        Some(Code::CreatedWithToken.word()),
    )?;
    same("state", action.state.as_str(), "succeeded")?;
    let parts: Vec<(&str, &str)> = action
        .outcome
        .iter()
        .flat_map(|outcome| &outcome.parts)
        .map(|part| (part.part.as_str(), part.code.as_str()))
        .collect();
    same(
        "parts",
        parts,
        vec![
            ("create_account", Code::AccountCreated.word()),
            ("grant_secure_token", Code::Granted.word()),
        ],
    )
}

fn refused(sent: Result<ActionView, Failure>, code: Code) -> anyhow::Result<()> {
    match sent {
        Err(Failure::Client(ClientError::Problem(problem))) => {
            same("status", problem.status, 422)?;
            same("code", problem.code.as_deref(), Some(code.word()))
        }
        Err(other) => Err(other.into()),
        Ok(action) => bail!("expected a refusal, found {} as {}", action.id, action.state),
    }
}
