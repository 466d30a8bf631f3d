//! `POST /vault/{serial_number}/{kind}/legal-hold`: an owner sets a legal hold, or lifts it.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};

use super::address;
use super::line::{After, page};
use crate::app::{App, SharedApp};
use crate::console::Visitor;
use crate::console::components::{Field, Takes, stamp};
use crate::console::own_form::{OwnForm, fresh_key};
use crate::input::{LONGEST_REASON, PathOfTwo, SAID};
use crate::problem::Problem;
use crate::vault_lines::find;
use crate::vault_lines::hold::hold;
use crate::vault_lines::view::VaultLineView;

/// The field that says whether a hold is set.
const HELD: &str = "held";

/// The field that says why; the page has another form with a reason.
const HOLD_REASON: &str = "hold_reason";

/// The form that sets a hold, or lifts the one that there is.
pub(super) fn form(app: &App, visitor: &Visitor, line: &VaultLineView, wrong: Option<&str>) -> Markup {
    let is_held = line.held_since.is_some();
    html! {
        form.narrow method="post" action={ (address(&line.serial_number, line.kind)) "/legal-hold" } {
            (stamp(visitor, &fresh_key(app)))
            input type="hidden" name=(HELD) value=(!is_held);
            (Field {
                name: HOLD_REASON,
                label: "Why",
                value: "",
                takes: Takes::Text,
                hint: Some(html! { "For the audit log, such as the number of the case." }),
                error: wrong,
                list: None,
                required: true,
            }.render())
            p.buttons { button type="submit" { @if is_held { "Lift the legal hold" } @else { "Set a legal hold" } } }
        }
    }
}

/// Takes the form in, and leads back to the line.
pub(crate) async fn hold_line(
    State(app): State<SharedApp>,
    PathOfTwo(serial_number, kind): PathOfTwo,
    form: OwnForm,
) -> Result<Response, Problem> {
    let caller = &form.visitor.caller;
    let kept = find(&app, caller, &serial_number, &kind).await?;
    let held = form.form.text(HELD);
    let held = held
        .parse()
        .map_err(|_| Problem::invalid(HELD, "is true or false"))?;
    let reason = form.form.text(HOLD_REASON);
    if reason.trim().is_empty() || reason.chars().count() > LONGEST_REASON {
        let wrong = format!("The reason {}.", SAID.says);
        let after = After {
            wrong_hold: Some(&wrong),
            ..After::default()
        };
        let shown = page(&app, &form.visitor, kept, &after).await?;
        return Ok(shown.into_response());
    }
    hold(
        &app,
        caller,
        (&serial_number, &kind),
        &form.key()?,
        (held, &reason),
    )
    .await?;
    Ok(Redirect::to(&address(&serial_number, kept.kind)).into_response())
}
