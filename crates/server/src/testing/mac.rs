//! The agent's side of a test: a Mac with keys of its own.

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use trust::action::SecretRole;
use trust::code::Code;
use trust::id::DeviceId;
use trust::observation::Observation;
use trust::outcome::{Evidence, GrantMethod, Outcome, TrustEdge};
use trust::service_account::Deed;
use trust::time::Timestamp;
use wire::agent_api::{
    CheckIn, CheckedIn, Enroll, Enrolled, EnrolmentIdentity, Offer, PreviousIdentity, Report,
};
use wire::identity::{DeviceSigningKey, SCHEME};
use wire::seal::{Sealed, SealingPrivateKey};

use super::{Answer, Call, SeededRng, TestApp};
use crate::clock::Clock as _;

/// A Mac that speaks the agent protocol.
pub(crate) struct FakeMac {
    pub identity: EnrolmentIdentity,
    pub observation: Observation,
    pub signing_key: DeviceSigningKey,
    sealing_key: SealingPrivateKey,
    id: Option<DeviceId>,
}

impl FakeMac {
    /// A Mac whose serial number, hardware UUID and name end in `number`, with keys drawn from it.
    pub(crate) fn new(number: u64, observation: Observation) -> Self {
        let mut rng = SeededRng::new(1_000 + number);
        let signing_key = DeviceSigningKey::generate(&mut rng);
        let sealing_key = SealingPrivateKey::generate(&mut rng);
        Self {
            identity: EnrolmentIdentity {
                serial_number: format!("SERIAL{number}"),
                hardware_uuid: format!("00000000-0000-4000-8000-{number:012}"),
                name: format!("Mac {number}"),
                agent_version: "0.1.0".to_owned(),
                signing_key: signing_key.public_key(),
                sealing_key: sealing_key.public_key(),
            },
            observation,
            signing_key,
            sealing_key,
            id: None,
        }
    }

    /// The same machine with keys drawn from `number`, as after it was erased.
    pub(crate) fn reinstalled(&self, number: u64) -> Self {
        let fresh = Self::new(number, self.observation.clone());
        Self {
            identity: EnrolmentIdentity {
                signing_key: fresh.identity.signing_key.clone(),
                sealing_key: fresh.identity.sealing_key.clone(),
                ..self.identity.clone()
            },
            ..fresh
        }
    }

    #[track_caller]
    pub(crate) fn id(&self) -> DeviceId {
        self.id.expect("the Mac has not enrolled")
    }

    /// What this Mac would send to enrol with `secret`.
    pub(crate) fn enrolment(&self, secret: &str, before: Option<&Self>) -> Enroll {
        let message = self.identity.proof_message();
        Enroll {
            secret: secret.to_owned(),
            identity: self.identity.clone(),
            proof: self.signing_key.sign(&message),
            previous: before.map(|before| PreviousIdentity {
                device_id: before.id(),
                proof: before.signing_key.sign(&message),
            }),
        }
    }

    /// Enrols with a fresh secret.
    pub(crate) async fn enroll(&mut self, app: &TestApp) -> Enrolled {
        self.enroll_again(app, None).await
    }

    /// Enrols with a fresh secret and, when told, with the proof of the Mac that it was before.
    pub(crate) async fn enroll_again(&mut self, app: &TestApp, before: Option<&Self>) -> Enrolled {
        let secret = app.setup.enrolment_secret().await.unwrap();
        let call = Call::post("/agent/v1/enroll").json(&self.enrolment(&secret, before));
        let answer = app.send(call).await;
        answer.expect(200);
        let enrolled: Enrolled = answer.read_as();
        self.id = Some(enrolled.device_id);
        enrolled
    }

    /// A request that this Mac has signed.
    pub(crate) fn signed(&self, app: &TestApp, call: Call) -> Call {
        let token = self.signing_key.token(self.id(), app.clock.now());
        call.header("authorization", format!("{SCHEME} {token}"))
    }

