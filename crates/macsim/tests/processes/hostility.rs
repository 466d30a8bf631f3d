use std::os::unix::process::ExitStatusExt;

use macsim::model::knobs::Lie;
use macsim::scenario::Situation;

use super::support::{TestMac, finish, stderr, wait_until};

#[test]
fn a_lying_mac_says_done_for_as_many_calls_as_it_was_told() {
    let mac = TestMac::new(Situation::Healthy);
    mac.home.change(|mac| mac.knobs.lie = Lie::Calls(1)).unwrap();
    let lied = finish(mac.grant().spawn().unwrap(), &mac.both_passwords());
    assert!(stderr(&lied).contains("- Done!"));
    assert!(!mac.is_holder("ben"));
    let honest = finish(mac.grant().spawn().unwrap(), &mac.both_passwords());
    assert!(stderr(&honest).contains("- Done!"));
    assert!(mac.is_holder("ben"));
    assert_eq!(mac.home.load().unwrap().effects.accounts["ben"].granted, 1);
}

#[test]
fn a_hanging_tool_is_ended_by_force_only() {
    let mac = TestMac::new(Situation::Healthy);
    mac.home
        .change(|mac| mac.knobs.hang.insert("fdesetup".to_owned()))
        .unwrap();
    let mut child = mac.command("fdesetup", &["status"]).spawn().unwrap();
    let pid = nix::unistd::Pid::from_raw(i32::try_from(child.id()).unwrap());
    wait_until("the call's record", || !mac.home.calls().unwrap().is_empty());
    // The tool blocks the signal right after its record; one that came too early would end it.
    wait_until("the signal mask", || blocks_sigterm(child.id()));
    nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGTERM).unwrap();
    assert!(child.try_wait().unwrap().is_none());
    child.kill().unwrap();
    assert_eq!(child.wait().unwrap().signal(), Some(9));
}

fn blocks_sigterm(pid: u32) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let mask = status
        .lines()
        .find_map(|line| line.strip_prefix("SigBlk:"))
        .unwrap();
    u64::from_str_radix(mask.trim(), 16).unwrap() & (1 << 14) != 0
}

#[test]
fn a_crash_after_the_effect_leaves_the_effect() {
    let mac = TestMac::new(Situation::Healthy);
    mac.home
        .change(|mac| mac.knobs.crash_after_effect.insert("*".to_owned()))
        .unwrap();
    let output = finish(mac.grant().spawn().unwrap(), &mac.both_passwords());
    assert_eq!(output.status.signal(), Some(9));
    assert_eq!(stderr(&output), "");
    assert!(mac.is_holder("ben"));
}

#[test]
fn noise_comes_before_everything() {
    let mac = TestMac::new(Situation::Healthy);
    mac.home
        .change(|mac| mac.knobs.stderr_noise = Some("objc[1]: Class X is implemented twice".to_owned()))
        .unwrap();
    let output = mac.run("sysadminctl", &["-secureTokenStatus", "ada"], "");
    assert!(stderr(&output).starts_with("objc[1]: Class X is implemented twice\n2"));
}
