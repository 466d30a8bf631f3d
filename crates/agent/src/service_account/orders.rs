//! What an administrator orders of the service account, carried out.

use std::io;

use mac::AccountName;
use secrecy::SecretString;
use trust::action::{Action, AdoptAccount, CreateServiceAccount, RepairServiceAccount};
use trust::code::Code;
use trust::id::ActionId;
use trust::name::AccountName as Name;
use trust::observation::Observation;
use trust::outcome::Outcome;
use trust::plan::{Knowledge, Plan, Situation};
use trust::service_account::{RECORD_NAME, Rung, Settings, Status, condition, ladder};
use trust::token::TokenState;

use super::establish::{Holder, establish};
use super::{Ended, grant, proofs, removal, repair, rotation, tend, unfinished};
use crate::observe::Freshness;
use crate::password_store::Slot;
use crate::perform::Tools;
use crate::perform::diary::Diary;
use crate::perform::hand_on::{HandOver, Party};
use crate::perform::passwords;
use crate::perform::probe::{self, Disk, Trial};

/// One order with its opened secret.
pub(crate) struct Order<'a> {
    pub(crate) id: ActionId,
    pub(crate) action: &'a Action,
    /// The administrator's password, or that of the account that is adopted.
    pub(crate) secret: Option<SecretString>,
    /// An earlier run may have changed the Mac already.
    pub(crate) resumed: bool,
}

/// Carries the order out, and proves its end.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub(crate) fn carry_out(
    tools: Tools<'_>,
    order: &Order<'_>,
    diary: &mut Diary<'_>,
    before_touching: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<Outcome> {
    unfinished::finish(tools, diary)?;
    let mut work = Working {
        tools,
        order,
        before_touching,
        touched: order.resumed,
    };
    let ended = match order.action {
        Action::CreateServiceAccount(create) => work.create(create, diary)?,
        Action::RotateServiceAccountPassword(_) => work.rotate(diary)?,
        Action::RepairServiceAccount(wanted) => work.repair(wanted, diary)?,
        Action::RemoveServiceAccount(_) => work.remove(diary)?,
        Action::AdoptAccount(adopt) => work.adopt(adopt, diary)?,
        // The others are no orders about it.
        _ => Ended::with(Code::ToolFailed),
    };
    let touched = work.touched;
    Ok(Outcome {
        edge: ended.edge,
        ..diary.outcome(ended.code, touched)
    })
}

struct Working<'a> {
    tools: Tools<'a>,
    order: &'a Order<'a>,
    before_touching: &'a mut dyn FnMut() -> io::Result<()>,
    touched: bool,
}

