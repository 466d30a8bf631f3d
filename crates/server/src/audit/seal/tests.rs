//! Sealing: a past that was written anew is not signed, another key is not taken, and no turn goes on for ever.

use std::fs;
use std::path::Path;
use std::time::Duration;

use audit_chain::Verifier;
use store::Store;
use store::audit_seal;
use trust::id::OrganizationId;

use super::{BATCH, BATCHES_A_TURN, seal_all};
use crate::audit::AuditKeyError;
use crate::audit::key;
use crate::config::ServerConfig;
use crate::entropy::Entropy;
use crate::testing::{FakeMac, SeededRng, TestApp, healthy_mac};

const DATABASE: &str = "bestow.db";

/// Puts another database in the place of a server's own.
fn replace_database(folder: &Path, other: &Path) {
    for left in ["bestow.db-wal", "bestow.db-shm"] {
        let _ = fs::remove_file(folder.join(left));
    }
    fs::copy(other, folder.join(DATABASE)).unwrap();
}

#[tokio::test]
async fn whoever_writes_another_past_into_the_database_gets_no_signature_on_it() {
    let elsewhere = tempfile::tempdir().unwrap();
    let before = elsewhere.path().join(DATABASE);
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    app.app.store.copy_to(&before).await.unwrap();
    // This is what is to vanish: a grant, signed and exported.
    app.grant(&mac).await;
    let export = app.get("/api/v1/audit/export").await;
    assert_eq!(export.status, 200);
    let folder = app.end().await;

    // The database is of the time before it, and goes on from there with other entries.
    replace_database(folder.path(), &before);
    let app = TestApp::start_in(folder).await;
    write(&app, app.setup.organization_id(), 20).await;
    app.advance(Duration::from_hours(1));
    assert!(seal_all(&app.app).await.is_err());
    let refused = app.get("/api/v1/audit/export").await;
    refused.expect_problem(409, "audit_log_changed");
    let organization_id = app.setup.organization_id();
    let checkpoint = audit_seal::last_checkpoint(&app.app.store, organization_id).await;
    assert_eq!(checkpoint.unwrap(), None);
    // Everything else goes on.
    app.grant(&mac).await;
    app.get("/api/v1/audit").await.expect(200);
}

#[tokio::test]
async fn a_chain_that_was_sealed_anew_up_to_the_same_place_is_another_one() {
    let elsewhere = tempfile::tempdir().unwrap();
    let before = elsewhere.path().join(DATABASE);
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    app.app.store.copy_to(&before).await.unwrap();
    app.grant(&mac).await;
    app.get("/api/v1/audit/export").await;
    let folder = app.end().await;

    // Somebody seals another past by a server of his own, whose key is another one, as far as the true one was signed.
    let own = tempfile::tempdir().unwrap();
    fs::copy(&before, own.path().join(DATABASE)).unwrap();
    let forger = TestApp::start_in(own).await;
    write(&forger, forger.setup.organization_id(), 20).await;
    super::seal(&forger.app, forger.setup.organization_id())
        .await
        .unwrap();
    let own = forger.end().await;
    replace_database(folder.path(), &own.path().join(DATABASE));

    let app = TestApp::start_in(folder).await;
    let refused = app.get("/api/v1/audit/export").await;
    refused.expect_problem(409, "audit_log_changed");
}

#[tokio::test]
async fn an_older_copy_that_was_put_back_as_it_should_be_goes_on() {
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = elsewhere.path().join("copy");
    fs::create_dir(&copy).unwrap();
    let app = TestApp::start().await;
    app.app.store.copy_to(&copy.join(DATABASE)).await.unwrap();
    app.enrolled(FakeMac::new(1, healthy_mac())).await;
    app.get("/api/v1/audit/export").await;
    let folder = app.end().await;
    fs::remove_file(folder.path().join(DATABASE)).unwrap();
    let listen = "127.0.0.1:0".parse().unwrap();
    let config = ServerConfig {
        audit_key: folder.path().join("audit.key"),
        ..ServerConfig::new(listen, folder.path().join(DATABASE))
    };
    let restored = crate::backup::restore(&config, &copy).await.unwrap();
    let aside = restored.put_aside.unwrap();
    assert!(
        aside.ends_with("audit.key.signed.old-1") && aside.exists(),
        "{aside:?}"
    );
    let app = TestApp::start_in(folder).await;
    let export = app.get("/api/v1/audit/export").await;
    assert_eq!(export.status, 200, "{}", export.text);
}

#[tokio::test]
async fn no_key_but_the_one_that_signed_is_taken_until_somebody_says_that_it_is_lost() {
    let app = TestApp::start().await;
    app.get("/api/v1/audit/export").await;
    let old = app.app.audit_signer.key();
    let folder = app.end().await;
    let store = Store::open(&folder.path().join(DATABASE)).await.unwrap();
    let file = folder.path().join("audit.key");
    let entropy = Entropy::from_rng(SeededRng::new(9));

    let aside = folder.path().join("aside");
    fs::rename(&file, &aside).unwrap();
    for _ in 0..2 {
        let refused = key::open(&store, &file, &entropy).await.err().unwrap();
        assert!(matches!(refused, AuditKeyError::AnotherKey { signed_by, .. } if signed_by == old));
        assert!(!file.exists(), "a key was made");
    }
    fs::rename(&aside, &file).unwrap();
    assert!(key::open(&store, &file, &entropy).await.is_ok());
    fs::remove_file(&file).unwrap();
    store.close().await;

    let listen = "127.0.0.1:0".parse().unwrap();
    let config = ServerConfig {
        audit_key: file,
        ..ServerConfig::new(listen, folder.path().join(DATABASE))
    };
    let new = key::new_audit_key(&config).await.unwrap();
    assert_ne!(new, old);
    let app = TestApp::start_in(folder).await;
    let export = app.get("/api/v1/audit/export").await.text;
    assert!(export.contains("audit.key_replaced"), "{export}");
    let mut verifier = Verifier::new(Some(new));
    export.lines().try_for_each(|line| verifier.read(line)).unwrap();
    verifier.end().unwrap();
}

/// Writes so many entries.
async fn write(app: &TestApp, organization_id: OrganizationId, entries: usize) {
    let person = store::person::Person {
        id: app.app.entropy.id(app.app.now()),
        organization_id,
        name: "grace".parse().unwrap(),
        role: trust::access::Role::Viewer,
        has_password: true,
        second_factor_at: None,
        created_at: app.app.now(),
    };
    for _ in 0..entries {
        store::person::refused(&app.app.store, &person, None, app.app.now())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn one_turn_seals_so_many_and_leaves_the_rest_to_the_next() {
    let app = TestApp::start().await;
    let organization_id = app.setup.organization_id();
    let a_turn = BATCH as usize * BATCHES_A_TURN;
    write(&app, organization_id, a_turn).await;
    let sealed = async || {
        let last = audit_seal::last(&app.app.store, organization_id).await;
        last.unwrap().unwrap().position
    };
    seal_all(&app.app).await.unwrap();
    assert_eq!(sealed().await, a_turn as u64);
    seal_all(&app.app).await.unwrap();
    // The entry that tells of the first API token is the one too many.
    assert_eq!(sealed().await, a_turn as u64 + 1);
}
