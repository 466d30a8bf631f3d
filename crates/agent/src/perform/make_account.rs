//! Makes an account with Apple's tool, and reads it back.

use mac::AccountName;
use mac::dscl::{self, Edit, PasswordCheck};
use mac::sysadminctl::{self, AddUserClaim, Channel, Claim, NewAccount};
use secrecy::SecretString;
use trust::action::{AccountRole, CreateAccount};
use trust::code::Code;

use super::diary::Diary;
use super::{Tools, claims};
use crate::answers;

const ADD_USER: &str = "sysadminctl -addUser";

/// What reading the account back showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Made {
    /// It is there, and Open Directory takes its password.
    Proved,
    /// The password breaks the Mac's policy. No account was made.
    PolicyRefused,
    /// The full name is another's. No account was made.
    FullNameTaken,
    /// Record name or number is another's.
    Taken,
    /// There is no such account, or it does not take the password.
    Missing,
    /// The Mac gave no answer that can be relied on.
    Unreadable,
}

impl Made {
    /// The end that this is, when the account was not proved.
    pub(super) fn code(self) -> Code {
        match self {
            Self::Proved => Code::AccountCreated,
            Self::PolicyRefused => Code::PasswordPolicyConflict,
            Self::FullNameTaken => Code::FullNameTaken,
            Self::Taken => Code::AccountExists,
            Self::Missing => Code::AccountNotCreated,
            Self::Unreadable => Code::StateUnreadable,
        }
    }
}

/// Makes the account, unless an earlier run has, and proves it.
pub(crate) fn make(
    tools: Tools<'_>,
    wanted: &CreateAccount,
    name: &AccountName,
    password: &SecretString,
    diary: &mut Diary<'_>,
) -> Made {
    let claim = match dscl::user(tools.runner, name) {
        Ok(Some(_)) => None,
        Ok(None) => add_user(tools, wanted, name, password, diary),
        Err(error) => {
            diary.no_answer("dscl -read", &error);
            return Made::Unreadable;
        }
    };
    match dscl::user(tools.runner, name) {
        Ok(Some(_)) => {}
        Ok(None) => {
            diary.saw("dscl -read", format!("there is no account {name}"));
            return match claim {
                Some(AddUserClaim::FullNameTaken) => Made::FullNameTaken,
                Some(AddUserClaim::IdentityTaken) => Made::Taken,
                Some(AddUserClaim::Refused(Claim::NewPasswordRefused)) => Made::PolicyRefused,
                _ => Made::Missing,
            };
        }
        Err(error) => {
            diary.no_answer("dscl -read", &error);
            return Made::Unreadable;
        }
    }
    if wanted.hidden {
        let edited = dscl::edit(
            tools.runner,
            "/Users/",
            name.as_str(),
            Edit::Create("IsHidden", &["1"]),
        );
        diary.saw("dscl -create IsHidden", format!("{edited:?}"));
    }
    takes_password(tools, name, password, diary)
}

/// Runs the tool on a terminal: fed by a pipe, some builds make an account without a password.
fn add_user(
    tools: Tools<'_>,
    wanted: &CreateAccount,
    name: &AccountName,
    password: &SecretString,
    diary: &mut Diary<'_>,
) -> Option<AddUserClaim> {
    let account = NewAccount {
        full_name: Some(wanted.full_name.as_str()),
        administrator: wanted.role == AccountRole::Administrator,
        ..NewAccount::new(name, password)
    };
    match sysadminctl::add_user(tools.runner, account, None, Channel::Pty) {
        Ok(claim) => {
            diary.saw(
                ADD_USER,
                format!("it says {}, which proves nothing", claims::add_user_words(&claim)),
            );
            Some(claim)
        }
        Err(error) => {
            diary.no_answer(ADD_USER, &error);
            None
        }
    }
}

/// An account whose password was not set by an interrupted run gets it now; it is ours and holds no token yet.
fn takes_password(
    tools: Tools<'_>,
    name: &AccountName,
    password: &SecretString,
    diary: &mut Diary<'_>,
) -> Made {
    for set_first in [false, true] {
        if set_first {
            match dscl::change_password(tools.runner, name, password, password) {
                Ok(change) => diary.saw(
                    "dscl -passwd",
                    format!("it says {change:?}, which proves nothing"),
                ),
                Err(error) => diary.no_answer("dscl -passwd", &error),
            }
        }
        match dscl::check_password(tools.runner, name, password) {
            Ok(PasswordCheck::Right) => {
                diary.saw("dscl -authonly", format!("{name} exists and takes its password"));
                return Made::Proved;
            }
            Ok(other) => diary.saw(
                "dscl -authonly",
                format!("{name} does not take its password: {}", answers::password(&other)),
            ),
            Err(error) => {
                diary.no_answer("dscl -authonly", &error);
                return Made::Unreadable;
            }
        }
    }
    Made::Missing
}
