//! Which Macs need attention: why, whose turn it is, and the cheapest remedy.
//!
//! A Mac needs attention for the findings that do not mend themselves while nobody looks. `decision` says of a service
//! account what is cheapest, as a table; [`attention`] puts the reasons of one Mac in order. Since when, who owns it and
//! whether it is muted is kept by the server.

mod admin_list;
mod decision;
mod grace;
mod mute;
mod next_login;
mod owner;
mod reason;
mod turn;

pub use admin_list::admin_list;
pub use decision::{Case, Helper, ServiceAccountCase, Told};
pub use grace::{Grace, NotAGrace};
pub use mute::{Mute, NotAMute};
pub use owner::{LONGEST_OWNER, NotAnOwner, Owner};
pub use reason::Reason;
pub use turn::Turn;

use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::observation::Observation;
use crate::service_account::Settings;
use reason::reasons;

/// Why one Mac needs attention.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attention {
    /// Each reason once; what is to be seen to first stands first, and what the agent mends by itself last. Empty when the
    /// Mac needs none.
    pub reasons: Vec<Reason>,
    /// Record names of the administrators that hold a token, when one of them can help to a service account that is not
    /// there; `None` when there is one, when none is wanted, or when nobody can.
    pub admin_list: Option<Vec<String>>,
}

/// Why the Mac that `observation` saw needs attention, by all its `findings` and by what the organisation wants of its
/// service account.
pub fn attention(observation: &Observation, settings: &Settings, findings: &[Finding]) -> Attention {
    Attention {
        reasons: reasons(observation, settings, findings),
        admin_list: admin_list(observation, settings),
    }
}
