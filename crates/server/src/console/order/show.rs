//! `GET /devices/{id}/grant-secure-token` and `/create-user-account`: a form, empty or with what a remedy has filled in.

use axum::extract::State;
use maud::Markup;
use store::device::Device;
use trust::chain;
use trust::observation::Observation;

use super::draft::{Draft, Errors};
use super::kind::OrderKind;
use super::page::Form;
use crate::app::{App, SharedApp};
use crate::console::Visitor;
use crate::console::own_form::fresh_key;
use crate::devices::plan::{Planned, plan};
use crate::input::{PathOf, QueryOf};
use crate::problem::Problem;

/// The form of Grant Secure Token.
pub(crate) async fn show_grant(
    app: State<SharedApp>,
    visitor: Visitor,
    id: PathOf,
    draft: Result<QueryOf<Draft>, Problem>,
) -> Result<Markup, Problem> {
    show(app, visitor, id, draft, OrderKind::GrantSecureToken).await
}

/// The form of Create User Account.
pub(crate) async fn show_create_account(
    app: State<SharedApp>,
    visitor: Visitor,
    id: PathOf,
    draft: Result<QueryOf<Draft>, Problem>,
) -> Result<Markup, Problem> {
    show(app, visitor, id, draft, OrderKind::CreateAccount).await
}

async fn show(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathOf(id): PathOf,
    draft: Result<QueryOf<Draft>, Problem>,
    kind: OrderKind,
) -> Result<Markup, Problem> {
    let QueryOf(mut draft) = draft?;
    let device = crate::devices::find(&app, &visitor.caller, &id).await?;
    let observation = store::observation::find(&app.store, device.id).await?;
    if draft.administrator.is_empty() {
        draft.administrator = observation.as_ref().and_then(only_granter).unwrap_or_default();
    }
    let planned = planned(&app, &device, &draft, kind).await?;
    let form = Form {
        kind,
        device: &device,
        observation: observation.as_ref(),
        draft: &draft,
        errors: &Errors::new(),
        planned: planned.as_ref(),
        notice: None,
        idempotency_key: &fresh_key(&app),
        visitor: &visitor,
    };
    Ok(form.render())
}

/// The plan of what is filled in, when enough is.
pub(super) async fn planned(
    app: &App,
    device: &Device,
    draft: &Draft,
    kind: OrderKind,
) -> Result<Option<Planned>, Problem> {
    match draft.action(kind) {
        Ok(action) if !device.pending => plan(app, device, &action).await.map(Some),
        _ => Ok(None),
    }
}

/// The one account that can hand a token on, when there is one only.
fn only_granter(observation: &Observation) -> Option<String> {
    let members = chain::members(observation);
    let mut granters = members.iter().filter(|member| member.can_grant());
    let only = granters.next()?;
    granters
        .next()
        .is_none()
        .then(|| only.account.record_name.clone())
}
