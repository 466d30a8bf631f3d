//! Who may ask for what: one table of operations ([`api`], [`pages`]), one place that keeps it ([`check`]). What a role
//! brings stands in `trust::access`.
//!
//! An operation that stands in no row needs everything: it is the owners' alone until somebody has thought about it, and a
//! test says so.

mod api;
mod pages;
#[cfg(test)]
mod tests;

use axum::extract::{FromRequestParts as _, MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use trust::access::{Permission, Role};
use trust::code::Code;

use crate::app::SharedApp;
use crate::identity::Caller;
use crate::problem::Problem;

/// What an operation needs of whoever asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Nothing: it tells nothing about anybody's devices, or asks by itself who is there.
    Nothing,
    /// That somebody is signed in, as whatever.
    SignedIn,
    /// That permission.
    May(Permission),
    /// Every permission: nobody has said what it needs.
    Everything,
}

/// An operation by its method and the route's path, and what it needs.
type Row = (&'static str, &'static str, Need);

/// What the operation needs.
pub(crate) fn need(method: &Method, path: &str) -> Need {
    // Whoever may see a page may see its headers.
    let method = match method.as_str() {
        "HEAD" => "GET",
        other => other,
    };
    let mut rows = api::OPERATIONS.iter().chain(pages::OPERATIONS);
    rows.find(|(its_method, its_path, _)| *its_method == method && *its_path == path)
        .map_or(Need::Everything, |(_, _, need)| *need)
}

/// Serves a request only when whoever asks may ask for it.
pub(crate) async fn check(
    State(app): State<SharedApp>,
    path: MatchedPath,
    request: Request,
    next: Next,
) -> Response {
    let need = need(request.method(), path.as_str());
    if need == Need::Nothing {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let caller = match Caller::from_request_parts(&mut parts, &app).await {
        Ok(caller) => caller,
        Err(problem) => return problem.into_response(),
    };
    if let Err(problem) = allow(&caller, need) {
        return problem.into_response();
    }
    if let Err(problem) = owes_nothing(&caller, need) {
        return problem.into_response();
    }
    parts.extensions.insert(caller);
    next.run(Request::from_parts(parts, body)).await
}

/// Whether nothing has to be set up first. What everybody may who is signed in is enough to do that.
fn owes_nothing(caller: &Caller, need: Need) -> Result<(), Problem> {
    match need {
        Need::Nothing | Need::SignedIn => Ok(()),
        Need::May(_) | Need::Everything if caller.owes_second_factor => {
            Err(Problem::forbidden(Code::SecondFactorNeeded))
        }
        Need::May(_) | Need::Everything => Ok(()),
    }
}

/// Whether the caller may ask for what needs that.
pub(crate) fn allow(caller: &Caller, need: Need) -> Result<(), Problem> {
    match need {
        Need::Nothing | Need::SignedIn => Ok(()),
        Need::May(permission) if caller.rights.may(permission) => Ok(()),
        Need::May(permission) => Err(role_missing(permission)),
        Need::Everything if caller.rights.cover(Role::Owner.rights()) => Ok(()),
        Need::Everything => Err(role_missing(Permission::ManagePeople)),
    }
}

/// Whoever asks may not do what needs this permission.
pub(crate) fn role_missing(permission: Permission) -> Problem {
    Problem::forbidden(Code::RoleMissing).because(format!(
        "Whoever may {} has the role {}; whoever asks has not, or not with this API token.",
        permission.allows(),
        Role::that_may(permission)
    ))
}
