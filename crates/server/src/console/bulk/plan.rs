//! `GET /bulk/plan`: what would come of what is filled in, group by group. Sends nothing.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use trust::bulk::Readiness;

use super::asked::asked;
use super::draft::Draft;
use super::form::Form;
use super::plan_page::PlanPage;
use super::selection::ticked;
use crate::app::{App, SharedApp};
use crate::bulk_actions::input::{AskedRun, KeptOrder};
use crate::bulk_actions::plan::{BulkPlanView, PlanCounts, Wanted, plan};
use crate::console::Visitor;
use crate::console::components::Errors;
use crate::console::order::draft::name as order_name;
use crate::console::own_form::fresh_key;
use crate::input::QueryOf;
use crate::problem::Problem;

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
    let group = of(GROUP).and_then(Readiness::from_word);
    let asked = match asked(&app, visitor.caller.organization_id, &draft).await? {
        Ok(asked) => asked,
        Err(errors) => return with_errors(&app, &visitor, &draft, &errors).await,
    };
    match Planned::of(&app, &visitor, &asked, group, of(CURSOR)).await? {
        Ok(planned) => {
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
        Err(errors) => with_errors(&app, &visitor, &draft, &errors).await,
    }
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

/// The plan of a run, as far as a page of it goes.
pub(super) struct Planned {
    /// What would be kept of the order.
    pub order: KeptOrder,
    /// The secrets that have to be typed.
    pub typed: Vec<trust::action::SecretRole>,
    /// How many Macs lack what.
    pub counts: PlanCounts,
    /// The group whose Macs are listed.
    pub group: Readiness,
    /// These Macs.
    pub page: BulkPlanView,
    /// Whether this is not the first page of them.
    pub goes_on: bool,
}

impl Planned {
    /// The plan of `asked`, with the Macs of `group`, or of the first group that has any. A wildcard that can have no value
    /// on any Mac is an error of its field.
    pub(super) async fn of(
        app: &App,
        visitor: &Visitor,
        asked: &AskedRun,
        group: Option<Readiness>,
        cursor: Option<&str>,
    ) -> Result<Result<Self, Errors>, Problem> {
        match Self::read(app, visitor, asked, group, cursor).await {
            Ok(planned) => Ok(Ok(planned)),
            Err(problem) => match problem.field_trouble() {
                Some((field, sentence)) => Ok(Err(Errors::from([(order_name::of(field), sentence)]))),
                None => Err(problem),
            },
        }
    }

    async fn read(
        app: &App,
        visitor: &Visitor,
        asked: &AskedRun,
        group: Option<Readiness>,
        cursor: Option<&str>,
    ) -> Result<Self, Problem> {
        let organization_id = visitor.caller.organization_id;
        let wanted = |group: Readiness, cursor: Option<&str>| Wanted {
            readiness: Some(group.word().to_owned()),
            cursor: cursor.map(str::to_owned),
            limit: None,
        };
        let group_or_ready = group.unwrap_or(Readiness::Ready);
        let mut page = plan(app, organization_id, asked, &wanted(group_or_ready, None)).await?;
        let counts = page.counts.take().ok_or_else(Problem::not_found)?;
        let group = group.unwrap_or_else(|| {
            let mut groups = Readiness::ALL.into_iter();
            groups
                .find(|group| counts.of(*group) > 0)
                .unwrap_or(group_or_ready)
        });
        if cursor.is_some() || group != group_or_ready {
            page = plan(app, organization_id, asked, &wanted(group, cursor)).await?;
        }
        let roles = asked.order.template.secret_roles().iter();
        Ok(Self {
            order: asked.kept(),
            typed: roles
                .filter(|role| !asked.order.secrets.contains_key(role))
                .copied()
                .collect(),
            counts,
            group,
            page,
            goes_on: cursor.is_some(),
        })
    }
}
