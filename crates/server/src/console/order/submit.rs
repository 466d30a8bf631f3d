//! `POST` to a form's address: the action is planned, or sent the way of the API. What cannot be sent comes back as the
//! same form with what was filled in, passwords left out.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use trust::action::{ActionTemplate, SecretRole};
use trust::code::Code;
use trust::plan::Check;
use trust::time::Timestamp;

use super::address::FormOf;
use super::draft::{Draft, name, typed_password};
use super::kind::OrderKind;
use super::page::{CHECK, Form};
use super::password_from::password_from;
use super::show::preview;
use crate::actions::accept::accept;
use crate::actions::input::{AskedAction, Terms};
use crate::actions::view::ActionView;
use crate::app::SharedApp;
use crate::console::Visitor;
use crate::console::components::{Errors, KEY, read_moment};
use crate::console::own_form::fresh_key;
use crate::devices::plan::Planned;
use crate::idempotency::IdempotencyKey;
use crate::input::{LONGEST_REASON, SecretForm};
use crate::problem::Problem;
use crate::sealing::Given;

/// Why a form comes back.
#[derive(Default)]
struct Back {
    status: StatusCode,
    errors: Errors,
    notice: Option<Code>,
}

/// Takes a form in.
pub(crate) async fn submit_form(
    State(app): State<SharedApp>,
    visitor: Visitor,
    FormOf { device_id: id, kind }: FormOf,
    form: SecretForm,
) -> Result<Response, Problem> {
    let draft = Draft::read(&form);
    let mut key = form.text(KEY);
    let back = if !visitor.sent(&form) {
        Back {
            status: StatusCode::FORBIDDEN,
            notice: Some(Code::SessionChanged),
            ..Back::default()
        }
    } else if form.is_ticked(CHECK) {
        Back {
            errors: wrong_names(&draft, kind),
            ..Back::default()
        }
    } else {
        match read(&form, &draft, kind) {
            Err(errors) => Back {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                errors,
                notice: None,
            },
            Ok(asked) => match send(&app, &visitor, &id, &key, &asked).await {
                Ok(action) => return Ok(Redirect::to(&format!("/actions/{}", action.id)).into_response()),
                Err(problem) => back(problem)?,
            },
        }
    };
    if back.notice == Some(Code::IdempotencyKeyReused) || IdempotencyKey::from_text(&key).is_none() {
        key = fresh_key(&app);
    }
    let device = crate::devices::find(&app, &visitor.caller, &id).await?;
    let observation = store::observation::find(&app.store, device.id).await?;
    let preview = preview(&app, &device, &draft, kind).await?;
    let planned = preview.planned;
    let mut errors = back.errors;
    errors.extend(preview.unresolved.clone());
    if back.status != StatusCode::OK {
        // What was wrong with a field itself says more than the row that it fails.
        for (field, sentence) in planned.iter().flat_map(failed_fields) {
            errors.entry(field).or_insert(sentence);
        }
    }
    let page = Form {
        kind,
        device: &device,
        observation: observation.as_ref(),
        draft: &draft,
        errors: &errors,
        unresolved: &preview.unresolved,
        planned: planned.as_ref(),
        notice: back.notice,
        idempotency_key: &key,
        visitor: &visitor,
    };
    Ok((back.status, page.render()).into_response())
}

/// What is wrong with the names that are filled in; those that are not are no error while only the plan is wanted.
fn wrong_names(draft: &Draft, kind: OrderKind) -> Errors {
    let mut errors = draft.template(kind).err().unwrap_or_default();
    draft.passwords_from(kind, &mut errors);
    errors.extend(
        read_moment(&draft.not_before)
            .err()
            .map(|error| (name::NOT_BEFORE, error)),
    );
    for (field, value) in [
        (name::ADMINISTRATOR, &draft.administrator),
        (name::TARGET, &draft.target),
        (name::FULL_NAME, &draft.full_name),
    ] {
        if value.is_empty() {
            errors.remove(field);
        }
    }
    errors
}

