//! What an agent could not do for its local administrator, for as long as it has not come about since.

use serde::Serialize;
use trust::service_account::Deed;
use utoipa::ToSchema;

use crate::devices::service_account::DeedView;

/// What the agent tried last and could not do, and what is to be done about it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LocalAdministratorFailure {
    /// What it tried, when, how it ended and what was seen on the way.
    #[serde(flatten)]
    pub deed: DeedView,
    /// Why that comes about.
    pub cause: &'static str,
    /// What to do next.
    pub next_step: &'static str,
    /// What Bestow does about it.
    pub bestow: &'static str,
}

impl From<Deed> for LocalAdministratorFailure {
    fn from(deed: Deed) -> Self {
        let entry = deed.code.entry();
        Self {
            deed: deed.into(),
            cause: entry.cause,
            next_step: entry.fix,
            bestow: entry.bestow,
        }
    }
}
