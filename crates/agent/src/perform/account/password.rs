//! An account gets another password: by the one that it has, or by the authority of another account. Directory and disk are
//! both proved to take the new one.

use std::io;

use mac::diskutil;
use mac::sysadminctl::{self, Channel, Claim};
use mac::{AccountName, Credential, dscl};
use secrecy::SecretString;
use trust::action::Action;
use trust::code::Code;
use trust::observation::{Account, FileVault, Observation, ProofResult, TokenLabel};
use trust::outcome::Outcome;
use trust::plan::{Knowledge, Plan, Situation};
use trust::token::{TokenState, token_state};

use crate::observe::Freshness;
use crate::perform::diary::Diary;
use crate::perform::probe::{self, Disk, Trial};
use crate::perform::read_back::{Finding, Subject, holds_token};
use crate::perform::{Tools, claims, passwords, policy};

/// One order with its opened secrets.
pub(in crate::perform) struct Request<'a> {
    pub(in crate::perform) action: &'a Action,
    /// The password that the account has, or that of the account by whose authority it gets another.
    pub(in crate::perform) authority: SecretString,
    /// The password that it is to have.
    pub(in crate::perform) new: SecretString,
    /// An earlier run may have set it already.
    pub(in crate::perform) resumed: bool,
}

/// Sets the password, and proves its end.
///
/// # Errors
/// When it could not be put on the disk that the Mac is about to be touched. Nothing has been changed then.
pub(in crate::perform) fn give(
    tools: Tools<'_>,
    request: &Request<'_>,
    diary: &mut Diary<'_>,
    before_touching: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<Outcome> {
    let action = request.action;
    let seen = tools.look(Freshness::Now);
    if let Some(code) = plan(action, &seen, Knowledge::NONE).refusal() {
        return Ok(diary.outcome(code, request.resumed));
    }
    let by_name = |name: &trust::name::AccountName| {
        let account = seen.account(name.as_str())?;
        Some((AccountName::new(&account.record_name).ok()?, account))
    };
    let helper = match action {
        Action::ResetPassword(reset) => Some(by_name(&reset.administrator)),
        _ => None,
    };
    let (Some((name, account)), None | Some(Some(_))) = (action.target().and_then(by_name), &helper) else {
        diary.saw(
            "plan",
            "an account was not seen, or Apple's tools cannot take its name",
        );
        return Ok(diary.outcome(Code::StateUnreadable, request.resumed));
    };
    let helper = helper.flatten();
    let work = Work {
        tools,
        name: &name,
        account,
        old: helper.is_none().then_some(&request.authority),
        new: &request.new,
        success: match helper {
            Some(_) => Code::PasswordReset,
            None => Code::PasswordChanged,
        },
    };
    if request.resumed && work.directory_takes(&seen, diary) == Some(true) {
        diary.saw(
            "journal",
            "an earlier run was cut off after it had set the password",
        );
        let code = work.prove_disk(diary);
        return Ok(diary.outcome(code, true));
    }
    if let Some(old) = work.old
        && matches!(token_state(account, &seen), TokenState::Unusable { .. })
    {
        return work.bring_together(&seen, old, diary, before_touching);
    }
    let mut known = Knowledge {
        password_policy: policy::takes_instead(tools, account, &request.new, diary),
        ..Knowledge::NONE
    };
    if let Some(code) = plan(action, &seen, known).refusal() {
        return Ok(diary.outcome(code, request.resumed));
    }
    match &helper {
        Some((name, helper)) => {
            known.target_locked = work.trial(account).is_locked(tools);
            if !known.target_locked {
                let authority = &request.authority;
                passwords::try_administrator(tools, name, helper, authority, &mut known, diary);
            }
        }
        None => passwords::try_target(tools, &name, account, &request.authority, &mut known, diary),
    }
    if let Some(code) = plan(action, &seen, known).refusal() {
        return Ok(diary.outcome(code, request.resumed));
    }
    let is_proved = match helper {
        Some(_) => known.administrator_local,
        None => known.target_local,
    };
    if is_proved != Some(true) {
        // Root could set a password without the old one, which is not what was asked; and by an authority that Open Directory
        // does not vouch for, such as a disabled account's, a reset would come to nothing.
        return Ok(diary.outcome(Code::StateUnreadable, request.resumed));
    }
    before_touching()?;
    match &helper {
        Some((name, _)) => work.reset(name, &request.authority, diary),
        None => work.change(&request.authority, diary),
    }
    let code = match work.directory_takes(&tools.look(Freshness::Now), diary) {
        Some(true) => work.prove_disk(diary),
        Some(false) => Code::PasswordNotChanged,
        None => Code::StateUnreadable,
    };
    Ok(diary.outcome(code, true))
}

fn plan(action: &Action, seen: &Observation, knowledge: Knowledge) -> Plan {
    let situation = Situation {
        observation: Some(seen),
        online: true,
        knowledge,
    };
    Plan::for_action(action, &situation)
}

struct Work<'a> {
    tools: Tools<'a>,
    name: &'a AccountName,
    /// As it was before.
    account: &'a Account,
    /// The password that it has, where that is told.
    old: Option<&'a SecretString>,
    new: &'a SecretString,
    success: Code,
}

