//! The MDM's bootstrap token gives an account a token at a login at the screen.

use crate::observation::{CryptoUserKind, Observation};
use crate::os::OsVersion;
use crate::recovery::machine::Machine;
use crate::recovery::{Guide, Way, WayBack};

const CATALINA: OsVersion = OsVersion::new(10, 15, 0);
const BIG_SUR: OsVersion = OsVersion::new(11, 0, 0);

pub(super) fn judge(observation: &Observation, machine: &Machine<'_>) -> WayBack {
    let way = Way::BootstrapToken;
    if let Some(obstacle) = obstacle(observation, machine) {
        return WayBack::closed(way, obstacle);
    }
    let guide = guide(machine);
    let unknowns = [
        "Whether the token that the MDM holds still opens the disk: macOS says only that the MDM has one.",
        "Whether the Mac reaches the MDM at the moment of the login.",
    ]
    .into_iter()
    .chain(machine.would_stay_locked().then_some(
        "Whether the Mac is still running: once it was restarted, nobody passes its start-up screen.",
    ));
    let doubts = doubts(observation, machine);
    if doubts.is_empty() {
        WayBack::open(
            way,
            "The MDM holds a bootstrap token, and the disk lists its key.",
            guide,
        )
        .with_unknowns(unknowns)
    } else {
        WayBack::uncertain(way, doubts.join(" "), guide).with_unknowns(unknowns)
    }
}

/// What certainly stands in the way.
fn obstacle(observation: &Observation, machine: &Machine<'_>) -> Option<&'static str> {
    let token = observation.bootstrap_token.value();
    if machine.version.is_some_and(|version| version < CATALINA) {
        Some("This macOS knows no bootstrap token; 10.15 was the first.")
    } else if machine.managed == Some(false) {
        Some("No MDM manages this Mac.")
    } else if token.is_some_and(|token| !token.supported) {
        Some("The MDM takes no bootstrap token.")
    } else if token.is_some_and(|token| !token.escrowed) {
        Some("The MDM has no bootstrap token of this Mac, and nobody on it can make one now.")
    } else if machine.lists(&CryptoUserKind::BootstrapToken) == Some(false) {
        Some("The MDM is said to have a bootstrap token, but the disk lists no key for it.")
    } else if machine.best_login().is_none() && observation.accounts.value().is_some() {
        Some("No account is left to log in with.")
    } else {
        None
    }
}

/// What is not certain.
fn doubts(observation: &Observation, machine: &Machine<'_>) -> Vec<&'static str> {
    let catalina = machine.version.is_some_and(|version| version < BIG_SUR);
    [
        (
            catalina,
            "macOS 10.15 uses the bootstrap token for mobile accounts and the MDM's own administrator only.",
        ),
        (machine.version.is_none(), "The Mac did not tell its version."),
        (
            machine.managed.is_none(),
            "The Mac did not tell whether an MDM manages it.",
        ),
        (
            observation.bootstrap_token.value().is_none(),
            "The Mac did not tell whether the MDM holds a bootstrap token.",
        ),
        (
            machine.lists(&CryptoUserKind::BootstrapToken).is_none(),
            "The disk was not asked whether it lists a key for it.",
        ),
    ]
    .into_iter()
    .filter_map(|(is, doubt)| is.then_some(doubt))
    .collect()
}

fn guide(machine: &Machine<'_>) -> Guide {
    let login = machine.best_login().unwrap_or("an administrator");
    let mut steps = vec!["Connect the Mac to the network.".to_owned()];
    if machine.somebody_at_the_screen != Some(false) {
        steps.push("Log out whoever is logged in, so that the login window appears.".to_owned());
    }
    if machine.would_stay_locked() {
        steps.push("Do not restart the Mac: after a restart nobody could open its disk.".to_owned());
    }
    steps.extend([
        format!("Log in as {login} at the login window. A login over ssh, `su`, or an empty password do not count."),
        Machine::afterwards_without_login(),
    ]);
    Guide::at_the_mac(steps).needing([format!("The password of {login}.")])
}
