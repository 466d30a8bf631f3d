//! `POST /bulk`: a confirmed plan becomes a run.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use trust::code::Code;

use super::ADDRESS;
use super::asked::asked;
use super::confirm::{READY, confirmed};
use super::draft::Draft;
use super::plan::{KEPT, Look, Planned, kept, with_errors};
use super::plan_page::PlanPage;
use crate::app::SharedApp;
use crate::bulk_actions::accept::{accept, accepted_before};
use crate::bulk_actions::plan::begin;
use crate::bulk_actions::view::BulkRunView;
use crate::console::Visitor;
use crate::console::components::{Errors, KEY};
use crate::console::own_form::fresh_key;
use crate::idempotency::IdempotencyKey;
use crate::input::SecretForm;
use crate::problem::Problem;

/// Why a plan comes back.
struct Back {
    status: StatusCode,
    errors: Errors,
    notice: Option<Code>,
}

impl Back {
    fn notice(status: StatusCode, code: Code) -> Self {
        Self {
            status,
            errors: Errors::new(),
            notice: Some(code),
        }
    }
}

/// Begins the run that is confirmed, and leads to its page. What is not comes back as its plan, passwords left out.
pub(crate) async fn begin_run(
    State(app): State<SharedApp>,
    visitor: Visitor,
    form: SecretForm,
) -> Result<Response, Problem> {
    let draft = Draft::of_form(&form);
    let mut asked = match asked(&app, visitor.caller.organization_id, &draft).await? {
        Ok(asked) => asked,
        Err(errors) => return with_errors(&app, &visitor, &draft, &errors).await,
    };
    // The number that was shown is part of what is asked; whether it still is the plan's is looked at below.
    asked.terms.ready_at_most = form.text(READY).parse().ok();
    let key = IdempotencyKey::from_text(&form.text(KEY));
    if let (Some(key), true) = (&key, visitor.sent(&form)) {
        // A second click finds the run of the first one, whatever the plan has become since.
        match accepted_before(&app, &visitor.caller, key, &asked).await {
            Ok(Some(answer)) => return to_run(&answer),
            Ok(None) => {}
            Err(problem) if problem.code == Code::IdempotencyKeyReused => {}
            Err(problem) => return Err(problem),
        }
    }
    let plan = kept(&app, &visitor, &asked, &form.text(KEPT));
    let plan = plan.unwrap_or_else(|| begin(&app, &visitor.caller, &asked));
    let planned = match Planned::of(&app, &plan, Look::default()).await? {
        Ok(planned) => planned,
        Err(errors) => return with_errors(&app, &visitor, &draft, &errors).await,
    };
    let back = match (key, confirmed(&form, &planned)) {
        _ if !visitor.sent(&form) => Back::notice(StatusCode::FORBIDDEN, Code::SessionChanged),
        _ if !planned.view.counts.complete => Back::notice(StatusCode::CONFLICT, Code::PlanChanged),
        (None, _) => Back::notice(StatusCode::BAD_REQUEST, Code::IdempotencyKeyMissing),
        (Some(_), Err(errors)) => Back {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            errors,
            notice: None,
        },
        (Some(key), Ok(secrets)) => {
            asked.order.secrets.extend(secrets);
            match accept(&app, &visitor.caller, &key, asked).await {
                Ok(answer) => return to_run(&answer),
                Err(problem) if problem.status.is_client_error() => {
                    Back::notice(problem.status, problem.code)
                }
                Err(problem) => return Err(problem),
            }
        }
    };
    let page = PlanPage {
        draft: &draft,
        planned: &planned,
        errors: &back.errors,
        notice: back.notice,
        key: &fresh_key(&app),
        visitor: &visitor,
    };
    Ok((back.status, page.render()).into_response())
}

fn to_run(answer: &str) -> Result<Response, Problem> {
    let run: BulkRunView = serde_json::from_str(answer).map_err(|error| Problem::internal(&error))?;
    Ok(Redirect::to(&format!("{ADDRESS}/{}", run.id)).into_response())
}
