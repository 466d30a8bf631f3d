//! `POST /agent/v1/check-in`: an agent looks in. It tells what it sees and what it has not finished, and learns what
//! waits for it. When nothing has changed, nothing is written.

use axum::Json;
use axum::extract::State;
use store::action::Open;
use store::deed::NewDeeds;
use store::device::Calling;
use trust::id::ActionId;
use trust::service_account::Settings;
use wire::agent_api::{CheckIn, CheckedIn, MOST_DEEDS, Offer};

use super::body::AgentBody;
use super::escrow::terms;
use super::observed::new_observation;
use super::ring::RingsBefore;
use crate::app::{App, SharedApp};
use crate::identity::CallingDevice;
use crate::problem::Problem;

/// How many actions one answer offers. What is left comes with the next check-in.
const MOST_OFFERS: u32 = 16;

/// Takes a check-in.
pub(crate) async fn check_in(
    State(app): State<SharedApp>,
    RingsBefore(rings): RingsBefore,
    CallingDevice(device): CallingDevice,
    AgentBody(told): AgentBody<CheckIn>,
) -> Result<Json<CheckedIn>, Problem> {
    if told.agent_version != device.agent_version {
        store::device::set_agent_version(&app.store, device.id, &told.agent_version).await?;
    }
    let wants_observation = match &told.observation {
        Some(observation) => {
            if let Some(new) = new_observation(&app, &device, observation).await? {
                store::observation::save(&app.store, &new).await?;
                app.events.device(device.organization_id, device.id);
            }
            false
        }
        None => device.observation_digest.as_ref() != Some(&told.observation_digest),
    };
    if !device.pending && !told.deeds.is_empty() {
        keep_deeds(&app, &device, &told).await?;
    }
    let offers = if device.pending || !device.has_open_actions {
        Vec::new()
    } else {
        let open = store::action::open(&app.store, device.id).await?;
        end_lost(&app, &device, &told, &open).await?;
        offers(&app, &device, &open).await?
    };
    Ok(Json(CheckedIn {
        wants_observation,
        offers,
        settings: settings(&device, &told),
        escrow_digest: (!device.pending).then(|| terms(&app, &device).digest()),
        next_check_in_ms: u64::try_from(app.settings.check_in_every.as_millis()).unwrap_or(u64::MAX),
        rings,
        server_time: app.now(),
    }))
}

/// What the organisation wants of the service account, when the agent goes by something else. A device that waits for
/// approval is told nothing.
fn settings(device: &Calling, told: &CheckIn) -> Option<Settings> {
    let is_known = told.settings_digest.as_deref() == Some(device.service_account.digest().as_str());
    (!device.pending && !is_known).then(|| device.service_account.clone())
}

/// Keeps what the agent did by itself. The answer acknowledges it.
async fn keep_deeds(app: &App, device: &Calling, told: &CheckIn) -> Result<(), Problem> {
    if told.deeds.len() > MOST_DEEDS {
        return Err(Problem::invalid("deeds", "are at most 32"));
    }
    let new = NewDeeds {
        organization_id: device.organization_id,
        device_id: device.id,
        deeds: &told.deeds,
        at: app.now(),
    };
    store::deed::save(&app.store, &new).await?;
    app.events.device(device.organization_id, device.id);
    Ok(())
}

/// Ends what the agent has begun and does not know of any more. What it has begun only now it may have begun while it was
/// telling.
async fn end_lost(app: &App, device: &Calling, told: &CheckIn, open: &[Open]) -> Result<(), Problem> {
    let now = app.now();
    let is_lost = |action: &&Open| {
        let begun = action.started_at;
        !told.unfinished.contains(&action.id)
            && begun.is_some_and(|begun| now.since(begun) >= app.settings.outcome_lost_after)
    };
    let lost: Vec<ActionId> = open.iter().filter(is_lost).map(|action| action.id).collect();
    for changed in store::action::end_lost(&app.store, &lost, now).await? {
        tracing::warn!(action = %changed.id, device = %device.id, "outcome lost");
        app.action_changed(changed);
    }
    Ok(())
}

