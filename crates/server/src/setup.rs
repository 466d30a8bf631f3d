//! What a server's own operator makes: the first API token, a link into the console, secrets for Macs to enrol with. It
//! works on the store directly, whether the server runs or not.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use store::actor::Actor;
use store::api_token::NewApiToken;
use store::enrolment_secret::NewEnrolmentSecret;
use store::idempotency::Request;
use store::sign_in_link::NewSignInLink;
use store::{Store, StoreError};
use trust::id::OrganizationId;

use crate::app::SharedApp;
use crate::clock::{Clock, SystemClock};
use crate::enrolment_secrets::create::USUAL_VALIDITY;
use crate::entropy::Entropy;
use crate::token::{self, Purpose};

/// The name of the organisation that a new server has, as sentences have it, until it is told another one.
const ORGANIZATION: &str = "Your organisation";

/// How long a sign-in link can be used.
const LINK_LASTS: Duration = Duration::from_mins(15);

/// Makes what lets people, programs and Macs in.
pub struct Setup {
    store: Store,
    clock: Arc<dyn Clock>,
    entropy: Entropy,
    organization_id: OrganizationId,
}

impl Setup {
    /// Opens the database in `file`, which is made when it is not there, with its one organisation.
    pub async fn open(file: &Path) -> Result<Self, StoreError> {
        let store = Store::open(file).await?;
        Self::of(store, Arc::new(SystemClock), Entropy::of_the_system()).await
    }

    /// The same for a server that runs in this process.
    pub(crate) async fn of_app(app: &SharedApp, entropy: Entropy) -> Result<Self, StoreError> {
        Self::of(app.store.clone(), Arc::clone(&app.clock), entropy).await
    }

    async fn of(store: Store, clock: Arc<dyn Clock>, entropy: Entropy) -> Result<Self, StoreError> {
        let now = clock.now();
        let organization_id =
            store::organization::first_or_new(&store, entropy.id(now), ORGANIZATION, now).await?;
        Ok(Self {
            store,
            clock,
            entropy,
            organization_id,
        })
    }

    /// The organisation.
    pub fn organization_id(&self) -> OrganizationId {
        self.organization_id
    }

    /// Gives the organisation the name by which it asks people for something.
    pub async fn name_organization(&self, name: &str) -> Result<(), StoreError> {
        store::organization::rename(&self.store, self.organization_id, name).await
    }

    /// Makes an API token. The audit log names it by `name`; an older token of this name is no longer valid.
    pub async fn api_token(&self, name: &str) -> Result<String, StoreError> {
        let token = token::new(Purpose::ApiToken, &self.entropy);
        let new = NewApiToken {
            organization_id: self.organization_id,
            hash: token::hash(&token),
            name: name.to_owned(),
            at: self.clock.now(),
            actor: Actor::Operator,
        };
        store::api_token::create(&self.store, &new).await?;
        Ok(token)
    }

    /// Makes a link that signs `person` in to the console once, within 15 minutes. Answers its path on the server, such as
    /// `/sign-in/…`.
    pub async fn sign_in_path(&self, person: &str) -> Result<String, StoreError> {
        let token = token::new(Purpose::SignInLink, &self.entropy);
        let now = self.clock.now();
        let new = NewSignInLink {
            organization_id: self.organization_id,
            hash: token::hash(&token),
            person: person.to_owned(),
            at: now,
            expires_at: now.plus(LINK_LASTS),
            actor: Actor::Operator,
        };
        store::sign_in_link::create(&self.store, &new).await?;
        Ok(format!("/sign-in/{token}"))
    }

    /// The same, and leads to where a name and a password are chosen.
    pub async fn set_up_path(&self, person: &str) -> Result<String, StoreError> {
        Ok(format!("{}?set_up=true", self.sign_in_path(person).await?))
    }

    /// Makes a secret that lets one Mac enrol, within a day.
    pub async fn enrolment_secret(&self) -> Result<String, StoreError> {
        let secret = token::new(Purpose::EnrolmentSecret, &self.entropy);
        let now = self.clock.now();
        let hash = token::hash(&secret);
        let new = NewEnrolmentSecret {
            request: Request {
                organization_id: self.organization_id,
                actor: Actor::Operator,
                key: hash.clone(),
                fingerprint: hash.clone(),
                at: now,
            },
            hash,
            expires_at: now.plus(USUAL_VALIDITY),
        };
        store::enrolment_secret::create(&self.store, &new).await?;
        Ok(secret)
    }

    /// Closes the database, when it was opened for this alone.
    pub async fn close(self) {
        self.store.close().await;
    }
}
