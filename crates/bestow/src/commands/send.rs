//! What every command does that asks an action of a Mac: plan, pin, seal, send, follow.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;
use secrecy::SecretString;
use trust::action::{Action, ActionTemplate, SecretRole};
use trust::code::Code;
use trust::id::DeviceId;
use trust::name::AccountName;
use trust::time::Timestamp;

use super::follow::follow;
use super::passwords_from::PasswordsFrom;
use super::{find_device, tell_action, tell_meaning, tell_plan};
use crate::cli::Session;
use crate::client::{Asked, DeviceDetail, Reference};
use crate::edge;
use crate::exit::{Exit, Failure};
use crate::known_devices::{KnownDevices, Pin};
use crate::order::{Password, Passwords, Planned, Terms, seal_action};
use crate::output::{Format, note, point_in_time, print, print_as_it_is, span};
use crate::passwords::{PasswordSource, Question};

/// How an action is sent, whatever it is.
#[derive(Debug, clap::Args)]
pub struct SendArgs {
    /// Show the plan and stop
    #[arg(long)]
    plan_only: bool,
    /// Read the passwords from standard input, one a line: the administrator's first, if there is one, then that of the
    /// target or new account, then a new one
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    passwords_from: PasswordsFrom,
    /// Take the throw-away passwords of the demo's accounts out of its demo.json
    #[cfg(feature = "demo")]
    #[arg(long)]
    demo_passwords: bool,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Wait until the action has ended; this is the default without --not-before
    #[arg(long, conflicts_with = "no_wait")]
    wait: bool,
    /// Send the action and do not wait for its end
    #[arg(long)]
    no_wait: bool,
    /// Wait no longer than this, such as 10m; the action goes on
    #[arg(long, value_name = "SPAN", value_parser = span, conflicts_with = "no_wait")]
    wait_limit: Option<Duration>,
    /// Begin at this time, such as 2026-11-21T22:00:00Z or, in local time, "2026-11-21 22:00"
    #[arg(long, value_name = "TIME", value_parser = point_in_time)]
    not_before: Option<Timestamp>,
    /// The Mac must begin within this time, at most 30d
    #[arg(long, value_name = "SPAN", value_parser = span, default_value = "7d")]
    valid_for: Duration,
    /// File with the pinned keys of devices; or the variable BESTOW_KNOWN_DEVICES [default: ~/.config/bestow/known-devices]
    #[arg(long, value_name = "FILE")]
    known_devices: Option<PathBuf>,
}

/// Asks an action of the device that `reference` names.
pub async fn send(
    reference: &Reference,
    template: ActionTemplate,
    args: SendArgs,
    session: &Session,
) -> Result<Exit, Failure> {
    let known = args.known_passwords(session)?;
    let client = session.client()?;
    let device = find_device(&client, reference).await?.value;
    let asked = Asked {
        password_wildcards: args.passwords_from.wildcards(&template)?,
        template,
    };
    let plan = client.plan(device.summary.id, &asked).await?;
    tell_meaning(&asked, &plan, session)?;
    if let Some(refused) = tell_plan(&plan, &client, session)? {
        return Ok(refused);
    }
    let so_already = plan.value.plan.so_already();
    if args.plan_only || so_already.is_some() {
        match (session.format, so_already) {
            (Format::Json, _) => print_as_it_is(&plan.json)?,
            (Format::Text, Some(code)) => print(&nothing_to_do(code))?,
            (Format::Text, None) => {}
        }
        return Ok(Exit::Done);
    }
    pin(&device, KnownDevices::at(args.known_devices.clone())?)?;
    let action = &agreed(&asked, plan.value.action.as_ref())?;
    let passwords = passwords(&args, &asked, action, &device, known.as_deref())?;
    let (now, mut rng) = (edge::now(), edge::rng());
    let terms = Terms {
        id: edge::fresh_id(now, &mut rng),
        not_before: args.not_before,
        not_after: args.not_before.unwrap_or(now).max(now).plus(args.valid_for),
        plan_id: plan.value.plan_id.clone(),
        reason: args.reason,
    };
    let collected = plan.value.collected.iter();
    let planned = Planned {
        action,
        collected: collected
            .map(|(role, view)| (*role, view.reference.clone()))
            .collect(),
    };
    let waits = !args.no_wait && (args.not_before.is_none() || args.wait || args.wait_limit.is_some());
    let order = seal_action(&device, &planned, terms, &passwords, &mut rng)?;
    let sent = client.send_action(device.summary.id, &order).await?;
    note(&format!("{} as action {}", sent.value.state, sent.value.id));
    if !waits {
        tell_action(&sent, &client, session)?;
        return Ok(Exit::Done);
    }
    let last = follow(&client, sent, args.wait_limit).await?;
    tell_action(&last, &client, session)
}

