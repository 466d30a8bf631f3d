//! `/devices/{id}/forget`: what forgetting a Mac means, and the form in which its name is typed.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use store::device::Device;
use trust::access::Permission;
use trust::code::Code;
use trust::escrow::Retention;

use crate::app::{App, SharedApp};
use crate::console::components::{Field, Takes, allowed, crumbs, section, stamp};
use crate::console::own_form::{OwnForm, REASON, fresh_key};
use crate::console::{Page, Place, Visitor};
use crate::devices::forget::forget;
use crate::input::{PathOf, SAID};
use crate::problem::Problem;

/// The field in which the Mac's name is typed.
const TYPED_NAME: &str = "confirm_device_name";

/// Where a Mac was forgotten leads to.
const FORGOTTEN: &str = "/vault?forgotten=true";

/// What was filled in, and what was wrong with it.
#[derive(Debug, Default)]
struct Draft {
    typed_name: String,
    reason: String,
    wrong_name: Option<&'static str>,
    wrong_reason: Option<String>,
}

/// Shows the form.
pub(crate) async fn show_forget(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathOf(id): PathOf,
) -> Result<Markup, Problem> {
    let device = crate::devices::find(&app, &visitor.caller, &id).await?;
    page(&app, &visitor, &device, &Draft::default()).await
}

/// Takes the form in.
pub(crate) async fn forget_device(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Response, Problem> {
    let visitor = &form.visitor;
    let said = form.reason()?.filter(|reason| !reason.trim().is_empty());
    let mut draft = Draft {
        typed_name: form.form.text(TYPED_NAME),
        wrong_reason: said.is_none().then(|| format!("The reason {}.", SAID.says)),
        reason: said.unwrap_or_default(),
        wrong_name: None,
    };
    if draft.wrong_reason.is_none() {
        let asked = (draft.typed_name.as_str(), draft.reason.as_str());
        match forget(&app, &visitor.caller, &id, &form.key()?, asked).await {
            Ok(()) => return Ok(Redirect::to(FORGOTTEN).into_response()),
            Err(problem) if problem.code == Code::DeviceNotConfirmed => {
                draft.wrong_name =
                    Some("This is not the name of the Mac. Type it letter by letter, capitals included.");
            }
            Err(problem) => return Err(problem),
        }
    }
    let device = crate::devices::find(&app, &visitor.caller, &id).await?;
    Ok(page(&app, visitor, &device, &draft).await?.into_response())
}

async fn page(app: &App, visitor: &Visitor, device: &Device, draft: &Draft) -> Result<Markup, Problem> {
    let policy = store::days_policy::find::<Retention>(&app.store, device.organization_id).await?;
    let days = policy.days.days();
    let page = Page {
        title: &format!("Forget · {}", device.name),
        visitor: Some(visitor),
        place: Place::Manage,
        contents: html! {
            (crumbs(&[
                ("Manage", Some("/".to_owned())),
                (&device.name, Some(format!("/devices/{}", device.id))),
            ]))
            h1 { "Forget " (device.name) }
            p.lead { "For a Mac that was sold, lost or scrapped. It cannot be taken back." }
            (section("meaning", "What it means", html! {
                ul {
                    li { "What was seen of the Mac, what was asked of it and its results are deleted. What waits for it ends." }
                    li { "Its agent is known no more. Nothing is changed on the Mac: take the agent off there first, if you have it." }
                    li {
                        "What the vault keeps of it stays for " (days) " days and is shown under "
                        a href="/vault" { "Kept without a Mac" } ". Then its secrets are destroyed, unless a legal hold keeps them."
                    }
                    li { "A Mac that enrols with the same serial number by then finds it again." }
                    li { "Who forgot it, when and why stays in the audit log." }
                }
            }))
            (section("forget", "Forget the Mac", allowed(visitor, Permission::Enrol, form(app, visitor, device, draft))))
        },
    };
    Ok(page.render())
}

fn form(app: &App, visitor: &Visitor, device: &Device, draft: &Draft) -> Markup {
    html! {
        form method="post" action={ "/devices/" (device.id) "/forget" } {
            (stamp(visitor, &fresh_key(app)))
            (Field {
                name: TYPED_NAME,
                label: "The Mac's name",
                value: &draft.typed_name,
                takes: Takes::Username,
                hint: Some(html! { "Type " strong { (device.name) } " to say that it is this one." }),
                error: draft.wrong_name,
                list: None,
                required: true,
            }.render())
            (Field {
                name: REASON,
                label: "Why",
                value: &draft.reason,
                takes: Takes::Text,
                hint: Some(html! { "For the audit log, such as sold, with the number of the receipt." }),
                error: draft.wrong_reason.as_deref(),
                list: None,
                required: true,
            }.render())
            p.buttons { button.danger type="submit" { "Forget " (device.name) } }
        }
    }
}
