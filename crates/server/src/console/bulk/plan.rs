//! `GET /bulk/plan`: what would come of what is filled in, group by group. Sends nothing. An address without the id of a plan
//! plans anew; every look from there on is at the plan that is kept.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use trust::action::SecretRole;
use trust::bulk::Readiness;

use super::PLAN;
use super::asked::asked;
use super::draft::Draft;
use super::form::Form;
use super::plan_page::PlanPage;
use super::selection::ticked;
use crate::app::{App, SharedApp};
use crate::bulk_actions::input::{AskedRun, KeptOrder};
use crate::bulk_actions::plan::{BulkPlanView, KeptPlan, Wanted, begin, page_of, wait};
use crate::console::Visitor;
use crate::console::components::Errors;
use crate::console::order::draft::name as order_name;
use crate::console::own_form::fresh_key;
use crate::input::QueryOf;
use crate::problem::Problem;

/// The name of the plan in an address and in the form that confirms it.
pub(super) const KEPT: &str = "plan";

/// The name of the group in an address.
pub(super) const GROUP: &str = "group";

/// The name of the cursor in an address.
pub(super) const CURSOR: &str = "cursor";

/// Shows the plan; where what is filled in makes none, the form with what is wrong.
pub(crate) async fn show_plan(
    State(app): State<SharedApp>,
    visitor: Visitor,
    QueryOf(pairs): QueryOf<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let draft = Draft::of_query(&pairs);
    let of = |wanted: &str| {
        let mut found = pairs.iter().filter(|(name, _)| name == wanted);
        found.next().map(|(_, value)| value.as_str())
    };
    let asked = match asked(&app, visitor.caller.organization_id, &draft).await? {
        Ok(asked) => asked,
        Err(errors) => return with_errors(&app, &visitor, &draft, &errors).await,
    };
    let look = Look {
        group: of(GROUP).and_then(Readiness::from_word),
        cursor: of(CURSOR),
    };
    let kept = of(KEPT).and_then(|id| kept(&app, &visitor, &asked, id));
    let is_kept = kept.is_some();
    let plan = kept.unwrap_or_else(|| begin(&app, &visitor.caller, &asked));
    match Planned::of(&app, &plan, look).await? {
        Ok(planned) if is_kept || planned.view.counts.complete => {
            let page = PlanPage {
                draft: &draft,
                planned: &planned,
                errors: &Errors::new(),
                notice: None,
                key: &fresh_key(&app),
                visitor: &visitor,
            };
            Ok(page.render().into_response())
        }
        // Looking again must not begin again.
        Ok(planned) => Ok(Redirect::to(&planned.address(&draft, &[])).into_response()),
        Err(errors) => with_errors(&app, &visitor, &draft, &errors).await,
    }
}

/// The plan of this id, when it is the visitor's, is still kept and is of what is asked.
pub(super) fn kept(app: &App, visitor: &Visitor, asked: &AskedRun, id: &str) -> Option<Arc<KeptPlan>> {
    let found = app.plans.find(&visitor.caller, id.parse().ok()?, app.now())?;
    found.asked.has_the_plan_of(asked).then_some(found)
}

/// The form with what is wrong.
pub(super) async fn with_errors(
    app: &App,
    visitor: &Visitor,
    draft: &Draft,
    errors: &Errors,
) -> Result<Response, Problem> {
    let form = Form {
        draft,
        ticked: &ticked(app, visitor, draft).await?,
        errors,
        visitor,
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, form.render()).into_response())
}

/// Which part of a plan is looked at.
#[derive(Debug, Default)]
pub(super) struct Look<'a> {
    /// The group whose Macs are listed; the first one that has any unless told.
    pub group: Option<Readiness>,
    /// Where its page begins.
    pub cursor: Option<&'a str>,
}

/// The plan of a run, as far as a page of it goes.
pub(super) struct Planned {
    /// What would be kept of the order.
    pub order: KeptOrder,
    /// The secrets that have to be typed.
    pub typed: Vec<SecretRole>,
    /// How many Macs lack what, and Macs of the group.
    pub view: BulkPlanView,
    /// The group whose Macs are listed.
    pub group: Readiness,
    /// Whether this is not the first page of them.
    pub goes_on: bool,
}

impl Planned {
    /// The part of a plan that is looked at. A wildcard that can have no value on any Mac is an error of its field.
    pub(super) async fn of(
        app: &App,
        plan: &KeptPlan,
        look: Look<'_>,
    ) -> Result<Result<Self, Errors>, Problem> {
        match Self::read(app, plan, look).await {
            Ok(planned) => Ok(Ok(planned)),
            Err(problem) => match problem.field_trouble() {
                Some((field, sentence)) => Ok(Err(Errors::from([(order_name::of(field), sentence)]))),
                None => Err(problem),
            },
        }
    }

    async fn read(app: &App, plan: &KeptPlan, look: Look<'_>) -> Result<Self, Problem> {
        wait(plan).await;
        let mut groups = Readiness::ALL.into_iter();
        let has_any = |group: &Readiness| {
            let counts = plan.counts();
            counts.members.iter().any(|count| count.readiness == *group)
        };
        let first = || groups.find(has_any).unwrap_or(Readiness::Ready);
        let group = look.group.unwrap_or_else(first);
        let wanted = Wanted {
            readiness: Some(group.word().to_owned()),
            cursor: look.cursor.map(str::to_owned),
            limit: None,
        };
        let order = &plan.asked.order;
        let roles = order.template.secret_roles().iter();
        Ok(Self {
            order: plan.asked.kept(),
            typed: roles
                .filter(|role| !order.secrets.contains_key(role))
                .copied()
                .collect(),
            view: page_of(app, plan, &wanted).await?,
            group,
            goes_on: look.cursor.is_some(),
        })
    }

    /// How many Macs are ready.
    pub(super) fn ready(&self) -> u64 {
        self.view.counts.of(Readiness::Ready)
    }

    /// The address of this very plan, with what `more` adds.
    pub(super) fn address(&self, draft: &Draft, more: &[(&str, Option<&str>)]) -> String {
        let id = self.view.id.to_string();
        let mut all = vec![(KEPT, Some(id.as_str()))];
        all.extend(more);
        draft.address(PLAN, &all)
    }
}
