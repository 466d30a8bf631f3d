//! `macsim set`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::Problem;
use crate::front::home::MacHome;
use crate::model::knobs::{Lie, WrongGranterText};
use crate::model::mac::Mac;
use crate::model::start_up::Integrity;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The Mac's directory.
    dir: PathBuf,
    /// `lie=never|always|N`, `lying_tools=a,b`, `latency.TOOL=MS`, `hang=TOOL,…`, `crash_after_effect=TOOL,…`,
    /// `stderr_noise=TEXT`, `stdin_passwords=BOOL`, `wrong_granter_text=unlock|5000|framework`,
    /// `root_passwd_desynchronises=BOOL`, `full_disk_access=BOOL`, `network=BOOL`, `console_user=NAME`,
    /// `real_name.USER=TEXT`, `secure_boot=full|reduced|none`, `integrity=on|off|NAME,…` (protections that are off),
    /// `mdm_control=BOOL`, `recovery_lock=BOOL`, `denies_recovery_keys=BOOL`. An empty value clears lists and texts; `*` means every tool.
    #[arg(required = true)]
    knobs: Vec<String>,
}

/// A knob that does not exist, or a value it does not take.
#[derive(Debug, thiserror::Error)]
enum SetError {
    #[error("`{0}` is not of the form knob=value")]
    Form(String),
    #[error("there is no knob `{0}`")]
    Unknown(String),
    #[error("the knob {0} does not take `{1}`")]
    Value(String, String),
}

pub(super) fn run(args: &Args) -> Result<(), Problem> {
    let home = MacHome::open(&args.dir);
    home.change(|mac| {
        let mut changed = mac.clone();
        for knob in &args.knobs {
            let (name, value) = knob.split_once('=').ok_or_else(|| SetError::Form(knob.clone()))?;
            turn(&mut changed, name, value)?;
        }
        *mac = changed;
        Ok::<(), SetError>(())
    })??;
    Ok(())
}

fn turn(mac: &mut Mac, name: &str, value: &str) -> Result<(), SetError> {
    let bad = || SetError::Value(name.to_owned(), value.to_owned());
    let truth = || value.parse::<bool>().map_err(|_| bad());
    let names = || {
        value
            .split(',')
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    let text = || (!value.is_empty()).then(|| value.to_owned());
    if let Some(tool) = name.strip_prefix("latency.") {
        mac.knobs
            .latency_ms
            .insert(tool.to_owned(), value.parse().map_err(|_| bad())?);
        return Ok(());
    }
    if let Some(user) = name.strip_prefix("real_name.") {
        let user = mac.directory.user_mut(user).ok_or_else(bad)?;
        user.attributes.set("RealName", [value]);
        return Ok(());
    }
    match name {
        "lie" => {
            mac.knobs.lie = match value {
                "never" => Lie::Never,
                "always" => Lie::Always,
                calls => Lie::Calls(calls.parse().map_err(|_| bad())?),
            }
        }
        "lying_tools" => mac.knobs.lying_tools = names(),
        "hang" => mac.knobs.hang = names(),
        "crash_after_effect" => mac.knobs.crash_after_effect = names(),
        "stderr_noise" => mac.knobs.stderr_noise = text(),
        "stdin_passwords" => mac.knobs.stdin_passwords = truth()?,
        "wrong_granter_text" => {
            mac.knobs.wrong_granter_text = match value {
                "unlock" => WrongGranterText::Unlock,
                "5000" => WrongGranterText::Error5000,
                "framework" => WrongGranterText::Framework,
                _ => return Err(bad()),
            }
        }
        "root_passwd_desynchronises" => mac.knobs.root_passwd_desynchronises = truth()?,
        "secure_boot" => mac.start_up.security = value.parse().map_err(|_| bad())?,
        "integrity" => {
            mac.start_up.integrity = match value {
                "on" => Integrity::On,
                "off" => Integrity::Off,
                _ => Integrity::Without(names()),
            }
        }
        "mdm_control" => mac.start_up.mdm_control_by_user = truth()?,
        "recovery_lock" => mac.mdm.recovery_lock = truth()?,
        "denies_recovery_keys" => mac.knobs.denies_recovery_keys = truth()?,
        "full_disk_access" => mac.knobs.full_disk_access = truth()?,
        "network" => mac.session.network = truth()?,
        "console_user" => mac.session.console_user = text(),
        _ => return Err(SetError::Unknown(name.to_owned())),
    }
    Ok(())
}
