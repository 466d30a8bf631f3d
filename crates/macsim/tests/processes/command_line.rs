use macsim::report::Report;
use macsim::scenario::Situation;

use super::support::{PROGRAM, TestMac, command, finish, stderr, stdout};

#[test]
fn new_makes_what_show_shows() {
    let dir = tempfile::tempdir().unwrap();
    let mac = dir.path().join("mac");
    let made = command(PROGRAM)
        .args([
            "new",
            mac.to_str().unwrap(),
            "--os",
            "10.13.6",
            "--chip",
            "t2",
            "--filevault",
            "off",
            "--seed",
            "5",
        ])
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    assert_eq!(
        stdout(&made).lines().count(),
        2,
        "two accounts, and no recovery key without FileVault"
    );
    let show = command(PROGRAM)
        .args(["show", mac.to_str().unwrap(), "--json"])
        .output()
        .unwrap();
    let report: Report = serde_json::from_str(&stdout(&show)).unwrap();
    assert_eq!((report.os.as_str(), report.filevault), ("10.13.6", false));
    assert_eq!(report.accounts.len(), 2);
    assert_eq!(report.accounts[0].token, macsim::report::TrueToken::Usable);
    let again = command(PROGRAM)
        .args(["new", mac.to_str().unwrap()])
        .output()
        .unwrap();
    assert!(!again.status.success() && stderr(&again).contains("holds a Mac already"));
}

#[test]
fn every_situation_can_be_made() {
    let dir = tempfile::tempdir().unwrap();
    for situation in Situation::all() {
        let mac = dir.path().join(situation.name());
        let made = command(PROGRAM)
            .args([
                "new",
                mac.to_str().unwrap(),
                "--situation",
                situation.name(),
                "--json",
            ])
            .output()
            .unwrap();
        assert!(made.status.success(), "{situation}: {made:?}");
    }
}

#[test]
fn set_turns_known_knobs_only() {
    let mac = TestMac::new(Situation::Healthy);
    let dir = mac.home.dir().to_str().unwrap().to_owned();
    let set = |knob: &str| command(PROGRAM).args(["set", &dir, knob]).output().unwrap();
    assert!(set("lie=3").status.success());
    assert!(
        set("real_name.ben=\u{5c71}\u{7530} \"Ben\"; 50%")
            .status
            .success()
    );
    assert!(set("latency.diskutil=5").status.success());
    assert!(stderr(&set("honesty=1")).contains("there is no knob `honesty`"));
    assert!(stderr(&set("lie=perhaps")).contains("does not take `perhaps`"));
    let state = mac.home.load().unwrap();
    assert_eq!(state.knobs.lie, macsim::model::knobs::Lie::Calls(3));
    assert_eq!(
        state.directory.user("ben").unwrap().real_name(),
        "\u{5c71}\u{7530} \"Ben\"; 50%"
    );
}

#[test]
fn pause_prints_the_number_that_resume_takes() {
    let mac = TestMac::new(Situation::Healthy);
    let dir = mac.home.dir().to_str().unwrap().to_owned();
    let args = [
        "pause",
        &dir,
        "--tool",
        "sysadminctl",
        "--arg",
        "-secureTokenOn",
        "--when",
        "before-effect",
    ];
    assert_eq!(stdout(&command(PROGRAM).args(args).output().unwrap()), "1\n");
    assert_eq!(stdout(&command(PROGRAM).args(args).output().unwrap()), "2\n");
    assert!(
        command(PROGRAM)
            .args(["resume", &dir])
            .output()
            .unwrap()
            .status
            .success()
    );
    // Both points are gone: nothing holds the grant.
    let output = finish(mac.grant().spawn().unwrap(), &mac.both_passwords());
    assert!(stderr(&output).contains("- Done!"));
}
