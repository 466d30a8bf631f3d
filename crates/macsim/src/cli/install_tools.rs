//! `macsim install-tools`.

use std::path::PathBuf;

use super::Problem;
use crate::front::install;
use crate::tools::Tool;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The folder; put it in front of PATH and set MACSIM to a Mac's directory.
    dir: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<(), Problem> {
    let dir = args.dir.display();
    install::flat(&args.dir, &std::env::current_exe()?)
        .map_err(|error| format!("cannot put the tools into {dir}: {error}"))?;
    let names: Vec<&str> = Tool::all().map(Tool::name).collect();
    println!("{}", names.join(" "));
    eprintln!("These are simulated. Every other program that a script calls is this computer's own.");
    Ok(())
}
