//! Refusals as RFC 9457 tells them, each with a stable code, its cause and the next step.

use std::sync::Arc;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use store::StoreError;
use trust::account_choice::{NotOne, WhyNotOne};
use trust::code::Code;
use trust::plan::Plan;
use trust::time::Timestamp;
use trust::wildcard::{Field, Why};
use utoipa::ToSchema;

use crate::table_import::{BadLine, MOST_TOLD};

/// Why a request is not served. It never holds a value that the caller sent.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub status: StatusCode,
    pub code: Code,
    /// The field that breaks a rule, and the rule in words that read on from its name.
    broken_rule: Option<(String, &'static str)>,
    /// The plan as it is now, with its id.
    plan: Option<Box<(Plan, String)>>,
    /// The wildcard that has no meaning for a Mac.
    pub wildcard: Option<Box<WildcardTrouble>>,
    /// The choice that does not come down to one account.
    choice: Option<Box<ChoiceTrouble>>,
    /// The lines of a table that cannot be taken.
    bad_lines: Option<Arc<Vec<BadLine>>>,
    /// What is known of this case beyond the catalogue's cause, in a sentence.
    because: Option<String>,
    server_time: Option<Timestamp>,
}

impl Problem {
    /// The problem of this code, told in the words of the catalogue.
    pub(crate) fn new(status: StatusCode, code: Code) -> Self {
        Self {
            status,
            code,
            broken_rule: None,
            plan: None,
            wildcard: None,
            choice: None,
            bad_lines: None,
            because: None,
            server_time: None,
        }
    }

    /// A field breaks a rule. The rule reads on from the field's name: "is a text".
    pub(crate) fn invalid(field: impl Into<String>, rule: &'static str) -> Self {
        Self {
            broken_rule: Some((field.into(), rule)),
            ..Self::new(StatusCode::BAD_REQUEST, Code::InvalidRequest)
        }
    }

    /// The same problem, whose field stands within `object`.
    pub(crate) fn within(self, object: &str) -> Self {
        let broken_rule = self
            .broken_rule
            .map(|(field, rule)| (format!("{object}.{field}"), rule));
        Self { broken_rule, ..self }
    }

    /// There is no such thing in the caller's organisation.
    pub(crate) fn not_found() -> Self {
        Self::not_there(Code::NotFound)
    }

    /// There is no such thing in the caller's organisation, which this code tells of.
    pub(crate) fn not_there(code: Code) -> Self {
        Self::new(StatusCode::NOT_FOUND, code)
    }

    /// Something else is so than the caller believes.
    pub(crate) fn conflict(code: Code) -> Self {
        Self::new(StatusCode::CONFLICT, code)
    }

    /// Nobody is signed in, or not with this.
    pub(crate) fn unauthorized(code: Code) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code)
    }

    /// Whoever asks may not ask for this.
    pub(crate) fn forbidden(code: Code) -> Self {
        Self::new(StatusCode::FORBIDDEN, code)
    }

    /// What is asked cannot be done as things stand.
    pub(crate) fn unprocessable(code: Code) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code)
    }

    /// The body exceeds what the server reads.
    pub(crate) fn too_large() -> Self {
        Self::invalid("body", "is not longer than the server reads")
            .with_status(StatusCode::PAYLOAD_TOO_LARGE)
    }

    /// Something went wrong inside. What it was stands in the log only.
    pub(crate) fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        let mut chain = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            chain = format!("{chain}: {cause}");
            source = cause.source();
        }
        tracing::error!(error = chain, "request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, Code::InternalError)
    }

    /// What is known of this case: the rule that a field breaks, or the cause as the catalogue tells it.
    pub(crate) fn detail(&self) -> String {
        if let Some((field, rule)) = &self.broken_rule {
            return format!("`{field}`: the rule is that it {rule}.");
        }
        let trouble = self.wildcard.as_deref().map(WildcardTrouble::sentence);
        trouble
            .or_else(|| self.choice.as_deref().map(ChoiceTrouble::sentence))
            .or_else(|| self.because.clone())
            .unwrap_or_else(|| self.code.entry().cause.to_owned())
    }

    /// The rule that this field breaks, in words that read on from its name.
    pub(crate) fn broken_rule_of(&self, field: &str) -> Option<&'static str> {
        let broken = self.broken_rule.as_ref().filter(|(broken, _)| broken == field);
        broken.map(|(_, rule)| *rule)
    }

    /// Whether the order cannot be told for one Mac, and can for another.
    pub(crate) fn is_of_this_mac(&self) -> bool {
        self.choice.is_some() || matches!(self.code, Code::UnresolvedWildcard | Code::CredentialStale)
    }

    /// Whether it is one field's fault.
    pub(crate) fn breaks_a_rule(&self) -> bool {
        self.broken_rule.is_some()
    }

    /// Whether more is known of this case than the catalogue's cause.
    pub(crate) fn tells_more_than_its_code(&self) -> bool {
        self.breaks_a_rule() || self.because.is_some()
    }

    /// The same problem with another status.
    pub(crate) fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// The same problem with what is known of this case, in a sentence.
    pub(crate) fn because(self, sentence: String) -> Self {
        Self {
            because: Some(sentence),
            ..self
        }
    }

    /// The same problem with the plan as it is now, and its id.
    pub(crate) fn with_plan(self, plan: Plan, plan_id: String) -> Self {
        Self {
            plan: Some(Box::new((plan, plan_id))),
            ..self
        }
    }

    /// The same problem with the wildcard that it is about.
    pub(crate) fn about(self, trouble: WildcardTrouble) -> Self {
        Self {
            wildcard: Some(Box::new(trouble)),
            ..self
        }
    }

    /// The same problem with the choice that it is about.
    pub(crate) fn of_choice(self, trouble: ChoiceTrouble) -> Self {
        Self {
            choice: Some(Box::new(trouble)),
            ..self
        }
    }

    /// The same problem with the lines that cannot be taken.
    pub(crate) fn with_bad_lines(self, bad: Vec<BadLine>) -> Self {
        Self {
            bad_lines: Some(Arc::new(bad)),
            ..self
        }
    }

    /// The lines of a table that cannot be taken.
    pub(crate) fn bad_lines(&self) -> &[BadLine] {
        self.bad_lines.as_deref().map_or(&[], Vec::as_slice)
    }

    /// The field that has no meaning for a Mac, and what is wrong with it, in a sentence.
    pub(crate) fn field_trouble(&self) -> Option<(Field, String)> {
        if let Some(ChoiceTrouble { not_one, .. }) = self.choice.as_deref() {
            return Some((not_one.field, format!("{}.", not_one.in_words())));
        }
        let trouble = self.wildcard.as_deref()?;
        let wildcard = trouble.wildcard.as_deref().unwrap_or("A wildcard in it");
        Some((trouble.field, format!("{wildcard} {}.", trouble.why)))
    }

    /// The same problem with the server's clock.
    pub(crate) fn at(self, server_time: Timestamp) -> Self {
        Self {
            server_time: Some(server_time),
            ..self
        }
    }
}

