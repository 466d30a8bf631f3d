//! A word on a coloured ground. The word tells; the colour only helps.

use maud::{Markup, html};
use trust::action::ActionState;
use trust::chain::Health;
use trust::token::TokenState;
use trust::words::{HELD, standing};

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
pub(crate) fn presence(online: bool) -> Markup {
    html! {
        @if online { span.presence.on { "online" } } @else { span.presence.off { "offline" } }
    }
}

/// What a chain is worth, by its word in the API.
pub(crate) fn chain_badge(word: &str) -> Markup {
    let tone = match word {
        "can_grant" => Tone::Good,
        "broken" | "only_standard_holders" => Tone::Bad,
        "no_tokens" | "not_observed" => Tone::Idle,
        _ => Tone::Warn,
    };
    badge(tone, chain_words(word))
}

/// What a chain is worth as people say it.
pub(crate) fn chain_words(word: &str) -> &'static str {
    Health::from_word(word).map_or("not observed yet", Health::label)
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

/// Where an action stands, or that its bulk run holds it.
pub(crate) fn standing_badge(state: ActionState, held: bool) -> Markup {
    match standing(state, held) {
        HELD => badge(Tone::Idle, HELD),
        _ => state_badge(state),
    }
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
