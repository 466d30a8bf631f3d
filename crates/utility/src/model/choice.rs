//! An account to choose.

use trust::name::AccountName;
use utility_protocol::message::{Holds, LocalAccount};

/// An account to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Record name.
    pub record_name: AccountName,
    /// What it is called in the list.
    pub label: String,
    /// Whether it could help, as far as is known.
    fits: Fits,
}

/// How well an account fits, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fits {
    /// An administrator who holds a token.
    Well,
    /// It holds a token.
    Holds,
    /// Nobody knows whether it holds one.
    Perhaps,
    /// It holds none.
    Not,
}

impl Choice {
    /// Choices of these accounts: administrators who hold a token first, then others who hold one.
    pub fn most_fitting_first(accounts: Vec<LocalAccount>) -> Vec<Self> {
        let mut choices: Vec<Self> = accounts.into_iter().map(Self::of).collect();
        choices.sort_by_cached_key(|choice| (choice.fits, choice.label.to_lowercase()));
        choices
    }

    fn of(account: LocalAccount) -> Self {
        let record_name = account.record_name;
        let name = match account.real_name.trim() {
            "" => record_name.to_string(),
            real_name if real_name == record_name.as_str() => record_name.to_string(),
            real_name => format!("{real_name} ({record_name})"),
        };
        let (label, fits) = match (account.holds, account.administrator) {
            (Holds::Yes, true) => (format!("{name} \u{2013} Secure Token"), Fits::Well),
            (Holds::Yes, false) => (
                format!("{name} \u{2013} Secure Token, no administrator"),
                Fits::Holds,
            ),
            (Holds::Unknown, _) => (name, Fits::Perhaps),
            (Holds::No, _) => (name, Fits::Not),
        };
        Self {
            record_name,
            label,
            fits,
        }
    }
}
