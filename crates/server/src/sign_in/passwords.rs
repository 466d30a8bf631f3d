//! Hashes of passwords, by argon2id. Each costs 19 MiB and some hundredths of a second, so only a few are made at a time, on
//! threads that wait for nothing else.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Semaphore;

use crate::entropy::Entropy;
use crate::problem::Problem;

/// How many hashes are made at the same time.
const AT_ONCE: usize = 2;

/// A hash that no password is known to have. A name that nobody has costs as much time as one that somebody has.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5cyBzYWx0IQ$W4p5Nh3Aih6CpnlF3Av1nPbpRcWrmjPcv2NvS4X3vQo";

/// Why a hash could not be made.
#[derive(Debug, thiserror::Error)]
enum HashError {
    #[error("hash password: {0}")]
    Hash(argon2::password_hash::Error),
    #[error("hash password")]
    Task(#[from] tokio::task::JoinError),
    #[error("hash password: the server ends")]
    Closed(#[from] tokio::sync::AcquireError),
}

/// Makes and compares hashes.
#[derive(Debug)]
pub(crate) struct Passwords(Arc<Semaphore>);

impl Default for Passwords {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Passwords {
    /// The hash of a password, with a salt of its own.
    pub(crate) async fn hash(&self, password: SecretString, entropy: &Entropy) -> Result<String, Problem> {
        let salt: [u8; 16] = entropy.bytes();
        let made = self
            .work(move || {
                let hash =
                    Argon2::default().hash_password_with_salt(password.expose_secret().as_bytes(), &salt);
                hash.map(|hash| hash.to_string())
            })
            .await;
        made.and_then(|hash| hash.map_err(HashError::Hash))
            .map_err(|error| Problem::internal(&error))
    }

    /// Whether this is the password of the hash; never where there is no hash.
    pub(crate) async fn is_right(
        &self,
        password: SecretString,
        hash: Option<String>,
    ) -> Result<bool, Problem> {
        let is_somebodys = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODYS.to_owned());
        let is_right = self
            .work(move || {
                let password = password.expose_secret().as_bytes();
                Argon2::default().verify_password(password, hash.as_str()).is_ok()
            })
            .await
            .map_err(|error| Problem::internal(&error))?;
        Ok(is_right && is_somebodys)
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HashError> {
        let turn = Arc::clone(&self.0).acquire_owned().await?;
        // The turn goes with the work, which goes on when nobody waits for it any more.
        let task = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        Ok(task.await?)
    }
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::phc::PasswordHash;

    use super::*;
    use crate::testing::SeededRng;

    #[tokio::test]
    async fn only_the_password_fits_its_hash() {
        let passwords = Passwords::default();
        let entropy = Entropy::from_rng(SeededRng::new(1));
        let right = || SecretString::from("correct horse battery");
        let hash = passwords.hash(right(), &entropy).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hash, passwords.hash(right(), &entropy).await.unwrap());
        assert!(passwords.is_right(right(), Some(hash.clone())).await.unwrap());
        let wrong = SecretString::from("correct horse batter");
        assert!(!passwords.is_right(wrong, Some(hash)).await.unwrap());
        assert!(!passwords.is_right(right(), None).await.unwrap());
    }

    #[tokio::test]
    async fn work_that_nobody_waits_for_any_more_still_has_its_turn() {
        let passwords = Arc::new(Passwords::default());
        let mut releases = Vec::new();
        for _ in 0..AT_ONCE {
            let (begun, begins) = tokio::sync::oneshot::channel();
            let (release, released) = std::sync::mpsc::channel::<()>();
            let waiting = tokio::spawn({
                let passwords = Arc::clone(&passwords);
                async move {
                    let work = move || {
                        let _ = begun.send(());
                        let _ = released.recv();
                    };
                    passwords.work(work).await
                }
            });
            begins.await.unwrap();
            waiting.abort();
            assert!(waiting.await.is_err_and(|error| error.is_cancelled()));
            releases.push(release);
        }
        assert_eq!(passwords.0.available_permits(), 0);
        drop(releases);
        passwords.work(|| ()).await.unwrap();
    }

    #[test]
    fn what_nobody_has_costs_as_much_as_what_somebody_has() {
        let hash = PasswordHash::new(NOBODYS).unwrap();
        let usual = Argon2::default();
        let usual = usual.hash_password_with_salt(b"x", &[1; 16]).unwrap();
        assert_eq!(hash.params, usual.params);
        assert_eq!(hash.algorithm, usual.algorithm);
        assert_eq!(hash.hash.unwrap().len(), usual.hash.unwrap().len());
    }
}
