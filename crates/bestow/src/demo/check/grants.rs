//! Attempts at grants, and what must have come of each: at the server and on the Mac.

use anyhow::{Context as _, bail};
use macsim::report::{Report as Truth, TrueToken};
use secrecy::SecretString;
use std::time::Duration;
use trust::action::{Action, GrantSecureToken};
use trust::code::Code;

use super::expectation::{Attempt, End, FailedTries, Passwords};
use super::mac::MacUnderTest;
use super::report::{Report, holds, same};
use super::requests;
use crate::client::{ActionView, Asked, Client, ClientError, PlanAnswer, Problem, Watch};
use crate::edge;
use crate::exit::Failure;
use crate::order::{Planned, Terms, seal_action, typed};

/// How long an action may wait for its Mac.
const VALID_FOR: Duration = Duration::from_secs(600);

/// Makes one attempt, step by step.
pub async fn attempt(mac: &MacUnderTest<'_>, attempt: Attempt, report: &mut Report) -> anyhow::Result<()> {
    let what = format!("{}: {} -> {}", mac.name(), attempt.administrator, attempt.target);
    let grant = GrantSecureToken {
        administrator: attempt.administrator.parse()?,
        target: attempt.target.parse()?,
        promote_administrator: false,
    };
    let before = mac.truth().await?;
    let calls_before = mac.calls("sysadminctl", "-secureTokenOn")?;
    let plan_id = report.step(
        format_args!("{what}: plan says {}", foreseen(attempt.end)),
        plan(mac, &grant, attempt.end).await,
    )?;
    let passwords = passwords(mac, attempt);
    let sent = send(mac, &grant, plan_id, passwords).await;
    match attempt.end {
        End::RefusedByPlan(code) => {
            report.step(
                format_args!("{what}: is refused as {code}, with cause and next step"),
                refused(sent, code),
            )?;
        }
        End::RefusedByAgent(code) => {
            let ended = ended(mac, sent?).await;
            report.step(
                format_args!("{what}{}: ends as {code}", given(attempt.passwords)),
                ended.and_then(|action| declined(&action, code)),
            )?;
        }
        End::AlreadyGranted => {
            let ended = ended(mac, sent?).await;
            report.step(
                format_args!("{what}: ends as already_granted"),
                ended.and_then(|action| same("code", action.code.as_deref(), Some("already_granted"))),
            )?;
        }
        End::Granted => {
            let ended = ended(mac, sent?).await;
            let action = report.step(
                format_args!("{what}: ends as granted"),
                ended.and_then(|action| {
                    same("code", action.code.as_deref(), Some("granted")).map(|()| action)
                }),
            )?;
            report.step(
                format_args!("{what}: the server shows the holder and the edge"),
                shown(mac, &action).await,
            )?;
            let too_late = requests::too_late(mac, &action).await;
            report.step(
                format_args!("{what}: what has ended cannot be called back"),
                too_late,
            )?;
        }
    }
    let after = mac.truth().await?;
    let calls = mac.calls("sysadminctl", "-secureTokenOn")? - calls_before;
    let true_end = match attempt.end {
        End::Granted => handed_on(&before, &after, attempt.target),
        _ => untouched(&before, &after).and_then(|()| same("calls of sysadminctl -secureTokenOn", calls, 0)),
    };
    let said = match attempt.end {
        End::Granted => "the Mac has the token, once, and offers the account at start-up",
        _ => "the Mac is untouched",
    };
    report.step(format_args!("{what}: {said}"), true_end)?;
    let tries = same(
        "failed tries",
        failed_tries(&before, &after),
        attempt.failed_tries(),
    );
    report.step(format_args!("{what}: no password is tried twice"), tries)
}

fn foreseen(end: End) -> String {
    match end {
        End::Granted | End::RefusedByAgent(_) => "it can be tried".to_owned(),
        End::AlreadyGranted => Code::AlreadyGranted.to_string(),
        End::RefusedByPlan(code) => code.to_string(),
    }
}

fn given(passwords: Passwords) -> &'static str {
    match passwords {
        Passwords::Right => "",
        Passwords::WrongAdministrator => " with a wrong administrator password",
        Passwords::WrongTarget => " with a wrong target password",
    }
}

