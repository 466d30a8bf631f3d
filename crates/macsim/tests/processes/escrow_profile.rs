//! A configuration profile has macOS leave its recovery keys in a file, encrypted: the `openssl` tool opens what stands there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use macsim::rules::bootstrap_token;
use macsim::scenario::Situation;
use tempfile::TempDir;

use super::support::{PROGRAM, TestMac, command, stderr, stdout};

const IDENTIFIER: &str = "com.example.filevault";

/// A key and its certificate, and the profile that names it.
struct Recipient(TempDir);

impl Recipient {
    fn make() -> Self {
        let made = Self(tempfile::tempdir().unwrap());
        let request = "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -subj /CN=Escrow -outform DER -out certificate.der";
        made.openssl(&request.split(' ').collect::<Vec<_>>());
        made
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn openssl(&self, arguments: &[&str]) -> Output {
        #[expect(clippy::disallowed_methods, reason = "the tool is the oracle of this test")]
        let output = Command::new("openssl")
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        output
    }

    /// The profile of this identifier, as a file.
    fn profile(&self, identifier: &str) -> String {
        let certificate = STANDARD.encode(fs::read(self.file("certificate.der")).unwrap());
        let payload = |kind: &str, more: &str| {
            format!(
                "<dict><key>PayloadType</key><string>{kind}</string><key>PayloadIdentifier</key>\
                 <string>{identifier}.{kind}</string><key>PayloadUUID</key><string>UUID-OF-{kind}</string>{more}</dict>"
            )
        };
        let pkcs1 = payload(
            "com.apple.security.pkcs1",
            &format!("<key>PayloadContent</key><data>{certificate}</data>"),
        );
        let escrow = payload(
            "com.apple.security.FDERecoveryKeyEscrow",
            "<key>Location</key><string>the vault</string><key>EncryptCertPayloadUUID</key>\
             <string>UUID-OF-com.apple.security.pkcs1</string>",
        );
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><plist version=\"1.0\"><dict><key>PayloadType</key>\
             <string>Configuration</string><key>PayloadIdentifier</key><string>{identifier}</string><key>PayloadUUID</key>\
             <string>UUID-OF-IT</string><key>PayloadContent</key><array>{pkcs1}{escrow}</array></dict></plist>"
        );
        let file = self.file("profile.mobileconfig");
        fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    }

    /// What a message says, opened by the tool.
    fn open(&self, message: &Path) -> String {
        let message = message.to_str().unwrap();
        let arguments = [
            "cms", "-decrypt", "-binary", "-inform", "DER", "-inkey", "key.pem", "-in", message,
        ];
        stdout(&self.openssl(&arguments))
    }
}

fn install(mac: &TestMac, profile: &str) -> Output {
    let mut install = command(PROGRAM);
    install
        .arg("mdm")
        .arg(mac.home.dir())
        .args(["install-profile", profile]);
    install.output().unwrap()
}

fn escrow_file(mac: &TestMac) -> PathBuf {
    mac.home.root().join("var/db/FileVaultPRK.dat")
}

fn plist(user: &str, password: &str) -> String {
    let password = password.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><plist version=\"1.0\"><dict><key>Username</key><string>{user}</string>\
         <key>Password</key><string>{password}</string></dict></plist>"
    )
}

/// The key that the tool tells.
fn told(output: &Output) -> String {
    let text = stdout(output);
    let (_, key) = text
        .split_once('\'')
        .unwrap_or_else(|| panic!("{}", stderr(output)));
    key.split('\'').next().unwrap().to_owned()
}

