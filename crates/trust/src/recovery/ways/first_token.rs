//! macOS gives the automatic first token, as long as nobody has taken it.

use crate::chain::Member;
use crate::observation::Observation;
use crate::os::OsVersion;
use crate::recovery::machine::Machine;
use crate::recovery::{Guide, Way, WayBack};

const BIG_SUR: OsVersion = OsVersion::new(11, 0, 0);
const CATALINA: OsVersion = OsVersion::new(10, 15, 0);
/// From here an administrator who hands on while nobody holds a token becomes the first holder.
const ADMINISTRATOR_CLAIMS: OsVersion = OsVersion::new(10, 14, 2);

pub(super) fn judge(observation: &Observation, members: &[Member<'_>], machine: &Machine<'_>) -> WayBack {
    let way = Way::FirstToken;
    let Some(users) = observation.crypto_users.value() else {
        return WayBack::uncertain(
            way,
            "The Mac did not tell whether anybody's key guards the disk.",
            guide(members, machine),
        );
    };
    if !users.is_empty() {
        return WayBack::closed(
            way,
            "The disk is guarded by keys already, so macOS gives no first token any more.",
        );
    }
    if machine.filevault.is_some_and(|state| state.locks_the_disk()) {
        return WayBack::closed(way, "FileVault is on, so the first token was taken once.");
    }
    WayBack::uncertain(way, "The disk lists no key at all, so the first token may still be there.", guide(members, machine))
        .with_unknowns([
            "Whether macOS still has the first token to give: an account that held it may have been removed with it.",
        ])
}

fn guide(members: &[Member<'_>], machine: &Machine<'_>) -> Guide {
    let regular = members.iter().filter(|member| member.account.uid >= 500).count();
    let login = machine.best_login().unwrap_or("an administrator");
    let steps = match machine.version {
        Some(version) if version >= BIG_SUR => vec![
            format!("Log in at the Mac as {login}."),
            format!(
                "If the page of the Mac shows no holder after it, change the password of {login} in {}: macOS gives \
                 the token when a password is set.",
                machine.users_and_groups()
            ),
        ],
        Some(version) if version >= CATALINA => {
            vec!["Log in at the Mac as an administrator: only one of them gets the first token.".to_owned()]
        }
        Some(version) if regular > 1 && version >= ADMINISTRATOR_CLAIMS => vec![
            "With more than one account macOS gives nobody the first token at a login. Let an administrator hand one on all \
             the same, in the Terminal: `sudo sysadminctl -secureTokenOn TARGET -password - -adminUser ADMINISTRATOR \
             -adminPassword -`. The administrator becomes the first holder by it."
                .to_owned(),
        ],
        Some(_) if regular > 1 => vec![
            "With more than one account macOS gives nobody the first token at a login. Upgrade the Mac to macOS 10.14.2 or \
             later first."
                .to_owned(),
        ],
        _ => vec![format!("Log in at the Mac as {login}.")],
    };
    Guide::at_the_mac(steps.into_iter().chain([Machine::afterwards_without_login()]))
        .needing([format!("The password of {login}.")])
}
