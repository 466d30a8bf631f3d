//! A word on a coloured ground. The word tells; the colour only helps.

use maud::{Markup, html};
use trust::action::ActionState;
use trust::token::TokenState;

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Good,
    Warn,
    Bad,
    Idle,
}

impl Tone {
    /// The class of the style sheet.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Idle => "idle",
        }
    }
}

/// A badge.
pub(crate) fn badge(tone: Tone, word: &str) -> Markup {
    html! { span class={ "badge " (tone.class()) } { (word) } }
}

/// Whether a device is connected.
pub(crate) fn online_badge(online: bool) -> Markup {
    if online {
        badge(Tone::Good, "online")
    } else {
        badge(Tone::Idle, "offline")
    }
}

/// What a chain is worth, by its word in the API.
pub(crate) fn chain_badge(word: &str) -> Markup {
    match word {
        "can_grant" => badge(Tone::Good, "can grant"),
        "only_standard_holders" => badge(Tone::Warn, "only standard holders"),
        "broken" => badge(Tone::Bad, "broken"),
        "no_tokens" => badge(Tone::Idle, "knows no tokens"),
        "not_observed" => badge(Tone::Idle, "not observed yet"),
        _ => badge(Tone::Warn, "unknown"),
    }
}

/// Where an action stands.
pub(crate) fn state_badge(state: ActionState) -> Markup {
    let tone = match state {
        ActionState::Succeeded => Tone::Good,
        ActionState::Failed => Tone::Bad,
        ActionState::Refused | ActionState::Expired => Tone::Warn,
        ActionState::Queued | ActionState::Offered | ActionState::Running | ActionState::Cancelled => {
            Tone::Idle
        }
    };
    badge(tone, state.word())
}

/// What an account's token is worth.
pub(crate) fn token_badge(token: TokenState) -> Markup {
    let tone = match token {
        TokenState::Usable { .. } => Tone::Good,
        TokenState::Unverified | TokenState::Unknown => Tone::Warn,
        TokenState::Unusable { .. } => Tone::Bad,
        TokenState::Absent => Tone::Idle,
    };
    badge(tone, token.word())
}
