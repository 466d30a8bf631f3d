//! `POST /devices/{id}/recovery/link`: a page with the steps of a way back for the person in front of the Mac. Its address stands
//! on the page that answers, and on no other.

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use maud::{Markup, html};
use store::device::Device;
use trust::recovery::Way;

use crate::app::SharedApp;
use crate::console::components::{crumbs, moment, qr};
use crate::console::origin::origin;
use crate::console::own_form::OwnForm;
use crate::console::{Page, Place};
use crate::input::PathOf;
use crate::problem::Problem;
use crate::recovery_links::create::{RecoveryLink, create};

/// The field with the way's word.
pub(super) const WAY: &str = "way";

/// Makes a link and shows it.
pub(crate) async fn make_link(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    uri: Uri,
    headers: HeaderMap,
    form: OwnForm,
) -> Result<Markup, Problem> {
    let caller = &form.visitor.caller;
    let device = crate::devices::find(&app, caller, &id).await?;
    let way = Way::from_word(&form.form.text(WAY)).ok_or_else(|| Problem::invalid(WAY, "is a way back"))?;
    let mut link = create(&app, caller, &form.key()?, &device, Some(way), None).await?;
    link.path = format!("{}{}", origin(&app, &uri, &headers), link.path);
    let page = Page {
        title: &format!("A page for the person at {}", device.name),
        visitor: Some(&form.visitor),
        place: Place::Manage,
        contents: contents(&device, &link),
    };
    Ok(page.render())
}

fn contents(device: &Device, link: &RecoveryLink) -> Markup {
    let back = format!("/devices/{}/recovery", device.id);
    html! {
        (crumbs(&[
            ("Manage", Some("/".to_owned())),
            (&device.name, Some(format!("/devices/{}", device.id))),
            ("Ways back", Some(back.clone())),
        ]))
        h1 { "A page for the person at the Mac" }
        p.lead { (link.way.label()) ", step by step, for " strong { (device.name) } "." }
        div.notice.good role="status" {
            p { strong { "The page is made." } " Copy its address now: it is shown this once." }
            p.one-time { code #one-time-link { (link.path) } }
            (qr(&link.path, "The address of the page, for a phone's camera"))
            p.hint { "It opens until " (moment(link.expires_at)) ". Whoever has it reads the names of the Mac's accounts." }
        }
        ol {
            li { "Send the address to the person at the Mac, or let a phone read the code, or open it and print it." }
            @if link.way == Way::PersonalRecoveryKey {
                li { "Tell the recovery key by phone or hand it over. It is never on that page." }
            }
            li { "Then watch " a href=(back) { "how far the Mac is" } "." }
        }
        p.buttons { a.button-like href=(link.path) { "Open the page" } a.button-like.accent href=(back) { "Watch the Mac" } }
    }
}
