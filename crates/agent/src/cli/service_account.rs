//! The service account, made while the Mac is enrolled.

use std::io::Read as _;

use anyhow::{Context as _, bail};
use clap::Args;
use mac::ProcessRunner;
use secrecy::SecretString;
use trust::name::AccountName;
use zeroize::Zeroizing;

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
        let password = self.password(administrator)?;
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
        let entry = outcome.code.entry();
        if outcome.code.is_success() {
            println!("{}.", entry.title);
            return Ok(());
        }
        bail!(
            "the Mac is enrolled, but the service account was not made [{}]. {}. {} {}",
            outcome.code,
            entry.title,
            entry.cause,
            entry.fix
        )
    }

    fn password(&self, administrator: &AccountName) -> anyhow::Result<SecretString> {
        let typed =
            if self.password_stdin {
                let mut text = Zeroizing::new(String::new());
                std::io::stdin()
                    .read_to_string(&mut text)
                    .context("read the administrator's password from standard input")?;
                text
            } else {
                let prompt = format!("Password for {administrator}: ");
                Zeroizing::new(rpassword::prompt_password(prompt).context(
                    "ask for the administrator's password; without a terminal, use --password-stdin",
                )?)
            };
        let line = typed.strip_suffix('\n').unwrap_or(&typed);
        if line.is_empty() {
            bail!("the administrator's password is empty");
        }
        Ok(SecretString::from(line))
    }
}
