//! What every command does that asks an action of many Macs: plan, ask back, send, follow.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _, Write as _};
use std::str::FromStr;
use std::time::Duration;

use anyhow::Context as _;
use trust::action::{ActionTemplate, SecretRole};
use trust::bulk::Readiness;
use trust::time::Timestamp;

use super::follow::follow;
use super::selection::SelectionArgs;
use super::tell_run;
use crate::cli::Session;
use crate::client::{BulkActionOrder, BulkOrder, BulkPlan, CanaryOrder, Client, MemberView, PasswordText};
use crate::commands::passwords_from::PasswordsFrom;
use crate::exit::{Exit, Failure};
use crate::output::{Format, bulk_plan_text, note, point_in_time, print, print_as_it_is, span};
use crate::passwords::{PasswordSource, Question};

/// How many Macs of each group of a plan are named to people.
const NAMED: &str = "20";

/// How many Macs of a plan programs are told of.
const TOLD: &str = "500";

/// How an action is asked of many Macs, whatever it is.
#[derive(Debug, clap::Args)]
pub struct OrderArgs {
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    terms: TermArgs,
    /// Show the plan and stop
    #[arg(long)]
    plan_only: bool,
    /// Do not ask back
    #[arg(long)]
    yes: bool,
    /// Read the passwords from standard input, one a line: the administrator's first, if it is asked for, then that of the
    /// target or new account, then a new one
    #[arg(long, requires = "yes")]
    password_stdin: bool,
    /// Begin and do not watch
    #[arg(long)]
    no_wait: bool,
    /// Watch no longer than this, such as 10m; the run goes on
    #[arg(long, value_name = "SPAN", value_parser = span, conflicts_with = "no_wait")]
    wait_limit: Option<Duration>,
}

/// What the run keeps to.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Terms")]
struct TermArgs {
    /// How many Macs go first, such as 5 or 2% [default: 5]
    #[arg(long, value_name = "N")]
    canary: Option<Canary>,
    /// Stop when so many of a hundred have failed [default: 10]
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(1..=100))]
    stop_at_failures: Option<u8>,
    /// At most so many Macs at the same time [default: 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    in_flight: Option<u64>,
    /// Begin at this time, such as 2026-11-21T22:00:00Z or, in local time, "2026-11-21 22:00"
    #[arg(long, value_name = "TIME", value_parser = point_in_time)]
    not_before: Option<Timestamp>,
    /// A Mac must begin within this time, at most 30d
    #[arg(long, value_name = "SPAN", value_parser = span, default_value = "7d")]
    valid_for: Duration,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// How many go first.
#[derive(Debug, Clone, Copy)]
struct Canary(CanaryOrder);

impl FromStr for Canary {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || "is a number of Macs such as 5, or a share such as 2%".to_owned();
        let canary = match text.strip_suffix('%') {
            Some(percent) => percent
                .trim()
                .parse()
                .ok()
                .filter(|percent| (1..=100).contains(percent))
                .map(CanaryOrder::Percent),
            None => text
                .parse()
                .ok()
                .filter(|count| *count >= 1)
                .map(CanaryOrder::Count),
        };
        canary.map(Self).ok_or_else(refuse)
    }
}

/// Asks `action` of the selected Macs, with the passwords that `passwords_from` names, and others that are asked for.
pub async fn order(
    action: &ActionTemplate,
    passwords_from: &PasswordsFrom,
    args: OrderArgs,
    session: &Session,
) -> Result<Exit, Failure> {
    let client = session.client()?;
    let mut order = BulkOrder {
        selector: args.selection.read(&client).await?,
        action: BulkActionOrder::new(action),
        canary: args.terms.canary.map(|canary| canary.0),
        stop_at_failure_percent: args.terms.stop_at_failures,
        in_flight: args.terms.in_flight,
        ready_at_most: None,
        not_before: args.terms.not_before,
        valid_for_s: args.terms.valid_for.as_secs(),
        reason: args.terms.reason.clone(),
    };
    let collected = passwords_from.wildcards(action)?;
    for (role, wildcard) in &collected {
        order
            .action
            .set_password(*role, PasswordText::Wildcard(wildcard.clone()));
    }
    let plan = client.bulk_plan(&order, &[("limit", TOLD)]).await?;
    let ready = plan.value.counts.progress.ready;
    let ends_here = args.plan_only || ready == 0;
    match session.format {
        // Programs read it when nothing comes after it.
        Format::Json if ends_here => print_as_it_is(&plan.json)?,
        Format::Json => {}
        Format::Text => print(&bulk_plan_text(
            &plan.value.counts.progress,
            &groups(&client, &plan.value).await?,
        ))?,
    }
    if ends_here {
        note("Nothing was sent to any Mac.");
        return Ok(if args.plan_only { Exit::Done } else { Exit::Refused });
    }
    if !args.yes {
        confirm(ready)?;
        order.ready_at_most = Some(ready);
    }
    ask_for_passwords(&mut order, action, &collected, args.password_stdin)?;
    let sent = client.send_bulk(&order).await?;
    drop(order);
    note(&format!("{} as bulk run {}", sent.value.state, sent.value.id));
    if args.no_wait {
        tell_run(&sent, &client, session)?;
        return Ok(Exit::Done);
    }
    let last = follow(&client, sent, args.wait_limit).await?;
    tell_run(&last, &client, session)
}

