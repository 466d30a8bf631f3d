//! What the tools tell of the Mac's security. Of `csrutil`, `nvram` and `mdmclient` there are no captures of our own; their
//! words are compared with published ones, and `mdmclient` with what Macs have answered their MDM.

use std::collections::BTreeMap;

use macsim::Mac;
use macsim::model::clock::UnixMillis;
use macsim::model::hardware::Chip;
use macsim::model::start_up::{Integrity, StartUpSecurity};
use macsim::model::volume::FileSystem;
use macsim::scenario::{Builder, Role};

use super::support::{AT, add_holder, golden, mac, run_call};

fn t2(os: &str) -> Mac {
    Mac::factory(os.parse().unwrap(), Chip::T2, FileSystem::Apfs, 1, UnixMillis(1))
}

/// The truths and words of a SecurityInfo answer in XML, by name. The dictionaries in it are opened.
fn in_xml(answer: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut name = String::new();
    for line in answer.lines().map(str::trim) {
        if let Some(key) = line
            .strip_prefix("<key>")
            .and_then(|rest| rest.strip_suffix("</key>"))
        {
            name = key.to_owned();
        } else if let Some(word) = line
            .strip_prefix("<string>")
            .and_then(|rest| rest.strip_suffix("</string>"))
        {
            found.insert(name.clone(), word.to_owned());
        } else if let Some(truth) = line.strip_prefix('<').and_then(|rest| rest.strip_suffix("/>")) {
            let number = if truth == "true" { "1" } else { "0" };
            found.insert(name.clone(), number.to_owned());
        }
    }
    found
}

/// The same of what the simulated tool prints.
fn printed(mac: &mut Mac) -> BTreeMap<String, String> {
    let output = run_call(mac, "mdmclient", &["QuerySecurityInfo"]);
    assert_eq!(output.exit, 0);
    let pairs = output.stdout.lines().filter_map(|line| {
        let (name, value) = line.trim().strip_suffix(';')?.split_once(" = ")?;
        Some((
            name.trim_matches('"').to_owned(),
            value.trim_matches('"').to_owned(),
        ))
    });
    pairs.collect()
}

/// Everything that is printed stands so in the captured answer.
fn same_as_captured(mac: &mut Mac, capture: &str) {
    let captured = in_xml(&golden(capture));
    let printed = printed(mac);
    assert!(printed.len() >= 8, "{printed:#?}");
    for (name, value) in printed {
        assert_eq!(Some(&value), captured.get(&name), "{name}");
    }
}

#[test]
fn apple_silicon_answers_as_one_has_answered_its_mdm() {
    let os = "13.0".parse().unwrap();
    let mut builder = Builder::new(os, Chip::AppleSilicon, FileSystem::Apfs, 1, AT.now);
    builder
        .account("ada", "Ada", Role::Admin, None)
        .login("ada")
        .enroll(false, true)
        .filevault("ada");
    same_as_captured(builder.mac(), "mdm__securityinfo_fv_on__11.5plus.plist");
}

#[test]
fn a_virtual_mac_on_intel_answers_as_one_has_answered_its_mdm() {
    let os = "11.2".parse().unwrap();
    let mut mac = Mac::factory(os, Chip::Intel, FileSystem::Apfs, 1, AT.now);
    mac.mdm.enrolled = true;
    mac.mdm.user_approved = true;
    let mut expected = printed(&mut mac);
    // Virtual Macs say `off` where real ones without a T2 know no such setting.
    assert_eq!(
        expected.remove("SecureBootLevel").as_deref(),
        Some("not supported")
    );
    let captured = in_xml(&golden("mdm__securityinfo_fv_off_vm__any.plist"));
    for (name, value) in expected {
        assert_eq!(Some(&value), captured.get(&name), "{name}");
    }
}

#[test]
fn who_may_be_asked_in_recovery_depends_on_chip_and_version() {
    let mut locked = mac("15.2");
    locked.mdm.recovery_lock = true;
    assert_eq!(printed(&mut locked)["IsRecoveryLockEnabled"], "1");
    assert!(!printed(&mut mac("11.4")).contains_key("IsRecoveryLockEnabled"));
    assert!(!printed(&mut t2("15.2")).contains_key("IsRecoveryLockEnabled"));
    assert!(!printed(&mut t2("10.15.7")).contains_key("BootstrapTokenAllowedForAuthentication"));
}

