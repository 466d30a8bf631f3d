//! Recovery Lock and firmware passwords: entered by the command line, and shown by it and nowhere else.

use std::fs;

use macsim::scenario::Situation;

use crate::support::search::{both_processes, everything_written, said, stand_nowhere};
use crate::support::site::Site;

const LOCK: &str = "{planted-lock} 7";
const FORMER: &str = "planted-former";

#[test]
fn passwords_that_people_enter_are_kept_and_shown_by_serial_number() {
    let site = Site::with(Situation::Healthy, 977, "debug");
    let device = site
        .run(&["device", &site.mac.name, "--json"])
        .with_exit(0)
        .json();
    let serial_number = device["device"]["serial_number"].as_str().unwrap();
    let enter = |kind: &str, value: &str, more: &[&str]| {
        let args = [
            "vault",
            "enter",
            serial_number,
            "--kind",
            kind,
            "--password-stdin",
        ];
        site.run_with(&[&args, more].concat(), &format!("{value}\n"))
    };
    let kept = enter("recovery_lock", LOCK, &["--reason", "out of the safe"]).with_exit(0);
    assert!(kept.out.contains("as somebody entered it"), "{kept:?}");
    enter("recovery_lock", FORMER, &["--legacy"]).with_exit(0);
    let refused = enter("bootstrap_token", LOCK, &[]).with_exit(2);
    let kinds = "[possible values: recovery_lock, firmware_password]";
    assert!(
        refused.err.contains(kinds),
        "before the password is taken: {refused:?}"
    );

    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("passwords.csv");
    let csv = "serial_number,kind,value,legacy\nC02OTHER,firmware_password,planted-firmware,\n";
    fs::write(&table, csv).unwrap();
    let table = table.to_str().unwrap();
    let dry = site
        .run(&["vault", "import", table, "--dry-run"])
        .with_exit(0)
        .out;
    assert!(dry.contains("1 value would be entered"), "{dry}");
    site.run(&["vault", "import", table]).with_exit(0);
    let again = site.run(&["vault", "import", table]).with_exit(0).out;
    assert!(again.contains("0 values entered, 1 kept already"), "{again}");

    let reveal = |serial_number: &str, kind: &str, more: &[&str]| {
        let args = [
            "vault",
            "reveal",
            serial_number,
            "--kind",
            kind,
            "--reason",
            "ticket 4711",
        ];
        site.run(&[&args, more].concat()).with_exit(0)
    };
    let shown = reveal(serial_number, "recovery_lock", &[]);
    assert_eq!(shown.out.trim_end_matches('\n'), LOCK);
    assert!(
        !shown.err.contains("another one"),
        "nobody but people replaces it: {shown:?}"
    );
    assert_eq!(
        reveal(serial_number, "recovery_lock", &["--version", "2"])
            .out
            .trim_end(),
        FORMER
    );
    assert_eq!(
        reveal("C02OTHER", "firmware_password", &[]).out.trim_end(),
        "planted-firmware"
    );

    let mut found = everything_written(&site, &["bestow.db", "agent.log"]);
    found.extend(both_processes(&site));
    let line = [
        "vault",
        "line",
        serial_number,
        "--kind",
        "recovery_lock",
        "--json",
    ];
    for args in [&line[..], &["audit", "--json"], &["vault", "lines", "--json"]] {
        found.push(said(args[0], &site.run(args).with_exit(0)));
    }
    let audit = site.run(&["audit", "--json"]).with_exit(0).out;
    assert!(audit.contains("out of the safe"), "{audit}");
    stand_nowhere(&[LOCK, FORMER, "planted-firmware"], &found);
}
