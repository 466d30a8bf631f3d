//! `macsim pause` and `macsim resume`.

use std::path::PathBuf;

use clap::ValueEnum;

use super::Problem;
use crate::front::home::MacHome;
use crate::front::pause::{Orphaned, PausePoint, When};
use crate::tools::Tool;

#[derive(clap::Args)]
pub(super) struct PauseArgs {
    /// The Mac's directory.
    dir: PathBuf,
    /// The tool to hold.
    #[arg(long)]
    tool: String,
    /// Only a call with exactly this argument.
    #[arg(long, allow_hyphen_values = true)]
    arg: Option<String>,
    /// The step to hold it at.
    #[arg(long, value_enum)]
    when: Step,
    /// Keep holding, and go on when released, even if the caller goes away meanwhile.
    #[arg(long)]
    outlive_caller: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Step {
    /// Everything is known, nothing has been changed.
    BeforeEffect,
    /// The change is stored, nothing has been said about it.
    AfterEffect,
}

#[derive(clap::Args)]
pub(super) struct ResumeArgs {
    /// The Mac's directory.
    dir: PathBuf,
    /// The number that `macsim pause` printed; all of them if missing.
    number: Option<u32>,
}

pub(super) fn pause(args: PauseArgs) -> Result<(), Problem> {
    if Tool::named(&args.tool).is_none() {
        let names: Vec<&str> = Tool::all().map(Tool::name).collect();
        let names = names.join(", ");
        return Err(format!("--tool {}: the simulated Mac's tools are {names}", args.tool).into());
    }
    let when = match args.when {
        Step::BeforeEffect => When::BeforeEffect,
        Step::AfterEffect => When::AfterEffect,
    };
    let orphaned = if args.outlive_caller {
        Orphaned::Stays
    } else {
        Orphaned::Ends
    };
    let point = PausePoint {
        tool: args.tool,
        arg: args.arg,
        when,
        orphaned,
    };
    let home = MacHome::open(args.dir);
    home.load()?;
    let number = home.pause(&point)?;
    println!("{number}");
    Ok(())
}

pub(super) fn resume(args: &ResumeArgs) -> Result<(), Problem> {
    let home = MacHome::open(&args.dir);
    home.load()?;
    match args.number {
        Some(number) => home.resume(number)?,
        None => home.resume_all()?,
    }
    Ok(())
}
