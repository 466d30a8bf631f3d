//! The plan beside a form.

use maud::{Markup, html};
use trust::chain;
use trust::code::Code;
use trust::plan::Plan;
use trust::words::standing;

use super::meaning::{meaning, unresolved};
use super::page::Form;
use crate::actions::view::AlreadyOpen;
use crate::console::components::{code_notice, moment, plan_list};

/// What would come of what is filled in; before that, what is known of the Mac.
pub(super) fn plan_aside(form: &Form<'_>) -> Markup {
    html! {
        section.plan #plan aria-labelledby="plan-heading" aria-live="polite" {
            h2 #plan-heading { "Plan" }
            @match form.planned {
                Some(planned) => {
                    input type="hidden" name="plan_id" value=(planned.plan_id);
                    (verdict(form, &planned.plan))
                    @if let Some(open) = &planned.already_open { (already_open(open)) }
                    (meaning(form, planned))
                    (plan_list(&planned.plan))
                    @if planned.plan.refusal().is_none() {
                        h3 { "How it can end" }
                        (ends(&planned.plan))
                        (cost(&planned.plan))
                    }
                    @if let Some(at) = planned.observed_at { p.hint { "The Mac as it was seen at " (moment(at)) "." } }
                }
                None => {
                    (unresolved(form))
                    (before(form))
                }
            }
        }
    }
}

fn verdict(form: &Form<'_>, plan: &Plan) -> Markup {
    html! {
        @match plan.refusal() {
            // It stands above the form already.
            Some(code) if form.notice == Some(code) => {
                p { strong { "Nothing was sent." } " This stands in the way:" }
            }
            Some(code) => { (code_notice(code)) }
            None if !form.errors.is_empty() => {
                p { "With all fields filled in, this can be sent." }
            }
            None => {
                p { strong { "This can be sent." } " Nothing has been sent yet." }
            }
        }
    }
}

/// That the same is asked of this Mac already. A second time is not refused.
fn already_open(open: &AlreadyOpen) -> Markup {
    html! {
        div.notice.warn {
            p { strong { "The same is asked of this Mac already." } }
            p {
                a href={ "/actions/" (open.id) } { "That action" } " is "
                (standing(open.state, open.held)) ", asked " (moment(open.created_at)) ". If this is sent too, both are carried out."
            }
        }
    }
}

fn ends(plan: &Plan) -> Markup {
    html! {
        ul.ends {
            @for code in &plan.outcomes { li { a href={ "/codes/" (code) } { (code.entry().title) } } }
        }
    }
}

fn cost(plan: &Plan) -> Markup {
    let cost = &plan.cost;
    let tries = cost.local_password_tries.max(cost.disk_password_tries);
    html! {
        @if cost.shows_after_restart || cost.needs_visit || tries > 0 {
            h3 { "What it takes" }
            ul.costs {
                @if tries > 0 {
                    li {
                        (times(cost.local_password_tries)) " against the accounts and "
                        (times(cost.disk_password_tries)) " against the disk"
                    }
                }
                @if cost.shows_after_restart { li { "A restart, before it shows on the start-up screen" } }
                @if cost.needs_visit { li { "Somebody at the Mac" } }
            }
        }
    }
}

fn times(tries: u8) -> String {
    match tries {
        0 => "no password try".to_owned(),
        1 => "1 password try".to_owned(),
        tries => format!("{tries} password tries"),
    }
}

/// What can be said before names are filled in.
fn before(form: &Form<'_>) -> Markup {
    let obstacle = match form.observation {
        _ if form.device.pending => Some(Code::DevicePending),
        Some(observation) => chain::obstacle(observation),
        None => Some(Code::NotObserved),
    };
    let members = form.observation.map(chain::members).unwrap_or_default();
    let granters: Vec<&str> = members
        .iter()
        .filter(|member| member.can_grant())
        .map(|member| member.account.record_name.as_str())
        .collect();
    html! {
        @if let Some(code) = obstacle { (code_notice(code)) }
        @if !granters.is_empty() {
            p { "Who can hand a token on here: " strong { (granters.join(", ")) } "." }
        }
        p.quiet { "Fill in the usernames: the plan shows what stands in the way and how it can end. Nothing is sent before." }
    }
}
