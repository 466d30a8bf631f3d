//! An account that still holds a token hands it on.

use crate::action::{Action, GrantSecureToken, PromoteAccount, RepairServiceAccount, UnlockAccount};
use crate::chain::Member;
use crate::recovery::machine::Machine;
use crate::recovery::{Guide, Way, WayBack};
use crate::service_account::is_other;

pub(super) fn judge(members: &[Member<'_>], machine: &Machine<'_>) -> WayBack {
    let way = Way::AnotherHolder;
    let holders = || members.iter().filter(|member| member.token.holds());
    let Some(holder) = holders()
        .filter(|member| is_other(member))
        .min_by_key(|member| (member.account.disabled, !member.token.is_proved()))
    else {
        return match holders().next() {
            Some(_) => service_account(),
            None => WayBack::closed(way, "No account holds a token that works."),
        };
    };
    let name = &holder.account.record_name;
    let found = if holder.account.disabled {
        disabled(holder)
    } else {
        standard(holder, members, machine)
    };
    if holder.token.is_proved() {
        return found;
    }
    found.with_unknowns([format!(
        "Whether the token of {name} works: nobody has proved it by its password."
    )])
}

/// Nobody but the service account: no person knows its password, and the agent puts it right without one.
fn service_account() -> WayBack {
    let guide = Guide::from_afar([
        "Let the agent repair the service account from here; it tries it by itself, too.".to_owned(),
        "The service account hands its token on to who logs in at the Mac then.".to_owned(),
    ]);
    WayBack {
        action: Some(Action::RepairServiceAccount(RepairServiceAccount::default())),
        ..WayBack::open(
            Way::AnotherHolder,
            "The service account holds one, and may not hand it on as it is.",
            guide,
        )
    }
}

fn disabled(holder: &Member<'_>) -> WayBack {
    let name = &holder.account.record_name;
    let guide = Guide::from_afar([
        format!("Unlock the account of {name} from here."),
        "The page of the Mac shows what it can do then.".to_owned(),
    ]);
    let action = name
        .parse()
        .map(|target| Action::UnlockAccount(UnlockAccount { target }));
    WayBack {
        action: action.ok(),
        ..WayBack::open(
            Way::AnotherHolder,
            format!("{name} holds one, and is disabled."),
            guide,
        )
    }
}

fn standard(holder: &Member<'_>, members: &[Member<'_>], machine: &Machine<'_>) -> WayBack {
    let name = &holder.account.record_name;
    let guide = Guide::from_afar([
        format!(
            "Let {name} hand its token on to an administrator, and become one for the moment of the hand-over; or make \
             {name} an administrator, from here or at the Mac in {}.",
            machine.users_and_groups()
        ),
        "The page of the Mac shows the new holder as soon as it was proved.".to_owned(),
    ])
    .needing([format!("The password of {name}, and that of the account that gets the token.")]);
    WayBack {
        action: grant(holder, members).or_else(|| promotion(holder)),
        ..WayBack::open(
            Way::AnotherHolder,
            format!("{name}, a standard account, holds one."),
            guide,
        )
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

/// Without anybody to hand it on to, the holder becomes an administrator.
fn promotion(holder: &Member<'_>) -> Option<Action> {
    let target = holder.account.record_name.parse().ok()?;
    Some(Action::PromoteAccount(PromoteAccount { target }))
}
