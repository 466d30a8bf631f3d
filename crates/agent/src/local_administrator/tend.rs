//! What is due for the local administrator, done: when the agent starts, when the server wants another password, and now and then.

use std::io;
use std::time::Duration;

use trust::code::Code;
use trust::local_administrator::{Settings, Step, next_step};
use trust::observation::{LocalAdministratorAccount, Observation};
use trust::service_account::DeedKind;
use trust::time::Timestamp;
use wire::escrow::Told;

use super::make::{Ended, hand_token_to, make};
use super::rotate::{rotate, sealed};
use super::settle::finish;
use super::trial::Subject;
use crate::observe::Freshness;
use crate::password_store::Slot;
use crate::perform::Tools;
use crate::perform::diary::Diary;
use crate::perform::probe::Disk;
use crate::recovery_key::Vault;
use crate::service_account::Custody;
use crate::service_account::tend::Tended;

/// Without another reason it is looked after this often. What did not come about is tried again so soon.
const ROUND: Duration = Duration::from_hours(24);

/// What is waited for is looked for so often.
const SOON: Duration = Duration::from_mins(15);

/// More steps in a row are never needed: made, handed a token, given another password.
const MOST_STEPS: usize = 3;

/// Why it is looked after, besides that it is time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cause {
    /// The server wants another password by now.
    pub is_due: bool,
    /// The account has logged in at the screen.
    pub was_used: bool,
}

/// Finishes what was begun, tells the vault what it does not know, and does what is to be done.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub fn tend(tools: Tools<'_>, cause: Cause) -> io::Result<Tended> {
    let mut diary = Diary::new(tools.clock);
    let keeper = &tools.custody.local_administrator;
    let finished = finish(tools, &mut diary)?;
    let mut observation = tools.look(Freshness::Usual);
    note_use(tools, &observation, cause)?;
    note_wish(tools, cause)?;
    let now = tools.clock.now();
    let vault = tools.custody.recovery_key.remembered().vault;
    let settings = tools.custody.local_administrator_settings();
    if let Some((kind, ended)) = finished {
        tell_finished(tools, kind, ended, settings.as_ref(), &diary)?;
    }
    let mut waits = false;
    if let (Some(vault), Some(settings)) = (&vault, &settings) {
        let mut done = Vec::new();
        while done.len() < MOST_STEPS {
            let memory = keeper.remembered();
            let has_password = keeper.passwords.get(Slot::Current)?.is_some();
            let step = next_step(&observation, settings, memory.held(has_password), now);
            waits = matches!(step, Step::Wait { .. });
            let is_barred = memory.is_barred(settings, now) || memory.work.is_some();
            if is_barred || waits || step == Step::Nothing || done.contains(&step) {
                break;
            }
            take(tools, &step, &observation, (settings, vault), &mut diary)?;
            done.push(step);
            observation = tools.look(Freshness::Now);
        }
        if let Some(current) = keeper.untold(now)?
            && let Some(message) = sealed(tools, vault, &current, &mut diary)
        {
            let proved_at = prove(tools, &observation, &mut diary)?;
            keeper.tell_again(&current, message, proved_at)?;
        }
    }
    let memory = keeper.remembered();
    let again_at = match waits || memory.work.is_some() {
        true => now.plus(SOON),
        false => memory.due_at.map_or(now.plus(ROUND), |due| {
            due.max(now.plus(SOON)).min(now.plus(ROUND))
        }),
    };
    Ok(Tended {
        observation,
        again_at,
        deeds: tools.custody.remembered().deeds,
    })
}

/// Takes one step, and notes it as a deed for the server.
fn take(
    tools: Tools<'_>,
    step: &Step,
    observation: &Observation,
    (settings, vault): (&Settings, &Vault),
    diary: &mut Diary<'_>,
) -> io::Result<()> {
    let keeper = &tools.custody.local_administrator;
    let before = diary.len();
    let (kind, ended) = match step {
        Step::Nothing | Step::Wait { .. } => return Ok(()),
        Step::NameTaken if keeper.remembered().taken.as_ref() == Some(&settings.account) => return Ok(()),
        Step::NameTaken => {
            let name = settings.account.clone();
            keeper.memory.change(|memory| memory.taken = Some(name))?;
            let taken = Ended::with(Code::LocalAdministratorNameTaken);
            (DeedKind::MakeLocalAdministrator, taken)
        }
        Step::Make => (
            DeedKind::MakeLocalAdministrator,
            make(tools, settings, vault, diary)?,
        ),
        Step::Grant => {
            let Some(password) = keeper.passwords.get(Slot::Current)? else {
                return Ok(());
            };
            match hand_token_to(tools, observation, &password, diary)? {
                Some(ended) => (DeedKind::Grant, ended),
                None => return Ok(()),
            }
        }
        Step::Rotate => {
            let code = rotate(tools, settings, vault, diary)?;
            (DeedKind::RotateLocalAdministrator, Ended::with(code))
        }
    };
    if !ended.code.is_success() && *step != Step::NameTaken {
        let tomorrow = tools.clock.now().plus(ROUND);
        keeper.memory.change(|memory| memory.failed(settings, tomorrow))?;
    }
    tracing::info!(deed = kind.word(), code = %ended.code, "looked after the local administrator");
    let deed = tools.custody.deed(
        kind,
        Some(settings.account.as_str()),
        (ended.code, ended.edge),
        diary.since(before),
        tools.clock.now(),
    );
    tools.custody.tell(deed)
}

