//! The table of all routes.

use std::any::Any;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Extension};
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post, put};
use tower_http::catch_panic::CatchPanicLayer;
use trust::code::Code;
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::SharedApp;
use crate::problem::Problem;
use crate::{
    access, action_kinds, actions, agent, api_tokens, attention, audit, bulk_actions, codes, console,
    deadline, device_management, devices, enrolment_links, enrolment_records, enrolment_secrets, escrow,
    events, health, local_administrator, mdm_enrolments, openapi, people, policies, recovery_links,
    request_log, resilience, second_factor, sessions, support_bundle, vault_lines, what_if,
};

/// Every route of the server.
pub(crate) fn router(app: SharedApp) -> Router {
    let (api, document) = api().split_for_parts();
    Router::new()
        .merge(
            api.merge(pages())
                .route_layer(from_fn_with_state(Arc::clone(&app), access::check)),
        )
        .merge(agent_api(&app))
        .merge(device_management())
        .route("/api/v1/openapi.json", get(openapi::show_openapi))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || {
            Problem::not_found().with_status(StatusCode::METHOD_NOT_ALLOWED)
        })
        .layer(Extension(Arc::new(document)))
        .layer(from_fn(deadline::keep))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(Arc::clone(&app), console::refusal::show))
        .layer(from_fn(console::security_headers::add))
        .layer(from_fn_with_state(Arc::clone(&app), request_log::log))
        .with_state(app)
}

/// What a request that panicked is answered. What it panicked with is told to nobody.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("request panicked");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, Code::InternalError).into_response()
}

