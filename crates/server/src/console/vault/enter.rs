//! `GET` and `POST /vault/enter`: somebody enters a Recovery Lock or firmware password of a Mac.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use secrecy::ExposeSecret as _;
use serde::Deserialize;
use trust::escrow::EscrowKind;

use super::import::IMPORT;
use super::line::ENTERED;
use super::{ADDRESS, address};
use crate::app::{App, SharedApp};
use crate::console::components::{Choice, Field, Takes, TickBox, crumbs, stamp};
use crate::console::own_form::{OwnForm, REASON, fresh_key};
use crate::console::{Page, Place, Visitor};
use crate::input::QueryOf;
use crate::problem::Problem;
use crate::vault_lines::enter::{VALUE as VALUE_RULE, enter, enterable, entered_kind, serial};
use crate::vault_lines::entering::Said;

/// Where the form stands.
pub(super) const ENTER: &str = "/vault/enter";

const SERIAL_NUMBER: &str = "serial_number";
const KIND: &str = "kind";
const VALUE: &str = "value";
const VALUE_AGAIN: &str = "value_again";
const LEGACY: &str = "legacy";

/// What stands in the form, but the password.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Draft {
    serial_number: String,
    kind: String,
    #[serde(skip)]
    legacy: bool,
    #[serde(skip)]
    reason: String,
}

/// Shows the form.
pub(crate) async fn show_enter(
    State(app): State<SharedApp>,
    visitor: Visitor,
    QueryOf(draft): QueryOf<Draft>,
) -> Markup {
    page(&app, &visitor, &draft, None)
}

/// Keeps the password, and leads to its line.
pub(crate) async fn submit_enter(State(app): State<SharedApp>, form: OwnForm) -> Result<Response, Problem> {
    let draft = Draft {
        serial_number: form.form.text(SERIAL_NUMBER),
        kind: form.form.text(KIND),
        legacy: form.form.is_ticked(LEGACY),
        reason: form.form.text(REASON),
    };
    let caller = &form.visitor.caller;
    match said(&form, &draft).and_then(|said| Ok((said, form.reason()?))) {
        Ok((said, reason)) => {
            let line = address(said.serial_number.as_str(), said.kind) + ENTERED;
            enter(&app, caller, &form.key()?, said, reason.as_deref()).await?;
            Ok(Redirect::to(&line).into_response())
        }
        // A kind is chosen and not typed: the form has no place to say that it is wrong.
        Err(problem) if problem.breaks_a_rule() && problem.broken_rule_of(KIND).is_none() => {
            let shown = page(&app, &form.visitor, &draft, Some(&problem));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
        }
        Err(problem) => Err(problem),
    }
}

fn said(form: &OwnForm, draft: &Draft) -> Result<Said, Problem> {
    let value = form.form.secret(VALUE);
    let again = form.form.secret(VALUE_AGAIN).ok().flatten();
    let said = Said {
        serial_number: serial(&draft.serial_number)?,
        kind: entered_kind(&draft.kind)?,
        value: enterable(value.map_err(|_| Problem::invalid(VALUE, VALUE_RULE))?)?,
        legacy: draft.legacy,
    };
    // It is typed unseen, and Bestow tries it nowhere: a slip would show when the password is needed.
    match again.filter(|again| again.expose_secret() == said.value.expose_secret()) {
        Some(_) => Ok(said),
        None => Err(Problem::invalid(
            VALUE_AGAIN,
            "is typed as above: type both again",
        )),
    }
}

fn page(app: &App, visitor: &Visitor, draft: &Draft, wrong: Option<&Problem>) -> Markup {
    let field = |name, label, takes, hint| {
        let error = wrong
            .and_then(|problem| problem.broken_rule_of(name))
            .map(|rule| format!("It {rule}."));
        Field {
            name,
            label,
            value: match name {
                SERIAL_NUMBER => &draft.serial_number,
                REASON => &draft.reason,
                _ => "",
            },
            takes,
            hint: Some(hint),
            error: error.as_deref(),
            list: None,
            required: name != REASON,
        }
        .render()
    };
    let kinds = EscrowKind::ALL.into_iter().filter(|kind| kind.is_entered());
    let page = Page {
        title: "Enter a password for the vault",
        visitor: Some(visitor),
        place: Place::Manage,
        contents: html! {
            (crumbs(&[
                ("Manage", Some("/".to_owned())),
                ("Kept without a Mac", Some(ADDRESS.to_owned())),
            ]))
            h1 { "Enter a password" }
            p.lead {
                "Recovery Lock and firmware passwords, kept like recovery keys and shown by the same rules. Bestow neither sets them on the "
                "Mac nor tries them there."
            }
            form.narrow method="post" action=(ENTER) {
                (stamp(visitor, &fresh_key(app)))
                (field(SERIAL_NUMBER, "Serial number", Takes::Text, html! { "Of a Mac that has enrolled or has not." }))
                (Choice {
                    name: KIND,
                    label: "What it is",
                    options: kinds.map(|kind| (kind.word(), kind.label())).collect(),
                    chosen: &draft.kind,
                }.render())
                (field(VALUE, "Password", Takes::Password, html! { "Blanks around it are a part of it." }))
                (field(VALUE_AGAIN, "Password, again", Takes::Password, html! { "What is typed unseen is typed twice." }))
                (TickBox {
                    name: LEGACY,
                    label: "The Mac had it before, or may still have it",
                    hint: "Up to 20 former ones are kept. It does not take the place of the one that the Mac has.",
                    ticked: draft.legacy,
                    error: None,
                }.render())
                (field(REASON, "Reason (optional)", Takes::Text, html! { "For the audit log." }))
                p.buttons {
                    button.primary type="submit" { "Keep it" }
                    a.button-like href=(IMPORT) { "Import a table instead" }
                }
            }
        },
    };
    page.render()
}
