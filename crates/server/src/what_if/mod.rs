//! What if: what a change would do to the chains of trust of one or many devices. Nothing is sent, nothing is kept.

pub(crate) mod ask;
pub(crate) mod input;
mod outlook;
mod view;

pub(crate) use view::{SupposedMember, WhatIfCounts, WhatIfView};
