//! The kinds of remedies, by what they ask of people.

use serde::{Deserialize, Serialize};

/// What a remedy asks of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RemedyKind {
    /// Nothing: the agent does it by itself.
    Agent,
    /// The Mac is started again, and somebody logs in.
    Restart,
    /// A certain person logs in at the Mac.
    NextLogin,
    /// An order is given from the console, as a rule with an account's password.
    Console,
    /// The Mac is managed otherwise: by its MDM, or over ssh.
    Management,
    /// Somebody at the Mac types a password into the Bestow Service Account app.
    Utility,
    /// Somebody does something at the Mac, such as in System Settings.
    AtTheMac,
    /// The agent is installed again over the top, with the password of an administrator who holds a token.
    Reinstall,
    /// The Mac's chain is mended, by a way that has a page of its own.
    Recovery,
}

impl RemedyKind {
    /// Every kind, the cheapest first.
    pub const ALL: [Self; 9] = [
        Self::Agent,
        Self::Restart,
        Self::NextLogin,
        Self::Console,
        Self::Management,
        Self::Utility,
        Self::AtTheMac,
        Self::Reinstall,
        Self::Recovery,
    ];

    /// The word for it, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Restart => "restart",
            Self::NextLogin => "next_login",
            Self::Console => "console",
            Self::Management => "management",
            Self::Utility => "utility",
            Self::AtTheMac => "at_the_mac",
            Self::Reinstall => "reinstall",
            Self::Recovery => "recovery",
        }
    }

    /// The kind of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Agent => "The agent mends it by itself",
            Self::Restart => "Restart and log in",
            Self::NextLogin => "Next login of a named person",
            Self::Console => "An order from here",
            Self::Management => "A change by the MDM or over ssh",
            Self::Utility => "The Bestow Service Account app on the Mac",
            Self::AtTheMac => "A step at the Mac",
            Self::Reinstall => "Install the agent again over the top",
            Self::Recovery => "The way to recovery",
        }
    }
}
