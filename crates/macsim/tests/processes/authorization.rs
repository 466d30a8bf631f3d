//! Plug-ins that take part in a login. What loads them is a program that the test puts there.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use macsim::front::authorization::HOST;
use macsim::scenario::Situation;

use super::life::macsim;
use super::support::{TestMac, stderr};

/// A Mac on which `x:y` takes part in logins, right after `neighbour`; its library is a file, and `script` is its host.
fn mac_with_plugin(neighbour: &str, script: &str) -> TestMac {
    let mac = TestMac::new(Situation::Healthy);
    let register = |mac: &mut macsim::Mac| {
        let mechanisms = &mut mac.login_right.mechanisms;
        let at = mechanisms.iter().position(|known| known == neighbour).unwrap();
        mechanisms.insert(at + 1, "x:y,privileged".to_owned());
    };
    mac.home.change(register).unwrap();
    fs::create_dir_all(library(&mac).parent().unwrap()).unwrap();
    fs::write(library(&mac), "a library").unwrap();
    let host = mac.home.root().join(HOST);
    fs::create_dir_all(host.parent().unwrap()).unwrap();
    fs::write(&host, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&host, fs::Permissions::from_mode(0o755)).unwrap();
    mac
}

fn library(mac: &TestMac) -> PathBuf {
    mac.home
        .root()
        .join("Library/Security/SecurityAgentPlugins/x.bundle/Contents/MacOS/x")
}

fn login(mac: &TestMac, password: &str) -> (bool, String) {
    let dir = mac.home.dir().to_str().unwrap();
    let output = macsim(
        &["login", dir, "ada", "--password-stdin"],
        &format!("{password}\n"),
    );
    (output.status.success(), stderr(&output))
}

fn console_user(mac: &TestMac) -> Option<String> {
    mac.home.load().unwrap().session.console_user
}

/// Prints what the host gets, without its place, into a file, and allows.
const NOTE_AND_ALLOW: &str = r#"{ echo "${1##*/} $2"; /bin/cat; } > "${0%/*}/noted"; echo allow"#;

fn noted(mac: &TestMac) -> String {
    fs::read_to_string(mac.home.root().join(HOST).with_file_name("noted")).unwrap()
}

#[test]
fn a_plug_in_gets_what_macos_has_verified() {
    let mac = mac_with_plugin("loginwindow:success", NOTE_AND_ALLOW);
    let password = mac.password("ada");
    assert_eq!(login(&mac, password), (true, String::new()));
    let login = serde_json::json!({ "username": "ada", "password": password });
    assert_eq!(noted(&mac), format!("x y\n{login}"));
    assert_eq!(console_user(&mac).as_deref(), Some("ada"));
}

#[test]
fn a_plug_in_that_comes_too_early_gets_nothing() {
    let mac = mac_with_plugin("loginwindow:login", NOTE_AND_ALLOW);
    assert_eq!(login(&mac, mac.password("ada")), (true, String::new()));
    assert_eq!(noted(&mac), "x y\n{}");
}

#[test]
fn a_plug_in_is_not_asked_about_a_wrong_password() {
    let mac = mac_with_plugin("loginwindow:success", NOTE_AND_ALLOW);
    let (done, said) = login(&mac, "wrong");
    assert!(!done && said.contains("the login was refused"), "{said}");
    assert!(!mac.home.root().join(HOST).with_file_name("noted").exists());
}

#[test]
fn a_plug_in_that_does_not_allow_ends_the_login() {
    for script in ["echo deny", "echo", "echo allow; exit 3"] {
        let mac = mac_with_plugin("loginwindow:success", script);
        mac.home.change(|mac| mac.session.console_user = None).unwrap();
        let (done, said) = login(&mac, mac.password("ada"));
        assert!(!done && said.contains("refused by x:y,privileged"), "{said}");
        assert_eq!(console_user(&mac), None);
    }
}

#[test]
fn nobody_can_log_in_when_a_registered_plug_in_is_gone() {
    let mac = mac_with_plugin("loginwindow:success", "echo allow");
    fs::remove_file(library(&mac)).unwrap();
    let (done, said) = login(&mac, mac.password("ada"));
    assert!(!done && said.contains("x.bundle"), "{said}");
}

#[test]
fn an_upgrade_registers_nobody() {
    let mac = mac_with_plugin("loginwindow:success", "echo deny");
    let dir = mac.home.dir().to_str().unwrap();
    assert!(macsim(&["upgrade", dir, "26.1"], "").status.success());
    assert_eq!(login(&mac, mac.password("ada")), (true, String::new()));
    let older = macsim(&["upgrade", dir, "15.0"], "");
    assert!(!older.status.success() && stderr(&older).contains("macOS 26.1 already"));
}
