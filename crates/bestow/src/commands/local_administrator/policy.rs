//! `bestow local-administrator policy`

use trust::local_administrator::{Alphabet, Settings};

use crate::cli::Session;
use crate::client::LocalAdministratorOrder;
use crate::exit::{Exit, Failure};
use crate::output::{Format, print, print_as_it_is};

/// Show what the local administrators are to be like, or decide it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Each Mac has one, by this record name
    #[arg(long, value_name = "NAME", conflicts_with = "none")]
    account: Option<String>,
    /// The name that people see [default: the record name]
    #[arg(long, value_name = "TEXT", conflicts_with = "none")]
    full_name: Option<String>,
    /// Whether the login window leaves it out
    #[arg(long, value_name = "true|false", conflicts_with = "none")]
    hidden: Option<bool>,
    /// How many characters a password has, 12 to 64 [default: 20]
    #[arg(long, value_name = "NUMBER", conflicts_with = "none")]
    length: Option<u8>,
    /// What a password is made of: letters_and_digits or with_signs
    #[arg(long, value_name = "WORD", value_parser = alphabet, conflicts_with = "none")]
    alphabet: Option<Alphabet>,
    /// After how many days it gets another password, 1 to 365 [default: 30]
    #[arg(long, value_name = "DAYS", conflicts_with = "none")]
    every_days: Option<u16>,
    /// No Mac has one; accounts that were made stay, with the passwords that they have
    #[arg(long)]
    none: bool,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

fn alphabet(word: &str) -> Result<Alphabet, String> {
    let words = Alphabet::ALL.map(Alphabet::word).join(" or ");
    Alphabet::from_word(word).ok_or_else(|| format!("it is {words}"))
}

impl Args {
    fn decides(&self) -> bool {
        self.none
            || self.account.is_some()
            || self.full_name.is_some()
            || self.hidden.is_some()
            || self.length.is_some()
            || self.alphabet.is_some()
            || self.every_days.is_some()
    }
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let answer = match args.decides() {
        false => client.local_administrator_policy().await?,
        true => {
            let order = LocalAdministratorOrder {
                wanted: !args.none,
                account: args.account.as_deref(),
                full_name: args.full_name.as_deref(),
                hidden: args.hidden,
                length: args.length,
                alphabet: args.alphabet,
                rotate_every_days: args.every_days,
                reason: args.reason.as_deref(),
            };
            client.set_local_administrator_policy(&order).await?
        }
    };
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => print(&sentence(answer.value.settings.as_ref()))?,
    }
    Ok(Exit::Done)
}

fn sentence(settings: Option<&Settings>) -> String {
    let Some(settings) = settings else {
        return "No Mac has a local administrator by Bestow.".to_owned();
    };
    format!(
        "Each Mac has the local administrator {} ({}), with a password of {} {}, replaced every {} days, an hour after somebody has \
         seen it, and after use.",
        settings.account,
        settings.full_name,
        settings.length,
        settings.alphabet.label(),
        settings.rotate_every_days,
    )
}
