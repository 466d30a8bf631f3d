//! `macsim login`, `macsim ssh` and `macsim su`.

use std::path::PathBuf;

use super::Problem;
use super::password::Typed;
use crate::front::authorization::authorize;
use crate::front::home::MacHome;
use crate::front::mdm;
use crate::model::mac::Mac;
use crate::rules::login;
use crate::rules::refusal::{Circumstances, Credentials, Refusal};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The Mac's directory.
    dir: PathBuf,
    /// Who logs in.
    user: String,
    #[command(flatten)]
    typed: Typed,
}

/// At the screen: everybody takes part whom the authorization database names.
pub(super) fn at_the_screen(args: &Args) -> Result<(), Problem> {
    let password = args.password()?;
    let home = MacHome::open(&args.dir);
    let who = args.credentials(&password);
    authorize(&home, who, super::circumstances())?;
    mdm::with_server(&home, || home.change(|mac| login::begin(mac, who)))??;
    Ok(())
}

/// Over ssh, with a password.
pub(super) fn over_ssh(args: &Args) -> Result<(), Problem> {
    in_a_terminal(args, login::over_ssh)
}

/// By `su`, from somebody else's session.
pub(super) fn by_su(args: &Args) -> Result<(), Problem> {
    in_a_terminal(args, login::by_su)
}

type Way = fn(&mut Mac, Credentials<'_>, Circumstances) -> Result<(), Refusal>;

fn in_a_terminal(args: &Args, way: Way) -> Result<(), Problem> {
    let password = args.password()?;
    let who = args.credentials(&password);
    let at = super::circumstances();
    MacHome::open(&args.dir)
        .change(|mac| way(mac, who, at))?
        .map_err(|refusal| format!("the login was refused: {refusal}"))?;
    Ok(())
}

impl Args {
    fn password(&self) -> Result<String, Problem> {
        self.typed.password(&format!("Password for {}: ", self.user))
    }

    fn credentials<'a>(&'a self, password: &'a str) -> Credentials<'a> {
        Credentials {
            name: &self.user,
            password,
        }
    }
}
