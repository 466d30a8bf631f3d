//! `GET /devices/{id}/recovery-key`: the page.

use axum::extract::State;
use maud::{Markup, html};
use store::device::Device;
use trust::access::Permission;
use trust::escrow::{EscrowKind, State as Standing};
use trust::words::actor;

use super::{approval, shown};
use crate::app::{App, SharedApp};
use crate::console::components::{
    Fact, Field, Table, Takes, Tone, allowed, badge, crumbs, facts, moment, optional_moment, section, stamp,
};
use crate::console::order::kind::OrderKind;
use crate::console::own_form::{OwnForm, REASON, fresh_key};
use crate::console::{Page, Place, Visitor};
use crate::escrow::reveal::Shown;
use crate::escrow::view::{EscrowView, VersionView, view};
use crate::input::PathOf;
use crate::problem::Problem;

/// The field that says which version is wanted.
const VERSION: &str = "version";

/// Shows what is kept of a recovery key.
pub(crate) async fn show_recovery_key(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathOf(id): PathOf,
) -> Result<Markup, Problem> {
    let device = crate::devices::find(&app, &visitor.caller, &id).await?;
    page(&app, &visitor, &device, None, None).await
}

/// The page, with the key that was just shown or with what was wrong with the reason.
pub(super) async fn page(
    app: &App,
    visitor: &Visitor,
    device: &Device,
    shown: Option<&Shown>,
    wrong: Option<&str>,
) -> Result<Markup, Problem> {
    let kept = view(app, device, EscrowKind::PersonalRecoveryKey).await?;
    let line = crate::escrow::line(device, EscrowKind::PersonalRecoveryKey);
    let asked = store::escrow::asked(&app.store, line, app.now()).await?;
    let asking = Asking {
        path: format!("/devices/{}/recovery-key", device.id),
        heading: "Show the key",
        button: "Show the recovery key",
        explains: "It is shown once, on the page that answers. Who saw it, when and why stands in the audit log, and an hour later the \
                   Mac is to make another key; a second look does not put that off.",
    };
    let page = Page {
        title: &format!("Recovery key · {}", device.name),
        visitor: Some(visitor),
        place: Place::Manage,
        contents: html! {
            (crumbs(&[
                ("Manage", Some("/".to_owned())),
                (&device.name, Some(format!("/devices/{}", device.id))),
            ]))
            h1 { "Recovery key" }
            @if let Some(shown) = shown { (shown::key(shown)) }
            p.lead { (state_badge(kept.state)) " " (kept.summary) }
            (standing(device, &kept))
            (allowed(visitor, Permission::Act, rotate(device)))
            @if !kept.versions.is_empty() {
                p { a href=(line_address(device)) { "This line in the vault, with its legal hold" } }
                @if shown.is_none() {
                    (approval::requests(app, visitor, device, &asked))
                    (reveal_form(app, visitor, &asking, &kept, wrong))
                }
                (section("versions", "Every version", versions_table(&kept.versions)))
            }
        },
    };
    Ok(page.render())
}

/// The page of the line by itself.
fn line_address(device: &Device) -> String {
    crate::console::vault::address(&device.serial_number, EscrowKind::PersonalRecoveryKey)
}

/// How a state looks.
pub(in crate::console) fn state_badge(state: Standing) -> Markup {
    let tone = match state {
        Standing::Held => Tone::Good,
        Standing::KeyUnknown => Tone::Bad,
        Standing::Ended => Tone::Warn,
        Standing::Empty => Tone::Idle,
    };
    badge(tone, state.label())
}

fn standing(device: &Device, kept: &EscrowView) -> Markup {
    facts(&[
        Fact::new("Mac", &device.name),
        Fact::mono("Serial number", &device.serial_number),
        Fact::optional("Version", kept.version),
        Fact::new("Proved to open the disk", optional_moment(kept.proved_at)),
        Fact::new("To be replaced after", optional_moment(kept.rotate_after)),
    ])
}

/// The way to the form that orders another key.
fn rotate(device: &Device) -> Markup {
    let kind = OrderKind::RotateRecoveryKey;
    html! { p.buttons { a.button-like href={ "/devices/" (device.id) "/" (kind.slug()) } { (kind.label()) } } }
}

/// What a form asks to be shown.
pub(in crate::console) struct Asking {
    /// Where it is sent to.
    pub path: String,
    /// What stands above it.
    pub heading: &'static str,
    /// What its button says.
    pub button: &'static str,
    /// What follows from it.
    pub explains: &'static str,
}

/// The form by which a kept secret is shown. Outside of what is kept up to date by itself: nothing may move under what is being filled
/// in.
pub(in crate::console) fn reveal_form(
    app: &App,
    visitor: &Visitor,
    asking: &Asking,
    kept: &EscrowView,
    wrong: Option<&str>,
) -> Markup {
    let there: Vec<&VersionView> = kept
        .versions
        .iter()
        .filter(|version| version.destroyed_at.is_none())
        .collect();
    if there.is_empty() {
        return html! {};
    }
    let several = there.len() > 1;
    let contents = html! {
        p { (asking.explains) }
        form method="post" action=(asking.path) {
            (stamp(visitor, &fresh_key(app)))
            (Field {
                name: REASON,
                label: "Why you need it",
                value: "",
                takes: Takes::Text,
                hint: Some(html! { "For the audit log, such as a ticket and who is locked out." }),
                error: wrong,
                list: None,
                required: true,
            }.render())
            @if several {
                div.field {
                    label for=(VERSION) { "Version" }
                    select id=(VERSION) name=(VERSION) {
                        @for version in there {
                            option value=(version.version)
                                selected[kept.version.is_some_and(|current| current == version.version)] {
                                (version.version)
                                @match version.ended_label {
                                    None => { " (current)" }
                                    Some(why) => { " (ended: " (why) ")" }
                                }
                            }
                        }
                    }
                }
            }
            p.buttons { button type="submit" { (asking.button) } }
        }
    };
    let contents = allowed(visitor, Permission::Reveal, contents);
    section("show", asking.heading, contents)
}

/// Which version a form asks for.
pub(in crate::console) fn wanted_version(form: &OwnForm) -> Result<Option<u32>, Problem> {
    match form.form.text(VERSION).as_str() {
        "" => Ok(None),
        number => match number.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(Problem::invalid(VERSION, "is one of the versions on the page")),
        },
    }
}

/// Every version of a line, as a table.
pub(in crate::console) fn versions_table(versions: &[VersionView]) -> Markup {
    let table = Table {
        label: "Every version that was kept, newest first",
        columns: &["Version", "Escrowed", "Came from", "Proved", "Ended", "Shown to"],
        short: false,
        rows: versions.iter().map(row).collect(),
    };
    table.render()
}

fn row(version: &VersionView) -> Vec<Markup> {
    vec![
        html! { (version.version) },
        moment(version.escrowed_at),
        html! { (version.origin_label) },
        optional_moment(version.proved_at),
        html! {
            @if let Some(at) = version.destroyed_at { "destroyed " (moment(at)) }
            @else { @match (version.ended_at, version.ended_label) {
                (Some(at), Some(why)) => { (moment(at)) ": " (why) }
                _ => { "current" }
            } }
        },
        html! {
            @if version.revealed.is_empty() { "nobody" }
            @for revealed in &version.revealed { div { (actor(&revealed.by)) ", " (moment(revealed.at)) } }
        },
    ]
}
