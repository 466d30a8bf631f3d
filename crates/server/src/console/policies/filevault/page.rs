//! `GET` and `POST /policies/filevault`: what the profile says, and the form that changes it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use trust::access::Permission;

use super::PATH;
use super::draft::Draft;
use crate::app::{App, SharedApp};
use crate::console::components::{allowed, crumbs};
use crate::console::own_form::OwnForm;
use crate::console::{Page, Place, Visitor};
use crate::policies::filevault::set::set;
use crate::policies::filevault::{profile, show};
use crate::problem::Problem;

/// Shows the form.
pub(crate) async fn show_filevault(
    State(app): State<SharedApp>,
    visitor: Visitor,
) -> Result<Markup, Problem> {
    let policy = show::find(&app, visitor.caller.organization_id).await?;
    Ok(page(&app, &visitor, &Draft::of(policy.settings)))
}

/// Takes the form in, and leads back to the policies. What cannot be saved comes back with what is wrong.
pub(crate) async fn set_filevault(State(app): State<SharedApp>, form: OwnForm) -> Result<Response, Problem> {
    let mut draft = Draft::read(&form.form);
    let key = form.key()?;
    if let Some((wanted, reason)) = draft.wanted() {
        set(&app, &form.visitor.caller, &key, wanted, reason.as_deref()).await?;
        return Ok(Redirect::to(crate::console::policies::SAVED).into_response());
    }
    let page = page(&app, &form.visitor, &draft);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The profile as a file.
pub(crate) async fn download_filevault_profile(
    State(app): State<SharedApp>,
    visitor: Visitor,
) -> Result<impl IntoResponse, Problem> {
    profile::file(&app, visitor.caller.organization_id).await
}

fn page(app: &App, visitor: &Visitor, draft: &Draft) -> Markup {
    let page = Page {
        title: "FileVault",
        visitor: Some(visitor),
        place: Place::Policies,
        contents: html! {
            (crumbs(&[("Policies", Some("/policies".to_owned()))]))
            h1 { "FileVault" }
            p.lead {
                "What the profile says to macOS. Escrow is part of it always: each recovery key that macOS makes after the "
                "profile was installed comes to the vault, encrypted. A Mac whose FileVault is on already needs another key once."
            }
            (draft.summary())
            (allowed(visitor, Permission::SetPolicies, draft.form(app, visitor)))
            p { a href={ (PATH) "/profile" } { "Download the profile" } " when it is saved, and install it anew on the Macs." }
        },
    };
    page.render()
}
