//! From what is filled in to the order of a run, or to what is wrong with it.

use trust::bulk::Canary;
use trust::id::OrganizationId;
use trust::time::Timestamp;

use super::draft::{Draft, name};
use crate::actions::input::{AskedAction, Terms};
use crate::actions::window::Window;
use crate::app::App;
use crate::bulk_actions::input::{AskedRun, RunTerms};
use crate::bulk_actions::selector::{Search, Selector};
use crate::console::components::{Errors, read_moment};
use crate::console::order::draft::name as order_name;
use crate::devices::list::{chain_word, finding_code, service_account_word};
use crate::input::LONGEST_REASON;
use crate::problem::Problem;

/// The order of a run without the passwords that nobody has typed yet, or what is wrong, by field.
pub(super) async fn asked(
    app: &App,
    organization_id: OrganizationId,
    draft: &Draft,
) -> Result<Result<AskedRun, Errors>, Problem> {
    let mut errors = errors_of_selection(draft);
    let selector = selector(app, organization_id, draft).await?;
    let template = draft.order.template(draft.kind);
    let template = template.map_err(|wrong| errors.extend(wrong)).ok();
    let secrets = draft.order.passwords_from(draft.kind, &mut errors);
    let terms = terms(draft, app.now(), &mut errors);
    Ok(match (template, terms) {
        (Some(template), Some(terms)) if errors.is_empty() => {
            let mut secrets = secrets;
            secrets.retain(|role, _| template.secret_roles().contains(role));
            Ok(AskedRun {
                selector,
                order: AskedAction {
                    template,
                    secrets,
                    terms: Terms::default(),
                },
                terms,
            })
        }
        _ => Err(errors),
    })
}

/// What is wrong with the choice of Macs, by field.
pub(super) fn errors_of_selection(draft: &Draft) -> Errors {
    let sentence = "No Mac is ticked. Tick some on Manage, or choose the Macs that match.";
    let wrong = draft.none_ticked.then(|| (name::DEVICE, sentence.to_owned()));
    wrong.into_iter().collect()
}

async fn selector(app: &App, organization_id: OrganizationId, draft: &Draft) -> Result<Selector, Problem> {
    if draft.chosen {
        return Selector::of_ids(app, organization_id, &draft.devices).await;
    }
    Ok(Selector::Search(Search {
        q: draft.q.clone(),
        state: chain_word(Some(draft.state.clone()))?,
        finding: finding_code(Some(&draft.finding))?,
        service_account: service_account_word(Some(draft.service_account.clone()))?,
    }))
}

fn terms(draft: &Draft, now: Timestamp, errors: &mut Errors) -> Option<RunTerms> {
    let canary = if draft.canary_is_share {
        percent(&draft.canary, name::CANARY, errors).map(Canary::Percent)
    } else {
        count(&draft.canary, name::CANARY, errors).map(Canary::Count)
    };
    let stop_at = percent(&draft.stop_at, name::STOP_AT, errors);
    let in_flight = count(&draft.in_flight, name::IN_FLIGHT, errors);
    let window = window(draft, now, errors);
    Some(RunTerms {
        canary: canary?,
        stop_at_failure_percent: stop_at?,
        in_flight: in_flight?,
        // Known when the plan is confirmed.
        ready_at_most: None,
        window: window?,
    })
}

fn window(draft: &Draft, now: Timestamp, errors: &mut Errors) -> Option<Terms> {
    let mut moment = |text: &str, field| {
        read_moment(text)
            .map_err(|error| errors.insert(field, error))
            .ok()
    };
    let not_before = moment(&draft.order.not_before, order_name::NOT_BEFORE);
    let not_after = moment(&draft.not_after, name::NOT_AFTER);
    let reason = draft.order.reason.clone();
    if reason.chars().count() > LONGEST_REASON {
        let sentence = format!("A reason has at most {LONGEST_REASON} characters.");
        errors.insert(order_name::REASON, sentence);
    }
    let terms = Terms {
        not_before: not_before?,
        not_after: not_after?,
        reason: Some(reason).filter(|reason| !reason.is_empty()),
        ..Terms::default()
    };
    if let Err(problem) = Window::of(&terms, now) {
        for field in [order_name::NOT_BEFORE, name::NOT_AFTER] {
            let rule = problem.broken_rule_of(field);
            errors.extend(rule.map(|rule| (field, format!("The rule is that it {rule}."))));
        }
        return None;
    }
    Some(terms)
}

fn count(text: &str, field: &'static str, errors: &mut Errors) -> Option<u64> {
    let count = text.parse().ok().filter(|count| (1..=1_000_000).contains(count));
    if count.is_none() {
        errors.insert(field, "Enter a whole number from 1 to 1000000.".to_owned());
    }
    count
}

fn percent(text: &str, field: &'static str, errors: &mut Errors) -> Option<u8> {
    let percent = text.parse().ok().filter(|percent| (1..=100).contains(percent));
    if percent.is_none() {
        errors.insert(field, "Enter a whole number from 1 to 100.".to_owned());
    }
    percent
}
