//! `bestow grant`: plan, pin, seal, send, follow.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;
use trust::action::Action;

use super::follow::follow;
use super::plan::Accounts;
use super::{find_device, tell_action, tell_plan};
use crate::cli::Session;
use crate::client::{DeviceDetail, Reference};
use crate::edge;
use crate::exit::{Exit, Failure};
use crate::known_devices::{KnownDevices, Pin};
use crate::order::{Terms, seal_grant};
use crate::output::{Format, note, print_json, span};
use crate::passwords::PasswordSource;

/// Hand a Secure Token on from an administrator to another account
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    #[command(flatten)]
    accounts: Accounts,
    /// Show the plan and stop
    #[arg(long)]
    plan_only: bool,
    /// Read the passwords from standard input: the administrator's on the first line, the target's on the second
    #[arg(long)]
    password_stdin: bool,
    /// Take the throw-away passwords of the demo out of its demo.json
    #[cfg(feature = "demo")]
    #[arg(long, requires = "demo", conflicts_with = "password_stdin")]
    demo_passwords: bool,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Wait until the action has ended; this is the default
    #[arg(long, conflicts_with = "no_wait")]
    wait: bool,
    /// Send the action and do not wait for its end
    #[arg(long)]
    no_wait: bool,
    /// Wait no longer than this, such as 10m; the action goes on
    #[arg(long, value_name = "SPAN", value_parser = span, conflicts_with = "no_wait")]
    wait_limit: Option<Duration>,
    /// The Mac must begin within this time, at most 30d
    #[arg(long, value_name = "SPAN", value_parser = span, default_value = "7d")]
    valid_for: Duration,
    /// File with the pinned keys of devices [default: ~/.config/bestow/known-devices]
    #[arg(long, value_name = "FILE", env = "BESTOW_KNOWN_DEVICES")]
    known_devices: Option<PathBuf>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value;
    let grant = args.accounts.grant();
    let action = Action::GrantSecureToken(grant.clone());
    let plan = client.plan(device.summary.id, &action).await?;
    if let Some(refused) = tell_plan(&plan, &client, session)? {
        return Ok(refused);
    }
    if args.plan_only {
        if session.format == Format::Json {
            print_json(&plan.json)?;
        }
        return Ok(Exit::Done);
    }
    pin(&device, KnownDevices::at(args.known_devices.clone())?)?;
    let passwords = passwords(&args, &device, session)?;
    let (now, mut rng) = (edge::now(), edge::rng());
    let terms = Terms {
        id: edge::fresh_id(now, &mut rng),
        not_after: now.plus(args.valid_for),
        plan_id: plan.value.plan_id,
        reason: args.reason,
    };
    let order = seal_grant(&device, &grant, terms, passwords, &mut rng)?;
    let sent = client.send_action(device.summary.id, &order).await?;
    note(&format!("{} as action {}", sent.value.state, sent.value.id));
    if args.no_wait {
        tell_action(&sent, &client, session)?;
        return Ok(Exit::Done);
    }
    let last = follow(&client, sent, args.wait_limit).await?;
    tell_action(&last, &client, session)
}

/// The administrator's password and the target's.
fn passwords(args: &Args, device: &DeviceDetail, session: &Session) -> Result<[SecretString; 2], Failure> {
    let accounts = [&args.accounts.administrator, &args.accounts.target];
    #[cfg(feature = "demo")]
    if args.demo_passwords {
        let password = |account| session.demo_password(device.summary.id, account);
        return Ok([password(accounts[0])?, password(accounts[1])?]);
    }
    #[cfg(not(feature = "demo"))]
    let _ = session;
    let source = match args.password_stdin {
        true => PasswordSource::StandardInput,
        false => PasswordSource::Prompt,
    };
    let [administrator, target] =
        accounts.map(|account| format!("Password of {account} on {}", device.summary.name));
    source.read([&administrator, &target])
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