impl Work<'_> {
    fn change(&self, old: &SecretString, diary: &mut Diary<'_>) {
        const BY: &str = "dscl -passwd";
        match dscl::change_password(self.tools.runner, self.name, old, self.new) {
            Ok(claim) => diary.saw(BY, format!("it says {claim:?}, which proves nothing")),
            Err(error) => diary.no_answer(BY, &error),
        }
    }

    /// By pipe first. Where that neither worked nor was refused, a terminal is what this build wants.
    fn reset(&self, helper: &AccountName, password: &SecretString, diary: &mut Diary<'_>) {
        const BY: &str = "sysadminctl -resetPasswordFor";
        for channel in [Channel::Pipe, Channel::Pty] {
            let authoriser = Credential {
                account: helper,
                password,
            };
            match sysadminctl::reset_password(
                self.tools.runner,
                self.name,
                self.new,
                Some(authoriser),
                channel,
            ) {
                Ok(Claim::Silent | Claim::CouldNotAsk | Claim::Unsupported) if channel == Channel::Pipe => {
                    diary.saw(BY, "it took no password from a pipe");
                }
                Ok(claim) => {
                    let said = claims::words(&claim);
                    return diary.saw(BY, format!("it says {said}, which proves nothing"));
                }
                Err(error) => return diary.no_answer(BY, &error),
            }
        }
    }

    /// Whether Open Directory takes the new password now.
    fn directory_takes(&self, now: &Observation, diary: &mut Diary<'_>) -> Option<bool> {
        let account = now.account(self.name.as_str())?;
        probe::local(self.tools, self.trial(account), diary)
    }

    /// Whether the disk takes it too, where the account holds a token. Where it does not follow and the old password is
    /// known, it is told.
    fn prove_disk(&self, diary: &mut Diary<'_>) -> Code {
        if self.account.token_label.value() == Some(&TokenLabel::Disabled) {
            return self.success;
        }
        let now = self.tools.look(Freshness::Now);
        let Some(account) = now.account(self.name.as_str()) else {
            return Code::StateUnreadable;
        };
        let subject = Subject {
            trial: self.trial(account),
            filevault_is_off: now.filevault.value() == Some(&FileVault::Off),
        };
        match holds_token(self.tools, subject, diary) {
            Finding::Proved => self.kept(account, true),
            Finding::Listed => self.success,
            Finding::DoesNotHold => {
                let follows = self.old.is_some_and(|old| {
                    probe::disk(self.tools, self.old_trial(account, old), diary) == Disk::Opens
                        && self.disk_follows(account, old, diary)
                });
                self.kept(account, follows)
            }
            Finding::Unreadable => Code::StateUnreadable,
        }
    }

    /// The account's token is unusable: Open Directory takes one password and the disk a former one. Whoever knows both has
    /// the disk follow.
    fn bring_together(
        &self,
        seen: &Observation,
        former: &SecretString,
        diary: &mut Diary<'_>,
        before_touching: &mut dyn FnMut() -> io::Result<()>,
    ) -> io::Result<Outcome> {
        let refusal = match self.directory_takes(seen, diary) {
            Some(true) => match probe::disk(self.tools, self.old_trial(self.account, former), diary) {
                Disk::Opens => None,
                Disk::Refuses => Some(Code::TargetWrongPassword),
                Disk::Forbidden => Some(Code::FullDiskAccessMissing),
                Disk::Silent => Some(Code::StateUnreadable),
            },
            Some(false) => Some(Code::TokenUnusable),
            None => Some(Code::StateUnreadable),
        };
        if let Some(code) = refusal {
            return Ok(diary.outcome(code, false));
        }
        before_touching()?;
        let follows = self.disk_follows(self.account, former, diary);
        Ok(diary.outcome(self.kept(self.account, follows), true))
    }

    /// Tells the disk the new password by the old one, which it takes, and asks it once more.
    fn disk_follows(&self, account: &Account, old: &SecretString, diary: &mut Diary<'_>) -> bool {
        const BY: &str = "diskutil apfs changePassphrase";
        match diskutil::change_disk_password(self.tools.runner, &account.guid, old, self.new) {
            Ok(claim) => diary.saw(BY, format!("it says {claim:?}, which proves nothing")),
            Err(error) => diary.no_answer(BY, &error),
        }
        probe::disk(self.tools, self.trial(account), diary) == Disk::Opens
    }

    /// Remembers what the disk says to the new password.
    fn kept(&self, account: &Account, opens: bool) -> Code {
        let (result, code) = match opens {
            true => (ProofResult::Usable, self.success),
            false => (ProofResult::DiskRefused, Code::TokenNotKept),
        };
        let at = self.tools.clock.now();
        self.tools.observer.remember_proof(account, result, at);
        code
    }

    fn old_trial<'a>(&'a self, account: &'a Account, old: &'a SecretString) -> Trial<'a> {
        Trial::typed(self.name, account, old)
    }

    fn trial<'a>(&'a self, account: &'a Account) -> Trial<'a> {
        Trial {
            credential: "new",
            ..Trial::typed(self.name, account, self.new)
        }
    }
}
