//! `macsim new`.

use std::path::PathBuf;

use super::Problem;
use super::accounts_file::Printed;
use super::os_version::os_version;
use crate::front::home::MacHome;
use crate::model::clock::UnixMillis;
use crate::model::hardware::Chip;
use crate::model::os::OsVersion;
use crate::model::volume::FileSystem;
use crate::scenario::{Builder, Role, ScenarioMac, Situation, random_mac};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The directory to make the Mac in.
    dir: PathBuf,
    /// macOS version, from 10.12 to 26.
    #[arg(long, default_value = "15.2", value_parser = os_version, conflicts_with_all = ["situation", "random"])]
    os: OsVersion,
    /// apple-silicon, t2 or intel.
    #[arg(long, default_value = "apple-silicon", conflicts_with_all = ["situation", "random"])]
    chip: Chip,
    /// apfs, hfs or corestorage.
    #[arg(long, default_value = "apfs", conflicts_with_all = ["situation", "random"])]
    fs: FileSystem,
    /// FileVault on or off.
    #[arg(long, default_value = "on", value_parser = ["on", "off"], conflicts_with_all = ["situation", "random"])]
    filevault: String,
    /// A ready-made situation instead of a plain Mac with the administrator `ada` and the user `ben`.
    #[arg(long)]
    situation: Option<Situation>,
    /// A random Mac.
    #[arg(long, conflicts_with = "situation")]
    random: bool,
    /// What everything random is drawn from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print the accounts as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: Args) -> Result<(), Problem> {
    let now = super::circumstances().now;
    let made = match args.situation {
        Some(situation) => situation.mac(args.seed, now),
        None if args.random => random_mac(args.seed, now),
        None => plain(&args, now),
    };
    MacHome::create(&args.dir, &made.mac, &std::env::current_exe()?)?;
    if args.json {
        println!("{}", serde_json::to_string_pretty(&Printed::of(&made))?);
    } else {
        for account in &made.accounts {
            println!("{}\t{:?}\t{}", account.name, account.role, account.password);
        }
        if let Some(key) = &made.recovery_key {
            println!("recovery key\t{key}");
        }
    }
    Ok(())
}

fn plain(args: &Args, now: UnixMillis) -> ScenarioMac {
    let mut builder = Builder::new(args.os, args.chip, args.fs, args.seed, now);
    builder
        .account("ada", "Ada Lovelace", Role::Admin, None)
        .login("ada")
        .account("ben", "Ben Neill", Role::Standard, None);
    if args.filevault == "on" {
        builder.filevault("ada").reboot().login("ada");
    }
    builder.finish()
}
