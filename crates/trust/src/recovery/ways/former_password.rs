//! An account says that it has a token, and the disk refuses its password: it still knows the one before.

use crate::chain::Member;
use crate::recovery::machine::Machine;
use crate::recovery::{Guide, Way, WayBack};
use crate::token::TokenState;

pub(super) fn judge(members: &[Member<'_>], machine: &Machine<'_>) -> WayBack {
    let way = Way::FormerPassword;
    let refused = |member: &&Member<'_>| matches!(member.token, TokenState::Unusable { refused_at: Some(_) });
    let Some(member) = members.iter().find(refused) else {
        return WayBack::closed(way, "No account has a token that its own password has lost.");
    };
    let name = &member.account.record_name;
    let mut steps = Vec::new();
    if machine.filevault.is_some_and(|state| state.locks_the_disk()) {
        steps.push(format!(
            "Restart only when the former password is known for certain. At the start-up screen choose {name} and enter it: \
             if the disk opens, it is the right one."
        ));
    }
    steps.extend([
        format!("Log in as {name}."),
        format!(
            "In {}, change the password of {name}; give the former one where the old password is asked for.",
            machine.users_and_groups()
        ),
        Machine::afterwards_without_login(),
    ]);
    let because = format!(
        "macOS says ENABLED for {name}, and the disk refuses its present password. It opens with the one that {name} had \
         before the password was changed from outside."
    );
    WayBack::uncertain(
        way,
        because,
        Guide::at_the_mac(steps).needing([format!("The former password of {name}.")]),
    )
    .with_unknowns([
        "Whether anybody remembers that password.",
        "Whether this macOS takes it as the old password, although its login knows another.",
    ])
}
