//! `bestow policy`

use clap::ValueEnum;

use crate::cli::Session;
use crate::client::PolicyView;
use crate::exit::{Exit, Failure};
use crate::output::{Format, Zone, moment, print, print_as_it_is};

/// Show one of the organisation's policies, or turn it on or off
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which policy
    policy: Policy,
    /// What it is from now on; left out, the policy is shown
    wanted: Option<Wanted>,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT", requires = "wanted")]
    reason: Option<String>,
}

/// A policy of the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Policy {
    /// A standard account that holds a token may be an administrator for the moment of any grant
    PromoteAdministrators,
    /// Whoever uses a Mac holds a Secure Token on it
    TokenForPrimaryUsers,
}

/// What a policy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Wanted {
    On,
    Off,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let name = args.policy.name();
    let answer = match args.wanted {
        None => client.policy(name).await?,
        Some(wanted) => {
            let enabled = wanted == Wanted::On;
            client.set_policy(name, enabled, args.reason.as_deref()).await?
        }
    };
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => print(&line(name, &answer.value, &session.zone))?,
    }
    Ok(Exit::Done)
}

impl Policy {
    /// The policy's name, as addresses and the command line have it.
    fn name(self) -> &'static str {
        match self {
            Self::PromoteAdministrators => "promote-administrators",
            Self::TokenForPrimaryUsers => "token-for-primary-users",
        }
    }
}

fn line(name: &str, policy: &PolicyView, zone: &Zone) -> String {
    let word = if policy.enabled { "on" } else { "off" };
    match policy.changed_at {
        Some(at) => format!("{name} is {word} since {}.", moment(at, zone)),
        None => format!("{name} is {word}, as nobody has turned it on."),
    }
}
