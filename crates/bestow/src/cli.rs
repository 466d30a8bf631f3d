//! The command line: what there is, and who does it.

use std::io;

use clap::{Parser, Subcommand};
use tokio::runtime::{Builder, Runtime};

use crate::client::{Client, ConnectionArgs, GLOBAL};
use crate::commands;
#[cfg(feature = "demo")]
use crate::demo_file::DemoFile;
use crate::exit::{Exit, Failure};
use crate::output::{Format, Zone};

/// Keeps the Secure Token chain of trust of a Mac fleet whole.
#[derive(Debug, Parser)]
#[command(name = "bestow", version, about, max_term_width = 100)]
#[command(after_help = Exit::table())]
pub struct Cli {
    /// Print the API's JSON instead of tables
    #[arg(long, global = true, display_order = GLOBAL)]
    json: bool,
    #[command(flatten)]
    connection: ConnectionArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Devices(commands::devices::Args),
    Device(commands::device::Args),
    Plan(commands::plan::Args),
    Grant(commands::grant::Args),
    CreateUser(commands::create_user::Args),
    BulkGrant(commands::bulk::grant::Args),
    BulkCreateUser(commands::bulk::create_user::Args),
    Bulk(commands::bulk::Args),
    Findings(commands::findings::Args),
    NeedsAttention(commands::needs_attention::Args),
    Recovery(commands::recovery::Args),
    RecoveryKey(commands::recovery_key::Args),
    LocalAdministrator(commands::local_administrator::Args),
    #[command(name = "filevault-policy")]
    FileVaultPolicy(commands::filevault_policy::Args),
    Mdm(commands::mdm::Args),
    Resilience(commands::resilience::Args),
    ServiceAccount(commands::service_account::Args),
    Adopt(commands::adopt::Args),
    Account(commands::account::Args),
    BulkAccount(commands::account::bulk::Args),
    WhatIf(commands::what_if::Args),
    Actions(commands::actions::Args),
    Action(commands::action::Args),
    Cancel(commands::cancel::Args),
    Policy(commands::policy::Args),
    Explain(commands::explain::Args),
    EnrolmentData(commands::enrolment_data::Args),
    EnrolmentSecret(commands::enrolment_secret::Args),
    Approve(commands::approve::Args),
    Forget(commands::forget::Args),
    People(commands::people::Args),
    Sessions(commands::sessions::Args),
    ApiTokens(commands::api_tokens::Args),
    Audit(commands::audit::Args),
    SupportBundle(commands::support_bundle::Args),
    Serve(crate::serve::Args),
    Vault(commands::vault::Args),
    OfflineKey(commands::offline_key::Args),
    OpenEscrow(commands::open_escrow::Args),
    Backup(commands::backup::Args),
    Restore(commands::restore::Args),
    #[cfg(feature = "demo")]
    Demo(crate::demo::Args),
    Completions(commands::completions::Args),
    Man(commands::man::Args),
}

/// What commands share: where the server is and how to speak.
#[derive(Debug)]
pub struct Session {
    connection: ConnectionArgs,
    /// How to speak.
    pub format: Format,
    /// In which zone to tell times.
    pub zone: Zone,
}

impl Session {
    /// A client for the server that was named.
    pub fn client(&self) -> Result<Client, Failure> {
        self.connection.client()
    }

    /// What to do when the server does not know the token.
    pub fn token_advice(&self) -> String {
        self.connection.token_advice()
    }
}

#[cfg(feature = "demo")]
impl Session {
    /// What the demo that was named tells to scripts.
    pub fn demo_file(&self) -> Result<DemoFile, Failure> {
        let folder = self.connection.demo_folder()?.ok_or_else(|| {
            Failure::usage(
                "--demo-passwords takes passwords out of a demo's demo.json. Name the demo's folder with --demo or \
                 BESTOW_DEMO.",
            )
        })?;
        DemoFile::read(&folder)
    }
}

impl Cli {
    /// The runtime that the command needs: a server uses every processor, a client none for long.
    pub fn runtime(&self) -> io::Result<Runtime> {
        let mut builder = match &self.command {
            Command::Serve(_) => Builder::new_multi_thread(),
            #[cfg(feature = "demo")]
            Command::Demo(_) => Builder::new_multi_thread(),
            _ => Builder::new_current_thread(),
        };
        builder.enable_all().build()
    }

