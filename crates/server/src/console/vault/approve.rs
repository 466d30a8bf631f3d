//! `POST /vault/{serial_number}/{kind}/approve`: somebody else approves that a secret of a line is shown.

use axum::extract::State;
use axum::response::Redirect;

use super::address;
use crate::app::SharedApp;
use crate::console::kept_secret::approve_request;
use crate::console::own_form::OwnForm;
use crate::escrow::Wanted;
use crate::input::PathOfTwo;
use crate::problem::Problem;
use crate::vault_lines::find;

/// Approves, and leads back to the line.
pub(crate) async fn approve_reveal(
    State(app): State<SharedApp>,
    PathOfTwo(serial_number, kind): PathOfTwo,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let caller = &form.visitor.caller;
    let kept = find(&app, caller, &serial_number, &kind).await?;
    approve_request(&app, &form, Wanted::of_line(&kept, caller.organization_id)).await?;
    Ok(Redirect::to(&address(&serial_number, kept.kind)))
}
