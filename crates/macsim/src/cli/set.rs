//! `macsim set`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::Problem;
use crate::front::home::MacHome;
use crate::model::knobs::{Lie, ToldKey, WrongGranterText};
use crate::model::mac::Mac;
use crate::model::start_up::Integrity;
use crate::tools::Tool;

/// Every knob and what it takes, as people write it.
const KNOBS: [(&str, &str); 20] = [
    ("lie", "never, always, or a number of calls"),
    ("lying_tools", "tools with commas between, or nothing"),
    ("latency.TOOL", "milliseconds"),
    ("hang", "tools with commas between, or nothing"),
    ("crash_after_effect", "tools with commas between, or nothing"),
    ("stderr_noise", "a text, or nothing"),
    ("stdin_passwords", "true or false"),
    ("wrong_granter_text", "unlock, 5000 or framework"),
    ("root_passwd_desynchronises", "true or false"),
    ("enabling_keeps_failed_logins", "true or false"),
    ("denies_recovery_keys", "true or false"),
    ("told_recovery_key", "truly, nothing or another"),
    ("secure_boot", "full, reduced or none"),
    (
        "integrity",
        "on, off, or the protections that are off with commas between",
    ),
    ("mdm_control", "true or false"),
    ("recovery_lock", "true or false"),
    ("full_disk_access", "true or false"),
    ("network", "true or false"),
    ("console_user", "an account's name, or nothing"),
    ("real_name.USER", "a text; USER is an account's name"),
];

#[derive(clap::Args)]
#[command(after_help = format!("Knobs:\n{}\n\nA TOOL is one of `macsim install-tools`, or * for every tool.", table()))]
pub(super) struct Args {
    /// The Mac's directory.
    dir: PathBuf,
    /// One knob after the other, such as lie=always.
    #[arg(value_name = "KNOB=VALUE")]
    knobs: Vec<String>,
}

/// A knob that does not exist, or a value it does not take.
#[derive(Debug, thiserror::Error)]
enum SetError {
    #[error(
        "there is nothing to set; write `macsim set DIR KNOB=VALUE`, the Mac's directory first. The knobs:\n{}",
        table()
    )]
    Nothing,
    #[error("`{0}` is not of the form KNOB=VALUE. The knobs:\n{knobs}", knobs = table())]
    Form(String),
    #[error("there is no knob `{0}`. The knobs:\n{knobs}", knobs = table())]
    Unknown(String),
    #[error("the knob {0} takes {takes}, not `{1}`", takes = takes(.0))]
    Value(String, String),
    #[error("the simulated Mac has no tool `{0}`; `macsim install-tools DIR` lists them")]
    Tool(String),
    #[error("the simulated Mac has no account `{0}`; `macsim show DIR` lists them")]
    User(String),
}

fn table() -> String {
    let lines = KNOBS.map(|(knob, takes)| format!("  {knob:<28}{takes}"));
    lines.join("\n")
}

/// What the knob of this name takes.
fn takes(name: &str) -> &'static str {
    let stem = |name: &str| name.split('.').next().map(str::to_owned);
    let known = KNOBS.iter().find(|(knob, _)| stem(knob) == stem(name));
    known.map_or("something else", |(_, takes)| takes)
}

pub(super) fn run(args: &Args) -> Result<(), Problem> {
    if args.knobs.is_empty() {
        return Err(SetError::Nothing.into());
    }
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

/// A tool's name, or `*`.
fn tool(name: &str) -> Result<String, SetError> {
    match name == "*" || Tool::named(name).is_some() {
        true => Ok(name.to_owned()),
        false => Err(SetError::Tool(name.to_owned())),
    }
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
    let tools = || {
        names()
            .iter()
            .map(|name| tool(name))
            .collect::<Result<BTreeSet<_>, _>>()
    };
    let text = || (!value.is_empty()).then(|| value.to_owned());
    if let Some(name) = name.strip_prefix("latency.") {
        let latency = value.parse().map_err(|_| bad())?;
        mac.knobs.latency_ms.insert(tool(name)?, latency);
        return Ok(());
    }
    if let Some(name) = name.strip_prefix("real_name.") {
        let user = mac.directory.user_mut(name);
        let user = user.ok_or_else(|| SetError::User(name.to_owned()))?;
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
        "lying_tools" => mac.knobs.lying_tools = tools()?,
        "hang" => mac.knobs.hang = tools()?,
        "crash_after_effect" => mac.knobs.crash_after_effect = tools()?,
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
        "enabling_keeps_failed_logins" => mac.knobs.enabling_keeps_failed_logins = truth()?,
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
        "told_recovery_key" => {
            mac.knobs.told_recovery_key = match value {
                "truly" => ToldKey::Truly,
                "nothing" => ToldKey::Nothing,
                "another" => ToldKey::Another,
                _ => return Err(bad()),
            }
        }
        "denies_recovery_keys" => mac.knobs.denies_recovery_keys = truth()?,
        "full_disk_access" => mac.knobs.full_disk_access = truth()?,
        "network" => mac.session.network = truth()?,
        "console_user" => mac.session.console_user = text(),
        _ => return Err(SetError::Unknown(name.to_owned())),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::clock::UnixMillis;
    use crate::scenario::Situation;

    #[test]
    fn every_knob_that_is_listed_can_be_turned() {
        let mut mac = Situation::Healthy.mac(1, UnixMillis(0)).mac;
        for (knob, _) in KNOBS {
            let name = knob.replace("TOOL", "dscl").replace("USER", "ben");
            let turned = ["true", "never", "full", "unlock", "truly", "7", ""]
                .iter()
                .any(|value| turn(&mut mac, &name, value).is_ok());
            assert!(turned, "{knob}");
        }
    }
}
