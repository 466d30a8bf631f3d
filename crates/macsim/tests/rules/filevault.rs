//! FileVault, the recovery key and the pre-boot list.

use macsim::scenario::Situation;

use super::support::{AT, ada_and_ben, call, call_with, holders, switch, who};

fn plist(pairs: &[(&str, &str)]) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let pairs: String = pairs
        .iter()
        .map(|(key, value)| format!("<key>{key}</key><string>{}</string>", escape(value)))
        .collect();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><plist version=\"1.0\"><dict>{pairs}</dict></plist>")
}

fn names(mac: &macsim::Mac) -> Vec<&str> {
    mac.preboot.iter().map(|user| user.name.as_str()).collect()
}

#[test]
fn a_new_holder_shows_before_boot_only_after_an_update_or_a_restart() {
    let mut builder = ada_and_ben("15.2");
    let (ada, ben) = (builder.password("ada").unwrap(), builder.password("ben").unwrap());
    builder.filevault("ada");
    switch(
        builder.mac(),
        "-secureTokenOn",
        who("ada", &ada),
        who("ben", &ben),
    );
    assert_eq!(names(builder.mac()), ["ada"]);
    call(builder.mac(), "diskutil", &["apfs", "updatePreboot", "/"]);
    assert_eq!(names(builder.mac()), ["ada", "ben"]);

    let mut builder = ada_and_ben("15.2");
    let (ada, ben) = (builder.password("ada").unwrap(), builder.password("ben").unwrap());
    builder.filevault("ada");
    switch(
        builder.mac(),
        "-secureTokenOn",
        who("ada", &ada),
        who("ben", &ben),
    );
    builder.reboot();
    assert_eq!(names(builder.mac()), ["ada", "ben"]);
}

#[test]
fn hidden_accounts_and_false_shells_show_before_boot_too() {
    let mut builder = ada_and_ben("15.2");
    let ada = builder.password("ada").unwrap();
    builder.filevault("ada");
    let mac = builder.mac();
    let args = [
        "-addUser",
        "_svc",
        "-fullName",
        "Service",
        "-password",
        "Secret-77",
        "-shell",
        "/usr/bin/false",
        "-admin",
        "-adminUser",
        "ada",
        "-adminPassword",
        &ada,
    ];
    call(mac, "sysadminctl", &args);
    call(mac, "dscl", &[".", "-create", "/Users/_svc", "IsHidden", "1"]);
    call(mac, "diskutil", &["apfs", "updatePreboot", "/"]);
    assert_eq!(names(mac), ["ada", "_svc"]);
}

#[test]
fn a_blank_password_on_a_holder_blocks_filevault() {
    let mut builder = super::support::builder("12.0");
    let mac = builder.mac();
    call(
        mac,
        "sysadminctl",
        &[
            "-addUser",
            "blank",
            "-fullName",
            "Blank",
            "-admin",
            "-password",
            "",
        ],
    );
    assert_eq!(holders(mac), ["blank"]);
    let output = call_with(
        mac,
        "fdesetup",
        &["enable", "-inputplist"],
        &plist(&[("Username", "blank"), ("Password", "")]),
    );
    assert_eq!(output.exit, 37);
    assert!(!mac.filevault.is_on());
}

#[test]
fn an_account_without_a_token_cannot_turn_filevault_on() {
    let mut builder = ada_and_ben("15.2");
    let ben = builder.password("ben").unwrap();
    let input = plist(&[("Username", "ben"), ("Password", &ben)]);
    let output = call_with(builder.mac(), "fdesetup", &["enable", "-inputplist"], &input);
    assert_eq!((output.stdout.as_str(), output.exit), ("", 11));
}

#[test]
fn tahoe_shows_the_key_only_as_a_property_list() {
    let mut builder = ada_and_ben("26.0");
    let ada = builder.password("ada").unwrap();
    let input = plist(&[("Username", "ada"), ("Password", &ada)]);
    let output = call_with(
        builder.mac(),
        "fdesetup",
        &["enable", "-inputplist", "-outputplist"],
        &input,
    );
    let answer = plist::Value::from_reader_xml(output.stdout.as_bytes()).unwrap();
    let key = answer.as_dictionary().unwrap()["RecoveryKey"]
        .as_string()
        .unwrap()
        .to_owned();
    assert!(macsim::rules::recovery_key::is_valid(builder.mac(), &key));
    let again = call_with(builder.mac(), "fdesetup", &["enable", "-inputplist"], &input);
    assert_eq!(again.exit, 24);
}

#[test]
fn on_core_storage_the_first_user_adds_others_and_nobody_has_a_token() {
    let mut made = Situation::CoreStorage.mac(5, AT.now);
    let (ada, ben) = (
        made.account("ada").unwrap().password.clone(),
        made.account("ben").unwrap().password.clone(),
    );
    assert!(made.mac.filevault.is_on());
    let input = format!(
        "<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>Username</key><string>ada</string><key>Password</key><string>{}</string><key>AdditionalUsers</key><array><dict><key>Username</key><string>ben</string><key>Password</key><string>{}</string></dict></array></dict></plist>",
        ada.replace('&', "&amp;").replace('<', "&lt;"),
        ben.replace('&', "&amp;").replace('<', "&lt;")
    );
    let output = call_with(&mut made.mac, "fdesetup", &["add", "-inputplist"], &input);
    assert_eq!((output.stderr.as_str(), output.exit), ("", 0));
    let list = call(&mut made.mac, "fdesetup", &["list"]).stdout;
    assert!(list.contains("ada,") && list.contains("ben,"));
    assert_eq!(holders(&made.mac), Vec::<&str>::new());
}

#[test]
fn the_last_account_that_unlocks_is_not_removed() {
    let mut builder = ada_and_ben("15.2");
    builder.filevault("ada");
    assert_eq!(
        call(builder.mac(), "fdesetup", &["remove", "-user", "ada"]).exit,
        25
    );
    assert_eq!(
        call(builder.mac(), "fdesetup", &["remove", "-user", "nobody"]).exit,
        30
    );
}
