//! A macOS version, as it is typed.

use crate::model::os::OsVersion;

/// A macOS that the rules know.
pub(super) fn os_version(text: &str) -> Result<OsVersion, String> {
    let version: OsVersion = text.parse().map_err(|error| format!("{error}"))?;
    let exists = match version.major {
        10 => (12..=15).contains(&version.minor),
        major => (11..=15).contains(&major) || major == 26,
    };
    match exists {
        true => Ok(version),
        false => Err("the simulated Macs know macOS 10.12 to 10.15, 11 to 15 and 26".to_owned()),
    }
}
