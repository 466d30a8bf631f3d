use macsim::report::{TrueToken, report};
use macsim::scenario::Situation;

use super::support::{TestMac, command, finish, stderr, stdout};

#[test]
fn a_grant_by_pipe_takes_the_granters_line_first() {
    let mac = TestMac::new(Situation::Healthy);
    let output = finish(mac.grant().spawn().unwrap(), &mac.both_passwords());
    assert!(stderr(&output).trim_end().ends_with("] - Done!"), "{output:?}");
    assert_eq!((stdout(&output).as_str(), output.status.code()), ("", Some(0)));
    let truth = report(&mac.home.load().unwrap());
    assert!(
        truth
            .accounts
            .iter()
            .all(|account| account.token == TrueToken::Usable)
    );
    assert_eq!(truth.effects.accounts["ben"].granted, 1);
}

#[test]
fn a_refusal_exits_0_too() {
    let mac = TestMac::new(Situation::Healthy);
    let wrong_order = format!("{}\n{}\n", mac.password("ben"), mac.password("ada"));
    let output = finish(mac.grant().spawn().unwrap(), &wrong_order);
    assert!(stderr(&output).contains("Operation is not permitted without secure token unlock."));
    assert_eq!(output.status.code(), Some(0));
    assert!(!mac.is_holder("ben"));
}

#[test]
fn a_build_that_does_not_read_pipes_says_little() {
    let mac = TestMac::new(Situation::Healthy);
    mac.home.change(|mac| mac.knobs.stdin_passwords = false).unwrap();
    let output = finish(mac.grant().spawn().unwrap(), &mac.both_passwords());
    assert!(stderr(&output).contains("Password is required!"));
    assert_eq!(output.status.code(), Some(0));
    assert!(!mac.is_holder("ben"));
}

#[test]
fn directory_and_disk_passwords_are_proved_by_pipe() {
    let mac = TestMac::new(Situation::DeadToken);
    let guid = stdout(&mac.run("dscl", &[".", "-read", "/Users/cleo", "GeneratedUID"], ""));
    let guid = guid.trim().strip_prefix("GeneratedUID: ").unwrap().to_owned();
    let local = mac.run(
        "dscl",
        &[".", "-authonly", "cleo"],
        &format!("{}\n", mac.password("cleo")),
    );
    assert_eq!(local.status.code(), Some(0));
    let verify = [
        "apfs",
        "unlockVolume",
        "/",
        "-verify",
        "-user",
        &guid,
        "-stdinpassphrase",
    ];
    let disk = mac.run("diskutil", &verify, mac.password("cleo"));
    assert_eq!(disk.status.code(), Some(1));
    let label = mac.run("sysadminctl", &["-secureTokenStatus", "cleo"], "");
    assert!(stderr(&label).contains("Secure token is ENABLED for user Cleo N\u{fa}\u{f1}ez"));
}

#[test]
fn tools_on_a_path_find_their_mac_by_the_environment() {
    let mac = TestMac::new(Situation::MacOs1012);
    let bin = mac.home.dir().join("bin");
    let made = command(super::support::PROGRAM)
        .arg("install-tools")
        .arg(&bin)
        .status()
        .unwrap();
    assert!(made.success());
    let output = command("/bin/sh")
        .args(["-c", "sw_vers -productVersion"])
        .env_clear()
        .env("PATH", &bin)
        .env("MACSIM", mac.home.dir())
        .output()
        .unwrap();
    assert_eq!(stdout(&output), "10.12.6\n");
}

#[test]
fn a_tool_without_a_mac_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let link = dir.path().join("sw_vers");
    std::os::unix::fs::symlink(super::support::PROGRAM, &link).unwrap();
    let output = command(link.to_str().unwrap()).env_clear().output().unwrap();
    assert_eq!(output.status.code(), Some(70));
    assert!(stderr(&output).contains("no simulated Mac"));
}
