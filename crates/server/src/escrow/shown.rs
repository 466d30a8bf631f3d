//! A secret that is shown: what stands in the answer. The one place where a secret that is kept does.

use axum::Json;
use axum::http::header;
use axum::response::IntoResponse;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use trust::escrow::{EscrowKind, Showing};
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::problem::Problem;

/// What a request was shown, in memory that is wiped.
pub(crate) struct Shown {
    /// What it is.
    pub kind: EscrowKind,
    /// How such a secret is shown.
    pub showing: &'static Showing,
    /// The version.
    pub version: u32,
    /// The secret.
    pub secret: SecretString,
    /// When it was last proved, when it is the current one.
    pub proved_at: Option<Timestamp>,
    /// From when on the Mac is to have another one.
    pub rotate_after: Option<Timestamp>,
}

/// A kept secret. It is shown this once to this request.
#[derive(Serialize, ToSchema)]
pub(crate) struct RevealView {
    /// What it is.
    kind: EscrowKind,
    /// The version.
    version: u32,
    /// The secret.
    secret: String,
    /// The secret for reading out: each group with the word of each character.
    spelled: Vec<SpelledGroup>,
    /// When it was last proved on the Mac; `null` when it never was, or is not the current one.
    proved_at: Option<Timestamp>,
    /// From when on the Mac is to have another one.
    rotate_after: Option<Timestamp>,
}

/// A group of a secret, for reading out.
#[derive(Serialize, ToSchema)]
struct SpelledGroup {
    /// The group.
    group: String,
    /// The word of each character.
    words: Vec<String>,
}

/// How a kind is shown; one that nobody is shown is refused.
pub(crate) fn showing(kind: EscrowKind) -> Result<&'static Showing, Problem> {
    let rule = "is not `bootstrap_token`: a bootstrap token is shown to nobody, its Mac alone gets it";
    kind.showing().ok_or_else(|| Problem::invalid("kind", rule))
}

/// What somebody is answered who is shown a secret; kept by nobody on the way.
pub(crate) fn answer(shown: &Shown) -> impl IntoResponse + use<> {
    let secret = shown.secret.expose_secret();
    let spelled = shown.showing.spell(secret).into_iter();
    let view = RevealView {
        kind: shown.kind,
        version: shown.version,
        secret: secret.to_owned(),
        spelled: spelled
            .map(|(group, words)| SpelledGroup { group, words })
            .collect(),
        proved_at: shown.proved_at,
        rotate_after: shown.rotate_after,
    };
    ([(header::CACHE_CONTROL, "no-store")], Json(view))
}