/// Plans and compares. Answers the plan's id.
async fn plan(mac: &MacUnderTest<'_>, grant: &GrantSecureToken, end: End) -> anyhow::Result<String> {
    let action = Action::GrantSecureToken(grant.clone());
    let look = async |client: &Client| {
        let answer = client.plan(mac.known.id, &Asked::from(&action)).await?.value;
        compare_plan(&answer, end)?;
        Ok(answer.plan_id)
    };
    mac.settles(look).await
}

fn compare_plan(answer: &PlanAnswer, end: End) -> anyhow::Result<()> {
    let outcomes = &answer.plan.outcomes;
    let can_end = |code: Code| outcomes.iter().any(|outcome| outcome == code.word());
    let refusal = match end {
        End::RefusedByPlan(code) => Some(code.word()),
        End::Granted | End::AlreadyGranted | End::RefusedByAgent(_) => None,
    };
    same("refusal", answer.refusal.as_deref(), refusal)?;
    match end {
        End::RefusedByPlan(_) => Ok(()),
        End::AlreadyGranted => same("outcomes", outcomes.as_slice(), &["already_granted".to_owned()]),
        End::Granted => holds("it can end as granted", can_end(Code::Granted)),
        End::RefusedByAgent(code) => {
            holds("it can end as granted", can_end(Code::Granted))?;
            holds(format_args!("it can end as {code}"), can_end(code))
        }
    }
}

fn passwords(mac: &MacUnderTest<'_>, attempt: Attempt) -> [SecretString; 2] {
    let known = |account| {
        // An account that does not exist has no password; whatever is sent must not matter.
        mac.known
            .password(account)
            .cloned()
            .unwrap_or_else(|| SecretString::from("no such account"))
    };
    let wrong = SecretString::from("not the right one");
    match attempt.passwords {
        Passwords::Right => [known(attempt.administrator), known(attempt.target)],
        Passwords::WrongAdministrator => [wrong, known(attempt.target)],
        Passwords::WrongTarget => [known(attempt.administrator), wrong],
    }
}

async fn send(
    mac: &MacUnderTest<'_>,
    grant: &GrantSecureToken,
    plan_id: String,
    passwords: [SecretString; 2],
) -> Result<ActionView, Failure> {
    let (now, mut rng) = (edge::now(), edge::rng());
    let terms = Terms {
        id: edge::fresh_id(now, &mut rng),
        not_before: None,
        not_after: now.plus(VALID_FOR),
        plan_id,
        reason: Some("demo --check".to_owned()),
    };
    let action = Action::GrantSecureToken(grant.clone());
    let order = seal_action(
        &mac.device,
        &Planned::from(&action),
        terms,
        &typed(&action, passwords),
        &mut rng,
    )?;
    Ok(mac.client.send_action(mac.known.id, &order).await?.value)
}

/// Carries a grant out with the right passwords.
pub async fn carry_out(mac: &MacUnderTest<'_>, grant: &GrantSecureToken) -> anyhow::Result<ActionView> {
    let action = Action::GrantSecureToken(grant.clone());
    let plan = mac.client.plan(mac.known.id, &Asked::from(&action)).await?.value;
    same("refusal", plan.refusal.as_deref(), None)?;
    let password = |account: &str| mac.known.password(account).cloned().unwrap_or_default();
    let passwords = [
        password(grant.administrator.as_str()),
        password(grant.target.as_str()),
    ];
    let sent = send(mac, grant, plan.plan_id, passwords).await?;
    ended(mac, sent).await
}

/// Waits for the action's end.
pub async fn ended(mac: &MacUnderTest<'_>, sent: ActionView) -> anyhow::Result<ActionView> {
    let mut watch = Watch::open(mac.client).await;
    loop {
        let action = mac.client.action(sent.id).await?.value;
        if action.is_final() {
            return Ok(action);
        }
        watch.wait(|ring| ring.concerns_action(sent.id)).await;
    }
}

