//! `GET /devices/{id}`: a device, its accounts, its chain, what is wrong with it and what was done.

use axum::extract::State;
use maud::{Markup, html};
use store::action::Filter;
use store::device::Device;
use trust::access::Permission;
use trust::chain;
use trust::code::Code;
use trust::escrow::{EscrowKind, Standing};
use trust::finding::Finding;
use trust::observation::Observation;
use trust::outcome::TrustEdge;

use super::approval::Approval;
use super::person::Person;
use super::{
    accounts, chain_list, chain_picture, device_management, entered, findings, local_administrator, menu,
    recovery_key, resilience, security, service_account, summary,
};
use crate::actions::list::page_of;
use crate::actions::view::ActionView;
use crate::app::{App, SharedApp};
use crate::console::attention;
use crate::console::components::{
    Tone, action_table, badge, chain_badge, code_notice, crumbs, empty, presence, section, words,
};
use crate::console::own_form::fresh_key;
use crate::console::{Page, Place, Visitor};
use crate::devices::chain::EdgeView;
use crate::devices::findings::diagnosed;
use crate::devices::resilience::ResilienceView;
use crate::devices::service_account::{ServiceAccountView, view};
use crate::devices::timeline::{TimelineEvent, timeline};
use crate::devices::view::DeviceSummary;
use crate::escrow::line;
use crate::input::PathOf;
use crate::local_administrator::course::{Course, course};
use crate::mdm_enrolments::view::MdmEnrolmentsView;
use crate::problem::Problem;

/// How many actions a page shows.
const LIMIT: u32 = 20;

/// Shows a device.
pub(crate) async fn show_device(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathOf(id): PathOf,
) -> Result<Markup, Problem> {
    Ok(shown(&app, &visitor, &id).await?.render(&visitor))
}

/// The device that an address names, with everything that its page shows.
pub(super) async fn shown(app: &App, visitor: &Visitor, id: &str) -> Result<Shown, Problem> {
    let device = crate::devices::find(app, &visitor.caller, id).await?;
    let observation = store::observation::find(&app.store, device.id).await?;
    let recorded = store::trust_edge::list(&app.store, device.organization_id, device.id).await?;
    let recorded: Vec<EdgeView> = recorded.into_iter().map(EdgeView::from).collect();
    let filter = Filter {
        device_id: Some(device.id),
        state: None,
        before: None,
        limit: LIMIT,
    };
    let actions = page_of(app, &visitor.caller, filter).await?;
    Ok(Shown {
        summary: DeviceSummary::of(
            &device,
            app,
            crate::attention::grace(app, device.organization_id).await?,
        ),
        approval: Approval::of(app, &device).await?,
        may_act: visitor.may(Permission::Act),
        person: Person::of(app, &device).await?,
        edges: recorded.iter().map(|view| view.edge.clone()).collect(),
        recorded,
        findings: diagnosed(
            app,
            (device.organization_id, device.id),
            &device.serial_number,
            observation.as_ref(),
        )
        .await?
        .findings,
        actions: actions.items,
        service_account: view(app, &device).await?,
        recovery_key: store::escrow::standing(&app.store, line(&device, EscrowKind::PersonalRecoveryKey))
            .await?,
        local_administrator: store::escrow::standing(
            &app.store,
            line(&device, EscrowKind::LocalAdministratorPassword),
        )
        .await?,
        local_administrator_course: course(app, &device, observation.as_ref()).await?,
        entered: entered_of(app, &device).await?,
        management: crate::mdm_enrolments::view::view(app, &device).await?,
        bootstrap_token: store::escrow::standing(&app.store, line(&device, EscrowKind::BootstrapToken))
            .await?,
        resilience: crate::devices::resilience::view(app, &device, observation.as_ref()).await?,
        exclusion_key: fresh_key(app),
        attention_keys: attention::Keys::fresh(app),
        events: timeline(app, &device, None, LIMIT).await?.items,
        observation,
        device,
    })
}

async fn entered_of(app: &App, device: &Device) -> Result<Vec<(EscrowKind, Standing)>, Problem> {
    let mut entered = Vec::new();
    for kind in entered::kinds() {
        entered.push((
            kind,
            store::escrow::standing(&app.store, line(device, kind)).await?,
        ));
    }
    Ok(entered)
}

