//! An account that still holds a token hands it on.

use crate::action::{Action, GrantSecureToken};
use crate::chain::Member;
use crate::recovery::machine::Machine;
use crate::recovery::{Guide, Way, WayBack};

pub(super) fn judge(members: &[Member<'_>], machine: &Machine<'_>) -> WayBack {
    let way = Way::AnotherHolder;
    let holders: Vec<&Member<'_>> = members.iter().filter(|member| member.token.holds()).collect();
    let Some(holder) = holders
        .iter()
        .find(|member| member.token.is_proved())
        .or(holders.first())
    else {
        return WayBack::closed(way, "No account holds a token that works.");
    };
    let name = &holder.account.record_name;
    let guide = Guide::from_afar([
        format!(
            "Let {name} hand its token on to an administrator, and become one for the moment of the hand-over; or make \
             {name} an administrator at the Mac, in {}.",
            machine.users_and_groups()
        ),
        "The page of the Mac shows the new holder as soon as it was proved.".to_owned(),
    ])
    .needing([format!("The password of {name}, and that of the account that gets the token.")]);
    let mut way = WayBack::open(way, format!("{name}, a standard account, holds one."), guide);
    if !holder.token.is_proved() {
        way = way.with_unknowns([format!(
            "Whether the token of {name} works: nobody has proved it by its password."
        )]);
    }
    WayBack {
        action: grant(holder, members),
        ..way
    }
}

/// The hand-over to an administrator without a token, if there is one.
fn grant(holder: &Member<'_>, members: &[Member<'_>]) -> Option<Action> {
    let target = members
        .iter()
        .find(|member| member.account.administrator && !member.account.disabled && !member.token.holds())?;
    Some(Action::GrantSecureToken(GrantSecureToken {
        administrator: holder.account.record_name.parse().ok()?,
        target: target.account.record_name.parse().ok()?,
        promote_administrator: true,
    }))
}