/// The first Macs of each group of a plan.
async fn groups(client: &Client, plan: &BulkPlan) -> Result<Vec<(Readiness, Vec<MemberView>)>, Failure> {
    let mut groups = Vec::new();
    for readiness in Readiness::ALL {
        if plan.counts.progress.lacking(readiness) > 0 {
            let query = [("readiness", readiness.word()), ("limit", NAMED)];
            let page = client.bulk_plan_page(plan.id, &query).await?;
            groups.push((readiness, page.value.items));
        }
    }
    Ok(groups)
}

/// Lets the person type how many Macs are meant.
fn confirm(ready: u64) -> Result<(), Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::usage(format!(
            "{ready} Macs are meant, and nobody can be asked: standard input is no terminal. Look at the plan with \
             --plan-only, then say --yes. Nothing was sent."
        )));
    }
    eprint!("Type {ready} to ask this of {ready} Macs: ");
    io::stderr().flush().context("ask on the terminal")?;
    let mut typed = String::new();
    io::stdin().read_line(&mut typed).context("ask on the terminal")?;
    match typed.trim() == ready.to_string() {
        true => Ok(()),
        false => Err(Failure::usage("That is another number. Nothing was sent.")),
    }
}

/// Asks for every password that no wildcard stands for.
fn ask_for_passwords(
    order: &mut BulkOrder,
    action: &ActionTemplate,
    collected: &BTreeMap<SecretRole, String>,
    password_stdin: bool,
) -> Result<(), Failure> {
    let is_asked = |role: &SecretRole| !collected.contains_key(role);
    let roles: Vec<SecretRole> = action.secret_roles().iter().copied().filter(is_asked).collect();
    let questions: Vec<Question> = roles.iter().map(|role| question(action, *role)).collect();
    let source = match password_stdin {
        true => PasswordSource::StandardInput,
        false => PasswordSource::Prompt,
    };
    for (role, password) in roles.into_iter().zip(source.read(&questions)?) {
        order.action.set_password(role, PasswordText::Typed(password));
    }
    Ok(())
}

fn question(action: &ActionTemplate, role: SecretRole) -> Question {
    let is_made = role == SecretRole::Target && matches!(action, ActionTemplate::CreateAccount(_));
    let name = match role {
        SecretRole::Administrator => action.administrator().map(|name| name.as_text().to_owned()),
        SecretRole::Target | SecretRole::NewPassword => {
            action.target().map(|target| target.as_text().into_owned())
        }
    }
    .unwrap_or_default();
    let text = match role {
        SecretRole::NewPassword => format!("New password of {name} on every Mac"),
        _ if is_made => format!("Password for the new account {name} on every Mac"),
        _ => format!("Password of {name} on every Mac"),
    };
    Question {
        text,
        is_new: is_made || role == SecretRole::NewPassword,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canary_is_a_number_or_a_share() {
        assert_eq!("5".parse::<Canary>().unwrap().0, CanaryOrder::Count(5));
        assert_eq!("2%".parse::<Canary>().unwrap().0, CanaryOrder::Percent(2));
        for nonsense in ["", "0", "0%", "101%", "-1", "many"] {
            assert!(nonsense.parse::<Canary>().is_err(), "{nonsense}");
        }
    }
}
