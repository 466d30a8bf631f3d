//! Somebody approves what somebody else asks, on the same page.

use super::requests::REQUEST;
use crate::app::App;
use crate::console::own_form::OwnForm;
use crate::escrow::Wanted;
use crate::escrow::approve::approve;
use crate::problem::Problem;

/// Approves the request that the form names.
pub(in crate::console) async fn approve_request(
    app: &App,
    form: &OwnForm,
    wanted: Wanted<'_>,
) -> Result<(), Problem> {
    let request = form.form.text(REQUEST);
    approve(app, &form.visitor.caller, wanted, &form.key()?, &request).await
}