fn refused(sent: Result<ActionView, Failure>, code: Code) -> anyhow::Result<()> {
    let problem: Problem = match sent {
        Err(Failure::Client(ClientError::Problem(problem))) => *problem,
        Err(other) => return Err(other.into()),
        Ok(action) => bail!("expected a refusal, found {} as {}", action.id, action.state),
    };
    same("status", problem.status, 422)?;
    same("code", problem.code.as_deref(), Some(code.word()))?;
    same("title", problem.title.as_str(), code.entry().title)?;
    let next_step = problem.next_step.unwrap_or_default();
    holds("there is a next step", !next_step.is_empty())?;
    holds(
        "there is a cause",
        problem.detail.is_some_and(|detail| !detail.is_empty()),
    )?;
    let plan = problem.plan.context("the failing plan is missing")?;
    let failed: Vec<&str> = plan.rows.iter().filter_map(|row| row.code.as_deref()).collect();
    same("first failed row", failed.first().copied(), Some(code.word()))
}

fn declined(action: &ActionView, code: Code) -> anyhow::Result<()> {
    same("code", action.code.as_deref(), Some(code.word()))?;
    same("state", action.state.as_str(), "refused")?;
    same("heading", action.heading.as_deref(), code.entry().heading)?;
    let outcome = action.outcome.as_ref().context("the outcome is missing")?;
    same("touched the Mac", outcome.touched_the_mac, false)?;
    holds("there is evidence", !outcome.evidence.is_empty())
}

/// Whether the server shows what a grant has brought about: the holder, and the edge.
pub async fn shown(mac: &MacUnderTest<'_>, action: &ActionView) -> anyhow::Result<()> {
    let target = action.account("target").context("the target is missing")?;
    let holds = async |client: &Client| {
        let accounts = client.accounts(mac.known.id).await?.value.items;
        let account = accounts.iter().find(|account| account.record_name == target);
        same(
            "token",
            account.map(|account| account.token.state.as_str()),
            Some("usable"),
        )
    };
    mac.settles(holds).await?;
    let chain = mac.client.chain(mac.known.id).await?.value;
    let its_own = chain
        .edges
        .iter()
        .filter(|edge| edge.action_id == Some(action.id));
    let edges: Vec<_> = its_own.collect();
    same("edges", edges.len(), 1)?;
    let granter = Some(edges[0].granter.as_str());
    same("granter", granter, action.account("administrator"))?;
    same("target", edges[0].target.as_str(), target)
}

/// Whether the target got a token between the two looks, once.
pub fn handed_on(before: &Truth, after: &Truth, target: &str) -> anyhow::Result<()> {
    let grants = |truth: &Truth| {
        truth
            .effects
            .accounts
            .get(target)
            .map_or(0, |counts| counts.granted)
    };
    same("grants", grants(after) - grants(before), 1)?;
    let account = after.accounts.iter().find(|account| account.name == target);
    same(
        "token",
        account.map(|account| account.token),
        Some(TrueToken::Usable),
    )?;
    let is_offered = after.preboot.iter().any(|offered| offered.name == target);
    // Without FileVault there is no such screen, and its copy does not matter.
    holds("it is offered at start-up", is_offered || !after.filevault)
}

/// Whether nothing was changed between the two looks.
pub fn untouched(before: &Truth, after: &Truth) -> anyhow::Result<()> {
    same("accounts", &after.accounts, &before.accounts)?;
    same("crypto users", &after.crypto_users, &before.crypto_users)?;
    same("start-up screen", &after.preboot, &before.preboot)?;
    same(
        "start-up screen's updates",
        after.effects.preboot_updates,
        before.effects.preboot_updates,
    )
}

/// Accounts whose password was refused since `before`, with how often by Open Directory and by the disk.
pub fn failed_tries(before: &Truth, after: &Truth) -> Vec<FailedTries> {
    let of = |truth: &Truth, name: &str| {
        let counts = truth.effects.accounts.get(name).copied().unwrap_or_default();
        (counts.failed_logins, counts.failed_unlocks)
    };
    let names = after.effects.accounts.keys();
    let tries = names.map(|name| {
        let (now, then) = (of(after, name), of(before, name));
        FailedTries {
            account: name.clone(),
            logins: now.0 - then.0,
            unlocks: now.1 - then.1,
        }
    });
    tries.filter(|tries| tries.logins + tries.unlocks > 0).collect()
}
