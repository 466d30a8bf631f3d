//! macOS is upgraded.

use super::reboot::reboot;
use super::refusal::Circumstances;
use crate::model::login_right::LoginRight;
use crate::model::mac::Mac;
use crate::model::os::OsVersion;

/// Installs `os` and starts the Mac again. The authorization database is what a fresh system has: whoever was registered
/// there is registered no more.
pub fn upgrade(mac: &mut Mac, os: OsVersion, at: Circumstances) {
    mac.os = os;
    mac.os_extra = None;
    mac.login_right = LoginRight::of(os, at.now);
    reboot(mac, at);
}
