//! `GET /devices/{id}/{form}`, such as `/grant-secure-token`: a form, empty or with what a remedy has filled in.

use axum::extract::State;
use maud::Markup;
use store::device::Device;
use trust::chain;
use trust::code::Code;
use trust::observation::Observation;

use super::address::FormOf;
use super::draft::{Draft, name};
use super::kind::OrderKind;
use super::page::Form;
use crate::actions::input::{AskedAction, Terms};
use crate::actions::resolve::resolve;
use crate::app::{App, SharedApp};
use crate::console::Visitor;
use crate::console::components::Errors;
use crate::console::own_form::fresh_key;
use crate::devices::plan::{Planned, plan};
use crate::input::QueryOf;
use crate::problem::Problem;

/// A form, empty or with what its address says.
pub(crate) async fn show_form(
    State(app): State<SharedApp>,
    visitor: Visitor,
    FormOf { device_id, kind }: FormOf,
    draft: Result<QueryOf<Draft>, Problem>,
) -> Result<Markup, Problem> {
    let QueryOf(mut draft) = draft?;
    let device = crate::devices::find(&app, &visitor.caller, &device_id).await?;
    let observation = store::observation::find(&app.store, device.id).await?;
    // Whoever needs no helper is not made to have one.
    if draft.administrator.is_empty() && kind != OrderKind::RepairServiceAccount {
        draft.administrator = observation.as_ref().and_then(only_granter).unwrap_or_default();
    }
    let preview = preview(&app, &device, &draft, kind).await?;
    let form = Form {
        kind,
        device: &device,
        observation: observation.as_ref(),
        draft: &draft,
        errors: &preview.unresolved,
        unresolved: &preview.unresolved,
        planned: preview.planned.as_ref(),
        notice: None,
        idempotency_key: &fresh_key(&app),
        visitor: &visitor,
    };
    Ok(form.render())
}

/// What can be said of what is filled in.
#[derive(Default)]
pub(super) struct Preview {
    /// The plan, when enough is filled in.
    pub planned: Option<Planned>,
    /// Wildcards that have no meaning for this Mac.
    pub unresolved: Errors,
}

/// The preview of what is filled in. Passwords that are typed are of no matter to it.
pub(super) async fn preview(
    app: &App,
    device: &Device,
    draft: &Draft,
    kind: OrderKind,
) -> Result<Preview, Problem> {
    // A name that is not the Mac's, or not yet, accepts nothing.
    let accepts = draft.confirm_device_name == device.name;
    let template = match accepts {
        true => draft.template(kind),
        false => draft.without_confirmation().template(kind),
    };
    let Some(template) = template.ok().filter(|_| !device.pending) else {
        return Ok(Preview::default());
    };
    let asked = AskedAction {
        template,
        secrets: draft.passwords_from(kind, &mut Errors::new()),
        terms: Terms::default(),
    };
    let planned = match resolve(app, device, &asked).await {
        Ok(resolved) => plan(app, device, &resolved).await?,
        Err(problem) => {
            return match wildcard_error(&problem) {
                Some(error) => Ok(Preview {
                    unresolved: Errors::from([error]),
                    ..Preview::default()
                }),
                None => Err(problem),
            };
        }
    };
    Ok(Preview {
        planned: Some(planned),
        ..Preview::default()
    })
}

/// The field whose wildcard has no meaning for this Mac, and why, in a sentence.
fn wildcard_error(problem: &Problem) -> Option<(&'static str, String)> {
    let (field, sentence) = problem.field_trouble()?;
    let sentence = if problem.code == Code::CredentialStale {
        "What was collected is sealed to a key that the Mac no longer has. Collect it anew.".to_owned()
    } else {
        sentence
    };
    Some((name::of(field), sentence))
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
