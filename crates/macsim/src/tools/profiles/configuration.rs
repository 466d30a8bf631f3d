//! `list` and `show` of configuration profiles in the system domain. What an enrolment profile shows is not played.

use crate::tools::session::{Exit, Session};

const NONE: &str = "There are no configuration profiles installed in the system domain";

/// Which profiles there are.
pub(super) fn list(session: &mut Session<'_>) -> Exit {
    match session.look(|mac| mac.escrow_profile.clone()) {
        None => session.out(NONE),
        Some(profile) => {
            attribute(session, "profileIdentifier", &profile.identifier);
            session.out("There are 1 system configuration profiles installed");
        }
    }
    0
}

/// What is in them.
pub(super) fn show(session: &mut Session<'_>) -> Exit {
    let Some(profile) = session.look(|mac| mac.escrow_profile.clone()) else {
        session.out(NONE);
        return 0;
    };
    let by_mdm = match session.look(|mac| mac.mdm.enrolled) {
        true => "TRUE",
        false => "FALSE",
    };
    for (name, value) in [
        ("name", profile.name.as_str()),
        ("profileIdentifier", profile.identifier.as_str()),
        ("profileUUID", profile.uuid.as_str()),
        ("profileType", "Configuration"),
        ("containsComputerItems", "TRUE"),
        ("installedByMDM", by_mdm),
    ] {
        attribute(session, name, value);
    }
    session.out(&format!(
        "_computerlevel[1] payload count = {}",
        profile.payloads.len()
    ));
    for (number, (kind, identifier)) in (1..).zip(&profile.payloads) {
        for (name, value) in [("type", kind), ("identifier", identifier)] {
            session.out(&format!(
                "_computerlevel[1]            payload[{number}] {name}\t\t\t= {value}"
            ));
        }
    }
    0
}

fn attribute(session: &mut Session<'_>, name: &str, value: &str) {
    session.out(&format!("_computerlevel[1] attribute: {name}: {value}"));
}