/// Notes as a deed how that ended which an earlier try had begun: the server may have been told of no end, or of a failure that was
/// none. What goes on, or is tried again at once, is told when that is over.
fn tell_finished(
    tools: Tools<'_>,
    kind: DeedKind,
    ended: Ended,
    settings: Option<&Settings>,
    diary: &Diary<'_>,
) -> io::Result<()> {
    let memory = tools.custody.local_administrator.remembered();
    let now = tools.clock.now();
    let is_kept_as_it_was = matches!(
        ended.code,
        Code::LocalAdministratorNotMade | Code::LocalAdministratorNotRotated
    );
    let is_tried_at_once = settings.is_some_and(|settings| !memory.is_barred(settings, now));
    if memory.work.is_some() || is_kept_as_it_was && is_tried_at_once {
        return Ok(());
    }
    let account = memory.account.as_ref().map(|account| account.name.as_str());
    let deed = tools
        .custody
        .deed(kind, account, (ended.code, ended.edge), diary.since(0), now);
    tools.custody.tell(deed)
}

/// Tries the password in force, which the vault is about to be told again; when, where every door took it that there is.
fn prove(tools: Tools<'_>, seen: &Observation, diary: &mut Diary<'_>) -> io::Result<Option<Timestamp>> {
    let keeper = &tools.custody.local_administrator;
    let (Some(subject), Some(current)) = (
        Subject::of(seen, &keeper.remembered()),
        keeper.passwords.get(Slot::Current)?,
    ) else {
        return Ok(None);
    };
    let is_proved = subject.local(tools, &current, diary) == Some(true)
        && (!subject.has_token() || subject.disk(tools, &current, diary) == Disk::Opens);
    Ok(is_proved.then(|| tools.clock.now()))
}

/// That the account was used is told to the vault, once for each password, and another one is wanted from then on.
fn note_use(tools: Tools<'_>, observation: &Observation, cause: Cause) -> io::Result<()> {
    let keeper = &tools.custody.local_administrator;
    let memory = keeper.remembered();
    let Some(ours) = &memory.account else {
        return Ok(());
    };
    let console_user = observation.console_user.value();
    let is_in = console_user.is_some_and(|user| user.as_deref() == Some(ours.name.as_str()));
    if !(is_in || cause.was_used) || memory.use_told {
        return Ok(());
    }
    let now = tools.clock.now();
    keeper.tell(tools.custody.escrow_message_id(), Told::Used { at: now })?;
    keeper.memory.change(|memory| {
        memory.use_told = true;
        memory.wanted_since = memory.wanted_since.or(Some(now));
    })
}

/// What the vault wants by now is wanted until it is fulfilled, whatever the vault says later.
fn note_wish(tools: Tools<'_>, cause: Cause) -> io::Result<()> {
    let keeper = &tools.custody.local_administrator;
    let wish = tools.custody.local_administrator_wish();
    if !cause.is_due || wish.is_none() || wish == keeper.remembered().fulfilled {
        return Ok(());
    }
    let now = tools.clock.now();
    keeper
        .memory
        .change(|memory| memory.wanted_since = memory.wanted_since.or(Some(now)))
}

impl Custody {
    /// The account that the agent made, as it tells of it.
    pub(crate) fn seen_local_administrator(&self) -> Option<LocalAdministratorAccount> {
        let memory = self.local_administrator.remembered();
        let ours = memory.account?;
        let wanted = self.local_administrator_settings();
        Some(LocalAdministratorAccount {
            guid: ours.guid,
            has_password: !memory.is_lost,
            is_wanted: wanted.is_some_and(|settings| settings.account == ours.name),
        })
    }

    /// What the organisation wants of the local administrator; `None` where it wants none.
    pub(super) fn local_administrator_settings(&self) -> Option<Settings> {
        let vault = self.recovery_key.remembered().vault?;
        Some(vault.terms.local_administrator?.settings)
    }

    /// From when on the vault wants another password, by the server's clock.
    pub(super) fn local_administrator_wish(&self) -> Option<Timestamp> {
        let vault = self.recovery_key.remembered().vault?;
        vault.terms.local_administrator?.rotate_after
    }
}
