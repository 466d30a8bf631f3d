//! What the catalogue says of one code.

/// One entry of the catalogue.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// What sort of end it is.
    pub kind: Kind,
    /// A heading that groups kindred codes, where there is one.
    pub heading: Option<&'static str>,
    /// One line that names the problem.
    pub title: &'static str,
    /// Why it comes about.
    pub cause: &'static str,
    /// What to do next.
    pub fix: &'static str,
    /// What Bestow did or will do about it.
    pub bestow: &'static str,
}

/// What sort of end a code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A good end.
    Success,
    /// Something on the Mac stands in the way; known before anything is touched.
    Precondition,
    /// It was tried on the Mac and did not come about.
    Failure,
    /// A problem that a diagnosis finds.
    Finding,
    /// The request itself cannot be served.
    Request,
}

impl Kind {
    /// The kind's word, as in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Precondition => "precondition",
            Self::Failure => "failure",
            Self::Finding => "finding",
            Self::Request => "request",
        }
    }
}
