//! The policy "service account": its part of the page, and what its form sends.

use axum::extract::State;
use axum::response::Redirect;
use maud::{Markup, html};
use trust::name::AccountName;

use super::switch::{ENABLED, read};
use crate::app::{App, SharedApp};
use crate::console::Visitor;
use crate::console::components::{Tone, badge, moment, stamp};
use crate::console::own_form::{OwnForm, REASON, fresh_key};
use crate::input::LONGEST_REASON;
use crate::policies::service_account::set::{Change, set};
use crate::policies::service_account::show::ServiceAccountPolicy;
use crate::problem::Problem;

const ROTATE: &str = "rotate_every_days";
const EXCLUDED: &str = "excluded_accounts";

/// What is wanted, and the form that changes it.
pub(super) fn panel(app: &App, policy: &ServiceAccountPolicy, visitor: &Visitor) -> Markup {
    let (tone, word) = if policy.enabled {
        (Tone::Good, "on")
    } else {
        (Tone::Idle, "off")
    };
    let excluded: Vec<&str> = policy.excluded_accounts.iter().map(AccountName::as_str).collect();
    html! {
        section.panel aria-labelledby="service-account" {
            h2 id="service-account" { "Service account " (badge(tone, word)) }
            p {
                "While this is on, each Mac keeps a hidden account that hands a Secure Token to whoever logs in without one. It is "
                "made at the first login of a holder, and its password never leaves the Mac. A single Mac is excluded on its page."
            }
            @if let Some(at) = policy.changed_at { p.hint { "Since " (moment(at)) "." } }
            @if policy.refreshing { p.hint { "Macs are still being looked at by it." } }
            form method="post" action="/policies/service-account" {
                (stamp(visitor, &fresh_key(app)))
                div.field {
                    label for="service-account-enabled" { "Macs have a service account" }
                    select id="service-account-enabled" name=(ENABLED) {
                        option value="true" selected[policy.enabled] { "yes" }
                        option value="false" selected[!policy.enabled] { "no" }
                    }
                }
                div.field {
                    label for="service-account-rotate" { "New password after so many days" }
                    input id="service-account-rotate" type="number" min="1" max="365" name=(ROTATE) value=(policy.rotate_every_days);
                }
                div.field {
                    label for="service-account-excluded" { "Accounts that never get a token by themselves" }
                    input id="service-account-excluded" name=(EXCLUDED) value=(excluded.join(", ")) autocomplete="off" spellcheck="false";
                    p.hint { "Usernames, separated by commas." }
                }
                div.field {
                    label for="service-account-reason" { "Reason (optional)" }
                    input id="service-account-reason" name=(REASON) maxlength=(LONGEST_REASON) autocomplete="off";
                }
                p.buttons { button type="submit" { "Save" } }
            }
        }
    }
}

/// Takes the form in, and leads back to the page.
pub(crate) async fn set_service_account(
    State(app): State<SharedApp>,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let text = |name| form.form.text(name);
    let (enabled, reason) = read(&form)?;
    let days = text(ROTATE).trim().parse();
    let named = text(EXCLUDED);
    let names = named.split(',').map(str::trim).filter(|name| !name.is_empty());
    let excluded: Result<Vec<AccountName>, _> = names.map(str::parse).collect();
    let change = Change {
        enabled: Some(enabled),
        rotate_every_days: Some(
            days.map_err(|_| Problem::invalid(ROTATE, "is a whole number from 1 to 365"))?,
        ),
        excluded_accounts: Some(
            excluded.map_err(|_| Problem::invalid(EXCLUDED, "are usernames, separated by commas"))?,
        ),
    };
    let key = form.key()?;
    set(&app, &form.visitor.caller, &key, change, reason.as_deref()).await?;
    Ok(Redirect::to("/policies"))
}
