//! `POST /vault/{serial_number}/{kind}`: somebody is shown a secret of a line. It stands on the page that answers, and on no other.

use axum::extract::State;
use maud::Markup;

use super::line::{Wrong, page};
use crate::app::SharedApp;
use crate::console::own_form::OwnForm;
use crate::console::recovery_key::wanted_version;
use crate::escrow::Wanted;
use crate::escrow::reveal::reveal;
use crate::input::{PathOfTwo, SAID};
use crate::problem::Problem;
use crate::vault_lines::{find, shows_secrets};

/// Shows the secret.
pub(crate) async fn reveal_line(
    State(app): State<SharedApp>,
    PathOfTwo(serial_number, kind): PathOfTwo,
    form: OwnForm,
) -> Result<Markup, Problem> {
    let visitor = &form.visitor;
    let kept = find(&app, &visitor.caller, &serial_number, &kind).await?;
    shows_secrets(&kept)?;
    let Some(reason) = form.reason()? else {
        let wrong = format!("The reason {}.", SAID.says);
        let wrong = Wrong {
            reveal: Some(&wrong),
            ..Wrong::default()
        };
        return page(&app, visitor, kept, None, wrong).await;
    };
    let version = wanted_version(&form)?;
    let key = form.key()?;
    let wanted = Wanted::of_line(&kept, visitor.caller.organization_id);
    let shown = reveal(&app, &visitor.caller, wanted, &key, (version, &reason)).await?;
    page(&app, visitor, kept, Some(&shown), Wrong::default()).await
}
