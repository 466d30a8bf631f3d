//! What is made and read here, against a tool that knows nothing of us: `openssl`.
#![expect(clippy::unwrap_used, reason = "tests")]

mod identities;
mod signatures;

use std::path::Path;
use std::process::Command;

use chacha20::ChaCha20Rng;
use mdm::identity::{self, Identity};
use rand_core::SeedableRng as _;
use tempfile::TempDir;
use trust::time::Timestamp;

/// When every identity of these tests is made: 2026-01-01.
const NOW: Timestamp = Timestamp(1_767_225_600_000);

/// An identity, the same for the same seed.
fn identity(seed: u64) -> Identity {
    println!("seed {seed}");
    identity::make("Mac of the tests", NOW, &mut ChaCha20Rng::seed_from_u64(seed)).unwrap()
}

/// Runs `openssl` in a folder. Answers whether it ended well, and what it printed.
fn openssl(folder: &Path, args: &[&str]) -> (bool, String) {
    #[expect(clippy::disallowed_methods, reason = "the tool is the oracle of these tests")]
    let output = Command::new("openssl")
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), said)
}

/// A folder with an identity as `key.pem` and `cert.pem`.
fn folder_of(identity: &Identity) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("identity.p12"), &*identity.pkcs12).unwrap();
    let password = format!("pass:{}", *identity.password);
    let take = ["pkcs12", "-in", "identity.p12", "-passin", &password, "-nodes"];
    let (done, said) = openssl(
        folder.path(),
        &[&take[..], &["-nocerts", "-out", "key.pem"]].concat(),
    );
    assert!(done, "{said}");
    let (done, said) = openssl(
        folder.path(),
        &[&take[..], &["-nokeys", "-out", "cert.pem"]].concat(),
    );
    assert!(done, "{said}");
    folder
}
