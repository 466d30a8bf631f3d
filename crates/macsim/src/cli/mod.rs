//! The `macsim` command: makes Macs, shows them, and does to them what is not a tool's work.

mod accounts_file;
mod hold;
mod install_tools;
mod login;
mod mdm;
mod new;
mod os_version;
mod password;
mod reboot;
mod recovery;
mod set;
mod show;
mod upgrade;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::model::clock::UnixMillis;
use crate::rules::refusal::Circumstances;

/// Simulated Macs for tests and demonstrations.
#[derive(Parser)]
#[command(name = "macsim", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a Mac in a directory and print its accounts.
    New(new::Args),
    /// Put links named like Apple's tools into one folder.
    InstallTools(install_tools::Args),
    /// Show a Mac: accounts, who can really open the disk, the pre-boot list, what has happened.
    Show(show::Args),
    /// Turn a knob: lies, delays, hangs, noise, missing permissions.
    Set(set::Args),
    /// Log in at the screen.
    Login(login::Args),
    /// Log in over ssh with a password.
    Ssh(login::Args),
    /// Become somebody else by `su`, with a password.
    Su(login::Args),
    /// Start the Mac again.
    Reboot(reboot::Args),
    /// Sit in front of the Mac: shut it down, start recoveryOS, click and type there.
    Recovery(recovery::Args),
    /// Install a newer macOS.
    Upgrade(upgrade::Args),
    /// Do what a management server does.
    Mdm(mdm::Args),
    /// Hold the next matching tool call at an exact step.
    Pause(hold::PauseArgs),
    /// Let held tool calls go on.
    Resume(hold::ResumeArgs),
}

/// Runs the command for these arguments, its own name included.
pub(crate) fn run(argv: &[OsString]) -> ExitCode {
    let cli = match Cli::try_parse_from(argv) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let outcome = match cli.command {
        Command::New(args) => new::run(args),
        Command::InstallTools(args) => install_tools::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Set(args) => set::run(&args),
        Command::Login(args) => login::at_the_screen(&args),
        Command::Ssh(args) => login::over_ssh(&args),
        Command::Su(args) => login::by_su(&args),
        Command::Reboot(args) => reboot::run(&args),
        Command::Recovery(args) => recovery::run(&args),
        Command::Upgrade(args) => upgrade::run(&args),
        Command::Mdm(args) => mdm::run(args),
        Command::Pause(args) => hold::pause(args),
        Command::Resume(args) => hold::resume(&args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("macsim: {}", with_causes(&*problem));
            ExitCode::FAILURE
        }
    }
}

/// The problem and what is behind it, on one line.
fn with_causes(problem: &dyn std::error::Error) -> String {
    let mut text = problem.to_string();
    let mut source = problem.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

/// The time at which a command happens to a Mac.
fn circumstances() -> Circumstances {
    #[expect(
        clippy::disallowed_methods,
        reason = "the edge of the program: the clock of the Mac it works on"
    )]
    let now = jiff::Timestamp::now();
    Circumstances {
        now: UnixMillis(now.as_millisecond()),
    }
}

/// Why a command failed, for people.
type Problem = Box<dyn std::error::Error>;
