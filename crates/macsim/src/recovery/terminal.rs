//! The Terminal, and the tools that open a disk there with an institutional key.
//!
//! Apple's words are not known but for those of `diskutil apfs list`; the others are ours.

use super::reset::Reset;
use super::{CannotDo, Drive, NEXT, RecoveryOs, Screen, Stage};
use crate::model::crypto_user::PERSONAL_RECOVERY;
use crate::model::hardware::Chip;
use crate::model::mac::Mac;
use crate::model::os::OsVersion;
use crate::model::wrapped_key::VolumeKey;
use crate::rules::{filevault, institutional_key};

/// The first recoveryOS that does not take an institutional key.
const TAKES_NONE: OsVersion = OsVersion::new(10, 15);

/// On which Mac it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In recoveryOS.
    RecoveryOs,
    /// On another Mac, to which this one's disk is connected.
    AnotherMac,
}

/// A Terminal.
#[derive(Debug)]
pub(super) struct Terminal {
    place: Place,
    /// What the last line was answered.
    said: Vec<String>,
    /// What was typed of the keychain's password, where it is asked for.
    password: Option<String>,
    keychain_is_open: bool,
}

/// What came of a line.
pub(super) enum Came {
    /// The answer stands there.
    Said,
    /// It was refused, in these words.
    Refused(String),
    /// The disk is open.
    Opened(VolumeKey),
    /// The passwords are to be reset; whether everybody gets a token.
    Reset(bool),
    /// FileVault is to be turned off.
    Decrypt,
}

impl Terminal {
    pub(super) fn on(place: Place) -> Self {
        Self {
            place,
            said: Vec::new(),
            password: None,
            keychain_is_open: false,
        }
    }

    pub(super) fn screen(&self) -> Screen {
        let asks = self.password.is_some();
        Screen::titled("Terminal")
            .lines(self.said.iter().map(String::as_str))
            .lines((!asks).then_some("-bash-3.2#"))
            .fields(asks.then_some("Password"))
            .buttons(asks.then_some(NEXT))
    }

    /// The password that is asked for.
    pub(super) fn password(&mut self) -> Option<&mut String> {
        self.password.as_mut()
    }

    /// The password was typed.
    pub(super) fn unlock_keychain(&mut self, drive: Option<&Drive>) -> Came {
        let typed = self.password.take().unwrap_or_default();
        self.keychain_is_open = drive.is_some_and(|drive| drive.keychain_password == typed);
        match self.keychain_is_open {
            true => Came::Said,
            false => {
                Came::Refused("security: the user name or passphrase you entered is not correct.".to_owned())
            }
        }
    }

    /// Runs a line, with the drive where one is connected.
    pub(super) fn run(&mut self, mac: &Mac, drive: Option<&Drive>, line: &str) -> Came {
        self.said.clear();
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["resetFileVaultpassword"] if self.place == Place::RecoveryOs => Came::Reset(true),
            ["resetpassword"] if self.place == Place::RecoveryOs => Came::Reset(false),
            ["security", "unlock-keychain", path] => match drive {
                Some(drive) if drive.keychain() == path => {
                    self.password = Some(String::new());
                    Came::Said
                }
                _ => Came::Refused(format!("security: there is no keychain {path}")),
            },
            ["diskutil", "apfs", "list"] => {
                self.said = self.volumes(mac);
                Came::Said
            }
            [
                "diskutil",
                "apfs",
                verb @ ("unlockVolume" | "decryptVolume"),
                device,
                "-recoverykeychain",
                path,
            ] => {
                let opened = self.open(mac, drive, device.trim_start_matches("/dev/"), path);
                match (opened, verb) {
                    (Err(why), _) => Came::Refused(why.to_owned()),
                    (Ok(key), "unlockVolume") => {
                        self.said.push("Unlocked and mounted APFS Volume".to_owned());
                        Came::Opened(key)
                    }
                    (Ok(_), _) => {
                        self.said.push("Finished APFS operation".to_owned());
                        Came::Decrypt
                    }
                }
            }
            _ => Came::Refused(format!("-bash: {line}: command not found")),
        }
    }

    fn open(
        &self,
        mac: &Mac,
        drive: Option<&Drive>,
        device: &str,
        path: &str,
    ) -> Result<VolumeKey, &'static str> {
        if device != self.seen_as(encrypted(mac)) {
            return Err("Could not find an encrypted APFS Volume of that name.");
        }
        let Some(drive) = drive.filter(|drive| drive.keychain() == path && self.keychain_is_open) else {
            return Err("The keychain is not open.");
        };
        let takes_none = mac.hardware.chip == Chip::AppleSilicon || mac.os >= TAKES_NONE;
        if self.place == Place::RecoveryOs && takes_none {
            return Err("This macOS Recovery takes no institutional recovery key.");
        }
        institutional_key::open(mac, &drive.private_half)
            .ok_or("The key in the keychain does not open this disk.")
    }

    /// The volumes of this Mac, and of the other one where it runs there.
    fn volumes(&self, mac: &Mac) -> Vec<String> {
        let state = match mac.filevault.is_on() {
            true => "Yes (Locked)",
            false => "No",
        };
        let role = match has_data_volume(mac) {
            true => "Data",
            false => "No specific role",
        };
        let mut lines = volume(&self.seen_as(encrypted(mac)), role, state);
        lines.extend(volume(&self.seen_as(&mac.volume.preboot_device), "Preboot", "No"));
        if self.place == Place::AnotherMac {
            lines.extend(volume("disk1s1", "Data", "Yes (Unlocked)"));
        }
        lines
    }

    /// The device as it is called here: another Mac counts its own disks first.
    fn seen_as(&self, device: &str) -> String {
        match (self.place, device.rsplit_once('s')) {
            (Place::AnotherMac, Some((_, number))) => format!("disk4s{number}"),
            _ => device.to_owned(),
        }
    }
}

