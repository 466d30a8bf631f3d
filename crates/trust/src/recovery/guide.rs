//! How a person goes a way back, step by step.

use serde::{Deserialize, Serialize};

/// The steps of one way on one Mac. What stands in “curly quotes” is what the Mac shows; what stands between backticks is
/// typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Guide {
    /// Whether somebody must be in front of the Mac. Screen sharing does not reach macOS Recovery.
    pub at_the_mac: bool,
    /// Whether everything on the Mac is lost.
    pub loses_data: bool,
    /// What must be at hand before it begins.
    pub needs: Vec<String>,
    /// What to do, in this order.
    pub steps: Vec<String>,
}

impl Guide {
    /// Steps for somebody in front of the Mac.
    pub(super) fn at_the_mac<S: Into<String>>(steps: impl IntoIterator<Item = S>) -> Self {
        Self {
            at_the_mac: true,
            ..Self::from_afar(steps)
        }
    }

    /// Steps that need nobody in front of the Mac.
    pub(super) fn from_afar<S: Into<String>>(steps: impl IntoIterator<Item = S>) -> Self {
        Self {
            at_the_mac: false,
            loses_data: false,
            needs: Vec::new(),
            steps: steps.into_iter().map(Into::into).collect(),
        }
    }

    /// The same steps, with what must be at hand.
    pub(super) fn needing<S: Into<String>>(self, needs: impl IntoIterator<Item = S>) -> Self {
        Self {
            needs: needs.into_iter().map(Into::into).collect(),
            ..self
        }
    }
}