/// A wildcard that has no meaning for a Mac.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WildcardTrouble {
    /// The field that it stands in.
    pub field: Field,
    /// The wildcard; `None` when it may be a piece of a password that was typed.
    pub wildcard: Option<String>,
    /// The Mac's name.
    pub device: String,
    /// What is wrong with it.
    pub why: Why,
}

impl WildcardTrouble {
    /// The trouble in a sentence.
    fn sentence(&self) -> String {
        let wildcard = self.wildcard.as_deref().unwrap_or("a wildcard in it");
        format!(
            "`{}` on {}: {wildcard} {}.",
            self.field.path(),
            self.device,
            self.why
        )
    }
}

/// A choice that does not come down to one account of a Mac.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChoiceTrouble {
    /// What is wrong with it.
    pub not_one: NotOne,
    /// The Mac's name.
    pub device: String,
}

impl ChoiceTrouble {
    /// The trouble in a sentence.
    fn sentence(&self) -> String {
        let field = self.not_one.field.path();
        format!("`{field}` on {}: {}.", self.device, self.not_one.in_words())
    }

    /// The record names of the accounts that fit.
    fn accounts(&self) -> &[String] {
        match &self.not_one.why {
            WhyNotOne::Several(names) => names,
            WhyNotOne::NotObserved | WhyNotOne::Nobody => &[],
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::internal(&error)
    }
}

/// Why a request is not served (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemView<'a> {
    /// Address of the code's page, relative to the server.
    #[serde(rename = "type")]
    kind: String,
    /// The code in a line.
    title: &'static str,
    /// The heading that the code stands under, such as `Authentication Error`.
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<&'static str>,
    /// The HTTP status.
    status: u16,
    /// What is known of this case.
    detail: String,
    /// The stable code.
    code: Code,
    /// What to do next.
    next_step: &'static str,
    /// The field that breaks a rule or has no meaning for the device, as a path such as `administrator.username`.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    /// `invalid_request`: the rule that it breaks, in words that read on from the field's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
    /// `unresolved_wildcard`: the wildcard; left out when it may be a piece of a password.
    #[serde(skip_serializing_if = "Option::is_none")]
    wildcard: Option<&'a str>,
    /// The name of the device for which the field has no meaning: of `unresolved_wildcard`, `target_ambiguous` and
    /// `target_not_matched`.
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<&'a str>,
    /// `target_ambiguous`: the record names of the accounts that fit.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    accounts: &'a [String],
    /// `import_refused`: the lines that cannot be taken, the first 500.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    bad_lines: &'a [BadLine],
    /// The plan as it is now: of `plan_changed`, and of a plan that fails.
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<&'a Plan>,
    /// That plan's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    plan_id: Option<&'a str>,
    /// For agents: the server's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    server_time: Option<Timestamp>,
}

impl<'a> From<&'a Problem> for ProblemView<'a> {
    fn from(problem: &'a Problem) -> Self {
        let entry = problem.code.entry();
        let broken_rule = problem.broken_rule.as_ref();
        let plan = problem.plan.as_deref();
        let trouble = problem.wildcard.as_deref();
        let choice = problem.choice.as_deref();
        let field_per_mac = trouble
            .map(|trouble| trouble.field)
            .or(choice.map(|choice| choice.not_one.field));
        let bad_lines = problem.bad_lines();
        Self {
            kind: format!("/api/v1/codes/{}", problem.code),
            title: entry.title,
            heading: entry.heading,
            status: problem.status.as_u16(),
            detail: problem.detail(),
            code: problem.code,
            next_step: entry.fix,
            field: broken_rule
                .map(|(field, _)| field.as_str())
                .or(field_per_mac.map(Field::path)),
            rule: broken_rule.map(|(_, rule)| *rule),
            wildcard: trouble.and_then(|trouble| trouble.wildcard.as_deref()),
            device: trouble
                .map(|trouble| trouble.device.as_str())
                .or(choice.map(|choice| choice.device.as_str())),
            accounts: choice.map_or(&[], ChoiceTrouble::accounts),
            bad_lines: &bad_lines[..bad_lines.len().min(MOST_TOLD)],
            plan: plan.map(|(plan, _)| plan),
            plan_id: plan.map(|(_, id)| id.as_str()),
            server_time: problem.server_time,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(ProblemView::from(&self))).into_response();
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        // The log, and the agent API, which adds the clock, look at it again.
        response.extensions_mut().insert(self);
        response
    }
}
