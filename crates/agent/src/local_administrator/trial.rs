//! A password of the local administrator, tried: each try goes through the ledger.

use mac::AccountName;
use trust::observation::{Account, Observation, TokenLabel};
use trust::service_account::attempts::Cause;

use super::keeper;
use crate::password_store::Password;
use crate::perform::Tools;
use crate::perform::diary::Diary;
use crate::perform::probe::{self, Disk, Trial};

/// The account on the Mac, as it was just seen.
pub(super) struct Subject<'a> {
    pub(super) name: AccountName,
    pub(super) account: &'a Account,
    /// How often its disk key was wrapped anew.
    key: u32,
}

impl<'a> Subject<'a> {
    /// The account that the agent made, where the Mac still has it.
    pub(super) fn of(seen: &'a Observation, memory: &keeper::Memory) -> Option<Self> {
        let ours = memory.account.as_ref()?;
        let accounts = seen.accounts.value()?;
        let account = accounts
            .iter()
            .find(|account| account.guid.eq_ignore_ascii_case(&ours.guid))?;
        Some(Self {
            name: AccountName::new(&account.record_name).ok()?,
            account,
            key: memory.rewrapped,
        })
    }

    pub(super) fn has_token(&self) -> bool {
        self.account.token_label.value() == Some(&TokenLabel::Enabled)
    }

    /// Whether Open Directory takes the password.
    pub(super) fn local(&self, tools: Tools<'_>, password: &Password, diary: &mut Diary<'_>) -> Option<bool> {
        let credential = password.on_key(self.key);
        probe::local(tools, self.trial(password, &credential), diary)
    }

    /// Whether the disk takes the password.
    pub(super) fn disk(&self, tools: Tools<'_>, password: &Password, diary: &mut Diary<'_>) -> Disk {
        let credential = password.on_key(self.key);
        probe::disk(tools, self.trial(password, &credential), diary)
    }

    /// The same account with its disk key wrapped anew.
    pub(super) fn rewrapped(self) -> Self {
        Self {
            key: self.key + 1,
            ..self
        }
    }

    fn trial<'t>(&'t self, password: &'t Password, credential: &'t str) -> Trial<'t> {
        Trial {
            name: &self.name,
            account: self.account,
            password: &password.secret,
            credential,
            cause: Cause::Machine,
        }
    }
}
