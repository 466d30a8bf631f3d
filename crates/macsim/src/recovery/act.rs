//! What a hand does.

use std::str::FromStr;

/// One thing that somebody does. It has no `Debug`: what is entered may be a password or a key.
#[derive(Clone, PartialEq, Eq)]
pub enum Act {
    /// Shut the Mac down.
    ShutDown,
    /// Turn it on.
    TurnOn,
    /// Press and hold the power button.
    HoldPowerButton,
    /// Turn it on with Command and R held down.
    TurnOnHoldingCommandR,
    /// Turn it on with T held down.
    TurnOnHoldingT,
    /// Connect it to another Mac by a cable.
    ConnectToAnotherMac,
    /// Connect the external drive to whichever Mac one works at.
    ConnectDrive,
    /// Open the Terminal of the other Mac.
    OpenTerminal,
    /// Click something.
    Click {
        /// What stands on it.
        label: String,
        /// What stands beside it, where there are several alike.
        beside: Option<String>,
    },
    /// Press the Return key.
    PressReturn,
    /// Fill a field in.
    Enter {
        /// The field's name.
        field: String,
        /// What is entered.
        text: String,
    },
    /// Type a line in the Terminal and press Return.
    TypeLine(String),
    /// Log in at the screen, opening the disk first where FileVault guards it.
    LogIn {
        /// Record name.
        name: String,
        /// Password.
        password: String,
    },
}

impl Act {
    /// A click on the only thing with this label.
    #[must_use]
    pub fn click(label: &str) -> Self {
        Self::Click {
            label: label.to_owned(),
            beside: None,
        }
    }

    /// A field that is filled in.
    #[must_use]
    pub fn enter(field: &str, text: &str) -> Self {
        Self::Enter {
            field: field.to_owned(),
            text: text.to_owned(),
        }
    }

    /// Whether something secret belongs to it that is typed separately.
    #[must_use]
    pub fn takes_a_secret(&self) -> bool {
        matches!(self, Self::Enter { .. } | Self::LogIn { .. })
    }

    /// The same with the secret that belongs to it.
    #[must_use]
    pub fn with_secret(self, secret: &str) -> Self {
        match self {
            Self::Enter { field, .. } => Self::enter(&field, secret),
            Self::LogIn { name, .. } => Self::LogIn {
                name,
                password: secret.to_owned(),
            },
            other => other,
        }
    }
}

/// Why something cannot be done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotDo {
    /// Screen sharing ended when macOS did.
    #[error("screen sharing does not reach the Mac any more")]
    OutOfReach,
    /// Keys are held down while a Mac that is off is turned on.
    #[error("the Mac is on")]
    MacIsOn,
    /// Nobody has brought an external drive, or it is connected.
    #[error("there is no external drive to connect")]
    NoDrive,
    /// This Mac's disk is connected to none.
    #[error("there is no other Mac that shows this one's disk")]
    NoOtherMac,
    /// There is nothing of this name to click.
    #[error("there is no “{0}” to click")]
    NoButton(String),
    /// There is no such field.
    #[error("there is no field “{0}”")]
    NoField(String),
    /// There is no Terminal to type in.
    #[error("there is no Terminal to type in")]
    NoTerminal,
    /// There is nowhere to log in.
    #[error("there is no login window")]
    NoLogin,
}

/// The text is no act.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{0}` is none of: shut down, turn on, hold power, hold command-r, hold t, connect mac, connect drive, open \
     terminal, return, click LABEL, click LABEL beside NAME, enter FIELD, \
     type LINE, log in NAME"
)]
pub struct UnknownAct(String);

impl FromStr for Act {
    type Err = UnknownAct;

    /// Reads an act; what is secret of it stays empty.
    fn from_str(text: &str) -> Result<Self, UnknownAct> {
        let text = text.trim();
        let simple = match text {
            "shut down" => Some(Self::ShutDown),
            "turn on" => Some(Self::TurnOn),
            "hold power" => Some(Self::HoldPowerButton),
            "hold command-r" => Some(Self::TurnOnHoldingCommandR),
            "hold t" => Some(Self::TurnOnHoldingT),
            "connect mac" => Some(Self::ConnectToAnotherMac),
            "connect drive" => Some(Self::ConnectDrive),
            "open terminal" => Some(Self::OpenTerminal),
            "return" => Some(Self::PressReturn),
            _ => None,
        };
        if let Some(act) = simple {
            return Ok(act);
        }
        if let Some(what) = text.strip_prefix("click ") {
            return Ok(match what.split_once(" beside ") {
                Some((label, beside)) => Self::Click {
                    label: label.to_owned(),
                    beside: Some(beside.to_owned()),
                },
                None => Self::click(what),
            });
        }
        if let Some(field) = text.strip_prefix("enter ") {
            return Ok(Self::enter(field, ""));
        }
        if let Some(line) = text.strip_prefix("type ") {
            return Ok(Self::TypeLine(line.to_owned()));
        }
        match text.strip_prefix("log in ") {
            Some(name) => Ok(Self::LogIn {
                name: name.to_owned(),
                password: String::new(),
            }),
            None => Err(UnknownAct(text.to_owned())),
        }
    }
}
