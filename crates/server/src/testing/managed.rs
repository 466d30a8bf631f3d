//! A Mac of a test that speaks Apple's device management: the simulator signs what it says.

use macsim::Mac;
use macsim::front::mdm::{Message, body, header, read_profile};
use macsim::model::clock::UnixMillis;
use macsim::model::mdm::Connection;
use macsim::scenario::Situation;
use serde_json::json;

use super::{Answer, Call, FakeMac, TestApp};
use crate::device_management::{CHECK_IN, POLL};

/// A Mac with a profile.
#[derive(Clone)]
pub(crate) struct ManagedMac {
    pub mac: Mac,
    pub connection: Connection,
}

impl ManagedMac {
    /// The Mac of an agent, with a profile that was made for it just now.
    pub(crate) async fn with_profile(app: &TestApp, agent: &FakeMac, renew: bool) -> Self {
        let path = format!("/api/v1/devices/{}/mdm-enrolment/profile", agent.id());
        let made = app.post(path, &json!({ "renew": renew })).await;
        assert_eq!(made.status, 201, "{}", made.text);
        let mut mac = Situation::Healthy.mac(1, UnixMillis(1_767_225_600_000)).mac;
        mac.hardware.serial.clone_from(&agent.identity.serial_number);
        mac.hardware.uuid.clone_from(&agent.identity.hardware_uuid);
        Self {
            mac,
            connection: read_profile(made.text.as_bytes()).unwrap(),
        }
    }

    /// The same, enrolled.
    pub(crate) async fn enrolled(app: &TestApp, agent: &FakeMac) -> Self {
        let mac = Self::with_profile(app, agent, false).await;
        mac.enroll(app).await;
        mac
    }

    /// Says what a Mac says when a profile is installed.
    pub(crate) async fn enroll(&self, app: &TestApp) {
        for message in [Message::Authenticate, Message::TokenUpdate] {
            let answer = self.say(app, &message).await;
            assert_eq!(answer.status, 200, "{}", answer.text);
        }
    }

    /// Says something, signed.
    pub(crate) async fn say(&self, app: &TestApp, message: &Message<'_>) -> Answer {
        let body = body(&self.mac, &self.connection.topic, message);
        let path = if *message == Message::Idle { POLL } else { CHECK_IN };
        self.send(app, path, &body, &self.signature(&body)).await
    }

    /// What it signs a body with.
    pub(crate) fn signature(&self, body: &[u8]) -> String {
        header(&self.connection, body).unwrap()
    }

    /// Sends a body with a signature.
    pub(crate) async fn send(&self, app: &TestApp, path: &str, body: &[u8], signature: &str) -> Answer {
        let call = Call::put(path, "application/x-apple-aspen-mdm-checkin", body);
        app.send(call.header("mdm-signature", signature)).await
    }
}
