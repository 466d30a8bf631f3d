//! What an owner does with a person.

use axum::extract::State;
use axum::response::Redirect;
use maud::Markup;
use trust::access::Role;

use super::person::find;
use super::{ADDRESS, ROLE, invitation};
use crate::app::SharedApp;
use crate::console::own_form::OwnForm;
use crate::input::PathOf;
use crate::people::invite::invite;
use crate::people::remove::remove;
use crate::people::set_role::set_role;
use crate::problem::Problem;
use crate::second_factor::reset::reset;

/// `POST /people/{id}/role`: gives another role.
pub(crate) async fn set_person_role(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let role = Role::from_word(&form.form.text(ROLE)).ok_or_else(|| Problem::invalid(ROLE, "is a role"))?;
    set_role(&app, &form.visitor.caller, &form.key()?, &id, role).await?;
    Ok(Redirect::to(&format!("{ADDRESS}/{id}")))
}

/// `POST /people/{id}/invitation`: makes a new invitation, and shows it this once.
pub(crate) async fn invite_person(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Markup, Problem> {
    let visitor = &form.visitor;
    let person = find(&app, visitor, &id).await?;
    let made = invite(&app, &visitor.caller, &form.key()?, &id).await?;
    Ok(invitation::page(visitor, person.name.as_str(), &made))
}

/// `POST /people/{id}/second-factor`: takes the second factor away.
pub(crate) async fn reset_person_second_factor(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    reset(&app, &form.visitor.caller, &form.key()?, &id).await?;
    Ok(Redirect::to(&format!("{ADDRESS}/{id}")))
}

/// `POST /people/{id}/remove`: the person may no longer sign in.
pub(crate) async fn remove_person(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    remove(&app, &form.visitor.caller, &form.key()?, &id).await?;
    Ok(Redirect::to(ADDRESS))
}
