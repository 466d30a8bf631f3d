//! What the agent could not do when it tried last: why, and what to do.

use maud::{Markup, html};

use crate::console::components::{code_notice, evidence_table, moment, prose, section};
use crate::local_administrator::failure::LocalAdministratorFailure;

/// What failed, in a box.
pub(crate) fn notice(failure: &LocalAdministratorFailure) -> Markup {
    let deed = &failure.deed;
    html! {
        p {
            "What the agent tried last failed, " (moment(deed.at))
            @if let Some(account) = &deed.account { ", with the account " strong { (account) } }
            "."
        }
        (code_notice(deed.code))
    }
}

/// The same with what was seen on the way and what Bestow does about it.
pub(super) fn in_full(failure: &LocalAdministratorFailure) -> Markup {
    let contents = html! {
        (notice(failure))
        p { (prose(failure.bestow)) }
        (evidence_table(&failure.deed.evidence))
    };
    section("failure", "What failed last", contents)
}
