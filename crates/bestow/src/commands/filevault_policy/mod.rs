//! `bestow filevault-policy`: what a configuration profile asks of FileVault.

mod profile;
mod set;
mod show;

use clap::Subcommand;

use crate::cli::Session;
use crate::client::FileVaultPolicyView;
use crate::exit::{Exit, Failure};
use crate::output::{Zone, moment};

/// Show or change what is wanted of FileVault, or write the profile that says so to macOS
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Show(show::Args),
    Set(set::Args),
    Profile(profile::Args),
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    match args.command {
        Command::Show(args) => show::run(args, session).await,
        Command::Set(args) => set::run(args, session).await,
        Command::Profile(args) => profile::run(args, session).await,
    }
}

/// The policy in lines.
fn lines(view: &FileVaultPolicyView, zone: &Zone) -> String {
    let policy = &view.settings;
    let word = |is_on| if is_on { "yes" } else { "no" };
    let mut lines = vec![
        format!("Macs tell: {}", policy.location),
        format!("turn FileVault on: {}", word(policy.turn_on)),
        format!(
            "  can be put off: {}",
            match policy.bypasses {
                -1 => "for ever".to_owned(),
                times => format!("{times} times"),
            }
        ),
        format!("  ask at a logout, too: {}", word(policy.ask_at_logout)),
        format!("  show the recovery key: {}", word(policy.show_recovery_key)),
        format!("  in the Setup Assistant: {}", word(policy.in_setup_assistant)),
        format!("nobody may turn it off: {}", word(policy.prevent_turning_off)),
        format!("nobody may turn it on: {}", word(policy.prevent_turning_on)),
        format!(
            "ask for a password after standby: {}",
            word(policy.forget_key_in_standby)
        ),
    ];
    lines.extend(view.changed_at.map(|at| format!("Since {}.", moment(at, zone))));
    lines.join("\n")
}