/// What the page shows.
pub(super) struct Shown {
    pub device: Device,
    pub summary: DeviceSummary,
    pub observation: Option<Observation>,
    /// Whether the reader may ask for what changes the Mac.
    pub may_act: bool,
    /// The hand-overs with their actions, oldest first.
    pub recorded: Vec<EdgeView>,
    /// The same hand-overs by themselves.
    pub edges: Vec<TrustEdge>,
    /// The worst first.
    pub findings: Vec<Finding>,
    /// Newest first.
    pub actions: Vec<ActionView>,
    /// Newest first.
    pub events: Vec<TimelineEvent>,
    /// How the service account stands.
    pub service_account: ServiceAccountView,
    /// Where its recovery key stands in the vault.
    pub recovery_key: Standing,
    /// Where the password of its local administrator stands in the vault.
    pub local_administrator: Standing,
    /// What becomes of that account.
    pub local_administrator_course: Course,
    /// Where the passwords stand that people entered, by their kinds.
    pub entered: Vec<(EscrowKind, Standing)>,
    /// How it stands with Bestow's own device management.
    pub management: MdmEnrolmentsView,
    /// Where its bootstrap token stands in the vault.
    pub bootstrap_token: Standing,
    /// How much has to go wrong before nobody can hand a token on.
    pub resilience: ResilienceView,
    /// The key of the request that excludes the Mac from having one.
    pub exclusion_key: String,
    /// Those of the requests that mute and assign it.
    pub attention_keys: attention::Keys,
    /// What approving it means, when it waits for that.
    pub approval: Option<Approval>,
    /// Who uses it.
    pub person: Option<Person>,
}

impl Shown {
    /// Whether there is something to tell of one: a kept password, or that one is wanted.
    fn has_local_administrator(&self) -> bool {
        self.local_administrator.latest > 0 || self.local_administrator_course.wanted.is_some()
    }

    /// The page.
    pub(super) fn render(&self, visitor: &Visitor) -> Markup {
        let page = Page {
            title: &self.device.name,
            visitor: Some(visitor),
            place: Place::Manage,
            contents: self.contents(visitor),
        };
        page.render()
    }

    fn contents(&self, visitor: &Visitor) -> Markup {
        html! {
            (crumbs(&[("Manage", Some("/".to_owned()))]))
            div.title {
                h1 { (self.device.name) }
                @if !self.device.pending && visitor.may(Permission::Act) { (menu::actions(&self.device.id)) }
            }
            div #state data-live { (self.lead()) }
            // Outside of what is kept up to date by itself: nothing may move under a tick.
            @if let Some(approval) = &self.approval { (approval.section(self, visitor)) }
            div #device data-live {
                @if self.summary.attention.is_worth_showing() { (attention::block(&self.summary)) }
                @if let Some(code) = self.obstacle() { (code_notice(code)) }
                @if self.observation.is_some() { (section("findings", "Findings", findings::list(self))) }
                @if let Some(person) = &self.person {
                    (section("person", "Person", person.shown(self.observation.as_ref())))
                }
                (section("device-summary", "Device Summary", summary::facts_of(self)))
                (section("security", "Security", security::facts_of(self)))
                (section("recovery-key", "Recovery key", recovery_key::section_of(self)))
                @if self.has_local_administrator() {
                    (section("local-administrator", "Local administrator", local_administrator::section_of(self)))
                }
                (section("entered-passwords", "Recovery Lock and firmware password", entered::section_of(self, visitor)))
                (section("device-management", "Device management", device_management::section_of(self)))
                (section("resilience", "Resilience", resilience::score(self)))
                (section("service-account", "Service account", service_account::section_of(self)))
                (section("local-accounts", "Local Accounts", accounts::table(self)))
                (section("chain-of-trust", "Chain of trust", html! {
                    (chain_picture::picture(self))
                    (chain_list::list(self))
                }))
                (section("action-history", "Action history", self.actions()))
                (section("timeline", "Timeline", super::timeline::list(&self.events)))
            }
            @if visitor.may(Permission::Act) { (attention::forms(&self.summary, &self.attention_keys, visitor)) }
            @if !self.device.pending && visitor.may(Permission::SetPolicies) { (service_account::exclusion(self, visitor, &self.exclusion_key)) }
            @if visitor.may(Permission::Enrol) {
                p.buttons { a.button-like href={ "/devices/" (self.device.id) "/forget" } { "Forget this Mac" } }
            }
        }
    }

    fn actions(&self) -> Markup {
        if self.actions.is_empty() {
            empty("Nothing has been asked of this Mac yet.")
        } else {
            action_table(&self.actions)
        }
    }

    fn lead(&self) -> Markup {
        let device = &self.summary;
        html! {
            p.lead {
                (presence(device.online)) " "
                @if device.pending { (badge(Tone::Warn, "waits for approval")) " " }
                (chain_badge(&device.chain)) " "
                span.quiet {
                    @if let Some(version) = &device.os_version { "macOS " (version) " · " }
                    @if let Some(chip) = &device.chip { (words::chip(chip)) " · " }
                    (device.serial_number)
                }
            }
        }
    }

    /// What stands in the way of everything and is no finding: nothing was seen yet.
    fn obstacle(&self) -> Option<Code> {
        if let Some(observation) = &self.observation {
            let diagnosed = |code: &Code| self.findings.iter().any(|finding| finding.code == *code);
            chain::obstacle(observation).filter(|code| !diagnosed(code))
        } else {
            Some(Code::NotObserved)
        }
    }
}
