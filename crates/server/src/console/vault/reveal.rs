//! `POST /vault/{serial_number}/{kind}`: somebody is shown a secret of a line. It stands on the page that answers, and on no other.

use axum::extract::State;
use maud::Markup;

use super::line::{After, page};
use crate::app::SharedApp;
use crate::console::kept_secret::ask;
use crate::console::own_form::OwnForm;
use crate::escrow::Wanted;
use crate::input::PathOfTwo;
use crate::problem::Problem;
use crate::vault_lines::find;

/// Shows the secret, or who has to approve first.
pub(crate) async fn reveal_line(
    State(app): State<SharedApp>,
    PathOfTwo(serial_number, kind): PathOfTwo,
    form: OwnForm,
) -> Result<Markup, Problem> {
    let caller = &form.visitor.caller;
    let kept = find(&app, caller, &serial_number, &kind).await?;
    let came = ask(&app, &form, Wanted::of_line(&kept, caller.organization_id)).await?;
    let after = After {
        came,
        ..After::default()
    };
    page(&app, &form.visitor, kept, &after).await
}
