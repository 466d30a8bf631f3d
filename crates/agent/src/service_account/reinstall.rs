//! The account is made, or made whole, while the agent is installed again over the top, with credentials that a person at the Mac
//! typed. They are proved before anything is changed.

use std::io;

use mac::AccountName;
use secrecy::SecretString;
use trust::code::Code;
use trust::name::AccountName as Name;
use trust::observation::{CreationAttempt, FileVault, Observation};
use trust::outcome::Outcome;
use trust::plan::{Knowledge, Plan, Situation};
use trust::service_account::{Deed, DeedKind, RECORD_NAME, Rung, Settings, Status, condition};

use super::custody::Reinstalling;
use super::establish::{Holder, establish};
use super::{Ended, proofs, repair, unfinished};
use crate::observe::Freshness;
use crate::perform::Tools;
use crate::perform::diary::Diary;
use crate::perform::passwords;
use crate::perform::probe::{self, Trial};

/// Why it was refused. Nothing was changed.
#[derive(Debug)]
pub struct Refused {
    /// Why.
    pub code: Code,
    /// What was seen, for people.
    pub saw: String,
}

/// Finishes what a killed agent has begun, looks at the Mac, and tries the account's own password where its last proof has lapsed.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub fn look(tools: Tools<'_>) -> io::Result<Observation> {
    let mut diary = Diary::new(tools.clock);
    tools.promotions.undo_all(tools.runner)?;
    unfinished::finish(tools, &mut diary)?;
    tell_what_was_cut_off(tools)?;
    let seen = tools.look(Freshness::Now);
    Ok(match proofs::renew(tools, &seen, &mut diary)? {
        true => tools.look(Freshness::Now),
        false => seen,
    })
}

/// Makes the account of the Mac that was `seen`, or makes it whole, with the credentials of `administrator`. The server is told as of
/// anything that the agent does unasked.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub fn reinstall(
    tools: Tools<'_>,
    seen: &Observation,
    administrator: &Name,
    password: &SecretString,
) -> io::Result<Result<Outcome, Refused>> {
    let request = Request {
        tools,
        seen,
        administrator,
        password,
        settings: tools.custody.remembered().settings.unwrap_or_default(),
    };
    let mut diary = Diary::new(tools.clock);
    if let Err(refused) = request.check(&mut diary) {
        return Ok(Err(refused));
    }
    request.rebuild(&mut diary).map(Ok)
}

struct Request<'a> {
    tools: Tools<'a>,
    seen: &'a Observation,
    administrator: &'a Name,
    password: &'a SecretString,
    settings: Settings,
}