impl RecoveryOs {
    pub(super) fn connect_drive(&mut self) -> Result<(), CannotDo> {
        match &mut self.drive {
            Some((_, connected)) if !*connected => *connected = true,
            _ => return Err(CannotDo::NoDrive),
        }
        Ok(())
    }

    pub(super) fn open_terminal_of_the_other_mac(&mut self) -> Result<(), CannotDo> {
        if !matches!(self.stage, Stage::TargetDisk) || !self.has_cable {
            return Err(CannotDo::NoOtherMac);
        }
        self.stage = Stage::Terminal(Terminal::on(Place::AnotherMac));
        Ok(())
    }

    pub(super) fn type_line(&mut self, mac: &mut Mac, line: &str) -> Result<(), CannotDo> {
        let Stage::Terminal(terminal) = &mut self.stage else {
            return Err(CannotDo::NoTerminal);
        };
        let came = terminal.run(mac, connected(self.drive.as_ref()), line);
        self.follow(mac, came);
        Ok(())
    }

    /// What a line in the Terminal has led to.
    pub(super) fn follow(&mut self, mac: &mut Mac, came: Came) {
        match came {
            Came::Said => {}
            Came::Refused(why) => self.message = Some(why),
            Came::Opened(key) => self.key = Some(key),
            Came::Decrypt => self.message = filevault::disable(mac).err().map(|refusal| refusal.to_string()),
            Came::Reset(resync) => self.begin_reset(mac, resync),
        }
    }

    fn begin_reset(&mut self, mac: &Mac, resync: bool) {
        let locked = mac.filevault.is_on() && self.key.is_none();
        if !locked {
            self.stage = Stage::Reset(Reset::of(mac, resync));
        } else if mac.volume.crypto_user(PERSONAL_RECOVERY).is_some() {
            self.stage = Stage::Key {
                typed: String::new(),
                then_reset: true,
            };
        } else {
            self.message = Some("This Mac has no recovery key.".to_owned());
        }
    }
}

/// The drive, where it is connected.
pub(super) fn connected(drive: Option<&(Drive, bool)>) -> Option<&Drive> {
    drive.and_then(|(drive, connected)| connected.then_some(drive))
}

/// From macOS 10.15 on what people have stands on a volume of its own.
fn has_data_volume(mac: &Mac) -> bool {
    mac.volume.data_device != mac.volume.system_device
}

/// The volume that FileVault guards.
fn encrypted(mac: &Mac) -> &str {
    match has_data_volume(mac) {
        true => &mac.volume.data_device,
        false => &mac.volume.system_device,
    }
}

fn volume(device: &str, role: &str, filevault: &str) -> Vec<String> {
    vec![
        format!("APFS Volume Disk (Role):   {device} ({role})"),
        format!("FileVault:                 {filevault}"),
    ]
}
