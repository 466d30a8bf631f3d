//! Somebody else approves that a secret is shown to whoever asks.

use store::escrow::Approved;
use trust::code::Code;
use trust::id::RevealRequestId;

use super::Wanted;
use crate::app::App;
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::problem::Problem;

/// Approves a request that somebody else has made about a line. Only people approve: whoever makes API tokens could have one approve.
pub(crate) async fn approve(
    app: &App,
    caller: &Caller,
    Wanted { line, device_id }: Wanted<'_>,
    key: &IdempotencyKey,
    id: &str,
) -> Result<(), Problem> {
    let id: RevealRequestId = id.parse().map_err(|_| Problem::not_found())?;
    let person_id = caller
        .person_id
        .ok_or_else(|| Problem::conflict(Code::ApprovalNeedsPerson))?;
    let asked = (line.serial_number, line.kind, id);
    let request = key.request(caller, "approve_reveal", &asked, app.now());
    match store::escrow::approve(&app.store, &request, line, (device_id, id), person_id).await? {
        Approved::Done => Ok(()),
        Approved::NotFound => Err(Problem::not_found()),
        Approved::Own => Err(Problem::conflict(Code::ApprovalByOneself)),
        Approved::KeyReused => Err(Problem::conflict(Code::IdempotencyKeyReused)),
    }
}
