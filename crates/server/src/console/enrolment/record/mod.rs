//! The page of one Mac's enrolment record: who uses it, what was collected, and a link by which the person says so.

mod aside;
mod draft;
mod fields;
mod forget;
mod known;
mod link;
mod page;
mod save;
mod show;

pub(crate) use forget::forget_record;
pub(crate) use link::make_link;
pub(crate) use save::save_record;
pub(crate) use show::show_record;
