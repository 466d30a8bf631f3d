//! The command line of `bestow-agent`.

mod enroll;
mod password;
mod reinstall;
mod run;
mod service_account;
mod status;
mod uninstall;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::{Args, CommandFactory as _, Parser, Subcommand};
use trust::code::Code;
use trust::words::prose;

use crate::paths::Paths;
use crate::single::SingleAgent;
use crate::uninstall::Note;

/// How long tools that an agent has left behind may take to end, when somebody waits at the Mac.
const PATIENCE: Duration = Duration::from_secs(3);

/// Watches the Secure Tokens of this Mac and carries out what the organisation's Bestow server asks.
#[derive(Debug, Parser)]
#[command(name = "bestow-agent", version)]
struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

/// Which Mac.
#[derive(Debug, Args)]
struct Place {
    /// Where the Mac's file system begins. Another value is for simulated Macs.
    #[arg(long, global = true, default_value = "/", value_name = "DIR")]
    root: PathBuf,
    /// Where the agent keeps its state.
    #[arg(long, global = true, value_name = "DIR")]
    state: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Enrol this Mac at a server.
    Enroll(enroll::Enroll),
    /// Run the agent. It ends when it is told to.
    Run(run::Run),
    /// Tell how this Mac is enrolled, and print its key's fingerprint.
    Status(status::Status),
    /// Make the service account whole after the agent was installed again over the top; all else stays as it is.
    Reinstall(reinstall::Reinstall),
    /// Take the agent off this Mac, with its service account, its login plug-in, its keys and its files.
    Uninstall(uninstall::Uninstall),
}

/// The command line, for manual pages.
pub fn command() -> clap::Command {
    Cli::command()
}

/// The program, from its arguments to its exit code.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let paths = Paths::new(&cli.place.root, cli.place.state.as_deref());
    let result = match cli.command {
        Command::Enroll(enroll) => enroll.execute(&paths),
        Command::Run(run) => run.execute(&paths),
        Command::Status(status) => status.execute(&paths),
        Command::Reinstall(reinstall) => reinstall.execute(&paths),
        Command::Uninstall(uninstall) => uninstall.execute(&paths),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let told = format!("{error:#}{}", way_out(&error));
            eprintln!("bestow-agent: {}", prose(&told));
            ExitCode::FAILURE
        }
    }
}

/// The agent's files are root's alone.
fn way_out(error: &anyhow::Error) -> &'static str {
    let is_barred = |cause: &(dyn std::error::Error + 'static)| {
        let io = cause.downcast_ref::<std::io::Error>();
        io.is_some_and(|io| io.kind() == std::io::ErrorKind::PermissionDenied)
    };
    match error.chain().any(is_barred) {
        true => ". The agent's files are root's: run it with sudo",
        false => "",
    }
}

/// An agent would bring back what an uninstall has taken away.
fn is_not_being_uninstalled(paths: &Paths) -> anyhow::Result<()> {
    if Note::of(paths)
        .read()
        .context("read whether the agent is being uninstalled")?
        .is_some()
    {
        bail!("the agent is being uninstalled from this Mac: `bestow-agent uninstall` goes on with it");
    }
    Ok(())
}

/// The lock of the agent, which must not run: `why` says what it would spoil.
fn alone(paths: &Paths, why: &str) -> anyhow::Result<SingleAgent> {
    SingleAgent::acquire(&paths.lock(), PATIENCE)
        .with_context(|| format!("the agent runs; stop it first, {why}"))
}

/// A code with what it means and what to do, read on from a sentence.
fn in_words(code: Code) -> String {
    let entry = code.entry();
    format!("[{code}] {}. {} {}", entry.title, entry.cause, entry.fix)
}

/// A runtime with one thread: the agent waits far more than it works.
fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_has_no_markup() {
        let mut command = command();
        command.build();
        for of in std::iter::once(&mut command.clone()).chain(command.get_subcommands_mut()) {
            let help = of.render_long_help().to_string();
            assert!(!help.contains('`'), "{help}");
        }
    }
}
