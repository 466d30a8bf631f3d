//! `mdmclient`: what macOS would answer its MDM.

mod device_information;
mod security_info;

use super::session::{Exit, Session};

/// Runs the tool for the two questions that scripts ask.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    match args.first().map(String::as_str) {
        Some("QueryDeviceInformation") => device_information::answer(session),
        Some("QuerySecurityInfo") => security_info::answer(session),
        _ => {
            session.err("Usage: mdmclient <action>");
            1
        }
    }
}