impl Working<'_> {
    /// From here on tools may change the Mac.
    fn touch(&mut self) -> io::Result<()> {
        (self.before_touching)()?;
        self.touched = true;
        let id = self.order.id;
        self.tools
            .custody
            .memory
            .change(|memory| memory.ordered_by = Some(id))
    }

    fn refusal(&self, seen: &Observation, knowledge: Knowledge) -> Option<Code> {
        let situation = Situation {
            observation: Some(seen),
            online: true,
            knowledge,
        };
        Plan::for_action(self.order.action, &situation).refusal()
    }

    fn look(&self, diary: &mut Diary<'_>) -> io::Result<Observation> {
        proofs::seen_and_proved(self.tools, diary)
    }

    fn create(&mut self, create: &CreateServiceAccount, diary: &mut Diary<'_>) -> io::Result<Ended> {
        let seen = self.look(diary)?;
        if self.order.resumed && matches!(condition(&seen), Status::Valid { .. }) {
            return self.found_created(&create.administrator, &seen, diary);
        }
        self.with_helper(
            &create.administrator,
            create.promote_administrator,
            &seen,
            Code::ServiceAccountNotCreated,
            diary,
        )
    }

    /// An earlier run has made the account and was cut off before it could say so.
    fn found_created(&self, granter: &Name, seen: &Observation, diary: &mut Diary<'_>) -> io::Result<Ended> {
        let own = super::name();
        let (Ok(name), Some(secret), Some(account), Some(service), Some(current)) = (
            AccountName::new(granter.as_str()),
            &self.order.secret,
            seen.account(granter.as_str()),
            seen.account(RECORD_NAME),
            self.tools.custody.passwords.get(Slot::Current)?,
        ) else {
            return Ok(Ended::with(Code::ServiceAccountCreated));
        };
        let administrator = Party {
            name: &name,
            account,
            password: secret,
        };
        let target = Party {
            name: &own,
            account: service,
            password: &current.secret,
        };
        let found = HandOver::new(administrator, target, false, seen)
            .unasked()
            .found_done(self.tools, diary);
        Ok(Ended {
            code: Code::ServiceAccountCreated,
            edge: found.and_then(|found| found.edge),
        })
    }

    /// Plans, tries the helper's password once, plans again, and lets the helper help.
    fn with_helper(
        &mut self,
        administrator: &Name,
        promotion_allowed: bool,
        seen: &Observation,
        failure: Code,
        diary: &mut Diary<'_>,
    ) -> io::Result<Ended> {
        let mut known = Knowledge::NONE;
        if let Some(code) = self.refusal(seen, known) {
            return Ok(Ended::with(code));
        }
        let (Ok(name), Some(secret), Some(account)) = (
            AccountName::new(administrator.as_str()),
            &self.order.secret,
            seen.account(administrator.as_str()),
        ) else {
            return Ok(Ended::with(Code::StateUnreadable));
        };
        passwords::try_administrator(self.tools, &name, account, secret, &mut known, diary);
        if let Some(code) = self.refusal(seen, known) {
            return Ok(Ended::with(code));
        }
        let promote = promotion_allowed && !account.administrator;
        (self.before_touching)()?;
        self.touched = true;
        let holder = Holder {
            name: &name,
            password: secret,
            promote,
        };
        establish(self.tools, seen, holder, failure, diary)
    }

    fn rotate(&mut self, diary: &mut Diary<'_>) -> io::Result<Ended> {
        let committed = self.tools.custody.remembered().committed;
        if self.order.resumed
            && committed.is_some_and(|committed| committed.ordered_by == Some(self.order.id))
        {
            diary.saw(
                "journal",
                "an earlier run has changed the password and proved the new one",
            );
            return Ok(Ended::with(Code::ServiceAccountRotated));
        }
        let seen = self.look(diary)?;
        if let Some(code) = self.refusal(&seen, Knowledge::NONE) {
            return Ok(Ended::with(code));
        }
        if !matches!(condition(&seen), Status::Valid { .. }) {
            return Ok(Ended::with(Code::ServiceAccountUnproved));
        }
        self.touch()?;
        rotation::rotate(self.tools, &seen, diary)
    }

    fn repair(&mut self, wanted: &RepairServiceAccount, diary: &mut Diary<'_>) -> io::Result<Ended> {
        let mut seen = self.look(diary)?;
        if matches!(condition(&seen), Status::Valid { .. }) {
            return Ok(Ended::with(match self.order.resumed {
                true => Code::ServiceAccountRepaired,
                false => Code::ServiceAccountValid,
            }));
        }
        let settings = self.settings(wanted.promote_administrator);
        for rung in tend::ALONE {
            let open = ladder(&seen, &settings)
                .iter()
                .any(|standing| standing.rung == rung && standing.closed.is_none());
            if !open {
                continue;
            }
            self.touch()?;
            if repair::alone(self.tools, rung, &seen, diary)?.code.is_success() {
                return Ok(Ended::with(Code::ServiceAccountRepaired));
            }
            seen = self.tools.look(Freshness::Now);
        }
        let Some(administrator) = &wanted.administrator else {
            let refusal = self.refusal(&seen, Knowledge::NONE);
            return Ok(Ended::with(refusal.unwrap_or(Code::ServiceAccountNotRepaired)));
        };
        let failure = Code::ServiceAccountNotRepaired;
        let ended = self.with_helper(administrator, wanted.promote_administrator, &seen, failure, diary)?;
        if ended.code == failure {
            self.tools.custody.in_vain(Rung::OtherHolder)?;
        }
        if !ended.code.is_success() {
            return Ok(ended);
        }
        let code = repair::conclude(self.tools, Rung::OtherHolder, diary)?.code;
        Ok(Ended { code, ..ended })
    }

    fn settings(&self, promote_administrators: bool) -> Settings {
        let settings = self.tools.custody.remembered().settings.unwrap_or_default();
        Settings {
            promote_administrators: promote_administrators || settings.promote_administrators,
            ..settings
        }
    }

    fn remove(&mut self, diary: &mut Diary<'_>) -> io::Result<Ended> {
        let seen = self.tools.look(Freshness::Now);
        let account = seen.account(RECORD_NAME);
        if self.order.resumed && seen.accounts.value().is_some() && account.is_none() {
            diary.saw("dscl -readall", "an earlier run has deleted the account");
            return Ok(Ended::with(Code::ServiceAccountRemoved));
        }
        let refusal = self.refusal(&seen, Knowledge::NONE);
        let (None, Some(account)) = (refusal, account) else {
            return Ok(Ended::with(refusal.unwrap_or(Code::StateUnreadable)));
        };
        self.touch()?;
        removal::remove(self.tools, &account.guid, diary)
    }

    fn adopt(&mut self, adopt: &AdoptAccount, diary: &mut Diary<'_>) -> io::Result<Ended> {
        let seen = self.look(diary)?;
        let mut known = Knowledge::NONE;
        if let Some(code) = self.refusal(&seen, known) {
            return Ok(Ended::with(code));
        }
        let (Ok(name), Some(secret), Some(account)) = (
            AccountName::new(adopt.target.as_str()),
            &self.order.secret,
            seen.account(adopt.target.as_str()),
        ) else {
            return Ok(Ended::with(Code::StateUnreadable));
        };
        passwords::try_target(self.tools, &name, account, secret, &mut known, diary);
        if let Some(code) = self.refusal(&seen, known) {
            return Ok(Ended::with(code));
        }
        if !matches!(condition(&seen), Status::Valid { .. }) {
            return Ok(Ended::with(Code::ServiceAccountUnproved));
        }
        if trust::token::token_state(account, &seen) != TokenState::Absent {
            return Ok(Ended::with(
                match probe::disk(self.tools, Trial::typed(&name, account, secret), diary) {
                    Disk::Opens => {
                        let usable = trust::observation::ProofResult::Usable;
                        self.tools
                            .observer
                            .remember_proof(account, usable, self.tools.clock.now());
                        Code::AccountAdopted
                    }
                    Disk::Refuses => Code::TokenUnusable,
                    Disk::Forbidden => Code::FullDiskAccessMissing,
                    Disk::Silent => Code::StateUnreadable,
                },
            ));
        }
        (self.before_touching)()?;
        self.touched = true;
        let done = grant::to(self.tools, &seen, (&name, secret), false, diary)?;
        Ok(Ended {
            code: match done.code.is_success() {
                true => Code::AccountAdopted,
                false => done.code,
            },
            edge: done.edge,
        })
    }
}
