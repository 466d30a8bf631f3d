//! One entry of the catalogue of codes, in the API's shape.

use serde::Serialize;
use trust::code::Code;

/// What `GET /api/v1/codes/{code}` answers; made here from the built-in catalogue, without a server.
#[derive(Debug, Serialize)]
pub struct CodeEntry {
    /// The code.
    pub code: &'static str,
    /// What sort of end it is.
    pub kind: &'static str,
    /// The heading that groups kindred codes.
    pub heading: Option<&'static str>,
    /// One line.
    pub title: &'static str,
    /// Why it comes about.
    pub cause: &'static str,
    /// What to do.
    pub fix: &'static str,
    /// What Bestow did about it.
    pub bestow: &'static str,
}

impl From<Code> for CodeEntry {
    fn from(code: Code) -> Self {
        let entry = code.entry();
        Self {
            code: code.word(),
            kind: entry.kind.word(),
            heading: entry.heading,
            title: entry.title,
            cause: entry.cause,
            fix: entry.fix,
            bestow: entry.bestow,
        }
    }
}
