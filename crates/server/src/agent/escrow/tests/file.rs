//! What macOS leaves in the file of its escrow profile, made here by a tool that shares nothing with the server.

use std::fs;
use std::process::Command;

use serde_json::json;
use trust::escrow::{EscrowKind, Origin, State};
use wire::encoding::Bytes;
use wire::escrow::Told;

use super::{KEY, OTHER_KEY, standing};
use crate::clock::Clock as _;
use crate::entropy::Entropy;
use crate::testing::{Answer, FakeMac, TestApp, healthy_mac};
use crate::vault::EscrowCertificate;

/// What macOS would leave: `content`, encrypted to the certificate that the server's profile has.
async fn escrow_file(app: &TestApp, content: &str) -> Vec<u8> {
    let certificate = app.app.escrow_certificate.certificate(app.clock.now()).await;
    encrypt_to(&certificate.unwrap(), content)
}

/// The same to the certificate of another server.
async fn to_another_certificate(app: &TestApp) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("certificate");
    let other = EscrowCertificate::open(&file, Entropy::of_the_system()).unwrap();
    encrypt_to(&other.certificate(app.clock.now()).await.unwrap(), KEY)
}

fn encrypt_to(certificate: &[u8], content: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("certificate"), certificate).unwrap();
    fs::write(folder.path().join("content"), content).unwrap();
    let cms = "cms -encrypt -binary -aes-128-cbc -in content -outform DER -out message certificate";
    #[expect(clippy::disallowed_methods, reason = "the other side of the test is a tool")]
    let run = Command::new("openssl")
        .args(cms.split(' '))
        .current_dir(folder.path())
        .status();
    assert!(run.expect("the openssl tool is installed").success());
    fs::read(folder.path().join("message")).unwrap()
}

async fn tell(app: &TestApp, mac: &FakeMac, id: u128, cms: Vec<u8>) -> Answer {
    let told = Told::EscrowFile { cms: Bytes(cms) };
    mac.tell_vault(app, id, EscrowKind::PersonalRecoveryKey, told)
        .await
}

#[tokio::test]
async fn the_key_in_it_becomes_a_version_that_is_not_proved_until_it_is() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let kept = tell(&app, &mac, 1, escrow_file(&app, KEY).await).await;
    assert_eq!(kept.expect(200)["version"], 1);
    let path = format!("/api/v1/devices/{}/recovery-key", mac.id());
    let shown = app.get(&path).await.expect(200);
    assert_eq!(shown["versions"][0]["origin"], Origin::EscrowFile.word());
    assert_eq!(
        (&shown["state"], &shown["proved_at"]),
        (&json!("held"), &json!(null))
    );
    assert!(
        shown["summary"].as_str().unwrap().contains("never tried"),
        "{shown}"
    );
    let revealed = app
        .post(format!("{path}/reveal"), &json!({ "reason": "drill" }))
        .await;
    assert_eq!(revealed.expect(200)["secret"], KEY);
    let proved = Told::Proved {
        version: 1,
        at: app.clock.now(),
    };
    mac.tell_vault(&app, 2, EscrowKind::PersonalRecoveryKey, proved)
        .await
        .expect(200);
    assert_eq!(standing(&app, &mac).await.proved_at, Some(app.clock.now()));
}

#[tokio::test]
async fn what_is_no_key_of_ours_is_one_refusal_whatever_is_wrong() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let never_asked_for = tell(&app, &mac, 1, b"\x30\x03one".to_vec()).await;
    let answers = [
        never_asked_for,
        tell(&app, &mac, 2, escrow_file(&app, "not a recovery key").await).await,
        tell(&app, &mac, 3, escrow_file(&app, "").await).await,
        tell(&app, &mac, 4, {
            let mut changed = escrow_file(&app, KEY).await;
            let end = changed.len() - 1;
            changed[end] ^= 1;
            changed
        })
        .await,
        tell(&app, &mac, 5, to_another_certificate(&app).await).await,
    ];
    for answer in &answers {
        let problem = answer.expect_problem(422, "escrow_not_opened");
        assert_eq!(problem, answers[0].json());
    }
    let as_token = Told::EscrowFile {
        cms: Bytes(escrow_file(&app, KEY).await),
    };
    let as_token = mac
        .tell_vault(&app, 6, EscrowKind::BootstrapToken, as_token)
        .await;
    as_token.expect_problem(422, "escrow_not_opened");
    assert_eq!(standing(&app, &mac).await.state, State::Empty);
}

#[tokio::test]
async fn a_file_that_is_older_than_what_was_proved_changes_nothing() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    tell(&app, &mac, 1, escrow_file(&app, KEY).await)
        .await
        .expect(200);
    mac.escrow_key(&app, 2, OTHER_KEY).await;
    let before = standing(&app, &mac).await;
    for (id, key) in [(3, KEY), (4, OTHER_KEY)] {
        let again = tell(&app, &mac, id, escrow_file(&app, key).await).await;
        assert_eq!(again.expect(200)["version"], 2);
        assert_eq!(standing(&app, &mac).await, before);
    }
    // A key that macOS made since then, and nobody told otherwise.
    let newer = tell(
        &app,
        &mac,
        5,
        escrow_file(&app, "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF").await,
    )
    .await;
    assert_eq!(newer.expect(200)["version"], 3);
    assert_eq!(standing(&app, &mac).await.proved_at, None);
}

#[tokio::test]
async fn the_certificate_is_made_once_and_the_server_opens_by_it_after_a_restart() {
    let app = TestApp::start().await;
    let folder = app.database_files().remove(0);
    let file = folder.parent().unwrap().join("escrow-certificate.pem");
    assert!(!file.exists(), "nobody has asked for it");
    let (one, other) = tokio::join!(escrow_file(&app, KEY), escrow_file(&app, KEY));
    let again = EscrowCertificate::open(&file, Entropy::of_the_system()).unwrap();
    assert!(again.open_message(&one).is_ok() && again.open_message(&other).is_ok());
    let text = fs::read_to_string(&file).unwrap();
    let cut = text.replace("BEGIN CERTIFICATE", "BEGIN NOTHING");
    fs::write(&file, cut).unwrap();
    let broken = EscrowCertificate::open(&file, Entropy::of_the_system());
    let said = broken.err().expect("it is refused").to_string();
    assert!(said.contains("certificate") && !said.contains("BEGIN"), "{said}");
}
