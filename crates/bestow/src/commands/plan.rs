//! `bestow plan`

use trust::action::{ActionTemplate, GrantTemplate};
use trust::name::AccountName;
use trust::wildcard::Templated;

use super::passwords_from::PasswordsFrom;
use super::target::TargetArgs;
use super::{find_device, tell_meaning, tell_plan};
use crate::cli::Session;
use crate::client::{Asked, Reference};
use crate::exit::{Exit, Failure};
use crate::output::{Format, print_as_it_is};

/// Show what a grant would need and how it could end; sends nothing
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    #[command(flatten)]
    accounts: Accounts,
    #[command(flatten)]
    passwords_from: PasswordsFrom,
}

/// The two accounts of a grant, by record name ("short name"), or by wildcards such as '%username%'.
#[derive(Debug, Clone, clap::Args)]
pub struct Accounts {
    /// The account that hands its token on: an administrator who holds one
    #[arg(long, value_name = "ACCOUNT")]
    pub administrator: Templated<AccountName>,
    #[command(flatten)]
    pub target: TargetArgs,
    /// Let the granter, if it is a standard account, be an administrator for the moment of the grant
    #[arg(long)]
    pub promote_administrator: bool,
}

impl Accounts {
    /// What is asked for.
    pub fn grant(&self) -> Result<GrantTemplate, Failure> {
        Ok(GrantTemplate {
            administrator: self.administrator.clone(),
            target: self.target.clone().choice()?,
            promote_administrator: self.promote_administrator,
        })
    }
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value;
    let template = ActionTemplate::GrantSecureToken(args.accounts.grant()?);
    let asked = Asked {
        password_wildcards: args.passwords_from.wildcards(&template)?,
        template,
    };
    let plan = client.plan(device.summary.id, &asked).await?;
    tell_meaning(&asked, &plan, session)?;
    if let Some(refused) = tell_plan(&plan, &client, session)? {
        return Ok(refused);
    }
    if session.format == Format::Json {
        print_as_it_is(&plan.json)?;
    }
    Ok(Exit::Done)
}
