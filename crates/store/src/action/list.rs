//! Lists of actions, newest first.

use trust::action::ActionState;
use trust::id::{ActionId, DeviceId, OrganizationId};
use trust::time::Timestamp;

use super::{Action, read};
use crate::{Result, Store};

/// Which actions are wanted.
#[derive(Debug, Clone)]
pub struct Filter {
    /// Only this device's.
    pub device_id: Option<DeviceId>,
    /// Only those in this state.
    pub state: Option<ActionState>,
    /// Only those before this one, by when it was accepted and its id.
    pub before: Option<(Timestamp, ActionId)>,
    /// At most so many.
    pub limit: u32,
}

const ALL: &str = "SELECT action.*, device.name AS device_name FROM action \
     JOIN device ON device.id = action.device_id \
     WHERE action.organization_id = $1 AND (action.created_at, action.id) < ($2, $3) \
     ORDER BY action.created_at DESC, action.id DESC LIMIT $4";

const OF_DEVICE: &str = "SELECT action.*, device.name AS device_name FROM action \
     JOIN device ON device.id = action.device_id \
     WHERE action.organization_id = $1 AND (action.created_at, action.id) < ($2, $3) AND action.device_id = $5 \
     ORDER BY action.created_at DESC, action.id DESC LIMIT $4";

const IN_STATE: &str = "SELECT action.*, device.name AS device_name FROM action \
     JOIN device ON device.id = action.device_id \
     WHERE action.organization_id = $1 AND (action.created_at, action.id) < ($2, $3) AND action.state = $5 \
     ORDER BY action.created_at DESC, action.id DESC LIMIT $4";

const OF_DEVICE_IN_STATE: &str = "SELECT action.*, device.name AS device_name FROM action \
     JOIN device ON device.id = action.device_id \
     WHERE action.organization_id = $1 AND (action.created_at, action.id) < ($2, $3) AND action.device_id = $5 \
     AND action.state = $6 ORDER BY action.created_at DESC, action.id DESC LIMIT $4";

/// Actions of the organisation, newest first.
pub async fn list(store: &Store, organization_id: OrganizationId, filter: &Filter) -> Result<Vec<Action>> {
    let text = match (filter.device_id, filter.state) {
        (None, None) => ALL,
        (Some(_), None) => OF_DEVICE,
        (None, Some(_)) => IN_STATE,
        (Some(_), Some(_)) => OF_DEVICE_IN_STATE,
    };
    let (before_time, before_id) = match filter.before {
        Some((time, id)) => (time.as_millis(), id.to_string()),
        None => (i64::MAX, String::new()),
    };
    let mut query = sqlx::query(text)
        .bind(organization_id.to_string())
        .bind(before_time)
        .bind(before_id)
        .bind(i64::from(filter.limit));
    if let Some(device_id) = filter.device_id {
        query = query.bind(device_id.to_string());
    }
    if let Some(state) = filter.state {
        query = query.bind(state.word());
    }
    let rows = query.fetch_all(store.readers()).await?;
    rows.iter().map(read).collect()
}
