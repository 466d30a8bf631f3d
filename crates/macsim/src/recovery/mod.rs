//! recoveryOS, as somebody in front of the Mac meets it: screens with what stands on them, and what a hand can do there.
//!
//! It is reached from a Mac that is off, in the way of its chip; nobody reaches it by screen sharing. What no capture or
//! document shows (the words of refusals, which versions show “Forgot all passwords?” only after a user was chosen) is played
//! both ways or in words of our own. While somebody works in it the tools of the Mac answer all the same, which on a real one
//! they do not.

mod act;
mod drive;
mod person;
mod reset;
mod screen;
mod terminal;

pub use act::{Act, CannotDo, UnknownAct};
pub use drive::Drive;
pub use person::{Hands, Knows, Walk, follow};
pub use screen::{Button, Screen};

use crate::model::crypto_user::PERSONAL_RECOVERY;
use crate::model::hardware::Chip;
use crate::model::mac::Mac;
use crate::model::mdm::RECOVERY_LOCK_PASSWORD;
use crate::model::os::OsVersion;
use crate::model::wrapped_key::VolumeKey;
use crate::rules::login;
use crate::rules::reboot::reboot;
use crate::rules::refusal::{Circumstances, Credentials};
use crate::rules::start_up::open_at_start_up;
use crate::rules::unlock::unlock;
use reset::Reset;
use terminal::{Place, Terminal, connected};

/// The first macOS whose recoveryOS asks who is there before it shows its utilities.
const ASKS_WHO: OsVersion = OsVersion::new(10, 15);
/// The first macOS that shows the way without a password beside the users.
const LINK_BESIDE_USERS: OsVersion = OsVersion::new(11, 0);

/// What the Return key stands for.
const NEXT: &str = "Next";

/// “I have no password at all.”
pub const FORGOT: &str = "Forgot all passwords?";

/// What somebody sees and does at a Mac, from the running macOS through recoveryOS and back.
#[derive(Default)]
pub struct RecoveryOs {
    stage: Stage,
    /// What the last thing that was done has been answered.
    message: Option<String>,
    /// The volume key, when somebody has opened the disk since the start.
    key: Option<VolumeKey>,
    by_screen_sharing: bool,
    /// The drive that somebody has brought, and whether it is connected.
    drive: Option<(Drive, bool)>,
    /// A cable leads to another Mac.
    has_cable: bool,
}

impl std::fmt::Debug for RecoveryOs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RecoveryOs")
            .field("stage", &self.stage)
            .finish_non_exhaustive()
    }
}

/// How far somebody is.
#[derive(Debug, Default)]
enum Stage {
    /// macOS runs.
    #[default]
    Running,
    /// The Mac is off.
    Off,
    /// Apple silicon: “Loading startup options”; whether “Options” is chosen.
    StartUpOptions(bool),
    /// The MDM's password is asked for.
    Lock(String),
    /// Who knows a password?
    Users,
    /// The password of one of them.
    Password { guid: String, typed: String },
    /// The recovery key; `then_reset` when the disk is opened for the reset itself.
    Key { typed: String, then_reset: bool },
    /// The utilities; the menu that is open.
    Utilities(Option<&'static str>),
    /// “Target Disk Mode”: the Mac is a disk for another one.
    TargetDisk,
    /// The Terminal.
    Terminal(Terminal),
    /// “Reset Password”.
    Reset(Reset),
    /// The passwords are reset.
    Done,
}

impl RecoveryOs {
    /// Somebody in front of a running Mac.
    #[must_use]
    pub fn at_the_mac() -> Self {
        Self::default()
    }

    /// Somebody who sees the Mac by screen sharing only.
    #[must_use]
    pub fn by_screen_sharing() -> Self {
        Self {
            by_screen_sharing: true,
            ..Self::default()
        }
    }

    /// The same with an external drive at hand.
    #[must_use]
    pub fn with_drive(self, drive: Drive) -> Self {
        Self {
            drive: Some((drive, false)),
            ..self
        }
    }

    /// Whether macOS runs, so that somebody can log in.
    #[must_use]
    pub fn runs_macos(&self) -> bool {
        matches!(self.stage, Stage::Running)
    }

    /// What stands on the screen.
    #[must_use]
    pub fn screen(&self, mac: &Mac) -> Screen {
        let shown = match &self.stage {
            _ if self.by_screen_sharing && !matches!(self.stage, Stage::Running) => {
                Screen::titled("The connection is lost")
            }
            Stage::Running => Screen::titled("macOS"),
            Stage::Off => Screen::titled(""),
            Stage::StartUpOptions(chosen) => Screen::titled("Loading startup options")
                .buttons([mac.volume.name.as_str(), "Options"])
                .buttons(chosen.then_some("Continue")),
            Stage::Lock(_) => Screen::titled("Recovery Lock")
                .fields(["Password"])
                .buttons([NEXT]),
            Stage::Users => Screen::titled("Select a user you know the password for")
                .buttons(users(mac).map(|(_, name)| name))
                .buttons((mac.os >= LINK_BESIDE_USERS || users(mac).next().is_none()).then_some(FORGOT)),
            Stage::Password { .. } => Screen::titled("Enter the password")
                .fields(["Password"])
                .buttons([NEXT, FORGOT]),
            Stage::Key { .. } => Screen::titled("Enter your recovery key")
                .fields(["Recovery key"])
                .buttons([NEXT]),
            Stage::Utilities(menu) => utilities(*menu),
            Stage::TargetDisk => Screen::titled("Target Disk Mode"),
            Stage::Terminal(terminal) => terminal.screen(),
            Stage::Reset(reset) => reset.screen(),
            Stage::Done => Screen::titled("Reset Password Completed").buttons(["Restart"]),
        };
        shown.message(self.message.clone())
    }

