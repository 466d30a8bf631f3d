//! How a secret of each kind is shown to people: what it is called, how it is read out, and what follows.

use super::kind::EscrowKind;
use super::{password, recovery_key};
use crate::code::Code;

/// A secret for reading out: its groups, each with the words of its characters. Whoever has it keeps it in memory for no longer than
/// the secret.
pub type Spelled = Vec<(String, Vec<String>)>;

/// How the secrets of a kind are shown.
#[derive(Debug)]
pub struct Showing {
    /// What one is called within a sentence.
    pub noun: &'static str,
    /// What its proof says, before the time of it; `None` of what nobody proves.
    pub proved: Option<&'static str>,
    /// What to know when it is typed.
    pub hint: Option<&'static str>,
    /// Why there is nothing to show of a Mac of which nothing was kept yet; `None` of what has no line before.
    pub when_none: Option<Code>,
    spell: fn(&str) -> Spelled,
}

const RECOVERY_KEY: Showing = Showing {
    noun: "recovery key",
    proved: Some("proved to open the disk"),
    hint: Some(
        "In macOS keys there is a letter O and no zero, as far as is known. The dashes are typed too.",
    ),
    when_none: Some(Code::NoRecoveryKey),
    spell: recovery_key::spell,
};

const LOCAL_ADMINISTRATOR: Showing = Showing {
    noun: "password",
    proved: Some("proved on the Mac"),
    hint: None,
    when_none: Some(Code::NoLocalAdministratorPassword),
    spell: password::spell,
};

const RECOVERY_LOCK: Showing = Showing {
    noun: "Recovery Lock password",
    proved: None,
    hint: Some(
        "The Mac asks for it when it is started into recovery. Bestow does not change it: whoever has seen it knows it.",
    ),
    when_none: None,
    spell: password::spell,
};

const FIRMWARE_PASSWORD: Showing = Showing {
    noun: "firmware password",
    proved: None,
    hint: Some(
        "The Mac asks for it, with the keyboard layout of the United States, when it is started from anything but its own disk. \
         Bestow does not change it: whoever has seen it knows it.",
    ),
    when_none: None,
    spell: password::spell,
};

impl Showing {
    /// The secret for reading out.
    pub fn spell(&self, secret: &str) -> Spelled {
        (self.spell)(secret)
    }
}

impl EscrowKind {
    /// How its secrets are shown; `None` for a kind that nobody is shown.
    pub fn showing(self) -> Option<&'static Showing> {
        match self {
            Self::PersonalRecoveryKey => Some(&RECOVERY_KEY),
            Self::LocalAdministratorPassword => Some(&LOCAL_ADMINISTRATOR),
            Self::RecoveryLock => Some(&RECOVERY_LOCK),
            Self::FirmwarePassword => Some(&FIRMWARE_PASSWORD),
            // Its Mac alone gets it.
            Self::BootstrapToken => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_read_out_as_a_key() {
        let spelled = |kind: EscrowKind| kind.showing().unwrap().spell("aB2d-3fgh");
        let key = spelled(EscrowKind::PersonalRecoveryKey);
        assert_eq!(key[0].0, "aB2d", "a key has dashes between its groups");
        let password = spelled(EscrowKind::LocalAdministratorPassword);
        assert_eq!(
            (password[1].0.as_str(), password[1].1[0].as_str()),
            ("-3fg", "hyphen")
        );
        assert_eq!(password[0].1[1], "capital Bravo");
    }
}