/// Nobody is asked for passwords that are not needed.
fn nothing_to_do(code: Code) -> String {
    let why = match code {
        Code::AlreadyGranted => "the account holds a Secure Token already",
        _ => "the account is so already",
    };
    format!(
        "\nThere is nothing to do: {why} [{code}].\nNo password was asked for and nothing was sent to the Mac."
    )
}

/// What is sealed: the action that the server planned, which is what was asked for but for what wildcards mean and for the
/// promotion that the organisation lets every grant have. Nothing else that a server says changes what the passwords are
/// bound to.
fn agreed(asked: &Asked, planned: Option<&Action>) -> Result<Action, Failure> {
    let planned = planned.cloned().or_else(|| asked.template.literal());
    Ok(planned.context("the server does not tell what the wildcards mean")?)
}

/// Tells a password that need not be asked for.
type KnownPasswords = dyn Fn(DeviceId, &AccountName) -> Result<SecretString, Failure>;

impl SendArgs {
    /// Passwords that need not be asked for, if there are any.
    #[cfg(feature = "demo")]
    fn known_passwords(&self, session: &Session) -> Result<Option<Box<KnownPasswords>>, Failure> {
        if !self.demo_passwords {
            return Ok(None);
        }
        let demo = session.demo_file()?;
        Ok(Some(Box::new(move |device, account| {
            demo.password(device, account.as_str())
        })))
    }

    #[cfg(not(feature = "demo"))]
    fn known_passwords(&self, _session: &Session) -> Result<Option<Box<KnownPasswords>>, Failure> {
        Ok(None)
    }
}

/// The passwords of an action: wildcards, and what is asked for.
fn passwords(
    args: &SendArgs,
    asked: &Asked,
    action: &Action,
    device: &DeviceDetail,
    known: Option<&KnownPasswords>,
) -> Result<Passwords, Failure> {
    let source = match args.password_stdin {
        true => PasswordSource::StandardInput,
        false => PasswordSource::Prompt,
    };
    let wildcards = asked.password_wildcards.clone().into_iter();
    let mut passwords: Passwords = wildcards
        .map(|(role, text)| (role, Password::Wildcard(text)))
        .collect();
    let roles = action.secret_roles().iter().copied();
    let missing: Vec<SecretRole> = roles.filter(|role| !passwords.contains_key(role)).collect();
    let questions: Vec<(&AccountName, Question)> = missing
        .iter()
        .filter_map(|role| question(action, *role, &device.summary.name))
        .collect();
    let typed = match known {
        None => {
            let questions: Vec<Question> = questions.into_iter().map(|(_, question)| question).collect();
            source.read(&questions)?
        }
        // Nobody but the person knows the password of an account that is still to be made.
        Some(known) => {
            let typed = questions.iter().map(|(account, question)| match question.is_new {
                true => source.read(std::slice::from_ref(question)),
                false => Ok(vec![known(device.summary.id, account)?]),
            });
            typed.collect::<Result<Vec<_>, Failure>>()?.concat()
        }
    };
    passwords.extend(missing.into_iter().zip(typed.into_iter().map(Password::Typed)));
    Ok(passwords)
}

fn question<'a>(action: &'a Action, role: SecretRole, device: &str) -> Option<(&'a AccountName, Question)> {
    let of = |account: &'a AccountName| {
        let question = Question {
            text: format!("Password of {account} on {device}"),
            is_new: false,
        };
        (account, question)
    };
    let new = |account: &'a AccountName, what: &str| {
        let question = Question {
            text: format!("{what} {account} on {device}"),
            is_new: true,
        };
        (account, question)
    };
    match (action, role) {
        (Action::CreateAccount(create), SecretRole::Target) => {
            Some(new(&create.target, "Password for the new account"))
        }
        (_, SecretRole::NewPassword) => action.target().map(|target| new(target, "New password of")),
        (_, SecretRole::Administrator) => action.administrator().map(of),
        (_, SecretRole::Target) => action.target().map(of),
    }
}

/// No password is sealed to a key that is not the one known.
fn pin(device: &DeviceDetail, known: KnownDevices) -> Result<(), Failure> {
    let name = &device.summary.name;
    let present = device.sealing_key.fingerprint();
    match known.check(device)? {
        Pin::Same => Ok(()),
        Pin::New => {
            note(&format!(
                "First use of {name}: its key is pinned in {}.\n  {present}\n\
                 `bestow-agent status` on the Mac prints the same fingerprint if nobody stands between.",
                known.path().display()
            ));
            Ok(())
        }
        Pin::Changed { pinned } => Err(Failure::usage(format!(
            "The key of {name} has changed. No password was asked for and nothing was sent.\n\
             \n  pinned   {pinned}\n  present  {present}\n\n\
             Either the agent on the Mac was set up anew, or the server shows a key that is not the Mac's.\n\
             Run `bestow-agent status` on the Mac and compare the fingerprint with the present one. If they are the\n\
             same, accept it: bestow device {} --accept-key {:?}\n\
             If they differ, send no password and find out why the server shows another key.",
            device.summary.id, present
        ))),
    }
}
