//! The agent goes from a Mac, and takes with it whatever it has brought: the service account, the login plug-in, its files and
//! its keys.
//!
//! Before anything is changed, `judged` says whether the chain of tokens stays whole without the service account. What was begun
//! is noted in the agent's folder until all else is gone, so that an uninstall that was killed goes on with the next one, and
//! no agent runs in between: it would bring back what has just been taken away.

mod leftovers;
mod note;
mod plugin;

pub use leftovers::clear;
pub use note::{Begun, Note};
pub use plugin::take_out;

use std::io;

use secrecy::SecretString;
use trust::action::{Action, RemoveServiceAccount};
use trust::code::Code;
use trust::id::{ActionId, GenericUuid as _};
use trust::observation::Observation;
use trust::outcome::Outcome;
use trust::plan::{Knowledge, Plan, Situation};
use trust::service_account::{Deed, DeedKind, RECORD_NAME};

use crate::observe::Freshness;
use crate::perform::Tools;
use crate::perform::diary::Diary;
use crate::service_account::orders::{self, Order};

/// What taking the service account away needs, and would do.
#[derive(Debug)]
pub enum Judged {
    /// There is none.
    NoAccount,
    /// The plan of its removal. A refused one cuts the chain.
    Removal(Plan),
    /// The Mac did not tell its accounts, for this reason.
    Unreadable(String),
}

/// Looks at the Mac and judges. `confirmed` says that somebody has typed the Mac's name.
pub fn judged(tools: Tools<'_>, confirmed: Option<&str>) -> Judged {
    let seen = tools.look(Freshness::Now);
    if seen.accounts.value().is_none() {
        return Judged::Unreadable(seen.accounts.why().unwrap_or_default().to_owned());
    }
    if seen.account(RECORD_NAME).is_none() {
        return Judged::NoAccount;
    }
    Judged::Removal(plan(&removal(confirmed), &seen))
}

/// Takes the service account away, as an order to remove it would, and proves that it is gone.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub fn remove_service_account(tools: Tools<'_>, confirmed: Option<&str>) -> io::Result<Outcome> {
    let order = Order {
        id: ActionId::from_untyped_uuid(uuid::Uuid::nil()),
        action: &removal(confirmed),
        secret: None::<SecretString>,
        // An uninstall that was killed may have deleted it.
        resumed: true,
    };
    // The note stands in for the journal.
    orders::carry_out(tools, &order, &mut Diary::new(tools.clock), &mut || Ok(()))
}

/// What the server is told at the end: always the same, however often it is told.
pub fn farewell(tools: Tools<'_>, begun: &Begun) -> Deed {
    Deed {
        id: begun.id,
        kind: DeedKind::Uninstall,
        code: Code::AgentUninstalled,
        account: None,
        evidence: begun.evidence.clone(),
        edge: None,
        at: tools.clock.now(),
    }
}

fn removal(confirmed: Option<&str>) -> Action {
    Action::RemoveServiceAccount(RemoveServiceAccount {
        confirm_device_name: confirmed.map(str::to_owned),
    })
}

fn plan(action: &Action, seen: &Observation) -> Plan {
    let situation = Situation {
        observation: Some(seen),
        online: true,
        knowledge: Knowledge::NONE,
    };
    Plan::for_action(action, &situation)
}