impl Request<'_> {
    /// Proves the credentials: by what was seen of the account first, then by its password, tried once.
    fn check(&self, diary: &mut Diary<'_>) -> Result<(), Refused> {
        let mut known = Knowledge::NONE;
        self.must_not_be_refused(known)?;
        let unreadable = |saw: &str| Refused {
            code: Code::StateUnreadable,
            saw: saw.to_owned(),
        };
        let (Ok(name), Some(account)) = (self.name(), self.seen.account(self.administrator.as_str())) else {
            return Err(unreadable("the Mac did not tell about the account"));
        };
        let trial = Trial::typed(&name, account, self.password);
        known.administrator_tries_spent = probe::next_may_do_harm(self.tools, trial, diary);
        self.must_not_be_refused(known)?;
        passwords::try_administrator(self.tools, &name, account, self.password, &mut known, diary);
        self.must_not_be_refused(known)?;
        let is_off = self.seen.filevault.value() == Some(&FileVault::Off);
        match (known.administrator_local, known.administrator_disk) {
            (Some(true), Some(true)) => Ok(()),
            // There is nothing encrypted that the password could be tried against.
            (Some(true), None) if is_off => Ok(()),
            (Some(true), _) => Err(unreadable("the disk did not say whether the password opens it")),
            (_, _) => Err(unreadable(
                "Open Directory did not say whether the password is right",
            )),
        }
    }

    fn must_not_be_refused(&self, knowledge: Knowledge) -> Result<(), Refused> {
        let situation = Situation {
            observation: Some(self.seen),
            online: true,
            knowledge,
        };
        let plan = Plan::for_reinstall(
            self.administrator,
            self.settings.promote_administrators,
            &situation,
        );
        let Some((row, code)) = plan
            .rows
            .iter()
            .find_map(|row| row.failure().map(|code| (row, code)))
        else {
            return Ok(());
        };
        let saw = format!("{}: {}", row.check.label(), row.saw);
        Err(Refused { code, saw })
    }

    fn name(&self) -> Result<AccountName, mac::BadAccountName> {
        AccountName::new(self.administrator.as_str())
    }

    fn rebuild(&self, diary: &mut Diary<'_>) -> io::Result<Outcome> {
        let begun = Reinstalling {
            id: self.tools.custody.deed_id(),
            administrator: self.administrator.to_string(),
            creates: self.seen.account(RECORD_NAME).is_none(),
        };
        let memory = &self.tools.custody.memory;
        memory.change(|memory| memory.reinstalling = Some(begun.clone()))?;
        let ended = match begun.creates {
            true => self.create(diary)?,
            false => self.mend(diary)?,
        };
        let outcome = Outcome {
            edge: ended.edge,
            ..diary.outcome(ended.code, true)
        };
        tell(self.tools, &begun, &outcome)?;
        Ok(outcome)
    }

    fn create(&self, diary: &mut Diary<'_>) -> io::Result<Ended> {
        let ended = self.establish(Code::ServiceAccountNotCreated, diary)?;
        let attempt = CreationAttempt {
            at: self.tools.clock.now(),
            code: ended.code,
            holder: Some(self.administrator.to_string()),
        };
        let memory = &self.tools.custody.memory;
        memory.change(|memory| memory.last_creation = Some(attempt))?;
        Ok(ended)
    }

    fn mend(&self, diary: &mut Diary<'_>) -> io::Result<Ended> {
        let ended = self.establish(Code::ServiceAccountNotRepaired, diary)?;
        if !ended.code.is_success() {
            return Ok(ended);
        }
        let code = repair::conclude(self.tools, Rung::OtherHolder, diary)?.code;
        Ok(Ended { code, ..ended })
    }

    fn establish(&self, failure: Code, diary: &mut Diary<'_>) -> io::Result<Ended> {
        let (Ok(name), Some(account)) = (self.name(), self.seen.account(self.administrator.as_str())) else {
            return Ok(Ended::with(failure));
        };
        let holder = Holder {
            name: &name,
            password: self.password,
            promote: self.settings.promote_administrators && !account.administrator,
        };
        establish(self.tools, self.seen, holder, failure, diary)
    }
}

/// A reinstall that was killed is told by what is so now: what it has begun was finished or undone before.
///
/// # Errors
/// When that could not be kept.
pub(super) fn tell_what_was_cut_off(tools: Tools<'_>) -> io::Result<()> {
    let memory = tools.custody.remembered();
    let Some(begun) = memory.reinstalling.filter(|_| memory.work.is_none()) else {
        return Ok(());
    };
    let mut diary = Diary::new(tools.clock);
    let status = condition(&tools.look(Freshness::Now));
    diary.saw(
        "agent",
        format!(
            "a reinstall was cut off; the service account is {}",
            status.label().to_lowercase()
        ),
    );
    let code = match (matches!(status, Status::Valid { .. }), begun.creates) {
        (true, true) => Code::ServiceAccountCreated,
        (true, false) => Code::ServiceAccountRepaired,
        (false, true) => Code::ServiceAccountNotCreated,
        (false, false) => Code::ServiceAccountNotRepaired,
    };
    let outcome = diary.outcome(code, true);
    tell(tools, &begun, &outcome)
}

fn tell(tools: Tools<'_>, begun: &Reinstalling, outcome: &Outcome) -> io::Result<()> {
    let custody = tools.custody;
    let deed = custody.deed(
        DeedKind::Reinstall,
        Some(&begun.administrator),
        (outcome.code, outcome.edge.clone()),
        outcome.evidence.clone(),
        outcome.finished_at,
    );
    custody.tell(Deed { id: begun.id, ..deed })?;
    custody.memory.change(|memory| memory.reinstalling = None)
}
