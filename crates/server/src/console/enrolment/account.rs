//! The local account that is a person's.

use maud::{Markup, html};
use trust::chain;
use trust::name::AccountName;
use trust::observation::Observation;

use crate::console::components::{Tone, badge, token_badge};

/// Whether an account is on the Mac, and what its token is worth.
pub(in crate::console) fn standing(account: &AccountName, observation: Option<&Observation>) -> Markup {
    let members = observation.map(chain::members);
    let found = members.as_ref().map(|members| {
        let mut members = members.iter();
        members.find(|member| member.account.record_name == account.as_str())
    });
    html! {
        span.mono { (account) } " "
        @match found {
            Some(Some(member)) => { span.quiet { "token " } (token_badge(member.token)) }
            Some(None) => { (badge(Tone::Warn, "not on the Mac yet")) }
            None => {}
        }
    }
}
