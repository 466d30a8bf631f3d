//! `GET /api/v1/devices/{id}/findings`: what is wrong with a device, what follows from it, and the ways out.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use store::enrolment_record::KeptRecord;
use store::finding::{EASILY_RECOVERED, KeptFinding, KeptServiceAccount};
use store::resilience::KeptResilience;
use trust::attention::{Attention, attention};
use trust::enrolment::EnrolmentRecord;
use trust::finding::{
    Finding, PrimaryUser, diagnose, of_recovery_key, of_service_account, primary_user_without_token,
};
use trust::id::{DeviceId, OrganizationId};
use trust::observation::Observation;
use trust::resilience::{Kept, resilience};
use trust::service_account::{self, Settings};
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// The findings of a device.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Findings {
    /// The worst first; empty when nothing is wrong or the device has not told yet.
    items: Vec<FindingView>,
}

/// A finding with its code in words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FindingView {
    /// The code in a line.
    pub code_title: &'static str,
    /// What it is, what follows from it, and the ways out. An action among them is ready but for its passwords.
    #[serde(flatten)]
    pub finding: Finding,
}

impl From<Finding> for FindingView {
    fn from(finding: Finding) -> Self {
        Self {
            code_title: finding.code.entry().title,
            finding,
        }
    }
}

/// What is wrong with a device, and whom the organisation's policy speaks of.
#[derive(Default)]
pub(crate) struct Diagnosed {
    /// The worst first.
    pub findings: Vec<Finding>,
    /// Who the policy "token for primary users" speaks of, as the store keeps it.
    pub primary_user: Option<KeptRecord>,
    /// That person in a few words.
    pub person: Option<String>,
    /// What the organisation wants of the Mac's service account.
    pub settings: Settings,
    /// What the vault keeps of it.
    pub kept: Kept,
}

impl Diagnosed {
    /// Why the Mac needs attention that was seen so.
    pub(crate) fn attention(&self, observation: &Observation) -> Attention {
        attention(observation, &self.settings, &self.findings)
    }

    /// What is kept of how well the Mac stands that was seen so.
    pub(crate) fn resilience(&self, observation: &Observation, now: Timestamp) -> KeptResilience {
        kept_resilience(observation, &self.kept, now)
    }

    /// What is kept of the service account's status, as it follows from what was seen.
    pub(crate) fn service_account(&self, observation: &Observation) -> KeptServiceAccount {
        let status = service_account::status(observation, &self.settings);
        let easily = !status.reasons().is_empty() && service_account::easily_recovered(observation);
        KeptServiceAccount {
            status: status.word().to_owned(),
            class: if easily { EASILY_RECOVERED } else { "" }.to_owned(),
            settings: self.settings.clone(),
        }
    }
}

/// Everything that is wrong with a device that was seen so: by itself, and by the organisation's policy.
pub(crate) async fn diagnosed(
    app: &App,
    (organization_id, device_id): (OrganizationId, DeviceId),
    serial_number: &str,
    observation: Option<&Observation>,
) -> Result<Diagnosed, Problem> {
    let Some(observation) = observation else {
        return Ok(Diagnosed::default());
    };
    let primary_user = match serial_number.parse() {
        Ok(number) => store::primary_user::find(&app.store, organization_id, &number).await?,
        Err(_) => None,
    };
    let settings = store::service_account_policy::settings_of(&app.store, device_id).await?;
    let mut findings = diagnose(observation);
    findings.extend(of_service_account(observation, &settings));
    let kept = store::resilience::kept(&app.store, organization_id, serial_number).await?;
    let schedule = store::days_policy::find(&app.store, organization_id).await?.days;
    findings.extend(of_recovery_key(
        observation,
        &kept.recovery_key,
        schedule,
        app.now(),
    ));
    findings.extend(
        primary_user
            .as_ref()
            .and_then(|kept| by_policy(observation, &kept.record)),
    );
    findings.sort_by_key(|finding| finding.severity);
    Ok(Diagnosed {
        findings,
        settings,
        kept,
        person: primary_user
            .as_ref()
            .and_then(|kept| kept.record.person())
            .map(str::to_owned),
        primary_user,
    })
}

fn by_policy(observation: &Observation, record: &EnrolmentRecord) -> Option<Finding> {
    let user = PrimaryUser {
        account: record.bound_account()?,
        full_name: record.full_name.as_ref(),
    };
    primary_user_without_token(observation, user)
}

