//! Whether a secret is kept already.

use secrecy::{ExposeSecret as _, SecretString};
use store::escrow::Line;
use subtle::ConstantTimeEq as _;

use super::open::{Opened, look};
use crate::app::App;

/// Whether one of the versions up to `latest` is this secret.
pub(crate) async fn is_among(app: &App, line: Line<'_>, latest: u32, secret: &SecretString) -> bool {
    for version in (1..=latest).rev() {
        if is_kept_already(app, line, version, secret).await {
            return true;
        }
    }
    false
}

/// Whether a version is this secret. One that does not open is not known to be, and must not keep out what comes.
pub(crate) async fn is_kept_already(app: &App, line: Line<'_>, current: u32, secret: &SecretString) -> bool {
    match look(app, line, current).await {
        Ok(None) => false,
        Ok(Some(Opened::Secret(kept))) => is_same(&kept, secret),
        Ok(Some(Opened::Offline {
            belonging,
            secret: kept,
        })) => kept.is(&belonging, secret),
        Err(problem) => {
            let code = problem.code;
            tracing::warn!(serial_number = line.serial_number, %code, "a kept secret does not open");
            false
        }
    }
}

/// Whether two secrets are one.
pub(crate) fn is_same(a: &SecretString, b: &SecretString) -> bool {
    let (a, b) = (a.expose_secret().as_bytes(), b.expose_secret().as_bytes());
    a.ct_eq(b).into()
}
