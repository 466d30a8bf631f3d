//! `POST /devices/{id}/recovery-key`: somebody is shown the key. It stands on the page that answers, and on no other.

use axum::extract::State;
use maud::Markup;
use trust::code::Code;
use trust::escrow::EscrowKind;

use super::page::{page, wanted_version};
use crate::app::SharedApp;
use crate::console::own_form::OwnForm;
use crate::escrow::Wanted;
use crate::escrow::reveal::reveal;
use crate::input::{PathOf, SAID};
use crate::problem::Problem;

/// Shows the key.
pub(crate) async fn reveal_recovery_key(
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
    let wanted = Wanted::of(&device, EscrowKind::PersonalRecoveryKey);
    match reveal(&app, &visitor.caller, wanted, &key, (version, &reason)).await {
        Ok(shown) => page(&app, visitor, &device, Some(&shown), None).await,
        // The page shows the request, and who may approve it.
        Err(problem) if problem.code == Code::ApprovalNeeded => {
            page(&app, visitor, &device, None, None).await
        }
        Err(problem) => Err(problem),
    }
}
