//! The server of a test.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use serde_json::{Value, json};
use store::Store;
use store::actor::Actor;
use store::api_token::NewApiToken;
use tempfile::TempDir;
use tower::ServiceExt as _;
use wire::seal::SealingPublicKey;

use super::{Answer, Call, FakeClock, FakeMac, SeededRng};
use crate::app::{App, Settings, SharedApp};
use crate::audit;
use crate::clock::Clock as _;
use crate::config::DeviceManagement;
use crate::entropy::Entropy;
use crate::routes;
use crate::setup::Setup;
use crate::token::{self, Purpose};
use crate::vault::{EscrowCertificate, EscrowKeys, Vault};
use crate::waiting::settled;

/// The whole server, with an administrator's API token.
pub(crate) struct TestApp {
    pub app: SharedApp,
    pub clock: Arc<FakeClock>,
    pub setup: Setup,
    /// The API token of the persona "administrator".
    pub token: String,
    router: Router,
    folder: TempDir,
    keys: AtomicU64,
}

impl TestApp {
    pub(crate) async fn start() -> Self {
        Self::start_in(tempfile::tempdir().unwrap()).await
    }

    /// The same with what lies in a folder.
    pub(crate) async fn start_in(folder: TempDir) -> Self {
        Self::start_sealing_to(None, folder).await
    }

    /// The same, where recovery keys are sealed to an offline key.
    pub(crate) async fn start_sealing_to(offline_key: Option<SealingPublicKey>, folder: TempDir) -> Self {
        let clock = Arc::new(FakeClock::new());
        let store = Store::open(&folder.path().join("bestow.db")).await.unwrap();
        let settings = Settings {
            check_in_every: Duration::from_secs(60),
            outcome_lost_after: Duration::from_secs(60),
            secure_cookies: false,
            behind_proxy: true,
            secrets_wait_for: Duration::from_hours(30 * 24),
            device_management: Some(DeviceManagement {
                url: "https://bestow.example.com".to_owned(),
                topic: "com.apple.mgmt.External.test".to_owned(),
            }),
        };
        let entropy = Entropy::from_rng(SeededRng::new(1));
        let vault = Vault::open(&folder.path().join("vault.key"), &entropy).unwrap();
        let vault = vault.sealing_to(offline_key);
        let keys = folder.path().join("escrow.keys");
        let escrow_keys = EscrowKeys::open(&keys, 0, Entropy::from_rng(SeededRng::new(3))).unwrap();
        let certificate = folder.path().join("escrow-certificate.pem");
        let certificate =
            EscrowCertificate::open(&certificate, Entropy::from_rng(SeededRng::new(4))).unwrap();
        let audit_signer = audit::key::open(&store, &folder.path().join("audit.key"), &entropy)
            .await
            .unwrap();
        let shared: Arc<FakeClock> = Arc::clone(&clock);
        let app = App::new(
            store,
            shared,
            entropy,
            vault,
            (escrow_keys, certificate),
            audit_signer,
            settings,
        );
        let app = Arc::new(app);
        let setup = Setup::of_app(&app, Entropy::from_rng(SeededRng::new(2)))
            .await
            .unwrap();
        let token = setup.api_token("administrator").await.unwrap();
        Self {
            router: routes::router(Arc::clone(&app)),
            app,
            clock,
            setup,
            token,
            folder,
            keys: AtomicU64::new(0),
        }
    }

    /// Sends a request as it is.
    pub(crate) async fn send(&self, call: Call) -> Answer {
        let response = self.router.clone().oneshot(call.into_request()).await.unwrap();
        Answer::read(settled(response).await).await
    }

    /// An answer as the handlers give it: of one that waits, and of one whose body does not end.
    pub(crate) async fn open(&self, call: Call) -> axum::response::Response {
        self.router.clone().oneshot(call.into_request()).await.unwrap()
    }

    /// Gets as the administrator.
    pub(crate) async fn get(&self, path: impl Into<String>) -> Answer {
        self.send(Call::get(path).bearer(&self.token)).await
    }

    /// Posts as the administrator, under a fresh idempotency key.
    pub(crate) async fn post(&self, path: impl Into<String>, body: &Value) -> Answer {
        let call = Call::post(path).bearer(&self.token).key(&self.fresh_key());
        self.send(call.json(body)).await
    }

    pub(crate) fn fresh_key(&self) -> String {
        format!("test-key-{}", self.keys.fetch_add(1, Ordering::SeqCst))
    }

    /// The API token of another organisation on the same server.
    pub(crate) async fn foreign_token(&self) -> String {
        let now = self.clock.now();
        let organization_id = self.app.entropy.id(now);
        store::organization::create(&self.app.store, organization_id, "Another", now)
            .await
            .unwrap();
        let token = token::new(Purpose::ApiToken, &self.app.entropy);
        let new = NewApiToken {
            organization_id,
            hash: token::hash(&token),
            name: "administrator".to_owned(),
            at: now,
            actor: Actor::Operator,
        };
        store::api_token::create(&self.app.store, &new).await.unwrap();
        token
    }

    /// The cookie of a person who has followed a sign-in link.
    pub(crate) async fn session(&self) -> String {
        let path = self.setup.sign_in_path("grace").await.unwrap();
        let answer = self.send(Call::get(path)).await;
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// Follows an invitation, and answers the cookie of the session that begins.
    pub(crate) async fn accept(&self, invitation: &Value, password: &str) -> String {
        let field = |name: &str| (name.to_owned(), password.to_owned());
        let form = [field("password"), field("password_again")];
        let path = invitation["path"].as_str().unwrap();
        let answer = self.send(Call::post(path).form(&form)).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// A Mac that has enrolled and told what it sees.
    pub(crate) async fn enrolled(&self, mut mac: FakeMac) -> FakeMac {
        mac.enroll(self).await;
        mac.check_in(self).await;
        mac
    }

    /// Asks a grant from `ada` to `bob` of a Mac, and answers the accepted action.
    pub(crate) async fn grant(&self, mac: &FakeMac) -> Value {
        let path = format!("/api/v1/devices/{}/actions", mac.id());
        self.post(path, &grant_from_ada_to_bob()).await.expect(202)
    }

    /// Moves the clock.
    pub(crate) fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.now().as_millis()
    }

    /// The folder with what the server keeps, once the server is gone.
    pub(crate) async fn end(self) -> TempDir {
        self.app.store.close().await;
        self.folder
    }

    /// A file of the server's.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Every file of the database.
    pub(crate) fn database_files(&self) -> Vec<PathBuf> {
        std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect()
    }
}

/// The body of a grant that a healthy Mac would carry out.
pub(crate) fn grant_from_ada_to_bob() -> Value {
    json!({
        "kind": "grant_secure_token",
        "administrator": { "username": "ada", "password": "ada's password" },
        "target": { "username": "bob", "password": "bob's password" },
    })
}