#[test]
fn integrity_is_told_in_the_words_of_each_version() {
    let status = |mac: &mut Mac| run_call(mac, "csrutil", &["status"]).stdout;
    assert_eq!(
        status(&mut mac("26.5.2")),
        "System Integrity Protection status: enabled.\n"
    );
    let mut off = mac("15.2");
    off.start_up.integrity = Integrity::Off;
    assert_eq!(
        status(&mut off),
        "System Integrity Protection status: disabled.\n"
    );
    for (os, first, protections) in [
        (
            "10.14.6",
            "System Integrity Protection status: enabled (Custom Configuration).",
            7,
        ),
        (
            "13.0",
            "System Integrity Protection status: unknown (Custom Configuration).",
            10,
        ),
    ] {
        let mut custom = mac(os);
        custom.start_up.integrity = Integrity::Without(["Kext Signing".to_owned()].into());
        let said = status(&mut custom);
        assert_eq!(said.lines().next(), Some(first));
        assert!(
            said.contains("\n\tKext Signing: disabled\n\tFilesystem Protections: enabled\n"),
            "{said}"
        );
        assert_eq!(said.matches("\n\t").count(), protections);
    }
}

#[test]
fn what_may_start_is_told_by_the_tool_of_each_chip() {
    let variable = "94b73556-2197-4702-82a8-3e1337dafbfb:AppleSecureBootPolicy";
    for (security, byte, line) in [
        (
            StartUpSecurity::Full,
            "%02",
            "Security Mode:               Full       (smb0): absent",
        ),
        (
            StartUpSecurity::Reduced,
            "%01",
            "Security Mode:               Reduced    (smb0): 1",
        ),
        (
            StartUpSecurity::None,
            "%00",
            "Security Mode:               Permissive (smb0 && smb1): 1",
        ),
    ] {
        let mut chip = t2("12.7.6");
        chip.start_up.security = security;
        let output = run_call(&mut chip, "nvram", &[variable]);
        assert_eq!((output.stdout, output.exit), (format!("{variable}\t{byte}\n"), 0));
        let mut silicon = mac("15.2");
        silicon.start_up.security = security;
        let policy = run_call(&mut silicon, "bputil", &["-d"]).stdout;
        assert!(policy.lines().any(|said| said == line), "{policy}");
    }
    let output = run_call(&mut mac("15.2"), "nvram", &[variable]);
    assert_eq!(output.exit, 1);
    assert!(
        output.stderr.contains("(iokit/common) data was not found"),
        "{output:?}"
    );
}

#[test]
fn only_a_t2_shows_a_t2() {
    let asked = ["-rd1", "-n", "Apple T2 Controller"];
    assert!(
        run_call(&mut t2("12.7.6"), "ioreg", &asked)
            .stdout
            .starts_with("+-o Apple T2 Controller")
    );
    assert_eq!(run_call(&mut mac("10.14.6"), "ioreg", &asked).stdout, "");
}

#[test]
fn fdesetup_can_deny_the_keys_there_are() {
    let mut mac = mac("15.2");
    add_holder(&mut mac, "ada", "Ada", "first", true);
    let made = run_call(&mut mac, "fdesetup", &["haspersonalrecoverykey"]).stdout;
    assert_eq!(made, "false\n", "FileVault is off");
    let os = "10.14.6".parse().unwrap();
    let mut builder = Builder::new(os, Chip::Intel, FileSystem::Apfs, 1, AT.now);
    builder
        .account("ada", "Ada", Role::Admin, None)
        .login("ada")
        .filevault("ada")
        .institutional_key("ada", "the private half");
    for verb in ["haspersonalrecoverykey", "hasinstitutionalrecoverykey"] {
        assert_eq!(run_call(builder.mac(), "fdesetup", &[verb]).stdout, "true\n");
        builder.mac().knobs.denies_recovery_keys = true;
        assert_eq!(run_call(builder.mac(), "fdesetup", &[verb]).stdout, "false\n");
        builder.mac().knobs.denies_recovery_keys = false;
    }
}
