//! Looking after accounts: the chain is not cut by it, and another password keeps the token.

use anyhow::{Context as _, bail};
use macsim::report::TrueToken;
use secrecy::SecretString;
use std::time::Duration;
use trust::action::{
    Action, ActionTemplate, ChangePassword, DemoteAccount, GuardedAccountTemplate, ResetPassword,
};
use trust::code::Code;
use trust::guard::Verdict;

use super::grants::ended;
use super::mac::MacUnderTest;
use super::report::{Report, same};
use crate::client::{
    ActionView, Asked, BulkActionOrder, ClientError, Selection, Supposed, WhatIf, WhatIfOrder,
};
use crate::edge;
use crate::exit::Failure;
use crate::order::{Planned, Terms, seal_action, typed};

/// How long an action may wait for its Mac.
const VALID_FOR: Duration = Duration::from_secs(600);

/// The only administrator who holds a token, and a standard account that holds one.
const ADA: &str = "ada";
const DORA: &str = "dora";

/// Asks what demoting the last granter would do, has it refused, and gives `dora` another password, twice.
pub async fn keeps_the_chain(mac: &MacUnderTest<'_>, macs: usize, report: &mut Report) -> anyhow::Result<()> {
    let name = mac.name().to_owned();
    report.step(
        format_args!("{name}: what if tells on how many of {macs} Macs demoting ada would cut the chain"),
        told(mac, macs).await,
    )?;
    let demote = Action::DemoteAccount(DemoteAccount {
        target: ADA.parse()?,
        confirm_device_name: None,
    });
    report.step(
        format_args!("{name}: demoting ada, who alone can hand on, is refused as last_holder"),
        refused(send(mac, &demote, []).await, Code::LastHolder),
    )?;
    let reset = Action::ResetPassword(ResetPassword {
        target: DORA.parse()?,
        administrator: ADA.parse()?,
    });
    let change = Action::ChangePassword(ChangePassword {
        target: DORA.parse()?,
    });
    let [first, second] = ["reset; \"one\" \u{1F98A}", "dora's own %s"].map(SecretString::from);
    for (action, authority, new, code) in [
        (&reset, mac.password(ADA), &first, Code::PasswordReset),
        (&change, first.clone(), &second, Code::PasswordChanged),
        (&change, first.clone(), &second, Code::TargetWrongPassword),
    ] {
        let sent = send(mac, action, [authority, new.clone()]).await?;
        let action = ended(mac, sent).await?;
        report.step(
            format_args!("{name}: {}: ends as {code}", action.kind),
            same("code", action.code.as_deref(), Some(code.word())),
        )?;
        let truth = mac.truth().await?;
        let dora = truth.accounts.iter().find(|account| account.name == DORA);
        report.step(
            format_args!("{name}: the disk takes the password that dora has"),
            same("token", dora.map(|dora| dora.token), Some(TrueToken::Usable)),
        )?;
    }
    Ok(())
}

async fn told(mac: &MacUnderTest<'_>, macs: usize) -> anyhow::Result<()> {
    let demote = ActionTemplate::DemoteAccount(GuardedAccountTemplate {
        target: ADA.parse()?,
        confirm_device_name: None,
    });
    let order = WhatIfOrder {
        selector: Selection {
            all: true,
            ..Selection::default()
        },
        action: Supposed::Action(BulkActionOrder::new(&demote)),
    };
    let answer: WhatIf = mac.client.what_if(&order, &[("limit", "500")]).await?.value;
    let counts = answer.counts.context("nothing was counted")?;
    same("Macs", counts.devices, u64::try_from(macs)?)?;
    let cuts = |verdict: &str| verdict == Verdict::Cuts.word();
    let listed = answer.items.iter().filter(|one| cuts(&one.verdict));
    same(
        "Macs counted by loss",
        counts.losses.iter().map(|loss| loss.count).sum::<u64>(),
        u64::try_from(listed.clone().count())?,
    )?;
    let this = listed.into_iter().find(|one| one.device_name == mac.name());
    same(
        "why",
        this.map(|one| {
            one.detail
                .contains("no other account that holds a Secure Token is an administrator")
        }),
        Some(true),
    )
}

async fn send(
    mac: &MacUnderTest<'_>,
    action: &Action,
    passwords: impl IntoIterator<Item = SecretString>,
) -> Result<ActionView, Failure> {
    let plan = mac.client.plan(mac.known.id, &Asked::from(action)).await?.value;
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
        &Planned::from(action),
        terms,
        &typed(action, passwords),
        &mut rng,
    )?;
    Ok(mac.client.send_action(mac.known.id, &order).await?.value)
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
