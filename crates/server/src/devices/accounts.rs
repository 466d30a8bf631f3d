//! `GET /api/v1/devices/{id}/accounts`: the accounts on a device, each with what its token is worth.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use trust::capability::{Ability, abilities};
use trust::chain::{self, Member};
use trust::observation::{AccountKind, Observation};
use trust::outcome::TrustEdge;
use trust::provenance::{Provenance, provenance};
use trust::token::TokenState;
use utoipa::ToSchema;

use crate::app::SharedApp;
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// The accounts of a device.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Accounts {
    /// By record name; empty when the device has not told of them.
    items: Vec<AccountView>,
}

/// An account with its token.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountView {
    /// The record name ("short name").
    pub record_name: String,
    /// Further names of the same record. macOS finds the account by each of them.
    pub aliases: Vec<String>,
    /// The name that people see.
    pub real_name: String,
    /// The GeneratedUID, upper case.
    pub guid: String,
    /// The numeric user id.
    pub uid: i64,
    /// Whether it is in the admin group.
    pub administrator: bool,
    /// Whether the login window leaves it out.
    pub hidden: bool,
    /// Where it comes from.
    pub kind: AccountKind,
    /// Whether its record bars every login.
    pub disabled: bool,
    /// What its token is worth.
    pub token: TokenState,
    /// Whether it counts as a holder.
    pub holds: bool,
    /// Whether it can hand a token on.
    pub can_grant: bool,
    /// What a Secure Token is needed for, and whether the account can do it.
    pub abilities: [Ability; 3],
    /// Where its token came from; `null` when it holds none.
    pub provenance: Option<Provenance>,
}

impl AccountView {
    /// The accounts of a Mac that was seen so, and on which `edges` took place, oldest first.
    pub(crate) fn all(observation: Option<&Observation>, edges: &[TrustEdge]) -> Vec<Self> {
        let Some(observation) = observation else {
            return Vec::new();
        };
        let members = chain::members(observation);
        members
            .iter()
            .map(|member| Self::of(member, observation, edges))
            .collect()
    }

    fn of(member: &Member<'_>, observation: &Observation, edges: &[TrustEdge]) -> Self {
        let account = member.account;
        Self {
            abilities: abilities(account, observation),
            provenance: provenance(account, observation, edges),
            record_name: account.record_name.clone(),
            aliases: account.aliases.clone(),
            real_name: account.real_name.clone(),
            guid: account.guid.clone(),
            uid: account.uid,
            administrator: account.administrator,
            hidden: account.hidden,
            kind: account.kind,
            disabled: account.disabled,
            token: member.token,
            holds: member.token.holds(),
            can_grant: member.can_grant(),
        }
    }
}

/// Lists the accounts of a device, as last observed.
#[utoipa::path(get, path = "/api/v1/devices/{id}/accounts", tag = "devices", params(("id" = String, Path, description = "The device")), responses(
    (status = 200, description = "Its accounts", body = Accounts),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn list_device_accounts(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
) -> Result<Json<Accounts>, Problem> {
    let device = super::find(&app, &caller, &id).await?;
    let observation = store::observation::find(&app.store, device.id).await?;
    let edges = super::chain::edges(&app, &device).await?;
    Ok(Json(Accounts {
        items: AccountView::all(observation.as_ref(), &edges),
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::testing::{FakeMac, TestApp, healthy_mac, only_standard_holder};

    #[tokio::test]
    async fn accounts_say_what_their_tokens_are_worth() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let accounts = app
            .get(format!("/api/v1/devices/{}/accounts", mac.id()))
            .await
            .expect(200);
        let ada = &accounts["items"][0];
        assert_eq!(ada["record_name"], "ada");
        assert_eq!(ada["token"]["state"], "unverified");
        assert_eq!((&ada["holds"], &ada["can_grant"]), (&true.into(), &true.into()));
        let bob = &accounts["items"][1];
        assert_eq!(bob["token"]["state"], "absent");
        assert_eq!((&bob["holds"], &bob["can_grant"]), (&false.into(), &false.into()));
        let able = |account: &Value| -> Vec<String> {
            let abilities = account["abilities"].as_array().unwrap().iter();
            abilities
                .map(|ability| format!("{}: {}", ability["capability"], ability["able"]).replace('"', ""))
                .collect()
        };
        assert_eq!(
            able(ada),
            [
                "unlock_filevault: yes",
                "manage_kernel_extensions: yes",
                "authorise_updates: yes"
            ]
        );
        assert_eq!(
            able(bob),
            [
                "unlock_filevault: no",
                "manage_kernel_extensions: no",
                "authorise_updates: no"
            ]
        );
        assert_eq!(bob["abilities"][0]["because"], "it has no Secure Token");
        assert_eq!(ada["provenance"]["origin"]["way"], "setup_assistant");
        assert_eq!(ada["provenance"]["confidence"], "inferred");
        assert!(bob["provenance"].is_null());
    }

    #[tokio::test]
    async fn a_standard_holder_cannot_grant() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, only_standard_holder())).await;
        let accounts = app
            .get(format!("/api/v1/devices/{}/accounts", mac.id()))
            .await
            .expect(200);
        let carol = &accounts["items"][2];
        assert_eq!(
            (&carol["holds"], &carol["can_grant"]),
            (&true.into(), &false.into())
        );
    }
}