/// The API for administrators and programs, with its description.
pub(crate) fn api() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::with_openapi(openapi::Document::openapi())
        .routes(routes!(devices::list::list_devices))
        .routes(routes!(devices::show::show_device))
        .routes(routes!(devices::accounts::list_device_accounts))
        .routes(routes!(devices::findings::list_device_findings))
        .routes(routes!(devices::recovery::show_device_recovery))
        .routes(routes!(devices::resilience::show_device_resilience))
        .routes(routes!(resilience::show_resilience))
        .routes(routes!(recovery_links::create::create_recovery_link))
        .routes(routes!(devices::timeline::list_device_timeline))
        .routes(routes!(devices::chain::show_device_chain))
        .routes(routes!(devices::plan::plan_action))
        .routes(routes!(
            devices::actions::list_device_actions,
            actions::accept::accept_action
        ))
        .routes(routes!(devices::service_account::show_device_service_account))
        .routes(routes!(
            policies::service_account::exclude::exclude_service_account
        ))
        .routes(routes!(devices::policy_conflict::choose_past_policy_conflict))
        .routes(routes!(escrow::show::show_recovery_key))
        .routes(routes!(escrow::reveal::reveal_recovery_key))
        .routes(routes!(escrow::offline::hand_out_sealed_recovery_key))
        .routes(routes!(escrow::show::show_bootstrap_token))
        .routes(routes!(local_administrator::show::show_local_administrator))
        .routes(routes!(local_administrator::reveal::reveal_local_administrator))
        .routes(routes!(
            local_administrator::replace::replace_local_administrator_password
        ))
        .routes(routes!(mdm_enrolments::show::show_mdm_enrolment))
        .routes(routes!(mdm_enrolments::create_profile::create_mdm_profile))
        .routes(routes!(devices::approve::approve_device))
        .routes(routes!(devices::forget::forget_device))
        .routes(routes!(vault_lines::list::list_vault_lines))
        .routes(routes!(vault_lines::show::show_vault_line))
        .routes(routes!(vault_lines::import::import_into_vault))
        .routes(routes!(vault_lines::enter::enter_into_vault))
        .routes(routes!(vault_lines::reveal::reveal_vault_line))
        .routes(routes!(vault_lines::sealed::hand_out_sealed_vault_line))
        .routes(routes!(
            vault_lines::hold::set_legal_hold,
            vault_lines::hold::lift_legal_hold
        ))
        .routes(routes!(attention::counts::count_needs_attention))
        .routes(routes!(
            attention::mute::mute_device,
            attention::unmute::unmute_device
        ))
        .routes(routes!(attention::assign::assign_device))
        .routes(routes!(action_kinds::list::list_action_kinds))
        .routes(routes!(actions::list::list_actions))
        .routes(routes!(actions::show::show_action))
        .routes(routes!(actions::cancel::cancel_action))
        .routes(routes!(
            bulk_actions::list::list_bulk_actions,
            bulk_actions::accept::accept_bulk_action
        ))
        .routes(routes!(what_if::ask::ask_what_if))
        .routes(routes!(bulk_actions::plan::create::plan_bulk_action))
        .routes(routes!(bulk_actions::plan::show::show_bulk_plan))
        .routes(routes!(bulk_actions::show::show_bulk_action))
        .routes(routes!(bulk_actions::members::list_bulk_members))
        .routes(routes!(bulk_actions::results::show_bulk_results))
        .routes(routes!(bulk_actions::stop::stop_bulk_action))
        .routes(routes!(bulk_actions::resume::continue_bulk_action))
        .routes(routes!(bulk_actions::cancel::cancel_bulk_action))
        .routes(routes!(enrolment_secrets::create::create_enrolment_secret))
        .routes(routes!(enrolment_links::create::create_enrolment_link))
        .routes(routes!(enrolment_records::import::import_enrolment_records))
        .routes(routes!(enrolment_records::list::list_enrolment_records))
        .routes(routes!(
            enrolment_records::show::show_enrolment_record,
            enrolment_records::forget::forget_enrolment_record,
            enrolment_records::put::put_enrolment_record
        ))
        .routes(routes!(
            policies::filevault::show::show_filevault_policy,
            policies::filevault::set::set_filevault_policy
        ))
        .routes(routes!(policies::filevault::profile::download_filevault_profile))
        .routes(routes!(
            policies::local_administrator::show::show_local_administrator_policy,
            policies::local_administrator::set::set_local_administrator_policy
        ))
        .routes(routes!(
            policies::needs_attention::show::show_needs_attention_policy,
            policies::needs_attention::set::set_needs_attention_policy
        ))
        .routes(routes!(
            policies::promote_administrators::show::show_promote_administrators,
            policies::promote_administrators::set::set_promote_administrators
        ))
        .routes(routes!(
            policies::recovery_key::show::show_recovery_key_policy,
            policies::recovery_key::set::set_recovery_key_policy
        ))
        .routes(routes!(
            policies::reveals_need_approval::show::show_reveals_need_approval,
            policies::reveals_need_approval::set::set_reveals_need_approval
        ))
        .routes(routes!(
            policies::second_factor_for_reveals::show::show_second_factor_for_reveals,
            policies::second_factor_for_reveals::set::set_second_factor_for_reveals
        ))
        .routes(routes!(
            policies::service_account::show::show_service_account_policy,
            policies::service_account::set::set_service_account_policy
        ))
        .routes(routes!(
            policies::vault_retention::show::show_vault_retention_policy,
            policies::vault_retention::set::set_vault_retention_policy
        ))
        .routes(routes!(
            policies::token_for_primary_users::show::show_token_for_primary_users,
            policies::token_for_primary_users::set::set_token_for_primary_users
        ))
        .routes(routes!(
            policies::token_for_primary_users::list::list_primary_users_without_token
        ))
        .routes(routes!(audit::list::list_audit))
        .routes(routes!(audit::export::export_audit))
        .routes(routes!(people::list::list_people, people::add::add_person))
        .routes(routes!(people::remove::remove_person))
        .routes(routes!(people::invite::invite_person))
        .routes(routes!(people::set_role::set_person_role))
        .routes(routes!(second_factor::reset::reset_second_factor))
        .routes(routes!(sessions::list::list_sessions))
        .routes(routes!(sessions::end::end_session))
        .routes(routes!(
            api_tokens::list::list_api_tokens,
            api_tokens::create::create_api_token
        ))
        .routes(routes!(api_tokens::revoke::revoke_api_token))
        .routes(routes!(support_bundle::show::show_support_bundle))
        .routes(routes!(codes::list::list_codes))
        .routes(routes!(codes::show::show_code))
        .routes(routes!(events::stream::stream_events))
}

/// The API for agents: `wire::agent_api`.
fn agent_api(app: &SharedApp) -> Router<SharedApp> {
    Router::new()
        .route("/agent/v1/enroll", post(agent::enroll::enroll))
        .route("/agent/v1/check-in", post(agent::check_in::check_in))
        .route("/agent/v1/actions/{id}/start", post(agent::start::start_action))
        .route(
            "/agent/v1/actions/{id}/report",
            post(agent::report::report_action),
        )
        .route(
            "/agent/v1/escrow",
            get(agent::escrow::show_terms).post(agent::escrow::escrow),
        )
        .route("/agent/v1/escrow/key", get(agent::kept_key::show_kept_key))
        .route("/agent/v1/ring", get(agent::ring::await_ring))
        .layer(DefaultBodyLimit::max(agent::LONGEST_BODY))
        .layer(from_fn_with_state(Arc::clone(app), agent::server_time::tell))
}

