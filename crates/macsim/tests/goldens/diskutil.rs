use macsim::Mac;
use macsim::model::crypto_user::{
    BOOTSTRAP_TOKEN, CryptoUserKind, ICLOUD_KEY, ICLOUD_USER, PERSONAL_RECOVERY,
};
use macsim::model::wrapped_key::VolumeKey;

use super::support::{add, add_holder, call, golden, mac, run_call, set_guid};

fn admit(mac: &mut Mac, uuid: &str, kind: CryptoUserKind) {
    let key = VolumeKey::draw(&mut mac.random);
    mac.volume.admit(uuid, kind, key, "secret", &mut mac.random);
}

#[test]
fn crypto_users_as_text() {
    let mut big_sur = mac("10.15.6");
    big_sur.volume.root_device = "disk1s5".to_owned();
    assert_eq!(
        run_call(&mut big_sur, "diskutil", &["apfs", "listUsers", "disk1s1"]).stdout,
        golden("diskutil__listusers_none__any.txt")
    );
    admit(
        &mut big_sur,
        "FB756838-XXXX-XXXX-XXXX-40FB5E7D5D3F",
        CryptoUserKind::LocalOpenDirectory,
    );
    admit(
        &mut big_sur,
        "EBC6C064-XXXX-XXXX-XXXX-00306543ECAC",
        CryptoUserKind::PersonalRecovery,
    );
    admit(
        &mut big_sur,
        "C22BDCD3-XXXX-XXXX-XXXX-65D3332605C3",
        CryptoUserKind::LocalOpenDirectory,
    );
    admit(
        &mut big_sur,
        "2457711A-XXXX-XXXX-XXXX-F48A571D5036",
        CryptoUserKind::MdmRecovery,
    );
    assert_eq!(
        run_call(&mut big_sur, "diskutil", &["apfs", "listUsers", "/"]).stdout,
        golden("diskutil__listusers_four__10.15.6.txt")
    );

    let mut tahoe = mac("26.0");
    admit(
        &mut tahoe,
        "DA145BD0-81C7-41AA-9676-794E0A14B63D",
        CryptoUserKind::LocalOpenDirectory,
    );
    admit(&mut tahoe, BOOTSTRAP_TOKEN, CryptoUserKind::MdmRecovery);
    admit(&mut tahoe, PERSONAL_RECOVERY, CryptoUserKind::PersonalRecovery);
    assert_eq!(
        run_call(&mut tahoe, "diskutil", &["apfs", "listcryptoUsers", "/"]).stdout,
        golden("diskutil__listusers_three_owner__26.txt")
    );
}

#[test]
fn a_single_crypto_user_is_singular() {
    let mut mac = mac("10.15.7");
    mac.volume.data_device = "disk3s1".to_owned();
    admit(
        &mut mac,
        "AAAAAAAA-1111-2222-3333-BBBBBBBBBBBB",
        CryptoUserKind::Disk,
    );
    let output = run_call(&mut mac, "diskutil", &["apfs", "listUsers", "disk3s1"]);
    assert_eq!(output.stdout, golden("diskutil__listusers_disk_user__any.txt"));
}

#[test]
fn crypto_users_as_property_list() {
    let mut mac = mac("14.0");
    let list =
        |mac: &mut Mac| run_call(mac, "diskutil", &["apfs", "listCryptoUsers", "-plist", "disk3s5"]).stdout;
    assert_eq!(list(&mut mac), golden("diskutil__listusers_plist_empty.plist"));
    admit(
        &mut mac,
        "3C7DB8EE-5EA4-4C18-A7E4-25C6C0F94667",
        CryptoUserKind::LocalOpenDirectory,
    );
    admit(&mut mac, PERSONAL_RECOVERY, CryptoUserKind::PersonalRecovery);
    admit(&mut mac, BOOTSTRAP_TOKEN, CryptoUserKind::MdmRecovery);
    mac.volume.crypto_users[2].volume_owner = false;
    assert_eq!(list(&mut mac), golden("diskutil__listusers_plist__any.plist"));
}

#[test]
fn apfs_list_has_the_captured_shape() {
    let golden = golden("diskutil__apfs_list_plist__any.plist");
    let captured = keys(&golden);
    let output = run_call(&mut mac("15.2"), "diskutil", &["apfs", "list", "-plist"]);
    let ours = keys(&output.stdout);
    // The capture is of a container this Mac does not have, so the keys are compared, container and volume.
    assert_eq!(ours.0, captured.0);
    assert_eq!(ours.1, captured.1);
}

