//! What a device lacks to take part in a bulk run.

use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::plan::Plan;

/// What a device lacks to take part in a bulk run, or for an action that is offered ready-made. One rule: it is ready when the
/// action can be sent with the credentials that the order names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Readiness {
    /// Nothing: the action can be sent.
    Ready,
    /// Other credentials, or a value for a wildcard.
    NeedsCredential,
    /// A person who looks at this Mac.
    NeedsPerson,
    /// What is asked for is there already.
    Done,
}

impl Readiness {
    /// Every readiness, in the order in which people are told.
    pub const ALL: [Self; 4] = [Self::Ready, Self::NeedsCredential, Self::NeedsPerson, Self::Done];

    /// The readiness's word, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::NeedsCredential => "needs_credential",
            Self::NeedsPerson => "needs_person",
            Self::Done => "done",
        }
    }

    /// The readiness of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|readiness| readiness.word() == word)
    }

    /// In a few words, for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ready => "Ready",
            Self::NeedsCredential => "Needs a credential",
            Self::NeedsPerson => "Needs a person",
            Self::Done => "Done already",
        }
    }

    /// What a plan says, with the code that tells why when the device is not ready.
    pub fn of_plan(plan: &Plan) -> (Self, Option<Code>) {
        match (plan.refusal(), plan.only_outcome()) {
            (Some(code), _) => (Self::of_refusal(code), Some(code)),
            (None, Some(code @ (Code::AlreadyGranted | Code::NothingToDo))) => (Self::Done, Some(code)),
            (None, _) => (Self::Ready, None),
        }
    }

    /// What an action lacks that a finding offers ready-made, with the code that tells why somebody has to look at the device.
    /// It has no passwords: where nothing else stands in its way, those are what it needs.
    pub fn of_ready_made(plan: &Plan) -> (Self, Option<Code>) {
        match Self::of_plan(plan) {
            (Self::Ready, code) => (Self::NeedsCredential, code),
            other => other,
        }
    }

    /// What a device lacks whose action would be refused with this code.
    pub fn of_refusal(code: Code) -> Self {
        match code {
            Code::AdministratorUnknown
            | Code::AdministratorHasNoToken
            | Code::AdministratorTokenUnusable
            | Code::AdministratorNotAdmin
            | Code::AdministratorDisabled
            | Code::CredentialStale
            | Code::UnresolvedWildcard => Self::NeedsCredential,
            _ => Self::NeedsPerson,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readiness_has_the_words_of_its_json() {
        for readiness in Readiness::ALL {
            assert_eq!(serde_json::to_value(readiness).unwrap(), readiness.word());
            assert_eq!(Readiness::from_word(readiness.word()), Some(readiness));
        }
    }
}