/// Apple's device management, for Macs.
fn device_management() -> Router<SharedApp> {
    Router::new()
        .route(
            device_management::CHECK_IN,
            put(device_management::check_in::check_in),
        )
        .route(device_management::POLL, put(device_management::poll::poll))
}

/// The pages for people.
fn pages() -> Router<SharedApp> {
    Router::new()
        .route("/", get(console::manage::show_devices))
        .route("/needs-attention", get(console::attention::show_needs_attention))
        .route("/devices/{id}", get(console::device::show_device))
        .route(
            "/devices/{id}/service-account-exclusion",
            post(console::device::exclude_service_account),
        )
        .route(
            "/devices/{id}/policy-conflict",
            get(console::policy_conflict::show_ways).post(console::policy_conflict::choose_way),
        )
        .route(
            "/devices/{id}/admin-list",
            get(console::attention::show_admin_list),
        )
        .route("/devices/{id}/mute", post(console::attention::mute_device))
        .route("/devices/{id}/unmute", post(console::attention::unmute_device))
        .route("/devices/{id}/owner", post(console::attention::assign_device))
        .route("/devices/{id}/approve", post(console::device::approve_device))
        .route("/devices/{id}/recovery", get(console::recovery::show_recovery))
        .route("/devices/{id}/recovery/link", post(console::recovery::make_link))
        .route("/recovery/{link}", get(console::recovery::show_steps))
        .route(
            "/devices/{id}/recovery-key",
            get(console::recovery_key::show_recovery_key).post(console::recovery_key::reveal_recovery_key),
        )
        .route(
            "/devices/{id}/forget",
            get(console::device::show_forget).post(console::device::forget_device),
        )
        .route(
            "/devices/{id}/local-administrator",
            get(console::local_administrator::show_local_administrator)
                .post(console::local_administrator::reveal_password),
        )
        .route(
            "/devices/{id}/local-administrator/replace",
            post(console::local_administrator::replace_password),
        )
        .route(
            "/devices/{id}/local-administrator/approve",
            post(console::local_administrator::approve_reveal),
        )
        .route(
            "/devices/{id}/device-management",
            get(console::device_management::show_device_management)
                .post(console::device_management::make_profile),
        )
        .route(
            "/devices/{id}/recovery-key/approve",
            post(console::recovery_key::approve_reveal),
        )
        .route(
            "/devices/{id}/{form}",
            get(console::order::show::show_form).post(console::order::submit::submit_form),
        )
        .route(
            "/remote-actions",
            get(console::remote_actions::show_remote_actions),
        )
        .route(
            "/bulk",
            get(console::bulk::list::show_runs).post(console::bulk::start::begin_run),
        )
        .route("/bulk/new", get(console::bulk::new::show_form))
        .route("/bulk/plan", get(console::bulk::plan::show_plan))
        .route("/bulk/{id}", get(console::bulk::run::show::show_run))
        .route("/bulk/{id}/stop", post(console::bulk::run::verbs::stop_run))
        .route(
            "/bulk/{id}/continue",
            post(console::bulk::run::verbs::continue_run),
        )
        .route("/bulk/{id}/cancel", post(console::bulk::run::verbs::cancel_run))
        .route("/resilience", get(console::resilience::show_resilience))
        .route("/what-if", get(console::what_if::show::show_what_if))
        .route("/actions", get(console::history::show_history))
        .route("/actions/{id}", get(console::action::show_action))
        .route("/actions/{id}/cancel", post(console::action::cancel_action))
        .merge(enrolment_pages())
        .merge(pages_of_people())
        .route("/policies", get(console::policies::show_policies))
        .route(
            "/policies/service-account",
            post(console::policies::set_service_account),
        )
        .route(
            "/policies/filevault",
            get(console::policies::show_filevault).post(console::policies::set_filevault),
        )
        .route(
            "/policies/filevault/profile",
            get(console::policies::download_filevault_profile),
        )
        .route(
            "/policies/needs-attention",
            post(console::policies::set_needs_attention),
        )
        .route(
            "/policies/local-administrator",
            post(console::policies::set_local_administrator),
        )
        .route(
            "/policies/recovery-key",
            post(console::policies::set_recovery_key),
        )
        .route(
            "/policies/reveals-need-approval",
            post(console::policies::set_reveals_need_approval),
        )
        .route(
            "/policies/second-factor-for-reveals",
            post(console::policies::set_second_factor_for_reveals),
        )
        .route(
            "/policies/promote-administrators",
            post(console::policies::set_promote_administrators),
        )
        .route(
            "/policies/token-for-primary-users",
            post(console::policies::set_token_for_primary_users),
        )
        .route(
            "/policies/vault-retention",
            post(console::policies::set_vault_retention),
        )
        .route("/vault", get(console::vault::show_lines))
        .route(
            "/vault/enter",
            get(console::vault::show_enter).post(console::vault::submit_enter),
        )
        .route(
            "/vault/import",
            get(console::vault::show_import).post(console::vault::submit_import),
        )
        .route(
            "/vault/{serial_number}/{kind}",
            get(console::vault::show_line).post(console::vault::reveal_line),
        )
        .route(
            "/vault/{serial_number}/{kind}/approve",
            post(console::vault::approve_reveal),
        )
        .route(
            "/vault/{serial_number}/{kind}/legal-hold",
            post(console::vault::hold_line),
        )
        .route("/support", get(console::support::show_support))
        .route("/codes", get(console::codes::show_codes))
        .route("/codes/{code}", get(console::codes::show_code))
        .route(
            "/sign-in",
            get(console::sign_in::show_sign_in).post(console::sign_in::sign_in),
        )
        .route("/sign-in/code", post(console::sign_in::sign_in_by_code))
        .route("/sign-in/{link}", get(console::sign_in::follow_link))
        .route(
            "/set-up",
            get(console::set_up::show_set_up).post(console::set_up::set_up),
        )
        .route(
            "/invitation/{link}",
            get(console::invitation::show_invitation).post(console::invitation::accept_invitation),
        )
        .route("/sign-out", post(console::sign_out::sign_out))
        .route("/signed-out", get(console::sign_out::show_signed_out))
        .route("/assets/{name}", get(console::assets::show_asset))
}

