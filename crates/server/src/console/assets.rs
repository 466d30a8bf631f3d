//! Style sheet, script and icon, compiled in. Their names hold a hash of their contents, so that browsers keep them for
//! good and never show an old one.

use std::sync::LazyLock;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

use crate::input::PathOf;
use crate::problem::Problem;
use crate::token::hexadecimal;

/// One file that pages name.
pub(super) struct Asset {
    /// Its path on the server.
    pub path: String,
    kind: &'static str,
    contents: &'static str,
}

pub(super) static STYLE: LazyLock<Asset> = LazyLock::new(|| Asset::new("css", "text/css", STYLES));

/// The script, a file for each thing that it does.
const SCRIPTS: &str = concat!(
    include_str!("../../assets/js/time.js"),
    include_str!("../../assets/js/menu.js"),
    include_str!("../../assets/js/live.js"),
    include_str!("../../assets/js/form.js"),
    include_str!("../../assets/js/tick.js"),
    include_str!("../../assets/js/import.js"),
    include_str!("../../assets/js/countdown.js"),
);

/// The style sheet, a file for each thing that is styled.
const STYLES: &str = concat!(
    include_str!("../../assets/css/base.css"),
    include_str!("../../assets/css/page.css"),
    include_str!("../../assets/css/controls.css"),
    include_str!("../../assets/css/table.css"),
    include_str!("../../assets/css/marks.css"),
    include_str!("../../assets/css/facts.css"),
    include_str!("../../assets/css/plan.css"),
    include_str!("../../assets/css/accounts.css"),
    include_str!("../../assets/css/findings.css"),
    include_str!("../../assets/css/recovery.css"),
    include_str!("../../assets/css/chain.css"),
    include_str!("../../assets/css/timeline.css"),
    include_str!("../../assets/css/bulk.css"),
    include_str!("../../assets/css/enrolment.css"),
    include_str!("../../assets/css/catalogue.css"),
    include_str!("../../assets/css/print.css"),
);

pub(super) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| Asset::new("js", "text/javascript", SCRIPTS));

pub(super) static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("svg", "image/svg+xml", include_str!("../../assets/icon.svg")));

impl Asset {
    fn new(extension: &str, kind: &'static str, contents: &'static str) -> Self {
        let hash = hexadecimal(&Sha256::digest(contents)[..8]);
        Self {
            path: format!("/assets/{hash}.{extension}"),
            kind,
            contents,
        }
    }
}

/// Serves one of them.
pub(crate) async fn show_asset(PathOf(name): PathOf) -> Result<Response, Problem> {
    let path = format!("/assets/{name}");
    let asset = [&*STYLE, &*SCRIPT, &*ICON]
        .into_iter()
        .find(|asset| asset.path == path)
        .ok_or_else(Problem::not_found)?;
    let headers = [
        (header::CONTENT_TYPE, asset.kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, asset.contents).into_response())
}
