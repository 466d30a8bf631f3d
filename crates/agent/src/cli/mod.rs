//! The command line of `bestow-agent`.

mod enroll;
mod run;
mod service_account;
mod status;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::paths::Paths;

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
}

/// The program, from its arguments to its exit code.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let paths = Paths::new(&cli.place.root, cli.place.state.as_deref());
    let result = match cli.command {
        Command::Enroll(enroll) => enroll.execute(&paths),
        Command::Run(run) => run.execute(&paths),
        Command::Status(status) => status.execute(&paths),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bestow-agent: {error:#}{}", way_out(&error));
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

/// A runtime with one thread: the agent waits far more than it works.
fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}
