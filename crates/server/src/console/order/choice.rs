//! Which account a form means that exists: by its username, or by alias, user id or role.

use std::borrow::Cow;

use maud::{Markup, html};
use trust::account_choice::AccountChoice;
use trust::action::AccountRole;

use super::draft::{account_name, name};
use crate::console::components::{Choice, Errors, Field, Takes};

/// The values of [`name::TARGET_BY`] that are neither a role's word nor empty for the username.
const BY_ALIAS: &str = "alias";
const BY_UID: &str = "uid";

/// The account that is filled in, or what is wrong with it. `by` says how it is chosen, `text` is what was typed for it.
pub(in crate::console) fn choice(by: &str, text: &str, errors: &mut Errors) -> Option<AccountChoice> {
    let mut wrong = |sentence: &str| {
        errors.insert(name::TARGET, sentence.to_owned());
        None
    };
    match by {
        "" => account_name(text, name::TARGET, errors).map(AccountChoice::Named),
        BY_ALIAS if text.is_empty() => wrong("Enter one of the account's names."),
        BY_ALIAS => account_name(text, name::TARGET, errors).map(|alias| AccountChoice::Alias { alias }),
        BY_UID => match text.trim().parse() {
            Ok(uid) => Some(AccountChoice::Uid { uid }),
            Err(_) => wrong("Enter the user id, a whole number such as 502."),
        },
        role => match AccountRole::from_word(role) {
            Some(role) if text.is_empty() => Some(AccountChoice::Role { role }),
            Some(_) => wrong("Leave this empty where the role says which account is meant."),
            None => wrong("Choose the account in one of the ways that the form offers."),
        },
    }
}

/// What was chosen, in words; `None` where it is a username.
pub(super) fn words<'a>(by: &str, text: &'a str) -> Option<Cow<'a, str>> {
    match by {
        "" => None,
        _ => choice(by, text, &mut Errors::new()).map(|choice| Cow::Owned(choice.as_text().into_owned())),
    }
}

/// The fields: the username, and behind a fold the other ways to say which account is meant.
pub(in crate::console) struct ChoiceFields<'a> {
    /// How it is chosen.
    pub by: &'a str,
    /// What was typed for it.
    pub text: &'a str,
    /// A word on what to fill in.
    pub hint: Option<Markup>,
    /// What is wrong, in a sentence.
    pub error: Option<&'a str>,
    /// The id of a list of suggestions.
    pub list: Option<&'a str>,
}

impl ChoiceFields<'_> {
    /// The fields.
    pub(in crate::console) fn render(self) -> Markup {
        let field = Field {
            name: name::TARGET,
            label: "Username",
            value: self.text,
            takes: Takes::Username,
            hint: self.hint,
            error: self.error,
            list: self.list,
            // A role needs no name.
            required: false,
        };
        html! {
            (field.render())
            details.more open[!self.by.is_empty()] {
                summary { "Or by alias, user id or role" }
                p.hint {
                    "For an alias or a user id, type it in the place of the username. For a role leave that empty: "
                    "it means the only account of the role, and never the one who hands on or helps."
                }
                (Choice {
                    name: name::TARGET_BY,
                    label: "The account is chosen by",
                    options: vec![
                        ("", "its username"),
                        (BY_ALIAS, "an alias, which is any of its names"),
                        (BY_UID, "its user id"),
                        (AccountRole::Standard.word(), "its role: the only standard account"),
                        (AccountRole::Administrator.word(), "its role: the only administrator"),
                    ],
                    chosen: self.by,
                }.render())
            }
        }
    }
}