/// The pages about who may ask, and about oneself.
fn pages_of_people() -> Router<SharedApp> {
    use console::{account, api_tokens, people, sessions};
    Router::new()
        .route("/people", get(people::show_people).post(people::add_person))
        .route("/people/{id}", get(people::show_person))
        .route("/people/{id}/role", post(people::set_person_role))
        .route("/people/{id}/invitation", post(people::invite_person))
        .route(
            "/people/{id}/second-factor",
            post(people::reset_person_second_factor),
        )
        .route("/people/{id}/remove", post(people::remove_person))
        .route("/sessions", get(sessions::show_sessions))
        .route("/sessions/{id}/end", post(sessions::end_session))
        .route(
            "/api-tokens",
            get(api_tokens::show_api_tokens).post(api_tokens::create_api_token),
        )
        .route("/api-tokens/{name}/revoke", post(api_tokens::revoke_api_token))
        .route("/account", get(account::show_account))
        .route("/account/password", post(account::change_password))
        .route(
            "/account/second-factor",
            get(account::show_second_factor).post(account::begin_second_factor),
        )
        .route(
            "/account/second-factor/confirm",
            post(account::confirm_second_factor),
        )
        .route(
            "/account/second-factor/remove",
            post(account::remove_second_factor),
        )
        .route("/account/sessions/{id}/end", post(account::end_own_session))
}

/// The pages for enrolment data, and the one for the people whom it is about.
fn enrolment_pages() -> Router<SharedApp> {
    use console::enrolment::{import, list, own, record};
    Router::new()
        .route("/enrolment-data", get(list::show_enrolment_data))
        .route("/enrolment-data/record", get(list::open_record))
        .route(
            "/enrolment-data/import",
            get(import::show_import).post(import::submit_import),
        )
        .route(
            "/enrolment-data/{serial_number}",
            get(record::show_record).post(record::save_record),
        )
        .route("/enrolment-data/{serial_number}/link", post(record::make_link))
        .route(
            "/enrolment-data/{serial_number}/forget",
            post(record::forget_record),
        )
        .route(
            "/enrolment/{link}",
            get(own::show::show_own_page).post(own::submit::submit_own_page),
        )
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tower::ServiceExt as _;

    use super::*;

    #[tokio::test]
    async fn a_panic_is_an_internal_error_that_tells_nothing() {
        let router = Router::<()>::new()
            .route("/", get(async || -> () { panic!("with a secret") }))
            .layer(CatchPanicLayer::custom(panicked));
        let answer = router.oneshot(Request::new(Body::empty())).await.unwrap();
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        assert!(
            body.contains("internal_error") && !body.contains("secret"),
            "{body}"
        );
    }
}
