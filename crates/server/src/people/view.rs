//! How people are shown.

use std::time::Duration;

use serde::Serialize;
use store::person::{Invitation, Person};
use trust::access::Role;
use trust::id::PersonId;
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::App;
use crate::token::{self, Purpose};

/// How long an invitation can be used.
const INVITATION_LASTS: Duration = Duration::from_hours(3 * 24);

/// A person who can sign in, or is invited to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonView {
    /// The id.
    #[schema(value_type = String, format = "uuid")]
    pub id: PersonId,
    /// The name to sign in by.
    pub name: String,
    /// What the person is.
    pub role: Role,
    /// Whether a password was chosen. Who has none cannot sign in yet.
    pub has_password: bool,
    /// Whether a second factor is asked for.
    pub has_second_factor: bool,
    /// When the person was added.
    pub created_at: Timestamp,
}

impl From<Person> for PersonView {
    fn from(person: Person) -> Self {
        Self {
            id: person.id,
            name: person.name.to_string(),
            role: person.role,
            has_password: person.has_password,
            has_second_factor: person.second_factor_at.is_some(),
            created_at: person.created_at,
        }
    }
}

/// A link by which a person chooses a password. It is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvitationView {
    /// Who is invited.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// Where the link leads on this server, such as `/invitation/…`.
    pub path: String,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// A new link, and what the store keeps of it.
pub(super) fn new_invitation(app: &App, person_id: PersonId) -> (InvitationView, Invitation) {
    let token = token::new(Purpose::Invitation, &app.entropy);
    let expires_at = app.now().plus(INVITATION_LASTS);
    let kept = Invitation {
        hash: token::hash(&token),
        expires_at,
    };
    let shown = InvitationView {
        person_id,
        path: format!("/invitation/{token}"),
        expires_at,
    };
    (shown, kept)
}
