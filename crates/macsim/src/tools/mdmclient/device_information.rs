//! `mdmclient QueryDeviceInformation`.

use crate::model::os::OsVersion;
use crate::rules::bootstrap_token;
use crate::tools::session::{Exit, Session};

pub(super) fn answer(session: &mut Session<'_>) -> Exit {
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
