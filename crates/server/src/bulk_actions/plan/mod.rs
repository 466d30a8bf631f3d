//! What would come of a bulk run. Every device that is meant is planned once, in a task beside the requests; the plan is
//! kept in memory for who asked for it, so that each look costs the same however many devices there are. Sends nothing.

pub(crate) mod create;
mod kept;
mod make;
pub(crate) mod show;
mod view;

pub(crate) use kept::{KeptPlan, Plans};
pub(crate) use make::{begin, wait};
pub(crate) use view::{BulkPlanView, PlannedMember, Wanted, page_of};
