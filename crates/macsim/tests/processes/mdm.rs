//! The Mac's side of a management server, against a server of the test's own that notes what it is told.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use macsim::MacHome;
use macsim::front::mdm::{MdmError, enroll, read_profile, renew, unenroll, with_server};
use macsim::model::clock::UnixMillis;
use macsim::model::mdm::Mdm;
use macsim::scenario::Situation;
use tempfile::TempDir;

/// A profile as a server makes one, with an identity by triple DES and SHA-1.
const PROFILE: &str = include_str!("../fixtures/enrolment.mobileconfig");

/// What a request said.
struct Told {
    signature: String,
    body: Vec<u8>,
}

impl Told {
    fn says(&self, text: &str) -> bool {
        String::from_utf8_lossy(&self.body).contains(text)
    }
}

/// Answers every request with this status and body. Answers its address and what it is told.
fn server(status: &'static str, answer: &'static str) -> (String, Receiver<Told>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (told, hears) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let (mut length, mut signature) = (0, String::new());
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                match line.trim().split_once(": ") {
                    Some(("Content-Length", value)) => length = value.parse().unwrap(),
                    Some(("Mdm-Signature", value)) => signature = value.to_owned(),
                    _ if line.trim().is_empty() => break,
                    _ => {}
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let sent = told.send(Told { signature, body });
            let length = answer.len();
            write!(
                stream,
                "HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n{answer}"
            )
            .unwrap();
            if sent.is_err() {
                return;
            }
        }
    });
    (address, hears)
}

/// The profile of a server at this address.
fn profile_for(address: &str) -> String {
    PROFILE.replace("http://127.0.0.1:8655", address)
}

/// A Mac that no MDM manages.
fn mac() -> (TempDir, MacHome) {
    let folder = tempfile::tempdir().unwrap();
    let mut made = Situation::Healthy.mac(5, UnixMillis(1_767_225_600_000)).mac;
    made.mdm = Mdm::default();
    let home = MacHome::create(folder.path().join("mac"), &made, folder.path()).unwrap();
    (folder, home)
}

#[test]
fn what_a_mac_signs_another_tool_verifies() {
    let (address, hears) = server("200 OK", "");
    let (folder, home) = mac();
    enroll(&home, profile_for(&address).as_bytes()).unwrap();
    let first = hears.recv().unwrap();
    let mac = home.load().unwrap();
    for part in ["Authenticate", &mac.hardware.serial, &mac.hardware.uuid] {
        assert!(first.says(part), "{part}");
    }
    assert!(hears.recv().unwrap().says("TokenUpdate"));
    let signature = STANDARD.decode(&first.signature).unwrap();
    assert_eq!(signature[..2], [0x30, 0x80], "lengths are not told");
    fs::write(folder.path().join("signature"), signature).unwrap();
    let verified = |body: &[u8]| {
        fs::write(folder.path().join("body"), body).unwrap();
        #[expect(clippy::disallowed_methods, reason = "the tool is the oracle of this test")]
        let output = Command::new("openssl")
            .args([
                "cms",
                "-verify",
                "-noverify",
                "-binary",
                "-inform",
                "DER",
                "-in",
                "signature",
                "-content",
                "body",
                "-out",
                "out",
            ])
            .current_dir(folder.path())
            .output()
            .unwrap();
        output.status.success()
    };
    assert!(verified(&first.body));
    assert!(!verified(b"another body"));
}

#[test]
fn a_server_that_refuses_or_is_not_there_enrols_nobody() {
    let (_folder, home) = mac();
    let (address, _hears) = server("400 Bad Request", "{}");
    let refused = enroll(&home, profile_for(&address).as_bytes());
    assert!(matches!(refused, Err(MdmError::Refused(400))), "{refused:?}");
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let nobody = enroll(&home, profile_for(&format!("http://{nobody}")).as_bytes());
    assert!(matches!(nobody, Err(MdmError::Http { .. })), "{nobody:?}");
    assert!(!home.load().unwrap().mdm.enrolled);
}

#[test]
fn a_mac_has_one_mdm_and_a_renewal_changes_the_identity_only() {
    let (_folder, home) = mac();
    let (address, hears) = server("200 OK", "");
    let profile = profile_for(&address);
    let early = renew(&home, profile.as_bytes());
    assert!(matches!(early, Err(MdmError::NotEnrolled)), "{early:?}");
    enroll(&home, profile.as_bytes()).unwrap();
    let again = enroll(&home, profile.as_bytes());
    assert!(matches!(again, Err(MdmError::Enrolled)), "{again:?}");
    for (what, other) in [
        ("com.apple.mgmt.External.test", "com.apple.mgmt.External.other"),
        ("/mdm/v1/poll", "/mdm/v2/poll"),
        ("<string>bestow.mdm</string>", "<string>another</string>"),
    ] {
        let changed = profile.replace(what, other);
        assert_ne!(changed, profile);
        let changed = renew(&home, changed.as_bytes());
        assert!(
            matches!(changed, Err(MdmError::NotARenewal)),
            "{what}: {changed:?}"
        );
    }
    renew(&home, profile.as_bytes()).unwrap();
    unenroll(&home).unwrap();
    let told: Vec<Told> = hears.try_iter().collect();
    assert_eq!(told.len(), 5);
    assert!(told[4].says("CheckOut"));
    assert!(!home.load().unwrap().mdm.enrolled);
}

#[test]
fn a_profile_that_macos_would_not_install_is_refused() {
    assert!(read_profile(PROFILE.as_bytes()).is_ok());
    for (what, other) in [
        (
            "<string>com.apple.mdm</string>",
            "<string>com.apple.other</string>",
        ),
        ("<key>SignMessage</key>\n\t\t\t<true/>", ""),
        ("com.apple.mgmt.", "com.example."),
        ("<key>IdentityCertificateUUID</key>", "<key>Other</key>"),
        (
            "<key>Password</key>\n\t\t\t<string>",
            "<key>Password</key>\n\t\t\t<string>x",
        ),
    ] {
        let changed = PROFILE.replace(what, other);
        assert_ne!(changed, PROFILE, "{what}");
        assert!(read_profile(changed.as_bytes()).is_err(), "{what}");
    }
}

#[test]
fn a_token_that_the_server_does_not_take_is_not_escrowed() {
    let (_folder, home) = mac();
    let (address, _hears) = server("200 OK", "<plist version=\"1.0\"><dict/></plist>");
    enroll(&home, profile_for(&address).as_bytes()).unwrap();
    let (deaf, _hears) = server("503 Service Unavailable", "");
    let asked = with_server(&home, || {
        home.change(|mac| mac.mdm.escrowed_bootstrap_token = Some("new".to_owned()))
    });
    asked.unwrap().unwrap();
    assert_eq!(
        home.load().unwrap().mdm.escrowed_bootstrap_token.as_deref(),
        Some("new")
    );
    // From now on nobody listens: what happens needs the server, and does not happen.
    home.change(|mac| {
        let connection = mac.mdm.connection.as_mut().unwrap();
        connection.check_in_url = deaf;
    })
    .unwrap();
    let refused = with_server(&home, || panic!("it happened"));
    assert!(matches!(refused, Err(MdmError::Refused(503))));
}
