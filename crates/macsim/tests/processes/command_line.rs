use macsim::report::Report;
use macsim::scenario::Situation;
use macsim::tools::Tool;

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
    let refused = |knob: &str, why: &[&str]| {
        let output = set(knob);
        let said = stderr(&output);
        assert!(!output.status.success(), "{knob}");
        assert!(why.iter().all(|part| said.contains(part)), "{knob}: {said}");
    };
    refused(
        "honesty=1",
        &["there is no knob `honesty`", "full_disk_access", "true or false"],
    );
    refused("honesty", &["not of the form KNOB=VALUE", "full_disk_access"]);
    refused(
        "lie=perhaps",
        &["the knob lie takes never, always, or a number of calls, not `perhaps`"],
    );
    refused(
        "latency.diskutil=slow",
        &["the knob latency.diskutil takes milliseconds"],
    );
    refused("hang=diskutil,notatool", &["has no tool `notatool`"]);
    refused("real_name.nobody=X", &["has no account `nobody`"]);
    // The directory was forgotten.
    let forgotten = command(PROGRAM).args(["set", "lie=3"]).output().unwrap();
    assert!(
        stderr(&forgotten).contains("the Mac's directory first"),
        "{forgotten:?}"
    );
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

#[test]
fn a_directory_without_a_mac_is_told_and_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let empty = dir.path().to_str().unwrap();
    let nowhere = format!("{empty}/nope");
    for place in [empty, nowhere.as_str()] {
        let wanted = format!("macsim: {place} holds no simulated Mac; `macsim new {place}` makes one");
        for args in [
            &["show", place][..],
            &["set", place, "lie=3"],
            &["reboot", place],
            &["pause", place, "--tool", "dscl", "--when", "after-effect"],
            &["resume", place],
            &["mdm", place, "unenroll"],
        ] {
            let output = command(PROGRAM).args(args).output().unwrap();
            assert_eq!(stderr(&output).trim_end(), wanted, "{args:?}");
        }
    }
    assert_eq!(std::fs::read_dir(empty).unwrap().count(), 0);
    let said = |args: &[&str]| stderr(&command(PROGRAM).args(args).output().unwrap());
    let old = said(&["new", &nowhere, "--os", "10.11"]);
    assert!(old.contains("know macOS 10.12 to 10.15"), "{old}");
    let file = format!("{empty}/file");
    std::fs::write(&file, "").unwrap();
    let tools = said(&["install-tools", &file]);
    assert!(
        tools.contains(&format!("cannot put the tools into {file}: ")),
        "{tools}"
    );
}

#[test]
fn held_calls_are_named_by_what_there_is() {
    let mac = TestMac::new(Situation::Healthy);
    let dir = mac.home.dir().to_str().unwrap();
    let said = |args: &[&str]| stderr(&command(PROGRAM).args(args).output().unwrap());
    let unknown = said(&["pause", dir, "--tool", "nope", "--when", "after-effect"]);
    assert!(
        unknown.contains("--tool nope") && unknown.contains("sysadminctl"),
        "{unknown}"
    );
    assert!(said(&["resume", dir, "7"]).contains("there is no call held by the number 7"));
}

#[test]
fn the_readme_names_every_tool() {
    let readme = include_str!("../../README.md");
    let (_, list) = readme.split_once("## Which tools").unwrap();
    let (list, _) = list.split_once("\n## ").unwrap();
    for tool in Tool::all() {
        assert!(list.contains(&format!("`{}`", tool.name())), "{}", tool.name());
    }
    let dir = tempfile::tempdir().unwrap();
    let bin = dir.path().join("bin");
    let installed = command(PROGRAM).arg("install-tools").arg(&bin).output().unwrap();
    let names: Vec<&str> = Tool::all().map(Tool::name).collect();
    assert_eq!(stdout(&installed).trim_end(), names.join(" "));
    assert!(stderr(&installed).contains("this computer's own"));
    assert_eq!(std::fs::read_dir(&bin).unwrap().count(), names.len());
}
