//! `GET /recovery/{link}`: the steps of a way back for the person in front of the Mac, on a phone or on paper. It is opened by a
//! link, without signing in, and no secret is on it.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use store::device::Device;
use store::recovery_link::RecoveryLink;
use trust::recovery::{Guide, Stage, Way};
use trust::time::Timestamp;

use crate::app::SharedApp;
use crate::console::components::{countdown, moment, prose, qr};
use crate::console::origin::origin;
use crate::console::{Page, Place};
use crate::devices::recovery::{BegunView, begun};
use crate::input::PathOf;
use crate::problem::Problem;
use crate::recovery_links::open::open;

/// Shows the steps, as long as the link opens.
pub(crate) async fn show_steps(
    State(app): State<SharedApp>,
    PathOf(link): PathOf,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some(found) = open(&app, &link).await? else {
        return Ok((StatusCode::NOT_FOUND, unusable()).into_response());
    };
    let device = store::device::find(&app.store, found.device_id).await?;
    let device = device.ok_or_else(Problem::not_found)?;
    let observation = store::observation::find(&app.store, device.id).await?;
    let sheet = Sheet {
        organization: &store::organization::name(&app.store, found.organization_id).await?,
        address: &format!("{}/recovery/{link}", origin(&app, &uri, &headers)),
        begun: begun(&app, &device, observation.as_ref()).await?,
        device: &device,
        now: app.now(),
        link: &found,
    };
    Ok(page("Bring this Mac back", &sheet.contents()).into_response())
}

/// What stands on the page.
struct Sheet<'a> {
    organization: &'a str,
    address: &'a str,
    begun: Option<BegunView>,
    device: &'a Device,
    now: Timestamp,
    link: &'a RecoveryLink,
}

impl Sheet<'_> {
    fn contents(&self) -> Markup {
        let guide = &self.link.guide;
        html! {
            div.print-only { (qr(self.address, "The address of this page, for a phone's camera")) p.hint { "This page on a phone." } }
            h1 { "Bring this Mac back" }
            p.lead {
                strong { (self.organization) } " asks you to do these steps at the Mac "
                strong { (self.device.name) } ", serial number " strong.mono { (self.device.serial_number) } "."
            }
            (self.so_far())
            @if self.has_reached(Stage::HolderBack) {
                details { summary { "The steps that were sent" } (self.what_to_do(guide)) }
            } @else {
                (self.what_to_do(guide))
            }
        }
    }

    /// What the person does. It is folded up once the Mac is back: nobody is to begin anew with it.
    fn what_to_do(&self, guide: &Guide) -> Markup {
        html! {
            @if guide.loses_data { p.notice.bad { strong { "Everything on the Mac is lost." } } }
            p { "Sit in front of the Mac. It does not work by screen sharing. Read this page on a phone or on paper: the Mac itself will restart." }
            (needs(guide))
            @if self.link.way == Way::PersonalRecoveryKey { p { "Whoever sent you this page tells you the recovery key." } }
            h2 #steps { "Steps" }
            ol.steps { @for step in &guide.steps { li { (prose(step)) } } }
            p.not-printed { "When you are through, open this page again: it says when the Mac is whole." }
            h2 #otherwise { "If the Mac shows something else" }
            p { "Stop. Leave the Mac as it is, and call whoever sent you this page. Say which step you are at." }
            p { "Do not write the recovery key or a password on this sheet, and send neither by mail." }
            p.hint {
                "This page opens until " (moment(self.link.expires_at)) " (" span data-zone { "UTC" } ")."
                span.not-printed { " Time left: " (countdown(self.link.expires_at, self.now)) "." }
            }
        }
    }

    fn has_reached(&self, stage: Stage) -> bool {
        let mut milestones = self.begun.iter().flat_map(|begun| &begun.milestones);
        milestones.any(|one| one.milestone.stage == stage && one.milestone.reached)
    }

    /// What is seen of the Mac so far. On paper it would be old.
    fn so_far(&self) -> Markup {
        html! {
            @if self.has_reached(Stage::HolderBack) {
                div.notice.good role="status" {
                    p { strong { "Done." } " The Mac is whole again. There is nothing left to do at it: you can close this page." }
                }
            } @else if self.has_reached(Stage::StartedAgain) {
                div.notice.warn.not-printed role="status" {
                    p { "The Mac was started again, and it is not whole yet. Log in if you have not. Open this page again in a minute." }
                }
            }
        }
    }
}

fn needs(guide: &Guide) -> Markup {
    html! {
        @if !guide.needs.is_empty() {
            h2 #needs { "Have this ready" }
            ul.needs { @for need in &guide.needs { li { (prose(need)) } } }
        }
    }
}

/// The time of the link has run out, or there never was one.
fn unusable() -> Markup {
    page(
        "This link cannot be used",
        &html! {
            h1 { "This link cannot be used" }
            p.lead { "Its time has run out, or it was not copied whole." }
            p { "Ask whoever sent it to you for a new one." }
        },
    )
}

fn page(title: &str, contents: &Markup) -> Markup {
    let page = Page {
        title,
        visitor: None,
        place: Place::Elsewhere,
        contents: html! { div.narrow.sheet { (contents) } },
    };
    page.render()
}
