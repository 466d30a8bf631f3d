//! `bestow policy`

use clap::ValueEnum;
use trust::action::Action;

use crate::cli::Session;
use crate::client::{Client, PolicyView, ServiceAccountOrder, WithoutToken};
use crate::exit::{Exit, Failure};
use crate::output::{Format, Zone, moment, note, print, print_as_it_is, print_list, words};

/// List the organisation's policies, show one, or turn it on or off
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which policy; left out, all are listed
    policy: Option<Policy>,
    /// What it is from now on; left out, the policy is shown
    wanted: Option<Wanted>,
    /// List the Macs where it is not so: of token-for-primary-users, those whose primary user holds no token
    #[arg(long, conflicts_with = "wanted", requires = "policy")]
    devices: bool,
    /// How many Macs to list
    #[arg(long, value_name = "N", default_value_t = 100, requires = "devices")]
    limit: u32,
    /// Where to go on: the cursor that the page before ended with
    #[arg(long, requires = "devices")]
    cursor: Option<String>,
    /// Of service-account: each gets a new password after so many days, 1 to 365
    #[arg(long, value_name = "DAYS", conflicts_with = "devices", requires = "policy")]
    rotate_every_days: Option<u16>,
    /// Of service-account: an account that never gets a token by itself; may be repeated, and all others may get one
    #[arg(
        long,
        value_name = "USERNAME",
        conflicts_with = "devices",
        requires = "policy"
    )]
    exclude_account: Vec<String>,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT", conflicts_with = "devices", requires = "policy")]
    reason: Option<String>,
}

/// A policy of the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Policy {
    /// A standard account that holds a token may be an administrator for the moment of any grant
    PromoteAdministrators,
    /// Nobody sees what the vault keeps unless somebody else approves
    RevealsNeedApproval,
    /// Whoever may see secrets, or say who may, signs in with a second factor
    SecondFactorForReveals,
    /// Each Mac keeps a hidden account that hands a token to whoever logs in without one
    ServiceAccount,
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
    let Some(policy) = args.policy else {
        return all(&client, session).await;
    };
    let name = policy.name();
    if args.devices {
        return devices(&client, policy, &args, session).await;
    }
    let is_its_own = args.rotate_every_days.is_some() || !args.exclude_account.is_empty();
    if is_its_own && policy != Policy::ServiceAccount {
        return Err(Failure::usage(
            "--rotate-every-days and --exclude-account go with service-account.",
        ));
    }
    let enabled = args.wanted.map(|wanted| wanted == Wanted::On);
    let answer = match enabled {
        None if !is_its_own => client.policy(name).await?,
        Some(enabled) if policy != Policy::ServiceAccount => {
            client.set_policy(name, enabled, args.reason.as_deref()).await?
        }
        enabled => {
            let order = ServiceAccountOrder {
                enabled,
                rotate_every_days: args.rotate_every_days,
                excluded_accounts: Some(args.exclude_account).filter(|names| !names.is_empty()),
                reason: args.reason,
            };
            client.set_service_account_policy(&order).await?
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
            Self::RevealsNeedApproval => "reveals-need-approval",
            Self::SecondFactorForReveals => "second-factor-for-reveals",
            Self::ServiceAccount => "service-account",
            Self::TokenForPrimaryUsers => "token-for-primary-users",
        }
    }
}

/// Lists the policies with their state.
async fn all(client: &Client, session: &Session) -> Result<Exit, Failure> {
    let (mut json, mut rows) = (Vec::new(), Vec::new());
    for policy in Policy::value_variants() {
        let answer = client.policy(policy.name()).await?;
        json.push(format!("\"{}\":{}", policy.name(), answer.json));
        let about = policy.to_possible_value();
        let about = about.and_then(|value| value.get_help().map(ToString::to_string));
        rows.push([
            policy.name().to_owned(),
            on_or_off(answer.value.enabled).to_owned(),
            answer
                .value
                .changed_at
                .map(|at| moment(at, &session.zone))
                .unwrap_or_default(),
            about.unwrap_or_default(),
        ]);
    }
    match session.format {
        Format::Json => print_as_it_is(&format!("{{{}}}", json.join(",")))?,
        Format::Text => print_list(
            ["policy", "state", "since", "what it means while it is on"],
            rows,
            None,
            "",
        )?,
    }
    Ok(Exit::Done)
}

async fn devices(client: &Client, policy: Policy, args: &Args, session: &Session) -> Result<Exit, Failure> {
    if policy != Policy::TokenForPrimaryUsers {
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
    let header = [
        "mac", "serial", "person", "account", "token", "way out", "state", "code",
    ];
    let rows: Vec<_> = answer.value.items.iter().map(without_token).collect();
    let is_empty = rows.is_empty();
    let is_on = !is_empty || client.policy(policy.name()).await?.value.enabled;
    let empty = match is_on {
        true => "Every person who is known to use a Mac holds a token there.",
        false => {
            "The policy is off, so nobody looks for such Macs. `bestow policy token-for-primary-users on` turns it on."
        }
    };
    print_list(header, rows, answer.value.next_cursor.as_deref(), empty)?;
    if !is_empty {
        note("\n`bestow findings MAC` tells more of each and the command that mends it.");
    }
    Ok(Exit::Done)
}

fn without_token(mac: &WithoutToken) -> [String; 8] {
    let token = mac.token.as_deref();
    let action: Option<Action> = serde_json::from_value(mac.action.clone()).ok();
    [
        mac.device_name.clone(),
        mac.serial_number.clone(),
        mac.person.clone().unwrap_or_default(),
        mac.account.clone().unwrap_or_default(),
        token.map_or_else(|| "no such account".to_owned(), words::plain),
        action.map_or_else(|| "see its findings".to_owned(), |action| action.in_words()),
        words::readiness(&mac.readiness),
        mac.code.clone().unwrap_or_default(),
    ]
}

fn line(name: &str, policy: &PolicyView, zone: &Zone) -> String {
    let word = on_or_off(policy.enabled);
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

fn on_or_off(enabled: bool) -> &'static str {
    if enabled { "on" } else { "off" }
}
