//! Enrolment data: who uses which Mac, and what was collected for wildcards.

pub(crate) mod collect;
pub(crate) mod collection;
pub(crate) mod forget;
pub(crate) mod import;
mod input;
pub(crate) mod list;
pub(crate) mod meant;
pub(crate) mod put;
pub(crate) mod reseal;
pub(crate) mod save;
pub(crate) mod show;
pub(crate) mod view;
