//! `bestow policy`

use clap::ValueEnum;

use crate::cli::Session;
use crate::client::{Client, PolicyView, WithoutToken};
use crate::exit::{Exit, Failure};
use crate::output::{Format, Zone, list, moment, print, print_as_it_is, words};

/// Show one of the organisation's policies, or turn it on or off
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which policy
    policy: Policy,
    /// What it is from now on; left out, the policy is shown
    wanted: Option<Wanted>,
    /// List the Macs where it is not so: of token-for-primary-users, those whose primary user holds no token
    #[arg(long, conflicts_with = "wanted")]
    devices: bool,
    /// How many Macs to list
    #[arg(long, value_name = "N", default_value_t = 100, requires = "devices")]
    limit: u32,
    /// Where to go on: the cursor that the page before ended with
    #[arg(long, requires = "devices")]
    cursor: Option<String>,
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
    if args.devices {
        return devices(&client, &args, session).await;
    }
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

async fn devices(client: &Client, args: &Args, session: &Session) -> Result<Exit, Failure> {
    if args.policy != Policy::TokenForPrimaryUsers {
        return Err(Failure::usage(
            "--devices goes with token-for-primary-users: the other policies ask nothing of single Macs.",
        ));
    }
    let limit = args.limit.to_string();
    let mut query = vec![("limit", limit.as_str())];
    query.extend(args.cursor.as_deref().map(|cursor| ("cursor", cursor)));
    let answer = client.primary_users_without_token(&query).await?;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let header = ["mac", "serial", "person", "account", "token", "a grant", "code"];
    print(&list(header, answer.value.items.iter().map(without_token)))?;
    if let Some(cursor) = answer.value.next_cursor {
        print(&format!("\nMore: --cursor {cursor}"))?;
    }
    Ok(Exit::Done)
}

fn without_token(mac: &WithoutToken) -> [String; 7] {
    let token = mac.token.as_deref();
    [
        mac.device_name.clone(),
        mac.serial_number.clone(),
        mac.person.clone().unwrap_or_default(),
        mac.account.clone().unwrap_or_default(),
        token.map_or_else(|| "no such account".to_owned(), words::plain),
        words::readiness(&mac.readiness),
        mac.code.clone().unwrap_or_default(),
    ]
}

fn line(name: &str, policy: &PolicyView, zone: &Zone) -> String {
    let word = if policy.enabled { "on" } else { "off" };
    let since = match policy.changed_at {
        Some(at) => format!("{name} is {word} since {}.", moment(at, zone)),
        None => format!("{name} is {word}, as nobody has turned it on."),
    };
    match policy.without_token.filter(|_| policy.enabled) {
        Some(1) => format!("{since} The primary user of 1 Mac holds no token."),
        Some(many) => format!("{since} The primary users of {many} Macs hold no token."),
        None => since,
    }
}
