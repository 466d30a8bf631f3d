//! The exit codes of `fdesetup`, from its manual page.

use crate::Exit;

/// What an exit code of `fdesetup` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FdesetupExit {
    /// 0: done.
    Ok,
    /// 1: FileVault is off.
    Off,
    /// 2: FileVault is on and busy.
    Busy,
    /// 11: a password or recovery key is wrong.
    AuthenticationFailed,
    /// 12: bad parameter.
    BadParameter,
    /// 13 and 14: unknown or bad command.
    BadCommand,
    /// 15: bad input.
    BadInput,
    /// 16: FileVault of before 10.7.
    LegacyFileVault,
    /// 17: users could not be added.
    AddingUsersFailed,
    /// 18 and 19: the master keychain is in the way.
    Keychain,
    /// 20: there is no deferral, or it is broken.
    NoDeferral,
    /// 21, 22 and 23: FileVault could not be turned on.
    EnableFailed,
    /// 24: FileVault is on already.
    AlreadyEnabled,
    /// 25: the user could not be removed, or FileVault not be turned off.
    RemoveFailed,
    /// 26: the recovery key could not be changed.
    ChangeKeyFailed,
    /// 27: the recovery key could not be removed.
    RemoveKeyFailed,
    /// 28: FileVault is off or busy, or the volume is locked.
    OffBusyOrLocked,
    /// 29: nothing is known of this place.
    NoInformation,
    /// 30: there is no such account.
    UserNotFound,
    /// 31: management forbids it.
    ManagementSettings,
    /// 32: it is active already.
    AlreadyActive,
    /// 33 and 34: not on this file system.
    UnsupportedFileSystem,
    /// 35: FileVault could not be turned off.
    DisableFailed,
    /// 36: not on this computer.
    UnsupportedComputer,
    /// 37: an account that holds a token has a blank password.
    BlankPassword,
    /// 99: an internal error.
    Internal,
    /// A code that the manual does not name, or a signal.
    Unknown(Exit),
}

impl From<Exit> for FdesetupExit {
    fn from(exit: Exit) -> Self {
        let Exit::Code(code) = exit else {
            return Self::Unknown(exit);
        };
        match code {
            0 => Self::Ok,
            1 => Self::Off,
            2 => Self::Busy,
            11 => Self::AuthenticationFailed,
            12 => Self::BadParameter,
            13 | 14 => Self::BadCommand,
            15 => Self::BadInput,
            16 => Self::LegacyFileVault,
            17 => Self::AddingUsersFailed,
            18 | 19 => Self::Keychain,
            20 => Self::NoDeferral,
            21..=23 => Self::EnableFailed,
            24 => Self::AlreadyEnabled,
            25 => Self::RemoveFailed,
            26 => Self::ChangeKeyFailed,
            27 => Self::RemoveKeyFailed,
            28 => Self::OffBusyOrLocked,
            29 => Self::NoInformation,
            30 => Self::UserNotFound,
            31 => Self::ManagementSettings,
            32 => Self::AlreadyActive,
            33 | 34 => Self::UnsupportedFileSystem,
            35 => Self::DisableFailed,
            36 => Self::UnsupportedComputer,
            37 => Self::BlankPassword,
            99 => Self::Internal,
            _ => Self::Unknown(exit),
        }
    }
}
