//! The service account is made, or made whole again, with the help of a holder: record, password, token.

use std::io;

use mac::dscl::{self, Authority};
use mac::sysadminctl::{self, Channel, Claim};
use mac::{AccountName, Credential};
use password_policy::CannotGenerate;
use secrecy::SecretString;
use trust::code::Code;
use trust::observation::{Account, Observation, PasswordAnswer, TokenLabel};
use trust::service_account::RECORD_NAME;

use super::custody::Work;
use super::proofs::{self, Candidate};
use super::{Ended, record, rotation, unfinished};
use crate::observe::Freshness;
use crate::password_policy::draw;
use crate::password_store::{Password, Slot};
use crate::perform::Tools;
use crate::perform::claims;
use crate::perform::diary::Diary;
use crate::perform::hand_on::{HandOver, Party};
use crate::perform::new_password::{NotDrawn, drawn};
use crate::perform::probe::Disk;

/// An account that holds a token and may hand it on, with its password, which was tried.
#[derive(Clone, Copy)]
pub(super) struct Holder<'a> {
    pub(super) name: &'a AccountName,
    pub(super) password: &'a SecretString,
    /// It is a standard account that may be an administrator for the moment.
    pub(super) promote: bool,
}

/// Makes the account, or makes it whole again. What was begun is noted on the disk before the Mac is touched, and the
/// password is kept before it is set.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub(super) fn establish(
    tools: Tools<'_>,
    observation: &Observation,
    holder: Holder<'_>,
    failure: Code,
    diary: &mut Diary<'_>,
) -> io::Result<Ended> {
    let account = observation.account(RECORD_NAME);
    let password = match password(tools, observation, account, diary)? {
        Ok(password) => password,
        Err(code) => return Ok(Ended::with(code)),
    };
    tools.custody.begin(match account {
        Some(_) => Work::Mend,
        None => Work::Create,
    })?;
    tools.custody.passwords.stage(&password)?;
    let making = Making {
        tools,
        holder,
        password: &password,
        failure,
    };
    let ended = making.run(observation, diary)?;
    if ended.code.is_success() {
        rotation::committed(tools, &password, diary)?;
    } else {
        // What came of it only the Mac knows: it is looked at as if the agent had been killed here.
        unfinished::finish(tools, diary)?;
    }
    Ok(ended)
}

/// The password that the account is to have: the one that it has, when that is proved and only the token is missing.
fn password(
    tools: Tools<'_>,
    observation: &Observation,
    account: Option<&Account>,
    diary: &mut Diary<'_>,
) -> io::Result<Result<Password, Code>> {
    let has_no_token =
        account.is_some_and(|account| account.token_label.value() == Some(&TokenLabel::Disabled));
    let seen = observation.service_account.value();
    let local = seen.and_then(|seen| seen.local_password.as_ref());
    let is_proved = local.is_some_and(|proof| {
        proof.answer == PasswordAnswer::Right
            && account.is_some_and(|account| account.password_set_at == proof.password_set_at)
    });
    if has_no_token
        && is_proved
        && let Some(current) = tools.custody.passwords.get(Slot::Current)?
    {
        return Ok(Ok(current));
    }
    Ok(new_password(tools, diary))
}

/// A new password that the Mac's policy takes, or why there is none.
pub(super) fn new_password(tools: Tools<'_>, diary: &mut Diary<'_>) -> Result<Password, Code> {
    match drawn(tools, diary, |policy, mut random| draw(&policy, &mut random)) {
        Ok(password) => Ok(password),
        Err(NotDrawn::Unread) => Err(Code::ToolFailed),
        Err(NotDrawn::By(CannotGenerate::Conflict(_))) => Err(Code::PasswordPolicyConflict),
        Err(NotDrawn::By(CannotGenerate::TooComplex | CannotGenerate::NotFound)) => {
            Err(Code::ServiceAccountPolicyConflict)
        }
    }
}

struct Making<'a> {
    tools: Tools<'a>,
    holder: Holder<'a>,
    password: &'a Password,
    failure: Code,
}