/// The order, or what is wrong with it: names, passwords and reason at once.
fn read(form: &SecretForm, draft: &Draft, kind: OrderKind) -> Result<AskedAction, Errors> {
    let (template, mut errors) = match draft.template(kind) {
        Ok(template) => (Some(template), Errors::new()),
        Err(errors) => (None, errors),
    };
    let mut secrets = draft.passwords_from(kind, &mut errors);
    for role in SecretRole::ALL {
        let Some(is_needed) = kind.takes(role) else {
            continue;
        };
        let field = typed_password(role);
        let is_by_wildcard = !draft.password_from(role).is_empty();
        let typed = form.secret(field);
        let is_given = is_by_wildcard || !matches!(typed, Ok(None));
        let has_no_account = !is_needed && draft.administrator.is_empty();
        match typed {
            _ if has_no_account && is_given => {
                errors.insert(
                    name::ADMINISTRATOR,
                    "Enter the administrator's username too, or leave both empty.".to_owned(),
                );
            }
            Ok(Some(_)) if is_by_wildcard => {
                let sentence = "Type the password or name a wildcard for it, not both.";
                errors.insert(password_from(role), sentence.to_owned());
            }
            Ok(Some(password)) => {
                secrets.insert(role, Given::Password(password));
            }
            Ok(None) if has_no_account || is_by_wildcard => {}
            Ok(None) => {
                errors.insert(field, format!("Enter the {}.", password_of(role)));
            }
            Err(rule) => {
                errors.insert(field, format!("The {} {rule}.", password_of(role)));
            }
        }
    }
    if draft.reason.chars().count() > LONGEST_REASON {
        errors.insert(
            name::REASON,
            format!("A reason has at most {LONGEST_REASON} characters."),
        );
    }
    let not_before = read_moment(&draft.not_before).map_err(|error| errors.insert(name::NOT_BEFORE, error));
    match (template, not_before) {
        (Some(template), Ok(not_before)) if errors.is_empty() => {
            Ok(asked(form, draft, template, secrets, not_before))
        }
        _ => Err(errors),
    }
}

/// Which password it is, read on from "the".
fn password_of(role: SecretRole) -> &'static str {
    match role {
        SecretRole::Administrator => "administrator's password",
        SecretRole::Target => "target account's password",
        SecretRole::NewPassword => "new password",
    }
}

fn asked(
    form: &SecretForm,
    draft: &Draft,
    template: ActionTemplate,
    secrets: BTreeMap<SecretRole, Given>,
    not_before: Option<Timestamp>,
) -> AskedAction {
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    AskedAction {
        template,
        secrets,
        terms: Terms {
            plan_id: given(form.text("plan_id")),
            id: None,
            not_before,
            not_after: None,
            valid_for_s: None,
            reason: given(draft.reason.clone()),
        },
    }
}

async fn send(
    app: &SharedApp,
    visitor: &Visitor,
    device_id: &str,
    key: &str,
    asked: &AskedAction,
) -> Result<ActionView, Problem> {
    let key = IdempotencyKey::from_text(key)
        .ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, Code::IdempotencyKeyMissing))?;
    let answer = accept(app, &visitor.caller, device_id, &key, asked).await?;
    serde_json::from_str(&answer).map_err(|error| Problem::internal(&error))
}

/// What a person can mend comes back with the form; everything else is a page of its own.
fn back(problem: Problem) -> Result<Back, Problem> {
    if let Some(rule) = problem.broken_rule_of(name::NOT_BEFORE) {
        return Ok(Back {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            errors: Errors::from([(name::NOT_BEFORE, format!("This {rule}."))]),
            notice: None,
        });
    }
    if problem.broken_rule_of(name::CONFIRM).is_some() {
        return Ok(Back {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            errors: Errors::from([(name::CONFIRM, "This is not the Mac's name.".to_owned())]),
            notice: None,
        });
    }
    match problem.status {
        StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::BAD_REQUEST => Ok(Back {
            status: problem.status,
            errors: Errors::new(),
            notice: Some(problem.code),
        }),
        _ => Err(problem),
    }
}

/// The fields that the plan's failures are about.
fn failed_fields(planned: &Planned) -> Vec<(&'static str, String)> {
    let field = |check: Check| match check {
        Check::AdministratorExists
        | Check::AdministratorHolds
        | Check::AdministratorIsAdmin
        | Check::Promotion => Some(name::ADMINISTRATOR),
        Check::TargetExists | Check::TargetToken | Check::NameIsFree => Some(name::TARGET),
        Check::FullNameIsFree => Some(name::FULL_NAME),
        Check::OtherHolders => Some(name::CONFIRM),
        _ => None,
    };
    planned
        .plan
        .failed_rows()
        .filter_map(|row| Some((field(row.check)?, format!("{}.", row.failure()?.entry().title))))
        .collect()
}
