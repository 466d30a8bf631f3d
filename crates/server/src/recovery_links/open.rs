//! A link to the steps of a way back is opened.

use store::recovery_link::RecoveryLink;

use crate::app::App;
use crate::problem::Problem;
use crate::token;

/// What an address leads to, when it can be opened. The first time is noted, and told to those who watch the Mac.
pub(crate) async fn open(app: &App, link: &str) -> Result<Option<RecoveryLink>, Problem> {
    let opened = store::recovery_link::open(&app.store, &token::hash(link), app.now()).await?;
    Ok(opened.map(|(link, first)| {
        if first {
            app.events.device(link.organization_id, link.device_id);
        }
        link
    }))
}
