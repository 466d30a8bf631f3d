//! The service account, made while the Mac is enrolled.

use anyhow::{Context as _, bail};
use clap::Args;
use mac::ProcessRunner;
use trust::name::AccountName;

use super::password::password_of;
use crate::clock::SystemClock;
use crate::observe::Observer;
use crate::paths::Paths;
use crate::perform::Tools;
use crate::promotions::Promotions;
use crate::service_account::{Custody, install};
use crate::single::{PATIENCE, SingleAgent};

/// Credentials to make the service account with at once. Without them it is made at the first login of a holder.
#[derive(Debug, Args)]
pub(super) struct ServiceAccountNow {
    /// An administrator who holds a Secure Token: the service account is made at once. The password is asked for.
    #[arg(long, value_name = "ACCOUNT")]
    administrator: Option<AccountName>,
    /// Read that administrator's password from standard input. The enrolment secret comes from --secret-file then.
    #[arg(long, requires = "administrator")]
    password_stdin: bool,
    /// Let a standard account that holds a token be an administrator for the moment of the hand-over.
    #[arg(long, requires = "administrator")]
    promote_administrator: bool,
}

impl ServiceAccountNow {
    /// Refuses what cannot go together, before anything is done.
    pub(super) fn is_possible(&self, has_secret_file: bool) -> anyhow::Result<()> {
        if self.administrator.is_some() && !has_secret_file {
            bail!(
                "--administrator needs --secret-file: standard input is for the administrator's password, and the \
                 enrolment secret comes from the file"
            );
        }
        Ok(())
    }

    /// Makes the account when credentials were given.
    pub(super) fn make(&self, paths: &Paths) -> anyhow::Result<()> {
        let Some(administrator) = &self.administrator else {
            return Ok(());
        };
        let password = password_of(administrator, self.password_stdin)?;
        let _single = SingleAgent::acquire(&paths.lock(), PATIENCE)?;
        let runner = ProcessRunner::new(paths.root().to_path_buf());
        let tools = Tools {
            runner: &runner,
            clock: &SystemClock,
            observer: &Observer::open(paths).context("read the proofs")?,
            promotions: &Promotions::open(paths).context("read the promotions")?,
            custody: &Custody::open(paths).context("read what is kept of the service account")?,
        };
        let outcome = install::create(tools, administrator, self.promote_administrator, password)?;
        if outcome.code.is_success() {
            println!("{}.", outcome.code.entry().title);
            return Ok(());
        }
        bail!(
            "the Mac is enrolled, but the service account was not made {}",
            super::in_words(outcome.code)
        )
    }
}
