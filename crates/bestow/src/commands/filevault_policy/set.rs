//! `bestow filevault-policy set`

use clap::ArgAction::Set;

use super::lines;
use crate::cli::Session;
use crate::client::FileVaultPolicyOrder;
use crate::exit::{Exit, Failure};
use crate::output::{Format, note, print, print_as_it_is};

/// Change what is wanted of FileVault; what is left out stays as it is
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true)]
pub struct Args {
    /// What macOS tells whoever turns FileVault on: where the recovery key goes
    #[arg(long, value_name = "TEXT")]
    location: Option<String>,
    /// Turn FileVault on, at a login or logout
    #[arg(long, value_name = "BOOL", action = Set)]
    turn_on: Option<bool>,
    /// How often that can be put off at a login: 0 to 9999, -1 for ever
    #[arg(long, value_name = "TIMES", allow_negative_numbers = true)]
    bypasses: Option<i16>,
    /// Ask at a logout, too
    #[arg(long, value_name = "BOOL", action = Set)]
    ask_at_logout: Option<bool>,
    /// Show the recovery key to the person
    #[arg(long, value_name = "BOOL", action = Set)]
    show_recovery_key: Option<bool>,
    /// Turn it on in the Setup Assistant
    #[arg(long, value_name = "BOOL", action = Set)]
    in_setup_assistant: Option<bool>,
    /// Nobody may turn it off
    #[arg(long, value_name = "BOOL", action = Set)]
    prevent_turning_off: Option<bool>,
    /// Nobody may turn it on
    #[arg(long, value_name = "BOOL", action = Set)]
    prevent_turning_on: Option<bool>,
    /// Ask for a password after standby
    #[arg(long, value_name = "BOOL", action = Set)]
    forget_key_in_standby: Option<bool>,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let order = FileVaultPolicyOrder {
        location: args.location,
        turn_on: args.turn_on,
        bypasses: args.bypasses,
        ask_at_logout: args.ask_at_logout,
        show_recovery_key: args.show_recovery_key,
        in_setup_assistant: args.in_setup_assistant,
        prevent_turning_off: args.prevent_turning_off,
        prevent_turning_on: args.prevent_turning_on,
        forget_key_in_standby: args.forget_key_in_standby,
        reason: args.reason,
    };
    let answer = session.client()?.set_filevault_policy(&order).await?;
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => {
            print(&lines(&answer.value, &session.zone))?;
            note(
                "Macs learn of it by the profile: `bestow filevault-policy profile` writes it, your MDM installs it anew.",
            );
        }
    }
    Ok(Exit::Done)
}
