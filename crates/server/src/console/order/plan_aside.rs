//! The plan beside a form.

use maud::{Markup, html};
use trust::chain;
use trust::code::Code;
use trust::plan::Plan;

use super::page::Form;
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
                    (plan_list(&planned.plan))
                    (cost(&planned.plan))
                    @if let Some(at) = planned.observed_at { p.hint { "The Mac as it was seen at " (moment(at)) "." } }
                }
                None => {
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
                p.verdict.bad { strong { "Nothing was sent." } " This stands in the way:" }
            }
            Some(code) => { (code_notice(code)) }
            None => {
                p.verdict.good { strong { "This can be sent." } " Nothing has been sent yet." }
                p { "It can end as: " (ends(plan)) "." }
            }
        }
    }
}

fn ends(plan: &Plan) -> Markup {
    html! {
        @for (index, code) in plan.outcomes.iter().enumerate() {
            @if index > 0 { "; " }
            a href={ "/codes/" (code) } { (code.entry().title) }
        }
    }
}

fn cost(plan: &Plan) -> Markup {
    let cost = &plan.cost;
    let tries = cost.local_password_tries.max(cost.disk_password_tries);
    html! {
        ul.costs {
            @if cost.shows_after_restart { li { "It shows on the start-up screen after the next restart." } }
            @if tries > 0 {
                li {
                    "It tries passwords: " (cost.local_password_tries) " against the accounts, "
                    (cost.disk_password_tries) " against the disk."
                }
            }
            @if cost.needs_visit { li { "A person must go to the Mac." } }
        }
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