/// Keys and value kinds of the first container and its first volume.
fn keys(text: &str) -> (Vec<String>, Vec<String>) {
    let value = plist::Value::from_reader_xml(text.as_bytes()).unwrap();
    let first = |value: &plist::Value, key: &str| {
        value.as_dictionary().unwrap()[key]
            .as_array()
            .unwrap()
            .first()
            .unwrap()
            .clone()
    };
    let names = |value: &plist::Value| {
        let kind = |value: &plist::Value| match value {
            plist::Value::Array(_) => "array",
            plist::Value::Boolean(_) => "boolean",
            plist::Value::Integer(_) => "integer",
            _ => "string",
        };
        let dictionary = value.as_dictionary().unwrap();
        dictionary
            .iter()
            .map(|(key, value)| format!("{key}: {}", kind(value)))
            .collect()
    };
    let container = first(&value, "Containers");
    let volume = first(&container, "Volumes");
    (names(&container), names(&volume))
}

#[test]
fn unlocking_a_running_mac() {
    let mut mac = mac("15.2");
    mac.volume.data_device = "disk7s1".to_owned();
    add_holder(&mut mac, "ada", "Ada", "first", true);
    let guid = mac.directory.user("ada").unwrap().guid().to_owned();
    let plain = run_call(
        &mut mac,
        "diskutil",
        &["apfs", "unlockVolume", "disk7s1", "-passphrase", "first"],
    );
    assert_eq!(
        format!("{}{}", plain.stdout, plain.stderr),
        golden("diskutil__unlock_not_locked.txt")
    );
    assert_eq!(plain.exit, 1);
    let verify = [
        "apfs",
        "unlockVolume",
        "/",
        "-verify",
        "-user",
        &guid,
        "-stdinpassphrase",
    ];
    let right = macsim::tools::run(&mut mac, &call("diskutil", &verify).stdin("first\n"));
    assert_eq!(right.exit, 0);
    let wrong = macsim::tools::run(&mut mac, &call("diskutil", &verify).stdin("second"));
    assert_eq!(
        (wrong.stderr, wrong.exit),
        (golden("diskutil__unlock_wrong_passphrase.txt"), 1)
    );
    mac.knobs.full_disk_access = false;
    let sandboxed = macsim::tools::run(&mut mac, &call("diskutil", &verify).stdin("first"));
    assert_eq!(
        (sandboxed.stderr, sandboxed.exit),
        (golden("diskutil__unlock_sandbox.txt"), 1)
    );
}

#[test]
fn update_preboot_prints_its_transcript() {
    let golden = golden("diskutil__updatePreboot_ok__26.0.txt");
    let mut mac = mac("26.0");
    mac.volume.group_uuid = "E14FD61D-31C8-416A-9FCF-872864ABD4D0".to_owned();
    mac.directory.users.clear();
    for (name, guid) in [
        ("_a", "FFFFEEEE-DDDD-CCCC-BBBB-AAAA00000057"),
        ("_b", "FFFFEEEE-DDDD-CCCC-BBBB-AAAA00000117"),
        ("other", "F386CC3F-A759-44D2-BB26-E5500D0B2275"),
    ] {
        add(&mut mac, name, name, "p", false);
        set_guid(&mut mac, name, guid);
    }
    add_holder(&mut mac, "admin", "Alan Nguyen", "first", true);
    set_guid(&mut mac, "admin", "BF1ADA88-9D04-4D58-9C15-570A4D46D227");
    let authorities: Vec<String> = golden
        .lines()
        .filter(|line| line.starts_with("    \""))
        .map(|line| line.trim().trim_end_matches(',').trim_matches('"').to_owned())
        .collect();
    mac.directory
        .user_mut("admin")
        .unwrap()
        .attributes
        .set("AuthenticationAuthority", authorities);
    add(&mut mac, "_c", "_c", "p", false);
    set_guid(&mut mac, "_c", "FFFFEEEE-DDDD-CCCC-BBBB-AAAA000000E8");
    admit(&mut mac, ICLOUD_USER, CryptoUserKind::ICloudRecoveryUser);
    admit(&mut mac, ICLOUD_KEY, CryptoUserKind::ICloudRecoveryKey);
    let output = run_call(&mut mac, "diskutil", &["apfs", "updatePreboot", "/"]);
    assert_eq!((output.stdout, output.exit), (golden, 0));
    assert_eq!(mac.preboot.len(), 1);
}
