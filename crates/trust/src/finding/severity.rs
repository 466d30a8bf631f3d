//! How bad a finding is.

use serde::{Deserialize, Serialize};

use crate::code::Code;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Something does not work, and gets worse by itself.
    Critical,
    /// Something does not work for somebody.
    Problem,
    /// All works; something could be better.
    Advice,
}

impl Severity {
    /// The severity's word, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Problem => "problem",
            Self::Advice => "advice",
        }
    }

    /// How bad it is when a diagnosis finds what this code tells; `None` for a code that no diagnosis finds.
    pub fn of(code: Code) -> Option<Self> {
        match code {
            Code::ChainBroken | Code::NoGranter | Code::DemotionUnproved | Code::LoginPluginUnfit => {
                Some(Self::Critical)
            }
            Code::TokenUnusable
            | Code::MissingFromStartUpScreen
            | Code::AutomatedAdminWithoutToken
            | Code::UpdatesUnauthorised
            | Code::PrimaryUserWithoutToken
            | Code::FullDiskAccessMissing
            | Code::LoginPluginNotRegistered
            | Code::OsTooOld
            | Code::VolumeNotApfs => Some(Self::Problem),
            Code::OnlyOneHolder => Some(Self::Advice),
            _ => None,
        }
    }
}
