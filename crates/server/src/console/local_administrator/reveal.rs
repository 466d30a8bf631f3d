//! `POST /devices/{id}/local-administrator`: somebody is shown the password. It stands on the page that answers, and on no other.

use axum::extract::State;
use maud::Markup;
use trust::escrow::EscrowKind;

use super::page::page;
use crate::app::SharedApp;
use crate::console::own_form::OwnForm;
use crate::console::recovery_key::wanted_version;
use crate::escrow::Wanted;
use crate::escrow::reveal::reveal;
use crate::input::{PathOf, SAID};
use crate::problem::Problem;

/// Shows the password.
pub(crate) async fn reveal_password(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Markup, Problem> {
    let visitor = &form.visitor;
    let device = crate::devices::find(&app, &visitor.caller, &id).await?;
    let Some(reason) = form.reason()? else {
        let wrong = format!("The reason {}.", SAID.says);
        return page(&app, visitor, &device, None, Some(&wrong)).await;
    };
    let version = wanted_version(&form)?;
    let key = form.key()?;
    let wanted = Wanted::of(&device, EscrowKind::LocalAdministratorPassword);
    let shown = reveal(&app, &visitor.caller, wanted, &key, (version, &reason)).await?;
    page(&app, visitor, &device, Some(&shown), None).await
}