    /// Does what was asked.
    pub async fn run(self) -> Exit {
        let session = Session {
            connection: self.connection,
            format: if self.json { Format::Json } else { Format::Text },
            zone: Zone::local(),
        };
        match self.command.run(&session).await {
            Ok(exit) => exit,
            Err(failure) => commands::tell_failure(&failure, &session),
        }
    }
}

impl Command {
    async fn run(self, session: &Session) -> Result<Exit, Failure> {
        match self {
            Self::Devices(args) => commands::devices::run(args, session).await,
            Self::Device(args) => commands::device::run(args, session).await,
            Self::Plan(args) => commands::plan::run(args, session).await,
            Self::Grant(args) => commands::grant::run(args, session).await,
            Self::CreateUser(args) => commands::create_user::run(args, session).await,
            Self::BulkGrant(args) => commands::bulk::grant::run(args, session).await,
            Self::BulkCreateUser(args) => commands::bulk::create_user::run(args, session).await,
            Self::Bulk(args) => commands::bulk::run(args, session).await,
            Self::Findings(args) => commands::findings::run(args, session).await,
            Self::NeedsAttention(args) => commands::needs_attention::run(args, session).await,
            Self::Recovery(args) => commands::recovery::run(args, session).await,
            Self::FileVaultPolicy(args) => commands::filevault_policy::run(args, session).await,
            Self::RecoveryKey(args) => commands::recovery_key::run(args, session).await,
            Self::LocalAdministrator(args) => commands::local_administrator::run(args, session).await,
            Self::Mdm(args) => commands::mdm::run(args, session).await,
            Self::Resilience(args) => commands::resilience::run(args, session).await,
            Self::ServiceAccount(args) => commands::service_account::run(args, session).await,
            Self::Adopt(args) => commands::adopt::run(args, session).await,
            Self::Account(args) => commands::account::run(args, session).await,
            Self::BulkAccount(args) => commands::account::bulk::run(args, session).await,
            Self::WhatIf(args) => commands::what_if::run(args, session).await,
            Self::Actions(args) => commands::actions::run(args, session).await,
            Self::Action(args) => commands::action::run(args, session).await,
            Self::Cancel(args) => commands::cancel::run(args, session).await,
            Self::Policy(args) => commands::policy::run(args, session).await,
            Self::Explain(args) => commands::explain::run(&args, session),
            Self::EnrolmentData(args) => commands::enrolment_data::run(args, session).await,
            Self::EnrolmentSecret(args) => commands::enrolment_secret::run(args, session).await,
            Self::Approve(args) => commands::approve::run(args, session).await,
            Self::Forget(args) => commands::forget::run(args, session).await,
            Self::People(args) => commands::people::run(args, session).await,
            Self::Sessions(args) => commands::sessions::run(args, session).await,
            Self::ApiTokens(args) => commands::api_tokens::run(args, session).await,
            Self::Audit(args) => commands::audit::run(args, session).await,
            Self::SupportBundle(args) => commands::support_bundle::run(args, session).await,
            Self::Serve(args) => crate::serve::run(args).await,
            Self::Vault(args) => commands::vault::run(args, session).await,
            Self::OfflineKey(args) => commands::offline_key::run(&args),
            Self::OpenEscrow(args) => commands::open_escrow::run(&args),
            Self::Backup(args) => commands::backup::run(args).await,
            Self::Restore(args) => commands::restore::run(args).await,
            #[cfg(feature = "demo")]
            Self::Demo(args) => crate::demo::run(args).await,
            Self::Completions(args) => commands::completions::run(&args),
            Self::Man(args) => commands::man::run(&args),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn help_has_no_markup() {
        fn check(command: &mut clap::Command) {
            let help = command.render_long_help().to_string();
            assert!(!help.contains('`'), "{help}");
            command.get_subcommands_mut().for_each(check);
        }
        let mut command = Cli::command();
        command.build();
        check(&mut command);
    }

    #[test]
    fn no_option_takes_a_secret() {
        fn check(command: &clap::Command) {
            for option in command.get_arguments() {
                let name = option.get_id().as_str();
                let takes_value = option.get_action().takes_values();
                let is_secret = ["password", "token", "secret"]
                    .iter()
                    .any(|word| name.contains(word));
                // A file that holds one, or the wildcard that stands for one.
                let is_about_one = name.ends_with("_file") || name.ends_with("_from");
                assert!(
                    !is_secret || !takes_value || is_about_one,
                    "--{name} takes a secret"
                );
            }
            command.get_subcommands().for_each(check);
        }
        check(&Cli::command());
    }
}