/// What waits for the device. When nothing does, nothing more is read.
async fn offers(app: &App, device: &Calling, open: &[Open]) -> Result<Vec<Offer>, Problem> {
    if !open.iter().any(|action| action.may_be_offered(app.now())) {
        return Ok(Vec::new());
    }
    let waiting = store::action::offers(&app.store, device.id, app.now(), MOST_OFFERS).await?;
    for changed in waiting.fresh {
        app.action_changed(changed);
    }
    Ok(waiting.offers)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::{Value, json};
    use wire::agent_api::{CheckIn, CheckedIn};

    use crate::testing::{Call, FakeMac, TestApp, healthy_mac, mac_without_holders, statements_of};

    const PATH: &str = "/agent/v1/check-in";

    async fn tell(app: &TestApp, mac: &FakeMac, told: &CheckIn) -> CheckedIn {
        let answer = app.send(mac.signed(app, Call::post(PATH).json(told))).await;
        answer.expect(200);
        answer.read_as()
    }

    fn digest_only(mac: &FakeMac) -> CheckIn {
        CheckIn {
            agent_version: "0.1.0".to_owned(),
            observation_digest: mac.observation.digest(),
            observation: None,
            unfinished: Vec::new(),
            settings_digest: None,
            deeds: Vec::new(),
        }
    }

    #[tokio::test]
    async fn an_observation_is_asked_for_when_it_is_not_known() {
        let app = TestApp::start().await;
        let mut mac = FakeMac::new(1, healthy_mac());
        mac.enroll(&app).await;
        assert!(tell(&app, &mac, &digest_only(&mac)).await.wants_observation);
        mac.check_in(&app).await;
        assert!(!tell(&app, &mac, &digest_only(&mac)).await.wants_observation);
        mac.observation = mac_without_holders();
        assert!(tell(&app, &mac, &digest_only(&mac)).await.wants_observation);
        mac.check_in(&app).await;
        let device = app.get(format!("/api/v1/devices/{}", mac.id())).await.expect(200);
        assert_eq!(device["chain"], "broken");
    }

    #[tokio::test]
    async fn when_nothing_has_changed_nothing_is_written() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let size = async || -> Vec<(std::path::PathBuf, u64)> {
            let files = app.database_files().into_iter();
            files
                .map(|file| (file.clone(), std::fs::metadata(&file).unwrap().len()))
                .collect()
        };
        let before = size().await;
        for _ in 0..5 {
            app.advance(Duration::from_secs(60));
            tell(&app, &mac, &digest_only(&mac)).await;
            mac.check_in(&app).await;
        }
        assert_eq!(size().await, before);
    }

    #[tokio::test]
    async fn when_nothing_has_changed_one_statement_is_run() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let wanted = tell(&app, &mac, &digest_only(&mac)).await.settings.unwrap();
        let told = CheckIn {
            settings_digest: Some(wanted.digest()),
            ..digest_only(&mac)
        };
        let newer = CheckIn {
            agent_version: "0.2.0".to_owned(),
            ..told.clone()
        };
        let statements = async |told: &CheckIn| {
            let call = mac.signed(&app, Call::post(PATH).json(told));
            let (answer, statements) = statements_of(app.send(call)).await;
            answer.expect(200);
            statements
        };
        assert_eq!(statements(&told).await, 1);
        assert_eq!(
            statements(&digest_only(&mac)).await,
            1,
            "also when it has to be told what is wanted"
        );
        assert!(statements(&newer).await > 1);
    }

    #[tokio::test]
    async fn the_answer_tells_the_time_and_when_to_come_again() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let answer = mac.check_in(&app).await;
        assert_eq!(answer.server_time.as_millis(), app.now_ms());
        assert_eq!(answer.next_check_in_ms, 60_000);
    }

    #[tokio::test]
    async fn a_new_agent_version_is_noted() {
        let app = TestApp::start().await;
        let mut mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        mac.identity.agent_version = "0.2.0".to_owned();
        mac.check_in(&app).await;
        let device = app.get(format!("/api/v1/devices/{}", mac.id())).await.expect(200);
        assert_eq!(device["agent_version"], "0.2.0");
    }

    #[tokio::test]
    async fn what_the_agent_has_begun_and_no_longer_knows_is_lost() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let action = app.grant(&mac).await;
        mac.start(&app, &action["id"]).await.expect(200);
        let state = async || -> (Value, Value) {
            let path = format!("/api/v1/actions/{}", action["id"].as_str().unwrap());
            let shown = app.get(path).await.expect(200);
            (shown["state"].clone(), shown["code"].clone())
        };
        mac.check_in(&app).await;
        assert_eq!(
            state().await,
            (json!("running"), Value::Null),
            "it may just have begun"
        );
        app.advance(Duration::from_secs(60));
        mac.check_in_with(&app, vec![&action["id"]]).await;
        assert_eq!(state().await, (json!("running"), Value::Null));
        mac.check_in(&app).await;
        assert_eq!(state().await, (json!("failed"), json!("outcome_lost")));
    }

    #[tokio::test]
    async fn what_the_protocol_does_not_know_is_refused_with_the_clock() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let call = mac.signed(&app, Call::post(PATH).raw_json("{\"agent_version\":1}"));
        let problem = app.send(call).await.expect_invalid(400, "body");
        assert_eq!(problem["server_time"], app.now_ms());
        let long = vec![b' '; crate::agent::LONGEST_BODY + 1];
        let call = mac.signed(&app, Call::post(PATH).raw_json(long));
        app.send(call).await.expect_invalid(413, "body");
    }
}
