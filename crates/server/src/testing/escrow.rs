//! What the agent of a test escrows.

use newtype_uuid::GenericUuid as _;
use secrecy::SecretString;
use trust::escrow::{EscrowKind, Origin};
use trust::id::EscrowMessageId;
use trust::time::Timestamp;
use wire::escrow::{Escrow, EscrowTerms, Escrowed, Told};
use wire::seal::seal;

use super::{Answer, Call, FakeMac, SeededRng, TestApp};
use crate::clock::Clock as _;

const PATH: &str = "/agent/v1/escrow";

impl FakeMac {
    /// The terms by which it escrows.
    pub(crate) async fn escrow_terms(&self, app: &TestApp) -> EscrowTerms {
        let answer = app.send(self.signed(app, Call::get(PATH))).await;
        answer.expect(200);
        answer.read_as()
    }

    /// Sends the message of this number.
    pub(crate) async fn tell_vault(&self, app: &TestApp, id: u128, kind: EscrowKind, told: Told) -> Answer {
        let id = message_id(id);
        let message = Escrow { id, kind, told };
        app.send(self.signed(app, Call::post(PATH).json(&message))).await
    }

    /// What it makes of a recovery key for the message of this number.
    pub(crate) async fn sealed_for_vault(
        &self,
        app: &TestApp,
        id: u128,
        key: &str,
        proved_at: Option<Timestamp>,
    ) -> Told {
        self.sealed_as(app, id, EscrowKind::PersonalRecoveryKey, key, proved_at)
            .await
    }

    /// What it makes of a secret of this kind for the message of this number.
    pub(crate) async fn sealed_as(
        &self,
        app: &TestApp,
        id: u128,
        kind: EscrowKind,
        secret: &str,
        proved_at: Option<Timestamp>,
    ) -> Told {
        let device = store::device::find(&app.app.store, self.id())
            .await
            .unwrap()
            .unwrap();
        let bound_to = Escrow::associated_data(device.organization_id, self.id(), kind, message_id(id));
        let to = self.escrow_terms(app).await.vault_key;
        let mut rng = SeededRng::new(u64::try_from(id).unwrap());
        Told::Secret {
            sealed: seal(&to, &SecretString::from(secret), &bound_to, &mut rng).unwrap(),
            origin: Origin::Rotation,
            proved_at,
        }
    }

    /// Escrows a recovery key that was proved just now, by the message of this number.
    pub(crate) async fn escrow_key(&self, app: &TestApp, id: u128, key: &str) -> Escrowed {
        let told = self.sealed_for_vault(app, id, key, Some(app.clock.now())).await;
        let answer = self
            .tell_vault(app, id, EscrowKind::PersonalRecoveryKey, told)
            .await;
        answer.expect(200);
        answer.read_as()
    }
}

fn message_id(number: u128) -> EscrowMessageId {
    EscrowMessageId::from_untyped_uuid(uuid::Uuid::from_u128(number))
}
