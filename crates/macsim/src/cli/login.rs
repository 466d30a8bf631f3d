//! `macsim login` and `macsim ssh`.

use std::path::PathBuf;

use super::Problem;
use super::password::Typed;
use crate::front::home::MacHome;
use crate::rules::login;
use crate::rules::refusal::{Circumstances, Credentials};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The Mac's directory.
    dir: PathBuf,
    /// Who logs in.
    user: String,
    #[command(flatten)]
    typed: Typed,
}

/// At the screen.
pub(super) fn at_the_screen(args: &Args) -> Result<(), Problem> {
    apply(args, login::at_the_screen)
}

/// Over ssh, with a password.
pub(super) fn over_ssh(args: &Args) -> Result<(), Problem> {
    apply(args, login::over_ssh)
}

type Rule = fn(&mut crate::Mac, Credentials<'_>, Circumstances) -> Result<(), crate::rules::refusal::Refusal>;

fn apply(args: &Args, rule: Rule) -> Result<(), Problem> {
    let password = args.typed.password(&format!("Password for {}: ", args.user))?;
    let at = super::circumstances();
    let home = MacHome::open(&args.dir);
    let who = Credentials {
        name: &args.user,
        password: &password,
    };
    home.change(|mac| rule(mac, who, at))?
        .map_err(|refusal| format!("the login was refused: {refusal}"))?;
    Ok(())
}
