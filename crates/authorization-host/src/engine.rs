//! One authorization: what a mechanism may ask of it, and what became of it.

use std::collections::BTreeMap;
use std::ffi::{CStr, CString};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::callbacks::Value;

/// What a mechanism says of the authorization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It may go on.
    Allow,
    /// It ends here.
    Deny,
    /// The mechanism cannot say.
    Undefined,
    /// The person has given up.
    UserCanceled,
    /// No result that Apple names.
    Unknown(u32),
}

/// One authorization, such as one login.
#[derive(Debug, Default)]
pub struct Engine {
    context: BTreeMap<CString, Given>,
    state: Mutex<State>,
}

/// A value of the context, and the bytes that it points to.
#[derive(Debug)]
struct Given {
    value: Value,
    _bytes: Vec<u8>,
}

/// What has happened to it.
#[derive(Debug, Default)]
struct State {
    invoked: Option<Instant>,
    verdicts: Vec<(Verdict, Duration)>,
    deactivations: u32,
    written: u32,
}

impl Engine {
    /// The login of `account` with `password`, as macOS has verified it.
    pub fn login(account: &str, password: &str) -> Self {
        Self::default()
            .with(c"username", account)
            .with(c"password", password)
    }

    /// The same authorization with one more value in its context.
    #[must_use]
    pub fn with(mut self, key: impl Into<CString>, value: impl Into<Vec<u8>>) -> Self {
        let mut bytes = value.into();
        let value = Value::of(&mut bytes);
        self.context.insert(key.into(), Given { value, _bytes: bytes });
        self
    }

    /// Every verdict that a mechanism has given, with the time from the beginning of its invocation.
    pub fn verdicts(&self) -> Vec<(Verdict, Duration)> {
        self.state().verdicts.clone()
    }

    /// How often a mechanism has said that it is deactivated.
    pub fn deactivations(&self) -> u32 {
        self.state().deactivations
    }

    /// How many values of the context or the hints a mechanism has written or removed.
    pub fn written(&self) -> u32 {
        self.state().written
    }

    pub(crate) fn context(&self, key: &CStr) -> Option<&Value> {
        self.context.get(key).map(|given| &given.value)
    }

    pub(crate) fn note_invocation(&self) {
        self.state().invoked = Some(Instant::now());
    }

    pub(crate) fn note_verdict(&self, verdict: Verdict) {
        let mut state = self.state();
        let after = state.invoked.map_or(Duration::ZERO, |invoked| invoked.elapsed());
        state.verdicts.push((verdict, after));
    }

    pub(crate) fn note_deactivation(&self) {
        self.state().deactivations += 1;
    }

    pub(crate) fn note_write(&self) {
        self.state().written += 1;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<u32> for Verdict {
    fn from(result: u32) -> Self {
        match result {
            0 => Self::Allow,
            1 => Self::Deny,
            2 => Self::Undefined,
            3 => Self::UserCanceled,
            other => Self::Unknown(other),
        }
    }
}

impl Verdict {
    /// The verdict's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
            Self::Undefined | Self::Unknown(_) => "undefined",
            Self::UserCanceled => "user-canceled",
        }
    }
}
