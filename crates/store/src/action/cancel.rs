//! Calling an action back before its agent begins.

use sqlx::AnyConnection;
use trust::action::ActionState;
use trust::code::Code;
use trust::id::ActionId;

use super::end::{End, WAITING, end_in};
use super::{Action, find_in};
use crate::idempotency::{self, Known, Request};
use crate::{Result, Store};

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cancelled {
    /// It is called back now.
    Now(Box<Action>),
    /// It was called back before.
    Before(Box<Action>),
    /// Its agent has begun, or it has ended otherwise.
    TooLate(Box<Action>),
    /// There is no such action in the organisation.
    NotFound,
    /// The idempotency key belongs to another request. Nothing was changed.
    KeyReused,
}

/// Calls an action back, on behalf of the request's actor.
pub async fn cancel(store: &Store, request: &Request, id: ActionId) -> Result<Cancelled> {
    store
        .write(&(request, id), |tx, (request, id)| {
            Box::pin(cancel_in(tx, request, *id))
        })
        .await
}

async fn cancel_in(tx: &mut AnyConnection, request: &Request, id: ActionId) -> Result<Cancelled> {
    if idempotency::look_up_in(tx, request).await? == Known::Other {
        return Ok(Cancelled::KeyReused);
    }
    let found = find_in(tx, id).await?;
    let Some(action) = found.filter(|action| action.envelope.organization_id == request.organization_id)
    else {
        return Ok(Cancelled::NotFound);
    };
    let end = End {
        id,
        state: ActionState::Cancelled,
        code: Code::Cancelled,
        outcome: None,
        at: request.at,
        actor: &request.actor,
    };
    let Some(cancelled) = end_in(tx, WAITING, &end).await? else {
        return Ok(if action.state == ActionState::Cancelled {
            Cancelled::Before(Box::new(action))
        } else {
            Cancelled::TooLate(Box::new(action))
        });
    };
    idempotency::keep_in(tx, request, None).await?;
    Ok(Cancelled::Now(Box::new(cancelled)))
}
