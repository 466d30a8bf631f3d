//! `mdmclient QueryDeviceInformation`.

use super::session::{Exit, Session};
use crate::model::os::OsVersion;
use crate::rules::bootstrap_token;

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    if args.first().map(String::as_str) != Some("QueryDeviceInformation") {
        session.err("Usage: mdmclient <action>");
        return 1;
    }
    let (serial, os, preflight) = session.look(|mac| {
        let works = mac.session.network && bootstrap_token::open(mac).is_some();
        let preflight = (mac.os >= OsVersion::new(13, 3)).then_some(works);
        (mac.hardware.serial.clone(), mac.os, preflight)
    });
    session.out("Daemon response: {");
    session.out("    QueryResponses =     {");
    if let Some(works) = preflight {
        let value = if works {
            "success"
        } else {
            "\"Bootstrap token is not available\""
        };
        session.out(&format!("        EACSPreflight = {value};"));
    }
    session.out(&format!("        OSVersion = \"{os}\";"));
    session.out(&format!("        SerialNumber = {serial};"));
    session.out("    };");
    session.out("}");
    0
}
