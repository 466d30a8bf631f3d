//! `GET /policies`: each policy, whether it is on, and the button that changes that.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;
use trust::access::Permission;

use super::switch::Switch;
use super::without_token::without_token;
use super::{
    filevault, local_administrator, needs_attention, recovery_key, service_account, vault_retention,
};
use crate::app::{App, SharedApp};
use crate::console::components::Tone;
use crate::console::{Page, Place, Visitor};
use crate::input::QueryOf;
use crate::page;
use crate::policies::promote_administrators::show::PromoteAdministrators;
use crate::policies::reveals_need_approval::show::RevealsNeedApproval;
use crate::policies::second_factor_for_reveals::show::SecondFactorForReveals;
use crate::policies::token_for_primary_users::list::{Wanted, WithoutToken, list};
use crate::policies::token_for_primary_users::show::TokenForPrimaryUsers;
use crate::policies::{
    promote_administrators, reveals_need_approval, second_factor_for_reveals, token_for_primary_users,
};
use crate::problem::Problem;

/// How many Macs a page shows.
const LIMIT: u32 = 50;

/// Which part of the list of Macs is wanted.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    cursor: Option<String>,
    /// Whether the visitor comes from a form that was saved.
    #[serde(default)]
    saved: bool,
}

/// Shows the policies.
pub(crate) async fn show_policies(
    State(app): State<SharedApp>,
    visitor: Visitor,
    QueryOf(asked): QueryOf<Asked>,
) -> Result<Markup, Problem> {
    page(&app, &visitor, asked, None).await
}

/// The page; with what was filled in for the service account, when that cannot be saved.
pub(super) async fn page(
    app: &SharedApp,
    visitor: &Visitor,
    asked: Asked,
    sent: Option<service_account::Draft>,
) -> Result<Markup, Problem> {
    let organization_id = visitor.caller.organization_id;
    let promote = promote_administrators::show::find(app, organization_id).await?;
    let tokens = token_for_primary_users::show::find(app, organization_id).await?;
    let reveals = reveals_need_approval::show::find(app, organization_id).await?;
    let second_factor = second_factor_for_reveals::show::find(app, organization_id).await?;
    let service_accounts = crate::policies::service_account::show::find(app, organization_id).await?;
    let attention = crate::policies::needs_attention::show::find(app, organization_id).await?;
    let filevault = crate::policies::filevault::show::find(app, organization_id).await?;
    let recovery_keys = crate::policies::recovery_key::show::find(app, organization_id).await?;
    let retention = crate::policies::vault_retention::show::find(app, organization_id).await?;
    let local_administrators = crate::policies::local_administrator::show::find(app, organization_id).await?;
    let draft = sent.unwrap_or_else(|| service_account::Draft::of(&service_accounts));
    let wanted = Wanted {
        cursor: asked.cursor,
        limit: Some(LIMIT),
    };
    let without = list(app, &visitor.caller, wanted).await?;
    let page = Page {
        title: "Policies",
        visitor: Some(visitor),
        place: Place::Policies,
        contents: html! {
            h1 { "Policies" }
            p.lead { "What the organisation asks of every Mac. Each change stands in the audit log." }
            @if asked.saved { div.notice.good role="status" { p { "Saved." } } }
            (draft.summary())
            (service_account::panel(app, &service_accounts, &draft, visitor))
            (filevault::panel(&filevault))
            (recovery_key::panel(app, &recovery_keys, visitor))
            (vault_retention::panel(app, &retention, visitor))
            (local_administrator::panel(app, &local_administrators, visitor))
            (needs_attention::panel(app, &attention, visitor))
            (token_for_primary_users(app, &tokens, &without, visitor))
            (promote_administrators(app, &promote, visitor))
            (reveals_need_approval(app, &reveals, visitor))
            (second_factor_for_reveals(app, &second_factor, visitor))
        },
    };
    Ok(page.render())
}

fn token_for_primary_users(
    app: &App,
    policy: &TokenForPrimaryUsers,
    without: &page::Page<WithoutToken>,
    visitor: &Visitor,
) -> Markup {
    let switch = Switch {
        policy: "token-for-primary-users",
        heading: "Token for primary users",
        meaning: html! {
            "Whoever uses a Mac should hold a Secure Token there, whether FileVault is on or not. While this is on, each "
            "Mac whose person holds none has a finding for it. Who uses a Mac is told by the "
            a href="/enrolment-data" { "enrolment data" } "."
        },
        tone: Tone::Good,
        permission: Permission::SetPolicies,
    };
    let more = html! {
        @if policy.enabled || policy.without_token > 0 { div #without-token data-live { (without_token(policy, without)) } }
    };
    switch.panel(app, visitor, policy.enabled, policy.changed_at, &more)
}

fn promote_administrators(app: &App, policy: &PromoteAdministrators, visitor: &Visitor) -> Markup {
    let switch = Switch {
        policy: "promote-administrators",
        heading: "Promote standard holders for a grant",
        meaning: html! {
            "macOS lets only administrators hand a token on. While this is on, a standard account that holds one is made "
            "an administrator for the moment of a grant, and a standard account again right after it, without each order "
            "asking for it. Each plan shows it. While it is off, an order has to ask for it."
        },
        tone: Tone::Warn,
        permission: Permission::SetPolicies,
    };
    switch.panel(app, visitor, policy.enabled, policy.changed_at, &html! {})
}

fn reveals_need_approval(app: &App, policy: &RevealsNeedApproval, visitor: &Visitor) -> Markup {
    let switch = Switch {
        policy: "reveals-need-approval",
        heading: "Two people for each secret that is shown",
        meaning: html! {
            "While this is on, whoever asks to see a secret of the vault needs the approval of somebody else who may. It is shown once, "
            "within an hour of asking. API tokens are shown none."
        },
        tone: Tone::Good,
        permission: Permission::ManagePeople,
    };
    switch.panel(app, visitor, policy.enabled, policy.changed_at, &html! {})
}

fn second_factor_for_reveals(app: &App, policy: &SecondFactorForReveals, visitor: &Visitor) -> Markup {
    let switch = Switch {
        policy: "second-factor-for-reveals",
        heading: "A second factor for whoever sees secrets",
        meaning: html! {
            "While this is on, administrators and owners who have no second factor are led to set one up, and nothing else "
            "opens for them until then. API tokens are not asked for one."
        },
        tone: Tone::Good,
        permission: Permission::ManagePeople,
    };
    switch.panel(app, visitor, policy.enabled, policy.changed_at, &html! {})
}
