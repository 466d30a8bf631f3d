//! Actions: accepted, listed, shown and called back.

pub(crate) mod accept;
pub(crate) mod cancel;
pub(crate) mod input;
pub(crate) mod list;
pub(crate) mod resolve;
pub(crate) mod show;
pub(crate) mod view;
pub(crate) mod window;

use trust::time::Timestamp;

use crate::app::App;
use crate::problem::Problem;

/// Ends the actions whose time has run out, so that nobody is shown one as waiting that will never begin.
pub(crate) async fn expire_due(app: &App) -> Result<(), Problem> {
    for changed in store::action::expire_due(&app.store, app.now()).await? {
        app.action_changed(changed);
    }
    Ok(())
}

/// Rings for the devices for which an action has come to its time between `since` and `now`.
pub(crate) async fn ring_for_opened(app: &App, since: Timestamp, now: Timestamp) -> Result<(), Problem> {
    for device_id in store::action::opened(&app.store, since, now).await? {
        app.bell.ring(device_id);
    }
    Ok(())
}