    /// Does something.
    ///
    /// # Errors
    /// When there is nothing on the screen that it could be done to; nothing has happened then. What the Mac refuses is no
    /// error: it stands on the screen.
    pub fn act(&mut self, mac: &mut Mac, act: &Act, at: Circumstances) -> Result<(), CannotDo> {
        if self.by_screen_sharing && !matches!(self.stage, Stage::Running) {
            return Err(CannotDo::OutOfReach);
        }
        self.message = None;
        match act {
            Act::ShutDown => self.become_off(),
            Act::TurnOn => self.start(mac, at),
            Act::HoldPowerButton => self.hold_power_button(mac, at),
            Act::TurnOnHoldingCommandR => self.hold_command_r(mac, at),
            Act::TurnOnHoldingT => self.hold_t(mac, at),
            Act::ConnectToAnotherMac => {
                self.has_cable = true;
                Ok(())
            }
            Act::ConnectDrive => self.connect_drive(),
            Act::OpenTerminal => self.open_terminal_of_the_other_mac(),
            Act::Click { label, beside } => self.click(mac, label, beside.as_deref(), at),
            Act::PressReturn => self.click(mac, NEXT, None, at),
            Act::Enter { field, text } => self.enter(field, text),
            Act::TypeLine(line) => self.type_line(mac, line.trim()),
            Act::LogIn { name, password } => self.log_in(mac, Credentials { name, password }, at),
        }
    }

    fn become_off(&mut self) -> Result<(), CannotDo> {
        self.stage = Stage::Off;
        self.key = None;
        Ok(())
    }

    fn start(&mut self, mac: &mut Mac, at: Circumstances) -> Result<(), CannotDo> {
        reboot(mac, at);
        self.key = None;
        self.stage = Stage::Running;
        Ok(())
    }

    /// A Mac with Intel just starts; a running one is cut off.
    fn hold_power_button(&mut self, mac: &mut Mac, at: Circumstances) -> Result<(), CannotDo> {
        match (&self.stage, mac.hardware.chip) {
            (Stage::Off, Chip::AppleSilicon) => self.stage = Stage::StartUpOptions(false),
            (Stage::Off, Chip::T2 | Chip::Intel) => return self.start(mac, at),
            _ => return self.become_off(),
        }
        Ok(())
    }

    /// Apple silicon takes no notice of held keys.
    fn hold_command_r(&mut self, mac: &mut Mac, at: Circumstances) -> Result<(), CannotDo> {
        match (&self.stage, mac.hardware.chip) {
            (Stage::Off, Chip::T2 | Chip::Intel) => self.enter_recovery(mac),
            (Stage::Off, Chip::AppleSilicon) => return self.start(mac, at),
            _ => return Err(CannotDo::MacIsOn),
        }
        Ok(())
    }

    /// Apple silicon takes no notice of this one either: it has no target disk mode.
    fn hold_t(&mut self, mac: &mut Mac, at: Circumstances) -> Result<(), CannotDo> {
        match (&self.stage, mac.hardware.chip) {
            (Stage::Off, Chip::T2 | Chip::Intel) => self.stage = Stage::TargetDisk,
            (Stage::Off, Chip::AppleSilicon) => return self.start(mac, at),
            _ => return Err(CannotDo::MacIsOn),
        }
        Ok(())
    }

    fn enter_recovery(&mut self, mac: &Mac) {
        self.stage = if mac.mdm.recovery_lock {
            Stage::Lock(String::new())
        } else {
            past_the_lock(mac)
        };
    }

