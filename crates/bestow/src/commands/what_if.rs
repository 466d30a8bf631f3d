//! `bestow what-if`

use anyhow::Context as _;
use serde_json::Value;
use trust::action::{
    ActionTemplate, DeleteAccountTemplate, GuardedAccountTemplate, RemoveServiceAccount,
    ResetPasswordTemplate,
};
use trust::guard::Verdict;
use trust::name::AccountName;
use trust::wildcard::Templated;

use super::bulk::selection::SelectionArgs;
use super::target::TargetArgs;
use crate::cli::Session;
use crate::client::{Answer, BulkActionOrder, Client, Supposed, WhatIf, WhatIfOrder};
use crate::exit::{Exit, Failure};
use crate::output::{Format, print, print_as_it_is, what_if_text};

/// Say on how many Macs something would cut the chain of trust; sends nothing to any Mac
#[derive(Debug, clap::Args)]
#[command(mut_group("TargetArgs", |account| account.required(false)))]
pub struct Args {
    /// What is supposed to happen
    #[arg(value_enum)]
    what: What,
    #[command(flatten)]
    target: TargetArgs,
    /// The account by whose authority a password is reset; may hold wildcards
    #[arg(long, value_name = "USERNAME", required_if_eq("what", "reset"))]
    administrator: Option<Templated<AccountName>>,
    #[command(flatten)]
    selection: SelectionArgs,
    /// Only Macs of this verdict: cuts, warns, cannot_tell or safe
    #[arg(long, value_name = "VERDICT", value_parser = verdict)]
    verdict: Option<Verdict>,
    /// How many Macs a page has, 1 to 500 [default: 50]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=500))]
    limit: Option<u32>,
    /// The cursor at the end of the page before
    #[arg(long, value_name = "CURSOR")]
    cursor: Option<String>,
}

/// What is supposed to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// The account is deleted
    Delete,
    /// The account is disabled
    Disable,
    /// The account becomes a standard account
    Demote,
    /// The account's password is reset by another account, and that fails half way
    Reset,
    /// The service account is removed
    RemoveServiceAccount,
    /// The agent is uninstalled, and the service account goes with it
    Uninstall,
    /// The Mac leaves its MDM
    MdmUnenrol,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let is_named = matches!(
        args.what,
        What::Delete | What::Disable | What::Demote | What::Reset
    );
    let order = WhatIfOrder {
        selector: args.selection.read(&client).await?,
        action: supposed(args.what, args.target, args.administrator)?,
    };
    let limit = args.limit.map(|limit| limit.to_string());
    let query: Vec<(&str, &str)> = [
        ("verdict", args.verdict.map(Verdict::word)),
        ("limit", limit.as_deref()),
        ("cursor", args.cursor.as_deref()),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect();
    let mut answer = client.what_if(&order, &query).await?;
    count_on(&client, &order, &mut answer).await?;
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => print(&what_if_text(&answer.value))?,
    }
    // A script may ask before it does something.
    Ok(if answer.value.cuts() {
        Exit::EndedBadly
    } else if answer.value.tells_nothing() || is_named && answer.value.is_about_nobody() {
        Exit::Refused
    } else {
        Exit::Done
    })
}

/// A request ends after so many Macs, and the next one counts on: the answer gets the counts of the last.
async fn count_on(client: &Client, order: &WhatIfOrder, answer: &mut Answer<WhatIf>) -> Result<(), Failure> {
    while let Some(next) = answer
        .value
        .counts
        .as_ref()
        .and_then(|counts| counts.next.clone())
    {
        let more = client.what_if(order, &[("count_from", &next)]).await?;
        let mut json: Value = serde_json::from_str(&answer.json).context("read the answer again")?;
        let counted: Value = serde_json::from_str(&more.json).context("read the answer again")?;
        json["counts"] = counted["counts"].clone();
        answer.json = json.to_string();
        answer.value.counts = more.value.counts;
    }
    Ok(())
}

fn supposed(
    what: What,
    target: TargetArgs,
    administrator: Option<Templated<AccountName>>,
) -> Result<Supposed, Failure> {
    let guarded = |target| GuardedAccountTemplate {
        target,
        confirm_device_name: None,
    };
    let template = match what {
        What::Uninstall => return Ok(Supposed::Other { kind: "uninstall" }),
        What::MdmUnenrol => return Ok(Supposed::Other { kind: "mdm_unenrol" }),
        What::RemoveServiceAccount => ActionTemplate::RemoveServiceAccount(RemoveServiceAccount::default()),
        What::Delete => ActionTemplate::DeleteAccount(DeleteAccountTemplate {
            target: target.choice()?,
            remove_home: false,
            confirm_device_name: None,
        }),
        What::Disable => ActionTemplate::DisableAccount(guarded(target.choice()?)),
        What::Demote => ActionTemplate::DemoteAccount(guarded(target.choice()?)),
        What::Reset => ActionTemplate::ResetPassword(ResetPasswordTemplate {
            target: target.choice()?,
            administrator: administrator
                .ok_or_else(|| Failure::usage("Name who resets it by --administrator."))?,
        }),
    };
    Ok(Supposed::Action(BulkActionOrder::new(&template)))
}

fn verdict(word: &str) -> Result<Verdict, String> {
    Verdict::from_word(word).ok_or_else(|| "is cuts, warns, cannot_tell or safe".to_owned())
}
