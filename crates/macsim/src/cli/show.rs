//! `macsim show`.

use std::path::PathBuf;

use super::Problem;
use crate::front::home::MacHome;
use crate::report::{Report, report};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The Mac's directory.
    dir: PathBuf,
    /// For programs.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), Problem> {
    let report = report(&MacHome::open(&args.dir).load()?);
    if args.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print(&report);
    }
    Ok(())
}

fn print(report: &Report) {
    println!(
        "macOS {}, {:?}, {:?}, serial {}",
        report.os, report.chip, report.file_system, report.serial
    );
    println!("FileVault {}", if report.filevault { "on" } else { "off" });
    println!("accounts:");
    for account in &report.accounts {
        let role = if account.admin { "admin" } else { "standard" };
        let label = if account.label { "ENABLED" } else { "DISABLED" };
        println!(
            "  {} ({}) {role}, says {label}, token {:?}",
            account.name, account.real_name, account.token
        );
    }
    println!("crypto users:");
    for user in &report.crypto_users {
        println!(
            "  {} {} {}",
            user.uuid,
            user.kind,
            user.account.as_deref().unwrap_or("-")
        );
    }
    println!("pre-boot list:");
    for user in &report.preboot {
        println!("  {} ({})", user.name, user.real_name);
    }
}
