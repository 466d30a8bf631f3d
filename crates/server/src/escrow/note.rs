//! That somebody sees a kept secret is noted before he does.

use std::time::Duration;

use store::escrow::{Asker, Reveal, Revealed};
use trust::code::Code;
use trust::escrow::Standing;

use super::Wanted;
use super::asked::Asked;
use crate::app::App;
use crate::idempotency::{IdempotencyKey, shown_once};
use crate::identity::Caller;
use crate::problem::Problem;

/// How long somebody else has to approve, and the asker to look.
const APPROVAL_LASTS: Duration = Duration::from_hours(1);

/// Notes who is shown this version of what he asked for, and why. Answers how its line stands then; a refusal where somebody
/// else has to approve, or where it was shown by the same request before.
pub(super) async fn note(
    app: &App,
    caller: &Caller,
    Wanted { line, device_id }: Wanted<'_>,
    (key, operation): (&IdempotencyKey, &str),
    asked: &Asked,
    version: u32,
) -> Result<Standing, Problem> {
    let reason = asked.reason.as_str();
    let fingerprint = (device_id, line.serial_number, line.kind, asked.version, reason);
    let reveal = Reveal {
        request: &key.request(caller, operation, &fingerprint, app.now()),
        line,
        version,
        device_id,
        reason,
        asker: asker(app, caller),
    };
    let after = match store::escrow::reveal(&app.store, &reveal).await? {
        Revealed::Now(standing) => standing,
        Revealed::Not(known) => {
            shown_once(&known)?;
            return Err(Problem::conflict(Code::AlreadyRevealed));
        }
        Revealed::NoSuchVersion => return Err(Problem::not_found()),
        Revealed::Asked => return Err(Problem::conflict(Code::ApprovalNeeded)),
        Revealed::NotAPerson => return Err(Problem::conflict(Code::ApprovalNeedsPerson)),
    };
    app.events.device(line.organization_id, device_id);
    // Its agent learns by the next check-in that another one is wanted.
    app.bell.ring(device_id);
    Ok(after)
}

/// Who asks, should somebody else have to approve.
fn asker(app: &App, caller: &Caller) -> Asker {
    Asker {
        person_id: caller.person_id,
        request_id: app.entropy.id(app.now()),
        expires_at: app.now().plus(APPROVAL_LASTS),
    }
}