    fn click(
        &mut self,
        mac: &mut Mac,
        label: &str,
        beside: Option<&str>,
        at: Circumstances,
    ) -> Result<(), CannotDo> {
        if !self.screen(mac).has_button(label, beside) {
            return Err(CannotDo::NoButton(label.to_owned()));
        }
        match (&mut self.stage, label) {
            (Stage::StartUpOptions(chosen), "Options") => *chosen = true,
            (Stage::StartUpOptions(_), "Continue") => self.enter_recovery(mac),
            (Stage::StartUpOptions(_), _) => return self.start(mac, at),
            (Stage::Lock(typed), _) => {
                if typed == RECOVERY_LOCK_PASSWORD {
                    self.stage = past_the_lock(mac);
                } else {
                    self.message = Some("The password is wrong.".to_owned());
                }
            }
            (Stage::Users | Stage::Password { .. }, FORGOT) => self.forgot(mac),
            (Stage::Users, name) => {
                let guid = users(mac).find(|(_, shown)| *shown == name).map(|(guid, _)| guid);
                let guid = guid.unwrap_or_default().to_owned();
                self.stage = Stage::Password {
                    guid,
                    typed: String::new(),
                };
            }
            (Stage::Password { guid, typed }, _) => match unlock(mac, guid, typed) {
                Ok(key) => self.opened(key, false),
                Err(refusal) => self.message = Some(refusal.to_string()),
            },
            (Stage::Key { typed, then_reset }, _) => match unlock(mac, PERSONAL_RECOVERY, typed) {
                Ok(key) => {
                    let then_reset = *then_reset;
                    self.opened(key, then_reset);
                    if then_reset {
                        self.stage = Stage::Reset(Reset::of(mac, true));
                    }
                }
                Err(_) => self.message = Some("This recovery key does not open the disk.".to_owned()),
            },
            (Stage::Utilities(menu), "Utilities") => *menu = Some("Utilities"),
            (Stage::Utilities(_), "Terminal") => {
                self.stage = Stage::Terminal(Terminal::on(Place::RecoveryOs));
            }
            (Stage::Terminal(terminal), _) => {
                let came = terminal.unlock_keychain(connected(self.drive.as_ref()));
                self.follow(mac, came);
            }
            // Nobody is sent to the other utilities, so nothing is behind them.
            (Stage::Utilities(menu), _) => *menu = None,
            (Stage::Reset(reset), NEXT) => match reset.finish(mac, self.key, at) {
                Ok(()) => self.stage = Stage::Done,
                Err(why) => self.message = Some(why.to_owned()),
            },
            (Stage::Reset(reset), _) => reset.open(beside.unwrap_or_default()),
            (Stage::Done, _) => return self.start(mac, at),
            (Stage::Running | Stage::Off | Stage::TargetDisk, _) => {}
        }
        Ok(())
    }

    /// Without FileVault nothing is asked for; with it only the recovery key helps.
    fn forgot(&mut self, mac: &Mac) {
        if !mac.filevault.is_on() {
            self.stage = Stage::Utilities(None);
        } else if mac.volume.crypto_user(PERSONAL_RECOVERY).is_some() {
            self.stage = Stage::Key {
                typed: String::new(),
                then_reset: false,
            };
        } else {
            self.message = Some("This Mac has no recovery key.".to_owned());
        }
    }

    fn opened(&mut self, key: VolumeKey, then_reset: bool) {
        self.key = Some(key);
        if !then_reset {
            self.stage = Stage::Utilities(None);
        }
    }

    fn enter(&mut self, field: &str, text: &str) -> Result<(), CannotDo> {
        let is_there = match (&mut self.stage, field) {
            (Stage::Lock(typed) | Stage::Password { typed, .. }, "Password")
            | (Stage::Key { typed, .. }, "Recovery key") => {
                text.clone_into(typed);
                true
            }
            (Stage::Terminal(terminal), "Password") => match terminal.password() {
                Some(typed) => {
                    text.clone_into(typed);
                    true
                }
                None => false,
            },
            (Stage::Reset(reset), _) => reset.enter(field, text),
            _ => false,
        };
        is_there
            .then_some(())
            .ok_or_else(|| CannotDo::NoField(field.to_owned()))
    }

    fn log_in(&mut self, mac: &mut Mac, who: Credentials<'_>, at: Circumstances) -> Result<(), CannotDo> {
        if !matches!(self.stage, Stage::Running) {
            return Err(CannotDo::NoLogin);
        }
        let done = open_at_start_up(mac, who).and_then(|()| login::at_the_screen(mac, who, at));
        self.message = done.err().map(|refusal| refusal.to_string());
        Ok(())
    }
}

fn past_the_lock(mac: &Mac) -> Stage {
    let guarded = mac.filevault.is_on() || mac.hardware.chip != Chip::Intel;
    if mac.os >= ASKS_WHO && guarded {
        Stage::Users
    } else {
        Stage::Utilities(None)
    }
}

/// The administrators of the pre-boot list, as it was last written.
fn users(mac: &Mac) -> impl Iterator<Item = (&str, &str)> {
    let admin = |guid: &str| {
        mac.directory
            .user_by_guid(guid)
            .is_none_or(|user| mac.directory.is_admin(user))
    };
    mac.preboot
        .iter()
        .filter(move |user| admin(&user.guid))
        .map(|user| (user.guid.as_str(), user.real_name.as_str()))
}

fn utilities(menu: Option<&str>) -> Screen {
    Screen::titled("Recovery")
        .buttons(["Recovery Assistant", "Utilities", "Window"])
        .buttons([
            "Restore from Time Machine",
            "Reinstall macOS",
            "Safari",
            "Disk Utility",
        ])
        .buttons((menu == Some("Utilities")).then_some("Terminal"))
}
