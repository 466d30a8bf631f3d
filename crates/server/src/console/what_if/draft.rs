//! What is filled in, and what it asks.

use serde::Deserialize;
use trust::account_choice::AccountChoice;
use trust::action::{
    ActionTemplate, DeleteAccountTemplate, GuardedAccountTemplate, RemoveServiceAccount,
    ResetPasswordTemplate,
};
use trust::name::AccountName;
use trust::wildcard::Templated;

use crate::bulk_actions::selector::{Search, Selector};
use crate::console::components::{query, sentence};
use crate::devices::list::{chain_word, finding_code};
use crate::problem::Problem;
use crate::what_if::ask::Wanted;
use crate::what_if::input::{Question, Supposed};

/// What can be supposed, with its words. Those that name an account come first.
pub(super) const KINDS: [(&str, &str); 7] = [
    ("delete_account", "An account is deleted"),
    ("disable_account", "An account is disabled"),
    ("demote_account", "An account becomes a standard account"),
    (
        "reset_password",
        "An account's password is reset, and that fails half way",
    ),
    ("remove_service_account", "The service account is removed"),
    ("uninstall", "The agent is uninstalled"),
    ("mdm_unenrol", "The Mac leaves its MDM"),
];

/// The names of the fields.
pub(super) mod name {
    pub(crate) const KIND: &str = "kind";
    pub(crate) const TARGET: &str = "target";
    pub(crate) const ADMINISTRATOR: &str = "administrator";
    pub(crate) const Q: &str = "q";
    pub(crate) const STATE: &str = "state";
    pub(crate) const FINDING: &str = "finding";
    pub(crate) const VERDICT: &str = "verdict";
    pub(crate) const CURSOR: &str = "cursor";
    pub(crate) const COUNT_FROM: &str = "count_from";
}

/// What is filled in. Nothing is, when the page is opened.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Draft {
    pub(super) kind: String,
    pub(super) target: String,
    pub(super) administrator: String,
    pub(super) q: String,
    pub(super) state: String,
    pub(super) finding: String,
    pub(super) verdict: String,
    cursor: Option<String>,
    count_from: Option<String>,
}

impl Draft {
    /// What is asked, once a kind is chosen; or what is wrong with the account's name.
    pub(super) fn question(&self) -> Result<Option<Result<Question, String>>, Problem> {
        if self.kind.is_empty() {
            return Ok(None);
        }
        let selector = Selector::Search(Search {
            q: self.q.clone(),
            state: chain_word(Some(self.state.clone()))?,
            finding: finding_code(Some(&self.finding))?,
            service_account: None,
        });
        let supposed = match self.supposed()? {
            Ok(supposed) => supposed,
            Err(wrong) => return Ok(Some(Err(wrong))),
        };
        Ok(Some(Ok(Question { selector, supposed })))
    }

    fn supposed(&self) -> Result<Result<Supposed, String>, Problem> {
        if let Some(supposed) = Supposed::from_word(&self.kind) {
            return Ok(Ok(supposed));
        }
        if self.kind == "remove_service_account" {
            let remove = ActionTemplate::RemoveServiceAccount(RemoveServiceAccount::default());
            return Ok(Ok(Supposed::Action(remove)));
        }
        let target = match account_name(&self.target, "Enter the account's username.") {
            Ok(target) => AccountChoice::Named(target),
            Err(wrong) => return Ok(Err(wrong)),
        };
        let guarded = GuardedAccountTemplate {
            target: target.clone(),
            confirm_device_name: None,
        };
        let template = match self.kind.as_str() {
            "delete_account" => ActionTemplate::DeleteAccount(DeleteAccountTemplate {
                target,
                remove_home: false,
                confirm_device_name: None,
            }),
            "disable_account" => ActionTemplate::DisableAccount(guarded),
            "demote_account" => ActionTemplate::DemoteAccount(guarded),
            "reset_password" => {
                match account_name(&self.administrator, "Enter who resets the password as well.") {
                    Ok(administrator) => ActionTemplate::ResetPassword(ResetPasswordTemplate {
                        target,
                        administrator,
                    }),
                    Err(wrong) => return Ok(Err(wrong)),
                }
            }
            _ => return Err(Problem::invalid("kind", "is one of those that the form offers")),
        };
        Ok(Ok(Supposed::Action(template)))
    }

    /// Which Macs of the answer are shown.
    pub(super) fn wanted(&self) -> Wanted {
        Wanted {
            verdict: Some(self.verdict.clone()),
            cursor: self.cursor.clone(),
            limit: None,
            count_from: self.count_from.clone(),
        }
    }

    /// Whether the page begins with the first Macs.
    pub(super) fn is_first(&self) -> bool {
        self.cursor.is_none() && !self.only_counts()
    }

    /// Whether the page counts on and lists no Mac.
    pub(super) fn only_counts(&self) -> bool {
        self.count_from.is_some()
    }

    /// The address of the same question, with other Macs of the answer.
    pub(super) fn address(&self, verdict: Option<&str>, cursor: Option<&str>) -> String {
        self.address_with(verdict, (name::CURSOR, cursor))
    }

    /// The address at which the count goes on.
    pub(super) fn count_on(&self, next: &str) -> String {
        self.address_with(None, (name::COUNT_FROM, Some(next)))
    }

    fn address_with(&self, verdict: Option<&str>, place: (&'static str, Option<&str>)) -> String {
        fn given(text: &str) -> Option<&str> {
            Some(text).filter(|text| !text.is_empty())
        }
        let pairs = query(&[
            (name::KIND, given(&self.kind)),
            (name::TARGET, given(&self.target)),
            (name::ADMINISTRATOR, given(&self.administrator)),
            (name::Q, given(&self.q)),
            (name::STATE, given(&self.state)),
            (name::FINDING, given(&self.finding)),
            (name::VERDICT, verdict),
            place,
        ]);
        format!("{}{pairs}", super::show::ADDRESS)
    }
}

/// The account that is named; or what is wrong with the name.
fn account_name(text: &str, missing: &str) -> Result<Templated<AccountName>, String> {
    if text.is_empty() {
        return Err(missing.to_owned());
    }
    match text.parse::<Templated<AccountName>>() {
        Ok(name) => Ok(name),
        Err(error) => Err(format!("{}.", sentence(&error.to_string()))),
    }
}
