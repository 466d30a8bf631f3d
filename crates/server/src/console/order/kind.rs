//! The actions that have a form.

use trust::action::Action;

use crate::action_kinds::list::{ALL, ActionKindView};

/// An action that can be asked for by a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::console) enum OrderKind {
    /// Hand a token on.
    GrantSecureToken,
    /// Make an account.
    CreateAccount,
}

impl OrderKind {
    /// Every kind, in the order of the menu.
    pub(in crate::console) const ALL: [Self; 2] = [Self::GrantSecureToken, Self::CreateAccount];

    /// The kind of an action.
    pub(in crate::console) fn of(action: &Action) -> Self {
        match action {
            Action::GrantSecureToken(_) => Self::GrantSecureToken,
            Action::CreateAccount(_) => Self::CreateAccount,
        }
    }

    /// What menus call it.
    pub(in crate::console) fn label(self) -> &'static str {
        self.entry().label
    }

    /// What it does, in a line.
    pub(in crate::console) fn description(self) -> &'static str {
        self.entry().summary
    }

    /// The category that it stands in.
    pub(in crate::console) fn category(self) -> &'static str {
        self.entry().category
    }

    /// The last part of the form's address.
    pub(in crate::console) fn slug(self) -> &'static str {
        match self {
            Self::GrantSecureToken => "grant-secure-token",
            Self::CreateAccount => "create-user-account",
        }
    }

    /// The kind whose form has this address.
    pub(in crate::console) fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    /// What the form's button says.
    pub(super) fn button(self) -> &'static str {
        match self {
            Self::GrantSecureToken => "Grant Token",
            Self::CreateAccount => "Create",
        }
    }

    /// The kind in the catalogue of what can be asked.
    fn entry(self) -> &'static ActionKindView {
        match self {
            Self::GrantSecureToken => &ALL[0],
            Self::CreateAccount => &ALL[1],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_the_catalogue_has_its_form() {
        let kinds: Vec<&str> = ALL.iter().map(|entry| entry.kind).collect();
        assert_eq!(kinds, ["grant_secure_token", "create_account"]);
        let labels: Vec<&str> = OrderKind::ALL.iter().map(|kind| kind.label()).collect();
        assert_eq!(labels, ["Grant Secure Token", "Create User Account"]);
        for kind in OrderKind::ALL {
            assert_eq!(OrderKind::from_slug(kind.slug()), Some(kind));
        }
    }
}
