//! Enrolment data: who uses which Mac, for administrators, and the page on which people say so themselves.

pub(crate) mod own;
