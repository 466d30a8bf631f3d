//! One way back: what it is, and whether it is open.

use serde::{Deserialize, Serialize};

use super::Guide;
use crate::action::Action;

/// The ways back, the cheapest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// An account that still holds a token hands it on.
    AnotherHolder,
    /// macOS gives its automatic first token, which nobody has taken yet.
    FirstToken,
    /// The MDM's bootstrap token gives one at a login at the screen.
    BootstrapToken,
    /// An account's token comes to life again with the password that the disk still knows.
    FormerPassword,
    /// The personal recovery key resets the passwords in macOS Recovery.
    PersonalRecoveryKey,
    /// The passwords are reset in macOS Recovery without a key.
    PasswordReset,
    /// The organisation's institutional recovery key opens the disk.
    InstitutionalRecoveryKey,
    /// The Apple Account that was allowed to open the disk resets a password.
    AppleAccount,
    /// The Mac is erased and set up anew.
    Erase,
}

impl Way {
    /// Every way, the cheapest first.
    pub const ALL: [Self; 9] = [
        Self::AnotherHolder,
        Self::FirstToken,
        Self::BootstrapToken,
        Self::FormerPassword,
        Self::PersonalRecoveryKey,
        Self::PasswordReset,
        Self::InstitutionalRecoveryKey,
        Self::AppleAccount,
        Self::Erase,
    ];

    /// The way of this word, as it stands in JSON.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.word() == word)
    }

    /// The way's word, as it stands in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::AnotherHolder => "another_holder",
            Self::FirstToken => "first_token",
            Self::BootstrapToken => "bootstrap_token",
            Self::FormerPassword => "former_password",
            Self::PersonalRecoveryKey => "personal_recovery_key",
            Self::PasswordReset => "password_reset",
            Self::InstitutionalRecoveryKey => "institutional_recovery_key",
            Self::AppleAccount => "apple_account",
            Self::Erase => "erase",
        }
    }

    /// Whether macOS is left on it, for macOS Recovery or another Mac.
    pub fn leaves_macos(self) -> bool {
        match self {
            Self::PersonalRecoveryKey
            | Self::PasswordReset
            | Self::InstitutionalRecoveryKey
            | Self::AppleAccount
            | Self::Erase => true,
            Self::AnotherHolder | Self::FirstToken | Self::BootstrapToken | Self::FormerPassword => false,
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::AnotherHolder => "Another account hands its token on",
            Self::FirstToken => "The first token, which nobody has taken yet",
            Self::BootstrapToken => "A login with the MDM's bootstrap token",
            Self::FormerPassword => "The password that the disk still knows",
            Self::PersonalRecoveryKey => "The personal recovery key",
            Self::PasswordReset => "New passwords in macOS Recovery, without a key",
            Self::InstitutionalRecoveryKey => "The institutional recovery key",
            Self::AppleAccount => "An Apple Account",
            Self::Erase => "Erase the Mac and set it up anew",
        }
    }
}

/// Whether a way leads back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = WayStanding))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Everything that was seen speaks for it.
    Open,
    /// Something that it needs is not known, or does not agree with something else.
    Uncertain,
    /// It cannot lead back.
    Closed,
}

impl Standing {
    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Uncertain => "not certain",
            Self::Closed => "closed",
        }
    }
}

/// A way as it stands on one Mac.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WayBack {
    /// Which one.
    pub way: Way,
    /// Whether it leads back.
    pub standing: Standing,
    /// What was seen that says so.
    pub because: String,
    /// What is not known, and shows only when somebody goes the way.
    pub unknowns: Vec<String>,
    /// The action that goes it, ready but for its passwords, where Bestow can.
    pub action: Option<Action>,
    /// How a person goes it; `None` when it is closed.
    pub guide: Option<Guide>,
}

impl WayBack {
    pub(super) fn open(way: Way, because: impl Into<String>, guide: Guide) -> Self {
        Self {
            way,
            standing: Standing::Open,
            because: because.into(),
            unknowns: Vec::new(),
            action: None,
            guide: Some(guide),
        }
    }

    pub(super) fn uncertain(way: Way, because: impl Into<String>, guide: Guide) -> Self {
        Self {
            standing: Standing::Uncertain,
            ..Self::open(way, because, guide)
        }
    }

    pub(super) fn closed(way: Way, because: impl Into<String>) -> Self {
        Self {
            way,
            standing: Standing::Closed,
            because: because.into(),
            unknowns: Vec::new(),
            action: None,
            guide: None,
        }
    }

    /// The same way, with what is not known of it.
    pub(super) fn with_unknowns<S: Into<String>>(self, unknowns: impl IntoIterator<Item = S>) -> Self {
        Self {
            unknowns: unknowns.into_iter().map(Into::into).collect(),
            ..self
        }
    }
}
