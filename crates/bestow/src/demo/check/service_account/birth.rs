//! It is awaited, it is foretold that it cannot be made, and it is made.

use macsim::model::password_policy::{DemandOrigin, PasswordDemand};
use trust::action::{Action, CreateServiceAccount};
use trust::code::Code;

use super::super::mac::MacUnderTest;
use super::super::report::{Report, holds, same};
use super::{NAME, change, is_found, is_whole, log_in, stands, start_again};
use crate::client::Asked;
use crate::demo::fleet::Fleet;

/// Rules that no password satisfies together.
const AT_LEAST: usize = 20;
const AT_MOST: usize = 8;

/// Before the Mac was started again, nothing is amiss.
pub async fn is_awaited(mac: &MacUnderTest<'_>, report: &mut Report) -> anyhow::Result<()> {
    let seen = stands(mac, "Awaiting first login", &[]).await.map(drop);
    report.step(
        format_args!("{}: the service account awaits the first login", mac.name()),
        seen,
    )?;
    let alarm = is_found(mac, Code::ServiceAccountMissing).await?;
    report.step(
        format_args!("{}: nothing alarms because it is not there yet", mac.name()),
        same("the finding that it is missing", alarm, false),
    )
}

/// A password policy leaves no password for it. That is told before anybody tries, and nothing is made.
pub async fn is_foretold_to_fail(
    mac: &MacUnderTest<'_>,
    fleet: &mut Fleet,
    report: &mut Report,
) -> anyhow::Result<()> {
    let name = mac.name().to_owned();
    change(mac, |mac, _| {
        let of_profile = |demand| (demand, DemandOrigin::Profile("org.example.passcode".to_owned()));
        mac.password_policy.demands = vec![
            of_profile(PasswordDemand::MinLength(AT_LEAST)),
            of_profile(PasswordDemand::MaxLength(AT_MOST)),
        ];
    })?;
    start_again(mac, fleet).await?;
    let told = mac
        .settles(async |client| {
            let seen = client.service_account(mac.known.id).await?.value;
            same("status", seen.label.as_str(), "Awaiting first login")?;
            same("rules that leave no password", seen.conflicting_rules.len(), 2)?;
            let found = is_found(mac, Code::ServiceAccountPolicyConflict).await?;
            same("the finding of the conflict", found, true)
        })
        .await;
    report.step(
        format_args!("{name}: two rules that leave no password for it are named before it is made"),
        told,
    )?;
    let create = Action::CreateServiceAccount(CreateServiceAccount {
        administrator: "ada".parse()?,
        promote_administrator: false,
    });
    let plan = mac.client.plan(mac.known.id, &Asked::from(&create)).await?.value;
    report.step(
        format_args!("{name}: making it by order is refused as password_policy_conflict"),
        same(
            "refusal",
            plan.refusal.as_deref(),
            Some(Code::PasswordPolicyConflict.word()),
        ),
    )?;
    log_in(mac, "ada", &mac.password("ada")).await?;
    let missing = stands(mac, "Invalid", &["missing"]).await.map(drop);
    report.step(
        format_args!("{name}: ada logs in after the restart, and now it is said to be missing"),
        missing,
    )?;
    let truth = mac.truth().await?;
    let made = truth.accounts.iter().any(|account| account.name == NAME);
    report.step(
        format_args!("{name}: the Mac is untouched"),
        same("there is a service account", made, false),
    )
}

/// The rules are changed; the next login makes it.
pub async fn comes_about(mac: &MacUnderTest<'_>, report: &mut Report) -> anyhow::Result<()> {
    let name = mac.name().to_owned();
    change(mac, |mac, _| mac.password_policy.demands.clear())?;
    log_in(mac, "ada", &mac.password("ada")).await?;
    let valid = stands(mac, "Valid", &[]).await.map(drop);
    report.step(
        format_args!("{name}: the rules are changed, and the next login of ada makes the service account"),
        valid,
    )?;
    let told = mac
        .settles(async |client| {
            let seen = client.service_account(mac.known.id).await?.value;
            let deed = seen.deeds.first();
            same(
                "what the agent did, and by whom",
                deed.map(|deed| (deed.code.as_str(), deed.account.as_deref())),
                Some((Code::ServiceAccountCreated.word(), Some("ada"))),
            )
        })
        .await;
    report.step(
        format_args!("{name}: the server tells that the agent made it, with ada's token"),
        told,
    )?;
    let truth = mac.truth().await?;
    let granted = truth
        .effects
        .accounts
        .get(NAME)
        .map_or(0, |counts| counts.granted);
    let true_end = is_whole(&truth).and_then(|()| holds("it got its token once", granted == 1));
    report.step(
        format_args!("{name}: the Mac has it, an administrator with a token that works"),
        true_end,
    )
}
