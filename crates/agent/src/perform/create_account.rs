//! Create User Account: make the account, read it back, and hand it a token if asked. The two ends are told apart.

use std::io;

use mac::AccountName;
use secrecy::SecretString;
use trust::action::{Action, CreateAccount};
use trust::code::Code;
use trust::observation::Observation;
use trust::outcome::{Outcome, Part, PartOutcome};
use trust::plan::{Knowledge, Plan, Situation};

use super::diary::Diary;
use super::hand_on::{HandOver, HandedOver, Party};
use super::make_account::{self, Made};
use super::{Tools, passwords, policy};
use crate::observe::Freshness;

/// One order to make an account, with its opened secrets.
pub(super) struct Request<'a> {
    pub(super) create: &'a CreateAccount,
    /// The granter's password, when a token is asked for.
    pub(super) administrator: Option<SecretString>,
    /// The new account's password.
    pub(super) target: SecretString,
    /// An earlier run may have made the account already.
    pub(super) resumed: bool,
}

pub(super) fn create_account(
    tools: Tools<'_>,
    request: &Request<'_>,
    diary: &mut Diary<'_>,
    before_touching: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<Outcome> {
    let before = tools.look(Freshness::Now);
    let Ok(target) = AccountName::new(request.create.target.as_str()) else {
        diary.saw("plan", "Apple's tools cannot take the account name");
        return Ok(diary.outcome(Code::ToolFailed, request.resumed));
    };
    let exists = before.account(target.as_str()).is_some();
    if request.resumed && exists {
        diary.saw(
            "journal",
            "an earlier run was cut off after it had begun to make the account",
        );
    } else {
        if let Some(code) = stands_in_the_way(tools, request, &before, diary) {
            return Ok(diary.outcome(code, request.resumed));
        }
        before_touching()?;
    }
    let made = make_account::make(tools, request.create, &target, &request.target, diary);
    let part = |part, code| PartOutcome { part, code };
    if made != Made::Proved {
        let code = made.code();
        let parts = vec![part(Part::CreateAccount, code)];
        return Ok(Outcome {
            parts,
            ..diary.outcome(code, true)
        });
    }
    let created = part(Part::CreateAccount, Code::AccountCreated);
    let Some(granted) = hand_token_on(tools, request, &target, diary)? else {
        return Ok(Outcome {
            parts: vec![created],
            ..diary.outcome(Code::AccountCreated, true)
        });
    };
    let code = match (granted.left_promoted, granted.code.is_success()) {
        (true, _) => Code::DemotionUnproved,
        (false, true) => Code::CreatedWithToken,
        (false, false) => Code::CreatedWithoutToken,
    };
    let parts = vec![created, part(Part::GrantSecureToken, granted.code)];
    Ok(Outcome {
        parts,
        edge: granted.edge,
        ..diary.outcome(code, true)
    })
}

/// Why nothing is made: the plan says so, or the Mac's password policy, or the granter's password. An account that could
/// get no token is not made first.
fn stands_in_the_way(
    tools: Tools<'_>,
    request: &Request<'_>,
    before: &Observation,
    diary: &mut Diary<'_>,
) -> Option<Code> {
    let plan = |knowledge| {
        let situation = Situation {
            observation: Some(before),
            online: true,
            knowledge,
        };
        Plan::for_action(&Action::CreateAccount(request.create.clone()), &situation).refusal()
    };
    let mut known = Knowledge {
        password_policy: policy::takes(tools, request.create.target.as_str(), &request.target, diary),
        ..Knowledge::NONE
    };
    if let Some(code) = plan(known) {
        return Some(code);
    }
    let (Some(grant), Some(password)) = (request.create.grant(), &request.administrator) else {
        return None;
    };
    let account = before.account(grant.administrator.as_str())?;
    let name = AccountName::new(&account.record_name).ok()?;
    passwords::try_administrator(tools, &name, account, password, &mut known, diary);
    plan(known)
}

/// Hands the new account a token, when one was asked for. macOS may have given it one by itself.
fn hand_token_on(
    tools: Tools<'_>,
    request: &Request<'_>,
    target: &AccountName,
    diary: &mut Diary<'_>,
) -> io::Result<Option<HandedOver>> {
    let (Some(grant), Some(password)) = (request.create.grant(), &request.administrator) else {
        return Ok(None);
    };
    let refused = |code| {
        Ok(Some(HandedOver {
            code,
            edge: None,
            left_promoted: false,
        }))
    };
    let now = tools.look(Freshness::Now);
    let Ok(administrator) = AccountName::new(grant.administrator.as_str()) else {
        return refused(Code::AdministratorUnknown);
    };
    let (Some(granter), Some(account)) = (now.account(administrator.as_str()), now.account(target.as_str()))
    else {
        return refused(Code::StateUnreadable);
    };
    let hand_over = HandOver::new(
        Party {
            name: &administrator,
            account: granter,
            password,
        },
        Party {
            name: target,
            account,
            password: &request.target,
        },
        grant.promote_administrator,
        &now,
    );
    if request.resumed
        && let Some(done) = hand_over.found_done(tools, diary)
    {
        return Ok(Some(done));
    }
    hand_over.take_place(tools, diary).map(Some)
}