    /// Looks in, with nothing unfinished.
    pub(crate) async fn check_in(&self, app: &TestApp) -> CheckedIn {
        self.check_in_with(app, Vec::new()).await
    }

    /// Looks in with these actions unfinished.
    pub(crate) async fn check_in_with(&self, app: &TestApp, unfinished: Vec<&Value>) -> CheckedIn {
        let unfinished = unfinished.into_iter();
        let told = CheckIn {
            unfinished: unfinished
                .map(|id| id.as_str().unwrap().parse().unwrap())
                .collect(),
            ..self.told()
        };
        self.tell(app, &told).await
    }

    /// Looks in with something that its agent did by itself.
    pub(crate) async fn check_in_having_done(&self, app: &TestApp, deed: Deed) -> CheckedIn {
        let told = CheckIn {
            deeds: vec![deed],
            ..self.told()
        };
        self.tell(app, &told).await
    }

    fn told(&self) -> CheckIn {
        CheckIn {
            agent_version: self.identity.agent_version.clone(),
            observation_digest: self.observation.digest(),
            observation: Some(self.observation.clone()),
            unfinished: Vec::new(),
            settings_digest: None,
            deeds: Vec::new(),
        }
    }

    async fn tell(&self, app: &TestApp, told: &CheckIn) -> CheckedIn {
        let call = self.signed(app, Call::post("/agent/v1/check-in").json(told));
        let answer = app.send(call).await;
        answer.expect(200);
        answer.read_as()
    }

    /// Asks whether it may begin.
    pub(crate) async fn start(&self, app: &TestApp, action_id: &Value) -> Answer {
        let path = format!("/agent/v1/actions/{}/start", action_id.as_str().unwrap());
        app.send(self.signed(app, Call::post(path))).await
    }

    /// Tells how an action ended.
    pub(crate) async fn report(&self, app: &TestApp, action_id: &Value, outcome: Outcome) -> Answer {
        let path = format!("/agent/v1/actions/{}/report", action_id.as_str().unwrap());
        let report = Report {
            outcome,
            observation: Some(self.observation.clone()),
        };
        app.send(self.signed(app, Call::post(path).json(&report))).await
    }

    /// Opens the secret that plays `role` in an offer.
    pub(crate) fn open(&self, offer: &Offer, role: SecretRole) -> String {
        let bound_to = offer.envelope.associated_data(role);
        let secret: SecretString = self.sealing_key.open(&offer.secrets[&role], &bound_to).unwrap();
        secret.expose_secret().to_owned()
    }

    /// Opens what the server has sealed to it and bound to this; `None` when it is not for this Mac.
    pub(crate) fn open_sealed(&self, sealed: &Sealed, bound_to: &[u8]) -> Option<SecretString> {
        self.sealing_key.open(sealed, bound_to).ok()
    }

    /// `ada` has handed a token on to `bob`.
    pub(crate) fn granted(&self, at: Timestamp) -> Outcome {
        let guid = |name| self.observation.account(name).unwrap().guid.clone();
        Outcome {
            code: Code::Granted,
            touched_the_mac: true,
            parts: Vec::new(),
            evidence: vec![Evidence {
                at,
                by: "sysadminctl -secureTokenStatus".to_owned(),
                saw: "ENABLED".to_owned(),
            }],
            edge: Some(TrustEdge {
                granter_guid: guid("ada"),
                granter: "ada".to_owned(),
                target_guid: guid("bob"),
                target: "bob".to_owned(),
                method: GrantMethod::SysadminctlSecureTokenOn,
                at,
            }),
            finished_at: at,
        }
    }

    /// An end without a hand-over.
    pub(crate) fn ended(code: Code, touched_the_mac: bool, at: Timestamp) -> Outcome {
        Outcome {
            code,
            touched_the_mac,
            parts: Vec::new(),
            evidence: Vec::new(),
            edge: None,
            finished_at: at,
        }
    }
}
