//! Passwords that people enter: Recovery Lock and firmware passwords, which no agent brings.

use secrecy::SecretString;
use store::escrow::{Entered, Entering, Entry, Line, NO_DEVICE, NewSecret};
use store::idempotency::{Known, Request};
use trust::code::Code;
use trust::enrolment::SerialNumber;
use trust::escrow::{EscrowKind, Origin};

use crate::app::App;
use crate::escrow::known::{is_among, is_kept_already, is_same};
use crate::escrow::open::refusal;
use crate::problem::Problem;
use crate::vault::{Bound, encrypt};

/// One value that somebody enters.
pub(crate) struct Said {
    /// The Mac, enrolled or not.
    pub serial_number: SerialNumber,
    /// What it is; [`EscrowKind::is_entered`].
    pub kind: EscrowKind,
    /// The value.
    pub value: SecretString,
    /// Whether it is a former one, or may be.
    pub legacy: bool,
}

impl Said {
    fn line(&self, request: &Request) -> Line<'_> {
        Line {
            organization_id: request.organization_id,
            serial_number: self.serial_number.as_str(),
            kind: self.kind,
        }
    }

    fn is_of_the_line_of(&self, other: &Self) -> bool {
        self.kind == other.kind && self.serial_number == other.serial_number
    }
}

/// What is to be kept of what was said.
pub(crate) struct Prepared<'a> {
    /// What is new, each with its place among what was said.
    new: Vec<(usize, Entry<'a>)>,
}

impl Prepared<'_> {
    /// How many values are new.
    pub(crate) fn count(&self) -> usize {
        self.new.len()
    }
}

/// Why nothing was entered.
pub(crate) enum Refused {
    /// This one of the values would be one former value too many.
    TooManyLegacy(usize),
    /// Anything else.
    Problem(Problem),
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::TooManyLegacy(_) => Self::conflict(Code::TooManyLegacyValues),
            Refused::Problem(problem) => problem,
        }
    }
}

/// Encrypts what is not kept yet: no value that is the current one, and no former one that is there in whatever place. What is said
/// comes line of the vault by line, as [`sorted`] has it.
pub(crate) async fn prepare<'a>(
    app: &App,
    request: &Request,
    said: &'a [Said],
) -> Result<Prepared<'a>, Problem> {
    let mut new = Vec::new();
    for (place, one) in said.iter().enumerate() {
        let of_its_line = said.iter().take(place).rev();
        let mut of_its_line = of_its_line.take_while(|before| before.is_of_the_line_of(one));
        let is_repeated = of_its_line.any(|before| is_same(&before.value, &one.value));
        if !is_repeated && !is_known(app, one.line(request), one).await? {
            new.push((place, entry(app, one.line(request), one).await?));
        }
    }
    Ok(Prepared { new })
}

/// What is said, line of the vault by line, the former values first, and otherwise in its order.
pub(crate) fn sorted(mut said: Vec<(u64, Said)>) -> Vec<(u64, Said)> {
    said.sort_by(|(_, a), (_, b)| {
        let key = |one: &Said| (one.kind, !one.legacy);
        a.serial_number
            .as_str()
            .cmp(b.serial_number.as_str())
            .then_with(|| key(a).cmp(&key(b)))
    });
    said
}

/// Keeps it, all or nothing. `answer` is what is told of it, kept for the same request again.
pub(crate) async fn save(
    app: &App,
    request: &Request,
    prepared: Prepared<'_>,
    reason: Option<&str>,
    answer: String,
) -> Result<String, Refused> {
    let (places, entries): (Vec<usize>, Vec<Entry<'_>>) = prepared.new.into_iter().unzip();
    let entering = Entering {
        request,
        entries: &entries,
        reason,
        answer: &answer,
    };
    let entered = store::escrow::enter(&app.store, &entering).await;
    match entered.map_err(Problem::from)? {
        Entered::Now => {
            tracing::info!(actor = %request.actor, count = entries.len(), "secrets entered into the vault");
            Ok(answer)
        }
        Entered::Not(Known::Same(before)) => Ok(before.unwrap_or_default()),
        Entered::Not(_) => Err(Problem::conflict(Code::IdempotencyKeyReused).into()),
        Entered::TooManyLegacy(place) => Err(Refused::TooManyLegacy(
            places.get(place).copied().unwrap_or_default(),
        )),
    }
}

async fn is_known(app: &App, line: Line<'_>, one: &Said) -> Result<bool, Problem> {
    let standing = store::escrow::standing(&app.store, line).await?;
    Ok(match (one.legacy, standing.current) {
        (true, _) => is_among(app, line, standing.latest, &one.value).await,
        (false, Some(current)) => is_kept_already(app, line, current, &one.value).await,
        (false, None) => false,
    })
}

async fn entry<'a>(app: &App, line: Line<'a>, one: &Said) -> Result<Entry<'a>, Problem> {
    let message_id = app.entropy.id(app.now());
    let bound = Bound {
        organization_id: line.organization_id,
        serial_number: line.serial_number,
        kind: line.kind,
        device_id: NO_DEVICE,
        message_id,
    };
    let encrypted = encrypt(&one.value, &bound, app.escrow_keys.as_ref(), &app.entropy).await;
    let (ciphertext, data_key) = encrypted.map_err(|error| refusal(&error))?;
    Ok(Entry {
        line,
        message_id,
        secret: NewSecret {
            origin: if one.legacy {
                Origin::Legacy
            } else {
                Origin::Entered
            },
            proved_at: None,
            ciphertext,
            data_key,
        },
    })
}
