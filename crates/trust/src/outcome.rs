//! How an action ended on the Mac, as its agent tells it.

use serde::{Deserialize, Serialize};

use crate::action::ActionState;
use crate::code::Code;
use crate::time::Timestamp;

/// The end of an action, proved by reading the Mac back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Outcome {
    /// What came of it.
    pub code: Code,
    /// Whether tools that change the Mac were started. An end without that is a refusal.
    pub touched_the_mac: bool,
    /// For an action of several parts: how each ended, in order. A part that was not begun is not listed.
    #[serde(default)]
    pub parts: Vec<PartOutcome>,
    /// What was seen on the way, in order, for people. Holds no secret.
    pub evidence: Vec<Evidence>,
    /// The hand-over that took place, when one did.
    pub edge: Option<TrustEdge>,
    /// When the agent was done.
    pub finished_at: Timestamp,
}

impl Outcome {
    /// The state in which this end leaves the action.
    pub fn state(&self) -> ActionState {
        if self.code.is_success() {
            ActionState::Succeeded
        } else if self.touched_the_mac {
            ActionState::Failed
        } else {
            ActionState::Refused
        }
    }
}

/// How one part of an action ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartOutcome {
    /// Which part.
    pub part: Part,
    /// What came of it.
    pub code: Code,
}

/// A part of a composite action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Making the account.
    CreateAccount,
    /// Handing it a token.
    GrantSecureToken,
}

impl Part {
    /// The part in a few words, for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::CreateAccount => "Create the account",
            Self::GrantSecureToken => "Grant a Secure Token",
        }
    }
}

/// One thing that was seen on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Evidence {
    /// When.
    pub at: Timestamp,
    /// The tool and verb, such as `sysadminctl -secureTokenStatus`.
    pub by: String,
    /// What it showed.
    pub saw: String,
}

/// One hand-over of a token: an edge of the chain of trust.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrustEdge {
    /// GUID of the account that handed it on.
    pub granter_guid: String,
    /// Its record name at that time.
    pub granter: String,
    /// GUID of the account that received it.
    pub target_guid: String,
    /// Its record name at that time.
    pub target: String,
    /// How.
    pub method: GrantMethod,
    /// When it was proved.
    pub at: Timestamp,
}

/// How a token was handed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GrantMethod {
    /// `sysadminctl -secureTokenOn`.
    SysadminctlSecureTokenOn,
}

impl GrantMethod {
    /// Every method.
    pub const ALL: [Self; 1] = [Self::SysadminctlSecureTokenOn];

    /// The method's word, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::SysadminctlSecureTokenOn => "sysadminctl_secure_token_on",
        }
    }

    /// The method of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_have_the_words_of_their_json() {
        for method in GrantMethod::ALL {
            assert_eq!(serde_json::to_value(method).unwrap(), method.word());
            assert_eq!(GrantMethod::from_word(method.word()), Some(method));
        }
    }
}