impl Making<'_> {
    fn run(&self, observation: &Observation, diary: &mut Diary<'_>) -> io::Result<Ended> {
        let failed = || Ok(Ended::with(self.failure));
        if !record::put_right(self.tools, observation, diary) {
            return failed();
        }
        if !self.set_password(diary)? {
            return failed();
        }
        let now = self.tools.look(Freshness::Now);
        let (Some(account), Some(granter)) =
            (now.account(RECORD_NAME), now.account(self.holder.name.as_str()))
        else {
            diary.saw("dscl -readall", "the service account or the holder is not seen");
            return failed();
        };
        let candidate = Candidate::new(account, self.password);
        if candidate.local(self.tools, diary) != Some(true) {
            return failed();
        }
        if account.token_label.value() == Some(&TokenLabel::Enabled) {
            let disk = candidate.disk(self.tools, diary);
            proofs::keep(self.tools, account, Some(true), disk)?;
            return match disk {
                Disk::Opens => Ok(Ended::with(Code::ServiceAccountCreated)),
                Disk::Refuses | Disk::Forbidden | Disk::Silent => failed(),
            };
        }
        self.hand_token_on(&now, granter, account, diary)
    }

    fn hand_token_on(
        &self,
        now: &Observation,
        granter: &Account,
        account: &Account,
        diary: &mut Diary<'_>,
    ) -> io::Result<Ended> {
        let name = super::name();
        let hand_over = HandOver::new(
            Party {
                name: self.holder.name,
                account: granter,
                password: self.holder.password,
            },
            Party {
                name: &name,
                account,
                password: &self.password.secret,
            },
            self.holder.promote,
            now,
        );
        let done = hand_over.unasked().take_place(self.tools, diary)?;
        let after = self.tools.look(Freshness::Now);
        if let (true, Some(account)) = (done.code.is_success(), after.account(RECORD_NAME)) {
            self.tools.custody.rewrapped()?;
            let disk = Candidate::new(account, self.password).disk(self.tools, diary);
            proofs::keep(self.tools, account, Some(true), disk)?;
        }
        Ok(Ended {
            code: match (done.left_promoted, done.code.is_success()) {
                (true, _) => Code::DemotionUnproved,
                (false, true) => Code::ServiceAccountCreated,
                (false, false) => self.failure,
            },
            edge: done.edge,
        })
    }

    /// Sets the password: root may do so as long as the account has no token; then it takes a holder.
    fn set_password(&self, diary: &mut Diary<'_>) -> io::Result<bool> {
        let (tools, name) = (self.tools, super::name());
        let current = tools.custody.passwords.get(Slot::Current)?;
        if current.is_some_and(|current| current.id == self.password.id) {
            return Ok(true);
        }
        let tagged = match dscl::user(tools.runner, &name) {
            Ok(Some(record)) => record.authorities.contains(&Authority::SecureToken),
            Ok(None) => return Ok(false),
            Err(error) => {
                diary.no_answer("dscl -read", &error);
                return Ok(false);
            }
        };
        if tagged {
            return self.reset_by_holder(diary);
        }
        let new = &self.password.secret;
        match dscl::change_password(tools.runner, &name, new, new) {
            Ok(change) => diary.saw(
                "dscl -passwd",
                format!("it says {change:?}, which proves nothing"),
            ),
            Err(error) => {
                diary.no_answer("dscl -passwd", &error);
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn reset_by_holder(&self, diary: &mut Diary<'_>) -> io::Result<bool> {
        const BY: &str = "sysadminctl -resetPasswordFor";
        let (tools, name) = (self.tools, super::name());
        if self.holder.promote && !tools.promotions.promote(tools.runner, self.holder.name)? {
            diary.saw(
                "dseditgroup",
                format!("{} could not be made an administrator", self.holder.name),
            );
        }
        for channel in [Channel::Pipe, Channel::Pty] {
            let authoriser = Credential {
                account: self.holder.name,
                password: self.holder.password,
            };
            let claim = sysadminctl::reset_password(
                tools.runner,
                &name,
                &self.password.secret,
                Some(authoriser),
                channel,
            );
            match claim {
                Ok(Claim::CouldNotAsk | Claim::Unsupported) => continue,
                Ok(claim) => diary.saw(
                    BY,
                    format!("it says {}, which proves nothing", claims::words(&claim)),
                ),
                Err(error) => diary.no_answer(BY, &error),
            }
            break;
        }
        if self.holder.promote {
            tools.promotions.demote(tools.runner, self.holder.name)?;
        }
        Ok(true)
    }
}
