//! Adopt Account: an account that exists on a Mac is taken over for the person who uses it.

use serde::{Deserialize, Serialize};

use crate::enrolment::Person;
use crate::name::AccountName;

/// Prove the password of `target`, and let the service account hand it a token if it has none.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AdoptAccount {
    /// The account that is taken over.
    pub target: AccountName,
    /// Whose it is from then on, in the Mac's enrolment record. Left out, nobody is bound to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
}

impl AdoptAccount {
    /// What people call this action.
    pub const LABEL: &str = "Adopt Account";
}
