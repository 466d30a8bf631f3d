//! `bestow service-account`

use clap::ValueEnum;
use trust::action::{
    ActionTemplate, CreateServiceAccountTemplate, RemoveServiceAccount, RepairServiceAccountTemplate,
    RotateServiceAccountPassword,
};
use trust::name::AccountName;
use trust::service_account::policy_conflict::Workaround;
use trust::wildcard::Templated;

use super::find_device;
use super::send::{SendArgs, send};
use crate::cli::Session;
use crate::client::{Answer, Reference, ServiceAccountView};
use crate::exit::{Exit, Failure};
use crate::output::{Format, print, print_as_it_is, service_account_text};

/// Show how a Mac's service account stands and what repairs it, make, rotate, repair or remove it, or choose a way past a
/// password policy that leaves no password for it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Make it, with a token from an administrator who holds one
    Create {
        /// The administrator
        #[arg(long, value_name = "USERNAME")]
        administrator: Templated<AccountName>,
        /// Let a standard account be an administrator for the moment
        #[arg(long)]
        promote_administrator: bool,
        #[command(flatten)]
        send: SendArgs,
    },
    /// Give it a new password, made on the Mac
    Rotate {
        #[command(flatten)]
        send: SendArgs,
    },
    /// Repair it: by what the agent can do alone, or with an administrator's help
    Repair {
        /// The administrator who helps; left out, the agent does what it can alone
        #[arg(long, value_name = "USERNAME")]
        administrator: Option<Templated<AccountName>>,
        /// Let a standard account be an administrator for the moment
        #[arg(long, requires = "administrator")]
        promote_administrator: bool,
        #[command(flatten)]
        send: SendArgs,
    },
    /// Choose a way past a password policy that leaves no password for it, and let the Mac try again
    Choose {
        /// The way
        way: Way,
        /// Why, for the audit log
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Delete it; refused where nobody else could hand a token on
    Remove {
        /// The Mac's name, to accept that nobody else can hand a token on afterwards
        #[arg(long, value_name = "NAME")]
        confirm_device_name: Option<String>,
        #[command(flatten)]
        send: SendArgs,
    },
}

/// A way past the Mac's password policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Way {
    /// The MDM no longer sends the policy to this Mac
    ExcludeMac,
    /// The policy goes, or the rules in it that are in the way
    RemovePolicy,
    /// Bestow becomes the MDM of this Mac
    BecomeMdm,
}

impl From<Way> for Workaround {
    fn from(way: Way) -> Self {
        match way {
            Way::ExcludeMac => Self::ExcludeMac,
            Way::RemovePolicy => Self::RemovePolicy,
            Way::BecomeMdm => Self::BecomeMdm,
        }
    }
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let Some(verb) = args.verb else {
        return show(&args.device, session).await;
    };
    let (template, how) = match verb {
        Verb::Create {
            administrator,
            promote_administrator,
            send,
        } => {
            let create = CreateServiceAccountTemplate {
                administrator,
                promote_administrator,
            };
            (ActionTemplate::CreateServiceAccount(create), send)
        }
        Verb::Rotate { send } => {
            let rotate = RotateServiceAccountPassword {};
            (ActionTemplate::RotateServiceAccountPassword(rotate), send)
        }
        Verb::Repair {
            administrator,
            promote_administrator,
            send,
        } => {
            let repair = RepairServiceAccountTemplate {
                administrator,
                promote_administrator,
            };
            (ActionTemplate::RepairServiceAccount(repair), send)
        }
        Verb::Choose { way, reason } => return choose(&args.device, way, reason, session).await,
        Verb::Remove {
            confirm_device_name,
            send,
        } => {
            let remove = RemoveServiceAccount { confirm_device_name };
            (ActionTemplate::RemoveServiceAccount(remove), send)
        }
    };
    send(&args.device, template, how, session).await
}

async fn choose(
    reference: &Reference,
    way: Way,
    reason: Option<String>,
    session: &Session,
) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, reference).await?.value.summary;
    let chosen = client.choose_past_policy(device.id, way.into(), reason.as_deref());
    tell(&device.name, &chosen.await?, session)
}

async fn show(reference: &Reference, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, reference).await?.value.summary;
    let answer = client.service_account(device.id).await?;
    tell(&device.name, &answer, session)
}

fn tell(name: &str, answer: &Answer<ServiceAccountView>, session: &Session) -> Result<Exit, Failure> {
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => print(&service_account_text(name, &answer.value, &session.zone))?,
    }
    Ok(Exit::Done)
}
