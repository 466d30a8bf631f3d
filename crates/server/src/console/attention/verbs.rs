//! `POST /devices/{id}/mute`, `/unmute` and `/owner`: what the forms on a Mac's page send.

use std::time::Duration;

use axum::extract::State;
use axum::response::Redirect;
use trust::attention::Owner;
use trust::code::Code;

use crate::app::SharedApp;
use crate::attention::assign::assign;
use crate::attention::mute::{Muting, mute};
use crate::attention::unmute::unmute;
use crate::console::own_form::{OwnForm, REASON};
use crate::input::PathOf;
use crate::problem::Problem;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Mutes a Mac or one reason of it, and leads back to its page.
pub(crate) async fn mute_device(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let days: Result<u32, _> = form.form.text("days").parse();
    let days = days.map_err(|_| Problem::invalid("days", "is a whole number from 1 to 365"))?;
    let reason = form.reason()?.filter(|reason| !reason.trim().is_empty());
    let muting = Muting {
        code: code(&form)?,
        until: app.now().plus(DAY.saturating_mul(days)),
        reason: reason.ok_or_else(|| Problem::invalid(REASON, "is a text of 1 to 500 characters"))?,
    };
    mute(&app, &form.visitor.caller, &id, &form.key()?, muting).await?;
    Ok(back(&id))
}

/// Takes a mute away, and leads back to the Mac's page.
pub(crate) async fn unmute_device(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    unmute(&app, &form.visitor.caller, &id, &form.key()?, code(&form)?).await?;
    Ok(back(&id))
}

/// Says who sees to a Mac, and leads back to its page.
pub(crate) async fn assign_device(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let typed = form.form.text("owner");
    let owner: Option<Owner> = match typed.trim() {
        "" => None,
        text => {
            let says = "has 1 to 100 characters, none of them a control character";
            Some(text.parse().map_err(|_| Problem::invalid("owner", says))?)
        }
    };
    assign(
        &app,
        &form.visitor.caller,
        &id,
        &form.key()?,
        owner.as_ref(),
        None,
    )
    .await?;
    Ok(back(&id))
}

fn code(form: &OwnForm) -> Result<Option<Code>, Problem> {
    match form.form.text("code").as_str() {
        "" => Ok(None),
        word => Code::from_word(word)
            .map(Some)
            .ok_or_else(|| Problem::invalid("code", "is the code of a finding")),
    }
}

fn back(id: &str) -> Redirect {
    Redirect::to(&format!("/devices/{id}#attention"))
}