#[test]
fn each_key_that_is_made_from_then_on_lies_encrypted_in_the_file() {
    let (mac, recipient) = (TestMac::new(Situation::Healthy), Recipient::make());
    let profiles = |verb| stdout(&mac.run("profiles", &[verb], ""));
    assert!(profiles("list").starts_with("There are no configuration profiles"));
    let installed = install(&mac, &recipient.profile(IDENTIFIER));
    assert!(installed.status.success(), "{}", stderr(&installed));
    assert!(profiles("list").contains(IDENTIFIER));
    assert!(profiles("show").contains("payload[2] type\t\t\t= com.apple.security.FDERecoveryKeyEscrow"));
    assert!(
        !escrow_file(&mac).exists(),
        "macOS does not know a key any more that it made before"
    );

    let change = || {
        let input = plist("ada", mac.password("ada"));
        told(&mac.run(
            "fdesetup",
            &["changerecovery", "-personal", "-inputplist"],
            &input,
        ))
    };
    let first = change();
    assert_eq!(recipient.open(&escrow_file(&mac)), first);
    let second = change();
    assert_ne!(first, second);
    assert_eq!(recipient.open(&escrow_file(&mac)), second);
    let known = fs::read_to_string(mac.home.dir().join("mac.json")).unwrap();
    assert!(!known.contains(&second), "it stands in clear nowhere");
}

#[test]
fn a_mac_takes_one_such_profile_and_a_newer_one_of_the_same_identifier_in_its_place() {
    let (mac, recipient) = (TestMac::new(Situation::Healthy), Recipient::make());
    let first = recipient.profile(IDENTIFIER);
    assert!(install(&mac, &first).status.success());
    let other = install(&mac, &recipient.profile("com.example.other"));
    assert!(
        stderr(&other).contains("of which a Mac takes one"),
        "{}",
        stderr(&other)
    );
    let again = Recipient::make();
    assert!(install(&mac, &again.profile(IDENTIFIER)).status.success());
    let input = plist("ada", mac.password("ada"));
    let key = told(&mac.run(
        "fdesetup",
        &["changerecovery", "-personal", "-inputplist"],
        &input,
    ));
    assert_eq!(again.open(&escrow_file(&mac)), key);
}

#[test]
fn what_is_no_such_profile_changes_nothing() {
    let (mac, recipient) = (TestMac::new(Situation::Healthy), Recipient::make());
    let whole = fs::read_to_string(recipient.profile(IDENTIFIER)).unwrap();
    for (part, other) in [
        ("<string>the vault</string>", "<true/>"),
        (
            "UUID-OF-com.apple.security.pkcs1</string></dict></array>",
            "UUID-OF-ANOTHER</string></dict></array>",
        ),
        ("<string>Configuration</string>", "<string>Something</string>"),
        ("FDERecoveryKeyEscrow</string>", "FDERecoveryRedirect</string>"),
        ("<data>MII", "<data>AAA"),
    ] {
        let changed = whole.replace(part, other);
        assert_ne!(whole, changed, "{part}");
        let file = recipient.file("changed.mobileconfig");
        fs::write(&file, changed).unwrap();
        assert!(!install(&mac, file.to_str().unwrap()).status.success(), "{part}");
        assert_eq!(mac.home.load().unwrap().escrow_profile, None, "{part}");
    }
}

#[test]
fn from_macos_26_on_the_bootstrap_token_makes_a_key_when_the_profile_arrives() {
    let (mac, recipient) = (TestMac::new(Situation::Healthy), Recipient::make());
    let password = mac.password("ada").to_owned();
    mac.home
        .change(|mac| {
            mac.os = "26.1".parse().unwrap();
            (mac.mdm.enrolled, mac.mdm.bootstrap_token_supported) = (true, true);
            let ada = mac.directory.user("ada").unwrap().guid().to_owned();
            let key = mac.volume.unlock(&ada, &password).unwrap();
            bootstrap_token::escrow(mac, key);
        })
        .unwrap();
    let before = mac.home.load().unwrap().effects.recovery_keys_made;
    assert!(install(&mac, &recipient.profile(IDENTIFIER)).status.success());
    let after = mac.home.load().unwrap();
    assert_eq!(after.effects.recovery_keys_made, before + 1);
    let key = recipient.open(&escrow_file(&mac));
    assert!(macsim::rules::recovery_key::is_valid(&after, &key));
}
