//! `bestow-agent reinstall`.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use anyhow::{Context as _, bail};
use clap::Args;
use mac::ProcessRunner;
use secrecy::SecretString;
use trust::code::Code;
use trust::name::AccountName;
use trust::observation::Observation;
use trust::recovery::recovery;
use trust::service_account::{self, NOBODY_CAN_HELP};

use super::password::password_of;
use crate::clock::SystemClock;
use crate::identity::{Enrolment, Keys};
use crate::observe::Observer;
use crate::paths::Paths;
use crate::perform::Tools;
use crate::promotions::Promotions;
use crate::service_account::Custody;
use crate::service_account::reinstall::{self, Refused};

/// Makes the service account whole after the agent was installed again over the top. The Mac stays the device that it is: enrolment,
/// keys and history are kept, and no enrolment secret is asked for.
#[derive(Debug, Args)]
pub(super) struct Reinstall {
    /// An administrator who holds a Secure Token. Asked for at a terminal if left out; without a terminal nobody is asked.
    #[arg(long, value_name = "ACCOUNT")]
    administrator: Option<AccountName>,
    /// Read that administrator's password from standard input.
    #[arg(long, requires = "administrator")]
    password_stdin: bool,
}

impl Reinstall {
    pub(super) fn execute(&self, paths: &Paths) -> anyhow::Result<()> {
        super::is_not_being_uninstalled(paths)?;
        let enrolment = Enrolment::load(paths)
            .context("read the enrolment")?
            .context("this Mac is not enrolled; `bestow-agent enroll` does that")?;
        Keys::load(paths)?.context("the device's keys are gone; enrol this Mac anew")?;
        let _single = super::alone(paths, "so that the two do not change the service account at once")?;
        println!(
            "This Mac stays device {} of {}.",
            enrolment.device_id, enrolment.server
        );
        let runner = ProcessRunner::new(paths.root().to_path_buf());
        let custody = Custody::open(paths).context("read what is kept of the service account")?;
        let tools = Tools {
            runner: &runner,
            clock: &SystemClock,
            observer: &Observer::open(paths).context("read the proofs")?,
            promotions: &Promotions::open(paths).context("read the promotions")?,
            custody: &custody,
        };
        let seen = reinstall::look(tools).context("look after what was begun")?;
        let settings = custody.remembered().settings.unwrap_or_default();
        match service_account::reinstall(&seen, &settings) {
            service_account::Reinstall::Nothing { why } => {
                println!("Nothing is to be done for the service account: {why}.");
                Ok(())
            }
            service_account::Reinstall::Recovery { code } => self.lead_to_recovery(code, &seen, &enrolment),
            service_account::Reinstall::ByAdministrator {
                fault,
                administrators,
            } => {
                println!("The service account is to be made whole: {fault}.");
                match self.credentials(&administrators)? {
                    Some((administrator, password)) => rebuild(tools, &seen, &administrator, &password),
                    None => {
                        tell_who_can_help(&administrators);
                        Ok(())
                    }
                }
            }
        }
    }

    /// An installer without a terminal has done its part; whoever asked for more is told that it did not come about.
    fn lead_to_recovery(&self, code: Code, seen: &Observation, enrolment: &Enrolment) -> anyhow::Result<()> {
        let recovery = recovery(seen);
        if !recovery.ways.is_empty() {
            println!("{} {NOBODY_CAN_HELP}:", recovery.need.sentence());
        }
        for way in recovery.ways {
            println!("  {} ({})", way.way.label(), way.standing.label());
        }
        let name = enrolment.name.as_deref().unwrap_or("DEVICE");
        println!("'bestow recovery \"{name}\"' on an administrator's computer tells each step.");
        match self.administrator.is_some() || std::io::stdin().is_terminal() {
            true => bail!("{} Nothing was changed", super::in_words(code)),
            false => Ok(()),
        }
    }

    /// Who helps, with the password; `None` when there is nobody who could be asked.
    fn credentials(&self, administrators: &[String]) -> anyhow::Result<Option<(AccountName, SecretString)>> {
        let administrator = match &self.administrator {
            Some(administrator) => administrator.clone(),
            None if std::io::stdin().is_terminal() => asked_for(administrators)?,
            None => return Ok(None),
        };
        let password = password_of(&administrator, self.password_stdin)?;
        Ok(Some((administrator, password)))
    }
}

fn rebuild(
    tools: Tools<'_>,
    seen: &Observation,
    administrator: &AccountName,
    password: &SecretString,
) -> anyhow::Result<()> {
    match reinstall::reinstall(tools, seen, administrator, password).context("rebuild the service account")? {
        Err(Refused { code, saw }) => {
            bail!("{} Seen: {saw}. Nothing was changed", super::in_words(code))
        }
        Ok(outcome) if outcome.code.is_success() => {
            println!("{}.", outcome.code.entry().title);
            println!("The server is told as soon as the agent runs.");
            Ok(())
        }
        Ok(outcome) => bail!("{}", super::in_words(outcome.code)),
    }
}

fn asked_for(administrators: &[String]) -> anyhow::Result<AccountName> {
    match administrators {
        [] => print!("An administrator who holds a Secure Token: "),
        known => print!(
            "An administrator who holds a Secure Token ({}): ",
            known.join(", ")
        ),
    }
    std::io::stdout().flush().context("ask for an administrator")?;
    let mut typed = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut typed)
        .context("read the administrator's name")?;
    let name = typed.trim();
    name.parse()
        .with_context(|| format!("{name:?} is no account name. Nothing was changed"))
}

fn tell_who_can_help(administrators: &[String]) {
    let who = match administrators {
        [] => "an administrator who holds a Secure Token".to_owned(),
        [one] => one.clone(),
        several => format!("one of these: {}", several.join(", ")),
    };
    println!(
        "Nobody was asked for a password, because there is no terminal. A login of {who} mends it; so do the Bestow Service Account \
         app and 'sudo bestow-agent reinstall' at a terminal."
    );
}
