//! The commands: one file each, and what several of them need.

pub mod account;
pub mod action;
mod action_id;
pub mod actions;
pub mod adopt;
pub mod api_tokens;
pub mod approve;
pub mod audit;
pub mod backup;
pub mod bulk;
pub mod cancel;
pub mod completions;
pub mod create_user;
pub mod device;
pub mod devices;
pub mod enrolment_data;
pub mod enrolment_secret;
pub mod explain;
pub mod filevault_policy;
mod filters;
pub mod findings;
mod follow;
pub mod forget;
pub mod grant;
pub mod local_administrator;
pub mod man;
pub mod mdm;
pub mod needs_attention;
pub mod offline_key;
pub mod open_escrow;
mod passwords_from;
pub mod people;
pub mod plan;
pub mod policy;
pub mod recovery;
pub mod recovery_key;
pub mod resilience;
pub mod restore;
mod role;
mod send;
pub mod service_account;
pub mod sessions;
mod shown_secret;
pub mod support_bundle;
mod table;
mod target;
pub mod vault;
pub mod what_if;

use trust::code::Code;

use std::collections::BTreeMap;

use trust::action::Action;

use crate::cli::Session;
use crate::client::{
    ActionView, Answer, Asked, Client, ClientError, DeviceDetail, DeviceSummary, PlanAnswer, PlanView,
    Problem, Reference,
};
use crate::exit::{Exit, Failure};
use crate::output::{
    Format, Teaching, action_details, list, meaning, next_step, note, plan_table, print, print_as_it_is,
};

/// The one device that `reference` names.
async fn find_device(client: &Client, reference: &Reference) -> Result<Answer<DeviceDetail>, Failure> {
    let word = match reference {
        Reference::Id(id) => return Ok(client.device(*id).await?),
        Reference::Word(word) => word,
    };
    let called = client.devices_called(word).await?;
    match called.as_slice() {
        [one] => Ok(client.device(one.id).await?),
        [] => Err(Failure::not_found(format!(
            "No device has the name or serial number {word:?}. `bestow devices` lists what there is."
        ))),
        several => Err(Failure::usage(which(word, several))),
    }
}

/// Tells devices of one name apart.
fn which(word: &str, devices: &[DeviceSummary]) -> String {
    let rows = devices.iter().map(|device| {
        [
            device.id.to_string(),
            device.name.clone(),
            device.serial_number.clone(),
            devices::agent(device).to_owned(),
        ]
    });
    let table = list(["id", "name", "serial", "agent"], rows);
    let mut text = format!("Several devices are called {word:?}. Name one by its id:\n\n{table}");
    if devices.iter().any(|device| device.pending) {
        text.push_str(
            "\n\nThe one that waits for approval enrolled as a Mac that is known already, without its old key. Once it is \
             approved it takes the other's place: compare the fingerprint on the Mac, then `bestow approve ID`.",
        );
    }
    text
}

/// Shows what wildcards mean on the Mac. A server that means something else than what was asked is not believed.
fn tell_meaning(asked: &Asked, answer: &Answer<PlanAnswer>, session: &Session) -> Result<(), Failure> {
    let plan = &answer.value;
    let is_allowed = |action: &Action| asked.template.allows(action);
    let roles_are_allowed = plan
        .collected
        .keys()
        .all(|role| asked.password_wildcards.contains_key(role));
    if !plan.action.as_ref().is_none_or(is_allowed) || !roles_are_allowed {
        return Err(Failure::usage(
            "The server planned something else than what was asked. No password was asked for and nothing was sent.",
        ));
    }
    if asked.is_another_per_mac() && session.format == Format::Text {
        print(&meaning(plan, &session.zone))?;
    }
    Ok(())
}

/// Shows a plan, and why it is refused when it is. Answers how the command ends.
fn tell_plan(
    answer: &Answer<PlanAnswer>,
    client: &Client,
    session: &Session,
) -> Result<Option<Exit>, Failure> {
    if session.format == Format::Text {
        print(&plan_table(&answer.value, &session.zone))?;
    }
    let Some(code) = &answer.value.refusal else {
        return Ok(None);
    };
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => {
            let mut teaching = Teaching::of_code("Refused", code, Some(client.address()));
            teaching.next_step = next_step(code, &answer.value.plan, None);
            print(&format!("\n{}\nNothing was sent to the Mac.", teaching.text()))?;
        }
    }
    Ok(Some(Exit::Refused))
}

/// Shows an action, with cause and fix when it has ended. Answers how the command ends.
fn tell_action(answer: &Answer<ActionView>, client: &Client, session: &Session) -> Result<Exit, Failure> {
    let action = &answer.value;
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => {
            let mut text = action_details(action, &session.zone);
            if action.is_final() {
                text.push('\n');
                text.push_str(&Teaching::of_action(action, Some(client.address())).text());
            }
            print(&text)?;
        }
    }
    Ok(match (action.is_final(), action.succeeded()) {
        (_, true) => Exit::Done,
        (true, false) => Exit::EndedBadly,
        (false, false) => Exit::StillOpen,
    })
}

/// Tells why a command did not do what was asked. Answers how the program ends.
pub fn tell_failure(failure: &Failure, session: &Session) -> Exit {
    match (session.format, failure) {
        // When standard output is gone, the exit code still says it.
        (Format::Json, _) => drop(print_as_it_is(&failure.json())),
        (Format::Text, Failure::Client(ClientError::Problem(problem))) => {
            note(&problem_text(problem, session));
        }
        (Format::Text, other) => note(&format!("bestow: {other}")),
    }
    failure.exit()
}

fn problem_text(problem: &Problem, session: &Session) -> String {
    let client = session.client().ok();
    let mut teaching = Teaching::of_problem(problem, client.as_ref().map(Client::address));
    if problem.code.as_deref() == Some(Code::NotSignedIn.word()) {
        teaching.next_step = Some(session.token_advice());
    }
    let Some(plan) = &problem.plan else {
        return teaching.text();
    };
    let code = problem.code.as_deref().unwrap_or_default();
    teaching.next_step = teaching.next_step.or_else(|| next_step(code, plan, None));
    format!("{}\n{}", rows_only(plan, session), teaching.text())
}

fn rows_only(plan: &PlanView, session: &Session) -> String {
    let answer = PlanAnswer {
        plan_id: String::new(),
        plan: plan.clone(),
        action: None,
        collected: BTreeMap::new(),
        refusal: None,
        observed_at: None,
        already_open: None,
    };
    plan_table(&answer, &session.zone)
}
