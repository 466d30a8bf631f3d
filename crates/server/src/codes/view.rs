//! A code as the API shows it.

use serde::Serialize;
use trust::code::Code;
use utoipa::ToSchema;

/// An entry of the catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CodeEntry {
    /// The stable code.
    code: Code,
    /// `success`, `precondition`, `failure` or `request`.
    kind: &'static str,
    /// The heading that it stands under.
    heading: Option<&'static str>,
    /// It in a line.
    title: &'static str,
    /// Why it comes about.
    cause: &'static str,
    /// What to do next.
    fix: &'static str,
    /// What Bestow did or will do about it.
    bestow: &'static str,
}

impl From<Code> for CodeEntry {
    fn from(code: Code) -> Self {
        let entry = code.entry();
        Self {
            code,
            kind: entry.kind.word(),
            heading: entry.heading,
            title: entry.title,
            cause: entry.cause,
            fix: entry.fix,
            bestow: entry.bestow,
        }
    }
}
