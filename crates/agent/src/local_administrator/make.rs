//! The account is made, and gets a token from the service account where that can hand one on.

use std::io;

use mac::AccountName;
use mac::dscl;
use trust::action::{AccountRole, CreateAccount};
use trust::code::Code;
use trust::local_administrator::Settings;
use trust::observation::Observation;
use trust::outcome::TrustEdge;
use trust::service_account::{Status, condition};

use super::keeper::{self, Task};
use super::rotate::drawn_and_sealed;
use super::settle::{InForce, settle};
use super::trial::Subject;
use crate::observe::Freshness;
use crate::password_store::Password;
use crate::perform::Tools;
use crate::perform::diary::Diary;
use crate::perform::make_account::{self, Made};
use crate::recovery_key::Vault;
use crate::service_account;

/// How making it, or handing it a token, ended.
pub(super) struct Ended {
    pub(super) code: Code,
    pub(super) edge: Option<TrustEdge>,
}

impl Ended {
    pub(super) fn with(code: Code) -> Self {
        Self { code, edge: None }
    }
}

/// Makes the account. Its password lies in the keychain and sealed to the vault before that.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub(super) fn make(
    tools: Tools<'_>,
    settings: &Settings,
    vault: &Vault,
    diary: &mut Diary<'_>,
) -> io::Result<Ended> {
    let wanted = CreateAccount {
        target: settings.account.clone(),
        full_name: settings.full_name.clone(),
        role: AccountRole::Administrator,
        hidden: settings.hidden,
        administrator: None,
        promote_administrator: false,
    };
    let Some((password, message)) = drawn_and_sealed(tools, settings, vault, diary) else {
        return Ok(Ended::with(Code::LocalAdministratorNotMade));
    };
    let task = Task::Make {
        wanted: wanted.clone(),
    };
    tools
        .custody
        .local_administrator
        .begin(task, &password, message)?;
    go_on(tools, &wanted, diary)
}

/// Goes on with an account whose making was begun.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub(super) fn go_on(tools: Tools<'_>, wanted: &CreateAccount, diary: &mut Diary<'_>) -> io::Result<Ended> {
    let failed = || Ok(Ended::with(Code::LocalAdministratorNotMade));
    let keeper = &tools.custody.local_administrator;
    let work = keeper.remembered().work;
    let kept = keeper.passwords.all()?;
    let password = work.and_then(|work| kept.into_iter().find(|password| password.id == work.password));
    let (Ok(name), Some(password)) = (AccountName::new(wanted.target.as_str()), password) else {
        keeper.abandoned()?;
        return failed();
    };
    if make_account::make(tools, wanted, &name, &password.secret, diary) != Made::Proved {
        if matches!(dscl::user(tools.runner, &name), Ok(None)) {
            keeper.abandoned()?;
        }
        return failed();
    }
    let seen = tools.look(Freshness::Now);
    let Some(account) = seen.account(name.as_str()) else {
        diary.saw("dscl -readall", format!("{name} is not seen"));
        return failed();
    };
    keeper.memory.change(|memory| {
        memory.account = Some(keeper::Account {
            name: wanted.target.clone(),
            guid: account.guid.clone(),
        });
        memory.taken = None;
    })?;
    let handed = hand_token_to(tools, &seen, &password, diary)?;
    let (in_force, after) = (settle(tools, diary)?, tools.look(Freshness::Now));
    let holds = Subject::of(&after, &keeper.remembered()).is_some_and(|subject| subject.has_token());
    Ok(Ended {
        code: match (in_force, holds) {
            (InForce::New { is_proved: true }, true) => Code::LocalAdministratorMade,
            (InForce::New { is_proved: true }, false) => Code::LocalAdministratorMadeWithoutToken,
            (InForce::New { is_proved: false } | InForce::Unknown, _) => Code::LocalAdministratorUnproved,
            (InForce::Former | InForce::Neither, _) => Code::LocalAdministratorNotMade,
        },
        edge: handed.and_then(|handed| handed.edge),
    })
}

/// Has the service account hand a token on to the account, which takes this password; `None` where it cannot, or need not.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub(super) fn hand_token_to(
    tools: Tools<'_>,
    seen: &Observation,
    password: &Password,
    diary: &mut Diary<'_>,
) -> io::Result<Option<Ended>> {
    let keeper = &tools.custody.local_administrator;
    let Some(subject) = Subject::of(seen, &keeper.remembered()) else {
        return Ok(None);
    };
    if subject.has_token() || !matches!(condition(seen), Status::Valid { .. }) {
        return Ok(None);
    }
    let to = (&subject.name, &password.secret);
    let done = service_account::hand_token_to(tools, seen, to, true, diary)?;
    if done.code.is_success() {
        keeper.memory.change(|memory| {
            memory.rewrapped += 1;
            // The vault learns that the disk takes it, too.
            memory.in_vault = memory.in_vault.take().filter(|_| memory.work.is_some());
        })?;
    }
    Ok(Some(Ended {
        code: done.code,
        edge: done.edge,
    }))
}
