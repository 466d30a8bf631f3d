//! A secret that the vault keeps, on whatever page: asked for, approved by somebody else, shown once, and what became of each version.

mod approve;
mod ask;
mod form;
mod requests;
mod sealed_file;
mod shown;
mod versions;

pub(super) use approve::approve_request;
pub(super) use ask::{Came, ask};
pub(super) use shown::shown;
pub(super) use versions::{state_badge, versions_table};

use maud::{Markup, html};
use store::escrow::Asked;
use trust::policy::OnOffPolicy;

use super::Visitor;
use crate::app::App;
use crate::escrow::Wanted;
use crate::escrow::view::EscrowView;
use crate::problem::Problem;

/// A line of the vault on a page of its own, or on one of its Mac.
pub(super) struct Kept<'a> {
    /// The line.
    pub wanted: Wanted<'a>,
    /// What is kept in it.
    pub escrow: &'a EscrowView,
    /// The page. What asks is sent there, and what approves to `approve` below it.
    pub address: &'a str,
    /// Whether a Mac is there that can be given another secret.
    pub has_device: bool,
}

/// The requests that wait for somebody else, and the form that asks; nothing of a kind that nobody is shown.
pub(super) async fn asking(
    app: &App,
    visitor: &Visitor,
    kept: &Kept<'_>,
    came: &Came,
) -> Result<Markup, Problem> {
    let (Some(showing), Came::Nothing | Came::Wrong(_)) = (kept.wanted.line.kind.showing(), came) else {
        return Ok(html! {});
    };
    let open = store::escrow::asked(&app.store, kept.wanted.line, app.now()).await?;
    let policy = OnOffPolicy::RevealsNeedApproval;
    let approval = store::on_off_policy::find(&app.store, kept.wanted.line.organization_id, policy).await?;
    let is_approved =
        |asked: &Asked| asked.approved_by.is_some() && visitor.caller.person_id == Some(asked.person_id);
    let needs_approval = approval.enabled && !open.iter().any(is_approved);
    Ok(html! {
        (requests::requests(app, visitor, kept.address, &open))
        (form::form(app, visitor, kept, showing, needs_approval, came.wrong()))
    })
}