/// What is kept of how well a Mac stands that was seen so, and of which `kept` is known besides.
pub fn kept_resilience(observation: &Observation, kept: &Kept, now: Timestamp) -> KeptResilience {
    let found = resilience(observation, kept, now);
    KeptResilience {
        score: found.score,
        warnings: found.warnings,
    }
}

/// What is kept of findings, for filters and counts.
pub(crate) fn to_keep(findings: &[Finding]) -> Vec<KeptFinding> {
    let kept = |finding: &Finding| KeptFinding {
        code: finding.code,
        severity: finding.severity,
        account: finding.account.clone(),
    };
    findings.iter().map(kept).collect()
}

/// Lists what is wrong with a device, as last observed.
#[utoipa::path(get, path = "/api/v1/devices/{id}/findings", tag = "devices", params(("id" = String, Path, description = "The device")), responses(
    (status = 200, description = "Its findings", body = Findings),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn list_device_findings(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
) -> Result<Json<Findings>, Problem> {
    let device = super::find(&app, &caller, &id).await?;
    let observation = store::observation::find(&app.store, device.id).await?;
    let diagnosed = diagnosed(
        &app,
        (device.organization_id, device.id),
        &device.serial_number,
        observation.as_ref(),
    )
    .await?;
    Ok(Json(Findings {
        items: diagnosed.findings.into_iter().map(FindingView::from).collect(),
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use trust::observation::TokenLabel;

    use crate::testing::{
        FakeMac, TestApp, account, healthy_mac, mac_with, mac_without_holders, old_mac, only_standard_holder,
    };

    async fn findings(app: &TestApp, mac: &FakeMac) -> Value {
        let path = format!("/api/v1/devices/{}/findings", mac.id());
        app.get(path).await.expect(200)["items"].clone()
    }

    fn with_code<'f>(findings: &'f Value, code: &str) -> &'f Value {
        let all = findings.as_array().unwrap();
        let found = all.iter().find(|finding| finding["code"] == code);
        found.unwrap_or_else(|| panic!("no {code} in {findings}"))
    }

    #[tokio::test]
    async fn an_account_that_cannot_unlock_the_disk_comes_with_its_cure() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let findings = findings(&app, &mac).await;
        let missing = with_code(&findings, "missing_from_start_up_screen");
        assert_eq!(missing["account"], "bob");
        assert_eq!(missing["severity"], "problem");
        assert!(!missing["code_title"].as_str().unwrap().is_empty());
        assert_eq!(missing["remedies"][0]["way"], "action");
        assert_eq!(
            missing["remedies"][0]["action"],
            json!({
                "kind": "grant_secure_token",
                "administrator": "ada",
                "target": "bob",
                "promote_administrator": false,
            })
        );
    }

    #[tokio::test]
    async fn each_macs_trouble_is_named() {
        let app = TestApp::start().await;
        for (number, observation, code) in [
            (1, mac_without_holders(), "chain_broken"),
            (2, only_standard_holder(), "no_granter"),
            (3, old_mac(), "os_too_old"),
        ] {
            let mac = app.enrolled(FakeMac::new(number, observation)).await;
            with_code(&findings(&app, &mac).await, code);
            let device = app.get(format!("/api/v1/devices/{}", mac.id())).await.expect(200);
            assert_ne!(
                device["findings"],
                json!({ "critical": 0, "problem": 0, "advice": 0 }),
                "{code}"
            );
        }
    }

    #[tokio::test]
    async fn nothing_is_wrong_with_what_nobody_has_seen_or_what_is_right() {
        let app = TestApp::start().await;
        let mut unseen = FakeMac::new(1, healthy_mac());
        unseen.enroll(&app).await;
        assert_eq!(findings(&app, &unseen).await, json!([]));
        let right = mac_with(vec![
            account("ada", 501, true, TokenLabel::Enabled),
            account("bob", 502, true, TokenLabel::Enabled),
        ]);
        let mac = app.enrolled(FakeMac::new(2, right)).await;
        assert_eq!(findings(&app, &mac).await, json!([]));
    }

    #[tokio::test]
    async fn counts_follow_what_the_mac_tells() {
        let app = TestApp::start().await;
        let mut mac = app.enrolled(FakeMac::new(1, mac_without_holders())).await;
        let counts = async || {
            let device = app.get("/api/v1/devices").await.expect(200);
            device["items"][0]["findings"].clone()
        };
        assert_eq!(counts().await["critical"], 1);
        mac.observation = healthy_mac();
        mac.check_in(&app).await;
        assert_eq!(
            counts().await,
            json!({ "critical": 0, "problem": 1, "advice": 1 })
        );
    }
}
